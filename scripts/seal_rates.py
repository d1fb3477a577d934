"""Write ``rates/data/SEALS``: the crc32 of every table there, which is checked when it is read.

Run it after every change of a file in ``rates/data``: python scripts/seal_rates.py
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rates.seals import DATA, NAME, seal, sealed_part


def seals() -> str:
    """The list as it should be: one line a file, by name."""
    files = sorted(path for path in Path(DATA).iterdir() if path.suffix not in ("", ".css"))
    lines = [f"{seal(sealed_part(one.name, one.read_bytes()))} {one.name}" for one in files]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    Path(DATA, NAME).write_text(seals(), encoding="ascii")
