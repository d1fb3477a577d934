"""Writes the tables of docs/accuracy.md: how much is read right, by set of passages.

``python scripts/measure_accuracy.py`` takes the corpora of this repository, whose counts of what
is read right stand in tests/scores.toml. ``--shared ../shared`` scores the sets of real passages beside
it too (a minute each); without it their rows stay as they are.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "accuracy.md"
CORPUS = ROOT / "tests" / "corpus"
OWN = {
    "passages": "`passages.jsonl`: rules were made on it",
    "passages_kept": "`passages_kept.jsonl`: only scored",
}
FACETS = ("found", "money", "role", "donor", "recipient", "status", "pair", "all_right")
README = ROOT / "README.md"
_SAID = re.compile(r"<!-- accuracy: .*-->|On \d+ passages that no rule.*\n.*says where it errs\.")
SHARED = ("real_passages_a", "real_passages_b", "real_passages_c")


def share(right: int, of: int) -> str:
    """A share in per cent, to one digit behind the point.

    >>> share(1, 3)
    '33.3'
    """
    return f"{100 * right / of:.1f}" if of else ""


def own_rows() -> list[str]:
    """A row for each corpus of ours, from its labels and the counts in tests/scores.toml."""
    scores = tomllib.loads((ROOT / "tests" / "scores.toml").read_text("utf-8"))
    rows = []
    for name, told in OWN.items():
        passages = [json.loads(line) for line in (CORPUS / f"{name}.jsonl").open("rb")]
        figures = [one for passage in passages for one in passage["figures"]]
        counted = [one for one in figures if one["role"] not in ("noise", "relative")]
        asked = dict.fromkeys(FACETS, len(counted))
        asked["pair"] = sum(bool(one.get("stated_conversion_of")) for one in counted)
        shares = [share(scores[name][facet], asked[facet]) for facet in FACETS]
        rows.append(f"| {told} | {len(passages)} | {len(counted)} | {' | '.join(shares)} |")
    return rows


def shared_rows(shared: Path, on: str) -> list[str]:
    """A row for each set of real passages, scored by the programme that stands beside them."""
    rows = []
    for name in SHARED:
        path = shared / "corpus" / f"{name}.jsonl"
        count = len(path.read_text("utf-8").splitlines())
        command = [
            sys.executable,
            str(shared / "measure" / "score_passages.py"),
            str(path),
            "--json",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        found: dict[str, Any] = json.loads(done.stdout)
        wrong = found["wrong amount"] + found["wrong currency"]
        cells = [
            f"`{name}`, {on}",
            count,
            found["figures"],
            found["found"],
            wrong,
            found["role"],
            *(
                " / ".join(str(found[f"{party} {how}"]) for how in ("right", "open", "wrong"))
                for party in ("donor", "recipient")
            ),
            found["status"],
            found["all right"],
            f"{found['sums safe']} of {found['sums']}" if found["sums"] else "not labelled",
        ]
        rows.append(f"| {' | '.join(map(str, cells))} |")
    return rows


def with_rows(page: str, name: str, rows: list[str]) -> str:
    """The page with the rows of the table that the comment ``name`` stands above."""
    table = re.compile(rf"(<!-- {name} -->\n\|.*\n\|[-| ]+\n)(?:\|.*\n)*")
    return table.sub(lambda found: found[1] + "".join(f"{row}\n" for row in rows), page)


def sentence(page: str) -> str:
    """What the README says of it: the shares of the corpus that is only scored."""
    kept = next(line for line in page.splitlines() if "passages_kept" in line).split("|")
    donor, everything = (round(float(kept[place])) for place in (7, -2))
    return (
        f"On {kept[2].strip()} passages that no rule was made from, {donor} % of the givers are read "
        f"right, and of\n{everything} % of the figures everything: "
        "[docs/accuracy.md](docs/accuracy.md) says where it errs."
    )


def main() -> None:
    """Write the page, and its sentence in the README."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, help="the folder with the sets of real passages")
    parser.add_argument("--on", default=str(dt.date.today()), help="the day to print beside them")
    args = parser.parse_args()
    page = with_rows(PAGE.read_text("utf-8"), "own", own_rows())
    if args.shared:
        page = with_rows(page, "shared", shared_rows(args.shared.resolve(), args.on))
    PAGE.write_text(page, "utf-8")
    readme = README.read_text("utf-8")
    README.write_text(_SAID.sub(lambda _: sentence(page), readme), "utf-8")


if __name__ == "__main__":
    main()
