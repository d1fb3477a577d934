"""What a conversion says of where its rate is from: one table or two, a law, a third currency."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from rates.conversion import rate

NBP, HMRC = "average rates of Narodowy Bank Polski", "exchange rates of HM Revenue & Customs"
ECB = "ECB euro foreign exchange reference rates"


@pytest.mark.parametrize(
    ("asked", "quality", "said"),
    [
        # both against a third currency, as prices or as units of it: the euro is not in it
        (
            ("AFN", "MMK", "2022-05-04"),
            "official-cross",
            "rate: 1 AFN = 21.525 MMK / from: 1 AFN = 0.051682 PLN / from: 1 MMK = 0.002401 PLN / "
            "known: to ± 0.022 %, half a unit of the last printed digits / day: Wed 2022-05-04 / "
            f"source: {NBP}, table B (weekly)",
        ),
        (
            ("UGX", "TZS", "2019-05-06", "hmrc-month"),
            "official",
            "rate: 1 UGX = 0.620145 TZS / from: 1 GBP = 4871.2 UGX / from: 1 GBP = 3020.85 TZS / "
            f"day: Wed 2019-05-01 / source: {HMRC}",
        ),
        (
            ("UGX", "EUR", "2019-05-06", "hmrc-month"),
            "official",
            "rate: 1 UGX = 0.000237005 EUR / stated: 1 GBP = 4871.2 UGX, 1 GBP = 1.1545 EUR (HMRC "
            f"2019-05) / day: Wed 2019-05-01 / source: {HMRC}",
        ),
        # two legs of the ECB
        (
            ("BGN", "USD", "2019-05-06"),
            "official",
            "rate: 1 BGN = 0.572605 USD / from: 1 EUR = 1.9558 BGN = 1.1199 USD / "
            f"day: Mon 2019-05-06 / source: {ECB}",
        ),
        (
            ("USD", "IDR", "2024-11", "month-avg"),
            "average",
            "rate: 1 USD = 15820.2 IDR / from: 1 EUR = 1.06301 USD = 16817.1 IDR / "
            f"days: 21 rates, 2024-11-01 to 2024-11-29 / source: {ECB}",
        ),
        # by law
        (
            ("LTL", "LVL", "2019-05-06"),
            "irrevocable",
            "rate: 1 LTL = 0.203546 LVL / from: 1 EUR = 3.45280 LTL = 0.702804 LVL / "
            "since: 2015-01-01, irrevocable / source: Council of the EU",
        ),
        (
            ("LTL", "USD", "2016-05-04"),
            "irrevocable",
            "rate: 1 LTL = 0.333208 USD / from: 1 EUR = 3.45280 LTL = 1.1505 USD / "
            f"day: Wed 2016-05-04 / source: {ECB} / : with the irrevocable rate of LTL",
        ),
        (
            ("EUR", "XOF", "2022-05-04"),
            "fixed-official",
            "rate: 1 EUR = 655.957 XOF / day: Wed 2022-05-04 / source: BCEAO / "
            ": Council Decision 98/683/EC",
        ),
        (
            ("XOF", "USD", "2022-05-04"),
            "fixed-official",
            "rate: 1 XOF = 0.00160544 USD / from: 1 EUR = 655.957 XOF = 1.0531 USD / "
            "stated: 1 EUR = 655.957 XOF / day: Wed 2022-05-04 / source: BCEAO + ECB / "
            ": Council Decision 98/683/EC",
        ),
        # a rate against the dollar is never turned round
        (
            ("UAH", "USD", "2022-05-04"),
            "fixed-official",
            "rate: 1 USD = 29.2549 UAH / from: 1 EUR = 30.8083 UAH = 1.0531 USD / "
            "stated: 1 USD = 29.2549 UAH, 1 EUR = 1.0531 USD (ECB 2022-05-04) / "
            "day: Wed 2022-05-04 / source: National Bank of Ukraine + ECB / "
            ": NBU Board resolution No. 18 of 2022-02-24",
        ),
        # one's own, and none at all
        (("EUR", "USD", "2024-11-04", "fixed:USD=1.1"), "user", "rate: 1 EUR = 1.1 USD"),
        (("EUR", "EUR", "2024-11-04"), "official", "rate: 1 EUR = 1 EUR"),
    ],
)
def test_where_a_rate_is_from(asked: tuple[Any, ...], quality: str, said: str) -> None:
    found = rate(*asked)
    told = [line for line in found.details() if line[0] not in ("policy", "data")]
    assert " / ".join(f"{name}: {words}" for name, words in told) == said
    assert found.quality == quality


def test_a_doubtful_official_rate_is_told_in_its_years_alone() -> None:
    assert "cash traded up to a fifth above" in rate("UAH", "USD", "2022-05-04").warnings[0]
    assert rate("UAH", "USD", "2019-05-06").warnings == ()


def test_of_two_prices_in_one_currency_the_rate_is_their_quotient() -> None:
    found = rate("AFN", "MMK", "2022-05-04")
    assert found.rate == Decimal("0.051682") / Decimal("0.002401")
    pounds = rate("UGX", "TZS", "2019-05-06", "hmrc-month")
    assert pounds.rate == Decimal("3020.85") / Decimal("4871.2")


def test_an_older_rate_is_dated_and_the_days_between_are_counted() -> None:
    found = rate("UAH", "MDL", "2019-05-06")  # table B comes once a week
    assert (str(found.rate_date), found.days_back) == ("2019-04-30", 6)
    assert found.basis() == "NBP 2019-04-30, 6 days before 2019-05-06"
    law = rate("LTL", "LVL", "2019-05-06")
    assert (str(law.rate_date), law.days_back) == ("2015-01-01", None)


def test_each_leg_names_its_table() -> None:
    found = rate("LTL", "USD", "2016-05-04").to_dict()
    assert [leg.get("source") for leg in found["legs"]] == [None, None]
    mixed = rate("XOF", "USD", "2022-05-04").to_dict()
    assert [leg["source"] for leg in mixed["legs"]] == ["BCEAO", "ECB"]
    assert rate("LTL", "USD", "2016-05-04").leg_sources == ("Council of the EU", "ECB")
