"""The words of the desk: what staff fill in, import, preview, save and look back at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from minsheng.labels import COLUMN, LIGHT, LIGHT_SHAPE, PROBLEMS_FIELD, date, joined
from minsheng.labels.editing import told
from minsheng.model import Light
from minsheng.printed import number, percent, shortened

TAB = "做什么"
TABS = {
    "state": "文件状态",
    "import": "导入",
    "fill": "填报",
    "preview": "预览与保存",
    "history": "历史",
}
READ_ONLY = "现在只能看，不能改。登录，或开启网页修改，请到“文件状态”。"
TO_STATE = "去登录或看怎样开启"
PROJECT = "填报的项目"
PERIOD = "填报的报告期"
NO_DOCUMENT = "数据文件里没有项目，先导入。"

NEW_PERIOD = "新增报告期"
NEW_PERIOD_ID = "代号"
NEW_PERIOD_ID_HINT = "2023Q3"
NEW_PERIOD_DAY = "数据截止日"
NEW_PERIOD_DAY_HINT = "2023-09-30，季度和月份可以不填"
ADD_PERIOD = "新增"
BAD_PERIOD_ID = "报告期代号“{id}”写法不对。只用字母和数字，请写成 2023Q3、2023M07 的样子。"
BAD_DAY = "截止日“{day}”不是日期。请写成 2023-09-30 的样子。"
NEEDS_DAY = "从代号“{id}”看不出截止日。请写明截止日，例如 2023-09-30。"
PERIOD_ADDED = "已新增报告期 {id}（{label}，截止 {day}），保存以后生效。"

TEXT = "进展情况原文（一字不改）"
NEXT_STEPS = "下一步"
PROBLEMS = PROBLEMS_FIELD
FIELDS = {
    "done": "完成数",
    "quotes": "读自原文的哪几处",
    "declared": "只说完成、没有数",
    "approx": "约数",
    "claimed": "自报百分比",
    "claimed_of": "自报的基数（不是全年目标时）",
    "underway": "推进中",
    "preparing": "只有前期工作",
    "stages": "各阶段，一行一个：名称 数量",
    "target": "调整后的全年目标",
}
STAGES_HINT = "选址 1"
UNREPORTED = "没说就空着"
QUOTES_HINT = "从原文的数字里选"
NO_NUMERALS = "原文里没有数字"
MORE = "其他读数"
READ = "读一读"
READ_HELP = "按原文提出读数，只填空着的格；请逐个核对。"
STAGE = "放进待保存"
RESET = "恢复成文件里的"
TO_PREVIEW = "去预览与保存"
STAGED = "已放进待保存的修改：{project}，{period}。"
NOTHING_NEW = "没有改动，没有放进待保存。"
NUMERALS = "原文里的数字"
NUMERAL = "数"
NUMERAL_KINDS = {"used": "已填", "decide": "要您定", "ignored": "认出但不算（名称、日期）"}
DECIDE = "▲ 要您定"
ANSWERS = {"zero": "一个没完成，写 0", "blank": "空着，原文没说"}
AFTER, WILL_CHANGE, WILL_STAY = "存下以后", "数字会变", "数字不变"
LAGGING, PROJECTS = "滞后", "项"
FOUND, FINDINGS = "核查", "条"
EFFECT = "填完以后"
CHECK_FIRST = "先改好这几处"
NO_FINDINGS = "没有核查发现。"
EMPTIED = (
    "{names}原来有完成数，现在是空的。清空就是“没有数据”，不是 0。"
    "确实要清空，请勾选“{box}”；没有要清空，请把数填回去。"
)
EMPTY_BOX = "确实清空完成数"
EMPTIED_HERE = "清空了完成数，保存后是“无数据”：{each}。"
ONLY_CLAIMED = (
    "「{name}」只有自报 {claimed}，没有写完成数；照这样确认，自报就会当成完成率。"
    "请填完成数（一个没完成就填 0），或者勾选“{box}”。"
)
CLAIM_BOX = "原文没有数，按自报的百分比算"
MOVED_MEANWHILE = "您填写的时候，这个项目在文件里已经改过。请选用哪一份，再继续。"
TAKE_THEIRS = "用文件里的"
KEEP_MINE = "仍用我填的"
NO_INDICATORS = "这个项目没有数字指标，只填原文。"
STRANGE = "项目内容里还像有「{names}」，数据里没有这个指标，没有读。"
READ_NOTHING = "原文是空的，没有可以读的。请先填进展情况原文。"
EMPTY_REPORT = "什么都没有填。请至少填进展情况原文。"

NOT_A_NUMBER = "「{name}」的{field}应为数字，现在是「{value}」。{cure}"
NEGATIVE = "「{name}」的{field}不能小于 0，现在是 {value}。请改正。"
TOO_LARGE = "「{name}」的{field}不能大于 {limit}。请核对，129% 写 129。"
NO_TARGET = "「{name}」的目标应大于 0。请改正，没有调整就空着。"
QUOTES_WITHOUT_DONE = "「{name}」选了原文，却没有写完成数。请补上读出的数，或去掉选的原文。"
PART_WITHOUT_CLAIM = "「{name}」写了自报的基数，却没有写自报百分比。请补上，或删去基数。"
NOT_A_STAGE = "「{name}」的阶段“{line}”没有数量。请写成“选址 1”，一行一个。"
STAGE_TWICE = "「{name}」的阶段“{stage}”写了两次。请删去一处。"

UPLOAD = "上传进展表（Word、Excel、CSV、文字）"
UPLOAD_HELP = "只读表格里的字，不执行宏，不取外部内容。"
PASTE = "或者把表格粘贴在这里（要有表头）"
PASTE_HINT = "从 Word 或 Excel 里选中整张表，复制，粘贴"
READ_PASTED = "读取粘贴的内容"
PASTED = "粘贴的内容"
TABLE_TO_READ = "读哪一张表"
CHOSEN_BY_US = "程序选定的"
MONTH_TO_READ = "读哪一期"
NEWEST_MONTH = "最近一期"
OTHER_FILE = "换一个文件"
OTHER_FILE_HELP = "没有放进待保存的确认会丢掉"
NOTES = "怎样读的这个文件"
ONLY_OPEN = "只看待确认"
PART = "第几项"
TARGET_PROJECT = "对应的项目"
CHOOSE_PROJECT = "请选择对应的项目"
AS_NEW = "作为新项目加入"
LEAVE_OUT = "不导入这一项"
CONFIRM = "确认"
CONFIRM_PAGE = "确认这一页没有疑问的"
ONE_BY_ONE = "有 ▲ 或空着完成数的，请逐项看过再确认。"
REOPEN = "再改"
STAGE_ROWS = "把已确认的放进待保存"
ALL_CONFIRMED = "没有待确认的了。"
NO_PROJECT_CHOSEN = "第 {number} 项还没有选对应的项目。请先选。"
SAME_PROJECT = "第 {numbers} 项对应同一个项目 {project}。一个项目只能有一项，请改选。"
KEPT_ROW = "这个项目在 {period} 已有进展情况，导入不改动它。要改请到“填报”。"
TO_FILL = "去填报这一项"
ROWS_STAGED = "已放进待保存：{count} 项。"
IN_DRAFT = "已放进待保存"
CONFIRMED = "已确认"
CONTENT = "项目内容"
PROGRESS = "进展情况"

NO_CHANGES = "没有待保存的修改。修改从“填报”或“导入”开始。"
DISCARD = "丢弃修改"
DISCARDED = "修改已丢弃，文件没有变。"
Q_DIFF = "文件里改动的行"
Q_EFFECT = "数字的变化"
Q_FINDINGS = "核查发现的变化"
Q_SAVE = "保存"
DIFF_NOTE = "− 是删去的行，+ 是新增的行，前面的数是行号。"
LONG_DIFF = "改动太多，只显示前 {most} 行，共 {all} 行。"
NO_EFFECT = "没有数字变化。"
FINDINGS_NEW = "新出现"
FINDINGS_GONE = "消失"
NO_FINDING_CHANGE = "核查发现没有变化。"
WHO = "保存人：{name}"
REASON = "修改原因（必填）"
REASON_HINT = "例如：三季度各单位报送"
SAVE = "保存到数据文件"
SAVED = "已保存，{when}。打开着的页面会自动更新。"
TO_HISTORY = "看历史"
BAD_NOW = "文件现在有错误，先改好文件里的错误再保存；这里的修改还在。"
CONFLICT = "打开之后，数据文件已经有了新的版本，不能直接保存。"
CAN_MERGE = "两边改的是不同的项目，可以合并。"
MERGE = "合并两边的修改"
MERGED = "已合并。请再看一遍预览，然后保存。"
REDO = "在新版本上重做我的修改"
REDO_NOTE = "重做以后，同一处以您的为准，预览里看得到会改掉什么。"
REDONE = "已在新版本上重做。请看清预览里改掉了什么，再保存。"
MINE = "您的修改"
THEIRS = "文件里的新修改"
PROBLEMS_GONE = "文件里的错误：保存前 {before} 处，保存后 0 处。"

DONE_OR_LIGHT = "完成数或进度"
NAME_COLUMN = "名称"
WHOLE = "全部项目"

NO_HISTORY = "还没有从网页或命令行保存过。"
NOW = "现在的文件"
WHAT_CHANGED = "改了什么，恢复"
FIRST = "这是最早的一份，没有更早的可以比较。"
NO_DIFFERENCE = "与上一版没有不同的行。"
RESTORE_REASON = "为什么恢复成这一版（必填）"
RESTORE = "恢复成这一版"
RESTORED = "已恢复成版本 {fingerprint}，这也是一次保存。"
SHOWN_IS_CURRENT = "文件现在就是这一版。"
DRAFT_STAYS = "您还有没保存的修改；恢复以后要先合并。"
HISTORY_PART = "第几次"
PART = "第几项"


def tab(name: str, changes: int) -> str:
    return f"{TABS[name]}（{changes}）" if name == "preview" and changes else TABS[name]


def stage_field(stage: str) -> str:
    return f"“{stage}”阶段"


def field(key: str, unit: str) -> str:
    if key in ("done", "underway", "target"):
        return f"{FIELDS[key]}（{unit}）"
    return f"{FIELDS[key]}（%）" if key == "claimed" else FIELDS[key]


def indicator(name: str, target: float, unit: str, counts: str) -> str:
    return f"{name}：目标 {number(target)} {unit}，只数“{counts}”"


def more(said: Iterable[str]) -> str:
    """The lid over the other fields says what is filled in below it."""
    return "：".join([MORE, *(["，".join(each)] if (each := list(said)) else [])])


def filled(key: str, value: object) -> str:
    if value is True:
        return FIELDS[key]
    words = "、".join(str(value).splitlines())
    return f"{'阶段' if key == 'stages' else FIELDS[key]} {words}"


def project(id_: str, content: str) -> str:
    return f"{id_} {content}"


def before_after(before: str, after: str) -> str:
    return after if before == after else f"{before} → {after}"


def shares(pair: tuple[float | None, float | None]) -> str:
    return before_after(percent(pair[0]), percent(pair[1]))


def counts(pair: tuple[float | None, float | None]) -> str:
    return before_after(number(pair[0]), number(pair[1]))


def lights(pair: tuple[Light | None, Light | None]) -> str:
    each = [f"{LIGHT_SHAPE[one]} {LIGHT[one]}" if one else "" for one in pair]
    if each[0] == each[1] or not each[0]:
        return each[1] or each[0]
    return f"{each[0]} → {each[1]}"


def completion(pair: tuple[float | None, float | None]) -> str:
    return f"{COLUMN['completion']} {shares(pair)}"


def of_scope(scope: str, name: str) -> str:
    """Whose figure it is, short: 5.2 核算, 区教育局, 老有所养, 全部项目."""
    if scope == "whole":
        return WHOLE
    return f"{name.partition(' ')[0]} 核算" if scope == "project" else shortened(name, 12)


def to_decide(count: int) -> str:
    return f"{count} 个数要您定"


def effect(period: str, id_: str, is_new: bool) -> str:
    return f"{period}（{id_}）{'，新增的报告期：上期 → 本期' if is_new else ''}"


def period_added(id_: str, label: str, day: dt.date) -> str:
    return PERIOD_ADDED.format(id=id_, label=label, day=date(day))


def changes(count: int) -> str:
    return f"{count} 处修改还没有保存。"


def set_reports(period: str, projects: Iterable[str]) -> str:
    return f"{period} 进展：{'、'.join(projects)}"


def add_period(id_: str, label: str) -> str:
    return f"新增报告期 {id_} {label}"


def add_project(id_: str, content: str) -> str:
    return f"新增项目 {id_} {shortened(content, 30)}"


def table(number: int, name: str) -> str:
    return f"{number}　{shortened(name, 40)}"


def month(number: int) -> str:
    return f"截至 {number} 月底"


def rows_read(name: str, rows: int, open_: int, confirmed: int, staged: int) -> str:
    parts = [f"待确认 {open_}", f"已确认 {confirmed}", f"已放进待保存 {staged}"]
    return f"“{shortened(name, 60)}”：{rows} 项。{'，'.join(parts)}。"


def taken_up(count: int, when: str) -> str:
    return f"接着上次没有保存的修改：{count} 处，{when} 放进待保存。"


def emptied(names: Iterable[str]) -> str:
    return EMPTIED.format(names=joined(f"「{name}」" for name in names), box=EMPTY_BOX)


def lost(project: str, name: str, done: float, unit: str) -> str:
    return f"{project}「{name}」{number(done)} {unit} → 无数据"


def part(first: int, last: int, total: int) -> str:
    return f"{first}–{last}，共 {total}"


def row(number_: int, where: str) -> str:
    return f"第 {number_} 项（{where}）" if where else f"第 {number_} 项"


def matched(score: float) -> str:
    return "项目内容一字不差（不计标点空格）" if score >= 100 else f"内容相近（相似度 {score:.0f}）"


UNMATCHED = "原有项目里没有相近的。"


def ambiguous(ids: Iterable[str]) -> str:
    return f"与 {'、'.join(ids)} 都像，分不清。"


def target_changed(name: str, before: float, after: float) -> str:
    return f"「{name}」目标由 {number(before)} 变为 {number(after)}。"


def strange(name: str) -> str:
    return f"「{name}」与这个项目原有的指标对不上，不会导入。"


def stage_rows(count: int) -> str:
    return f"{STAGE_ROWS}（{count}）"


def version(when: str, who: str, why: str, outside: bool, number_: int) -> tuple[str, str]:
    """The heading of a save, and its reason."""
    name, reason = told(who, why, outside, number_)
    return f"{when}{f'　{name}' if name else ''}", reason


def figure(name: str, done: str, unit: str) -> str:
    return f"{name} {done} {unit}" if done else f"{name} 未填完成数"


def in_row(number_: int, sentence: str) -> str:
    return f"第 {number_} 项{sentence}"


def other_year(title: str, year: int, own: int) -> str:
    """The title of an imported table is of another year than the plan."""
    return (
        f"标题写的是“{title}”，是 {year} 年的；这里是 {own} 年的计划。"
        f"请换一个文件；如果只是标题写错了，请确认后继续。"
    )


def other_period(title: str, day: object, period: str, as_of: object) -> str:
    return (
        f"标题写的是“{title}”，截至 {day}；现在选的报告期 {period} 截至 {as_of}，对不上。"
        f"请在上面改选报告期，没有的先新增；如果只是标题写错了，请确认后继续。"
    )


def settle(period: str) -> str:
    return f"标题写错了，写入 {period}"


def steps(lead: str, projects: int, reported: int) -> str:
    return f"{lead} {projects} 项，已填 {reported} 项"
