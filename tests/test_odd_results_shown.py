"""Ranges, amounts without a rate, undated and unread sums, shown in every form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import cli
import pledgecalc as pc

Output = pytest.CaptureFixture[str]
BASE = {"donor": "Norway", "recipient": "Chad", "currency": "EUR", "published": "2024-11-04"}
ROWS: list[dict[str, Any]] = [
    {"amount": 5.5e6, "amount_low": 5e6, "amount_high": 6e6, "text": "5 to 6 million euros"},
    {"amount": None, "amount_low": 5e6, "amount_high": 6e6, "text": "5 to 6 million euros",
     "recipient": "Mali"},
    {"amount": None, "amount_high": 9e6, "text": "up to 9 million euros", "recipient": "Kenya"},
    {"amount": None, "amount_low": 8e6, "text": "over 8 million euros", "recipient": "Cuba"},
    {"amount": 7e6, "amount_low": 7e6, "amount_high": None, "text": "over 7 million euros",
     "recipient": "Peru"},
    {"amount": None, "text": "some money", "recipient": "Haiti"},
    {"amount": 3e6, "currency": "NOK", "published": "1901-01-01", "recipient": "Laos"},
    {"amount": 4e6, "currency": "NOK", "published": None, "recipient": "Fiji"},
    {"amount": 2e6, "donor": None, "recipient": "Nepal"},
    {"amount": 2.5e6, "donor": "Sweden", "recipient": None},
    {"amount": 1e9, "currency": "USD", "currency_basis": "ambiguous", "donor": "Canada",
     "currency_candidates": "USD|CAD", "text": "$1 billion", "recipient": "Ukraine"},
    {"amount": 683e6, "role": "total", "as_of": "2024-11-04", "donor": "Lithuania"},
    {"amount": 683e6, "role": "total", "as_of": "2024-12-04", "donor": "Lithuania",
     "published": "2024-12-04"},
    {"amount": 910e6, "role": "total", "as_of": "2025-03-02", "donor": "Lithuania",
     "published": "2025-03-02"},
    {"amount": None, "role": "total", "as_of": "2025-03-02", "donor": "Denmark"},
    {"amount": 50e6, "role": "total", "donor": "Iceland", "published": None},
]  # fmt: skip


def odd() -> pd.DataFrame:
    return pd.DataFrame([{"source": f"{at}.txt", **BASE, **row} for at, row in enumerate(ROWS)])


@pytest.fixture(scope="module")
def result() -> pc.Reconciliation:
    return pc.reconcile(odd())


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "odd.csv"
    odd().to_csv(path, index=False)
    return path


def run(capsys: Output, *arguments: object) -> str:
    """What is printed; 1 and 3 say that something was found or has no amount."""
    assert cli.main([*map(str, arguments), "--quiet"]) in (0, 1, 3)
    return capsys.readouterr().out


def test_a_range_without_a_point_stays_a_range(result: pc.Reconciliation) -> None:
    pledges = result.pledges.set_index("recipient")
    assert pledges.loc[["Mali", "Laos"], "amount"].tolist()[1:] == [3e6]
    assert pledges.loc[["Mali"], ["low", "high"]].values.tolist() == [[4.7e6, 6.36e6]]
    assert pledges.loc[["Mali", "Haiti"], "amount"].isna().all()
    assert pledges.loc[["Haiti"], "low"].isna().all()
    assert pledges.loc[["Laos"], "amount_eur"].isna().all()
    total = result.total("Norway", "Mali")
    assert (total.low, total.high) == (5e6, 6e6)


def test_the_tables_show_ranges_bounds_and_what_has_no_amount(capsys: Output, table: Path) -> None:
    out = run(capsys, "reconcile", table, "--all")
    assert "4.7–6.36 M EUR" in out
    assert "no amount" in out
    for shape in ("markdown", "csv", "json"):
        assert "Haiti" in run(capsys, "reconcile", table, "--format", shape)


def test_the_page_and_the_notebook_show_them_too(result: pc.Reconciliation, tmp_path: Path) -> None:
    result.to_html(tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    for words in ("over 7 million euros", "no amount", "Nepal", "an amount that cannot be told"):
        assert words in page
    notebook = result._repr_html_()
    assert "no amount" in notebook
    assert "4.7–6.36 M EUR" in notebook


def test_the_picture_draws_open_ends(result: pc.Reconciliation) -> None:
    pytest.importorskip("matplotlib", reason="no matplotlib (extra: plots)")
    text = pytest.importorskip("matplotlib.text")
    words = [one.get_text() for one in result.plot().findobj(text.Text)]
    assert any("up to 9 million euros" in one for one in words)
    assert any("Totals to date in EUR" in one for one in words)


def test_totals_alone_make_a_picture_without_bars() -> None:
    pytest.importorskip("matplotlib", reason="no matplotlib (extra: plots)")
    text = pytest.importorskip("matplotlib.text")
    totals = odd()[odd()["role"] == "total"]
    words = "\n".join(one.get_text() for one in pc.reconcile(totals).plot().findobj(text.Text))
    assert "Totals to date in EUR" in words
    assert "Bars:" not in words


def test_each_id_is_explained(result: pc.Reconciliation) -> None:
    for name in (*result.pledges["pledge_id"], *result.claims["claim_id"]):
        assert result.explain(name).lines


def test_the_questions_of_amounts_that_are_not_known_say_so(capsys: Output, table: Path) -> None:
    out = run(capsys, "review", table)
    assert "$1 billion" in out
    lines = run(capsys, "total", table, "--donor", "Norway", "--recipient", "Laos", "--json")
    assert json.loads(lines.splitlines()[0])["low"] is None
    for verb in ("stages", "timeline", "yearly", "constant", "brief"):
        assert run(capsys, verb, table)
