"""Every message about a bad file: what stands there, and what to write."""

from __future__ import annotations

YAML_KEY_IS_COLLECTION = "键必须是一个词，不能是列表或一组键值。请检查缩进和括号。"
YAML_TOO_DEEP = "嵌套超过 {deepest} 层，没有读取。请检查括号和缩进。"
YAML_ALIAS = "不能用 *{name} 引用别处的内容。请把内容在这里写全。"
YAML_SEVERAL = "一个文件里只能有一份数据。请删去 --- 及后面的内容。"
YAML_TWICE = "“{key}”在第 {line} 行已经写过一次。请删去多余的一处，或改成正确的名称。"
YAML_EMPTY = "“{key}”后面没有内容。请补上；不知道的就删去这一行。"
YAML_THOUSANDS = "数字里不要写逗号。请写 {value}。"
YAML_TAG = "不支持标签 {tag}。请删去它，直接写内容。"
YAML_CONTROL = "有看不见的控制字符 {code}。请删去这个字符后重新输入。"
YAML_CUT = (
    "“{words}”后面的“{rest}”会被当作注释，不算内容。是原文就给整段加半角引号；"
    "是注释就在 # 前空两格、后空一格。"
)
YAML_MERGE = "文件里有合并冲突的标记 {mark}。请选定一边的内容，删去三行标记后再保存。"
YAML_OTHER = "这里的写法不符合 YAML 格式。请对照上下几行检查缩进、冒号、引号和括号。"
YAML_SYNTAX = {
    "exceeded maximum nesting depth": "嵌套太深，没有读取。请检查括号和缩进。",
    "could not find expected ':'": "这一行缺少半角冒号。请写成“键: 值”，冒号后空一格。",
    "mapping values are not allowed": (
        "这里多了一个冒号，或缩进不对。内容里有冒号时请给内容加半角引号。"
    ),
    "did not find expected key": "缩进与上面各行不一致，或括号、引号没有配对。请与上面的键对齐。",
    "did not find expected '-' indicator": "列表项没有对齐。请让每个“- ”在同一列。",
    "did not find expected ',' or": "括号里少了逗号或没有收尾。请用半角逗号隔开，并补上 ] 或 }。",
    "did not find expected node content": "括号里多了逗号或缺少内容。请删去多余的逗号。",
    "unexpected end of stream": "引号或括号没有收尾，文件可能没有保存完整。",
    "while scanning a quoted scalar": "引号没有收尾。请补上另一半半角引号。",
    "found character that cannot start any token": (
        "这里有不能放在开头的字符（如 Tab、@、%、`）。请删去，或给整段内容加半角引号。"
    ),
    "block sequence entries are not allowed": "“- ”不能写在这里。请换行并缩进。",
    "did not find expected <document start>": "前面的内容与后面接不上。请检查第一列的缩进。",
    "found unknown escape character": "双引号里的 \\ 写法不对。请改用单引号，或写成 \\\\。",
}
BLANKS = {"\u3000": "全角空格", "\xa0": "不间断空格"}
YAML_SLIPS = {
    "tab": "缩进用了 Tab。请改成空格。",
    "space": "缩进里有{blank}。请改成半角空格。",
    "space_after": "冒号后面是{blank}。请改成半角空格。",
    "colon": "用了全角冒号“{char}”。请改成半角冒号，后面空一格。",
    "bracket": "用了全角括号“{char}”。请改成半角的 [ ] 或 {{ }}。",
    "comma": "用了全角逗号“{char}”。请改成半角逗号。",
    "quote": "用了中文引号“{char}”当作 YAML 引号。请改成半角引号。",
    "hash": "用了全角“{char}”。注释请用半角 #。",
    "no_space": "冒号后面少一个空格。请写成“键: 值”。",
    "cut": "“{char}”前面有空格，后面都被当作注释，括号没有收尾。请给含 # 的内容加半角引号。",
}

FILE_MISSING = "找不到文件 {path}。请检查文件名和所在文件夹。"
FILE_IS_DIRECTORY = "{path} 是一个文件夹，不是数据文件。请指明其中的 .yaml 文件。"
FILE_NOT_REGULAR = "{path} 不是普通文件（而是设备或管道）。请指明 .yaml 文件。"
FILE_FORBIDDEN = "没有权限读取 {path}。请检查文件权限。"
FILE_UNREADABLE = "文件读不出来：{reason}。"
IMPORT_IS_DIRECTORY = "{path} 是一个文件夹。请指明其中要导入的文件。"
FILE_EXISTS = "{path} 已经存在，没有写入。请换一个文件名，或加 --force 覆盖。"
FILE_UNWRITABLE = "{path} 写不进去：{reason}。请检查文件夹是否存在、有没有权限、磁盘是否已满。"
READINGS = {
    "done": "完成数",
    "declared": "只报完成",
    "claimed": "自报",
    "claimed_of": "自报的基数",
    "underway": "推进中",
    "preparing": "前期工作",
    "target": "调整后的目标",
}
NOTHING = "空"
A_MAPPING = "一组键值"
A_LIST = "一个列表"
WRITE = "请写 {value}。"
WRITE_ID = '项目编号请写成 "5.1"、报告期代号请写成 2023H1 的样子，用半角字符。'
WRITE_CODE = "请写六位行政区划代码，例如 330302。"
WRITE_UPPER = '请写成 "330300/2023#5.1" 的样子：上级的代码、年度、编号。'
WRITE_NUMBER = "请只写数字，例如 50。"
HIDDEN = "其中有看不见的字符 {code}，请删去后重新输入。"
FULL_WIDTH = "其中有全角标点，请改成半角。"
NEAREST = "是不是“{near}”？"
DELETE_KEY = "请删去，或对照文件开头的说明改正。"
KNOWN = "可用的有：{known}。"
KNOWN_NONE = "请先添加。"
QUOTE_COMMA = "请用半角逗号把各段分开。"
QUOTE_WIDTH = "只差空格或全角半角，请从原文复制。"
QUOTE_HIDDEN = "所引或原文里有看不见的字符 {code}，请删去后重新输入。"
QUOTE_COPY = "请从原文逐字复制。"
_POWER = "多半是保存时断电或磁盘出错。请在“历史”里恢复上一个版本，没有历史就换回备份。"
SCHEMA = {
    "too_large": "文件超过 256 MB，没有读取。请检查是不是选错了文件。",
    "utf16": "文件是 UTF-16 编码。请用 VS Code 打开，点右下角的编码，选“通过编码保存”→“UTF-8”。",
    "gb18030": (
        "文件是 GB18030（GBK）编码。请用 VS Code 打开，点右下角的编码，先“通过编码重新打开”→"
        "“GB18030”，再“通过编码保存”→“UTF-8”。"
    ),
    "zeros": f"文件里全是空字节，{_POWER}",
    "some_zeros": f"从这里起有 {{count}} 个空字节，{_POWER}",
    "not_text": "这里的内容不是 UTF-8 文字，文件可能损坏，或不是文本文件。请换回上一份备份。",
    "empty": "文件是空的。请恢复上一份备份，或从 version: 1 开始写。",
    "not_a_mapping": "文件开头应是“version: 1”这样的键值。请检查是不是选错了文件。",
    "missing": "{whose}没有写。请补上。",
    "unknown_key": "{whose}没有这个键。{cure}",
    "key_colon": "“{key}”用了全角冒号。请改成半角冒号，后面空一格。",
    "key_space": "“{key}”的冒号后面少一个空格。请写成“键: 值”。",
    "key_hidden": "键“{key}”里有看不见的字符 {code}。请删去整个键，重新输入。",
    "key_blank": "“{key}”前后有全角空格。请改成半角空格。",
    "id_quotes": '{whose}要加引号，现在读成了数字 {value}。请写成 "{value}"（5.10 与 5.1 不同）。',
    "date": "{whose}应为日期，现在是「{value}」。请写成 2023-06-30 的样子。",
    "int_type": "{whose}应为数字，现在是「{value}」。{cure}",
    "float_type": "{whose}应为数字，现在是「{value}」。{cure}",
    "finite_number": "{whose}应为数字，现在是「{value}」。请只写数字。",
    "string_type": "{whose}应为文字，现在是「{value}」。{cure}",
    "bool_type": "{whose}只能写 true 或 false，现在是「{value}」。",
    "model_type": "{whose}应为一组键值，现在是「{value}」。{cure}",
    "model_attributes_type": "{whose}应为一组键值，现在是「{value}」。{cure}",
    "dict_type": "{whose}应为一组键值，现在是「{value}」。{cure}",
    "tuple_type": "{whose}应为列表，现在是「{value}」。请写成 [一, 二] 的样子。{cure}",
    "too_short": "{whose}至少要有 {limit} 项。",
    "string_too_short": "{whose}是空的。请补上。",
    "string_pattern_mismatch": "{whose}写法不对，现在是「{value}」。{cure}",
    "greater_than": "{whose}应大于 {limit}，现在是 {value}。",
    "greater_than_equal": "{whose}不能小于 {limit}，现在是 {value}。",
    "less_than_equal": "{whose}不能大于 {limit}，现在是 {value}。",
    "literal_error": "{whose}只能写 {expected}，现在是「{value}」。",
    "other": "{whose}写法不对，现在是「{value}」。",
    "plan_order": "计划的 end（{end}）应晚于 start（{start}）。",
    "thresholds": "far_behind 应不小于 behind。",
    "period_twice": "报告期 {id} 写了两次。请删去或改名。",
    "period_order": "报告期 {id} 的截止日应晚于前一期 {before}（{day}）。请按时间先后排列。",
    "period_early": "报告期 {id} 的截止日早于计划开始日 {start}。",
    "id_twice": "项目编号 {id} 已经用过。请换一个编号。",
    "category": (
        "项目 {id} 的类别是「{category}」，序号 {number} 是「{name}」。"
        "同一类别的序号和名称要一致，请统一。"
    ),
    "leads_comma": "{whose} 的单位「{name}」里有标点。多个单位请写成 [甲局, 乙局]，用半角逗号。",
    "lead_twice": "{whose} 的单位「{name}」写了两次。请删去一个。",
    "name_blank": "{whose} 的「{name}」前后有空格（可能是全角空格）。请删去空格。",
    "name_hidden": "{whose} 的「{name}」里有看不见的字符 {code}。请删去整个名称，重新输入。",
    "name_radical": "{whose} 的「{name}」里的“{char}”是部首或兼容字，不是“{meant}”。请写 {right}。",
    "name_stroke": "{whose} 的「{name}」里的“{char}”是部首，不是字。请重新输入这个字。",
    "name_two": "{whose} 的「{name}」像是两个单位连在一起。请写成 [甲局, 乙局]，用半角逗号。",
    "name_quotes": "{whose} 的「{name}」用了中文引号。请去掉引号。",
    "indicator_twice": "{whose} 有两个指标都叫「{name}」。请改名。",
    "part_of": "{whose}「{name}」的 part_of 是「{whole}」，没有这个指标。{cure}",
    "milestones": "{whose} 的 milestones 应按日期先后，share 和 count 不能减少。",
    "milestone_empty": "{whose} 的节点 {by} 没有写要做到什么。请写 share、count 或 text。",
    "milestone_both": "{whose} 的节点 {by} 同时写了 share 和 count。请只留一个。",
    "parent": "parent 与 code 相同（{code}）。请写上级的代码，或删去 parent。",
    "no_period": "{whose} 的报告期「{period}」没有在 periods 里声明。{cure}",
    "no_indicator": "{whose} 没有叫「{name}」的指标。{cure}",
    "claimed_of": "{whose}「{name}」写了 claimed_of，却没有写 claimed。",
    "quotes": "{whose}「{name}」写了 quotes，却没有写 done。请补上读出的数，或删去 quotes。",
    "quote": "{whose}「{name}」所引的「{quote}」不在原文里。{cure}",
}


def lost(project: str, period: str, name: str = "", what: str = "") -> str:
    """5.1 的 2023H1「老年食堂」完成数: a part of a project that is no longer there. Without a
    period it is an indicator, or the day of a milestone; `what` is a key of a reading, or a stage.
    """
    if not period:
        return f"{project} 的指标「{name}」" if name else f"{project} 的节点 {what}"
    if not name:
        return f"{project} 的 {period} 进展情况"
    words = READINGS.get(what, f"“{what}”阶段") if what else "读数"
    return f"{project} 的 {period}「{name}」{words}"


def whose_project(id_: str) -> str:
    return f"项目 {id_}" if id_ else "项目"


def whose_indicator(name: object, place: int) -> str:
    return f"「{name}」" if name else f"第 {place + 1} 个指标"


def whose_key(whose: str, key: str) -> str:
    """项目 5.1「老年食堂」的 target; a space only where Latin letters or digits meet Chinese."""
    if not whose:
        return f"{key} "
    return f"{whose}{'' if whose.endswith('」') or whose.endswith('指标') else ' '}的 {key} "
