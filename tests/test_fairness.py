"""Nobody is accused by our own misreading: what one document alone shows is a question."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import cli
from pledgecalc import read_text, reconcile

_SLIP = "Germany will give Ukraine 100 million euros ({}182 million)."


def _findings(*claims: pd.DataFrame) -> list[tuple[str, str]]:
    found = reconcile(pd.concat(claims)).findings
    return list(zip(found["cause"], found["severity"], strict=True))


def test_a_bare_sign_that_does_not_fit_is_a_question() -> None:
    claims = read_text(_SLIP.format("$"), published="2025-04-04")
    assert _findings(claims) == [("currency-mix-up", "info")]


def test_a_printed_currency_that_does_not_fit_is_an_error() -> None:
    claims = read_text(_SLIP.format("US$"), published="2025-04-04")
    assert [severity for _, severity in _findings(claims)] == ["error"]


def test_an_undated_page_asserts_nothing_from_a_pair() -> None:
    claims = read_text("In May 2024 Germany gave Ukraine 100 million euros (US$182 million).")
    assert {severity for _, severity in _findings(claims)} <= {"info"}


def test_the_donor_of_two_documents_is_asked_about_and_of_one_noted() -> None:
    one = "Sweden will give Ukraine 700 million kronor."
    other = "Norway will give Ukraine 700 million Swedish kronor."
    apart = [
        read_text(text, published="2025-04-04", source=name)
        for text, name in ((one, "a.txt"), (other, "b.txt"))
    ]
    assert ("donor-misattributed", "warning") in _findings(*apart)
    assert ("donor-misattributed", "info") in _findings(
        read_text(f"{one} {other}", published="2025-04-04")
    )


@pytest.mark.parametrize(("code", "verdict"), [("NZD", "consistent"), ("USD", "other-currency")])
def test_check_follows_a_decided_currency(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, code: str, verdict: str
) -> None:
    page = tmp_path / "a.txt"
    page.write_text(_SLIP.replace("182", "196").format("$"))
    read = read_text(page.read_text(), published="2025-04-04", source="a.txt")
    decided = tmp_path / "d.toml"
    decided.write_text(
        f'[[decision]]\nkind = "currency"\nclaim = "{read["claim_id"].iloc[1]}"\nis = "{code}"\n'
    )
    cli.main(["check", str(page), "--published", "2025-04-04", "--decisions", str(decided)])
    assert verdict in capsys.readouterr().out
