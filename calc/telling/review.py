"""What a person should decide first: the closest calls, by the money that hangs on each.

A call's bits are log-odds, so they say how likely it is to be wrong; times the money by which the
safe sum would move, that orders the list. What was decided is no call any more.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..claims.roles import NOTHING_SAYS
from ..ledger.ledger import Ledger
from ..links.contraction import Link
from ..links.relations import INSIDE, Relation, best_of_each
from ..links.rows import Claim
from ..pledges.agreed import Agreed
from ..pledges.pledge import Pledge, readings, worth
from ..text.amount_words import amount_words
from .call import Call, WayToDecide
from .open_questions import open_questions

CLOSE = 6.0  # bits: beyond, a call is wrong less than once in sixty times
_OPEN = 0.5  # nothing decides: either answer may be right
_WEAK_ROLE = 0.2  # no verb of giving: an assumption, not a measured share
_SAME_WHY, _DIFFERENT_WHY = "one sum, reported twice", "two separate sums"
_OVERLAPS = {
    "part-of": "may one amount be a part of the other?",
    "revision": "is one amount a later version of the other?",
    "double-count": "is it one sum reported twice?",
}


def review(ledger: Ledger) -> list[Call]:
    """Everything that a person's look would settle, what matters most first."""
    found = [
        *_overlaps(ledger),
        *_links(ledger),
        *_currencies(ledger),
        *_contested(ledger),
        *_roles(ledger),
        *open_questions(ledger),
    ]
    return ranked(found)


def ranked(calls: Iterable[Call]) -> list[Call]:
    """Calls in the order in which a person should settle them: the most money at stake first."""
    return sorted(calls, key=_rank)


def _rank(one: Call) -> tuple[float, float, str, tuple[str, ...]]:
    return (-one.at_stake, -one.chance, one.kind, tuple(claim.id for claim in one.claims))


def chance_of_error(bits: float) -> float:
    """How likely a call with that much evidence for it is wrong, as bits are log-odds.

    >>> chance_of_error(0), chance_of_error(2)
    (0.5, 0.2)
    """
    return 1 / (1 + 2 ** abs(bits))


def _value(one: Pledge, ledger: Ledger) -> tuple[float, float] | None:
    """What a pledge adds to the two ends of a sum, an open end at its lower one."""
    counted = worth(one, ledger.currency, ledger.valuation).counted
    if counted is None:
        return None
    low, high = counted
    return low, low if high is None else high


def _same_or_different(claims: Iterable[Claim]) -> tuple[WayToDecide, ...]:
    ids = tuple(claim.id for claim in claims)
    return (
        WayToDecide("same", ids, None, _SAME_WHY),
        WayToDecide("different", ids, None, _DIFFERENT_WHY),
    )


def _overlaps(ledger: Ledger) -> Iterator[Call]:
    home = _homes(ledger)
    best: dict[frozenset[int], Link] = {}
    for link in sorted(ledger.links, key=lambda link: (link.bits, link.a, link.b)):
        if not link.refused:
            best[frozenset((home[link.a], home[link.b]))] = link
    for one in asked(ledger):
        yield _overlap(one, best.get(frozenset((one.inner, one.outer))), ledger)


def asked(ledger: Ledger) -> list[Relation]:
    """The relations that separate the ends of a sum, of each pledge the best; thin sure ones."""
    open_ones = tuple(one for one in ledger.overlaps if not one.sure)
    thin = tuple(one for one in ledger.overlaps if one.sure and abs(one.bits) < CLOSE)
    known = _pairs(ledger.overlaps)
    near = tuple(one for one in ledger.near if not _pairs((one,)) & known)
    within = {one.inner for one in ledger.overlaps if one.sure and one.kind in INSIDE}
    told = [one for one in (*open_ones, *near) if one.inner not in within]
    return best_of_each((*told, *thin))


def _pairs(relations: Iterable[Relation]) -> set[frozenset[int]]:
    return {frozenset((one.inner, one.outer)) for one in relations}


def _homes(ledger: Ledger) -> dict[str, int]:
    """The position of its pledge, by group."""
    return {one.id: number for number, made in enumerate(ledger.pledges) for one in made.cluster}


def _overlap(one: Relation, link: Link | None, ledger: Ledger) -> Call:
    """A possible overlap; of a sum told twice, with what kept the two from being one pledge."""
    inner, outer = ledger.pledges[one.inner], ledger.pledges[one.outer]
    claims = (outer.teller, inner.teller)
    value = _value(inner, ledger)
    answers = _same_or_different(claims)
    if one.cause == "part-of":
        part = WayToDecide("part_of", (claims[1].id,), claims[0].id, f"a part of {claims[0].text}")
        answers = (part, answers[1])
    bits, pieces = one.bits, one.pieces
    if link is not None and one.cause == "double-count":
        bits, pieces = link.bits, link.pieces
    return Call(
        one.cause,
        _OVERLAPS[one.cause],
        claims,
        chance_of_error(min(abs(bits), CLOSE)),
        None if value is None else value[1],
        bits,
        pieces,
        answers,
    )


def _links(ledger: Ledger) -> Iterator[Call]:
    """Links just above or just below the threshold, by pledge or by two pledges."""
    home = _homes(ledger)
    known = _pairs((*ledger.overlaps, *ledger.near))
    between: dict[tuple[int, int], list[Link]] = defaultdict(list)
    within: dict[int, list[Link]] = defaultdict(list)
    for link in ledger.links:
        a, b = sorted((home[link.a], home[link.b]))
        if a == b:
            within[a].append(link)
        elif frozenset((a, b)) not in known:
            between[a, b].append(link)
    for (a, b), links in sorted(between.items()):
        call = _apart(ledger.pledges[a], ledger.pledges[b], links, ledger)
        if call is not None:
            yield call
    for number, links in sorted(within.items()):
        call = _joined(ledger.pledges[number], links, ledger)
        if call is not None:
            yield call


def _apart(a: Pledge, b: Pledge, links: list[Link], ledger: Ledger) -> Call | None:
    bits = math.fsum(link.bits for link in links)
    if any(link.refused for link in links) or bits < -CLOSE:
        return None
    best = max(links, key=lambda link: (link.bits, link.a, link.b))
    claims = (ledger_claim(best.a, a, b), ledger_claim(best.b, a, b))
    values = [_value(one, ledger) for one in (a, b)]
    known = [value[1] for value in values if value is not None]
    return Call(
        "link-apart",
        "are they one pledge? They are counted as two",
        claims,
        chance_of_error(min(bits, 0.0)),
        min(known) if len(known) == 2 else None,
        bits,
        best.pieces,
        _same_or_different(claims),
    )


def ledger_claim(group_id: str, *pledges: Pledge) -> Claim:
    """The claim that stands for a group of the pledges."""
    return next(one.first for p in pledges for one in p.cluster if one.id == group_id)


def _joined(one: Pledge, links: list[Link], ledger: Ledger) -> Call | None:
    """The weakest member of a pledge, when little holds it there."""
    held: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        if not link.refused:
            held[link.a].append(link)
            held[link.b].append(link)
    joined = ledger.ruling.head if ledger.ruling else {}
    decided = {g.id for g in one.cluster if any(c.id in joined for c in g.claims)}
    bits = {
        name: math.fsum(link.bits for link in found)
        for name, found in held.items()
        if name not in decided
    }
    if not bits:
        return None
    weakest = min(sorted(bits, reverse=True), key=lambda name: bits[name])
    if bits[weakest] > CLOSE:
        return None
    best = max(held[weakest], key=lambda link: (link.bits, link.a, link.b))
    other = best.b if best.a == weakest else best.a
    claims = (ledger_claim(other, one), ledger_claim(weakest, one))
    return Call(
        "link-joined",
        "are they one pledge? They are counted as one",
        claims,
        chance_of_error(max(bits[weakest], 0.0)),
        _alone(claims[1], one, ledger),
        bits[weakest],
        best.pieces,
        (_same_or_different(claims)[1], _same_or_different(claims)[0]),
    )


def _alone(claim: Claim, one: Pledge, ledger: Ledger) -> float | None:
    amount = claim.amount or claim.low or claim.high
    on = claim.value_date or claim.published or one.value_date
    rate = ledger.valuation.unit(claim.currency, ledger.currency, on, claim.precision).rate
    return None if amount is None or rate is None else amount * rate


def _currencies(ledger: Ledger) -> Iterator[Call]:
    for one in ledger.pledges:
        if len(one.readings) > 1 and one.figure.counted is not None:
            claims = [claim for claim in one.claims if claim.currency_basis == "ambiguous"]
            value = _value(one, ledger)
            yield _currency(claims, one.readings, value and value[1] - value[0])
    for series in ledger.series:
        for point in series.points:
            claims = [claim for claim in point.claims if claim.currency_basis == "ambiguous"]
            codes = readings(
                list(point.claims), point.figure.currency, series.donor, series.recipient
            )
            if claims and len(codes) > 1:
                yield _currency(claims, codes, 0.0)


def _currency(claims: list[Claim], codes: tuple[str, ...], effect: float | None) -> Call:
    ids = tuple(claim.id for claim in claims)
    return Call(
        "ambiguous-currency",
        f"which currency: {' or '.join(codes)}?",
        tuple(claims[:2]),
        _OPEN,
        effect,
        None,
        (),
        tuple(WayToDecide("currency", ids, code, f"meant as {code}") for code in codes),
    )


def _contested(ledger: Ledger) -> Iterator[Call]:
    joined = ledger.ruling.head if ledger.ruling else {}
    for one in ledger.pledges:
        found = one.figure
        if not found.contested or not found.supporters:
            continue
        value = _value(one, ledger)
        claims = (found.supporters[0], found.dissenters[0])
        answers = [*_figures(found), WayToDecide("reject", (claims[1].id,), None, "a wrong figure")]
        if not {claim.id for claim in one.claims} & set(joined):  # else a person joined them
            answers.append(_same_or_different(claims)[1])
        yield Call(
            "contested",
            "which figure is right? The sources disagree",
            claims,
            _OPEN,
            value and value[1] - value[0],
            None,
            (),
            tuple(answers),
        )


def _figures(found: Agreed) -> Iterator[WayToDecide]:
    told = [*found.supporters, *found.dissenters]
    amounts = [c.amount for c in told if c.amount is not None and c.currency == found.currency]
    for amount in dict.fromkeys(amounts):
        shown = f"{amount:.0f}" if amount == int(amount) else f"{amount}"
        yield WayToDecide(
            "accept", (told[0].id,), f"{shown} {found.currency}", "the figure that is right"
        )


def _roles(ledger: Ledger) -> Iterator[Call]:
    """Figures taken for pledges, or for nothing, without a word that says so."""
    decided = {
        name
        for name, found in (ledger.ruling.of_claim if ledger.ruling else {}).items()
        if any(one.kind in ("role", "reject") for one in found)
    }
    ids = {claim.id for claim in ledger.claims}
    for pledge in ledger.pledges:
        said = any(claim.status_text or not claim.sentence for claim in pledge.claims)
        if said or any(claim.id in decided for claim in pledge.claims):
            continue
        value = _value(pledge, ledger)
        teller = pledge.teller
        yield _role(teller, "is this a pledge? No verb of giving", value and value[1])
    for claim in ledger.claims:
        tied = claim.base in ids or claim.echo in ids
        open_role = claim.noise_reason == NOTHING_SAYS and claim.id not in decided and not tied
        if open_role and claim.donor and claim.amount is not None:
            yield _noise(claim, ledger)


def _role(claim: Claim, question: str, effect: float | None) -> Call:
    answers = (
        WayToDecide("role", (claim.id,), "pledge", "given or promised"),
        WayToDecide("role", (claim.id,), "total", "a running total"),
        WayToDecide("reject", (claim.id,), None, "no pledge"),
    )
    return Call("weak-role", question, (claim,), _WEAK_ROLE, effect, None, (), answers)


def _noise(claim: Claim, ledger: Ledger) -> Call:
    question = f"is it a pledge after all? It is left out: {NOTHING_SAYS}"
    return _role(claim, question, worth_of(claim, ledger))


def worth_of(claim: Claim, ledger: Ledger) -> float | None:
    """The amount of one claim in the currency of the ledger, where a rate is known."""
    on = claim.value_date or claim.published
    rate = ledger.valuation.unit(claim.currency, ledger.currency, on, claim.precision).rate
    return None if rate is None or claim.amount is None else claim.amount * rate


def money(one: Call, currency: str) -> str:
    """What hangs on a call, in words.

    >>> money(Call("contested", "", (), 0.5, 1e7, None, (), ()), "EUR")
    'the safe sum would move by up to 10 million EUR; even odds'
    """
    if one.effect is None:
        effect = "what the safe sum would move by is not known"
    elif not one.effect:
        effect = "no sum uses it"
    else:
        effect = f"the safe sum would move by up to {amount_words(one.effect)} {currency}"
    if one.chance >= _OPEN:
        return f"{effect}; even odds"
    return f"{effect}; wrong about once in {round(1 / one.chance)} such calls"
