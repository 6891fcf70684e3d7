"""What Streamlit runs for every page. Alone in its folder, which Streamlit puts on the path."""

from minsheng import ui

ui.menu()
