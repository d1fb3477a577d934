"""The safe sum: what pledges come to at least and at most, and why the rest was left out."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd

from rates import notebook

from .. import schema
from ..ledger.ledger import Ledger
from ..links.relations import INSIDE, REVISION, Relation
from ..pledges.pledge import Pledge, Worth, worth
from ..text.amount_words import amount_words, range_words
from .chances import EVEN, chances, doubt
from .ends import Share, shares
from .open_parties import may_be_meant
from .plausible import accepted, outsized
from .row_reasons import (
    EXCLUDED,
    PlaceInSum,
    excluded_rows,
    included_columns,
    included_row,
)
from .selection import Selection

_USUAL = 8  # pledges of a donor from which on it is known what is usual
_OPEN_AMOUNT = "no amount, only a bound or a range"
_NOT_ITS_OWN = {
    "older": "the amount before a change",
    "near-compared": "the sum of another year, for comparison",
    "today-money": "what an older sum would be worth today",
}
_LEAST_CHANCE = 0.1  # that two pledges are two, however much speaks for an overlap
_SAME_AT_ZERO = 3  # bits: near links that stay below zero were one pledge more often than not


class SafeSum:
    """A sum of pledges as a range: ``low`` counts no money twice, ``high`` all that may be own.

    ``low`` is the sum when everything that may be the same money is the same, ``high`` when only
    what is surely the same is, ``likely`` the sum by the chances; all are in ``currency``. Pledges
    that are only known as lower bounds ("over 10 million") add a tenth more to ``high``, as far as
    such words usually reach, and ``open_end`` says so. A sum that cannot be known is NaN; a
    selection without pledges is 0 to 0 and says so in ``note``, one of a party that no claim names
    is NaN: nothing is known of it (``nobody``). ``included`` has one row per pledge with what it
    counts for in each end, which add up to the ends, the widest apart first; ``excluded`` has one
    row per claim. Each says why. Of many pledges ``chance`` is how likely each is money of its own.
    An amount above what is plausible is one of the ``questions``, no number: it stands in ``high``
    alone, and ``plausible_high`` is the high end without it. ``overview`` has the sums of a
    register by donor, status and year.
    """

    def __init__(
        self,
        low: float,
        high: float,
        currency: str,
        included: pd.DataFrame,
        excluded: pd.DataFrame,
        note: str,
        nobody: bool = False,
        open_end: bool = False,
        likely: float = math.nan,
        questions: Mapping[str, float] = MappingProxyType({}),
        overview: Callable[[], object] | None = None,
    ) -> None:
        self.low = low
        self.high = high
        self.currency = currency
        self.included = included
        self.excluded = excluded
        self.note = note
        self.nobody = nobody
        self.open_end = open_end
        self.likely = likely
        self._overview = overview
        self.questions = tuple(questions)
        self.plausible_high = max(high - math.fsum(questions.values()), low) if questions else high

    @cached_property
    def overview(self) -> object:
        """The page of a register, made when it is asked for; None of what reports tell."""
        return None if self._overview is None else self._overview()

    @property
    def range_text(self) -> str:
        """The range in words: ``20 to 30 million EUR``."""
        if math.isnan(self.low):
            return f"unknown, in {self.currency}"
        if self.questions and not self.plausible_high:
            return "a question, no number"
        if self.open_end:
            soft = f"probably to {amount_words(self.plausible_high)}"
            told = f"at least {amount_words(self.low)} {self.currency}, {soft}"
        else:
            told = f"{range_words(self.low, self.plausible_high)} {self.currency}"
        return f"{told}, but for a question" if self.questions else told

    @property
    def likely_text(self) -> str:
        """The range, and where between its ends the sum likely lies."""
        if not self.low < self.likely < self.plausible_high:
            return self.range_text
        return f"{self.range_text}, likely about {amount_words(self.likely)}"

    def __repr__(self) -> str:
        return f"<SafeSum {self.range_text}>"

    def __str__(self) -> str:
        counted = (
            f"  counted   {row['text']}: {row['reason']}"
            for row in self.included.to_dict("records")
        )
        left_out = (
            f"  left out  {row['text']} ({row['source']}): {row['reason']}"
            for row in self.excluded.to_dict("records")
        )
        asked = (f"  question  {one}" for one in self.questions)
        head = f"{self.likely_text} ({self.note})"
        return "\n".join([head, *asked, *counted, *left_out])

    def _repr_html_(self) -> str:
        likely = self.likely_text.removeprefix(self.range_text).lstrip(", ")
        told = [notebook.head(self.range_text, likely), notebook.note(self.note)]
        told += map(notebook.line, self.questions)
        counted = self.included.head(_SHOWN).to_dict("records")
        if counted:
            code = self.currency.lower()
            ends = [range_words(row[f"low_{code}"], row[f"high_{code}"]) for row in counted]
            cells = [
                [row["text"], _parties(row), end, row["reason"]]
                for row, end in zip(counted, ends, strict=True)
            ]
            names = ("figure", "who → whom", f"counts for, in {self.currency}", "why")
            told += [notebook.title("Included"), _table(names, cells)]
            told.append(notebook.note(_more(len(self.included), ".included")))
        left = self.excluded.head(_SHOWN).to_dict("records")
        if left:
            cells = [[row["text"], row["source"], row["reason"]] for row in left]
            told += [notebook.title("Left out"), _table(("figure", "source", "why"), cells)]
            told.append(notebook.note(_more(len(self.excluded), ".excluded")))
        return notebook.shown(*told)


_SHOWN = 15  # rows of a table in a notebook


def _parties(row: Mapping[Hashable, object]) -> str:
    ends = (row["donor"], row["recipient"])
    donor, recipient = (end.replace("|", ", ") if isinstance(end, str) else "–" for end in ends)
    return f"{donor} → {recipient}"


def _table(names: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    cells = [[notebook.escaped(cell) for cell in row] for row in rows]
    return notebook.table(names, cells, ("whole", *[""] * (len(names) - 2), "said"))


def _more(rows: int, where: str) -> str:
    return f"{rows - _SHOWN:,} more in {where}" if rows > _SHOWN else ""


def safe_sum(
    ledger: Ledger, selection: Selection, currency: str, claims_a_pledge: float | None = None
) -> SafeSum:
    """Sum the selected pledges, each at its own value date; nothing is ever counted twice.

    ``claims_a_pledge`` is their average where the ledger holds a part of all pledges only.
    """
    folded = _folded(selection, ledger)
    meant = may_be_meant(ledger, folded)
    chosen = [
        one
        for one in ledger.pledges
        if (folded.takes(one.donor, one.recipient) or one.id in meant)
        and (folded.status is None or one.status == folded.status)
    ]
    values = {one.id: worth(one, currency, ledger.valuation) for one in chosen}
    counted = [one for one in chosen if values[one.id].counted is not None]
    usual = claims_a_pledge or _claims_a_pledge(ledger)
    doubts = _doubts(counted, values, ledger, usual, folded, meant)
    rows = _rows(counted, values, doubts, folded)
    counted.sort(key=lambda one: rows[one.id].low - rows[one.id].high)
    included = [
        included_row(
            one, values[one.id], currency, rows[one.id], _place(one, folded, doubts), ledger
        )
        for one in counted
    ]
    low = math.fsum(share.low for share in rows.values())
    high = math.fsum(share.high for share in rows.values())
    nobody = not chosen and _nobody(folded, ledger)
    if nobody or (chosen and not counted):
        low = high = math.nan
    return SafeSum(
        low,
        high,
        currency,
        schema.frame(included, included_columns(currency)),
        schema.frame(excluded_rows(ledger, folded, chosen, counted, values), EXCLUDED),
        _note(chosen, counted, rows, doubts, folded),
        nobody,
        any(
            (values[one.id].counted or (0.0, 0.0))[1] is None and not rows[one.id].inside
            for one in counted
        ),
        _likely(rows, doubts, low, high),
        _questions(counted, rows, doubts),
    )


def _questions(
    counted: list[Pledge], rows: Mapping[str, Share], doubts: _Doubts
) -> dict[str, float]:
    """What is too large to be a number, in words, with what it adds to the high end."""
    return {
        f"{one.teller.text!r} is {doubts.outsize[one.id]}": rows[one.id].high
        for one in counted
        if one.id in doubts.outsize and not rows[one.id].low
    }


class Undecided(NamedTuple):
    """A pledge that counts for less in the low end than in the high one, and no other one says why.

    ``kind`` is ``open-party``, ``implausible``, ``open-amount``,
    ``former`` or ``told-again``.
    """

    pledge: Pledge
    kind: str
    why: str
    effect: float


def undecided(
    ledger: Ledger,
    donor: tuple[str, ...] | None,
    currency: str,
    recipient: tuple[str, ...] | None = None,
) -> list[Undecided]:
    """What of a donor's pledges separates the ends of their sum without a relation to another."""
    selection = Selection(donor, recipient, None)
    chosen = [one for one in ledger.pledges if selection.takes(one.donor, one.recipient)]
    values = {one.id: worth(one, currency, ledger.valuation) for one in chosen}
    counted = [one for one in chosen if values[one.id].counted is not None]
    doubts = _doubts(counted, values, ledger, _claims_a_pledge(ledger), selection)
    found = []
    for one in counted:
        share, why = doubts.shares[one.id], doubts.waiting.get(one.id)
        if share.relation is not None or _joint(one, selection) or not share.high:
            continue
        if why is not None:
            kind = "open-party" if one.id in doubts.unnamed else "implausible"
            kind = "former" if one.id in doubts.former else kind
            found.append(Undecided(one, kind, why, share.high))
        elif doubts.chance.get(one.id, 1.0) < EVEN:
            found.append(Undecided(one, "told-again", doubt(one), share.low))
        elif share.low < share.high and not one.figure.contested and len(one.readings) < 2:
            found.append(Undecided(one, "open-amount", _OPEN_AMOUNT, share.high - share.low))
    return found


class _Doubts(NamedTuple):
    """Why a pledge may not be money of its own, by its id.

    ``shares`` are those of the ends; ``waiting`` says why one counts in the high end alone:
    it is joint, lacks a party, or is far larger than is plausible. Of many pledges each of the
    others has the ``chance`` that it is money of its own.
    """

    shares: dict[str, Share]
    waiting: dict[str, str]
    unnamed: dict[str, str]
    chance: dict[str, float]
    former: set[str]
    outsize: dict[str, str]


def _doubts(
    counted: list[Pledge],
    values: Mapping[str, Worth],
    ledger: Ledger,
    claims_a_pledge: float,
    folded: Selection,
    meant: Mapping[str, str] = MappingProxyType({}),
) -> _Doubts:
    outsize = outsized(counted, values, ledger)
    joint = {one.id: why for one in counted if (why := _joint(one, folded))}
    former = _former(counted, ledger)
    joint |= former
    within = _placed(counted, ledger)
    known = [one for one in counted if not {one.id} & {*outsize, *joint, *meant}]
    unnamed = _unnamed(known, ledger)
    open_ones = {name: why for name, why in {**unnamed, **meant}.items() if name not in within}
    unnamed = {name: why for name, why in unnamed.items() if name not in within}
    waiting = open_ones | outsize | joint
    found = shares(counted, values, ledger, set(waiting), set(joint))
    inner = {name: one.relation for name, one in found.items() if one.relation is not None}
    inside = {name for name, one in found.items() if one.inside}
    plain = [one for one in counted if one.id not in waiting]
    chance = chances(plain, inner, inside, claims_a_pledge) if len(plain) >= _USUAL else {}
    chance |= {one.id: 1.0 for one in plain if one.id in chance and accepted(one, ledger)}
    return _Doubts(found, waiting, unnamed, chance, set(former), outsize)


def _placed(counted: list[Pledge], ledger: Ledger) -> set[str]:
    """Pledges that surely are parts of one that is counted, whatever party they leave open."""
    ids = {one.id for one in counted}
    return {
        ledger.pledges[one.inner].id
        for one in ledger.overlaps
        if one.sure and one.kind in INSIDE and ledger.pledges[one.outer].id in ids
    }


def _former(counted: list[Pledge], ledger: Ledger) -> dict[str, str]:
    """Pledges that are told only as what an amount was, or is worth now, with nothing beside it.

    "From 75 to 135 million" where the 135 are a total; the sum of last year, told for comparison.
    """
    place = {one.id: number for number, one in enumerate(ledger.pledges)}
    ids = {place[one.id] for one in counted}
    changed = {
        one.inner
        for one in ledger.overlaps
        if one.outer in ids and (one.sure or one.kind == REVISION)
    }
    found = {}
    for one in counted:
        said = [claim.said.values for claim in one.claims]
        for value, words in _NOT_ITS_OWN.items():
            if place[one.id] not in changed and all(value in values for values in said):
                found[one.id] = words
    return found


def _rows(
    counted: list[Pledge], values: Mapping[str, Worth], doubts: _Doubts, folded: Selection
) -> dict[str, Share]:
    """What each pledge counts for in either end, given by each of several donors or not."""
    rows = {}
    for one in counted:
        share, times = doubts.shares[one.id], max(_each(one, folded), 1)
        low = share.low
        if share.relation is None and doubts.chance.get(one.id, 1.0) < EVEN:
            low = 0.0  # rather another one's money, told again
        rows[one.id] = share._replace(low=low * times, high=max(share.high, low) * times)
    # the largest unnamed pledge was given by somebody, though perhaps by those that are named
    sizes = {
        name: (values[name].counted or (0.0, None))[0]
        for name in doubts.unnamed
        if not rows[name].inside
    }
    if sizes:
        largest = min(sizes, key=lambda name: (-sizes[name], name))
        beyond = sizes[largest] - math.fsum(share.low for share in rows.values())
        if beyond > 0:
            rows[largest] = rows[largest]._replace(low=min(beyond, rows[largest].high))
    return rows


def _likely(rows: Mapping[str, Share], doubts: _Doubts, low: float, high: float) -> float:
    """What the pledges come to by the chance of each; between the ends."""
    parts = []
    for name, share in rows.items():
        if name in doubts.chance:
            parts.append(share.high * doubts.chance[name])
        elif share.relation is not None and not share.inside:
            parts.append(share.low + (share.high - share.low) * _apart(share.relation))
        else:
            parts.append(share.low)
    return min(max(math.fsum(parts), low), high) if low == low else math.nan


def _place(one: Pledge, folded: Selection, doubts: _Doubts) -> PlaceInSum:
    why = doubts.waiting.get(one.id)
    return PlaceInSum(None if why else doubts.chance.get(one.id), _each(one, folded), why)


def _joint(one: Pledge, folded: Selection) -> str | None:
    """Why the selected donors may have no part in a pledge of several, who do not each give it."""
    return None if _each(one, folded) else folded.shared(one)


def _claims_a_pledge(ledger: Ledger) -> float:
    told = sum(len(one.claims) for one in ledger.pledges)
    return told / max(len(ledger.pledges), 1)


def _apart(overlap: Relation) -> float:
    """The chance that two pledges that may overlap are two after all."""
    if overlap.cause != "double-count":
        return _LEAST_CHANCE
    return max(1 / (1 + 2 ** (overlap.bits + _SAME_AT_ZERO)), _LEAST_CHANCE)


def _each(one: Pledge, selection: Selection) -> int:
    """How often the whole amount is given among the asked; 0 where the text does not say "each".

    "Germany and France each pledged 5 million": ten in all, and five of each; so for receivers of
    one donor.
    """
    several = len(one.donor) > 1 or (len(one.donor) == 1 and len(one.recipient) > 1)
    if not several or not any("each" in claim.said.values for claim in one.claims):
        return 0
    names, asked = (
        (one.donor, selection.donor) if len(one.donor) > 1 else (one.recipient, selection.recipient)
    )
    return sum(asked is None or name in asked for name in names)


def _nobody(selection: Selection, ledger: Ledger) -> bool:
    """Whether a party was asked for that no claim names."""
    donors = {name for claim in ledger.claims for name in claim.donor}
    recipients = {name for claim in ledger.claims for name in claim.recipient}
    return any(
        asked is not None and not set(asked) & known
        for asked, known in ((selection.donor, donors), (selection.recipient, recipients))
    )


def _unnamed(counted: list[Pledge], ledger: Ledger) -> dict[str, str]:
    """Pledges that may hold the money of others because a party is not named, and why.

    "Allies pledged 21 billion" may be the sum of what the same page tells of each ally. A party
    counts as missing only beside pledges that do name it: a table without recipients has none.
    """
    found = {}
    ids = {one.id for one in counted}
    made = {
        ledger.pledges[one.outer].id
        for one in ledger.overlaps
        if one.made_of_parts and ledger.pledges[one.inner].id in ids
    }  # of the parts that are told, so that no other one is in it
    donors = any(one.donor for one in counted)
    known = {name for one in counted if one.recipient for name in one.donor}
    for one in counted:
        if donors and not one.donor:
            found[one.id] = "names no donor: it may include the money of those that are named"
        elif not one.recipient and known & set(one.donor) and one.id not in made:
            found[one.id] = "names no recipient: it may be the same money as another pledge"
    return found


def _folded(selection: Selection, ledger: Ledger) -> Selection:
    """Names that no gazetteer knows match the claims' own spelling whatever their case."""
    seen = {name.casefold(): name for one in ledger.claims for name in (*one.donor, *one.recipient)}

    def fold(names: tuple[str, ...] | None) -> tuple[str, ...] | None:
        return names and tuple(seen.get(name.casefold(), name) for name in names)

    return selection._replace(donor=fold(selection.donor), recipient=fold(selection.recipient))


def _note(
    chosen: list[Pledge],
    counted: list[Pledge],
    rows: Mapping[str, Share],
    doubts: _Doubts,
    selection: Selection,
) -> str:
    if not chosen:
        return f"no pledge found: {selection}"
    of = str(selection).replace(" for all recipients", "").removeprefix("all donors").strip()
    of = f" {'by ' if selection.donor else ''}{of}" if of else ""
    parts = [f"{len(counted)} {'pledge' if len(counted) == 1 else 'pledges'}{of}"]
    joint = sum(bool(selection.shared(one)) for one in counted if not _each(one, selection))
    inside = sum(share.inside for share in rows.values())
    twice = sum(share.relation is not None and not share.inside for share in rows.values())
    upper = [
        f"{joint} joint {'pledge' if joint == 1 else 'pledges'} without shares" if joint else "",
        f"{twice} possible {'repeat' if twice == 1 else 'repeats'}" if twice else "",
        f"{len(doubts.unnamed)} without a donor or recipient" if doubts.unnamed else "",
    ]
    if any(upper):
        parts.append(f"only in the upper end: {', '.join(filter(None, upper))}")
    if inside:
        parts.append(f"counted with others: {inside}")
    if len(counted) < len(chosen):
        parts.append(f"not counted: {len(chosen) - len(counted)} without a known amount")
    if doubts.chance:
        parts.append("both ends are likely, not certain")
    return "; ".join(parts)
