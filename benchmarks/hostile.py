"""Hostile files at full size, each in a process of its own: time, memory and what was said.

``make hostile`` runs it and writes the section "hostile" of RESULTS.md. A process that takes more
than the bounds below is a fault, and the run fails.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "benchmarks")]

from hostile_inputs import HOSTILE, MB, Hostile  # noqa: E402
from sections import write_section  # noqa: E402

SECONDS = 120  # of processor time
MEMORY = 3_000  # MB
KILLED = 1_000  # seconds by the clock
_RUN = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
import cli
code = cli.main(["read", {path!r}, "--json", "-o", {out!r}])
used = resource.getrusage(resource.RUSAGE_SELF)
with open({told!r}, "w") as file:
    print(code, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, file=file)
"""


def measured(hostile: Hostile, folder: Path) -> tuple[str, float, int, str]:
    """Exit code, seconds, MB and the last line that was said."""
    path = folder / hostile.name
    path.write_bytes(hostile.made(hostile.full))
    told = folder / "told"
    told.unlink(missing_ok=True)
    program = _RUN.format(seconds=SECONDS, path=str(path), out=str(folder / "out"), told=str(told))
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
    path.unlink()
    if not told.exists():
        return "killed", float(SECONDS), 0, ""
    code, seconds, memory = told.read_text().split()
    return code, float(seconds), int(memory), said[-1] if said else ""


def main() -> int:
    """Run all, or those whose names hold the words given; 1 when one is out of bounds."""
    wanted = sys.argv[1:]
    lines = ["| file | size | exit | seconds | MB | said |", "|---|---|---|---|---|---|"]
    faults = 0
    with tempfile.TemporaryDirectory() as made:
        for name, hostile in HOSTILE.items():
            if wanted and not any(word in name for word in wanted):
                continue
            code, seconds, memory, said = measured(hostile, Path(made))
            bad = code not in ("0", "2") or seconds > SECONDS or memory > MEMORY
            faults += bad
            size = f"{hostile.full / MB:,.0f} MB" if hostile.full >= MB else "small"
            short = said.removeprefix("pledgecalc: ").replace("|", "/")[:110]
            cells = (name, size, code, f"{seconds:.1f}", memory or "", short)
            lines.append("| " + " | ".join(map(str, cells)) + " |" + (" FAULT" if bad else ""))
            print(lines[-1], flush=True)
    head = (
        "## Hostile files\n\nMade by `make hostile`: `pledgecalc read` of one file each; processor "
        f"time and greatest memory. Bounds: {SECONDS} s and {MEMORY:,} MB for any file; exit 0 "
        "(read) or 2 (refused in words).\n\n"
    )
    if not wanted:
        write_section("hostile", head + "\n".join(lines))
    print(f"{faults} out of bounds", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
