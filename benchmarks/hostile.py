"""Hostile files at full size, each in a process of its own: time, memory and what was said.

``make hostile`` runs it and writes the section "hostile" of RESULTS.md. A process that takes more
than the bounds below is a fault, and the run fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "benchmarks")]

from hostile_inputs import HOSTILE, MB  # noqa: E402
from sections import RESULTS, write_section  # noqa: E402

SECONDS = 120  # of processor time
MEMORY = 3_000  # MB
KILLED = 1_000  # seconds by the clock
_RUN = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
import cli
code = cli.main([*{words!r}, "-o", {out!r}])
used = resource.getrusage(resource.RUSAGE_SELF)
most = used.ru_maxrss // 1024
try:  # that of the process which began us counts as ours too, but here
    with open("/proc/self/status") as file:
        most = next(int(line.split()[1]) // 1024 for line in file if line.startswith("VmHWM"))
except OSError:
    pass
with open({told!r}, "w") as file:
    print(code, used.ru_utime + used.ru_stime, most, file=file)
"""


TABLES = (".csv", ".json", ".jsonl", ".parquet", ".xlsx", ".arrow")
SET = "currency=EUR,date=2024-11-04"  # of what is converted


def commands(path: Path) -> dict[str, tuple[list[str], str]]:
    """What is run with a file and where its result goes, by the word for it in the list."""
    found = {"read": (["read", str(path), "--json"], "out")}
    if path.suffix in TABLES:
        found["convert"] = (["convert", str(path), "--to", "USD", "--set", SET], "out.csv")
    return found


def measured(words: list[str], out: Path) -> tuple[str, float, int, str]:
    """Exit code, seconds, MB and the last line that was said."""
    folder = out.parent
    told = folder / "told"
    told.unlink(missing_ok=True)
    program = _RUN.format(seconds=SECONDS, words=words, out=str(out), told=str(told))
    try:
        done = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            timeout=KILLED,
            check=False,
        )
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    except subprocess.TimeoutExpired:
        said = []
    out.unlink(missing_ok=True)
    if not told.exists():
        return "killed", float(SECONDS), 0, ""
    code, seconds, memory = told.read_text().split()
    return code, float(seconds), int(memory), said[-1] if said else ""


def earlier() -> dict[tuple[str, str], str]:
    """The lines of the last run by file and verb."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    section = text.partition("<!-- hostile -->")[2].partition("<!-- /hostile -->")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")]
    cells = [(row, [cell.strip() for cell in row.split("|")]) for row in rows]
    return {(one[1], one[3]): row for row, one in cells if len(one) == 9}


def write(found: dict[tuple[str, str], str]) -> None:
    """The section with the lines of this run, and those of the last one that it did not try."""
    lines = earlier() | found
    kept = [
        lines[name, verb]
        for name in HOSTILE
        for verb in ("read", "convert")
        if (name, verb) in lines
    ]
    head = (
        "## Hostile files\n\nMade by `make hostile`: `pledgecalc read`, `convert` for tables, of "
        f"one file each; processor time and greatest memory. Bounds: {SECONDS} s and {MEMORY:,} MB "
        "for any file; exit 0 (read), 2 (refused in words) or 3 (no row has a rate).\n\n"
        "| file | size | verb | exit | seconds | MB | said |\n|---|---|---|---|---|---|---|\n"
    )
    write_section("hostile", head + "\n".join(kept))


def main() -> int:
    """Run all, or those whose names hold the words given; 1 when one is out of bounds."""
    wanted = sys.argv[1:]
    found: dict[tuple[str, str], str] = {}
    faults = 0
    with tempfile.TemporaryDirectory() as made:
        for name, hostile in HOSTILE.items():
            if wanted and not any(word in name for word in wanted):
                continue
            path = Path(made) / hostile.name
            path.write_bytes(hostile.made(hostile.full))
            size = path.stat().st_size
            for verb, (words, out) in commands(path).items():
                code, seconds, memory, said = measured(words, Path(made) / out)
                bad = code not in ("0", "2", "3") or seconds > SECONDS or memory > MEMORY
                faults += bad
                shown = f"{size / MB:,.1f} MB" if size >= MB / 10 else f"{size / 1000:,.1f} kB"
                short = said.removeprefix("pledgecalc: ").replace("|", "/")[:110]
                cells = (name, shown, verb, code, f"{seconds:.1f}", memory or "", short)
                line = "| " + " | ".join(map(str, cells)) + " |" + (" FAULT" if bad else "")
                found[name, verb] = line
                print(line, flush=True)
            path.unlink()
            write(found)
    print(f"{faults} out of bounds")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
