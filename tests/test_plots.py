"""The picture of a reconciliation: what it shows, and that it stays out of the way."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pledgecalc as pc
from calc.reconcile import Reconciliation
from rates.errors import PledgecalcError

FOLDER = Path(__file__).resolve().parents[1] / "examples" / "lithuania"


@pytest.fixture(scope="module")
def result() -> Reconciliation:
    return pc.reconcile(pc.read(FOLDER), "USD")


def words(result: Reconciliation) -> str:
    """Every text of the picture, its titles and labels."""
    figure_module = pytest.importorskip("matplotlib.figure", reason="no matplotlib (extra: plots)")
    text_module = pytest.importorskip("matplotlib.text")
    figure = result.plot()
    assert isinstance(figure, figure_module.Figure)
    return "\n".join(one.get_text() for one in figure.findobj(text_module.Text))


def test_pledges_stand_by_donor_with_their_printed_figures(result: Reconciliation) -> None:
    shown = words(result)
    assert "Pledges in USD" in shown
    assert "Lithuania → Ukraine" in shown
    assert "10 million euros, Palianytsia" in shown
    assert "$1 billion, military (the sign does not name the currency)" in shown


def test_totals_are_series_of_their_own_with_what_their_conversion_fits(
    result: Reconciliation,
) -> None:
    shown = words(result)
    assert "Totals to date in EUR" in shown
    assert "over 683 million euros\n(its conversion fits 2024-09-27)" in shown
    assert "Totals to date are never added to pledges." in shown


def test_open_ends_and_pledges_without_a_rate_are_drawn_or_named() -> None:
    rows: list[dict[str, Any]] = [
        {"amount": 5e6, "amount_low": 5e6, "amount_high": None, "text": "5 million euros"},
        {"amount": 7e6, "currency": "KPW", "text": "7 million won"},
    ]
    shared = {"donor": "Latvia", "recipient": "Ukraine", "published": "2024-05-06"}
    table = pd.DataFrame(
        [
            {"source": f"{number}.txt", "currency": "EUR", **shared, **row}
            for number, row in enumerate(rows)
        ]
    )
    shown = words(pc.reconcile(table))
    assert "5 million euros" in shown
    assert "7 million won" not in shown
    assert "1 more pledge: see the table." in shown


def test_nothing_to_draw_is_said() -> None:
    shown = words(pc.reconcile(pc.read_text("No money here.", published="2024-05-06")))
    assert "No pledge and no total was found." in shown


def test_a_notebook_gets_a_picture(result: Reconciliation) -> None:
    pytest.importorskip("matplotlib", reason="no matplotlib (extra: plots)")
    picture = result.plot()._repr_png_()  # type: ignore[attr-defined]
    assert picture.startswith(b"\x89PNG")


def test_without_matplotlib_the_error_names_the_extra(
    result: Reconciliation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(PledgecalcError, match=r"pledgecalc\[plots\]"):
        result.plot()


def test_matplotlib_is_loaded_only_when_asked() -> None:
    code = "import sys, pledgecalc; sys.exit('matplotlib' in sys.modules)"
    root = str(FOLDER.parents[1])
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
