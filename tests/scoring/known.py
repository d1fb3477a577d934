"""Known failures: whether each is still read wrongly as it says, and the nearest to right.

`make known` prints the scores by facet and origin, and the nearest.
"""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator

from scoring import Case, Corpus, Reading, by_kind, totals, wrong
from scoring.claims import CLAIMS
from scoring.figures import FIGURES

CORPORA = (CLAIMS, FIGURES)
WIDTH = 80
KINDS = 12  # origins that have a line of their own
NEAREST = 10


def changes(corpus: Corpus) -> Iterator[tuple[Case, list[str], list[str]]]:
    """The known failures that are not read as they say: the facets gained, and those lost."""
    for case in corpus.known():
        now, then = wrong(corpus.read(case)), case.get("wrong", [])
        gained = [facet for facet in then if facet not in now]
        lost = [facet for facet in now if facet not in then]
        if gained or lost or not now:
            yield case, gained, lost


def nearest(corpus: Corpus) -> list[tuple[Case, Reading]]:
    """The known failures with the fewest slips, the shortest sentences first."""
    read = [(case, corpus.read(case)) for case in corpus.known()]
    read.sort(key=lambda one: (len(one[1].slips), len(one[0]["text"])))
    return read[:NEAREST]


def table(corpus: Corpus) -> list[str]:
    """Labels that are read right of all that there are, by origin and facet."""
    kinds = list(by_kind(corpus.every()).items())
    rest = [case for _, found in kinds[KINDS:] for case in found]
    rows = [("all", corpus.every()), *kinds[:KINDS]]
    if rest:
        rows.append((f"{len(kinds) - KINDS} others", rest))
    lines = [_row(corpus.name, list(corpus.facets))]
    for name, found in rows:
        right, labels = totals([corpus.read(case) for case in found])
        lines.append(_row(name, [f"{right[one]}/{labels[one]}" for one in corpus.facets]))
    return lines


def _row(name: str, cells: list[str]) -> str:
    return f"{textwrap.shorten(name, 18, placeholder='…'):18}" + "".join(f"{c:>10}" for c in cells)


def page() -> str:
    """The scores of the corpora and the known failures that are nearest to right."""
    lines: list[str] = []
    for corpus in CORPORA:
        lines += [*table(corpus), ""]
    for corpus in CORPORA:
        known = corpus.known()
        near = nearest(corpus)
        lines += [f"{corpus.name}: the {len(near)} of {len(known)} known failures nearest to right"]
        for case, reading in near:
            lines += ["", *_wrapped(case["text"], "  "), *_slips(reading)]
        lines.append("")
    return "\n".join(lines)


def _slips(reading: Reading) -> list[str]:
    return [line for slip in reading.slips for line in _wrapped(f"- {slip}", "    ", "      ")]


def _wrapped(text: str, indent: str, later: str | None = None) -> list[str]:
    width = min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns)
    return textwrap.wrap(
        " ".join(text.split()),
        width,
        initial_indent=indent,
        subsequent_indent=indent if later is None else later,
    )


if __name__ == "__main__":
    print(page())
