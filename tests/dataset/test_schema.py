"""The faults of a file: the edit and the whole message side by side."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from benchmarks.limits import BOMBS
from minsheng import printed
from minsheng.dataset import schema, yaml_core
from minsheng.measuring import snapshot
from minsheng.model import Dataset, DatasetError, Light

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "data" / "projects.yaml").read_text(encoding="utf-8")
AT = TEXT.index("\nversion: 1\n") + 1
HEAD, BODY = TEXT[:AT], TEXT[AT:]  # the head is comments, which an edit must not land in


def faults(text: str | bytes) -> list[str]:
    with pytest.raises(DatasetError) as raised:
        schema.loads(text.encode() if isinstance(text, str) else text)
    return [problem.message for problem in raised.value.problems]


def edited(old: str, new: str) -> str:
    assert old in BODY
    return HEAD + BODY.replace(old, new, 1)


def test_the_seed_has_no_faults():
    assert len(schema.loads(TEXT.encode()).dataset.projects) == 29


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("target: 50,", "target: 五十,", "项目 5.1「老年食堂」的 target 应为数字，现在是「五十」。请写 50。"),
        ("target: 50,", 'target: "50",', "项目 5.1「老年食堂」的 target 应为数字，现在是「50」。请写 50。"),
        ("target: 13000", "target: 1.3万", "项目 3.1「培训」的 target 应为数字，现在是「1.3万」。请写 13000。"),
        ("done: 1803", "done: 1,803", "项目 6.2「安置房」的 done 应为数字，现在是「1,803」。请写 1803。"),
        ("done: 13\n", "done: １３\n", "项目 5.1「老年食堂」的 done 应为数字，现在是「１３」。请写 13。"),
        ("done: 13\n", "done: 13 家\n", "项目 5.1「老年食堂」的 done 应为数字，现在是「13 家」。请写 13。"),
        ("done: 13\n", "done: true\n", "项目 5.1「老年食堂」的 done 应为数字，现在是「true」。请只写数字，例如 50。"),
        ("done: 13\n", "done: -1\n", "项目 5.1「老年食堂」的 done 不能小于 0，现在是 -1。"),
        ("done: 13\n", "done: .inf\n", "项目 5.1「老年食堂」的 done 应为数字，现在是「.inf」。请只写数字，例如 50。"),
        ("done: 13\n", "done:\n", "“done”后面没有内容。请补上；不知道的就删去这一行。"),
        ("target: 50,", "target: 0,", "项目 5.1「老年食堂」的 target 应大于 0，现在是 0。"),
        ("            claimed: 129", "            claimed: 12900", "项目 3.1「培训」的 claimed 不能大于 1000，现在是 12900。"),
        ("done: 13\n", "dnoe: 13\n", "项目 5.1「老年食堂」的 dnoe 没有这个键。是不是“done”？"),
        ("    category: 老有所养", "    catgory: 老有所养", "项目 5.1 的 catgory 没有这个键。是不是“category”？"),
        ("projects:", "project:", "project 没有这个键。是不是“projects”？"),
        ("    content: 新改建老年食堂 50 家。\n", "", "项目 5.1 的 content 没有写。请补上。"),
        ("place: 温州市鹿城区\n", "", "place 没有写。请补上。"),
        ('id: "5.1"', "id: 5.1", '项目 5.1 的 id 要加引号，现在读成了数字 5.1。请写成 "5.1"（5.10 与 5.1 不同）。'),
        ('id: "5.1"', 'id: "5.2"', "项目编号 5.2 已经用过。请换一个编号。"),
        ("            done: 13\n", "            done: 13\n            done: 14\n", "“done”在第 {LINE} 行已经写过一次。请删去多余的一处，或改成正确的名称。"),
        ("          老年食堂:\n", "          老人食堂:\n", "项目 5.1 没有叫「老人食堂」的指标。是不是“老年食堂”？"),
        ("part_of: 停车位", "part_of: 车位", "项目 10.3「公共停车位」的 part_of 是「车位」，没有这个指标。是不是“停车位”？"),
        ("name: 公共停车位", "name: 停车位", "项目 10.3 有两个指标都叫「停车位」。请改名。"),
        ("[1 家完成建设, ", "[1家完成建设, ", "项目 5.1「老年食堂」所引的「1家完成建设」不在原文里。只差空格或全角半角，请从原文复制。"),
        ("1 家完成建设, 12", "1 家完成建设，12", "项目 5.1「老年食堂」所引的「1 家完成建设，12 家投入运营」不在原文里。请用半角逗号把各段分开。"),
        ("[1 家完成建设, ", "[两家, ", "项目 5.1「老年食堂」所引的「两家」不在原文里。请从原文逐字复制。"),
        ("as_of: 2023-06-30", "as_of: 2023-6-30", "as_of 应为日期，现在是「2023-6-30」。请写成 2023-06-30 的样子。"),
        ("as_of: 2023-06-30", "as_of: 2023-02-30", "as_of 应为日期，现在是「2023-02-30」。请写成 2023-06-30 的样子。"),
        ("as_of: 2023-06-30", "as_of: 2022-06-30", "报告期 2023H1 的截止日早于计划开始日 2023-01-01。"),
        ("end: 2023-12-31", "end: 2022-12-31", "计划的 end（2022-12-31）应晚于 start（2023-01-01）。"),
        ("far_behind: 30", "far_behind: 5", "far_behind 应不小于 behind。"),
        ("as_of: 2023-06-30}", "as_of: 2023-06-30}\n  - {id: 2023Q1, label: 一季度, as_of: 2023-03-31}", "报告期 2023Q1 的截止日应晚于前一期 2023H1（2023-06-30）。请按时间先后排列。"),
        ("as_of: 2023-06-30}", "as_of: 2023-06-30}\n  - {id: 2023H1, label: 又一期, as_of: 2023-09-30}", "报告期 2023H1 写了两次。请删去或改名。"),
        ("      2023H1:", "      2023H2:", "项目 1.1 的报告期「2023H2」没有在 periods 里声明。是不是“2023H1”？"),
        ("leads: [区民政局]", "leads: 区民政局", "项目 5.1 的 leads 应为列表，现在是「区民政局」。请写成 [一, 二] 的样子。"),
        ("leads: [区民政局]", "leads: []", "项目 5.1 的 leads 至少要有 1 项。"),
        ("leads: [区民政局]", "leads: [区民政局, 区民政局]", "项目 5.1 的单位「区民政局」写了两次。请删去一个。"),
        ("leads: [区消防救援大队, 区应急", "leads: [区消防救援大队，区应急", "项目 7.2 的单位「区消防救援大队，区应急管理局」里有标点。多个单位请写成 [甲局, 乙局]，用半角逗号。"),
        ("version: 1", "version: 2", "version 只能写 1，现在是「2」。"),
        ("    leads: [区民政局]\n", "    leads: [区民政局]\n    milestones: [{by: 2023-09-30, share: 50}, {by: 2023-06-30, share: 60}]\n", "项目 5.1 的 milestones 应按日期先后，share 和 count 不能减少。"),
        ("    leads: [区民政局]\n", "    leads: [区民政局]\n    milestones: [{by: 2023-09-30, share: 150}]\n", "项目 5.1 的 share 不能大于 100，现在是 150。"),
        ("    leads: [区民政局]\n", "    leads: [区民政局]\n    kind: 政绩\n", "项目 5.1 的 kind 只能写 工程、服务、政策，现在是「政绩」。"),
        ("            claimed: 64\n", "", "项目 6.1「单元」写了 claimed_of，却没有写 claimed。"),
        ("    leads: [区民政局]\n", "    leads: [区民政局]\n    milestones: [{by: 2023-06-30, count: {老人食堂: 30}}]\n", "项目 5.1 没有叫「老人食堂」的指标。是不是“老年食堂”？"),
        ("    leads: [区民政局]\n", "    leads: [区民政局]\n    milestones: [{by: 2023-06-30, count: {老年食堂: 30}}, {by: 2023-09-30, count: {老年食堂: 20}}]\n", "项目 5.1 的 milestones 应按日期先后，share 和 count 不能减少。"),
        ("    leads: [区民政局]\n", "    leads: [区民政局]\n    milestones: [{by: 2023-06-30}]\n", "项目 5.1 的节点 2023-06-30 没有写要做到什么。请写 share、count 或 text。"),
        ("    leads: [区民政局]\n", "    leads: [区民政局]\n    milestones: [{by: 2023-06-30, share: 5, count: {老年食堂: 30}}]\n", "项目 5.1 的节点 2023-06-30 同时写了 share 和 count。请只留一个。"),
        ("    leads: [区民政局]\n", "    leads: [区民政局]\n    upper: [330300#5.1]\n", "项目 5.1 的 upper 写法不对，现在是「330300#5.1」。请写成 \"330300/2023#5.1\" 的样子：上级的代码、年度、编号。"),
        ("    leads: [区民政局]\n", "    leads: [区民政局]\n    printed: 12\n", "项目 5.1 的 printed 应为文字，现在是「12」。请写 \"12\"。"),
        ("    leads: [区民政局]\n", "    leads: [区民政局]\n    notes: {备注: 3}\n", "项目 5.1 的 备注 应为文字，现在是「3」。请写 \"3\"。"),
        ("    leads: [区民政局]\n", "    leads: [区民政局]\n    investment: {paied: 3}\n", "项目 5.1 的 paied 没有这个键。是不是“paid”？"),
        ("            done: 13\n", "            done: 13\n            by_place: {五马街道: 十三}\n", "项目 5.1「老年食堂」的 五马街道 应为数字，现在是「十三」。请写 13。"),
        ("            done: 13\n", "            done: 13\n            this_priod: 3\n", "项目 5.1「老年食堂」的 this_priod 没有这个键。是不是“this_period”？"),
        ("        text: 1 家选址", "        leads: [区民政局，区残联]\n        text: 1 家选址", "项目 5.1 的单位「区民政局，区残联」里有标点。多个单位请写成 [甲局, 乙局]，用半角逗号。"),
        ("        text: 1 家选址", "        investment: {planned: 5}\n        text: 1 家选址", "项目 5.1 的 planned 没有这个键。是不是“paid”？"),
        ("        text: 1 家选址", "        deadline: 年底\n        text: 1 家选址", "项目 5.1 的 deadline 应为日期，现在是「年底」。请写成 2023-06-30 的样子。"),
        ("place: 温州市鹿城区", "place: 温州市鹿城区\ncode: 3303", "code 写法不对，现在是「3303」。请写六位行政区划代码，例如 330302。"),
        ("place: 温州市鹿城区", "place: 温州市鹿城区\ncode: 330302\nparent: 330302", "parent 与 code 相同（330302）。请写上级的代码，或删去 parent。"),
        # slips of a Chinese keyboard
        ("done: 13\n", "done：13\n", "用了全角冒号“：”。请改成半角冒号，后面空一格。"),
        ("{name: 老年食堂, target", "{name：老年食堂, target", "“name：老年食堂”用了全角冒号。请改成半角冒号，后面空一格。"),
        ("{name: 老年食堂, target", "{name: 老年食堂，target", "用了全角逗号“，”。请改成半角逗号。"),
        ("leads: [区民政局]", "leads: ［区民政局］", "项目 5.1 的 leads 应为列表，现在是「［区民政局］」。请写成 [一, 二] 的样子。其中有全角标点，请改成半角。"),
        ('id: "5.1"', "id: “5.1”", "项目 5.1 的 id 写法不对，现在是「“5.1”」。项目编号请写成 \"5.1\"、报告期代号请写成 2023H1 的样子，用半角字符。"),
        ("done: 13\n", "done:13\n", "冒号后面少一个空格。请写成“键: 值”。"),
        ("            done: 13\n", "\t\tdone: 13\n", "缩进用了 Tab。请改成空格。"),
        ("            done: 13\n", "　　　　　　done: 13\n", "缩进里有全角空格。请改成半角空格。"),
        ("title: 2023", 'title: "2023', "缩进与上面各行不一致，或括号、引号没有配对。请与上面的键对齐。"),
        ("leads: [区民政局]", "leads: *x", "不能用 *x 引用别处的内容。请把内容在这里写全。"),
        ("leads: [区民政局]", "leads: !!set [区民政局]", "不支持标签 tag:yaml.org,2002:set。请删去它，直接写内容。"),
        ("target: 13000", "target: 13,000", "数字里不要写逗号。请写 13000。"),
        ("done: 13\n", "done:\u300013\n", "冒号后面是全角空格。请改成半角空格。"),
        ("{name: 老年食堂, target", "｛name: 老年食堂, target", "用了全角括号“｛”。请改成半角的 [ ] 或 { }。"),
        ("leads: [区民政局]", "leads: [区民政局\u3000]", "项目 5.1 的「区民政局\u3000」前后有空格（可能是全角空格）。请删去空格。"),
        ("leads: [区民政局]", "leads: [\u200b区民政局]", "项目 5.1 的「\u200b区民政局」里有看不见的字符 U+200B。请删去整个名称，重新输入。"),
        ("leads: [区民政局]", "leads: [区民\u00ad政局]", "项目 5.1 的「区民\u00ad政局」里有看不见的字符 U+00AD。请删去整个名称，重新输入。"),
        ("leads: [区民政局]", "leads: [区⺠政局]", "项目 5.1 的「区⺠政局」里的“⺠”是部首，不是字。请重新输入这个字。"),
        ("leads: [区民政局]", "leads: [区⽂旅局]", "项目 5.1 的「区⽂旅局」里的“⽂”是部首或兼容字，不是“文”。请写 区文旅局。"),
        ("leads: [区民政局]", "leads: [区民政局 区残联]", "项目 5.1 的「区民政局 区残联」像是两个单位连在一起。请写成 [甲局, 乙局]，用半角逗号。"),
        ("leads: [区民政局]", "leads: [区民政局/区残联]", "项目 5.1 的「区民政局/区残联」像是两个单位连在一起。请写成 [甲局, 乙局]，用半角逗号。"),
        *(
            ("leads: [区民政局]", f'leads: ["区民政局{mark}区残联"]', f"项目 5.1 的「区民政局{mark}区残联」像是两个单位连在一起。请写成 [甲局, 乙局]，用半角逗号。")
            for mark in "／|｜＼\u3000"
        ),
        *(
            ("leads: [区民政局]", f'leads: ["区民政局{mark}区残联"]', f"项目 5.1 的单位「区民政局{mark}区残联」里有标点。多个单位请写成 [甲局, 乙局]，用半角逗号。")
            for mark in "、，；;。"
        ),
        *(
            ("leads: [区民政局]", f'leads: ["区民{mark}政局"]', f"项目 5.1 的「区民{mark}政局」里有看不见的字符 U+{ord(mark):04X}。请删去整个名称，重新输入。")
            for mark in "\u200c\u200d\u200e\u200f\u202e\u2060\u2066\ufe0f\ufeff\u00a0\u2028\u2800\u3164\U000e0100"
        ),
        ("leads: [区民政局]", "leads: [区民政局]\n    supports: [区残\u200b联]", "项目 5.1 的「区残\u200b联」里有看不见的字符 U+200B。请删去整个名称，重新输入。"),
        ("        text: 1 家选址", "        leads: [区残\u200b联]\n        text: 1 家选址", "项目 5.1 的「区残\u200b联」里有看不见的字符 U+200B。请删去整个名称，重新输入。"),
        ("category: 老有所养", "category: 老有\u200b所养", "项目 5.1 的「老有\u200b所养」里有看不见的字符 U+200B。请删去整个名称，重新输入。"),
        ("category: 老有所养", "category: ⽼有所养", "项目 5.1 的「⽼有所养」里的“⽼”是部首或兼容字，不是“老”。请写 老有所养。"),
        ("name: 老年食堂", "name: 老年\u200b食堂", "项目 5.1 的「老年\u200b食堂」里有看不见的字符 U+200B。请删去整个名称，重新输入。"),
        ("          老年食堂:\n", "          老年\u200b食堂:\n", "项目 5.1 没有叫「老年\u200b食堂」的指标。其中有看不见的字符 U+200B，请删去后重新输入。"),
        ("place: 温州市鹿城区", "place: 温州市\u200b鹿城区", "place 的「温州市\u200b鹿城区」里有看不见的字符 U+200B。请删去整个名称，重新输入。"),
        ("id: 2023H1", "id: 2023H1\u200b", "id 写法不对，现在是「2023H1\u200b」。其中有看不见的字符 U+200B，请删去后重新输入。"),
        ('id: "5.1"', 'id: "1.2٣"', "项目 1.2٣ 的 id 写法不对，现在是「1.2٣」。项目编号请写成 \"5.1\"、报告期代号请写成 2023H1 的样子，用半角字符。"),
        ('id: "5.1"', 'id: "_x0031_2"', "项目 _x0031_2 的 id 写法不对，现在是「_x0031_2」。项目编号请写成 \"5.1\"、报告期代号请写成 2023H1 的样子，用半角字符。"),
        ("[1 家完成建设, ", "[1 家完\u200b成建设, ", "项目 5.1「老年食堂」所引的「1 家完\u200b成建设」不在原文里。所引或原文里有看不见的字符 U+200B，请删去后重新输入。"),
        ("leads: [区民政局]", 'leads: ["区民政局\\n区残联"]', "项目 5.1 的「区民政局\n区残联」里有看不见的字符 U+000A。请删去整个名称，重新输入。"),
        ("done: 13\n", "done: 13\u200b\n", "项目 5.1「老年食堂」的 done 应为数字，现在是「13\u200b」。其中有看不见的字符 U+200B，请删去后重新输入。"),
        ("done: 13\n", "\u200bdone: 13\n", "键“\u200bdone”里有看不见的字符 U+200B。请删去整个键，重新输入。"),
        ("done: 13\n", "done:\u00a013\n", "冒号后面是不间断空格。请改成半角空格。"),
        # what a comment would swallow
        ("12 家投入运营。\n", "12 家投入运营 #1 楼已完成。\n", "“工装修、1 家完成建设、12 家投入运营”后面的“#1 楼已完成。”会被当作注释，不算内容。是原文就给整段加半角引号；是注释就在 # 前空两格、后空一格。"),
        ("12 家投入运营。\n", "12 家投入运营 # 1 楼已完成。\n", "“工装修、1 家完成建设、12 家投入运营”后面的“# 1 楼已完成。”会被当作注释，不算内容。是原文就给整段加半角引号；是注释就在 # 前空两格、后空一格。"),
        ("leads: [区民政局]", "leads:\n      - 区民政局 #1 办", "“区民政局”后面的“#1 办”会被当作注释，不算内容。是原文就给整段加半角引号；是注释就在 # 前空两格、后空一格。"),
        ("leads: [区民政局]", "leads: [区民政局]\n    notes:\n      备注: 见附件 # 3", "“见附件”后面的“# 3”会被当作注释，不算内容。是原文就给整段加半角引号；是注释就在 # 前空两格、后空一格。"),
        ("quotes: [1 家完成建设,", "quotes: [1 家完成建设 #1 楼,", "“#”前面有空格，后面都被当作注释，括号没有收尾。请给含 # 的内容加半角引号。"),
        ("place: 温州市鹿城区\n", "<<<<<<< HEAD\nplace: 温州市鹿城区\n=======\nplace: 鹿城区\n>>>>>>> 甲\n", "文件里有合并冲突的标记 <<<<<<<。请选定一边的内容，删去三行标记后再保存。"),

        ("leads: [区民政局]", "leads: [“区民政局”]", "项目 5.1 的「“区民政局”」用了中文引号。请去掉引号。"),
        ("target: 50, unit: 家", "target: 50, unit: “家”", "项目 5.1 的「“家”」用了中文引号。请去掉引号。"),
        # no quotient of two figures is infinite
        ("done: 13\n", "done: 1e308\n", "项目 5.1「老年食堂」的 done 不能大于 1000000000000000，现在是 1e+308。"),
        ("target: 50,", "target: 1e-320,", "项目 5.1「老年食堂」的 target 不能小于 1e-06，现在是 1e-320。"),
        # what only follows from another fault is left out
        ("as_of: 2023-06-30}", "as_of: 2023-06-30}\n  - {label: 三季度, as_of: 2023-09-30}", "id 没有写。请补上。"),
        ("id: 2023H1", "id: ２０２３H1", "id 写法不对，现在是「２０２３H1」。项目编号请写成 \"5.1\"、报告期代号请写成 2023H1 的样子，用半角字符。"),
        ("periods:\n  - {id: 2023H1, label: 半年度, as_of: 2023-06-30}\n", "", "periods 没有写。请补上。"),
        ("done: 13\n", "done: 1\x073\n", "有看不见的控制字符 U+0007。请删去这个字符后重新输入。"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_cure(old, new, message):
    text = edited(old, new)
    line = text[: text.index("done: 13\n")].count("\n") + 1 if "{LINE}" in message else 0
    assert faults(text) == [message.replace("{LINE}", str(line))]


def test_a_remark_that_stands_apart_is_a_remark():
    assert schema.loads(edited("12 家投入运营。\n", "12 家投入运营。  # 原表如此\n").encode())
    assert schema.loads(edited("leads: [区民政局]", "leads: [区民政局] #主办").encode())
    assert schema.loads(edited("done: 13\n", "done: 13 #两处相加\n").encode())


def test_a_message_quotes_no_megabyte():
    (said,) = faults(edited("leads: [区民政局]", f"leads: [区民政局/{'残' * 1_000_000}]"))
    assert len(said) < 500
    assert said.startswith("项目 5.1 的「区民政局/残残残")
    assert said.endswith("像是两个单位连在一起。请写成 [甲局, 乙局]，用半角逗号。")


def test_a_file_of_nothing_but_zeros_says_what_happened():
    assert faults(b"\0" * 4096) == [
        "文件里全是空字节，多半是保存时断电或磁盘出错。"
        "请在“历史”里恢复上一个版本，没有历史就换回备份。"
    ]


def test_zeros_in_a_part_of_the_file_are_counted_where_they_begin():
    data = TEXT.encode()
    line = TEXT.count("\n") - 1
    tail = data.rindex(b"\n", 0, data.rindex(b"\n", 0, -1)) + 1
    with pytest.raises(DatasetError) as raised:
        schema.loads(data[:tail] + "甲".encode() + b"\0" * 512)
    (problem,) = raised.value.problems
    assert (problem.line, problem.column) == (line, 2)
    assert problem.message.startswith("从这里起有 512 个空字节，多半是保存时断电或磁盘出错。")


def test_a_wrong_name_among_very_many_long_ones_is_answered_from_their_beginnings():
    long = [f"{'甲乙' * 50_000}{at}" for at in range(20)]
    rows = "".join(f"      - {{name: {n}, target: 1, unit: 家, counts: 建成}}\n" for n in long)
    first = (
        f"      - {{name: 老年食堂, target: 50, unit: 家, counts: 建成, part_of: {long[0]}丙}}\n"
    )
    text = edited("      - {name: 老年食堂, target: 50, unit: 家, counts: 建成}\n", first + rows)
    (said,) = faults(text)
    assert said.startswith("项目 5.1「老年食堂」的 part_of 是「甲乙甲乙")
    assert len(said) < 500


def test_a_category_keeps_its_number_in_every_project():
    assert faults(edited("category: 老有所养", "category: 老有所依")) == [
        f"项目 {id_} 的类别是「老有所养」，序号 5 是「老有所依」。同一类别的序号和名称要一致，请统一。"
        for id_ in ("5.2", "5.3")
    ]


def test_all_faults_come_at_once_with_their_places():
    text = edited("target: 50,", "target: 五十,").replace("done: 440", "dnoe: 440")
    text = text.replace("as_of: 2023-06-30", "as_of: 2023/06/30")
    with pytest.raises(DatasetError) as raised:
        schema.loads(text.encode())
    assert [problem.at("f.yaml")[:12] for problem in raised.value.problems] == [
        "f.yaml:30:37", "f.yaml:45:13", "f.yaml:201:3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "start"),
    [
        (TEXT.encode("gb18030"), "文件是 GB18030（GBK）编码。"),
        (TEXT.encode("utf-16"), "文件是 UTF-16 编码。"),
        (TEXT.encode("utf-16-le"), "文件是 UTF-16 编码。"),
        (TEXT.encode("utf-16-be"), "文件是 UTF-16 编码。"),
        (b"\xff\xff\xff", "这里的内容不是 UTF-8 文字"),
        (b"", "文件是空的。"),
        (b"# only a comment\n", "文件是空的。"),
        (b"- 1", "文件开头应是"),
        (b"hello", "文件开头应是"),
    ],
)
def test_what_is_no_dataset_at_all_is_recognised(data, start):
    (message,) = faults(data)
    assert message.startswith(start)


def test_a_byte_order_mark_is_accepted():
    assert schema.loads(b"\xef\xbb\xbf" + TEXT.encode()).dataset.title.startswith("2023")


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_refused_with_one_fault(bomb):
    assert len(faults(bomb)) == 1


def test_the_largest_figures_that_are_accepted_are_measured_and_printed():
    text = edited("target: 50,", "target: 0.000001,").replace("done: 13\n", f"done: {10**15}\n")
    shot = snapshot.at(schema.loads(text.encode()).dataset)
    assert shot.rows["5.1"].light == Light.DONE
    assert printed.percent(shot.parts["5.1"][0].counted).endswith("%")


def test_a_name_that_only_begins_with_quotes_is_a_name():
    text = edited("leads: [区民政局]", "leads: [“民政”局]")
    assert schema.loads(text.encode()).dataset.projects[10].leads == ("“民政”局",)


def test_a_file_over_the_limit_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(schema, "LARGEST", 10)
    assert faults(TEXT) == ["文件超过 256 MB，没有读取。请检查是不是选错了文件。"]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("12:30", "12:30"), ("0123", "0123"),
        ("0x1F", "0x1F"), ("1_000", "1_000"), ("2023-06-30", "2023-06-30"), ("1,000", "1,000"),
        ("12", 12), ("-3", -3), ("+3", 3), ("0", 0), ("0.70", 0.7), ("1e3", 1000.0), (".5", 0.5),
        ("true", True), ("False", False), ("null", None), ("~", None), ("5.1", 5.1),
        ("9" * 400, "9" * 400), (".nan", ".nan"),
    ],
)  # fmt: skip
def test_scalars_are_those_of_yaml_1_2(words, value):
    assert yaml_core.scalar(words) == value
    assert type(yaml_core.scalar(words)) is type(value)


def test_our_reading_agrees_with_pyyaml_where_the_versions_agree():
    raw, problems = yaml_core.read(TEXT)
    other = yaml.load(TEXT, Loader=yaml.BaseLoader)
    assert problems == []
    assert json.loads(json.dumps(raw, ensure_ascii=False), parse_float=str, parse_int=str) == (
        json.loads(json.dumps(other).replace('"true"', "true"))
    )


def test_a_figure_knows_its_line():
    document = schema.loads(TEXT.encode())
    path = ("projects", 10, "reports", "2023H1", "readings", "老年食堂", "done")
    assert TEXT.splitlines()[document.line(*path) - 1].strip() == "done: 13"
    nearest = document.line("projects", 10, "reports", "2023H1", "readings", "老年食堂", "claimed")
    assert TEXT.splitlines()[nearest - 1].strip() == "老年食堂:"


def test_the_schema_file_is_the_models_and_accepts_the_seed():
    stored = json.loads((ROOT / "data" / "projects.schema.json").read_text(encoding="utf-8"))
    assert stored == schema.json_schema(), (
        "run: python -m minsheng schema > data/projects.schema.json"
    )
    raw, _ = yaml_core.read(TEXT)
    jsonschema.validate(raw, stored)


def test_every_key_of_the_schema_file_is_explained_in_chinese():
    made = schema.json_schema()
    objects = [made, *made["$defs"].values()]
    unexplained = [
        key
        for each in objects
        for key, value in each["properties"].items()
        if not any("\u4e00" <= char <= "\u9fff" for char in value.get("description", ""))
    ]
    assert unexplained == []
    assert Dataset.model_fields.keys() == made["properties"].keys()
