"""ClaimReview, a line to quote, and links that lead to the words."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pandas as pd
import pytest

import cli
import pledgecalc as pc
from calc.report.claim_review import rating_of
from calc.report.text_links import encoded, text_fragment
from calc.text.data_tables import table
from rates.errors import UsageError

ROOT = Path(__file__).resolve().parents[1]
PAGE, DESK = "https://desk.example/checks/7", "The Desk"
# What schema.org's type and the search engines' guides ask of a review, and which kind each is.
NEEDED: dict[str, type] = {"url": str, "claimReviewed": str, "reviewRating": dict, "author": dict}
OF_RATING: dict[str, type] = {"ratingValue": int, "bestRating": int, "worstRating": int}
KNOWN = {
    "ClaimReview": {
        "@context", "@type", "url", "author", "datePublished", "inLanguage", "claimReviewed",
        "itemReviewed", "reviewBody", "reviewRating",
    },
    "Rating": {
        "@type", "ratingValue", "bestRating", "worstRating", "alternateName", "ratingExplanation",
    },
    "Claim": {"@type", "text", "author", "datePublished", "appearance"},
    "CreativeWork": {"@type", "url", "headline", "datePublished", "publisher"},
    "Organization": {"@type", "name", "url"},
}  # fmt: skip


@pytest.fixture(scope="module")
def claims() -> pd.DataFrame:
    return pc.read(ROOT / "examples" / "lithuania")


@pytest.fixture(scope="module")
def checks(claims: pd.DataFrame) -> pd.DataFrame:
    return pc.check(claims)


def row(checks: pd.DataFrame, verdict: str) -> pd.Series:
    return checks[checks["verdict"] == verdict].iloc[0]


def typed(value: Any) -> list[dict[str, Any]]:
    """Every record of a review, itself included."""
    if not isinstance(value, dict):
        return []
    return [value, *(one for inner in value.values() for one in typed(inner))]


def review(claims: pd.DataFrame, checks: pd.DataFrame, **more: Any) -> dict[str, Any]:
    made = pc.claim_review(
        row(checks, "other-date"), claims, **{"url": PAGE, "author": DESK, **more}
    )
    read: dict[str, Any] = json.loads(str(made))
    return read


def test_a_review_has_what_is_asked_of_one(claims: pd.DataFrame, checks: pd.DataFrame) -> None:
    found = review(claims, checks, published="2024-11-06", address="https://courier.example/a")
    assert (found["@context"], found["@type"]) == ("https://schema.org", "ClaimReview")
    assert {name: type(found[name]) for name in NEEDED} == NEEDED
    rating = found["reviewRating"]
    assert {name: type(rating[name]) for name in OF_RATING} == OF_RATING
    assert rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]
    assert rating["alternateName"] == "Rate of another day"
    for one in typed(found):
        assert set(one) <= KNOWN[one["@type"]]
        assert all(value not in (None, "", {}) for value in one.values())
    assert found["datePublished"] == "2024-11-06"
    assert found["itemReviewed"]["appearance"]["url"] == "https://courier.example/a"
    assert found["itemReviewed"]["author"]["name"] == "The Kyiv Courier"


def test_nothing_is_invented(claims: pd.DataFrame, checks: pd.DataFrame) -> None:
    found = review(claims, checks)
    assert "datePublished" not in found
    assert "appearance" not in found["itemReviewed"]
    assert found["author"] == {"@type": "Organization", "name": DESK}
    nameless = pc.read_text("Oslo gave Kenya 683 million euros ($763 million).",
                            published="2024-11-04")  # fmt: skip
    made = pc.claim_review(pc.check(nameless).iloc[0], nameless, url=PAGE, author=DESK)
    assert "author" not in made["itemReviewed"]


def test_a_quotation_cannot_end_the_script() -> None:
    text = "Oslo gave Kenya 683 million euros ($763 million)</script><script>alert(1)</script>."
    claims = pc.read_text(text, published="2024-11-04")
    made = pc.claim_review(pc.check(claims).iloc[0], claims, url=PAGE, author=DESK)
    assert made.script.count("<") == 2
    assert "</script>" in json.loads(str(made))["itemReviewed"]["text"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"url": "desk/checks"}, "not a web address"),
        ({"url": "javascript:alert(1)"}, "not a web address"),
        ({"author": " "}, "organisation that publishes"),
        ({"published": "soon"}, "soon"),
        ({"address": "ftp://a.example/b"}, "not a web address"),
    ],
)
def test_what_cannot_be_published_is_refused(
    claims: pd.DataFrame, checks: pd.DataFrame, wrong: dict[str, str], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        review(claims, checks, **wrong)


def test_a_weak_test_and_an_untestable_one_get_no_rating(
    claims: pd.DataFrame, checks: pd.DataFrame
) -> None:
    weak = checks[checks["power"] < 0.2].iloc[0]
    with pytest.raises(UsageError, match="too weak to rate"):
        pc.claim_review(weak, claims, url=PAGE, author=DESK)
    undated = pc.read_text("Oslo gave Kenya 683 million euros ($763 million).")
    with pytest.raises(UsageError, match="no rating: the conversion is untestable"):
        pc.claim_review(pc.check(undated).iloc[0], undated, url=PAGE, author=DESK)


COMMAND = ["check", str(ROOT / "examples" / "lithuania"), "--format", "claimreview"]
REVIEWED = [*COMMAND, "--author", DESK, "--url", PAGE]


def test_the_command_line_writes_a_review_of_each_verdict_that_can_be_rated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(REVIEWED) == 1  # a warning was found
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert [one["reviewRating"]["ratingValue"] for one in found] == [5, 3]
    assert {one["author"]["name"] for one in found} == {DESK}
    assert err.count("too weak to rate") == 2
    cli.main([*REVIEWED, "-o", str(tmp_path / "reviews.jsonld")])
    assert json.loads((tmp_path / "reviews.jsonld").read_text(encoding="utf-8")) == found


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (COMMAND, "--author 'The Desk' --url"),
        ([*REVIEWED, "--address", "https://a.example/b"], "--address is of one text, but courier"),
        ([*REVIEWED, "--reviewed", "soon"], "soon"),
    ],
)
def test_a_review_that_cannot_be_written_says_what_is_missing(
    asked: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(asked) == 2
    assert said in capsys.readouterr().err


def test_every_verdict_has_a_rating_or_is_untestable() -> None:
    page = (ROOT / "docs" / "reconciling.md").read_text(encoding="utf-8")
    verdicts = set(re.findall(r"```check ([\w-]+)", page))
    rated = {one["verdict"] for one in table("claim_ratings")}
    assert verdicts - rated == {"untestable"}
    values = {one["verdict"]: int(one["rating"]) for one in table("claim_ratings")}
    assert all(1 <= value <= 5 for value in values.values())
    assert values["inconsistent"] < values["other-date"] < values["consistent"]
    assert rating_of({"verdict": "untestable", "power": 0.9}) is None


def test_claims_verdicts_and_conversions_have_a_line_to_quote(
    claims: pd.DataFrame, checks: pd.DataFrame
) -> None:
    one = claims[claims["text"] == "683 million euros"].iloc[0]
    said = pc.quote(one, claims)
    assert said.startswith("“All told, Lithuania has supplied Ukraine")
    assert said.endswith("4 November 2024, courier-memorandum.txt, characters 692–709)")
    text = (ROOT / "examples/lithuania/courier-memorandum.txt").read_text(encoding="utf-8")
    assert text[692:709] == "683 million euros"
    verdict = pc.quote(row(checks, "other-date"), claims)
    assert "(other-date). “All told" in verdict
    assert "sha256:" in pc.quote(pc.convert(5, "EUR", "USD", on="2024-11-04"))
    assert pc.quote(one, claims, address="https://courier.example/a").endswith(
        "https://courier.example/a#:~:text=683%20million%20euros)"
    )


def test_what_has_no_line_to_quote_says_what_is_needed(checks: pd.DataFrame) -> None:
    with pytest.raises(UsageError, match=r"checks\.iloc\[0\]"):
        pc.quote({"amount": 5})
    with pytest.raises(UsageError, match="give the table that was checked"):
        pc.quote(checks.iloc[0])


def test_a_page_that_gives_its_address_gets_a_link(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="no trafilatura (extra: html)")
    sentence = "Norway gave Kenya 5 million kroner for clinics in May, the ministry in Oslo said. "
    (tmp_path / "page.html").write_text(
        '<html><head><title>Aid</title><link rel="canonical" href="https://news.example/aid">'
        f"</head><body><article><h1>Aid</h1><p>{sentence * 3}</p></article></body></html>",
        encoding="utf-8",
    )
    (tmp_path / "note.md").write_text(
        f"---\ntitle: Aid\nurl: https://blog.example/aid\n---\n\n{sentence}\n", encoding="utf-8"
    )
    claims = pc.read(tmp_path)
    links = [pc.text_link(claims.iloc[place], claims) for place in range(len(claims))]
    assert "https://blog.example/aid#:~:text=5%20million%20kroner" in links
    assert any(link and link.startswith("https://news.example/aid#:~:text=") for link in links)


def test_without_an_address_there_is_no_link(claims: pd.DataFrame) -> None:
    assert pc.text_link(claims.iloc[0], claims) is None


def test_an_address_with_a_fragment_keeps_it(claims: pd.DataFrame) -> None:
    one = claims[claims["text"] == "683 million euros"].iloc[0]
    link = pc.text_link(one, claims, "https://a.example/x?y=1#part:~:text=old")
    assert link == "https://a.example/x?y=1#part:~:text=683%20million%20euros"


@pytest.mark.parametrize(
    ("sentence", "text", "expected"),
    [
        ("It gave 5 million.", "5 million", "5%20million"),
        ("It gave 5-6 million, R&D.", "5-6 million", "5%2D6%20million"),
        ("1 million here, 1 million there", "1 million", "1%20million,-here%2C"),
        ("Paid (5 million) and 5 million", "5 million", "Paid%20%28-,5%20million,-%29%20and"),
    ],
)
def test_a_fragment_is_encoded_and_made_the_only_one(
    sentence: str, text: str, expected: str
) -> None:
    assert text_fragment({"sentence": sentence, "text": text}, [sentence]) == expected


def test_prefix_figure_and_suffix_stand_together_in_the_page(claims: pd.DataFrame) -> None:
    """As browsers look: the words of the three parts, one after another, in one place alone."""
    for place in range(len(claims)):
        one = claims.iloc[place]
        link = pc.text_link(one, claims, "https://a.example/x")
        assert link is not None
        parts = link.partition("text=")[2].split(",")
        assert not any(char in "".join(parts).strip("-")[1:-1].replace("-", "") for char in "& ")
        words = "".join(unquote(part.strip("-")) for part in parts).split()
        text = (ROOT / "examples/lithuania" / one["source"]).read_text(encoding="utf-8")
        page = re.sub(r"\s+", "", text).casefold()
        assert page.count("".join(words).casefold()) >= 1
        assert encoded(unquote(parts[0].rstrip("-"))) == parts[0].rstrip("-")
