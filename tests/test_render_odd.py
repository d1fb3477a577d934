"""Results that are rare: no window, records within records, more left out than is shown."""

from __future__ import annotations

import pytest

import pledgecalc as pc
from calc.report import sections
from calc.report.render import render
from calc.sums.safe_sum import SafeSum


def test_no_window_is_said() -> None:
    assert render(()) == "No fixing day fits.\n"


def test_records_show_what_stands_in_them() -> None:
    shown = render([{"amount": 12.5, "span": {"low": 1, "high": 2}, "days": ["a", "b"], "x": None}])
    head, row = shown.splitlines()
    assert head.split() == ["amount", "span", "days"]
    assert row.split() == ["12.5", "1", "2", "a,", "b"]
    assert render([]) == "None.\n"


def test_what_is_no_result_is_refused() -> None:
    for odd in (object(), {1, 2}):
        with pytest.raises(TypeError, match="no report for"):
            render(odd)


@pytest.fixture
def summed() -> SafeSum:
    said = (
        "Norway gave Kenya 5 million euros. In all Norway has given Kenya 90 million euros so far. "
        "Norway won 3 million euros in a lawsuit. Oslo wants Kenya to get 200 million euros."
    )
    return pc.reconcile(pc.read_text(said, published="2024-01-10")).total()


def test_more_left_out_than_is_shown_is_counted(
    summed: SafeSum, monkeypatch: pytest.MonkeyPatch
) -> None:
    reasons = summed.excluded["reason"].nunique()
    assert reasons > 1
    monkeypatch.setattr(sections, "_MOST_ROWS", 1)
    assert f"{reasons - 1} more; --format csv has all" in render(summed)
    assert "--format csv has all" not in render(summed, every=True)


def test_only_what_needs_a_person_is_shown_first() -> None:
    said = "Norway gave Kenya 5 million euros ($9 million)."
    result = pc.reconcile(pc.read_text(said, published="2024-01-10"))
    shown = render(result)
    severities = set(result.findings["severity"])
    assert ("What needs a person" in shown) == bool(severities & {"error", "warning"})
    assert ("Also found" in shown) == ("info" in severities)
