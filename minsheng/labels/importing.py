"""The words of the import: headings that are looked for, what is said of a file and of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from minsheng.printed import shortened

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
    "name": "项目名称",
    "done": "完成数",
    "target": "目标数",
    "unit": "计量单位",
    "this_period": "本期数",
    "by_place": "各街道（乡镇）",
    "place": "街道（乡镇）",
    "verdict": "进度评价",
    "planned": "计划投资",
    "paid": "完成投资",
    "plan": "分期计划",
    "period": "以前的报告期",
    "measured": "核算结果（由系统算出，不读入）",
}

ROW_FLAGS = {
    "category_from_above": "类别取自上面的行",
    "category_missing": "没有写类别",
    "content_from_above": "项目内容取自上面的行，几行合用一格",
    "content_missing": "项目内容是空的",
    "duplicate_content": "与另一行的项目内容相同",
    "leads_split": "一格里有几个牵头单位，已拆开，请核对",
    "leads_from_above": "牵头单位取自上面的行",
    "leads_missing": "没有写牵头单位",
    "leads_unclear": "牵头单位一格里的记号、人名或“等”字是按样子拆开的",
    "leads_from_remarks": "牵头单位取自备注一栏",
    "rows_joined": "几行说的是同一项，进展情况已合在一起，完成数要数一数",
    "column_unsure": "这一行的格子与表头没有对齐（或少了几格），请对照原表核对各栏",
    "commented": "原文在这一行加了批注",
    "words_left_out": "原文有删除线、隐藏或删去的文字，没有读入",
    "month_only": "只有本月的数，不是累计数",
    "months_only": "只有分月的数，没有累计数",
    "later_than_title": "取自比标题更晚的一期",
    "done_from_column": "完成数取自单独的一栏，进展情况里没有这个数",
    "done_differs": "完成数一栏与进展情况里的数不同",
    "done_unplaced": "完成数一栏有数，但项目有几个指标，没有用上",
    "target_differs": "目标数一栏与项目内容里的数不同",
    "claimed_differs": "完成率一栏与进展情况里的百分比不同",
    "places_differ": "各街道（乡镇）的数加起来与合计不符，或合计没有读出",
    "remark_below": "表后的说明提到这一项",
    "leads_changed": "牵头单位与原有数据不同",
    "supports_changed": "配合单位与原有数据不同",
    "deadline_changed": "完成时限与原有数据不同",
    "words_changed": "项目内容与原有数据措辞不同",
    "progress_shared": "进展情况与上一行合用一格，两行都用了这段话",
    "progress_missing": "没有进展情况",
    "lines_joined": "原文在格内断行，已接回这一格，请核对",
    "deadline_unread": "完成时限没有读成日期",
    "deadline_guessed": "完成时限没有写全，按计划的年份和当月最后一天",
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
    "far_above": "完成数是目标数的三倍以上",
}
EMPTY = "没有读出完成数"
CLI_TABLE = "文件里有几张进展表时读第几张；不写由程序选定，并说明选了哪一张"
CLI_MONTH = "一张表有几个月的进展时读哪个月；不写就读最近一期"
CHOSEN_BY_PERSON = "文件里有几张表，按指定读的是“{name}”。"
MONTH_BY_PERSON = "按指定读的是截至 {month} 月底的一栏，最近一期的没有读。"
CLI_WHY = "逐个指标说明为什么取这个数、别的数为什么不取"
TIERS = {
    "said": "原文说已经做成",
    "told": "原文重说了承诺的事，没有“已”“完成”",
    "noun": "数旁只有名称，没有说做成",
}
CHOICES = {
    "percent": "自报百分比与它相符",
    "total": "其余各数之和等于它",
    "stages": "各数按阶段分开写，只取达到承诺的",
    "sum": "几个数互不包含，相加",
    "kinds": "几个数各是一类，相加",
    "equal": "几处写的是同一个数",
    "time": "它说的是承诺的时段",
    "nested": "另一个数含在它里面",
    "nearer": "它的名称更接近承诺",
    "order": "按先后次序对应",
}
REASONS = {
    "percent": "是百分比",
    "remaining": "还没有做",
    "planned": "是计划或目标",
    "past": "是往年的",
    "stock": "是总数、存量",
    "change": "是变化幅度",
    "month": "只是一段时间的",
    "each": "是每个、平均",
    "money": "是资金、面积或占比",
    "aside": "说的是别的情况",
    "preparing": "只是前期工作",
    "asked": "只是签约、报名、受理",
    "underway": "还在进行",
    "other": "是另一个环节或另一种做法",
    "base": "是总的基数",
    "restated": "是重说目标",
    "rival": "属于另一个指标",
    "stranger": "数的是另一样东西",
    "tied": "分不清属于哪个指标",
}

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
NOTE_SECTION = "{place}“{text}”是分类标题，用作下面各行的类别。"
NOTE_LEADS_ABOVE = "{where}上面写着“{name}”，用作下面各行的牵头单位。"
NOTE_CHOSEN_TITLE = "文件里有几张表，只读标题写着民生实事的。"
NOTE_NO_CATEGORY = "表里没有类别一栏，各项都写作“未分类”。请在数据文件里补上。"
NO_CATEGORY = "原表没有类别，都写作“未分类”，请补上"
BELOW = "表后说明"
ASIDE = {
    "struck": "“{heading}”中划去的文字",
    "hidden": "“{heading}”中隐藏的文字",
    "deleted": "“{heading}”中修订删去的文字",
    "raised": "“{heading}”中的上标",
    "comment": "“{heading}”上的批注",
    "footnote": "“{heading}”的脚注",
    "hidden_row": "隐藏的行",
    "hidden_column": "隐藏的列",
}
NOTE_HIDDEN = "{where}是隐藏的，没有读取。"
NOTE_FORMULA = (
    "{where}有 {count} 个公式没有保存计算结果，读作空白。请在 Excel 里打开、保存后再导入。"
)
NOTE_REVISIONS = "文档里有修订痕迹，按全部接受读取。"

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
    "no_table": ("没有找到表格。请确认进展表在文件里，而且是表格，不是图片，也不是通报文字。"),
    "picture": (
        "没有找到表格，文件里只有图片。图片里的字读不出来，"
        "请向填报单位要 Word 或 Excel 原表，或者照图片打成表格后再导入。"
    ),
    "blanks": (
        "各栏之间是用空格隔开的，分不清哪一格是哪一栏。"
        "请从 Word 或 Excel 里直接复制表格（各栏之间是制表符），或者上传原文件。"
    ),
    "list": (
        "没有找到表格，文件是逐条写的文字（每条后面写着责任单位）。"
        "请按序号、项目内容、牵头单位、进展情况四栏排成表格后再导入。"
    ),
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


def headings_looked_for() -> dict[str, str]:
    """For the fault no_header: the first few synonyms of each column that a table must have."""
    return {
        "content": "项目内容、目标任务、建设内容",
        "progress": "进展情况、完成情况、推进情况",
        "leads": "牵头单位、责任单位、主办单位",
    }


def why_said(
    quotes: Sequence[str],
    reasons: tuple[str, str, str],
    offered: Sequence[str],
    excluded: Iterable[tuple[str, str]],
) -> str:
    """One sentence: what was taken and why (tier, the characters that met, the rule that told it
    from others), else what may be; and what stood there beside it and why it was not taken."""
    tier, met, rule = reasons
    if quotes:
        said = [TIERS[tier]] if tier else []
        said += [f"与承诺都有“{met}”"] if met else []
        said += [CHOICES[rule]] if rule else []
        words = [f"取{_quoted(quotes)}" + (f"：{'，'.join(said)}" if said else "")]
        words += [f"另有{_quoted(offered)}也可能算数"] if offered else []
    elif offered:
        words = [f"没有取数，{_quoted(offered)}可能算数，请人来定"]
    else:
        words = ["没有取数"]
    words += [f"“{quote}”{REASONS[reason]}，不取" for quote, reason in excluded]
    return f"{'；'.join(words)}。"


def _quoted(words: Iterable[str]) -> str:
    return "、".join(f"“{each}”" for each in words)


def flags_said(flags: Iterable[str]) -> str:
    words = ROW_FLAGS | FLAGS
    return "；".join(words[flag] for flag in flags)


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
    "column_unsure": "content",
    "commented": "content",
    "remark_below": "content",
    "target_differs": "content",
    "no_target": "content",
    "leads_unclear": "leads",
    "leads_from_remarks": "leads",
    "leads_changed": "text",
    "supports_changed": "text",
    "deadline_changed": "text",
    "words_changed": "text",
    "rows_joined": "text",
    "month_only": "text",
    "months_only": "text",
    "later_than_title": "text",
    "done_from_column": "text",
    "done_differs": "text",
    "done_unplaced": "text",
    "claimed_differs": "text",
    "places_differ": "text",
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


def note_remark(place: str, text: str) -> str:
    return f"{place}“{' '.join(text.split())}”不是项目，没有读入。"


def note_below(text: str) -> str:
    return f"表格后面写着“{' '.join(text.split())}”，请看是否影响各项。"


def not_taken(name: str, said: str) -> str:
    return f"“{name}”没有读入，内容是：{said}"


def rest_unplaced(content: str, key: str, text: str) -> str:
    """A line of the table 其余各栏 that belongs to no row, or says nothing that can be read."""
    return f"“其余各栏”中“{shortened(content)}”的“{key}”没有读入，内容是：{text}"


def skipped(name: str, where: str, said: str) -> str:
    called = "" if name in where else f"（{name}）"
    return f"{where}{called}没有表头，不是进展表，没有读取" + (
        f"，内容是：{said}" if said else "。"
    )


def no_such_table(number: int, names: Sequence[str]) -> str:
    """`names` are those of the tables that are there; none where the file has no table."""
    if not names:
        return FAULT["no_table"]
    listed = "，".join(f"{at} “{shortened(name, 40)}”" for at, name in enumerate(names, 1))
    return f"文件里没有第 {number} 张进展表，只有：{listed}。"


def no_such_month(month: int, months: Sequence[int]) -> str:
    if not months:
        return f"表里没有另一栏写 {month} 月的进展，只有一期。"
    return f"表里没有 {month} 月的进展；除了最近一期，还有 {'、'.join(map(str, months))} 月。"


def chosen_newest(newest: str, names: Iterable[str]) -> str:
    return f"文件里有{'、'.join(f'“{name}”' for name in names)}几期，读的是最近的“{newest}”。"


def copied(where: str, content: str, first: str) -> str:
    return f"{where}“{shortened(content)}”与{first}相同，只读一次。"


def second_column(heading: str, role: str, first: str) -> str:
    return f"“{heading}”一栏也像{ROLE[role]}，以“{first}”一栏为准，内容写在各项的备注（notes）里。"


def unknown_columns(headings: Iterable[str]) -> str:
    named = "、".join(f"“{each}”" for each in headings)
    return f"{named}没有对应的字段，内容写在各项的备注（notes）里。"


def aside_note(kind: str, place: str, text: str) -> str:
    return f"{place}{ASIDE[kind].format(heading='正文')}：“{' '.join(text.split())}”，没有读入。"


def told_at(month: int) -> str:
    return f"截至 {month} 月底"


def title_read(title: str, period: str, label: str, as_of: object, is_said: bool) -> str:
    how = "" if is_said else "（标题没有写是哪一期）"
    return f"标题写的是“{title}”，按报告期 {period}（{label}，截至 {as_of}）读取{how}。"


def other_year(title: str, year: int, own: int, period: str) -> str:
    return (
        f"标题写的是“{title}”，是 {year} 年的；数据文件是 {own} 年的计划，没有写入 {period}。"
        f"要写入 {year} 年的表，请另建数据文件；如果只是标题写错了，请用 --title 写明正确的标题。"
    )


def other_period(title: str, day: object, period: str, as_of: object) -> str:
    return (
        f"标题写的是“{title}”，截至 {day}；要写入的 {period} 截至 {as_of}，对不上，没有写入。"
        f"请改正 --period；如果只是标题写错了，请用 --title 写明正确的标题。"
    )


ADDED_PERIOD = "请核对：导入时新增的报告期，名称和截止日"
ADDED = "请核对：导入 {period} 时新增的项目，原有数据里没有相近的"


def new_target(before: str, after: str) -> str:
    return f"请核对：目标数由 {before} 变为 {after}"


def unmatched(name: str, target: str, unit: str) -> str:
    """An indicator of the new table that the dataset does not have."""
    return f"请核对：新表里的「{name}」{target} {unit}与原有指标对不上，没有读数"


def new_words(before: str) -> str:
    return f"原有数据的项目内容是“{shortened(before, 80)}”，措辞不同"


def changed(key: str, before: str, after: str) -> str:
    """A lead, a supporting body or a deadline that the new table says otherwise."""
    was = f"由“{before}”" if before else "原来没有写，"
    return f"请核对：{ROLE[key]}{was}变为“{after}”，从本期起按新的算"


def planned_for(month: int) -> str:
    return f"{month} 月底的计划"


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
