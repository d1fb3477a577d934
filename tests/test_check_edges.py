"""Stated conversions at their edges: readings, verdicts, what cannot be tested and why."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import permutations
from typing import Any

import pandas as pd
import pytest

from calc import schema
from calc.checks import check
from calc.checks.hypotheses import Trial, cheapest, cost, lag_cost
from calc.checks.plausibility import Others
from calc.checks.stated import Stated, stated_conversions
from calc.checks.verdicts import Judgement, cut_or_raised, judge
from calc.values.intervals import Interval, printed
from rates.errors import UsageError
from rates.fixings import Fixings

DAY = dt.date
# Monday to Friday, and Monday to Wednesday
DAYS = [f"2024-01-{day:02d}" for day in (1, 2, 3, 4, 5, 8, 9, 10)]
RATES = "1.00 1.10 1.20 1.30 1.40 1.50 1.60 1.70".split()
TOY = Fixings("toy", "v1", DAYS, {"USD": ",".join(RATES), "SEK": ",".join(["10"] * 8)})


# The readings that pass


def test_digits_that_were_cut_off_or_rounded_up_are_so_in_both_figures_or_one() -> None:
    found = cut_or_raised(printed("250"), printed("100"))
    assert found.low is not None
    assert found.high is not None
    # 250 may be 250 to 260 cut off, and 100 to 110; raised, 240 to 250 of a hundred as printed
    assert found.contains(Decimal(260) / 95)
    assert not found.contains(Decimal(261) / 95)
    assert found.contains(Decimal(245) / 110)
    assert not found.contains(Decimal(240) / 110)


def test_a_single_digit_is_never_read_further_than_usual() -> None:
    assert cut_or_raised(printed("5"), printed("5")) == Interval(
        Decimal("4.5"), Decimal("5.5")
    ).divided_by(Interval(Decimal("4.5"), Decimal("5.5")))
    ten = cut_or_raised(printed("10"), printed("10"))
    assert ten.contains(Decimal("1.15"))  # of two digits one may have been cut off: 11 of 9.5
    assert not ten.contains(Decimal("1.16"))


# Stated conversions of a table


def rows(one: dict[str, Any], other: dict[str, Any]) -> list[dict[str, Any]]:
    shared = {"source": "a.txt", "published": "2024-01-03"}
    base = {"claim_id": "a", "text": "100 euros", "amount": 100, "currency": "EUR"}
    stated = {"claim_id": "b", "text": "120 dollars", "amount": 120, "currency": "USD"}
    return [shared | base | one, shared | stated | {"conversion_of": "a"} | other]


def stated(one: dict[str, Any] | None = None, other: dict[str, Any] | None = None) -> Stated:
    (found,) = stated_conversions(schema.frame(rows(one or {}, other or {}), schema.CLAIMS))
    return found


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (
            {},
            {"conversion_of": "gone"},
            r"that it converts \(gone\) is not in the table",
        ),
        ({"published": None}, {"published": None}, "neither the source nor the act has a date"),
        (
            {"said": "part|constant-prices"},
            {},
            "constant prices is converted by no rate",
        ),
        ({}, {"said": "constant-prices"}, "constant prices is converted by no rate"),
        ({"amount": None}, {}, "the converted figure is not one printed number"),
        ({}, {"amount": None}, "the stated equivalent is not one printed number"),
        ({"amount": 0, "text": "0"}, {}, "the converted figure is not a positive amount"),
        ({}, {"amount": -5, "text": "-5"}, "the stated equivalent is not a positive amount"),
        ({"currency": None}, {}, "the currency of the converted figure is not known"),
        ({}, {"currency": "EUR"}, "both figures are in EUR, so no exchange rate is involved"),
    ],
)
def test_what_cannot_be_tested_says_why(
    one: dict[str, Any], other: dict[str, Any], why: str
) -> None:
    found = stated(one, other)
    assert found.problem is not None
    assert pd.Series([found.problem]).str.contains(why).all()
    assert judge(found, "spot", TOY).verdict == "untestable"


def test_a_conversion_has_the_dates_and_parties_of_either_row() -> None:
    assert stated().problem is None
    assert (stated().value_date, stated().dated_by_publication) == (DAY(2024, 1, 3), True)
    of_base = stated({"published": "2024-01-02", "donor": "Norway"}, {"published": None})
    assert (of_base.published, of_base.donor) == (DAY(2024, 1, 2), "Norway")
    dated = {"value_date": "2024-01-01", "value_date_precision": "month"}
    for found in (stated(dated, {}), stated({}, dated)):
        assert (found.value_date, found.precision) == (DAY(2024, 1, 1), "month")
        assert not found.dated_by_publication
    own = stated({"donor": "Norway", **dated}, {"donor": "Sweden", "value_date": "2024-01-02"})
    assert (own.donor, own.value_date, own.precision) == ("Sweden", DAY(2024, 1, 2), "day")
    same = stated({}, {"value_date": "2024-01-03"})
    assert same.dated_by_publication


@pytest.mark.parametrize(
    ("published", "early"), [("1999-12-31", True), ("2000-01-01", False), ("2024-01-03", False)]
)
def test_a_conversion_before_2000_may_be_at_a_rate_before_the_euro(
    published: str, early: bool
) -> None:
    dates = {"published": published}
    assert stated(dates, dates).is_early is early
    assert stated(dates, {"published": "2024-01-03"}).is_early is False
    assert stated({}, {"value_date": published}).is_early is early


def test_the_digits_of_the_text_count_when_they_are_those_of_the_amount() -> None:
    def ulp(**cells: Any) -> tuple[Decimal, Decimal]:
        side = stated({"currency": "EUR", **cells}).base.printed
        assert side is not None
        return side.amount, side.ulp

    million = Decimal(10) ** 6
    assert ulp(text="683 million euros", amount=683e6) == (683 * million, million)
    assert ulp(text="683", amount=683e6) == (683 * million, million)  # a column of millions
    assert ulp(text="68.3", amount=683e6) == (683 * million, million)
    assert ulp(text="684 million euros", amount=683e6) == (683 * million, Decimal(1))
    assert ulp(text=None, amount=683e6) == (683 * million, Decimal(1))
    assert ulp(text="1.5", amount=1.5) == (Decimal("1.5"), Decimal("0.1"))
    assert ulp(text="0.3", amount=0.1 + 0.2) == (Decimal("0.3"), Decimal("0.1"))


@pytest.mark.parametrize(
    "written",
    ["2024-01-03", " 2024-01-03 ", "2024-01-03T23:59:59Z", pd.Timestamp("2024-01-03 23:59")],
)
def test_a_date_of_a_table_is_its_day_whatever_the_hour(written: object) -> None:
    table = pd.DataFrame(rows({"published": written}, {"published": written}))
    (found,) = stated_conversions(table)
    assert (found.published, found.problem) == (DAY(2024, 1, 3), None)


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, pd.NaT])
def test_whatever_a_table_has_for_a_missing_cell_is_none(missing: object) -> None:
    cells = {"start": missing, "value_date": missing, "published": missing}
    (found,) = stated_conversions(pd.DataFrame(rows(cells, cells | {"amount": missing})))
    assert (found.published, found.value_date, found.stated.printed) == (None, None, None)
    both = rows(cells, {})
    later = [*both, both[1] | {"claim_id": "c", "start": 3.0}, both[1] | {"claim_id": "d", **cells}]
    told = stated_conversions(pd.DataFrame(later))
    assert [one.stated.claim_id for one in told] == ["c", "b", "d"]


def test_a_headline_that_tells_the_conversion_again_is_judged_once() -> None:
    both = rows({}, {})
    again = both[1] | {"claim_id": "c", "repeats": "b"}
    found = stated_conversions(schema.frame([*both, again], schema.CLAIMS))
    assert [one.stated.claim_id for one in found] == ["b"]
    other = both[1] | {"claim_id": "c", "repeats": "a"}
    found = stated_conversions(schema.frame([*both, other], schema.CLAIMS))
    assert [one.stated.claim_id for one in found] == ["b", "c"]


def test_conversions_are_in_the_order_of_source_and_place() -> None:
    base, one = rows({}, {})
    table = [
        base,
        one | {"claim_id": "late", "start": 90},
        one | {"claim_id": "nowhere"},
        one | {"claim_id": "early", "start": 10},
        one | {"claim_id": "first", "source": "A.txt", "start": 95},
    ]
    for order in permutations(table):
        found = stated_conversions(schema.frame(list(order), schema.CLAIMS))
        assert [side.stated.claim_id for side in found] == ["first", "early", "late", "nowhere"]


def test_what_is_no_table_of_claims_is_refused() -> None:
    for table in (None, pd.DataFrame({"amount": [1]})):
        with pytest.raises(UsageError, match="a table of claims with a column claim_id"):
            stated_conversions(table)  # type: ignore[arg-type]
    assert stated_conversions(pd.DataFrame({"claim_id": ["a"]})) == []


@pytest.mark.parametrize(
    ("text", "currency", "words"),
    [
        ("100 euros", "EUR", "100 euros"),
        ("€100", "EUR", "€100"),
        ("100", "EUR", "100 EUR"),
        ("100 million", "EUR", "100 million EUR"),
        ("100  mln", "EUR", "100 mln EUR"),
        ("100", None, "100"),
        (None, "EUR", "100 EUR"),
        ("100 of them", "EUR", "100 of them"),
    ],
)
def test_a_bare_number_is_quoted_with_its_currency(
    text: str | None, currency: str | None, words: str
) -> None:
    assert stated({"text": text, "currency": currency}).base.words == words


# Verdicts


@pytest.mark.parametrize(
    ("dollars", "found", "terms"),
    [
        ("121", "consistent", ()),
        ("132", "consistent", ()),  # 131.5 of 101.5 euros is 1.296, and 1.30 was the next day
        ("133", "consistent-if-truncated", ()),
        ("134", "inconsistent", ()),
        ("140", "consistent-if-truncated", ()),
        ("110", "consistent", ()),
        ("109", "inconsistent", ()),
        ("101", "other-date", ("other-date",)),  # 1.00 two days before is likelier than a copy
        ("84.2", "inverted", ("inverted",)),
        ("1212", "scale", ("scale:+1",)),
        ("12120", "scale", ("scale:+2",)),
        ("121200", "scale", ("scale:+3",)),
        ("0.121", "scale", ("scale:-3",)),
    ],
)
def test_the_verdict_on_a_hundred_and_one_euros_at_one_point_two(
    dollars: str, found: str, terms: tuple[str, ...]
) -> None:
    euros = {"text": "101 euros", "amount": 101}
    told = stated(euros, {"text": f"{dollars} dollars", "amount": float(dollars)})
    judged = judge(told, "spot", TOY)
    assert judged.verdict == found
    assert (judged.trial.terms if judged.trial else ()) == terms


def test_a_verdict_comes_with_its_numbers() -> None:
    exact = {"text": "100.0 euros"}
    found = judge(stated(exact, {"text": "126 dollars", "amount": 126}), "spot", TOY)
    assert (found.expected, found.gap) == (Decimal(120), Decimal(5))
    assert (found.verdict, found.reading, found.chosen) == ("consistent", "core", 0)
    assert found.power == pytest.approx(2 / 3)  # 1.20 lies in 120 to 130 of 95 to 105
    assert not found.weak
    assert found.trials == ()
    every = judge(stated(exact, {"text": "126 dollars", "amount": 126}), "spot", TOY, True)
    assert every.trials
    assert every.verdict == "consistent"
    assert found._replace(power=0.19).weak
    assert not found._replace(power=0.2).weak
    assert not found._replace(power=None).weak


def test_an_act_to_come_is_judged_at_the_rate_of_the_day_it_was_told() -> None:
    to_come = {"value_date": "2024-01-09", "value_date_precision": "day"}
    found = judge(stated(to_come, to_come), "spot", TOY)
    assert [band.anchor for band in found.bands] == [2]
    before = {"value_date": "2024-01-01", "value_date_precision": "day"}
    found = judge(stated(before, before), "spot", TOY)
    assert [band.anchor for band in found.bands] == [0, 2]  # the day of the act, then of the paper
    month = {"value_date": "2024-01-01", "value_date_precision": "month"}
    found = judge(stated(month, month), "spot", TOY)
    assert len(found.bands) == 1
    assert "average of January 2024" in found.band.name


def judged(dollars: str, one: dict[str, Any] | None = None) -> Judgement:
    """101 euros told as so many dollars on 3 January 2024, with more said in both rows."""
    euros = {"text": "101 euros", "amount": 101} | (one or {})
    told = {"text": f"{dollars} dollars", "amount": float(dollars)} | (one or {})
    return judge(stated(euros, told), "spot", TOY, every_alternative=True)


def test_a_date_known_to_the_month_or_year_is_any_day_of_it_that_was_known() -> None:
    for precision, name in (("month", "January 2024"), ("year", "2024")):
        when = {"value_date": "2024-01-01", "value_date_precision": precision}
        (band,) = judged("121", when).bands
        assert (band.first, band.anchor, band.last) == (0, 2, 3)
        assert band.name == f"toy average of {name}"
        (whole,) = judged("121", when | {"published": "2024-01-31"}).bands
        assert (whole.first, whole.anchor, whole.last) == (0, 7, 7)


def test_the_act_and_the_paper_each_have_their_rates() -> None:
    act = {"value_date": "2024-01-01", "value_date_precision": "day"}
    chosen = {dollars: judged(dollars, act).chosen for dollars in ("101", "111", "121", "131")}
    assert chosen == {"101": 0, "111": 0, "121": 1, "131": 1}
    inverted = judged("83.3", act).trial
    assert inverted is not None  # at the rate of the paper: one bit more
    assert (inverted.terms, inverted.bits) == (("inverted",), 8)
    at_once = judged("83.3").trial
    assert at_once is not None
    assert at_once.bits == 7


@pytest.mark.parametrize(
    ("day", "windows"), [("2024-01-01", "2024-01-01"), ("2024-01-02", "2024-01-01..2024-01-02")]
)
def test_the_days_that_fit_end_with_what_the_writer_knew(day: str, windows: str) -> None:
    when = {"published": day}
    told = stated({"text": "100.0 euros"} | when, {"text": "110 dollars", "amount": 110} | when)
    assert str(judge(told, "spot", TOY).windows) == windows


@pytest.mark.parametrize("cells", [{"currency": "KPW"}, {"published": "2025-01-03"}])
def test_without_a_rate_a_table_that_has_it_is_asked_for_once(cells: dict[str, str]) -> None:
    why = judge(stated(cells, cells if "published" in cells else {}), "spot", TOY).problem
    assert why is not None
    assert why.count("(--rates FILE)") == 1


# Alternatives


def test_every_alternative_is_tried_in_order_and_priced() -> None:
    found = judged("5000").trials
    assert not any(one.fits for one in found)
    assert [(one.terms, one.bits) for one in found[:13]] == [
        (("other-date",), 0),
        *(
            ((f"scale:{step}",), bits)
            for step, bits in zip(
                "+3 -3 +6 -6 +1 -1 +2 -2".split(), (7, 7, 11, 11, 9, 9, 10, 10), strict=True
            )
        ),
        (("inverted",), 7),
        (("copied",), 6),
        (("scale:+3", "other-date"), 7),
        (("scale:+3", "inverted"), 14),
    ]
    assert found[1].says == "if the stated figure is 1,000 times too large"
    assert found[2].says == "if the stated figure is 1,000 times too small"
    assert found[-1].terms == ("inverted", "other-date")
    assert found[-1].says == (
        "if the amount was divided by the rate instead of multiplied and converted at the rate of "
        "another day"
    )


def test_another_day_is_the_nearest_and_dearer_where_no_rate_is_within() -> None:
    exact, near = judged("101").trial, judged("101.6").trial
    assert exact is not None
    assert near is not None
    assert exact.says == "at the rate of another day, such as 1 January 2024"
    assert exact.bits == lag_cost(1)  # a business day before the earliest of the day itself
    assert near.says == "at the rate of another day, such as one near 1 January 2024"
    assert near.bits == lag_cost(1) + cost("other-date-near")


def test_another_day_is_as_far_as_the_nearer_of_the_act_and_the_paper() -> None:
    act = {"value_date": "2024-01-01", "value_date_precision": "day", "published": "2024-01-10"}
    # 1.40 of the 5th: three business days after those of the act, two before those of the paper
    found = judged("141.4", act).trial
    assert found is not None
    assert (found.terms, found.bits) == (("other-date",), lag_cost(2))
    assert found.says == "at the rate of another day, such as 5 January 2024"


def test_a_figure_may_be_in_another_currency_of_its_candidates() -> None:
    days = ",".join(["10"] * 8), ",".join(["12"] * 8)
    table = Fixings("toy", "v1", DAYS, dict(zip(("SEK", "NOK"), days, strict=True)))
    crowns = {"text": "1010 kronor", "currency": "NOK", "currency_candidates": "NOK|SEK"}
    for more, bits in (
        ({"donor": "Sweden"}, cost("other-currency-donor")),
        ({"recipient": "Sweden"}, cost("other-currency-outlet")),
        ({}, cost("other-currency")),
    ):
        told = stated({"text": "101 euros", "amount": 101}, crowns | {"amount": 1010} | more)
        found = judge(told, "spot", table)
        assert (found.verdict, found.trial and found.trial.bits) == ("other-currency", bits)
        assert found.trial is not None
        assert found.trial.says.startswith("if “1010 kronor” is in SEK (Swedish Krona), at the")


@pytest.mark.parametrize(
    ("kronor", "published", "terms"),
    [
        # of the day, or of up to five days before the last one that the writer knew
        ("10,10,10,,,,,", "2024-01-06", ("other-currency:SEK",)),
        ("10,10,10,,,,,", "2024-01-08", ("other-currency:SEK", "other-date")),
        # rates that begin on the day itself, on the day after, and later
        (",,10,10,10,10,10,10", "2024-01-03", ("other-currency:SEK",)),
        (",,,10,10,10,10,10", "2024-01-03", ("other-currency:SEK",)),
        (",,,,10,10,10,10", "2024-01-03", ()),
    ],
)
def test_another_currency_has_the_rates_of_the_same_days(
    kronor: str, published: str, terms: tuple[str, ...]
) -> None:
    table = Fixings("toy", "v1", DAYS, {"SEK": kronor, "NOK": ",".join(["12"] * 8)})
    when = {"published": published}
    crowns = {"text": "1010 kronor", "currency": "NOK", "currency_candidates": "NOK|SEK"}
    told = stated({"text": "101 euros", "amount": 101} | when, crowns | {"amount": 1010} | when)
    found = judge(told, "spot", table)
    assert (found.trial.terms if found.trial else ()) == terms


def test_the_cheapest_explanation_is_the_likeliest_then_the_simplest() -> None:
    plain = Trial(("copied",), 3.0, True, "copied")
    dear = Trial(("inverted",), 5.0, True, "inverted")
    double = Trial(("inverted", "other-date"), 3.0, True, "both")
    unfit = Trial(("scale:+3",), 1.0, False, "scale")
    assert cheapest([dear, double, plain, unfit]) == plain
    assert cheapest([unfit]) is None
    assert (double.verdict, plain.verdict) == ("compound", "copied")
    assert Trial(("scale:+3",), 1.0, True, "").verdict == "scale"
    assert Trial(("copied",), cost("inconsistent"), True, "").worth
    assert not Trial(("copied",), cost("inconsistent") + 0.01, True, "").worth
    assert Trial(("a", "b"), cost("unexplained"), True, "").worth
    assert not Trial(("a", "b"), cost("unexplained") + 0.01, True, "").worth


def test_a_rate_of_another_day_costs_a_bit_more_for_each_doubling_of_weeks() -> None:
    assert lag_cost(0) == cost("other-date")
    assert lag_cost(5) == cost("other-date") + 1
    assert lag_cost(15) == cost("other-date") + 2


# What others of the donor say


def others(*told: tuple[str, float, str], **more: Any) -> str | None:
    """What the claims of other documents say of "100 euros (120,000 dollars)"."""
    claims = rows(
        {"donor": "Norway", "text": "100.0 euros"},
        {"donor": "Norway", "text": "120000 dollars", "amount": 120000},
    )
    claims += [
        {"claim_id": f"o{number}", "source": source, "donor": "Norway", "text": f"about {amount:g}"}
        | {"amount": amount, "currency": currency}
        | more
        for number, (source, amount, currency) in enumerate(told)
    ]
    table = schema.frame(claims, schema.CLAIMS)
    (found,) = stated_conversions(table)
    judged = judge(found, "spot", TOY)
    assert judged.trial is not None
    assert judged.trial.terms == ("scale:+3",)
    return Others(table, ["Norway", "Sweden", None]).verdict(judged)


def test_another_document_of_the_donor_tells_which_figure_slipped() -> None:
    assert others() is None
    assert others(("a.txt", 120, "USD")) is None  # the same document
    said = "; b.txt has about {} of the same donor, so it is {} that is wrong"
    assert others(("b.txt", 120, "USD")) == said.format("120", "120000 dollars")
    assert others(("b.txt", 100, "EUR")) == said.format("100", "120000 dollars")
    assert others(("b.txt", 120000, "USD")) == said.format("120000", "100.0 euros")
    assert others(("b.txt", 100000, "EUR")) == said.format("100000", "100.0 euros")
    assert others(("b.txt", 120, "EUR")) is None
    assert others(("b.txt", 121.2, "USD")) is not None  # within a hundredth
    assert others(("b.txt", 121.3, "USD")) is None
    assert others(("b.txt", 118.8, "USD")) is not None
    assert others(("b.txt", 118.7, "USD")) is None
    assert others(("a.txt", 120, "USD"), ("b.txt", 120, "USD")) is not None


def test_only_gifts_of_the_same_donor_are_witnesses() -> None:
    told = ("b.txt", 120, "USD")
    for role, is_witness in (("pledge", True), ("total", True), (None, True), ("target", False)):
        assert (others(told, role=role) is not None) is is_witness
    assert others(told, donor="Sweden") is None
    assert others(told, donor=None) is None
    assert others(("b.txt", 120, "SEK")) is None
    assert others(("b.txt", 120, "CHF"), ("c.txt", 120, "USD"), ("d.txt", 9, "USD")) is not None
    # no words, no source: the number, and a source of its own
    assert others(told, text=None) == (
        "; b.txt has 120 of the same donor, so it is 120000 dollars that is wrong"
    )
    several = others(("c.txt", 120, "USD"), ("b.txt", 120, "USD"), ("a.txt", 119, "USD"))
    assert several is not None
    assert several.startswith("; b.txt has about 120 of")


def test_the_sentence_of_a_verdict_says_what_others_say() -> None:
    claims = rows(
        {"donor": "Norway", "text": "100.0 euros"},
        {"donor": "Norway", "text": "120000 dollars", "amount": 120000},
    )
    more = {"claim_id": "o", "source": "b.txt", "donor": "Norway", "amount": 120, "currency": "USD"}
    table = check(schema.frame([*claims, more], schema.CLAIMS), rates=TOY)
    (words,) = table["explanation"]
    assert words.endswith("b.txt has 120 of the same donor, so it is 120000 dollars that is wrong.")
