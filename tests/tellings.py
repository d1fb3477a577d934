"""Tellings of sums, as rows of a table, for tests of links: who told what on which day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from calc.claims.completed import prepared_and_read
from calc.links.contraction import groups_of, link
from calc.links.group import Group
from calc.links.overlaps import overlaps
from calc.links.rows import read_rows
from calc.values.valuation import Valuation

DEFAULTS = {
    "donor": "Norway",
    "recipient": "Ukraine",
    "currency": "NOK",
    "amount": 135e6,
    "published": "2024-01-01",
    "role": "pledge",
}
SAID = {"text": "135 million kroner", "sentence": "Norway gave Ukraine 135 million kroner."}
VALUATION = Valuation()


def groups(*claims: dict[str, Any]) -> list[Group]:
    rows = [
        DEFAULTS | {"claim_id": f"c{number}", "source": f"s{number}"} | claim
        for number, claim in enumerate(claims)
    ]
    return groups_of(read_rows(prepared_and_read(pd.DataFrame(rows))))


def told_on(day: str, words: str = "", **more: Any) -> dict[str, Any]:
    return SAID | {"published": day, "said": words or None} | more


def act(day: str, precision: str = "day") -> dict[str, str]:
    return {"value_date": day, "value_date_precision": precision, "value_date_basis": "stated"}


def later(days: int, start: str = "2024-01-01") -> str:
    return str(dt.date.fromisoformat(start) + dt.timedelta(days=days))


_SIZES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}


def kroner(words: str, currency: str = "NOK", **more: Any) -> dict[str, Any]:
    number, scale = words.split()
    amount = round(float(number) * _SIZES[scale], 2)
    return {"text": words, "amount": amount, "currency": currency, "published": "2024-11-04"} | more


Found = list[tuple[str, str, str, str]]


def related(prepared: pd.DataFrame) -> Found:
    """Kind, inner and outer amount, and the last evidence of each relation."""
    linked = link(
        groups_of([claim for claim in read_rows(prepared) if claim.role == "pledge"]), VALUATION
    )
    clusters = linked.clusters
    return [
        (
            one.kind,
            clusters[one.inner][0].first.text,
            clusters[one.outer][0].first.text,
            one.pieces[-1].evidence,
        )
        for one in overlaps(clusters, VALUATION)
    ]
