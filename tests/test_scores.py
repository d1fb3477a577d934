"""How often each facet is read right: never less than before, and what is gained is claimed.

`PYTHONPATH=. python tests/test_scores.py` claims it: sentences that are now read right move to the
file of those, floors rise. It refuses to let a floor fall unless asked with `--lower`.
"""

from __future__ import annotations

import sys
from functools import cache

import pytest
from scoring import (
    Case,
    Corpus,
    clusters,
    conversions,
    floors,
    passages,
    totals,
    write,
    wrong,
)
from scoring.claims import CLAIMS
from scoring.floors import Count, Floors
from scoring.known import CORPORA, changes, page

IDS = [corpus.name for corpus in CORPORA]


@cache
def counts(name: str) -> dict[str, Count]:
    """The count of each facet of a corpus."""
    other = {"conversions": conversions.counts, "clusters": clusters.counts}
    if name in other:
        return other[name]()
    if name in PASSAGES:
        return passages.counts(name)
    if name in CLUSTERS:
        return clusters.counts_of_amounts(name)
    corpus = next(one for one in CORPORA if one.name == name)
    right, labels = totals([corpus.read(case) for case in corpus.every()])
    return {facet: Count(right[facet], labels[facet], []) for facet in corpus.facets}


PASSAGES = ("passages", "passages_kept")
CLUSTERS = ("clusters_read", "clusters_kept")
NAMES = (*IDS, "conversions", "clusters", *PASSAGES, *CLUSTERS)


def told(name: str, found: dict[str, Count], known: Floors) -> list[str]:
    """What is to be said of the counts of a corpus beside its floors."""
    lines = []
    for facet, count in found.items():
        floor = known.get(name, {}).get(facet, 0)
        if count.right > floor:
            lines.append(
                f"raise the floor in tests/scores.toml to {count.right}: {facet} of {name}, "
                f"which is {floor} ({floors.COMMAND} does it)"
            )
        if count.right < floor:
            among = "not read right: " if count.missed else "lost: "
            lost = count.missed or losses(name, facet) or ["another figure of a known failure"]
            lines.append(f"{facet} of {name} fell from {floor} to {count.right}")
            lines += [f"    {among}{text}" for text in lost]
    return lines


def losses(name: str, facet: str) -> list[str]:
    """The sentences of which this facet was read right and is read wrongly."""
    lost = []
    for corpus in CORPORA:
        if corpus.name == name:
            whole = [case for case in corpus.every() if "wrong" not in case]
            lost += [case["text"] for case in whole if facet in wrong(corpus.read(case))]
            lost += [case["text"] for case, _, worse in changes(corpus) if facet in worse]
    return lost


@pytest.mark.parametrize("name", NAMES)
def test_no_facet_is_read_right_less_often_than_its_floor_and_a_gain_is_claimed(name: str) -> None:
    said = told(name, counts(name), floors.floors())
    if said:
        pytest.fail("\n".join(said), pytrace=False)


@pytest.mark.parametrize("corpus", CORPORA, ids=IDS)
def test_known_failures_are_read_wrongly_in_the_facets_that_they_name(corpus: Corpus) -> None:
    lines = []
    for case, gained, lost in changes(corpus):
        whole = not wrong(corpus.read(case))
        lines += [f"right now, move it to {corpus.right_file.name}: {case['text']}"] * whole
        lines += [
            f"{facet} is right now, strike it off: {case['text']}" for facet in gained if not whole
        ]
        lines += [f"{facet} is read wrongly too: {case['text']}" for facet in lost]
    if lines:
        lines.append(f"({floors.COMMAND} does what is to be claimed)")
        pytest.fail("\n".join(lines), pytrace=False)


def test_a_slip_is_named_by_its_facet_and_both_readings() -> None:
    case = {
        "text": "Norway gave Ukraine 5 million euros.",
        "published": "2025-03-10",
        "claims": [
            {
                "text": "5 million euros",
                "role": "pledge",
                "donor": "Sweden",
                "recipient": "Ukraine",
                "status": "disbursed",
            }
        ],
    }
    reading = CLAIMS.read(case)
    said = "donor of “5 million euros”: read Norway, meant Sweden"
    assert list(map(str, reading.slips)) == [said]
    assert (reading.right["donor"], reading.labels["donor"], reading.right["role"]) == (0, 1, 1)
    case["claims"] = []
    assert wrong(CLAIMS.read(case)) == ["figures"]


def test_the_floors_say_what_was_gained_and_what_fell() -> None:
    found = {"donor": Count(7, 9, []), "role": Count(9, 9, []), "pair": Count(1, 2, ["Riga"])}
    said = told("clusters", found, {"clusters": {"donor": 6, "role": 9, "pair": 2}})
    assert said[0].startswith(
        "raise the floor in tests/scores.toml to 7: donor of clusters, which is"
    )
    assert said[1:] == ["pair of clusters fell from 2 to 1", "    not read right: Riga"]


def test_the_page_of_known_failures_fits_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = page().splitlines()
    assert max(map(len, lines)) <= 80
    assert sum(line.startswith("all ") for line in lines) == len(CORPORA)


def claim(corpus: Corpus, *, lower: bool) -> None:
    """Move the sentences that are read right now, and write the facets that are not to the rest."""
    known: list[Case] = []
    moved: list[Case] = []
    for case in corpus.known():
        now, said = wrong(corpus.read(case)), case.pop("wrong", None)
        if not now:
            moved.append(case)
            continue
        kept = now if said is None or lower else [facet for facet in said if facet in now]
        *head, labels = case.items()
        known.append({**dict(head), "wrong": kept, labels[0]: labels[1]})
    write(corpus.right_file, [*corpus.right(), *moved])
    write(corpus.known_file, known)
    print(f"{corpus.name}: {len(moved)} sentences moved, {len(known)} known failures")


def main(lower: bool) -> int:
    """Claim what is read right now; 1 if a floor would have to fall for it, which then stays."""
    for corpus in CORPORA:
        claim(corpus, lower=lower)
    new, fallen = floors.floors(), 0
    for name in NAMES:
        kept = new.setdefault(name, {})
        for facet, count in counts(name).items():
            floor = kept.get(facet, 0)
            if count.right != floor:
                print(f"{facet} of {name}: {floor} -> {count.right}")
            kept[facet] = count.right if lower else max(floor, count.right)
            fallen += kept[facet] > count.right
    floors.write(new)
    if fallen:
        print(f"{fallen} floors stay: read those right, or run with --lower and tell why")
    return int(fallen > 0)


if __name__ == "__main__":
    sys.exit(main("--lower" in sys.argv[1:]))
