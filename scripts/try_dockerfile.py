"""Do what the Dockerfile says, in a scratch folder and without a container.

``python scripts/try_dockerfile.py`` copies what COPY copies, runs what RUN runs with the Python of
a fresh environment, and then the main job on the examples. What needs root (a user) is left out.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
_OF_ROOT = ("useradd",)
JOB = ("reconcile", "lithuania", "--in", "USD", "--fail-on", "never")


class Step(NamedTuple):
    """One instruction: its word, and what stands behind it."""

    word: str
    rest: str


def steps(text: str) -> list[Step]:
    """The instructions of a Dockerfile, continued lines as one."""
    whole = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    lines = (line.split(maxsplit=1) for line in whole.splitlines() if line.strip())
    return [Step(word.upper(), rest) for word, rest in lines]


def copied(step: Step, folder: Path) -> None:
    """Copy as COPY does: files into a folder, a folder's content into one of the given name."""
    *sources, target = step.rest.split()
    for name in sources:
        source = ROOT / name
        if source.is_dir():
            leave = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, folder / target, dirs_exist_ok=True, ignore=leave)
        else:
            (folder / target).mkdir(parents=True, exist_ok=True)
            shutil.copy(source, folder / target / source.name)


def main() -> int:
    """Every step in its order, then the job; how the last one ended."""
    found = steps((ROOT / "Dockerfile").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as scratch:
        home, source = Path(scratch) / "python", Path(scratch) / "src"
        venv.create(home, with_pip=True)
        source.mkdir()
        path = f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}"
        environment = {**os.environ, "PATH": path}
        environment.pop("PYTHONPATH", None)
        for step in found:
            if step.word == "COPY":
                copied(step, source)
            elif step.word == "RUN" and step.rest.split()[0] not in _OF_ROOT:
                print(f"RUN {step.rest}", flush=True)
                subprocess.run(["sh", "-c", step.rest], cwd=source, env=environment, check=True)
        entry = json.loads(next(step.rest for step in found if step.word == "ENTRYPOINT"))
        shutil.rmtree(source)  # the image works without its sources
        data = shutil.copytree(ROOT / "examples", Path(scratch) / "data")
        command = [str(home / "bin" / entry[0]), *entry[1:], *JOB]
        return subprocess.run(command, cwd=data, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
