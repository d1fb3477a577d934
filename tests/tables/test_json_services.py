"""Answers of OCHA FTS, 360Giving files and d-portal queries as they come: what is read unaided."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from calc.claims import read


def claims_of(tmp_path: Path, answer: Any, name: str = "a.json", **options: Any) -> pd.DataFrame:
    (tmp_path / name).write_text(json.dumps(answer), encoding="utf-8")
    return read(tmp_path / name, **options)


def flow(number: int, **cells: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "versionId": 1,
        "description": "Support to the appeal",
        "status": "paid",
        "date": "2024-03-05T00:00:00Z",
        "amountUSD": 1089300,
        "originalAmount": 1000000,
        "originalCurrency": "EUR",
        "exchangeRate": 0.918,
        "firstReportedDate": "2024-03-09T00:00:00Z",
        "budgetYear": None,
        "decisionDate": "2024-03-01T00:00:00Z",
        "flowType": "Standard",
        "contributionType": "financial",
        "keywords": ["Multiyear"],
        "newMoney": True,
        "parentFlowId": None,
        "boundary": "incoming",
        "onBoundary": "single",
        "reportDetails": [{"sourceType": "Primary", "organization": "WFP"}],
        "sourceObjects": [
            {
                "type": "Organization",
                "id": "2927",
                "name": "Germany, Government of",
                "behavior": "single",
                "organizationTypes": ["Governments"],
            },
            {"type": "Location", "id": "84", "name": "Germany", "behavior": "single"},
            {"type": "UsageYear", "id": "45", "name": "2024", "behavior": "single"},
        ],
        "destinationObjects": [
            {"type": "Organization", "id": "2928", "name": "World Food Programme"},
            {"type": "Plan", "id": "1170", "name": "Sudan Plan 2024", "behavior": "single"},
            {"type": "Location", "id": "211", "name": "Sudan", "behavior": "single"},
        ],
        **cells,
    }


def test_flows_of_fts(tmp_path: Path) -> None:
    answer = {
        "status": "ok",
        "data": {
            "flows": [
                flow(1),
                flow(2, status="commitment", amountUSD=-5000),
                flow(3, status="pledge", boundary="internal"),
            ],
            "flowCount": 3,
        },
        "meta": {"count": 3},
    }
    claims = claims_of(tmp_path, answer)
    assert claims["amount"].tolist() == [1089300, -5000, 1089300]
    assert set(claims["currency"]) == {"USD"}
    assert claims["recipient"].tolist() == ["Sudan"] * 3
    assert "Germany" in claims["donor"].tolist()[0]
    assert claims["status"].tolist() == ["disbursed", "committed", "pledged"]
    assert claims["role"].tolist() == ["pledge", "pledge", "noise"]
    assert str(claims["value_date"].tolist()[0].date()) == "2024-03-01"
    assert set(claims["entry"]) == {"ledger"}
    assert claims["destination-plan"].tolist()[0] == "Sudan Plan 2024"
    assert any("FTS" in note for note in claims.attrs["documents"][0]["notes"])


def test_the_original_amounts_of_flows_can_be_asked_for(tmp_path: Path) -> None:
    named = {"amount": "originalAmount", "currency": "originalCurrency"}
    claims = claims_of(tmp_path, {"data": {"flows": [flow(1)]}}, columns=named)
    assert claims[["amount", "currency"]].values.tolist() == [[1000000, "EUR"]]


def test_grants_of_360giving(tmp_path: Path) -> None:
    grant = {
        "id": "360G-example-1",
        "title": "New roof",
        "description": "A roof for the hall",
        "currency": "GBP",
        "amountAppliedFor": 9000,
        "amountAwarded": 8000.5,
        "amountDisbursed": 4000,
        "awardDate": "2023-05-06T00:00:00+00:00",
        "plannedDates": [{"startDate": "2023-06-01", "duration": 12}],
        "recipientOrganization": [{"id": "GB-CHC-1", "name": "Harbour Hall Trust"}],
        "beneficiaryLocation": [{"name": "Trafford", "geoCode": "E08000009"}],
        "fundingOrganization": [{"id": "GB-LAE-TRF", "name": "Trafford Council"}],
        "grantProgramme": [{"title": "Community fund"}],
    }
    person = {k: v for k, v in grant.items() if k != "recipientOrganization"}
    person |= {"id": "360G-example-2", "recipientIndividual": [{"id": "p", "name": "A person"}]}
    claims = claims_of(tmp_path, {"grants": [grant, person]})
    assert claims["amount"].tolist() == [8000.5, 8000.5]
    first = claims.iloc[0]
    assert (first["donor"], first["recipient"]) == ("Trafford Council", "Harbour Hall Trust")
    assert (first["currency"], first["status"], first["entry"]) == ("GBP", "committed", "ledger")
    assert str(first["value_date"].date()) == "2023-05-06"
    assert first["activity"] == "360G-example-1"


def test_transactions_of_dportal(tmp_path: Path) -> None:
    row = {
        "aid": "GB-GOV-1-300",
        "reporting": "UK - Foreign Office",
        "reporting_ref": "GB-GOV-1",
        "title": "Water",
        "trans_day": 19362,
        "trans_currency": "GBP",
        "trans_value": 1000,
        "trans_usd": 1216,
        "trans_code": "D",
        "trans_flow_code": "10",
        "country_code": "KE",
        "country_percent": 60,
    }
    other = {**row, "country_code": "UG", "country_percent": 40}
    made = {**row, "trans_code": "C", "trans_flags": 1}
    claims = claims_of(tmp_path, {"rows": [row, other, made], "count": 3, "time": 0.1})
    assert claims["amount"].tolist() == [600, 400, 600]
    assert claims["recipient"].tolist() == ["Kenya", "Uganda", "Kenya"]
    assert set(claims["donor"]) == {"United Kingdom"}
    assert claims["role"].tolist() == ["pledge", "pledge", "noise"]
    assert str(claims["value_date"].tolist()[0].date()) == "2023-01-05"
    assert claims["transaction"].tolist() == ["disbursement", "disbursement", "commitment"]


def test_activities_and_budgets_of_dportal(tmp_path: Path) -> None:
    act = {"aid": "A", "reporting": "R", "day_start": 19362, "commitment": 50, "spend": 20}
    claims = claims_of(tmp_path, {"rows": [{**act, "country_code": "KE"}]})
    assert claims[["amount", "currency", "status"]].values.tolist() == [
        [50, "USD", "committed"],
        [20, "USD", "disbursed"],
    ]
    budget = {
        "aid": "A",
        "budget": "plan",
        "budget_value": 7,
        "budget_currency": "EUR",
        "budget_day_start": 19362,
    }
    claims = claims_of(tmp_path, {"rows": [budget]})
    assert claims[["amount", "role"]].values.tolist() == [[7, "target"]]


def test_the_xml_that_dportal_writes_as_json(tmp_path: Path) -> None:
    activity = {
        "@default-currency": "GBP",
        "/iati-identifier": "GB-GOV-1-300",
        "/reporting-org@ref": "GB-GOV-1",
        "/reporting-org@type": "10",
        "/reporting-org/narrative": [{"": "Foreign Office", "@xml:lang": "en"}],
        "/title/narrative": [{"": "Water"}],
        "/recipient-country": [
            {"@code": "KE", "@percentage": "50"},
            {"@code": "UG", "@percentage": "50"},
        ],
        "/transaction": [
            {
                "/transaction-type@code": "3",
                "/transaction-date@iso-date": "2023-01-05",
                "/value": 100,
                "/value@value-date": "2023-01-06",
                "/value@currency": "USD",
            }
        ],
    }
    claims = claims_of(tmp_path, {"xson": [activity], "time": 1})
    told = claims[["amount", "currency", "donor", "recipient", "title"]].values.tolist()
    assert told == [
        [50, "USD", "United Kingdom", "Kenya", "Water"],
        [50, "USD", "United Kingdom", "Uganda", "Water"],
    ]


@pytest.mark.parametrize(
    "answer",
    [
        {"a": {"b": {"rows": [{"donor": {"name": "Norway"}, "money": {"amount": 5}}]}}},
        [{"donors": [{"name": "Norway"}], "amount": 5, "recipients": ["Kenya", "Uganda"]}],
    ],
)
def test_other_nested_rows_are_flattened(tmp_path: Path, answer: Any) -> None:
    named = {"donor": "donor.name", "amount": "money.amount"}
    if isinstance(answer, list):
        named = {"donor": "donors.name", "recipient": "recipients"}
    claims = claims_of(tmp_path, answer, columns=named)
    assert claims[["donor", "amount"]].values.tolist() == [["Norway", 5]]
