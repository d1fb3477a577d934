"""What a person should decide first, and that each command of the list can be pasted."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import cli
from calc.decisions import Decision, Decisions
from calc.reconcile import Reconciliation, reconcile
from calc.telling.call import Call
from calc.telling.margins import THIN, thin
from calc.telling.review import chance_of_error, review

Output = pytest.CaptureFixture[str]


def row(claim_id: str, donor: str, amount: float, day: str, **more: Any) -> dict[str, Any]:
    told = {"source": claim_id, "currency": "EUR", "recipient": "Ukraine"}
    return {
        "claim_id": claim_id,
        "donor": donor,
        "amount": amount,
        "published": day,
        **told,
        **more,
    }


def world() -> pd.DataFrame:
    """A possible double count, a bare sign, a pledge that its sources contest, one clear pledge."""
    return pd.DataFrame(
        [
            row("x1", "Norway", 5e6, "2024-09-02", purpose="boats"),
            row("x2", "Norway", 5e6, "2024-09-20", purpose="shelters"),
            row(
                "c1",
                "Canada",
                1e9,
                "2025-08-25",
                currency="USD",
                currency_basis="ambiguous",
                currency_candidates="USD|CAD",
                text="$1 billion",
                sentence="Canada is sending aid worth $1 billion.",
                status_text="is sending",
            ),
            row("s1", "Spain", 71.3e6, "2024-03-01", purpose="radars"),
        ]
    )


def calls(*decisions: Decision) -> list[Call]:
    return review(decided(*decisions).ledger)


def decided(*decisions: Decision) -> Reconciliation:
    return reconcile(world(), decisions=Decisions(decisions))


def of_kind(found: list[Call], kind: str) -> Call:
    return next(one for one in found if one.kind == kind)


def test_what_hangs_on_most_money_comes_first() -> None:
    found = calls()
    assert [one.kind for one in found] == ["ambiguous-currency", "double-count"]
    assert [one.at_stake for one in found] == sorted((one.at_stake for one in found), reverse=True)
    assert {claim.id for one in found for claim in one.claims} == {"c1", "x1", "x2"}


def test_a_possible_double_count_says_what_the_sum_would_move_by() -> None:
    call = of_kind(calls(), "double-count")
    before = decided().total("Norway")
    assert call.effect == pytest.approx(5e6) == before.high - before.low
    assert sum(piece.bits for piece in call.evidence) == pytest.approx(call.bits)
    ids = call.answers[0].claims
    same, different = (
        decided(Decision(kind, ids)).total("Norway") for kind in ("same", "different")
    )
    assert (same.low, same.high) == (before.low, before.low)
    assert (different.low, different.high) == (before.high, before.high)


def test_the_money_on_an_ambiguous_currency_is_the_width_of_the_sum() -> None:
    call = of_kind(calls(), "ambiguous-currency")
    before = decided().total("Canada")
    after = [
        decided(Decision("currency", answer.claims, answer.value)).total("Canada")
        for answer in call.answers
    ]
    assert [(one.low, one.high) for one in after] == [
        (before.high, before.high),
        (before.low, before.low),
    ]
    assert call.effect == pytest.approx(before.high - before.low)


@pytest.mark.parametrize(
    "decision",
    [
        Decision("currency", ("c1",), "CAD"),
        Decision("same", ("x1", "x2")),
        Decision("different", ("x1", "x2")),
        Decision("reject", ("x2",)),
    ],
)
def test_what_was_decided_is_no_call_any_more(decision: Decision) -> None:
    named = set(decision.claims)
    assert not [one for one in calls(decision) if {claim.id for claim in one.claims} & named]


def test_sources_that_do_not_agree_are_a_call_with_their_figures() -> None:
    table = world()
    table.loc[len(table)] = pd.Series(row("s2", "Spain", 78e6, "2024-03-02", purpose="radars"))
    joined = reconcile(table, decisions=Decisions([Decision("same", ("s1", "s2"))]))
    call = of_kind(review(joined.ledger), "contested")
    values = [one.value for one in call.answers if one.kind == "accept"]
    assert set(values) == {"71300000 EUR", "78000000 EUR"}
    assert not [one for one in call.answers if one.kind == "different"]  # a person joined them


def test_a_close_link_is_a_call_on_either_side() -> None:
    kinds = set()
    for gap in range(0, 120, 4):
        day = pd.Timestamp("2024-03-01") + pd.Timedelta(days=gap)
        again = row("s2", "Spain", 71.3e6, str(day.date()), purpose="shells")
        table = pd.DataFrame([*world().to_dict("records"), again])
        found = review(reconcile(table).ledger)
        kinds |= {one.kind for one in found if any(claim.id == "s2" for claim in one.claims)}
    assert kinds & {"link-joined", "link-apart", "double-count"}


def test_a_figure_without_a_verb_of_giving_is_a_weak_role() -> None:
    table = world()
    table.loc[3, "sentence"] = "Spain, 71.3 million euros, radars."
    call = of_kind(review(reconcile(table).ledger), "weak-role")
    assert call.claims[0].id == "s1"
    settled = Decisions([Decision("role", ("s1",), "pledge")])
    found = review(reconcile(table, decisions=settled).ledger)
    assert "weak-role" not in {one.kind for one in found}


def test_evidence_of_more_bits_is_less_likely_wrong() -> None:
    chances = [chance_of_error(bits) for bits in (0, 1, -3, 6)]
    assert chances == sorted(chances, reverse=True)
    assert chance_of_error(-3) == chance_of_error(3)


# The command line


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    world().to_csv(tmp_path / "my claims.csv", index=False)
    return tmp_path


def run(capsys: Output, *arguments: str) -> tuple[int, str]:
    code = cli.main(list(arguments))
    captured = capsys.readouterr()
    assert "a bug in pledgecalc" not in captured.err
    return code, captured.out


def test_every_command_of_the_list_can_be_pasted(capsys: Output, folder: Path) -> None:
    code, out = run(capsys, "review", "my claims.csv", "--json")
    assert code == 0
    records = [json.loads(line) for line in out.splitlines()]
    assert [record["rank"] for record in records] == [1, 2]
    for record in records:
        for command in record["commands"]:
            (folder / "decisions.toml").unlink(missing_ok=True)
            assert run(capsys, *shlex.split(command)[1:])[0] == 0
            _, after = run(
                capsys, "review", "my claims.csv", "--decisions", "decisions.toml", "--json"
            )
            assert len(after.splitlines()) == 1


def test_the_list_shows_sentences_evidence_and_money(capsys: Output, folder: Path) -> None:
    assert folder.exists()
    _, out = run(capsys, "review", "my claims.csv", "--in", "USD")
    words = " ".join(out.split())
    assert "1. ambiguous-currency: which currency: USD or CAD?" in words
    assert "'$1 billion' (c1): Canada is sending aid worth $1 billion." in words
    assert "million USD; even odds" in words
    assert "against: " in words
    assert "for: " in words
    assert "pledgecalc decide same x1 x2 'my claims.csv' --why 'one sum, reported twice'" in out
    _, first = run(capsys, "review", "my claims.csv", "--top", "1")
    assert "… and 1 more; --top N shows N of them" in first
    _, table = run(capsys, "review", "my claims.csv", "--format", "csv")
    assert len(table.strip().splitlines()) == 3


def thin_calls(table: pd.DataFrame, *decisions: Decision) -> list[Call]:
    result = reconcile(table, decisions=Decisions(decisions) if decisions else None)
    return list(thin(result.ledger, result.claims))


def signed(*points: tuple[str, int], facet: str = "role") -> pd.DataFrame:
    """The small world with signs for values of one facet of the clear pledge."""
    table = world().assign(signs=None)
    table.loc[3, "signs"] = "|".join(f"{facet} word {held} - {value}" for value, held in points)
    return table


@pytest.mark.parametrize(("behind", "asked"), [(0, True), (THIN, True), (THIN + 1, False)])
def test_a_reading_that_is_barely_ahead_is_asked_for(behind: int, asked: bool) -> None:
    found = thin_calls(signed(("pledge", 8), ("total", 8 - behind)))
    assert [one.kind for one in found] == ["thin-role"] * asked


def test_a_thin_role_can_be_settled_either_way() -> None:
    (call,) = thin_calls(signed(("pledge", 8), ("total", 7)))
    assert "is the role pledge or total? pledge is 1 point ahead" in call.question
    assert [(one.kind, one.value) for one in call.answers] == [
        ("role", "pledge"),
        ("role", "total"),
    ]
    assert call.effect == pytest.approx(71.3e6)
    assert thin_calls(signed(("pledge", 8), ("total", 7)), Decision("role", ("s1",), "total")) == []


def test_signs_of_one_party_add_up_and_are_compared_with_those_of_the_next() -> None:
    (call,) = thin_calls(signed(("Spain", 2), ("Norway", 3), ("Spain", 3), facet="donor"))
    assert "is the donor Spain or Norway? Spain is 2 points ahead" in call.question


def test_thin_readings_are_only_in_the_list_when_asked_for(capsys: Output, tmp_path: Path) -> None:
    text = tmp_path / "note.txt"
    text.write_text("Norway has given Ukraine 2 billion kroner.\n", encoding="utf-8")
    words = ["review", str(text), "--published", "2024-11-04"]
    assert cli.main(words) == 0
    assert "thin-currency" not in capsys.readouterr().out
    assert cli.main([*words, "--thin"]) == 0
    assert "is the currency NOK or DKK? NOK is 2 points ahead" in capsys.readouterr().out
