"""Fit the points of `calc/data/sum_points.tsv` to labelled sentences, and say how well they do.

    python scripts/fit_sum_points.py PASSAGES.jsonl ... [--write]

Labels are the sentences of `tests/corpus` and passages, as `fit_party_points.py` reads them. For
each sum four roles and five stages compete: a multinomial log-linear choice whose score is the sum
of the points of the sum's facts, with a ridge against large points. Whole passages are held out, in
eight parts and in two halves, to compare with the first look, whose points are set by hand; the
ridge is the one that does best on the parts. Each sum counts once by itself and once knowing what
the others of its passage came to, by points that were fitted without that passage. `--write` fits
to all passages and writes the table.

The first look was taught by many of these passages, so it is right in them more often than in
others. A fit to that would believe it too much: each passage leaves out a share of the signs of the
first look, as if no rule had been written for them.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from fit_party_points import ROOT, SCALE, labels_of, minimise, passages

from calc.claims.reading import looked_at
from calc.claims.rules import rules
from calc.claims.signs import Sign, signs_in, top
from calc.claims.spots import Fact
from calc.claims.sum_choice import OPEN_BELOW, OTHER_ROLE, OTHER_STAGE, ROLES, STAGES, TABLE
from calc.claims.sum_facts import ALWAYS, OtherSums, SumsTold, facts_of
from calc.documents import CONTENT, document_from_text
from calc.text.data_tables import DATA

VALUES = {"role": ROLES, "status": STAGES}
PARTS = 8
FOLDS = 4  # in which the others of a passage are weighed by points that do not know it
RIDGES = (8.0, 14.0)
RARE = 6  # a fact that holds for fewer sums is left out
KEPT = {"role": 400, "status": 400}  # facts that tell most
OF_A_PAGE = 3.0  # weight of a passage with one sum; with four each has half of it
OWN_WEIGHT = 1.0  # of a sentence of tests/corpus, which this project wrote to be read right
READ_WEIGHT = 2.5  # of one that is held to be read right
VALUE_WEIGHT = {"total": 1.2, "target": 1.4}  # rarer than pledges, and as dear
RULE_WEIGHT = 5.0  # of the example of a rule
MARGINS = {OTHER_ROLE: 1, OTHER_STAGE: 1, OPEN_BELOW: 1}
LEFT_OUT = 0.25  # the share of signs that a passage is read without
# signs of no words of their own, which need no rule to be written: the verb, the noun, the parties
ALWAYS_THERE = frozenset(
    "verb-of-giving noun-of-giving both-named nothing-says status-of-verb promise-itself "
    "no-pledge status-of-noun party-beside".split()
)
NO_MONEY = ("target", "noise")


class Example(NamedTuple):
    """A sum with its facts, and its labels."""

    page: str
    weight: float  # of its own; of a passage it is 0 and comes from its number of sums
    facts: list[Fact]  # with all signs
    taught: list[Fact]  # without those that are left out
    looked: dict[str, str]  # what the first look says
    meant: Mapping[str, tuple[str, ...]]  # the label, then others that may be defended
    figures: int  # that state the sum


def examples(path: Path) -> Iterator[Example]:
    """The sums of a file."""
    for page, passage in passages(path):
        published = passage.get("published") or None
        document = document_from_text(
            passage["text"],
            published=published if published and len(published) == len("2024-11-04") else None,
            title=passage.get("title") or None,
            source=page,
        )
        readings, context = looked_at(document)
        if context is None:
            continue
        labels = dict(labels_of(readings, passage))
        told_of = SumsTold(readings, context, CONTENT)
        for told in told_of.told:
            label = next((labels[at] for at in told.at if at in labels), None)
            if label is None or label["role"] == "relative":
                continue
            signs = signs_in(told.one.signs)
            kept = [sign for sign in signs if not _is_left_out(page, sign)]
            facts = list(facts_of(told, told_of, signs))
            own = "claims" in passage
            of_own = OWN_WEIGHT if "wrong" in passage else READ_WEIGHT
            yield Example(
                page,
                of_own if own else 0.0,
                facts,
                facts if len(kept) == len(signs) else list(facts_of(told, told_of, kept)),
                {facet: getattr(told.one, facet) for facet in VALUES},
                {facet: _meant(label, facet, own) for facet in VALUES},
                len(told.at),
            )


def examples_of_rules() -> Iterator[Example]:
    """The sums of the examples in the tables of signs: they are what their rule says."""
    for table, facet in (("role_signs", "role"), ("status_signs", "status")):
        for rule in rules(table):
            document = document_from_text(rule.example, published="2025-04-04", source=rule.name)
            readings, context = looked_at(document)
            if context is None:
                continue
            told_of = SumsTold(readings, context, CONTENT)
            for told in told_of.told:
                signs = signs_in(told.one.signs)
                own = [sign for sign in signs if sign.facet == facet]
                if rule.name not in [sign.name for sign in own]:
                    continue
                if rule.points and top(own).name != rule.name:
                    continue  # with 0 points it sets another one aside
                facts = list(facts_of(told, told_of, signs))
                looked = {one: getattr(told.one, one) for one in VALUES}
                meant = {one: (looked[one],) if one == facet else () for one in VALUES}
                yield Example(rule.name, RULE_WEIGHT, facts, facts, looked, meant, len(told.at))


def _drawn(words: str) -> int:
    return int(hashlib.sha256(words.encode()).hexdigest(), 16)


def _is_left_out(page: str, sign: Sign) -> bool:
    if sign.facet not in VALUES or sign.name in ALWAYS_THERE:
        return False
    return _drawn(page + sign.name) % 1000 < 1000 * LEFT_OUT


def _meant(label: dict[str, Any], facet: str, own: bool) -> tuple[str, ...]:
    told = [label.get(facet), *label.get("also", {}).get(facet, [])]
    if own and told == [None] and label["role"] not in NO_MONEY:
        return ()  # there nothing is said of it
    return tuple(one or "unknown" for one in told)


class Grid:
    """The facts of all sums as rows of a sparse table, with a column of points for each value."""

    def __init__(
        self, found: Sequence[tuple[Example, list[Fact]]], facts: dict[Fact, int], facet: str
    ) -> None:
        self.values = VALUES[facet]
        self.ridge = RIDGES[0]
        columns = [[facts[fact] for fact in (ALWAYS, *own) if fact in facts] for _, own in found]
        self.columns = np.array([at for row in columns for at in row], dtype=np.int64)
        self.row_of = np.repeat(np.arange(len(found)), [len(row) for row in columns])
        meant = [one.meant[facet] for one, _ in found]
        self.right = np.array([[value in own for value in self.values] for own in meant])
        counts = Counter(one.page for one, _ in found)
        self.weights = np.array(
            [one.weight or OF_A_PAGE * counts[one.page] ** -0.5 for one, _ in found]
        ) * self.right.any(axis=1)
        self.weights *= [VALUE_WEIGHT.get(own[0], 1.0) if own else 0.0 for own in meant]
        self.facts = len(facts)
        self.size = self.facts * len(self.values)

    def scores(self, points: np.ndarray) -> np.ndarray:
        """The score of each value for each sum."""
        table = points.reshape(self.facts, len(self.values))
        return np.stack(
            [
                np.bincount(self.row_of, column[self.columns], minlength=len(self.right))
                for column in table.T
            ],
            axis=1,
        )

    def loss(self, points: np.ndarray) -> tuple[float, np.ndarray]:
        """The loss of these points and its slope."""
        score = self.scores(points)
        odds = np.exp(score - score.max(axis=1, keepdims=True))
        share = odds / odds.sum(axis=1, keepdims=True)
        good = (share * self.right).sum(axis=1) + 1e-12
        value = -(self.weights * np.log(good)).sum() + self.ridge / 2 * (points @ points)
        slope = (share - share * self.right / good[:, None]) * self.weights[:, None]
        spread = np.stack(
            [
                np.bincount(self.columns, column[self.row_of], minlength=self.facts)
                for column in slope.T
            ],
            axis=1,
        )
        return float(value), spread.ravel() + self.ridge * points


Points = dict[Fact, list[int]]


def _counted(found: Sequence[Example]) -> Counter[Fact]:
    counts = Counter(fact for one in found for fact in one.taught)
    counts[ALWAYS] = len(found)
    return counts


def fitted(found: Sequence[Example], facet: str, ridge: float) -> Points:
    """The points of the facts that tell most."""
    if facet == "status":  # what nobody promised has none, whatever is told of it
        found = [one for one in found if not set(one.meant["role"][:1]) & set(NO_MONEY)]
    counts = _counted(found)
    facts = {fact: at for at, fact in enumerate(sorted(counts)) if counts[fact] >= RARE}
    facts = {fact: at for at, fact in enumerate(facts)}
    table = _minimised(found, facts, facet, ridge)
    told = np.abs(table - table.mean(axis=1, keepdims=True)).max(axis=1)
    worth = {fact: told[at] * counts[fact] ** 0.5 for fact, at in facts.items()}
    kept = sorted(worth, key=lambda fact: -worth[fact])[: KEPT[facet]]
    facts = {fact: at for at, fact in enumerate(sorted({*kept, ALWAYS}))}
    table = np.rint(SCALE * _minimised(found, facts, facet, ridge))
    return {fact: [int(count) for count in table[at]] for fact, at in facts.items()}


def _minimised(
    found: Sequence[Example], facts: dict[Fact, int], facet: str, ridge: float
) -> np.ndarray:
    grid = Grid([(one, one.taught) for one in found], facts, facet)
    grid.ridge = ridge
    points = minimise(grid, np.zeros(grid.size, dtype=bool))
    return points.reshape(len(facts), len(VALUES[facet]))


def chosen(one: Example, points: dict[str, Points]) -> dict[str, str]:
    """Role and status that the points come to: as ``calc.claims.sum_choice`` does."""
    role = _best(one, points["role"], "role", MARGINS[OTHER_ROLE], one.looked["role"])
    if role in NO_MONEY:
        return {"role": role, "status": "unknown"}
    first = one.looked["status"] if role == one.looked["role"] else None
    return {
        "role": role,
        "status": _best(one, points["status"], "status", MARGINS[OTHER_STAGE], first),
    }


def _best(one: Example, points: Points, facet: str, margin: int, first: str | None) -> str:
    values = VALUES[facet]
    counts = [0] * len(values)
    for fact in (ALWAYS, *one.facts):
        for at, count in enumerate(points.get(fact, ())):
            counts[at] += count
    told = dict(zip(values, counts, strict=True))
    best = max(values, key=lambda value: told[value])
    if first is not None and told[best] - told[first] < margin:
        best = first
    ahead = told[best] - max(count for value, count in told.items() if value != best)
    is_open = facet == "status" and ahead < MARGINS[OPEN_BELOW]
    return "unknown" if is_open else best


class Shares(NamedTuple):
    """How often a facet is right: of all figures, and on the mean over its values."""

    right: float
    balanced: float
    by_value: dict[str, float]

    def __str__(self) -> str:
        values = "  ".join(f"{value} {share:.0f}" for value, share in self.by_value.items())
        return f"{self.right:5.1f}  balanced {self.balanced:5.1f}  ({values})"


def shares(found: Iterable[tuple[Example, dict[str, str]]], facet: str) -> Shares:
    """The shares of figures of money that are right."""
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for one, told in found:
        if one.meant["role"][0] != "noise":
            every[one.meant[facet][0]] += one.figures
            right[one.meant[facet][0]] += one.figures * (told[facet] in one.meant[facet])
    of_value = {value: 100 * right[value] / every[value] for value in sorted(every)}
    balanced = sum(of_value.values()) / max(1, len(of_value))
    return Shares(100 * right.total() / max(1, every.total()), balanced, of_value)


def knowing(found: Sequence[Example], told: Sequence[dict[str, str]]) -> list[Example]:
    """The sums, knowing what the others of their passage came to."""
    pages: dict[str, list[int]] = {}
    for at, one in enumerate(found):
        pages.setdefault(one.page, []).append(at)
    known = list(found)
    for places in pages.values():
        weighed = [(told[at]["role"], told[at]["status"]) for at in places]
        for number, at in enumerate(places):
            more = list(OtherSums(weighed).facts(number))
            one = found[at]
            known[at] = one._replace(facts=[*one.facts, *more], taught=[*one.taught, *more])
    return known


def twice(found: Sequence[Example], ridge: dict[str, float]) -> list[Example]:
    """The sums with half of their weight, and again knowing the others of their passage."""
    told: list[dict[str, str]] = [{}] * len(found)
    for fold in range(FOLDS):
        rest = [one for one in found if _drawn(f"fold {one.page}") % FOLDS != fold]
        points = {facet: fitted(rest, facet, ridge[facet]) for facet in VALUES}
        for at, one in enumerate(found):
            if _drawn(f"fold {one.page}") % FOLDS == fold:
                told[at] = chosen(one, points)
    counts = Counter(one.page for one in found)
    every = [*found, *knowing(found, told)]
    own = [one.weight or OF_A_PAGE * counts[one.page] ** -0.5 for one in every]
    return [one._replace(weight=weight / 2) for one, weight in zip(every, own, strict=True)]


def held_out(
    found: Sequence[Example], own: Sequence[Example], parts: int, ridge: dict[str, float]
) -> list[tuple[Example, dict[str, str]]]:
    """Each sum with what points say that were fitted without its passage."""
    told = []
    for part in range(parts):
        rest = [one for one in found if _drawn(one.page) % parts != part]
        taught = twice([*rest, *own], ridge)
        points = {facet: fitted(taught, facet, ridge[facet]) for facet in VALUES}
        held = [one for one in found if _drawn(one.page) % parts == part]
        held = knowing(held, [chosen(one, points) for one in held])
        told += [(one, chosen(one, points)) for one in held]
    return told


def best_ridges(found: Sequence[Example], own: Sequence[Example]) -> dict[str, float]:
    """For each facet the ridge that is right most often on held out passages."""
    right: dict[str, dict[float, float]] = {facet: {} for facet in VALUES}
    for ridge in RIDGES:
        told = held_out(found, own, PARTS, dict.fromkeys(VALUES, ridge))
        for facet in VALUES:
            right[facet][ridge] = shares(told, facet).right
            print(f"{facet}, ridge {ridge:g}, in {PARTS} parts  {shares(told, facet)}")
    return {facet: max(own, key=lambda ridge: own[ridge]) for facet, own in right.items()}


def write(points: dict[str, Points]) -> None:
    """Write the table: the margins, then each fact with its points."""
    path = DATA / f"{TABLE}.tsv"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    text = [line for line in lines if line.startswith("#")]
    text.append("\t".join(("fact", "margin", *ROLES, *STAGES)))
    none = [""] * (len(ROLES) + len(STAGES))
    text += ["\t".join((name, str(margin), *none)) for name, margin in MARGINS.items()]
    facts = sorted({fact for own in points.values() for fact in own})
    for fact in facts:
        counts = [
            *points["role"].get(fact, [0] * len(ROLES)),
            *points["status"].get(fact, [0] * len(STAGES)),
        ]
        if any(counts):
            text.append("\t".join((fact, "", *(str(count or "") for count in counts))))
    path.write_text("\n".join(text) + "\n", encoding="utf-8")


def main() -> None:
    """Read the labels, compare, and write the table where asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("passages", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    corpus = [ROOT / "tests/corpus" / f"claims{name}.jsonl" for name in ("", "_known_failures")]
    own = [*(one for path in corpus for one in examples(path)), *examples_of_rules()]
    found = [one for path in asked.passages for one in examples(path)]
    print(f"{len(found)} sums of {len({one.page for one in found})} passages")
    for facet in VALUES:
        print(f"{facet}, first look  {shares([(one, one.looked) for one in found], facet)}")
    ridges = best_ridges(found, own)
    halves = held_out(found, own, 2, ridges)
    for facet in VALUES:
        print(f"{facet}, in two halves  {shares(halves, facet)}")
    if asked.write:
        taught = twice([*found, *own], ridges)
        write({facet: fitted(taught, facet, ridges[facet]) for facet in VALUES})


if __name__ == "__main__":
    main()
