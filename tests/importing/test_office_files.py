"""Files as LibreOffice saves them: the same table under other forms, and old forms with their
cure."""

from __future__ import annotations

import pytest

import make_tables as make
from minsheng import importing
from minsheng.importing import docx
from minsheng.importing.tables import AsideKind
from minsheng.model import Refused
from office import converted
from word_xml import HEADING, document, row, run, table

GRID = [list(make.HEADER), *make.seed_rows()]
KNOWN = [(r.content, r.leads) for r in importing.read("", make.seed_text().encode()).rows]
pytestmark = pytest.mark.office
CSV = "csv:Text - txt - csv (StarCalc):{},34,{}"
UTF8, GB18030 = 76, 85


@pytest.mark.parametrize(
    ("separator", "encoding"), [(44, UTF8), (59, GB18030), (9, GB18030)], ids=[",", ";", "tab"]
)
def test_a_csv_of_any_separator_and_encoding_holds_the_seed(separator, encoding, tmp_path):
    made = converted(make.excel([GRID]), "xlsx", CSV.format(separator, encoding), tmp_path)
    assert [(r.content, r.leads) for r in importing.read("表.csv", made).rows] == KNOWN


@pytest.mark.parametrize(
    ("data", "ending", "to", "said"),
    [
        (make.word([GRID[:4]]), "docx", "doc", "这是旧版 Word 文件，没有读取。请用 Word 或 WPS 打开，另存为 .docx 后再导入。"),
        (make.word([GRID[:4]]), "docx", "rtf", "这是 RTF 文件，没有读取。请用 Word 或 WPS 打开，另存为 .docx 后再导入。"),
        (make.word([GRID[:4]]), "docx", "odt", "这是 OpenDocument 文件，没有读取。请用 Office 或 WPS 打开，另存为 .docx 或 .xlsx 后再导入。"),
        (make.excel([GRID[:4]]), "xlsx", "xls", "这是旧版 Excel 文件，没有读取。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。"),
        (make.excel([GRID[:4]]), "xlsx", "pdf", "这是 PDF 文件，没有读取。请向报送单位要 Word 或 Excel 原件；没有原件的，用 Word 或 WPS 打开这个 PDF，另存为 .docx，核对后再导入。"),
    ],
    ids=["doc", "rtf", "odt", "xls", "pdf"],
)  # fmt: skip
def test_an_old_or_other_form_says_how_it_is_saved_anew(data, ending, to, said, tmp_path):
    with pytest.raises(Refused) as fault:
        importing.read(f"表.{to}", converted(data, ending, to, tmp_path))
    assert str(fault.value) == said


def test_a_dragged_border_and_words_that_are_not_printed_survive_libreoffice(tmp_path):
    progress = (
        run("已建成9家，", "<w:strike/>")
        + run("已建成11家。")
        + run("内部：实际8家", "<w:vanish/>")
    )
    made = document(
        "<w:p><w:r><w:t>2024年进展表</w:t></w:r></w:p>",
        table(
            [800, 3000, 300, 1500, 4000],
            row(HEADING),
            row((("1", 1), ("新建社区食堂20家。", 2), ("区民政局", 1), (progress, 1))),
            row((("2", 1), ("加装电梯60台。", 1), ("区住建局", 2), ("完成27台。", 1))),
        ),
        "<w:p><w:r><w:t>第2项数据待核。</w:t></w:r></w:p>",
    )
    found = docx.read(converted(made, "docx", "docx", tmp_path))
    assert [[cell.text for cell in line] for line in found.tables[0].lines] == [
        ["序号", "项目内容", "牵头单位", "进展情况"],
        ["1", "新建社区食堂20家。", "区民政局", "已建成11家。"],
        ["2", "加装电梯60台。", "区住建局", "完成27台。"],
    ]
    assert {each.kind: each.text for each in found.tables[0].lines[1][3].asides} == {
        AsideKind.STRUCK: "已建成9家，",
        AsideKind.HIDDEN: "内部：实际8家",
    }
    assert (found.above, found.below) == (("2024年进展表",), ("第2项数据待核。",))
