"""Tables within web pages and Markdown: rows as claims, the prose around them still as text."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import pledgecalc as pc
from calc.documents.grids import markdown_grids

PROSE = (
    "<p>Norway gave Ukraine 7 million euros on Monday, the minister said in a statement. The money "
    "was paid through a bank and is meant for schools.</p><p>More than thirty countries took part "
    "in the conference, which was held in Oslo on Friday and ended late at night.</p>"
)
TABLE = (
    "<table><caption>Pledges (EUR million)</caption><thead><tr><th>Donor</th><th>Recipient</th>"
    '<th>Amount<sup>1</sup></th></tr></thead><tr><td rowspan="2">Sweden</td><td>Ukraine</td>'
    "<td>5</td></tr><tr><td><a href='#'>Moldova</a></td><td>6.5</td></tr></table>"
)
MARKDOWN = """# Aid in March

Norway gave Ukraine 7 million euros on Monday, the minister said.

| Donor | Recipient | Amount | Date |
|:------|-----------|-------:|------|
| **Sweden** | [Ukraine](http://a/b) | €5 million | 2024-11-04 |
| Denmark | Moldova | €6.5 million | 2024-11-05 |

Finland gave Moldova 8 million euros on Tuesday.
"""


def page(tmp_path: Path, body: str) -> pd.DataFrame:
    pytest.importorskip("trafilatura")
    text = f"<html><head><title>Aid</title></head><body><article>{body}</article></body></html>"
    (tmp_path / "a.html").write_text(text, encoding="utf-8")
    return pc.read(tmp_path / "a.html", published="2024-11-06")


def told(claims: pd.DataFrame) -> list[list[object]]:
    return claims[["amount", "currency", "donor", "recipient", "zone"]].values.tolist()


def test_the_rows_of_a_table_in_a_page(tmp_path: Path) -> None:
    claims = page(tmp_path, f"<h1>Aid to Ukraine</h1>{PROSE}{TABLE}<p>The rest will follow.</p>")
    assert told(claims) == [
        [7e6, "EUR", "Norway", "Ukraine", "body"],
        [5e6, "EUR", "Sweden", "Ukraine", "table"],
        [6.5e6, "EUR", "Sweden", "Moldova", "table"],
    ]
    assert set(claims["source"]) == {"a.html"}
    assert set(claims["published"].astype(str)) == {"2024-11-06"}
    assert claims["claim_id"].is_unique
    assert claims.attrs["documents"][0]["figures"] == 3


def test_a_page_that_is_only_a_table(tmp_path: Path) -> None:
    assert told(page(tmp_path, TABLE))[0] == [5e6, "EUR", "Sweden", "Ukraine", "table"]


def test_two_tables_of_equal_rows_are_two_times_two_claims(tmp_path: Path) -> None:
    claims = page(tmp_path, PROSE + TABLE + TABLE)
    assert (claims["zone"] == "table").sum() == 4
    assert claims["claim_id"].is_unique


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>Norway gave Moldova 3 million euros.</td></tr></table>",
        "<table><tr><th>Country</th><th>Capital</th></tr><tr><td>Norway</td><td>Oslo</td></tr></table>",
        f"<table><tr><td>{TABLE}</td><td>Amount</td></tr></table>",
    ],
    ids=["layout", "other", "around a table"],
)
def test_tables_that_hold_no_amounts_are_prose(tmp_path: Path, table: str) -> None:
    claims = page(tmp_path, PROSE + table)
    assert claims["amount"].tolist()[0] == 7e6
    assert (claims["zone"] == "table").sum() == (2 if TABLE in table else 0)


def test_headers_over_several_columns_and_units_below(tmp_path: Path) -> None:
    table = (
        "<table><tr><th colspan='3'>Aid by donor</th></tr><tr><th>Donor</th><th>2023</th>"
        "<th>2024</th></tr><tr><td></td><td>EUR million</td><td>EUR million</td></tr>"
        "<tr><td>Norway</td><td>5</td><td>6</td></tr></table>"
    )
    claims = page(tmp_path, PROSE + table)
    rows = claims[claims["zone"] == "table"]
    assert rows[["amount", "currency"]].values.tolist() == [[5e6, "EUR"], [6e6, "EUR"]]
    assert rows["value_date"].dt.year.tolist() == [2023, 2024]


def test_a_page_of_cells_without_end_is_bounded(tmp_path: Path) -> None:
    cell = '<td colspan="200">5</td>'
    table = f"<table><tr><th>Donor</th><th>Amount</th></tr>{f'<tr>{cell * 50}</tr>' * 2000}</table>"
    assert page(tmp_path, PROSE + table)["amount"].tolist()[0] == 7e6


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_the_rows_of_a_markdown_table(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(MARKDOWN, encoding="utf-8")
    claims = pc.read(tmp_path / name, published="2024-11-06")
    assert told(claims) == [
        [7e6, "EUR", "Norway", "Ukraine", "body"],
        [8e6, "EUR", "Finland", "Moldova", "body"],
        [5e6, "EUR", "Sweden", "Ukraine", "table"],
        [6.5e6, "EUR", "Denmark", "Moldova", "table"],
    ]
    for claim in claims[claims["zone"] == "body"].to_dict("records"):
        assert MARKDOWN[int(claim["start"]) : int(claim["end"])] == claim["text"]


def test_a_markdown_text_in_python() -> None:
    assert told(pc.read_text(MARKDOWN, published="2024-11-06"))[2][2] == "Sweden"


@pytest.mark.parametrize(
    "text",
    [
        "Norway | Sweden\nboth gave 5 million euros to Ukraine.\n",
        "Title | Outlet\n---\nNorway gave Ukraine 5 million euros.\n",
        "| Donor | Amount |\nNorway gave 5 million\n",
        "--|--\n",
    ],
)
def test_bars_and_dashes_alone_are_no_table(text: str) -> None:
    assert markdown_grids(text) == []


def test_a_markdown_cell_may_hold_a_bar() -> None:
    text = "Donor | Amount\n--- | ---\nA \\| B | 5\n"
    assert markdown_grids(text)[0].rows == (("Donor", "Amount"), ("A | B", "5"))
