"""A register as a person sees it first: donor by stage by year, its largest entries, the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from .cells import clean, day, short
from .sections import Row, Section, parties, records, short_id
from .tables import Column

if TYPE_CHECKING:
    import pandas as pd

_YEARS = 3  # columns of years beside the sum of those before: more do not fit 80 columns
_DONORS = 20
_OfYears = dict[int | None, float]
_STAGES = ("pledged", "committed", "allocated", "disbursed", "unknown")


class ForOverview(Protocol):
    """The tables of a register on one page."""

    currency: str
    sums: pd.DataFrame
    largest: pd.DataFrame
    left_out: pd.DataFrame


def ledger_sections(page: ForOverview, findings: pd.DataFrame, every: bool) -> list[Section]:
    """The page, with the findings counted by cause."""
    found = [_by_donor(page, every), _largest(page)]
    if len(page.left_out):
        found.append(_left_out(page))
    counts = Counter((item["severity"], item["cause"]) for item in records(findings))
    if counts and not every:
        found.append(_causes(counts))
    return found


def _by_donor(page: ForOverview, every: bool) -> Section:
    """One row per donor and stage, the donor with most money first."""
    amounts: dict[str, dict[str, _OfYears]] = {}
    for item in records(page.sums):
        year = None if item["year"] is None else int(item["year"])
        stages = amounts.setdefault(item["donor"], {})
        stages.setdefault(item["status"], {})[year] = item["amount"]
    spans = _spans({year for one in amounts.values() for row in one.values() for year in row})
    most = {name: max(sum(row.values()) for row in one.values()) for name, one in amounts.items()}
    order = sorted(most, key=lambda name: (-most[name], name))
    shown = order if every else order[:_DONORS]
    rows = tuple(
        Row(
            (
                clean(donor).replace("|", ", "),
                stage,
                *(_amount(amounts[donor][stage], years) for years in spans.values()),
                _rounded(sum(amounts[donor][stage].values())),
            )
        )
        for donor in shown
        for stage in _STAGES
        if stage in amounts[donor]
    )
    columns = (
        Column("donor", wrap=True),
        Column("status"),
        *(Column(name, right=True) for name in (*spans, "all")),
    )
    note = "" if rows else "No entry counts."
    if len(order) > len(shown):
        rest = len(order) - len(shown)
        note = f"The {len(shown)} donors with most money; {rest} more: --all shows them."
    return Section(f"By donor, status and year, in {page.currency}, rounded", columns, rows, note)


def _spans(found: set[int | None]) -> dict[str, list[int | None]]:
    """The columns of years: the last ones each, those before together, and no date."""
    years = sorted(year for year in found if year is not None)
    recent = years if len(years) <= _YEARS + 1 else years[-_YEARS:]
    before: list[int | None] = [year for year in years if year not in recent]
    spans: dict[str, list[int | None]] = {f"to {before[-1]}": before} if before else {}
    spans |= {str(year): [year] for year in recent}
    return spans | ({"no date": [None]} if None in found else {})


def _amount(found: _OfYears, years: list[int | None]) -> str:
    known = [found[year] for year in years if year in found]
    return _rounded(sum(known)) if known else ""


def _rounded(amount: float) -> str:
    """An amount in short; that it is rounded is said once, above all of them."""
    return short(amount).removeprefix("≈")


def _largest(page: ForOverview) -> Section:
    columns = (
        Column("amount"),
        Column(f"in {page.currency}", right=True),
        Column("who → whom", wrap=True),
        Column("status"),
        Column("day"),
        Column("entry"),
    )
    rows = tuple(
        Row(
            (
                _home(item),
                _rounded(item["amount"]),
                parties(item),
                clean(item["status"]),
                day(item["day"]),
                short_id(item["claim_id"]),
            )
        )
        for item in records(page.largest)
    )
    return Section("Largest entries", columns, rows, "" if rows else "None.")


def _home(item: Mapping[str, Any]) -> str:
    """The amount as the register has it, in short; as printed where it is no single number."""
    if item["home"] is None:
        return clean(item["text"])
    return short(item["home"], item["currency"]).removeprefix("≈")


def _left_out(page: ForOverview) -> Section:
    columns = (Column("rows", right=True), Column("why", wrap=True))
    rows = tuple(
        Row((f"{item['entries']:,}", clean(item["reason"]))) for item in records(page.left_out)
    )
    return Section("Left out", columns, rows)


def _causes(counts: Mapping[tuple[str, str], int]) -> Section:
    columns = (Column("findings", right=True), Column("severity"), Column("cause"))
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    rows = tuple(Row((f"{count:,}", severity, cause)) for (severity, cause), count in ordered)
    return Section("Findings by cause", columns, rows, "--all shows each; explain ID says why.")
