"""What does the meeting look at, one slide after the other."""

import streamlit as st

from minsheng import labels, ui
from minsheng.labels import agenda as words

view = ui.begin()
shot = view.snapshot
st.title(labels.PAGES["present"])

kind = "whole"
if shot.previous is not None:
    kind = ui.choose(words.AGENDA_FIELD, "agenda", words.AGENDAS)
parts: tuple[str, ...] = ()
categories: tuple[str, ...] = ()
if kind == "whole":
    late = {key: row.name for key, row in shot.categories.items() if row.behind}
    parts = ui.choose_many(words.PARTS_FIELD, "part", words.PARTS, "pills")
    categories = ui.choose_many(words.CATEGORIES_FIELD, "category", late, "pills")
advance = ui.choose(words.ADVANCE_FIELD, "advance", words.ADVANCE)

slides = ui.slides(view, kind, parts, categories)
if not slides:
    st.info(words.NOTHING)
elif ui.SLIDE in st.query_params:
    ui.present(view, slides, int(advance))
else:
    st.button(
        words.START.format(count=len(slides)), type="primary", key="start", on_click=ui.first_slide
    )
    ui.note(words.HOW)
ui.end(view)
