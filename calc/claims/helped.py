"""What a sentence leaves open of giver and receiver, from the document that it stands in."""

from __future__ import annotations

import re

from ..parties import currencies_of
from ..text.guarded import Guarded
from .acts import Act
from .agents import Agents, other_party
from .context import HEAD_SENTENCES, Context, Sentence
from .crowds import many_give, pledges_of_many, to_many
from .groups import StatedAmount
from .incomes import mostly_gives, mostly_receives
from .leaning import Lean
from .publishers import gives_at_home, is_office

_BY_ANOTHER = re.compile(r"\s(?:\w+ly\s)?by\s(?:the\s)?[A-Z]")
# "has raised 5 million": of many; "demining gets 5 million": of the document's giver
_RAISES = re.compile(r"rais|mobili[sz]|secur|collect|gather|attract|borrow|need|seek|sought")
_AGREEING = Guarded(r"\b(?:sign\w*|agree\w*|conclude\w*|finali[sz]e\w*)\b", re.IGNORECASE)


def with_document(
    agents: Agents,
    context: Context,
    sentence: Sentence,
    amount: StatedAmount,
    act: Act | None,
    lean: Lean,
) -> Agents:
    """What the sentence leaves open, from the document's own giver and receiver.

    Of two that agree ("Lithuania and Ukraine have agreed a tranche"), the one that the document
    makes giver gives, or the one whose money the figure is in; the other receives.
    """
    agents = _signed_with(_with_lean(agents, lean, sentence, amount), sentence)
    if agents.donor is not None and agents.recipient is not None:
        return agents
    own = context.agents
    if agents.recipient is None and "|" in (agents.donor or ""):
        gives_and_receives = _of_two(str(agents.donor).split("|"), own, sentence, amount)
        if gives_and_receives is not None:
            return agents.then("one-of-two", *gives_and_receives)
    if not agents.named and own.donor is not None:
        other = other_party(sentence.text, sentence.parties, (own.donor,))
        if other is not None:
            agents = Agents(None, other.value, (*agents.signs, other))
    if agents.donor is None and not _from_others(sentence, amount, act, own):
        agents = _with_giver(agents, context, sentence)
    if agents.recipient is None and own.recipient not in (None, agents.donor):
        if to_many(sentence.text[amount.after : amount.until]):
            return agents  # "to ten Pacific states"
        agents = agents.taking("recipient", own)
    return agents


def _signed_with(agents: Agents, sentence: Sentence) -> Agents:
    """Of two that sign, the one that receives: "Japan and UNRWA signed a grant for Gaza"."""
    joint = (agents.donor or "").split("|")
    received = [name for name in joint if mostly_receives(name)]
    if agents.recipient is None or len(joint) != 2 or len(received) != 1:
        return agents
    if not _AGREEING.search(sentence.text):
        return agents
    joint.remove(received[0])
    return agents.then("one-of-two", joint[0], received[0])


def _with_lean(agents: Agents, lean: Lean, sentence: Sentence, amount: StatedAmount) -> Agents:
    """With whom the sentence before names, where this one leans on it and leaves it open."""
    donor, recipient = agents.donor, agents.recipient
    if lean.agents.donor is not None and pledges_of_many(sentence.text, amount.start, amount.end):
        # "That lifts what has been pledged to the fund to 720 million"
        lean = lean._replace(agents=Agents(None, lean.agents.recipient))
    if donor is None and recipient != lean.agents.donor:
        donor = lean.agents.donor
    if recipient is None and donor != lean.agents.recipient:
        recipient = lean.agents.recipient
    return agents.then(lean.sign, donor, recipient)


def _from_others(sentence: Sentence, amount: StatedAmount, act: Act | None, own: Agents) -> bool:
    """Whether the sentence itself says from whom: somebody received, or a crowd gives."""
    if act is not None and many_give(sentence.text, act):
        return True
    if act is not None and act.direction == "in":
        # "Fiji is to get 5 million" from the document's giver, but it "has received" from many
        in_title = any(sign.name == "title-giver" for sign in own.signs)
        raised = _RAISES.match(act.text.lower()) is not None
        return raised or act.perfect or not (act.planned or in_title)
    if act is not None and act.passive and _BY_ANOTHER.match(sentence.text, act.end):
        return True  # "set aside by the Cabinet of Ministers": one that the table has not
    return pledges_of_many(sentence.text, amount.start, amount.end)


def _with_giver(agents: Agents, context: Context, sentence: Sentence) -> Agents:
    """With the document's own giver, else with the state of its publisher."""
    own = context.agents
    if own.donor not in (None, agents.recipient) and not mostly_receives(own.donor or ""):
        return agents.taking("donor", own)
    giver = _publisher_gives(context, sentence, agents.recipient)
    return agents.then("publisher-at-home", giver, agents.recipient)


def _of_two(
    joint: list[str], own: Agents, sentence: Sentence, amount: StatedAmount
) -> tuple[str, str] | None:
    """Which of two that agree gives: the document says so, or their money, or what they are."""
    if len(joint) != 2:
        return None
    for name, other in (joint, joint[::-1]):
        if own.donor == name or own.recipient == other:
            return name, other
    if not _AGREEING.search(sentence.text):
        return None
    printed = {code for figure in amount.members for code in figure.currency_candidates[:1]}
    for gives in (
        lambda name: bool(printed & set(currencies_of(name))),
        mostly_gives,  # "The bank and the Kenyan government have signed": banks give
        lambda name: not mostly_receives(name),  # "The UK and Kyiv signed a loan"
    ):
        owners = [name for name in joint if gives(name)]
        if len(owners) == 1:
            return owners[0], joint[1 - joint.index(owners[0])]
    return None


def _publisher_gives(context: Context, sentence: Sentence, recipient: str | None) -> str | None:
    """The publisher's own state, where no other one is named that may be meant."""
    publisher = context.document.publisher
    giver = gives_at_home(publisher, sentence.text)
    if giver is None or giver in (recipient or "").split("|"):
        return None
    at = context.place(sentence)
    others = {
        party.name
        for earlier in context.article[max(0, at - HEAD_SENTENCES) : at + 1]
        for party in earlier.parties
        if party.may_be_subject
        and not party.receives
        # a receiver may be the one whose government is meant, but not in a ministry's own words
        and not (mostly_receives(party.name) and (is_office(publisher) or party.kind != "country"))
    }
    return None if others - {giver} else giver
