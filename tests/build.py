"""Small datasets for tests: a project with one indicator, and what may be said of it."""

from __future__ import annotations

from typing import Any

from minsheng.model import Dataset

PLAN = {"start": "2023-01-01", "end": "2023-12-31"}
H1 = {"id": "2023H1", "label": "半年度", "as_of": "2023-06-30"}
Q3 = {"id": "2023Q3", "label": "三季度", "as_of": "2023-09-30"}


def indicator(
    name: str = "老年食堂", target: float = 50, unit: str = "家", **more: Any
) -> dict[str, Any]:
    return {"name": name, "target": target, "unit": unit, "counts": "建成", **more}


def project(
    id: str = "5.1",
    text: str = "12 家投入运营。",
    readings: dict[str, Any] | None = None,
    indicators: list[dict[str, Any]] | None = None,
    content: str = "新改建老年食堂 50 家。",
    later: dict[str, Any] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """`readings` may be one reading of the only indicator; `later` is the report of 2023Q3."""
    reports = {"2023H1": {"text": text, "readings": readings or {}}}
    if later is not None:
        reports["2023Q3"] = later
    return {
        "id": id,
        "category": f"类别{id.partition('.')[0]}",
        "content": content,
        "leads": ["区民政局"],
        "indicators": [indicator()] if indicators is None else indicators,
        "reports": reports,
        **more,
    }


def dataset(*projects: dict[str, Any], **more: Any) -> Dataset:
    two = any("2023Q3" in each["reports"] for each in projects)
    return Dataset.model_validate(
        {
            "version": 1,
            "title": "测试用表",
            "place": "测试区",
            "plan": PLAN,
            "periods": [H1, Q3] if two else [H1],
            "projects": list(projects),
            **more,
        }
    )
