"""What speaks for and against two groups of claims being about one pledge, in bits."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable

from ..schema import STAGES
from ..values.slack import MARKET, VERSIONS, WITHIN_MONTHS
from ..values.valuation import Valuation, Value
from .bare_symbols import one_sign, own_signs
from .bits import LINK, Piece, piece
from .group import Group
from .likeness import likeness
from .one_document import items_apart
from .rarity import Rarity
from .rows import BROAD, SCOPES, Band, Claim, kinds_of
from .shortened import shortens, shorter

# Beyond this only a shared named programme can join two claims. Nearer ones have their price.
FAR_DAYS = 800
_FAR_RATE = 1.12  # two currencies of one sum at the rate of some other year
# Evidence by days apart: of publication, and of a date that the words of one side or of both give.
_LIMITS = (0, 3, 7, 30, 60, 120, 230, 400)
_PRINTED, _FURTHER, _AGAIN, _LISTED, _TOLD, _TOLD_STEP, _RETOLD, _BOTH, _BOTH_STEPS = (
    tuple(f"{kind}-{limit}" for limit in (*_LIMITS, "later"))
    for kind in (
        *("date", "step", "again", "listed"),
        *("told", "told-step", "retold", "both", "both-steps"),
    )
)
_SAME_NEWS_DAYS = 7  # so far apart, two papers may still tell of one piece of news
_YEARLY_DAYS = 180
_NEWS_DAYS = 14  # one step of a pledge is seldom told as news for longer


def forbidden(a: Group, b: Group) -> str | None:
    """Why two groups can never be one pledge, or None.

    Parties that are both known and share nobody; separate amounts of one document; acts that
    lie too far apart without a shared name.
    """
    for word, mine, other in (
        ("donors", a.donor, b.donor),
        ("recipients", a.recipient, b.recipient),
    ):
        if mine and other and mine != other and not set(mine) & set(other):
            return f"different {word}: {', '.join(mine)} and {', '.join(other)}"
    if not a.documents.isdisjoint(b.documents) and a.headline == b.headline:
        if not _one_number(a, b):
            return "listed as separate amounts in one document"
        if not (a.sentences or b.sentences):
            return "two rows of one table"
        found = items_apart(a, b)
        if found:
            return found
    if too_far(a, b):
        return f"{distance(a, b)} days apart, with no programme named in both"
    return None


def too_far(a: Group, b: Group) -> bool:
    """Whether the acts lie further apart than any but a shared name could bridge."""
    if a.names and b.names and set(a.names) & set(b.names):
        return False
    days = distance(a, b)
    return days is not None and days > FAR_DAYS


def _one_number(a: Group, b: Group) -> bool:
    return any(
        x.currency == y.currency and x.amount == y.amount and x.amount is not None
        for x in a.amounts
        for y in b.amounts
    )


def distance(a: Group, b: Group) -> int | None:
    """Days between two groups: of their acts or of their publication, whichever is less."""
    if len(a.acts) == len(b.acts) == len(a.published) == len(b.published) == 1:
        (x,), (y,) = a.acts, b.acts  # most groups are of one day
        between = max(y[0] - x[1], x[0] - y[1], 0)
        return min(between, abs(a.published[0] - b.published[0])) if between else 0
    gaps = [max(y[0] - x[1], x[0] - y[1], 0) for x in a.acts for y in b.acts]
    gaps += [abs(x - y) for x in a.published for y in b.published]
    return min(gaps, default=None)


def compare(a: Group, b: Group, rarity: Rarity, valuation: Valuation) -> tuple[Piece, ...]:
    """All evidence on whether ``a`` and ``b`` are one pledge; the sum decides."""
    pieces = [piece("prior", "any two pledges of a donor")]
    crowd = rarity.crowd(a, b)
    if crowd:
        pieces.append(
            piece("crowd", "many claims of one donor and recipient", LINK["crowd"] * crowd)
        )
    pieces += _parties(a, b)
    pieces += _amounts(a, b, rarity, valuation)
    pieces += _words(a, b, rarity)
    pieces += _dates(a, b)
    pieces += likeness(a.sentences, b.sentences)
    if a.headline != b.headline and not a.documents.isdisjoint(b.documents):
        pieces.append(piece("headline-near", "the headline of the same document"))
    return tuple(pieces)


def _parties(a: Group, b: Group) -> list[Piece]:
    found: list[Piece] = []
    if a.donor and a.donor == b.donor and a.recipient and a.recipient == b.recipient:
        return found
    for word, mine, other in (("donor", a.donor, b.donor), ("recipient", a.recipient, b.recipient)):
        if not mine and not other:
            found.append(piece("party-open", f"neither names the {word}"))
        elif not mine or not other:
            found.append(piece("party-missing", f"the {word} is not named in both"))
        elif mine != other:
            found.append(piece("party-partial", f"the {word}s are the same only in part"))
    return found


def _amounts(a: Group, b: Group, rarity: Rarity, valuation: Valuation) -> list[Piece]:
    best: Piece | None = None
    donor = a.donor or b.donor
    for x, y in _decisive(a, b):
        if x.currency == y.currency:
            one = _same_currency(x, y, rarity, donor)
        else:
            one = _other_currency(x, y, valuation)
        if one and (best is None or one.bits > best.bits):
            best = one
    for x, y in own_signs(a.amounts, b.amounts, donor):
        one = _other_currency(x, y, valuation)
        if one and one.bits > 0 and (best is None or one.bits > best.bits):
            best = one
    found = [best] if best else []
    if best and best.evidence.startswith("amount-same"):
        times = max(rarity.usual(one, one.amounts[0]) for one in (a, b))
        if times:
            words = "a number that this donor is told to give again and again"
            found.append(piece("usual-number", words, LINK["usual-number"] * times))
    return found


def _decisive(a: Group, b: Group) -> list[tuple[Claim, Claim]]:
    """The amounts of two groups that are compared, a bare sign read as the other's currency.

    A stated conversion says less than the sum it was made from: the bases decide where they can.
    """
    pairs = [
        (x, y) if x.currency == y.currency else one_sign(x, y) for x in a.amounts for y in b.amounts
    ]
    bases = [(x, y) for x, y in pairs if x.currency == y.currency and not (x.base or y.base)]
    return bases or pairs


def _same_currency(x: Claim, y: Claim, rarity: Rarity, donor: tuple[str, ...]) -> Piece | None:
    assert x.band is not None
    assert y.band is not None
    both = f"{x.text} and {y.text}"
    if x.amount is not None and x.amount == y.amount:
        name = f"amount-same-{min(max(len(x.digits), 1), 3)}"
        return piece(name, both, min(LINK[name], max(rarity.of_amount(donor, x), 1.0)))
    bounded = math.isinf(x.band.high) or math.isinf(y.band.high) or not x.low or not y.low
    if bounded and _meet(x.band, y.band):
        return piece("amount-bound", both)
    if not bounded and _rounds(x, y):
        single = min(len(x.digits), len(y.digits)) < 2
        return piece("amount-overlap-1" if single else "amount-overlap", both)
    if truncates(x, y) or truncates(y, x):
        return piece("amount-truncation", both)
    if shortens(x, y) or shortens(y, x):
        return piece("amount-shortened", both)
    if x.amount and y.amount:
        return _apart(x, y, both)
    return piece("amount-different", both)


def _apart(x: Claim, y: Claim, both: str) -> Piece:
    assert x.amount
    assert y.amount
    ratio = max(x.amount / y.amount, y.amount / x.amount)
    if ratio <= 1 + VERSIONS:
        return piece("amount-near", both)
    if x.digits == y.digits and is_power(ratio):
        return piece("amount-scale" if len(x.digits) > 1 else "amount-scale-1", both)
    if "changed" in x.said.values or "changed" in y.said.values:
        return piece("amount-revised", both)
    return piece("amount-different", both)


def is_power(ratio: float) -> bool:
    """Whether a ratio is a thousand, a million or a billion.

    >>> is_power(1000.0), is_power(10.0)
    (True, False)
    """
    return any(math.isclose(ratio, step, rel_tol=1e-6) for step in (1e3, 1e6, 1e9))


def truncates(long: Claim, short: Claim) -> bool:
    """Whether cutting digits off ``long`` gives ``short`` ("12.7 million", "12 million")."""
    if not long.amount or not short.amount or len(long.digits) <= len(short.digits):
        return False
    return long.digits.startswith(short.digits) and 1 <= long.amount / short.amount < 1.1


def _other_currency(x: Claim, y: Claim, valuation: Valuation) -> Piece | None:
    assert y.currency is not None
    both = f"{x.text} and {y.text}"
    rates = [
        value.rate
        for claim in (x, y)
        if (value := rate_of(x.currency, y.currency, claim, valuation)) and value.rate
    ]
    met = _met_at(rates, x, y) if rates else None
    if met:
        return piece(met, f"{both}, at the rates of the dates")
    if x.digits == y.digits and x.amount == y.amount and len(x.digits) > 1:
        return piece("amount-relabelled", both)
    if not rates:
        return None
    if x.amount and y.amount:
        if any(_shortened_at(rate, x, y) for rate in rates):
            return piece("amount-fx-short", both)
        if any(1 / _FAR_RATE <= x.amount * rate / y.amount <= _FAR_RATE for rate in rates):
            return piece("amount-fx-far", f"{both}, at the rates of the dates")
        if max(len(x.digits), len(y.digits)) > 1 and _slipped(x.amount * rates[0] / y.amount):
            return piece("amount-scale-1", both)
    return piece("amount-different", both)


def _met_at(rates: list[float], x: Claim, y: Claim) -> str | None:
    """The evidence where two amounts meet at the rates, or at those of the months around."""
    assert x.band is not None
    assert y.band is not None
    low, high = min(rates), max(rates)
    if _meet(_converted(x.band, low, high, MARKET), y.band):
        digits = min(len(x.digits), len(y.digits))
        return "amount-fx-3" if digits > 2 else "amount-fx" if digits == 2 else "amount-fx-1"
    if _meet(_converted(x.band, low, high, WITHIN_MONTHS), y.band):
        return "amount-fx-near"
    return None


def _converted(band: Band, low: float, high: float, slack: float) -> Band:
    """A band at any rate from ``low`` to ``high``, either of which may be off by ``slack``."""
    return Band(
        band.low * low * (1 - slack),
        band.high * high * (1 + slack),
        band.near_low * low * (1 - slack),
        band.near_high * high * (1 + slack),
    )


def _shortened_at(rate: float, x: Claim, y: Claim) -> bool:
    """Whether one amount is the other at ``rate``, cut down to one digit."""
    assert x.amount
    assert y.amount
    if len(x.digits) == 1 and shorter(y.amount / rate, 1, x.amount):
        return True
    return len(y.digits) == 1 and shorter(x.amount * rate, 1, y.amount)


def _slipped(ratio: float) -> bool:
    """Whether two amounts at the rates of the dates are a thousand apart: a slip of scale."""
    return any(abs(ratio * step - 1) <= WITHIN_MONTHS for step in (1e3, 1e-3))


def rate_of(base: str | None, quote: str, claim: Claim, valuation: Valuation) -> Value:
    """The rate from ``base`` to ``quote`` on the claim's value date (or publication).

    By way of the euro: the legs of a day serve all pairs of currencies.
    """
    if base is None or base == quote:
        return valuation.unit(base, quote, claim.value_date)
    if claim.value_date is not None:
        return valuation.crossed(base, quote, claim.value_date, claim.precision)
    return valuation.crossed(base, quote, claim.published, None)


def _rounds(x: Claim, y: Claim) -> bool:
    """Whether one printed number lies in what the other may stand for: 8.4 and 8, not 9 and 10."""
    assert x.band is not None
    assert y.band is not None
    if x.amount is None or y.amount is None:
        return _meet(x.band, y.band)
    return x.band.low <= y.amount <= x.band.high or y.band.low <= x.amount <= y.band.high


def _meet(x: Band, y: Band) -> bool:
    inside = max(x.low, y.low) <= min(x.high, y.high)
    return inside and max(x.near_low, y.near_low) <= min(x.near_high, y.near_high)


def _words(a: Group, b: Group, rarity: Rarity) -> list[Piece]:
    found = []
    donor = a.donor or b.donor
    shared_names = sorted(set(a.names) & set(b.names)) if a.names and b.names else []
    if shared_names:
        worth = max(rarity.of_name(name, donor) for name in shared_names)
        found.append(piece("name-same", f"both name {', '.join(shared_names)}", worth))
    elif a.names and b.names:
        found.append(piece("name-different", f"{', '.join(a.names)} and {', '.join(b.names)}"))
    elif a.names or b.names:
        found.append(piece("name-one", "only one names a programme"))
    worth = rarity.of_tokens(a.tokens & b.tokens, donor)
    if worth >= 0.05:
        found.append(piece("tokens-same", "rare words of the sentences are shared", worth))
    worth = rarity.of_capitals(a.capitals & b.capitals, donor)
    if worth >= 0.05:
        found.append(piece("capitals-same", "rare names are shared", worth * LINK["capitals-same"]))
    found += _aims(a, b, rarity, donor)
    return found + _payments(a, b)


def _payments(a: Group, b: Group) -> list[Piece]:
    """What the words say of one being a payment of several, or of part of something."""
    if a.nth and b.nth and a.nth.isdisjoint(b.nth):
        return [piece("nth-different", f"the {_and(sorted(a.nth), sorted(b.nth))} payment")]
    if a.instalment != b.instalment:
        return [piece("instalment-one", "only one is a payment of several")]
    if _is_part(a) != _is_part(b):
        return [piece("part-one", "only one speaks of a part")]
    return []


def _is_part(one: Group) -> bool:
    return one.part and not one.whole


def _aims(a: Group, b: Group, rarity: Rarity, donor: tuple[str, ...]) -> list[Piece]:
    """What the money is for: the larger of what shared topics and shared words are worth."""
    shared = sorted(set(a.words) & set(b.words)) if a.words and b.words else []
    stems = sorted(a.aims & b.aims)
    by_word = min(LINK["words-most"], sum([rarity.of_word(word, donor) for word in shared]))
    by_stem = rarity.of_aims(stems, donor) if stems else 0.0
    if stems and by_stem >= by_word:
        return [piece("aim-same", f"both are for {', '.join(stems)}…", by_stem)]
    found = [piece("word-same", f"both speak of {', '.join(shared)}", by_word)] if shared else []
    against = _other_aims(a, b, shared, stems)
    if against is not None:
        found.append(against)
    return found


def _other_aims(a: Group, b: Group, shared: list[str], stems: list[str]) -> Piece | None:
    """What says that the money is for different things, beside shared topics and stems."""
    mine, other = kinds_of(a.words), kinds_of(b.words)
    if mine and other and mine.isdisjoint(other):
        return piece("scope-different", _and(a.words, b.words))
    if not stems:
        if _other_lines(a, b):
            return piece("line-different", _and(a.words, b.words))
        if a.aims and b.aims and all(word in BROAD for word in shared):
            return piece("aim-different", _and(sorted(a.aims), sorted(b.aims)))
    if a.words and b.words and not shared and set(a.names).isdisjoint(b.names):
        of_one_kind = not mine.isdisjoint(other)
        if not (of_one_kind and _names_broad_kind(a.words, b.words)):
            return piece("words-different", _and(a.words, b.words))
    return None


def _other_lines(a: Group, b: Group) -> bool:
    """Whether both groups name lines of purchase, and none in common."""
    mine, other = _lines_of(a.words), _lines_of(b.words)
    return bool(mine and other) and mine.isdisjoint(other)


def _names_broad_kind(mine: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one of two groups names a whole kind of aid, which the line of the other is in."""
    return any(word in BROAD for word in (*mine, *other))


def _and(mine: Iterable[str], other: Iterable[str]) -> str:
    return f"{', '.join(mine)} and {', '.join(other)}"


def _lines_of(words: tuple[str, ...]) -> frozenset[str]:
    """The lines of purchase among purpose words: drones, ammunition."""
    return frozenset(word for word in words if word in SCOPES and word not in BROAD)


def _dates(a: Group, b: Group) -> list[Piece]:
    found = []
    days = _apart_in_time(a, b)
    earlier, later = (b, a) if _first_day(b) < _first_day(a) else (a, b)
    if days is not None:
        words = f"{days} days apart" if days != 1 else "a day apart"
        found.append(piece(_apart_by(days, a, b, earlier, later), words))
        if days > _YEARLY_DAYS and (a.yearly or b.yearly):
            found.append(piece("yearly-apart", "a sum of every year"))
        if days > _SAME_NEWS_DAYS:
            found += _told_later(earlier, later, days)
    if _first_day(earlier) < _first_day(later) and 0 < later.stage < earlier.stage:
        found.append(
            piece("stage-back", f"{STAGES[earlier.stage]} first, {STAGES[later.stage]} later")
        )
    return found


def _apart_by(days: int, a: Group, b: Group, earlier: Group, later: Group) -> str:
    """The evidence of two groups so many days apart, by what their dates are dates of."""
    one_act = earlier.stage == later.stage or not (earlier.stage and later.stage)
    if a.stated or b.stated:
        both = bool(a.stated and b.stated)
        if days == 0 and any(first == last for first, last in (*a.stated, *b.stated)):
            return "both-day" if both else "told-day"
        if not both and (a.again if b.stated else b.again):
            names = _RETOLD
        elif one_act:
            names = _BOTH if both else _TOLD
        else:
            names = _BOTH_STEPS if both else _TOLD_STEP
    elif a.listed or b.listed:
        names = _LISTED
    elif later.again:
        names = _AGAIN
    else:
        names = _PRINTED if one_act else _FURTHER
    return names[bisect_left(_LIMITS, days)]


def _told_later(earlier: Group, later: Group, days: int) -> list[Piece]:
    """What the telling of a later day says: the same money again, more of it, or a further step."""
    found = []
    if later.again and not later.stated:
        found.append(piece("again", "the later one says that it was told before"))
    if later.additional and not (later.again or earlier.additional):
        found.append(piece("additional", "the later one tells of one more"))
    if later.stage > max(earlier.stage, 1):
        found.append(piece("stage-on", f"later {STAGES[later.stage]}"))
    one_step = earlier.stage == later.stage > 1
    if days > _NEWS_DAYS and one_step and _is_news(earlier) and _is_news(later):
        found.append(piece("news-apart", f"both tell as news that it was {STAGES[later.stage]}"))
    return found


def _is_news(one: Group) -> bool:
    """Whether a group tells its money as news: neither again, nor of another day."""
    return not (one.again or one.stated)


def _apart_in_time(a: Group, b: Group) -> int | None:
    """Days between two groups, by the dates that their words give before those of publication."""
    if not (a.stated or b.stated) and len(a.published) == len(b.published) == 1:
        return abs(a.published[0] - b.published[0])  # most groups are of one day
    mine = a.stated or tuple((day, day) for day in a.published)
    other = b.stated or tuple((day, day) for day in b.published)
    gaps = [max(y[0] - x[1], x[0] - y[1], 0) for x in mine for y in other]
    return min(gaps, default=None)


def _first_day(one: Group) -> float:
    return one.published[0] if one.published else math.inf
