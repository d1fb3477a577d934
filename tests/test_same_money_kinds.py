"""Each kind of the same money told twice, with neighbours: other words, parties and order."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from calc.claims import read_text
from calc.reconcile import Reconciliation, reconcile

Row = tuple[str | None, str, str | None, float, float]


def ends(text: str, donor: str | None, title: str | None) -> list[float]:
    whole = f"{title}\n\n{text}" if title else text
    claims = read_text(whole, published="2025-04-04", title=title, source="page")
    found = reconcile(claims).total(donor=donor)
    return [found.low, found.high]


KINDS: dict[str, list[Row]] = {
    "headline and body": [
        ("Canada gives Ukraine $1.5 billion", "Canada will give Ukraine C$2 billion ($1.47 "
         "billion).", "Canada", 1274.21e6, 1274.21e6),
        ("Sweden to send nearly $200 million to Ukraine", "Sweden will donate 2.1 billion kronor "
         "($197 million) to Ukraine, its government said.", "Sweden", 191.361e6, 191.361e6),
        ("Germany gives Moldova 50 million", "Berlin is to provide Moldova with 49.6 million "
         "euros.", "Germany", 49.6e6, 49.6e6),
        ("Over 1.2 billion euros from the EU for Kenya", "The EU will give Kenya 1.24 billion "
         "euros.", "EU", 1.24e9, 1.24e9),
    ],
    "two numbers for one amount": [
        (None, "Poland pledged 96 million euros, or nearly 100 million euros, to Ukraine.",
         "Poland", 96e6, 96e6),
        (None, "Japan pledged Kenya €32 million, that is 35 million dollars.", "Japan", 32e6, 32e6),
    ],
    "a whole and its parts": [
        (None, "France paid Lebanon 40 million euros in May. This amount belongs to a commitment "
         "of 300 million euros.", "France", 300e6, 300e6),
        (None, "France paid Lebanon 40 million euros, the first tranche of a 300 million euro "
         "loan.", "France", 300e6, 300e6),
        (None, "Finland will give Ukraine 60 million euros: 25 million euros for schools and 35 "
         "million euros for hospitals.", "Finland", 60e6, 60e6),
        (None, "Finland will give Ukraine 60 million euros, 25 million euros of them as grants and "
         "35 million euros as loans.", "Finland", 60e6, 60e6),
        (None, "Finland's package for Ukraine is worth 60 million euros and includes 25 million "
         "euros in grants.", "Finland", 60e6, 60e6),
    ],
    "a stage of it": [
        (None, "Italy has disbursed 12 million euros out of the 50 million euros that it pledged "
         "to Kenya.", "Italy", 50e6, 50e6),
        (None, "Italy pledged Kenya 50 million euros, of which 12 million euros have been paid.",
         "Italy", 50e6, 50e6),
    ],
    "worth today": [
        (None, "In 2003 Japan gave Peru 2 million euros (some $3 million in today's dollars).",
         "Japan", 2e6, 2e6),
        (None, "In 2003 Japan gave Peru 15 million euros, worth about $29 million today.",
         "Japan", 15e6, 15e6),
    ],
    "each, and each year": [
        (None, "Spain and Italy promised Kenya 8 million euros a year.", None, 8e6, 8e6),
        (None, "Spain and Italy promised Kenya 8 million euros annually.", None, 8e6, 8e6),
        (None, "Spain and Italy promised Kenya 8 million euros each.", None, 16e6, 16e6),
        (None, "Spain and Italy each promised Kenya 8 million euros.", "Italy", 8e6, 8e6),
    ],
    "another": [
        (None, "Spain gave Kenya 8 million euros in 2023 and another 8 million euros in 2024.",
         "Spain", 16e6, 16e6),
        (None, "Spain gave Kenya 8 million euros in January. In March Madrid approved a second 8 "
         "million euro grant for Kenya.", "Spain", 16e6, 16e6),
        (None, "Spain pledged Kenya 8 million euros. The 8 million euros from Spain help Kenya "
         "to build schools.", "Spain", 8e6, 8e6),
    ],
    "side by side": [
        (None, "Norway gave Kenya €5 million for schools and €5 million for hospitals.",
         "Norway", 10e6, 10e6),
        (None, "Norway gave Kenya 5 million euros for schools, 5 million euros for hospitals.",
         "Norway", 10e6, 10e6),
        (None, "Norway gave Kenya 5 million euros for schools, 6 million euros for roads and 5 "
         "million euros for hospitals.", "Norway", 16e6, 16e6),
    ],
    "raised from to": [
        (None, "Norway raised its support for Kenya to 25 million euros from 20 million euros.",
         "Norway", 25e6, 25e6),
        (None, "Norway doubled its support for Kenya from 20 million euros to 40 million euros.",
         "Norway", 40e6, 40e6),
        (None, "Norway increased its support for Kenya by 5 million euros, to 25 million euros.",
         "Norway", 25e6, 25e6),
    ],
    "a channel and a place": [
        (None, "Norway gave 5 million euros to UNRWA. Oslo's 5 million euros for Gaza will be paid "
         "in May.", "Norway", 5e6, 10e6),
        (None, "Japan gave 7 million euros to UNICEF. Tokyo's 7 million euros for Yemen will be "
         "paid in May.", "Japan", 7e6, 14e6),
    ],
}  # fmt: skip

TOLD = [
    pytest.param(*row, id=f"{kind} {number}")
    for kind, rows in KINDS.items()
    for number, row in enumerate(rows)
]


@pytest.mark.parametrize(("title", "text", "donor", "low", "high"), TOLD)
def test_the_ends_of_each_kind_and_its_neighbours(
    title: str | None, text: str, donor: str | None, low: float, high: float
) -> None:
    assert ends(text, donor, title) == pytest.approx([low, high], rel=1e-5)


def ledger(*amounts: float) -> Reconciliation:
    told = {"source": "t.csv", "donor": "Norway", "recipient": "Kenya", "currency": "USD"}
    frame = pd.DataFrame(
        [
            {"claim_id": f"r{n}", "published": f"{2000 + n}-03-01", "amount": amount} | told
            for n, amount in enumerate(amounts)
        ]
    )
    return reconcile(frame, "USD")


def test_yearly_payments_of_a_ledger_add_up_without_a_finding() -> None:
    result = ledger(*[100_000.0] * 4)
    found = result.total("Norway")
    assert (found.low, found.high) == (400_000.0, 400_000.0)
    assert not len(result.findings)


def test_rows_of_many_lines_add_up_to_the_last_unit() -> None:
    amounts = [46_256.78 + 1_000.01 * number for number in range(19)]
    found = ledger(*amounts).total("Norway")
    assert math.fsum(found.included["high_usd"]) == found.high
    assert found.high == pytest.approx(math.fsum(amounts), abs=1e-6)
