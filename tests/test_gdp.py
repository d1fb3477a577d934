"""Tables of GDP as their publishers lay them out, and shares as people write them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import pledgecalc as pc
from calc.questions import gdp
from calc.questions.gdp import percent

ONE = "country,year,gdp,currency\nNorway,2024,5200000000000,NOK\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gdp.csv"


def table(path: Path, text: str) -> gdp.GDP:
    path.write_text(text, encoding="utf-8")
    return pc.read_gdp(path)


def test_a_file_that_is_too_large_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gdp, "MAX_BYTES", 20)
    with pytest.raises(pc.UnreadableInputError, match=r"gdp\.csv: larger than 20 bytes"):
        table(path, ONE)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("country,year,gdp,currency\nAtlantis,2024,5,EUR\n", "no GDP of a country and a year"),
        ("country,year,gdp,currency\nNorway,2024,..,NOK\n", "no GDP of a country and a year"),
        ("country,year,gdp,currency\nNorway,last,5,NOK\n", "'last' is no year"),
        (
            "country,year,gdp,indicator\nEuro area,2024,5,GDP\nNorway,2024,5,GDP\n",
            "the currency of the GDP of Norway is not said",
        ),
    ],
)
def test_what_has_no_gdp_is_refused(path: Path, text: str, words: str) -> None:
    with pytest.raises(pc.UnreadableInputError, match=words):
        table(path, text)


def test_national_currency_is_that_of_the_country(path: Path) -> None:
    text = (
        "WEO Country,Subject Descriptor,Units,Scale,2023,2024\n"
        "Norway,Gross domestic product in current prices,National currency,Billions,5100,5200\n"
    )
    found = table(path, text)
    assert found.values["Norway", 2024] == (Decimal("5.2E12"), "NOK")
    assert found.years("Norway") == [2023, 2024]


def test_other_countries_do_not_stop_a_table(path: Path) -> None:
    found = table(path, ONE + "Middle-earth,2024,5,EUR\n")
    assert list(found.values) == [("Norway", 2024)]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("0.2 to 0.3 per cent", ("0.2", "0.25", "0.3")),
        ("0.3 to 0.2 per cent", ("0.15", "0.2", "0.25")),  # no range: the last number is the share
        ("half a per cent", ("0.5", "0.5", "0.5")),
        ("a quarter of a  percentage point", ("0.25", "0.25", "0.25")),
    ],
)
def test_shares_in_words_and_as_ranges(text: str, ends: tuple[str, str, str]) -> None:
    assert percent(text) == tuple(map(Decimal, ends))


def test_a_share_without_room_has_no_reach(path: Path) -> None:
    found = pc.share_of_gdp("half a per cent", "Norway", 2024, table(path, ONE))
    assert found.amount == found.low == found.high == Decimal(26_000_000_000)
    assert "by its digits" not in str(found)


def test_what_is_no_share_or_no_country_is_refused(path: Path) -> None:
    found = table(path, ONE)
    with pytest.raises(pc.UsageError, match=r"'twice' is no share in per cent; write 0\.25%"):
        pc.share_of_gdp("twice", "Norway", 2024, found)
    with pytest.raises(pc.UsageError, match="'Middle-earth' is no country"):
        pc.share_of_gdp("1%", "Middle-earth", 2024, found)


def test_without_a_year_the_years_of_the_file_are_told(path: Path) -> None:
    found = pc.share_of_gdp("1%", "Norway", None, table(path, ONE))
    assert (found.amount, found.year) == (None, None)
    assert found.note == "unknown, because no year is known; gdp.csv has 2024"


@pytest.mark.parametrize(
    ("text", "sentence", "donor", "why"),
    [
        ("twice as much", "Norway gives twice as much as in 2023.", "Norway", "no share of GDP"),
        ("1%", "Norway gives 1% more.", "Norway", "does not say of what it is a share"),
        ("1% of GDP", "1% of GDP goes abroad.", None, "does not say whose GDP it is"),
        ("1% of GDP", "Each gives 1% of GDP.", "Norway|Sweden", "given by several"),
    ],
)
def test_a_claim_that_is_no_share_of_one_gdp_says_why(
    path: Path, text: str, sentence: str, donor: str | None, why: str
) -> None:
    claims = pc.read_text("Norway gave Kenya 5 million euros.", published="2024-05-01")
    claims["role"], claims["text"], claims["sentence"] = "relative", text, sentence
    claims["donor"] = donor
    found = pc.shares_of_gdp(claims, table(path, ONE))
    assert found["amount"].isna().all()
    assert found["answer"][0].startswith("unknown, because")
    assert why in found["answer"][0]
