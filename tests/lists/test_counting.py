from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import ExitStack

import pyarrow as pa
import pytest

import million
from build import dataset, project
from minsheng.lists import amounts, counting, engines
from minsheng.lists.amounts import Identity
from minsheng.lists.counting import Group
from minsheng.measuring import leaderboard
from minsheng.model import Light, Refused, Silence, Tally, Thresholds
from minsheng.printed import percent, rank_range
from seed import DATASET, SHOT

DAY = dt.date(2023, 12, 31)
LUCHENG = Identity("330302", "县", "330300")


@pytest.fixture(params=["pandas", "duckdb"])
def engine(request) -> Iterator[engines.Engine]:
    with engines.using(request.param) as found:
        yield found


def held(engine: engines.Engine, *tables: pa.Table, level: str = "县", day: dt.date = DAY):
    return counting.At(engine.hold(pa.concat_tables(tables)), level, day).projects


def of(code: str, *projects: dict, place: str = "", level: str = "县", **more) -> pa.Table:
    made = dataset(*projects, place=place or f"{code}县", **more)
    return amounts.of(made, Identity(code, level, "330300"))


def food(done: int | None, id: str = "5.1", **more) -> dict:
    return project(id, readings={} if done is None else {"老年食堂": {"done": done}}, **more)


def printed(group: Group) -> tuple:
    """Everything that is shown of a group, as it is shown."""
    row = group.standing
    return (
        *group.key.values(), row.projects, row.known, percent(row.completion), percent(row.claimed),
        *row.lights.values(), percent(row.on_schedule), percent(row.worst), percent(row.split),
        row.rank, rank_range(row.best_rank, row.worst_rank), row.few, percent(group.before), group.change,
        group.findings, group.findings_high, *group.said.values(), group.unchanged,
    )  # fmt: skip


def test_the_seed_alone_is_what_show_says(engine):
    rows = held(engine, amounts.of(DATASET, LUCHENG))
    (whole,) = counting.tally(rows, ())
    assert whole.standing.lights == SHOT.lights
    assert (percent(whole.standing.completion), percent(whole.standing.claimed)) == (
        "56.0%",
        "63.5%",
    )
    assert whole.standing.completion == pytest.approx(SHOT.completion, abs=1e-15)
    assert (whole.findings, whole.standing.behind) == (len(SHOT.findings), 11)
    board = {group.standing.name: group.standing for group in counting.board(rows)}
    assert {
        name: (percent(row.completion), percent(row.claimed)) for name, row in board.items()
    } == {
        name: (percent(row.completion), percent(row.claimed))
        for name, row in SHOT.departments.items()
    }
    for name, row in SHOT.departments.items():
        mine = board[name]
        assert (mine.projects, mine.lights, mine.rank, mine.best_rank, mine.worst_rank, mine.few) == (
            row.projects, row.lights, row.rank, row.best_rank, row.worst_rank, row.few
        )  # fmt: skip
        assert mine.split == pytest.approx(row.split, abs=1e-15)
    by_category = {
        group.standing.name: group.standing for group in counting.tally(rows, counting.CATEGORY)
    }
    for row in SHOT.categories.values():
        mine = by_category[row.name]
        assert (mine.projects, mine.lights, percent(mine.completion)) == (
            row.projects,
            row.lights,
            percent(row.completion),
        )


def test_the_board_is_in_the_order_of_the_seeds_own():
    with engines.using() as engine:
        board = counting.board(held(engine, amounts.of(DATASET, LUCHENG)))
    ranks = [group.standing.rank for group in board]
    assert ranks == [row.rank for row in SHOT.departments.values()] == sorted(ranks)


def test_each_list_stands_at_its_last_period_up_to_the_day(engine):
    two = of("330302", food(10, later={"text": "。", "readings": {"老年食堂": {"done": 25}}}))
    one = of("330303", food(5))
    every = engine.hold(pa.concat_tables([two, one]))
    at = counting.At(every, "县", dt.date(2023, 9, 29))
    assert {code: row["period"] for code, row in at.lists.items()} == dict.fromkeys(
        ("330302", "330303"), "2023H1"
    )
    at = counting.At(every, "县", dt.date(2023, 9, 30))
    assert [row["period"] for row in at.lists.values()] == ["2023Q3", "2023H1"]
    rows = at.projects
    groups = {group.key["code"]: group for group in counting.tally(rows, counting.PLACE)}
    assert (groups["330302"].before, groups["330302"].change) == (0.2, 300)
    assert (groups["330303"].before, groups["330303"].change) == (None, None)


def test_a_sum_adds_lists_of_one_level_only(engine):
    tables = of("330302", food(50)), of("330300", food(0), level="市")
    for level, shown in (("县", "100.0%"), ("市", "0.0%")):
        (whole,) = counting.tally(held(engine, *tables, level=level), ())
        assert (whole.standing.projects, percent(whole.standing.completion)) == (1, shown)
    assert counting.levels(engine.hold(pa.concat_tables(tables))) == ["县", "市"]


def test_of_two_years_the_one_that_has_begun_counts_even_before_its_first_period(engine):
    last_year = of("330302", food(50), plan={"start": "2022-01-01", "end": "2022-12-31"},
                   periods=[{"id": "2023H1", "label": "全年", "as_of": "2022-12-31"}])  # fmt: skip
    this_year = of("330302", food(10))
    assert counting.tally(held(engine, last_year, this_year, day=dt.date(2023, 2, 1)), ()) == []
    (then,) = counting.tally(held(engine, last_year, this_year, day=dt.date(2022, 12, 31)), ())
    assert percent(then.standing.completion) == "100.0%"


def test_unknown_is_left_out_of_the_mean_and_counted_beside_it(engine):
    rows = held(
        engine, of("330302", food(25), food(None, "5.2"), {**food(None, "5.3"), "reports": {}})
    )
    (whole,) = counting.tally(rows, ())
    assert (whole.standing.known, whole.standing.projects, percent(whole.standing.completion)) == (
        1,
        3,
        "50.0%",
    )
    assert whole.said == {Silence.NO_REPORT: 1, Silence.NOT_READ: 1}
    (none,) = counting.tally(held(engine, of("330302", food(None))), ())
    assert (none.standing.completion, none.standing.worst, none.standing.rank) == (None, None, None)


def test_departments_of_one_name_in_two_places_are_two(engine):
    board = counting.board(held(engine, of("330302", food(50)), of("330303", food(0))))
    assert [(group.key["code"], group.standing.name, group.standing.rank) for group in board] == [
        ("330302", "区民政局", 1), ("330303", "区民政局", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "common",
    [
        Thresholds(ahead=0, behind=0, far_behind=1),
        Thresholds(ahead=100, behind=49.6, far_behind=100),
    ],
)
def test_lights_under_a_common_rule_are_those_of_a_list_that_has_that_rule(engine, common):
    (mine,) = counting.tally(
        counting.judged(held(engine, amounts.of(DATASET, LUCHENG)), common), ()
    )
    own = amounts.of(DATASET.model_copy(update={"thresholds": common}), LUCHENG)
    (theirs,) = counting.tally(held(engine, own), ())
    assert mine.standing.lights == theirs.standing.lights != SHOT.lights


def test_without_a_common_rule_each_list_keeps_its_own(engine):
    strict = Thresholds(ahead=0, behind=0, far_behind=0)
    tables = of("330302", food(24)), of("330303", food(24), thresholds=strict.model_dump())
    groups = counting.tally(counting.judged(held(engine, *tables), None), counting.PLACE)
    assert [group.standing.lights[Light.FAR_BEHIND] for group in groups] == [0, 1]


def test_places_are_ranked_and_a_tie_as_printed_is_a_tie(engine):
    tables = [
        of(code, food(done))
        for code, done in (("330302", 10), ("330303", 40), ("330304", 10), ("330305", None))
    ]
    groups = counting.tally(held(engine, *tables), counting.PLACE)
    assert [(group.key["code"], group.standing.rank) for group in groups] == [
        ("330303", 1), ("330302", 2), ("330304", 2), ("330305", None),
    ]  # fmt: skip
    assert leaderboard.worst_first({g.key["code"]: g.standing for g in groups})[-1] == "330305"
    assert isinstance(groups[0].standing, Tally)


def test_no_rows_are_no_groups(engine):
    assert counting.tally(counting.At(engine.read([]), "县", DAY).projects, ()) == []
    assert counting.At(engine.read([]), "县", DAY).lists == {}


def test_an_engine_that_is_none_is_refused_with_what_there_is():
    with pytest.raises(Refused, match="没有叫“polars”的计算引擎"), engines.using("polars"):
        pass


def everything(rows) -> list[tuple]:
    judged = counting.judged(rows, Thresholds(ahead=5, behind=5, far_behind=20))
    return [
        printed(group)
        for groups in (
            counting.tally(rows, ()), counting.tally(rows, counting.PLACE), counting.tally(rows, ("code", "category")),
            counting.board(rows), counting.tally(judged, counting.PLACE), counting.board(judged),
        )
        for group in groups
    ]  # fmt: skip


def test_two_engines_print_the_same_of_many_rows(tmp_path):
    path = million.write(tmp_path / "rows.parquet", million.rows(places=40, projects=30))
    said = []
    for name in ("pandas", "duckdb"):
        with engines.using(name) as engine:
            said.append(
                everything(counting.At(engine.read([path]), "县", dt.date(2023, 6, 30)).projects)
            )
    assert said[0] == said[1]
    assert len(said[0]) > 1000


@pytest.mark.slow
def test_a_million_rows_print_the_same_on_pandas_duckdb_and_two_spark_executors(tmp_path):
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("Spark wants Java")
    table = million.rows(places=1000, projects=84)
    assert table.num_rows > 1_000_000
    paths = [
        million.write(tmp_path / f"rows-{part}.parquet", table.slice(part * 126_000, 126_000))
        for part in range(8)
    ]
    said = {}
    for name in ("pandas", "duckdb", "local-cluster[2,1,1024]"):
        with ExitStack() as stack:
            engine = stack.enter_context(engines.using(name))
            rows = engine.read(paths)
            said[name] = [
                line
                for day in (dt.date(2023, 3, 15), dt.date(2023, 12, 31))
                for line in everything(counting.At(rows, "县", day).projects)
            ]
    first, *others = said.values()
    assert len(first) > 80_000
    assert all(each == first for each in others)
