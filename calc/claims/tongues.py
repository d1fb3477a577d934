"""The claims of a document in another language than English, by the signs of ``tongue_signs.tsv``.

Amounts, currencies, stated conversions and repeats are read as in English. Who gives what to whom,
what it is and how far it has come is told by few kinds of signs, whose words are each language's
own; what they do not say stays open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ..documents import CONTENT, Document
from ..figures import Figure, figures_of_prose
from ..text.lazy import cached_property
from ..text.words import lowered
from .context import Context, Sentence
from .evidence import Setting, When
from .groups import StatedAmount, amounts_of
from .reading import FURNITURE_REASONS, local_figure, of_members
from .record import Reading
from .repeats import mark_repeats
from .roles import NOTHING_SAYS, role_by
from .served import served_by_programmes
from .signs import Sign, changed, decided, signs_in, top, written
from .tongue_parties import Stand, givers, receivers, stands
from .tongue_rules import Stretches, by_code, of_facets

# Between two amounts: the words up to it belong to the first, those behind it to the second.
_CUT = re.compile(r"[;:,.)–—]|\s-\s|\s(?:und|та|et|oraz|ir|och|og)\s")
_NEAR, _BESIDE = 45, 15  # characters between an amount and its verb
_STRONG_CUT = re.compile(r"[;.]\s")


class _Told(NamedTuple):
    """What is said of an amount, with the signs of it."""

    role: str
    noise_reason: str | None
    status: str
    status_text: str | None
    donor: str | None
    recipient: str | None
    signs: tuple[Sign, ...]
    of_many: bool


class _Page:
    """The document: whom it makes giver and receiver where a sentence names nobody."""

    def __init__(self, document: Document, language: str) -> None:
        self.document = document
        self.language = language
        self.context = Context(document, figures_of_prose(document.text))

    def _stands(self, text: str) -> list[Stand]:
        lower = lowered(text)
        return stands(text, lower, self.language, (), _acts(lower, self.language))

    @cached_property
    def _in_title(self) -> list[Stand]:
        return self._stands(self.document.title or "")

    @cached_property
    def _named(self) -> list[Stand]:
        article = [one for told in self.context.article for one in self._stands(told.text)]
        return [*self._in_title, *article]

    @cached_property
    def donor(self) -> str | None:
        """The only party that the page names and that may give."""
        return _only_giver(self._named)

    @cached_property
    def title_donor(self) -> str | None:
        """The only party in the title that may give."""
        return _only_giver(self._in_title)

    @cached_property
    def recipient(self) -> str | None:
        """The only country that the page names and that receives, else the only fund or agency."""
        may = [one for one in self._named if one.receiving > one.giving]
        may = [one for one in may if not one.is_place] or may
        served = served_by_programmes(self.document.text)
        for names in (served | {one.name for one in may if one.code}, {one.name for one in may}):
            if names:
                return names.pop() if len(names) == 1 else None
        return None


def _only_giver(named: Sequence[Stand]) -> str | None:
    names = {one.name for one in named if one.may_give}
    return names.pop() if len(names) == 1 else None


def _acts(lower: str, language: str) -> list[Sign]:
    """The words of giving in a sentence, each with its place."""
    return [
        rule.sign(*fit.span())
        for rule in of_facets(language, "status")
        for fit in rule.pattern.finditer(lower)
    ]


def claims_abroad(document: Document, language: str) -> list[Reading]:
    """The claims of a document in ``language``, by position."""
    page = _Page(document, language)
    readings: list[Reading] = []
    before: _Told | None = None
    for sentence, inside in page.context.figures_by_sentence():
        if inside:
            found, before = _of_sentence(page, sentence, inside, before)
            readings += found
    readings.sort(key=lambda one: (one.start, one.end))
    return mark_repeats(_totals_told_elsewhere(readings))


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
    page: _Page, sentence: Sentence, inside: Sequence[Figure], before: _Told | None
) -> tuple[list[Reading], _Told | None]:
    offset, text = sentence.span.start, sentence.text
    local = [local_figure(one, offset) for one in inside]
    amounts = amounts_of(text, local, page.document.published)
    if sentence.zone.kind not in CONTENT:
        outside = [_outside(sentence.zone.kind)] * len(amounts)
        return _readings(page, sentence, amounts, outside, []), before
    lower = lowered(text)
    named = stands(
        text,
        lower,
        page.language,
        [(one.start, one.end) for one in local],
        _acts(lower, page.language),
    )
    told: list[_Told] = []
    for stretch, amount in zip(_stretches(lower, amounts), amounts, strict=True):
        last = told[-1] if told else before
        told.append(_tell(page, sentence, named, stretch, amount, (last, bool(told))))
    return _readings(page, sentence, amounts, told, named), told[-1] if told else before


def _outside(kind: str) -> _Told:
    role = role_by("outside-the-article")
    reason = FURNITURE_REASONS.get(kind, kind)
    return _Told("noise", reason, "unknown", None, None, None, tuple(role.signs), False)


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
    return opened + 1 if opened > lower.rfind(")", 0, start) else 0


def _tell(
    page: _Page,
    sentence: Sentence,
    named: Sequence[Stand],
    stretch: Stretches,
    amount: StatedAmount,
    lean: tuple[_Told | None, bool],
) -> _Told:
    """All that the sentence says of one of its amounts; ``lean``: what was told before it."""
    language = page.language
    status_signs = [
        _nearer(sign, amount)
        for rule in of_facets(language, "status")
        for sign in stretch.found(rule)
    ]
    donor, recipient, party_signs = _parties(page, sentence, named, stretch, amount, lean)
    role_signs = _role_signs(language, stretch, named)
    known = by_code()
    if status_signs:
        role_signs.append(known["says-it-is-given"].sign())
    if donor is not None and recipient is not None:
        role_signs.append(known["giver-and-receiver"].sign())
    role_signs += _as_before(*lean)
    role_signs = _without_far_needs(role_signs, status_signs, amount)
    if not role_signs:
        signs = tuple(role_by("nothing-says").signs)
        return _Told("noise", NOTHING_SAYS, "unknown", None, None, None, signs, False)
    best = top(role_signs)
    if best.value == "noise":
        reason = next(r.reason for r in of_facets(language, "role") if r.name == best.name)
        return _Told("noise", reason, "unknown", None, None, None, tuple(role_signs), False)
    of_many = best.name.endswith("-many")
    if of_many or best.value == "target":
        donor = None
        party_signs = [one for one in party_signs if one.facet != "donor" or not one.points]
    status, words, status_signs = _status(
        best.value, status_signs, stretch, lean[0], of_one=donor is not None
    )
    every = (*role_signs, *party_signs, *status_signs)
    return _Told(best.value, None, status, words, donor, recipient, every, of_many)


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


def _role_signs(language: str, stretch: Stretches, named: Sequence[Stand]) -> list[Sign]:
    """The signs of the role; a crowd counts only where no single giver is named."""
    low, high = stretch.own
    one_gives = any(one.may_give for one in named if low <= one.start < high)
    return [
        sign._replace(facet="role")
        for rule in of_facets(language, *(("role",) if one_gives else ("role", "crowd")))
        for sign in stretch.found(rule)
    ]


def _status(
    role: str,
    signs: list[Sign],
    stretch: Stretches,
    last: _Told | None,
    *,
    of_one: bool,
) -> tuple[str, str | None, list[Sign]]:
    """The status, the source's own words for it, and the signs."""
    known = by_code()
    if role == "target":
        signs = [*signs, known["nobody-promised"].sign(facet="status", value="unknown")]
    elif not signs and last is not None and last.role == role and last.status != "unknown":
        signs = [known["status-as-before"].sign(facet="status", value=last.status)]
    elif not signs and role == "pledge":
        signs = [known["promised-at-least"].sign(facet="status", value="pledged")]
    elif not signs and of_one:
        signs = [known["given-so-far"].sign(facet="status", value="disbursed")]
    chosen = decided(signs, "status")
    strongest = top(signs) if signs else None
    words = strongest.words(stretch.lower) if strongest is not None else None
    return chosen.value or "unknown", words, signs


def _parties(
    page: _Page,
    sentence: Sentence,
    named: Sequence[Stand],
    stretch: Stretches,
    amount: StatedAmount,
    lean: tuple[_Told | None, bool],
) -> tuple[str | None, str | None, list[Sign]]:
    """Giver and receiver of an amount, from its own words outward."""
    text, (low, high) = sentence.text, stretch.own
    own = [one for one in named if low <= one.start < high]
    lead = [one for one in named if one.start < amount.first]
    signs = [sign for one in named for sign in one.places]
    last, same_sentence = lean
    donor, found = givers(own, amount.start, text)
    if donor is None and last is not None and same_sentence and last.donor is not None:
        donor, found = last.donor, _as("giver-as-before", "donor", last.donor)
    if donor is None:
        donor, found = givers(lead, amount.start, text)
    if donor is None:
        donor, found = _giver_elsewhere(page, sentence, named, last)
    signs += found
    recipient, found = receivers(own, amount.start, text)
    if recipient is None:
        recipient, found = receivers(named, amount.start, text)
    if recipient is None:
        served = served_by_programmes(text)
        recipient = served.pop() if len(served) == 1 else page.recipient
        found = _as("receiver-of-page", "recipient", recipient)
    signs += found
    if (
        recipient is not None
        and donor is not None
        and set(recipient.split("|")) & set(donor.split("|"))
    ):
        recipient = None
    chosen = decided(signs, "donor").value, decided(signs, "recipient").value
    return donor, recipient, [*signs, *_aligned(signs, chosen, (donor, recipient))]


def _aligned(
    signs: Sequence[Sign],
    chosen: tuple[str | None, str | None],
    meant: tuple[str | None, str | None],
) -> list[Sign]:
    firsts = tuple(one.split("|")[0] if one else None for one in meant)
    return [] if chosen == firsts else changed(signs, chosen, meant, "nearest-of-equals")


def _as(name: str, facet: str, value: str | None) -> tuple[Sign, ...]:
    if value is None:
        return ()
    rule = by_code()[name]
    return tuple(rule.sign(facet=facet, value=one) for one in value.split("|"))


def _giver_elsewhere(
    page: _Page, sentence: Sentence, named: Sequence[Stand], last: _Told | None
) -> tuple[str | None, tuple[Sign, ...]]:
    """The own government, the only giver of the page, or that of the sentence before."""
    for rule in of_facets(page.language, "home"):
        fit = rule.pattern.search(lowered(sentence.text))
        if fit is not None:
            return rule.value, (rule.sign(*fit.span(), facet="donor"),)
    if page.donor is not None:
        return page.donor, _as("giver-of-page", "donor", page.donor)
    if page.title_donor is not None and not any(one.may_give for one in named):
        return page.title_donor, _as("giver-of-title", "donor", page.title_donor)
    if last is not None and last.donor is not None and not last.of_many:
        others = {one.name for one in named if one.giving and not one.is_place}
        if not others:
            return last.donor, _as("giver-as-before", "donor", last.donor)
    return None, ()


def _readings(
    page: _Page,
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
            everywhere=page.context.figures,
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
            signs=written(one.signs),
        )
        found += of_members(reading, amount, setting, document, {})
    return found
