"""Seven hundred files that nobody should send: each is read or refused in a sentence, within the
time and memory that a table needs."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator

import pytest

import make_tables as make
from minsheng.importing import worker
from minsheng.labels.importing import FAULT
from minsheng.model import Refused

GRID = [
    list(make.HEADER),
    ["1", "老有所养", "新建社区食堂20家。", "区民政局", "已建成9家，6家装修。"],
    ["2", "", "新增养老床位300张，其中护理型120张。", "", "已新增180张（护理型60张）。"],
    ["3", "住有所居", "改造老旧小区12个。", "区住建局、各街道", "完成4个，8个施工中。"],
]
TITLE = "2024年青禾区民生实事项目半年度进展情况表"
CELLS = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in GRID)


def xml_cell(text: str) -> str:
    return f"<Cell ss:MergeDown='0'><Data ss:Type='String'>{text}</Data></Cell>"


PAGE = f"<html><meta charset='utf-8'><p>{TITLE}</p><table>{CELLS}</table></html>".encode()
XML = (
    "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet' "
    "xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet'><Worksheet ss:Name='表'><Table>"
    + "".join(
        f"<Row ss:Index='{at}'>{''.join(map(xml_cell, row))}</Row>"
        for at, row in enumerate(GRID, 1)
    )
    + "</Table></Worksheet></Workbook>"
).encode()
WORD = make.word([GRID], before=(TITLE,))
EXCEL = make.excel([GRID], title=TITLE)
BASES = {
    "表.docx": WORD,
    "表.xlsx": EXCEL,
    "表.xls": PAGE,
    "表.xml": XML,
    "表.txt": make.pasted(GRID),
    "表.md": make.markdown(GRID),
}
VALUES = ["", "-1", "0", "1", "9" * 5000, "1e9", "²", "NaN", "A1:XFD1048576", "\u0661", "a" * 300]
TAG, VALUE, TEXT = (re.compile(each) for each in (rb"<[^<>]+>", rb"""=(["'])[^"'<>]*\1""", rb">[^<>]+<"))  # fmt: skip
LOOKED_INTO = re.compile(r"(document|comments|styles|sheet1|workbook|sharedStrings|\[Content_Types\])\.xml$|\.rels$")  # fmt: skip


def torn(data: bytes, chance: random.Random) -> bytes:
    """Bytes altered, cut out, doubled, or the end missing."""
    for _ in range(chance.choice([1, 1, 3, 20])):
        at = chance.randrange(len(data))
        until = min(len(data), at + chance.choice([1, 1, 2, 40, 4000]))
        way = chance.randrange(5)
        if way == 0:
            data = data[:at] + chance.randbytes(until - at) + data[until:]
        elif way == 1:
            data = data[:at] + data[until:] or b"x"
        elif way == 2:
            data = data[:until] + data[at:until] * chance.choice([1, 100]) + data[until:]
        elif way == 3:
            data = data[:until]
        else:
            data = data[:at] + chance.choice([b"\0", b"<", b'"', b"\t", b"\xff\xfe", "一".encode()]) + data[at:]  # fmt: skip
    return data


def twisted(part: bytes, chance: random.Random) -> bytes:
    """Well-formed or nearly: another value, a tag gone or doubled, a text long or empty."""
    for _ in range(chance.choice([1, 2, 5])):
        pattern = chance.choice([VALUE, VALUE, TAG, TEXT])
        found = list(pattern.finditer(part))
        if not found:
            continue
        one = chance.choice(found)
        if pattern is VALUE:
            new = b'="' + chance.choice(VALUES).encode() + b'"'
        elif pattern is TEXT:
            new = b">" + chance.choice([b"", b"(1)" * 9000, b"9" * 4000, "建".encode() * 500, b"\t\n"]) + b"<"  # fmt: skip
        else:
            new = one[0] * chance.choice([0, 2, 40])
        part = part[: one.start()] + new + part[one.end() :]
    return part


def repacked(data: bytes, chance: random.Random) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:  # fmt: skip
        names = old.namelist()
        chosen = chance.choice([each for each in names if LOOKED_INTO.search(each)])
        gone = chance.choice(names) if chance.random() < 0.1 else ""
        for each in names:
            part = old.read(each)
            if each != gone:
                new.writestr(each, twisted(part, chance) if each == chosen else part)
    return made.getvalue()


def twisted_file(data: bytes, chance: random.Random) -> bytes:
    return repacked(data, chance) if data.startswith(b"PK") else twisted(data, chance)


def malformed(change: Callable[[bytes, random.Random], bytes], count: int) -> Iterator[tuple[str, bytes]]:  # fmt: skip
    names = list(BASES)
    for seed in range(count):
        chance = random.Random(seed)
        name = names[seed % len(names)]
        yield name, change(BASES[name], chance)


HEADING = "项目内容\t牵头单位\t进展情况\n"
ROW = "新建社区食堂{}家。\t区民政局\t已建成{}家。\n"
DEEP = "<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60


def in_word(body: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:  # fmt: skip
        for each in old.namelist():
            part = old.read(each)
            if each == "word/document.xml":
                part = part.replace(b"<w:body>", b"<w:body>" + body.encode(), 1)
            new.writestr(each, part)
    return made.getvalue()


def boxes(depth: int) -> str:
    inner = "<w:r><w:t>底</w:t></w:r>"
    for _ in range(depth):
        inner = f"<w:r><w:pict><w:txbxContent><w:p>{inner}</w:p></w:txbxContent></w:pict></w:r>"
    return f"<w:p>{inner}</w:p>"


HEAVY: dict[str, tuple[str, bytes]] = {
    "three blank rows of Excel pasted whole": ("", ("\t" * 16383 + "\n").encode() * 3),
    "blank rows below a table": ("", (HEADING + ROW.format(20, 9) + ("\t" * 16383 + "\n") * 60).encode()),
    "a quotation mark and a comma a million times": ("a.csv", b'"",' * 1_000_000),
    "opened quotations": ("a.csv", ('"项目内容,"",牵头单位,"进展情况\n' + '"a,""b,' * 300_000).encode()),
    "two hundred thousand rows": ("a.tsv", (HEADING + ROW.format(20, 9) * 200_000).encode()),
    "three megabytes of (1)": ("a.txt", (HEADING + "新建20家。\t区民政局\t" + "(1)" * 1_000_000).encode()),
    "three megabytes of (1) in the leads": ("a.txt", (HEADING + "新建20家。\t" + "（1）" * 6000 + "\t好").encode()),
    "dashes and bars": ("a.md", ("|" + "-|" * 500_000 + "\n" + " " * 500_000 + "x").encode()),
    "a whole column of Excel pasted": ("", (HEADING + ROW.format(20, 9) + "\t\t\n" * 1_048_574).encode()),
    "blanks": ("a.txt", ("项目内容  牵头单位  进展情况\n" + " " * 2_000_000).encode()),
    "a torn row of a hundred thousand lines": ("a.txt", (HEADING + "新建20家。\t区民政局\n" + "续\n" * 19_000).encode()),
    "near-equal names": ("a.txt", (HEADING + "".join(f"{'新建食堂' * 4000}{at}家\t区民政局\t好\n" for at in range(9))).encode()),
    "9,999 categories": ("a.txt", ("类别\t项目内容\t牵头单位\t进展情况\n" + "".join(f"类{at}\t新建{at}家。\t局\t好\n" for at in range(1, 2000))).encode()),
    "serial numbers of 5,000 digits": ("a.txt", ("序号\t项目内容\t进展情况\n" + f"{'9' * 5000}\t新建20家。\t完成{'9' * 5000}家。\n").encode()),
    "nested text boxes": ("a.docx", in_word(boxes(60))),
    "nested tables": ("a.docx", in_word(DEEP)),
    "gridBefore of 5,000 digits": ("a.docx", in_word(f'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="{"9" * 5000}"/></w:trPr></w:tr></w:tbl>')),
    "spans over everything": ("a.xls", f"<table>{'<tr><td colspan=200 rowspan=20000>一' * 1500}</table>".encode()),
    "nested pages": ("a.xls", (b"<table><tr><td>" * 5000) + CELLS.encode()),
    "a page without an end": ("a.xls", b"<html>" + b"<p" * 1_000_000),
    "comments in a page": ("a.xls", b"<html>" + b"<!--" * 500_000),
    "an XML of 2003 with far rows": ("a.xls", XML.replace(b"ss:Index='4'", b"ss:Index='9999999'")),
}  # fmt: skip


def check(name: str, data: bytes) -> str:
    """What was said; empty where it was read."""
    try:
        worker.read(name, data)
    except Refused as fault:
        return str(fault)
    return ""


@pytest.fixture(autouse=True)
def _fork(monkeypatch):
    """As the command does: a new interpreter for each would be most of the time."""
    monkeypatch.setattr(worker, "_may_fork", lambda: True)


BEYOND = {
    FAULT["reader_failed"],
    FAULT["too_much_memory"],
    FAULT["too_long"].format(seconds=worker.SECONDS),
}


@pytest.mark.parametrize("change", [torn, twisted_file])
def test_no_malformed_file_ends_the_reader_or_exceeds_its_limits(change):
    said = [(name, check(name, data)) for name, data in malformed(change, 340)]
    assert [each for each in said if each[1] in BEYOND] == []
    assert sum(not words for _, words in said) > 20  # some are only scratched
    assert sum(bool(words) for _, words in said) > 100


@pytest.mark.parametrize("case", HEAVY)
def test_no_heavy_file_ends_the_reader_or_exceeds_its_limits(case):
    assert check(*HEAVY[case]) not in BEYOND
