"""The words of the import: headings that are looked for, what is said of a file and of its rows."""

from __future__ import annotations

from collections.abc import Iterable

# The words that a heading ends with, by role. Within a role the first is the surest: where a table
# has both 牵头单位 and 责任单位, the former leads.
HEADINGS: dict[str, tuple[str, ...]] = {
    "category": ("民生领域", "类别", "领域", "分类", "实事类型"),
    "content": (
        *("项目内容", "目标任务", "建设内容", "任务目标", "实事内容", "任务内容", "工作内容"),
        *("实施内容", "主要内容", "年度任务", "工作任务", "建设任务", "年度目标", "工作目标"),
        *("内容", "任务", "目标"),
    ),
    "leads": (
        *("牵头单位", "牵头部门", "责任单位", "责任部门", "主办单位", "主办部门", "主管部门"),
        *("主管单位", "承办单位", "承办部门", "实施单位", "实施主体", "责任主体", "牵头", "主办"),
    ),
    "progress": (
        *("进展情况", "完成情况", "推进情况", "实施情况", "落实情况", "工作进展", "项目进展"),
        *("目前进展", "工作进度", "项目进度", "进展", "进度", "完成程度"),
    ),
    "supports": ("配合单位", "配合部门", "协办单位", "协办部门", "协助单位", "参与单位"),
    "leader": ("分管领导", "责任领导", "牵头领导", "挂钩领导", "领导"),
    "deadline": ("完成时限", "完成时间", "办结时限", "竣工时间", "时限"),
    "problems": ("存在问题", "存在困难", "主要问题", "问题", "困难"),
    "next_steps": ("下一步", "下步", "下阶段", "下一阶段", "工作打算", "打算", "下月计划"),
    "claimed": ("完成率", "形象进度", "完成比例", "完成百分比", "进度百分比", "进度比例"),
}
# 项目名称 is the category in one table and the promise in the next; what else there is decides.
NAME_HEADINGS = ("项目名称", "实事名称", "民生实事", "实事项目", "民生项目", "项目", "名称")
SERIAL_HEADINGS = ("序号", "编号", "项目序号", "项目编号", "No", "No.")
# 下一步工作任务 is no content: these decide wherever a heading begins with them.
HEADING_STARTS = {"下一步": "next_steps", "下步": "next_steps", "下阶段": "next_steps"}
HEADING_JOINTS = "及和与、/"
ROLE = {
    "serial": "序号",
    "category": "类别",
    "content": "项目内容",
    "leads": "牵头单位",
    "progress": "进展情况",
    "supports": "配合单位",
    "leader": "分管领导",
    "deadline": "完成时限",
    "problems": "存在问题",
    "next_steps": "下一步",
    "claimed": "自报完成率",
}

TOTALS = ("合计", "总计", "小计", "共计")
REMARK = (
    r"^(?:备?注|说明|填[表报](?:人|单位|日期|时间)?|制表人?|审核人?|单位负责人|联系(?:人|电话))"
    r"\s*\d*\s*[:：]"
)
SECTION = (
    r"^(?:第?[一二三四五六七八九十]{1,3}[、.．章]|[（(][一二三四五六七八九十]{1,3}[)）])"
    r"[^，。；、,;\d]{1,15}$"
)
# What the cells of each kind of column look like, where a pasted row has lost some of its cells.
SERIAL_LIKE = r"[\d.、()（）一二三四五六七八九十]{1,8}"
DATE_LIKE = r"\d\s*[月年日号季]|[年月]底|季度"
PROGRESS_LIKE = r"已|完成|正在|推进|开工|建成|目前|累计|尚未|启动"
LIST_MARK = (
    r"^(?:第?[一二三四五六七八九十]{1,3}[、.．章]|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}[、.．](?!\d))\s*"
)
DAY = r"(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})\s*[日号]?(?:之?前|止)?"
MONTH = r"(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})\s*月?\s*[底末]?\s*(?:之?前)?"
LEAD_MARK = r"^(?:牵头|责任|主办|主管|承办)(?:单位|部门)?[:：]\s*"
SUPPORT_MARK = r"^(?:配合|协办|协助|参与)(?:单位|部门)?[:：]\s*"
# What the name of a public body ends with: a line break after anything else is inside a name.
BODY_ENDS = (
    *(
        "局",
        "委",
        "办",
        "院",
        "中心",
        "公司",
        "集团",
        "街道",
        "镇",
        "乡",
        "部",
        "会",
        "队",
        "署",
        "处",
    ),
    *(
        "所",
        "校",
        "馆",
        "站",
        "行",
        "厅",
        "府",
        "园",
        "社",
        "团",
        "联",
        "组",
        "室",
        "区",
        "县",
        "市",
    ),
    *(
        "村",
        "厂",
        "库",
        "等",
        "学",
        "科",
        "专班",
        "银行",
        "医院",
        "法院",
        "各单位",
        "分局",
        ")",
        "）",
    ),
)

ROW_FLAGS = {
    "category_from_above": "类别取自上面的行",
    "category_missing": "没有写类别",
    "content_from_above": "项目内容取自上面的行，几行合用一格",
    "content_missing": "项目内容是空的",
    "duplicate_content": "与另一行的项目内容相同",
    "leads_split": "一格里有几个牵头单位，已拆开，请核对",
    "leads_from_above": "牵头单位取自上面的行",
    "leads_missing": "没有写牵头单位",
    "progress_shared": "进展情况与上一行合用一格，两行都用了这段话",
    "progress_missing": "没有进展情况",
    "lines_joined": "原文在格内断行，已接回这一格，请核对",
    "deadline_unread": "完成时限没有读成日期",
    "deadline_guessed": "完成时限只写到月，按当月最后一天",
    "no_target": "项目内容里没有读出数字目标",
    "claimed_from_column": "自报百分比取自完成率一栏",
    "claimed_unread": "完成率一栏没有用上",
    "target_changed": "目标数与原有数据不同",
    "indicator_unmatched": "有指标与原有数据对不上",
}
FLAGS = {
    "approx": "约数",
    "inherited": "单位或主语取自前文",
    "declared_only": "原文只说完成，没有数",
    "several_candidates": "有几个数都可能算数，或原文自己存疑",
    "assigned_by_order": "按先后次序对应到指标",
    "percent_disagrees": "原文的百分比与读出的数不符",
    "parts_exceed_target": "各部分合计超过目标",
    "chinese_numeral": "由中文数字换算",
    "told_bare": "数旁没有“已”“完成”等字",
    "akin": "单位、名称或做法与承诺相近，不完全相同",
    "summed": "由分开写的几个数相加",
    "other_event": "原文说的是另一个环节或另一件事",
    "no_figure": "原文没有这个单位的数",
}
EMPTY = "没有读出完成数"

# Automatic numbers of Word, as they are printed.
CHINESE_DIGITS, CHINESE_UNITS = "零一二三四五六七八九", ("", "十", "百", "千")
HEAVENLY_STEMS = "甲乙丙丁戊己庚辛壬癸"
# Excel's number formats.
NUMBER_GENERAL = "General|G/通用格式"
NUMBER_HALF_DAY = "AM/PM|上午/下午"
NUMBER_YEAR = "年"
WEEK, WEEKDAYS = "星期", "一二三四五六日"

TABLE = "第 {number} 个表"
TABLE_LINE = "{where}第 {line} 行"
SHEET = "工作表“{name}”"
SHEET_COLUMN = "{where} {column} 列"
SHEET_CELL = "{where} {cell} 格"
LINE = "第 {line} 行"
PARAGRAPH = "第 {number} 段"
TEXT_TABLE = "文字里的表格"
COLUMN = "第 {number} 列"

NOTE_REPEATED = "{where}是重复的表头，已略过。"
NOTE_CONTINUED = "{where}没有表头，按上一个表的表头读取。"
NOTE_NO_HEADER = "{where}没有表头，不是进展表，没有读取。"
NOTE_SECTION = "{place}“{text}”是分类标题，用作下面各行的类别。"
NOTE_REMARK = "{place}“{text}”不是项目，没有读入。"
NOTE_HIDDEN = "{where}是隐藏的，没有读取。"
NOTE_FORMULA = (
    "{where}有 {count} 个公式没有保存计算结果，读作空白。请在 Excel 里打开、保存后再导入。"
)
NOTE_REVISIONS = "文档里有修订痕迹，按全部接受读取。"
NOTE_UNKNOWN = "“{heading}”一栏没有对应的字段，内容附在各行备注里。"
NOTE_SECOND = "“{heading}”一栏也像{role}，以“{first}”一栏为准，内容附在各行备注里。"
NOTE_NAMES = "“{heading}”一栏当作类别，但每行都不同；如果它是项目名称，请核对。"

FAULT = {
    "empty": "文件是空的，没有可以导入的内容。请检查是不是选错了文件。",
    "too_large": "文件超过 {limit} MB，没有读取。请只保留进展表后再导入。",
    "bomb": "压缩包解开后大得不正常（可能是恶意文件），没有读取。请重新另存一份后再导入。",
    "too_many": "{where}超过 {rows} 行或 {columns} 列，没有读取。请删去表格以外的内容后再导入。",
    "merged": "{where}的合并单元格大得不正常，没有读取。请只保留进展表后再导入。",
    "encrypted": "文件有密码保护，没有读取。请在 Word 或 Excel 里取消密码，另存后再导入。",
    "damaged": "文件已损坏，读不出来。请用 Word 或 Excel 打开修复，另存后再导入。",
    "mismatch": "文件名是“{name}”，内容却是{kind}，没有读取。{cure}",
    "other": "这是{kind}，没有读取。{cure}",
    "macros": "文件里有宏，没有读取。请另存为不含宏的 {suffix} 后再导入。",
    "external": "文件引用了外部内容（{what}），没有读取，也没有去取。请断开链接、另存后再导入。",
    "embedded": "文件里嵌有其他对象（{what}），没有读取。请删去嵌入的对象、另存后再导入。",
    "entities": "文件里有不该有的定义（DTD），可能是恶意文件，没有读取。请重新另存一份后再导入。",
    "strict": "这是 Strict Open XML 格式，没有读取。请另存为普通的 {suffix} 后再导入。",
    "long_cell": (
        "{place}有一格超过 {limit} 字，不是进展表里会有的，没有读取。"
        "请把不属于表格的内容删去后再导入。"
    ),
    "too_long": (
        "读了 {seconds} 秒还没有读完，没有导入。请只保留进展表、删去其他内容，另存后再导入。"
    ),
    "too_much_memory": (
        "这个文件要用的内存太多，没有导入。请只保留进展表、删去其他内容，另存后再导入。"
    ),
    "reader_failed": (
        "读取时程序出了错，没有导入，原有数据没有动。请把表格复制到新的 Word 或 Excel 文件里再试；"
        "还不行，请把文件交给维护人员。"
    ),
    "not_text": "文件不是文字，也不是能认出的格式，没有读取。请提供 Word、Excel 或文字的进展表。",
    "no_table": "没有找到表格。请确认进展表在文件里，而且是表格而不是图片。",
    "no_header": (
        "没有找到表头。要有一行同时写着项目内容（{content} 等）"
        "和进展情况（{progress} 等）或牵头单位（{leads} 等）。请补上表头后再导入。"
    ),
    "no_rows": "找到了表头，但下面没有内容。请检查是不是选错了文件。",
    "no_year": "标题里没有年份，不知道是哪一期。请写明报告期，例如 --period 2023H1。",
    "period": "报告期“{period}”看不出截止日。请再写明截止日，例如 --as-of 2023-06-30。",
    "as_of_differs": "报告期 {period} 的截止日是 {known}，不是 {given}。请改正 --as-of 或去掉它。",
    "period_id": "报告期代号“{period}”只能用字母、数字、- 和 _。请写成 2023H1、2023Q3 的样子。",
}
KINDS = {
    "docx": " Word 文档",
    "xlsx": " Excel 工作簿",
    "text": "文字",
    "doc": "旧版 Word 文件",
    "xls": "旧版 Excel 文件",
    "wps": "旧版 WPS 文字文件（.wps）",
    "et": "旧版 WPS 表格文件（.et）",
    "ole": "旧版 Office 或 WPS 文件",
    "pptx": " PowerPoint 演示文稿",
    "xlsb": " Excel 二进制工作簿（.xlsb）",
    "odf": " OpenDocument 文件",
    "zip": "压缩包",
    "pdf": " PDF 文件",
    "image": "图片",
    "rtf": " RTF 文件",
    "xml": " XML 文件",
    "template": " Word 或 Excel 模板",
}
_AS_WORD = "请用 Word 或 WPS 打开，另存为 .docx 后再导入。"
_AS_EXCEL = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。"
_AS_EITHER = "请用 Office 或 WPS 打开，另存为 .docx 或 .xlsx 后再导入。"
# How each kind that is not read is saved as one that is.
CURES = {
    "doc": _AS_WORD,
    "rtf": _AS_WORD,
    "xls": _AS_EXCEL,
    "xlsb": _AS_EXCEL,
    "ole": _AS_EITHER,
    "odf": _AS_EITHER,
    "xml": _AS_EITHER,
    "template": _AS_EITHER,
    "pptx": "请把其中的表格复制到 Word，存为 .docx 后再导入。",
    "zip": "请解压后导入里面的 .docx 或 .xlsx。",
    "pdf": (
        "请向报送单位要 Word 或 Excel 原件；没有原件的，用 Word 或 WPS 打开这个 PDF，"
        "另存为 .docx，核对后再导入。"
    ),
    "image": "图片里的字读不出来。请向报送单位要 Word 或 Excel 原件，或把表格录入 Excel 后再导入。",
    "text": "请确认选对了文件，另存为 .docx、.xlsx 或 .csv 后再导入。",
}
EXTERNAL = {"link": "外部链接", "connection": "外部数据连接", "workbook": "其他工作簿"}


def shortened(text: str, most: int = 40) -> str:
    """One line of it, for a note or a comment."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def headings_looked_for() -> dict[str, str]:
    """For the fault no_header: the first few synonyms of each column that a table must have."""
    return {role: "、".join(HEADINGS[role][:3]) for role in ("content", "progress", "leads")}


def flags_said(flags: Iterable[str]) -> str:
    words = ROW_FLAGS | FLAGS
    return "；".join(words[flag] for flag in flags)


# Above the table, folded: the first that is found names the period.
PERIOD_WORDS = (
    ("半年度?|1\\s*[-—~至]\\s*6\\s*月", "H1"),
    ("三季度|1\\s*[-—~至]\\s*9\\s*月", "Q3"),
    ("二季度", "Q2"),
    ("一季度|1\\s*[-—~至]\\s*3\\s*月", "Q1"),
    ("四季度|全年|年终|1\\s*[-—~至]\\s*12\\s*月", "Q4"),
)
CUT_OFF = (
    r"(?:截至|截止)\D{0,4}?(?:(20\d\d)\s*年\s*)?([1-9]|1[0-2])\s*月(?:\s*([12]?\d|3[01])\s*日)?"
)
PLACE_IN_TITLE = r"年(?:度)?\s*((?:[^\d\s年]{1,8}?[省市县区旗州盟]){1,3})"
TITLE_WORDS = r"进展|进度|完成情况|推进情况|民生|实事"
GUESSED = {
    "title": "文件里没有标题，请填写",
    "place": "按标题猜的，请核对",
    "plan": "按标题的年份写的，请核对",
    "period": "按标题猜的报告期，请核对名称和截止日",
    "whole_year": "标题没有写是哪一期，按全年写，请核对名称和截止日",
}
TITLE_UNKNOWN = "（请填写标题）"
PLACE_UNKNOWN = "（请填写地区）"
CATEGORY_UNKNOWN = "未分类"
CONTENT_UNKNOWN = "（原表此格为空）"
LEAD_UNKNOWN = "（原表未写）"

# What of a row a draft says in a comment, and above which key; the rest stands in the report only.
FLAG_ABOUT = {
    "category_missing": "category",
    "content_from_above": "content",
    "content_missing": "content",
    "duplicate_content": "content",
    "lines_joined": "content",
    "no_target": "content",
    "leads_split": "leads",
    "leads_missing": "leads",
    "progress_shared": "text",
    "progress_missing": "content",
    "deadline_unread": "deadline",
    "deadline_guessed": "deadline",
    "target_changed": "text",
    "indicator_unmatched": "text",
}


def drafted(name: str) -> str:
    return f"由“{shortened(name, 80)}”导入的草稿。有“请核对”的地方请对照原文改好，再删去那一行。"


def left_empty(why: str) -> str:
    return f"请核对：{EMPTY}（{why}）"


def check(words: str) -> str:
    return f"请核对：{words}"


def about(name: str, words: str) -> str:
    return f"「{name}」{words}"


def with_text(words: str, text: str) -> str:
    return f"请核对：{words}；原表写的是“{shortened(text)}”"


def kept_column(heading: str, text: str) -> str:
    return f"原表“{shortened(heading, 20)}”：{' '.join(text.split())}"


ADDED_PERIOD = "请核对：导入时新增的报告期，名称和截止日"
ADDED = "请核对：导入 {period} 时新增的项目，原有数据里没有相近的"


def new_target(before: str, after: str) -> str:
    return f"请核对：目标数由 {before} 变为 {after}"


def unmatched(name: str, target: str, unit: str) -> str:
    """An indicator of the new table that the dataset does not have."""
    return f"请核对：新表里的「{name}」{target} {unit}与原有指标对不上，没有读数"


def rows_read(rows: int, name: str) -> str:
    return f"“{name}”：读出 {rows} 行。"


def figures(indicators: int, proposed: int, declared: int, empty: int) -> str:
    only = f"，只报完成 {declared} 个" if declared else ""
    return f"指标 {indicators} 个：提出完成数 {proposed} 个{only}，留空 {empty} 个。"


def columns(pairs: Iterable[tuple[str, str | None]]) -> str:
    known = (f"{heading}→{ROLE[role]}" for heading, role in pairs if role)
    return f"认出的栏：{'，'.join(known)}。"


def row_said(number: int, place: str, content: str, words: Iterable[str]) -> str:
    return f"  第 {number} 项（{place}）{shortened(content, 24)}：{'；'.join(words)}"


def matched(count: int, exact: int) -> str:
    return f"与原有项目对上 {count} 行，其中 {exact} 行一字不差（不计标点空格）。"


def match_said(number: int, content: str, project: str, score: float) -> str:
    return f"  第 {number} 项 {shortened(content, 24)} → {project}（相似度 {score:.0f}）"


def ambiguous_said(number: int, content: str, candidates: Iterable[tuple[str, float]]) -> str:
    near = "、".join(f"{project}（{score:.0f}）" for project, score in candidates)
    return f"  第 {number} 项 {shortened(content, 24)}：与 {near} 都像，没有写入，请在数据页里填报"


def period_added(id_: str, label: str, as_of: str) -> str:
    return f"新增报告期 {id_}（{label}），数据截止 {as_of}，请核对。"


TO_CHECK = "请核对："
MATCHED_NEARLY = "不是一字不差的："
AMBIGUOUS = "分不清是哪一个项目的："
NEW = "原有数据里没有、作为新项目加入的："
MISSING = "原有项目里这次没有的："
KEPT = "这一期已有进展情况、没有改动的："
WRITTEN = "已写入 {path}。"

CLI_IMPORT = "读取 Word、Excel 或文字的进展表，写出草稿数据文件。"
CLI_INTO = "把这一期写进已有的数据文件（另存为 -o，不改原文件）"
CLI_OUT = "草稿写到哪里"
CLI_REPORT = "同时写出 JSON 报告"
CLI_PERIOD_NEW = "报告期代号，例如 2023Q3；不写就按标题猜"
CLI_AS_OF = "数据截止日，例如 2023-09-30"
CLI_TITLE = "标题；不写就用文件里的"
CLI_PLACE = "地区；不写就按标题猜"
CLI_FORCE = "允许覆盖已有的文件"
CLI_SAME = "{path} 就是要并入的数据文件。请另写一个文件名，看过以后再替换。"
CLI_INTO_PERIOD = "用 --into 时要写明报告期，例如 --period 2023Q3。"

# True of most rows of a table with merged cells: in the report, but nothing to look at one by one.
QUIET = frozenset({"category_from_above", "leads_from_above"})


def numbered(number: int, content: str) -> str:
    return f"第 {number} 项 {shortened(content, 24)}"
