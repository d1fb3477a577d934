"""What of a result is shown: problems first, only problems, the first rows of each table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from .. import schema
from ..report.results import ReconciledTables, SummedTables
from ..report.sections import records

_ORDER = {"error": 0, "warning": 1, None: 2}
_FEW = 3
_NEEDS_A_PERSON = ("error", "warning")


class Shortened:
    """A result with some of its tables replaced by fewer rows; all else is as it was."""

    only_problems = False

    def __init__(self, result: object, **tables: pd.DataFrame) -> None:
        self._result = result
        self.__dict__ |= tables

    def __getattr__(self, name: str) -> Any:
        return getattr(self._result, name)


def of_claims(claims: pd.DataFrame, only: str | None, top: int | None) -> pd.DataFrame:
    """The claims whose reading a person should look at, or the first of each document.

    An open currency is a problem, and so is a pledge without a donor, a recipient or a date.
    """
    if only:
        claims = _kept(claims, [_open(row) for row in records(claims)], documents=False)
    if top:
        keep = claims.groupby("source", sort=False, dropna=False).cumcount() < top
        claims = _kept(claims, [bool(one) for one in keep])
    return claims


def _open(row: dict[str, Any]) -> bool:
    if row["role"] == "noise":
        return False
    if row["currency_basis"] == "ambiguous":
        return True
    lacks = any(row[name] is None for name in ("donor", "recipient", "value_date"))
    return bool(row["role"] == "pledge" and lacks)


def _kept(table: pd.DataFrame, keep: Sequence[bool], documents: bool = True) -> pd.DataFrame:
    attrs = table.attrs
    found = table[pd.Series(keep, index=table.index, dtype=bool)]
    found.attrs = dict(attrs)
    if not documents:  # those without a problem are not named
        named = set(found["source"])
        listed = attrs.get("documents", [])
        found.attrs["documents"] = [one for one in listed if one["source"] in named]
    return found


def of_checks(
    checks: pd.DataFrame,
    severities: Sequence[str | None],
    only: str | None,
    top: int | None,
    first: bool = True,
) -> pd.DataFrame:
    """The checks, those that need a person ``first``, errors before warnings, else in order."""
    places = [at for at, severity in enumerate(severities) if severity or not only]
    if first:
        places.sort(key=lambda at: _ORDER[severities[at]])
    return checks.iloc[places[:top]]


def checks_in_words(severities: Sequence[str | None], shown: int) -> list[str]:
    """How many conversions there are, how many need a person, and how many are not shown.

    Of a few that are all shown nothing is said.

    >>> checks_in_words(["warning", None, None], 1)
    ['3 stated conversions: 1 needs a person, 2 are in order. 1 is shown.']
    """
    if len(severities) <= _FEW and shown == len(severities):
        return []
    count, bad = len(severities), sum(1 for one in severities if one)
    fine = count - bad
    parts = []
    if bad:
        parts.append(f"{bad} {'needs' if bad == 1 else 'need'} a person")
    if fine:
        parts.append(f"{fine} {'is' if fine == 1 else 'are'} in order")
    text = f"{count} stated conversion{'' if count == 1 else 's'}: {', '.join(parts)}."
    if shown < count:
        text += f" {shown or 'None'} {'is' if shown == 1 else 'are'} shown."
    return [text]


def of_reconciliation(
    result: ReconciledTables, only: str | None, top: int | None
) -> ReconciledTables | Shortened:
    """The findings that need a person and the pledges that they are about, or the first of each."""
    findings, pledges, totals = result.findings, result.pledges, result.totals
    if only:
        findings = findings[findings["severity"].isin(_NEEDS_A_PERSON)]
        claims = {one for cell in findings["claim_ids"] for one in str(cell).split("|")}
        pledges, totals = (
            schema.where(table, (bool(claims & set(str(c).split("|"))) for c in table["claim_ids"]))
            for table in (pledges, totals)
        )
    if not (only or top):
        return result
    return Shortened(result, findings=findings[:top], pledges=pledges[:top], totals=totals[:top])


def of_sum(result: SummedTables, only: str | None, top: int | None) -> SummedTables | Shortened:
    """The rows between the ends of a sum: those that a person can settle; or the first of each."""
    included, excluded = result.included, result.excluded
    if only:
        code = result.currency.lower()
        between = included[f"low_{code}"] != included[f"high_{code}"]
        included = included[between]
        excluded = excluded.iloc[:0]
    if not (only or top):
        return result
    chosen = Shortened(result, included=included[:top], excluded=excluded[:top])
    chosen.only_problems = only is not None
    return chosen
