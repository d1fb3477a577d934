"""Rates: there and back, never a later day, means between the ends, whatever the order."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction

import pandas as pd
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import (
    ECB,
    averages,
    days,
    every_code,
    far_days,
    live_codes,
    policies,
    signed,
    some_codes,
    tries,
)

from rates.conversion import Conversion, convert, rate
from rates.currencies import minor_units
from rates.errors import NoRateError, PledgecalcError
from rates.fixings import Average, Fixing
from rates.frames import convert_frame
from rates.wording import grouped


def unit(code: str) -> Decimal:
    """One unit of the last place that amounts of ``code`` are printed with."""
    return Decimal(1).scaleb(-(minor_units(code) or 0))


def or_none(amount: Decimal, base: str, quote: str, day: date, policy: str) -> Conversion | None:
    """The conversion, None where there is no rate."""
    try:
        return convert(amount, base, quote, day, policy)
    except NoRateError:
        return None


@tries(100)
@given(signed, every_code, every_code, far_days, policies)
def test_there_and_back_is_within_one_unit_of_the_last_printed_place(
    amount: Decimal, base: str, quote: str, day: date, policy: str
) -> None:
    there = or_none(amount, base, quote, day, policy)
    assume(there is not None)
    assert there is not None
    back = convert(there.amount, quote, base, day, policy)
    assert abs(back.amount - amount) <= Decimal("1e-20") * abs(amount)
    assert abs(back.amount - amount) < unit(base)
    # What is printed there and typed again comes back within what printing took away.
    printed = Decimal(grouped(there.amount, quote).replace(",", ""))
    lost = abs(printed - there.amount)
    again = convert(printed, quote, base, day, policy)
    with localcontext(prec=60):
        assert abs(again.amount - amount) <= lost / there.rate * Decimal("1.000001") + unit(base)


@tries(150)
@given(every_code, every_code, far_days)
def test_spot_never_looks_ahead(base: str, quote: str, day: date) -> None:
    found = or_none(Decimal(1), base, quote, day, "spot")
    if found is None or not found.legs:
        return
    for leg in found.legs:
        if isinstance(leg, Fixing):
            assert day - timedelta(days=10) <= leg.date <= day
    assert found.rate_date is None or found.rate_date <= day


@tries(50)
@given(live_codes, live_codes, days, averages)
def test_an_average_lies_between_the_least_and_the_greatest_of_its_days(
    base: str, quote: str, day: date, policy: str
) -> None:
    found = or_none(Decimal(1), base, quote, day, policy)
    assume(found is not None and found.source == "ECB")  # not of the world table
    assert found is not None
    means = [leg for leg in found.legs if isinstance(leg, Average)]
    assume(means)
    for mean in means:
        among = [one.value for one in ECB.between(mean.currency, mean.start, mean.end)]
        assert min(among) <= mean.value <= max(among)
        assert mean.days == len(among)
    # The mean of a cross lies between the crosses of the days.
    crosses = []
    for one in ECB.days_between(means[0].start, means[0].end):
        legs = [ECB.on(code, one) for code in (base, quote) if code != "EUR"]
        below, above = (Fraction(1), *(Fraction(leg.value) for leg in legs if leg))[-2:]
        if all(legs):
            crosses.append(below and (1 / above if quote == "EUR" else above / below))
    slack = Fraction(1, 10**20)
    assert min(crosses) * (1 - slack) <= Fraction(found.rate) <= max(crosses) * (1 + slack)


@tries(60)
@given(every_code, every_code, far_days, policies)
def test_one_question_has_one_answer(base: str, quote: str, day: date, policy: str) -> None:
    first = or_none(Decimal(5), base, quote, day, policy)
    assert first == or_none(Decimal(5), base, quote, day, policy)
    if first is not None:
        assert rate(base, quote, day, policy).rate == first.rate


@tries(12)
@given(
    st.lists(st.tuples(signed, some_codes, far_days), min_size=1, max_size=12),
    st.sampled_from(["USD", "EUR", "SEK"]),
    st.sampled_from(["spot", "month-avg", "month-end", "inforeuro"]),
)
def test_a_frame_says_what_single_conversions_say(
    rows: list[tuple[Decimal, str, date]], to: str, policy: str
) -> None:
    frame = pd.DataFrame(
        {
            "amount": [float(row[0]) for row in rows],
            "currency": [row[1] for row in rows],
            "date": pd.to_datetime([row[2] for row in rows]),
        }
    )
    done = convert_frame(
        frame, amount="amount", currency="currency", date="date", to=to, policy=policy
    )
    for (amount, code, day), got, note in zip(
        rows, done[f"amount_{to.lower()}"], done["rate_note"], strict=True
    ):
        single = or_none(amount, code, to, day, policy)
        if single is None:
            assert pd.isna(got)
            assert note
        else:
            assert abs(got - float(single.amount)) <= 1e-11 * abs(float(single.amount))


@tries(60)
@given(
    st.text(max_size=12),
    st.text(max_size=5),
    st.text(max_size=5),
    st.text(max_size=14),
    st.text(max_size=20),
)
def test_what_cannot_be_understood_is_refused_with_words(
    amount: str, base: str, quote: str, day: str, policy: str
) -> None:
    said = "converted"
    try:
        convert(amount, base, quote, day, policy)
    except PledgecalcError as error:
        said = str(error)
    assert said
