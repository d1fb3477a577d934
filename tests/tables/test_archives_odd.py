"""Archives with folders, with too many files, locked, or that unpack without end."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from calc.claims import read
from calc.documents import archives
from rates.errors import UnreadableInputError

SAID = b"Norway gave Ukraine 5 million euros on 4 November 2024.\n"


def zipped(path: Path, names: list[str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("folder/", b"")
        for name in names:
            archive.writestr(f"folder/{name}", SAID)
    return path


def test_folders_of_an_archive_are_no_files(tmp_path: Path) -> None:
    claims = read(zipped(tmp_path / "a.zip", ["a.txt", "b.txt"]))
    assert claims["amount"].tolist() == [5e6, 5e6]
    assert claims["source"].nunique() == 2


def test_an_archive_of_too_many_files_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_MEMBERS", 2)
    path = zipped(tmp_path / "a.zip", ["a.txt", "b.txt", "c.txt"])
    with pytest.raises(UnreadableInputError, match="holds 4 files, more than 2; unpack it first"):
        read(path)


def test_a_tar_that_unpacks_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_TAR_BYTES", 100)
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        for name in ("a.txt", "b.txt"):
            entry = tarfile.TarInfo(name)
            entry.size = len(SAID)
            archive.addfile(entry, io.BytesIO(SAID))
    with pytest.raises(UnreadableInputError, match="unpacks to more than"):
        read(path)


def test_a_locked_member_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ["a.txt", "b.txt"])
    data = bytearray(path.read_bytes())
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # of the first file: encrypted
        data[data.find(header, data.find(header) + 1) + flags] |= 1
    path.write_bytes(data)
    with pytest.warns(UserWarning, match="locked with a password; unpack it first"):
        claims = read(path)
    assert claims["source"].tolist() == ["a.zip/folder/b.txt"]
