"""Answers to single questions in their rarer words: nothing changed, half of a change, quotes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pledgecalc as pc


def text(said: str, source: str = "a", published: str = "2024-01-10") -> pd.DataFrame:
    return pc.read_text(said, published=published, source=source)


@pytest.mark.parametrize(
    ("amounts", "stated", "verdict"),
    [
        (("5m", "5m"), ("6m", "6m"), "Nothing changed: 5 million EUR both times, at the same rate"),
        (("5m", "10m"), ("6m", "12m"), "Only the amount changed, from 5 million EUR to 10 million"),
        (("5m", "5m"), ("6m", "7m"), "Only the exchange rate changed"),
        (("5m", "10m"), ("6m", "11m"), "Both changed: the amount, from 5 million EUR"),
        ((5_000_000, 2.5e6), (6_000_000, 2e6), "and the exchange rate −"),
    ],
)
def test_what_changed_is_said_in_a_sentence(
    amounts: tuple[object, object], stated: tuple[object, object], verdict: str
) -> None:
    found = pc.effects(*amounts, "EUR", "USD", stated=stated)  # type: ignore[arg-type]
    assert verdict in found.verdict()
    same = "USD both times" in str(found)  # the rate
    assert same == (found.rate_effect == 0)


def test_a_sum_of_nought_has_no_rate() -> None:
    with pytest.raises(pc.UsageError, match="a sum of nought has no rate of its own"):
        pc.effects(0, 5, "EUR", "USD", stated=(1, 6))


def test_a_verdict_is_quoted_with_its_claim() -> None:
    claims = text("Lithuania gave Ukraine 5 million euros ($5.45 million).", published="2024-11-04")
    checks = pc.check(claims)
    assert len(checks) == 1
    verdict = checks.iloc[0]
    said = pc.quote(verdict, claims)
    assert f"({verdict['verdict']})" in said
    assert "Lithuania gave Ukraine 5 million euros" in said
    assert pc.quote(claims.iloc[0], claims) in said or "5 million euros" in pc.quote(claims.iloc[0])
    with pytest.raises(pc.UsageError, match="a verdict is quoted with its claims"):
        pc.quote(verdict)
    with pytest.raises(pc.UsageError, match="no such claim in the table"):
        pc.quote(verdict, claims.iloc[:0])
    with pytest.raises(pc.UsageError, match="quote takes a conversion, or a row"):
        pc.quote(pd.Series({"amount": 5}))


@pytest.mark.parametrize(
    ("second", "answer", "words"),
    [
        (
            "Norway gave Kenya 5 million euros for schools. It gave Uganda 7 million euros.",
            "yes",
            "1 pledge in both; besides, the first names 0 more, the second 1",
        ),
        ("Norway gave Kenya 5 million euros.", "yes", "the same sentence stands in both"),
        ("Norway gave Kenya 50 million euros.", "maybe", "may be one sum, reported twice"),
        ("It rained in Oslo.", "maybe", "unknown, because the second table names no pledge"),
        ("Sweden gave Chad 9 million euros.", "no", "the donors differ: Norway and Sweden"),
    ],
)
def test_why_two_texts_tell_the_same_or_not(second: str, answer: str, words: str) -> None:
    first = text("Norway gave Kenya 5 million euros.")
    found = pc.same_pledge(first, text(second, "b", "2024-01-12"))
    assert found.answer == answer
    assert any(words in reason for reason in found.reasons)


def told_on(*days: str | None) -> pd.DataFrame:
    said = "Norway gave Kenya 5 million euros for the new harbour of Mombasa."
    tables = [
        pc.read_text(said, published=day, source=f"{place}.txt") for place, day in enumerate(days)
    ]
    return pd.concat(tables, ignore_index=True)


def test_a_timeline_says_what_is_news() -> None:
    result = pc.reconcile(told_on("2024-01-10", "2024-01-11", "2024-02-05"))
    found = pc.timeline(result)
    assert found["new_money"].tolist() == ["first", "same news", "again"]
    assert "reported again on 1 later day" in found["answer"][0]
    soon = pc.timeline(pc.reconcile(told_on("2024-01-10", "2024-01-11")))
    assert "no earlier mention here: first reported on" in soon["answer"][0]


def test_a_timeline_without_days_is_unknown() -> None:
    result = pc.reconcile(told_on(None))
    (pledge,) = result.pledges["pledge_id"]
    found = pc.timeline(result, pledge)
    assert found["new_money"].tolist() == ["unknown, because no date is known"]
    assert found["answer"].tolist() == ["unknown, because no document has a date"]


def test_what_is_cited_is_named(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number:02}.txt").write_text("Norway gave Kenya 5 euros.\n", encoding="utf-8")
    (tmp_path / "decisions.toml").write_text("", encoding="utf-8")
    result = pc.reconcile(told_on("2024-01-10"))
    line = pc.cite(result, tmp_path, decisions=tmp_path / "decisions.toml")
    assert "(13 files, together sha256 " in line
    assert "decisions decisions.toml (sha256 " in line
    with pytest.raises(pc.UsageError, match="standard input has no name to cite"):
        pc.cite(result, "-")
    odd: Any = "5 euros"
    with pytest.raises(pc.UsageError, match="str is nothing to cite"):
        pc.cite(odd)
    assert "claims sha256 " in pc.cite(pd.DataFrame({"text": ["5 euros"]}))
