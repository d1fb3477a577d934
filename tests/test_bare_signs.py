"""Which currency a bare sign means: a rate nearby decides only what something else suggests."""

from __future__ import annotations

import pytest

from pledgecalc import check, read_text

_DAY = "2025-04-04"


def _currency(text: str, published: str | None = _DAY, nth: int = -1) -> tuple[str, str]:
    row = read_text(text, published=published).iloc[nth]
    return row["currency"], row["currency_basis"]


def _verdict(text: str, published: str | None = _DAY) -> str:
    return str(check(read_text(text, published=published)).iloc[0]["verdict"])


def test_a_slip_is_no_hint_at_another_dollar() -> None:
    text = "Germany will give Ukraine 100 million euros ($182 million)."
    assert _currency(text) == ("USD", "ambiguous")
    assert _verdict(text) in ("other-currency", "inconsistent")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Germany will give New Zealand 100 million euros ($196 million).", "NZD"),
        ("New Zealand will give Ukraine $196 million (100 million euros).", "NZD"),
        ("Germany will give Ukraine 100 million euros ($157 million), Canada's envoy said.", "CAD"),
        ("Germany will give Ukraine 100 million euros ($110 million), Canada's envoy said.", "USD"),
        (
            "Germany will give Kenya 100 million euros ($182 million). It gave A$5 million before.",
            "AUD",
        ),
    ],
)
def test_a_suggested_dollar_is_told_by_the_rate(text: str, code: str) -> None:
    rows = read_text(text, published=_DAY)
    bare = rows[rows["text"].str.startswith("$")].iloc[0]
    assert (bare["currency"], bare["currency_basis"]) == (code, "pair")


def test_the_outlet_suggests_its_dollar() -> None:
    rows = read_text(
        "Germany will give Kenya 100 million euros ($181 million).",
        published=_DAY,
        publisher="ABC News Australia",
    )
    assert rows["currency"].tolist() == ["EUR", "AUD"]


@pytest.mark.parametrize(
    "text",
    [
        "In November 2006, Germany gave Kenya 630,000 euros ($813,000).",
        "In 2010, Sweden gave Haiti 100 million kronor ($14 million).",
    ],
)
def test_the_rate_is_of_the_day_of_the_act(text: str) -> None:
    assert _currency(text, "2024-11-04")[0] == "USD"
    assert _verdict(text, "2024-11-04") == "consistent"


def test_without_a_date_a_pair_decides_nothing() -> None:
    text = "The fund holds $1bn (£640m)."
    assert _currency(text, None, 0) == ("USD", "ambiguous")
    assert _currency(text, None, 1) == ("GBP", "ambiguous")
    assert _currency("Australia will give Kenya $1bn (640 million euros).", None, 0)[0] == "USD"


def test_crowns_that_nothing_suggests_stay_open() -> None:
    assert _currency("Germany will give Kenya 1.5 billion kroner (€201 million).", nth=0) == (
        "DKK",
        "ambiguous",
    )
    assert _currency("Denmark will give Kenya 1.5 billion kroner (€201 million).", nth=0) == (
        "DKK",
        "donor",
    )
