"""Mentions of one figure in one document: a headline echoes the body, a later mention the first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from heapq import merge

from .record import Reading
from .roles import NOTHING_SAYS, TABLE
from .rules import named
from .said import said_in_signs
from .statuses import TABLE as STATUSES
from .wording import is_heading, is_prose

# "5 million for schools and 5 million for hospitals", "5 million, 6 million and 5 million"
_TWO_ITEMS = re.compile(r"(?:,|;|\b(?:and|plus|while)\b)(?! (?:or|i\.e|that is|this|the|those)\b)")
_ONE_MORE = frozenset({"additional", "new"})
_NO_SUMS = ("noise", "relative")


def _same(a: str | None, b: str | None) -> bool:
    """Whether two parties can be one: equal, or one of them not named."""
    return a is None or b is None or a == b


def _echoes(one: Reading, earlier: Reading) -> bool:
    if not (_same(one.donor, earlier.donor) and _same(one.recipient, earlier.recipient)):
        return False
    if one.zone != "headline" and _side_by_side(one, earlier):
        return False
    said = said_in_signs(one.signs).values
    if "near-others" in said:
        return False
    return one.zone == "headline" or is_heading(earlier.sentence) or not said & _ONE_MORE


def _side_by_side(one: Reading, earlier: Reading) -> bool:
    """Whether two equal amounts are two items of one sentence, or of two lines of a list.

    "5 million for schools and 5 million for hospitals"; "or 5 million" and brackets say one again.
    """
    if one.sentence_start != earlier.sentence_start:
        lines = not (is_prose(one.sentence) or is_prose(earlier.sentence))
        days = one.value_date, earlier.value_date
        return lines and None not in days and days[0] != days[1]
    between = (one.sentence or "")[earlier.end - earlier.sentence_start :][
        : one.start - earlier.end
    ]
    return _TWO_ITEMS.search(between) is not None


_Sum = tuple[str, float | None, str | None]


def _sum_of(one: Reading) -> _Sum:
    return one.role, one.amount, one.currency


def _taken_over(readings: Sequence[Reading]) -> list[Reading]:
    """Give a mention that says nothing itself the role of the same amount told elsewhere.

    "This 20 million is only the beginning": the article has said before what it is.
    """
    if all(one.noise_reason != NOTHING_SAYS for one in readings):
        return list(readings)
    told: dict[tuple[float | None, str | None], Reading] = {}
    for one in readings:
        if one.is_money_given:
            told.setdefault((one.amount, one.currency), one)
    return [_as_told(one, told.get((one.amount, one.currency))) for one in readings]


def _as_told(one: Reading, told: Reading | None) -> Reading:
    if one.noise_reason != NOTHING_SAYS or one.amount is None or told is None:
        return one
    donor, recipient = one.donor or told.donor, one.recipient or told.recipient
    if donor == recipient:
        donor, recipient = told.donor, told.recipient
    return (
        one.with_parties("party-told-elsewhere", donor, recipient)
        ._replace(
            role=told.role,
            status=told.status,
            status_text=told.status_text,
            noise_reason=told.noise_reason,
            purpose=told.purpose,
            as_of=told.as_of,
        )
        .signed(
            named(TABLE)["told-elsewhere"].sign(value=told.role),
            named(STATUSES)["status-told-elsewhere"].sign(value=told.status),
        )
    )


def mark_repeats(readings: Sequence[Reading]) -> list[Reading]:
    """The readings of one document, which are in order of position, with ``repeats`` set.

    A mention in the headline points at the first such figure of the body; any other at the first
    one before it. Words such as "another" or "additional" right before a figure forbid it. A sign
    that the echoed mention decides ("$21 million" beside euros) is decided for its echo too, and
    what the echoed mention converts its echo converts. A headline may round a conversion.
    """
    found = _taken_over(readings)
    alike = _Alike(found)
    converted = [one for one in found if one.conversion_of and one.zone != "headline"]
    for number, one in enumerate(found):
        body = (found[other] for other in alike.of(one))
        told = _told_before(one, body) or _rounded(one, converted)
        if told is None:
            continue
        decided = one.currency_basis == "ambiguous" != told.currency_basis
        base = told.conversion_of if told.conversion_of != one.claim_id else None
        found[number] = one._replace(
            repeats=told.claim_id,
            conversion_of=one.conversion_of or base,
            currency_basis=told.currency_basis if decided else one.currency_basis,
        )
    return found


class _Alike:
    """The mentions of the body that another one may echo: of one sum, by who gives and receives.

    A table has thousands of others, and thousands of givers may give the same.
    """

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._by_party: dict[tuple[_Sum, str, str | None], list[int]] = {}
        for number, one in enumerate(readings):
            if one.zone != "headline" and one.role not in _NO_SUMS and one.amount is not None:
                for key in (*self._keys(one), (_sum_of(one), "anybody", None)):
                    self._by_party.setdefault(key, []).append(number)

    @staticmethod
    def _keys(one: Reading) -> list[tuple[_Sum, str, str | None]]:
        parties = ("donor", one.donor), ("recipient", one.recipient)
        return [(_sum_of(one), facet, name) for facet, name in parties]

    def of(self, one: Reading) -> Iterable[int]:
        """The places, in order, of those with its giver or receiver, or with none: the fewer."""
        known = [key for key in self._keys(one) if key[2] is not None]
        if not known:
            return self._with((_sum_of(one), "anybody", None))
        both = [(self._with(key), self._with((*key[:2], None))) for key in known]
        return merge(*min(both, key=lambda two: len(two[0]) + len(two[1])))

    def _with(self, key: tuple[_Sum, str, str | None]) -> list[int]:
        return self._by_party.get(key, [])


def _rounded(one: Reading, converted: Sequence[Reading]) -> Reading | None:
    """The one conversion of the body that a headline rounds: "$600 mn" for "$587 million"."""
    if one.zone != "headline" or not one.amount or one.conversion_of:
        return None
    found = [
        other
        for other in converted
        if (other.role, other.currency) == (one.role, one.currency)
        and other.amount
        and _rounds_to(other.amount, one.amount)
        and _echoes(one, other)
    ]
    return found[0] if len({other.amount for other in found}) == 1 else None


def _rounds_to(exact: float, printed: float) -> bool:
    """Whether ``printed`` is ``exact`` to fewer significant digits.

    >>> _rounds_to(587e6, 600e6), _rounds_to(587e6, 590e6), _rounds_to(587e6, 560e6)
    (True, True, False)
    """
    return any(float(f"{exact:.{digits}e}") == printed for digits in range(4))


def _told_before(one: Reading, alike: Iterable[Reading]) -> Reading | None:
    """The mention that ``one`` echoes, among those of the same sum in the body."""
    headline = one.zone == "headline"
    return next(
        (
            other
            for other in alike
            if (headline or (other.start < one.start and other.repeats is None))
            and _echoes(one, other)
        ),
        None,
    )
