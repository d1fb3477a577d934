"""Fit the points of `calc/data/party_points.tsv` to labelled sentences, and say how well they do.

    python scripts/fit_party_points.py PASSAGES.jsonl ... [--write]

Labels are the sentences of `tests/corpus` and passages: a JSON object a line with `text`, `title`,
`published` and `figures` (`start`, `end`, `role`, `donor`, `recipient`; `also` has other labels
that a careful reader could defend; `A+B` give together). For each figure all candidates and
"nobody" compete: a multinomial logistic choice whose score is the sum of the points of a
candidate's facts, with a ridge against large points; facts that rarely hold or tell little are left
out. Each figure counts once by itself and once knowing whom the other sums of its passage are put
down to (`calc/claims/settled.py`), by points that were fitted without that passage. Whole passages
are held out, in eight parts, to compare with the parties of the first look.
`--write` fits to all of them and writes the table.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from calc.claims.candidates import TABLE, asked_of  # noqa: E402
from calc.claims.choice import AHEAD_OF_NEXT, AHEAD_OF_NOBODY, NOBODY  # noqa: E402
from calc.claims.mentioned import FACETS, named_for, names_in  # noqa: E402
from calc.claims.reading import first_look  # noqa: E402
from calc.claims.rules import named as named_rules  # noqa: E402
from calc.claims.settled import SettledSums  # noqa: E402
from calc.documents import CONTENT, document_from_text  # noqa: E402
from calc.parties import canonical  # noqa: E402
from calc.text.data_tables import DATA  # noqa: E402

PARTS = 8
RIDGE = 4.0
SCALE = 10  # points for one unit of log odds
RARE = 6  # a fact that holds for fewer figures is left out
KEPT = 330  # facts for one side
OF_A_PAGE = 3.0  # weight of a passage with one figure; with four each has half of it
OWN_WEIGHT = 2.5  # of a sentence of tests/corpus, which this project wrote to be read right
FOLDS = 5  # in which the others of a passage are settled by points that do not know it
MARGINS = {"donor": (8, 22), "recipient": (8, 24)}  # ahead of nobody, and of the next one

# what sense says: these speak for a side, or against it, whatever a few sentences say
FOR = {
    "donor": "subject-of-verb by-giver by-behind-passive from-behind-figure gift-from thanked "
    "beside-figure pledge-of-it respectively of-its-institution document-donor title-giver",
    "recipient": "to-or-for object-of-verb to-a-body receives-by-verb is-paid respectively "
    "document-recipient title-receiver said-to-receive",
}
AGAINST = {
    "donor": "host-place hosts according-to said-to-receive strong-on-the-other-side kind-poor "
    "with-others other-giver&not-here other-subject&not-here receives-more",
    "recipient": "host-place hosts according-to strong-on-the-other-side kind-rich "
    "other-receiver&not-here gives-itself",
}


# what is rare and sure, in units of log odds: labels move it only where there are many
_TIED = {"tied": 2.5, "another-tied": -1.5, "tied-in-part": -0.5, "tied-on-the-other-side": -1.0}
_TIED |= {"item-by-heading": 6.0, "item-of-the-other-side-by-heading": -4.0, "item-by-kind": 3.0}
_TIED |= {"another-item-by-heading": -5.0, "item-of-the-other-side-by-kind": -2.5}
EXPECTED = {
    "donor": {"respectively": 5.0, "one-of-two": 1.0, "publisher-at-home": 1.5, "thanked": 1.5}
    | {"in-its-aid": 1.0, "that-it-gave": 1.0, "pledge-of-it": 1.0, "largest-giver-with": 1.0}
    | {"by-behind-passive": 1.0, "speaks-as-we": 0.8, "between-two": 0.5, "says-it-paid": 0.5}
    | {"host-place": -1.5, "hosts": -0.5, "according-to": -0.5, "aid-behind-figure": 1.0}
    | {"heads-its-list&rich": 2.0, "heads-its-list&giving-body": 2.0}
    | _TIED,
    "recipient": {"respectively": 5.0, "one-of-two": 1.0, "outlet-at-home": 2.5, "is-paid": 1.0}
    | {"sum-in-brackets": 2.0, "programme-serves": 1.0, "to-a-body": 1.0, "owed-to": 1.0}
    | {"aid-for-it-behind-figure": 1.0, "at-its-sum": 1.0, "its-programme": 1.0}
    | {"host-place": -1.5, "according-to": -0.5, "payment-to-it": 1.0, "its-rescue": 1.0}
    | {"receives-next-of-list": 1.0, "good-of": 0.5}
    | {"heads-its-list&poor": 2.0, "heads-its-list&receiving-body": 1.0}
    | _TIED,
}


class Example(NamedTuple):
    """One side of one figure: its candidates with their facts, and whom the labels name."""

    page: str
    names: list[frozenset[str]]
    facts: list[list[str]]
    nobody: list[str]
    meant: list[frozenset[str]]  # the first label, then others that may be defended
    first_look: frozenset[str]
    weight: float
    amount: int = 0  # which sum of its passage: those of one number are conversions of each other


_NO_PARTY = frozenset(("all donors", "Europe", "Africa", "developing countries"))


def _plain(names: Iterable[str]) -> frozenset[str]:
    told = (name.strip().removeprefix("The ") for name in names)
    return frozenset(canonical(name) or name for name in told if name and name not in _NO_PARTY)


def _labels(figure: dict[str, Any], facet: str, mark: str) -> list[frozenset[str]]:
    told = [figure.get(facet), *figure.get("also", {}).get(facet, [])]
    return [_plain((one or "").split(mark)) for one in told]


def evened(found: Sequence[tuple[str, Example]]) -> list[tuple[str, Example]]:
    """The examples, each of a passage of many figures with less weight: they are much alike."""
    counts = Counter((facet, one.page) for facet, one in found)
    return [
        (facet, one._replace(weight=OF_A_PAGE * counts[facet, one.page] ** -0.5))
        for facet, one in found
    ]


def passages(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        passage = json.loads(line)
        if passage.get("lang", "en") == "en" and ("figures" in passage or "claims" in passage):
            yield passage.get("id") or passage["text"], passage


def examples(path: Path) -> Iterator[tuple[str, Example]]:
    """The sides of the figures of a file, each with its facet."""
    for page, passage in passages(path):
        published = passage.get("published") or None
        document = document_from_text(
            passage["text"],
            published=published if published and len(published) == 10 else None,
            title=passage.get("title") or None,
            source=page,
        )
        readings, context = first_look(document)
        if context is None:
            continue
        labels = dict(labels_of(readings, passage))
        own = "claims" in passage
        amounts: dict[tuple[int, str | None], int] = {}
        for at, candidates in asked_of(readings, context, CONTENT):
            figure = labels.get(at)
            if figure is None or figure["role"] in ("noise", "relative"):
                continue
            one = readings[at]
            amount = one.sentence_start, one.conversion_of or one.claim_id
            facts = {names: candidates.facts(names) for names in candidates.names}
            for facet in FACETS:
                yield (
                    facet,
                    Example(
                        page,
                        [_plain(named_for(facet, names)) for names in facts],
                        [
                            [*dict.fromkeys(found + candidates.facts_for(facet, names))]
                            for names, found in facts.items()
                        ],
                        candidates.nobody_for(facet),
                        _labels(figure, facet, "|" if own else "+"),
                        _plain(names_in(getattr(readings[at], facet))),
                        OWN_WEIGHT if own else 1.0,
                        amounts.setdefault(amount, len(amounts)),
                    ),
                )


def labels_of(
    readings: Sequence[Any], passage: dict[str, Any]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The labels of a passage by the place of the reading of the same figure."""
    if "claims" in passage:
        left = list(enumerate(readings))
        for label in passage["claims"]:
            found = next((pair for pair in left if pair[1].text == label["text"]), None)
            if found is not None:
                left.remove(found)
                yield found[0], label
        return
    for at, one in enumerate(readings):
        for figure in passage["figures"]:
            shared = min(one.end, figure["end"]) - max(one.start, figure["start"])
            if shared > 0.5 * min(one.end - one.start, figure["end"] - figure["start"]):
                yield at, figure
                break


class Grid:
    """The facts of all candidates as rows of a sparse table, "nobody" last of each figure."""

    def __init__(
        self, found: Sequence[Example], facts: dict[str, int], expected: dict[str, float]
    ) -> None:
        columns: list[int] = []
        rows = [0]
        firsts = [0]
        right: list[bool] = []
        for one in found:
            for own in [*one.facts, [NOBODY + fact for fact in one.nobody]]:
                columns += [facts[fact] for fact in own if fact in facts]
                rows.append(len(columns))
            right += _right(one)
            firsts.append(len(right))
        self.columns = np.array(columns, dtype=np.int64)
        self.row_of = np.repeat(np.arange(len(right)), np.diff(rows))
        self.firsts = np.array(firsts[:-1])
        self.figure_of = np.repeat(np.arange(len(found)), np.diff(firsts))
        self.right = np.array(right)
        self.weights = np.array([one.weight for one in found])
        self.size = len(facts)
        self.expected = np.array([expected.get(fact, 0.0) for fact in facts])

    def scores(self, points: np.ndarray) -> np.ndarray:
        """The score of each row."""
        return np.bincount(self.row_of, points[self.columns], minlength=len(self.right))

    def loss(self, points: np.ndarray) -> tuple[float, np.ndarray]:
        """The loss of these points and its slope."""
        score = self.scores(points)
        score -= np.maximum.reduceat(score, self.firsts)[self.figure_of]
        odds = np.exp(score)
        share = odds / np.add.reduceat(odds, self.firsts)[self.figure_of]
        good = np.add.reduceat(share * self.right, self.firsts) + 1e-12
        away = points - self.expected
        value = -(self.weights * np.log(good)).sum() + RIDGE / 2 * (away @ away)
        slope = (share - share * self.right / good[self.figure_of]) * self.weights[self.figure_of]
        spread = np.bincount(self.columns, slope[self.row_of], minlength=self.size)
        return float(value), spread + RIDGE * away


def _right(one: Example) -> list[bool]:
    """Which candidates, or "nobody", are right answers: the first label, if it is there."""
    first = one.meant[0]
    told = [name in one.meant for name in one.names]
    if first and any(told):
        exact = [name == first for name in one.names]
        return [*told, frozenset() in one.meant and not any(exact)]
    return [*(False for _ in one.names), True]


def minimise(grid: Grid, fixed: np.ndarray, steps: int = 250) -> np.ndarray:
    """The points with the least loss (limited-memory BFGS); where ``fixed`` they stay 0."""
    points = np.zeros(grid.size)
    value, slope = grid.loss(points)
    slope = np.where(fixed, 0, slope)
    past: list[tuple[np.ndarray, np.ndarray]] = []
    for _ in range(steps):
        way = _direction(slope, past)
        step = 1.0 if past else 1.0 / max(1.0, float(np.abs(slope).sum()))
        for _ in range(30):
            new, (value2, slope2) = points + step * way, grid.loss(points + step * way)
            if value2 <= value + 1e-4 * step * float(slope @ way):
                break
            step /= 2
        slope2 = np.where(fixed, 0, slope2)
        if abs(value - value2) < 1e-7 * abs(value):
            return new
        past = [*past, (new - points, slope2 - slope)][-10:]
        points, value, slope = new, value2, slope2
    return points


def _direction(slope: np.ndarray, past: Sequence[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    way = slope.copy()
    kept = []
    for moved, turned in reversed(past):
        rate = float(moved @ way) / float(moved @ turned)
        way -= rate * turned
        kept.append(rate)
    if past:
        moved, turned = past[-1]
        way *= float(moved @ turned) / float(turned @ turned)
    for (moved, turned), rate in zip(past, reversed(kept), strict=True):
        way += moved * (rate - float(turned @ way) / float(moved @ turned))
    return -way


def known(found: Sequence[Example], named: Sequence[frozenset[str]]) -> list[Example]:
    """The examples, knowing whom the other sums of their passage are put down to."""
    pages: dict[str, list[int]] = {}
    for at, one in enumerate(found):
        pages.setdefault(one.page, []).append(at)
    told = list(found)
    for places in pages.values():
        sums: dict[int, frozenset[str]] = {}
        for at in places:
            sums.setdefault(found[at].amount, named[at])
        settled, order = (
            SettledSums([*sums.values()]),
            {amount: at for at, amount in enumerate(sums)},
        )
        for at in places:
            one, place = found[at], order[found[at].amount]
            facts = [
                [*own, *settled.facts(place, names, here="not-here" not in own)]
                for names, own in zip(one.names, one.facts, strict=True)
            ]
            told[at] = one._replace(facts=facts, nobody=[*one.nobody, *settled.nobody(place)])
    return told


def twice(found: Sequence[Example], facet: str) -> list[Example]:
    """The examples with half of their weight, and again knowing the others of their passage."""
    pages = sorted({one.page for one in found})
    named: list[frozenset[str]] = [frozenset()] * len(found)
    for fold in range(FOLDS):
        held = set(pages[fold::FOLDS])
        points = fitted([one for one in found if one.page not in held], facet)
        for at, one in enumerate(found):
            if one.page in held:
                named[at] = choice(one, points, MARGINS[facet])
    every = [*found, *known(found, named)]
    return [one._replace(weight=one.weight / 2) for one in every]


def fitted(found: Sequence[Example], facet: str) -> dict[str, int]:
    """The points of the facts that tell most."""
    counts: Counter[str] = Counter()
    for one in found:
        counts.update({fact for own in one.facts for fact in own})
        counts.update({NOBODY + fact for fact in one.nobody})
    sure = EXPECTED[facet]
    usual = sorted({fact for fact, count in counts.items() if count >= RARE} | set(sure))
    facts = {fact: at for at, fact in enumerate(usual)}
    first = minimise(Grid(found, facts, EXPECTED[facet]), np.zeros(len(facts), dtype=bool))
    told = {fact: abs(first[at]) * counts[fact] ** 0.5 for fact, at in facts.items()}
    signs = set(named_rules("party_signs"))
    kept = set(sorted(told, key=lambda fact: -told[fact])[:KEPT]) | (signs & set(facts)) | set(sure)
    facts = {fact: at for at, fact in enumerate(sorted(kept))}
    grid = Grid(found, facts, EXPECTED[facet])
    fixed = np.zeros(len(facts), dtype=bool)
    for _ in range(4):
        points = minimise(grid, fixed)
        wrong = [
            at
            for fact, at in facts.items()
            if (fact in FOR[facet].split() and points[at] < 0)
            or (fact in AGAINST[facet].split() and points[at] > 0)
        ]
        if not wrong:
            break
        fixed[wrong] = True
    return {fact: round(SCALE * points[at]) for fact, at in facts.items()}


def choice(one: Example, points: dict[str, int], margins: tuple[int, int]) -> frozenset[str]:
    """Whom the points name."""
    nobody = sum(points.get(NOBODY + fact, 0) for fact in one.nobody)
    ranked = sorted(
        (
            (sum(points.get(fact, 0) for fact in own) - nobody - margins[0], at)
            for at, own in enumerate(one.facts)
        ),
        key=lambda pair: -pair[0],
    )
    if not ranked or ranked[0][0] <= 0:
        return frozenset()
    best = one.names[ranked[0][1]]
    behind = next((score for score, at in ranked[1:] if one.names[at] != best), 0)
    return best if ranked[0][0] - behind >= margins[1] else frozenset()


def _outcome(one: Example, names: frozenset[str]) -> str:
    return "right" if names in one.meant else "wrong" if names else "open"


def _shares(outcomes: Counter[str]) -> str:
    every = max(1, outcomes.total())
    return "  ".join(
        f"{how} {100 * outcomes[how] / every:5.1f}" for how in ("right", "wrong", "open")
    )


def compare(found: Sequence[Example], own: Sequence[Example], facet: str) -> None:
    """Print how the first look and the points do on passages that they were not fitted to."""
    pages = sorted({one.page for one in found})
    outcomes: Counter[str] = Counter()
    for part in range(PARTS):
        held = set(pages[part::PARTS])
        rest = [*(one for one in found if one.page not in held), *own]
        points = fitted(twice(rest, facet), facet)
        asked = [one for one in found if one.page in held]
        asked = known(asked, [choice(one, points, MARGINS[facet]) for one in asked])
        outcomes.update(_outcome(one, choice(one, points, MARGINS[facet])) for one in asked)
    looked = Counter(_outcome(one, one.first_look) for one in found)
    print(f"{facet}: {len(found)} figures of {len(pages)} passages")
    print(f"  first look       {_shares(looked)}")
    print(f"  points, held out {_shares(outcomes)}")


def write(
    points: dict[str, dict[str, int]],
    table: str = TABLE,
    needed: Mapping[str, Sequence[int]] = MARGINS,
) -> None:
    """Write a table: the margins that are ``needed``, then each fact with its points."""
    path = DATA / f"{table}.tsv"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    heads = [line for line in lines if line.startswith("#")]
    margins = {
        fact: {facet: needed[facet][at] for facet in FACETS}
        for at, fact in enumerate((AHEAD_OF_NOBODY, AHEAD_OF_NEXT))
    }
    facts = sorted({fact for own in points.values() for fact, count in own.items() if count})
    rows = [(fact, own["donor"], own["recipient"]) for fact, own in margins.items()]
    rows += [(fact, *(points[facet].get(fact, 0) for facet in FACETS)) for fact in facts]
    text = [*heads, "fact\tdonor\trecipient"]
    text += ["\t".join((fact, *map(str, own))) for fact, *own in rows]
    path.write_text("\n".join(text) + "\n", encoding="utf-8")


def main() -> None:
    """Read the labels, compare, and write the table where asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("passages", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    corpus = [ROOT / "tests/corpus" / f"claims{name}.jsonl" for name in ("", "_known_failures")]
    own = [one for path in corpus for one in examples(path)]
    found = evened([one for path in asked.passages for one in examples(path)])
    points = {}
    for facet in FACETS:
        mine = [one for side, one in found if side == facet]
        beside = [one for side, one in own if side == facet]
        if mine:
            compare(mine, beside, facet)
        points[facet] = fitted(twice([*mine, *beside], facet), facet) if asked.write else {}
    if asked.write:
        write(points)


if __name__ == "__main__":
    main()
