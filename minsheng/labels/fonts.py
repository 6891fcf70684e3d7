"""The fonts of official documents, by name, and what may stand in for them.

GB/T 9704-2012 names 小标宋体, 黑体, 楷体 and 仿宋体; what a machine has of them goes by many names.
Every list is in order of preference, and ends in fonts that are free and packaged everywhere.
"""

from __future__ import annotations

TITLE = "方正小标宋简体"
BODY = "仿宋_GB2312"
HEADING = "黑体"

_SERIF = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
    "Noto Serif SC",
    "STSong",
    "Songti SC",
    "SimSun",
    "NSimSun",
    "AR PL UMing CN",
)
_SANS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
)
_FANGSONG = ("FangSong_GB2312", "FangSong", "STFangsong")
_HEI = ("SimHei", "STHeiti", "Heiti SC")
_SONG_BOLD = ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "STZhongsong")

# For the PDF, whose fonts are those of the machine that makes it: family names as files state them.
INSTALLED = {
    "title": (*_SONG_BOLD, *_SERIF, *_FANGSONG, *_SANS, *_HEI),
    "body": (*_FANGSONG, *_SERIF, *_SANS, *_HEI),
    "heading": (*_HEI, *_SANS, *_SONG_BOLD, *_SERIF, *_FANGSONG),
}

NONE_INSTALLED = (
    "这台机器上没有中文字体，不能生成 PDF（否则文字会变成空方框）。"
    "请安装一种再试，例如 Debian/Ubuntu：apt-get install fonts-noto-cjk；"
    "Windows 和 macOS 自带的宋体、仿宋、黑体即可。"
)
NOT_SHOWN = "〔{code}〕"
TOO_MANY = (
    "内容里有太多字是这台机器的字体没有的（如 {characters}），没有生成 PDF。"
    "请改用 Word 通报，或删去这些字。"
)
CANNOT_SET = "PDF 排版没有成功：{why}。Word 通报的内容与 PDF 相同，可以先用 Word 通报。"
