"""What separates the ends of a sum though no other pledge is named: open parties, shares, amounts.

``review`` asks it beside the relations of pledges to each other.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..ledger.ledger import Ledger
from ..pledges.pledge import Pledge, worth
from ..sums.safe_sum import Undecided, undecided
from .call import Call, WayToDecide

_OPEN = 0.5  # nothing decides: either answer may be right
_ASKED = {
    "implausible": "is the amount right? It is",
    "open-amount": "how much is it? It gives",
    "told-again": "is it a separate pledge? Only",
    "former": "is it still promised? It is",
}


def open_questions(ledger: Ledger) -> Iterator[Call]:
    """Pledges that count for less in the low end than in the high one, each once."""
    yield from _shared(ledger)
    yield from _open_parties(ledger)
    yield from _of_one_donor(ledger)


def _of_one_donor(ledger: Ledger) -> Iterator[Call]:
    """What is asked of the sum of a donor, of a receiver, or of one for the other."""
    told = {(one.donor, one.recipient) for one in ledger.pledges}
    sums = {*told, *((donor, ()) for donor, _ in told), *(((), recipient) for _, recipient in told)}
    seen = set()
    for donor, recipient in sorted(sums):
        for one in undecided(ledger, donor or None, ledger.currency, recipient or None):
            if one.kind in _ASKED and one.pledge.id not in seen:
                seen.add(one.pledge.id)
                question = f"{_ASKED[one.kind]} {one.why}"
                yield _call(one.kind, question, one.pledge, one.effect, _answers(one))


def _answers(one: Undecided) -> list[WayToDecide]:
    ids = (one.pledge.teller.id,)
    figure = one.pledge.figure
    amounts = [figure.amount] if figure.amount is not None else []
    found = [WayToDecide("reject", ids, None, "no separate pledge")]
    if one.kind == "open-amount":
        found, amounts = [], [end for end in figure.counted or () if end]
    for amount in dict.fromkeys(amounts):
        shown = f"{amount:.0f} {figure.currency}"
        found.append(WayToDecide("accept", ids, shown, "the figure that is right"))
    return found


def _shared(ledger: Ledger) -> Iterator[Call]:
    """Pledges of several, of which no share is said: in the high end of each of them."""
    made = {one.outer for one in ledger.overlaps if one.made_of_parts}
    for number, one in enumerate(ledger.pledges):
        told_each = any("each" in claim.said.values for claim in one.claims)
        for facet, names in (("donor", one.donor), ("recipient", one.recipient)):
            if len(names) < 2 or number in made or told_each:
                continue
            ids = (one.teller.id,)
            way = "from" if facet == "donor" else "for"
            answers = [
                WayToDecide(facet, ids, name, f"all of it is {way} {name}") for name in names
            ]
            answers.append(WayToDecide("reject", ids, None, "reported again in the shares of each"))
            word = "give it" if facet == "donor" else "get it"
            question = f"whose share is how much? {' and '.join(names)} {word} together"
            yield _call("joint", question, one, _high(one, ledger), answers)


def _open_parties(ledger: Ledger) -> Iterator[Call]:
    """Pledges that leave a party open, where other figures of the sources name one."""
    named = {
        "donor": any(claim.donor for claim in ledger.claims),
        "recipient": any(claim.recipient for claim in ledger.claims),
    }
    for one in ledger.pledges:
        missing = [
            facet
            for facet, names in (("donor", one.donor), ("recipient", one.recipient))
            if not names and (named[facet] or any(claim.sentence for claim in one.claims))
        ]
        if not missing:
            continue
        ids = (one.teller.id,)
        answers = [
            WayToDecide(facet, ids, name, "the one that is meant")
            for facet in missing
            for name in _near_by(one, facet, ledger)
        ]
        answers.append(WayToDecide("reject", ids, None, "the money of those that are named"))
        answers.append(WayToDecide("role", ids, "total", "the sum of several"))
        question = f"whose pledge is it? It names no {' and no '.join(missing)}"
        yield _call("open-party", question, one, _high(one, ledger), answers)


def _near_by(one: Pledge, facet: str, ledger: Ledger) -> list[str]:
    """The parties that other figures of its document name, the most told first; three at most."""
    documents = {claim.document for claim in one.claims}
    told: dict[str, int] = {}
    for claim in ledger.claims:
        if claim.document in documents:
            for name in claim.donor if facet == "donor" else claim.recipient:
                told[name] = told.get(name, 0) + 1
    return sorted(told, key=lambda name: (-told[name], name))[:3]


def _high(one: Pledge, ledger: Ledger) -> float | None:
    counted = worth(one, ledger.currency, ledger.valuation).counted
    if counted is None:
        return None
    return counted[0] if counted[1] is None else counted[1]


def _call(
    kind: str, question: str, one: Pledge, effect: float | None, answers: list[WayToDecide]
) -> Call:
    return Call(kind, question, (one.teller,), _OPEN, effect, None, (), tuple(answers))
