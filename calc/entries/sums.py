"""What the entries of a register add up to: a point where cells are exact, to the last cent.

Corrections are subtracted. Of one activity the stages stand side by side: what was disbursed is a
part of what was committed, so the stage that comes to most counts. Rows without an activity are
flows of their own. Rows that are equal in every cell count once in the low end, all in the high
one. Different registers may hold the same money: the low end takes the largest of them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from .. import schema
from ..sums.row_reasons import EXCLUDED, ONLY_UPPER, included_columns
from ..sums.safe_sum import SafeSum
from ..sums.selection import Selection
from ..text.amount_words import amount_words
from .beside import Beside
from .entries import Entries, Flags, summed
from .overview import overview

Amounts = npt.NDArray[np.float64]
_STAGE = {name: number for number, name in enumerate(schema.STAGES)}
_OTHER_STAGE = "in neither end: a part of the {stage} money of the same activity ({activity})"
_JOINT = f"{ONLY_UPPER}: together with others, and no share is said"
_OUTSIZED = f"{ONLY_UPPER}: more than the aid of the whole world in a year"
_EQUAL = f"{ONLY_UPPER}: equal in every cell to {{twin}}"
_OTHER_REGISTER = f"{ONLY_UPPER}: another register ({{source}}) may hold the same money"
_ONLY_LOWER = "only in the lower end"
_LESS = f"{_ONLY_LOWER}: another register ({{source}}) may hold the same corrections"


_TOLD = {  # in the note of a sum, by what keeps rows from counting in full
    "stage": "at another stage of an activity, counted there",
    "equal": "equal to others in every cell, in the upper end only",
    "lower equal": "equal to others in every cell, in the lower end only",
    "joint": "together with others, in the upper end only",
    "lower joint": "together with others, in the lower end only",
    "register": "of another register, in the upper end only",
    "lower register": "of another register, in the lower end only",
}


class Why(NamedTuple):
    """Why a row does not count in full: the kind, and the words for this row."""

    kind: str
    words: str


class Counted(NamedTuple):
    """What each row counts for in either end, by position, and why where it is not all of it."""

    chosen: Flags
    low: Amounts
    high: Amounts
    why: list[Why | None]


def takes(entries: Entries, selection: Selection) -> Flags:
    """The rows of that donor and recipient, alone or with others."""
    found = np.ones(len(entries), dtype=bool)
    for name, asked in (("donor", selection.donor), ("recipient", selection.recipient)):
        if asked is not None:
            wanted = {one.casefold() for one in asked}
            own = entries.parties[name]
            found &= np.fromiter(
                (any(one.casefold() in wanted for one in cell) for cell in own), bool, len(own)
            )
    return found


def entries_sum(entries: Entries, selection: Selection, currency: str) -> SafeSum:
    """The sum of the entries that were asked for, each at its own day, with a row for each."""
    fits = takes(entries, selection)
    status = entries.frame["status"].to_numpy()
    of_stage = fits if selection.status is None else fits & (status == selection.status)
    counted = count(entries, of_stage & entries.is_gift, selection, currency)
    low, high = summed(counted.low), summed(counted.high)
    nobody = not fits.any()
    if nobody or (not counted.chosen.any() and (of_stage & entries.is_gift).any()):
        low = high = math.nan
    return SafeSum(
        low,
        high,
        currency,
        _included(entries, counted, currency),
        _excluded(entries, fits, counted, selection, currency),
        _note(entries, counted, selection, currency),
        nobody,
        likely=low,
        questions=_questions(entries, counted),
        overview=partial(overview, entries, of_stage, currency),
    )


def with_reports(own: SafeSum, told: SafeSum, beside: Iterable[Beside]) -> SafeSum:
    """The sum of a register, with the pledges of reports left out: never a sum of both."""
    known = {one.pledge.id: one for one in beside}
    pledges = [known[name] for name in told.included["pledge_id"]]
    reports = [
        {
            "claim_id": one.pledge.teller.id,
            "source": one.pledge.teller.source,
            "text": one.pledge.teller.text,
            "role": one.pledge.teller.role,
            "donor": "|".join(one.pledge.donor) or None,
            "recipient": "|".join(one.pledge.recipient) or None,
            "reason": f"a report beside a ledger, never added to it: {one.words}",
        }
        for one in pledges
    ]
    left_out = [schema.frame(reports, EXCLUDED), told.excluded, own.excluded]
    found = sum(bool(one.rows) for one in pledges)
    many = f"{len(pledges)} pledge{'s' * (len(pledges) != 1)} of reports"
    own.excluded = pd.concat([one for one in left_out if len(one)] or left_out, ignore_index=True)
    if pledges:
        own.note += f"; {many} are not added: the ledger has {found} of them"
    return own


def count(entries: Entries, asked: Flags, selection: Selection, currency: str) -> Counted:
    """What each of the asked rows counts for."""
    worth = entries.worth(currency)
    low, high = worth["low"].to_numpy(copy=True), worth["high"].to_numpy(copy=True)
    chosen = asked & ~np.isnan(low)
    low[~chosen] = high[~chosen] = 0.0
    why: list[Why | None] = [None] * len(entries)
    if selection.status is None:
        _take_one_stage(entries, chosen, (low, high), why)
    for row, reason in (
        *_outsized(entries, chosen),
        *_equal_rows(entries, chosen),
        *_without_share(entries, chosen, selection),
    ):
        if why[row] is None:  # a gift may be less, a correction may be more
            why[row] = reason if high[row] >= 0 else _of_a_correction(reason)
            low[row], high[row] = min(low[row], 0.0), max(high[row], 0.0)
    _take_one_register(entries, chosen, (low, high), why)
    return Counted(chosen, low, high, why)


def _of_a_correction(reason: Why) -> Why:
    """Why a correction counts in the low end alone, where a gift counts in the high one."""
    return Why(f"lower {reason.kind}", reason.words.replace(ONLY_UPPER, _ONLY_LOWER, 1))


def _take_one_stage(
    entries: Entries, chosen: Flags, ends: tuple[Amounts, Amounts], why: list[Why | None]
) -> None:
    """Of an activity the stage that comes to most; the others are parts of it."""
    frame = entries.frame
    rows = np.flatnonzero(chosen & frame["activity"].notna().to_numpy())
    if not len(rows):
        return
    cells = pd.DataFrame(
        {
            "register": entries.register[rows],
            "activity": frame["activity"].to_numpy()[rows],
            "stage": frame["status"].map(_STAGE).fillna(0).to_numpy()[rows],
            "amount": ends[0][rows],
        }
    )
    sums = cells.groupby(["register", "activity", "stage"])["amount"].sum().reset_index()
    several = sums.groupby(["register", "activity"])["stage"].transform("size") > 1
    if not several.any():
        return
    best = sums[several].sort_values(["amount", "stage"]).groupby(["register", "activity"]).tail(1)
    taken = dict(
        zip(zip(best["register"], best["activity"], strict=True), best["stage"], strict=True)
    )
    keys = zip(cells["register"], cells["activity"], cells["stage"], strict=True)
    for row, (register, activity, stage) in zip(rows.tolist(), keys, strict=True):
        most = taken.get((register, activity), stage)
        if stage != most:
            ends[0][row] = ends[1][row] = 0.0
            words = _OTHER_STAGE.format(stage=schema.STAGES[int(most)], activity=activity)
            why[row] = Why("stage", words)


def _outsized(entries: Entries, chosen: Flags) -> Iterator[tuple[int, Why]]:
    """The rows that are too large to be a number."""
    for row in np.flatnonzero(chosen & entries.is_outsized).tolist():
        yield row, Why("outsized", _OUTSIZED)


def _equal_rows(entries: Entries, chosen: Flags) -> Iterator[tuple[int, Why]]:
    """The rows that equal another one that counts."""
    for row in np.flatnonzero(chosen & (entries.twin != np.arange(len(entries)))).tolist():
        twin = int(entries.twin[row])
        if chosen[twin]:
            yield row, Why("equal", _EQUAL.format(twin=entries.ids[twin]))


def _without_share(
    entries: Entries, chosen: Flags, selection: Selection
) -> Iterator[tuple[int, Why]]:
    """Money of several donors or for several recipients is nobody's alone for sure."""
    for name, asked in (("donor", selection.donor), ("recipient", selection.recipient)):
        if asked is None:
            continue
        wanted = {one.casefold() for one in asked}
        for row in np.flatnonzero(chosen).tolist():
            if any(one.casefold() not in wanted for one in entries.parties[name][row]):
                yield row, Why("joint", _JOINT)


def _take_one_register(
    entries: Entries, chosen: Flags, ends: tuple[Amounts, Amounts], why: list[Why | None]
) -> None:
    """Registers of other columns may hold the same money: an end has the largest alone.

    That is the low end, and the high one where the corrections of a register exceed its gifts.
    """
    low, high = ends
    known = np.unique(entries.register[chosen])
    if len(known) < 2:
        return
    of_each = {number: summed(low[chosen & (entries.register == number)]) for number in known}
    largest = max(of_each, key=lambda number: (of_each[number], -number))
    source = entries.frame["source"].to_numpy()[entries.register == largest][0]
    for number, amount in of_each.items():
        if number == largest:
            continue
        rows = chosen & (entries.register == number)
        if amount >= 0:
            low[rows] = 0.0
            reason = Why("register", _OTHER_REGISTER)
        elif summed(high[rows]) < 0:
            high[rows] = 0.0
            reason = Why("lower register", _LESS)
        else:
            continue  # its corrections exceed its gifts in the low end alone: it is in both
        told = reason._replace(words=reason.words.format(source=source))
        for row in np.flatnonzero(rows).tolist():
            why[row] = why[row] or told


def _included(entries: Entries, counted: Counted, currency: str) -> pd.DataFrame:
    """One row per entry, those that separate the ends first, then the largest."""
    code = currency.lower()
    rows = np.flatnonzero(counted.chosen)
    low, high = counted.low[rows], counted.high[rows]
    order = np.lexsort((rows, -np.abs(high), -(high - low)))
    rows, low, high = rows[order], low[order], high[order]
    frame = entries.frame
    notes = entries.worth(currency)["rate_note"].to_numpy()
    cells = {
        "pledge_id": [f"p-{entries.ids[row]}" for row in rows.tolist()],
        **{
            name: frame[name].to_numpy()[rows]
            for name in ("text", "donor", "recipient", "status", "currency", "amount")
        },
        f"low_{code}": low,
        f"high_{code}": high,
        "in_low": low != 0,
        "chance": np.full(len(rows), np.nan),
        "reason": [_reason(counted.why[row], str(notes[row])) for row in rows.tolist()],
    }
    empty = schema.frame([], included_columns(currency))
    made = {name: pd.Series(cells[name], dtype=empty[name].dtype) for name in empty.columns}
    return pd.DataFrame(made)


def _reason(why: Why | None, note: str) -> str:
    return note if why is None else f"{why.words}; {note}"


def _excluded(
    entries: Entries, fits: Flags, counted: Counted, selection: Selection, currency: str
) -> pd.DataFrame:
    """One row per entry that was asked for and does not count, with the reason."""
    rows = np.flatnonzero(fits & ~counted.chosen)
    frame = entries.frame.iloc[rows]
    notes = entries.worth(currency)["rate_note"].to_numpy()[rows]
    reasons = []
    cells = zip(frame["role"], frame["noise_reason"], frame["status"], frame["amount"], strict=True)
    for (role, noise, status, amount), note in zip(cells, notes, strict=True):
        if role != "pledge":
            told = noise if isinstance(noise, str) else None
            reasons.append(f"no gift: {told}" if told else f"not a gift but {role}")
        elif selection.status is not None and status != selection.status:
            reasons.append(f"its status is {status}, not {selection.status}")
        elif amount != amount:
            reasons.append("no amount that could be read")
        else:
            reasons.append(str(note))
    found = frame[[name for name in EXCLUDED if name != "reason"]].reset_index(drop=True)
    found["reason"] = pd.Series(reasons, dtype=schema.TEXT)
    return found


def _questions(entries: Entries, counted: Counted) -> dict[str, float]:
    """What is too large to be a number, in words, with what it adds to the high end."""
    texts = entries.frame["text"].to_numpy()
    return {
        f"{texts[row]!r} ({entries.ids[row]}) is more than the aid of the whole world in a year: "
        "perhaps a slip of scale": float(counted.high[row])
        for row in np.flatnonzero(counted.chosen & entries.is_outsized).tolist()
    }


def _of(selection: Selection) -> str:
    named = str(selection).replace(" for all recipients", "").removeprefix("all donors").strip()
    return f": {named}" if named else ""


def _note(entries: Entries, counted: Counted, selection: Selection, currency: str) -> str:
    chosen = counted.chosen
    number = int(chosen.sum())
    if not number:
        return f"no entry found: {selection}"
    parts = [f"{number:,} {'entry' if number == 1 else 'entries'} of a ledger{_of(selection)}"]
    amounts = entries.worth(currency)["low"].to_numpy()
    corrections = int((amounts[chosen] < 0).sum())
    if corrections:
        taken = amount_words(-summed(amounts[chosen & (amounts < 0)]))
        word = "correction is" if corrections == 1 else "corrections are"
        parts.append(f"{corrections:,} {word} subtracted ({taken})")
    kinds = Counter(one.kind for one in counted.why if one is not None)
    for kind, told in _TOLD.items():
        if many := kinds[kind]:
            parts.append(f"{many:,} {'is' if many == 1 else 'are'} {told}")
    return "; ".join(parts)
