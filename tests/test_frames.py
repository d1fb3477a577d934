"""One conversion on every kind of frame: the same values, nulls and reasons, row for row."""

import importlib.util
import math
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest

from rates import conversion
from rates.errors import NoRateError, UsageError
from rates.frames import convert_frame, local_spark

pa = pytest.importorskip("pyarrow")
ENGINES = ("pandas", "polars", "polars lazy", "pyarrow", "duckdb", "spark")


class Engine(NamedTuple):
    """``make`` takes columns as an Arrow table; ``read`` gives rows of plain values as columns."""

    name: str
    make: Callable[[Any], Any]
    read: Callable[[Any], dict[str, list[Any]]]


def needs(module: str) -> None:
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"{module} is not installed")


def open_engine(name: str) -> Iterator[Engine]:
    """One engine; skips the test, with the reason, where it is not installed."""
    needs("pyarrow")
    needs(name.split()[0] if name != "spark" else "pyspark")
    if name == "spark":
        yield from _spark()
        return
    makers: dict[str, Engine] = {
        "pandas": Engine(name, lambda table: table.to_pandas(), _from_pandas),
        "polars": Engine(name, _polars, lambda frame: _from_arrow(frame.to_arrow())),
        "polars lazy": Engine(
            name,
            lambda table: _polars(table).lazy(),
            lambda frame: _from_arrow(frame.collect().to_arrow()),
        ),
        "pyarrow": Engine(name, lambda table: table, _from_arrow),
        "duckdb": Engine(name, _duckdb, lambda frame: _from_arrow(frame.to_arrow_table())),
    }
    yield makers[name]


def _polars(table: Any) -> Any:
    import polars

    return polars.from_arrow(table)


def _duckdb(table: Any) -> Any:
    import duckdb

    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'")
    _connections.append(connection)  # DuckDB before 1.5 closes one that nobody holds
    return connection.from_arrow(table)


_connections: list[Any] = []


def _spark() -> Iterator[Engine]:
    if shutil.which("java") is None:
        pytest.skip("Java is not installed")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)  # workers are killed, and tell none
        session = local_spark(
            2, **{"spark.sql.session.timeZone": "UTC", "spark.sql.shuffle.partitions": "2"}
        )
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield Engine("spark", session.createDataFrame, lambda frame: _from_arrow(frame.toArrow()))
    finally:
        session.stop()


def _from_pandas(frame: Any) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {}
    for name in frame.columns:
        values = [None if pd.isna(one) else one for one in frame[name].astype(object)]
        columns[name] = list(map(_plain, values))
    return columns


def _from_arrow(table: Any) -> dict[str, list[Any]]:
    return {name: list(map(_plain, table.column(name).to_pylist())) for name in table.column_names}


def _plain(value: Any) -> Any:
    """Days as dates: engines differ in whether a day has hours."""
    if isinstance(value, datetime) and value.time() == datetime.min.time() and not value.tzinfo:
        return value.date()
    return value


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.fixture(params=ENGINES, scope="module")
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    yield from open_engine(request.param)


def converted(engine: Engine, columns: dict[str, Any], **options: Any) -> dict[str, list[Any]]:
    """The frame of ``columns`` converted (amount, currency and date unless said), read back."""
    options = {"amount": "amount", "currency": "currency", "date": "date", "to": "EUR"} | options
    return engine.read(convert_frame(engine.make(pa.table(columns)), **options))


def test_every_row_stays_and_says_which_rate_it_has_or_why_none(engine: Engine) -> None:
    rows = [
        # amount, currency, date, result, rate_date, note
        (109.04, "USD", "2024-11-04", 100.0, "2024-11-04", None),
        (108.85, "usd ", "2024-11-03", 100.0, "2024-11-01", None),
        (5.0, "EUR", "2024-11-04", 5.0, None, None),
        (5.0, "EUR", None, 5.0, None, None),
        (1.95583, "DEM", "2024-11-04", 1.0, "1999-01-01", "DEM irrevocable since 1999-01-01"),
        (None, "USD", "2024-11-04", None, "2024-11-04", "the amount is missing"),
        (1.0, None, "2024-11-04", None, None, "the currency is missing"),
        (1.0, "USD", None, None, None, "the date is missing"),
        (1.0, "EUT", "2024-11-04", None, None, "EUT is not a currency; did you mean EUR?"),
        (
            1.0,
            "PLN",
            "1994-06-28",
            None,
            None,
            "no NBP rate of PLN for this day: the first is of 1995-01-01, the last of 2026-10-26",
        ),
        (math.inf, "USD", "2024-11-04", None, "2024-11-04", "the amount is infinite"),
        (109.04, "USD", "2024-11-04", 100.0, "2024-11-04", None),
    ]
    amounts, currencies, dates, results, rate_dates, notes = map(list, zip(*rows, strict=True))
    found = converted(
        engine,
        {
            "row": list(range(len(rows))),
            "amount": amounts,
            "currency": currencies,
            "date": pa.array([one and day(one) for one in dates], pa.date32()),
        },
    )
    assert list(found) == [
        *("row", "amount", "currency", "date"),
        *("amount_eur", "rate", "rate_date", "rate_note"),
    ]
    assert found["row"] == list(range(len(rows)))
    assert found["amount_eur"] == [one and pytest.approx(one, rel=1e-12) for one in results]
    assert found["rate_date"] == [one and day(one) for one in rate_dates]
    # what follows a semicolon is advice
    assert [note and note.split(";")[0] for note in found["rate_note"]] == [
        note and note.split(";")[0] for note in notes
    ]
    assert found["rate"][0] == pytest.approx(1 / 1.0904, rel=1e-12)


def test_rows_outside_the_history_say_what_there_is(engine: Engine) -> None:
    found = converted(
        engine,
        {
            "amount": [1.0] * 4,
            "currency": ["USD", "USD", "PLN", "LTL"],
            "date": [day("1950-01-01"), day("2350-01-01"), day("1994-06-01"), day("2350-01-01")],
        },
    )
    assert [one is None for one in found["amount_eur"]] == [True, True, True, False]
    assert [str(note).split(";")[0] for note in found["rate_note"]] == [
        "no ECB rate of USD for this day: the first is of 1999-01-04, the last of 2026-10-30",
        "no ECB rate of USD for this day: the newest here is of 2026-10-30, "
        "the first of 1999-01-04",
        "no NBP rate of PLN for this day: the first is of 1995-01-01, the last of 2026-10-26",
        "LTL irrevocable since 2015-01-01",
    ]


def test_text_dates_may_be_known_to_the_month_or_year(engine: Engine) -> None:
    texts = [
        *("2024-11-04", " 2024-11-04T10:30:00Z", "2024-11", "2023", "2024-02-30", "2023-02-29"),
        *("soon", None, "1950", "2350-01", "2024-13", ""),
    ]
    found = converted(
        engine, {"amount": [1.0] * 12, "currency": ["USD"] * 12, "date": pa.array(texts)}
    )
    month = conversion.convert(1, "USD", "EUR", "2024-11")
    year = conversion.convert(1, "USD", "EUR", "2023")
    assert found["amount_eur"][:4] == [
        pytest.approx(1 / 1.0904, rel=1e-12),
        pytest.approx(1 / 1.0904, rel=1e-12),
        pytest.approx(float(month.amount), rel=1e-12),
        pytest.approx(float(year.amount), rel=1e-12),
    ]
    assert found["amount_eur"][4:] == [None] * 8
    bad = "{!r} is not a date; write 2024-11-04, 2024-11 or 2024"
    assert found["rate_note"] == [
        None,
        None,
        "the date is known only to the month: month-avg of 2024-11 in place of spot",
        "the date is known only to the year: year-avg of 2023 in place of spot",
        bad.format("2024-02-30"),
        bad.format("2023-02-29"),
        bad.format("soon"),
        "the date is missing",
        "no ECB rate of USD for this day: the first is of 1999-01-04, the last of 2026-10-30",
        "no ECB rate of USD for this day: the newest here is of 2026-10-30, "
        "the first of 1999-01-04",
        bad.format("2024-13"),
        bad.format(""),
    ]


def test_a_time_counts_as_the_day_of_its_own_clock(engine: Engine) -> None:
    # A quarter to midnight in Kyiv on Monday is still Sunday in UTC: 2024-11-03 has Friday's rate.
    moment = datetime(2024, 11, 4, 0, 15, tzinfo=timezone(timedelta(hours=2)))
    kyiv = pa.array([moment], pa.timestamp("us", "Europe/Kyiv"))
    found = converted(engine, {"amount": [1.0], "currency": ["USD"], "date": kyiv})
    # DuckDB and Spark hold a moment without its zone; their clock here is UTC.
    own = engine.name not in ("duckdb", "spark")
    assert found["rate_date"] == [day("2024-11-04" if own else "2024-11-01")]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_times_of_every_resolution(engine: Engine, unit: str) -> None:
    times = pa.array([datetime(2024, 11, 4, 23, 59), None, datetime(1965, 5, 5)])
    if engine.name == "spark" and unit == "ns":
        pytest.skip("Spark has microseconds")
    columns = {"amount": [1.0] * 3, "currency": ["USD"] * 3}
    found = converted(engine, columns | {"date": times.cast(pa.timestamp(unit))})
    assert found["rate_date"] == [day("2024-11-04"), None, None]


def test_dictionaries_decimals_and_whole_numbers(engine: Engine) -> None:
    codes = pa.array(["USD", "EUR"])
    if engine.name != "spark":  # Spark has no dictionary columns
        codes = codes.dictionary_encode()
    found = converted(
        engine,
        {
            "amount": pa.array([Decimal("109.04"), None], pa.decimal128(12, 2)),
            "whole": pa.array([10904, 20000]),
            "currency": codes,
            "date": [day("2024-11-04")] * 2,
        },
    )
    assert found["amount_eur"] == [pytest.approx(100.0, rel=1e-12), None]
    whole = {"whole": pa.array([10904, 20000]), "date": [day("2024-11-04")] * 2}
    found = converted(engine, whole, amount="whole", currency="USD", to="EUR", provenance=False)
    assert list(found) == ["whole", "date", "amount_eur"]
    assert found["amount_eur"][0] == pytest.approx(10000.0, rel=1e-12)


POLICIES = (
    *("spot", "month-avg", "year-avg", "month-end", "inforeuro", "closing"),
    *("fixed:2024-09-20", "fixed:2023-05", "window-avg:2022-01-10..2022-02-08"),
    "fixed:USD=1.0868,SEK=11.37,ISK=150,GBP=0.85,HRK=7.5,TRY=30,RUB=90",
)


@pytest.mark.parametrize("policy", POLICIES)
def test_every_policy_gives_what_a_single_conversion_gives(engine: Engine, policy: str) -> None:
    codes = ["USD", "SEK", "ISK", "GBP", "HRK", "TRY", "RUB", "EUR", "UAH"]
    days = [day("1999-01-04"), day("2008-12-12"), day("2018-02-05"), day("2022-03-05")]
    days += [day("2022-12-31"), day("2023-01-01"), day("2024-11-03"), day("2026-10-31")]
    pairs = [(code, when) for when in days for code in codes]
    columns = {
        "amount": [683.0] * len(pairs),
        "currency": [code for code, _ in pairs],
        "date": [when for _, when in pairs],
    }
    for to in ("EUR", "USD") if engine.name != "spark" else ("USD",):
        found = converted(engine, columns, to=to, policy=policy)
        for row, (code, when) in enumerate(pairs):
            got = found[f"amount_{to.lower()}"][row], found["rate_date"][row]
            assert got == single(code, to, when, policy), (code, to, when)
            assert got[0] is not None or found["rate_note"][row]


def single(code: str, to: str, when: date, policy: str) -> tuple[Any, date | None]:
    """Amount and day of the rate that ``convert`` gives; None where it refuses."""
    try:
        one = conversion.convert(683, code, to, when, policy)
    except NoRateError:
        return None, None
    return pytest.approx(float(one.amount), rel=1e-12), one.rate_date


def test_no_dates_are_needed_where_a_policy_looks_at_none(engine: Engine) -> None:
    columns = {"amount": [1.0868, 1.0], "currency": ["USD", "XXL"]}
    found = converted(engine, columns, date=None, policy="fixed:USD=1.0868")
    assert found["amount_eur"] == [pytest.approx(1.0, rel=1e-12), None]
    assert found["rate_date"] == [None, None]
    assert found["rate_note"] == [None, "XXL is not a currency; did you mean XXX?"]
    with pytest.raises(UsageError, match="the policy spot needs dates"):
        converted(engine, columns, date=None)


def test_an_empty_frame_gets_its_columns(engine: Engine) -> None:
    columns = {
        "amount": pa.array([], pa.float64()),
        "currency": pa.array([], pa.string()),
        "date": pa.array([], pa.date32()),
    }
    found = converted(engine, columns)
    assert found["amount_eur"] == found["rate_note"] == []


def test_many_rows_keep_their_order(engine: Engine) -> None:
    count = 30_000
    codes = ["USD", "SEK", "JPY", "XXL", None, " gbp"]
    columns: dict[str, Any] = {
        "row": list(range(count)),
        "amount": [float(row) for row in range(count)],
        "currency": [codes[row % 6] for row in range(count)],
        "date": [date(2000, 1, 1) + timedelta(days=row % 9_000) for row in range(count)],
    }
    found = converted(engine, columns)
    assert found["row"] == columns["row"]
    for row in range(0, count, 997):
        if row % 6 not in (3, 4):
            code = str(codes[row % 6]).strip().upper()
            one = conversion.convert(row, code, "EUR", columns["date"][row])
            assert found["amount_eur"][row] == pytest.approx(float(one.amount), rel=1e-12)


def test_mistakes_are_named(engine: Engine) -> None:
    columns = {"amount": [1.0], "currency": ["USD"], "date": [day("2024-11-04")]}
    cases: list[tuple[dict[str, Any], dict[str, Any], str]] = [
        ({}, {"amount": "amnt"}, "no column 'amnt'; did you mean 'amount'?"),
        ({}, {"currency": "curr"}, "'curr' is neither a column nor a currency"),
        ({}, {"to": "EUT"}, "EUT is not a currency; did you mean EUR?"),
        ({"amount_eur": [1.0]}, {}, "already has a column 'amount_eur'"),
        ({"rate": [1.0]}, {}, "already has a column 'rate'.*provenance=False"),
        ({"amount": ["683m"]}, {}, "column 'amount' holds .*, not numbers"),
        ({"date": [20241104]}, {}, "column 'date' holds .*, not dates"),
        ({}, {"policy": "spott"}, "is not a policy"),
    ]
    for change, options, message in cases:
        with pytest.raises(UsageError, match=message):
            converted(engine, columns | change, **options)


def test_a_pandas_index_is_kept_and_the_input_untouched() -> None:
    frame = pd.DataFrame(
        {"amount": [1.0, 2.0], "currency": ["USD", "USD"], "date": ["2024-11-04", "2024-11-04"]},
        index=pd.Index([7, 7], name="id"),
    )
    before = frame.copy()
    found = convert_frame(frame, amount="amount", currency="currency", date="date", to="EUR")
    assert found.index.equals(frame.index)
    pd.testing.assert_frame_equal(frame, before)


def test_pandas_columns_of_objects() -> None:
    frame = pd.DataFrame(
        {
            "amount": [Decimal("109.04"), None, 3],
            "currency": ["USD", 7, None],
            "date": [datetime(2024, 11, 4, 23, tzinfo=UTC), date(2024, 11, 4), "2024-11"],
        },
        dtype=object,
    )
    found = convert_frame(frame, amount="amount", currency="currency", date="date", to="EUR")
    assert found["amount_eur"][0] == pytest.approx(100, rel=1e-12)
    assert found["rate_note"].tolist()[1:] == [
        "7 is not a currency; use a code such as EUR",
        "the currency is missing",
    ]


def test_pandas_periods_pick_the_average() -> None:
    frame = pd.DataFrame({"amount": [1.0], "date": pd.PeriodIndex(["2024-11"], freq="M")})
    found = convert_frame(frame, amount="amount", currency="USD", date="date", to="EUR")
    assert found["amount_eur"][0] == pytest.approx(
        float(conversion.convert(1, "USD", "EUR", "2024-11").amount), rel=1e-12
    )


def test_what_is_no_frame_is_refused() -> None:
    with pytest.raises(UsageError, match=r"builtins.list is no frame known here"):
        convert_frame([1], amount="a", currency="b", date="c", to="EUR")


def test_duckdb_keeps_the_order_of_many_row_groups(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    source, target = str(tmp_path / "in.parquet"), str(tmp_path / "out.parquet")
    with duckdb.connect() as connection:
        connection.execute("set threads = 4")
        connection.execute(
            "copy (select range as row, 1.0 as amount, ['USD', 'SEK', 'it''s'][1 + range % 3] as "
            "currency, date '2015-01-01' + (range % 3650)::int as date from range(1000000)) "
            f"to '{source}' (row_group_size 30000)"
        )
        rows = connection.read_parquet(source)
        convert_frame(
            rows, amount="amount", currency="currency", date="date", to="EUR"
        ).write_parquet(target)
        kept = connection.execute(
            "select count(*), count(*) filter (where row <> file_row_number), count(amount_eur) "
            f"from read_parquet('{target}', file_row_number = true)"
        ).fetchone()
    assert kept == (1_000_000, 0, 666_667)
