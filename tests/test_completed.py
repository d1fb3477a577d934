"""What a table of claims leaves blank is read from its own sentences and titles."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from calc.claims import read, read_text
from calc.claims.completed import prepared_and_read
from calc.reconcile import reconcile

ARTICLE = (
    "Norway promises Kenya money for schools\n\n"
    "Norway will give Kenya 5 million euros ($5.4 million) for schools, the minister said. "
    "Norway has so far given Kenya 50 million euros. The country needs 90 million euros in all."
)


def kept(columns: list[str]) -> pd.DataFrame:
    """A table that somebody kept of the article: the words and the sums, and these columns."""
    claims = read_text(ARTICLE, published="2024-05-03", source="a")
    words = ["source", "published", "title", "sentence", "sentence_start", "text", "start", "end"]
    money = ["claim_id", "amount", "amount_low", "amount_high", "currency"]
    return claims[[*words, *money, *columns]]


@pytest.mark.parametrize("columns", [[], ["donor"], ["role", "status"], ["role", "recipient"]])
def test_a_table_and_its_article_give_the_same_claims(columns: list[str]) -> None:
    whole = read_text(ARTICLE, published="2024-05-03", source="a").set_index("claim_id")
    made = prepared_and_read(kept(columns)).set_index("claim_id")
    for name in ("role", "donor", "recipient", "status", "conversion_of", "value_date_basis"):
        assert made[name].fillna("-").to_dict() == whole[name].fillna("-").to_dict(), name


def test_a_cell_that_is_filled_is_not_overruled() -> None:
    table = kept([]).assign(donor="Sweden", role="pledge")
    made = prepared_and_read(table)
    assert set(made["donor"]) == {"Sweden"}
    assert set(made["role"]) == {"pledge"}


def test_a_day_that_the_words_name_goes_before_that_of_publication() -> None:
    table = pd.DataFrame(
        {
            "source": ["a"],
            "published": ["2024-11-04"],
            "value_date": ["2024-11-04"],
            "amount": [5e6],
            "currency": ["EUR"],
            "sentence": ["On 12 April 2023 Norway gave Kenya 5 million euros."],
            "text": ["5 million euros"],
        }
    )
    made = prepared_and_read(table).iloc[0]
    assert str(made["value_date"].date()) == "2023-04-12"
    assert made["value_date_basis"] == "stated"


def test_rows_without_words_stay_as_they_were_prepared() -> None:
    made = prepared_and_read(pd.DataFrame({"amount": [5e6], "currency": ["EUR"]})).iloc[0]
    assert (made["role"], made["status"], made["donor"] is pd.NA) == ("pledge", "unknown", False)
    assert pd.isna(made["donor"])


def test_a_file_with_sentences_and_no_roles_has_its_totals_apart(tmp_path: Path) -> None:
    file = tmp_path / "kept.csv"
    file.write_text(
        "published,sentence,amount,currency\n"
        "2024-05-03,Norway will give Kenya 5 million euros for schools.,5000000,EUR\n"
        "2024-06-04,Norway has so far given Kenya 50 million euros.,50000000,EUR\n",
        encoding="utf-8",
    )
    claims = read(file)
    assert claims["role"].tolist() == ["pledge", "total"]
    assert claims["donor"].tolist() == ["Norway", "Norway"]
    assert reconcile(claims).total("Norway", "Kenya").high == 5e6
