"""What is said of publishing pages for the public."""

from __future__ import annotations

from pathlib import Path

from minsheng.labels import lists
from minsheng.model import Problem

CLI = "生成给公众看的静态网页：总览、类别、部门、项目和部门原文，放到任何网站上或磁盘上都能看。"
CLI_OUT = "放到哪个文件夹：新的、空的，或上次发布的"
CLI_FINDINGS = "也发布核查发现和部门自报；默认不发布"
CLI_BUILDING = "生成 {count} 份名单的网页"

no_lists = lists.no_lists


def not_ours(out: Path) -> str:
    return f"{out} 里有不是本程序发布的文件，没有写入。请用 --out 指定一个新的或空的文件夹。"


def broken(path: str, problems: list[Problem], has_pages: bool) -> str:
    """The file's faults, and what became of its pages."""
    rest = "网页仍是上一版" if has_pages else "没有发布"
    first = problems[0].at(Path(path))
    more = f"（共 {len(problems)} 处）" if len(problems) > 1 else ""
    return f"{first}{more}。{rest}。"


def done(out: str, lists_: int, written: int, broken_: int, pages: int, size: int) -> str:
    """The last line: what was written, what had not changed."""
    parts = [f"新生成 {written} 份（{pages} 页，{size / 1e6:.1f} MB）"] if written else []
    if same := lists_ - written - broken_:
        parts.append(f"未变 {same} 份")
    if broken_:
        parts.append(f"有错 {broken_} 份")
    return f"{out}：{'，'.join(parts)}。"
