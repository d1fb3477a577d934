"""What the wheel holds: exactly four top-level names, every module, every data file."""

import importlib.util
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
IGNORED = {"__pycache__"}


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The paths in a wheel that is built offline from a copy of the sources."""
    if importlib.util.find_spec("setuptools") is None:
        pytest.skip("setuptools is not installed, and a test may not fetch it")
    source = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "README.md", "LICENSE", "cli.py"):
        (source / name).write_bytes((ROOT / name).read_bytes())
    for path in packaged():
        target = source / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / path).read_bytes())
    for stray in ("tests", "docs", "examples"):  # must not leak into the wheel
        (source / stray).mkdir()
        (source / stray / "stray.py").write_text("", encoding="utf-8")
    out = tmp_path_factory.mktemp("wheel")
    build = (
        "import sys; from setuptools import build_meta; print(build_meta.build_wheel(sys.argv[1]))"
    )
    result = subprocess.run(
        [sys.executable, "-c", build, str(out)],
        cwd=source,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    (wheel,) = out.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def packaged() -> list[Path]:
    """Every file of the packages, relative to the root."""
    return [
        path.relative_to(ROOT)
        for package in ("calc", "pledgecalc", "rates")
        for path in sorted((ROOT / package).rglob("*"))
        if path.is_file() and not IGNORED & set(path.parts)
    ]


def test_the_wheel_claims_exactly_four_names(names: set[str]) -> None:
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {
        "calc",
        "rates",
        "cli.py",
        "pledgecalc",
    }
    assert len(tops) == 5


def test_the_wheel_holds_every_module_and_data_file(names: set[str]) -> None:
    missing = [path.as_posix() for path in packaged() if path.as_posix() not in names]
    assert missing == []
    assert any(name.startswith("rates/data/") for name in names)
    assert any(name.startswith("calc/data/") for name in names)


def test_the_licence_travels_with_the_wheel(names: set[str]) -> None:
    assert any(name.endswith("LICENSE") and ".dist-info/" in name for name in names)
