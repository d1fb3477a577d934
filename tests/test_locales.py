"""The language of the system changes no byte: of data, of files, of names that are not English."""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from places import placed, state

ROOT = Path(__file__).resolve().parents[1]
LINES = (
    "read pages --published 2024-11-04 --json",
    "read pages --published 2024-11-04 --format csv",
    "read pages --published 2024-11-04 -q -o out.csv",
    "check a.txt --published 2024-11-04 --json",
    "reconcile a.txt -q --published 2024-11-04 --fail-on never -o out.html",
    "convert aid.csv --to USD -q -o out.json",
    "convert 1.234,5 EUR USD --on 2024-11-04 --json",
    "decide reject c1 aid.csv --why İçin --who ı --when 2024-11-04 --file d.toml -q --json",
)
PROGRAM = """
import json, locale, os, sys
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    pass
import cli
for words in json.loads(sys.argv[1]):
    print("exit", cli.main(words), flush=True)
"""
NARROW = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
LOCALES: dict[str, dict[str, str]] = {
    "C": {"LC_ALL": "C"},
    "POSIX, narrow": {"LC_ALL": "POSIX", **NARROW},
    "none": {},
    "tr_TR": {"LC_ALL": "tr_TR.UTF-8"},
    "tr_TR, narrow": {"LC_ALL": "tr_TR.UTF-8", **NARROW},
    "de_DE": {"LC_ALL": "de_DE.UTF-8", "PYTHONUTF8": "0"},
}


@functools.cache
def made_locales() -> str | None:
    """A folder with the locales that the tests use, where the system has their sources."""
    if not shutil.which("localedef"):
        return None
    folder = Path(tempfile.mkdtemp(prefix="pledgecalc-locales-"))
    for name in ("tr_TR", "de_DE"):
        command = ["localedef", "-i", name, "-f", "UTF-8", str(folder / f"{name}.UTF-8")]
        subprocess.run(command, check=False, capture_output=True)
    return str(folder) if len(list(folder.iterdir())) == 2 else None


def told(folder: Path, variables: dict[str, str]) -> tuple[bytes, dict[str, bytes]]:
    """What the commands print and write in an environment."""
    place = placed(folder / "möp é 日本")
    pages = place.folder / "pages"
    pages.mkdir()
    text = "IRISH AID GAVE UKRAINE 5 MILLION EUROS. The office in İzmir said so.\n"
    (pages / "ärger ı.txt").write_text(text, encoding="utf-8")
    plain = {name: value for name, value in os.environ.items() if name[:3] not in ("LC_", "LAN")}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps([line.split() for line in LINES])],
        cwd=place.folder,
        env={**plain, **variables, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert done.stdout.count(b"exit 0\n") == len(LINES)
    return done.stdout, state(place.folder)


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, dict[str, bytes]]:
    return told(tmp_path_factory.mktemp("usual"), {"LC_ALL": "C.UTF-8"})


@pytest.mark.parametrize("name", LOCALES)
def test_the_locale_changes_no_byte_of_data_and_files(
    usual: tuple[bytes, dict[str, bytes]], tmp_path: Path, name: str
) -> None:
    variables = dict(LOCALES[name])
    if "_" in variables.get("LC_ALL", ""):
        folder = made_locales()
        if folder is None:
            pytest.skip("needs localedef and the sources of locales")
        variables["LOCPATH"] = folder
    assert told(tmp_path, variables) == usual
