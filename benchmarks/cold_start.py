"""Cold start of ``pledgecalc convert`` against ``python -c pass``: medians of paired runs.

Run it with the Python of an environment in which pledgecalc is installed (``make bench`` does).
The runs alternate, so that a busy machine slows both sides alike. Writes RESULTS.md beside this
file; the machine is described without its name.
"""

from __future__ import annotations

import compileall
import os
import platform
import statistics
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

RUNS = 41
GOAL = 5.0
BARE = [sys.executable, "-c", "pass"]
COMMAND = ["convert", "683m", "EUR", "USD", "--on", "2024-11-04"]


def console_script() -> list[str]:
    """The installed command; without one, the same entry point through ``python -c``."""
    script = Path(sys.executable).with_name("pledgecalc")
    if script.exists():
        return [str(script), *COMMAND]
    return [sys.executable, "-c", "import sys, cli; sys.exit(cli.main())", *COMMAND]


def milliseconds(command: list[str]) -> float:
    """The wall time of one process, start to end."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return 1000 * (time.perf_counter() - start)


def compile_sources() -> None:
    """Write the bytecode of our modules: a cold start is a new process, not a first run ever."""
    for name in ("cli", "rates", "calc", "pledgecalc"):
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            continue
        if spec.submodule_search_locations:
            compileall.compile_dir(str(Path(spec.origin).parent), quiet=1)
        else:
            compileall.compile_file(spec.origin, quiet=1)


def main() -> None:
    """Measure, print and write the result."""
    compile_sources()
    command = console_script()
    for warm in (BARE, command):
        milliseconds(warm)  # fills the file cache
    pairs = [(milliseconds(BARE), milliseconds(command)) for _ in range(RUNS)]
    bare = statistics.median(pair[0] for pair in pairs)
    cold = statistics.median(pair[1] for pair in pairs)
    ratio = statistics.median(pair[1] / pair[0] for pair in pairs)
    report = f"""# Results

Made by `make bench`: {RUNS} paired runs, medians. Python {platform.python_version()}, \
{platform.system()} on {platform.machine()}, {os.cpu_count()} cores.

| what | result | goal |
|---|---|---|
| `python -c pass` | {bare:.1f} ms | |
| `pledgecalc {" ".join(COMMAND)}`, cold | {cold:.1f} ms | |
| ratio | {ratio:.2f} × | ≤ {GOAL:g} × |
"""
    (Path(__file__).parent / "RESULTS.md").write_text(report, encoding="utf-8")
    print(report, end="")


if __name__ == "__main__":
    main()
