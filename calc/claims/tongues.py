"""The claims of a document in another language than English, by the signs of ``tongue_signs.tsv``.

Amounts, currencies, stated conversions and repeats are read as in English. Who gives what to whom,
what it is and how far it has come is told by few kinds of signs, whose words are each language's
own; what they do not say stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..documents import CONTENT, Document
from ..figures import Figure
from ..text.words import lowered
from .choice import by_points
from .context import Sentence
from .evidence import Setting, When
from .groups import StatedAmount, amounts_of
from .mentioned import Names
from .reading import FURNITURE_REASONS, local_figure, of_members
from .record import Reading
from .repeats import mark_repeats
from .roles import NOTHING_SAYS, role_by
from .signs import Sign, cell_of, decided, signs_in, top
from .tongue_candidates import BeforeIt, Clause, TongueCandidates, rule_signs
from .tongue_page import TonguePage, acts_in, receiving_in
from .tongue_parties import Stand
from .tongue_rules import Stretches, by_code, of_facets

# Between two amounts: the words up to it belong to the first, those behind it to the second.
_CUT = re.compile(r"[;:,.)–—]|\s-\s|\s(?:und|та|et|oraz|ir|och|og)\s")
_ASIDE = 15  # characters of a bracket before its amount that make it a sentence of its own
_NEAR, _BESIDE = 45, 15  # characters between an amount and its verb
_STRONG_CUT = re.compile(r"[;.]\s")
_RAISED = "-raised-many"  # rules for what was collected, whoever is named beside it
_LINE_BEGINS = re.compile(r"\n[\s•▶▪*·–—-]*\Z")
_BULLETS = tuple("•▶▪*·–—-")
_ITEM_HEAD = re.compile(r"[-•▶▪*·–—\s]*(?:[^.;:]{2,50}(?::|\s[-–—])\s?(?:\w+\s){0,2})?[€$£]?")
_MARKS = 8  # characters of space and marks before an item of a list
# "January 2022 to July 2023", in a heading: all that was given then
_TO = r"[-–—]|bis|до|по|à|a|al|hasta|do|iki|līdz|kuni|till|til|tot"
_SPAN_OF_TIME = re.compile(rf"\b20\d\d\s?(?:{_TO})\s?(?:\w+\s)?(20\d\d)\b")


class _Told(NamedTuple):
    """What is said of an amount, with the signs of it as a cell."""

    role: str
    noise_reason: str | None
    status: str
    status_text: str | None
    donor: str | None
    recipient: str | None
    signs: str | None
    of_many: bool
    asked: TongueCandidates | None = None


def claims_abroad(document: Document, language: str) -> list[Reading]:
    """The claims of a document in ``language``, by position."""
    page = TonguePage(document, language)
    readings = [reading for sentence in _sentences(page) for reading in _readings(page, *sentence)]
    readings.sort(key=lambda one: (one.start, one.end))
    return mark_repeats(_totals_told_elsewhere(readings))


def asked_abroad(document: Document, language: str) -> Iterator[tuple[int, int, TongueCandidates]]:
    """The amounts of a document by their place, with the candidates for giver and receiver."""
    for sentence, amounts, told, _ in _sentences(TonguePage(document, language)):
        for amount, one in zip(amounts, told, strict=True):
            if one.asked is not None:
                start = sentence.span.start
                yield start + amount.start, start + amount.end, one.asked


_Read = tuple[Sentence, Sequence[StatedAmount], Sequence[_Told], Sequence[Stand]]


def _sentences(page: TonguePage) -> Iterator[_Read]:
    """The sentences with figures, each with what is told of its amounts and with its parties."""
    before: _Told | None = None
    heading, last = "", -1
    for sentence, inside in page.context.figures_by_sentence():
        if not inside:
            continue
        above = page.above(sentence)
        if above is not None and above.text.endswith(":"):
            heading = lowered(above.text)
        elif above is None or above.span.start != last:
            heading = ""
        heading = heading if _is_item(page, sentence, inside[0]) else ""
        last = sentence.span.start
        read = _of_sentence(page, sentence, inside, before, heading)
        if sentence.zone.kind in CONTENT:
            before = read[2][-1] if read[2] else before
        yield read


def _is_item(page: TonguePage, sentence: Sentence, figure: Figure) -> bool:
    """Whether a sentence is an item of a list: a line with a mark before it or before its sum."""
    start = sentence.span.start
    before = page.document.text[max(0, start - _MARKS) : start]
    if start and _LINE_BEGINS.search(before) is None:
        return False
    head = page.document.text[start : figure.start]
    return before.rstrip(" ")[-1:] in _BULLETS or _ITEM_HEAD.fullmatch(head) is not None


def _totals_told_elsewhere(readings: Sequence[Reading]) -> list[Reading]:
    """A sum that one place tells as a total is one where another place only names it.

    "Berlin spent 50 billion on Ukraine", above "Since 2022 Germany has spent 50 billion".
    """
    rule = by_code()["total-told-elsewhere"]
    totals = {
        (one.amount, one.currency): one
        for one in readings
        if one.role == "total" and one.donor is not None
    }
    found = []
    for one in readings:
        told = totals.get((one.amount, one.currency)) if one.role == "pledge" else None
        if told is None or told.donor != one.donor or strongest_of(one, "role") >= rule.points:
            found.append(one)
            continue
        status = one.status if one.status_text else told.status
        as_told = [rule.sign(value="total")]
        if status != one.status:
            points = strongest_of(one, "status") + 1
            as_told.append(rule.sign(facet="status", value=status, points=points))
        found.append(
            one._replace(role="total", status=status, as_of=one.published).signed(*as_told)
        )
    return found


def strongest_of(one: Reading, facet: str) -> int:
    """The points of the strongest sign of a facet."""
    return max((sign.points for sign in signs_in(one.signs) if sign.facet == facet), default=0)


def _of_sentence(
    page: TonguePage,
    sentence: Sentence,
    inside: Sequence[Figure],
    before: _Told | None,
    heading: str,
) -> _Read:
    offset, text = sentence.span.start, sentence.text
    local = [local_figure(one, offset) for one in inside]
    amounts = amounts_of(text, local, page.document.published)
    if sentence.zone.kind not in CONTENT:
        return sentence, amounts, [_outside(sentence.zone.kind)] * len(amounts), []
    lower = lowered(text)
    spans = [(one.start, one.end) for one in local]
    named = page.stands_in(sentence, spans)
    asked = _Asked(page, sentence, lower, named, amounts)
    asked.heading = heading
    told: list[_Told] = []
    for stretch, amount in zip(_stretches(lower, amounts), amounts, strict=True):
        last = told[-1] if told else before
        told.append(_tell(asked, stretch, amount, (last, bool(told))))
    return sentence, amounts, told, named


class _Asked:
    """A sentence with figures, and what is found in it once for all of them."""

    def __init__(
        self,
        page: TonguePage,
        sentence: Sentence,
        lower: str,
        named: Sequence[Stand],
        amounts: Sequence[StatedAmount],
    ) -> None:
        self.page = page
        self.sentence = sentence
        self.named = named
        self.amounts = amounts
        self.around = page.around(sentence)
        self.heading = ""  # of the list whose item it is, in lower case
        self.acts = acts_in(lower, page.language)
        self.receiving = receiving_in(lower, page.language)
        rules = of_facets(page.language, "we")
        self.we = any(rule.pattern.search(lower) is not None for rule in rules)


def _outside(kind: str) -> _Told:
    role = role_by("outside-the-article")
    reason = FURNITURE_REASONS.get(kind, kind)
    return _Told("noise", reason, "unknown", None, None, None, _cells(role.signs), False)


def _stretches(lower: str, amounts: Sequence[StatedAmount]) -> list[Stretches]:
    """For each amount the words that are its own."""
    cuts = [_bracket(lower, amounts[0].start)]
    for one, other in pairwise(amounts):
        strong = _STRONG_CUT.search(lower, one.end, other.start)
        cut = strong or _CUT.search(lower, one.end, other.start)
        cuts.append(cut.end() if cut else one.end)
    cuts.append(len(lower))
    spare = [(0, cuts[0]), (0, amounts[0].start), (amounts[-1].end, len(lower))]
    return [
        Stretches(lower, (low, high), tuple(one for one in spare if one[0] < one[1]))
        for low, high in pairwise(cuts)
    ]


def _bracket(lower: str, start: int) -> int:
    """Where the words of the first amount begin: in a bracket that stands open before it."""
    opened = lower.rfind("(", 0, start)
    an_aside = start - opened > _ASIDE  # "the USA (68 billion)" is none
    return opened + 1 if an_aside and opened > lower.rfind(")", 0, start) else 0


def _cells(signs: Iterable[Sign], cells: Sequence[str] = ()) -> str | None:
    return "|".join([*map(cell_of, signs), *cells]) or None


def _tell(
    asked: _Asked, stretch: Stretches, amount: StatedAmount, lean: tuple[_Told | None, bool]
) -> _Told:
    """All that the sentence says of one of its amounts; ``lean``: what was told before it."""
    language = asked.page.language
    status_signs = [
        _nearer(sign, amount)
        for rule in of_facets(language, "status")
        for sign in stretch.found(rule)
    ]
    role_signs = _role_signs(language, stretch, asked.named, amount.start)
    near = _without_far_needs(role_signs, status_signs, amount)
    candidates = _candidates(asked, stretch, amount, lean, near)
    (donor, recipient), party_cells = _parties(candidates)
    known = by_code()
    if asked.page.is_tracker and not any(one.value != "disbursed" for one in status_signs):
        role_signs.append(known["tracker-told"].sign())
    if status_signs:
        role_signs.append(known["says-it-is-given"].sign())
    else:
        status_signs = _status_of_heading(asked)
    role_signs += _of_heading(asked)
    if donor is not None:
        role_signs.append(known["giver-named"].sign())
    if donor is not None and recipient is not None:
        role_signs.append(known["giver-and-receiver"].sign())
    role_signs += _as_before(*lean)
    role_signs = _without_far_needs(role_signs, status_signs, amount)
    if not role_signs:
        cells = _cells(role_by("nothing-says").signs)
        return _Told("noise", NOTHING_SAYS, "unknown", None, None, None, cells, False)
    best = top(role_signs)
    if best.value == "noise":
        reason = next(r.reason for r in of_facets(language, "role") if r.name == best.name)
        cells = _cells(role_signs)
        return _Told("noise", reason, "unknown", None, None, None, cells, False)
    of_many = best.name.endswith("-many")
    if of_many or best.value == "target":
        donor = None
        party_cells = [one for one in party_cells if not one.startswith("donor ")]
    status, words, status_signs = _status(
        best.value, status_signs, stretch, lean[0], of_one=donor is not None, of_many=of_many
    )
    cells = _cells([*role_signs, *status_signs, *rule_signs(asked.named)], party_cells)
    return _Told(best.value, None, status, words, donor, recipient, cells, of_many, candidates)


def _of_heading(asked: _Asked) -> list[Sign]:
    """The role that the heading of a list gives to its items, where it gives one."""
    rules = of_facets(asked.page.language, "role") if asked.heading else ()
    values = [
        rule.value
        for rule in rules
        if rule.value in ("total", "target") and rule.pattern.search(asked.heading)
    ]
    past = _SPAN_OF_TIME.search(asked.heading)
    day = asked.page.document.published
    if past is not None and (day is None or int(past.group(1)) <= day.year):
        values.append("total")
    return [by_code()["of-a-list"].sign(value=value) for value in values[:1]]


def _status_of_heading(asked: _Asked) -> list[Sign]:
    """The status that the heading of a list gives to its items."""
    rules = of_facets(asked.page.language, "status") if asked.heading else ()
    values = [rule.value for rule in rules if rule.pattern.search(asked.heading)]
    rule = by_code()["status-as-before"]
    return [rule.sign(facet="status", value=value) for value in values[:1]]


def _without_far_needs(
    role_signs: list[Sign], status_signs: Sequence[Sign], amount: StatedAmount
) -> list[Sign]:
    """The signs without a need that stands farther off than a verb of giving.

    "Ukraine needs support, so today we set aside 1.6 billion".
    """
    nearest = min((_gap(sign, amount) for sign in status_signs), default=None)
    if nearest is None:
        return role_signs
    return [
        sign
        for sign in role_signs
        if sign.value != "target" or _gap(sign, amount) <= min(nearest, _NEAR)
    ]


def _gap(sign: Sign, amount: StatedAmount) -> int:
    """Characters between a sign and the amount."""
    return max(sign.start - amount.end, amount.start - sign.end, 0)


def _as_before(last: _Told | None, same_sentence: bool) -> list[Sign]:
    """The sign that a sum is of the kind of the one before it."""
    if last is None or last.role not in ("pledge", "total"):
        return []
    name = "as-the-sum-before" if same_sentence else "as-the-line-before"
    return [by_code()[name].sign(value=last.role)]


def _nearer(sign: Sign, amount: StatedAmount) -> Sign:
    """The sign of a verb, for more points where it stands close to the amount."""
    gap = _gap(sign, amount)
    return sign._replace(points=sign.points + 2 + (gap <= _BESIDE)) if gap <= _NEAR else sign


def _role_signs(language: str, stretch: Stretches, named: Sequence[Stand], at: int) -> list[Sign]:
    """The signs of the role; a crowd counts only where no single giver is named."""
    low, high = stretch.own
    ahead = min(high, at)  # "…, the French president said" gives nothing
    one_gives = any(one.may_give for one in named if low <= one.start < ahead)
    return [
        sign._replace(facet="role")
        for rule in of_facets(language, "role", "crowd")
        if rule.facet == "role" or not one_gives or rule.name.endswith(_RAISED)
        for sign in stretch.found(rule)
    ]


def _status(
    role: str,
    signs: list[Sign],
    stretch: Stretches,
    last: _Told | None,
    *,
    of_one: bool,
    of_many: bool,
) -> tuple[str, str | None, list[Sign]]:
    """The status, the source's own words for it, and the signs."""
    known = by_code()
    if role == "target":
        signs = [*signs, known["nobody-promised"].sign(facet="status", value="unknown")]
    elif not signs and last is not None and last.role == role and last.status != "unknown":
        signs = [known["status-as-before"].sign(facet="status", value=last.status)]
    elif not signs and (role == "pledge" or of_many):
        signs = [known["promised-at-least"].sign(facet="status", value="pledged")]
    elif not signs and of_one:
        signs = [known["given-so-far"].sign(facet="status", value="disbursed")]
    chosen = decided(signs, "status")
    strongest = top(signs) if signs else None
    words = strongest.words(stretch.lower) if strongest is not None else None
    return chosen.value or "unknown", words, signs


def _candidates(
    asked: _Asked,
    stretch: Stretches,
    amount: StatedAmount,
    lean: tuple[_Told | None, bool],
    role_signs: Sequence[Sign],
) -> TongueCandidates:
    last, same_sentence = lean
    told = BeforeIt(last.donor, last.recipient, same_sentence, last.of_many) if last else None
    regions = of_facets(asked.page.language, "region")
    clause = Clause(
        asked.sentence.text,
        asked.named,
        asked.acts,
        asked.receiving,
        amount,
        stretch.own,
        [one for one in asked.amounts if one.start != amount.start],
        tuple(_nobodys(role_signs)),
        asked.we,
        any(rule.pattern.search(stretch.lower, *stretch.own) for rule in regions),
    )
    return TongueCandidates(clause, asked.around._replace(last=told))


def _nobodys(role_signs: Sequence[Sign]) -> Iterator[str]:
    """What speaks for naming nobody: many who give, a need, a loss."""
    if role_signs:
        best = top(role_signs)
        if best.name.endswith("-many"):
            yield "is-of-many"
        elif best.value in ("target", "noise"):
            yield f"is-{best.value}"
    if any(sign.name.endswith("-many") for sign in role_signs):
        yield "many-named"


def _parties(
    candidates: TongueCandidates,
) -> tuple[tuple[str | None, str | None], list[str]]:
    """Giver and receiver of an amount, with the signs of the choice."""
    chosen, cells = by_points(candidates)
    donor, recipient = chosen["donor"], chosen["recipient"]
    if set(donor) & set(recipient):
        recipient = ()
        cells = [one for one in cells if not one.startswith("recipient ")]
    return (_cell(donor), _cell(recipient)), cells


def _cell(names: Names) -> str | None:
    return "|".join(names) or None


def _readings(
    page: TonguePage,
    sentence: Sentence,
    amounts: Sequence[StatedAmount],
    told: Sequence[_Told],
    named: Sequence[Stand],
) -> list[Reading]:
    document, day = page.document, page.document.published
    found = []
    for amount, one in zip(amounts, told, strict=True):
        setting = Setting(
            donor=one.donor,
            recipient=one.recipient,
            publisher=document.publisher,
            named=lambda: tuple(stand.name for stand in named),
            everywhere=page.context.printed,
            published=day,
            when=When(day) if day else None,
        )
        reading = Reading(
            source=document.source,
            publisher=document.publisher,
            title=document.title,
            published=day,
            zone=sentence.zone.kind,
            sentence=sentence.text,
            sentence_start=sentence.span.start,
            role=one.role,
            noise_reason=one.noise_reason,
            status=one.status,
            status_text=one.status_text,
            donor=one.donor,
            recipient=one.recipient,
            value_date=day,
            value_date_precision="day" if day else None,
            value_date_basis="published" if day else None,
            as_of=day if one.role == "total" else None,
            signs=one.signs,
        )
        found += of_members(reading, amount, setting, document, {})
    return found
