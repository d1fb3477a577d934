"""What a notebook shows of each result: short, escaped, in the notebook's own colours."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pledgecalc as pc
from calc.report import view as views
from rates import notebook, notebook_progress
from rates.errors import UsageError

ROOT = Path(__file__).resolve().parents[1]
HOSTILE = "<script>alert(1)</script>"
STYLE = (ROOT / "rates" / "data" / "notebook.css").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def claims() -> pd.DataFrame:
    return pc.read(ROOT / "examples" / "lithuania")


@pytest.fixture(scope="module")
def result(claims: pd.DataFrame) -> pc.Reconciliation:
    return pc.reconcile(claims, "USD")


def body(shown: Any) -> str:
    """What a notebook gets, without the style."""
    page: str = shown._repr_html_()
    style, _, rest = page.partition("</style>\n")
    assert style == f"<style>\n{STYLE}"
    return rest


def test_a_conversion_is_its_line_and_shows_what_stands_behind() -> None:
    found = pc.convert("683m", "EUR", "USD", on="2024-11-03")
    assert repr(found) == f"<Conversion {found}>"
    shown = body(found)
    assert "683,000,000 EUR = 743,445,500 USD" in shown
    assert '<th scope="row">day</th><td>Fri 2024-11-01, 2 days before Sun 2024-11-03</td>' in shown


def test_the_warnings_of_a_conversion_are_shown() -> None:
    found = pc.convert(1, "EUR", "USD")
    assert found.warnings
    assert all(notebook.escaped(one) in body(found) for one in found.warnings)


def test_windows_are_counted_and_the_newest_come_first() -> None:
    found = pc.when("683m", "EUR", "763m", "USD", before="2024-11-04")
    assert repr(found).startswith("<Windows: 2024-09-27; 2024-09-19..2024-09-20; ")
    assert repr(found).endswith(f"and {len(found) - 3} more>")
    shown = body(found)
    assert f"{len(found)} windows" in shown
    assert shown.index("2024-09-27") < shown.index("2024-08-26")
    assert shown.count("<tr>") == 13
    assert f"and {len(found) - 12} more" in shown


def test_a_slice_of_windows_is_windows_and_none_says_so() -> None:
    found = pc.when("683m", "EUR", "763m", "USD", before="2024-11-04")
    assert str(found[:2]) == "2024-09-27;2024-09-19..2024-09-20"
    assert repr(pc.Windows()) == "<Windows: no fixing day fits>"
    assert "No fixing day fits." in body(pc.Windows())


def test_figures_are_a_list_that_shows_each_in_its_place() -> None:
    found = pc.figures("They gave over 683 million euros ($763m).")
    assert isinstance(found, list)
    assert isinstance(found[:1], pc.Figures)
    assert repr(found).splitlines()[0] == (
        "[<Figure '683 million euros' at 15..32: over 683 million EUR>,"
    )
    shown = body(found)
    assert "They gave over <mark>683 million euros</mark> ($763m)." in shown
    assert "USD, not certain (CAD," in shown
    assert "683 million euros" in body(found[0])
    assert repr(pc.figures("Nothing.")) == "<Figures: none>"
    assert "No figure." in body(pc.figures("Nothing."))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("between 20 and 30 million euros", "20 million to 30 million EUR"),
        ("up to 5 million euros", "up to 5 million EUR"),
        ("tens of millions of euros", "20 million to 99 million EUR"),
    ],
)
def test_a_figure_says_what_is_meant(text: str, meant: str) -> None:
    assert pc.figures(text)[0].range_text == meant


def test_claims_open_as_a_short_table_with_the_marked_sentence(claims: pd.DataFrame) -> None:
    shown = body(pc.view(claims))
    assert "worth over <mark>683 million euros</mark> (approximately" in shown
    assert "Lithuania → Ukraine" in shown
    assert "claim_id" not in shown
    assert shown == body(claims.pc.view())
    assert "[683 million euros] (approximately" in " ".join(str(pc.view(claims)).split())


def test_noise_and_rows_beyond_the_first_are_left_out_and_counted(claims: pd.DataFrame) -> None:
    noise = int((claims["role"] == "noise").sum())
    assert noise
    assert f"{noise} figures ignored as noise; noise=True shows" in str(pc.view(claims))
    assert "noise," in str(pc.view(claims, noise=True))
    some = str(pc.view(claims, top=2))
    assert f"{len(claims) - noise - 2} more; top=None shows all" in some


def test_every_table_of_ours_has_a_view(result: pc.Reconciliation) -> None:
    tables = (result.claims, result.checks, result.pledges, result.totals, result.findings)
    heads = ("role", "verdict", "who → whom", "as of", "severity")
    for table, head in zip(tables, heads, strict=True):
        assert f"{head}</th>" in body(pc.view(table))
        assert all(len(line) <= 80 for line in str(pc.view(table)).splitlines())
    assert ">a</th>" in body(pc.view(pd.DataFrame({"a": [1]})))
    assert pc.view(result.pledges, top=1).table is result.pledges


def test_a_view_of_no_claim_says_so_and_of_no_table_is_refused(result: Any) -> None:
    assert "No money claim." in str(pc.view(pc.read_text("No money here.")))
    with pytest.raises(UsageError, match=r"\.claims, \.pledges"):
        pc.view(result)


def test_a_column_called_pc_stays_a_column() -> None:
    assert pd.DataFrame({"pc": [1, 2]}).pc.tolist() == [1, 2]


def test_a_reconciliation_shows_sentences_pledges_findings_and_folded_claims(
    result: pc.Reconciliation,
) -> None:
    shown = body(result)
    assert shown.index("<li>") < shown.index("Pledges") < shown.index("Findings")
    assert "<details><summary>What the sources say: 15 claims</summary>" in shown
    assert shown.index("warning</span>") < shown.index("info</span>")


def test_a_long_reconciliation_stays_short_and_names_the_table_with_the_rest() -> None:
    rows = [
        {"source": f"{number}.txt", "published": "2024-11-04", "donor": "Norway",
         "recipient": country, "amount": 1e6 * (number + 7) ** 2, "currency": "NOK"}
        for number, country in enumerate(["Kenya", "Haiti", "Chad", "Sudan", "Mali"] * 6)
    ]  # fmt: skip
    found = pc.reconcile(pd.DataFrame(rows))
    assert len(found.pledges) > views.TOP
    assert f"{len(found.pledges) - views.TOP} more in .pledges" in body(found)


def test_a_safe_sum_an_audit_and_an_explanation_show_themselves(result: pc.Reconciliation) -> None:
    total = body(result.total(donor="Lithuania"))
    assert "Included" in total
    assert "Lithuania → Ukraine" in total
    assert "Left out" in total
    assert "<pre>" in body(result.explain(result.pledges["pledge_id"].iloc[0]))
    table = pd.DataFrame(
        {"amount": [1000, 2500, 8000], "currency": "USD",
         "date": ["2022-03-01", "2022-07-14", "2022-10-03"], "amount_eur": [895.9, 2498.75, 819.34]}
    )  # fmt: skip
    assert "Rows that do not follow" in body(pc.audit(table, to="EUR"))


def test_what_sources_say_is_escaped_everywhere() -> None:
    text = f"Norway {HOSTILE} gave Kenya 5 million euros ($6 million) {HOSTILE}."
    claims = pc.read_text(text, published="2024-11-04", source=HOSTILE, title=HOSTILE)
    result = pc.reconcile(claims)
    shown = [pc.figures(text), pc.view(claims), pc.view(pc.check(claims)), result, result.total()]
    shown += [
        result.explain(claims["claim_id"].iloc[0]),
        pc.view(pd.DataFrame({HOSTILE: [HOSTILE]})),
    ]
    for one in shown:
        assert "<script" not in body(one)
        assert "&lt;script&gt;" in body(one)


def test_the_style_takes_colours_and_fonts_from_the_notebook() -> None:
    assert "prefers-color-scheme" not in STYLE  # of the desktop, not of the notebook
    assert "--jp-content-font-color1" in STYLE
    assert "background: none" in STYLE
    colours = re.findall(r"#[0-9a-f]{3,6}\b", STYLE)
    mixed = re.findall(r"color-mix\(in srgb, (#[0-9a-f]{3,6})", STYLE)
    assert colours == mixed  # none is used as it is: dark on dark


def test_dollars_are_no_formula() -> None:
    shown = body(pc.figures("$2 million and $3 million"))
    assert shown.startswith('<div class="pledgecalc-shown tex2jax_ignore mathjax_ignore">')


class Handle:
    """An output of a cell, and what it was told to show."""

    def __init__(self) -> None:
        self.shown: list[dict[str, str]] = []

    def update(self, data: dict[str, str], raw: bool) -> None:
        assert raw
        self.shown.append(data)


def test_a_bar_waits_is_drawn_and_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    display = pytest.importorskip("IPython.display", reason="IPython is not installed (extra: dev)")
    handle = Handle()

    def first(data: dict[str, str], raw: bool, display_id: bool) -> Handle:
        assert display_id
        handle.update(data, raw)
        return handle

    monkeypatch.setattr(display, "display", first)
    monkeypatch.setattr(notebook_progress, "_opener", lambda: notebook_progress._OfJupyter)
    times = iter([0.0, 1.0, 3.0, 3.1, 6.0, 8.0])
    show = notebook_progress.bar("documents", clock=lambda: next(times))
    assert show is not None
    for done in (1, 2, 3, 5, 8):
        show(done, 8)
    said = [data["text/plain"] for data in handle.shown]
    assert said == ["2 of 8 documents, 9 s", "5 of 8 documents, 4 s", ""]
    assert '<progress value="2" max="8">' in handle.shown[0]["text/html"]
    assert handle.shown[-1]["text/html"] == ""


def test_what_was_asked_for_wins_over_the_bar_of_a_notebook() -> None:
    told: list[tuple[int, int]] = []
    claims = pc.read(ROOT / "examples" / "lithuania", progress=lambda *step: told.append(step))
    assert told == [(number, 5) for number in range(1, 6)]
    told.clear()
    pc.reconcile(claims, progress=lambda *step: told.append(step))
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert notebook_progress.wished(False, "documents") is None
