"""The cells of a workbook as calamine reads them; also a program of its own.

calamine never comes back from some damaged .xls files, and it cannot be stopped from within: those
are read by this file in another process, which can. So it imports nothing of ours.
"""

from __future__ import annotations

import importlib
import io
import os
import pickle
import subprocess
import sys
from typing import Any

SECONDS = 60.0  # an .xls file has 65,536 rows at most
Contents = list[tuple[str, list[list[Any]], list[tuple[int, int, int, int]]]]


def contents(data: bytes) -> Contents:
    """Title, cells from the first row and column on, and merged areas of each sheet."""
    calamine: Any = importlib.import_module("python_calamine")
    found: Contents = []
    with calamine.load_workbook(io.BytesIO(data)) as book:
        for meta in book.sheets_metadata:
            if meta.typ == calamine.SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_name(meta.name)
                areas = [(*one[0], *one[1]) for one in sheet.merged_cell_ranges or ()]
                found.append((meta.name, sheet.to_python(skip_empty_area=False), areas))
    return found


def contents_elsewhere(data: bytes, seconds: float = SECONDS) -> Contents:
    """The same, read in another process; ValueError when it fails or takes too long."""
    environment = {**os.environ, "RUST_BACKTRACE": "0"}
    try:
        done = subprocess.run(
            [sys.executable, "-P", __file__],
            input=data,
            capture_output=True,
            timeout=seconds,
            check=False,
            env=environment,
        )
    except subprocess.TimeoutExpired as error:
        raise ValueError(f"not read within {seconds:.0f} seconds") from error
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ValueError(lines[-1].partition(": ")[2] if lines else "the reader ended")
    found: Contents = pickle.loads(done.stdout)
    return found


if __name__ == "__main__":
    sys.stdout.buffer.write(pickle.dumps(contents(sys.stdin.buffer.read())))
