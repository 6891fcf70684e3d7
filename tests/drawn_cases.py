"""One project for every case of design.md section 5's table: what is drawn of it is one value."""

from __future__ import annotations

from typing import Any

from build import dataset, indicator, project

READINGS: dict[str, dict[str, Any]] = {
    "counted": {"done": 26, "quotes": ["26 家"]},
    "claimed more": {"done": 10, "quotes": ["10 家"], "claimed": 80},
    "lowered": {"done": 50, "quotes": ["50 家"], "claimed": 90},
    "over": {"done": 61, "quotes": ["61 家"]},
    "declared": {"declared": True},
    "declared, claimed 90": {"declared": True, "claimed": 90},
    "claim alone": {"claimed": 40},
    "claim of a part": {"done": 13, "quotes": ["13 家"], "claimed": 64, "claimed_of": "第二批"},
    "under way": {"done": 0, "underway": 50},
    "stages": {"done": 5, "quotes": ["5 家"], "stages": {"选址": 20, "装修": 30, "开业": 5}},
    "preparing": {"done": 0, "preparing": True},
    "nothing": {},
    "zero": {"done": 0},
}
DATASET = dataset(
    *(
        project(
            f"5.{at}",
            "26 家、10 家、50 家、61 家、13 家、5 家。",
            {case: reading},
            [indicator(case)],
            content=f"新改建 {case} 50 家。",
        )
        for at, (case, reading) in enumerate(READINGS.items(), start=1)
    )
)
