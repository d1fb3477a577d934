"""When a conversion can have been made."""

import datetime as dt
import random
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from calc.values.intervals import printed_number
from calc.values.windows import Windows, implied, inside, runs, series, when
from rates import ecb
from rates.errors import NoRateError, UnknownCurrencyError, UsageError
from rates.fixings import Fixings

ROOT = Path(__file__).resolve().parents[1]
DAY = dt.date


def small(**columns: str) -> Fixings:
    """Five days in a row, cells as given."""
    days = ["2024-09-02", "2024-09-03", "2024-09-04", "2024-09-05", "2024-09-06"]
    return Fixings("toy", "v1", days, columns)


def test_newest_window_comes_first_and_runs_are_joined() -> None:
    found = when(683e6, "EUR", 763e6, "USD", before="2024-11-04")
    assert str(found).startswith("2024-09-27;2024-09-19..2024-09-20;2024-08-26..2024-08-27;")
    assert found[1] == (DAY(2024, 9, 19), DAY(2024, 9, 20), 2)
    assert isinstance(found, tuple)


def test_every_day_of_a_window_fits_and_its_neighbours_do_not() -> None:
    interval = implied(printed_number("683m"), printed_number("763m"))
    days, values, _ = series(ecb.fixings(), "EUR", "USD")
    fitting = {day for day, value in zip(days, values, strict=True) if interval.contains(value)}
    listed = {
        day
        for window in when("683m", "EUR", "763m", "USD")
        for day in days
        if window.start <= day <= window.end
    }
    assert listed == fitting


def test_text_and_number_are_read_alike() -> None:
    typed = when("910 million", "EUR", "940m", "USD", before="2025-03-02")
    assert typed == when(910e6, "EUR", Decimal(940000000), "USD", before="2025-03-02")
    assert typed


@pytest.mark.parametrize(
    "before", [DAY(2024, 9, 27), "2024-09-27", pd.Timestamp("2024-09-27 18:00"), "2024-09"]
)
def test_before_is_inclusive_in_every_form(before: object) -> None:
    assert when("683m", "EUR", "763m", "USD", before=before)[0].end == DAY(2024, 9, 27)


def test_the_day_before_a_window_leaves_it_out() -> None:
    assert when("683m", "EUR", "763m", "USD", before="2024-09-26")[0].end == DAY(2024, 9, 20)


def test_a_cut_through_a_window_keeps_its_first_part() -> None:
    assert str(when("683m", "EUR", "763m", "USD", before="2024-09-19")[0]) == "2024-09-19"


def test_pairs_without_the_euro_and_the_other_way_round() -> None:
    there = when("16 billion", "SEK", "1.6 billion", "USD", before="2025-03-31")
    back = when("1.6 billion", "USD", "16 billion", "SEK", before="2025-03-31")
    assert there[0].end == back[0].end == DAY(2025, 3, 31)


def test_trailing_zeros_are_rounding() -> None:
    assert when(10e6, "EUR", 11e6, "USD", before="2024-11-04")[0].end == DAY(2024, 11, 4)


def test_a_missing_day_breaks_a_run() -> None:
    rates = small(USD="1.10,1.10,,1.10,1.10")
    found = when("100", "EUR", "110", "USD", rates=rates)
    assert str(found) == "2024-09-05..2024-09-06;2024-09-02..2024-09-03"
    assert [window.days for window in found] == [2, 2]


def test_no_fitting_day_is_an_empty_answer() -> None:
    found = when("100m", "EUR", "900m", "USD")
    assert found == ()
    assert str(found) == ""


def test_currency_without_series_names_the_next_step() -> None:
    with pytest.raises(NoRateError, match=r"KPW.*--rates"):
        when("500m", "KPW", "12m", "USD")


def test_two_currencies_that_never_met_have_no_rate() -> None:
    with pytest.raises(NoRateError, match="both ROL and ISK"):
        when("5", "ROL", "5", "ISK", rates=small(ROL="7.5,7.5,,,", ISK=",,,150,150"))


def test_currency_that_joined_the_euro_is_dated_against_dollars_too() -> None:
    # DEM has been 1.95583 per euro since 1999; on 2024-11-04 the euro was at 1.0904 dollars
    marks = when("195.583m", "DEM", "109.04m", "USD", before="2024-11-04")
    assert str(marks).startswith("2024-11-04;")


def test_any_day_fits_an_irrevocable_rate() -> None:
    # 10 / 1.95583 = 5.113
    assert len(when("10m", "DEM", "5.11m", "EUR")) == 1


def test_unknown_currency_is_named_with_a_suggestion() -> None:
    with pytest.raises(UnknownCurrencyError, match="USX"):
        when("500m", "EUR", "12m", "USX")


@pytest.mark.parametrize(
    ("a", "base", "b", "quote", "before"),
    [
        ("5m", "EUR", "6m", "eur", None),
        ("0", "EUR", "6m", "USD", None),
        ("-5m", "EUR", "6m", "USD", None),
        ("five", "EUR", "6m", "USD", None),
        ("5m", "EUR", "6m", "USD", "last week"),
    ],
)
def test_what_is_no_conversion_is_refused(
    a: str, base: str, b: str, quote: str, before: str | None
) -> None:
    with pytest.raises(UsageError):
        when(a, base, b, quote, before=before)


def test_a_true_date_is_always_inside_a_window() -> None:
    chance = random.Random(20241104)
    for _ in range(150):
        quote = chance.choice(["USD", "GBP", "JPY", "SEK", "DKK", "PLN"])
        days, values, _ = series(ecb.fixings(), "EUR", quote)
        place = chance.randrange(len(days))
        base = chance.randrange(100, 1000)
        stated = round(base * values[place], 2)
        found = when(f"{base}", "EUR", f"{stated}", quote, before=days[place])
        assert found[0].end == days[place]


def test_nothing_fits_twice() -> None:
    chosen = series(ecb.fixings(), "EUR", "USD")
    interval = implied(printed_number("910m"), printed_number("940m"))
    places = inside(chosen.values, interval)
    assert sum(window.days for window in runs(chosen, places)) == len(places)
    assert runs(chosen, []) == Windows()


def test_the_module_stays_light() -> None:
    script = (
        "import sys; import calc.values.windows as w; w.when('683m', 'EUR', '763m', 'USD');"
        "print(*sorted({'pandas', 'numpy', 'requests'} & set(sys.modules)))"
    )
    done = subprocess.run(  # the interpreter that runs the tests, our own code
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
