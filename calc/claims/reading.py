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
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache, partial
from typing import NamedTuple

from rates.errors import UnreadableInputError

from ..documents import CONTENT, Document
from ..figures import Figure, figures_of_prose
from .acts import Act
from .agents import Agents, agents_of
from .choice import choose
from .context import Context, Sentence
from .dates import ActDate, act_date, as_of_date, date_to_come, period_of
from .echoes import totals_told_again
from .evidence import Setting, When
from .groups import StatedAmount, amounts_of, decide_currencies
from .helped import with_document
from .leaning import NOTHING, Lean, ToldSoFar, is_of_that, is_share_of_one
from .leftovers import among_pledges, goes_on_as
from .lists import (
    begins_parts,
    goes_on,
    names_whole,
    share_parties,
    share_respectively,
    take_over_whole,
)
from .places import Stretch
from .purposes import purpose_of
from .receivers import fill_receiver
from .record import Reading
from .relative import relative_amounts
from .repeats import mark_repeats
from .roles import NOTHING_SAYS, Role, role_by
from .said import NOTHING_SAID, Said, said_of, wholes_among
from .sentences import Span
from .signs import added, written
from .statuses import status_of
from .sum_choice import weigh
from .surroundings import role_around

NEAR = 400  # characters around an amount in which its purpose stands
# Cards, feeds and lists of links all tell of another story: one reason for a reader.
FURNITURE_REASONS = {"feed": "teaser", "related": "teaser"}


def claim_id(source: str, start: int, end: int, text: str) -> str:
    """Twelve hexadecimal digits of the source, the span and the words: stable over re-reading.

    >>> claim_id("a.txt", 10, 26, "10 million euros")
    '550f520a3077'
    """
    key = f"{source}\n{start}:{end}\n{text}"
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def _as_float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


class _When(NamedTuple):
    """The value date of a figure, how exactly it is known, and who says it."""

    date: datetime.date | None = None
    precision: str | None = None
    basis: str | None = None


def _value_date(act: ActDate | None, published: datetime.date | None) -> _When:
    if act is not None:
        return _When(act.date, act.precision, "stated")
    if published is not None:
        return _When(published, "day", "published")
    return _When()


@cache
def _outside() -> str | None:
    """The sign of what stands outside the article."""
    return written(role_by("outside-the-article").signs)


def _modality(sentence: Sentence, clause: Span) -> str | None:
    """Whether the clause speaks of a loan, a grant, a guarantee or goods."""
    inside = (noun for noun in sentence.nouns if clause.start <= noun.start < clause.end)
    return next((noun.modality for noun in inside if noun.modality), None)


def _told(
    sentence: Sentence,
    amount: StatedAmount,
    taken: list[tuple[int, int]],
    context: Context,
    lean: Lean = NOTHING,
) -> Reading:
    """Role, status, parties, purpose and dates that ``sentence`` tells of ``amount``."""
    text, published = sentence.text, context.document.published
    kind = sentence.zone.kind
    told_in = partial(
        Reading,
        source=context.document.source,
        publisher=context.document.publisher,
        title=context.document.title,
        published=published,
        zone=kind,
        sentence=text,
        sentence_start=sentence.span.start,
    )
    if kind not in CONTENT:
        when = _value_date(None, published)
        return told_in(
            role="noise",
            noise_reason=FURNITURE_REASONS.get(kind, kind),
            signs=_outside(),
            value_date=when.date,
            value_date_precision=when.precision,
            value_date_basis=when.basis,
        )
    clause, act = sentence.governed(amount.start, amount.end)
    dated = _date_of(text, amount, clause, act, published)
    figure = Stretch(amount.start, amount.end, amount.after, amount.until, amount.first)
    agents = agents_of(text, sentence.parties, act, figure)
    role = role_around(sentence, amount, clause, act, dated is not None, agents, context)
    if role.role == "target":
        agents = agents_of(text, sentence.parties, act, figure, role.role)
    elif role.role != "noise":
        agents = _of_nobody(role, with_document(agents, context, sentence, amount, act, lean))
    if role.noise_reason == NOTHING_SAYS and lean.role is not None:
        # "The first 5 million would come from …"
        role = role_by("sentence-before", lean.role, role.signs)
        agents = with_document(agents, context, sentence, amount, act, lean)
    role = _or_part_of_total(role, lean, text, amount.end)
    stage = status_of(sentence, act, clause, amount, role, lean, context.of_budget)
    # a clause of hundreds of figures has its purpose near each
    low, high = max(clause.start, amount.start - NEAR), min(clause.end, amount.end + NEAR)
    spans = [(a, b) for a, b in taken if low < b and a < high]
    spans += [(m.start, m.end) for m in sentence.mentions if low < m.end and m.start < high]
    # what stands between two amounts belongs to the first: "11 billion until 2029, Spain 4 billion"
    own = text[amount.start if amount.after else clause.start : min(clause.end, amount.until)]
    total = role.role == "total"
    # a level is of its day; what a conference brought has the day of the act
    when = _value_date(None if total and not role.is_of_many else dated, published)
    as_of = as_of_date(text, published) if total else None
    return told_in(
        role=role.role,
        noise_reason=role.noise_reason,
        status=stage.status,
        status_text=stage.text,
        donor=agents.donor,
        recipient=agents.recipient,
        purpose=purpose_of(
            text[low:high], low == 0, [(a - low, b - low) for a, b in spans], context.persons
        ),
        modality=_modality(sentence, clause),
        period=period_of(own, published),
        value_date=when.date,
        value_date_precision=when.precision,
        value_date_basis=when.basis,
        as_of=as_of.date if as_of else published if total else None,
        signs=written((*role.signs, *agents.signs, *stage.signs)),
    )


# "gives 5 million, which will be paid in May"
MOST_FIGURES = 50_000  # in one text: a book has some hundreds
_PAID = r"paid|disbursed|delivered|transferred|released|sent|provided|given|arrive|follow|come"
_TO_BE_PAID = re.compile(rf"\b(?:will|shall|is\sto|are\sto)\s(?:be\s)?(?:\w+ly\s)?(?:{_PAID})\b")


def _date_of(
    text: str, amount: StatedAmount, clause: Span, act: Act | None, published: datetime.date | None
) -> ActDate | None:
    """The date of the act, or of the one that is planned: "will be paid in May"."""
    if act is not None and act.planned:
        verb = act.start, act.end
        planned = date_to_come(text, amount, clause, verb, act.phrase, published)
        if planned is not None:
            return planned
    paid = _TO_BE_PAID.search(text, amount.end, amount.until)
    if paid is not None and published is not None:
        span = clause.start, amount.until
        planned = date_to_come(text, amount, span, paid.span(), "will", published)
        if planned is not None:
            return planned
    return act_date(text, amount, clause, published)


def _of_nobody(role: Role, agents: Agents) -> Agents:
    """The parties without a giver where a crowd gives: no host, speaker or last party named."""
    if not role.is_of_many or agents.donor is None:
        return agents
    kept = [sign for sign in agents.signs if sign.facet != "donor"]
    return agents._replace(donor=None, signs=tuple(kept))


def _or_part_of_total(role: Role, lean: Lean, text: str, end: int) -> Role:
    """Its role, or "total" for a part of one told before: "About 2 billion of it was food"."""
    part = role.role == "pledge" and lean.role == "total" and is_of_that(text, end)
    if part and not is_share_of_one(text, end):
        return role_by("part-of-total", before=role.signs)
    return role


def _setting(sentence: Sentence, told: Reading, context: Context) -> Setting:
    """What stands around an amount of the sentence that may tell its currency."""
    document = context.document
    day, published = told.value_date, document.published
    when = When(day, told.value_date_precision or "day") if day else None
    if published is not None and (day is None or day > published):
        when = When(published)  # an act to come: the writer knew only today's rate
    return Setting(
        donor=told.donor,
        recipient=told.recipient,
        publisher=document.publisher,
        named=lambda: (*context.title_parties, *(one.name for one in sentence.mentions)),
        everywhere=context.printed,
        published=published,
        when=when,
    )


def _of_figures(
    sentence: Sentence, inside: Sequence[Figure], context: Context, lean: Lean
) -> list[Reading]:
    document, offset = context.document, sentence.span.start
    local = [local_figure(figure, offset) for figure in inside]
    taken = [(figure.start, figure.end) for figure in local]
    amounts = amounts_of(sentence.text, local, document.published)
    heard = _heard(sentence, local)
    readings: list[Reading] = []
    for amount, told in zip(
        amounts, _told_together(sentence, amounts, taken, context, lean), strict=True
    ):
        setting = _setting(sentence, told, context)
        readings += of_members(told, amount, setting, document, heard)
    return _with_wholes(readings, heard) if len(heard) > 1 else readings


def of_members(
    told: Reading,
    amount: StatedAmount,
    setting: Setting,
    document: Document,
    heard: Mapping[int, Said],
) -> list[Reading]:
    """What is ``told`` of an amount, for each figure that states it: the sum and its conversions.

    ``heard`` is what the words say of a figure, by its place in the sentence.
    """
    choices, base = decide_currencies(amount.members, setting)
    offset = told.sentence_start
    spans = [Span(one.start + offset, one.end + offset) for one in amount.members]
    ids = [_id(document, span) for span in spans]
    pair = amount.members[0].start, amount.members[-1].end
    readings = []
    for k, (figure, choice) in enumerate(zip(amount.members, choices, strict=True)):
        said = heard.get(figure.start, NOTHING_SAID)
        readings.append(
            told._replace(  # all at once: a copy costs as much as reading a date
                claim_id=ids[k],
                text=document.text[spans[k].start : spans[k].end],
                start=spans[k].start,
                end=spans[k].end,
                amount=_as_float(figure.amount),
                amount_low=_as_float(figure.low),
                amount_high=_as_float(figure.high),
                currency=choice.currency,
                currency_basis=choice.basis,
                currency_candidates="|".join(figure.currency_candidates) or None,
                qualifier=figure.qualifier,
                conversion_of=None if k == base else ids[base],
                said="|".join(said.of_amount) or None,
                signs=added(told.signs, (*choice.signs(figure, pair), *said.signs())),
            )
        )
    return readings


def _id(document: Document, span: Span) -> str:
    return claim_id(document.source, span.start, span.end, document.text[span.start : span.end])


def _heard(sentence: Sentence, local: Sequence[Figure]) -> dict[int, Said]:
    """What the words of a sentence of the article say of each figure, by its place."""
    if sentence.zone.kind not in CONTENT:
        return {}
    spans = tuple([(one.start, one.end) for one in local])
    return {start: said_of(sentence.text, start, end, spans) for start, end in spans}


def _place(one: Reading) -> tuple[int, int]:
    return one.start, one.end


def _original(one: Reading) -> str | None:
    """The figure itself, or the one that it converts."""
    return one.conversion_of or one.claim_id


def _with_wholes(readings: Sequence[Reading], heard: dict[int, Said]) -> list[Reading]:
    """The readings of one sentence, in order, each with the one that it is a part of."""
    ordered = sorted(readings, key=_place)
    wholes = wholes_among([heard[start] for start in sorted(heard)])
    return [
        one if whole is None else one._replace(part_of=_original(ordered[whole]))
        for one, whole in zip(ordered, wholes, strict=True)
    ]


def _told_together(
    sentence: Sentence,
    amounts: Sequence[StatedAmount],
    taken: list[tuple[int, int]],
    context: Context,
    lean: Lean,
) -> list[Reading]:
    """What ``sentence`` tells of each of its amounts, which also lean on each other."""
    found: list[Reading] = []
    whole = -1  # the place of the amount of which the last ones are parts
    for place, amount in enumerate(amounts):
        told = _told(sentence, amount, taken, context, lean)
        if found:
            between = sentence.text[amount.after : amount.start]
            behind = sentence.text[amount.end : amount.until]
            told = take_over_whole(told, found[-1], between, behind)
            told = goes_on_as(told, found[-1], between, behind)
            if names_whole(between) and told.role == found[-1].role == "pledge":
                found[-1], told = share_parties(found[-1], told)
            if begins_parts(between):
                whole = place - 1
            elif whole >= 0 and not goes_on(between):
                whole = -1
            if whole >= 0 and told.role == found[whole].role and told.recipient is None:
                told = told.with_parties("whole-and-part", told.donor, found[whole].recipient)
            giver = found[-1].donor
            if told.donor is None and told.role in ("pledge", "total") and giver != told.recipient:
                # "Australia's 95 million brings its total to 1.5 billion": whose it was before
                told = told.with_parties("giver-of-the-sum-before", giver, told.recipient)
        found.append(told)
    if len(found) > 1:
        return share_respectively(sentence.text, amounts, sentence.parties, found)
    return found


def local_figure(figure: Figure, offset: int) -> Figure:
    span = figure.qualifier_span
    return figure._replace(
        start=figure.start - offset,
        end=figure.end - offset,
        qualifier_span=(span[0] - offset, span[1] - offset) if span else None,
    )


def _of_shares(sentence: Sentence, context: Context) -> list[Reading]:
    readings = []
    for share in relative_amounts(sentence.text):
        amount = StatedAmount([], share.start, share.end, 0, len(sentence.text), share.start)
        told = _told(sentence, amount, [(share.start, share.end)], context)
        offset = sentence.span.start
        span = Span(share.start + offset, share.end + offset)
        readings.append(
            told._replace(
                claim_id=_id(context.document, span),
                text=context.document.text[span.start : span.end],
                start=span.start,
                end=span.end,
            )
        )
    return readings


def claims_of(document: Document) -> list[Reading]:
    """The claims of one document, by position."""
    readings, context = first_look(document)
    return mark_repeats(choose(readings, context)) if context else readings


def first_look(document: Document) -> tuple[list[Reading], Context | None]:
    """What each sentence says, the parties from its own signs: before all candidates are weighed.

    The document taken apart comes with it, or None where it has no figure.
    """
    readings, context = looked_at(document)
    return (weigh(readings, context) if context else readings), context


def looked_at(document: Document) -> tuple[list[Reading], Context | None]:
    """The same before role and status are weighed: what the strongest signs say."""
    money = figures_of_prose(document.text)
    shares = relative_amounts(document.text)
    if not money and not shares:
        return [], None
    if len(money) > MOST_FIGURES:
        raise UnreadableInputError(
            f"{document.source}: {len(money):,} amounts in one text, more than {MOST_FIGURES:,}; "
            "split it into smaller files, or save it as a table",
            document.source,
        )
    context = Context(document, money, shares)
    readings: list[Reading] = []
    said = ToldSoFar(context)
    starts = [share.start for share in shares]
    for sentence, inside in context.figures_by_sentence():
        if inside:
            read = _of_figures(sentence, inside, context, said.before(sentence))
            readings.extend(read)
            said.add(sentence, read)
        if bisect_left(starts, sentence.span.start) < bisect_left(starts, sentence.span.end):
            readings.extend(_of_shares(sentence, context))
    readings.sort(key=_place)
    readings = among_pledges(fill_receiver(readings, context), context)
    return totals_told_again(readings), context
