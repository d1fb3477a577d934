"""Gives the program inputs that nobody wrote: no traceback, no hang, no growth of memory.

``python scripts/fuzz.py --inputs 1000000`` shares them out among the targets of
``tests/fuzzing/targets.py``; ``--only csv,xml`` tries some, ``--seed`` others. An input that breaks
a promise is kept in ``tests/fuzz_corpus``, where CI tries it again; ``--page`` writes the result.
It reaches no network, and runs what is in this folder with a limit of memory.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import hashlib
import os
import platform
import random
import resource
import signal
import socket
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import NamedTuple, NoReturn

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
for _name in ("PLEDGECALC_DATA", "PLEDGECALC_CACHE"):
    os.environ[_name] = tempfile.mkdtemp(prefix="pledgecalc-fuzz-")

from fuzzing.targets import TARGETS, Target  # noqa: E402 (after the folders, which it reads)

from rates.errors import PledgecalcError  # noqa: E402

CORPUS = ROOT / "tests" / "fuzz_corpus"
PAGE = ROOT / "benchmarks" / "FUZZ.md"
LIMIT = 16 * 1024**3  # bytes of address space, of which Arrow reserves some that it never uses
SLOW = 1.0  # seconds for each 100 kB or part of it
STOP = 20.0  # seconds after which an input is broken off


class Hang(BaseException):
    """An input that was not done after ``STOP`` seconds."""


class Outcome(NamedTuple):
    """What became of the inputs of one target."""

    name: str
    tried: int
    refused: int
    finds: Counter[str]
    slowest: float  # CPU seconds of one input
    growth: float  # MB from the first tenth of the inputs to the last
    seconds: float


def _no_network(*_words: object) -> NoReturn:
    raise OSError("no network while fuzzing")


def _break_off(_number: int, _frame: FrameType | None) -> NoReturn:
    raise Hang(f"not done after {STOP:.0f} s")


def memory() -> float:
    """MB that the process holds now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def told(error: BaseException) -> str:
    """What went wrong and where, in a line: equal for inputs that fail alike."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        path = trace.tb_frame.f_code.co_filename
        if str(ROOT) in path and "site-packages" not in path:
            place = f"{Path(path).relative_to(ROOT)}:{trace.tb_lineno}"
        trace = trace.tb_next
    words = str(error)[:160] if type(error).__name__ == "FindError" else ""
    return f"{type(error).__name__} at {place} {words}".strip()


def tried(target: Target, content: bytes) -> tuple[str, bool, float]:
    """What one input broke ("" when nothing), whether it was refused, and its seconds."""
    begun = time.process_time()
    fault, refused = "", False
    signal.setitimer(signal.ITIMER_PROF, STOP)
    try:
        target.run(content)
    except PledgecalcError:
        refused = True
    except (Hang, Exception) as error:  # whatever it is: that is what is looked for
        fault = told(error)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    took = time.process_time() - begun
    if not fault and took > SLOW * max(1, len(content) / 100_000):
        fault = f"slow: {len(content)} bytes in more than {SLOW:.0f} s"
    return fault, refused, took


def fuzz(name: str, inputs: int, seed: int, keep: bool) -> Outcome:
    """Give ``inputs`` inputs to the target ``name``."""
    target, chance = TARGETS[name], random.Random(f"{seed} {name}")
    for _ in range(20):
        tried(target, target.make(random.Random(f"warm {name}")))  # what is read once is read now
    begun = time.monotonic()
    finds: Counter[str] = Counter()
    refusals, slowest, early = 0, 0.0, 0.0
    for number in range(inputs):
        content = target.make(chance)
        fault, refused, took = tried(target, content)
        if fault.startswith("slow"):
            fault, refused, took = tried(target, content)  # once more: a busy machine is no fault
        refusals += refused
        slowest = max(slowest, took)
        if fault:
            finds[fault] += 1
            if finds[fault] == 1:
                print(f"  {name}: {fault}", flush=True)
                if keep:
                    kept(name, target, content)
        if number == inputs // 10:
            early = memory()
    growth = memory() - early
    return Outcome(name, inputs, refusals, finds, slowest, growth, time.monotonic() - begun)


def kept(name: str, target: Target, content: bytes) -> Path:
    """Write a find into the corpus, under the name of its content."""
    folder = CORPUS / name.replace(" ", "_")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{hashlib.sha256(content).hexdigest()[:12]}.{target.ending}"
    path.write_bytes(content)
    return path


def row(one: Outcome) -> str:
    """The line of a target."""
    understood = "" if one.refused == 0 else f"{100 - 100 * one.refused / one.tried:.0f} %"
    return (
        f"| {one.name} | {one.tried:,} | {understood or 'all'} | {sum(one.finds.values())} "
        f"| {one.seconds * 1000 / one.tried:.3f} | {one.slowest:.2f} | {max(one.growth, 0):.0f} |"
    )


def machine() -> str:
    """The processor and the Python that this ran on."""
    told = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    names = [line.partition(":")[2].strip() for line in told.splitlines() if "model name" in line]
    name = names[0] if names else platform.machine()
    return f"{name}, {os.cpu_count()} cores, Python {platform.python_version()}"


def page(outcomes: list[Outcome], told: str, before: str) -> str:
    """The result as a page; ``told`` is how it was run. Lines of other targets are kept."""
    rows = dict.fromkeys(TARGETS, "")
    kept_lines = (line for line in before.splitlines() if line.startswith("| "))
    rows |= {line[2:].partition(" |")[0]: line for line in kept_lines}
    rows |= {one.name: row(one) for one in outcomes}
    lines = [rows[name] for name in TARGETS if rows[name]]
    cells = [[cell.strip().replace(",", "") for cell in line.split("|")] for line in lines]
    total, faults = (sum(int(line[place]) for line in cells) for place in (2, 4))
    seconds = sum(int(line[2]) * float(line[5]) / 1000 for line in cells)
    text = [
        "# Fuzzing",
        "",
        f"The last run of `make fuzz` (`scripts/fuzz.py`): **{total:,} inputs, {faults:,} that",
        f"broke a promise**, in {seconds / 60:.0f} minutes ({total / seconds:,.0f} a second).",
        told,
        "",
        "A promise is broken by a traceback, by more than a second of CPU for each 100 kB or part",
        "of it, by a figure that is not where it says, by an exit code that means nothing. What",
        "was found once stands in `tests/fuzz_corpus`; `tests/test_fuzz_corpus.py` tries it again",
        "in CI, with ten new inputs for each target.",
        "",
        "Inputs are made by a grammar, or are files of the repository with odd values in them; a",
        "share of them is damaged. Texts, pages, mails and tables are read in part where they are",
        "damaged, so that most are understood; of the others about a half is.",
        "",
        "| target | inputs | understood | broken | ms each | slowest, CPU s | memory grew by, MB |",
        "|---|---|---|---|---|---|---|",
        *lines,
    ]
    found = [(one.name, fault, count) for one in outcomes for fault, count in one.finds.items()]
    text += ["", "## Found", ""] if found else []
    text += [f"- {name}: {fault} ({count})" for name, fault, count in found]
    return "\n".join(text) + "\n"


def main() -> int:
    """Fuzz, print what was found, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="names of targets, joined by commas")
    parser.add_argument("--page", action="store_true", help=f"write {PAGE.relative_to(ROOT)}")
    parser.add_argument("--no-keep", action="store_true", help="do not write finds to the corpus")
    args = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT, LIMIT))
    signal.signal(signal.SIGPROF, _break_off)
    socket.socket.connect = _no_network  # type: ignore[method-assign, assignment]
    names = args.only.split(",") if args.only else list(TARGETS)
    shares = sum(TARGETS[name].share for name in names)
    outcomes = []
    for name in names:
        inputs = max(1, round(args.inputs * TARGETS[name].share / shares))
        one = fuzz(name, inputs, args.seed, not args.no_keep)
        broken = sum(one.finds.values())
        print(
            f"{name}: {one.tried:,} inputs in {one.seconds:.0f} s, {one.refused:,} refused, "
            f"{broken} broken, slowest {one.slowest:.2f} s, {one.growth:+.0f} MB",
            flush=True,
        )
        outcomes.append(one)
        if args.page:
            told = f"Seed {args.seed}, one process, {dt.date.today()}, {machine()}."
            before = PAGE.read_text("utf-8") if PAGE.exists() else ""
            PAGE.write_text(page(outcomes, told, before), "utf-8")
    return any(one.finds for one in outcomes)


if __name__ == "__main__":
    sys.exit(main())
