"""Pledges that stay apart but may hold the same money: parts, and sums told twice."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from ..values.valuation import Valuation
from .bits import LINK, Piece, piece, total
from .contraction import Joint, Link
from .evidence import FAR_DAYS, distance, rate_of
from .group import Group, later_told
from .rarity import Rarity
from .rows import BROAD, Claim, kinds_of

TWICE_DAYS = 30  # equal amounts of one donor within this time may be one sum told twice
_YEAR = 365
_ALIKE = 1.05  # rounding and rates leave two currencies of one sum this far apart
_NUMBER = re.compile(r"\d[\d.,]*(?: (?:thousand|million|billion|trillion))?")
_RATES = 3.0  # two currencies do not move further apart in the time in which a sum is told twice
_WIDEST = 400  # pledges of one donor and recipient up to which every pair is weighed
_CROWDED = 6_000  # beyond this each is weighed against fewer of those that follow it
_CROWDED_WIDEST = 40


class Overlap(NamedTuple):
    """Two pledges that may hold the same money: ``inner`` would be counted twice.

    ``cause`` is ``part-of`` (inner may be a part of outer), ``revision`` (one sentence changes one
    to the other) or ``double-count`` (they may be one).
    Numbers are positions in the tuple of clusters.
    """

    inner: int
    outer: int
    cause: str
    bits: float
    pieces: tuple[Piece, ...]

    @property
    def certain(self) -> bool:
        """Whether there is little doubt: an instalment of a pledge told before, an open party."""
        evidence = {piece.evidence for piece in self.pieces}
        return bool(evidence & {"part-before", "part-named", "party-missing", "party-open"})


def near(clusters: tuple[tuple[Group, ...], ...], links: tuple[Link, ...]) -> tuple[Overlap, ...]:
    """Pledges that stay apart though the links nearly join them: they may be told twice.

    Each is the inner one at most once, the one with fewer claims inside the other.
    """
    home = {one.id: number for number, cluster in enumerate(clusters) for one in cluster}
    sums: dict[tuple[int, int], list[float]] = {}  # of the links: sum and number
    best: dict[tuple[int, int], Link] = {}
    apart: set[tuple[int, int]] = set()
    for link in links:
        a, b = home.get(link.a, -1), home.get(link.b, -1)
        if a == b or a < 0 or b < 0:
            continue
        pair = (a, b) if a < b else (b, a)
        if link.refused:
            apart.add(pair)
            continue
        known = sums.setdefault(pair, [0.0, 0])
        known[0] += link.bits
        known[1] += 1
        if pair not in best or link.bits > best[pair].bits:
            best[pair] = link
    kept: dict[int, Overlap] = {}
    for (a, b), (bits, number) in sorted(sums.items()):
        joint = Joint(bits, int(number), best[a, b].bits)
        open_party = [not all(parties_of(clusters[number])) for number in (a, b)]
        bonus = LINK["unnamed-one"] if any(open_party) else 0.0
        if joint.bits + bonus <= LINK["may-be-one"] or (a, b) in apart:
            continue
        sizes = [sum(len(one.claims) for one in clusters[number]) for number in (a, b)]
        first = open_party[0] > open_party[1] or sizes[0] < sizes[1]
        inner, outer = (a, b) if first else (b, a)
        if inner not in kept or joint.bits > kept[inner].bits:
            pieces = best[a, b].pieces
            kept[inner] = Overlap(inner, outer, "double-count", joint.bits, pieces)
    return tuple(kept[inner] for inner in sorted(kept))


def overlaps(
    clusters: tuple[tuple[Group, ...], ...],
    valuation: Valuation,
    rarity: Rarity | None = None,
    differ: Callable[[tuple[Group, ...], tuple[Group, ...]], bool] | None = None,
) -> list[Overlap]:
    """The possible overlaps among pledges of one donor and recipient, both known.

    Each pledge is the inner one at most once, by its best evidence. ``rarity`` is counted over
    ``clusters`` unless given; ``differ`` says of which two a person knows that they are different.
    """
    rarity = rarity or Rarity.of([cluster[0] for cluster in clusters])
    blocks: dict[tuple[tuple[str, ...], tuple[str, ...]], list[int]] = defaultdict(list)
    for number, cluster in enumerate(clusters):
        if parties_of(cluster)[0] and parties_of(cluster)[1] and amount_of(cluster):
            blocks[parties_of(cluster)].append(number)
    seen = [_Seen.of(cluster, valuation) for cluster in clusters]
    found: dict[int, Overlap] = {}
    for block in blocks.values():
        widest = _WIDEST if len(block) <= _CROWDED else _CROWDED_WIDEST
        for position, a in enumerate(block):
            for b in block[position + 1 : position + 1 + widest]:
                if not seen[a].may_overlap(seen[b]):
                    continue
                if differ is not None and differ(clusters[a], clusters[b]):
                    continue
                for one in _weigh(a, b, clusters, seen, rarity, valuation):
                    best = found.get(one.inner)
                    if best is None or (-one.bits, one.outer) < (-best.bits, best.outer):
                        found[one.inner] = one
    return _without_circles(found)


class _Seen(NamedTuple):
    """What of a cluster tells cheaply, and surely, with which others it cannot overlap.

    And what else is asked of it in each comparison.
    """

    claim: Claim | None  # whose amount stands for the pledge
    currency: str | None
    amount: float
    size: float  # in euros where a rate is known
    whole: str | None  # the words of such a cue
    part: str | None
    tranche: str | None
    wholes: tuple[str, ...]  # numbers that the words give as those of a whole
    numbers: tuple[str, ...]  # of the printed amounts
    cued: bool
    sources: frozenset[str]
    names: frozenset[str]  # of its first group, as the words and kinds
    words: frozenset[str]
    kinds: frozenset[str]
    first: float  # days of publication and of the act
    last: float
    told: float  # the first day of publication

    @classmethod
    def of(cls, cluster: tuple[Group, ...], valuation: Valuation) -> _Seen:
        whole, part, tranche = (
            _said(value, cluster) for value in ("near-whole", "near-part", "near-instalment")
        )
        claim, amount, size = amount_of(cluster), 1.0, 1.0
        if claim is not None and claim.amount:
            amount = claim.amount
            size = amount * (rate_of(claim.currency, "EUR", claim, valuation).rate or 1.0)
        texts = {claim.text for one in cluster for claim in one.claims}
        days = [day for one in cluster for day in one.published]
        days += [day for one in cluster for act in one.acts for day in act]
        return cls(
            claim=claim,
            currency=claim.currency if claim is not None else None,
            amount=amount,
            size=size,
            whole=whole,
            part=part,
            tranche=tranche,
            wholes=tuple(_wholes(cluster)),
            numbers=tuple(
                {f.group().split()[0] for t in texts if (f := _NUMBER.search(t)) is not None}
            ),
            cued=bool(whole or part)
            or any(_said(one, cluster) for one in ("near-inclusion", "changed", "of-it")),
            sources=frozenset(claim.source for one in cluster for claim in one.claims),
            names=frozenset(cluster[0].names),
            words=frozenset(cluster[0].words).difference(BROAD),
            kinds=kinds_of(cluster[0].words),
            first=min(days, default=-math.inf),
            last=max(days, default=math.inf),
            told=min((one.published[0] for one in cluster if one.published), default=math.inf),
        )

    def may_overlap(self, other: _Seen) -> bool:
        """False only where weighing the two would find nothing."""
        # Without a cue only amounts of one size can overlap: skip the rest cheaply.
        if not (self.cued or other.cued):
            return 1 / 1.2 < self.size / other.size < 1.2
        gap = max(self.first - other.last, other.first - self.last)
        one_money = self.currency == other.currency
        ratio = self.amount / other.amount if one_money else self.size / other.size
        limit = _ALIKE if one_money else _RATES
        if gap <= FAR_DAYS and 1 / limit <= ratio <= limit:
            return True
        if not self.sources.isdisjoint(other.sources):
            return True  # one document may nest or change them in its words
        if one_money:
            return self._may_be_part(other, gap) if ratio < 1 else other._may_be_part(self, gap)
        return self._may_be_part(other, gap) or other._may_be_part(self, gap)

    def _may_be_part(self, large: _Seen, gap: float) -> bool:
        """Whether the evidence of ``_part`` can reach a sum above zero, of two documents."""
        named = self.may_name(large)
        if not (self.part or large.whole or named):
            return False
        most = LINK["part-prior"] + max(
            LINK["part-later-larger"], LINK["part-before"] * bool(self.tranche)
        )
        most += LINK["part-cue-part"] * bool(self.part)
        most += LINK["part-cue-whole"] * bool(large.whole)
        most += LINK["part-named"] * named + LINK["part-far"] * (gap > _YEAR)
        if not self.names.isdisjoint(large.names):
            most += LINK["name-same"]
        if not self.words.isdisjoint(large.words):
            most += LINK["words-most"]
        if not self.kinds.isdisjoint(large.kinds):
            most += LINK["part-line"]
        elif self.kinds and large.kinds:
            most += LINK["part-other-line"]
        return most > 0

    def may_name(self, large: _Seen) -> bool:
        """False only where the words of the smaller one do not name the amount of the larger."""
        return bool(self.wholes) and any(
            whole.startswith(number) for whole in self.wholes for number in large.numbers
        )

    def may_be_a_year_apart(self, other: _Seen) -> bool:
        """False only where the two surely are not."""
        return not max(self.last, other.last) - min(self.first, other.first) <= _YEAR


def _without_circles(found: dict[int, Overlap]) -> list[Overlap]:
    kept: list[Overlap] = []
    outer_of: dict[int, int] = {}
    for one in sorted(found.values(), key=lambda one: (-one.bits, one.inner, one.outer)):
        above: int | None = one.outer
        while above is not None and above != one.inner:
            above = outer_of.get(above)
        if above is None:
            outer_of[one.inner] = one.outer
            kept.append(one)
    return sorted(kept)


def parties_of(cluster: tuple[Group, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Donor and recipient of a pledge: the first that its groups name."""
    donor = next((one.donor for one in cluster if one.donor), ())
    recipient = next((one.recipient for one in cluster if one.recipient), ())
    return donor, recipient


def amount_of(cluster: tuple[Group, ...]) -> Claim | None:
    """The claim whose printed amount stands for the pledge."""
    return next((claim for one in cluster for claim in one.amounts if claim.amount), None)


def _weigh(
    a: int,
    b: int,
    clusters: tuple[tuple[Group, ...], ...],
    seen: list[_Seen],
    rarity: Rarity,
    valuation: Valuation,
) -> list[Overlap]:
    x, y = seen[a].claim, seen[b].claim
    assert x is not None
    assert y is not None
    assert x.amount
    assert y.amount
    rate = rate_of(x.currency, y.currency or "", x, valuation).rate if y.currency else None
    if rate is None:
        return []
    ratio = x.amount * rate / y.amount
    if x.currency == y.currency and len(x.digits) == len(y.digits):
        alike = x.amount == y.amount  # 9 and 10 million are two numbers, 8 and 8.2 may be one
    else:
        alike = 1 / _ALIKE <= ratio <= _ALIKE
    if alike:
        return _twice(a, b, clusters, seen, rarity)
    small, large = (a, b) if ratio < 1 else (b, a)
    return _part(small, large, clusters, seen, rarity)


def _twice(
    a: int, b: int, clusters: tuple[tuple[Group, ...], ...], seen: list[_Seen], rarity: Rarity
) -> list[Overlap]:
    one, other = clusters[a][0], clusters[b][0]
    days = _days(clusters[a], clusters[b])
    first, second = (a, b) if (seen[a].told, a) <= (seen[b].told, b) else (b, a)
    retold = all(map(later_told, clusters[second]))
    limit = FAR_DAYS if retold else TWICE_DAYS
    if _one_document(clusters[a], clusters[b]) or days is None or days > limit:
        return []
    pieces = [piece("amount-same-1", "the same amount"), *_lines(one, other, rarity)]
    if days > TWICE_DAYS:
        pieces.append(piece("again", "the later one speaks of money told before"))
        if any(found.evidence == "part-other-line" for found in pieces):
            return []
    return [Overlap(second, first, "double-count", total(tuple(pieces)), tuple(pieces))]


def _days(x: tuple[Group, ...], y: tuple[Group, ...]) -> int | None:
    days = [gap for a in x for b in y if (gap := distance(a, b)) is not None]
    return min(days, default=None)


def _one_document(x: tuple[Group, ...], y: tuple[Group, ...]) -> bool:
    mine = {document for one in x for document in one.documents}
    return any(document in mine for one in y for document in one.documents)


def _part(
    small: int,
    large: int,
    clusters: tuple[tuple[Group, ...], ...],
    seen: list[_Seen],
    rarity: Rarity,
) -> list[Overlap]:
    inner, outer = clusters[small], clusters[large]
    apart = seen[small].sources.isdisjoint(seen[large].sources)
    pieces = [piece("part-prior", "smaller and larger pledge of one donor")]
    within = None if apart else _between(inner, outer, "included") or _told_inside(inner, outer)
    changed = None if apart or within else _between(inner, outer, "version")
    if changed:
        pieces.append(piece("part-revised", f"one sentence changes one to the other ({changed!r})"))
        return [Overlap(small, large, "revision", total(tuple(pieces)), tuple(pieces))]
    if within:
        pieces.append(piece("part-same-sentence", f"the sentence says {within!r}"))
    elif not apart and _one_document(inner, outer):
        return []  # listed side by side: two items, unless the sentence nests them
    lines = _lines(inner[0], outer[0], rarity)
    pieces += lines
    if math.inf > seen[large].told > seen[small].told:
        pieces.append(piece("part-later-larger", "the larger one is told later"))
    elif seen[small].tranche:
        pieces.append(piece("part-before", "an instalment, and the larger one was told before"))
    named = _names_whole(inner, outer) if seen[small].may_name(seen[large]) else None
    if named:
        pieces.append(piece("part-named", f"the smaller one is told as part of {named!r}"))
    for name, said in (
        ("part-cue-whole", seen[large].whole),
        ("part-cue-part", seen[small].part),
    ):
        if said:
            pieces.append(piece(name, f"the text says {said!r}"))
    far = seen[small].may_be_a_year_apart(seen[large])
    days = _days(inner, outer) if far else None
    if days is not None and days > _YEAR:
        pieces.append(piece("part-far", f"{days} days apart"))
    cued = any(
        one.evidence.startswith("part-cue") or one.evidence in ("part-same-sentence", "part-named")
        for one in pieces
    )
    if not cued or total(tuple(pieces)) <= 0:
        return []
    return [Overlap(small, large, "part-of", total(tuple(pieces)), tuple(pieces))]


def _names_whole(inner: tuple[Group, ...], outer: tuple[Group, ...]) -> str | None:
    """The amount of the larger one where the words on the smaller one name it as the whole."""
    wholes = _wholes(inner)
    own = {claim.text for one in inner for claim in one.claims}
    for text in dict.fromkeys(claim.text for one in outer for claim in one.claims if claim.text):
        number = _NUMBER.search(text)
        if number is None or text in own:
            continue
        if any(whole.startswith(number.group()) for whole in wholes):
            return text
    return None


def _wholes(cluster: tuple[Group, ...]) -> set[str]:
    """The numbers that the words on a pledge give as those of a whole."""
    return {
        number
        for one in cluster
        for claim in one.claims
        for number in claim.said.all_words("near-number-of-whole", claim.sentence)
    }


def _said(value: str, cluster: tuple[Group, ...]) -> str | None:
    """The words that say ``value`` of a pledge, or of what its sentences tell with it."""
    for one in cluster:
        for claim in one.claims:
            # "a tranche of the 18 billion" speaks of a part, but the 18 billion are the whole
            if value in ("near-part", "near-instalment") and "whole" in claim.said.values:
                continue
            words = claim.said.words(value, claim.sentence)
            if words:
                return words
    return None


def _between(inner: tuple[Group, ...], outer: tuple[Group, ...], value: str) -> str | None:
    """The words between two amounts of one sentence that make one ``value`` of the other.

    "Including" nests the second in the first; the words of a change stand in either order.
    """
    for x in (claim for one in inner for claim in one.claims):
        for y in (claim for one in outer for claim in one.claims):
            if x.source != y.source or not x.sentence or x.sentence != y.sentence:
                continue
            first, second = (y, x) if value == "included" or y.start < x.start else (x, y)
            place = first.said.end, second.said.start
            words = second.said.within(value, *place, x.sentence)
            if words:
                return words
    return None


def _told_inside(inner: tuple[Group, ...], outer: tuple[Group, ...]) -> str | None:
    """The words that make the smaller amount a part of one told before it in its document.

    "The package includes 1 billion kronor", "500 million of that will go to drones".
    """
    for x in (claim for one in inner for claim in one.claims):
        said = x.said.words("of-it", x.sentence)
        if said and any(
            x.source == y.source and y.start < x.start and x.sentence != y.sentence
            for one in outer
            for y in one.claims
        ):
            return said
    return None


def _lines(a: Group, b: Group, rarity: Rarity) -> list[Piece]:
    found = []
    names = sorted(set(a.names) & set(b.names)) if a.names and b.names else []
    if names:
        found.append(piece("name-same", f"both name {', '.join(names)}", rarity.of_name(names[0])))
    words = [word for word in sorted(set(a.words).intersection(b.words)) if word not in BROAD]
    if words:
        worth = min(LINK["words-most"], math.fsum(map(rarity.of_word, words)))
        found.append(piece("word-same", f"both speak of {', '.join(words)}", worth))
    kinds = kinds_of(a.words), kinds_of(b.words)
    if kinds[0] & kinds[1]:
        found.append(piece("part-line", f"both are {', '.join(sorted(kinds[0] & kinds[1]))} aid"))
    elif kinds[0] and kinds[1]:
        found.append(piece("part-other-line", "aid of different kinds"))
    return found
