import hashlib
import tomllib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rates.currencies import currencies, currency, known, minor_units, suggestions
from rates.errors import PledgecalcError, UnknownCurrencyError

DATA = Path(__file__).resolve().parents[1] / "rates" / "data"

# Typed by hand from the Council Regulations, in their digits.
STATUTORY = {
    "ATS": "13.7603",
    "BEF": "40.3399",
    "BGN": "1.95583",
    "CYP": "0.585274",
    "DEM": "1.95583",
    "EEK": "15.6466",
    "ESP": "166.386",
    "FIM": "5.94573",
    "FRF": "6.55957",
    "GRD": "340.750",
    "HRK": "7.53450",
    "IEP": "0.787564",
    "ITL": "1936.27",
    "LTL": "3.45280",
    "LUF": "40.3399",
    "LVL": "0.702804",
    "MTL": "0.429300",
    "NLG": "2.20371",
    "PTE": "200.482",
    "SIT": "239.640",
    "SKK": "30.1260",
    "XEU": "1",
}


def test_table_is_the_one_that_its_source_entry_describes() -> None:
    entry = tomllib.loads((DATA / "SOURCE.toml").read_text(encoding="utf-8"))["currencies.tsv"]
    assert entry["sha256"] == hashlib.sha256((DATA / "currencies.tsv").read_bytes()).hexdigest()
    assert entry["origin"]
    assert entry["versions"]
    assert entry["retrieved"]
    assert entry["terms"]


@pytest.mark.parametrize(("code", "units"), STATUTORY.items())
def test_irrevocable_rate_has_the_digits_of_the_law(code: str, units: str) -> None:
    found = currency(code)
    assert str(found.euro_rate) == units
    assert found.euro_rate == Decimal(units)
    assert found.successor == "EUR"


def test_only_the_predecessors_of_the_euro_have_an_irrevocable_rate() -> None:
    assert [c.code for c in currencies() if c.euro_rate is not None] == sorted(STATUTORY)


@pytest.mark.parametrize(
    ("code", "euro_day"),
    [
        ("DEM", date(1999, 1, 1)),
        ("GRD", date(2001, 1, 1)),
        ("SIT", date(2007, 1, 1)),
        ("CYP", date(2008, 1, 1)),
        ("SKK", date(2009, 1, 1)),
        ("EEK", date(2011, 1, 1)),
        ("LVL", date(2014, 1, 1)),
        ("LTL", date(2015, 1, 1)),
        ("HRK", date(2023, 1, 1)),
        ("BGN", date(2026, 1, 1)),
    ],
)
def test_predecessor_ends_on_the_day_before_the_euro_came(code: str, euro_day: date) -> None:
    last = currency(code).last
    assert last is not None
    assert last + timedelta(days=1) == euro_day


@pytest.mark.parametrize(
    ("code", "digits"),
    [("JPY", 0), ("KRW", 0), ("ISK", 0), ("EUR", 2), ("USD", 2), ("UAH", 2), ("KWD", 3)],
)
def test_minor_units(code: str, digits: int) -> None:
    assert minor_units(code) == digits


@pytest.mark.parametrize("code", ["XAU", "XXX", "XDR"])
def test_metals_funds_and_testing_codes_have_no_minor_units(code: str) -> None:
    assert minor_units(code) is None


def test_live_currency_has_no_end_and_no_successor() -> None:
    euro = currency("EUR")
    assert euro.first == date(1999, 1, 1)
    assert euro.last is None
    assert euro.successor is None
    assert euro.euro_rate is None


@pytest.mark.parametrize(
    ("code", "successor"),
    [
        ("ROL", "RON"),
        ("TRL", "TRY"),
        ("BYR", "BYN"),
        ("GHC", "GHS"),
        ("ZMK", "ZMW"),
        ("VEB", "VEF"),
        ("AZM", "AZN"),
        ("MZM", "MZN"),
        ("SDD", "SDG"),
        ("TMM", "TMT"),
        ("ZWD", "ZWN"),
        ("ANG", "XCG"),
    ],
)
def test_redenominated_currency_names_its_successor(code: str, successor: str) -> None:
    ended = currency(code)
    assert ended.successor == successor
    assert ended.last is not None
    assert ended.euro_rate is None


def test_every_chain_of_successors_ends_in_a_live_currency() -> None:
    for start in currencies():
        seen, found = [start.code], start
        while found.successor:
            found = currency(found.successor)
            assert found.code not in seen
            seen.append(found.code)
        assert found.last is None, seen


def test_life_spans_run_forward() -> None:
    for c in currencies():
        assert not (c.first and c.last) or c.first < c.last, c.code


def test_an_ended_currency_says_when_and_what_came_next() -> None:
    for c in currencies():
        assert (c.last is None) == (c.successor is None), c.code


@pytest.mark.parametrize("typed", ["eur", "EUR", "Eur", " eur "])
def test_code_is_read_in_any_case(typed: str) -> None:
    assert currency(typed).code == "EUR"
    assert known(typed)


@pytest.mark.parametrize(
    ("typed", "offer"),
    [
        ("XXL", "XXX"),
        ("ERU", "EUR"),
        ("EUT", "EUR"),
        ("USDD", "USD"),
        ("EU", "EUR"),
        ("GPB", "GBP"),
        ("euro", "EUR"),
        ("Euros", "EUR"),
        ("dollars", "USD"),
        ("pounds", "GBP"),
        ("swiss francs", "CHF"),
        ("kronor", "SEK"),
        ("crowns", "SEK"),
        ("£", "GBP"),
        ("€", "EUR"),
        ("₴", "UAH"),
        ("RMB", "CNY"),
    ],
)
def test_likeliest_code_is_offered_first(typed: str, offer: str) -> None:
    with pytest.raises(UnknownCurrencyError) as caught:
        currency(typed)
    assert caught.value.suggestions[0] == offer
    assert caught.value.code == typed
    assert str(caught.value).startswith(f"{typed} is not a currency; did you mean {offer}")


def test_a_name_of_many_currencies_offers_more_than_one() -> None:
    assert suggestions("dollars") == ("USD", "CAD", "AUD")
    assert suggestions("krone") == ("NOK", "DKK")


def test_message_is_the_sentence_of_the_design() -> None:
    with pytest.raises(UnknownCurrencyError, match=r"^XXL is not a currency; did you mean XXX\?$"):
        currency("XXL")


def test_money_is_offered_before_testing_codes() -> None:
    assert suggestions("LTS") == ("ATS", "LTL", "XTS")


@pytest.mark.parametrize("typed", ["", "   ", "qqqq", "12", "💶", "\x00", "a" * 5000])
def test_hopeless_text_gets_the_next_step_and_no_guess(typed: str) -> None:
    with pytest.raises(UnknownCurrencyError) as caught:
        currency(typed)
    assert caught.value.suggestions == ()
    message = str(caught.value)
    assert message.endswith("use an ISO 4217 code such as EUR, USD or GBP")
    assert message.isprintable()
    assert len(message) < 150


@pytest.mark.parametrize("value", [None, 5, float("nan"), b"EUR"])
def test_what_is_no_text_is_refused_in_the_same_way(value: Any) -> None:
    with pytest.raises(PledgecalcError, match="is not a currency"):
        currency(value)
    assert not known(value)


@given(st.text(max_size=6))
def test_suggestions_are_known_and_always_the_same(typed: str) -> None:
    offers = suggestions(typed)
    assert all(known(code) for code in offers)
    assert len(set(offers)) == len(offers) <= 3
    assert suggestions(typed) == offers


def test_names_are_distinct_enough_to_print() -> None:
    names = [c.name for c in currencies()]
    assert len(set(names)) == len(names)
    assert all(names)
