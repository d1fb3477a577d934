"""Claims of many documents, reconciled: pledges, totals, findings, safe sums, explanations."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from rates import sources
from rates.currencies import currency as known_currency
from rates.policies import parse_policy
from rates.sources import Rates

from . import narrative, schema
from .checks import check
from .decisions import Decisions, Ruling
from .decisions.decided import given
from .explain import Explanation, Subject, explain
from .finding import Finding
from .findings import findings
from .ledger import Ledger, open_ledger
from .links.rows import Claim, prepare
from .pledges import record
from .report.files import write_whole
from .report.html import fragment, page
from .report.plots import plot
from .safe_sum import SafeSum, safe_sum
from .selection import select
from .totals import Point, Series, open_ended
from .valuation import Valuation

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Reconciliation:
    """What the claims come to: tables, and the evidence behind every row.

    ``claims`` are the claims with ``pledge_id``, ``series_id`` and their converted amount;
    ``pledges``, ``totals`` and ``findings`` have the columns of ``calc.schema``; ``checks`` the
    stated conversions. ``decision_notes`` say which decisions were not applied or changed nothing,
    and why. ``ignored``, ``relative`` and ``targets`` are the claims of those roles.
    """

    def __init__(
        self, claims: pd.DataFrame, ledger: Ledger, checks: pd.DataFrame, policy: str, rates: Any
    ) -> None:
        self.currency = ledger.currency
        self.policy = policy
        self.ledger = ledger
        self.checks = checks
        self.documents: list[dict[str, Any]] = list(claims.attrs.get("documents", []))
        self.claims = _claims(claims, ledger)
        self._rates = rates
        self._checks = _records(checks)
        self.found: list[Finding] = findings(ledger, self._checks)
        self.pledges = _pledges(ledger)
        self.totals = _totals(ledger, self.found)
        self.decision_notes: list[str] = list(ledger.decision_notes)
        self.findings = schema.frame([one.record() for one in self.found], schema.FINDINGS)

    def _of_role(self, role: str) -> pd.DataFrame:
        return self.claims[self.claims["role"] == role].reset_index(drop=True)

    @property
    def ignored(self) -> pd.DataFrame:
        """Claims of role ``noise``, each with its ``noise_reason``."""
        return self._of_role("noise")

    @property
    def relative(self) -> pd.DataFrame:
        """Claims of role ``relative``: no amount without another figure."""
        return self._of_role("relative")

    @property
    def targets(self) -> pd.DataFrame:
        """Claims of role ``target``: goals and calls, pledged by nobody."""
        return self._of_role("target")

    def total(
        self,
        donor: str | None = None,
        recipient: str | None = None,
        status: str | None = None,
        currency: str | None = None,
    ) -> SafeSum:
        """The safe sum of the pledges of ``donor`` for ``recipient``, in ``currency``.

        Names in any case and by their aliases; ``status`` takes only pledges at that stage.
        ``UsageError`` for an unknown currency or status.
        """
        code = known_currency(currency).code if currency else self.currency
        return safe_sum(self.ledger, select(donor, recipient, status), code)

    def explain(self, identifier: str) -> Explanation:
        """Explain a claim, pledge, series, check (by its claim) or finding, by the start of its id.

        ``UsageError`` for an id that is unknown, naming those that come close.
        """
        subject = Subject(
            self.ledger, self.claims, self._checks, self.found, self.policy, self._rates
        )
        return explain(subject, identifier)

    def sentences(self) -> list[str]:
        """The summary in plain sentences."""
        return narrative.sentences(self)

    def to_html(self, path: str | Path) -> None:
        """Write the page of this reconciliation to ``path``, whole or not at all."""
        write_whole(path, page(self, self.sentences()))

    def plot(self) -> Figure:
        """Draw pledges as ranges by donor and totals over time; the matplotlib figure.

        Nothing is shown or written: a notebook shows what a cell returns, ``savefig`` writes it.
        ``PledgecalcError`` without matplotlib (the extra ``plots``).
        """
        return plot(self)

    def _repr_html_(self) -> str:
        return fragment(self, self.sentences())

    def __str__(self) -> str:
        return "\n".join(self.sentences())

    def __repr__(self) -> str:
        return (
            f"<Reconciliation: {len(self.claims)} claims, {len(self.pledges)} pledges, "
            f"{len(self.ledger.series)} series of totals, {len(self.findings)} findings>"
        )


def reconcile(
    claims: pd.DataFrame,
    currency: str = "EUR",
    policy: str = "spot",
    rates: Rates = None,
    decisions: Decisions | str | os.PathLike[str] | None = None,
) -> Reconciliation:
    """Reconcile ``claims`` (of ``read``, or a table of yours) and value them in ``currency``.

    Links by evidence in bits (calc/data/link_bits.tsv), never by equal amounts alone; the order
    of the rows changes nothing. Converts at the end, each pledge at its own value date; what has
    no date or rate stays unconverted and says so. ``decisions`` (a file, or ``read_decisions``)
    are what a person settled: they change what they name and nothing else, and every explanation
    says so. ``UsageError`` for an unknown currency, policy, an id given twice, or decisions that
    contradict each other.

    >>> table = pd.DataFrame({
    ...     "source": ["a", "b"], "published": ["2024-11-04", "2024-11-05"],
    ...     "donor": ["Norway", "Norway"], "recipient": ["Ukraine", "Ukraine"],
    ...     "amount": [135e6, 135e6], "currency": ["NOK", "NOK"]})
    >>> reconcile(table, "USD").pledges[["amount", "currency", "n_sources"]].values.tolist()
    [[135000000.0, 'NOK', 2]]
    """
    code = known_currency(currency).code
    parse_policy(policy)
    prepared = prepare(claims)
    prepared.attrs = dict(claims.attrs)
    rates = sources.tables(rates)  # once: it may be a file
    ledger = open_ledger(prepared, code, Valuation(policy, rates), given(decisions))
    checks = check(prepared.drop_duplicates("claim_id"), policy=policy, rates=rates)
    if ledger.ruling is not None:
        prepared = ledger.ruling.claims
        checks = _checked_anew(checks, ledger.ruling, policy, rates)
    return Reconciliation(prepared, ledger, checks, policy, rates)


def _checked_anew(checks: pd.DataFrame, ruling: Ruling, policy: str, rates: Any) -> pd.DataFrame:
    """The checks with those anew that a decision is about, and those gone that it took apart."""
    anew = check(ruling.claims.drop_duplicates("claim_id"), policy=policy, rates=rates)
    named = set(ruling.of_claim)
    pairs = set(zip(anew["claim_id"], anew["base_id"], strict=True))
    still = [
        pair in pairs and not named.intersection(pair)
        for pair in zip(checks["claim_id"], checks["base_id"], strict=True)
    ]
    kept = checks[pd.Series(still, index=checks.index, dtype=bool)]
    made = anew[~anew["claim_id"].isin(kept["claim_id"])]
    order = {name: number for number, name in enumerate(anew["claim_id"])}
    both = pd.concat([kept, made]) if len(made) and len(kept) else made if len(made) else kept
    return both.sort_values("claim_id", key=lambda ids: ids.map(order)).reset_index(drop=True)


def _records(table: pd.DataFrame) -> list[Mapping[str, Any]]:
    plain = table.astype(object).where(table.notna(), None)
    names = [str(name) for name in plain.columns]
    return [dict(zip(names, row, strict=True)) for row in plain.itertuples(index=False, name=None)]


def _claims(prepared: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """The claims as given, with pledge or series and the amount converted at their own date."""
    code = ledger.currency.lower()
    rows = {claim.id: _valued(claim, ledger) for claim in ledger.claims}
    pledge_of = {claim.id: one.id for one in ledger.pledges for claim in one.claims}
    home = ledger.home()
    frame = prepared.copy()
    ids = frame["claim_id"].tolist()
    series = [None if name in pledge_of else home.get(name) for name in ids]
    frame["pledge_id"] = pd.Series([pledge_of.get(i) for i in ids], index=frame.index, dtype="str")
    frame["series_id"] = pd.Series(series, index=frame.index, dtype="str")
    for number, (name, kind) in enumerate(
        {f"amount_{code}": "float64", "rate": "float64", "rate_note": "str"}.items()
    ):
        values = [rows[i][number] for i in ids]
        frame[name] = pd.Series(values, index=frame.index, dtype=kind)
    frame.attrs = dict(prepared.attrs)
    return frame


def _valued(claim: Claim, ledger: Ledger) -> tuple[float | None, float | None, str | None]:
    if claim.currency is None:
        return None, None, None
    unit = ledger.valuation.unit(
        claim.currency, ledger.currency, claim.value_date or claim.published, claim.precision
    )
    amount = None if claim.amount is None or unit.rate is None else claim.amount * unit.rate
    return amount, unit.rate, unit.note


def _pledges(ledger: Ledger) -> pd.DataFrame:
    records = [record(one, ledger.currency, ledger.valuation) for one in ledger.pledges]
    for row, one in zip(records, ledger.pledges, strict=True):
        row["explanation"] = _with_decisions(row["explanation"], one.claims, ledger)
    return schema.frame(records, schema.pledges(ledger.currency))


def _with_decisions(words: str, claims: Iterable[Claim], ledger: Ledger) -> str:
    told = (line[:1].upper() + line[1:] for line in ledger.decided(claims))
    return ". ".join([words, *told]) if ledger.told else words


def _totals(ledger: Ledger, found: list[Finding]) -> pd.DataFrame:
    stale = {name for one in found if one.cause == "stale-rate" for name in one.claim_ids}
    records = [
        _point(series, number, point, stale, ledger)
        for series in ledger.series
        for number, point in enumerate(series.points)
    ]
    return schema.frame(records, schema.TOTALS)


def _point(
    series: Series, number: int, point: Point, stale: set[str], ledger: Ledger
) -> dict[str, Any]:
    flow = series.flows[number]
    words = [point.figure.words]
    if open_ended(point):
        words.append("a lower bound: the upper end is open")
    if point.as_of is None:
        words.append("no date is known")
    if any(claim.id in stale for claim in point.claims):
        words.append("its conversion fits only older rates, so the sentence is probably older")
    if flow is not None:
        words.append(flow.words)
        if number and open_ended(series.points[number - 1]):
            words.append("the earlier total is a lower bound, so less may have been added")
    return {
        "series_id": series.id,
        "donor": "|".join(series.donor) or None,
        "recipient": "|".join(series.recipient) or None,
        "scope": series.scope,
        "as_of": point.as_of,
        "amount": point.figure.amount,
        "low": point.figure.low,
        "high": point.figure.high,
        "currency": point.figure.currency,
        "flow_low": flow.low if flow else None,
        "flow_high": flow.high if flow else None,
        "claim_ids": "|".join(claim.id for claim in point.claims),
        "explanation": _with_decisions(". ".join(words), point.claims, ledger),
    }
