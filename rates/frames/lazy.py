"""Frames whose rows an engine reads when it needs them: polars lazily, DuckDB, Spark.

The cells of a grid become a table, one row for each currency of the frame and each date of the
calendar with what lies outside it, and the engine looks every row up in it. Every row finds exactly
one cell, so nothing is dropped or doubled; each engine has the way of looking up that keeps the
order of its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np

from ..errors import UsageError
from ..fixings import Fixings
from ..policies import Policy
from .daily import EPOCH, NEVER
from .grid import NO_AMOUNT, NOT_FINITE, TOO_LARGE, build, span_days
from .wanted import Wanted

_KEYS = ("_pledgecalc_currency", "_pledgecalc_date")
_FOUND = ("_pledgecalc_rate", "_pledgecalc_day", "_pledgecalc_note")
_NOT_A_DATE = " is not a date; write 2024-11-04, 2024-11 or 2024"
_BAD, _MISSING = "bad", "missing"  # keys of text that is no date, of no text
_TIME = (
    r"^(\d{4}-\d\d-\d\d)[T ]([01]\d|2[0-3])(:[0-5]\d(:[0-5]\d([.,]\d+)?)?)?"
    r"(Z|[+-]\d\d(:?\d\d)?)?$"
)
_DATE = (
    r"^\d{4}(-(0[1-9]|1[0-2])|-(0[13578]|1[02])-(0[1-9]|[12]\d|3[01])"
    r"|-(0[469]|11)-(0[1-9]|[12]\d|30)|-02-(0[1-9]|[12]\d))?$"
)

LookUp = Callable[[Any, Any], Any]  # frame with the key columns, cells → the frame with cells


def convert_polars_lazy(frame: Any, asked: Wanted, policy: Policy, table: Fixings) -> Any:
    """A LazyFrame; the rows are joined, the left order is kept."""

    def look_up(left: Any, cells: Any) -> Any:
        import polars

        right = polars.from_arrow(cells).lazy()  # type: ignore[union-attr]
        return left.join(right, on=_KEYS, how="left", maintain_order="left")

    return _convert(frame, asked, policy, table, look_up)


def convert_duckdb(frame: Any, asked: Wanted, policy: Policy, table: Fixings) -> Any:
    """A relation; the cells are one list beside every row, and each row takes its element.

    A hash join of DuckDB gives the rows back in the order in which its threads finish; a cross
    product with a single row does not. The query runs in the relation's own connection.
    """

    def look_up(left: Any, cells: Any) -> Any:
        names = cells.column(_KEYS[0]).unique().to_pylist()
        days = cells.column(_KEYS[1]).unique()
        as_list = _in_one_row(cells)  # noqa: F841 (the query names it)
        if str(days.type) == "string":
            place = f"enum_code(cast({_KEYS[1]} as {_enum(days.to_pylist())}))::bigint"
        else:
            place = f"({_KEYS[1]} - date '{min(days.to_pylist())}')::bigint"
        code = f"enum_code(cast({_KEYS[0]} as {_enum(names)}))::bigint"
        unpacked = ", ".join(f"_pledgecalc_cell.{name} as {name}" for name in _FOUND)
        return left.query(
            "_pledgecalc_frame",
            f"select * exclude (_pledgecalc_cell), {unpacked} from (select f.*, "
            f"c.cells[1 + {place} + {len(days)} * {code}] as _pledgecalc_cell "
            "from _pledgecalc_frame f, as_list c)",
        )

    return _convert(frame, asked, policy, table, look_up)


def _in_one_row(cells: Any) -> Any:
    """The cells as one list of structs, by currency and then by date as they come."""
    import pyarrow as pa

    whole = cells.select(list(_FOUND)).combine_chunks()
    struct = pa.StructArray.from_arrays(
        [whole.column(name).combine_chunks() for name in _FOUND], names=list(_FOUND)
    )
    return pa.table({"cells": pa.LargeListArray.from_arrays([0, len(struct)], struct)})


def _enum(values: Sequence[str]) -> str:
    """The SQL type of these texts: its codes are their places."""
    quoted = ["'" + value.replace("'", "''") + "'" for value in values]
    return f"enum({', '.join(quoted)})"


def convert_spark(frame: Any, asked: Wanted, policy: Policy, table: Fixings) -> Any:
    """A Spark frame; the cells are sent to every worker, so the rows stay where they are."""

    def look_up(left: Any, cells: Any) -> Any:
        from pyspark.sql import functions

        right = left.sparkSession.createDataFrame(cells)
        return left.join(functions.broadcast(right), on=list(_KEYS), how="left")

    return _convert(frame, asked, policy, table, look_up)


def _convert(native: Any, asked: Wanted, policy: Policy, table: Fixings, look_up: LookUp) -> Any:
    import narwhals as nw

    frame = nw.from_native(native)
    schema = frame.collect_schema()
    names = list(schema.names())
    amount = _amount(asked.amount, schema[asked.amount])
    labels, currency = _currency(frame, asked)
    first, days = span_days(policy, table)
    extra: list[str] = []
    if not policy.dated:
        when = nw.lit(_day(first))
    elif asked.date is None:
        raise UsageError(
            f"the policy {policy} needs dates; name their column with date=, "
            "or use a policy without dates such as closing"
        )
    elif schema[asked.date] in (nw.String, nw.Categorical, nw.Enum):
        extra = _periods(first, days)
        when = _text_key(asked.date, first, days)
    elif isinstance(schema[asked.date], nw.Date | nw.Datetime):
        when = _date_key(asked.date, schema[asked.date], first, days)
    else:
        raise UsageError(
            f"the column {asked.date!r} holds {schema[asked.date]}, not dates; turn it into dates "
            "or into text such as 2024-11-04, 2024-11 or 2024"
        )
    cells = _cells(labels, asked.quote, policy, table, extra)
    keyed = frame.with_columns(currency.alias(_KEYS[0]), when.alias(_KEYS[1]))
    found = nw.from_native(look_up(keyed.to_native(), cells))
    rate, note = nw.col(_FOUND[0]), nw.col(_FOUND[2])
    result = amount * rate
    ours: list[Any] = [nw.when(result.is_finite()).then(result).alias(asked.result)]
    if asked.provenance:
        if extra and asked.date is not None:
            bad = nw.concat_str(
                nw.lit("'"), nw.col(asked.date).cast(nw.String), nw.lit("'" + _NOT_A_DATE)
            )
            note = nw.when(note == _NOT_A_DATE).then(bad).otherwise(note)
        for text, fault in (
            (TOO_LARGE, ~result.is_finite()),
            (NOT_FINITE, ~amount.is_finite()),
            (NO_AMOUNT, amount.is_null() | amount.is_nan()),
        ):
            note = nw.when(~rate.is_null() & fault).then(nw.lit(text)).otherwise(note)
        ours += [
            rate.alias("rate"),
            nw.col(_FOUND[1]).alias("rate_date"),
            note.alias("rate_note"),
        ]
    return found.select(*map(nw.col, names), *ours).to_native()


def _amount(name: str, held: Any) -> Any:
    import narwhals as nw

    if not held.is_numeric():
        raise UsageError(
            f"the column {name!r} holds {held}, not numbers; turn it into numbers first"
        )
    return nw.col(name).cast(nw.Float64)


def _currency(frame: Any, asked: Wanted) -> tuple[list[str | None], Any]:
    """The distinct currencies (None for a missing one, always) and the key of a row's own."""
    import narwhals as nw

    if asked.currency is None:
        return [asked.code], nw.lit(asked.code)
    text = nw.col(asked.currency).cast(nw.String)
    rows = frame.select(text.alias("label")).unique().collect("pyarrow")
    labels = sorted({label for label in rows.get_column("label").to_list() if label is not None})
    missing = _MISSING
    while missing in labels:
        missing += "?"
    return [*labels, None], text.fill_null(missing)


def _day(since: int) -> date:
    return date.fromordinal(since + EPOCH)


def _date_key(name: str, held: Any, first: int, days: int) -> Any:
    import narwhals as nw

    day = nw.col(name) if held == nw.Date else nw.col(name).dt.date()
    low, high = _day(first - 1), _day(first + days)
    day = nw.when(day < low).then(nw.lit(low)).otherwise(day)
    day = nw.when(day > high).then(nw.lit(high)).otherwise(day)
    return day.fill_null(_day(first - 2))


def _text_key(name: str, first: int, days: int) -> Any:
    """ISO text as the calendar has it, one of the days around it, or a word."""
    import narwhals as nw

    text = nw.col(name).cast(nw.String).str.strip_chars()
    text = nw.when(text.str.contains(_TIME)).then(text.str.slice(0, 10)).otherwise(text)
    low, high = _day(first - 1).isoformat(), _day(first + days).isoformat()
    years = range(_day(first).year, _day(first + days - 1).year + 1)
    leaps = [f"{year}-02-29" for year in years if year % 4]
    good = text.str.contains(_DATE) & ~text.is_in(leaps)
    inside = nw.when(text < str(years[0])).then(nw.lit(low)).otherwise(text)
    inside = nw.when(text >= high).then(nw.lit(high)).otherwise(inside)
    key = nw.when(good).then(inside).otherwise(nw.lit(_BAD))
    return nw.when(text.is_null()).then(nw.lit(_MISSING)).otherwise(key)


def _periods(first: int, days: int) -> list[str]:
    """The months and the years of the calendar, as text."""
    years = range(_day(first).year, _day(first + days - 1).year + 1)
    months = [f"{year}-{month:02}" for year in years for month in range(1, 13)]
    return months + [str(year) for year in years]


def _cells(
    labels: Sequence[str | None], quote: str, policy: Policy, table: Fixings, periods: list[str]
) -> Any:
    """The grid as an Arrow table: currency, date, rate, day of publication, note."""
    import pyarrow as pa

    known = [label for label in labels if label is not None]
    # Text that is no date gets a row by being one: its note is completed by the engine.
    grid = build(known, quote, policy, table, [*periods, *([_BAD] if periods else [])])
    first, days = span_days(policy, table)
    # One day before the calendar stands for all before it, one after for all after, and the day
    # before those for no date: without gaps, so that an engine may count to its place.
    rows = [days + 4, days + 2, *range(1, days + 1), days + 3, *range(days + 5, len(grid.values))]
    since = range(first - 2, first + days + 1)
    if periods:
        keys: Any = [_MISSING, *(_day(day).isoformat() for day in since[1:]), *periods, _BAD]
    else:
        keys = pa.array(np.array(since, np.int32)).cast(pa.date32())
    if not policy.dated:
        rows, keys = [1], pa.array(np.array([first], np.int32)).cast(pa.date32())
    missing = _MISSING
    while missing in known:
        missing += "?"
    names = [missing if label is None else label for label in labels]
    columns = [known.index(label) if label is not None else grid.width - 1 for label in labels]
    at = np.ix_(rows, columns)
    texts = [*grid.texts, None]
    notes = [texts[place] for place in grid.notes[at].ravel(order="F").tolist()]
    if periods:
        wrong = f"'{_BAD}'{_NOT_A_DATE}"
        notes = [_NOT_A_DATE if note == wrong else note for note in notes]
    seen = grid.observed[at].ravel(order="F")
    text_keys = keys if isinstance(keys, list) else keys.to_pylist()
    key_type = pa.string() if isinstance(keys, list) else pa.date32()
    return pa.table(
        {
            _KEYS[0]: pa.array(np.repeat(np.array(names, object), len(rows)), pa.string()),
            _KEYS[1]: pa.array(text_keys * len(labels), key_type),
            _FOUND[0]: pa.array(grid.values[at].ravel(order="F"), from_pandas=True),
            _FOUND[1]: pa.array(seen, mask=seen == NEVER).cast(pa.date32()),
            _FOUND[2]: pa.array(notes, pa.string()),
        }
    )
