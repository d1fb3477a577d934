"""Cold start of ``pledgecalc convert`` against ``python -c pass`` and CurrencyConverter's command.

Needs the environment of ``make bench``. Builds the wheel and installs it alone, bytecode compiled,
into a fresh environment: other packages there would slow the bare interpreter and flatter the
ratio; the peer gets an environment of its own. The runs alternate, so that a busy machine slows
all sides alike. Writes its section of RESULTS.md; the machine is described without its name.
"""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

from sections import write_section

ROOT = Path(__file__).resolve().parents[1]
RUNS = 41
GOAL = 5.0
COMMAND = ["convert", "683m", "EUR", "USD", "--on", "2024-11-04"]
PEER = "CurrencyConverter"
PEER_COMMAND = ["683000000", "EUR", "--to", "USD", "--date", "2024-11-04"]
PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]


def installed(folder: Path) -> Path:
    """The programs of a fresh environment with nothing but pledgecalc in it."""
    source = folder / "source"  # built from a copy, so that the clone stays clean
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", "cli.py"):
        shutil.copy(ROOT / name, source)
    for name in ("calc", "pledgecalc", "rates"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    wheel = [*PIP, "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(source)]
    subprocess.run(wheel, check=True)
    venv.create(folder / "venv")
    python = folder / "venv" / "bin" / "python"
    install = [
        *PIP,
        "--python",
        str(python),
        "install",
        "--no-deps",
        *map(str, folder.glob("*.whl")),
    ]
    subprocess.run(install, check=True)
    return python.parent


def peer(folder: Path) -> Path:
    """CurrencyConverter's command in an environment of its own, bytecode compiled by pip."""
    venv.create(folder / "peer")
    python = folder / "peer" / "bin" / "python"
    subprocess.run([*PIP, "--python", str(python), "install", PEER], check=True)
    return python.parent / "currency_converter"


def milliseconds(command: list[str]) -> float:
    """The wall time of one process, start to end."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return 1000 * (time.perf_counter() - start)


def main() -> None:
    """Measure, print and write the result."""
    with tempfile.TemporaryDirectory() as folder:
        programs = installed(Path(folder))
        empty = [str(programs / "python"), "-c", "pass"]
        command = [str(programs / "pledgecalc"), *COMMAND]
        other = [str(peer(Path(folder))), *PEER_COMMAND]
        for warm in (empty, command, other):
            milliseconds(warm)  # fills the file cache
        runs = [[milliseconds(one) for one in (empty, command, other)] for _ in range(RUNS)]
    bare, cold, theirs = (statistics.median(column) for column in zip(*runs, strict=True))
    ratio = statistics.median(run[1] / run[0] for run in runs)
    against = statistics.median(run[2] / run[1] for run in runs)
    report = f"""## Cold start

Made by `make bench`: {RUNS} paired runs, medians. Python {platform.python_version()}, \
{platform.system()} on {platform.machine()}, {os.cpu_count()} cores.

| what | result | goal |
|---|---|---|
| `python -c pass` | {bare:.1f} ms | |
| `pledgecalc {" ".join(COMMAND)}`, cold | {cold:.1f} ms | |
| ratio | {ratio:.2f} × | ≤ {GOAL:g} × |
| CurrencyConverter's command, cold | {theirs:.0f} ms, {against:.1f} × as long | |
"""
    write_section("cold-start", report)
    print(report, end="")


if __name__ == "__main__":
    main()
