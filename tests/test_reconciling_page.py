"""The page on reconciling: its examples say what the program says.

`PYTHONPATH=. python tests/test_reconciling_page.py` renews the lines behind the arrows.
"""

import re
import textwrap
from pathlib import Path

import pandas as pd
import pytest

import pledgecalc as pc
from calc.links.bits import CAUSES

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reconciling.md"
BLOCK = re.compile(r"```(check|reconcile|sum) ([\w-]+)\n(.*?)```", re.DOTALL)
DISPATCH = re.compile(r"(\d{4}-\d\d-\d\d), ([^:]+): (?:\[([^\]]+)\] )?(.+)")
RELATIONS = (
    "same", "conversion-of", "earlier-announcement-of", "part-of", "instalment-of", "stage-of",
    "revision-of", "different",
)  # fmt: skip
VERDICTS = (
    "consistent", "consistent-if-rounded", "consistent-if-truncated", "other-date",
    "other-currency", "scale", "inverted", "copied", "compound", "inconsistent", "untestable",
)  # fmt: skip


def read(body: str) -> pd.DataFrame:
    """The claims of the dispatches above the arrow."""
    told = " ".join(body.partition("→")[0].split())
    parts = re.split(r"\s(?=\d{4}-\d\d-\d\d, )", told)
    tables = []
    for part in parts:
        found = DISPATCH.fullmatch(part)
        assert found, part
        day, outlet, title, text = found.groups()
        whole = f"{title}\n\n{text}" if title else text
        tables.append(
            pc.read_text(whole, published=day, publisher=outlet, source=outlet, title=title)
        )
    return pd.concat(tables, ignore_index=True)


def said(kind: str, name: str, body: str) -> str:
    """What the program says of the dispatches of a block, for its verdict or cause."""
    claims = read(body)
    if kind == "check":
        rows = pc.check(claims)
        row = rows[rows["verdict"] == name].iloc[0]
        power = "" if pd.isna(row["power"]) else f", power {row['power']:.2f}"
        return f"→ {row['verdict']}{power}: {row['explanation']}"
    if kind == "sum":
        return added(name, pc.reconcile(claims))
    rows = pc.reconcile(claims).findings
    row = rows[rows["cause"] == name].iloc[0]
    return f"→ {row['cause']} ({row['severity']}): {row['message'].rstrip('.')}."


def added(name: str, result: pc.Reconciliation) -> str:
    """The safe sum of all pledges, and what it says of one that has the relation ``name``."""
    total = result.total()
    kinds = {one.kind for one in result.ledger.overlaps}
    assert kinds == ({name} if name != "different" else set())
    row = max(total.included.to_dict("records"), key=lambda row: "end: " in row["reason"])
    return f"→ {total.likely_text}. {row['text']}: {row['reason']}."


def wrapped(answer: str) -> str:
    return textwrap.fill(answer, 96, subsequent_indent="  ", break_on_hyphens=False)


BLOCKS = [found.groups() for found in BLOCK.finditer(PAGE.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(("kind", "name", "body"), BLOCKS, ids=[f"{a} {b}" for a, b, _ in BLOCKS])
def test_the_example_says_what_the_program_says(kind: str, name: str, body: str) -> None:
    shown = " ".join(("→" + body.partition("→")[2]).split())
    assert shown == " ".join(said(kind, name, body).split())


def test_every_verdict_and_every_cause_has_an_example() -> None:
    shown = [(kind, name) for kind, name, _ in BLOCKS]
    wanted = [("check", name) for name in VERDICTS] + [("reconcile", name) for name in CAUSES]
    wanted += [("sum", name) for name in RELATIONS]
    assert sorted(shown) == sorted(wanted)


def renew() -> None:
    """Write what the program says now behind the arrows."""

    def again(found: re.Match[str]) -> str:
        kind, name, body = found.groups()
        dispatches = body.partition("→")[0].rstrip("\n")
        return f"```{kind} {name}\n{dispatches}\n{wrapped(said(kind, name, body))}\n```"

    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(BLOCK.sub(again, text), encoding="utf-8")


if __name__ == "__main__":
    renew()
