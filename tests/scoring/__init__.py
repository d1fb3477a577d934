"""How the sentences of tests/corpus are read, facet by facet.

A corpus is a file of sentences that are read right, whole, and a file of known failures, which
name the facets that are read wrongly. What is right is counted by facet and held against the
floors of tests/scores.toml, which only rise.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

TESTS = Path(__file__).resolve().parents[1]

Case = dict[str, Any]  # a line of a corpus


class Slip(NamedTuple):
    """One thing that is read wrongly: which facet of which figure, what was read, what is meant."""

    facet: str
    figure: str
    read: object
    meant: object

    def __str__(self) -> str:
        """The slip as a person is told it.

        >>> print(Slip("donor", "$5 million", None, "Norway"))
        donor of “$5 million”: read nothing, meant Norway
        """
        read, meant = (_shown(value) for value in (self.read, self.meant))
        return f"{self.facet} of “{' '.join(self.figure.split())}”: read {read}, meant {meant}"


class Reading(NamedTuple):
    """How a sentence is read: what is wrong, and how many labels of each facet are right."""

    slips: list[Slip]
    right: Counter[str]
    labels: Counter[str]


class Corpus(NamedTuple):
    """The two files of a corpus and how a line of it is read."""

    name: str
    facets: tuple[str, ...]
    read: Callable[[Case], Reading]
    also: tuple[str, ...] = ()  # files of sentences in which nothing is to be found

    @property
    def right_file(self) -> Path:
        return TESTS / "corpus" / f"{self.name}.jsonl"

    @property
    def known_file(self) -> Path:
        return TESTS / "corpus" / f"{self.name}_known_failures.jsonl"

    def right(self) -> list[Case]:
        """The sentences that are read right, whole."""
        return cases(self.right_file)

    def known(self) -> list[Case]:
        """The sentences of which some facet is known to be read wrongly."""
        return cases(self.known_file)

    def every(self) -> list[Case]:
        """All sentences, those with nothing to find included."""
        more = [case for name in self.also for case in cases(TESTS / "corpus" / name)]
        return [*self.right(), *more, *self.known()]


def cases(path: Path) -> list[Case]:
    """The lines of a corpus."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write(path: Path, lines: list[Case]) -> None:
    """Write a corpus, a sentence a line."""
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")


def counted(
    labels: list[tuple[str, str, object, object]], others: list[Slip], unread: list[str]
) -> Reading:
    """A reading from its labels (facet, figure, read, meant), the slips that have no label, and
    the facets of figures that were not read, whose labels cannot be right.
    """
    slips = [Slip(*label) for label in labels if label[2] != label[3]]
    right = Counter(facet for facet, _, read, meant in labels if read == meant)
    return Reading([*others, *slips], right, Counter([*(label[0] for label in labels), *unread]))


def wrong(reading: Reading) -> list[str]:
    """The facets that a sentence is read wrongly in, each once, in the order of the slips."""
    return list(dict.fromkeys(slip.facet for slip in reading.slips))


def totals(readings: list[Reading]) -> tuple[Counter[str], Counter[str]]:
    """How many labels of each facet are right, and how many there are."""
    right, labels = Counter[str](), Counter[str]()
    for reading in readings:
        right.update(reading.right)
        labels.update(reading.labels)
    return right, labels


def by_kind(found: list[Case]) -> Mapping[str, list[Case]]:
    """The sentences by their origin, the origins with the most sentences first."""
    kinds = [kind for kind, _ in Counter(case["kind"] for case in found).most_common()]
    return {kind: [case for case in found if case["kind"] == kind] for kind in kinds}


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        return " and ".join(map(_shown, value)) or "nothing"
    return "nothing" if value is None else " ".join(str(value).split())
