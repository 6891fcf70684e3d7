"""Whatever a field holds, every format is a document that opens, and its figures stand in it."""

from __future__ import annotations

import io
import json
import zipfile

import openpyxl
import pytest
from lxml import etree
from pypdf import PdfReader

import build
from minsheng import export
from minsheng.labels import exports
from minsheng.measuring import snapshot
from minsheng.model import Dataset, Refused

# What XML cannot hold; what it holds and Excel reads as an escape; what no Chinese font has; what
# is more than one code point a character; what would be markup.
HOSTILE = {
    "controls": "响\x01\x07\x0b\x1f铃\x7f\x85尾",
    "no characters": "非\ufffe\uffff字",
    "escapes": "_x0031_2 _x000D_ _x0007_",
    "pictures": "👨\u200d👩\u200d👧 ✅ 🇨🇳 1\ufe0f\u20e3 👍🏽",
    "joined": "क\u094d\u200dष 零\u200b宽\u200f",
    "markup": "]]><w:p/>&amp;<![CDATA[<!--\"'",
}


def holding(words: str) -> Dataset:
    """The words in every field that is not a name in its own right."""
    reading = {
        "done": 12,
        "stages": {words: 1},
        "by_place": {words: 12},
        "claimed_of": words,
        "claimed": 5,
    }
    more = {"problems": words, "next_steps": words, "verdict": words, "notes": {words: words}}
    one = build.project(
        text=f"{words}12 家投入运营。",
        content=f"{words}新改建老年食堂 50 家。",
        readings={"老年食堂": {**reading, "quotes": [f"{words}12 家投入运营"]}},
        indicators=[{**build.indicator(), "counts": words}, build.indicator(name=f"甲{words}", part_of="老年食堂")],
        category=f"类别{words}",
        leads=[f"局{words}", f"{words}局"],
        supports=[words],
        leader=words,
        printed=words,
        notes={words: words},
        milestones=[{"by": "2023-06-30", "share": 40, "text": words}],
    )  # fmt: skip
    one["reports"]["2023H1"] |= more
    later = build.project(id="6.1", category=f"又{words}", later={"text": words, "readings": {}})
    period = [{**build.H1, "label": words}, {**build.Q3, "label": f"又{words}"}]
    return build.dataset(one, later, title=words, place=words, periods=period)


def parts(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize("name", export.FORMATS)
@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_every_document_opens_whatever_its_fields_hold(name, words):
    for period in ("2023H1", "2023Q3"):
        made = export.FORMATS[name].build(snapshot.at(holding(words), period))
        if made.startswith(b"PK"):
            xml = {
                part: text for part, text in parts(made).items() if part.endswith((".xml", ".rels"))
            }
            for text in xml.values():
                etree.fromstring(text)  # raises where it is not well-formed
            assert len(xml) > 5
        elif name == "json":
            json.loads(made)
        else:
            assert made


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # bars in cells
@pytest.mark.parametrize("name", export.FORMATS)
def test_a_field_of_33_000_characters_is_a_document_too(name):
    made = export.FORMATS[name].build(snapshot.at(holding("长" * 33_000), "2023H1"))
    if name == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(made))
        title, text = book["进展表"]["A1"].value, book["进展表"]["E5"].value
        assert title.startswith("长长长")
        assert title.endswith(exports.CUT)
        assert text.endswith(exports.CUT)
    elif made.startswith(b"PK"):
        for part, text in parts(made).items():
            if part.endswith(".xml"):
                etree.fromstring(text, etree.XMLParser(huge_tree=True))


def test_alternative_texts_and_properties_hold_no_control_characters():
    made = parts(export.FORMATS["xlsx"].build(snapshot.at(holding("响\x07铃"), "2023H1")))
    drawn = b"".join(text for part, text in made.items() if "/drawings/drawing" in part)
    assert "类别响铃".encode() in drawn
    assert "响铃".encode() in made["docProps/core.xml"]


def test_a_pdf_says_which_characters_it_cannot_set():
    family = "👨\u200d👩\u200d👧"
    many = "".join(chr(0x1F300 + at) for at in range(60))
    shot = snapshot.at(
        build.dataset(build.project(text=f"一家{family}三口，1\ufe0f\u20e3号楼{many}。"))
    )
    pages = PdfReader(io.BytesIO(export.FORMATS["pdf"].build(shot))).pages
    words = "".join("".join(page.extract_text().split()) for page in pages)
    assert "一家〔U+1F468〕〔U+1F469〕〔U+1F467〕三口，1号楼〔U+1F300〕" in words
    assert "〔U+1F33B〕。" in words


def test_of_too_many_rare_characters_the_refusal_says_which():
    rare = "".join(chr(0x50000 + at) for at in range(40))
    with pytest.raises(Refused, match="没有生成 PDF。请改用 Word 通报"):
        export.FORMATS["pdf"].build(snapshot.at(build.dataset(build.project(text=rare))))
