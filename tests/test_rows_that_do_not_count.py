"""Words and rows of tables that are not understood: what is said of them, what still counts."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from calc.claims import read
from calc.reconcile import reconcile
from calc.tables import read_table
from rates.errors import UsageError

HEAD = "iati-identifier,transaction type,role,donor,recipient,amount,currency,value date"


def table(head: str, *rows: str, **options: Any) -> pd.DataFrame:
    return read_table(io.StringIO("\n".join([head, *rows])), "rows.csv", **options)


def messages(claims: pd.DataFrame) -> list[str]:
    return [problem["message"] for problem in claims.attrs["problems"]]


def test_a_register_says_why_rows_are_left_out_and_how_many() -> None:
    claims = table(
        HEAD,
        "A,2,pledge,Norway,Kenya,100,USD,2024-01-10",
        "A,3,total,Norway,Kenya,900,USD,2024-01-10",
        "B,2,,Norway,Kenya,5,,2024-01-10",
        "C,2,,Norway,Kenya,,USD,2024-02-01",
        "D,11,,Norway,Kenya,8,USD,2024-02-01",
        "E,2,,Norway,Kenya,8,EEK,2030-02-01",
        "F,2,,Norway,Kenya,8,EUR,",
    )
    found = reconcile(claims, "USD").overview
    assert found is not None
    told = dict(zip(found.left_out["reason"], found.left_out["entries"], strict=True))
    assert told.pop("no amount that could be read") == 1
    assert told.pop("no currency is known: --set currency=USD says one for all rows") == 1
    assert told.pop("no date is known: --set date=2024 says one for all rows") == 1
    assert told.pop("no gift but a total") == 1
    assert told.pop("no rate for EEK on its day") == 1
    assert list(told.values()) == [1]  # a payment that is no gift, in words of its own
    assert found.sums["amount"].tolist() == [100]


def test_a_register_without_days_is_told_without_years() -> None:
    rows = ("A,2,,Norway,Kenya,100,USD,", "B,2,,Norway,Kenya,5,USD,")
    found = reconcile(table(HEAD, *rows), "USD").overview
    assert found is not None
    assert "2 of 2 rows count, from 1 donor" in found.sentences[0]


def test_a_role_that_is_none_is_read_as_a_pledge_and_named() -> None:
    claims = table(
        "role,donor,recipient,amount,currency",
        "gift,Norway,Kenya,5,USD",
        " Total ,Norway,Kenya,9,USD",
        ",Norway,Kenya,7,USD",
    )
    assert claims["role"].tolist() == ["pledge", "total", "pledge"]
    assert len(messages(claims)) == 1
    assert "row 2: role: 'gift' is none of pledge, total" in messages(claims)[0]


def test_a_transaction_type_that_is_not_known_leaves_the_stage_open() -> None:
    claims = table(
        HEAD, "A,rent,,Norway,Kenya,5,USD,2024-01-10", "A,n/a,,Norway,Kenya,6,USD,2024-01-10"
    )
    assert claims["status"].tolist() == ["unknown", "unknown"]
    assert claims["transaction"].tolist()[0] == "rent"
    assert pd.isna(claims["transaction"].tolist()[1])
    assert ["'rent' is not a known type" in one for one in messages(claims)] == [True]


def test_ids_that_repeat_name_what_the_rows_are_about() -> None:
    head = "reference,donor,recipient,amount,currency,published"
    rows = [f"{one},Norway,Kenya,{n},USD,2024-01-10" for n, one in ((5, "A"), (6, "A"), (7, "B"))]
    claims = table(head, *rows, columns={"claim_id": "reference"})
    assert claims["activity"].tolist() == ["A", "A", "B"]
    assert claims["claim_id"].nunique() == 3
    assert set(claims["entry"]) == {"ledger"}
    assert any("stands on several rows" in note for note in claims.attrs["notes"])
    head += ",iati-identifier"
    both = table(head, *(f"{row},X" for row in rows), columns={"claim_id": "reference"})
    assert both["activity"].tolist() == ["X", "X", "X"]
    assert both["claim_id"].nunique() == 3


def test_what_is_no_table_of_claims_is_refused_with_the_next_step() -> None:
    with pytest.raises(UsageError, match=r"not list; read documents first: pc.reconcile\("):
        reconcile([{"amount": 5}])  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="no amounts among the columns donor, sum"):
        reconcile(pd.DataFrame({"donor": ["Norway"], "sum": [5]}))


def test_a_stage_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="status 'given' is none of unknown, pledged"):
        table("donor,amount,currency", "Norway,5,USD", fixed={"status": "given"})


@pytest.mark.parametrize("cell", ["5/5/0999", "2024-01-10" * 30, "0850"])
def test_a_day_that_cannot_be_is_none(cell: str) -> None:
    claims = table("donor,amount,currency,date", f"Norway,5,USD,{cell}", "Norway,6,USD,2024-01-10")
    assert claims["published"].isna().tolist() == [True, False]


def test_a_month_that_is_missing_leaves_the_year() -> None:
    claims = table(
        "donor,recipient,amount,currency,year,month",
        "Norway,Kenya,5,USD,2024,3",
        "Norway,Kenya,6,USD,2024,",
    )
    assert claims["value_date_precision"].tolist() == ["month", "year"]


def test_activities_within_activities_are_each_read(tmp_path: Path) -> None:
    def activity(name: str, amount: int) -> dict[str, Any]:
        return {
            "/iati-identifier": name,
            "/reporting-org/narrative": "Norway",
            "/title/narrative": ["Water", {"": "Vann", "@xml:lang": "no"}],
            "/participating-org": {"unread": 1},
            "/recipient-country@code": "KE",
            "/transaction": [
                {
                    "/transaction-type@code": "3",
                    "/transaction-date@iso-date": "2023-01-05",
                    "/value": amount,
                    "/value@currency": "USD",
                }
            ],
        }

    inner = [activity("NO-1", 5), "a word", activity("NO-2", 7)]
    path = tmp_path / "answer.json"
    path.write_text(json.dumps({"xson": [{"/iati-activities/iati-activity": inner}]}))
    claims = read(path)
    assert claims[["amount", "activity", "title"]].values.tolist() == [
        [5, "NO-1", "Water"],
        [7, "NO-2", "Water"],
    ]
