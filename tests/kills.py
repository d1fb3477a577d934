"""Processes that write, killed at random moments: what they leave is old or new, never half.

``python tests/kills.py 200`` (``make kill``) kills each kind 200 times; the tests a few times.
Half of them die at one of the last calls into the system, which are the writing itself, a quarter
at any call, a quarter at any moment of time. What they leave is compared with the old and with the
new bytes; then another writer runs, which must do its work and leave nothing beside its file.
"""

from __future__ import annotations

import csv
import functools
import io
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from sections import write_section  # type: ignore[import-not-found]  # noqa: E402

ZIP = ROOT / "rates" / "data" / "eurofxref-hist.zip"
LAST = 30  # calls: the writing itself
# The writing of a kind in a folder, in a process that has loaded what it needs.
_WORK = """
import os, sys
{imports}
def work(folder):
    os.environ |= {{"PLEDGECALC_DATA": f"{{folder}}/data", "PLEDGECALC_CACHE": f"{{folder}}/cache"}}
    os.chdir(folder)
{work}
"""
# It makes a child of itself for each line it reads: the folder, and where the child is killed (at a
# call into the system, after seconds of time, or never). It answers with the child's end, its calls
# and its time.
_CHILDREN = """
import json, signal, time
def child(folder, at, told):
    calls = iter(range(10**9))
    def watch(event, _):
        if event.split(".")[0] in ("open", "os", "fcntl") and next(calls) == at:
            os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(watch)
    sys.stdout = open(os.devnull, "w")
    begun = time.perf_counter()
    work(folder)
    os.write(told, json.dumps([next(calls), time.perf_counter() - begun]).encode())
for line in sys.stdin:
    folder, at, seconds = json.loads(line)
    ours, theirs = os.pipe()
    if not (pid := os.fork()):
        try:
            child(folder, at, theirs)
        except BaseException as error:
            os.write(2, f"{type(error).__name__}: {error}\\n".encode())
            os._exit(1)
        os._exit(0)
    os.close(theirs)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    calls, took = json.loads(os.read(ours, 100) or "[0, 0]")
    os.close(ours)
    print(json.dumps([status, calls, took]), flush=True)
"""


class Kind(NamedTuple):
    """One kind of writing: how a folder is prepared, what is loaded and run, what is looked at.

    ``read`` gives what a folder holds: it must be that of the old folder or that of the new one.
    """

    prepare: Callable[[Path], object]
    imports: str
    work: str
    read: Callable[[Path], object]


def program(kind: Kind) -> str:
    """A program that has loaded what a kind needs, and ``work(folder)`` that writes there."""
    work = "".join(f"    {line}\n" for line in kind.work.splitlines())
    return _WORK.format(imports=kind.imports, work=work)


class Ended(NamedTuple):
    """How a writer ended: its exit code (negative for a signal), its calls, its seconds."""

    code: int
    calls: int
    seconds: float


class Writers:
    """The process that makes the writers of a kind."""

    def __init__(self, kind: Kind) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", program(kind) + _CHILDREN],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, folder: Path, at: int = -1, seconds: float | None = None) -> Ended:
        """Run one writer: it is killed at its call ``at``, or after ``seconds``, or never."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([str(folder), at, seconds]) + "\n")
        self._process.stdin.flush()
        return Ended(*json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        self._process.communicate()


def _file(name: str) -> Callable[[Path], object]:
    def read(folder: Path) -> object:
        found = [path.read_bytes() for path in folder.glob(name)]
        return found[0] if found else None

    return read


def _page(folder: Path) -> None:
    (folder / "a.txt").write_text("Norway gave Ukraine 5 million euros on 4 November 2024.\n")
    for name in ("out.json", "out.html", "out.csv"):
        (folder / name).write_text("old\n")
    rows = "".join(f"{number},EUR,2024-11-04\n" for number in range(1, 3_000))
    (folder / "aid.csv").write_text("amount,currency,published\n" + rows)


def _decided(folder: Path) -> None:
    block = '[[decision]]\nkind = "reject"\nclaims = ["x1"]\nwhy = "old"\n'
    (folder / "decisions.toml").write_text(block)


@functools.cache
def histories() -> tuple[bytes, bytes, date]:
    """Two zips of the ECB: with one day more than ours, and with one more; the day after them."""
    with zipfile.ZipFile(ZIP) as archive:
        lines = list(csv.reader(io.StringIO(archive.read("eurofxref-hist.csv").decode())))
    made, day = [], date.fromisoformat(lines[1][0])
    for _ in range(2):
        day += timedelta(days=1 if day.weekday() < 4 else 7 - day.weekday())
        lines.insert(1, [day.isoformat(), *lines[1][1:]])
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("eurofxref-hist.csv", "\n".join(map(",".join, lines)) + "\n")
        made.append(content.getvalue())
    return made[0], made[1], day


@functools.cache
def _updated() -> bytes:
    """The history that an update to the first zip leaves."""
    from rates import published

    text = published.csv_inside(histories()[0])
    return published.sealed(published.table(text)[1].encode("ascii"))


def _histories(folder: Path) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "ecb.txt").write_bytes(_updated())
    (folder / "new.zip").write_bytes(histories()[1])


def _legs(folder: Path) -> object:
    """The names of the whole files that are kept: what was cut short is as good as none."""
    import hashlib

    found = {}
    for path in (folder / "cache").rglob("*"):
        if path.is_file() and not path.name.endswith(".part"):
            content = path.read_bytes()
            found[path.name] = hashlib.sha256(content[32:]).digest() == content[:32]
    return found


# What a command loads when it is first run is no part of its writing: it is run once before.
_WARM = """import cli, contextlib, os, tempfile
with tempfile.TemporaryDirectory() as made, open(os.devnull, "w") as nowhere:
    os.environ["PLEDGECALC_CACHE"] = made
    for name, text in (("a.txt", "Norway gave 5 million euros."), ("aid.csv", "amount\\n5\\n")):
        with open(f"{made}/{name}", "w") as file:
            file.write(text)
    os.chdir(made)
    day, given = ["--date", "2024-11-04", "--currency", "EUR"], ["-q", "-o"]
    with contextlib.redirect_stdout(nowhere):
        cli.main(["read", "a.txt", *given, "out.json"])
        cli.main(["reconcile", "a.txt", *given, "out.html", "--fail-on", "never"])
        cli.main(["convert", "aid.csv", *day, "--to", "USD", *given, "out.csv"])
    os.chdir("/")
"""
_ANSWER = '{"base": "EUR", "date": "2024-11-04", "rates": {"USD": 1.0904}}'
KINDS: dict[str, Kind] = {
    "read -o": Kind(
        _page,
        _WARM,
        'cli.main(["read", "a.txt", "-q", "-o", "out.json"])',
        _file("out.json"),
    ),
    "reconcile --html": Kind(
        _page,
        _WARM,
        'cli.main(["reconcile", "a.txt", "-q", "--html", "out.html", "--fail-on", "never"])',
        _file("out.html"),
    ),
    "convert TABLE -o": Kind(
        _page,
        _WARM,
        'cli.main(["convert", "aid.csv", "--to", "USD", "-q", "-o", "out.csv"])',
        _file("out.csv"),
    ),
    "decide": Kind(
        _decided,
        "from calc.decisions.blocks import Decision\nfrom calc.decisions.writing import append",
        'append("decisions.toml", Decision("reject", ("y1",), why="new"))',
        _file("decisions.toml"),
    ),
    "rates update": Kind(
        _histories,
        "from datetime import date\nfrom rates import published, update",
        'update.update("new.zip", date(9999, 1, 1))',
        _file("data/ecb.txt"),
    ),
    "cache of frames": Kind(
        lambda _: None,
        "import pandas, pledgecalc as pc\n"
        'frame = pandas.DataFrame({"a": [5.0], "c": ["UAH"], "d": ["2024-06-03"]})',
        'found = pc.convert_frame(frame, amount="a", currency="c", date="d", to="USD")\n'
        'assert abs(found["amount_usd"][0] - 0.1234) < 0.001',
        _legs,
    ),
    "cache of --online": Kind(
        lambda _: None,
        "from datetime import date\nfrom decimal import Decimal\nfrom rates import online",
        'source = online.Online("http://127.0.0.1:1/v1/", pause=lambda _: None)\n'
        f"source._text = lambda *_: '{_ANSWER}'\n"
        'assert source.on("USD", date(2024, 11, 4)).value == Decimal("1.0904")',
        _file("cache/online/*/2024-11-04.json"),
    ),
}


class Told(NamedTuple):
    """What came of a kind: how many were killed, the calls of one writer, and what went wrong."""

    killed: int
    calls: int
    half: list[str]
    left: list[str]


def _parts(folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in folder.rglob("*.part")]


def _allowed(kind: Kind, old: object, new: object, found: object) -> bool:
    if kind.read is _legs:  # each of several files
        return isinstance(found, dict) and isinstance(new, dict) and found.items() <= new.items()
    return found in (old, new)


def tried(kind: Kind, times: int, seed: int = 1) -> Told:
    """Kill so many writers of a kind, each in a folder of its own, and look at what they leave."""
    chance = random.Random(seed)
    writers = Writers(kind)
    with tempfile.TemporaryDirectory() as made:

        def prepared(name: object) -> Path:
            folder = Path(made, str(name))
            folder.mkdir()
            kind.prepare(folder)
            return folder

        whole = prepared("whole")
        old = kind.read(whole)
        first = writers.run(whole)
        new = kind.read(whole)
        assert first.code == 0
        assert new != old
        killed = 0
        half: list[str] = []
        left: list[str] = []
        for number in range(times):
            folder = prepared(number)
            at, seconds = -1, None
            if number % 4 == 3:
                seconds = chance.uniform(0, 1.1 * first.seconds)
            else:
                begin = 0 if number % 4 == 2 else max(first.calls - LAST, 0)
                at = chance.randrange(begin, first.calls)
            killed += writers.run(folder, at, seconds).code == -signal.SIGKILL
            where = f"call {at}" if seconds is None else f"{seconds:.4f} s"
            if not _allowed(kind, old, new, kind.read(folder)):
                half.append(where)
            done = writers.run(folder)
            if done.code or kind.read(folder) != new or _parts(folder):
                left.append(f"{where}: exit {done.code}, {_parts(folder)}")
    writers.close()
    return Told(killed, first.calls, half, left)


def main() -> int:
    """Kill each kind as often as was asked for; 1 where something half was left."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    faults: list[Any] = []
    lines = []
    with ThreadPoolExecutor((os.cpu_count() or 1) + 1) as pool:
        every = list(pool.map(lambda kind: tried(kind, times), KINDS.values()))
    for name, told in zip(KINDS, every, strict=True):
        faults += told.half + told.left
        lines.append(
            f"| {name} | {times} | {told.killed} | {told.calls:,} "
            f"| {len(told.half)} | {len(told.left)} |"
        )
        print(lines[-1], *told.half, *told.left, sep="\n  ", flush=True)
    head = (
        "## Killed writers\n\nMade by `make kill`: processes that get SIGKILL, half of them at one "
        "of the last thirty calls into the system, a quarter at any call, a quarter at any moment. "
        "What they leave must be the old bytes or the new ones; the next writer must do its work "
        "and leave nothing beside it.\n\n"
        "| writer | processes | killed | calls of one | left half | not swept |\n"
        "|---|---|---|---|---|---|\n"
    )
    write_section("kills", head + "\n".join(lines))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
