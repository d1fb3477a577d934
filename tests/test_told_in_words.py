"""Explanations, close calls and arithmetic of odd claims, and the formats that they come in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from decided import row

import cli
import pledgecalc as pc
from calc.checks import arithmetic, check
from calc.claims.roles import NOTHING_SAYS
from calc.telling.margins import thin
from calc.telling.review import money, review

Output = pytest.CaptureFixture[str]


def run(capsys: Output, *arguments: object) -> tuple[str, str]:
    assert cli.main([str(one) for one in arguments]) == 0
    return capsys.readouterr()


def told(name: str, **more: Any) -> dict[str, Any]:
    return {**row(name, "Norway", 10e6, "2024-09-02"), **more}


def explained(result: pc.Reconciliation, name: str) -> str:
    return "\n".join(result.explain(name).lines)


# explanations


def test_a_repeated_claim_says_what_it_repeats_and_that_it_is_never_added() -> None:
    claims = pd.DataFrame([told("a"), told("b", repeats="a", source="a")])
    result = pc.reconcile(claims)
    assert "rule: repeats a: the same sum, never added" in explained(result, "b")
    assert "rule: repeats" not in explained(result, "a")


def test_a_claim_with_many_links_shows_the_strongest_and_counts_the_others() -> None:
    claims = [
        told(f"c{at}", amount=1e6 * (10 + at), purpose=f"drones {at % 3}") for at in range(24)
    ]
    claims += [told(f"d{at}", source=f"copy {at}") for at in range(24)]
    result = pc.reconcile(pd.DataFrame(claims))
    text = explained(result, "d0")
    assert text.count("Link ") < len(result.ledger.links)
    assert " more links" in text


# close calls


def test_what_hangs_on_a_call_is_said_where_it_is_nothing_or_not_known() -> None:
    signs = {"currency_basis": "ambiguous", "currency_candidates": "USD|CAD", "text": "$1 billion"}
    total = row("t", "Canada", 1e9, "2025-03-02", role="total", currency="USD", **signs)
    old = row("o", "Norway", 1e9, "1901-03-02", currency="NOK", sentence="Norway: 1 billion.")
    result = pc.reconcile(pd.DataFrame([told("a"), total, old]))
    found = {one.claims[0].id: money(one, "EUR") for one in review(result.ledger)}
    assert found["t"].startswith("no sum uses it")
    assert found["o"].startswith("what the safe sum would move by is not known")


@pytest.mark.parametrize(
    ("more", "asked"), [({}, True), ({"donor": None}, False), ({"amount": None}, False)]
)
def test_a_figure_that_nothing_calls_a_pledge_is_asked_about(
    more: dict[str, Any], asked: bool
) -> None:
    left = told("n", role="noise", noise_reason=NOTHING_SAYS, recipient="Mali", **more)
    result = pc.reconcile(pd.DataFrame([told("a"), left]))
    calls = [one for one in review(result.ledger) if "a pledge after all?" in one.question]
    assert [one.claims[0].id for one in calls] == ["n"] * asked


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ({}, True),
        ({"repeats": "b", "source": "b"}, False),
        ({"role": "noise", "donor": None}, False),
        ({"amount": None}, False),
    ],
)
def test_thin_readings_are_asked_of_claims_that_count(more: dict[str, Any], asked: bool) -> None:
    signs = "role word 8 - pledge|role word 7 - total"
    claims = pd.DataFrame([told("a", signs=signs, **more), told("b")])
    result = pc.reconcile(claims)
    assert bool(list(thin(result.ledger, result.claims))) == asked


def test_an_open_currency_is_asked_once_and_noise_can_be_rejected() -> None:
    signs = "currency word 8 - USD|currency word 7 - CAD|role word 8 - pledge|role word 7 - noise"
    open_sign = {"currency_basis": "ambiguous", "currency_candidates": "USD|CAD"}
    claims = pd.DataFrame([told("a", signs=signs, currency="USD", text="$10m", **open_sign)])
    result = pc.reconcile(claims)
    (call,) = thin(result.ledger, result.claims)
    assert call.kind == "thin-role"
    assert ("reject", None) in [(one.kind, one.value) for one in call.answers]


def test_signs_that_are_for_another_value_are_told_so() -> None:
    signs = "donor word 3 - Sweden|donor word 2 - Norway"
    result = pc.reconcile(pd.DataFrame([told("a", signs=signs)]))
    assert "donor: Norway, though the signs are for Sweden" in explained(result, "a")


# arithmetic


def pair(**more: Any) -> pd.DataFrame:
    base = told("a", amount=683e6, text="683 million euros", published="2024-11-04")
    stated = told("b", currency="USD", conversion_of="a", source="a", published="2024-11-04")
    return pd.DataFrame([base, {**stated, "amount": 763e6, "text": "$763 million", **more}])


def test_the_arithmetic_of_a_range_has_no_single_number() -> None:
    claims = pair(amount=None, amount_low=700e6, amount_high=800e6, text="$700 to $800 million")
    lines = arithmetic("b", claims)
    assert "no single printed number" in lines
    assert "implied rate" not in lines


def test_days_may_be_cells_of_any_kind() -> None:
    verdicts = set()
    for day in ("2024-11-04", pd.Timestamp("2024-11-04 10:00"), pd.Timestamp("2024-11-04").date()):
        claims = pair()
        claims["published"] = [day, day]
        verdicts.add(tuple(check(claims)["verdict"]))
    assert verdicts == {("other-date",)}


def test_amounts_may_be_text_and_tables_without_conversions_have_no_checks() -> None:
    claims = pair().astype({"amount": object})
    claims["amount"] = ["683000000", "763000000"]
    assert check(claims)["verdict"].tolist() == ["other-date"]
    assert len(check(claims.drop(columns="conversion_of"))) == 0


def test_a_day_before_the_rates_is_not_tested() -> None:
    claims = pair().assign(published="1990-11-04")
    assert check(claims)["verdict"].tolist() == ["untestable"]
    assert "not tested" in arithmetic("b", claims)


# formats and notes


def test_an_explanation_comes_in_every_format(capsys: Output, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    pd.DataFrame([told("a"), told("b")]).to_csv(path, index=False)
    out, _ = run(capsys, "explain", "a", path, "--json")
    found = json.loads(out)
    assert found["id"] == "a"
    out, _ = run(capsys, "explain", "a", path, "--format", "csv")
    assert len(out.splitlines()) > len(found["lines"]) // 2
    assert out.splitlines()[0] == "id,line"
    out, _ = run(capsys, "explain", "a", path, "--format", "markdown")
    assert "| a |" in out


def test_a_decision_comes_in_every_format(capsys: Output, tmp_path: Path) -> None:
    path, file = tmp_path / "t.csv", tmp_path / "d.toml"
    pd.DataFrame([told("a"), told("b")]).to_csv(path, index=False)
    words = ("decide", "reject", "a", path, "--file", file, "--why", "no pledge", "--who", "Ada")
    out, _ = run(capsys, *words, "--json")
    record = json.loads(out)
    assert (record["added"], record["block"]) == (True, file.read_text(encoding="utf-8"))
    out, _ = run(capsys, *words, "--format", "csv")
    assert out.splitlines()[0] == "file,added,block"


def test_checks_say_that_a_target_currency_adds_nothing(capsys: Output, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    pair().to_csv(path, index=False)
    code = cli.main(["check", str(path), "--in", "USD"])
    assert code in (0, 1)
    assert "--in adds nothing" in capsys.readouterr().err


def test_a_brief_of_no_money_says_so(capsys: Output, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The two ministers met on Monday and had lunch.", encoding="utf-8")
    out, _ = run(capsys, "brief", path, "--published", "2024-11-04")
    assert "1 document, no money claim." in out
    assert "What needs a person" not in out
    path.write_text("Norway has given Chad 90 million euros since 2020.", encoding="utf-8")
    out, _ = run(capsys, "brief", path, "--published", "2024-11-04")
    assert "0 pledges." in out
    assert "Safe sum" not in out
