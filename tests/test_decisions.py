"""What people decided: read strictly, applied to what it names and to nothing else."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from decided import DIFFERENT, EVERY_KIND, SAME, accepted, row, world
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pledgecalc as pc
from calc.decisions import Decision, Decisions, read_decisions
from calc.decisions.blocks import Accepted, parse
from calc.decisions.writing import append, block
from calc.reconcile import Reconciliation, reconcile
from rates.errors import UnreadableInputError, UsageError

ROOT = Path(__file__).resolve().parents[1]
Output = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def undecided() -> Reconciliation:
    return reconcile(world())


def with_(*decisions: Decision) -> Reconciliation:
    return reconcile(world(), decisions=Decisions(decisions))


def home(result: Reconciliation, claim_id: str) -> Any:
    table = result.claims.set_index("claim_id")
    return table.loc[claim_id, "pledge_id"]


def test_same_makes_one_pledge_of_two(undecided: Reconciliation) -> None:
    assert home(undecided, "a1") != home(undecided, "a4")
    decided = with_(SAME)
    assert home(decided, "a1") == home(decided, "a2") == home(decided, "a4")


def test_same_holds_through_others() -> None:
    decided = with_(Decision("same", ("a1", "a4")), Decision("same", ("a4", "a3")))
    assert len({home(decided, name) for name in ("a1", "a2", "a3", "a4")}) == 1


def test_different_makes_two_pledges_of_one(undecided: Reconciliation) -> None:
    assert home(undecided, "a1") == home(undecided, "a2")
    decided = with_(DIFFERENT)
    assert home(decided, "a1") != home(decided, "a2")


def test_different_takes_a_possible_double_count_out_of_the_sum() -> None:
    table = pd.DataFrame(
        [
            row("x1", "Norway", 5e6, "2024-09-02", purpose="boats"),
            row("x2", "Norway", 5e6, "2024-09-20", purpose="shelters"),
        ]
    )
    before = reconcile(table).total("Norway")
    after = reconcile(table, decisions=Decisions([Decision("different", ("x1", "x2"))]))
    assert (before.low, before.high) == (5e6, 10e6)
    assert (after.total("Norway").low, after.total("Norway").high) == (10e6, 10e6)


def test_different_parts_what_the_document_ties_together() -> None:
    table = world()
    table["repeats"] = [None, "a1", *[None] * 8]
    table.loc[table["claim_id"] == "a2", "source"] = "a1"
    assert home(reconcile(table), "a1") == home(reconcile(table), "a2")
    decided = reconcile(table, decisions=Decisions([DIFFERENT]))
    assert home(decided, "a1") != home(decided, "a2")


def test_a_decided_currency_is_no_longer_ambiguous(undecided: Reconciliation) -> None:
    assert "ambiguous-currency" in set(undecided.findings["cause"])
    decided = with_(EVERY_KIND[2])
    assert "ambiguous-currency" not in set(decided.findings["cause"])
    pledge = decided.pledges[decided.pledges["donor"] == "Canada"].iloc[0]
    assert (pledge["currency"], pledge["amount"]) == ("CAD", 1e9)


def test_a_decided_amount_counts(undecided: Reconciliation) -> None:
    before, after = undecided.total("Lithuania").high, with_(EVERY_KIND[3]).total("Lithuania").high
    assert before - after == pytest.approx(1e6)


def test_a_decided_day_moves_a_total() -> None:
    assert with_(EVERY_KIND[4]).totals["as_of"].tolist()[0] == pd.Timestamp("2024-09-30")


def test_totals_can_be_the_same_or_different() -> None:
    near = world()
    near.loc[near["claim_id"] == "t2", "amount"] = 683e6
    near.loc[near["claim_id"] == "t2", "published"] = "2024-11-06"
    assert len(reconcile(near).totals) == 1
    apart = reconcile(near, decisions=Decisions([Decision("different", ("t1", "t2"))]))
    assert len(apart.totals) == 2
    assert len(with_(Decision("same", ("t1", "t2"))).totals) == 1


def test_a_decided_role_takes_a_claim_out_of_the_pledges() -> None:
    decided = with_(EVERY_KIND[5])
    assert pd.isna(home(decided, "a4"))
    assert "a4" in "|".join(decided.totals["claim_ids"])


def cell(result: Reconciliation, claim_id: str, column: str) -> Any:
    return result.claims.set_index("claim_id").loc[claim_id, column]


def test_a_decided_donor_and_recipient_move_the_pledge(undecided: Reconciliation) -> None:
    decided = with_(Decision("donor", ("a3",), "Norway"), Decision("recipient", ("a3",), "Moldova"))
    assert (cell(decided, "a3", "donor"), cell(decided, "a3", "recipient")) == ("Norway", "Moldova")
    assert decided.total("Norway", "Moldova").high == 10.4e6
    assert decided.total("Lithuania").high < undecided.total("Lithuania").high


def test_a_stated_conversion_follows_its_base_unless_it_is_decided_itself() -> None:
    decided = with_(Decision("donor", ("n1",), "Denmark"), Decision("status", ("n3",), "pledged"))
    assert (cell(decided, "n1", "donor"), cell(decided, "n3", "donor")) == ("Denmark", "Denmark")
    alone = with_(Decision("status", ("n1",), "disbursed"), Decision("status", ("n3",), "pledged"))
    assert cell(alone, "n3", "status") == "pledged"


def test_a_decided_date_is_as_precise_as_it_was_given() -> None:
    for date, precision in (("2023", "year"), ("2023-11", "month"), ("2023-11-05", "day")):
        decided = with_(Decision("date", ("a4",), date))
        assert str(cell(decided, "a4", "value_date"))[:7] == (date + "-01")[:7]
        assert cell(decided, "a4", "value_date_precision") == precision
        assert cell(decided, "a4", "value_date_basis") == "given"


def test_a_party_may_be_decided_to_be_unknown() -> None:
    assert pd.isna(cell(with_(Decision("donor", ("a3",), "unknown")), "a3", "donor"))


def test_a_part_names_its_whole() -> None:
    assert cell(with_(Decision("part_of", ("a3",), "a4")), "a3", "part_of") == "a4"
    notes = with_(Decision("part_of", ("a3",), "zz")).decision_notes
    assert "is not applied: no claim here has the id 'zz'" in notes[0]


def test_a_rejected_figure_takes_its_conversion_with_it(undecided: Reconciliation) -> None:
    assert home(undecided, "n1") == home(undecided, "n3")
    decided = with_(EVERY_KIND[6])
    assert pd.isna(home(decided, "n1"))
    assert pd.isna(home(decided, "n3"))
    assert home(decided, "n2") == "p-n2"
    reasons = decided.ignored.set_index("claim_id")["noise_reason"]
    assert reasons["n1"] == "rejected by decision of 2025-03-02 by Ada: seen in the archive"


def test_an_accepted_figure_replaces_what_the_sources_support() -> None:
    decided = with_(EVERY_KIND[7])
    pledge = decided.pledges.set_index("pledge_id").loc[home(decided, "a1")]
    assert (pledge["amount"], pledge["low"], pledge["high"]) == (10.2e6, 10e6, 10.4e6)
    assert not pledge["contested"]


def test_an_accepted_total_changes_the_flow() -> None:
    decided = with_(Decision("accept", ("t2",), accepted("900000000")))
    assert decided.totals["amount"].tolist()[1] == 900e6
    assert decided.totals["flow_high"].tolist()[1] == pytest.approx(900e6 - 682.5e6)


@pytest.mark.parametrize("decision", EVERY_KIND, ids=lambda one: one.kind)
def test_a_decision_changes_nothing_else(undecided: Reconciliation, decision: Decision) -> None:
    decided = with_(decision)
    named = set(decision.claims)

    def siblings(result: Reconciliation) -> set[str]:
        groups = [*result.pledges["claim_ids"], *result.totals["claim_ids"]]
        split = [set(group.split("|")) for group in groups]
        return set().union(*(group for group in split if group & named), named)

    touched = siblings(undecided) | siblings(decided)
    if decision.kind in ("as_of", "role"):  # a point moves the flow of its neighbours
        touched |= {"t1", "t2"}
    assert len(touched) < len(world()) - 3
    for name in ("claims", "pledges", "totals", "findings", "checks"):
        assert others(undecided, name, touched) == others(decided, name, touched), name


def others(result: Reconciliation, name: str, touched: set[str]) -> str:
    """The rows of a table that are about none of the touched claims, as text."""
    table = getattr(result, name)
    column = "claim_id" if name in ("claims", "checks") else "claim_ids"
    kept = [not set(str(cell).split("|")) & touched for cell in table[column]]
    return str(table[kept].to_json(orient="records", double_precision=15, date_format="iso"))


@pytest.mark.parametrize("decision", EVERY_KIND, ids=lambda one: one.kind)
def test_explanations_say_what_was_decided(decision: Decision) -> None:
    decided = with_(decision)
    said = "by decision of 2025-03-02 by Ada: seen in the archive"
    tables = " ".join([*decided.pledges["explanation"], *decided.totals["explanation"]])
    assert said in tables
    assert said in str(decided.explain(decision.claims[0]))


def test_without_decisions_nothing_is_said(undecided: Reconciliation) -> None:
    empty = with_()
    pd.testing.assert_frame_equal(undecided.pledges, empty.pledges)
    pd.testing.assert_frame_equal(undecided.claims, empty.claims)
    assert empty.decision_notes == []


def test_a_decision_that_changes_nothing_is_noted() -> None:
    notes = with_(
        Decision("same", ("a1", "a2")),
        Decision("different", ("n1", "a1")),
        Decision("role", ("t1",), "total"),
    ).decision_notes
    assert len(notes) == 3
    assert all("changed nothing" in note for note in notes)


def test_an_unknown_id_and_changed_words_are_noted_and_not_applied() -> None:
    decided = with_(
        Decision("reject", ("zz",), texts=("25,000,000 EUR",)),
        Decision("reject", ("a1",), texts=("11 million euros",)),
    )
    unknown, stale = sorted(decided.decision_notes, key=len, reverse=True)
    assert "no claim here has the id 'zz'; it said '25,000,000 EUR', as a4 do now" in unknown
    assert "a1 said '11 million euros' then and says '10,000,000 EUR' now" in stale
    assert decided.ignored.empty


def test_a_pledge_and_a_total_are_never_one() -> None:
    (note,) = with_(Decision("same", ("a1", "t1"))).decision_notes
    assert "is not applied: a1 is of role pledge, t1 is of role total" in note


def test_an_id_may_be_cut_where_it_is_clear() -> None:
    table = world()
    table.loc[table["claim_id"] == "c1", "claim_id"] = "c1f00d"
    decided = reconcile(table, decisions=Decisions([Decision("reject", ("c1f",))]))
    assert decided.ignored["claim_id"].tolist() == ["c1f00d"]
    unclear = reconcile(table, decisions=Decisions([Decision("reject", ("a",))]))
    assert "'a' begins 4 or more ids" in unclear.decision_notes[0]


def test_apply_gives_the_claims_as_decided() -> None:
    claims = Decisions(EVERY_KIND[2:4]).apply(world()).set_index("claim_id")
    assert [claims.at["c1", n] for n in ("currency", "currency_basis")] == ["CAD", "decision"]
    assert [claims.at["a4", f"amount{n}"] for n in ("", "_low", "_high")] == [24e6] * 3


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Decision("same", ("a1", "a2")), Decision("different", ("a2", "a1"))),
        (Decision("currency", ("c1",), "CAD"), Decision("currency", ("c1",), "USD")),
        (Decision("reject", ("a1",)), Decision("role", ("a1",), "pledge")),
        (
            Decision("accept", ("a1",), accepted("1")),
            Decision("accept", ("a2",), accepted("2")),  # one pledge
        ),
        (Decision("donor", ("a3",), "Norway"), Decision("donor", ("a3",), "Sweden")),
        (Decision("part_of", ("a3",), "a4"), Decision("different", ("a4", "a3"))),
        (Decision("part_of", ("a3",), "a4"), Decision("part_of", ("a4",), "a3")),
    ],
)
def test_contradictions_name_both_blocks(first: Decision, second: Decision) -> None:
    blocks = (first._replace(path="d.toml", line=3), second._replace(path="d.toml", line=9))
    with pytest.raises(UsageError, match=r"line 3: .*; d\.toml, line 9: ") as caught:
        with_(*blocks)
    assert first.shown in str(caught.value)
    assert second.shown in str(caught.value)


def test_a_contradiction_through_others_names_all() -> None:
    text = "".join(
        block(one)
        for one in (
            Decision("same", ("a1", "a2")),
            Decision("same", ("a2", "a3")),
            Decision("different", ("a1", "a3")),
        )
    )
    with pytest.raises(UsageError, match=r"line 1: same.*line 4: same.*line 7: different"):
        with_(*parse(text, "d.toml"))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(order=st.permutations([*EVERY_KIND[2:5], SAME, *EVERY_KIND[6:], SAME]))
def test_neither_order_nor_repetition_matters(order: list[Decision]) -> None:
    once = with_(*EVERY_KIND[2:5], SAME, *EVERY_KIND[6:])
    shuffled = with_(*order)
    for name in ("claims", "pledges", "totals", "findings", "checks"):
        pd.testing.assert_frame_equal(getattr(once, name), getattr(shuffled, name))


# The file


def write(folder: Path, text: str) -> Path:
    path = folder / "decisions.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_written_by_hand(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '# of the spring\n\n[[decision]]\nkind = "same"\nclaims = ["a1", "a4"]\nwhy = """\n'
        '[[decision]] looks like a block"""\n\n'
        '[[decision]]\nkind = "accept"\nclaim = "a4"\nis = "25.5 million EUR"\nwhen = 2025-03-02\n',
    )
    first, second = read_decisions(path).blocks
    assert (first.claims, first.line, second.line) == (("a1", "a4"), 3, 9)
    assert isinstance(second.value, Accepted)
    assert (second.value.amount, second.value.currency) == (Decimal(25_500_000), "EUR")
    by_path = reconcile(world(), decisions=path)
    pd.testing.assert_frame_equal(by_path.pledges, with_(first, second).pledges)
    assert pc.read_decisions(path).blocks == (first, second)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[decision]]\nkind = "same\n', r"decisions\.toml, line 2: not valid TOML"),
        ('[[decision]]\nkind = "sane"\n', r"line 1: 'sane' is no kind of decision; choose same"),
        ('\n[[decision]]\nkind = "same"\nclaims = ["a1"]', "line 2: 'same' needs two or more"),
        ('[[decision]]\nkind = "role"\nclaim = "a"\nis = "gift"', "'gift' is no role; choose"),
        ('[[decision]]\nkind = "currency"\nclaim = "a"\nis = "CDA"', "did you mean CAD"),
        ('[[decision]]\nkind = "as_of"\nclaim = "a"\nis = "May"', "write it as 2025-03-02"),
        ('[[decision]]\nkind = "amount"\nclaim = "a"\nis = "-1"', "no amount above zero"),
        ('[[decision]]\nkind = "status"\nclaim = "a"\nis = "paid"', "'paid' is no status; choose"),
        ('[[decision]]\nkind = "date"\nclaim = "a"\nis = "May"', "write 2025-03-02, 2025-03 or"),
        ('[[decision]]\nkind = "part-of"\nclaim = "a"', "'part_of' needs a value"),
        ('[[decision]]\nkind = "reject"\nclaim = "a"\nwhat = 1', "'what' is no key of a decision"),
        ('decision = 1\n', "no list of blocks"),
        ('[[decisions]]\nkind = "same"\n', "'decisions' is not known here"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_names_the_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises((UsageError, UnreadableInputError), match=message):
        read_decisions(write(tmp_path, text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match=r"none\.toml: .*pledgecalc decide starts"):
        read_decisions(tmp_path / "none.toml")


@pytest.mark.parametrize("decision", EVERY_KIND, ids=lambda one: one.kind)
def test_what_is_written_is_read_again(tmp_path: Path, decision: Decision) -> None:
    path = tmp_path / "d.toml"
    odd = decision._replace(why='"quotes" \\ and a\x7fbell', texts=("5 €",) * len(decision.claims))
    assert append(path, odd)
    assert not append(path, odd)  # twice is once
    (found,) = read_decisions(path).blocks
    assert found == odd._replace(path=str(path), line=1)


def test_what_was_in_the_file_stays_as_it_is(tmp_path: Path) -> None:
    text = "# ours\n" + block(SAME).rstrip("\n")
    path = write(tmp_path, text)
    append(path, EVERY_KIND[2])
    assert path.read_text(encoding="utf-8") == f"{text}\n\n{block(EVERY_KIND[2])}"
    with pytest.raises(UsageError, match="contradict"):
        append(path, Decision("different", SAME.claims))
    assert path.read_text(encoding="utf-8") == f"{text}\n\n{block(EVERY_KIND[2])}"


def test_processes_that_decide_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    program = (
        "import sys\n"
        "from calc.decisions import Decision\n"
        "from calc.decisions.writing import append\n"
        "for n in range(10): append(sys.argv[1], Decision('reject', (f'{sys.argv[2]}-{n}',)))"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(path), name], cwd=ROOT)
        for name in ("a", "b", "c")
    ]
    assert [one.wait() for one in running] == [0, 0, 0]
    assert len({one.claims for one in read_decisions(path).blocks}) == 30
    assert [one.name for one in tmp_path.iterdir()] == ["decisions.toml"]
