"""Tables, JSON lines, CSV, Markdown and HTML of results put together by hand."""

import csv
import io
import json
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc import schema
from calc.report import markdown, notebook, sections
from calc.report.cells import clean, plain, short, width
from calc.report.render import FORMATS, render
from calc.report.tables import Column, aligned, wrapped
from rates.errors import UsageError

CLAIM: dict[str, Any] = {
    "claim_id": "c1",
    "source": "courier.txt",
    "published": pd.Timestamp("2024-11-04"),
    "zone": "body",
    "sentence": "Vilnius said it gave over 683 million euros.",
    "text": "683 million euros",
    "start": 26.0,
    "end": 43.0,
    "amount": 683e6,
    "currency": "EUR",
    "qualifier": "over",
    "role": "total",
    "donor": "Lithuania",
    "recipient": "Ukraine",
    "as_of": pd.Timestamp("2024-11-04"),
}
HOSTILE = '=HYPERLINK(1)|<script>alert(1)</script>\x1b[2J\u202eevil `*_ & "quoted"'


def claims(*changes: dict[str, Any]) -> pd.DataFrame:
    table = schema.frame([CLAIM | change for change in changes or ({},)], schema.CLAIMS)
    table.attrs["documents"] = [
        {"source": "courier.txt", "published": "2024-11-04", "published_basis": "stated"},
        {"source": "empty.txt", "published": None, "published_basis": None},
    ]
    return table


def reconciliation(**claim: Any) -> SimpleNamespace:
    pledge = {
        "pledge_id": "p1",
        "donor": "Lithuania",
        "recipient": "Ukraine",
        "purpose": "drones",
        "status": "committed",
        "currency": "EUR",
        "amount": 2e7,
        "low": 19.5e6,
        "high": 20.5e6,
        "contested": True,
        "n_claims": 3,
        "n_sources": 2,
        "n_independent": 2,
        "amount_usd": 21.094e6,
        "low_usd": 20.5e6,
        "high_usd": 21.6e6,
    }
    total = {"series_id": "s1", "currency": "EUR", "amount": 683e6, "low": 683e6, "as_of": None}
    finding = {
        "finding_id": "f1",
        "severity": "warning",
        "cause": "stale-rate",
        "claim_ids": "c1",
        "message": claim.get("sentence", "The conversion is old."),
    }
    return SimpleNamespace(
        claims=claims(claim),
        pledges=schema.frame([pledge], schema.pledges("USD")),
        totals=schema.frame([total], schema.TOTALS),
        findings=schema.frame([finding], schema.FINDINGS),
    )


def test_json_holds_amounts_as_plain_strings_and_missing_as_null() -> None:
    row = json.loads(render(claims({"amount": 1e15, "currency": None}), "json"))
    assert row["amount"] == "1000000000000000"
    assert row["currency"] is None
    assert row["amount_low"] is None
    assert row["published"] == "2024-11-04"
    assert row["start"] == 26
    assert list(row) == list(schema.CLAIMS)


def test_json_of_several_tables_names_the_table_in_each_line() -> None:
    rows = [json.loads(line) for line in render(reconciliation(), "json").splitlines()]
    assert [row["table"] for row in rows] == ["pledge", "total", "finding"]
    assert rows[0]["amount_usd"] == "21094000"
    assert rows[0]["n_sources"] == 2


def test_csv_neutralises_text_but_not_negative_numbers() -> None:
    table = pd.DataFrame({"=cmd": [-0.8], "text": ["-10 million"], "other": ["@x"], "ok": ["a-b"]})
    header, row = csv.reader(io.StringIO(render(table, "csv")))
    assert header == ["'=cmd", "text", "other", "ok"]
    assert row == ["-0.8", "'-10 million", "'@x", "a-b"]


@given(st.text(max_size=30))
def test_no_text_cell_of_a_csv_starts_a_formula(text: str) -> None:
    rows = list(csv.reader(io.StringIO(render(pd.DataFrame({"text": [text, "x"]}), "csv"))))
    assert rows[1:][0][:1] == [] or not rows[1][0].startswith(("=", "+", "-", "@"))


def test_markdown_shows_hostile_text_as_text() -> None:
    text = render(claims({"text": HOSTILE}), "markdown")
    line = next(line for line in text.splitlines() if "HYPERLINK" in line)
    assert "<script>" not in line
    assert "\\<script\\>" in line
    assert line.count(" | ") == 4
    assert markdown.inert("a`b") == "a\\`b"


def test_html_escapes_everything_that_a_source_wrote() -> None:
    result = reconciliation(text=HOSTILE, sentence=f"He said {HOSTILE}.", source=HOSTILE)
    text = notebook.fragment(result, [HOSTILE])
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "\x1b" not in text
    assert "http://" not in text
    assert "https://" not in text
    assert "src=" not in text


def test_the_terminal_never_gets_control_characters() -> None:
    for format_ in ("table", "markdown"):
        assert "\x1b" not in render(claims({"text": HOSTILE}), format_)
        assert "\u202e" not in render(claims({"text": HOSTILE}), format_)


def test_claims_name_the_document_without_any() -> None:
    text = render(claims())
    assert "courier.txt · 2024-11-04 (stated)" in text
    assert "over 683 million euros  Lithuania → Ukraine  2024-11-04" in text
    assert "empty.txt · no date found\n  no money claim" in text


def test_checks_print_verdict_gap_power_sentence_and_arithmetic_on_request() -> None:
    check = {
        "claim_id": "c2",
        "base_id": "c1",
        "source": "courier.txt",
        "base_text": "683 million euros",
        "text": "$763 million",
        "implied_low": 1.1156,
        "implied_high": 1.1187,
        "rate_low": 1.0904,
        "rate_high": 1.0904,
        "rate_date": pd.Timestamp("2024-11-04"),
        "expected": 744743200.0,
        "gap_pct": 2.45,
        "verdict": "other-date",
        "power": 0.95,
        "windows": "2024-09-27;2024-09-19..2024-09-20;2024-08-26..2024-08-27;2024-08-20",
        "explanation": "The dollar figure fits rates of September, not of November.",
    }
    table = schema.frame([check], schema.CHECKS)
    text = render(table)
    assert "other-date" in text
    assert "+2.45 %" in text
    assert "0.95" in text
    assert "The dollar figure fits rates of September" in text
    assert "implied" not in text
    more = render(table, arithmetic={"c2": "683 → 763\n  implied: 1.1156 to 1.1187"})
    assert "    683 → 763\n      implied: 1.1156 to 1.1187\n" in more


def test_windows_show_the_newest_three_and_a_count_or_all() -> None:
    windows = ("2024-09-27", "2024-09-19..2024-09-20", "2024-08-26..2024-08-27", "2024-08-20")
    assert render(windows).endswith("2024-08-26..2024-08-27; and 1 more\n")
    assert "2024-08-20" in render(windows, every=True)


def test_every_format_of_an_empty_result_is_valid() -> None:
    for columns in (schema.CLAIMS, schema.CHECKS, schema.FINDINGS):
        empty = schema.frame([], columns)
        assert [render(empty, name) is not None for name in FORMATS] == [True] * len(FORMATS)
        assert render(empty, "json") == ""
        assert render(empty, "csv") == ",".join(columns) + "\r\n"


def test_an_unknown_format_is_refused_with_the_choices() -> None:
    with pytest.raises(UsageError, match="table, json, csv, markdown"):
        render(claims(), "xml")


def test_amounts_are_shown_short_and_cut_digits_are_marked() -> None:
    assert short(1_000_000, "EUR") == "1 M EUR"
    assert short(999_999_999) == "≈1 bn"
    assert short(Decimal("12345.67"), "USD") == "≈12,350 USD"
    assert short(0) == "0"
    assert short(-683e6) == "-683 M"


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**18), max_value=10**18))
def test_plain_digits_keep_the_value(number: Decimal) -> None:
    text = plain(number)
    assert "E" not in text.upper()
    assert Decimal(text) == number


@given(
    st.lists(st.tuples(st.text(max_size=60), st.text(max_size=60)), min_size=1, max_size=4),
    st.integers(min_value=26, max_value=80),
)
def test_no_line_of_a_table_is_wider_than_asked(rows: list[tuple[str, str]], total: int) -> None:
    columns = [Column("one", wrap=True), Column("two", right=True, wrap=True)]
    for line in "\n".join(aligned(columns, rows, total)).splitlines():
        assert width(line) <= total


@given(st.text(max_size=80), st.integers(min_value=2, max_value=40))
def test_wrapping_keeps_every_letter(text: str, room: int) -> None:
    line = clean(text)
    assert "".join(wrapped(line, room)).replace(" ", "") == line.replace(" ", "")


def test_a_wide_table_wraps_its_words_and_never_its_numbers() -> None:
    columns = [Column("amount"), Column("for", wrap=True)]
    lines = "\n".join(aligned(columns, [["910 M EUR", "military support " * 8]], 40)).splitlines()
    assert lines[1].startswith("910 M EUR  military")
    assert all(len(line) <= 40 for line in lines)


def test_a_range_is_shown_where_it_says_more_than_the_amount() -> None:
    (row,) = sections.pledge_section(reconciliation().pledges).rows
    assert row.cells[0] == "20 M EUR (19.5–20.5 M)"
    assert row.below == (
        "drones; 3 claims in 2 sources; p1",
        "the sources disagree",
    )
    total = sections.total_section(reconciliation().totals)
    assert "over 683 M EUR" in total.rows[0].cells
