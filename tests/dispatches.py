"""What reading makes of five dispatches, in our own words, so that a room is tested by itself."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from calc import schema

_CLAIMS = Path(__file__).parent / "corpus" / "lithuania_claims.jsonl"


def table() -> pd.DataFrame:
    """A fresh claims table, with the documents that it comes from."""
    lines = _CLAIMS.read_text(encoding="utf-8").splitlines()
    made = schema.frame([json.loads(line) for line in lines], schema.CLAIMS)
    names = ("memorandum.txt", "tranche.txt", "invested.txt", "letter.txt", "visit.txt")
    made.attrs["documents"] = [{"source": name} for name in names]
    return made
