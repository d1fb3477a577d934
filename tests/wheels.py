"""The wheel of the sources as they stand, built without a network."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
IGNORED = {"__pycache__"}


def packaged() -> list[Path]:
    """Every file of the packages, relative to the root."""
    return [
        path.relative_to(ROOT)
        for package in ("calc", "pledgecalc", "rates")
        for path in sorted((ROOT / package).rglob("*"))
        if path.is_file() and not IGNORED & set(path.parts)
    ]


def built(folder: Path) -> Path:
    """The wheel, built below ``folder`` from a copy of the sources."""
    if importlib.util.find_spec("setuptools") is None:
        pytest.skip("setuptools is not installed, and a test may not fetch it")
    source, out = folder / "source", folder / "wheel"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", "cli.py"):
        (source / name).write_bytes((ROOT / name).read_bytes())
    for path in packaged():
        target = source / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / path).read_bytes())
    for stray in ("tests", "docs", "examples"):  # must not leak into the wheel
        (source / stray).mkdir()
        (source / stray / "stray.py").write_text("", encoding="utf-8")
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
    return wheel
