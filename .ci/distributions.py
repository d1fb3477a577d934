"""Builds the wheel and the source distribution into a folder, as a release does.

PYTHON distributions.py FOLDER
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from setuptools import build_meta

ROOT = Path(__file__).resolve().parents[1]
TAKEN = ("pyproject.toml", "README.md", "LICENSE", "cli.py", "calc", "pledgecalc", "rates")

if __name__ == "__main__":
    into = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as made:
        for name in TAKEN:
            source = ROOT / name
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, Path(made, name))
        os.chdir(made)
        for build in (build_meta.build_wheel, build_meta.build_sdist):
            print(build(str(into)))
