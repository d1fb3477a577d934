"""Pledged, committed, allocated, disbursed: one table by donor, with and without loans and in-kind.

Each column is a sum of its own, with nothing counted twice in it. Columns are never added: money
that was pledged and then paid stands in both, where sources tell of both.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Sequence

import pandas as pd

from rates.errors import UsageError

from .. import schema
from ..entries import Entries
from ..entries.sums import entries_sum
from ..ledger.ledger import Ledger
from ..links.rows import party
from ..pledges.pledge import Pledge, pledge
from ..reconcile import Reconciliation
from ..sums.safe_sum import SafeSum, safe_sum
from ..sums.selection import Selection, select

COLUMNS = {
    "donor": "text",
    "kind": "text",
    "money": "text",
    "currency": "text",
    **{f"{stage}_{end}": "number" for stage in (*schema.STAGES[1:], schema.STAGES[0])
       for end in ("low", "high")},
    "rows": "count",
    "without_modality": "count",
    "unconverted": "count",
}  # fmt: skip
MODALITIES = ("loan", "grant", "guarantee", "in-kind")
_LENDS = re.compile(r"\b(?:lend|lends|lent|lending|loan(?:s|ed)?)\b")
_ALL, _NOBODY = "all donors", "donor unknown"


def stages(
    result: Reconciliation,
    donor: str | None = None,
    recipient: str | None = None,
    without: Sequence[str] = ("loan", "in-kind"),
) -> pd.DataFrame:
    """What each donor pledged, committed, allocated and disbursed, in the currency of ``result``.

    One row a donor (joint pledges are rows of their own) and ``kind``: ``reports``, whose pledges
    stand at every stage that a source tells, each stage with its own figure, or ``register``, whose
    entries name theirs. ``<stage>_low``..``<stage>_high`` is a safe sum of that stage alone,
    missing where no source tells of any: a stage that is not told is not inferred from a later one.
    A donor with money in the modalities of ``without`` has a second row for the rest (``money``).
    How many of the ``rows`` (pledges or entries) do not say their modality is in
    ``without_modality``: they count as money. ``unconverted`` have no amount or no rate. The last
    rows are of all donors. ``UsageError`` for an unknown modality.

    >>> from calc.claims import read_text
    >>> from calc.reconcile import reconcile
    >>> text = "Norway pledged 90 million euros to Chad. Norway paid 5 million euros to Mali."
    >>> table = stages(reconcile(read_text(text, published="2025-04-04")))
    >>> table[["donor", "pledged_low", "disbursed_low"]].values.tolist()
    [['Norway', 90000000.0, 5000000.0]]
    """
    for one in without:
        if one not in MODALITIES:
            known = ", ".join(MODALITIES)
            raise UsageError(f"{one!r} is no modality; choose from {known}")
    selection = select(donor, recipient, None)
    rows = [*_of_reports(result, selection, without), *_of_register(result, selection, without)]
    return schema.frame(rows, COLUMNS)


def _of_reports(
    result: Reconciliation, selection: Selection, without: Sequence[str]
) -> list[dict[str, object]]:
    ledger = result.ledger
    chosen = [
        number
        for number, one in enumerate(ledger.pledges)
        if selection.takes(one.donor, one.recipient)
    ]
    if not chosen:
        return []
    modality = _modalities(result)
    by_donor: dict[tuple[str, ...], list[int]] = {}
    for number in chosen:
        by_donor.setdefault(ledger.pledges[number].donor, []).append(number)
    groups = sorted(by_donor.items(), key=lambda item: (not item[0], item[0]))
    named = [(", ".join(donor) or _NOBODY, numbers) for donor, numbers in groups]
    if len(named) > 1:
        named.append((_ALL, chosen))
    found = []
    for name, numbers in named:
        kinds = {number: modality[ledger.pledges[number].id] for number in numbers}
        silent = sum(not kind for kind in kinds.values())
        kept = [number for number in numbers if not kinds[number] & set(without)]
        for money, taken in _with_and_without(numbers, kept, without):
            head = {"donor": name, "kind": "reports", "money": money, "currency": result.currency}
            numbers_of = _sums(ledger, taken, result.currency)
            found.append(head | numbers_of | {"rows": len(taken), "without_modality": silent})
    return found


def _with_and_without(
    every: Collection[int], kept: Collection[int], without: Sequence[str]
) -> Iterable[tuple[str, list[int]]]:
    yield "all", list(every)
    if len(kept) < len(every):
        yield f"without {', '.join(without)}", list(kept)


def _modalities(result: Reconciliation) -> dict[str, set[str]]:
    """What kinds of money the claims of each pledge say that it is."""
    claims = result.claims
    told = {
        name: {kind} if kind else {"loan"} if verb and _LENDS.search(verb) else set()
        for name, kind, verb in zip(
            *(schema.cells(claims[c]) for c in ("claim_id", "modality", "status_text")),
            strict=True,
        )
    }
    return {
        one.id: set().union(*(told.get(claim.id, set()) for claim in one.claims))
        for one in result.ledger.pledges
    }


def _sums(ledger: Ledger, taken: Collection[int], currency: str) -> dict[str, object]:
    """The safe sum of each stage that is told of any of the pledges."""
    found: dict[str, object] = {}
    unconverted = 0
    for stage, name in enumerate(schema.STAGES):
        at = _at_stage(ledger, set(taken), stage)
        if not any(one.stage == stage for one in at):
            continue
        # the pledges keep their places, to which the overlaps refer
        total = safe_sum(ledger._replace(pledges=at), Selection(None, None, name), currency)
        found |= _ends(name, total)
        unconverted += sum(one.stage == stage for one in at) - len(total.included)
    return found | {"unconverted": unconverted}


def _ends(stage: str, total: SafeSum) -> dict[str, object]:
    if math.isnan(total.low):
        return {}
    return {f"{stage}_low": total.low, f"{stage}_high": total.plausible_high}


def _at_stage(ledger: Ledger, taken: Collection[int], stage: int) -> tuple[Pledge, ...]:
    """The pledges with the figure that they have at a stage; the others stand at another one."""
    other = 0 if stage else 1
    found = []
    for number, one in enumerate(ledger.pledges):
        own = tuple(group for group in one.cluster if group.stage == stage)
        if number not in taken or not own:
            found.append(one._replace(stage=other))
        elif len(own) == len(one.cluster):
            found.append(one._replace(stage=stage))
        else:
            found.append(pledge(own, ledger.valuation)._replace(id=one.id, stage=stage))
    return tuple(found)


def _of_register(
    result: Reconciliation, selection: Selection, without: Sequence[str]
) -> list[dict[str, object]]:
    entries = result.entries
    if entries is None:
        return []
    frame = entries.frame
    donors, recipients = (
        [party(c) for c in schema.cells(frame[n])] for n in ("donor", "recipient")
    )
    fits = [selection.takes(*both) for both in zip(donors, recipients, strict=True)]
    gift = [bool(one) for one in entries.is_gift]
    places = [number for number, fit in enumerate(fits) if fit]
    given = sorted({donors[number] for number in places if gift[number]})
    named = [(", ".join(one) or _NOBODY, [n for n in places if donors[n] == one]) for one in given]
    if len(named) > 1:
        named.append((_ALL, places))
    kinds = schema.cells(frame["modality"])
    found = []
    for name, own in named:
        silent = sum(gift[number] and not kinds[number] for number in own)
        kept = [number for number in own if not (gift[number] and kinds[number] in without)]
        for money, taken in _with_and_without(own, kept, without):
            head = {"donor": name, "kind": "register", "money": money, "currency": result.currency}
            sums = _register_sums(entries, taken, result.currency)
            rows = sum(gift[number] for number in taken)
            found.append(head | sums | {"rows": rows, "without_modality": silent})
    return found


def _register_sums(entries: Entries, taken: list[int], currency: str) -> dict[str, object]:
    part = Entries(
        entries.frame.iloc[taken].reset_index(drop=True), entries.currency, entries.valuation
    )
    found: dict[str, object] = {}
    unconverted = 0
    told = part.frame["status"][part.is_gift]
    for name in schema.STAGES:
        count = int((told == name).sum())
        if count:
            total = entries_sum(part, Selection(None, None, name), currency)
            found |= _ends(name, total)
            unconverted += count - len(total.included)
    return found | {"unconverted": unconverted}
