"""What a file is, judged by its bytes, and why it is not read: before any library sees it.

Nothing is fetched and nothing is expanded without a bound: what the directory of a zip declares is
judged first, then every part is held to what it declared, so that the libraries that read the same
bytes afterwards cannot grow beyond it.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from openpyxl.xml.functions import fromstring

from minsheng.labels.importing import CURES, EXTERNAL, FAULT, KINDS
from minsheng.model import Refused

LARGEST = 20 * 1024 * 1024
LARGEST_UNPACKED = 120 * 1024 * 1024
LARGEST_RATIO = 250  # a repetitive sheet of Excel's own packs 1:60
SMALL = 4 * 1024 * 1024  # too small to be a bomb, whatever its ratio
MOST_PARTS = 3000

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a", "zip"),
    (b"7z\xbc\xaf\x27\x1c", "zip"),
    (b"\x1f\x8b", "zip"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What zipfile, lxml, python-docx and openpyxl raise where parts are missing, malformed or hold
# impossible values, found by changing bytes and elements of real files.
BROKEN = (
    *(LookupError, ValueError, TypeError, AttributeError, ArithmeticError, SyntaxError),
    *(EOFError, OSError, NotImplementedError),
)

_SUFFIXES = {"docx": ".docx", "xlsx": ".xlsx"}
_READABLE = {*_SUFFIXES, "html", "xml2003", "text"}
# What a name says that is none of them: text under such a name is a mistake, and so is a picture
# under the name of a document.
_NEVER_TEXT = {".pdf", ".pptx", ".ppt", ".png", ".jpg", ".jpeg", ".gif", ".zip", ".rar", ".7z"}
_OF_WORD, _OF_EXCEL = {".docx", ".doc", ".wps"}, {".xlsx", ".xls", ".et"}
_MAIN = (
    ("wordprocessingml.document.main", "docx"),
    ("spreadsheetml.sheet.main", "xlsx"),
    ("presentationml", "pptx"),
    ("ms-excel.sheet.binary", "xlsb"),
    ("wordprocessingml.template", "template"),
    ("spreadsheetml.template", "template"),
)
_HARMLESS = ("/hyperlink", "/attachedTemplate", "/image")
_MACROS = re.compile(r"vbaproject|vbadata|/macrosheets/|macroenabled", re.IGNORECASE)
_PAGE = re.compile(
    r"(?:<\?xml[^>]*\?>\s*)?(?:<!--.{0,4000}?-->\s*)*"
    r"<(?:!doctype html|html|head|meta|body|table|style|div|p|title|script|font|center)\b",
    re.DOTALL,
)
# These under the name of a Word or Excel file are somebody's mistake, and are named as such.
_OTHERS = {"pdf", "image", "pptx", "zip"}
_DECLARED = re.compile(r"""^\s*<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


def kind(name: str, data: bytes) -> str:
    """docx, xlsx, html, xml2003 or text, whatever its name says: Word and Excel judge by the bytes
    as well. What it holds has been found harmless to read.

    Raises:
        Refused: it is nothing that can be read.
    """
    if not data.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        raise Refused(FAULT["empty"])
    if len(data) > LARGEST:
        raise Refused(FAULT["too_large"].format(limit=LARGEST // 1024 // 1024))
    suffix = _suffix(name)
    found = _by_bytes(data)
    if found not in _READABLE or (found == "text" and suffix in _NEVER_TEXT):
        raise Refused(_refused(found, suffix, name))
    return found


def _suffix(name: str) -> str:
    base = name.replace("\\", "/").rpartition("/")[2]
    return ("." + base.rpartition(".")[2].lower()) if "." in base else ""


def _refused(found: str, suffix: str, name: str) -> str:
    """What it is, and how it is saved anew."""
    if found == "ole":
        found = "doc" if suffix in _OF_WORD else "xls" if suffix in _OF_EXCEL else found
    cure = CURES[found]
    named = {".wps": "wps", ".et": "et"}.get(suffix, found)
    is_other = found == "text" or (suffix in _OF_WORD | _OF_EXCEL and found in _OTHERS)
    if is_other:
        return FAULT["mismatch"].format(name=name, kind=KINDS[found], cure=cure)
    return FAULT["other"].format(kind=KINDS.get(named, KINDS[found]), cure=cure)


def _by_bytes(data: bytes) -> str:
    if data.startswith(_OLE):
        return _ole(data)
    if data.startswith(b"PK"):
        return _zip(data)
    if data[8:12] == b"WEBP" or (data.startswith(b"BM") and data[6:10] == b"\0\0\0\0"):
        return "image"
    for signature, found in _SIGNATURES:
        if data.startswith(signature):
            return found
    return _text(data)


def _text(data: bytes) -> str:
    wide = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    start = data[:8192].decode(wide, "replace").lstrip("\xef\xbb\xbf\ufeff \r\n\t").lower()
    if start.startswith("<?xml") and "urn:schemas-microsoft-com:office:spreadsheet" in start:
        is_page = "<html" in start  # Excel's own web pages name the namespace too
        return "html" if is_page else "xml2003"
    if start.startswith("mime-version:") or _PAGE.match(start):
        return "html"
    return "xml" if start.startswith("<?xml") else "text"


def _ole(data: bytes) -> str:
    """The old container: its directory names its streams in UTF-16."""
    names = {
        "EncryptedPackage": "encrypted",
        "WordDocument": "doc",
        "Workbook": "xls",
        "Book": "xls",
    }
    for stream, found in names.items():
        if stream.encode("utf-16-le") in data:
            if found == "encrypted":
                raise Refused(FAULT["encrypted"])
            return found
    return "ole"


def _zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            _check_sizes(infos, len(data))
            names = {info.filename: info for info in infos}
            if "[Content_Types].xml" not in names:
                odf = "mimetype" in names and "content.xml" in names
                return "odf" if odf else "zip"
            return _check_parts(data, infos)
    except (zipfile.BadZipFile, zlib.error, struct.error, *BROKEN):
        raise Refused(FAULT["damaged"]) from None


def _check_sizes(infos: list[zipfile.ZipInfo], size: int) -> None:
    """By what the directory declares, before a byte is decompressed."""
    if any(info.flag_bits & 0x1 for info in infos):
        raise Refused(FAULT["encrypted"])
    declared = sum(info.file_size for info in infos)
    if len(infos) > MOST_PARTS or _is_bomb(declared, size):
        raise Refused(FAULT["bomb"])
    if any(_is_bomb(info.file_size, info.compress_size) for info in infos):
        raise Refused(FAULT["bomb"])


def _is_bomb(unpacked: int, packed: int) -> bool:
    return unpacked > LARGEST_UNPACKED or (
        unpacked > SMALL and unpacked > LARGEST_RATIO * max(packed, 1)
    )


def _check_parts(data: bytes, infos: list[zipfile.ZipInfo]) -> str:
    """Every part is unpacked once, within bounds, and its checksum and its XML looked at."""
    found = "zip"
    macros: object = None
    external = embedded = ""
    strict = False
    for info in infos:
        part = _unpacked(data, info)
        name = info.filename.lower()
        macros = macros or _MACROS.search(name)
        external = external or (EXTERNAL["workbook"] if "/externallinks/" in name else "")
        external = external or (EXTERNAL["connection"] if name.endswith("connections.xml") else "")
        embedded = embedded or (name if "oleobject" in name or "/activex/" in name else "")
        if not (name.endswith((".xml", ".rels", ".vml")) or part.lstrip()[:1] == b"<"):
            continue
        text = _xml(part)
        if name == "[content_types].xml":
            found = next((kind for mark, kind in _MAIN if mark in text), "zip")
            macros = macros or _MACROS.search(text)
        elif name.endswith(".rels"):
            external = external or next(_external(text), "")
            strict = strict or "purl.oclc.org/ooxml" in text
    suffix = _SUFFIXES.get(found, ".docx")
    if macros:
        raise Refused(FAULT["macros"].format(suffix=suffix))
    if external:
        raise Refused(FAULT["external"].format(what=external))
    if embedded:
        raise Refused(FAULT["embedded"].format(what=embedded.rpartition("/")[2]))
    if strict:
        raise Refused(FAULT["strict"].format(suffix=suffix))
    return found


def _unpacked(data: bytes, info: zipfile.ZipInfo) -> bytes:
    """The part, if it is as long as it declares and matches its checksum. `ZipFile.read` would
    unpack all that a lying part holds before it cuts off what was not declared."""
    start = info.header_offset
    if data[start : start + 4] != b"PK\3\4":
        raise zipfile.BadZipFile
    start += 30 + sum(struct.unpack_from("<HH", data, start + 26))
    packed = data[start : start + info.compress_size]
    if info.compress_type == zipfile.ZIP_STORED:
        part = packed
    elif info.compress_type == zipfile.ZIP_DEFLATED:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        part = inflater.decompress(packed, info.file_size + 1)
    else:
        raise zipfile.BadZipFile
    if len(part) < info.file_size or zlib.crc32(part[: info.file_size]) != info.CRC:
        raise zipfile.BadZipFile
    if len(part) > info.file_size:
        raise Refused(FAULT["bomb"])
    return part


def _xml(part: bytes) -> str:
    """An XML part as text, without its declaration. Only in the encodings that Office writes, and
    without a DTD: what is never defined cannot be expanded by whichever parser comes next."""
    try:
        wide = part[:2] in (b"\xff\xfe", b"\xfe\xff")
        text = part.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(FAULT["damaged"]) from None
    declared = _DECLARED.match(text)
    if declared and declared[1].lower() not in {"utf-8", "utf-16", "us-ascii", "ascii"}:
        raise Refused(FAULT["entities"])
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Refused(FAULT["entities"])
    return text.partition("?>")[2] if declared else text


def _external(relations: str) -> Iterator[str]:
    """What is taken from outside, and would be missing: not a link that somebody would have to
    click, nor the template that a document was begun with, nor a picture. Nothing is fetched."""
    # An attribute may hold ">" or character references: this needs a parser, not a pattern.
    for relation in fromstring(relations.encode()):
        outside = relation.get("TargetMode", "").lower() == "external"
        if outside and not relation.get("Type", "").endswith(_HARMLESS):
            yield EXTERNAL["link"]
