"""The safe sum: what pledges come to at least and at most, and why the rest was left out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from .. import schema
from ..ledger.ledger import Ledger
from ..links.overlaps import Overlap
from ..pledges.pledge import Pledge, Worth, worth
from ..text.amount_words import amount_words, range_words
from ..values.slack import BEYOND_A_BOUND
from .chances import EVEN, chances, spread
from .row_reasons import (
    EXCLUDED,
    PlaceInSum,
    excluded_rows,
    explained_row,
    included_columns,
    included_row,
)
from .selection import Selection

_OUTSIZE = 30  # times the next largest pledge: amounts of one donor seldom leap so far
_FAR = 250  # times the middle one of a donor's pledges, the same
_SLIP = 1000  # "billion" for "million"
_USUAL = 8  # pledges of a donor from which on it is known what is usual
_LEAST_CHANCE = 0.1  # that two pledges are two, however much speaks for an overlap
_SAME_AT_ZERO = 3  # bits: near links that stay below zero were one pledge more often than not
_ROUNDED = 0.05  # parts and whole are rounded, each by itself


class SafeSum:
    """A sum of pledges as a range: ``low`` without what may be counted twice, ``high`` with it.

    ``low`` and ``high`` are in ``currency``. Pledges that are only known as lower bounds ("over 10
    million") add a tenth more to ``high``, as far as such words usually reach, and ``open_end``
    says so. A sum that cannot be known is NaN; a selection without pledges is 0 to 0 and says so
    in ``note``, one of a party that no claim names is NaN: nothing is known of it (``nobody``).
    ``included`` has one row per pledge, ``excluded`` one per claim, with the reason. Of many
    pledges ``chance`` says how likely each is money of its own; the ends then follow from all of
    the chances together, and are no longer the sums of the rows that are ``in_low`` or not.
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
    ) -> None:
        self.low = low
        self.high = high
        self.currency = currency
        self.included = included
        self.excluded = excluded
        self.note = note
        self.nobody = nobody
        self.open_end = open_end

    @property
    def range_text(self) -> str:
        """The range in words: ``20 to 30 million EUR``."""
        if math.isnan(self.low):
            return f"unknown, in {self.currency}"
        if self.open_end:
            soft = f"probably to {amount_words(self.high)}"
            return f"at least {amount_words(self.low)} {self.currency}, {soft}"
        return f"{range_words(self.low, self.high)} {self.currency}"

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
        return "\n".join([f"{self.range_text} ({self.note})", *counted, *left_out])

    def _repr_html_(self) -> str:
        weighed = self.included["chance"].notna().any()
        included = self.included if weighed else self.included.drop(columns="chance")
        parts = [included.to_html(index=False, na_rep=""), self.excluded.to_html(index=False)]
        head = f"<p><b>{self.range_text}</b> ({self.note})</p>"
        return head + parts[0] + "<p>Left out</p>" + parts[1]


def safe_sum(
    ledger: Ledger, selection: Selection, currency: str, claims_a_pledge: float | None = None
) -> SafeSum:
    """Sum the selected pledges, each at its own value date; nothing is ever counted twice.

    ``claims_a_pledge`` is their average where the ledger holds a part of all pledges only.
    """
    folded = _folded(selection, ledger)
    chosen = [
        one
        for one in ledger.pledges
        if folded.takes(one.donor, one.recipient)
        and (folded.status is None or one.status == folded.status)
    ]
    values = {one.id: worth(one, currency, ledger.valuation) for one in chosen}
    counted = [one for one in chosen if values[one.id].counted is not None]
    usual = claims_a_pledge or _claims_a_pledge(ledger)
    doubts = _doubts(counted, values, ledger, usual)
    ends = _Ends()
    included = []
    for one in counted:
        standing = _place(one, folded, doubts)
        overlap = doubts.inner.get(one.id)
        ends.count(values[one.id].counted or (0.0, None), standing, overlap)
        row = included_row(one, values[one.id], currency, overlap, ledger)
        included.append(explained_row(row, one, overlap, standing))
    # the largest unnamed pledge was given by somebody, though perhaps by those that are named
    unnamed = [one for one in counted if one.id in doubts.unnamed and not _joint(one, folded)]
    low, high = ends.range()
    low = max(low, 0.0, *((values[one.id].counted or (0.0, None))[0] for one in unnamed))
    high = max(high, low)
    nobody = not chosen and _nobody(folded, ledger)
    if nobody or (chosen and not counted):
        low = high = math.nan
    return SafeSum(
        low,
        high,
        currency,
        schema.frame(included, included_columns(currency)),
        schema.frame(excluded_rows(ledger, folded, chosen, counted, values), EXCLUDED),
        _note(chosen, counted, doubts.inner, doubts.inside, len(doubts.unnamed), folded),
        nobody,
        ends.open,
    )


class _Doubts(NamedTuple):
    """Why a pledge may not be money of its own, by its id.

    ``inner`` may be inside another one, and is likely so when it is ``inside``; ``outsize`` is far
    larger than the others, ``unnamed`` lacks a party. Of many pledges each of the others has the
    ``chance`` that it is.
    """

    inner: dict[str, Overlap]
    inside: set[str]
    outsize: dict[str, str]
    unnamed: dict[str, str]
    chance: dict[str, float]


def _doubts(
    counted: list[Pledge], values: Mapping[str, Worth], ledger: Ledger, claims_a_pledge: float
) -> _Doubts:
    inner, inside = _inner(counted, values, ledger)
    outsize = _outsize(counted, values)
    unnamed = {name: why for name, why in _unnamed(counted).items() if name not in inside}
    plain = [one for one in counted if one.id not in unnamed and one.id not in outsize]
    many = len(plain) >= _USUAL
    chance = chances(plain, inner, inside, claims_a_pledge) if many else {}
    inside = {name for name in inside if chance.get(name, 0.0) < EVEN}
    return _Doubts(inner, inside, outsize, unnamed, chance)


def _place(one: Pledge, folded: Selection, doubts: _Doubts) -> PlaceInSum:
    why = _joint(one, folded) or doubts.unnamed.get(one.id) or doubts.outsize.get(one.id)
    own = None if why else doubts.chance.get(one.id)
    outsize = one.id in doubts.outsize
    return PlaceInSum(own, _each(one, folded), why, one.id in doubts.inside, outsize)


def _joint(one: Pledge, folded: Selection) -> str | None:
    """Why the selected donors may have no part in a pledge of several, who do not each give it."""
    return None if _each(one, folded) else folded.shared(one)


def _claims_a_pledge(ledger: Ledger) -> float:
    told = sum(len(one.claims) for one in ledger.pledges)
    return told / max(len(ledger.pledges), 1)


def _apart(overlap: Overlap) -> float:
    """The chance that two pledges that may overlap are two after all."""
    if overlap.cause != "double-count":
        return _LEAST_CHANCE
    return max(1 / (1 + 2 ** (overlap.bits + _SAME_AT_ZERO)), _LEAST_CHANCE)


class _Ends:
    """What the two ends of a sum are made of."""

    def __init__(self) -> None:
        self.lows: list[float] = []
        self.highs: list[float] = []
        self.doubtful: list[tuple[float, float]] = []  # what may be counted twice, its chance
        self.weighed: list[tuple[float, float, float]] = []  # low, high and chance, of many
        self.open = False

    def count(
        self, counted: tuple[float, float | None], place: PlaceInSum, overlap: Overlap | None
    ) -> None:
        """Count a pledge: its least and its most, as it stands in the sum."""
        low, high = counted
        times = max(place.givers, 1)
        most = low * (1 + BEYOND_A_BOUND) if high is None else high
        if place.outsize:
            most /= _SLIP
        elif place.own is None:  # what is likely has no end that is sure
            self.open |= high is None and not place.inside
        if place.own is not None:
            self.weighed.append((low * times, most * times, place.own))
        elif overlap and not place.why:
            if not place.inside:
                self.doubtful.append((most * times, _apart(overlap)))
        else:
            self.lows.append(0.0 if place.why else low * times)
            self.highs.append(most * times)

    def range(self) -> tuple[float, float]:
        """The least and the most that all of it comes to."""
        least, most = _between(self.doubtful)
        own = [chance for _low, _high, chance in self.weighed]
        low, _ = spread([low for low, _high, _chance in self.weighed], own)
        _, high = spread([high for _low, high, _chance in self.weighed], own)
        return math.fsum([*self.lows, least, low]), math.fsum([*self.highs, most, high])


def _between(doubtful: list[tuple[float, float]]) -> tuple[float, float]:
    """What pledges that may be counted twice add at least and at most, with the chance of each.

    Among few pledges any one of them may be two.
    """
    every = math.fsum(amount for amount, _ in doubtful)
    middle = math.fsum(amount * chance for amount, chance in doubtful)
    width = math.sqrt(math.fsum(amount**2 * chance * (1 - chance) for amount, chance in doubtful))
    largest = max((amount for amount, _ in doubtful), default=0.0)
    return max(middle - 2 * width, 0.0), min(max(middle + 2 * width, largest), every)


def _each(one: Pledge, selection: Selection) -> int:
    """How many of the asked donors give the whole amount each; 0 where the text does not say so.

    "Germany and France each pledged 5 million": ten in all, and five of each.
    """
    if len(one.donor) < 2 or not any("each" in claim.said.values for claim in one.claims):
        return 0
    return sum(selection.donor is None or name in selection.donor for name in one.donor)


def _nobody(selection: Selection, ledger: Ledger) -> bool:
    """Whether a party was asked for that no claim names."""
    donors = {name for claim in ledger.claims for name in claim.donor}
    recipients = {name for claim in ledger.claims for name in claim.recipient}
    return any(
        asked is not None and not set(asked) & known
        for asked, known in ((selection.donor, donors), (selection.recipient, recipients))
    )


def _unnamed(counted: list[Pledge]) -> dict[str, str]:
    """Pledges that may hold the money of others because a party is not named, and why.

    "Allies pledged 21 billion" may be the sum of what the same page tells of each ally. A party
    counts as missing only beside pledges that do name it: a table without recipients has none.
    """
    found = {}
    donors = any(one.donor for one in counted)
    known = {name for one in counted if one.recipient for name in one.donor}
    for one in counted:
        if donors and not one.donor:
            found[one.id] = "names no donor, so it may hold the money of those that are named"
        elif not one.recipient and known & set(one.donor):
            found[one.id] = "names no recipient, so it may be money that another pledge tells of"
    return found


def _outsize(counted: list[Pledge], values: Mapping[str, Worth]) -> dict[str, str]:
    """Pledges told by one voice that dwarf every other one of their donor, and why they wait.

    A slip of scale ("billion" for "million") outweighs all else in a sum, so it takes a second
    voice before such an amount counts in the lower end.
    """
    of_donor: dict[tuple[str, ...], list[tuple[float, Pledge]]] = {}
    for one in counted:
        if one.donor:
            size = (values[one.id].counted or (0.0,))[0]
            of_donor.setdefault(one.donor, []).append((size, one))
    found = {}
    for pledges in of_donor.values():
        ranked = sorted(pledges, key=lambda pair: (-pair[0], pair[1].id))
        middle = ranked[len(ranked) // 2][0]
        for (size, one), (following, _) in pairwise(ranked[: max(len(ranked) - _USUAL + 1, 0)]):
            if size < _OUTSIZE * following and size < _FAR * middle:
                break
            if one.figure.independent > (2 if size >= _FAR * middle else 1):
                continue
            found[one.id] = (
                "told by few voices and far larger than any other of this donor, so it is taken "
                "for a slip of scale, with a thousandth of it"
            )
    return found


def _folded(selection: Selection, ledger: Ledger) -> Selection:
    """Names that no gazetteer knows match the claims' own spelling whatever their case."""
    seen = {name.casefold(): name for one in ledger.claims for name in (*one.donor, *one.recipient)}

    def fold(names: tuple[str, ...] | None) -> tuple[str, ...] | None:
        return names and tuple(seen.get(name.casefold(), name) for name in names)

    return selection._replace(donor=fold(selection.donor), recipient=fold(selection.recipient))


def _inner(
    counted: list[Pledge], values: Mapping[str, Worth], ledger: Ledger
) -> tuple[dict[str, Overlap], set[str]]:
    """Overlaps that count for the low end, and the ids of those that hold for the high end too.

    Parts count only as far as their whole can hold them. Equal amounts of a donor with many
    pledges are no sign that two are one, unless the links say so.
    """
    ids = {one.id for one in counted}
    many = {
        donor for donor, count in Counter(one.donor for one in counted).items() if count >= _USUAL
    }
    room: dict[str, float] = {}
    found: dict[str, Overlap] = {}
    inside: set[str] = set()
    overlaps = [
        one
        for one in ledger.overlaps
        if one.cause != "double-count" or ledger.pledges[one.inner].donor not in many
    ]
    outer_of: dict[int, int] = {}
    for one in [*sorted(overlaps, key=_strongest), *sorted(ledger.near, key=_strongest)]:
        part, whole = ledger.pledges[one.inner], ledger.pledges[one.outer]
        if part.id not in ids or whole.id not in ids or part.id in found:
            continue
        if _leads_to(one.outer, one.inner, outer_of):
            continue
        size = (values[part.id].counted or (0.0,))[0]
        if one.cause == "part-of":
            left = room.setdefault(whole.id, (values[whole.id].counted or (0.0,))[0])
            if size > left * (1 + _ROUNDED):
                continue
            room[whole.id] = left - size
        if one.certain:
            inside.add(part.id)
        found[part.id] = one
        outer_of[one.inner] = one.outer
    return found, inside


def _strongest(one: Overlap) -> tuple[float, int]:
    return (-one.bits, one.inner)


def _leads_to(start: int, end: int, outer_of: Mapping[int, int]) -> bool:
    """Whether going from inner to outer from ``start`` arrives at ``end``: no circle is counted."""
    place: int | None = start
    while place is not None and place != end:
        place = outer_of.get(place)
    return place is not None


def _note(
    chosen: list[Pledge],
    counted: list[Pledge],
    inner: Mapping[str, Overlap],
    inside: set[str],
    unnamed: int,
    selection: Selection,
) -> str:
    if not chosen:
        return f"no pledge found: {selection}"
    parts = [f"{len(counted)} {'pledge' if len(counted) == 1 else 'pledges'}: {selection}"]
    joint = sum(bool(selection.shared(one)) for one in counted if not _each(one, selection))
    if joint:
        parts.append(f"{joint} joint with others and in the upper end only, as no share is said")
    if inside:
        parts.append(f"{len(inside)} of them are parts of larger ones and counted with these")
    if len(inner) > len(inside):
        parts.append(
            f"{len(inner) - len(inside)} of them may be counted twice and stand in the upper end "
            "only"
        )
    if len(counted) >= _USUAL:
        parts.append(
            "of many pledges some are others' money told again, so each is weighed by its chance "
            "and the ends are likely, not sure"
        )
    if unnamed:
        parts.append(f"{unnamed} that name no donor or recipient stand in the upper end only")
    if len(counted) < len(chosen):
        parts.append(f"{len(chosen) - len(counted)} without a known amount are left out")
    return "; ".join(parts)
