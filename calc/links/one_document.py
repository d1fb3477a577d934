"""What two pledges of one document are to each other: headline and body, whole and parts, a list.

A document tells one sum in several ways: rounded in the headline, converted, as a whole and part
by part. That nothing says so is no proof of difference; words such as "another" are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from ..claims.wording import is_heading
from ..schema import STAGES
from .bits import Piece, piece
from .group import Cluster, Group
from .rows import BROAD, Claim, kinds_of

_ALIKE = 1.05  # how far rounding and rates leave two tellings of one sum apart
_APART_DAYS = 60  # between days that the words give: two acts
_OTHERS = frozenset({"additional", "new", "near-others"})
_OUTSIDE = frozenset({"additional"})  # perhaps beside what the document does not tell
_NEWS = frozenset({"additional", "new"})
_RECALLED = frozenset({"again"})
_PAID = STAGES.index("disbursed")
_NOT_PAID = ("pledged", "committed", "allocated")
_INSTALMENT = frozenset({"part", "near-instalment", "near-under"})
_MONTH = 31
_PAID_DAYS = 14  # between days that the words give: two payments
_ONE_MORE = frozenset({"additional", "near-others"})


def together(x: Cluster, y: Cluster) -> list[tuple[Claim, Claim]]:
    """The claims of two pledges that stand in one document."""
    if all(a.documents.isdisjoint(b.documents) for a in x for b in y):
        return []
    mine: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for one in x:
        for claim in one.claims:
            mine[claim.document].append(claim)
    return [
        (claim, other)
        for one in y
        for other in one.claims
        for claim in mine.get(other.document, ())
    ]


def alike_in_words(x: Cluster, y: Cluster) -> str | None:
    """The words on two amounts that printed digits, a conversion or a sign leave alike."""
    mine = [claim for one in x for claim in one.amounts if claim.amount]
    other = [claim for one in y for claim in one.amounts if claim.amount]
    for a in mine:
        for b in other:
            if _alike(a, b):
                return f"{a.text!r} may be {b.text!r} in other words"
    return None


def _alike(a: Claim, b: Claim) -> bool:
    assert a.amount
    assert b.amount
    if not 1 / _ALIKE <= a.amount / b.amount <= _ALIKE:
        return False
    if a.currency == b.currency:
        # 9 and 10 million are two numbers, 8 and 8.2 may be one
        return a.amount == b.amount or len(a.digits) != len(b.digits)
    if "headline" in (a.zone, b.zone) and a.amount == b.amount:
        return True  # a headline takes the sign of another currency
    codes = [{one.currency, *one.candidates} for one in (a, b)]
    return bool(codes[0] & codes[1])


def sure_same(x: Cluster, y: Cluster) -> str | None:
    """The evidence that leaves little doubt: a headline and its body, "198 or almost 200"."""
    pairs = together(x, y)
    if any("headline" in (a.zone, b.zone) and a.zone != b.zone for a, b in pairs):
        return "headline-body"
    if any(a.sentence and a.sentence == b.sentence and a.start != b.start for a, b in pairs):
        return "other-words"  # else they stood side by side
    return None


def items_apart(a: Group, b: Group) -> str | None:
    """Why two equal amounts of one document are two items of it, or None.

    "Another" is one more than the amount before it; "an additional" one may be the very amount
    that was told before as new money. A headline or a heading tells of the act of the words below.
    """
    if any(_side_by_side(x, y) for x in a.claims for y in b.claims):
        return "named side by side in one sentence"
    if _is_line(a) and _is_line(b) and a.acts != b.acts:
        return "lines of other days"
    earlier, later = (a, b) if a.first.start < b.first.start else (b, a)
    if earlier.first.zone == "headline" or is_heading(earlier.first.sentence):
        return None
    if not (later.additional or later.new) or earlier.additional or earlier.new or later.again:
        return None
    heard = {value for claim in later.claims for value in claim.said.values}
    if later.new or "near-another" in heard or _acts_later(earlier, later):
        return "given as one more than the amount before it"
    return None


def _is_line(one: Group) -> bool:
    """Whether it is told in lines without the end of a sentence: "Norway: 5 million euros"."""
    return one.listed and all(map(is_heading, one.sentences))


def _acts_later(earlier: Group, later: Group) -> bool:
    """Whether what is told later was done later, or was promised after the first was paid."""
    days = [q[0] - p[1] for p in earlier.acts for q in later.acts]
    done = bool(days) and min(days) > _PAID_DAYS
    return done or (earlier.stage == _PAID and later.stage != _PAID)


def apart(x: Cluster, y: Cluster) -> Piece | None:
    """What tells two amounts of one document apart, or None: then they may be one."""
    for a, b in together(x, y):
        found = _side_by_side(a, b)
        if found:
            return found
    if all(one.listed or not one.sentences for one in (*x, *y)):
        return _other_line(x[0], y[0])
    earlier, later = (x[0], y[0]) if x[0].first.start < y[0].first.start else (y[0], x[0])
    if earlier.first.zone == "headline":
        return None
    heard = {value for claim in later.claims for value in claim.said.values}
    more = heard & _OTHERS and not heard & _OUTSIDE and not earlier.additional
    if more or items_apart(earlier, later):
        return piece("additional", "given as one more than the amount before it")
    return purposes_apart(x[0], y[0])


def purposes_apart(a: Group, b: Group) -> Piece | None:
    """The programmes, kinds, lines or days that tell two amounts apart."""
    if a.names and b.names and not set(a.names) & set(b.names):
        return piece("name-different", f"{', '.join(a.names)} and {', '.join(b.names)}")
    kinds = kinds_of(a.words), kinds_of(b.words)
    if kinds[0] and kinds[1] and not kinds[0] & kinds[1]:
        return piece("scope-different", "aid of different kinds")
    lines = [{word for word in one.words if word not in BROAD} for one in (a, b)]
    if lines[0] and lines[1] and not lines[0] & lines[1]:
        return piece("line-different", "for different things")
    days = [max(p[0] - q[1], q[0] - p[1]) for p in a.stated for q in b.stated]
    if days and min(days) > _APART_DAYS:
        return piece("told-later", f"the words name days {min(days)} days apart")
    return None


def _side_by_side(a: Claim, b: Claim) -> Piece | None:
    """Two amounts of one sentence, unless the second says the first in other words."""
    if not a.sentence or a.sentence != b.sentence or a.start == b.start or a.zone == "headline":
        return None
    first, second = (a, b) if a.start < b.start else (b, a)
    if _says_between("near-or", first, second) or "today-money" in second.said.values:
        return None
    if a.currency != b.currency:
        return None  # "40 million euros (42 million dollars)"
    return piece("name-different", "named side by side in one sentence")


def _other_line(a: Group, b: Group) -> Piece | None:
    """What tells two lines of one table apart; lines that differ in nothing may be one."""
    if a.first.currency != b.first.currency:
        return purposes_apart(a, b)
    if a.acts != b.acts or a.published != b.published:
        return piece("listed-later", "lines of other days")
    if a.words != b.words or a.names != b.names:
        return piece("line-different", "lines for other things")
    return None


def said_part(inner: Cluster, outer: Cluster) -> str | None:
    """The words that say outright that one amount of a sentence is a part of the other."""
    wholes = {claim.id: claim for one in outer for claim in one.claims}
    for one in inner:
        for claim in one.claims:
            whole = wholes.get(claim.part_of or "")
            if whole is not None:
                return f"the sentence makes it a part of {whole.text!r}"
    for small, large in together(inner, outer):
        if _in_one_sentence(large, small) and "near-of-next" in small.said.values:
            return f"the sentence makes it a part of {large.text!r}"
    return None


def listed_part(inner: Cluster, outer: Cluster) -> str | None:
    """The words on an amount that its sentence lists behind the whole, or calls a part of it."""
    for small, large in together(inner, outer):
        if _in_list_of(small, large):
            return f"listed as one of the parts of {large.text!r}"
    return None


def _in_list_of(small: Claim, large: Claim) -> bool:
    """Whether it is listed behind the whole: "85 billion this year: 50 billion for arms"."""
    return _in_one_sentence(small, large) and (
        "near-of-it" in small.said.values or _says_between("near-list", large, small)
    )


def _in_one_sentence(small: Claim, large: Claim) -> bool:
    return bool(small.sentence) and small.sentence == large.sentence and small.start > large.start


def _says_between(value: str, first: Claim, second: Claim) -> bool:
    place = max(first.said.end, 0), max(second.said.start, 0)
    return second.said.within(value, *place, second.sentence) is not None


def worth_today(x: Cluster, y: Cluster) -> bool:
    """Whether the second tells what the first would be worth: "$1 million in today's money"."""
    return any(_in_one_sentence(b, a) and "today-money" in b.said.values for b, a in together(y, x))


def told_below(
    inner: Cluster, outer: Cluster, right_before: Callable[[Claim, Claim], bool]
) -> str | None:
    """Why a smaller amount told beside a larger one may be a part of it; None: it is one more.

    "Another" and "also" add to the amount right before them, not to a whole told above that one.
    """
    pairs = [(small, large) for small, large in together(inner, outer)]
    if any(_says_between("near-bracket", b, a) for a, b in pairs if _in_one_sentence(a, b)):
        return "in brackets behind it"
    if any(a.sentence == b.sentence and a.sentence for a, b in pairs):
        return _summed_up(pairs)
    if not pairs or _separate_acts(inner[0], outer[0]):
        return None
    if all(map(_is_line, (*inner, *outer))):
        return None  # lines of a list, and none says that it is their sum
    instalment = any(_INSTALMENT & small.said.values for small, _ in pairs)
    if not instalment and any(_is_more(small, large, right_before) for small, large in pairs):
        return None
    if not all(small.sentence for small, _ in pairs):
        return None
    return f"given beside {pairs[0][1].text!r}, and nothing says that it is more"


def _is_more(a: Claim, b: Claim, right_before: Callable[[Claim, Claim], bool]) -> bool:
    """Whether the words set the later one beside the other: "another", or "a new" and an old one.

    They speak of what the text told before, not of a headline.
    """
    later, other = (a, b) if a.start > b.start else (b, a)
    if other.zone == "headline":
        return False
    if later.said.values & _ONE_MORE and right_before(later, other):
        return True
    return bool(other.said.values & _NEWS and later.said.values & _RECALLED)


def _summed_up(pairs: Sequence[tuple[Claim, Claim]]) -> str | None:
    """Of one sentence only an amount that sums up another, or beside which it is called a part."""
    for small, large in pairs:
        if small.sentence != large.sentence:
            continue
        if "near-sum" in large.said.values:
            return f"{large.text!r} sums up what is given beside it"
        if "part" in small.said.values:
            return f"given as a part, beside {large.text!r}"
    return None


def _separate_acts(small: Group, large: Group) -> bool:
    """Whether the smaller was paid on another day than that on which the larger was given.

    A day that the words give; without one the larger may be the sum of a year.
    """
    drawn = any("near-under" in claim.said.values for claim in small.claims)
    if small.part or small.again or drawn or not small.acts:
        return False
    begins = min(act[0] for act in small.acts)
    ended = max((span[1] for span in large.stated), default=begins)
    if large.stage == _PAID and begins - ended > _PAID_DAYS:
        return True  # a new pledge is no part of what was paid in a year past
    days = [span for span in large.stated if span[1] - span[0] < _MONTH]
    if small.stage != _PAID or not days:
        return False
    first, last = min(day[0] for day in days), max(day[1] for day in days)
    after = first - max(act[1] for act in small.acts)
    before = min(act[0] for act in small.acts) - last
    return after > _PAID_DAYS or (large.stage == _PAID and before > _PAID_DAYS)


def later_stage(inner: Cluster, outer: Cluster) -> str | None:
    """Two lines of one table at two stages, for one and the same thing; or of one sentence.

    "It committed 3 billion euros over two years; in 2024 it paid 1.7 billion euros."
    """
    for a, b in together(inner, outer):
        paid = a.status == "disbursed" and b.status in _NOT_PAID
        if paid and a.sentence and a.sentence == b.sentence:
            return f"paid, beside {b.text!r} that was {b.status}"
    small, large = inner[0], outer[0]
    listed = small.listed or not small.sentences
    known = bool(small.names or small.words)
    if not listed or not known or (small.words, small.names) != (large.words, large.names):
        return None
    if small.stage <= large.stage or large.stage < 1 or not together(inner, outer):
        return None
    return f"{small.first.status} of what was {large.first.status}, in one table"
