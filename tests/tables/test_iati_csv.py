"""Claims written as a flat table in the words of IATI, and read again."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from iati_files import activities, activity, related, transaction

import cli
import pledgecalc as pc

Output = pytest.CaptureFixture[str]
SAME = ["amount", "currency", "role", "status", "donor", "transaction", "activity", "value_date"]


def test_a_ledger_that_is_written_and_read_again_is_the_same(tmp_path: Path) -> None:
    budget = '<budget><period-start iso-date="2024-01-01"/><value>9</value></budget>'
    text = activities(
        activity(
            transaction(2, "100.01", currency="USD", value_date="2023-01-10"),
            transaction(3, "-20"),
            transaction(1, "7", "<provider-org><narrative>Gates</narrative></provider-org>"),
            transaction(12, "8"),
            budget,
            places='<recipient-country code="KE" percentage="50"/>'
            '<recipient-country code="UG" percentage="50"/>',
        )
    )
    (tmp_path / "a.xml").write_text(text, encoding="utf-8")
    out = tmp_path / "b.iati.csv"
    assert cli.main(["read", str(tmp_path / "a.xml"), "-o", str(out)]) == 0
    first, second = pc.read(tmp_path / "a.xml"), pc.read(out)
    assert out.read_text(encoding="utf-8").startswith("iati-identifier,reporting-org,title,")
    assert second["entry"].unique().tolist() == ["ledger"]
    pd.testing.assert_frame_equal(first[SAME], second[SAME])
    assert second["recipient"].tolist() == first["recipient"].tolist()


def test_claims_of_a_text_become_transactions(capsys: Output, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Norway pledged 7 million euros ($7.6 million) to Ukraine on Monday. Sweden has given "
        "UNICEF 5 million euros. It needs 100 million euros.",
        encoding="utf-8",
    )
    code = cli.main(
        ["read", str(tmp_path / "a.txt"), "--published", "2024-11-04", "--format", "iati-csv"]
    )
    assert code == 0
    said = capsys.readouterr()
    rows = [line.split(",") for line in said.out.splitlines()]
    place = {name: at for at, name in enumerate(rows[0])}
    told = [
        [row[place[name]] for name in ("transaction-type", "value", "provider-org")]
        for row in rows[1:3]
    ]
    assert told == [["12", "7000000", "Norway"], ["3", "5000000", "Sweden"]]
    assert rows[1][place["recipient-country-code"]] == "UA"
    assert rows[2][place["receiver-org"]] == "UNICEF"
    assert "left out" in said.err


def test_what_another_level_tells_is_not_written_twice(tmp_path: Path) -> None:
    text = activities(
        activity(transaction(3, "10"), name="P"),
        activity(transaction(3, "10"), related(1, "P"), name="A", hierarchy=2),
    )
    (tmp_path / "a.xml").write_text(text, encoding="utf-8")
    assert pc.to_iati(pc.read(tmp_path / "a.xml"))["iati-identifier"].tolist() == ["A"]


def test_only_claims_have_this_form() -> None:
    assert cli.main(["reconcile", "a.txt", "--format", "iati-csv"]) == 2
