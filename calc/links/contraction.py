"""Joining groups to pledges: candidates by blocks, then greedy contraction of the best links.

Never plain transitive closure: a link counts for the whole of both sides, evidence against it
included, and a pair that can never be one pledge keeps their sides apart.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from ..claims.wording import shingles
from ..values.valuation import Valuation
from .amounts import rate_of
from .bare_symbols import own_reading
from .bits import LINK, Piece, total
from .crowded import CROWDED, likeliest
from .days import too_far
from .evidence import compare, forbidden
from .group import Cluster, Group, group, later_told
from .rarity import Rarity
from .revisions import versions
from .rows import Claim, place

_STEP = math.log(1.12)  # width of an amount bin: neighbours hold every pair within ten percent
WINDOW = 40  # in a crowded bin a group meets this many successors by date
_MANY = 50  # claims from which on it shows whether another pledge comes into question
_COPY_DAYS = 30  # a sentence printed again within this time is a copy, not a recap
_NEARER = 0.4  # of two sides, how far from the mean of their links to the best one
_LARGER = 0.15  # by how many bits more is asked for each doubling of the links between them
_LAZY = 256  # pairs looked up when two sides join; larger sides have links enough


class Link(NamedTuple):
    """The evidence on two groups: ``bits`` above zero speaks for one pledge."""

    a: str
    b: str
    bits: float
    pieces: tuple[Piece, ...]
    joined: bool
    refused: str | None


class Linked(NamedTuple):
    """What linking found: the groups of each pledge, and every link that was weighed."""

    clusters: tuple[Cluster, ...]
    links: tuple[Link, ...]


# The pairs that were weighed: their bits, the evidence, and why they can never be one pledge.
_Weighed = dict[tuple[str, str], tuple[float, tuple[Piece, ...], str | None]]


_new = tuple.__new__  # by way of its name a record costs twice as much, and there are millions


class Joint(NamedTuple):
    """The links between two sides, taken together: their sum, their number and the best."""

    sum: float
    links: int
    best: float

    @property
    def bits(self) -> float:
        """Evidence that both sides are one: the mean of all, nearer to the best.

        Of two large sides more is asked: they have grown without each other.
        """
        total_bits, links, best = self
        if links == 1:  # most: the mean is the best, and the logarithm nought
            return total_bits if math.isinf(total_bits) else round(total_bits, 4)
        mean = total_bits / links
        if math.isinf(mean):
            return mean
        return round(mean + _NEARER * (best - mean) - _LARGER * math.log2(links), 4)

    def with_(self, other: Joint) -> Joint:
        """These links and those of another side that joined."""
        return Joint(self.sum + other.sum, self.links + other.links, max(self.best, other.best))


def groups_of(claims: list[Claim]) -> list[Group]:
    """Join claims that the document itself joins: conversions, repeats, an amount before a change.

    A repeat whose donor or recipient is another one's stays apart; a conversion never does.
    """
    by_id = {claim.id: claim for claim in claims}
    parent = {claim.id: claim.id for claim in claims}
    for claim in claims:
        base = by_id.get(claim.base or "")
        if base is not None:
            _join(parent, claim.id, base.id)
    for claim in claims:
        echo = by_id.get(claim.echo or "")
        if echo is not None and not _clash(claim, echo):
            _join(parent, claim.id, echo.id)
    for older, newer in versions(claims):
        _join(parent, older.id, newer.id)
    members: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        members[_root(parent, claim.id)].append(claim)
    return sorted((group(found) for found in members.values()), key=lambda one: place(one.first))


def _clash(a: Claim, b: Claim) -> bool:
    return any(
        x and y and not set(x) & set(y) for x, y in ((a.donor, b.donor), (a.recipient, b.recipient))
    )


def _root(parent: dict[str, str], name: str) -> str:
    while parent[name] != name:
        parent[name] = parent[parent[name]]
        name = parent[name]
    return name


def _join(parent: dict[str, str], a: str, b: str) -> None:
    a, b = sorted((_root(parent, a), _root(parent, b)))
    parent[b] = a


def link(
    groups: list[Group],
    valuation: Valuation,
    rarity: Rarity | None = None,
    brief: bool = False,
    one_block: bool = False,
) -> Linked:
    """Decide which groups are one pledge. The order of ``groups`` does not matter.

    ``rarity`` is counted over ``groups`` unless they are a part of more. ``brief`` finds the same
    clusters, and of the links only those that nearly join two. ``one_block`` says that the groups
    are all of one donor and recipient: of very many, each is weighed against the likeliest few.
    """
    voices = voices_of(groups)
    heads = [voice[0] for voice in voices]
    rarity = rarity or Rarity.of(heads)
    by_id = {one.id: one for one in heads}
    weighed: _Weighed = {}

    def weigh(a: str, b: str) -> float:
        pair = (a, b) if a < b else (b, a)
        if pair not in weighed:
            x, y = by_id[pair[0]], by_id[pair[1]]
            refused = forbidden(x, y)
            pieces = () if refused else compare(x, y, rarity, valuation)
            bits = -math.inf if refused else total(pieces)
            weighed[pair] = (bits, (), None) if brief else (bits, pieces, refused)
        return weighed[pair][0]

    if one_block and len(heads) > CROWDED:
        # A link that is not for one pledge is weighed only once its sides come into question.
        pairs = [pair for pair in _few_candidates(heads, valuation) if weigh(*pair) > 0]
    else:
        pairs = candidates(heads, valuation)
    clusters = _contract([one.id for one in heads], pairs, weigh, brief)
    clusters = _adopt(clusters, pairs, weigh, _bonus(heads, many=rarity.groups > _MANY))
    home = {name: number for number, names in enumerate(clusters) for name in names}
    if brief:
        weighed = {
            (a, b): (weighed[a, b][0], compare(by_id[a], by_id[b], rarity, valuation), None)
            for a, b in _nearly_joined(weighed, home, heads)
        }
    links = tuple(
        Link(a, b, total(pieces), pieces, home[a] == home[b], refused)
        for (a, b), (_bits, pieces, refused) in sorted(weighed.items())
    )
    return Linked(_with_copies(clusters, voices), links)


def _bonus(heads: list[Group], many: bool) -> dict[str, float]:
    """By how much less is asked of a link of those that a pledge may adopt (see ``_adopt``)."""
    bonus = {one.id: LINK["told-before"] for one in heads if later_told(one)}
    if many:
        bonus |= {one.id: LINK["unnamed-one"] for one in heads if _leaves_open(one)}
    return bonus


def _leaves_open(one: Group) -> bool:
    """Whether a group does not name its donor or its recipient."""
    return not one.donor or not one.recipient


def _with_copies(clusters: list[list[str]], voices: list[list[Group]]) -> tuple[Cluster, ...]:
    """The groups of each pledge, copies of a voice with its head, all by place."""
    of_head = {voice[0].id: voice for voice in voices}
    found = [
        tuple(
            sorted(
                (one for name in names for one in of_head[name]), key=lambda one: place(one.first)
            )
        )
        for names in clusters
    ]
    return tuple(sorted(found, key=lambda cluster: place(cluster[0].first)))


def _nearly_joined(
    weighed: _Weighed, home: dict[str, int], heads: list[Group]
) -> list[tuple[str, str]]:
    """The links between clusters that may be one (see ``overlaps.near``)."""
    unnamed = {one.id for one in heads if _leaves_open(one)}
    between: dict[tuple[int, int], list[tuple[str, str]]] = defaultdict(list)
    for a, b in sorted(weighed):
        x, y = home[a], home[b]
        if x != y:
            between[(x, y) if x < y else (y, x)].append((a, b))
    found = []
    for pairs in between.values():
        bits = [weighed[pair][0] for pair in pairs]
        bonus = 0.0 if unnamed.isdisjoint(pairs[0]) else LINK["unnamed-one"]
        if Joint(sum(bits), len(bits), max(bits)).bits + bonus > LINK["may-be-one"]:
            found += pairs
    return found


def _adopt(
    clusters: list[list[str]],
    pairs: list[tuple[str, str]],
    weigh: Callable[[str, str], float],
    bonus: dict[str, float],
) -> list[list[str]]:
    """Give lone claims to the pledge that fits clearly best, where they speak of another's news.

    Such a claim tells of money told before, or leaves a party open that the reader knows from
    elsewhere: the odds against a link are lower by its ``bonus``, as long as only one pledge
    comes into question.
    """
    home = {name: number for number, names in enumerate(clusters) for name in names}
    near: dict[str, list[str]] = defaultdict(list)
    for a, b in pairs:
        near[a].append(b)
        near[b].append(a)
    lone = [names[0] for names in clusters if len(names) == 1 and names[0] in bonus]
    homeless = set(lone)
    taken: dict[int, list[str]] = defaultdict(list)
    moved: set[str] = set()
    for name in lone:
        best: dict[int, float] = {}
        for other in near[name]:
            if other not in homeless:
                number = home[other]
                best[number] = max(best.get(number, -math.inf), weigh(name, other))
        choice = _choice(best)
        if choice is None or choice.bits + bonus[name] <= 0:
            continue
        fits = all(weigh(name, other) > -math.inf for other in clusters[choice.number])
        if fits and choice.ahead >= LINK["clearly"]:
            taken[choice.number].append(name)
            moved.add(name)
    return [
        [*names, *taken[number]] for number, names in enumerate(clusters) if moved.isdisjoint(names)
    ]


class _Choice(NamedTuple):
    """The pledge that a lone claim fits best, and how many bits it is ahead of the next."""

    number: int
    bits: float
    ahead: float


def _choice(best: dict[int, float]) -> _Choice | None:
    """The choice among pledges by the best link to each: of equal ones the first.

    >>> _choice({7: 1.5, 3: 4.0}), _choice({})
    (_Choice(number=3, bits=4.0, ahead=2.5), None)
    """
    ranked = sorted((-bits, number) for number, bits in best.items())
    if not ranked:
        return None
    bits = -ranked[0][0]
    second = -ranked[1][0] if len(ranked) > 1 else -math.inf
    return _Choice(ranked[0][1], bits, bits - second)


def voices_of(groups: list[Group]) -> list[list[Group]]:
    """Groups by voice: copies of one sentence are one, so crowded news days stay small."""
    groups = sorted(groups, key=lambda one: place(one.first))
    voices: list[list[Group]] = []
    last: dict[tuple[object, ...], list[Group]] = {}
    for one in groups:
        words = shingles(one.first.sentence)
        key = (words, one.first.text, one.donor, one.recipient)
        voice = last.get(key) if words else None
        if voice is not None and _copied(voice[-1], one):
            voice.append(one)
        else:
            voice = [one]
            voices.append(voice)
            last[key] = voice
    return voices


def _copied(a: Group, b: Group) -> bool:
    days = (a.first.published, b.first.published)
    if a.documents & b.documents or forbidden(a, b):
        return False
    return None in days or abs((days[0] - days[1]).days) <= _COPY_DAYS  # type: ignore[operator]


def candidates(groups: list[Group], valuation: Valuation) -> list[tuple[str, str]]:
    """Pairs worth weighing: near in amount, of the same digits, or of one named programme."""
    blocks: dict[tuple[str, ...], list[Group]] = defaultdict(list)
    of_key: dict[tuple[str, ...], list[Group]] = defaultdict(list)
    for one in groups:
        for key in sorted(keys_of(one, valuation)):
            of_key[key].append(one)
            for donor in one.donor:
                for recipient in one.recipient:
                    blocks[(donor, recipient, *key)].append(one)
    pairs = _Pairs()
    for block in blocks.values():
        for number, one in enumerate(block[:-1]):
            pairs.ask(one, block[number + 1 : number + 1 + WINDOW])
    # A party that one side leaves open: the group meets everybody near it in time.
    for block in of_key.values():
        for number, one in enumerate(block):
            if _leaves_open(one):
                near = block[max(number - WINDOW // 2, 0) : number + WINDOW // 2]
                pairs.ask(one, [other for other in near if other.id != one.id])
    return sorted(pairs.found)


class _Pairs:
    """Pairs of groups that share a key, most of them several: each is looked at once."""

    def __init__(self) -> None:
        self.found: set[tuple[str, str]] = set()
        self._asked: set[tuple[str, str]] = set()

    def ask(self, one: Group, others: list[Group]) -> None:
        """Years apart they can never join; weighing them only slows the contraction."""
        name, asked = one.id, self._asked
        for other in others:
            pair = (name, other.id) if name < other.id else (other.id, name)
            if pair not in asked:
                asked.add(pair)
                if not too_far(one, other):
                    self.found.add(pair)


def _few_candidates(groups: list[Group], valuation: Valuation) -> list[tuple[str, str]]:
    """In a crowded block: of the pairs that share a key, the likeliest few for each group."""
    of_key: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, one in enumerate(groups):
        for key in keys_of(one, valuation):
            of_key[key].append(number)
    found = likeliest(groups, of_key, WINDOW, valuation)
    return sorted(_pair(groups[a], groups[b]) for a, b in found)


def _pair(a: Group, b: Group) -> tuple[str, str]:
    return (a.id, b.id) if a.id < b.id else (b.id, a.id)


def keys_of(one: Group, valuation: Valuation) -> set[tuple[str, ...]]:
    """What a group shares with those that it may be one pledge with: amounts, digits, names."""
    keys: set[tuple[str, ...]] = {("name", name) for name in one.names}
    for claim in one.amounts:
        if len(claim.digits) > 1:
            keys.add(("digits", claim.digits))
        elif claim.published:
            # One digit is no clue but to a slip of scale in the news of the day.
            week = claim.published.toordinal() // 7
            keys |= {("digit", claim.digits, str(week)), ("digit", claim.digits, str(week + 1))}
        own = own_reading(claim, one.donor)
        for reading in (claim, own) if own is not None else (claim,):
            currency = reading.currency or ""
            rate = rate_of(currency, "EUR", reading, valuation).rate
            for value in {claim.low, claim.high} - {None, 0.0}:
                assert value
                keys |= _bins(currency, value)
                if rate:
                    keys |= _bins("any", value * rate)
    return keys


def _bins(currency: str, value: float) -> set[tuple[str, ...]]:
    number = math.floor(math.log(value) / _STEP)
    return {("amount", currency, str(number)), ("amount", currency, str(number + 1))}


def _contract(
    names: list[str],
    pairs: list[tuple[str, str]],
    weigh: Callable[[str, str], float],
    brief: bool,
) -> list[list[str]]:
    order = {name: number for number, name in enumerate(names)}
    members = {name: [name] for name in names}
    edges: dict[str, dict[str, Joint]] = {name: {} for name in names}
    heap: list[tuple[float, int, int, str, str]] = []

    def push(a: str, b: str) -> None:
        bits = edges[a][b].bits
        if bits > 0:
            if order[b] < order[a]:
                a, b = b, a
            heapq.heappush(heap, (-bits, order[a], order[b], a, b))

    for a, b in pairs:
        bits = weigh(a, b)
        edges[a][b] = edges[b][a] = _new(Joint, (bits, 1, bits))
        push(a, b)
    while heap:
        bits, _, _, a, b = heapq.heappop(heap)
        if a not in members or b not in members:
            continue  # an entry from before one side grew
        if b not in edges[a] or edges[a][b].bits != -bits:
            continue
        for other in sorted({*edges[a], *edges[b]} - {a, b}, key=order.__getitem__):
            sides = [edges[side][other] for side in (a, b) if other in edges[side]]
            refused = next((one for one in sides if math.isinf(one.sum)), None)
            if brief and refused is not None:
                joint = refused  # they stay apart, whatever else is said of them
            else:
                joint = _joined((a, b), other, edges, members, weigh)
            edges[a][other] = edges[other][a] = joint
            edges[other].pop(b, None)
            push(a, other)
        edges[a].pop(b, None)
        del edges[b]
        members[a] += members.pop(b)
    return [sorted(found, key=order.__getitem__) for found in members.values()]


def _joined(
    sides: tuple[str, str],
    other: str,
    edges: dict[str, dict[str, Joint]],
    members: dict[str, list[str]],
    weigh: Callable[[str, str], float],
) -> Joint:
    """The links of two sides that join to a third, those that were not weighed yet included."""
    total_bits, count, best = 0.0, 0, -math.inf
    for side in sides:
        known = edges[side].get(other)
        if known is not None:
            total_bits += known.sum
            count += known.links
            best = max(best, known.best)
        elif len(members[side]) * len(members[other]) <= _LAZY:
            found = [weigh(x, y) for x in members[side] for y in members[other]]
            total_bits += sum(found)
            count += len(found)
            best = max(best, *found)
    return _new(Joint, (total_bits, count, best))
