"""The menu, nothing else."""

from minsheng import ui

ui.menu()
