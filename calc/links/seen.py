"""Each pledge as the others see it: what tells cheaply with which it may overlap."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from ..values.valuation import Valuation
from .amounts import rate_of
from .bits import LINK
from .days import TWICE_TOLD_DAYS
from .group import Cluster
from .rows import BROAD, Claim, kinds_of

ALIKE = 1.05  # rounding and rates leave two currencies of one sum this far apart
YEAR = 365
_NUMBER = re.compile(r"\d[\d.,]*(?: (?:thousand|million|billion|trillion))?")
MAY_BE = (
    -3.0
)  # bits from which on a part that the words hint at may be one: for the low end of a sum
_RATES = 3.0  # two currencies do not move further apart in the time in which a sum is told twice
_OTHER_CUES = ("near-inclusion", "changed", "of-it")  # beside those of a whole and of a part


class Seen(NamedTuple):
    """What of a cluster tells cheaply, and surely, with which others it cannot overlap.

    And what else is asked of it in each comparison.
    """

    claim: Claim | None  # whose amount stands for the pledge
    currency: str | None
    amount: float
    amounts: frozenset[tuple[str, float]]  # all printed, in each currency that their sign may mean
    size: float  # in euros where a rate is known
    whole: str | None  # the words of such a cue
    part: str | None
    tranche: str | None
    wholes: tuple[str, ...]  # numbers that the words give as those of a whole
    numbers: tuple[str, ...]  # of the printed amounts
    cued: bool
    sources: frozenset[str]
    documents: frozenset[tuple[str, str, str]]
    prose: bool  # it is told in sentences
    today: bool  # … and in money of today
    stage: int
    topics: tuple[str, ...]  # names and words of its first group
    names: frozenset[str]  # of its first group, as the words and kinds
    words: frozenset[str]
    kinds: frozenset[str]
    first: float  # days of publication and of the act
    last: float
    told: float  # the first day of publication

    @classmethod
    def of(cls, cluster: Cluster, valuation: Valuation) -> Seen:
        whole, part, tranche = (
            _said(value, cluster) for value in ("near-whole", "near-part", "near-instalment")
        )
        claim = amount_of(cluster)
        amount, size = _amount_and_size(claim, valuation)
        days = _days(cluster)
        return cls(
            claim=claim,
            currency=claim.currency if claim is not None else None,
            amount=amount,
            amounts=_amounts(cluster),
            size=size,
            whole=whole,
            part=part,
            tranche=tranche,
            wholes=tuple(wholes_of(cluster)),
            numbers=_printed_numbers(cluster),
            cued=bool(whole or part) or any(_said(cue, cluster) for cue in _OTHER_CUES),
            sources=frozenset(claim.source for one in cluster for claim in one.claims),
            documents=frozenset(document for one in cluster for document in one.documents),
            prose=any(one.sentences for one in cluster),
            today=any("today-money" in c.said.values for one in cluster for c in one.claims),
            stage=max(one.stage for one in cluster),
            topics=(*cluster[0].names, *cluster[0].words),
            names=frozenset(cluster[0].names),
            words=frozenset(cluster[0].words).difference(BROAD),
            kinds=kinds_of(cluster[0].words),
            first=min(days, default=-math.inf),
            last=max(days, default=math.inf),
            told=min((one.published[0] for one in cluster if one.published), default=math.inf),
        )

    def may_overlap(self, other: Seen) -> bool:
        """False only where weighing the two would find nothing."""
        if not self.documents.isdisjoint(other.documents):
            if self.prose and other.prose:
                return True  # one document may nest or change them, or tell one in two ways
            if self.topics and self.topics == other.topics and self.stage != other.stage:
                return True  # two stages of one thing in a table
        gap = max(self.first - other.last, other.first - self.last)
        if gap <= TWICE_TOLD_DAYS and not self.amounts.isdisjoint(other.amounts):
            return True
        # Without a cue only amounts of one size can overlap: skip the rest cheaply.
        if not (self.cued or other.cued):
            return 1 / 1.2 < self.size / other.size < 1.2
        one_money = self.currency == other.currency
        ratio = self.amount / other.amount if one_money else self.size / other.size
        limit = ALIKE if one_money else _RATES
        if gap <= TWICE_TOLD_DAYS and 1 / limit <= ratio <= limit:
            return True
        if not self.sources.isdisjoint(other.sources):
            return True  # one document may nest or change them in its words
        if one_money:
            return self._may_be_part(other, gap) if ratio < 1 else other._may_be_part(self, gap)
        return self._may_be_part(other, gap) or other._may_be_part(self, gap)

    def _may_be_part(self, large: Seen, gap: float) -> bool:
        """Whether ``overlaps._part`` can reach ``MAY_BE``, of two documents."""
        named = self.may_name(large)
        if not (self.part or large.whole or named):
            return False
        most = LINK["part-prior"] + max(
            LINK["part-later-larger"], LINK["part-before"] * bool(self.tranche)
        )
        most += LINK["part-cue-part"] * bool(self.part)
        most += LINK["part-cue-whole"] * bool(large.whole)
        most += LINK["part-named"] * named + LINK["part-far"] * (gap > YEAR)
        if not self.names.isdisjoint(large.names):
            most += LINK["part-name"]
        if not self.words.isdisjoint(large.words):
            most += 1.3 * LINK["part-word"]
        if not self.kinds.isdisjoint(large.kinds):
            most += LINK["part-line"]
        elif self.kinds and large.kinds:
            most += LINK["part-other-line"]
        return most > MAY_BE

    def may_name(self, large: Seen) -> bool:
        """False only where the words of the smaller one do not name the amount of the larger."""
        return bool(self.wholes) and any(
            whole.startswith(number) for whole in self.wholes for number in large.numbers
        )

    def may_be_a_year_apart(self, other: Seen) -> bool:
        """False only where the two surely are not."""
        return not max(self.last, other.last) - min(self.first, other.first) <= YEAR


def amount_of(cluster: Cluster) -> Claim | None:
    """The claim whose printed amount stands for the pledge."""
    return next((claim for one in cluster for claim in one.amounts if claim.amount), None)


def _amount_and_size(claim: Claim | None, valuation: Valuation) -> tuple[float, float]:
    """The amount that stands for a pledge, as printed and in euros where a rate is known."""
    if claim is None or not claim.amount:
        return 1.0, 1.0
    rate = rate_of(claim.currency, "EUR", claim, valuation).rate or 1.0
    return claim.amount, claim.amount * rate


def _amounts(cluster: Cluster) -> frozenset[tuple[str, float]]:
    """The printed amounts, each in every currency that its sign may mean."""
    return frozenset(
        (code, claim.amount)
        for one in cluster
        for claim in one.amounts
        if claim.amount
        for code in (claim.currency, *claim.candidates)
        if code
    )


def _days(cluster: Cluster) -> list[int]:
    """All days of publication and of the acts, as ordinals."""
    days = [day for one in cluster for day in one.published]
    return days + [day for one in cluster for act in one.acts for day in act]


def _printed_numbers(cluster: Cluster) -> tuple[str, ...]:
    """The numbers of the printed amounts, without their words of scale."""
    texts = {claim.text for one in cluster for claim in one.claims}
    return tuple({number.split()[0] for text in texts if (number := number_in(text))})


def number_in(text: str) -> str | None:
    """The number of a printed amount as the words on a whole would repeat it.

    >>> number_in("€18 billion"), number_in("several millions")
    ('18 billion', None)
    """
    found = _NUMBER.search(text)
    return found.group() if found else None


def wholes_of(cluster: Cluster) -> set[str]:
    """The numbers that the words on a pledge give as those of a whole."""
    return {
        number
        for one in cluster
        for claim in one.claims
        for number in claim.said.all_words("near-number-of-whole", claim.sentence)
    }


def _said(value: str, cluster: Cluster) -> str | None:
    """The words that say ``value`` of a pledge, or of what its sentences tell with it."""
    for one in cluster:
        for claim in one.claims:
            # "a tranche of the 18 billion" speaks of a part, but the 18 billion are the whole
            if value in ("near-part", "near-instalment") and "whole" in claim.said.values:
                continue
            words = claim.said.words(value, claim.sentence)
            if words:
                return words
    return None
