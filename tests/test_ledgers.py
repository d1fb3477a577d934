"""Registers: every row an entry of its own, summed as a group-by sums them."""

import io
import math
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pledgecalc as pc
from calc.decisions import Decision, Decisions
from calc.tables import read_table
from calc.telling.of_entries import asked_of_entries

HEAD = "iati-identifier,transaction type,donor,recipient,amount,currency,value date"


def ledger(*rows: str, head: str = HEAD, name: str = "register.csv") -> pd.DataFrame:
    return read_table(io.StringIO("\n".join([head, *rows])), name)


def ends(result: pc.Reconciliation, **asked: str) -> tuple[float, float]:
    total = result.total(**asked)
    return total.low, total.high


def test_a_disbursement_is_a_part_of_the_commitment_of_its_activity() -> None:
    found = pc.reconcile(
        ledger(
            "X-1,2,Norway,Kenya,100000000,USD,2024-01-10",
            "X-1,3,Norway,Kenya,70000000,USD,2024-05-10",
        ),
        "USD",
    )
    assert ends(found) == (100e6, 100e6)
    assert ends(found, status="committed") == (100e6, 100e6)
    assert ends(found, status="disbursed") == (70e6, 70e6)
    assert "committed money of the same activity" in found.total().included["reason"].iloc[1]


def test_rows_without_an_activity_are_flows_of_their_own() -> None:
    head = "transaction type,donor,recipient,amount,currency,value date"
    found = pc.reconcile(
        ledger("2,Norway,Kenya,100,USD,2024-01-10", "3,Norway,Kenya,70,USD,2024-05-10", head=head),
        "USD",
    )
    assert ends(found) == (170, 170)


def test_a_correction_is_subtracted() -> None:
    found = pc.reconcile(
        ledger("X-1,2,Norway,Kenya,100,USD,2024-01-10", "X-1,2,Norway,Kenya,-100,USD,2024-01-11"),
        "USD",
    )
    assert ends(found) == (0, 0)
    assert "1 correction is subtracted" in found.total().note


def test_equal_payments_of_several_years_are_several() -> None:
    rows = [f"X-1,3,Norway,Kenya,100000,USD,{year}-05-11" for year in range(2020, 2024)]
    found = pc.reconcile(ledger(*rows), "USD")
    assert ends(found) == (400_000, 400_000)
    assert not len(found.findings)


def test_rows_that_are_equal_in_every_cell_are_a_question() -> None:
    row = "X-1,3,Norway,Kenya,100000,USD,2024-05-11"
    claims = ledger(row, row, "X-1,3,Norway,Kenya,50000,USD,2024-05-11")
    found = pc.reconcile(claims, "USD")
    assert ends(found) == (150_000, 250_000)
    assert found.findings["cause"].tolist() == ["double-count"]
    ids = tuple(claims["claim_id"].iloc[:2])
    one = pc.reconcile(claims, "USD", decisions=Decisions([Decision("same", ids)]))
    two = pc.reconcile(claims, "USD", decisions=Decisions([Decision("different", ids)]))
    assert ends(one)[0] == 150_000
    assert ends(two) == (250_000, 250_000)


def test_what_came_in_or_was_paid_back_is_no_gift() -> None:
    rows = [f"X-{kind},{kind},Norway,Kenya,10,USD,2024-05-11" for kind in range(1, 14)]
    found = pc.reconcile(ledger(*rows), "USD")
    gifts = found.claims.loc[found.claims["role"] == "pledge", "transaction"].tolist()
    assert gifts == ["commitment", "disbursement", "expenditure", "purchase-of-equity", "pledge"]
    assert ends(found) == (50, 50)
    assert ends(found, status="pledged") == (10, 10)


def test_zero_is_an_amount() -> None:
    claims = ledger("X-1,2,Norway,Kenya,0,USD,2024-01-10", "X-2,2,Norway,Kenya,5,USD,2024-01-10")
    assert claims.attrs["problems"] == []
    found = pc.reconcile(claims, "USD")
    assert found.pledges["amount"].tolist() == [0, 5]
    assert ends(found) == (5, 5)


def test_the_note_says_why_a_table_is_a_ledger_and_how_to_say_otherwise() -> None:
    rows = ["X-1,2,Norway,Kenya,7,USD,2024-01-10"]
    assert any("read as a ledger" in note for note in ledger(*rows).attrs["notes"])
    text = io.StringIO("\n".join([HEAD, *rows]))
    retold = read_table(text, "register.csv", entry="report")
    assert set(retold["entry"]) == {"report"}
    with pytest.raises(pc.UsageError, match="report or ledger"):
        read_table(io.StringIO("\n".join([HEAD, *rows])), "register.csv", entry="book")


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("donor,recipient,amount,currency,published", "report"),
        ("source,donor,recipient,amount,currency,published", "report"),
        ("publisher,project id,donor,recipient,amount,currency", "report"),
        ("id,donor,recipient,amount,currency,date", "ledger"),
        ("Grant ID,donor,recipient,amount,currency,date", "ledger"),
        ("donor,recipient,amount,currency,Award Date", "ledger"),
        ("claim_id,donor,recipient,amount,currency,published", "report"),
    ],
)
def test_the_columns_say_what_kind_of_table_it_is(head: str, kind: str) -> None:
    cells = {"amount": "5", "currency": "EUR"}
    row = ",".join(cells.get(name, "x1") for name in head.split(","))
    assert set(ledger(row, head=head)["entry"]) == {kind}


def test_negative_amounts_make_a_ledger() -> None:
    head = "donor,recipient,amount,currency,published"
    claims = ledger("Norway,Kenya,100,USD,2024-01-10", "Norway,Kenya,-30,USD,2024-02-10", head=head)
    assert set(claims["entry"]) == {"ledger"}
    assert ends(pc.reconcile(claims, "USD")) == (70, 70)


def test_an_id_on_several_rows_names_what_they_are_about() -> None:
    claims = ledger(
        "P1,Norway,Kenya,5,USD,2024-01-10",
        "P1,Norway,Kenya,6,USD,2024-02-10",
        head="id,donor,recipient,amount,currency,date",
    )
    assert claims["activity"].tolist() == ["P1", "P1"]
    assert claims["claim_id"].is_unique
    assert ends(pc.reconcile(claims, "USD")) == (11, 11)


def test_a_frame_with_activities_is_a_ledger_too() -> None:
    frame = pd.DataFrame(
        {
            "activity": ["a", "a"],
            "status": ["committed", "disbursed"],
            "donor": "Norway",
            "amount": [100.0, 70.0],
            "currency": "EUR",
            "value_date": "2024-05-02",
        }
    )
    assert ends(pc.reconcile(frame)) == (100, 100)


def test_stages_that_are_columns_stand_side_by_side() -> None:
    claims = ledger(
        "A1,Norway,Kenya,100,70,USD,2022-05-01",
        "A2,Norway,Kenya,10,,USD,2022-05-01",
        head="Grant ID,donor,recipient,Amount Awarded,Amount Disbursed,currency,Award Date",
    )
    assert claims["status"].tolist() == ["committed", "disbursed", "committed"]
    assert claims["activity"].tolist() == ["A1", "A1", "A2"]
    assert claims["claim_id"].is_unique
    assert claims.attrs["problems"] == []
    found = pc.reconcile(claims, "USD")
    assert ends(found) == (110, 110)
    assert ends(found, status="disbursed") == (70, 70)


def test_payments_of_later_rows_are_of_what_was_promised_before() -> None:
    claims = ledger(
        "2020,Norway,Kenya,10,",
        "2021,Norway,Kenya,0,6",
        "2022,Norway,Kenya,0,4",
        head="Year,DonorName,RecipientName,USD_Commitment,USD_Disbursement",
    )
    found = pc.reconcile(claims, "USD")
    assert ends(found) == (10, 10)
    assert ends(found, status="disbursed") == (10, 10)
    assert not len(found.findings)


def test_one_stage_can_be_asked_for() -> None:
    text = "donor,recipient,pledged,paid,currency,date\nNorway,Kenya,10,5,USD,2022-05-01\n"
    one = read_table(io.StringIO(text), "a.csv", columns={"amount": "paid"})
    assert one["amount"].tolist() == [5]
    both = read_table(io.StringIO(text), "a.csv")
    assert both["amount"].tolist() == [10, 5]


AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["2", "3"]),
        st.sampled_from(["Norway", "Sweden", "Japan"]),
        AMOUNTS,
        st.integers(min_value=2005, max_value=2024),
    ),
    min_size=1,
    max_size=25,
)


@settings(max_examples=25, deadline=None)
@given(ROWS)
def test_the_sum_equals_a_group_by_to_the_last_cent(
    rows: list[tuple[str, str, Decimal, int]],
) -> None:
    lines = [
        f"X-{number},{kind},{donor},Kenya,{amount},USD,{year}-03-04"
        for number, (kind, donor, amount, year) in enumerate(rows)
    ]
    found = pc.reconcile(ledger(*lines), "USD")
    by_hand: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for kind, donor, amount, _year in rows:
        by_hand[donor, {"2": "committed", "3": "disbursed"}[kind]] += amount
    for (donor, status), amount in by_hand.items():
        low, high = ends(found, donor=donor, status=status)
        assert low == high == pytest.approx(float(amount), abs=0.005)
        total = found.total(donor, status=status)
        assert math.fsum(total.included["low_usd"]) == low
    sums = found.overview
    assert sums is not None
    assert sums.sums["amount"].sum() == pytest.approx(float(sum(by_hand.values())), abs=0.01)


@settings(max_examples=25, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_sum(
    rows: list[tuple[str, str, Decimal, int]],
    chance: Random,
) -> None:
    lines = [
        f"X-{number % 3},{kind},{donor},Kenya,{amount},USD,{year}-03-04"
        for number, (kind, donor, amount, year) in enumerate(rows)
    ]
    again = list(lines)
    chance.shuffle(again)
    first, second = (pc.reconcile(ledger(*some), "EUR") for some in (lines, again))
    assert ends(first) == ends(second)
    assert ends(first, donor="Norway") == pytest.approx(ends(second, donor="Norway"), nan_ok=True)


def test_many_days_have_the_rates_of_single_ones() -> None:
    rows = [
        f"X-{number},3,Norway,Kenya,1000,{code},{day:%Y-%m-%d}"
        for number, (code, day) in enumerate(
            (code, day)
            for code in ("USD", "NOK", "EUR", "UAH")
            for day in pd.date_range("2022-03-01", periods=90)
        )
    ]
    found = pc.reconcile(ledger(*rows), "USD").claims
    for row in found.iloc[::7].to_dict("records"):
        one = pc.convert(1000, row["currency"], "USD", on=row["value_date"])
        assert row["amount_usd"] == pytest.approx(float(one.amount), rel=1e-12)
        assert str(one.rate_date) in row["rate_note"] or row["currency"] == "USD"


def test_reports_beside_a_ledger_are_found_in_it_and_never_added() -> None:
    entries = ledger("X-1,3,Norway,Ukraine,70000000,USD,2024-05-10")
    told = pc.read_text(
        "Norway gave Ukraine 70 million US dollars. Norway will give Ukraine 33 million euros.",
        published="2024-05-12",
        source="news.txt",
    )
    found = pc.reconcile(pd.concat([entries, told], ignore_index=True), "USD")
    total = found.total("Norway", "Ukraine")
    assert (total.low, total.high) == (70e6, 70e6)
    assert "2 pledges of reports are not added: the ledger has 1 of them" in total.note
    reasons = dict(zip(total.excluded["text"], total.excluded["reason"], strict=True))
    assert "the ledger has it as 70,000,000 USD" in reasons["70 million US dollars"]
    assert "not in the ledger" in reasons["33 million euros"]
    assert found.findings["cause"].tolist() == ["unresolved"]
    assert any("has 1 of them" in one for one in found.sentences())


def test_a_donor_that_the_ledger_lacks_is_summed_from_reports() -> None:
    entries = ledger("X-1,3,Norway,Ukraine,70000000,USD,2024-05-10")
    told = pc.read_text("Sweden gave Ukraine 5 million euros.", published="2024-05-12")
    found = pc.reconcile(pd.concat([entries, told], ignore_index=True), "EUR")
    assert ends(found, donor="Sweden") == (5e6, 5e6)


def test_registers_of_other_columns_may_hold_the_same_money() -> None:
    first = ledger("X-1,3,Norway,Ukraine,70,USD,2024-05-10", name="a.csv")
    second = ledger(
        "G-1,Norway,Ukraine,90,USD,2024-05-10,arms,Oslo,tanks",
        head="Grant ID,donor,recipient,amount,currency,date,purpose,place,what",
        name="b.csv",
    )
    found = pc.reconcile(pd.concat([first, second], ignore_index=True), "USD")
    both = pd.concat([first, second], ignore_index=True)
    found = pc.reconcile(both, "USD")
    assert ends(found) == (90, 160)
    assert found.entries is not None
    (call,) = asked_of_entries(found.entries)
    assert call.effect == 70
    settled = Decisions([Decision("different", call.answers[0].claims)])
    assert ends(pc.reconcile(both, "USD", decisions=settled)) == (160, 160)


def test_more_than_the_aid_of_the_world_is_a_question() -> None:
    claims = ledger(
        "X-1,3,Norway,Kenya,70,USD,2024-05-10", "X-2,3,Norway,Kenya,9e15,USD,2024-05-10"
    )
    found = pc.reconcile(claims, "USD")
    total = found.total()
    assert (total.low, total.plausible_high) == (70, 70)
    assert "but for a question" in total.range_text
    assert found.entries is not None
    (call,) = asked_of_entries(found.entries)
    accepted = Decisions([Decision("accept", (call.claims[0].id,))])
    assert pc.reconcile(claims, "USD", decisions=accepted).total().low == 9e15 + 70


def test_files_with_the_same_columns_are_parts_of_one_register() -> None:
    parts = [
        ledger(f"X-{year},3,Norway,Ukraine,70,USD,{year}-05-10", name=f"{year}.csv")
        for year in (2022, 2023)
    ]
    assert ends(pc.reconcile(pd.concat(parts, ignore_index=True), "USD")) == (140, 140)


def test_an_entry_is_explained_with_its_activity() -> None:
    claims = ledger(
        "X-1,2,Norway,Kenya,100,USD,2024-01-10", "X-1,3,Norway,Kenya,170,USD,2024-05-10"
    )
    found = pc.reconcile(claims, "USD")
    text = str(found.explain(claims["claim_id"].iloc[1]))
    assert "activity X-1: committed 100.00 in 1 entry; disbursed 170.00 in 1 entry" in text
    assert found.findings["message"].str.contains("more is disbursed").tolist() == [True]
    assert "X-1" in str(found.explain(found.findings["finding_id"].iloc[0]))


def test_the_page_comes_first(tmp_path: Path) -> None:
    rows = [
        f"X-{number},{number % 2 + 2},Norway,Kenya,{number}00,USD,{2015 + number % 9}-05-10"
        for number in range(1, 41)
    ]
    found = pc.reconcile(ledger(*rows, "X-50,1,Norway,Kenya,1,USD,2024-05-10"), "USD")
    found.to_html(tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "By donor, status and year" in page
    assert "Largest entries" in page
    assert found.sentences()[0].startswith("Ledger register.csv: 40 of 41 rows count of 2015 to")


def test_a_party_that_no_entry_names_is_unknown_not_nought() -> None:
    found = pc.reconcile(ledger("X-1,2,Norway,Kenya,5,USD,2024-01-10"), "USD")
    total = found.total("Spain")
    assert math.isnan(total.low)
    assert total.nobody


def test_a_register_of_corrections_beside_another_one_lowers_the_low_end() -> None:
    """What may be the same money is in one end alone: what takes away, in the low one."""
    rows = read_table(
        io.StringIO(
            "donor,recipient,amount,currency,published,text,value_date,source\n"
            "Norway,Kenya,-12,EUR,,€5 million,,c\n"
            "Sweden,Moldova,500,EUR,2025-03-02,,2025-03-02,b\n"
        ),
        "a.csv",
    )
    total = pc.reconcile(rows, "EUR").total()
    assert (total.low, total.high) == (488, 500)
    assert "1 is of another register, in the lower end only" in total.note
