"""What is said when the dataset is edited, merged and saved, and the names of periods."""

from __future__ import annotations

import re
from collections.abc import Iterable

NO_PROJECT = "没有编号为 {id} 的项目。请先添加这个项目。"
NO_PERIOD = "没有报告期 {id}。请先添加这个报告期。"
NO_REPORT = "项目 {id} 在报告期 {period} 没有进展情况，无从删除。"
NO_PLACE = "数据里没有 {path} 这个位置。请对照数据文件检查名称。"
PERIOD_TAKEN = "报告期 {id} 已经有了。请换一个代号。"
PROJECT_TAKEN = "项目编号 {id} 已经用过。请换一个编号。"
BAD_VALUE = "{path} 不能写成「{value}」。请对照数据文件里同样的位置改正。"
NOTHING = "空"
NOT_WRITABLE = (
    "这处修改没法写进文件而不影响其他内容，没有改动。请检查新内容里是否有特殊字符，或直接编辑文件。"
)
HEAD = {
    "version": "文件格式版本",
    "title": "表题",
    "place": "地区",
    "code": "行政区划代码",
    "parent": "上级的行政区划代码",
    "plan": "计划起止日",
    "thresholds": "快慢界限",
}

NO_NAME = "没有写姓名，没有保存。请写上是谁改的。"
NO_REASON = "没有写原因，没有保存。请写一句为什么改。"
UNCHANGED = "内容与文件现在的一样，没有需要保存的。"
BUSY = "另有人正在保存，等了很久仍没有轮到，没有保存。请稍后再试。"
NOT_CONFIRMED = "新内容已写入文件，但磁盘没有确认。请检查磁盘，并在“历史”里核对最后一次保存。"
NOT_KEPT = (
    "修改已放进待保存，但没能在服务器上留底（{reason}），关掉页面就会丢。请尽快“预览与保存”。"
)
KEPT_DAMAGED = (
    "上次没有保存的修改读不出来：.history/unsaved/{file}。"
    "文件还在，请交技术人员查看；也可以重新填。"
)
NO_VERSION = "历史里没有版本 {fingerprint}。请在“历史”里重新选择。"
BAD_VERSION = "版本 {fingerprint} 的副本已损坏，不能恢复。请选别的版本。"
NOT_UTF8 = "版本 {fingerprint} 不是 UTF-8 文字，不能恢复。请选别的版本。"
BAD_JOURNAL = (
    "历史记录 {path} 第 {line} 行已损坏，没有继续。请从备份恢复这个文件，或把它改名后重新开始记录。"
)
READ_ONLY = "{path} 被设为只读，没有保存，原文件没有变。确实要改时，请先取消只读。"
HARD_LINK = "{path} 还有别的硬链接，保存会把两处分开，没有保存。请删去另一个，或换成符号链接。"
READ_FAULT = "历史记录读不出来：{reason}。请检查 {path} 旁边 .history 文件夹的权限和磁盘。"
DISK_FULL = "磁盘空间不够，没有保存，{path} 没有变。请清理磁盘后再试。"
FORBIDDEN = "没有权限写 {path} 或它所在的文件夹，没有保存，原文件没有变。请管理员检查权限。"
FOLDER_READ_ONLY = "{path} 所在的文件夹是只读的，没有保存，原文件没有变。请管理员改为可写。"
MOUNTED_ALONE = (
    "{path} 是单独挂载的文件，不能整个换掉，没有保存，原文件没有变。请改为挂载它所在的文件夹。"
)
GONE = "找不到文件 {path}，没有保存。请检查文件名和所在文件夹。"
OTHER_FAULT = "没有保存：{reason}。{path} 没有变。请检查磁盘和文件夹权限。"
OUTSIDE = "在别处直接改了文件"
FOUND = "开始记录时的文件"

CLI_NEW_PERIOD = "添加一个报告期，例如 new-period 2023Q3 --as-of 2023-09-30。"
CLI_AS_OF = "数据截止日，写成 2023-09-30"
CLI_LABEL = "报告期名称；不写就按代号取，例如 2023Q3 是三季度"
CLI_FILE = "数据文件"
CLI_WHO = "谁改的；不写就用登录名"
CLI_WHY = "为什么恢复"
CLI_HISTORY = "列出每次保存：版本、时间、姓名、原因。"
CLI_RESTORE = "把数据文件恢复成历史里的一个版本（本身也是一次保存）。"
NO_LABEL = "从代号“{id}”看不出报告期名称。请用 --label 写明，例如 --label 三季度。"
BAD_PERIOD = "“{id}”不能作报告期代号。请只用字母和数字，例如 2023Q3。"
WHY_PERIOD = "添加报告期 {id}"
PERIOD_ADDED = "已添加报告期 {id}（{label}，截止 {as_of}）：{file}"
SEVERAL_VERSIONS = "有几个版本都以“{fingerprint}”开头。请多写几位。"
RESTORED = "{file} 已恢复成版本 {fingerprint}。"

_SEASONS = {"1": "一季度", "2": "二季度", "3": "三季度", "4": "全年"}
_HALVES = {"1": "半年度", "2": "全年"}
_PERIOD = re.compile(r"\d{4}-?(?:Q([1-4])|H([12])|(Y)|M?(0?[1-9]|1[0-2]))?", re.IGNORECASE)


def period_label(id_: str) -> str:
    """2023Q3 三季度, 2023M07 7 月; empty where the id follows no such manner."""
    found = _PERIOD.fullmatch(id_)
    if not found:
        return ""
    season, half, _, month = found.groups()
    if month:
        return f"{int(month)} 月"
    return _SEASONS.get(season or "", "") or _HALVES.get(half or "", "") or "全年"


def conflict(names: Iterable[str]) -> str:
    return f"同一处两边都改了，不能自动合并：{'、'.join(names)}。请对照两个版本，选一个再改。"


def category_comment(number: str, name: str) -> str:
    return f"{number} {name}"


def period_name(id_: str) -> str:
    return f"报告期 {id_}"


def project_name(id_: str, content: str) -> str:
    return f"{id_} {content}"


def changed_since(who: str) -> str:
    by = f"{who} 保存了新的版本" if who else "有人直接改了文件"
    return f"打开之后，{by}，没有保存。请对照两个版本，合并后再保存。"


def told(who: str, why: str, outside: bool, number: int) -> tuple[str, str]:
    """Who and why, of a save or of what was done without one."""
    if outside:
        return "", FOUND if number == 1 else OUTSIDE
    return who, why
