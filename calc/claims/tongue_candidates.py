"""Who may give or receive a figure in another language than English, with the facts for each.

A fact is a plain word for where a party stands and what the document says of it; all languages
share them, so that each helps to say what they are worth (``tongue_points.tsv``). What each means
stands in ``tongue_facts.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from .groups import StatedAmount
from .mentioned import Names, names_in
from .signs import Sign
from .spots import Fact, kinds_of
from .tongue_parties import JOINED, Stand, units

TABLE = "tongue_points"
_VERB_AHEAD, _VERB_BEHIND = 60, 30  # characters between a name and the verb whose party it is
_DISTANCES = (3, 15, 45, 100)
_AT_SUM = re.compile(r"(?:\s\((?:[^()\d]{0,25}\s)?|\s?[:–—]\s(?:[^:;.\d]{0,25}\s)?|\s-\s|\s)$")
# "… from Germany, 760 million from the Union"
_PARTED = re.compile(rf"\)?(?:[,;]\s|{JOINED.pattern})(?:\w{{1,9}}\s){{0,2}}")
_IN_BRACKETS = re.compile(r"\s?\(")
_SUBJECT = re.compile(r"[^\W\d_]{4}")
_CLAUSE = re.compile(r"[,;:]\s")
GIVES, RECEIVES = "gives", "receives"  # the two kinds of verbs


class BeforeIt(NamedTuple):
    """Whom the amount before this one has as its giver and receiver."""

    donor: str | None
    recipient: str | None
    same_sentence: bool
    of_many: bool


class Around(NamedTuple):
    """What the document says of its parties beside the sentence."""

    title: Sequence[Stand]
    title_givers: frozenset[str]  # who gives in the title, by its words
    title_receivers: frozenset[str]
    givers: dict[str, int]  # how often the page names who may give, and who may receive
    receivers: dict[str, int]
    back: Sequence[Sequence[Stand]]  # the sentences before, the nearest first
    home: str | None  # whose government writes
    last: BeforeIt | None
    served: frozenset[str]  # by programmes that the sentence names


class Clause(NamedTuple):
    """A sentence with its parties and verbs, and the amount that is asked for."""

    text: str
    stands: Sequence[Stand]
    acts: Sequence[Sign]
    receiving: Sequence[Sign]
    amount: StatedAmount
    own: tuple[int, int]  # the stretch of the amount
    others: Sequence[StatedAmount]
    crowd: tuple[Fact, ...]  # what speaks for nobody
    we: bool  # whether the giver speaks: "we give"
    region: bool  # whether a region or "developing countries" stands in the words of the amount


class TongueCandidates:
    """The parties that may give or receive an amount, each with its facts."""

    table = TABLE

    def __init__(self, clause: Clause, around: Around) -> None:
        self.clause = clause
        self.around = around

    @cached_property
    def _here(self) -> dict[Names, list[Stand]]:
        found: dict[Names, list[Stand]] = {}
        for unit in units(self.clause.stands, self.clause.text):
            names = tuple(dict.fromkeys(one.name for one in unit))
            found.setdefault(names, []).extend(unit)
        return found

    @cached_property
    def names(self) -> list[Names]:
        """All candidates, those of the sentence first."""
        around = self.around
        found = [*self._here]
        found += [(one.name,) for one in around.title]
        found += [(one.name,) for back in around.back for one in back]
        for named in (around.givers, around.receivers):
            found += [(name,) for name in sorted(named, key=lambda name: -named[name])[:2]]
        found += [(name,) for name in (around.home, *sorted(around.served)) if name]
        if around.last is not None:
            told = names_in(around.last.donor), names_in(around.last.recipient)
            found += [names for names in told if names]
        return list(dict.fromkeys(found))

    def place_of(self, name: str) -> tuple[int, int]:
        """Where a candidate stands in the sentence; -1 and -1 where it does not."""
        spots = self._here.get((name,))
        if not spots:
            return -1, -1
        nearest = min(spots, key=self._gap)
        return nearest.start, nearest.end

    def places(self, facet: str, name: str) -> dict[Fact, tuple[int, int]]:
        """Facts that have a place of their own: none."""
        del facet, name
        return {}

    def facts(self, names: Names) -> list[Fact]:
        """What speaks for or against a candidate."""
        spots = self._here.get(names, [])
        found: dict[Fact, None] = {}
        for spot in spots:
            found.update(dict.fromkeys(self._of_spot(spot)))
        if len(names) > 1:
            found["joined"] = None
        elif any(len(others) > 1 and names[0] in others for others in self._here):
            found["of-a-group"] = None
        if not spots:
            found.update(dict.fromkeys(self._not_here(names)))
        found.update(dict.fromkeys(self._of_page(names)))
        return list(found)

    def facts_for(self, facet: str, names: Names) -> list[Fact]:
        """What holds for one side alone: nothing."""
        del facet, names
        return []

    def nobody_for(self, facet: str) -> list[Fact]:
        """What speaks for naming nobody."""
        found = list(self.clause.crowd)
        if self.clause.region:
            found.append("region-here")
        last = self.around.last
        if not self.clause.stands:
            found.append("no-party-here")
        if self._subject_unnamed:
            found.append("subject-unnamed")
        if last is not None and getattr(last, facet) is None:
            found += ["open-before"] * last.same_sentence
        return found

    @cached_property
    def _subject_unnamed(self) -> bool:
        """Whether words that name no party stand before the sentence's verb of giving."""
        clause = self.clause
        if not clause.acts or self.around.home is not None or clause.we:
            return False
        verb = min(act.start for act in clause.acts)
        if any(one.start < verb for one in clause.stands):
            return False
        return _SUBJECT.search(clause.text, 0, verb) is not None

    def _gap(self, spot: Stand) -> int:
        amount = self.clause.amount
        return max(spot.start - amount.end, amount.start - spot.end, 0)

    def _of_spot(self, spot: Stand) -> Iterator[Fact]:
        places, words = list(self._place_facts(spot)), list(self._word_facts(spot))
        words += self._verb_facts(spot)
        yield from (*places, *words, f"kind-{spot.kind}")
        yield from (f"{fact}&{spot.kind}" for fact in (*places, *words))
        stretch = places[0]  # own-ahead, own-behind, other-ahead, other-behind
        yield from (f"{fact}&{stretch}" for fact in words)
        if self.clause.we:
            yield f"we-speak&{spot.kind}"

    def _place_facts(self, spot: Stand) -> Iterator[Fact]:
        clause = self.clause
        amount, (low, high) = clause.amount, clause.own
        side = "ahead" if spot.start < amount.start else "behind"
        own = low <= spot.start < high
        lead = not own and spot.start < amount.first
        yield f"own-{side}" if own else "in-lead" if lead else f"other-{side}"
        gap = self._gap(spot)
        if side == "ahead" and _PARTED.fullmatch(clause.text, spot.end, amount.start):
            yield "parted-from-sum"
        else:
            yield f"{side}-{next((far for far in _DISTANCES if gap <= far), 'far')}"
        if spot is clause.stands[0]:
            yield "first-named"
        if self._between_sums(spot):
            yield "at-another-sum"
        yield from self._beside_sum(spot)
        same = [one for one in clause.stands if one.may_give == spot.may_give]
        if min(same, key=self._gap) is spot:
            yield "nearest-of-kind"
        if sum(one.name != spot.name for one in same) == 0:
            yield "alone-of-kind"

    def _beside_sum(self, spot: Stand) -> Iterator[Fact]:
        clause = self.clause
        if spot.end <= clause.amount.start:
            between = clause.text[spot.end : clause.amount.start]
            if _AT_SUM.fullmatch(between):
                yield "sum-in-brackets" if "(" in between else "right-before-sum"
        elif _IN_BRACKETS.fullmatch(clause.text, clause.amount.end, spot.start):
            yield "in-brackets-behind-sum"
        for other in clause.others:
            between = clause.text[spot.end : max(spot.end, other.start)]
            if spot.end <= other.start and between and _AT_SUM.fullmatch(between):
                yield "right-before-another-sum"

    def _between_sums(self, spot: Stand) -> bool:
        """Whether another amount stands between the party and this one."""
        amount = self.clause.amount
        return any(
            spot.end <= other.start < amount.start or amount.end <= other.start < spot.start
            for other in self.clause.others
        )

    def _word_facts(self, spot: Stand) -> Iterator[Fact]:
        yield f"form-{spot.form}"
        if spot.case != "none":
            yield f"case-{spot.case}"
        for facet, fact in (("donor", "from"), ("recipient", "to"), ("place", "place")):
            if spot.has(facet):
                yield fact
        if any(hit.name.endswith(("-office", "-office-behind")) for hit in spot.hits):
            yield "office"
        if any(hit.name.endswith("-members") for hit in spot.hits):
            yield "members"
        if any(hit.name.endswith("-body") for hit in spot.hits):
            yield "body"

    def _verb_facts(self, spot: Stand) -> Iterator[Fact]:
        clause = self.clause
        every = [(act, GIVES) for act in clause.acts] + [
            (act, RECEIVES) for act in clause.receiving
        ]
        ahead = [
            (act, kind) for act, kind in every if spot.end <= act.start <= spot.end + _VERB_AHEAD
        ]
        behind = [
            (act, kind) for act, kind in every if act.end <= spot.start <= act.end + _VERB_BEHIND
        ]
        if ahead:
            act, kind = min(ahead, key=lambda one: (one[0].start, one[1] == GIVES))
            if not self._somebody_between(spot.end, act.start):
                cut = _CLAUSE.search(clause.text, spot.end, act.start) is not None
                yield f"{kind}-next" + ("-clause" if cut else "")
        if behind:
            act, kind = max(behind, key=lambda one: (one[0].end, one[1] == RECEIVES))
            if not self._somebody_between(act.end, spot.start):
                yield f"behind-{kind}"

    def _somebody_between(self, low: int, high: int) -> bool:
        return any(low < one.start < high for one in self.clause.stands)

    def _not_here(self, names: Names) -> Iterator[Fact]:
        yield "not-here"
        givers = any(one.may_give for one in self.clause.stands)
        receivers = any(one.may_receive for one in self.clause.stands)
        kind = kinds_of(names)
        yield f"not-here&{kind}"
        if self.clause.we:
            yield f"we-speak&not-here-{kind}"
        yield f"giver-here&{kind}" if givers else f"no-giver-here&{kind}"
        yield f"receiver-here&{kind}" if receivers else f"no-receiver-here&{kind}"
        for back, told in enumerate(self.around.back, 1):
            if any(one.name in names for one in told):
                yield f"back-{back}"
                break

    def _of_page(self, names: Names) -> Iterator[Fact]:
        around = self.around
        here = "here" if names in self._here else "not-here"
        for name in names[:1]:
            if any(one.name == name for one in around.title):
                yield "in-title"
                yield f"in-title&{here}"
            if name in around.title_givers:
                yield from ("gives-in-title", f"gives-in-title&{here}")
                if len(around.title_givers) == 1:
                    yield f"only-giver-of-title&{here}"
            if name in around.title_receivers:
                yield from ("receives-in-title", f"receives-in-title&{here}")
                if len(around.title_receivers) == 1:
                    yield f"only-receiver-of-title&{here}"
            yield from _counted(name, around.givers, "giver", here)
            yield from _counted(name, around.receivers, "receiver", here)
            if name == around.home:
                yield from ("at-home", f"at-home&{here}")
            if name in around.served:
                yield "programme-serves"
        yield from self._as_before(names, here)

    def _as_before(self, names: Names, here: str) -> Iterator[Fact]:
        last = self.around.last
        if last is None:
            return
        where = "same-sentence" if last.same_sentence else "sentence-before"
        for facet in ("donor", "recipient"):
            if names == names_in(getattr(last, facet)):
                yield f"{facet}-before"
                yield f"{facet}-before&{where}"
                yield f"{facet}-before&{where}-{here}"
                if facet == "donor" and not any(one.may_give for one in self.clause.stands):
                    yield f"donor-before-nobody-here&{where}"


def _counted(name: str, counts: dict[str, int], what: str, here: str) -> Iterator[Fact]:
    """Whether the page names no other of a kind, or names it most."""
    if name not in counts:
        return
    if len(counts) == 1:
        yield f"only-{what}&{here}"
    elif counts[name] == max(counts.values()):
        yield f"most-named-{what}&{here}"


def rule_signs(found: Iterable[Stand]) -> list[Sign]:
    """The rules whose words stand beside the parties: they say where points come from."""
    return [
        hit._replace(facet="donor" if hit.facet == "place" else hit.facet)
        for one in found
        for hit in one.hits
    ]
