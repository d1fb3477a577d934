"""What the audit answers beside its policies: formats, odd rows, rates of one's own, many rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from audit_tables import FIFTEEN, Made, made

import cli
from calc.audit import Audit, audit
from calc.audit.report import MOST_SHOWN

COLUMNS: dict[str, Any] = {one: one for one in ("amount", "currency", "date", "converted")}
Output = pytest.CaptureFixture[str]


def audited(table: Made, **options: Any) -> Audit:
    return audit(table.frame, to=table.to, **{**COLUMNS, **options})


@pytest.fixture
def spoiled(tmp_path: Path) -> Path:
    path = tmp_path / "spoiled.csv"
    made("spot", spoil=9, seed=7).frame.to_csv(path, index=False)
    return path


def run(capsys: Output, *arguments: object) -> str:
    assert cli.main([str(one) for one in ("audit", *arguments, "--to", "EUR", "--quiet")]) in (0, 1)
    return capsys.readouterr().out


def test_markdown_has_the_policies_and_the_rows_that_do_not_follow(
    capsys: Output, spoiled: Path
) -> None:
    out = run(capsys, spoiled, "--format", "markdown")
    assert out.index("## Policies") < out.index("## Outliers")
    assert "| USD | spot |" in out
    few = run(capsys, spoiled, "--format", "markdown", "--top", "2")
    assert few.count("\n|") == out.count("\n|") - 7


def test_only_problems_leaves_the_policies_out(capsys: Output, spoiled: Path) -> None:
    out = run(capsys, spoiled, "--format", "markdown", "--only", "problems")
    assert "## Policies" not in out
    assert "## Outliers" in out
    lines = run(capsys, spoiled, "--json", "--only", "problems").splitlines()
    assert len(lines) == 9
    assert all("reason" in json.loads(line) for line in lines)


def test_a_table_in_order_has_no_outliers_in_markdown(capsys: Output, tmp_path: Path) -> None:
    path = tmp_path / "fine.csv"
    made("spot").frame.to_csv(path, index=False)
    out = run(capsys, path, "--format", "markdown")
    assert "## Outliers" not in out
    assert "All 200 foreign rows use" in out


def test_a_workbook_has_a_sheet_for_the_outliers(capsys: Output, spoiled: Path) -> None:
    book = spoiled.with_suffix(".xlsx")
    run(capsys, spoiled, "-o", book)
    sheets = pd.read_excel(book, sheet_name=None, engine="openpyxl")
    assert len(sheets["outliers"]) == 9
    assert len(sheets) > 1
    run(capsys, spoiled, "-o", book, "--only", "problems")
    assert list(pd.read_excel(book, sheet_name=None, engine="openpyxl")) == ["outliers"]


def test_html_shows_the_first_outliers_and_counts_the_others() -> None:
    few, many = audited(made("spot", spoil=3)), audited(made("spot", spoil=60))
    short, long = few._repr_html_(), many._repr_html_()
    assert "Rows that do not follow" in short
    assert "more in .outliers" not in short
    assert f"{len(many.outliers) - MOST_SHOWN} more in .outliers" in long


def test_a_table_without_dates_has_one_rate_for_all() -> None:
    table = made("fixed:2021-03", currencies=FIFTEEN, rows=300)
    columns: dict[str, Any] = {**COLUMNS, "date": None}
    found = audit(table.frame.drop(columns="date"), to="EUR", **columns)
    assert found.policy == "fixed:2021-03"
    assert "date" not in found.columns


def test_a_currency_whose_rows_have_no_day_does_not_follow_the_others() -> None:
    table = made("spot", rows=100)
    table.frame.loc[table.frame["currency"] == "SEK", "date"] = pd.NaT
    found = audited(table)
    assert found.policy == "spot"
    assert "SEK does not (20 of 20 rows: the policy has no rate for this row)" in found.summary
    swedish = found.policies[found.policies["currency"] == "SEK"]
    assert swedish["share"].tolist() == [0]
    assert swedish["error_bp"].isna().all()


def test_a_currency_that_no_source_has_is_named_beside_those_that_follow() -> None:
    table = made("spot", rows=100)
    table.frame.loc[table.frame["currency"] == "SEK", "currency"] = "KPW"
    found = audited(table)
    assert found.policy == "spot"
    assert "KPW follows no known policy" in found.summary
    assert "KPW: there are no rates of this currency." in found.notes


def test_of_many_policies_of_ones_own_the_first_are_named() -> None:
    policies = ("month-avg", "year-avg", "month-end", "closing", "fixed:2021-03", "fixed:2020")
    odd: dict[str, str | float] = {
        code: policies[at % len(policies)] for at, code in enumerate(FIFTEEN)
    }
    found = audited(made("spot", rows=150, currencies=FIFTEEN, odd=odd))
    assert found.policy is None
    assert found.summary.startswith("No one policy explains the table: AUD uses ")
    assert "more currencies have their own" in found.summary
    told = found.policies.set_index("currency")["policy"]
    assert told[["CHF", "USD"]].tolist() == [odd["CHF"], odd["USD"]]


def test_two_currencies_with_two_policies_tie() -> None:
    found = audited(made("spot", rows=100, currencies=("USD", "SEK"), odd={"SEK": "month-avg"}))
    assert found.policy is None
    assert "spot and month-avg fit equally" in found.summary


@pytest.mark.parametrize("rows", [4, 60])
def test_numbers_near_no_rate_are_explained_by_none(rows: int) -> None:
    table = made("spot", rows=rows, currencies=("USD",) if rows < 9 else ("USD", "GBP", "SEK"))
    random = np.random.default_rng(1)
    table.frame["converted"] *= random.uniform(0.3, 3, rows)
    found = audited(table)
    assert found.policy is None
    assert found.summary == f"No rate policy that is known explains these {rows} foreign rows."
    assert set(found.policies["note"]) == {"no known policy gives these numbers"}


def test_amounts_that_were_copied_have_a_rate_of_one() -> None:
    table = made("spot", rows=100)
    table.frame["converted"] = table.frame["amount"]
    found = audited(table)
    assert "use rates of one's own: 1 (EUR per CHF)" in found.summary
    table.frame["converted"] = 1.0
    coarse = audited(table)
    assert coarse.policy is None
    assert set(coarse.policies["note"]) == {"the numbers are printed too coarsely"}


def test_a_column_states_the_rate_whatever_stands_beside_it() -> None:
    table = made("spot", rows=100, rate_column=True)
    table.frame["rate used"] = table.frame["rate used"].map(lambda value: f"{value:.4f}")
    table.frame["paid"] = True
    table.frame["told"] = table.frame["date"]
    assert audited(table).policy == "column:rate used"
    table.frame["rate used"] = np.linspace(1, 2, 100)
    assert audited(table, rate="rate used").policy == "spot"
