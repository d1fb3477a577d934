"""What the verbs for single questions print: what is left out, what is open, in every format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import cli
import pledgecalc as pc

ROOT = Path(__file__).resolve().parents[1]
LITHUANIA = ROOT / "examples" / "lithuania"
GDP = ROOT / "examples" / "gdp.csv"
Output = pytest.CaptureFixture[str]


def run(capsys: Output, *arguments: object, code: int = 0) -> tuple[str, str]:
    assert cli.main([str(one) for one in arguments]) == code
    return capsys.readouterr()


def table(path: Path, *rows: dict[str, Any]) -> Path:
    """A table of claims as a person would type it, in euros for Chad unless said otherwise."""
    base = {"recipient": "Chad", "currency": "EUR", "published": "2024-11-04"}
    pd.DataFrame([base | row for row in rows]).to_csv(path, index=False)
    return path


# effects

SUMS = ("683m", "EUR", "2024-11-04", "910m", "EUR", "2025-03-03")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ((), "--in USD"),
        (("--in", "USD", "--stated", "763m"), "give the two equivalents"),
        (("--in", "USD", "--stated", "763m,940m,1bn"), "--stated 763m,940m"),
    ],
)
def test_effects_says_what_it_lacks(capsys: Output, more: tuple[str, ...], words: str) -> None:
    out, err = run(capsys, "effects", *SUMS, *more, code=2)
    assert (out, words in err) == ("", True)


def test_effects_of_two_sums_without_their_days_are_refused(capsys: Output) -> None:
    _, err = run(capsys, "effects", "683m", "EUR", "910m", "EUR", "--in", "USD", code=2)
    assert "give the day of each sum" in err


def test_effects_take_the_rates_that_sources_state(capsys: Output) -> None:
    sums = ("683m", "EUR", "910m", "EUR", "--in", "USD")
    out, _ = run(capsys, "effects", *sums, "--stated", "763m, 940m", "--json")
    found = json.loads(out)
    assert float(found["change"]) == 177e6
    assert float(found["amount_effect"]) + float(found["rate_effect"]) == 177e6


def test_effects_are_a_markdown_table_and_a_workbook(capsys: Output, tmp_path: Path) -> None:
    out, _ = run(capsys, "effects", *SUMS, "--in", "USD", "--format", "markdown")
    assert "Exchange rate" in out or "exchange rate" in out
    assert sum(line.startswith("|") for line in out.splitlines()) > 2
    book = tmp_path / "effects.xlsx"
    run(capsys, "effects", *SUMS, "--in", "USD", "-o", book)
    sheet = pd.read_excel(book, engine="openpyxl")
    assert len(sheet) == 1
    assert float(sheet["change"].iloc[0]) == pytest.approx(
        float(sheet["amount_effect"].iloc[0]) + float(sheet["rate_effect"].iloc[0])
    )


# stages and timelines


def test_a_stage_table_says_how_many_have_no_rate(capsys: Output, tmp_path: Path) -> None:
    path = table(
        tmp_path / "t.csv",
        {"donor": "Norway", "amount": 5e6, "status": "committed"},
        {"donor": "Norway", "amount": 7e6, "currency": "NOK", "published": "1901-01-01",
         "status": "committed", "recipient": "Mali"},
    )  # fmt: skip
    out, err = run(capsys, "stages", path)
    assert "5 M" in out
    assert "1 without an amount or a rate: in no column" in err


def test_a_timeline_of_one_pledge_says_what_others_may_be_to_it(
    capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    result = pc.reconcile(pc.read(LITHUANIA))
    told: dict[str, str] = {}
    for name in result.pledges["pledge_id"]:
        found = pc.timeline(result, name)
        for kind in found["relation"].dropna():
            out, _ = run(capsys, "timeline", name, LITHUANIA)
            told[kind] = out
    assert any(kind.startswith("holds: ") for kind in told)
    for kind, out in told.items():
        words = "may be a part of it" if kind.startswith("holds: ") else "may hold it"
        assert words in out


# shares of GDP, constant prices, citing


def test_a_share_without_a_year_takes_one_that_is_given(capsys: Output) -> None:
    words = ("share", "0.25%", "of", "Lithuania", "--gdp", GDP, "--in", "EUR")
    with_option = run(capsys, *words, "--year", "2024")[0]
    typed = run(capsys, "share", "0.25%", "of", "Lithuania", "2024", "--gdp", GDP, "--in", "EUR")[0]
    assert with_option == typed


@pytest.mark.parametrize("shape", ["json", "csv"])
def test_the_shares_of_files_are_data_with_both_tables(
    capsys: Output, tmp_path: Path, shape: str
) -> None:
    path = tmp_path / "a.txt"
    text = "Norway will give Ukraine 0.25 per cent of GDP. It also pledged Chad 5 million euros."
    path.write_text(text, encoding="utf-8")
    out, _ = run(
        capsys, "share", path, "--gdp", GDP, "--published", "2024-11-04", "--format", shape
    )
    assert "0.25 per cent" in out
    assert "plausible" in out


def test_what_pydeflate_can_take_leaves_nothing_out(capsys: Output, tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", {"donor": "Norway", "amount": 5e6, "currency": "NOK"})
    out, _ = run(capsys, "constant", path)
    assert "To hand over" in out
    assert "Left out" not in out


def test_a_citation_follows_in_every_format(capsys: Output, tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", {"donor": "Norway", "amount": 5e6, "currency": "NOK"})
    out, err = run(capsys, "stages", path, "--cite", "--format", "csv")
    assert "cite as: pledgecalc" in err
    assert "pledgecalc" not in out
    out, err = run(capsys, "stages", path, "--cite", "--format", "markdown")
    assert out.splitlines()[-1].startswith("Cite as: pledgecalc")
    plain, _ = run(capsys, "share", path, "--gdp", GDP, "--cite")
    assert "gdp.csv" in plain.rpartition("Cite as:")[2]
