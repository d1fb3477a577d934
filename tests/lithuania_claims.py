"""Claims with the facts of five dispatches on Lithuanian aid, in our own words.

A stand-in for what reading makes of them, so that reconciling is tested by itself.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from calc import schema

NOVEMBER = {"source": "memorandum.txt", "publisher": "Desk", "published": "2024-11-04"}
TRANCHE = {"source": "tranche.txt", "publisher": "Desk", "published": "2024-11-23"}
MARCH = {"source": "invested.txt", "publisher": "Desk", "published": "2025-03-02"}
AUGUST = {"source": "letter.txt", "publisher": "Agency", "published": "2025-08-25"}

_FROM_LITHUANIA = {"donor": "Lithuania", "recipient": "Ukraine"}
_DOLLARS = "USD|CAD|AUD|NZD"


def claim(
    name: str, text: str, amount: float | None, currency: str | None, **more: Any
) -> dict[str, Any]:
    """One row: a point amount with the usual defaults, and whatever else is given."""
    row: dict[str, Any] = {
        "claim_id": name,
        "text": text,
        "amount": amount,
        "amount_low": amount,
        "amount_high": amount,
        "currency": currency,
        "currency_basis": "name" if currency == "EUR" else "pair",
        "currency_candidates": currency,
        "role": "pledge",
        "status": "unknown",
        "value_date": more.get("published"),
        "value_date_precision": "day",
        "value_date_basis": "published",
        "zone": "body",
        "start": float(len(name)),
    }
    return row | more


def rows() -> list[dict[str, Any]]:
    """The claims of the five dispatches, one without any."""
    plan = (
        "In September the government in Vilnius said it plans to spend 10 million euros "
        "($11 million) on Palianytsia drones for Kyiv."
    )
    support = (
        "Lithuanian military support so far is worth over 683 million euros "
        "(approximately $763 million)."
    )
    invested = (
        "Vilnius has already put 20 million euros ($21 million) into weapons bought "
        "from Ukrainian producers."
    )
    given = "All military support given by the country is 910 million euros ($940 million)."
    return [
        claim(
            "n1",
            "683 million euros",
            683e6,
            "EUR",
            **NOVEMBER,
            **_FROM_LITHUANIA,
            start=100,
            sentence=support,
            role="total",
            amount_high=None,
            qualifier="over",
            purpose="military",
            status="disbursed",
        ),
        claim(
            "n2",
            "$763 million",
            763e6,
            "USD",
            **NOVEMBER,
            **_FROM_LITHUANIA,
            start=130,
            sentence=support,
            role="total",
            qualifier="approximately",
            purpose="military",
            conversion_of="n1",
            status="disbursed",
        ),
        claim(
            "n3",
            "10 million euros",
            10e6,
            "EUR",
            **{**NOVEMBER, "value_date": "2024-09-01"},
            **_FROM_LITHUANIA,
            start=300,
            sentence=plan,
            purpose="Palianytsia|drones",
            status="pledged",
            status_text="plans to spend",
            value_date_precision="month",
            value_date_basis="stated",
        ),
        claim(
            "n4",
            "$11 million",
            11e6,
            "USD",
            **{**NOVEMBER, "value_date": "2024-09-01"},
            **_FROM_LITHUANIA,
            start=320,
            sentence=plan,
            purpose="Palianytsia|drones",
            status="pledged",
            conversion_of="n3",
            value_date_precision="month",
            value_date_basis="stated",
        ),
        claim(
            "t1",
            "10 million euros",
            10e6,
            "EUR",
            **{**TRANCHE, "value_date": "2024-11-23"},
            **_FROM_LITHUANIA,
            start=200,
            sentence="The deal starts with an initial tranche of 10 million euros, agreed "
            "already, mostly for the Palianytsia.",
            purpose="Palianytsia|drones|production",
            status="committed",
            value_date_basis="stated",
        ),
        claim(
            "t2",
            "$2 billion",
            2e9,
            "USD",
            **TRANCHE,
            start=900,
            role="noise",
            noise_reason="teaser",
            currency_basis="ambiguous",
            currency_candidates=_DOLLARS,
        ),
        claim(
            "m0",
            "$21 million",
            21e6,
            "USD",
            **MARCH,
            **_FROM_LITHUANIA,
            start=10,
            zone="headline",
            repeats="m2",
            sentence="Vilnius puts $21 million into arms",
            purpose="military",
            currency_basis="ambiguous",
            currency_candidates=_DOLLARS,
        ),
        claim(
            "m1",
            "20 million euros",
            20e6,
            "EUR",
            **{**MARCH, "value_date": "2025-03-01"},
            **_FROM_LITHUANIA,
            start=200,
            sentence=invested,
            purpose="military|production|weapons",
            status="disbursed",
            value_date_basis="stated",
        ),
        claim(
            "m2",
            "$21 million",
            21e6,
            "USD",
            **{**MARCH, "value_date": "2025-03-01"},
            **_FROM_LITHUANIA,
            start=220,
            sentence=invested,
            purpose="military|production|weapons",
            status="disbursed",
            conversion_of="m1",
            value_date_basis="stated",
        ),
        claim(
            "m3",
            "20 million euros",
            20e6,
            "EUR",
            **MARCH,
            **_FROM_LITHUANIA,
            start=900,
            repeats="m1",
            sentence="The minister said 20 million euros were allocated to it and would grow.",
            status="allocated",
        ),
        claim(
            "m4",
            "$1 billion",
            1e9,
            "USD",
            **MARCH,
            start=500,
            role="target",
            recipient="Ukraine",
            amount_high=None,
            qualifier="over",
            sentence="Kyiv hopes to raise over $1 billion this year.",
            currency_basis="ambiguous",
            currency_candidates=_DOLLARS,
        ),
        claim(
            "m5",
            "910 million euros",
            910e6,
            "EUR",
            **MARCH,
            **_FROM_LITHUANIA,
            start=1200,
            role="total",
            sentence=given,
            purpose="military",
            status="disbursed",
        ),
        claim(
            "m6",
            "$940 million",
            940e6,
            "USD",
            **MARCH,
            **_FROM_LITHUANIA,
            start=1220,
            role="total",
            sentence=given,
            purpose="military",
            status="disbursed",
            conversion_of="m5",
        ),
        claim(
            "m7",
            "0.25% of its GDP",
            None,
            None,
            **MARCH,
            **_FROM_LITHUANIA,
            start=1300,
            role="relative",
            period="annual",
        ),
        claim(
            "m8",
            "$350 billion",
            350e9,
            "USD",
            **MARCH,
            start=1500,
            role="noise",
            noise_reason="teaser",
        ),
        claim(
            "a1",
            "0.25% of its GDP",
            None,
            None,
            **AUGUST,
            **_FROM_LITHUANIA,
            start=300,
            role="relative",
            period="until 2027",
        ),
        claim(
            "a2",
            "$1 billion",
            1e9,
            "USD",
            **AUGUST,
            donor="Canada",
            recipient="Ukraine",
            start=600,
            purpose="military|drones",
            sentence="Canada helps with military aid worth $1 billion.",
            currency_basis="ambiguous",
            currency_candidates=_DOLLARS,
        ),
    ]


def table(records: list[dict[str, Any]] | None = None) -> pd.DataFrame:
    """The claims table of ``records``, by default of the five dispatches."""
    made = schema.frame(rows() if records is None else records, schema.CLAIMS)
    if records is None:
        sources = ["memorandum.txt", "tranche.txt", "invested.txt", "letter.txt", "visit.txt"]
        made.attrs["documents"] = [{"source": source} for source in sources]
    return made
