"""Fit the points of `calc/data/tongue_points.tsv`: who gives and receives in other languages.

    python scripts/fit_tongue_points.py PASSAGES.jsonl ... [--write]

The same choice, labels and ridge as in `fit_party_points.py`, on passages in other languages than
English: one table for all of them, for their facts are the same. Whole passages are held out, in
eight parts; then each language in turn, to see what a language without labels would get.
`--write` fits to all and writes the table; what stands before a sum is itself a choice, so run it
again until it no longer changes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import fit_party_points as english

from calc.claims.mentioned import FACETS, named_for
from calc.claims.tongue_candidates import TABLE
from calc.claims.tongue_rules import read_languages
from calc.claims.tongues import asked_abroad
from calc.documents import document_from_text

KEPT = 130  # facts for one side
RARE, RIDGE = 8, 6.0
MARGINS = {"donor": (14, 20), "recipient": (8, 7)}
# what sense says, whatever a few sentences say
FOR = {
    "donor": "from office gives-next case-subject sum-in-brackets body at-home&not-here "
    "donor-before only-giver&here only-giver&not-here",
    "recipient": "to case-receiver receives-next behind-receives programme-serves "
    "recipient-before only-receiver&here only-receiver&not-here",
}
AGAINST = {
    "donor": "to place members receives-next behind-receives kind-poor kind-receiving-body",
    "recipient": "place kind-rich kind-giving-body from office body",
}
EXPECTED = {
    "donor": {"from": 1.0, "office": 0.8, "gives-next": 0.5, "kind-poor": -2.0, "place": -4.0}
    | {"sum-in-brackets": 1.0, "members": -2.0, "nobody:is-target": 3.0}
    | {"case-subject": 0.5, "case-receiver": -1.0, "body": 2.0, "to": -1.0}
    | {"case-receiver&also-gives": -2.0, "gives-next&own-name": 2.0, "nobody:is-of-many": 3.0}
    | {"kind-receiving-body": -1.0},
    "recipient": {"to": 1.0, "kind-rich": -2.0, "case-receiver": 1.0, "receives-next": 0.8}
    | {"place": -0.5, "kind-giving-body": -1.0, "from": -1.0, "programme-serves": 1.0},
}


def _language(document: object) -> str | None:
    return getattr(document, "language", None)


def examples(path: Path) -> Iterator[tuple[str, str, english.Example]]:
    """The sides of the figures of a file: facet, language, example."""
    for line in path.read_text(encoding="utf-8").splitlines():
        passage = json.loads(line)
        if passage.get("lang", "en") == "en":
            continue
        day = passage.get("published") or ""
        document = document_from_text(
            passage["text"],
            published=day if len(day) == 10 else None,
            title=passage.get("title") or None,
            source=passage["id"],
        )
        language = document.language
        if language not in read_languages():
            continue
        for start, end, candidates in asked_abroad(document, str(language)):
            figure = next(
                (one for one in passage["figures"] if one["start"] < end and start < one["end"]),
                None,
            )
            if figure is None or figure["role"] in ("noise", "relative"):
                continue
            facts = {names: candidates.facts(names) for names in candidates.names}
            for facet in FACETS:
                yield (
                    facet,
                    str(language),
                    english.Example(
                        passage["id"],
                        [english._plain(named_for(facet, names)) for names in facts],
                        list(facts.values()),
                        candidates.nobody_for(facet),
                        english._labels(figure, facet, "+"),
                        frozenset(),
                        1.0,
                    ),
                )


def fitted(found: Sequence[english.Example], facet: str) -> dict[str, int]:
    """The points of the facts that tell most."""
    english.KEPT, english.RARE, english.RIDGE = KEPT, RARE, RIDGE
    english.FOR, english.AGAINST, english.EXPECTED = FOR, AGAINST, EXPECTED
    return english.fitted(found, facet)


def _score(held: Sequence[english.Example], points: dict[str, int], facet: str) -> Counter[str]:
    return Counter(
        english._outcome(one, english.choice(one, points, MARGINS[facet])) for one in held
    )


def compare(found: Sequence[tuple[str, english.Example]], facet: str) -> None:
    """Print how the points do on passages, and on languages, that they were not fitted to."""
    pages = sorted({one.page for _, one in found})
    outcomes: Counter[str] = Counter()
    for part in range(english.PARTS):
        held = set(pages[part :: english.PARTS])
        points = fitted([one for _, one in found if one.page not in held], facet)
        outcomes += _score([one for _, one in found if one.page in held], points, facet)
    print(f"{facet}: {len(found)} figures of {len(pages)} passages")
    print(f"  passages held out  {english._shares(outcomes)}")
    for language in sorted({language for language, _ in found}):
        points = fitted([one for told, one in found if told != language], facet)
        held_out = [one for told, one in found if told == language]
        print(f"  {language} held out {len(held_out):4} {_shares(held_out, points, facet)}")


def _shares(held: Sequence[english.Example], points: dict[str, int], facet: str) -> str:
    return english._shares(_score(held, points, facet))


def main() -> None:
    """Read the labels, compare, and write the table where asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("passages", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    found = [one for path in asked.passages for one in examples(path)]
    counts = Counter((facet, one.page) for facet, _, one in found)
    evened = [
        (
            facet,
            language,
            one._replace(weight=english.OF_A_PAGE * counts[facet, one.page] ** -0.5),
        )
        for facet, language, one in found
    ]
    points = {}
    for facet in FACETS:
        mine = [(language, one) for side, language, one in evened if side == facet]
        if not asked.write:
            compare(mine, facet)
        points[facet] = fitted([one for _, one in mine], facet)
    if asked.write:
        english.write(points, TABLE, MARGINS)


if __name__ == "__main__":
    main()
