"""Random tables built from known projects, mangled as Word, Excel and people mangle them: every row
comes back as it was, or asks; what is hidden is named; nothing stands in another row."""

from __future__ import annotations

import io
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

import word_xml as xml
from minsheng import importing
from minsheng.importing import Row, Source
from minsheng.labels import importing as say

NOUNS = ("食堂", "公园", "学校", "电梯", "床位", "停车位", "公厕", "驿站", "步道", "书房")
LEADS = ("区民政局", "区住建局", "区教育局", "区城管局", "区卫健局")
CATEGORIES = ("老有所养", "住有所居", "行有所畅")
TITLE = "2024年青禾区民生实事项目半年度进展情况表"
UNITS = 9  # of the grid a column: borders are dragged by less than half of them

Project = tuple[str, int, str, str]
projects = st.lists(
    st.tuples(
        st.sampled_from(NOUNS),
        st.integers(40, 900),
        st.sampled_from(LEADS),
        st.sampled_from(CATEGORIES),
    ),
    min_size=2,
    max_size=6,
    unique_by=(lambda each: each[0], lambda each: each[1]),
).map(lambda found: sorted(found, key=lambda each: CATEGORIES.index(each[3])))


def content(project: Project) -> str:
    return f"新建{project[0]}{project[1]}个。"


def progress(project: Project) -> str:
    return f"已建成{project[1] // 2}个。"


def before(project: Project) -> str:
    return f"已建成{project[1] // 4}个。"


def check(source: Source, known: Sequence[Project], hidden: Sequence[Project]) -> None:
    """`known` in the order of the file, those that are hidden left out."""
    found = source.rows
    assert [row.content for row in found] == [content(each) for each in known]
    for row, each in zip(found, known, strict=True):
        asked = row.flags or (not row.category and say.NOTE_NO_CATEGORY in source.notes)
        assert row.category == each[3] or asked, row
        assert row.leads == (each[2],) or row.flags, row
        assert row.progress.replace("\n", "") == progress(each) or row.flags, row
        assert strangers(row, each, known) == []
        (only,) = importing.proposed(row, 2024).proposals
        assert only.target == each[1]
        assert only.done == each[1] // 2 or (only.done is None and (only.flags or row.flags))
    for each in hidden:
        assert any(content(each) in note for note in source.notes)


def strangers(row: Row, own: Project, known: Sequence[Project]) -> list[str]:
    """What the row says that another project said."""
    told = [row.progress, *row.other.values(), *(each.text for each in row.earlier)]
    others = [each for each in known if each is not own]
    return [
        text
        for each in others
        for text in (progress(each), before(each))
        if text not in (progress(own), before(own)) and any(text in said for said in told)
    ]


@settings(max_examples=60, deadline=None)
@given(projects, st.data(), st.booleans(), st.booleans(), st.booleans())
def test_word_with_dragged_borders_split_and_merged_cells_two_headings_and_hidden_rows(
    known, data, two_levels, merged, categories
):
    hidden = data.draw(st.sets(st.sampled_from(range(len(known))), max_size=len(known) - 1))
    heads = ["序号", *(["类别"] if categories else []), "项目内容", "牵头单位", "进展情况"]
    last = len(heads) + (1 if two_levels else 0)  # how many columns there are at the lower level
    rows = []
    if two_levels:
        over = [(head, UNITS, '<w:vMerge w:val="restart"/>') for head in heads[:-1]]
        rows.append(xml.row([*over, ("进展情况", 2 * UNITS)]))
        under = [("", UNITS, "<w:vMerge/>") for _ in heads[:-1]]
        rows.append(xml.row([*under, ("上期进展", UNITS), ("本期进展", UNITS)]))
    else:
        rows.append(xml.row([(head, UNITS) for head in heads]))
    was: dict[int, str] = {}
    for number, each in enumerate(known):
        texts = [str(number + 1), *([each[3]] if categories else []), content(each), each[2]]
        texts += [before(each), progress(each)] if two_levels else [progress(each)]
        ends = [
            UNITS * at + (data.draw(st.integers(-3, 3)) if at < last else 0)
            for at in range(1, last + 1)
        ]
        cells: list[tuple[str, int, str]] = []
        for at, text in enumerate(texts):
            width = ends[at] - (ends[at - 1] if at else 0)
            is_same = merged and was.get(at) == text and at in _merging(categories)
            mark = "<w:vMerge/>" if is_same else '<w:vMerge w:val="restart"/>'
            cells.append(("" if is_same else text, width, mark if merged else ""))
            was[at] = text
        if (
            data.draw(st.booleans()) and cells[-1][1] > 2
        ):  # the last cell split in two, half said in each
            text, width, mark = cells.pop()
            cells += [(text[:3], width // 2, mark), (text[3:], width - width // 2, mark)]
        rows.append(xml.row(cells, "<w:hidden/>" if number in hidden else ""))
    made = xml.document(f"<w:p>{xml.run(TITLE)}</w:p>", xml.table([300] * (UNITS * last), *rows))
    shown = [each for at, each in enumerate(known) if at not in hidden]
    check_categories = shown if categories else [(*each[:3], "") for each in shown]
    check(importing.read("a.docx", made), check_categories, [known[at] for at in hidden])


def _merging(categories: bool) -> set[int]:
    return {1, 3} if categories else {2}


@settings(max_examples=40, deadline=None)
@given(projects, st.data(), st.permutations(range(5)), st.booleans())
def test_excel_with_shuffled_merged_and_hidden_columns_and_rows(known, data, order, merged):
    hidden = data.draw(st.sets(st.sampled_from(range(len(known))), max_size=len(known) - 1))
    book = Workbook()
    sheet = book.active
    sheet.append([TITLE])
    heads = ["类别", "项目内容", "牵头单位", "上期进展情况", "本期进展情况"]
    sheet.append(["序号", *(heads[at] for at in order)])
    for number, each in enumerate(known, 1):
        cells = [each[3], content(each), each[2], before(each), progress(each)]
        sheet.append([number, *(cells[at] for at in order)])
        if number - 1 in hidden:
            sheet.row_dimensions[number + 2].hidden = True
    if merged:
        for at in (0, 2):
            _merge_equal(sheet, order.index(at) + 2, [each[3 if at == 0 else 2] for each in known])
    if data.draw(st.booleans()):
        sheet.column_dimensions["BCDEF"[order.index(3)]].hidden = True
    made = io.BytesIO()
    book.save(made)
    shown = [each for at, each in enumerate(known) if at not in hidden]
    check(importing.read("a.xlsx", made.getvalue()), shown, [known[at] for at in hidden])


def _merge_equal(sheet, column: int, values: Sequence[str]) -> None:
    first = 0
    for at in range(1, len(values) + 1):
        if at == len(values) or values[at] != values[first]:
            if at - first > 1:
                sheet.merge_cells(
                    start_row=first + 3, end_row=at + 2, start_column=column, end_column=column
                )
            first = at
