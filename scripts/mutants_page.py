"""The page of ``scripts/mutants.py``: the last sample, its survivors, the samples before it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "benchmarks" / "MUTANTS.md"
JUDGED = ROOT / "benchmarks" / "mutants_judged.tsv"  # survivors, with what was thought of them
SAMPLES = ROOT / "benchmarks" / "mutants_samples.tsv"  # every run that was written down


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


def page(seed: int, samples: Sequence[dict[str, str]], survivors: Sequence[Mutant]) -> str:
    """The last sample as a page, with the samples before it."""
    last = [row for row in samples if row["seed"] == str(seed)]
    with JUDGED.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        judged = {
            (row["file"], row["within"], row["before"], row["after"]): row["judgement"]
            for row in rows
        }
    lines = [
        "# Mutants",
        "",
        "One operator or number of the program changed at a time, and whether a test of its room "
        f"notices (`make mutants`, `scripts/mutants.py`). The last sample, seed {seed}, of changes "
        "that nobody had looked at before:",
        "",
        *_counted(last),
        "",
        "## Survivors",
        "",
        "What no test noticed, and what is thought of it (`mutants_judged.tsv`).",
        "",
    ]
    for one in survivors:
        path, within, before, after = one.name
        lines.append(
            f"- `{path}:{one.line}` {f'`{within}`' if within else 'on import'}: `{before}` became "
            f"`{after}`: {judged.get(one.name, 'not judged yet')}"
        )
    earlier = [row for row in samples if row["seed"] != str(seed)]
    lines += ["", "## Samples before", ""]
    lines += ["Tests were added for the kinds of changes that these left.", "", *_counted(earlier)]
    return "\n".join(lines) + "\n"


def _counted(rows: Sequence[dict[str, str]]) -> list[str]:
    lines = ["| seed | room | changes | noticed | % |", "|---|---|---|---|---|"]
    for row in rows:
        share = 100 * int(row["noticed"]) / int(row["changes"])
        lines.append(
            f"| {row['seed']} | {row['room']} | {row['changes']} | {row['noticed']} | {share:.0f} |"
        )
    if len({row["seed"] for row in rows}) == 1:
        count, killed = (sum(int(row[name]) for row in rows) for name in ("changes", "noticed"))
        share = 100 * killed / count
        lines.append(f"| {rows[0]['seed']} | **all** | {count} | {killed} | **{share:.0f}** |")
    return lines


def write(seed: int, found: dict[str, tuple[int, list[Mutant]]]) -> None:
    """Add a sample to those before it, and write the page."""
    samples = []
    if SAMPLES.exists():
        with SAMPLES.open(encoding="utf-8", newline="") as file:
            samples = list(csv.DictReader(file, delimiter="\t"))
    samples = [row for row in samples if row["seed"] != str(seed)]
    for name, (count, survivors) in found.items():
        numbers = str(seed), name, str(count), str(count - len(survivors))
        samples.append(dict(zip(("seed", "room", "changes", "noticed"), numbers, strict=True)))
    with SAMPLES.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(samples[0]), delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(samples)
    survivors = [one for _, survivors in found.values() for one in survivors]
    PAGE.write_text(page(seed, samples, survivors), "utf-8")
