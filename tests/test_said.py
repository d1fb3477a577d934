"""What a sentence says of one of its amounts: a part, the whole it belongs to, a recap, or news."""

from __future__ import annotations

import pandas as pd
import pytest

from calc.claims import read_text
from calc.claims.rules import rules
from calc.claims.said import said_of
from calc.reconcile import reconcile


def said(sentence: str | None, text: str) -> frozenset[str]:
    """What the sentence says of the first amount that is printed so."""
    place = (sentence or "").find(text)
    return said_of(sentence, place, place + len(text)).values


def standing(sentence: str | None, text: str) -> frozenset[str]:
    """Whether it is told again, as a part, or as a whole."""
    return said(sentence, text) & {"again", "part", "whole"}


@pytest.mark.parametrize(
    ("sentence", "part", "whole"),
    [
        (
            "Kenya has got the first 40 million euros of the 200-million-euro programme.",
            "40 million euros",
            "200-million-euro",
        ),
        (
            "The Fund paid a third instalment of $350 million as part of its arrangement of up to "
            "$3 billion with Egypt.",
            "$350 million",
            "$3 billion",
        ),
        (
            "Oslo released NOK 90 million from its NOK 1 billion fund.",
            "NOK 90 million",
            "NOK 1 billion",
        ),
        (
            "Berlin sent 8 million euros to Mali under a 30 million euro agreement.",
            "8 million euros",
            "30 million euro",
        ),
        (
            "Of the £60 million, a sixth, or £10 million, goes to clinics.",
            "£10 million",
            "£60 million",
        ),
        (
            "Madrid sent the first part of its promised €45 million, some €9 million in seeds.",
            "€9 million",
            "€45 million",
        ),
    ],
)
def test_the_whole_of_a_part_is_told_again_and_is_no_part(
    sentence: str, part: str, whole: str
) -> None:
    small, large = standing(sentence, part), standing(sentence, whole)
    assert "part" in small
    assert "whole" not in small
    assert large == {"again", "whole"}


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("Tokyo announced the delivery of a ¥5 billion package.", "¥5 billion"),
        (
            "Norway gave 5 million euros to a school and 3 million euros to a clinic.",
            "3 million euros",
        ),
        ("Spain pledged the sum of 4 million euros to Jordan.", "4 million euros"),
        ("Canada pledged $5 million to it.", "$5 million"),
        ("Italy will give Libya 20 million euros for the repair of a dam.", "20 million euros"),
    ],
)
def test_an_amount_of_news_is_no_whole_and_not_told_again(sentence: str, text: str) -> None:
    assert standing(sentence, text) == set()


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        (
            "The minister came to Amman, two weeks after Canberra unveiled aid worth $8 million.",
            "$8 million",
        ),
        (
            "A day after Rome and Tunis signed a loan worth 50 million euros, talks went on.",
            "50 million",
        ),
        (
            "The visit comes three months after 7 million kroner was approved for Malawi.",
            "7 million",
        ),
        ("In May Vienna had offered Chisinau 3 million euros.", "3 million euros"),
        (
            "Lima repeated its request, and Lisbon repeated its offer of 2 million euros.",
            "2 million",
        ),
        ("The 6 million euros for Chad was approved weeks ago, Paris said.", "6 million euros"),
        (
            "The wells were dug with 9 million kronor that Stockholm gave in June.",
            "9 million kronor",
        ),
        (
            "The grant of 4 million pounds which the May government had promised is late.",
            "4 million",
        ),
        ("The C$30 million package holds tents and food.", "C$30 million"),
        ("It spoke of the ¥2 billion loan for the port.", "¥2 billion"),
        ("The £12 million grant will pay for nurses.", "£12 million"),
        ("Rome has paid half of its pledged 30 million euros.", "30 million euros"),
        ("Brussels will keep its promised €90 million.", "€90 million"),
        ("Seeds were bought with 8 million euros granted last year.", "8 million euros"),
    ],
)
def test_money_that_a_reader_knows_is_told_again(sentence: str, text: str) -> None:
    assert "again" in said(sentence, text)


@pytest.mark.parametrize(
    ("sentence", "news", "recap"),
    [
        (
            "Dublin announced 5 million euros for Gaza, weeks after it pledged 20 million euros.",
            "5 million euros",
            "20 million euros",
        ),
        (
            "Seoul gives $30 million to Kenya, including $10 million announced last month.",
            "$30 million",
            "$10 million",
        ),
        (
            "Bern offers 9 million francs and has already paid 4 million francs.",
            "9 million francs",
            "4 million francs",
        ),
    ],
)
def test_a_recap_beside_news_is_of_its_own_amount_alone(
    sentence: str, news: str, recap: str
) -> None:
    assert "again" not in said(sentence, news)
    assert "again" in said(sentence, recap)


def test_what_a_package_includes_is_the_part_and_the_package_is_not() -> None:
    words = (
        "A package of 30 million euros that includes tents, among them 2 million euros for heat."
    )
    assert "part" not in said(words, "30 million euros")
    assert "part" in said(words, "2 million euros")


def test_an_amount_that_the_sentence_does_not_have_is_judged_by_all_its_words() -> None:
    assert "part" in said("An initial tranche was paid.", "5 million euros")
    assert said(None, "5 million euros") == frozenset()


def reported(*reports: tuple[str, str, str, float]) -> list[str]:
    """The claims of each pledge: reports of a day, a sentence, the printed amount, its value."""
    rows = [
        {
            "claim_id": f"c{number}",
            "source": f"s{number}",
            "donor": "Norway",
            "recipient": "Kenya",
            "currency": "NOK",
            "published": day,
            "sentence": sentence,
            "text": text,
            "amount": amount,
        }
        for number, (day, sentence, text, amount) in enumerate(reports)
    ]
    return sorted(reconcile(pd.DataFrame(rows)).pledges["claim_ids"])


def test_the_whole_that_an_instalment_names_joins_the_report_of_it() -> None:
    first = ("2024-01-10", "Norway gives Kenya NOK 300 million.", "NOK 300 million", 300e6)
    words = "Kenya has got the first NOK 60 million of the NOK 300 million programme."
    later = ("2024-03-05", words, "NOK 300 million", 300e6)
    assert reported(first, later) == ["c0|c1"]


def test_news_of_an_equal_amount_two_months_later_stays_apart() -> None:
    first = ("2024-01-10", "Norway gives Kenya NOK 300 million.", "NOK 300 million", 300e6)
    later = ("2024-03-05", "Norway will send NOK 300 million to Kenya.", "NOK 300 million", 300e6)
    assert reported(first, later) == ["c0", "c1"]


def test_the_whole_that_an_instalment_names_joins_a_report_of_last_year() -> None:
    first = ("2023-03-17", "Norway gives Kenya NOK 340 million.", "NOK 340 million", 340e6)
    words = "Kenya has got the first NOK 60 million of the NOK 340 million programme."
    later = ("2024-01-05", words, "NOK 340 million", 340e6)
    news = ("2024-01-05", "Norway sends Kenya NOK 340 million.", "NOK 340 million", 340e6)
    assert reported(first, later) == ["c0|c1"]
    assert reported(first, news) == ["c0", "c1"]


AGAIN = [rule for rule in rules("said_signs") if rule.value == "again" and rule.where == "own"]


def told_again(words: str) -> bool:
    return any(rule.pattern.search(words) for rule in AGAIN)


@pytest.mark.parametrize("body", ["1" * 3000, "a1 " * 1500, "about " * 1500, "of the " * 1500])
def test_words_are_found_behind_any_amount_of_others(body: str) -> None:
    # a pattern that tries every way to cut such a text would not come back from it
    assert told_again(f"of the {body}; it was promised before, as a reminder")
    assert not told_again(f"of the {body}; nothing of the kind was promised")


@pytest.mark.parametrize(
    "sentence",
    [
        "Of the 10 million kroner promised to Kenya for wells, Oslo has paid 2 million kroner.",
        "Out of the $1.5 billion pledged in Rome, half has arrived.",
        "A part of the 7 million euros announced by Riga has come.",
    ],
)
def test_money_out_of_what_was_promised_was_told_before(sentence: str) -> None:
    assert told_again(sentence.lower())


def test_of_two_equal_amounts_each_has_what_is_said_of_it() -> None:
    words = (
        "Oslo paid a first tranche of 3 million euros and later pledged a fresh 3 million euros."
    )
    claims = read_text(words, published="2024-11-04")
    assert claims["said"].tolist() == ["part|instalment", "additional"]


def test_the_whole_is_named_by_its_claim() -> None:
    words = (
        "Norway gave Ukraine 9 million euros ($10 million), including 5 million euros for mines."
    )
    claims = read_text(words, published="2024-11-04")
    whole, _conversion, _part = claims["claim_id"]
    assert claims["part_of"].isna().tolist() == [True, True, False]
    assert claims["part_of"].tolist()[2] == whole
    assert claims["conversion_of"].tolist()[1] == whole


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Norway and Sweden each gave Ukraine 5 million euros.", "each"),
        ("Norway gives Ukraine 5 million euros a year.", "per-year"),
        ("Norway announced another 5 million euros for Ukraine.", "additional"),
        ("Norway raised its grant for Ukraine to 5 million euros.", "changed"),
    ],
)
def test_the_column_says_what_the_words_say(words: str, value: str) -> None:
    (told,) = read_text(words, published="2024-11-04")["said"]
    assert value in told.split("|")


def test_each_year_is_not_each() -> None:
    words = "Germany and France pledged 5 million euros each year to Ukraine."
    (told,) = read_text(words, published="2024-11-04")["said"]
    assert told == "per-year"


@pytest.mark.parametrize(
    ("words", "total"),
    [
        (
            "Norway gave Ukraine 5 million euros in May. On Monday Norway announced another "
            "5 million euro package for Ukraine.",
            10e6,
        ),
        (
            "Norway gave Ukraine 5 million euros in May. On Monday Norway announced a fresh grant "
            "of 5 million euros for Ukraine.",
            10e6,
        ),
        ("Oslo paid a first tranche of 3 million euros and pledged a fresh 3 million euros.", 6e6),
        ("Germany and France pledged 5 million euros each year to Ukraine.", 5e6),
        ("Germany and France pledged 5 million euros each to Ukraine.", 10e6),
        (
            "Norway announced another 5 million euros for Ukraine on Monday. The additional "
            "5 million euros are for schools.",
            5e6,
        ),
    ],
)
def test_a_sum_follows_what_is_said_of_each_amount(words: str, total: float) -> None:
    found = reconcile(read_text(words, published="2024-11-04")).total()
    assert (found.low, found.high) == (total, total)
    assert reconcile(read_text(words, published="2024-11-04")).findings.empty


def test_one_more_in_the_headline_is_the_one_of_the_body() -> None:
    words = (
        "Norway gives Ukraine another 5 million euros\n\n"
        "OSLO, 4 November 2024 - Norway will give Ukraine another 5 million euros, it said."
    )
    assert reconcile(read_text(words)).total(donor="Norway").high == 5e6


def test_one_more_reported_months_later_is_no_repeat_of_the_first() -> None:
    first = ("2024-01-10", "Norway gives Kenya NOK 300 million.", "NOK 300 million", 300e6)
    words = "Norway gives Kenya a further NOK 300 million."
    later = ("2024-02-01", words, "NOK 300 million", 300e6)
    plain = ("2024-02-01", "Norway gives Kenya NOK 300 million.", "NOK 300 million", 300e6)
    assert reported(first, later) == ["c0", "c1"]
    assert reported(first, plain) == ["c0|c1"]


def test_a_table_with_sentences_is_read_as_a_text_is() -> None:
    words = "Norway and Sweden each gave Kenya 5 million euros."
    row = {"sentence": words, "text": "5 million euros", "amount": 5e6, "currency": "EUR"}
    parties = {"donor": "Norway|Sweden", "recipient": "Kenya", "published": "2024-11-04"}
    table = pd.DataFrame([{**row, **parties}])
    assert reconcile(table).total().low == 10e6
    assert reconcile(table.assign(said="part")).total().low == 5e6  # a person says otherwise


def test_one_more_below_a_heading_is_the_one_of_the_heading() -> None:
    words = (
        "1. France adds 2 billion euros\n"
        "France will give Ukraine a further 2 billion euros in military aid, it said in Paris."
    )
    found = reconcile(read_text(words, published="2025-03-28")).total(donor="France")
    assert (found.low, found.high) == (2e9, 2e9)


def test_a_new_package_that_another_outlet_told_of_before_may_be_the_same() -> None:
    first = ("2024-01-10", "Norway gives Kenya NOK 300 million.", "NOK 300 million", 300e6)
    words = "Norway has announced a new package of NOK 300 million for Kenya."
    later = ("2024-01-20", words, "NOK 300 million", 300e6)
    assert reported(first, later) == ["c0|c1"]
