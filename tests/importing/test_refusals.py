"""What is not read: one sentence that says why and what to do. Every file is really made so."""

from __future__ import annotations

import contextlib
import io
import re
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import make_tables as make
from minsheng import importing
from minsheng.importing import package
from minsheng.model import Refused

WORD = make.word(make.seed_parts())
EXCEL = make.excel([[list(make.HEADER), *make.seed_rows()]])
DOCUMENT = "word/document.xml"


def refused(name: str, data: bytes) -> str:
    with pytest.raises(Refused) as fault:
        importing.read(name, data)
    return str(fault.value)


def has(data: bytes, name: str) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return name in archive.namelist()


def repacked(data: bytes, change: dict[str, bytes] | None = None) -> bytes:
    """The package with parts added or replaced."""
    made = io.BytesIO()
    changed = dict(change or {})
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            new.writestr(info.filename, changed.pop(info.filename, old.read(info.filename)))
        for name, part in changed.items():
            new.writestr(name, part)
    return made.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def related(data: bytes, rels: str, relation: str) -> bytes:
    """The package with one more relationship in that part."""
    old = part(data, rels).replace(b"</Relationships>", relation.encode() + b"</Relationships>")
    return repacked(data, {rels: old})


def ole(*streams: str) -> bytes:
    """A compound file as old Office writes it: header, one sector of directory."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHH", 0x3E, 3, 0xFFFE)
    directory = b""
    for name in ("Root Entry", *streams):
        words = name.encode("utf-16-le")
        directory += (
            words.ljust(64, b"\0") + struct.pack("<H", len(words) + 2) + b"\x02\x01" + b"\0" * 60
        )
    return header.ljust(512, b"\0") + b"\xff" * 512 + directory.ljust(512, b"\0")


def test_the_documents_that_the_others_are_made_of_are_read():
    assert len(importing.read("a.docx", repacked(WORD)).rows) == 29
    assert len(importing.read("a.xlsx", repacked(EXCEL)).rows) == 29


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf\r\n  \n"])
def test_an_empty_file(data):
    assert refused("a.txt", data) == "文件是空的，没有可以导入的内容。请检查是不是选错了文件。"


def test_a_heading_alone():
    assert (
        refused("a.txt", "项目内容\t牵头单位\t进展情况".encode())
        == "找到了表头，但下面没有内容。请检查是不是选错了文件。"
    )


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", "甲\t乙\n丙\t丁".encode()),
        ("a.docx", make.word([[["甲", "乙"], ["丙", "丁"]]])),
        ("a.xlsx", make.excel([[["甲", "乙"], ["丙", "丁"]]])),
    ],
)
def test_without_a_heading_the_sentence_names_the_headings_looked_for(name, data):
    said = refused(name, data)
    for heading in ("项目内容", "目标任务", "进展情况", "完成情况", "牵头单位", "责任单位"):
        assert heading in said


def test_a_document_without_a_table():
    assert refused("a.docx", make.word([], before=(), after=())).startswith("没有找到表格。")


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_a_password_of_word_or_excel(name):
    data = ole("EncryptionInfo", "EncryptedPackage")
    assert refused(name, data) == (
        "文件有密码保护，没有读取。请在 Word 或 Excel 里取消密码，另存后再导入。"
    )


def test_a_zip_with_a_password():
    data = bytearray(WORD)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    assert refused("a.docx", bytes(data)).startswith("文件有密码保护")


@pytest.mark.parametrize(
    ("name", "stream", "said"),
    [
        ("a.doc", "WordDocument", "这是旧版 Word 文件，没有读取。请用 Word 或 WPS 打开，另存为 .docx 后再导入。"),
        ("a.docx", "WordDocument", "这是旧版 Word 文件，没有读取。请用 Word 或 WPS 打开，另存为 .docx 后再导入。"),
        ("a.wps", "WordDocument", "这是旧版 WPS 文字文件（.wps），没有读取。请用 Word 或 WPS 打开，另存为 .docx 后再导入。"),
        ("a.xls", "Workbook", "这是旧版 Excel 文件，没有读取。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。"),
        ("a.et", "Workbook", "这是旧版 WPS 表格文件（.et），没有读取。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。"),
        ("a.et", "Strange", "这是旧版 WPS 表格文件（.et），没有读取。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。"),
    ],
)  # fmt: skip
def test_old_word_and_excel(name, stream, said):
    assert refused(name, ole(stream)) == said


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "图片"),
        ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0", "图片"),
        ("a.rtf", rb"{\rtf1\ansi }", "RTF"),
        ("a.xml", b"<?xml version='1.0'?><a/>", "XML"),
        ("a.rar", b"Rar!\x1a\x07\x01\x00", "压缩包"),
    ],
)
def test_other_kinds_are_named_with_their_cure(name, data, kind):
    said = refused(name, data)
    assert said.startswith("这是")
    assert kind in said
    assert said.endswith(CURES[kind])


CURES = {
    "PDF": "请向报送单位要 Word 或 Excel 原件；没有原件的，用 Word 或 WPS 打开这个 PDF，另存为 .docx，核对后再导入。",
    "图片": "图片里的字读不出来。请向报送单位要 Word 或 Excel 原件，或把表格录入 Excel 后再导入。",
    "RTF": "请用 Word 或 WPS 打开，另存为 .docx 后再导入。",
    "XML": "请用 Office 或 WPS 打开，另存为 .docx 或 .xlsx 后再导入。",
    "压缩包": "请解压后导入里面的 .docx 或 .xlsx。",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data"),
    [
        *(("表.doc", WORD), ("表.wps", WORD), ("表.xlsx", WORD), ("表.txt", WORD), ("表", WORD)),
        *(("表.et", EXCEL), ("表.xls", EXCEL), ("表.docx", EXCEL), ("表.XLSX", EXCEL)),
        ("表.xls", make.seed_text().encode("gb18030")),
        ("表.docx", make.seed_text().encode()),
    ],
)
def test_a_file_is_judged_by_what_it_holds_and_not_by_its_name(name, data):
    assert len(importing.read(name, data).rows) == 29


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("表.docx", b"%PDF-1.7\n", " PDF 文件"),
        ("表.xlsx", b"\x89PNG\r\n\x1a\n", "图片"),
        ("表.pdf", make.seed_text().encode(), "文字"),
    ],
)
def test_a_name_that_promises_what_is_not_there_is_said(name, data, kind):
    assert refused(name, data).startswith(f"文件名是“{name}”，内容却是{kind}，没有读取。")


def test_pasted_bytes_without_a_name_are_judged_by_what_they_are():
    assert len(importing.read("", WORD).rows) == 29


def zipped(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "."), text)
    return made.getvalue()


def test_zips_of_other_kinds():
    assert "压缩包" in refused("a.zip", zipped(a__txt="x"))
    odt = zipped(mimetype="application/vnd.oasis.opendocument.text", content__xml="<x/>")
    assert "OpenDocument" in refused("a.odt", odt)


def test_bytes_that_are_no_text():
    assert refused("a.txt", bytes(range(1, 200)) * 3).startswith("文件不是文字")


@pytest.mark.parametrize("cut", [100, len(WORD) // 2, len(WORD) - 10])
def test_a_truncated_document(cut):
    assert refused("a.docx", WORD[:cut]) == (
        "文件已损坏，读不出来。请用 Word 或 Excel 打开修复，另存后再导入。"
    )


def test_a_document_with_a_flipped_byte():
    with zipfile.ZipFile(io.BytesIO(WORD)) as archive:
        info = archive.getinfo(DOCUMENT)
    data = bytearray(WORD)
    data[info.header_offset + 30 + len(DOCUMENT) + info.compress_size // 2] ^= 0x55
    assert refused("a.docx", bytes(data)).startswith("文件已损坏")


@pytest.mark.parametrize(
    "data",
    [
        repacked(WORD, {DOCUMENT: b"<w:document"}),
        repacked(
            WORD, {DOCUMENT: "<?xml version='1.0' encoding='UTF-8'?><a>\xff</a>".encode("latin-1")}
        ),
        repacked(WORD, {"_rels/.rels": b"<Relationships xmlns='x'/>"}),
    ],
)
def test_a_document_with_broken_parts(data):
    assert refused("a.docx", data).startswith("文件已损坏")


def test_a_workbook_with_broken_parts():
    assert refused("a.xlsx", repacked(EXCEL, {"xl/workbook.xml": b"<workbook"})).startswith(
        "文件已损坏"
    )
    sheet = part(EXCEL, "xl/worksheets/sheet1.xml").replace(b'ref="A1:E1"', b'ref="A1:??"')
    assert refused("a.xlsx", repacked(EXCEL, {"xl/worksheets/sheet1.xml": sheet})).startswith(
        "文件已损坏"
    )


BOMB = "压缩包解开后大得不正常（可能是恶意文件），没有读取。请重新另存一份后再导入。"


def test_a_zip_bomb_by_its_ratio():
    assert refused("a.docx", repacked(WORD, {"word/media/a.bin": b"\0" * 8_000_000})) == BOMB


def test_a_zip_bomb_by_its_size(monkeypatch):
    monkeypatch.setattr(package, "LARGEST_UNPACKED", 100_000)
    assert refused("a.docx", repacked(WORD, {"word/media/a.bin": bytes(range(256)) * 400})) == BOMB


def test_a_zip_bomb_of_many_parts(monkeypatch):
    monkeypatch.setattr(package, "MOST_PARTS", 20)
    assert refused("a.docx", repacked(WORD, {f"word/media/{n}": b"x" for n in range(20)})) == BOMB


def test_a_zip_bomb_that_declares_little():
    """The checksum is right for what is declared: only unpacking shows the lie."""
    name, real, told = "word/media/a.bin", b"\0" * 8_000_000, 1000
    data = bytearray(repacked(WORD, {name: real}))
    for signature, offset in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        at = data.rfind(signature)
        while name.encode() not in data[at : at + 46 + len(name)]:
            at = data.rfind(signature, 0, at)
        struct.pack_into("<I", data, at + offset, zlib.crc32(real[:told]))
        struct.pack_into("<I", data, at + offset + 8, told)
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        assert len(archive.read(name)) == told
    assert refused("a.docx", bytes(data)) == BOMB


def test_a_file_that_is_too_large(monkeypatch):
    monkeypatch.setattr(package, "LARGEST", 1024)
    assert refused("a.docx", WORD).startswith("文件超过 0 MB，没有读取。")


def test_macros():
    said = refused("a.docx", repacked(WORD, {"word/vbaProject.bin": b"x"}))
    assert said == "文件里有宏，没有读取。请另存为不含宏的 .docx 后再导入。"
    types = part(EXCEL, "[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    assert refused("a.xlsm", repacked(EXCEL, {"[Content_Types].xml": types})).startswith(
        "文件里有宏"
    )


RELATION = '<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="http://example.invalid/a&gt;b" TargetMode="{}"/>'
DOCUMENT_RELS = "word/_rels/document.xml.rels"


@pytest.mark.parametrize("type_", ["oleObject", "subDocument", "frame"])
def test_external_links(type_):
    data = related(WORD, DOCUMENT_RELS, RELATION.format(type_, "External"))
    assert refused("a.docx", data) == (
        "文件引用了外部内容（外部链接），没有读取，也没有去取。请断开链接、另存后再导入。"
    )


def test_an_external_link_written_to_hide_from_a_search():
    relation = RELATION.format("frame", "&#69;xternal").replace("a&gt;b", "a>b")
    assert "外部链接" in refused("a.docx", related(WORD, DOCUMENT_RELS, relation))


@pytest.mark.parametrize("type_", ["hyperlink", "attachedTemplate", "image"])
def test_a_link_of_which_nothing_is_needed_is_no_reason_to_refuse(type_):
    data = related(WORD, DOCUMENT_RELS, RELATION.format(type_, "External"))
    assert len(importing.read("a.docx", data).rows) == 29


def test_links_to_other_workbooks_and_databases():
    link = repacked(EXCEL, {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})
    assert "其他工作簿" in refused("a.xlsx", link)
    connection = repacked(EXCEL, {"xl/connections.xml": b"<connections/>"})
    assert "外部数据连接" in refused("a.xlsx", connection)


def test_embedded_objects():
    data = repacked(WORD, {"word/embeddings/oleObject1.bin": ole("Package")})
    assert refused("a.docx", data) == (
        "文件里嵌有其他对象（oleobject1.bin），没有读取。请删去嵌入的对象、另存后再导入。"
    )


LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(
        f'<!ENTITY {name} "{("&" + before + ";") * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("dtd", [LAUGHS, '<!DOCTYPE a [<!ENTITY i SYSTEM "file:///etc/passwd">]>'])
def test_entities_are_never_defined(dtd, encoding):
    xml = part(WORD, DOCUMENT).decode().partition("?>")[2].replace("幼有所育", "&i;")
    data = f'<?xml version="1.0" encoding="{encoding.upper()}"?>{dtd}{xml}'.encode(encoding)
    said = refused("a.docx", repacked(WORD, {DOCUMENT: data}))
    assert said.startswith("文件里有不该有的定义（DTD）")


def test_entities_hidden_in_another_encoding():
    xml = b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4-<a/>'
    assert refused("a.docx", repacked(WORD, {DOCUMENT: xml})).startswith("文件里有不该有的定义")


def test_strict_open_xml():
    strict = part(WORD, "_rels/.rels").replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
    )
    assert refused("a.docx", repacked(WORD, {"_rels/.rels": strict})).startswith(
        "这是 Strict Open XML"
    )


def test_a_sheet_longer_or_wider_than_any_table():
    wide = make.excel([[["甲"] * 300]], title="", merged=())
    assert refused("a.xlsx", wide) == (
        "工作表“Sheet1”超过 3000 行或 200 列，没有读取。请删去表格以外的内容后再导入。"
    )


def test_a_formatted_last_row_makes_no_sheet_long():
    sheet = part(EXCEL, "xl/worksheets/sheet1.xml").replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    )
    assert (
        len(importing.read("a.xlsx", repacked(EXCEL, {"xl/worksheets/sheet1.xml": sheet})).rows)
        == 29
    )


def test_merged_ranges_that_would_fill_the_memory(monkeypatch):
    from minsheng.importing import xlsx

    monkeypatch.setattr(xlsx, "MOST_MERGED", 20)
    assert refused("a.xlsx", EXCEL).startswith("工作表“Sheet1”的合并单元格大得不正常")


TAG = re.compile(r"<[^>]+>")
VALUE = re.compile(r'="[^"]*"')
LOOKED_INTO = [
    DOCUMENT,
    "xl/worksheets/sheet1.xml",
    "xl/workbook.xml",
    "xl/styles.xml",
    "_rels/.rels",
]


@settings(max_examples=80)
@given(st.data())
def test_a_document_with_anything_in_its_xml_is_read_or_refused(data):
    base, name = data.draw(st.sampled_from([(WORD, "a.docx"), (EXCEL, "a.xlsx")]))
    inside = data.draw(st.sampled_from([each for each in LOOKED_INTO if has(base, each)]))
    text = part(base, inside).decode()
    if data.draw(st.booleans()):
        found = data.draw(st.sampled_from(list(TAG.finditer(text))))
        changed = text[: found.start()] + text[found.end() :]
    else:
        found = data.draw(st.sampled_from(list(VALUE.finditer(text))))
        value = data.draw(st.sampled_from(["", "-1", "999999999999", "x", "A1:ZZ9", "1e400"]))
        changed = text[: found.start()] + f'="{value}"' + text[found.end() :]
    with contextlib.suppress(Refused):
        assert importing.read(name, repacked(base, {inside: changed.encode()})).rows
