"""One sum as a document tells it: a figure, its conversions and its repeats, with what is said."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import NamedTuple

from ..claims.aims import aims_of
from ..claims.wording import capitals, is_prose, tokens
from ..schema import STAGES
from .revisions import is_older
from .rows import Claim, place, span_of

_FRESH_DAYS = 3  # a date that the words give this close to publication is that of the news


class Group(NamedTuple):
    """Claims of one document that are one sum: a figure, its conversions and its repeats."""

    id: str
    claims: tuple[Claim, ...]
    donor: tuple[str, ...]
    recipient: tuple[str, ...]
    words: tuple[str, ...]
    names: tuple[str, ...]
    amounts: tuple[Claim, ...]  # the best claim for each currency, bases before conversions
    stage: int
    documents: frozenset[tuple[str, str, str]]
    published: tuple[int, ...]  # days of publication, as ordinals
    acts: tuple[tuple[int, int], ...]  # first and last possible days of the acts, as ordinals
    stated: tuple[tuple[int, int], ...] = ()  # of the acts, those that the words give
    again: bool = False  # the words say that the money was told before
    part: bool = False  # the words say that the amount is a part
    whole: bool = False  # … or the whole of which a part is told
    tokens: frozenset[str] = frozenset()  # the longer words of the sentences
    sentences: tuple[str, ...] = ()  # of the claims, each once
    aims: frozenset[str] = frozenset()  # stems of what the money is for, but for whole kinds of aid
    additional: bool = False  # the words say that it is one more: new money
    new: bool = False  # … or that it is a new one
    listed: bool = False  # a line of a table or a bulletin, no sentence
    capitals: frozenset[str] = frozenset()  # words that the sentences write with a capital letter
    instalment: bool = False  # the words say that it is one payment of several …
    nth: frozenset[str] = frozenset()  # … and which one
    yearly: bool = False  # … or that it comes every year
    headline: bool = False  # it stands in headlines alone

    @property
    def first(self) -> Claim:
        """The claim that stands for the group."""
        return self.claims[0]


Cluster = tuple[Group, ...]  # the groups of one pledge
Parties = tuple[tuple[str, ...], tuple[str, ...]]  # donor and recipient


def group(claims: list[Claim]) -> Group:
    """Make one group: the base claim first, parties by majority, words of all."""
    ordered = sorted(claims, key=lambda c: (c.base is not None, c.echo is not None, place(c)))
    said = frozenset[str]().union(*[claim.said.values for claim in ordered])
    return Group(
        id=ordered[0].id,
        claims=tuple(ordered),
        donor=_majority([claim.donor for claim in ordered]),
        recipient=_majority([claim.recipient for claim in ordered]),
        words=tuple(sorted({word for claim in ordered for word in claim.words})),
        names=tuple(sorted({name for claim in ordered for name in claim.names})),
        amounts=_best_of_each_currency(ordered),
        stage=max(STAGES.index(claim.status) for claim in ordered),
        documents=frozenset(claim.document for claim in ordered),
        published=tuple(sorted({c.published.toordinal() for c in ordered if c.published})),
        acts=tuple(sorted({(d[0].toordinal(), d[1].toordinal()) for c in ordered if (d := c.act)})),
        stated=tuple(sorted({span for c in ordered if (span := _stated(c))})),
        again="again" in said,
        part="part" in said,
        whole="whole" in said,
        tokens=_tokens_of(ordered),
        sentences=tuple(dict.fromkeys(claim.sentence for claim in ordered if claim.sentence)),
        aims=_aims(ordered),
        additional="additional" in said,
        new="new" in said,
        listed=_is_listed(ordered),
        capitals=_capitals_of(ordered),
        instalment="instalment" in said,
        nth=_which_payment(ordered),
        yearly="per-year" in said,
        headline=all(claim.zone == "headline" for claim in ordered),
    )


def _best_of_each_currency(ordered: list[Claim]) -> tuple[Claim, ...]:
    """The first claim in each currency, and of an amount before a change beside that after it.

    Others tell the older amount as well as the newer one.
    """
    best: dict[tuple[str, bool], Claim] = {}
    for claim in ordered:
        if claim.band is not None and claim.currency is not None:
            best.setdefault((claim.currency, claim.base is None and is_older(claim)), claim)
    return tuple(best.values())


def _aims(claims: list[Claim]) -> frozenset[str]:
    """Stems of what the sentences say that the money is for, but for whole kinds of aid."""
    sentences = {claim.sentence for claim in claims}
    return frozenset([stem for text in sentences for stem in aims_of(text)[0]])


def _is_listed(claims: list[Claim]) -> bool:
    """Whether the claims stand in lines of a bulletin or a table that has words of its own."""
    sentences = [claim.sentence for claim in claims if claim.sentence]
    return bool(sentences) and not any(map(is_prose, sentences))


def _stated(claim: Claim) -> tuple[int, int] | None:
    """First and last day of the act as the words of the claim give it, by ordinal."""
    if claim.value_date is not None and claim.date_basis == "stated":
        first, last = span_of(claim.value_date, claim.precision)
        if claim.published is None or (claim.published - last).days > _FRESH_DAYS:
            return first.toordinal(), last.toordinal()
        return None  # "on Tuesday" in the paper of Wednesday is news, not an earlier date
    if claim.published is not None and "last-year" in claim.said.values:
        year = claim.published.year - 1
        return dt.date(year, 1, 1).toordinal(), dt.date(year, 12, 31).toordinal()
    return None


def _tokens_of(claims: list[Claim]) -> frozenset[str]:
    """The longer words of the claims' sentences, those of their named programmes aside."""
    named = {token for claim in claims for name in claim.names for token in tokens(name)}
    told = [tokens(sentence) for sentence in {claim.sentence for claim in claims}]
    return (told[0] if len(told) == 1 else frozenset().union(*told)) - named


def _capitals_of(claims: list[Claim]) -> frozenset[str]:
    """Words with a capital letter in the sentences, those of the parties aside."""
    told = [capitals(sentence) for sentence in {claim.sentence for claim in claims}]
    parties = {
        word for claim in claims for one in (*claim.donor, *claim.recipient) for word in one.split()
    }
    return (told[0] if len(told) == 1 else frozenset().union(*told)) - parties


def _which_payment(claims: list[Claim]) -> frozenset[str]:
    """Which of several payments the words say that it is: "third", "2"."""
    told = [claim for claim in claims if "near-nth" in claim.said.values]
    words = [one.said.all_words("near-nth", (one.sentence or "").lower()) for one in told]
    return frozenset(word.split()[0] for found in words for word in found)


def _majority(values: list[tuple[str, ...]]) -> tuple[str, ...]:
    known = [value for value in values if value]
    if len(known) < 2:
        return known[0] if known else ()
    counts = Counter(known)
    return min(counts, key=lambda value: (-counts[value], known.index(value)))


def later_told(one: Group) -> bool:
    """Whether a group recalls an old promise: a recap, or a stage after the pledge."""
    return one.again or bool(one.stated) or one.stage > 1
