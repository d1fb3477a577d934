"""What is installed and what may be reached: licences, locked hashes, no network."""

from __future__ import annotations

import re
import runpy
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
LICENCES = runpy.run_path(str(ROOT / "scripts" / "list_licences.py"))
PAGE = (ROOT / "docs" / "licences.md").read_text("utf-8")


def test_every_dependency_is_listed_under_a_licence_that_may_be_passed_on() -> None:
    rows = re.findall(r"^\| (\S+) \| (.+?) \| (core|all|test) \|$", PAGE, re.MULTILINE)
    listed = {name for name, _, _ in rows}
    found = LICENCES["dependencies"]()
    assert len(found) > 10
    assert {one.name for one in found} - listed == set(), "run scripts/list_licences.py"
    for name, licence, _ in rows:
        assert LICENCES["is_free"](licence), f"{name}: {licence}"


@pytest.mark.parametrize("extra", ["dev", "test"])
def test_the_lock_has_every_requirement_with_hashes_and_names_no_host(extra: str) -> None:
    lock = (ROOT / ".ci" / f"{extra}.lock").read_text("utf-8")
    assert "://" not in lock
    entries = re.split(r"\n(?=[a-z0-9])", lock.strip())
    assert all("--hash=sha256:" in entry for entry in entries)
    locked = {entry.partition("==")[0].partition("[")[0] for entry in entries}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    waiting, wanted = [*project["dependencies"], *extras[extra]], set()
    while waiting:
        one = Requirement(waiting.pop())
        if one.name == project["name"]:
            waiting += [inner for name in one.extras for inner in extras[name]]
        else:
            wanted.add(LICENCES["plain"](one.name))
    assert wanted - locked == set(), "run make lock"


def test_a_test_reaches_nothing_but_this_machine() -> None:
    with pytest.raises(OSError, match="no network in tests"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(OSError, match="no network in tests"):
        socket.getaddrinfo("example.org", 443)
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as here,
    ):
        assert here.getpeername() == server.getsockname()


ASKS = {
    "connect": "socket.create_connection(('192.0.2.1', 80), timeout=1)",
    "connect_ex": "socket.socket().connect_ex(('192.0.2.1', 80))",
    "look up": "socket.getaddrinfo('example.org', 443)",
    "send": "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
    "ask": "urllib.request.urlopen('https://example.org')",
}


@pytest.mark.parametrize("environment", [None, {}, {"PYTHONPATH": str(ROOT)}])
@pytest.mark.parametrize("asks", ASKS)
def test_a_process_of_a_test_reaches_nothing_but_this_machine_either(
    asks: str, environment: dict[str, str] | None, tmp_path: Path
) -> None:
    noted = tmp_path / "noted"
    program = f"import os, socket, urllib.request\nos.environ['NETWORK_NOTED'] = {str(noted)!r}\n"
    done = subprocess.run(
        [sys.executable, "-c", program + ASKS[asks]],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "no network in tests" in done.stderr
    assert noted.read_text("utf-8").count("\n") == 1


def test_a_process_of_a_test_reaches_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        program = f"import socket; socket.create_connection({server.getsockname()!r}, timeout=5)"
        assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


AUDIT = runpy.run_path(str(ROOT / "scripts" / "audit_dependencies.py"))
FINE: dict[str, object] = {"name": "a", "version": "1", "vulns": []}
BAD = {"name": "b", "version": "2", "vulns": [{"id": "X-1", "fix_versions": ["3"]}]}
SKIPPED = {"name": "b", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("pypi", "osv", "words", "code"),
    [
        ([FINE, {**FINE, "name": "b"}], None, "2 dependencies looked up, none with", 0),
        ([FINE, SKIPPED], [FINE, BAD], "b 2: X-1, mended in 3\n1 known vulnerabilities", 1),
        ([FINE, SKIPPED], [], "none with a known vulnerability; 1 could not be looked up: b", 2),
        ([], [FINE], "1 dependencies looked up", 0),
        ([], [], "not audited: neither the package index nor OSV could be asked", 2),
        ([SKIPPED], [SKIPPED], "not audited", 2),
    ],
)
def test_an_audit_asks_both_services_and_is_no_clean_bill_for_what_neither_knows(
    pypi: list[object], osv: list[object] | None, words: str, code: int
) -> None:
    asked = []

    def ask(service: str) -> list[object] | None:
        asked.append(service)
        return pypi if service == "pypi" else osv

    said, status = AUDIT["told"](AUDIT["together"](ask))
    assert words in said
    assert status == code
    assert asked == (["pypi"] if osv is None else ["pypi", "osv"])


def test_hashes_are_of_exact_versions_and_one_lock_holds_the_other() -> None:
    def pins(extra: str) -> dict[str, str]:
        text = (ROOT / ".ci" / f"{extra}.lock").read_text("utf-8")
        return dict(re.findall(r"^([\w.\[\],-]+)==([^\s;\\]+)", text, re.MULTILINE))

    dev, test = pins("dev"), pins("test")
    assert test
    assert {name for name, version in test.items() if dev.get(name) != version} == set()
