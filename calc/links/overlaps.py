"""Pledges that stay apart but may hold the same money: parts, and sums told twice."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ..values.valuation import Valuation
from .amounts import rate_of
from .bits import LINK, Piece, piece, total
from .channels import through_channels
from .contraction import Joint, Link
from .days import TWICE_TOLD_DAYS, distance
from .group import Cluster, Group, Parties, later_told
from .joint import parts_of_whole, shares_of_joint
from .one_document import (
    alike_in_words,
    apart,
    later_stage,
    listed_part,
    said_part,
    sure_same,
    told_below,
    worth_today,
)
from .other_numbers import other_numbers
from .rarity import Rarity
from .relations import (
    CONVERSION,
    DIFFERENT,
    EARLIER,
    INSIDE,
    INSTALMENT,
    PART,
    REVISION,
    SAME,
    STAGE,
    Relation,
)
from .rows import BROAD, Claim, kinds_of
from .seen import ALIKE, MAY_BE, YEAR, Seen, amount_of, number_in, wholes_of
from .told_parts import ToldOrder, named_parts

TWICE_DAYS = 30  # equal amounts of one donor within this time may be one sum told twice
_WIDEST = 400  # pledges of one donor and recipient up to which every pair is weighed
_CROWDED = 6_000  # beyond this each is weighed against fewer of those that follow it
_CROWDED_WIDEST = 40
# Without one of these in the words, two amounts of one donor are no whole and its part.
_PART_CUES = frozenset(
    {
        "part-same-sentence",
        "part-said",
        "part-listed",
        "part-named",
        "part-cue-whole",
        "part-cue-part",
    }
)


def near(clusters: tuple[Cluster, ...], links: tuple[Link, ...]) -> tuple[Relation, ...]:
    """Pledges that stay apart though the links nearly join them: they may be told twice.

    Each is the inner one at most once, the one with fewer claims inside the other.
    """
    kept: dict[int, Relation] = {}
    for (a, b), between in sorted(_links_between(clusters, links).items()):
        best = max(between, key=lambda link: link.bits)
        bits = Joint(sum(link.bits for link in between), len(between), best.bits).bits
        open_party = [not all(parties_of(clusters[number])) for number in (a, b)]
        bonus = LINK["unnamed-one"] if any(open_party) else 0.0
        if bits + bonus <= LINK["may-be-one"]:
            continue
        sizes = [sum(len(one.claims) for one in clusters[number]) for number in (a, b)]
        first = open_party[0] > open_party[1] or sizes[0] < sizes[1]
        inner, outer = (a, b) if first else (b, a)
        if inner not in kept or bits > kept[inner].bits:
            kept[inner] = Relation(SAME, inner, outer, bits, best.pieces)
    return tuple(kept[inner] for inner in sorted(kept))


def _links_between(
    clusters: tuple[Cluster, ...], links: tuple[Link, ...]
) -> dict[tuple[int, int], list[Link]]:
    """The links between each two pledges that no link keeps apart for good."""
    home = {one.id: number for number, cluster in enumerate(clusters) for one in cluster}
    between: dict[tuple[int, int], list[Link]] = defaultdict(list)
    apart: set[tuple[int, int]] = set()
    for link in links:
        a, b = home.get(link.a), home.get(link.b)
        if a is None or b is None or a == b:
            continue
        pair = (a, b) if a < b else (b, a)
        if link.refused:
            apart.add(pair)
        else:
            between[pair].append(link)
    return {pair: found for pair, found in between.items() if pair not in apart}


def overlaps(
    clusters: tuple[Cluster, ...],
    valuation: Valuation,
    rarity: Rarity | None = None,
    differ: Callable[[Cluster, Cluster], bool] | None = None,
) -> list[Relation]:
    """The relations among pledges of one known donor, every pair by itself.

    Amounts that look alike and that the words tell apart are ``different``, with what they say.

    ``rarity`` is counted over ``clusters`` unless given; ``differ`` says of which two a person
    knows that they are different.
    """
    rarity = rarity or Rarity.of([cluster[0] for cluster in clusters])
    blocks: dict[Parties, list[int]] = defaultdict(list)
    for number, cluster in enumerate(clusters):
        if parties_of(cluster)[0] and amount_of(cluster):
            blocks[parties_of(cluster)].append(number)
    seen = [Seen.of(cluster, valuation) for cluster in clusters]
    found: dict[tuple[int, int], Relation] = {}
    parties = [parties_of(cluster) for cluster in clusters]
    order = ToldOrder.of(clusters, parties)
    across = through_channels(parties, seen, clusters, differ)
    for one in (*across, *shares_of_joint(blocks, clusters, seen, differ, parties)):
        found[one.inner, one.outer] = one
    for block in blocks.values():
        for a, b in _pairs(block, seen):
            if differ is not None and differ(clusters[a], clusters[b]):
                continue
            for one in _weigh(a, b, clusters, seen, rarity, valuation, order):
                found[one.inner, one.outer] = one
    told = [*order.parts(seen), *named_parts(clusters, seen)]
    for one in (*_parts_of_wholes(blocks, clusters, parties), *told):
        known = differ is not None and differ(clusters[one.inner], clusters[one.outer])
        same = found.get((one.inner, one.outer))
        if not known and (same is None or (one.sure and not same.sure)):
            found.pop((one.outer, one.inner), None)
            found[one.inner, one.outer] = one
    _add(other_numbers(blocks.values(), clusters, seen, differ), found)
    return sorted(_fitting(found.values(), seen), key=lambda one: (one.inner, one.outer))


def _add(more: Iterable[Relation], found: dict[tuple[int, int], Relation]) -> None:
    """Those of ``more`` whose pledges nothing better relates."""
    for one in more:
        if not {(one.inner, one.outer), (one.outer, one.inner)} & found.keys():
            found[one.inner, one.outer] = one


def _fitting(found: Iterable[Relation], seen: Sequence[Seen]) -> list[Relation]:
    """Without parts of what other parts fill: 28.8 billion lie in no 48.7 of 26, 18 and 4.7."""
    filled: dict[int, list[int]] = defaultdict(list)
    for one in found:
        if one.made_of_parts:
            filled[one.outer].append(one.inner)
    largest = {outer: max(seen[part].size for part in parts) for outer, parts in filled.items()}
    return [
        one
        for one in found
        if one.sure
        or one.kind not in INSIDE
        or seen[one.inner].size <= largest.get(one.outer, math.inf) * ALIKE
    ]


def _parts_of_wholes(
    blocks: Mapping[Parties, list[int]],
    clusters: tuple[Cluster, ...],
    parties: Sequence[Parties],
) -> Iterator[Relation]:
    """Amounts of one donor that come to a larger one, for its receiver or for several of a sum."""
    of_donor: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for (donor, _), block in blocks.items():
        of_donor[donor] += block

    def holds(whole: int, part: int) -> bool:
        large, small = parties[whole][1], parties[part][1]
        return not large or not small or set(small) <= set(large)

    for members in of_donor.values():
        told = [(number, clusters[number]) for number in sorted(members)]
        yield from parts_of_whole(told, holds)


def _pairs(block: list[int], seen: list[Seen]) -> Iterator[tuple[int, int]]:
    """The pairs of a donor and a recipient that may hold the same money."""
    widest = _WIDEST if len(block) <= _CROWDED else _CROWDED_WIDEST
    for position, a in enumerate(block):
        for b in block[position + 1 : position + 1 + widest]:
            if seen[a].may_overlap(seen[b]):
                yield a, b


def parties_of(cluster: Cluster) -> Parties:
    """Donor and recipient of a pledge: the first that its groups name."""
    donor = next((one.donor for one in cluster if one.donor), ())
    recipient = next((one.recipient for one in cluster if one.recipient), ())
    return donor, recipient


def _weigh(
    a: int,
    b: int,
    clusters: tuple[Cluster, ...],
    seen: list[Seen],
    rarity: Rarity,
    valuation: Valuation,
    order: ToldOrder,
) -> list[Relation]:
    x, y = seen[a].claim, seen[b].claim
    assert x is not None
    assert y is not None
    assert x.amount
    assert y.amount
    one_document = not seen[a].documents.isdisjoint(seen[b].documents)
    if one_document and alike_in_words(clusters[a], clusters[b]):
        return _in_one_document(a, b, clusters, seen)
    told_today = one_document and (seen[a].today or seen[b].today)
    for one, other in ((a, b), (b, a)) if told_today else ():
        if worth_today(clusters[one], clusters[other]):
            why = piece("other-words", "what it would be worth today")
            return [Relation.by(SAME, other, one, why)]
    known = _by_size(x, y, (clusters[a], clusters[b]), valuation)
    if known is None:
        return []
    x, y, ratio = known
    if x.currency == y.currency and len(x.digits) == len(y.digits):
        alike = x.amount == y.amount  # 9 and 10 million are two numbers, 8 and 8.2 may be one
    else:
        alike = 1 / ALIKE <= ratio <= ALIKE
    if alike or not seen[a].amounts.isdisjoint(seen[b].amounts):
        return _twice(a, b, clusters, seen, rarity)
    small, large = (a, b) if ratio < 1 else (b, a)
    return _part(small, large, clusters, seen, rarity, order)


def _by_size(
    x: Claim,
    y: Claim,
    pledges: tuple[Cluster, Cluster],
    valuation: Valuation,
) -> tuple[Claim, Claim, float] | None:
    """What is compared of two pledges, and the first by the second; None: no rate is known."""
    rate = rate_of(x.currency, y.currency or "", x, valuation).rate if y.currency else None
    if rate is None:
        x, y = _in_one_currency(*pledges) or (x, y)
        rate = 1.0 if x.currency == y.currency else None
    if rate is None or not x.amount or not y.amount:
        return None
    return x, y, x.amount * rate / y.amount


def _in_one_currency(x: Cluster, y: Cluster) -> tuple[Claim, Claim] | None:
    """What both print in one currency: rights of the IMF that no rate is known of, in dollars."""
    for one in (claim for group in x for claim in group.amounts if claim.amount):
        for other in (claim for group in y for claim in group.amounts if claim.amount):
            if one.currency == other.currency:
                return one, other
    return None


def _in_one_document(
    a: int, b: int, clusters: tuple[Cluster, ...], seen: list[Seen]
) -> list[Relation]:
    """Alike amounts of one document, which nothing in it tells apart."""
    told = apart(clusters[a], clusters[b])
    if told is not None:
        return [Relation.by(DIFFERENT, b, a, told)]
    first, second = (a, b) if _start(clusters[a]) <= _start(clusters[b]) else (b, a)
    claims = [amount_of(clusters[number]) for number in (first, second)]
    if claims[0] is not None and claims[0].zone == "headline":
        first, second = second, first  # the body knows better
    kind = SAME if seen[a].currency == seen[b].currency else CONVERSION
    words = alike_in_words(clusters[second], clusters[first]) or "alike at the rate of the day"
    evidence = sure_same(clusters[second], clusters[first]) or "same-document"
    if kind == CONVERSION and _to_the_last_digit(seen[a], seen[b]):
        evidence, words = "exact-conversion", "each other at the rate of the day, to the last digit"
    why = piece(evidence, words)
    return [Relation.by(kind, second, first, why)]


def _to_the_last_digit(one: Seen, other: Seen) -> bool:
    """Whether amounts in two currencies are each other at the day's rate, beyond any accident."""
    digits = max(len(seen.claim.digits) if seen.claim else 0 for seen in (one, other))
    return digits >= _NO_ACCIDENT and abs(one.size / other.size - 1) < _ROUNDED_AWAY


_NO_ACCIDENT = 6  # significant digits
_ROUNDED_AWAY = 5e-7  # as a share: half a unit of the seventh digit


def _start(cluster: Cluster) -> tuple[float, str]:
    return min((claim.start, claim.id) for one in cluster for claim in one.claims)


def _twice(
    a: int, b: int, clusters: tuple[Cluster, ...], seen: list[Seen], rarity: Rarity
) -> list[Relation]:
    one, other = clusters[a][0], clusters[b][0]
    days = _days(clusters[a], clusters[b])
    first, second = (a, b) if (seen[a].told, a) <= (seen[b].told, b) else (b, a)
    retold = all(map(later_told, clusters[second]))
    listed = all(one.listed or not one.sentences for one in (*clusters[a], *clusters[b]))
    limit = TWICE_DAYS if listed and not retold else TWICE_TOLD_DAYS
    if _one_document(clusters[a], clusters[b]):
        return _in_one_document(a, b, clusters, seen)
    if days is None or days > limit:
        return []
    if _told_as_another(clusters[second]):
        another = piece("additional", "every telling says that it is one more")
        return [Relation.by(DIFFERENT, second, first, another)]
    pieces = [piece("twice-amount", "the same amount"), *_lines(one, other, rarity)]
    if retold and days > TWICE_DAYS:
        pieces.append(piece("twice-again", "the later one recalls an old promise"))
    elif days > TWICE_DAYS:
        pieces.append(piece("twice-later", f"{days} days apart, but nothing else tells them apart"))
    if days > TWICE_DAYS and any(found.evidence == "part-other-line" for found in pieces):
        return []
    kind = EARLIER if retold else SAME
    if kind == SAME and seen[a].currency != seen[b].currency:
        kind = CONVERSION
    return [Relation.by(kind, second, first, *pieces)]


def _told_as_another(cluster: Cluster) -> bool:
    """Whether every telling says that it is one more."""
    return all(one.additional for one in cluster)


def _days(x: Cluster, y: Cluster) -> int | None:
    days = [gap for a in x for b in y if (gap := distance(a, b)) is not None]
    return min(days, default=None)


def _one_document(x: Cluster, y: Cluster) -> bool:
    mine = {document for one in x for document in one.documents}
    return any(document in mine for one in y for document in one.documents)


def _part(
    small: int,
    large: int,
    clusters: tuple[Cluster, ...],
    seen: list[Seen],
    rarity: Rarity,
    order: ToldOrder,
) -> list[Relation]:
    inner, outer = clusters[small], clusters[large]
    pieces = [piece("part-prior", "smaller and larger pledge of one donor")]
    if not seen[small].sources.isdisjoint(seen[large].sources):
        within = _between(inner, outer, "included") or _told_inside(inner, outer)
        changed = None if within else _between(inner, outer, "version")
        if changed and _is_difference(inner):
            pieces.append(piece("part-said", f"the amount by which it was changed ({changed!r})"))
            return [Relation.by(PART, small, large, *pieces)]
        if changed:
            words = f"one sentence changes one to the other ({changed!r})"
            pieces.append(piece("part-revised", words))
            return [Relation.by(REVISION, small, large, *pieces)]
        told = said_part(inner, outer)
        listed = listed_part(inner, outer)
        if listed:
            pieces.append(piece("part-listed", listed))
        elif told:
            pieces.append(piece("part-said", told))
        elif within:
            pieces.append(piece("part-same-sentence", f"the sentence says {within!r}"))
        elif _one_document(inner, outer):
            return _perhaps_part(small, large, clusters, order)
    elif seen[large].tranche and not seen[large].whole:
        return []  # an instalment holds no other one
    pieces += _lines(inner[0], outer[0], rarity)
    pieces += _told_as_part(inner, outer, seen[small], seen[large])
    days = _days(inner, outer) if seen[small].may_be_a_year_apart(seen[large]) else None
    if days is not None and days > YEAR:
        pieces.append(piece("part-far", f"{days} days apart"))
    if _PART_CUES.isdisjoint(one.evidence for one in pieces) or total(tuple(pieces)) <= MAY_BE:
        return []
    kind = INSTALMENT if seen[small].tranche else PART
    return [Relation.by(kind, small, large, *pieces)]


def _is_difference(inner: Cluster) -> bool:
    return any("difference" in claim.said.values for one in inner for claim in one.claims)


def _perhaps_part(
    small: int, large: int, clusters: tuple[Cluster, ...], order: ToldOrder
) -> list[Relation]:
    """A smaller amount of one document that may be a part of the larger one, or a stage of it."""
    words = later_stage(clusters[small], clusters[large])
    kind, evidence = STAGE, "stage-listed"
    if words is None:
        words = told_below(clusters[small], clusters[large], order.right_before)
        kind, evidence = PART, "part-below"
    if words is None:
        return []  # listed side by side: two items, unless the sentence nests them
    why = piece(evidence, words)
    return [Relation.by(kind, small, large, why)]


def _told_as_part(inner: Cluster, outer: Cluster, small: Seen, large: Seen) -> list[Piece]:
    """What the days and the words of both say of the smaller one being a part of the larger."""
    found = []
    if math.inf > large.told > small.told:
        found.append(piece("part-later-larger", "the larger one is reported later"))
    elif small.tranche:
        found.append(piece("part-before", "an instalment, and the larger one was reported before"))
    named = _names_whole(inner, outer) if small.may_name(large) else None
    if named:
        found.append(piece("part-named", f"the smaller one is given as part of {named!r}"))
    for name, said in (("part-cue-whole", large.whole), ("part-cue-part", small.part)):
        if said:
            found.append(piece(name, f"the text says {said!r}"))
    return found


def _names_whole(inner: Cluster, outer: Cluster) -> str | None:
    """The amount of the larger one where the words on the smaller one name it as the whole."""
    wholes = wholes_of(inner)
    own = {claim.text for one in inner for claim in one.claims}
    for text in dict.fromkeys(claim.text for one in outer for claim in one.claims if claim.text):
        number = number_in(text)
        if number is None or text in own:
            continue
        if any(whole.startswith(number) for whole in wholes):
            return text
    return None


def _between(inner: Cluster, outer: Cluster, value: str) -> str | None:
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


def _told_inside(inner: Cluster, outer: Cluster) -> str | None:
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
        share = rarity.of_name(names[0])
        found.append(piece("part-name", f"both name {', '.join(names)}", share=share))
    words = [word for word in sorted(set(a.words).intersection(b.words)) if word not in BROAD]
    if words:
        share = rarity.of_words(words)
        found.append(piece("part-word", f"both mention {', '.join(words)}", share=share))
    kinds = kinds_of(a.words), kinds_of(b.words)
    if kinds[0] & kinds[1]:
        found.append(piece("part-line", f"both are {', '.join(sorted(kinds[0] & kinds[1]))} aid"))
    elif kinds[0] and kinds[1]:
        found.append(piece("part-other-line", "aid of different kinds"))
    return found
