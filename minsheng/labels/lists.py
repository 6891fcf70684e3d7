"""What is said of many lists: engines, the roll-up, who has not reported."""

from __future__ import annotations

NO_ENGINE = (
    "没有叫“{name}”的计算引擎。可以写 pandas、duckdb、spark，"
    "或 Spark 的地址，例如 spark://主机:7077、sc://主机。"
)
ENGINE_NOT_INSTALLED = (
    "没有安装 {engine}。请运行 pip install -r requirements-{engine}.txt，或不写 --engine。"
)
NOT_KEPT = (
    "写不进 {folder}：{reason}。请检查文件夹权限和磁盘空间，"
    "或用环境变量 MINSHENG_AMOUNTS 另外指定一个文件夹。"
)
