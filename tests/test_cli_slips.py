"""What a person forgets on the command line is named, with what would do; rarer answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import cli
import pledgecalc as pc

Output = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    said = "Norway gave Kenya 5 million euros"
    (tmp_path / "a.txt").write_text(f"Nov. 4, 2024\n\n{said}.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"Nov. 5, 2024\n\n{said} for schools.\n", encoding="utf-8")
    table = "country,year,gdp,currency\nNorway,2024,5200000000000,NOK\n"
    (tmp_path / "gdp.csv").write_text(table, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("rate EUR USD --from 2024-01-01 --to 2023-01-01", "ends on 2023-01-01, before it begins"),
        ("rate EUR --from 2024-01-01 --to 2024-02-01", "a series takes two currencies"),
        ("rate EUR USD --to 2024-01-01", "a series needs its first day: --from 2024-01-01"),
        ("rate EUR USD --from 1999-01-04 --to 2999-01-01", "is too long for a series"),
        (
            "rate EUR USD --policy fixed:USD=1.1 --from 2024-01-01 --to 2024-02-01",
            "is one rate; leave --from and --to out",
        ),
        ("same a.txt", "same takes two files, and here are 1"),
        ("effects 5m 6m EUR USD", "is not a stated conversion; write two amounts"),
        ("convert 5% EUR USD", "is a share, no amount"),
        ("convert 5 EUR", "convert needs the currency wanted"),
        ("convert 5", "5 has no currency"),
        ("when 5m EUR", "is not a stated conversion"),
        ("rates info --from x", "--from goes with: pledgecalc rates update"),
        ("share 0.5% Norway 2024", "--gdp"),
    ],
)
def test_what_was_forgotten_is_named(folder: Path, capsys: Output, line: str, words: str) -> None:
    assert folder.is_dir()
    assert cli.main(line.split()) == 2
    assert words in capsys.readouterr().err


def test_a_series_of_years_has_a_row_for_each(capsys: Output) -> None:
    line = "rate EUR USD --policy year-avg --from 2022-01-01 --to 2023-12-31 --json"
    assert cli.main(line.split()) == 0
    rows = [json.loads(one) for one in capsys.readouterr().out.splitlines()]
    assert [(row["date"], row["rate"][:6]) for row in rows] == [
        ("2022", "1.0530"),
        ("2023", "1.0812"),
    ]


def test_answers_as_data(folder: Path, capsys: Output) -> None:
    assert folder.is_dir()
    assert cli.main(["same", "a.txt", "b.txt", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["answer"] == "yes"
    assert cli.main("share 0.5% Norway 2024 --gdp gdp.csv --json".split()) == 0
    assert json.loads(capsys.readouterr().out)["amount"] == "26000000000.0"


@pytest.mark.parametrize(
    ("pair", "on", "shown", "detail"),
    [
        ("DEM EUR", "2024-11-04", "Council of the EU, irrevocable since 1999-01-01", "since"),
        ("EUR EUR", "2024-11-04", "same currency", "policy"),
        ("UAH KZT", "2024-06-03", "NBP 2024-05-29, 5 days before 2024-06-03", "known"),
        ("XOF EUR", "2024-11-04", "BCEAO 2024-11-04", "source"),
        ("USD DEM", "1998-03-03", "NBP 1998-03-03", "day"),
        ("USD DEM", "2024-11-04", "with the irrevocable rate of DEM", "data"),
    ],
)
def test_the_basis_of_a_rate_is_told(pair: str, on: str, shown: str, detail: str) -> None:
    base, quote = pair.split()
    found = pc.convert(5, base, quote, on=on)
    assert shown in str(found)
    assert detail in dict(found.details())
    assert found.to_dict()["currency"] == quote


def test_a_currency_is_a_text() -> None:
    given: Any = 5
    with pytest.raises(pc.UsageError, match="5 is not a currency; use a code such as EUR"):
        pc.convert(5, given, "EUR")
