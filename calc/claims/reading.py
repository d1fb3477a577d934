"""From a document to its claims: every figure with who gives what to whom, and when.

One pass per document: parties, figures and sentences are found once; each sentence then gives its
figures a role, a verb, parties, a purpose and dates. What a sentence leaves open may come from the
document (its one giver, its publication date), never from a guess.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from ..documents import CONTENT, Document
from ..figures import Figure, figures
from ..parties import currencies_of
from ..text.guarded import Guarded, lacks
from .acts import Act, governing_act, told_behind
from .agents import Agents, agents_of, other_party
from .context import HEAD_SENTENCES, Context, Sentence
from .crowds import event_brought, many_give
from .dates import ActDate, act_date, as_of_date, period_of
from .groups import StatedAmount, amounts_of, decide_currencies
from .incomes import mostly_gives, mostly_receives
from .leaning import NOTHING, Lean, ToldSoFar
from .lists import (
    begins_parts,
    goes_on,
    names_whole,
    share_respectively,
    take_over_whole,
)
from .places import Stretch
from .publishers import gives_at_home, is_office
from .purposes import purpose_of
from .receivers import fill_receiver
from .relative import per_head, relative_amounts
from .repeats import mark_repeats
from .roles import NOTHING_SAYS, Role, Surroundings, role_of
from .sentences import Span, clause_around

NEAR = 400  # characters around an amount in which its purpose stands
_AGREEING = Guarded(r"\b(?:sign\w*|agree\w*|conclude\w*|finali[sz]e\w*)\b", re.IGNORECASE)
# Cards, feeds and lists of links all tell of another story: one reason for a reader.
FURNITURE_REASONS = {"feed": "teaser", "related": "teaser"}


def claim_id(source: str, start: int, end: int, text: str) -> str:
    """Twelve hexadecimal digits of the source, the span and the words: stable over re-reading.

    >>> claim_id("a.txt", 10, 26, "10 million euros")
    '550f520a3077'
    """
    key = f"{source}\n{start}:{end}\n{text}"
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def _money(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


_IN_PLEDGES = Guarded(r"\s(?:in|of|worth of)\s(?:\w+\s){0,2}?(pledges|promises|commitments)\b")


_PLEDGES_OF = Guarded(r"\b(pledges|promises|commitments)\s(?:of|worth|totall?ing)\s(?:\w+\s){0,3}$")


def _status(
    sentence: Sentence, act: Act | None, clause: Span, amount: StatedAmount
) -> tuple[str, str | None]:
    """The status and the source's own words for it; a verb counts before a noun.

    But "received 5 million in pledges" are pledges.
    """
    text, near = sentence.text, max(amount.after, amount.start - NEAR)
    in_kind = _IN_PLEDGES.match(text, amount.end, amount.until) or _PLEDGES_OF.search(
        text, near, amount.start
    )
    if in_kind is not None:
        return "pledged" if in_kind.group(1)[0] == "p" else "committed", in_kind.group(1)
    if act is not None:
        return act.status, act.phrase
    for noun in sentence.nouns:
        if noun.status != "unknown" and clause.start <= noun.start < clause.end:
            return noun.status, noun.text
    return "unknown", None


def _value_date(act: ActDate | None, published: datetime.date | None) -> dict[str, Any]:
    if act is not None:
        return {
            "value_date": act.date,
            "value_date_precision": act.precision,
            "value_date_basis": "stated",
        }
    if published is not None:
        return {
            "value_date": published,
            "value_date_precision": "day",
            "value_date_basis": "published",
        }
    return {}


def _received(sentence: Sentence, act: Act | None, agents: Agents, context: Context) -> bool:
    """Whether a receiver is named: by its place, or as the one that the article is about.

    "It bought weapons from Ukraine's factories" names Ukraine, and the article gives to Ukraine.
    """
    if agents.recipient is not None:
        return True
    if act is None or not sentence.mentions:
        return False
    return any(mention.name == context.agents.recipient for mention in sentence.mentions)


# "The bill has 60 billion dollars for Ukraine": money that a law sets aside for somebody
_LAW = Guarded(
    r"\b(?:bill|law|act|legislation|legislative package|supplemental|budget|budgets|decree|deal"
    r"|agreement|facility|mechanism)\b"
)
_FROM = ("from", "from the", "by", "by the")
# "Norway: 5 million", "Saudi Arabia with 1 billion"
_WITH = re.compile(
    r"(?:['’]s\s(?:own\s)?(?:share|part|contribution)\s(?:is|was|of|came to|amounts to))?"
    r"[\s:–—('’s-]*(?:with\s)?(?:(?:about|around|some|nearly|over|at least|up to|almost)\s)?"
)
_GIVER_WITH = Guarded(
    r"\b(?:donors?|contributors?|supporters?|givers?|backers?),? (?:with|at)\b[^,;]*$"
    r"|\bthank(?:ed|s|ing)?\b[^,;]*\bfor\b[^,;]*$"
)
_FOR = re.compile(r"\s(?:\w+\s){0,3}?(?:for|to)\s(?:the\s)?")


def _party_beside(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a party stands right at the figure: "Norway: 5 million", "5 million from Norway"."""
    if any(
        m.start >= end and _FOR.fullmatch(sentence.text, end, m.start) for m in sentence.mentions
    ) and _LAW.search(sentence.text, 0, start):
        return True
    if _GIVER_WITH.search(sentence.text, max(0, start - 60), start):
        return True
    return any(
        (m.end <= start and _WITH.fullmatch(sentence.text, m.end, start))
        or (m.start >= end and sentence.text[end : m.start].strip() in _FROM)
        for m in sentence.mentions
    )


def _role(
    sentence: Sentence,
    amount: StatedAmount,
    clause: Span,
    act: Act | None,
    dated: bool,
    agents: Agents,
    context: Context,
) -> Role:
    """The role that the words around the amount give it."""
    text = sentence.text
    if not amount.members or per_head(text, amount.end):
        return Role("relative")
    near = [noun for noun in sentence.nouns if clause.start <= noun.start < clause.end]
    around = Surroundings(
        text[: amount.first] + text[amount.after or amount.first : amount.until],
        text[max(clause.start, amount.after) : min(clause.end, amount.until)],
        text[clause.start : amount.start],
        text[amount.end : clause.end],
        dated,
        act is not None and act.start >= clause.start,
        partial(_received, sentence, act, agents, context),
        _party_beside(sentence, amount.start, amount.end),
        amount.after > 0,
        act is not None and act.end <= amount.start,
        act is not None and many_give(text, act),
        agents.donor is not None and agents.recipient is not None,
        act is not None and told_behind(act, text, amount.end),
        lacks(text),
    )
    return role_of(around, act, near or sentence.nouns)


def _with_document(
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
    donor, recipient = agents
    if donor is None and recipient != lean.agents.donor:
        donor = lean.agents.donor
    if recipient is None and donor != lean.agents.recipient:
        recipient = lean.agents.recipient
    if donor is not None and recipient is not None:
        return Agents(donor, recipient)
    own = context.agents
    if recipient is None and "|" in (donor or ""):
        signed = _of_two(str(donor).split("|"), own, sentence, amount)
        if signed is not None:
            return signed
    if donor is None and recipient is None and own.donor is not None:
        recipient = other_party(sentence.text, sentence.parties, {own.donor})
    received = act is not None and act.direction == "in"  # from whom is for the sentence to say
    crowd = act is not None and many_give(sentence.text, act)
    crowd = crowd or event_brought(sentence.text, amount.start)
    if (
        donor is None
        and own.donor not in (None, recipient)
        and not (received or crowd or mostly_receives(own.donor or ""))
    ):
        donor = own.donor
    if donor is None and not (received or crowd):
        donor = _publisher_gives(context, sentence, recipient)
    if recipient is None and own.recipient != donor:
        recipient = own.recipient
    return Agents(donor, recipient)


def _of_two(
    joint: list[str], own: Agents, sentence: Sentence, amount: StatedAmount
) -> Agents | None:
    """Which of two that agree gives: the document says so, or their money, or what they are."""
    if len(joint) != 2:
        return None
    for name, other in (joint, joint[::-1]):
        if own.donor == name or own.recipient == other:
            return Agents(name, other)
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
            return Agents(owners[0], joint[1 - joint.index(owners[0])])
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


def _told(
    sentence: Sentence,
    amount: StatedAmount,
    taken: list[tuple[int, int]],
    context: Context,
    lean: Lean = NOTHING,
) -> dict[str, Any]:
    """Role, status, parties, purpose and dates that ``sentence`` tells of ``amount``."""
    text, published = sentence.text, context.document.published
    kind = sentence.zone.kind
    if kind not in CONTENT:
        reason = FURNITURE_REASONS.get(kind, kind)
        noise = {"role": "noise", "noise_reason": reason, "status": "unknown", "donor": None}
        return {**noise, "recipient": None, **_value_date(None, published)}
    clause = clause_around(text, amount.start, amount.end)
    act = governing_act(sentence.acts, text, amount.start, amount.end, clause)
    dated = act_date(text, amount, clause, published)
    figure = Stretch(amount.start, amount.end, amount.after, amount.until, amount.first)
    agents = agents_of(text, sentence.parties, act, figure)
    role = _role(sentence, amount, clause, act, dated is not None, agents, context)
    if role.role == "target":
        agents = agents_of(text, sentence.parties, act, figure, role.role)
    elif role.role != "noise":
        agents = _with_document(agents, context, sentence, amount, act, lean)
    if role.noise_reason == NOTHING_SAYS and lean.role is not None:
        role = Role(lean.role)  # "The first 5 million would come from …"
        agents = _with_document(agents, context, sentence, amount, act, lean)
    status, status_text = _status(sentence, act, clause, amount)
    if status == "unknown":
        status, status_text = lean.status, lean.status_text
    modality = next(
        (n.modality for n in sentence.nouns if n.modality and clause.start <= n.start < clause.end),
        None,
    )
    # a clause of hundreds of figures has its purpose near each
    low, high = max(clause.start, amount.start - NEAR), min(clause.end, amount.end + NEAR)
    spans = [(a, b) for a, b in taken if low < b and a < high]
    spans += [(m.start, m.end) for m in sentence.mentions if low < m.end and m.start < high]
    # what stands between two amounts belongs to the first: "11 billion until 2029, Spain 4 billion"
    own = text[amount.start if amount.after else clause.start : min(clause.end, amount.until)]
    told: dict[str, Any] = {
        "role": role.role,
        "noise_reason": role.noise_reason,
        "status": "unknown" if role.role in ("noise", "target") else status,
        "status_text": status_text,
        "donor": agents.donor,
        "recipient": agents.recipient,
        "purpose": purpose_of(
            text[low:high], low == 0, [(a - low, b - low) for a, b in spans], context.persons
        ),
        "modality": modality,
        "period": period_of(own, published),
        **_value_date(None if role.role == "total" else dated, published),
    }
    if role.role == "total":
        as_of = as_of_date(text, published)
        told["as_of"] = as_of.date if as_of else published
    return told


def _head(document: Document, sentence: Sentence, start: int, end: int) -> dict[str, Any]:
    text = document.text[start:end]
    return {
        "claim_id": claim_id(document.source, start, end, text),
        "source": document.source,
        "publisher": document.publisher,
        "title": document.title,
        "published": document.published,
        "zone": sentence.zone.kind,
        "sentence": sentence.text,
        "_sentence_start": sentence.span.start,
        "text": text,
        "start": start,
        "end": end,
    }


def _own_money(donor: str | None, published: datetime.date | None) -> list[str]:
    """The money of the donors on the day of publication: the lira of 2004 was another."""
    names = [name for name in (donor or "").split("|") if name]
    return [code for name in names for code in currencies_of(name, published)]


def _figure_records(
    sentence: Sentence, inside: Sequence[Figure], context: Context, lean: Lean
) -> list[dict[str, Any]]:
    document, offset = context.document, sentence.span.start
    local = [_local(figure, offset) for figure in inside]
    taken = [(figure.start, figure.end) for figure in local]
    amounts = amounts_of(sentence.text, local, document.published)
    records: list[dict[str, Any]] = []
    for amount, told in zip(
        amounts, _told_together(sentence, amounts, taken, context, lean), strict=True
    ):
        decisions, base = decide_currencies(
            amount.members,
            partial(_own_money, told["donor"], document.published),
            context.figures,
            document.published,
        )
        heads = [
            _head(document, sentence, figure.start + offset, figure.end + offset)
            for figure in amount.members
        ]
        for k, figure in enumerate(amount.members):
            records.append(
                {
                    **heads[k],
                    "amount": _money(figure.amount),
                    "amount_low": _money(figure.low),
                    "amount_high": _money(figure.high),
                    "currency": decisions[k].currency,
                    "currency_basis": decisions[k].basis,
                    "currency_candidates": "|".join(figure.currency_candidates) or None,
                    "qualifier": figure.qualifier,
                    "conversion_of": None if k == base else heads[base]["claim_id"],
                    **told,
                }
            )
    return records


def _told_together(
    sentence: Sentence,
    amounts: Sequence[StatedAmount],
    taken: list[tuple[int, int]],
    context: Context,
    lean: Lean,
) -> list[dict[str, Any]]:
    """What ``sentence`` tells of each of its amounts, which also lean on each other."""
    found: list[dict[str, Any]] = []
    whole: dict[str, Any] | None = None  # of which the last amounts are parts
    for amount in amounts:
        told = _told(sentence, amount, taken, context, lean)
        if found:
            before = found[-1]
            between = sentence.text[amount.after : amount.start]
            take_over_whole(told, before, between, sentence.text[amount.end : amount.until])
            if names_whole(between) and told["role"] == before["role"] == "pledge":
                _share_parties(before, told)
            if begins_parts(between):
                whole = before
            elif whole is not None and not goes_on(between):
                whole = None
            if whole is not None and told["role"] == whole["role"] and told["recipient"] is None:
                told["recipient"] = whole["recipient"]
            if told["donor"] is None and told["role"] in ("pledge", "total"):
                # "Australia's 95 million brings its total to 1.5 billion": whose it was before
                told["donor"] = before["donor"] if before["donor"] != told["recipient"] else None
        found.append(told)
    if len(found) > 1:
        share_respectively(sentence.text, amounts, sentence.parties, found)
    return found


def _share_parties(part: dict[str, Any], whole: dict[str, Any]) -> None:
    """Let a part and its whole have what the other says of giver and receiver."""
    for name, other in (("donor", "recipient"), ("recipient", "donor")):
        for one, two in ((part, whole), (whole, part)):
            if one[name] is None and two[name] != one[other]:
                one[name] = two[name]


def _local(figure: Figure, offset: int) -> Figure:
    span = figure.qualifier_span
    return figure._replace(
        start=figure.start - offset,
        end=figure.end - offset,
        qualifier_span=(span[0] - offset, span[1] - offset) if span else None,
    )


def _relative_records(sentence: Sentence, context: Context) -> list[dict[str, Any]]:
    records = []
    for share in relative_amounts(sentence.text):
        amount = StatedAmount([], share.start, share.end, 0, len(sentence.text), share.start)
        told = _told(sentence, amount, [(share.start, share.end)], context)
        offset = sentence.span.start
        head = _head(context.document, sentence, share.start + offset, share.end + offset)
        records.append({**head, **told})
    return records


def claims_of(document: Document) -> list[dict[str, Any]]:
    """The claims of one document as records with the columns of ``schema.CLAIMS``, by position."""
    money = figures(document.text)
    shares = relative_amounts(document.text)
    if not money and not shares:
        return []
    context = Context(document, money, shares)
    records: list[dict[str, Any]] = []
    said = ToldSoFar(context)
    at = 0
    starts = [share.start for share in shares]
    for sentence in context.sentences:
        while at < len(money) and money[at].start < sentence.span.start:
            at += 1
        inside = []
        while at < len(money) and money[at].start < sentence.span.end:
            inside.append(money[at])
            at += 1
        if inside:
            read = _figure_records(sentence, inside, context, said.before(sentence))
            records.extend(read)
            said.add(sentence, read)
        if bisect_left(starts, sentence.span.start) < bisect_left(starts, sentence.span.end):
            records.extend(_relative_records(sentence, context))
    records.sort(key=lambda record: (record["start"], record["end"]))
    fill_receiver(records, context)
    mark_repeats(records)
    for record in records:
        del record["_sentence_start"]
    return records
