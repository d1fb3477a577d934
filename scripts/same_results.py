"""Compare what two states of the code make of the same input, row by row.

    python scripts/same_results.py [BASE]

Reads, checks and reconciles the example folder, the pages and corpora of the tests, two made worlds
and (where they lie beside the clone) the passages of ``../shared`` with the code of commit BASE
(default ``HEAD``) and with the code as it stands, and prints how many rows differ, by table and
column, with the first few. Columns that only one side has are named and not compared. Ends with
status 1 when any row differs.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHOWN = 12  # rows that differ, of each table
CORPORA = ("claims.jsonl", "claims_known_failures.jsonl", "lithuania_claims.jsonl")
WORLDS = (("TUNING", 3, 41), ("HELD_OUT", 6, 42))
CLAIMS_OF_A_WORLD = 1500
PASSAGES_TOGETHER = 40  # passages that are also reconciled as one


def texts() -> list[tuple[str, str, str | None, str | None]]:
    """Every text that is read by itself: a name, the words, its day, its title."""
    pages = sorted([*(ROOT / "tests/pages").glob("*"), *(ROOT / "tests/retold").glob("*")])
    found: list[tuple[str, str, str | None, str | None]] = [
        (path.name, path.read_text(encoding="utf-8"), None, None) for path in pages
    ]
    for name in CORPORA:
        lines = (ROOT / "tests/corpus" / name).read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(filter(None, lines)):
            row = json.loads(line)
            words = row.get("text") or row.get("sentence") or ""
            found.append((f"{name}:{number}", words, row.get("published", "2024-11-04"), None))
    beside = ROOT.parent / "shared"
    for path in sorted(beside.glob("corpus/real_passages_*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            day = row["published"] if len(row.get("published") or "") == 10 else None
            found.append((row["id"], row["text"], day, row.get("title") or None))
    return found


def dump(worlds: list[str]) -> dict[str, list[dict[str, Any]]]:
    """Every table that the code on the import path makes of every input."""
    import pandas as pd

    import pledgecalc as pc

    tables: dict[str, list[dict[str, Any]]] = {}

    def keep(table: str, case: str, frame: pd.DataFrame) -> None:
        cells = frame.astype(object).where(frame.notna(), None)
        rows = [{key: str(cell) for key, cell in row.items()} for row in cells.to_dict("records")]
        tables.setdefault(table, []).extend({"": case, **row} for row in rows)

    def reconcile(case: str, claims: pd.DataFrame, text: bool = True) -> None:
        result = pc.reconcile(claims, currency="USD")
        for table in ("claims", "checks", "pledges", "totals", "findings"):
            keep(table, case, getattr(result, table))
        if text:
            lines = str(result).splitlines()
            keep("summary", case, pd.DataFrame({"line": lines}))
            pairs = result.pledges[["donor", "recipient"]].drop_duplicates()
            for donor, recipient in pairs.itertuples(index=False, name=None):
                who = {"donor": donor, "recipient": recipient}
                asked = {side: name for side, name in who.items() if isinstance(name, str)}
                if all("|" not in name for name in asked.values()):
                    found = result.total(**asked)
                    keep("sums", f"{case} {asked}", pd.DataFrame({"said": str(found).splitlines()}))

    reconcile("examples", pc.read(ROOT / "examples/lithuania"))
    reconcile("retold", pc.read(ROOT / "tests/retold"))
    together: list[pd.DataFrame] = []
    for case, words, day, title in texts():
        claims = pc.read_text(words, published=day, title=title, source=case)
        keep("read", case, claims)
        if len(claims):
            reconcile(case, claims)
            together.append(claims)
            if len(together) == PASSAGES_TOGETHER:
                reconcile(f"up to {case}", pd.concat(together, ignore_index=True))
                together = []
    for path in worlds:
        reconcile(Path(path).stem, pd.read_pickle(path), text=False)
    return tables


def made_worlds(folder: Path) -> list[str]:
    """The files of the made worlds, the same for both states of the code."""
    sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
    from worlds import settings, world

    paths = []
    for name, density, seed in WORLDS:
        made = world.make_world(getattr(settings, name), CLAIMS_OF_A_WORLD, density, seed)
        path = folder / f"world-{name.lower()}.pickle"
        made.claims.to_pickle(path)
        paths.append(str(path))
    return paths


def made_by(code: Path, worlds: list[str]) -> dict[str, list[dict[str, Any]]]:
    """The tables that the code in the folder ``code`` makes."""
    with tempfile.NamedTemporaryFile(suffix=".json") as kept:
        program = (
            "import sys, json; sys.path.insert(0, sys.argv[1]); sys.path.insert(1, sys.argv[2]);"
            "import same_results as s;"
            "json.dump(s.dump(sys.argv[4:]), open(sys.argv[3], 'w', encoding='utf-8'))"
        )
        command = [sys.executable, "-c", program, str(code), str(ROOT / "scripts"), kept.name]
        subprocess.run([*command, *worlds], cwd=code, check=True)
        found: dict[str, list[dict[str, Any]]] = json.loads(Path(kept.name).read_text("utf-8"))
        return found


def made_before(base: str, worlds: list[str], folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The tables that the code of commit ``base`` makes, kept in ``.tmp`` for the next time."""
    inputs = hashlib.sha256(json.dumps(texts()).encode())
    inputs.update(b"".join(Path(path).read_bytes() for path in worlds))
    commit = subprocess.run(
        ["git", "rev-parse", base], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()
    kept = ROOT / ".tmp" / f"same-{commit[:12]}-{inputs.hexdigest()[:12]}.json"
    if kept.exists():
        found: dict[str, list[dict[str, Any]]] = json.loads(kept.read_text("utf-8"))
        return found
    old = folder / "base"
    old.mkdir()
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True)
    subprocess.run(["tar", "-x", "-C", str(old)], input=archive.stdout, check=True)
    found = made_by(old, worlds)
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(json.dumps(found), encoding="utf-8")
    return found


def compare(before: list[dict[str, Any]], after: list[dict[str, Any]], table: str) -> int:
    """Print how two versions of one table differ; the number of rows that do."""
    columns = [set(before[0]) if before else set(), set(after[0]) if after else set()]
    shared = sorted(columns[0] & columns[1]) if all(columns) else sorted(columns[0] | columns[1])
    by_case: dict[str, list[list[dict[str, Any]]]] = {}
    for side, rows in enumerate((before, after)):
        for row in rows:
            by_case.setdefault(row[""], [[], []])[side].append(row)
    differing, in_columns, shown = 0, Counter[str](), []
    for case, (old, new) in by_case.items():
        if len(old) != len(new):
            gone, come = (
                _bag(old, shared) - _bag(new, shared),
                _bag(new, shared) - _bag(old, shared),
            )
            differing += max(gone.total(), come.total())
            shown.append(f"    {case}: {len(old)} rows, now {len(new)}")
            shown += [f"    {case} - {row}" for row in gone] + [
                f"    {case} + {row}" for row in come
            ]
            continue
        for row, anew in zip(old, new, strict=True):
            apart = [name for name in shared if row.get(name) != anew.get(name)]
            differing += bool(apart)
            in_columns.update(apart)
            words = anew.get("text", "")
            shown += [f"    {case} {words!r}: {n} {row.get(n)} -> {anew.get(n)}" for n in apart]
    only = ", ".join(sorted(columns[0] ^ columns[1])) if all(columns) else ""
    besides = f"; not compared: {only}" if only else ""
    print(f"{table:9} {len(before):7} rows, {differing} differ{besides}")
    if differing:
        print("    by column:", dict(in_columns.most_common()))
        print("\n".join(shown[:SHOWN]))
    return differing


def _bag(rows: list[dict[str, Any]], columns: list[str]) -> Counter[str]:
    return Counter(" ".join(str(row.get(name)) for name in columns if name) for row in rows)


def main(arguments: list[str]) -> int:
    """Compare the code as it stands with that of a commit."""
    base = arguments[0] if arguments else "HEAD"
    with tempfile.TemporaryDirectory() as folder:
        worlds = made_worlds(Path(folder))
        before, after = made_before(base, worlds, Path(folder)), made_by(ROOT, worlds)
    tables = sorted({*before, *after})
    return int(sum(compare(before.get(t, []), after.get(t, []), t) for t in tables) > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
