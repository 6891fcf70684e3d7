"""How far has every place come, and who has not reported?"""

from minsheng import ui

ui.all_places()
