"""The PDF opened again with pypdf: every word selectable, every font embedded, no empty box."""

from __future__ import annotations

import io
import json
import re
from dataclasses import asdict
from pathlib import Path

import pytest
import typst
from pypdf import PdfReader

import build
import readback
from minsheng import export, theme
from minsheng.export import pdf
from minsheng.labels import bulletin, fonts
from minsheng.measuring import snapshot
from minsheng.measuring.drawn import Bar, Segment
from minsheng.measuring.snapshot import EVERYTHING, Filters
from minsheng.model import Refused
from seed import DATASET, FINGERPRINT, SHOT

CHOICES = [EVERYTHING, Filters(categories=("2", "10")), Filters(departments=("区民政局",))]
TEMPLATE = Path(pdf.__file__).with_name("document.typ")


def opened(shot=SHOT):
    return PdfReader(io.BytesIO(export.FORMATS["pdf"].build(shot)))


def words(reader):
    """The text of all pages without white space and page numbers."""
    pages = ("".join(page.extract_text().split()) for page in reader.pages)
    return "".join(re.sub(r"—\d+—$", "", page) for page in pages)


@pytest.mark.parametrize("filters", CHOICES, ids=str)
def test_every_figure_and_finding_of_the_json_can_be_selected(filters):
    shot = snapshot.at(DATASET, filters=filters)
    text = words(opened(shot))
    for row in shot.rows.values():
        for each in (row.content, row.text, *row.leads):
            assert readback.squeezed(each) in text
    parts = list(readback.measured(shot))
    alone = {row[0] for row in parts if [part[0] for part in parts].count(row[0]) == 1}
    for number, name, target, done, share, basis, *whole in parts:
        # The share before the cap stands between, and 取低 may follow the basis.
        before = f"{number if number in alone else ''}{name}{target}{done}"
        after = f"{share}{basis}(取低)?{''.join(whole) if number in alone else ''}"
        pattern = re.escape(readback.squeezed(before)) + r"(—|[\d.]+%)" + _pattern(after)
        assert re.search(pattern, text), (before, after)
        assert readback.squeezed("".join(whole)) in text
    for row in (*readback.departments(shot), *readback.findings(shot)):
        for each in row:
            assert readback.squeezed(each) in text
    for row in readback.departments(shot):
        assert readback.squeezed("".join(row)) in text
    for name, projects, share in readback.categories(shot):
        assert re.search(re.escape(name + projects) + r"\d+" + re.escape(share), text)


def _pattern(words):
    return re.escape(readback.squeezed(words)).replace(re.escape("(取低)?"), "(取低)?")


def test_every_font_is_embedded_as_a_subset_with_its_characters():
    found = {}
    for page in opened().pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            embedded = {"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"])
            found[font.get_object()["/BaseFont"]] = (
                bool(embedded) and "/ToUnicode" in font.get_object()
            )
    assert len(found) >= 2
    assert all(found.values())
    assert all(re.match(r"/[A-Z]{6}\+", name) for name in found)


def test_title_language_and_date_are_in_the_properties():
    reader = opened()
    assert reader.metadata.title == "关于温州市鹿城区2023年民生实事项目半年度进展情况的通报"
    assert FINGERPRINT[:12] in reader.metadata.subject
    assert reader.metadata.creation_date.date() == SHOT.period.as_of
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    assert "pdfaid:part>2<" in reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert [item.title for item in reader.outline][:2] == [bulletin.OVERALL, bulletin.LAGGING]


def test_annexes_lie_and_the_bulletin_stands():
    sides = [page.mediabox.width > page.mediabox.height for page in opened().pages]
    assert sides == sorted(sides)
    assert {sides[0], sides[-1]} == {False, True}


@pytest.mark.parametrize(
    "text",
    [
        '#set page(width: 1pt) $x$ *粗* _斜_ <b> @ref `raw` // 注 /* 注 */ \\ #read("/etc/passwd")',
        '"引号" \\u{41} {"json": 1} #import "@preview/x:1.0.0"',
        "[链](javascript:1) <script>alert(1)</script> = 标题 - 列 + 列",
        "换\n行，响\x07铃，零\ufeff宽",
    ],
)
def test_hostile_text_is_set_as_it_stands(text):
    project = build.project(text=text, content=text, leads=[text])
    made = words(opened(snapshot.at(build.dataset(project, title=text, place=text))))
    clean = readback.squeezed(text.replace("\x07", "").replace("\ufeff", ""))
    assert made.count(clean) >= 4


def test_a_character_that_no_font_has_is_set_as_its_code_and_not_as_an_empty_box():
    text = "名字里有\U00050000和\U00050001两个没有字形的字。"
    made = words(opened(snapshot.at(build.dataset(build.project(text=text)))))
    assert "名字里有〔U+50000〕和〔U+50001〕两个没有字形的字。" in made


def test_without_a_chinese_font_there_is_a_sentence_instead_of_a_file(monkeypatch):
    class Bare:
        def __init__(self, **_):
            pass

        def families(self):
            return ["DejaVu Sans", "Libertinus Serif"]

    monkeypatch.setattr(typst, "Fonts", Bare)
    with pytest.raises(Refused, match=r"没有中文字体.*fonts-noto-cjk"):
        export.FORMATS["pdf"].build(SHOT)


def test_a_font_of_the_right_name_without_chinese_is_noticed(monkeypatch):
    """The family is there, its characters are not: Typst alone would set empty boxes."""
    monkeypatch.setattr(fonts, "INSTALLED", dict.fromkeys(fonts.INSTALLED, ("Libertinus Serif",)))
    real = typst.Fonts
    monkeypatch.setattr(typst, "Fonts", lambda **_: real(include_system_fonts=False))
    with pytest.raises(Refused, match="没有中文字体"):
        export.FORMATS["pdf"].build(SHOT)


def test_fonts_are_chosen_by_name_in_order_of_preference():
    installed = ["Noto Sans CJK SC", "Noto Serif CJK SC", "fangsong", "DejaVu Sans"]
    chosen = pdf.chosen_fonts(installed)
    assert chosen["body"] == ["fangsong", "Noto Serif CJK SC", "Noto Sans CJK SC"]
    assert chosen["heading"][0] == "Noto Sans CJK SC"
    assert chosen["title"][0] == "Noto Serif CJK SC"


def test_what_typst_complains_of_otherwise_is_said(monkeypatch):
    def fails(*_, **__):
        raise typst.TypstError("out of ink")

    monkeypatch.setattr(typst, "compile", fails)
    with pytest.raises(Refused, match="PDF 排版没有成功：out of ink"):
        export.FORMATS["pdf"].build(SHOT)


def test_the_template_reads_no_file_and_no_package():
    source = TEMPLATE.read_text("utf-8")
    assert not re.search(r'@preview|#?\b(import|include|read|image|plugin)\b\s*[("]', source)


def bars(drawn):
    """The widths of what is filled in the bars of a table, in points, as Typst lays them out."""
    cells = [
        {"text": "", "down": 1, "breakable": False, "bar": {**asdict(bar), "ink": theme.MEAN}}
        for bar in drawn
    ]
    block = {
        "kind": "table", "legend": "", "whole": False, "rows": [[cell] for cell in cells],
        "columns": [{"head": "一", "width": 30, "align": "left"}],
    }  # fmt: skip
    document = {
        "title": "条", "description": "", "author": "", "keywords": [], "date": [2023, 6, 30],
        "fonts": pdf.chosen_fonts(typst.Fonts().families()), "colors": pdf._COLORS,
        "sections": [{"lying": False, "blocks": [block]}],
    }  # fmt: skip
    svg = typst.compile(str(TEMPLATE), format="svg", sys_inputs={"data": json.dumps(document)})
    svg = b"".join(svg) if isinstance(svg, list) else svg
    filled = re.findall(r'fill="([^"]*)"[^>]*d="M 0 0v [\d.]+h ([\d.]+)', svg.decode())
    drawn = [("hatched" if ink.startswith("url") else ink, float(width)) for ink, width in filled]
    return [each for each in drawn if each[0] in ("hatched", theme.MEAN, theme.STEPS[0])]


def test_a_bar_ends_at_100_percent_and_what_is_only_said_is_hatched():
    half, whole, said, strip = bars(
        [
            Bar(solid=0.5, due=0.5),
            Bar(solid=1.0, over=1.29),
            Bar(hatched=0.9, claim=0.9),
            Bar(strip=(Segment("", 5, 0.0, 0.25),)),
        ]
    )
    full = whole[1]
    inks = [half[0], whole[0], said[0], strip[0]]
    assert inks == [theme.MEAN, theme.MEAN, "hatched", theme.STEPS[0]]
    assert [half[1], said[1], strip[1]] == pytest.approx([full / 2, full * 0.9, full / 4], abs=0.02)
