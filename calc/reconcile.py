"""Claims of many documents, reconciled: pledges, totals, findings, safe sums, explanations."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from rates import sources, whole_file
from rates.currencies import currency as known_currency
from rates.errors import UsageError
from rates.notebook_progress import Progress, Wish, wished
from rates.policies import parse_policy
from rates.sources import Rates

from . import schema
from .blocks.blockwise import by_blocks
from .blocks.grounds import Grounds, Whole
from .blocks.phases import Terms
from .blocks.run import reading_by
from .blocks.with_entries import WithEntries
from .checks import check
from .claims.completed import prepared_and_read
from .decisions import Decision, Decisions, Ruling
from .decisions.decided import given
from .entries import Entries
from .entries.overview import Overview, overview
from .entries.sums import entries_sum, with_reports
from .findings.finding import Finding
from .ledger.ledger import Ledger, open_ledger
from .report.notebook import fragment
from .report.page.written import page
from .report.plots import plot
from .sums.safe_sum import SafeSum, safe_sum
from .sums.selection import Selection, select
from .tables.prepared import prepare
from .telling import summary as narrative
from .telling.explain import Explanation, explain
from .telling.printed import by_pledge
from .values.valuation import Valuation

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_MANY = 20_000  # claims from which on they are done block by block


class Reconciliation:
    """What the claims come to: tables, and the evidence behind every row.

    ``claims`` are the claims with ``pledge_id``, ``series_id`` and their converted amount;
    ``pledges``, ``totals`` and ``findings`` have the columns of ``calc.schema``; ``checks`` the
    stated conversions. ``decision_notes`` say which decisions were not applied or changed nothing,
    and why; ``decisions`` are those that were. ``ignored``, ``relative`` and ``targets`` are the
    claims of those roles.
    """

    def __init__(self, grounds: Grounds, decisions: tuple[Decision, ...] = ()) -> None:
        self._grounds = grounds
        self.decisions: Sequence[Decision] = decisions
        self._registered = grounds if isinstance(grounds, WithEntries) else None
        self.currency = grounds.terms.currency
        self.policy = grounds.terms.policy
        self.documents: list[dict[str, Any]] = list(grounds.prepared.attrs.get("documents", []))
        self.decision_notes = list(grounds.decision_notes)
        self.claims, self.checks, self.pledges, self.totals, self.findings = grounds.shown

    @property
    def ledger(self) -> Ledger:
        """Claims, pledges, series, links and overlaps; of many claims, made when asked for."""
        return self._grounds.ledger

    @property
    def entries(self) -> Entries | None:
        """The entries of registers among the claims; None where all rows are of reports."""
        return None if self._registered is None else self._registered.entries

    @cached_property
    def overview(self) -> Overview | None:
        """Registers on one page: donor by stage by year, the largest entries, what is left out."""
        return None if self.entries is None else overview(self.entries)

    @property
    def rates(self) -> Rates:
        """The table of rates that was given; None for what is built in."""
        given: Rates = self._grounds.terms.rates
        return given

    @property
    def printed_ranges(self) -> Mapping[str, tuple[float, float]]:
        """What the printed digits of each pledge leave open, by pledge; the tables may be wider."""
        return by_pledge(self.pledges, self.claims)

    @property
    def found(self) -> list[Finding]:
        """The findings as records."""
        return self._grounds.found

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
        selection = select(donor, recipient, status)
        asked = (donor, recipient)
        if self._registered is None:
            return _told_sum(self._grounds, asked, selection, code)
        own = entries_sum(self._registered.entries, selection, code)
        told = self._registered.told
        if not len(told.prepared):
            return own
        of_reports = _told_sum(told, asked, selection, code)
        return (
            with_reports(own, of_reports, self._registered.beside)
            if len(own.included)
            else of_reports
        )

    def explain(self, identifier: str) -> Explanation:
        """Explain a claim, pledge, series, check (by its claim) or finding, by the start of its id.

        ``UsageError`` for an id that is unknown, naming those that come close.
        """
        found = None if self._registered is None else self._registered.explained(identifier)
        if found is not None:
            return found
        return explain(self._grounds.subject(identifier), identifier)

    def with_claims(self, claims: pd.DataFrame, jobs: int = 1) -> Reconciliation:
        """Return this reconciliation with more claims, such as those of today's documents.

        Of many claims only the blocks (a donor and a recipient) that get one are done again; how
        rare words and amounts are stays as it was counted, so that nothing else moves. Few claims
        are reconciled anew, all of them. Claims of a reconciliation with decisions cannot be added
        to: reconcile the whole table with them.
        """
        if self._grounds.ruled:
            raise UsageError(
                "claims cannot be added to a reconciliation with decisions; "
                "reconcile the whole table with them"
            )
        given = self._grounds.prepared
        fresh = prepared_and_read(claims)
        both = pd.concat([given, fresh], ignore_index=True)
        if (
            set(fresh.columns) != set(given.columns)
            or schema.among(given["claim_id"], set(fresh["claim_id"])).any()
        ):
            both = prepare(both)
        both.attrs = dict(given.attrs)
        grown = self._grounds.grown(both, jobs)
        if grown is not None:
            return Reconciliation(grown)
        terms = self._grounds.terms
        return reconcile(both, terms.currency, terms.policy, terms.rates, jobs=jobs)

    def sentences(self) -> list[str]:
        """The summary in plain sentences."""
        registered, page = self._registered, self.overview
        if registered is None or page is None:
            return narrative.sentences(self)
        told = narrative.sentences(self) if len(registered.told.prepared) else []
        return [*page.sentences, *registered.meeting(), *told]

    def to_html(self, path: str | Path) -> None:
        """Write the page of this reconciliation to ``path``, whole or not at all."""
        whole_file.write(path, page(self))

    def plot(self) -> Figure:
        """Draw pledges as ranges by donor and totals over time; the matplotlib figure.

        A notebook shows it once, wherever it stands in its cell; ``savefig`` writes it.
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
            f"{self.totals['series_id'].nunique()} series of totals, {len(self.findings)} findings>"
        )


def reconcile(
    claims: pd.DataFrame,
    currency: str = "EUR",
    policy: str = "spot",
    rates: Rates = None,
    decisions: Decisions | str | os.PathLike[str] | None = None,
    jobs: int = 1,
    progress: Wish = None,
) -> Reconciliation:
    """Reconcile ``claims`` (of ``read``, or a table of yours) and value them in ``currency``.

    Links by evidence in bits (calc/data/link_bits.tsv), never by equal amounts alone; the order of
    the rows changes nothing but that of ``claims``, which keep it. Converts at the end, each
    pledge at its own value date; what has no date or rate stays unconverted and says so.
    ``decisions`` (a file, or ``read_decisions``) are what a person settled: they change what they
    name and nothing else, and every explanation says so. More than 20,000 claims without decisions
    are done block by block, by ``jobs`` processes; their number changes no row. ``progress`` is
    called with the steps done and of all; unsaid, a notebook shows a bar when it takes long, False
    shows none. ``UsageError`` for an unknown currency, policy, an id given twice, or decisions
    that contradict each other.

    >>> table = pd.DataFrame({
    ...     "source": ["a", "b"], "published": ["2024-11-04", "2024-11-05"],
    ...     "donor": ["Norway", "Norway"], "recipient": ["Ukraine", "Ukraine"],
    ...     "amount": [135e6, 135e6], "currency": ["NOK", "NOK"]})
    >>> reconcile(table, "USD").pledges[["amount", "currency", "n_sources"]].values.tolist()
    [[135000000.0, 'NOK', 2]]
    """
    code = known_currency(currency).code
    parse_policy(policy)
    prepared = prepared_and_read(claims, reading_by(jobs if len(claims) > _MANY else 1))
    prepared.attrs = dict(claims.attrs)
    rates = sources.tables(rates)  # once: it may be a file
    terms = Terms(code, policy, rates)
    decided = given(decisions)
    ruling = None if decided is None else decided.rule(prepared)
    of_register = (prepared["entry"] == "ledger").to_numpy()
    used = () if ruling is None else ruling.applied
    told_of = wished(progress, "steps of reconciling")
    if not of_register.any():
        return Reconciliation(_told(prepared, terms, ruling, jobs, told_of), used)
    reports = prepared[~of_register]
    of_reports = None if ruling is None else ruling.among(reports)
    told = _told(reports, terms, of_reports, jobs, told_of)
    cells = prepared if ruling is None else ruling.claims
    entries = Entries(cells[of_register], code, Valuation(policy, rates), ruling)
    whole = cells.copy()
    whole.attrs = dict(prepared.attrs)
    return Reconciliation(WithEntries(told, entries, whole), used)


def _told(
    prepared: pd.DataFrame,
    terms: Terms,
    ruling: Ruling | None,
    jobs: int,
    progress: Progress | None = None,
) -> Grounds:
    """What reports tell, reconciled: all together, or many of them block by block."""
    policy, rates = terms.policy, terms.rates
    if ruling is None and len(prepared) > _MANY:
        return by_blocks(prepared, terms, jobs, progress)
    done = progress or (lambda _done, _of: None)
    ledger = open_ledger(prepared, terms.currency, Valuation(policy, rates), ruling)
    done(1, 3)
    checks = check(prepared.drop_duplicates("claim_id"), policy=policy, rates=rates)
    if ruling is not None:
        prepared = ruling.claims
        checks = _checked_anew(checks, ruling, policy, rates)
    done(2, 3)
    found = Whole(prepared, ledger, checks, terms)
    done(3, 3)
    return found


def _told_sum(
    grounds: Grounds, asked: tuple[str | None, str | None], selection: Selection, currency: str
) -> SafeSum:
    """The safe sum of what reports tell."""
    pledges = grounds.shown.pledges
    told = float(pledges["n_claims"].mean()) if len(pledges) else 1.0
    return safe_sum(grounds.concerning(*asked), selection, currency, told)


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
