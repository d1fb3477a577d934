"""HMRC's rates: the file, its policies, and sources that are forced."""

import hashlib
import json
import tomllib
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

import cli
from rates import hmrc, inventories
from rates.conversion import convert, rate
from rates.errors import NoRateError
from rates.frames import convert_frame

DATA = Path(__file__).resolve().parents[1] / "rates" / "data"


def test_the_file_is_the_one_that_its_source_entry_describes() -> None:
    entry = tomllib.loads((DATA / "SOURCE.toml").read_text(encoding="utf-8"))["hmrc.bin"]
    assert hashlib.sha256((DATA / "hmrc.bin").read_bytes()).hexdigest() == entry["sha256"]
    assert "Open Government Licence" in entry["terms"]
    assert (DATA / "hmrc.bin").stat().st_size < 200_000


@pytest.mark.parametrize(
    ("amount", "base", "quote", "on", "policy", "expected"),
    [
        # as HMRC published them: USD 1.2709 and EUR 1.1739 for June 2024, 1.2787 on average
        ("1.2709", "USD", "GBP", "2024-06-20", "hmrc-month", "1"),
        ("1", "GBP", "EUR", "2024-06-01", "hmrc-month", "1.1739"),
        ("1", "GBP", "USD", "2024-06-30", "hmrc-year", "1.2787"),
        ("1", "GBP", "USD", "2025-01-15", "hmrc-spot", "1.2540"),
        ("1", "GBP", "USD", "2024-12-31", "hmrc-spot", "1.2540"),
    ],
)
def test_a_policy_of_hmrc_gives_what_it_published(
    amount: str, base: str, quote: str, on: str, policy: str, expected: str
) -> None:
    found = convert(amount, base, quote, on, policy)
    assert abs(found.amount / Decimal(expected) - 1) < Decimal("1e-24")
    assert (found.source, found.policy) == ("HMRC", policy)


def test_a_year_is_its_average_and_a_month_before_the_first_has_none() -> None:
    found = rate("GBP", "USD", "2024", "hmrc-month")
    assert (found.policy, found.rate) == ("hmrc-year", Decimal("1.2787"))
    with pytest.raises(NoRateError, match="2014-02-01"):
        rate("GBP", "USD", "2012-06-20", "hmrc-month")
    with pytest.raises(NoRateError, match="2026-03-31"):
        rate("GBP", "USD", "2026-06-20", "hmrc-year")


def test_frames_have_the_same_rates() -> None:
    frame = pd.DataFrame(
        {
            "amount": [100.0] * 5,
            "code": ["USD", "EUR", "GBP", "SEK", "KES"],
            "day": ["2024-06-20", "2024-07-01", "2020-03-03", "2012-02-02", "2019-12-31"],
        }
    )
    for policy in ("hmrc-month", "hmrc-year"):
        found = convert_frame(
            frame, amount="amount", currency="code", date="day", to="GBP", policy=policy
        )
        for row in found.to_dict("records"):
            try:
                one = float(convert(100, row["code"], "GBP", row["day"], policy).amount)
            except NoRateError:
                assert row["amount_gbp"] != row["amount_gbp"]
                assert "HMRC" in row["rate_note"]
            else:
                assert row["amount_gbp"] == pytest.approx(one, rel=1e-12)


def test_one_source_may_be_forced(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["convert", "1000", "USD", "EUR", "--on", "2024-06-03", "--json", "--source"]
    for name, source in (("ecb", "ECB"), ("nbp", "NBP"), ("hmrc", "HMRC")):
        assert cli.main([*words, name]) == 0
        assert json.loads(capsys.readouterr().out)["source"] == source
        assert convert(1000, "USD", "EUR", "2024-06-03", rates=name).source == source
    assert cli.main([*words, "user"]) == 2
    assert "--rates FILE" in capsys.readouterr().err
    assert cli.main([*words, "nbp", "--online"]) == 2
    assert cli.main(["convert", "1", "ETB", "USD", "--on", "2024-06-03", "--source", "ecb"]) == 3


def test_every_source_is_listed_with_days_currencies_and_digest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["rates", "info", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    others = {one["source"]: one for one in found["sources"]}
    assert set(others) == {"official", "NBP", "HMRC"}
    assert all(one["sha256"] and not one["damaged"] for one in others.values())
    assert others["NBP"]["days"] > 9_000
    assert others["HMRC"]["currencies"] > 150
    rows = inventories.currencies()
    assert {row["source"] for row in rows} == {"ECB", "official", "NBP", "HMRC"}
    ethiopia = [row for row in rows if row["code"] == "ETB" and row["source"] == "NBP"]
    assert ethiopia[0]["state"] == "table B"
    assert hmrc.monthly().has("KES")
