"""Updates of the ECB's history: what is accepted, what is refused, and kills at any moment."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import cli
from rates import ecb
from rates.conversion import rate
from rates.errors import PledgecalcError, SourceUnavailableError, UnreadableInputError, UsageError
from rates.update import update

ROOT = Path(__file__).resolve().parents[1]
OLD = ecb.embedded()
TODAY = OLD.last + timedelta(days=10)
NEXT = next(
    day for day in (OLD.last + timedelta(days=step) for step in range(1, 5)) if day.weekday() < 5
)
Lines = list[list[str]]


@pytest.fixture(scope="module")
def published() -> Lines:
    with zipfile.ZipFile(ROOT / "rates" / "data" / "eurofxref-hist.zip") as archive:
        return list(csv.reader(io.StringIO(archive.read("eurofxref-hist.csv").decode())))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("PLEDGECALC_DATA", str(tmp_path / "data"))
    ecb.forget()
    yield tmp_path
    ecb.forget()


def zipped(folder: Path, lines: Lines, name: str = "new.zip") -> str:
    path = folder / name
    text = "\n".join(",".join(line) for line in lines) + "\n"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("eurofxref-hist.csv", text)
    return str(path)


def with_next_day(published: Lines, **changed: str) -> Lines:
    """The history with one more day, like the day before but for the cells that are given."""
    header, newest, *_ = published
    line = [NEXT.isoformat(), *newest[1:]]
    for code, text in changed.items():
        line[header.index(code)] = text
    return [header, line, *published[1:]]


def test_a_newer_history_is_used_from_then_on(folder: Path, published: Lines) -> None:
    done = update(zipped(folder, with_next_day(published, USD="1.1613")), TODAY)
    assert (done.change.days, done.change.corrections, done.change.currencies) == (1, (), ())
    assert ecb.fixings().last == NEXT
    assert rate("EUR", "USD", NEXT).rate_text() == "1.1613"
    assert done.after == ecb.fixings().version != done.before
    assert rate("EUR", "USD", "2024-11-04").rate_text() == "1.0904"


def test_the_same_history_changes_nothing(folder: Path, published: Lines) -> None:
    done = update(zipped(folder, published), TODAY)
    assert done.before == done.after == OLD.version
    assert not (folder / "data" / "ecb.txt").exists()


def test_an_older_update_gives_way_to_a_newer_version_of_pledgecalc(
    folder: Path, published: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    update(zipped(folder, with_next_day(published)), TODAY)
    newer = ecb.parse(b"# ECB t, 2030-01-02 sha256:0\n2030-01-02\nUSD,1\n")
    monkeypatch.setattr(ecb, "embedded", lambda: newer)
    ecb.forget()
    assert ecb.fixings() is newer


def test_a_correction_without_a_new_day_is_used_too(folder: Path, published: Lines) -> None:
    lines = cell("2026-10-29", "SEK", "11.0000")(published)
    assert update(zipped(folder, lines), TODAY).change.days == 0
    assert rate("EUR", "SEK", "2026-10-29").rate_text() == "11.0000"


def without_day(lines: Lines) -> Lines:
    return [line for line in lines if line[0] != "2024-11-04"]


def without_column(lines: Lines) -> Lines:
    place = lines[0].index("ISK")
    return [line[:place] + line[place + 1 :] for line in lines]


def cell(day: str, code: str, text: str) -> Callable[[Lines], Lines]:
    def changed(lines: Lines) -> Lines:
        place = lines[0].index(code)
        return [
            [*line[:place], text, *line[place + 1 :]] if line[0] == day else line for line in lines
        ]

    return changed


def many_changes(lines: Lines) -> Lines:
    place = lines[0].index("USD")
    days = {line[0] for line in lines[1:20]}
    return [
        [*line[:place], line[place] + "1", *line[place + 1 :]] if line[0] in days else line
        for line in lines
    ]


LAST = OLD.last.isoformat()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (without_day, "lacks 1 of the days here, the last is 2024-11-04"),
        (without_column, "no column for ISK"),
        (cell("2024-11-04", "USD", "N/A"), "no rate of USD for 2024-11-04"),
        (cell("2024-11-04", "USD", "10.904"), "10.904 for USD on 2024-11-04 in place of 1.0904"),
        (cell("2024-11-04", "USD", "-1"), "'-1' is neither a rate nor N/A"),
        (cell("2024-11-04", "USD", "0"), "'0' is neither a rate nor N/A"),
        (cell("2024-11-04", "USD", "١"), "plain letters"),
        (cell("2024-11-04", "Date", "2024-11-05"), "2024-11-05 does not come before 2024-11-05"),
        (cell("2024-11-04", "Date", "4 Nov"), "is not a day"),
        (many_changes, "more than corrections would"),
        (lambda lines: [lines[0], *reversed(lines[1:])], "does not come before"),
        (lambda lines: [*lines[:2], lines[2][:-3], *lines[3:]], "cells where the header has"),
        (lambda lines: lines[1:], "its columns are"),
        (lambda lines: lines[:1], "no day in it"),
        (lambda lines: lines[:900], "lacks"),
    ],
)
def test_what_loses_or_spoils_anything_is_refused(
    folder: Path, published: Lines, change: Callable[[Lines], Lines], named: str
) -> None:
    with pytest.raises(PledgecalcError, match="the old rates stay") as caught:
        update(zipped(folder, change(published)), TODAY)
    assert named in str(caught.value)
    assert ecb.fixings().version == OLD.version
    assert not (folder / "data" / "ecb.txt").exists()


def test_a_move_that_no_rate_makes_is_refused(folder: Path, published: Lines) -> None:
    with pytest.raises(PledgecalcError, match=r"moves USD from .* to 11\.61"):
        update(zipped(folder, with_next_day(published, USD="11.61")), TODAY)


def test_a_day_in_the_future_is_refused(folder: Path, published: Lines) -> None:
    with pytest.raises(PledgecalcError, match="in the future"):
        update(zipped(folder, with_next_day(published)), OLD.last - timedelta(days=1))


def test_a_small_correction_is_taken_and_reported(folder: Path, published: Lines) -> None:
    lines = cell("2026-10-29", "SEK", "11.0000")(with_next_day(published))
    before = OLD.on("SEK", date(2026, 10, 29))
    assert before is not None
    done = update(zipped(folder, lines), TODAY)
    assert done.change.corrections == (f"SEK of 2026-10-29: 11.0000, formerly {before.text}",)


@pytest.mark.parametrize("content", [b"", b"<html>", b"PK\x03\x04 cut off"])
def test_what_is_no_zip_is_refused(folder: Path, content: bytes) -> None:
    path = folder / "new.zip"
    path.write_bytes(content)
    with pytest.raises(PledgecalcError, match="not the ECB's zip"):
        update(str(path), TODAY)


def test_where_there_is_nothing_to_fetch(folder: Path) -> None:
    with pytest.raises(UnreadableInputError, match=r"none\.zip"):
        update(str(folder / "none.zip"))
    with pytest.raises(UsageError):
        update("ftp://example.org/a.zip")


def test_the_zip_may_come_from_a_server(folder: Path, published: Lines) -> None:
    content = Path(zipped(folder, with_next_day(published))).read_bytes()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            there = self.path == "/hist.zip"
            self.send_response(200 if there else 502)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True).start()
        address = f"http://127.0.0.1:{http.server_address[1]}"
        with pytest.raises(SourceUnavailableError, match="502"):
            update(f"{address}/gone.zip", TODAY)
        assert cli.main(["rates", "update", "--from", f"{address}/gone.zip"]) == 4
        assert update(f"{address}/hist.zip", TODAY).change.days == 1
        http.shutdown()


PROGRAM = """
import os, signal, sys
from datetime import date
from rates import whole_file, update
point, zipped, today = sys.argv[1:]
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
class HalfWritten:
    def __init__(self, file): self.file = file
    def __enter__(self): return self
    def __exit__(self, *_): self.file.close()
    def write(self, content):
        self.file.write(content[: len(content) // 2]); self.file.flush(); die()
real_open, real_replace = open, os.replace
def half_open(path, mode="r", *rest, **more):
    file = real_open(path, mode, *rest, **more)
    return HalfWritten(file) if str(path).endswith(".part") else file
if point == "fetched": update.published.csv_inside = die
if point == "judged": whole_file.replace = die
if point == "half written": whole_file.open = half_open
if point == "before fsync": os.fsync = die
if point == "before replace": os.replace = die
if point == "after replace": os.replace = lambda *a: (real_replace(*a), die())
update.update(zipped, date.fromisoformat(today))
"""


@pytest.mark.parametrize(
    "point",
    ["fetched", "judged", "half written", "before fsync", "before replace", "after replace"],
)
def test_a_kill_at_any_moment_leaves_a_whole_table(
    folder: Path, published: Lines, point: str
) -> None:
    first = with_next_day(published, USD="1.1613")
    second = cell(NEXT.isoformat(), "USD", "1.1614")(first)
    before = update(zipped(folder, first), TODAY)
    newer = zipped(folder, second)
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM, point, newer, TODAY.isoformat()],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert result.returncode == -signal.SIGKILL, result.stderr
    ecb.forget()
    found = rate("EUR", "USD", NEXT)
    assert found.rate_text() == ("1.1614" if point == "after replace" else "1.1613")
    assert (found.source_version == before.after) == (point != "after replace")
    assert all(check.ok for check in ecb.checksums())
    update(newer, TODAY)  # the lock went with the process
    assert rate("EUR", "USD", NEXT).rate_text() == "1.1614"
    assert sorted(path.name for path in (folder / "data").iterdir()) == ["ecb.txt", "update.lock"]


def test_a_second_process_is_told_to_wait(folder: Path, published: Lines) -> None:
    program = (
        "import sys; from rates import ecb, update\n"
        "with update._alone(ecb.updated_path()):\n"
        "    print('held', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(PledgecalcError, match="another update"):
            update(zipped(folder, with_next_day(published)), TODAY)
        other.communicate(b"")
    assert update(str(folder / "new.zip"), TODAY).change.days == 1


def test_info_says_which_history_is_used(
    folder: Path, published: Lines, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["rates", "info", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["used"] == "embedded"
    update(zipped(folder, with_next_day(published)), TODAY)
    assert cli.main(["rates", "info", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["used"], found["last_day"]) == ("updated", NEXT.isoformat())
    path = folder / "data" / "ecb.txt"
    assert found["path"] == str(path)
    path.write_bytes(path.read_bytes().replace(b"1.0904", b"1.0940", 1))
    assert cli.main(["rates", "info"]) == 2
    assert "changed since" in capsys.readouterr().err


def test_a_damaged_update_is_not_passed_over(folder: Path, published: Lines) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "ecb.txt").write_bytes(b"")
    with pytest.raises(PledgecalcError, match="rates update writes it anew"):
        rate("EUR", "USD", "2024-11-04")
    update(zipped(folder, published), TODAY)
    assert rate("EUR", "USD", "2024-11-04").rate_text() == "1.0904"
