"""IATI files in the shape of the standard 2.0x and 1.0x: what is read of them unaided."""

from __future__ import annotations

import gzip
import io
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from iati_files import HEAD, activities, activity, related, transaction

from calc.claims import read
from calc.tables import iati
from calc.tables.iati_activity import shares
from rates.errors import UnreadableInputError


def claims_of(tmp_path: Path, text: str | bytes, name: str = "a.xml") -> pd.DataFrame:
    (tmp_path / name).write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return read(tmp_path / name)


def test_a_transaction_has_its_own_value_date_and_currency(tmp_path: Path) -> None:
    text = activities(
        activity(
            transaction(3, "1500.50", currency="USD", value_date="2023-01-10"),
            transaction(3, "-200"),
        )
    )
    claims = claims_of(tmp_path, text)
    first, second = claims.to_dict("records")
    assert (first["amount"], first["currency"], str(first["value_date"].date())) == (
        1500.5,
        "USD",
        "2023-01-10",
    )
    assert (second["amount"], second["currency"], str(second["value_date"].date())) == (
        -200,
        "GBP",
        "2023-01-05",
    )
    assert (first["donor"], first["recipient"], first["status"], first["entry"]) == (
        "United Kingdom",
        "Kenya",
        "disbursed",
        "ledger",
    )
    assert first["activity"] == "GB-GOV-1-300"
    assert first["purpose"] == "Water"
    assert str(first["published"].date()) == "2024-02-01"


def test_nothing_of_a_known_file_is_guessed(tmp_path: Path) -> None:
    text = activities(activity(transaction(3, "1")), activity(transaction(3, "2"), name="B"))
    claims = claims_of(tmp_path, text.replace('<transaction ref="t">', '<transaction ref="t1">', 1))
    assert claims["transaction-ref"].tolist() == ["t1", "t"]
    assert claims["claim_id"].str.fullmatch("[0-9a-f]{16}").all()
    assert not any("columns read as" in one for one in claims.attrs["documents"][0]["notes"])


@pytest.mark.parametrize(
    ("code", "letters", "status", "role"),
    [
        (1, "IF", "disbursed", "noise"),
        (2, "C", "committed", "pledge"),
        (3, "D", "disbursed", "pledge"),
        (4, "E", "disbursed", "pledge"),
        (5, "IR", "disbursed", "noise"),
        (6, "LR", "disbursed", "noise"),
        (7, "R", "disbursed", "noise"),
        (8, "QP", "disbursed", "pledge"),
        (9, "QS", "disbursed", "noise"),
        (10, "CG", "committed", "noise"),
        (11, "11", "committed", "noise"),
        (12, "12", "pledged", "pledge"),
        (13, "13", "pledged", "noise"),
    ],
)
def test_every_type_of_transaction_is_a_stage_or_no_gift(
    tmp_path: Path, code: int, letters: str, status: str, role: str
) -> None:
    text = activities(activity(transaction(code, "100"), transaction(letters, "100")))
    claims = claims_of(tmp_path, text)
    assert claims["status"].tolist() == [status] * 2
    assert claims["role"].tolist() == [role] * 2
    assert claims["noise_reason"].notna().tolist() == [role == "noise"] * 2


def test_incoming_money_comes_from_its_provider(tmp_path: Path) -> None:
    provider = '<provider-org ref="XM-DAC-7"><narrative>MFA</narrative></provider-org>'
    claims = claims_of(tmp_path, activities(activity(transaction(1, "10", provider), places="")))
    assert claims[["donor", "recipient"]].values.tolist() == [["Netherlands", "United Kingdom"]]


def test_percentages_split_an_amount_to_the_last_cent(tmp_path: Path) -> None:
    places = (
        '<recipient-country code="KE" percentage="33.33"/>'
        '<recipient-country code="UG" percentage="33.33"/>'
        '<recipient-region code="298" percentage="33.34"/>'
    )
    claims = claims_of(tmp_path, activities(activity(transaction(2, "100.01"), places=places)))
    assert claims["recipient"].tolist() == ["Kenya", "Uganda", "Africa"]
    assert sum(Decimal(str(amount)) for amount in claims["amount"]) == Decimal("100.01")
    assert claims["recipient-share"].tolist() == ["33.33 %", "33.33 %", "33.34 %"]
    assert claims["claim_id"].is_unique


@pytest.mark.parametrize(
    ("places", "told"),
    [
        ([("A", None)], [("A", "10")]),
        ([("A", Decimal(100))], [("A", "10")]),
        ([("A", None), ("B", None)], [("A|B", "10")]),
        ([("A", Decimal(60))], [("A", "6.00"), (None, "4.00")]),
        ([("A", Decimal(60)), ("B", None)], [("A", "6.00"), ("B", "4.00")]),
        ([("A", Decimal(50)), ("B", Decimal("50.1"))], [("A", "5.00"), ("B", "5.00")]),
        ([("A", Decimal(100)), ("B", Decimal(100))], [("A|B", "10")]),
        ([("A", Decimal(0)), ("B", Decimal(100))], [("B", "10")]),
    ],
)
def test_shares(
    places: list[tuple[str, Decimal | None]], told: list[tuple[str | None, str]]
) -> None:
    found = [(part.name, str(part.amount)) for part in shares(Decimal(10), places)]
    if len(found) == 2 and found[0][0] == "A" and found[1][0] == "B" and told[1][1] == "5.00":
        assert sum(Decimal(amount) for _, amount in found) == 10
    else:
        assert found == told


def test_the_country_of_a_transaction_goes_before_that_of_its_activity(tmp_path: Path) -> None:
    own = '<recipient-country code="UA"/>'
    claims = claims_of(tmp_path, activities(activity(transaction(3, "5", own))))
    assert claims["recipient"].tolist() == ["Ukraine"]


def test_budgets_and_planned_payments_are_plans(tmp_path: Path) -> None:
    inner = "".join(
        f'<{tag} type="1"><period-start iso-date="2024-04-01"/><period-end iso-date="2025-03-31"/>'
        f'<value value-date="2024-04-01">1000</value></{tag}>'
        for tag in ("budget", "planned-disbursement")
    )
    claims = claims_of(tmp_path, activities(activity(inner)))
    assert claims["role"].tolist() == ["target"] * 2
    assert claims["transaction"].tolist() == ["budget", "planned-disbursement"]
    assert claims["period"].tolist() == ["2024-04-01..2025-03-31"] * 2


def test_a_secondary_reporter_gives_nothing(tmp_path: Path) -> None:
    reporter = (
        '<reporting-org ref="XM-1" type="21" secondary-reporter="1"><narrative>Watch</narrative>'
        '</reporting-org><participating-org role="1" ref="SE-0" type="10">'
        "<narrative>Sida</narrative></participating-org>"
    )
    claims = claims_of(tmp_path, activities(activity(transaction(3, "5"), reporter=reporter)))
    assert claims["donor"].tolist() == ["Sweden"]


def test_a_parent_that_repeats_its_children_is_counted_once(tmp_path: Path) -> None:
    text = activities(
        activity(transaction(3, "30"), transaction(2, "50"), name="P"),
        activity(transaction(3, "10"), related(1, "P"), name="A", hierarchy=2),
        activity(transaction(3, "20"), related(1, "P"), name="B", hierarchy=2),
    )
    claims = claims_of(tmp_path, text)
    assert claims["role"].tolist() == ["noise", "pledge", "pledge", "pledge"]
    assert "repeated by" in claims["noise_reason"].tolist()[0]
    assert claims["activity"].tolist()[1:] == ["P", "P", "P"]  # commitment above, payments below
    assert claims["iati-identifier"].tolist() == ["P", "P", "A", "B"]
    assert any("counted once" in note for note in claims.attrs["notes"])


def test_the_parent_may_name_its_children_and_stand_behind_them(tmp_path: Path) -> None:
    text = activities(
        activity(transaction(3, "10"), name="A", hierarchy=2),
        activity(transaction(3, "10"), related(2, "A"), name="P"),
    )
    assert claims_of(tmp_path, text)["role"].tolist() == ["pledge", "noise"]


def test_a_parent_that_says_more_than_its_children_is_the_whole(tmp_path: Path) -> None:
    text = activities(
        activity(transaction(3, "100"), name="P"),
        activity(transaction(3, "10"), related(1, "P"), name="A", hierarchy=2),
    )
    assert claims_of(tmp_path, text)["role"].tolist() == ["pledge", "noise"]


def test_strangers_siblings_and_other_currencies_are_left_alone(tmp_path: Path) -> None:
    text = activities(
        activity(transaction(3, "10"), name="P"),
        activity(transaction(3, "10"), related(3, "P"), name="A"),
        activity(transaction(3, "10", currency="EUR"), related(1, "P"), name="B", hierarchy=2),
        activity(transaction(3, "10"), related(1, "elsewhere"), name="C", hierarchy=2),
    )
    assert claims_of(tmp_path, text)["role"].tolist() == ["pledge"] * 4


def test_parents_and_children_in_two_files_are_counted_once(tmp_path: Path) -> None:
    child = activity(transaction(3, "10"), related(1, "P"), name="A", hierarchy=2)
    (tmp_path / "1.xml").write_text(activities(child), encoding="utf-8")
    parent = activity(transaction(3, "10"), name="P")
    (tmp_path / "2.xml").write_text(activities(parent), encoding="utf-8")
    assert read(tmp_path)["role"].tolist() == ["pledge", "noise"]


def test_the_old_standard_is_read_too(tmp_path: Path) -> None:
    text = activities(
        """
  <iati-activity default-currency="EUR">
    <reporting-org ref="DE-1" type="10">BMZ</reporting-org>
    <iati-identifier>DE-1-2009</iati-identifier>
    <title xml:lang="de">Wasser</title><title xml:lang="en">Water</title>
    <recipient-country code="ML" percentage="100">Mali</recipient-country>
    <transaction>
      <transaction-type code="D">Disbursement</transaction-type>
      <provider-org ref="DE-1">BMZ</provider-org>
      <value value-date="2012-01-01">1,000,000</value>
      <transaction-date iso-date="2012-02-01"/>
    </transaction>
  </iati-activity>""",
        version="1.05",
    )
    claims = claims_of(tmp_path, text)
    row = claims.iloc[0]
    assert (row["donor"], row["recipient"], row["amount"], row["title"]) == (
        "Germany",
        "Mali",
        1e6,
        "Water",
    )


def test_namespaces_and_wrappers_do_not_matter(tmp_path: Path) -> None:
    text = activities(activity(transaction(3, "5")))
    spaced = text.replace("<iati-activities ", '<iati-activities xmlns="http://iati.example/" ')
    wrapped = text.replace("<iati-activities ", "<result><ok/><iati-activities ") + "</result>"
    for other in (spaced, wrapped):
        assert claims_of(tmp_path, other)["amount"].tolist() == [5]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_the_encoding_that_a_file_declares(tmp_path: Path, encoding: str) -> None:
    declared = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "latin-1": "ISO-8859-1"}[encoding]
    text = activities(
        activity(
            transaction(3, "5"),
            places='<recipient-region code="x"><narrative>Région</narrative></recipient-region>',
        )
    )
    claims = claims_of(tmp_path, text.replace("UTF-8", declared).encode(encoding))
    assert claims["recipient"].tolist() == ["Région"]


def test_a_wrong_encoding_keeps_what_stands_before_and_says_what_to_do(tmp_path: Path) -> None:
    text = activities(
        activity(transaction(3, "5")), activity("<description>Größe für Österreich</description>")
    )
    with pytest.warns(UserWarning, match=r"before is read \(1 activity\); .*--encoding"):
        claims = claims_of(tmp_path, text.encode("cp1252"))
    assert claims["amount"].tolist() == [5]


def test_an_encoding_that_a_person_gives_wins() -> None:
    text = activities(
        activity(
            transaction(3, "5"), places='<recipient-country code="QQ">Größe</recipient-country>'
        )
    )
    raw = iati.load(io.BytesIO(text.encode("cp1252")), "a.xml", "windows-1252")
    assert raw.frame["recipient"].tolist() == ["Größe"]


def test_a_file_that_breaks_off_keeps_its_activities(tmp_path: Path) -> None:
    text = activities(activity(transaction(3, "5")), activity(transaction(3, "6")))
    with pytest.warns(UserWarning, match="breaks off"):
        claims = claims_of(tmp_path, text[: text.rindex("<transaction-type")])
    assert claims["amount"].tolist() == [5]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('<!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>', "entities"),
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><iati-activities>&b;', "entities"),
        ("<rss><channel><item>5 million euros</item></channel></rss>", "news feed"),
        ("<iati-organisations><iati-organisation/></iati-organisations>", "no transactions"),
        ("<iati-activities/>", "without activities"),
        ("<data><row/></data>", "<data>"),
        ("<a>" * 100, "nested more than"),
        ("<iati-activities><iati-activity>" + "<b>" * 100_000, "nested more than"),
    ],
    ids=["entity", "file", "feed", "organisations", "empty", "unknown", "deep", "deeper"],
)
def test_other_and_hostile_xml_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UnreadableInputError, match=told):
        claims_of(tmp_path, HEAD + text)


def test_a_packed_file_is_read_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(iati, "BATCH", 10)
    text = activities(*(activity(transaction(3, str(n)), name=f"A-{n}") for n in range(35)))
    with gzip.open(tmp_path / "a.xml.gz", "wb") as packed:
        packed.write(text.encode("utf-8"))
    parts = list(iati.batches(io.BytesIO(text.encode("utf-8")), "a.xml"))
    assert [len(part.frame) for part in parts] == [10, 10, 10, 5]
    claims = read(tmp_path / "a.xml.gz")
    assert claims["amount"].tolist() == list(range(35))
    assert claims["claim_id"].is_unique
    assert "35 transactions (35 disbursement)" in claims.attrs["documents"][0]["notes"][0]


def test_a_chain_of_activities_without_end_is_no_family(tmp_path: Path) -> None:
    chain = (
        activity(transaction(3, "1"), related(1, f"A-{n + 1}"), name=f"A-{n}") for n in range(2000)
    )
    circle = (
        activity(transaction(3, "1"), related(1, "B-2"), name="B-1"),
        activity(transaction(3, "1"), related(1, "B-1"), name="B-2"),
    )
    claims = claims_of(tmp_path, activities(*chain, *circle))
    assert len(claims) == 2002
    assert (claims["role"] == "pledge").sum() > 1900
