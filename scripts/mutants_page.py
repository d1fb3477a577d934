"""The page of ``scripts/mutants.py``: the last sample of each room, survivors, samples before.

``python scripts/mutants_page.py`` writes ``benchmarks/MUTANTS.md`` anew from two tables beside it:
``mutants_samples.tsv`` has every sample that was written down, ``mutants_survivors.tsv`` what no
test noticed in it, with what was thought of it: the last column is filled by hand, and kept.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "benchmarks" / "MUTANTS.md"
SAMPLES = ROOT / "benchmarks" / "mutants_samples.tsv"
SURVIVORS = ROOT / "benchmarks" / "mutants_survivors.tsv"
_OF_A_SAMPLE = ("seed", "room", "changes", "noticed")
_OF_A_SURVIVOR = (*("seed", "room", "file", "line", "function", "before", "after", "judgement"),)
Rows = list[dict[str, str]]


class Mutant(NamedTuple):
    """A file with one change: where it is, and what stood there and stands there now.

    ``within`` names the function, "" outside of any; ``starts`` is its first line, 0 where the
    change runs when the module is imported. ``lines`` are those of the statement.
    """

    path: str
    line: int
    before: str
    after: str
    text: str
    within: str
    starts: int
    lines: range

    @property
    def name(self) -> tuple[str, str, str, str]:
        """What it is, wherever the file has it."""
        before, after = (" ".join(part.split()) for part in (self.before, self.after))
        return self.path, self.within, before, after


def write(seed: int, room: str, changes: int, survivors: Sequence[Mutant]) -> None:
    """Add a sample of a room to those before it, and write the page."""
    samples, alive = _read(SAMPLES), _read(SURVIVORS)
    judged = {_name(row): row["judgement"] for row in alive if row["judgement"]}
    samples = [row for row in samples if (row["seed"], row["room"]) != (str(seed), room)]
    alive = [row for row in alive if (row["seed"], row["room"]) != (str(seed), room)]
    numbers = (seed, room, changes, changes - len(survivors))
    samples.append(dict(zip(_OF_A_SAMPLE, map(str, numbers), strict=True)))
    for one in survivors:
        cells = (seed, room, one.path, one.line, *one.name[1:], judged.get(one.name, ""))
        alive.append(dict(zip(_OF_A_SURVIVOR, map(str, cells), strict=True)))
    for path, columns, rows in (
        (SAMPLES, _OF_A_SAMPLE, samples),
        (SURVIVORS, _OF_A_SURVIVOR, alive),
    ):
        lines = ["\t".join(columns), *("\t".join(row[name] for name in columns) for row in rows)]
        path.write_text("\n".join(lines) + "\n", "utf-8")
    PAGE.write_text(page(samples, alive), "utf-8")


def page(samples: Rows, alive: Rows) -> str:
    """The page: of each room the last sample, and those before it."""
    last = {row["room"]: row for row in samples}
    earlier = [row for row in samples if row is not last[row["room"]]]
    changes, noticed = (
        sum(int(row[name]) for row in last.values()) for name in ("changes", "noticed")
    )
    lines = [
        "# Mutants",
        "",
        "One operator or number of the program changed at a time, and whether a test of its room "
        "notices: `make mutants` (`scripts/mutants.py`). The last sample of each room, of changes "
        "that nobody had looked at before:",
        "",
        *_table(list(last.values())),
        f"| | **all** | {changes} | {noticed} | **{100 * noticed / max(changes, 1):.0f}** |",
        "",
        "## Survivors",
        "",
        "What no test noticed in these samples, and what is thought of it "
        "(`mutants_survivors.tsv`).",
        "",
    ]
    for row in alive:
        if row["seed"] == last[row["room"]]["seed"]:
            where = f"`{row['function']}`" if row["function"] else "on import"
            lines.append(
                f"- `{row['file']}:{row['line']}` {where}: `{row['before']}` became "
                f"`{row['after']}`: {row['judgement'] or 'not judged yet'}"
            )
    if earlier:
        lines += [
            "",
            "## Samples before",
            "",
            "Tests were written for the kinds of changes that these left; then another sample was "
            "drawn.",
            "",
            *_table(earlier),
        ]
    return "\n".join(lines) + "\n"


def _table(rows: Rows) -> list[str]:
    return [
        "| seed | room | changes | noticed | % |",
        "|---|---|---|---|---|",
        *(
            f"| {row['seed']} | {row['room']} | {row['changes']} | {row['noticed']} | "
            f"{100 * int(row['noticed']) / int(row['changes']):.0f} |"
            for row in rows
        ),
    ]


def _name(row: dict[str, str]) -> tuple[str, str, str, str]:
    return row["file"], row["function"], row["before"], row["after"]


def _read(path: Path) -> Rows:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


if __name__ == "__main__":
    PAGE.write_text(page(_read(SAMPLES), _read(SURVIVORS)), "utf-8")
