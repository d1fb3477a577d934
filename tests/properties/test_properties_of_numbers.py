"""Printed numbers and figures: an interval holds what was rounded to it, a text what it prints."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st
from strategies import QUIET, intervals, odd_texts, parts, sentences, tries

from calc.figures import figures, printed_of
from calc.values.intervals import READINGS, Interval, printed, reading

true_amounts = st.decimals(Decimal("1"), Decimal("999999999999"), places=2)


def shortened(amount: Decimal, digits: int, rounding: str) -> tuple[str, Decimal]:
    """The amount with so many significant digits, as a writer prints it: digits and scale."""
    place = amount.adjusted() - digits + 1
    kept = amount.quantize(Decimal(1).scaleb(place), rounding=rounding)
    power = max(0, kept.adjusted() // 3 * 3)
    return f"{kept.scaleb(-power):f}", Decimal(10) ** power


@tries(300)
@given(true_amounts, st.integers(2, 5))
def test_a_reading_holds_what_was_rounded_to_it(amount: Decimal, digits: int) -> None:
    number = printed(*shortened(amount, digits, ROUND_HALF_UP))
    assert reading(number, "usual").contains(amount)
    assert reading(number, "extreme").contains(amount)


@tries(300)
@given(true_amounts, st.integers(2, 5), st.sampled_from([ROUND_DOWN, ROUND_CEILING]))
def test_the_extreme_reading_holds_what_was_cut_off(amount: Decimal, digits: int, how: str) -> None:
    assert reading(printed(*shortened(amount, digits, how)), "extreme").contains(amount)


@tries(300)
@given(st.integers(1, 10**9), st.integers(0, 3), st.sampled_from([0, 3, 6, 9, 12]))
def test_the_readings_nest_around_the_number(whole: int, places: int, power: int) -> None:
    number = printed(f"{Decimal(whole).scaleb(-places):f}", Decimal(10) ** power)
    core, usual, extreme = (reading(number, name) for name in READINGS)
    assert core.contains(number.amount)
    assert usual.hull(core) == usual
    assert extreme.hull(usual) == extreme


def inside(one: Interval, share: object) -> Decimal:
    """An amount of the interval."""
    assert one.low is not None
    assert one.high is not None
    return one.low + (one.high - one.low) * Decimal(share.numerator) / Decimal(share.denominator)  # type: ignore[attr-defined]


@tries(200)
@given(intervals, intervals, parts, parts)
def test_arithmetic_of_intervals_loses_nothing(
    a: Interval, b: Interval, one: object, other: object
) -> None:
    first, second = inside(a, one), inside(b, other)
    assert a.times(b).contains(first * second)
    assert a.divided_by(b).contains(first / second)
    assert a.widened(Decimal("0.01")).contains(first)
    assert a.hull(b).contains(first)
    assert a.hull(b).contains(second)
    common = a.intersect(b)
    assert (common is not None and common.contains(first)) == b.contains(first)


@tries(300)
@given(odd_texts)
def test_a_figure_stands_where_it_says(text: str) -> None:
    last = 0
    for one in figures(text):
        assert text[one.start : one.end] == one.text
        assert last <= one.start < one.end
        last = one.end
        number = printed_of(one.text)
        if number is not None and one.amount is not None:
            # "17 and 10 million dollars": the words of the first are "17", its scale stands behind
            told = (one.amount, one.other_amount or one.amount, one.amount / one.scale)
            assert abs(number.amount) in map(abs, told)


@tries(120)
@given(st.lists(st.one_of(sentences(), st.sampled_from(QUIET)), min_size=1, max_size=5))
def test_the_figures_of_a_text_are_those_of_its_sentences(told: list[str]) -> None:
    text, place, single = " ".join(told), 0, []
    for sentence in told:
        single += [one._replace(start=0, end=0, qualifier_span=None) for one in figures(sentence)]
        for one in figures(sentence):
            assert text[place + one.start : place + one.end] == one.text
        place += len(sentence) + 1
    assert [one._replace(start=0, end=0, qualifier_span=None) for one in figures(text)] == single
