"""What has to be quick whatever it is given: measured here, asserted in no test.

    python -m benchmarks.limits          a minute; exit 1 where a limit is passed

Processor time of this process: what others do meanwhile is not counted. The tests run the same
inputs and look at what comes out.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from benchmarks.table import markdown

ROOT = Path(__file__).resolve().parent.parent
SEED, ROWS = ROOT / "data" / "projects.yaml", ROOT / "tests" / "data"
# Growth of four times the input: 4 is linear, 16 is quadratic.
GROWS_BY_AT_MOST = 8.0

# Pieces that are the start of many things at once, and so the worst for an expression.
OF_A_SCAN = [
    "1", "一", "1,", "0-", "A", "约", " ", "1 ", "1、", "1.1", "万元", "1,1", "1,111,", "1 111 ",
    "1'", "一百", "1月", "第", "约1", "a1", "1a", "(1", "1至", "大", "1万", "3万5千", "一点", "1/",
    "1:", "1家", "1年", "①", "1多", "1个", "数十", "十日", "百分之", "1-1月", "\n1.", "1\t",
]  # fmt: skip
OF_A_PROPOSAL = [
    "已完成 5 个", "3个、", "（3 个）", "A、", "已完工", "5 个，均已完工，", "7月", "其中",
    "100%，", "完成 65%", "剩余 4 座推进中。", "、", "（", "a",
]  # fmt: skip
BOMBS = {
    "aliases of aliases": "a: &a [1]\n" + "b: &b [*a,*a]\n" * 50,
    "open brackets": "[" * 200_000,
    "open braces": "{a: " * 100_000,
    "dashes": "- " * 60_000,
    "deeper and deeper": "".join(" " * n + "a:\n" for n in range(3000)),
    "an alias of itself": "a: &a [*a]",
}


def repeated(piece: str, length: int) -> str:
    return (piece * length)[:length]


def hard_to_compare(length: int = 20_000) -> dict[str, tuple[str, str]]:
    """Pairs of texts of so many characters that a comparison has trouble with."""
    chance = random.Random(7)
    letters = "已完成施工设计招标验收投用，。、其余正在推进"
    natural = "".join(chance.choice(letters) for _ in range(length))

    def of_two() -> str:
        return "".join(chance.choice("是的") for _ in range(length))

    def with_clauses() -> str:
        clauses = ("".join(chance.choice("是的") for _ in range(97)) for _ in range(length // 100))
        return "，同，".join(clauses)

    def numbers() -> str:
        return " ".join(str(chance.randrange(10**6)) for _ in range(length * 29 // 200))

    return {
        "one character changed": (natural, f"{natural[:9000]}改{natural[9001:]}"),
        "nothing alike": ("一" * length, "二" * length),
        "all alike but shifted": ("甲乙，" * (length // 3), "乙，甲" * (length // 3)),
        "every tenth changed": (
            natural,
            "".join(c if i % 10 else "改" for i, c in enumerate(natural)),
        ),
        "two letters at random": (of_two(), of_two()),
        "clauses that stay between clauses that do not": (with_clauses(), with_clauses()),
        "numbers": (numbers(), numbers()),
    }


def spent(call: Callable[[], Any], times: int = 3) -> float:
    """The least of a few runs, in seconds of the processor."""

    def once() -> float:
        start = time.process_time()
        call()
        return time.process_time() - start

    return min(once() for _ in range(times))


def rows() -> Iterator[tuple[str, float, float]]:
    """What, how much of its unit (seconds, or times for `× 4`), and the most it may be."""
    from minsheng import access, export
    from minsheng.dataset import schema
    from minsheng.grammar import propose, scan
    from minsheng.measuring import snapshot
    from minsheng.measuring.comparison import compare
    from minsheng.model import DatasetError

    content = "建成停车位 5000 个（其中公共停车位 1000 个）。"

    def grows(call: Callable[[str], Any], piece: str, length: int) -> float:
        short = spent(lambda: call(repeated(piece, length)))
        # A few milliseconds are noise, not growth.
        return spent(lambda: call(repeated(piece, 4 * length))) / (short + 0.005)

    yield (
        "scan: worst growth of 10,000 characters × 4",
        max(grows(scan, piece, 10_000) for piece in OF_A_SCAN),
        GROWS_BY_AT_MOST,
    )
    yield (
        "scan: worst 40,000 characters, s",
        max(spent(lambda p=piece: scan(repeated(p, 40_000))) for piece in OF_A_SCAN),
        0.4,
    )
    yield (
        "propose: worst growth of 4,000 characters of progress × 4",
        max(grows(lambda text: propose(content, text), piece, 4_000) for piece in OF_A_PROPOSAL),
        GROWS_BY_AT_MOST,
    )
    yield (
        "propose: worst growth of 4,000 characters of a promise × 4",
        max(
            grows(lambda text: propose(text, "已完成 5 个"), piece, 4_000)
            for piece in OF_A_PROPOSAL
        ),
        GROWS_BY_AT_MOST,
    )
    projects = schema.loads(SEED.read_bytes()).dataset.projects
    texts = [report.text for project in projects for report in project.reports.values()]
    for path in sorted(ROWS.glob("rows_*.yaml")):
        texts += [row["progress"] for row in yaml.safe_load(path.read_text("utf-8"))]
    cell = ("".join(texts).replace("其中", "") * 20)[:20_000]
    once = spent(lambda: scan(cell), 5)
    yield "scan: 20,000 characters of reports, s", once, 0.05
    yield (
        "propose: the same, s (eight scans and 20 ms)",
        spent(lambda: propose(texts[0], cell)),
        8 * once + 0.02,
    )

    def refused(bomb: str) -> None:
        try:
            schema.loads(bomb.encode())
        except DatasetError:
            return
        raise AssertionError("a bomb was read")

    for name, bomb in BOMBS.items():
        yield f"reading a bomb, {name}, s", spent(lambda b=bomb: refused(b)), 0.5
    for name, pair in hard_to_compare().items():
        yield f"comparing 20,000 characters, {name}, s", spent(lambda p=pair: compare(*p)), 1
    with tempfile.TemporaryDirectory() as folder:
        secrets = Path(folder) / "secrets.toml"
        secrets.write_text('[editors]\nallowed = ["a@b.cn"]\n', "utf-8")
        yield "access: reading secrets.toml, s", spent(lambda: access.read([secrets])), 0.05

    def many(times: int) -> Any:
        from benchmarks.read import dataset

        return snapshot.at(schema.loads(dataset(times)).dataset)

    few, more = many(400), many(1_600)
    word = export.FORMATS["docx"]
    yield (
        "docx: growth of 400 projects × 4",
        spent(lambda: word.build(more), 1) / spent(lambda: word.build(few), 1),
        GROWS_BY_AT_MOST,
    )


def main() -> int:
    found = [(what, much, most) for what, much, most in rows()]
    print("\n### Limits\n")
    print(
        markdown(
            [
                {
                    "what": what,
                    "measured": f"{much:.3f}",
                    "at most": f"{most:.3g}",
                    "": "" if much <= most else "**passed**",
                }
                for what, much, most in found
            ]
        )
    )
    return int(any(much > most for _, much, most in found))


if __name__ == "__main__":
    sys.exit(main())
