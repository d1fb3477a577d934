"""Claims: roles, parties, statuses, dates, conversions and repeats, from our own sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from five_documents import Five, each_five
from hypothesis import given
from hypothesis import strategies as st
from scoring.claims import CLAIMS

from calc import schema
from calc.claims import read, read_text
from calc.claims.acts import acts
from calc.claims.sentences import LONGEST_SENTENCE


def cell(value: Any) -> Any:
    return None if pd.isna(value) else value


@pytest.mark.parametrize("case", CLAIMS.right(), ids=lambda case: f"{case['kind']}: {case['text']}")
def test_corpus_sentence_gives_its_claims(case: dict[str, Any]) -> None:
    assert list(map(str, CLAIMS.read(case).slips)) == []


ARTICLE = """Denmark gives $260 million for Ukrainian drones

by The Harbour Post news desk March 10, 2025 9:00 AM

The Danish government will donate 1.8 billion kroner ($260 million) to Ukraine, it said on Monday.
The money will buy drones of the type Havørn from Ukrainian producers.

"These 1.8 billion kroner come on top of what we gave in January," the Danish minister said.

In January, Copenhagen sent Kyiv 690 million kroner.

Since the start of the war Denmark has provided Ukraine with military aid worth over 60 billion
kroner.
"""


def assert_spans(claims: pd.DataFrame, text: str) -> None:
    for start, end, words in zip(claims["start"], claims["end"], claims["text"], strict=True):
        assert text[int(start) : int(end)] == words


def article() -> pd.DataFrame:
    return read_text(ARTICLE, source="harbour.txt").set_index("text", drop=False)


def one(text: str, nth: int = 0) -> Any:
    claims = article()
    return claims[claims["text"] == text].iloc[nth]


def test_headline_echoes_the_body_and_takes_its_currency() -> None:
    headline, body = one("$260 million"), one("$260 million", 1)
    assert headline["zone"] == "headline"
    assert headline["repeats"] == body["claim_id"]
    assert (headline["currency"], headline["currency_basis"]) == ("USD", "pair")


def test_later_mention_repeats_the_first() -> None:
    first, later = one("1.8 billion kroner"), one("1.8 billion kroner", 1)
    assert later["repeats"] == first["claim_id"]
    assert cell(first["repeats"]) is None


def test_kroner_of_a_danish_giver_are_danish() -> None:
    row = one("1.8 billion kroner")
    assert (row["currency"], row["currency_basis"]) == ("DKK", "donor")
    assert one("690 million kroner")["currency"] == "DKK"


def test_kroner_are_told_by_the_rate_of_their_pair() -> None:
    claims = read_text("The fund got 1.8 billion kroner ($260 million).", published="2025-03-10")
    assert claims["currency"].tolist() == ["DKK", "USD"]
    assert claims["currency_basis"].tolist() == ["ambiguous", "pair"]


def test_dollar_is_told_by_the_rate_of_its_pair() -> None:
    claims = read_text("Ottawa gave $1 billion (€640 million).", published="2025-03-10")
    assert claims["currency"].tolist() == ["CAD", "EUR"]


def test_month_in_the_sentence_is_the_value_date_and_publication_otherwise() -> None:
    january = one("690 million kroner")
    assert str(january["value_date"].date()) == "2025-01-01"
    assert (january["value_date_precision"], january["value_date_basis"]) == ("month", "stated")
    monday = one("1.8 billion kroner")
    assert str(monday["value_date"].date()) == "2025-03-10"


def test_total_has_an_as_of_date_and_no_verb_changes_that() -> None:
    total = one("60 billion\nkroner")
    assert (total["role"], total["qualifier"]) == ("total", "over")
    assert str(total["as_of"].date()) == "2025-03-10"
    assert total["amount_low"] == 60e9
    assert pd.isna(total["amount_high"])


def test_spans_are_the_words_and_ids_are_stable() -> None:
    claims = article()
    assert_spans(claims, ARTICLE)
    assert claims["claim_id"].is_unique
    assert claims["claim_id"].tolist() == article()["claim_id"].tolist()


def test_another_sum_of_the_same_size_is_no_repeat() -> None:
    claims = read_text(
        "Norway gave Ukraine 5 million euros. Later Norway gave Ukraine another 5 million euros.",
        published="2025-03-10",
    )
    assert claims["repeats"].isna().all()


def test_dollar_without_evidence_stays_ambiguous_and_a_dollar_giver_does_not_decide() -> None:
    row = read_text("Canada gave Ukraine $1 billion.", published="2025-03-10").iloc[0]
    assert (row["currency"], row["currency_basis"]) == ("USD", "ambiguous")
    assert "CAD" in row["currency_candidates"].split("|")


def test_a_prefixed_dollar_elsewhere_does_not_decide_a_bare_one() -> None:
    claims = read_text(
        "Canada gave Kyiv C$500 million in May. It will give $1 billion more.",
        published="2025-03-10",
    )
    assert claims["currency"].tolist() == ["CAD", "USD"]
    assert claims["currency_basis"].tolist()[1] == "ambiguous"


def test_krona_is_decided_by_the_same_documents_code() -> None:
    claims = read_text(
        "The fund got SEK 500 million in May. It needs 1 billion crowns more.",
        published="2025-03-10",
    )
    assert claims["currency"].tolist() == ["SEK", "SEK"]
    assert claims["currency_basis"].tolist()[1] == "document"


def test_dates_of_an_aside_stay_with_it() -> None:
    claims = read_text(
        "Germany, which last year transferred 7.1 billion euros, will give 9 billion euros.",
        published="2025-07-03",
    )
    assert [str(day.date()) for day in claims["value_date"]] == ["2024-01-01", "2025-07-03"]


def test_reading_time_does_not_grow_with_the_square_of_the_figures() -> None:
    # not timed: five hundred figures in one sentence took half a minute once, and must not again
    claims = read_text("France pledged 5 million euros ($5 million) " * 500, published="2024-11-04")
    assert len(claims) == 1000


def test_without_a_date_nothing_is_invented() -> None:
    row = read_text("Norway gave Ukraine 5 million euros.").iloc[0]
    assert pd.isna(row["published"])
    assert pd.isna(row["value_date"])
    assert cell(row["value_date_basis"]) is None


def test_published_given_wins_and_is_the_value_date() -> None:
    row = read_text("Norway gave Ukraine 5 million euros.", published="2024-11-04").iloc[0]
    assert str(row["value_date"].date()) == "2024-11-04"
    assert row["value_date_basis"] == "published"


def test_a_date_after_publication_is_never_a_value_date() -> None:
    row = read_text(
        "On 5 December 2025 Norway will pay Ukraine 5 million euros.", published="2025-03-10"
    ).iloc[0]
    assert str(row["value_date"].date()) == "2025-03-10"


def test_relative_amount_is_no_money() -> None:
    row = read_text("Norway will give Ukraine 0.5% of its GDP each year until 2030.").iloc[0]
    assert (row["role"], row["text"], row["period"]) == (
        "relative",
        "0.5% of its GDP",
        "annual|until 2030",
    )
    assert pd.isna(row["amount"])
    assert cell(row["currency"]) is None


def test_modality_and_named_programme() -> None:
    row = read_text("Norway gave Ukraine a loan of 5 million euros for Havørn drones.").iloc[0]
    assert row["modality"] == "loan"
    assert row["purpose"].split("|") == ["drones", "Havørn"]


def test_columns_are_the_contract_for_any_text() -> None:
    claims = read_text("No money here.")
    assert claims.columns.tolist() == list(schema.CLAIMS)
    assert claims.attrs["documents"][0]["figures"] == 0


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    claims = read_text(text)
    assert_spans(claims, text)


@given(st.permutations(["b.txt", "a.txt", "c.txt"]))
def test_claims_of_a_document_do_not_depend_on_the_others(names: list[str]) -> None:
    alone = {name: read_text(ARTICLE, source=name)["claim_id"].tolist() for name in sorted(names)}
    for name in names:
        assert read_text(ARTICLE, source=name)["claim_id"].tolist() == alone[name]


def test_folder_is_read_in_order_and_several_jobs_give_the_same(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(ARTICLE, encoding="utf-8")
    one_job, two_jobs = read(tmp_path), read(tmp_path, jobs=2)
    assert one_job["source"].drop_duplicates().tolist() == ["a.txt", "b.txt"]
    pd.testing.assert_frame_equal(one_job, two_jobs)


def test_one_bad_source_does_not_cost_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    with pytest.warns(UserWarning, match=r"gone\.txt"):
        claims = read(tmp_path / "a.txt", tmp_path / "gone.txt")
    assert len(claims) == len(article())
    assert [problem["source"] for problem in claims.attrs["problems"]] == ["gone.txt"]


@each_five
def test_gold_figures_of_the_five_documents_have_their_roles_and_donors(five: Five) -> None:
    claims = read(*(page.path for page in five.pages))
    for gold in (figure for page in five.pages for figure in page.figures):
        if not gold["score"] and gold["role"] != "relative":
            continue
        found = claims[(claims["source"] == gold["file"]) & (claims["start"] == gold["start"])]
        assert len(found) == 1, gold["text"]
        row = found.iloc[0]
        assert row["role"] == gold["role"]
        if gold["role"] != "noise":
            assert cell(row["donor"]) == gold["donor"]
        if gold["pair_part"] in ("stated-conversion", "repeat"):
            assert bool(cell(row["conversion_of"])) or bool(cell(row["repeats"]))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Norway will give Ukraine a quarter of a percent of GDP.",
            "a quarter of a percent of GDP",
        ),
        ("Norway gave Ukraine 0.1 to 0.2 per cent of its GDP.", "0.1 to 0.2 per cent of its GDP"),
        ("Norway will give Ukraine twice as much next year.", "twice as much"),
        ("Norway promised Ukraine three times that amount.", "three times that amount"),
        ("Norway gave Ukraine €2 per inhabitant.", "€2"),
    ],
)
def test_amounts_that_need_other_data_are_relative(text: str, words: str) -> None:
    claims = read_text(text)
    assert [(row["text"], row["role"]) for _, row in claims.iterrows()] == [(words, "relative")]


@pytest.mark.parametrize(
    "text",
    ["It sold twice as much gas.", "Ten times more people came.", "Prices rose by 2 percent."],
)
def test_other_multiples_and_shares_are_no_claims(text: str) -> None:
    assert read_text(text).empty


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("5 million euros a quarter", "quarterly"),
        ("5 million euros each", "each"),
        ("5 million euros over the next decade", "over the next decade"),
        ("5 million euros a month over 18 months", "monthly|over 18 months"),
    ],
)
def test_the_words_of_a_period_are_kept(words: str, period: str) -> None:
    assert read_text(f"Norway will give Ukraine {words}.").iloc[0]["period"] == period


@pytest.mark.parametrize(
    "words",
    [
        *(
            "did not",
            "has never",
            "refused to",
            "declined to",
            "ruled out plans to",
            "went without",
        ),
        *("cancelled and", "withdrew what it", "halted what it", "suspended what it"),
        *("blocked what it", "vetoed what it", "rejected what it", "denied that it", "would have"),
        *("didn't", "didn’t"),
    ],
)
def test_each_way_to_deny_a_gift_is_seen(words: str) -> None:
    assert acts(f"Norway {words} provided 5 million euros.")[-1].denied


@pytest.mark.parametrize(
    ("text", "base", "stated"),
    [
        ("Oslo gave Ukraine 5 billion kroner, currently 480 million dollars.", "5 b", "480 m"),
        ("Riga gave 10 million euros ($11 million at the bank's official rate).", "10 m", "$11"),
        ("It gave €3 million (TL 42 million at the rate of 2 May) to Syria.", "€3", "TL 42"),
        ("Praha sent 20 million crowns (€0.8 million, at today's rates) to Kyiv.", "20 m", "€0.8"),
    ],
)
def test_a_conversion_may_say_at_whose_rate_it_was_made(text: str, base: str, stated: str) -> None:
    claims = read_text(text, published="2024-05-03").set_index("claim_id")
    pair = claims[claims["conversion_of"].notna()]
    assert pair["text"].str.startswith(stated).tolist() == [True]
    assert claims.loc[pair["conversion_of"], "text"].str.startswith(base).tolist() == [True]


def test_a_row_of_amounts_without_a_full_stop_is_cut_between_its_items() -> None:
    text = "Norway gave 5 million euros to Ukraine, " * 300
    claims = read_text(text, published="2024-11-04")
    assert len(claims) == 300
    assert claims["sentence"].str.len().max() <= LONGEST_SENTENCE
    assert set(claims["text"]) == {"5 million euros"}
