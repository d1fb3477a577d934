"""Conversions in a notebook, and what a frame and a single amount must agree on."""

import warnings
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pledgecalc as pc
from rates import conversion, ecb, folders, seals, sources
from rates.errors import NoRateError, PledgecalcError, UsageError
from rates.fixings import Fixings
from rates.frames import convert_frame, daily, gather, local_spark, stored
from rates.policies import Policy

FIRST, LAST = date(1998, 6, 1), date(2027, 6, 1)
CODES = (*sources.tables().currencies(), "EUR", "DEM", "LTL", "ROL", "TRL", "GEL")
POLICIES = (
    *("spot", "month-avg", "year-avg", "month-end", "inforeuro", "closing"),
    *("fixed:2023-05", "fixed:2024-09-20", "window-avg:2022-01-10..2022-02-08"),
)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_frame_and_single_conversions_agree(data: st.DataObject) -> None:
    policy, to = data.draw(st.sampled_from(POLICIES)), data.draw(st.sampled_from(CODES))
    days = st.dates(FIRST, LAST)
    # money has no amounts so small that floats lose their digits
    amounts = st.floats(-1e12, 1e12, allow_nan=False).map(lambda amount: round(amount, 6))
    rows = data.draw(
        st.lists(st.tuples(amounts, st.sampled_from(CODES), days), min_size=1, max_size=8)
    )
    frame = pd.DataFrame(rows, columns=["amount", "currency", "date"])
    found = convert_frame(
        frame, amount="amount", currency="currency", date="date", to=to, policy=policy
    )
    for place, (amount, code, when) in enumerate(rows):
        row = found.iloc[place]
        try:
            one = conversion.convert(amount, code, to, when, policy)
        except NoRateError:
            assert np.isnan(row[f"amount_{to.lower()}"])
            assert isinstance(row["rate_note"], str)
            continue
        assert row[f"amount_{to.lower()}"] == pytest.approx(float(one.amount), rel=1e-12, abs=0)
        assert row["rate"] == pytest.approx(float(one.rate), rel=1e-12, abs=0)
        shown = None if pd.isna(row["rate_date"]) else row["rate_date"].date()
        assert shown == one.rate_date
        for warning in one.warnings:
            assert warning in row["rate_note"]


def test_legs_of_different_days_are_asked_of_the_single_conversion() -> None:
    days = ["2024-11-01", "2024-11-04", "2024-11-05"]
    table = Fixings("own", "v", days, {"USD": "1.1,1.2,1.3", "SEK": "11,,12"})
    when = [date(2024, 11, 1), date(2024, 11, 4), date(2024, 11, 5)]
    frame = pd.DataFrame({"amount": [1.0] * 3, "date": when})
    for policy in ("spot", "month-avg"):
        found = convert_frame(
            frame,
            amount="amount",
            currency="USD",
            date="date",
            to="SEK",
            policy=policy,
            rates=table,
        )
        wanted = [float(conversion.rate("USD", "SEK", day, policy, table).rate) for day in when]
        assert found["rate"].tolist() == pytest.approx(wanted, rel=1e-12)


def test_a_chain_converts_each_currency_by_the_table_that_has_it(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("date,currency,rate,base\n2024-11-04,UAH,45.10,EUR\n", encoding="utf-8")
    frame = pd.DataFrame({"amount": [45.1, 109.04], "unit": ["UAH", "USD"], "day": "2024-11-04"})
    found = convert_frame(
        frame, amount="amount", currency="unit", date="day", to="EUR", rates=str(own)
    )
    assert found["amount_eur"].tolist() == pytest.approx([1.0, 100.0], rel=1e-12)


def test_a_frame_is_not_converted_online() -> None:
    frame = pd.DataFrame({"amount": [1.0], "day": ["2024-11-04"]})
    with pytest.raises(UsageError, match="one day at a time"):
        convert_frame(frame, amount="amount", currency="USD", date="day", to="EUR", rates="online")


@pytest.fixture
def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {"amount": [109.04, 5.0], "currency": ["USD", "EUR"], "date": ["2024-11-04", "2024-11-03"]},
        index=pd.Index(["b", "a"]),
    )


def test_series_convert_with_their_index(frame: pd.DataFrame) -> None:
    found = pc.convert(frame["amount"], frame["currency"], "EUR", on=frame["date"])
    assert found.name == "amount_eur"
    assert found.to_dict() == {"b": pytest.approx(100.0), "a": 5.0}


def test_what_is_no_series_counts_for_every_row(frame: pd.DataFrame) -> None:
    by_date: Any = pc.convert(109.04, "USD", "EUR", on=frame["date"])
    assert list(by_date) == pytest.approx([100.0, 109.04 / 1.0885])
    newest = pc.convert(frame["amount"], "USD", "EUR")
    assert newest["b"] == pytest.approx(float(pc.convert(109.04, "USD", "EUR").amount))


def test_rows_without_a_result_are_counted_in_a_warning(frame: pd.DataFrame) -> None:
    with pytest.warns(UserWarning, match="1 of 2 rows have no result, most because: XXL is not"):
        found = pc.convert(frame["amount"], pd.Series(["XXL", "EUR"], frame.index), "EUR", "2024")
    assert found.isna().tolist() == [True, False]


def test_series_of_different_index_are_refused(frame: pd.DataFrame) -> None:
    with pytest.raises(UsageError, match="another index"):
        pc.convert(frame["amount"], frame["currency"].sort_index(), "EUR", on=frame["date"])
    with pytest.raises(UsageError, match="precision= is for single amounts"):
        pc.convert(frame["amount"], "USD", "EUR", on="2024", precision="year")


def test_single_amounts_stay_single() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert isinstance(pc.convert("683m", "EUR", "USD", on="2024-11-04"), pc.Conversion)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder, and no legs kept in memory before and after."""
    monkeypatch.setenv("PLEDGECALC_CACHE", str(tmp_path / "cache"))
    assert folders.cache_folder() == str(tmp_path / "cache")
    daily.leg.cache_clear()
    return tmp_path / "cache"


def the_leg() -> Any:
    daily.leg.cache_clear()
    return daily.leg(Policy("spot"), "USD", ecb.fixings())


def same(one: Any, two: Any) -> bool:
    arrays = zip(one[:3], two[:3], strict=True)
    return one.texts == two.texts and all(
        np.array_equal(a, b, equal_nan=a.dtype.kind == "f") for a, b in arrays
    )


def test_a_leg_is_read_back_from_the_cache_as_it_was(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = the_leg()
    assert [path.name for path in cache.rglob("*") if path.is_file()] == ["spot-USD"]
    monkeypatch.setattr(daily, "_spot", None)  # not found again
    assert same(the_leg(), first)


@pytest.mark.parametrize("damage", [b"", b"x" * 10, None])
def test_a_damaged_cache_file_is_as_good_as_none(cache: Path, damage: bytes | None) -> None:
    first = the_leg()
    (path,) = (path for path in cache.rglob("*") if path.is_file())
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]) if damage is None else damage)
    assert same(the_leg(), first)
    assert path.read_bytes() == content


def test_a_folder_that_cannot_be_written_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("PLEDGECALC_CACHE", str(tmp_path / "file" / "below"))
    assert np.nanmax(the_leg().values) > 1


def test_tables_of_the_user_are_not_cached(cache: Path) -> None:
    table = Fixings("own", ecb.fixings().version, ["2024-11-04"], {"USD": "2"})
    leg = daily.leg(Policy("spot"), "USD", table)
    assert np.nanmax(leg.values) == 2
    assert not cache.exists()
    assert stored.load(table, "spot", "USD") is None


def test_blocks_and_threads_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    count = 1000
    frame = pd.DataFrame(
        {
            "amount": np.arange(count, dtype=float),
            "currency": pd.Categorical.from_codes(
                np.arange(count) % 4, categories=pd.Index(["USD", "XXL", "SEK", "EUR"])
            ),
            "date": [date(1998, 1, 1) + timedelta(days=11 * row) for row in range(count)],
        }
    )
    frame["date"] = frame["date"].astype("datetime64[us]")
    names: dict[str, Any] = {"amount": "amount", "currency": "currency", "date": "date"}
    whole = convert_frame(frame, to="EUR", **names)
    monkeypatch.setattr(gather, "BLOCK", 7)
    monkeypatch.setattr(gather, "_ALONE", 50)
    monkeypatch.setattr("os.cpu_count", lambda: 5)
    pd.testing.assert_frame_equal(convert_frame(frame, to="EUR", **names), whole)


def test_without_java_the_error_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyspark")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(PledgecalcError, match=r"needs Java 17 .* install a JDK"):
        local_spark()
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(PledgecalcError, match=r'pip install "pledgecalc\[spark\]"'):
        local_spark()


def test_a_mended_file_of_rates_leaves_nothing_of_the_damaged_one_behind(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One version line, two contents: what the first left in the cache is not the second's."""
    path = tmp_path / "ecb.txt"
    monkeypatch.setattr(ecb, "updated_path", lambda: str(path))
    whole = Path(seals.DATA, "ecb.txt").read_bytes()
    lines = whole.split(b"\n")
    place = lines[1].split(b",").index(b"2024-11-04") + 1  # behind the code
    number = next(at for at, line in enumerate(lines) if line.startswith(b"USD"))
    cells = lines[number].split(b",")
    assert cells[place] == b"1.0904"
    cells[place] = b"1.9904"
    damaged = b"\n".join([*lines[:number], b",".join(cells), *lines[number + 1 :]])
    frame = pd.DataFrame({"amount": [1.0], "currency": ["EUR"], "date": ["2024-11-04"]})

    def converted(content: bytes) -> float:
        path.write_bytes(content)
        ecb.forget()
        daily.leg.cache_clear()
        found = convert_frame(frame, amount="amount", currency="currency", date="date", to="USD")
        return float(found["amount_usd"].iloc[0])

    try:
        assert converted(damaged) == pytest.approx(1.9904)
        assert any(cache.rglob("spot-USD*"))
        assert converted(whole) == pytest.approx(1.0904)
    finally:
        path.unlink()
        ecb.forget()
        daily.leg.cache_clear()


def test_the_digest_of_a_table_is_that_of_its_cells_and_days() -> None:
    one = Fixings("x", "v", ["2024-11-01"], {"USD": "1.25"})
    alike = [
        Fixings("x", "v", ["2024-11-01"], {"USD": "1.26"}),
        Fixings("x", "v", ["2024-11-02"], {"USD": "1.25"}),
        Fixings("x", "v", ["2024-11-01"], {"SEK": "1.25"}),
        Fixings("x", "w", ["2024-11-01"], {"USD": "1.25"}),
    ]
    assert len({each.digest for each in [one, *alike]}) == 5
    assert one.digest == Fixings("x", "v", ["2024-11-01"], {"USD": "1.25"}).digest
