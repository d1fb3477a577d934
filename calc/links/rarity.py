"""How common words, names and amounts are: what sharing them is worth, in bits."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from .group import Group, Parties
from .rows import BROAD, Claim

_FEW_SUMS = 8  # of one donor and recipient, up to which the prior needs no correction
# Rarity in bits (log2 of how seldom a word is met) from which on it counts, and up to which it
# counts: beyond, one more doubling tells nothing that a few hundred claims could show.
_WORD_LEAST, _WORD_MOST, _WORDS_MOST = 0.5, 2.0, 2.6
_BROAD_LEAST, _BROAD_MOST = 0.25, 1.0  # whole kinds of aid: most claims share them
_NAME_LEAST, _NAME_MOST = 1.0, 2.6
_AIMS_MOST = 2.3
_TOKEN_COMMON, _TOKEN_MOST, _TOKENS_MOST = 3.0, 2.0, 4.0
_CAPITAL_COMMON, _CAPITALS_MOST = 2.0, 4.0
_AMOUNT_MOST = {1: 2.6, 2: 4.8, 3: 7.0}  # by significant digits: there are few numbers of one
_AMOUNT_LEAST = 1.0
_SUM_DAYS = 45  # a number that is told again after more days may be another sum


Number = tuple[Parties, str, str]  # … and the currency and the digits of a sum


def sums_told(groups: Iterable[Group]) -> Counter[Number]:
    """How many sums of one number each donor and recipient are told of, at the most.

    A number told again within a month and a half counts once: many claims of few pledges are no
    sign that two of them are of different ones.
    """
    told: dict[Number, list[int]] = {}
    for one in groups:
        for claim in one.amounts[:1]:
            key = ((one.donor, one.recipient), claim.currency or "", claim.digits)
            told.setdefault(key, []).extend(one.published[:1])
    found: Counter[Number] = Counter()
    for number, days in told.items():
        days.sort()
        found[number] = 1 + sum(after - before > _SUM_DAYS for before, after in pairwise(days))
    return found


class Rarity(NamedTuple):
    """How common words, names and amounts are: among all groups, and among a donor's own."""

    groups: int
    words: dict[str, int]
    own: dict[tuple[tuple[str, ...], str], int]
    amounts: dict[tuple[tuple[str, ...], str, str], int]
    donors: dict[tuple[str, ...], int]
    pairs: dict[Parties, int]  # sums told
    numbers: dict[Number, int]  # … of the numbers that are told of more than one
    weighed: dict[tuple[str, ...], dict[str, float]]  # what a donor's word was found to be worth

    @classmethod
    def of(cls, groups: list[Group]) -> Rarity:
        """Count words and each donor's amounts over ``groups``."""
        words: Counter[str] = Counter()
        own: Counter[tuple[tuple[str, ...], str]] = Counter()
        amounts: Counter[tuple[tuple[str, ...], str, str]] = Counter()
        for one in groups:
            said = {*one.words, *one.names, *(f"~{token}" for token in one.tokens)}
            said |= {f"^{stem}" for stem in one.aims}
            said |= {f"!{word}" for word in one.capitals}
            words.update(said)
            own.update((one.donor, word) for word in said)
            amounts.update({(one.donor, c.currency or "", c.digits) for c in one.amounts})
        donors = Counter(one.donor for one in groups)
        told = sums_told(groups)
        pairs: Counter[Parties] = Counter()
        for (parties, *_number), sums in told.items():
            pairs[parties] += sums
        numbers = {number: sums for number, sums in told.items() if sums > 1}
        return cls(
            groups=len(groups),
            words=dict(words),
            own=dict(own),
            amounts=dict(amounts),
            donors=dict(donors),
            pairs=dict(pairs),
            numbers=numbers,
            weighed={},
        )

    def _bits(self, word: str, donor: tuple[str, ...]) -> float:
        """How surprising it is that two claims share ``word``: by the corpus, by the donor."""
        others = max(self.words.get(word, 0) - 2, 0)
        bits = -math.log2((others + 1) / (self.groups + 16))
        others = max(self.own.get((donor, word), 0) - 2, 0)
        return min(bits, -math.log2((others + 1) / (self.donors.get(donor, 0) + 16)))

    def of_words(self, shared: Iterable[str], donor: tuple[str, ...] = ()) -> float:
        """What sharing purpose words is worth, as a share of the most that one may be worth."""
        return min(_WORDS_MOST, sum([self._of_word(word, donor) for word in shared])) / _WORD_MOST

    def _of_word(self, word: str, donor: tuple[str, ...]) -> float:
        if word in BROAD:
            return max(_BROAD_LEAST, min(self._bits(word, donor), _BROAD_MOST))
        return max(_WORD_LEAST, min(self._bits(word, donor), _WORD_MOST))

    def of_name(self, name: str, donor: tuple[str, ...] = ()) -> float:
        """What sharing a named programme is worth, of 1; one that everybody names says little."""
        return max(_NAME_LEAST, min(self._bits(name, donor), _NAME_MOST)) / _NAME_MOST

    def of_aims(self, stems: Iterable[str], donor: tuple[str, ...]) -> float:
        """What sharing words of what the money is for is worth, of 1, by their rarity."""
        worth = math.fsum(max(self._bits(f"^{stem}", donor), _WORD_LEAST) for stem in stems)
        return min(worth, _AIMS_MOST) / _AIMS_MOST

    def of_tokens(self, tokens: Iterable[str], donor: tuple[str, ...]) -> float:
        """What sharing words of the sentence is worth, of 1: only rare ones say anything.

        How rare a word is, a few claims cannot tell: they count in full from some fifty on.
        """
        known = self.donors.get(donor, 0)
        own = self.weighed.setdefault(donor, {})
        worth = math.fsum([own[t] if t in own else self._of_token(t, donor, own) for t in tokens])
        return min(worth, _TOKENS_MOST) / _TOKENS_MOST * known / (known + 50)

    def _of_token(self, token: str, donor: tuple[str, ...], own: dict[str, float]) -> float:
        own[token] = min(max(self._bits(f"~{token}", donor) - _TOKEN_COMMON, 0.0), _TOKEN_MOST)
        return own[token]

    def of_capitals(self, words: Iterable[str], donor: tuple[str, ...]) -> float:
        """What sharing words with a capital letter is worth, of 1: those of names are rare.

        In few claims even the name of the receiver is.
        """
        known = self.donors.get(donor, 0)
        worth = [max(self._bits(f"!{word}", donor) - _CAPITAL_COMMON, 0.0) for word in words]
        return min(math.fsum(worth), _CAPITALS_MOST) / _CAPITALS_MOST * known / (known + 16)

    def crowd(self, a: Group, b: Group) -> float:
        """How often the number of sums of one donor and recipient doubles beyond eight."""
        mine, other = (a.donor, a.recipient), (b.donor, b.recipient)
        known = self.pairs.get(mine, 0)
        if mine != other:
            known = max(known, self.pairs.get(other, 0))
        return max(math.log2(max(known, 1) / _FEW_SUMS), 0.0)

    def usual(self, one: Group, claim: Claim) -> float:
        """How often the sums of this very number double: a donor has amounts that it likes."""
        number = ((one.donor, one.recipient), claim.currency or "", claim.digits)
        return math.log2(self.numbers.get(number, 1))

    def of_amount(self, donor: tuple[str, ...], claim: Claim, digits: int) -> float:
        """What sharing this number is worth, of 1: a donor's usual amount earns little."""
        most = _AMOUNT_MOST[digits]
        others = max(self.amounts.get((donor, claim.currency or "", claim.digits), 0) - 2, 0)
        if not others:
            return 1.0  # never seen elsewhere: nothing to hold against it
        bits = -math.log2((others + 1) / (self.donors.get(donor, 0) + 16))
        return min(max(bits, _AMOUNT_LEAST), most) / most
