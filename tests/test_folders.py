"""The folders for updated rates and for answers: as the system has them, or as was said."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rates import folders

BOTH = (
    (
        folders.data_folder,
        "PLEDGECALC_DATA",
        "XDG_DATA_HOME",
        ".local/share",
        "Application Support",
    ),
    (folders.cache_folder, "PLEDGECALC_CACHE", "XDG_CACHE_HOME", ".cache", "Caches"),
)
each = pytest.mark.parametrize(
    ("folder", "ours", "xdg", "unix", "mac"), BOTH, ids=["data", "cache"]
)


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for _, ours, xdg, _, _ in BOTH:
        monkeypatch.delenv(ours, raising=False)
        monkeypatch.delenv(xdg, raising=False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)


@each
def test_what_is_said_counts_from_the_current_folder(
    folder: object, ours: str, xdg: str, unix: str, mac: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    del xdg, unix, mac
    monkeypatch.setenv(ours, "here")
    assert folder() == os.path.abspath("here")  # type: ignore[operator]  # noqa: PTH100


@each
@pytest.mark.parametrize("system", ["linux", "freebsd14"])
def test_a_unix_has_it_below_home_or_where_its_variable_says(
    folder: object,
    ours: str,
    xdg: str,
    unix: str,
    mac: str,
    system: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    del ours, mac
    monkeypatch.setattr("sys.platform", system)
    assert folder() == str(tmp_path / unix / "pledgecalc")  # type: ignore[operator]
    monkeypatch.setenv(xdg, str(tmp_path / "kept"))
    assert folder() == str(tmp_path / "kept" / "pledgecalc")  # type: ignore[operator]


@each
def test_a_mac_and_windows_have_their_own(
    folder: object,
    ours: str,
    xdg: str,
    unix: str,
    mac: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    del ours, xdg, unix
    monkeypatch.setattr("sys.platform", "darwin")
    assert folder() == str(tmp_path / "Library" / mac / "pledgecalc")  # type: ignore[operator]
    monkeypatch.setattr("sys.platform", "win32")
    assert folder() == str(tmp_path / "AppData/Local" / "pledgecalc")  # type: ignore[operator]
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert folder() == str(tmp_path / "local" / "pledgecalc")  # type: ignore[operator]
