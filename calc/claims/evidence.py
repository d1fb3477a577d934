"""Which currency an ambiguous sign means, by the evidence of the document around it.

Evidence that decides: a stated conversion whose implied rate only one candidate explains, the
same sign printed with its country elsewhere in the document, the giver's own crown, franc or
pound. A giver alone never decides a bare ``$``: Canadians quoted in dollars mean either. A
conversion decides only among the currencies that giver, receiver, place, outlet or another
figure suggests, at the rate of the day of the act: "100 million euros ($182 million)" from
Germany is a slip and no hint at New Zealand. Without a date it decides nothing.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from statistics import mean
from typing import NamedTuple

from rates import ecb
from rates.errors import PledgecalcError
from rates.fixings import Fixings

from ..figures import Figure
from ..parties import currencies_of
from ..text.lazy import cached_property
from .incomes import mostly_receives
from .publishers import home_of
from .signs import Sign

# A conversion is told by the rate it implies: stale and rounded conversions stay within this
# share of the rate of the day, while other dollars, crowns and pounds differ by more.
PAIR_TOLERANCE = Decimal("0.12")
# Of several currencies within that, one decides when it fits as a fresh conversion does and the
# others are further off than a rate moves in a few weeks.
CLOSE, APART = Decimal("0.02"), Decimal("0.05")
# What decides a currency, by how little doubt it leaves: printed beside the number, told by the
# rate of a stated conversion, by the rest of the document, by who gives. Of a sign with several
# meanings that nothing decides, the first one stands and is no stronger than the next.
POINTS = {
    "code": 9,
    "name": 9,
    "prefix": 8,
    "sign": 8,
    "pair": 6,
    "document": 4,
    "donor": 3,
    "ambiguous": 1,
}


class CurrencyChoice(NamedTuple):
    """The currency that stands, and what decided it (``ambiguous`` when nothing did)."""

    currency: str | None
    basis: str

    def signs(self, figure: Figure, pair: tuple[int, int]) -> list[Sign]:
        """The sign that decided for ``figure``, and the next currency that it may be.

        ``pair`` is the stretch of the stated conversion that the figure is a part of.
        """
        code, basis = self.currency, self.basis
        start, end = pair if basis == "pair" else (figure.start, figure.end)
        found = [Sign("currency", basis, code, POINTS[basis], start, end)] if code else []
        others = figure.currency_candidates
        if len(others) > 1:
            other = others[1] if others[0] == code else others[0]
            found.append(Sign("currency", "candidate", other, POINTS["ambiguous"], start, end))
        return found


class When(NamedTuple):
    """The day of the rate that a writer may have used; the first day of a ``month`` or ``year``."""

    day: datetime.date
    precision: str = "day"


class Setting:
    """What stands around an amount that may tell its currency; looked up when first asked for.

    ``donor`` and ``recipient`` are names joined by ``|``, ``named`` the parties in sentence and
    title, ``everywhere`` figures of all its currencies, ``when`` the date of the act.
    """

    def __init__(
        self,
        donor: str | None = None,
        recipient: str | None = None,
        publisher: str | None = None,
        named: Callable[[], Iterable[str]] = tuple,
        everywhere: Sequence[Figure] = (),
        published: datetime.date | None = None,
        when: When | None = None,
    ) -> None:
        self._donor, self._recipient, self._publisher = donor, recipient, publisher
        self._named = named
        self.everywhere = everywhere
        self._published = published
        self.when = when

    @cached_property
    def own(self) -> list[str]:
        """The money of the donors on the day of publication: the lira of 2004 was another."""
        return self._money(self._donor)

    @cached_property
    def suggested(self) -> frozenset[str]:
        """The currencies that somebody or something in the document suggests."""
        home = home_of(self._publisher)
        named = set(self._named())
        printed = [one.currency for one in self.everywhere if one.currency_basis in _PRINTED]
        around = "|".join([self._recipient or "", home.name if home else "", *sorted(named)])
        return frozenset([*self.own, *self._money(around), *printed])

    def doubts(self, choice: CurrencyChoice, figure: Figure) -> bool:
        """Whether the giver decided alone, and another party may be meant.

        "Nepal's grant goes up to Rs 1050 crores", in India's budget: who mostly receives is
        seldom the giver, and its rupee is not the only one that is named.
        """
        if choice.basis != "donor" or not mostly_receives(self._donor or ""):
            return False
        return any(c in self.suggested for c in figure.currency_candidates if c != choice.currency)

    def _money(self, parties: str | None) -> list[str]:
        names = [name for name in (parties or "").split("|") if name]
        return [code for name in names for code in currencies_of(name, self._published)]


_PRINTED = ("code", "name", "prefix")  # how a figure names its currency beyond doubt


@lru_cache(maxsize=2048)  # every "$" of a document asks for all the dollars of its day
def _leg(table: Fixings, code: str, when: When) -> Decimal | None:
    """The units of ``code`` for one euro on the day, or the mean of its month or year.

    ``None`` when there is no rate.
    """
    if code == "EUR":
        return Decimal(1)
    day = min(when.day, table.last)
    try:
        if when.precision == "day":
            return table.as_of(code, day).value
        month = 12 if when.precision == "year" else day.month
        end = datetime.date(day.year, month, calendar.monthrange(day.year, month)[1])
        return mean(fixing.value for fixing in table.between(code, day, end))
    except (PledgecalcError, ValueError):
        return None


def _distances(
    base: Figure,
    quote: Figure,
    candidates: tuple[Sequence[str], Sequence[str]],
    legs: Mapping[str, Decimal | None],
) -> dict[tuple[str, str], Decimal]:
    """How far the pair's implied rate is from the rate of the day, as a share, for each two.

    Two whose rate is not known are left out.
    """
    if not base.amount or not quote.amount:
        return {}
    implied = quote.amount / base.amount
    found = {}
    for one in candidates[0]:
        for other in candidates[1]:
            first, second = legs[one], legs[other]
            if one != other and first is not None and second is not None:
                found[one, other] = abs(implied / (second / first) - 1)
    return found


def _told(near: dict[tuple[str, str], Decimal], side: int, own: Sequence[str]) -> str | None:
    """The one currency of ``side`` that the pairs within the tolerance leave, or ``None``.

    Of several, the giver's own; else one that fits closely while no other comes near it.
    """
    codes = sorted({pair[side] for pair in near})
    mine = [code for code in codes if code in own]
    if len(codes) == 1 or len(mine) == 1:
        return mine[0] if len(mine) == 1 else codes[0]
    best = {code: min(far for pair, far in near.items() if pair[side] == code) for code in codes}
    close = [code for code in codes if best[code] <= CLOSE]
    others = [far for code, far in best.items() if code not in close]
    return close[0] if len(close) == 1 and min(others) > APART else None


def _possible(side: CurrencyChoice, figure: Figure, suggested: Collection[str]) -> tuple[str, ...]:
    """The currencies among which a pair may decide ``figure``: those that something suggests.

    A bare ``$``, ``£`` or ``¥`` may always be the first of its candidates; crowns, francs and
    dinars that nothing suggests may be any of theirs, and stay ambiguous.
    """
    if side.basis != "ambiguous":
        return (side.currency or "",)
    found = [code for code in figure.currency_candidates if code in suggested]
    first = figure.currency_candidates[0]
    if first in _COMMON and first not in found:
        found.insert(0, first)
    return tuple(found) or figure.currency_candidates


_COMMON = ("USD", "GBP", "JPY")  # what a bare sign means where nothing else is said


def from_pair(
    base: Figure, quote: Figure, setting: Setting
) -> tuple[CurrencyChoice, CurrencyChoice]:
    """Decide both sides of a stated conversion by the rate that it implies on the day of the act.

    The giver's own crown, franc or pound goes first. Then each side takes the one suggested
    candidate with which the pair lies within the tolerance; where several do, the side stays
    as read. Two open signs at once (kroner and ``$``) are tried with the US dollar first. What
    nothing but the rate suggests stands first and stays ambiguous.
    """
    own = setting.own
    sides = [from_giver(figure, own) for figure in (base, quote)]
    if "ambiguous" not in (sides[0].basis, sides[1].basis) or setting.when is None:
        return sides[0], sides[1]
    candidates = [
        _possible(side, figure, setting.suggested)
        for figure, side in zip((base, quote), sides, strict=True)
    ]
    table = ecb.fixings()
    both_open = min(len(codes) for codes in candidates) > 1
    narrowed = [("USD",) if both_open and "USD" in codes else codes for codes in candidates]
    for first, second in (narrowed, candidates):
        legs = {code: _leg(table, code, setting.when) for code in (*first, *second)}
        distances = _distances(base, quote, (first, second), legs)
        near = {pair: far for pair, far in distances.items() if far <= PAIR_TOLERANCE}
        if not near:
            continue
        for side in (0, 1):
            if sides[side].basis == "ambiguous":
                code = _told(near, side, own)
                said = code in setting.suggested or code in _COMMON
                basis = "pair" if said else "ambiguous"
                sides[side] = CurrencyChoice(code, basis) if code else sides[side]
        break
    return sides[0], sides[1]


def rate_agrees(
    first: Figure, second: Figure, published: datetime.date | None = None
) -> bool | None:
    """Whether the two can be one amount at the rate of the day; ``None`` when no rate is known."""
    table = ecb.fixings()
    codes = (first.currency_candidates, second.currency_candidates)
    day = When(published or table.last)
    legs = {code: _leg(table, code, day) for code in (*codes[0], *codes[1])}
    distances = _distances(first, second, codes, legs)
    return min(distances.values()) <= PAIR_TOLERANCE if distances else None


def _is_dollar(figure: Figure) -> bool:
    return "$" in figure.text or "dollar" in figure.text.lower()


def from_document(figure: Figure, everywhere: Sequence[Figure]) -> CurrencyChoice:
    """Decide a bare crown, franc or pound by what the same document prints in full.

    Only when all of its explicit figures among the candidates agree on one. Never a dollar: who
    writes "C$" once may mean US dollars by "$", and who writes "US$" may not.
    """
    if _is_dollar(figure):
        return CurrencyChoice(figure.currency, figure.currency_basis)
    explicit = {
        other.currency
        for other in everywhere
        if other.currency_basis not in ("ambiguous", "sign")
        and other.currency in figure.currency_candidates
    }
    if len(explicit) == 1:
        return CurrencyChoice(explicit.pop(), "document")
    return CurrencyChoice(figure.currency, figure.currency_basis)


def from_giver(figure: Figure, own: Sequence[str]) -> CurrencyChoice:
    """Decide crowns, francs and pounds by the giver's own money; never a dollar sign."""
    mine = [code for code in figure.currency_candidates if code in own]
    if len(mine) == 1 and not _is_dollar(figure):
        return CurrencyChoice(mine[0], "donor")
    return CurrencyChoice(figure.currency, figure.currency_basis)
