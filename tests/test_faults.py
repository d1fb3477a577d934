"""Disks that are full or cannot be written, homes that are missing, clocks that are wrong."""

from __future__ import annotations

import datetime
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from forked import ROOT, Commands
from places import PRINTING, TEXT, WRITING, Place, placed, state

from rates import ecb

if not hasattr(os, "fork"):
    pytest.skip("needs processes that fork", allow_module_level=True)

FRAME = """
import pandas, pledgecalc as pc
frame = pandas.DataFrame({"a": [5.0], "c": ["UAH"], "d": ["2024-06-03"]})
found = pc.convert_frame(frame, amount="a", currency="c", date="d", to="USD")
assert abs(found["amount_usd"][0] - 0.1234) < 0.001
"""


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    made = Commands(tmp_path_factory.mktemp("commands"))
    yield made
    made.close()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return placed(tmp_path / "place")


def skip_without(ending: str) -> None:
    if ending == "workbook" and importlib.util.find_spec("openpyxl") is None:
        pytest.skip("needs pledgecalc[excel]")


@pytest.mark.parametrize("verb", PRINTING)
def test_a_disk_that_is_full_is_said_by_every_verb(
    commands: Commands, place: Place, verb: str
) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    done = place.run(commands, PRINTING[verb], out="/dev/full")
    assert done.code == 2
    assert "No space left on device" in done.err


@pytest.mark.parametrize("way", WRITING)
def test_a_file_that_does_not_fit_leaves_the_old_one_and_nothing_beside(
    commands: Commands, place: Place, way: str
) -> None:
    skip_without(way)
    line, name = WRITING[way]
    before = state(place.folder)
    limit = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))\n"
    done = place.run(commands, line, limit)
    assert done.code == 2
    assert "File too large" in done.err
    assert Path(name).name in done.err
    assert state(place.folder) == before
    assert place.run(commands, line).code == 0
    changed = {path for path, content in state(place.folder).items() if content != before.get(path)}
    assert {path for path in changed if not path.startswith("cache/")} == {name}


def test_a_cache_that_cannot_be_written_is_done_without(commands: Commands, place: Place) -> None:
    limit = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))\n"
    assert place.run(commands, "rates list", limit + FRAME, out=os.devnull).code == 0
    assert [path for path in state(place.folder) if path.startswith("cache/")] == []


def fewer_rights() -> list[str]:
    """What a command is run under so that the rights of files hold for it."""
    if os.geteuid() != 0:
        return []
    words = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
    if not shutil.which("setpriv") or subprocess.run([*words, "true"], check=False).returncode:
        pytest.skip("root, and cannot do without its rights")
    return words


@pytest.fixture(scope="module")
def bound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    """Commands for which the rights of files hold, as they do for anybody but root."""
    made = Commands(tmp_path_factory.mktemp("bound"), fewer_rights())
    yield made
    made.close()


@pytest.mark.parametrize("way", WRITING)
def test_a_folder_that_may_not_be_written_is_named(bound: Commands, place: Place, way: str) -> None:
    skip_without(way)
    line, name = WRITING[way]
    before = state(place.folder)
    for folder in (place.folder, place.folder / "data"):
        folder.chmod(0o555)
    try:
        done = place.run(bound, line)
    finally:
        for folder in (place.folder, place.folder / "data"):
            folder.chmod(0o755)
    assert done.code == 2
    assert "Permission denied" in done.err
    assert name.partition("/")[0] in done.err
    assert state(place.folder) == before


def test_what_may_not_be_read_is_named_and_costs_itself_alone(
    bound: Commands, place: Place
) -> None:
    pages = place.folder / "pages"
    (pages / "shut").mkdir(parents=True)
    (pages / "listed").mkdir()
    for name in ("a.txt", "secret.txt", "shut/b.txt", "listed/c.txt"):
        (pages / name).write_text(TEXT, encoding="utf-8")
    (pages / "secret.txt").chmod(0)
    (pages / "shut").chmod(0)
    (pages / "listed").chmod(0o444)
    try:
        done = place.run(bound, "read pages --json")
        alone = place.run(bound, "read pages/secret.txt")
        decided = place.run(bound, "total a.txt --decisions pages/secret.txt")
    finally:
        (pages / "shut").chmod(0o755)
        (pages / "listed").chmod(0o755)
    assert set(re.findall(r'"source": "(.*?)"', done.out)) == {"a.txt"}
    assert done.code == 2
    for name in ("secret.txt", "shut", "listed/c.txt"):
        assert re.search(f"{name}.*Permission denied", done.err)
    for one in (alone, decided):
        assert one.code == 2
        assert re.search(r"secret\.txt.*Permission denied", one.err)


def mounted(kind: str, folder: Path) -> list[str]:
    """What a command is run under so that ``folder`` is of a disk that is read-only, or tiny."""
    read_only = f'mount --bind "{folder}" "{folder}" && mount -o remount,ro,bind "{folder}"'
    tiny = f'cp -r "{folder}" "{folder}.copy" && mount -t tmpfs -o size=64k none "{folder}"'
    copied = f'cp "{folder}.copy"/*.txt "{folder}.copy"/*.toml "{folder}" && mkdir "{folder}/data"'
    filled = f'{{ cat /dev/zero > "{folder}/zeros" 2>/dev/null || true; }}'
    line = {"read-only": read_only, "full": f"{tiny} && {copied} && {filled}"}[kind]
    words = ["unshare", "--mount", "sh", "-c", f'{line} && exec "$@"', "sh"]
    if not shutil.which("unshare"):
        pytest.skip("needs unshare")
    if subprocess.run([*words, "true"], check=False, capture_output=True).returncode:
        pytest.skip("may not mount a disk here")
    shutil.rmtree(f"{folder}.copy", ignore_errors=True)
    return words


@pytest.mark.parametrize(
    ("kind", "reason"), [("read-only", "Read-only file system"), ("full", "No space left")]
)
def test_a_disk_that_takes_nothing_is_named(place: Place, kind: str, reason: str) -> None:
    zipped = place.folder.parent / "new.zip"
    shutil.copy(place.folder / "new.zip", zipped)
    shutil.copy(place.folder / "aid.csv", place.folder.parent)
    made = Commands(place.folder.parent, mounted(kind, place.folder))
    before = state(place.folder)
    lines = [
        "read a.txt -q -o out.json",
        "reconcile a.txt -q --fail-on never -o out.html",
        "convert ../aid.csv --to USD -q -o out.csv",
        "decide reject c1 ../aid.csv --why so --file d.toml -q",
        "rates update --from ../new.zip",
    ]
    for line in lines:
        done = place.run(made, line)
        assert (done.code, reason in done.err) == (2, True), line
    assert place.run(made, "convert 5m EUR USD --on 2024-11-04").code == 0
    assert place.run(made, "rates list", FRAME).code == 0
    listed = place.run(made, "read . -q --json", "import os\nprint(sorted(os.listdir()))\n")
    assert ".part" not in listed.out
    made.close()
    assert state(place.folder) == before


HOMES = {
    "missing": 'os.environ["HOME"] = "/nonexistent/home"',
    "a file": 'os.environ["HOME"] = "/etc/passwd"',
    "unset": 'os.environ.pop("HOME", None)',
    "empty": 'os.environ["HOME"] = ""',
    "relative": 'os.environ["HOME"] = "home"',
    "nobody's": 'os.environ.pop("HOME", None)\nimport pwd\n'
    "def none(_): raise KeyError\npwd.getpwuid = none",
    "XDG relative": 'os.environ |= {"XDG_DATA_HOME": "data", "XDG_CACHE_HOME": "cache"}',
}
NOT_OURS = 'os.environ.pop("PLEDGECALC_DATA")\nos.environ.pop("PLEDGECALC_CACHE")\n'


@pytest.mark.parametrize("home", HOMES)
def test_a_home_that_is_none_changes_no_answer(commands: Commands, place: Place, home: str) -> None:
    (place.folder / "data").rmdir()
    before, fault = state(place.folder), f"{NOT_OURS}{HOMES[home]}\n"
    for line in ("convert 5m EUR USD --on 2024-11-04", "read a.txt --json", "check a.txt"):
        assert place.run(commands, line, fault) == place.run(commands, line)
    assert place.run(commands, "rates info", fault).code == 0
    shutil.rmtree(place.folder / "cache", ignore_errors=True)
    fault += "import rates.frames.stored as stored\ndef put(path, _):\n"
    fault += "    assert path.is_absolute() and '~' not in str(path)\nstored._put = put\n"
    assert place.run(commands, "rates list", fault + FRAME).code == 0
    assert state(place.folder) == before, "nothing is written where the command was started"


@pytest.mark.parametrize("home", ["a file", "nobody's"])
def test_an_update_without_a_home_says_what_would_do(
    commands: Commands, place: Place, home: str
) -> None:
    done = place.run(commands, "rates update --from new.zip", f"{NOT_OURS}{HOMES[home]}\n")
    assert done.code == 2
    assert "PLEDGECALC_DATA=FOLDER" in done.err
    assert not (place.folder / "~").exists()


def test_the_folders_of_xdg_are_used(commands: Commands, place: Place) -> None:
    kept = {"XDG_DATA_HOME": f"{place.folder}/d", "XDG_CACHE_HOME": f"{place.folder}/c"}
    fault = f"{NOT_OURS}os.environ |= {kept}\n"
    assert place.run(commands, "rates update --from new.zip", fault).code == 0
    assert (place.folder / "d" / "pledgecalc" / "ecb.txt").exists()
    assert place.run(commands, "rates list", fault + FRAME).code == 0
    assert list((place.folder / "c" / "pledgecalc").glob("legs-*/*"))


YEARS = (1970, 1990, 2040, 2099)
# date.today() asks time.time(), and nothing of ours asks another clock for the day.
CLOCK = "import time\ntime.time = lambda: {seconds}\n"


def clock(year: int) -> str:
    return CLOCK.format(seconds=datetime.datetime(year, 1, 1, tzinfo=datetime.UTC).timestamp())


def test_nothing_asks_another_clock_for_the_day() -> None:
    for room in ("calc", "rates"):
        for path in (ROOT / room).rglob("*.py"):
            text = path.read_text("utf-8")
            assert not re.search(r"\.now\(|utcnow|time_ns|gmtime|localtime", text), path


@pytest.mark.parametrize("year", YEARS)
def test_a_clock_that_is_wrong_changes_no_byte(commands: Commands, place: Place, year: int) -> None:
    for verb, line in PRINTING.items():
        if verb != "rates info":  # which says how old the rates are
            assert place.run(commands, line, clock(year)) == place.run(commands, line)


@pytest.mark.parametrize("year", YEARS)
def test_a_clock_that_is_wrong_shows_in_the_age_of_the_rates(
    commands: Commands, place: Place, year: int
) -> None:
    done = place.run(commands, "rates info", clock(year))
    assert done.code == 0
    days = (datetime.date(year, 1, 1) - ecb.embedded().last).days
    assert f"{days} days" in done.out


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99])
def test_what_we_keep_and_was_cut_off_is_said_or_made_anew(
    commands: Commands, place: Place, share: float
) -> None:
    def cut(path: Path) -> None:
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * share)])

    assert place.run(commands, "rates update --from new.zip").code == 0
    assert place.run(commands, "rates list", FRAME).code == 0
    for leg in (place.folder / "cache").rglob("spot-*"):
        cut(leg)
    assert place.run(commands, "rates list", FRAME).code == 0  # which asks for the right amount
    cut(place.folder / "data" / "ecb.txt")
    done = place.run(commands, "convert 5m EUR USD --on 2024-11-04")
    assert (done.code, done.out) == (2, "")
    assert "ecb.txt" in done.err
    assert "rates update" in done.err
    assert place.run(commands, "rates update --from new.zip").code == 0
    assert place.run(commands, "convert 5m EUR USD --on 2024-11-04").code == 0
