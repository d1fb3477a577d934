"""Decisions that lack something or say one thing twice, and questions about odd pledges."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import cli
import pledgecalc as pc
from calc.decisions import Decision, Decisions
from calc.decisions.blocks import Accepted
from rates.errors import UsageError

Output = pytest.CaptureFixture[str]


def test_a_decision_needs_its_files_and_its_reason(capsys: Output, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    pd.DataFrame([told("alpha"), told("b")]).to_csv(path, index=False)
    assert cli.main(["decide", "same", "a", str(path), "--why", "so"]) == 2
    assert "same takes two or more ids and then the files" in capsys.readouterr().err
    assert cli.main(["decide", "reject", "a", "--why", "so"]) == 2
    assert "reject takes an id and then the files" in capsys.readouterr().err
    file = tmp_path / "d.toml"
    assert cli.main(["decide", "reject", "a", str(path), "--file", str(file), "--why", ""]) == 2
    assert "say why" in capsys.readouterr().err
    assert not file.exists()
    words = ["decide", "same", "a", "al", str(path), "--file", str(file), "--why", "so"]
    assert cli.main(words) == 2
    assert "one claim" in capsys.readouterr().err


def told(name: str, **more: Any) -> dict[str, Any]:
    base = {"claim_id": name, "source": name, "donor": "Norway", "recipient": "Chad"}
    return {**base, "amount": 5e6, "currency": "EUR", "published": "2024-11-04", **more}


def decided(rows: list[dict[str, Any]], *decisions: Decision) -> pc.Reconciliation:
    return pc.reconcile(pd.DataFrame(rows), decisions=Decisions(decisions))


def test_nothing_is_a_part_of_itself() -> None:
    with pytest.raises(UsageError, match="a is a part of itself"):
        decided([told("a"), told("b")], Decision("part_of", ("a",), "a"))


def test_what_is_the_same_through_others_keeps_the_ties_of_its_document() -> None:
    rows = [
        told("a"),
        told("b", source="a", repeats="a"),
        told("c", source="a", repeats="b"),
        told("d", amount=9e6, recipient="Mali"),
    ]
    chosen = (Decision("same", ("a", "b", "c")), Decision("different", ("a", "d")))
    result = decided(rows, *chosen)
    homes = result.claims.set_index("claim_id")["pledge_id"]
    assert homes["a"] == homes["b"] == homes["c"] != homes["d"]
    assert result.pledges["n_sources"].tolist() == [1, 1]


def test_one_figure_may_be_accepted_twice_and_two_may_not() -> None:
    def figure(amount: int, code: str | None = None) -> Accepted:
        return Accepted(Decimal(amount), Decimal(amount), Decimal(amount), code)

    rows = [told("a"), told("b", published="2024-11-05")]
    twice = [Decision("accept", (name,), figure(5_200_000)) for name in "ab"]
    assert decided(rows, *twice).pledges["amount"].tolist() == [5.2e6]
    other = Decision("accept", ("b",), figure(6_000_000))
    with pytest.raises(UsageError, match="two figures for what is one pledge"):
        decided(rows, twice[0], other)
    in_kroner = decided(rows, Decision("accept", ("a",), figure(58_000_000, "NOK")))
    assert in_kroner.pledges[["amount", "currency"]].values.tolist() == [[58e6, "NOK"]]


# questions of what was decided, and of what has no amount


def test_a_later_sum_that_is_said_to_be_new_is_told_so() -> None:
    first = told("a", sentence="Norway will give Chad 5 million euros.", text="5 million euros")
    for word, new in (("an additional", "said to be new"), ("its", "again")):
        words = f"Norway will give Chad {word} 5 million euros."
        later = told("b", published="2025-01-20", sentence=words, text="5 million euros")
        table = pc.timeline(decided([first, later], Decision("same", ("a", "b"))))
        assert table["new_money"].tolist() == ["first", new]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"donor": None}, "it has no one donor that the text names"),
        ({"donor": "Lithuania|Estonia"}, "it has no one donor that the text names"),
        ({"donor": "Lithuania", "amount": None, "amount_high": 9e6}, "unknown"),
        ({"donor": "Lithuania", "currency": None}, "unknown"),
    ],
)
def test_a_pledge_that_cannot_be_held_against_gdp_says_why(row: dict[str, Any], why: str) -> None:
    gdp = pc.read_gdp(Path(__file__).resolve().parents[1] / "examples" / "gdp.csv")
    found = pc.plausible(decided([told("a", **{"published": "2023-11-04", **row})]), gdp)
    assert found["plausible"].tolist() == ["unknown"]
    assert why in str(found.iloc[0].to_dict())
