"""Where kept rows are counted: pandas in this process, DuckDB, or a Spark cluster.

An engine opens Parquet files as a lazy narwhals frame; what is asked of the frame is the same on
all three (`counting`). DuckDB and Spark are installed by whoever needs them.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import narwhals as nw
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from minsheng.labels import lists as say
from minsheng.lists import amounts
from minsheng.model import Refused

PANDAS, DUCKDB, SPARK = "pandas", "duckdb", "spark"
_CLUSTERS = ("spark://", "sc://", "local", "yarn", "k8s://")

Frame = nw.LazyFrame[Any]


class Engine(Protocol):
    """`read` opens kept files, `hold` rows that are in memory."""

    def read(self, paths: Sequence[Path]) -> Frame: ...

    def hold(self, rows: pa.Table) -> Frame: ...


@contextmanager
def using(name: str = PANDAS) -> Iterator[Engine]:
    """The engine of that name: `pandas`, `duckdb`, `spark` (on this machine), or the address of a
    Spark cluster (`spark://host:7077`) or of Spark Connect (`sc://host`). What it opened is
    closed at the end, so figures are collected before.

    Raises:
        Refused: there is no such engine, or it is not installed.
    """
    if name == PANDAS:
        yield Pandas()
    elif name == DUCKDB:
        connection = _library("duckdb", DUCKDB).connect()
        try:
            yield DuckDB(connection)
        finally:
            connection.close()
    elif name == SPARK or name.startswith(_CLUSTERS):
        session, is_ours = _session("local[*]" if name == SPARK else name)
        try:
            yield Spark(session)
        finally:
            if is_ours:
                session.stop()
    else:
        raise Refused(say.NO_ENGINE.format(name=name))


class Pandas:
    def read(self, paths: Sequence[Path]) -> Frame:
        if not paths:
            return self.hold(amounts.SCHEMA.empty_table())
        return self.hold(pa.concat_tables(map(_table, paths)))

    def hold(self, rows: pa.Table) -> Frame:
        """Arrow's own types, which know a null and a list; NaN is neither."""
        return _lazy(rows.to_pandas(types_mapper=pd.ArrowDtype))


class DuckDB:
    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def read(self, paths: Sequence[Path]) -> Frame:
        if not paths:
            return self.hold(amounts.SCHEMA.empty_table())
        return _lazy(self._connection.read_parquet([str(path) for path in paths]))

    def hold(self, rows: pa.Table) -> Frame:
        return _lazy(self._connection.from_arrow(rows))


class Spark:
    def __init__(self, session: Any) -> None:
        self._session = session

    def read(self, paths: Sequence[Path]) -> Frame:
        """Every executor reads the files under the same path: the folder is shared."""
        if not paths:
            return self.hold(amounts.SCHEMA.empty_table())
        names: Iterable[str] = (path.absolute().as_uri() for path in paths)
        return _lazy(self._session.read.parquet(*names))

    def hold(self, rows: pa.Table) -> Frame:
        return _lazy(self._session.createDataFrame(rows))


@lru_cache(maxsize=512)
def _table(path: Path) -> pa.Table:
    """A kept file never changes: what is in it is in its name."""
    return pq.ParquetFile(path).read(use_threads=False)


def forget() -> None:
    """Gives back the memory of the rows that were read."""
    _table.cache_clear()


def _lazy(native: Any) -> Frame:
    frame: Frame = nw.from_native(native).lazy()
    return frame


def _session(address: str) -> tuple[Any, bool]:
    """A session there, and whether it was made here: one that runs already is somebody's."""
    sql = _library("pyspark.sql", SPARK)
    if (running := sql.SparkSession.getActiveSession()) is not None:
        return running, False
    builder = sql.SparkSession.builder.appName("minsheng")
    if address.startswith("sc://"):
        return builder.remote(address).getOrCreate(), True
    quiet = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
    for key, value in quiet.items():
        builder = builder.config(key, value)
    return builder.master(address).getOrCreate(), True


def _library(module: str, engine: str) -> Any:
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module.partition(".")[0]:
            raise
        raise Refused(say.ENGINE_NOT_INSTALLED.format(engine=engine)) from None
