"""People see a printed number with the range of its digits, and the wider one by its name."""

from __future__ import annotations

import pandas as pd
import pytest

from calc.report.render import render
from pledgecalc import Reconciliation, read_text, reconcile


def _of(text: str) -> Reconciliation:
    return reconcile(read_text(text, published="2025-04-04"))


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("20 million euros", "20 M EUR (19.5–20.5 M)"),
        ("683 million euros", "683 M EUR (682.5–683.5 M)"),
        ("910 million euros", "910 M EUR (909.5–910.5 M)"),
        ("about 910 million euros", "910 M EUR (905–915 M)"),
        ("5 million euros", "5 M EUR (4.5–5.5 M)"),
        ("over 5 million euros", "over 5 M EUR"),
    ],
)
def test_a_number_is_shown_with_what_its_digits_leave_open(amount: str, shown: str) -> None:
    assert shown in render(_of(f"Germany will give Ukraine {amount}."))


def test_the_wider_range_of_one_voice_is_named() -> None:
    result = _of("Germany will give Ukraine 20 million euros.")
    pledge = result.pledges.iloc[0]
    assert (pledge["low"], pledge["high"]) == (15e6, 25e6)  # as tables, links and sums have it
    told = " ".join(str(result.explain(pledge["pledge_id"])).split())
    assert "printed digits 19,500,000 to 20,500,000, calibrated range 15,000,000 to" in told


def test_a_cell_of_a_table_is_exact() -> None:
    row = {"source": "a", "published": "2025-04-04", "donor": "Germany", "recipient": "Ukraine"}
    result = reconcile(pd.DataFrame([{**row, "amount": 20e6, "currency": "EUR"}]))
    assert "20 M EUR " in render(result)
    assert "19.5" not in render(result)
    assert "15–25" not in render(result)
