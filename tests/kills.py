"""Processes that write, killed at random moments: what they leave is old or new, never half.

``python tests/kills.py 200`` (``make kill``) kills each kind 200 times; the tests a few times.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "benchmarks"))

from sections import write_section  # noqa: E402

ZIP = ROOT / "rates" / "data" / "eurofxref-hist.zip"
TEXT = "Norway gave Ukraine 5 million euros on 4 November 2024.\n"
# The writer says when it begins to write, and every call into the system is then a chance.
_PROGRAM = """
import os, signal, sys
import rates.whole_file as whole_file
calls = iter(range(10**9))
at = {at}
def watch(event, _):
    if event.split(".")[0] in ("open", "os", "fcntl") and next(calls) == at:
        os.kill(os.getpid(), signal.SIGKILL)
{imports}
sys.addaudithook(watch)
{work}
sys.stdout.write(str(next(calls)))
"""


LAST = 30  # calls: the writing itself


class Kind:
    """One kind of writing: how it is prepared, what is run, and whether what is left is whole."""

    def __init__(
        self,
        prepare: Callable[[Path], object],
        imports: str,
        work: str,
        is_whole: Callable[[Path], bool],
    ) -> None:
        self.prepare, self.imports, self.work, self.is_whole = prepare, imports, work, is_whole

    def run(self, folder: Path, at: int) -> subprocess.CompletedProcess[bytes]:
        """Run the writer, killed at its call number ``at``; never where that is negative."""
        program = _PROGRAM.format(
            at=at, imports=self.imports, work=self.work.format(folder=str(folder), zip=str(ZIP))
        )
        home = {"PLEDGECALC_DATA": f"{folder}/data", "PLEDGECALC_CACHE": f"{folder}/cache"}
        return subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, **home, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
        )


def _out(folder: Path) -> None:
    (folder / "a.txt").write_text(TEXT)
    (folder / "out.json").write_text("old\n")


def _is_out(folder: Path) -> bool:
    text = (folder / "out.json").read_text()
    return text == "old\n" or (text.startswith('{"claim_id"') and text.endswith("}\n"))


def _decided(folder: Path) -> None:
    (folder / "a.txt").write_text(TEXT)
    block = '[[decision]]\nkind = "reject"\nclaims = ["x1"]\nwhy = "old"\n'
    (folder / "decisions.toml").write_text(block)


def _is_decided(folder: Path) -> bool:
    blocks = tomllib.loads((folder / "decisions.toml").read_text())["decision"]
    return [one["claims"] for one in blocks] in ([["x1"]], [["x1"], ["y1"]])


_NO_CACHE = {"PLEDGECALC_CACHE": os.devnull}


def _said(program: str, environment: dict[str, str]) -> bytes:
    command = [sys.executable, "-c", program]
    return subprocess.run(command, env=environment, capture_output=True, check=True).stdout


def _is_rates(folder: Path) -> bool:
    path = folder / "data" / "ecb.txt"
    if not path.exists():
        return True
    program = "from rates import ecb; print(len(ecb.updated().days))"
    home = {**os.environ, "PLEDGECALC_DATA": str(folder / "data"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=home, capture_output=True, check=True
    )
    return int(done.stdout) > 6_000


_FRAME = """frame = pandas.DataFrame({{"a": [5.0], "c": ["UAH"], "d": ["2024-06-03"]}})
found = pc.convert_frame(frame, amount="a", currency="c", date="d", to="USD")
"""


def _is_cache(folder: Path) -> bool:
    program = f"import pandas, pledgecalc as pc\n{_FRAME.format()}print(found['amount_usd'][0])"
    home = {**os.environ, "PLEDGECALC_CACHE": str(folder / "cache"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=home, capture_output=True, check=True
    )
    return abs(float(done.stdout) - 0.1234) < 0.001


_DECIDE = """append("{folder}/decisions.toml", Decision("reject", ("y1",), why="new"))
"""
KINDS = {
    "-o": Kind(
        _out,
        "import cli",
        'cli.main(["read", "{folder}/a.txt", "-o", "{folder}/out.json"])',
        _is_out,
    ),
    "decide": Kind(
        _decided,
        "from calc.decisions.blocks import Decision\nfrom calc.decisions.writing import append",
        _DECIDE,
        _is_decided,
    ),
    "rates update": Kind(
        lambda folder: (folder / "data").mkdir(),
        "from rates import published, update, whole_file, ecb\n"
        "compact = published.sealed(published.table(published.csv_inside(\n"
        f"    open({str(ZIP)!r}, 'rb').read()))[1].encode())",
        'with update._alone("{folder}/data/ecb.txt"):\n'
        '    whole_file.replace("{folder}/data/ecb.txt", compact)\n',
        _is_rates,
    ),
    "caches": Kind(lambda _: None, "import pandas, pledgecalc as pc", _FRAME, _is_cache),
}


def left_half(kind: Kind, times: int, seed: int = 1) -> tuple[int, int, list[int]]:
    """How many were killed, of how many calls each, and the calls at which something was half."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as made:
        whole = Path(made, "whole")
        whole.mkdir()
        kind.prepare(whole)
        done = kind.run(whole, -1)
        calls = int(done.stdout.split()[-1])
        assert kind.is_whole(whole)
        killed, half = 0, []
        for number in range(times):
            first = chance.choice([0, max(calls - LAST, 0)])  # most calls only prepare
            at = chance.randrange(first, calls)
            folder = Path(made, str(number))
            folder.mkdir()
            kind.prepare(folder)
            killed += kind.run(folder, at).returncode == -signal.SIGKILL
            if not kind.is_whole(folder):
                half.append(at)
            shutil.rmtree(folder)
    return killed, calls, half


def main() -> int:
    """Kill each kind as often as was asked for; 1 where something half was left."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    faults, lines = 0, []
    for name, kind in KINDS.items():
        killed, calls, half = left_half(kind, times)
        faults += len(half)
        lines.append(f"| {name} | {times} | {killed} | {calls:,} | {len(half)} |")
        print(lines[-1], flush=True)
    head = (
        "## Killed writers\n\nMade by `make kill`: processes that get SIGKILL at a random call "
        "into the system, half of them at one of the last thirty; what they leave is read.\n\n"
        "| writer | processes | killed | calls of one | left half |\n|---|---|---|---|---|\n"
    )
    write_section("kills", head + "\n".join(lines))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
