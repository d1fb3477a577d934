"""Collections of texts: articles and press releases saved as rows of a CSV or JSON file."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import cli
from calc.claims import read
from calc.claims.collections import plain
from rates.errors import UnreadableInputError

FIRST = (
    "Norway gave Ukraine 7 million euros in October, the minister said in Oslo on Monday. The "
    "money is meant for schools in the east of the country, which were damaged in the summer.\n\n"
    "Sweden will give Moldova 3 million euros next year."
)
SECOND = (
    "<p>Denmark pledged €5 million (approximately $5.5 million) to Ukraine on Tuesday, as the "
    "ministry said in a statement.</p><p>It is the third package of the year &amp; the largest.</p>"
)
ROWS = [
    {
        "title": "Aid for schools",
        "content": FIRST,
        "publish_date": "04/11/2024",
        "url": "http://a/1",
    },
    {
        "title": "Third package",
        "content": SECOND,
        "publish_date": "25/11/2024",
        "url": "http://a/2",
    },
    {"title": "Nothing", "content": None, "publish_date": None, "url": None},
]
Output = pytest.CaptureFixture[str]


def write(path: Path) -> Path:
    if path.suffix == ".csv":
        pd.DataFrame(ROWS).to_csv(path, index=False)
    elif path.suffix == ".jsonl":
        path.write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    else:
        path.write_text(json.dumps({"articles": ROWS}), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["news.csv", "news.jsonl", "news.json"])
@pytest.mark.parametrize("asked", [True, False])
def test_every_row_is_a_document(tmp_path: Path, name: str, asked: bool) -> None:
    columns = {"text": "content", "date": "publish_date", "title": "title"} if asked else {}
    with pytest.warns(UserWarning, match="no text"):
        claims = read(write(tmp_path / name), **columns)  # type: ignore[arg-type]
    assert claims["text"].tolist() == [
        "7 million euros",
        "3 million euros",
        "€5 million",
        "$5.5 million",
    ]
    assert claims["donor"].tolist()[:3] == ["Norway", "Sweden", "Denmark"]
    first, *_, last = claims.to_dict("records")
    row = 2 if name.endswith("csv") else 1
    assert (first["source"], last["source"]) == (f"{name}#{row}", f"{name}#{row + 1}")
    assert str(first["published"].date()) == "2024-11-04"
    assert first["title"] == "Aid for schools"
    assert last["conversion_of"] == claims["claim_id"].tolist()[2]
    documents = claims.attrs["documents"]
    assert [one["url"] for one in documents] == ["http://a/1", "http://a/2"]
    assert "--text" in claims.attrs["notes"][0]


def test_the_positions_are_those_of_the_text_without_markup(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="no text"):
        claims = read(write(tmp_path / "news.json"))
    for claim in claims.to_dict("records"):
        text = plain(FIRST if claim["donor"] in ("Norway", "Sweden") else SECOND)
        assert text[int(claim["start"]) : int(claim["end"])] == claim["text"]


def test_a_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="no column 'body'; it has title, content"):
        read(write(tmp_path / "news.csv"), text="body")


def test_a_table_of_amounts_with_long_quotes_stays_a_table(tmp_path: Path) -> None:
    frame = pd.DataFrame([{"donor": "Norway", "amount": 5, "currency": "EUR", "text": FIRST}])
    frame.to_csv(tmp_path / "a.csv", index=False)
    assert read(tmp_path / "a.csv")["amount"].tolist() == [5]


def test_a_table_with_short_notes_and_no_amounts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title,content\nA,short\nB,also short\n")
    with pytest.raises(UnreadableInputError, match="no amount column"):
        read(tmp_path / "a.csv")


def test_on_the_command_line(tmp_path: Path, capsys: Output) -> None:
    path = write(tmp_path / "news.csv")
    code = cli.main(["check", str(path), "--text", "content", "--date", "publish_date"])
    said = capsys.readouterr()
    assert "$5.5 million" in said.out
    assert code == 1  # a row without a text needs a person
    assert "row 4: no text" in said.err
