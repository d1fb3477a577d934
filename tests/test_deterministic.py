"""The same input gives the same bytes, whatever the hash seed, the zone, the order of the files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples" / "lithuania"
# several commands in one process: what each wrote stands in the folder named first
SCRIPT = """
import sys
import cli
folder, jobs, *files = sys.argv[1:]
for name, words in {
    "read.json": ["read", *files, "--jobs", jobs, "--json"],
    "check.csv": ["check", *files, "--fail-on", "never", "--format", "csv"],
    "reconcile.json": ["reconcile", *files, "--json"],
    "total.md": ["total", *files, "--format", "markdown"],
}.items():
    code = cli.main([*words, "-o", f"{folder}/{name}"])
    assert code in (0, 1), (name, code)
code = cli.main(["reconcile", *files, "--report", f"{folder}/page.html"])
assert code in (0, 1), code
"""
FILES = sorted(str(path) for path in EXAMPLES.iterdir() if path.suffix in (".txt", ".md"))


def written(folder: Path, files: list[str], jobs: int = 1, **environment: str) -> dict[str, bytes]:
    """What the commands of ``SCRIPT`` write about ``files``, by the name of the file written."""
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(folder), str(jobs), *files],
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "1"} | environment,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr.decode()
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return written(tmp_path_factory.mktemp("plain") / "out", FILES)


@pytest.mark.parametrize(
    ("jobs", "environment"),
    [
        (1, {"PYTHONHASHSEED": "77", "TZ": "Pacific/Kiritimati"}),
        (2, {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "C"}),
    ],
    ids=["another seed, far east", "two processes, far west, no locale"],
)
def test_no_setting_of_the_process_changes_a_byte(
    plain: dict[str, bytes], tmp_path: Path, jobs: int, environment: dict[str, str]
) -> None:
    assert len(plain) == 5
    assert all(plain.values())
    assert written(tmp_path / "out", FILES, jobs, **environment) == plain


def test_the_order_of_the_files_changes_no_byte(plain: dict[str, bytes], tmp_path: Path) -> None:
    turned = written(tmp_path / "out", FILES[::-1])
    for name in ("reconcile.json", "total.md", "page.html"):
        assert turned[name] == plain[name], name
