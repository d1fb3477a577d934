"""Stated conversions in numbers: what is never flagged, what is always found, what never counts."""

import datetime as dt
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

import pandas as pd
import pytest

from calc import schema
from calc.checks import check, flagged
from calc.values.windows import series
from rates import ecb
from rates.fixings import Fixings

QUOTES = ("USD", "USD", "GBP", "JPY", "SEK", "NOK", "DKK", "CZK", "PLN", "CHF", "CAD")
CONSISTENT = ("consistent", "consistent-if-rounded", "consistent-if-truncated")
ONE_DAY = (-1, 0, 0, 1)


class Case(NamedTuple):
    """One conversion that was made up, with the day whose rate it used."""

    rows: list[dict[str, Any]]
    published: dt.date
    used: dt.date
    move: float


def figures(amount: Decimal, digits: int) -> Decimal:
    """The amount as a writer prints it at so many significant figures."""
    return round(amount, digits - 1 - amount.adjusted())


def words(amount: Decimal, digits: int) -> str:
    """The printed text, with the zeros that belong to the digits."""
    size = max(0, (amount.adjusted() // 3) * 3)
    scale = {0: "", 3: " thousand", 6: " million", 9: " billion", 12: " trillion"}[size]
    shown = amount.scaleb(-size)
    return f"{shown:.{max(0, digits - 1 - shown.adjusted())}f}{scale}"


def made_up(
    chance: random.Random, name: str, digits: tuple[int, ...], lag: Callable[[], int]
) -> Case:
    """A pair published on some day and converted at the fixing ``lag()`` fixings away."""
    base, quote = chance.choice(("EUR", "EUR", "EUR", "NOK")), chance.choice(QUOTES)
    if base == quote:
        base = "EUR"
    days, values, _ = series(ecb.fixings(), base, quote)
    place = chance.randrange(len(days) - 1500, len(days) - 2)
    used = place + lag()
    amount_digits, stated_digits = chance.choice(digits), chance.choice(digits)
    amount = figures(Decimal(chance.uniform(1e6, 9.9e9)), amount_digits)
    stated = figures(amount * values[used], stated_digits)
    shared = {"source": f"{name}.txt", "published": days[place]}
    rows = [
        {
            "claim_id": f"a{name}",
            "text": words(amount, amount_digits),
            "amount": float(amount),
            "currency": base,
            **shared,
        },
        {
            "claim_id": f"b{name}",
            "text": words(stated, stated_digits),
            "amount": float(stated),
            "currency": quote,
            "conversion_of": f"a{name}",
            **shared,
        },
    ]
    return Case(rows, days[place], days[used], abs(float(values[used] / values[place]) - 1))


def table(cases: list[Case]) -> pd.DataFrame:
    return schema.frame([row for case in cases for row in case.rows], schema.CLAIMS)


@pytest.fixture(scope="module")
def honest() -> list[Case]:
    chance = random.Random(1)
    return [made_up(chance, f"{n:04}", (2, 3), lambda: chance.choice(ONE_DAY)) for n in range(2000)]


def covers(windows: str, day: dt.date) -> bool:
    spans = [window.split("..") for window in windows.split(";") if window]
    return any(span[0] <= day.isoformat() <= span[-1] for span in spans)


def test_honest_conversions_are_never_flagged(honest: list[Case]) -> None:
    found = check(table(honest))
    assert len(found) == 2000
    assert set(found["verdict"]) <= set(CONSISTENT)


def test_power_is_a_share_and_tells_tests_apart(honest: list[Case]) -> None:
    power = check(table(honest))["power"]
    assert power.between(0, 1).all()
    assert power.min() < 0.2
    assert power.max() > 0.9


def test_true_day_is_inside_the_windows(honest: list[Case]) -> None:
    found = check(table(honest)).set_index("claim_id")["windows"]
    known = [case for case in honest if case.used <= case.published]
    assert len(known) > 1000
    for case in known:
        assert covers(found[case.rows[1]["claim_id"]], case.used)


def test_no_window_lies_after_publication(honest: list[Case]) -> None:
    found = check(table(honest)).set_index("claim_id")["windows"]
    for case in honest:
        newest = found[case.rows[1]["claim_id"]].split(";")[0].split("..")[-1]
        assert newest <= case.published.isoformat()


def test_large_move_at_three_digits_is_found() -> None:
    chance = random.Random(2)
    cases = [made_up(chance, str(n), (3,), lambda: -chance.randrange(20, 500)) for n in range(1500)]
    # A last digit of zero may be rounding: such a pair has two digits, not three.
    full = [case for case in cases if not any(trailing_zero(row) for row in case.rows)]
    moved = [case for case in full if case.move >= 0.03]
    assert len(moved) > 300
    found = check(table(moved)).set_index("claim_id")["verdict"]
    verdicts = [found[case.rows[1]["claim_id"]] for case in moved]
    assert not set(verdicts) & {"inconsistent", "untestable"}
    missed = [case for case, v in zip(moved, verdicts, strict=True) if v in CONSISTENT]
    assert len(missed) <= 0.02 * len(moved)
    assert all(case.move < 0.04 for case in missed)  # 1.01 and 1.09 are three digits too
    assert verdicts.count("other-date") > 0.9 * len(verdicts)


def trailing_zero(row: dict[str, Any]) -> bool:
    return str(row["text"]).split()[0].replace(".", "").endswith("0")


def test_slips_of_scale_and_currency_always_stand_out() -> None:
    chance = random.Random(3)
    cases = [made_up(chance, str(n), (2, 3), lambda: 0) for n in range(400)]
    rows = [row for case in cases for row in case.rows]
    for row in rows[1::2]:
        factor = chance.choice((1000, 0.001))
        row["amount"] *= factor
        row["text"] = f"{row['amount']:,.0f}"
    found = check(schema.frame(rows, schema.CLAIMS))
    assert set(found["verdict"]) <= {"scale", "compound"}
    assert all(flagged(v, p) for v, p in zip(found["verdict"], found["power"], strict=True))


def test_order_of_the_rows_does_not_matter(honest: list[Case]) -> None:
    claims = table(honest[:200])
    shuffled = claims.sample(frac=1, random_state=5)
    pd.testing.assert_frame_equal(check(claims), check(shuffled))


def test_no_later_fixing_influences_a_row() -> None:
    """Without the fixings after the next business day everything stays as it was."""
    chance = random.Random(4)
    full = ecb.fixings()
    for number in range(12):
        case = made_up(chance, str(number), (2, 3), lambda: -chance.randrange(0, 300))
        end = next(place for place, day in enumerate(full.days) if day > case.published) + 1
        codes = sorted({row["currency"] for row in case.rows} - {"EUR"})
        days = [day.isoformat() for day in full.days[:end]]
        cells = {
            code: [fixing.text if (fixing := full.on(code, day)) else "" for day in full.days[:end]]
            for code in codes
        }
        # Other currencies are alternatives; both tables must offer the same ones.
        whole = {
            code: [fixing.text if (fixing := full.on(code, day)) else "" for day in full.days]
            for code in codes
        }
        cut = check(table([case]), rates=Fixings("ECB", "cut", days, cells))
        later = [day.isoformat() for day in full.days]
        uncut = check(table([case]), rates=Fixings("ECB", "whole", later, whole))
        pd.testing.assert_frame_equal(cut, uncut)
