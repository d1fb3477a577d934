"""The claims of a sentence against its labels."""

from __future__ import annotations

from functools import cache
from typing import Any

from calc.claims import read_text
from scoring import Case, Corpus, Reading, Slip, counted

FACETS = ("figures", "role", "donor", "recipient", "status", "pair")


@cache
def _rows(text: str, published: str | None) -> list[dict[str, Any]]:
    claims = read_text(text, published=published).astype(object)
    columns = claims.where(claims.notna(), None).to_dict("list")
    rows = [
        dict(zip(map(str, columns), row, strict=True))
        for row in zip(*columns.values(), strict=True)
    ]
    texts = {row["claim_id"]: row["text"] for row in rows}
    return [{**row, "pair": texts.get(row["conversion_of"])} for row in rows]


def _meant(entry: dict[str, Any]) -> dict[str, Any]:
    """The labels of a figure. Noise has no donor to ask for, a status may be open, and most figures
    convert no other.
    """
    labels = {"role": entry["role"]}
    if entry["role"] != "noise":
        labels |= {"donor": entry["donor"], "recipient": entry["recipient"]}
    if entry["status"] is not None:
        labels["status"] = entry["status"]
    if "of" in entry:
        labels["pair"] = entry["of"]
    return labels


def read(case: Case) -> Reading:
    """How the claims of a sentence are read; equal texts are told apart by their order."""
    left = list(_rows(case["text"], case["published"]))
    labels: list[tuple[str, str, object, object]] = []
    slips: list[Slip] = []
    unread: list[str] = []
    for entry in case["claims"]:
        row = next((row for row in left if row["text"] == entry["text"]), None)
        if row is None:
            slips.append(Slip("figures", entry["text"], None, entry["text"]))
            unread += _meant(entry)
            continue
        left.remove(row)
        meant = _meant(entry)
        if row["pair"] is not None:
            meant.setdefault("pair", None)
        labels += [(name, entry["text"], row[name], value) for name, value in meant.items()]
    slips += [Slip("figures", row["text"], row["text"], None) for row in left]
    reading = counted(labels, slips, unread)
    reading.labels["figures"] += 1
    reading.right["figures"] += not slips
    return reading


CLAIMS = Corpus("claims", FACETS, read)
