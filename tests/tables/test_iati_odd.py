"""IATI files that break off, have no values, or name organisations once and then by their code."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from iati_files import HEAD, activities, activity, transaction

from calc.claims import read
from calc.tables import iati
from calc.tables.iati_activity import government
from rates.errors import UnreadableInputError


def claims_of(tmp_path: Path, text: str) -> pd.DataFrame:
    path = tmp_path / "a.xml"
    path.write_text(text, encoding="utf-8")
    return read(path)


def notes(claims: pd.DataFrame) -> str:
    return " ".join(claims.attrs["documents"][0]["notes"])


def test_what_is_not_split_and_what_has_no_value_is_counted(tmp_path: Path) -> None:
    without = transaction(3, "").replace("<value></value>", "")
    places = '<recipient-country code="KE"/><recipient-country code="UG"/>'
    claims = claims_of(tmp_path, activities(activity(transaction(3, "5"), without, places=places)))
    assert claims["recipient"].tolist() == ["Kenya|Uganda"]
    assert "1 amount for several recipients, without percentages: not split" in notes(claims)
    assert "1 transaction or plan without a value" in notes(claims)


def test_an_amount_that_is_no_number_keeps_all_its_recipients(tmp_path: Path) -> None:
    places = (
        '<recipient-country code="KE" percentage="50"/>'
        '<recipient-country code="UG" percentage="50"/>'
    )
    text = activities(activity(transaction(3, "5"), transaction(3, "much"), places=places))
    claims = claims_of(tmp_path, text)
    assert claims["amount"].dropna().tolist() == [2.5, 2.5]


def test_an_organisation_is_named_once_and_then_by_its_code(tmp_path: Path) -> None:
    named = transaction(
        3, "5", '<receiver-org ref="XM-DAC-9"><narrative>Water Trust</narrative></receiver-org>'
    )
    coded = transaction(3, "6", '<receiver-org ref="XM-DAC-9"/>')
    first, second = claims_of(tmp_path, activities(activity(named, coded))).to_dict("records")
    assert first.get("receiver") == second.get("receiver")
    assert first["recipient"] == second["recipient"]


def test_the_commission_is_the_european_union() -> None:
    assert government("XI-IATI-EC_NEAR", "10") == "European Union"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD, "no XML|breaks off|no element found"),
        (f"{HEAD}<iati-activities", "breaks off"),
        (f"{HEAD}<rows><row/></rows>", "an XML file of <rows>, which is not read"),
        (activities(), "an IATI file without activities"),
    ],
)
def test_a_file_without_activities_says_what_it_is(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UnreadableInputError, match=told):
        claims_of(tmp_path, text)


def test_what_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    text = activities(activity(transaction(3, "5")), activity(transaction(3, "6"), name="B"))
    with pytest.warns(UserWarning, match="it breaks off: fetch it again"):
        claims = claims_of(tmp_path, text[: text.index("B</iati-identifier>")])
    assert claims["amount"].tolist() == [5]
    (problem,) = claims.attrs["problems"]
    assert "what stands before is read (1 activity)" in problem["message"]


def test_an_activity_without_end_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(iati, "MAX_ACTIVITY_BYTES", 20_000)
    monkeypatch.setattr(iati, "CHUNK", 5_000)
    long = activity(*[transaction(3, "6")] * 200, name="B")
    with pytest.warns(UserWarning, match="an activity of more than 200 MB; the rest is not read"):
        claims = claims_of(tmp_path, activities(activity(transaction(3, "5")), long))
    assert claims["amount"].tolist() == [5]


def test_comments_and_namespaces_do_not_stand_in_the_way(tmp_path: Path) -> None:
    text = activities(activity("<!-- a note -->", transaction(3, "5")))
    text = text.replace("<iati-activities ", '<iati-activities xmlns="urn:iati" ', 1)
    assert claims_of(tmp_path, text)["amount"].tolist() == [5]
