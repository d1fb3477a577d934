"""Amounts of one document that come to a larger one of it: its parts, to the printed digits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from .. import figures
from ..values import intervals
from .group import Cluster
from .rows import Claim

Told = list[tuple[int, Claim]]

_EXACT = 0.005  # of a whole: what its own rounding may leave between it and its parts
_WIDEST = 0.05  # … and what the rounding of all of them may leave at most
_MOST_PARTS = 12  # that one whole is told with
_SKIPPED = 3  # amounts told between a whole and its parts
_MOST_TOLD = 400  # amounts of one document that are tried as wholes
_FEW_DIGITS = 4  # digits of whole and parts together, below which coming to it may be an accident
_MANY_DIGITS = 7  # … from which on it is none, whatever the words say of more money
_ONE_MORE = frozenset({"additional", "near-others"})


class Parts(NamedTuple):
    """A whole and the amounts that come to it; ``sure`` where that is hardly an accident."""

    whole: int
    parts: tuple[int, ...]
    sure: bool


def runs(
    members: Sequence[tuple[int, Cluster]], holds: Callable[[int, int], bool] | None = None
) -> Iterator[Parts]:
    """Runs of two or more amounts behind (or before) a larger one of their document.

    "3.75 billion … 2.85 billion of it … 225 million … another 682 million". ``members`` are pledges
    of one donor with their numbers; ``holds`` says of which whole an amount may be a part at all.
    """
    documents: dict[tuple[str, str, str], Told] = defaultdict(list)
    for number, cluster in members:
        for one in cluster:
            for claim in one.claims:
                if claim.amount and claim.sentence and claim.base is None:
                    documents[claim.document].append((number, claim))
    for told in documents.values():
        yield from _what_each_gets(told)
        if not 3 <= len(told) <= _MOST_TOLD:
            continue
        every = _in_text(told)
        yield from _all_runs(every, holds)
        once = _first_of_each(every)
        if len(once) < len(every):
            yield from _all_runs(once, holds)


def _what_each_gets(told: Told) -> Iterator[Parts]:
    """A joint amount beside what each gives or gets of it: "8 million in all, 4 million each"."""
    for number, claim in told:
        many = len(claim.donor) if len(claim.donor) > 1 else len(claim.recipient)
        if many < 2 or "each" not in claim.said.values:
            continue
        for whole, large in told:
            of_all = large.currency == claim.currency and many * _size(claim) / _size(large)
            if whole != number and abs(of_all - 1) <= _EXACT:
                yield Parts(whole, (number,), True)


def _in_text(told: Told) -> Told:
    """In the order of the text, but for headlines of what the text tells too."""
    in_body = {number for number, claim in told if claim.zone != "headline"}
    kept = [one for one in told if one[1].zone != "headline" or one[0] not in in_body]
    return sorted(kept, key=lambda one: (one[1].start, one[0]))


def _first_of_each(told: Told) -> Told:
    first: dict[int, Claim] = {}
    for number, claim in told:
        first.setdefault(number, claim)
    return list(first.items())


def _all_runs(told: Told, holds: Callable[[int, int], bool] | None) -> Iterator[Parts]:
    for place, (whole, claim) in enumerate(told):
        for others, behind in ((told[place + 1 :], True), (told[:place][::-1], False)):
            smaller = [
                one
                for one in others[: 2 * _MOST_PARTS]
                if one[0] != whole
                and one[1].currency == claim.currency
                and _size(one[1]) < _size(claim)
                and (holds is None or holds(whole, one[0]) or one[1].sentence == claim.sentence)
            ]
            found = _run(whole, claim, smaller, behind)
            if found is None:
                continue
            # a sentence may share out to many what was read as meant for the first of them
            fits = holds is None or all(holds(whole, part) for part in found.parts)
            digits = sum(len(one.digits) for number, one in smaller if number in found.parts)
            if fits or (found.sure and digits >= _MANY_DIGITS):
                yield found


def _size(claim: Claim) -> float:
    return claim.amount or 0.0


def _run(whole: int, large: Claim, others: Told, behind: bool) -> Parts | None:
    for skip in range(min(len(others), _SKIPPED)):
        parts = _closest(large, others[skip : skip + _MOST_PARTS])
        if parts is None:
            continue
        made = sum(_size(claim) for _, claim in parts)
        exact = abs(made / _size(large) - 1) <= _EXACT
        sure = _sure(large, parts, exact or (behind and not skip), behind)
        return Parts(whole, tuple(dict.fromkeys(one for one, _ in parts)), sure)
    return None


def _closest(large: Claim, others: Told) -> Told | None:
    """Of the runs that begin there the one that comes nearest to the whole."""
    made, slack, size = 0.0, _half(large), _size(large)
    parts: Told = []
    best: tuple[float, Told] | None = None
    for number, claim in others:
        made += _size(claim)
        slack += _half(claim)
        parts.append((number, claim))
        if made > size * (1 + _WIDEST):
            break
        off = abs(made - size)
        several = len({one for one, _ in parts}) > 1
        fits = several and _comes_to(made, size, slack) and _one_list(large, parts)
        if fits and (best is None or off < best[0]) and not _nested(parts):
            best = off, list(parts)
    return best[1] if best else None


def _one_list(large: Claim, parts: Told) -> bool:
    """Whether parts that stand in the sentence of the whole are all of them."""
    beside = [claim.sentence == large.sentence for _, claim in parts]
    return all(beside) or not any(beside)


def _comes_to(made: float, whole: float, slack: float) -> bool:
    return abs(made - whole) <= max(_EXACT * whole, min(slack, _WIDEST * whole))


def _sure(large: Claim, parts: Told, close: bool, behind: bool) -> bool:
    """Whether parts surely make their whole; of words such as "another" they may only."""
    digits = len(large.digits) + sum(len(claim.digits) for _, claim in parts)
    later = parts[0][1] if behind else large
    if later.said.values & _ONE_MORE and digits < _MANY_DIGITS:
        return False  # "another 3 and another 8, that is, an additional 11"
    if close and behind and digits == _FEW_DIGITS - 1:
        # "90 billion. 30 billion is for the budget and 60 billion for arms", but no "5 and 5"
        sentences, sizes = {c.sentence for _, c in parts}, {_size(c) for _, c in parts}
        return len(sentences) == 1 and len(sizes) == len(parts)
    return close and digits >= _FEW_DIGITS


def _nested(parts: Told) -> bool:
    """Whether one of the parts is made of the others: "72.5 million: 50 and 22.5" makes no 145."""
    amounts = sorted(_size(claim) for _, claim in parts)
    return len(amounts) > 2 and abs(sum(amounts[:-1]) / amounts[-1] - 1) <= _EXACT


def _half(claim: Claim) -> float:
    """Half the last printed digit of an amount."""
    return _half_of(claim.text, _size(claim))


@lru_cache(maxsize=4096)
def _half_of(text: str, amount: float) -> float:
    printed = figures.printed_of(text) if text else None
    core = intervals.reading(printed or intervals.printed_number(amount), "core")
    assert core.low is not None  # of a printed number both ends are known
    assert core.high is not None
    return float(core.high - core.low) / 2
