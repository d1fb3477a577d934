"""A verdict as a ClaimReview of schema.org, the record by which search engines know a fact check.

Nothing is invented: who reviews, at which address and on which day, is said by whoever publishes;
what was reviewed is what the source says; the rating is that of the verdict
(calc/data/claim_ratings.tsv).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import pandas as pd

from rates.errors import UsageError
from rates.policies import parse_date

from ..checks import WEAK_POWER
from ..text.data_tables import table
from .cells import clean, day
from .quoting import claim_of
from .sections import records
from .text_links import address_of, record_of, web_address

BEST, WORST = 5, 1


class ClaimReview(dict[str, Any]):
    """A ClaimReview; ``str()`` is its JSON-LD, ``script`` the element to put into a page."""

    def __str__(self) -> str:
        return _json(self)

    @property
    def script(self) -> str:
        """The element for the head or the body of the page of the review."""
        return f'<script type="application/ld+json">\n{self}\n</script>'


def claim_review(
    check: Mapping[str, Any] | pd.Series,
    claims: pd.DataFrame,
    *,
    url: str,
    author: str,
    author_url: str | None = None,
    published: date | str | None = None,
    address: str | None = None,
) -> ClaimReview:
    """The ClaimReview of one verdict: a row of ``check``, with the claims that were checked.

    ``url`` is the page on which the review stands, ``author`` the organisation that publishes it;
    ``published`` its day, left out unless given. ``address`` is where the reviewed text stands, if
    the page does not say so itself. ``UsageError`` for what is no web address or day, and for a
    verdict that cannot be rated: ``untestable``, or a test with little power.

    >>> import pledgecalc as pc
    >>> told = pc.read_text("Vilnius gave Ukraine 683 million euros ($763 million).",
    ...                     published="2024-11-04", publisher="The Courier")
    >>> review = claim_review(pc.check(told).iloc[0], told,
    ...                       url="https://check.example/1", author="The Desk")
    >>> review["claimReviewed"], review["reviewRating"]["alternateName"]
    ('683 million euros are $763 million', 'Rate of another day')
    """
    row = record_of(check)
    if "verdict" not in row or "base_text" not in row:
        raise UsageError("claim_review takes a row of check(claims), as in checks.iloc[0]")
    rating = rating_of(row)
    if rating is None:
        raise UsageError(f"no rating: {why_none(row)}")
    if not author.strip():
        raise UsageError("author= is the organisation that publishes the review, as in 'The Desk'")
    review: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": web_address(url),
        "author": _organisation(author.strip(), author_url),
        "datePublished": _day(published),
        "inLanguage": "en",
        "claimReviewed": f"{clean(row['base_text'])} are {clean(row['text'])}",
        "itemReviewed": _claim(claim_of(row, claims), claims, address),
        "reviewBody": clean(row["explanation"]),
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": int(rating["rating"]),
            "bestRating": BEST,
            "worstRating": WORST,
            "alternateName": rating["name"],
            "ratingExplanation": f"{rating['name']}: {rating['reason']}.",
        },
    }
    return ClaimReview(_filled(review))


def claim_reviews(
    checks: pd.DataFrame,
    claims: pd.DataFrame,
    *,
    url: str | None,
    author: str | None,
    published: date | str | None = None,
    address: str | None = None,
) -> tuple[str, list[str]]:
    """The reviews of all verdicts that can be rated, as one JSON-LD document; and what has none.

    ``UsageError`` without ``url`` and ``author``, and for an ``address`` of several texts.
    """
    if not url or not author:
        raise UsageError(
            "a ClaimReview needs who publishes it and the page that it stands on: "
            "--author 'The Desk' --url https://desk.example/checks/7"
        )
    sources = sorted(set(checks["source"].dropna()))
    if address and len(sources) > 1:
        raise UsageError(f"--address is of one text, but {', '.join(sources)} have conversions")
    found, left = [], []
    for row in records(checks):
        if rating_of(row) is None:
            left.append(f"{clean(row['base_text'])} = {clean(row['text'])}: {why_none(row)}")
            continue
        found.append(
            claim_review(row, claims, url=url, author=author, published=published, address=address)
        )
    return f"{_json(found)}\n", left


def _json(value: Any) -> str:
    # "</script>" in a quotation would end the element that this stands in
    return json.dumps(value, ensure_ascii=False, indent=2).replace("<", "\\u003c")


def rating_of(check: Mapping[str, Any]) -> dict[str, str] | None:
    """The rating of a verdict; None where a test shows nothing.

    >>> rating_of({"verdict": "scale", "power": 0.99})["name"]
    'Wrong by a factor'
    >>> rating_of({"verdict": "consistent", "power": 0.05}) is None
    True
    """
    if check["power"] is None or check["power"] < WEAK_POWER:
        return None
    return _ratings().get(check["verdict"])


def why_none(check: Mapping[str, Any]) -> str:
    """Why a verdict has no rating."""
    if check["verdict"] not in _ratings():
        return f"the conversion is {check['verdict']}; {clean(check['explanation'])}"
    share = f"{1 - float(check['power'] or 0):.0%}".replace("%", " %")
    return f"the test is too weak to rate: {share} of the rates of three years would pass it"


@cache
def _ratings() -> dict[str, dict[str, str]]:
    return {row["verdict"]: row for row in table("claim_ratings")}


def _claim(claim: Mapping[str, Any], claims: pd.DataFrame, address: str | None) -> dict[str, Any]:
    """What was reviewed: the sentence, who published it, when and where."""
    where = web_address(address) if address else address_of(claim, claims)
    published, publisher = day(claim.get("published")), clean(claim.get("publisher"))
    said_by = _organisation(publisher) if publisher else None
    page = {
        "@type": "CreativeWork",
        "url": where,
        "headline": clean(claim.get("title")),
        "datePublished": published,
        "publisher": said_by,
    }
    return {
        "@type": "Claim",
        "text": clean(claim.get("sentence") or claim.get("text")),
        "author": said_by,
        "datePublished": published,
        "appearance": page if where else None,
    }


def _organisation(name: str, url: str | None = None) -> dict[str, Any]:
    return {"@type": "Organization", "name": name, "url": web_address(url) if url else None}


def _day(published: date | str | None) -> str | None:
    found = parse_date(published)
    return None if found is None else found.day.isoformat()


def _filled(value: Any) -> Any:
    """A record without what is not known."""
    if not isinstance(value, dict):
        return value
    return {key: _filled(one) for key, one in value.items() if one not in (None, "")}
