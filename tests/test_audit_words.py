"""What an audit says of tables that are coarse, lack rates or days, or have many currencies."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from audit_tables import made

import pledgecalc as pc
from calc.audit import Audit, audit

MANY = tuple("USD GBP JPY CHF SEK NOK DKK PLN CZK HUF RON".split())
ODD = MANY[1:6] + MANY[7:10]


@pytest.fixture
def frame() -> pd.DataFrame:
    return made("spot", currencies=("USD", "SEK"), rows=60, seed=3).frame


def audited(frame: pd.DataFrame, **options: Any) -> Audit:
    names = {name: name for name in ("amount", "currency", "date", "converted")}
    return audit(frame, to="EUR", **{**names, **options})


def test_a_currency_without_rates_is_named(frame: pd.DataFrame) -> None:
    frame["currency"] = frame["currency"].replace("SEK", "XAU")
    found = audited(frame)
    assert found.policy == "spot"
    assert "XAU follows no known policy" in found.summary
    notes = dict(zip(found.policies["currency"], found.policies["note"], strict=True))
    assert "there are no rates of this currency" in notes["XAU"]


def test_numbers_that_are_too_coarse_cannot_tell(frame: pd.DataFrame) -> None:
    frame["converted"] = frame["converted"].round(-7)
    found = audited(frame)
    assert found.policy is None
    assert "the numbers are printed too coarsely" in found.summary


def test_rates_of_ones_own_are_shown(frame: pd.DataFrame) -> None:
    own = frame["currency"].map({"USD": 0.91, "SEK": 0.088})
    frame["converted"] = (frame["amount"] * own).round(2)
    found = audited(frame)
    assert found.summary == (
        "All 60 foreign rows use rates of one's own: 0.088 (EUR per SEK), 0.91 (EUR per USD)."
    )


def test_rows_without_a_day_are_listed(frame: pd.DataFrame) -> None:
    rows = frame.index[:5]
    frame.loc[rows, "date"] = pd.NaT
    found = audited(frame)
    assert found.policy == "spot"
    assert set(found.outliers["row"]) == set(rows)


def test_a_column_of_ones_states_no_rate(frame: pd.DataFrame) -> None:
    frame["rate"] = 1.0
    assert audited(frame).policy == "spot"


def test_two_columns_of_one_name_are_refused(frame: pd.DataFrame) -> None:
    with pytest.raises(pc.UsageError, match="two columns named 'amount'; rename one of them"):
        audited(pd.concat([frame, frame[["amount"]]], axis=1))


def test_of_many_that_differ_some_are_named_and_the_others_counted() -> None:
    odd: dict[str, str | float] = {code: 1 + place / 100 for place, code in enumerate(ODD, 2)}
    found = audited(made("spot", currencies=MANY, rows=330, seed=1, odd=odd).frame)
    assert found.policy == "spot"
    assert found.summary.count("is off by") == 4
    assert "and 4 more currencies differ" in found.summary
    assert "is off by" in found._repr_html_()
