"""Registers in every form: equal rows, no activity, many donors, reports beside them."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import cli
import pledgecalc as pc

ROOT = Path(__file__).resolve().parents[1]
REGISTER = ROOT / "examples" / "register.csv"
Output = pytest.CaptureFixture[str]
REPORT = "Norway will give Mali 5 million euros, the ministry said on 4 April 2025."


def run(capsys: Output, *arguments: object) -> str:
    assert cli.main([*map(str, arguments), "--quiet"]) in (0, 1)
    return capsys.readouterr().out


def rows() -> pd.DataFrame:
    return pd.read_csv(REGISTER)


def twice() -> pd.DataFrame:
    """The register with one payment written three times."""
    table = rows()
    return pd.concat([table, table.iloc[[1, 1]]], ignore_index=True)


def saved(table: pd.DataFrame, folder: Path) -> Path:
    path = folder / "register.csv"
    table.to_csv(path, index=False)
    return path


def test_rows_that_are_equal_in_every_cell_are_asked_about(capsys: Output, tmp_path: Path) -> None:
    path = saved(twice(), tmp_path)
    out = " ".join(run(capsys, "review", path).split())
    assert "3 rows of register.csv are equal in every cell: one entry, or 3?" in out
    assert "the safe sum would move by up to 7.702 million EUR; even odds" in out
    result = pc.reconcile(pc.read(path))
    equal = result.claims[result.claims["text"] == "40,000,000 NOK"]["claim_id"]
    lines = "\n".join(result.explain(equal.iloc[0]).lines)
    others = ", ".join(sorted((equal.iloc[2], equal.iloc[3])))
    assert f"equal in every cell to {others}: the low end counts one of them" in lines
    assert "equal in every cell" not in "\n".join(result.explain(equal.iloc[1]).lines)


def test_an_entry_of_no_activity_is_explained_without_one(tmp_path: Path) -> None:
    table = rows()
    table.loc[0, "activity-id"] = None
    claims = pc.read(saved(table, tmp_path))
    result = pc.reconcile(claims)
    told = ["\n".join(result.explain(name).lines) for name in claims["claim_id"][:2]]
    assert ["activity NO-21" in one for one in told] == [False, True]
    assert all("Entry " in one and "of the ledger register.csv" in one for one in told)


def test_all_shows_every_entry_and_a_report_stands_apart(capsys: Output, tmp_path: Path) -> None:
    (tmp_path / "told.txt").write_text(REPORT, encoding="utf-8")
    path = saved(rows(), tmp_path)
    both = ("reconcile", path, tmp_path / "told.txt")
    out = run(capsys, *both)
    assert "Pledges of reports" in out
    assert "Largest entries" in out
    whole = run(capsys, *both, "--all")
    assert whole.count("p-") > out.count("p-")
    alone = run(capsys, "reconcile", path)
    assert "Pledges of reports" not in alone
    assert "Largest entries" in alone


def test_a_notebook_shows_the_page_of_a_register(tmp_path: Path) -> None:
    alone = pc.reconcile(pc.read(REGISTER))._repr_html_()
    assert "Largest entries" in alone
    assert "Pledges of reports" not in alone
    (tmp_path / "told.txt").write_text(REPORT, encoding="utf-8")
    saved(rows(), tmp_path)
    both = pc.reconcile(pc.read(tmp_path))._repr_html_()
    assert "Pledges of reports" in both
    assert "5 million euros" in both


def test_of_many_donors_those_with_most_money_are_shown(capsys: Output, tmp_path: Path) -> None:
    donors = (
        "Norway Sweden Denmark Finland Iceland Germany France Spain Italy Poland Latvia Estonia "
        "Lithuania Austria Ireland Portugal Greece Malta Cyprus Croatia Slovenia Hungary Romania"
    ).split()
    table = pd.concat(
        [rows().iloc[[5]].assign(donor=one, value=9e6 + at) for at, one in enumerate(donors)],
        ignore_index=True,
    )
    path = saved(table, tmp_path)
    out = " ".join(run(capsys, "reconcile", path).split())
    assert "donors with most money;" in out
    assert "more: --all shows them." in out
    assert "donors with most money;" not in run(capsys, "reconcile", path, "--all")


def test_an_entry_without_a_number_keeps_its_words(capsys: Output, tmp_path: Path) -> None:
    table = rows()
    table["value"] = table["value"].astype(object)
    table.loc[5, "value"] = "some"
    table.loc[6, "value-date"] = None
    path = saved(table, tmp_path)
    assert run(capsys, "reconcile", path)
    page = tmp_path / "page.html"
    run(capsys, "reconcile", path, "-o", page)
    assert "Norway" in page.read_text(encoding="utf-8")


def test_a_register_that_nothing_counts_of_has_a_page(capsys: Output, tmp_path: Path) -> None:
    path = saved(rows().iloc[[8, 9]], tmp_path)
    page = tmp_path / "page.html"
    run(capsys, "reconcile", path, "-o", page)
    assert "a loan that was paid back" in page.read_text(encoding="utf-8")
    assert "No entry counts." in run(capsys, "reconcile", path)


def test_a_sum_of_a_register_is_its_page_in_json_too(capsys: Output) -> None:
    lines = [json.loads(one) for one in run(capsys, "total", REGISTER, "--json").splitlines()]
    assert {"sum", "included", "excluded"} <= {one["table"] for one in lines}
    out = run(capsys, "total", REGISTER, "--all")
    assert "Largest entries" in out
    assert "Included" in out or "Left out" in out
