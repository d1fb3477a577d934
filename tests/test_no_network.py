"""No verb reaches the network unless it is asked to: none of them even looks a name up."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from forked import ROOT, Commands
from places import PRINTING, WRITING, Place, placed

if not hasattr(os, "fork"):
    pytest.skip("needs processes that fork", allow_module_level=True)

LINES = [*PRINTING.values(), *(line for line, _ in WRITING.values())]
ASKED = ("convert 5m EUR USD --on 2024-11-04 --online", "rates update")
NO_CACHE = "from rates import online\nonline.BACK_OFF = (0, 0)\n"
# Documents that name things to fetch, which none of the verbs may fetch.
NAMES = """<html><head><base href="http://example.org/"><link rel="stylesheet" href="/a.css">
<script src="/b.js"></script></head><body><img src="/c.png"><iframe src="/d.html"></iframe>
<p>Norway gave Ukraine 5 million euros, said https://example.org/e.html.</p></body></html>"""
XML = """<!DOCTYPE a [<!ENTITY b SYSTEM "http://example.org/b">]>
<iati-activities version="2.03"><iati-activity>&b;</iati-activity></iati-activities>"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    made = placed(tmp_path_factory.mktemp("network") / "place")
    (made.folder / "page.html").write_text(NAMES, encoding="utf-8")
    (made.folder / "aid.xml").write_text(XML, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    made = Commands(tmp_path_factory.mktemp("commands"))
    yield made
    made.close()


def test_no_verb_asks_the_network(commands: Commands, place: Place, tmp_path: Path) -> None:
    noted = tmp_path / "noted"
    fault = f"os.environ['NETWORK_NOTED'] = {str(noted)!r}\n"
    for line in [*LINES, "read page.html", "read aid.xml", "read https://example.org/a.html"]:
        place.run(commands, line, fault)
        assert not noted.exists(), f"{line}: {noted.read_text('utf-8')}"
    for line in ASKED:
        done = place.run(commands, line, fault + NO_CACHE)
        assert done.code == 4
        assert "no network in tests" in done.err or "no connection" in done.err
    assert "api.frankfurter.dev" in noted.read_text("utf-8")
    assert "www.ecb.europa.eu" in noted.read_text("utf-8")


def test_the_system_sees_no_connection_and_no_other_program(place: Place, tmp_path: Path) -> None:
    traced = tmp_path / "trace"
    words = ["strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,execve", "-o", str(traced)]
    if not shutil.which("strace"):
        pytest.skip("needs strace")
    if subprocess.run([*words, "true"], check=False, capture_output=True).returncode:
        pytest.skip("may not trace a process here")
    lines = [line.split() for line in [*LINES, "read page.html", "read aid.xml"]]
    program = f"{place.before}\nimport json, sys, cli\n"
    program += "for words in json.loads(sys.argv[1]): cli.main(words)\n"
    subprocess.run(
        [*words, sys.executable, "-c", program, json.dumps(lines)],
        cwd=place.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    calls = traced.read_text("utf-8", "replace")
    assert len(re.findall(r"execve\(", calls)) == 1
    assert re.findall(r"AF_INET6?", calls) == []
