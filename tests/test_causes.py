"""Why two numbers differ: each cause of the closed list is found where it is the reason."""

from typing import Any

import pandas as pd
import pytest

import pledgecalc as pc
from calc.links.bits import CAUSES
from calc.reconcile import Reconciliation


def told(*dispatches: tuple[str, ...]) -> Reconciliation:
    """Reconcile dispatches: (date, text) or (date, text, publisher), each a source of its own."""
    tables = [
        pc.read_text(
            text, published=day, source=f"dispatch-{number}.txt", publisher=(*publisher, None)[0]
        )
        for number, (day, text, *publisher) in enumerate(dispatches)
    ]
    return pc.reconcile(pd.concat(tables, ignore_index=True))


def row(source: str, published: str, amount: float, **others: Any) -> dict[str, Any]:
    return {
        "source": source, "published": published, "amount": amount, "currency": "EUR",
        "donor": "Estonia", "recipient": "Ukraine", **others,
    }  # fmt: skip


def tabled(*rows: dict[str, Any]) -> Reconciliation:
    return pc.reconcile(pd.DataFrame(list(rows)))


GAVE = "Estonia will give Ukraine {} for drones under the Kestrel programme."
# One act under one programme, so that linking joins what is told of it.
CASES: dict[str, tuple[tuple[str, ...], ...]] = {
    "rounding": (
        ("2024-05-06", GAVE.format("12.7 million euros")),
        ("2024-05-07", GAVE.format("13 million euros")),
    ),
    "truncation": (
        ("2024-05-06", GAVE.format("12.7 million euros")),
        ("2024-05-07", GAVE.format("12 million euros")),
    ),
    "qualifier-dropped": (
        ("2024-05-06", GAVE.format("over 12.7 million euros")),
        ("2024-05-07", GAVE.format("12.7 million euros")),
    ),
    "rate-date": (
        ("2024-11-01", GAVE.format("683 million euros ($743 million)")),
        ("2024-11-15", GAVE.format("683 million euros ($720 million)")),
    ),
    "rate-source": (
        # 2024-11-04: 683 × 1.0904 = 744.7
        ("2024-11-04", GAVE.format("683 million euros ($743 million)")),
        ("2024-11-04", GAVE.format("683 million euros ($747 million)")),
    ),
    "target-currency": (
        # 2024-11-04: 518 kronor are 48.5 dollars and 44.5 euros, but 49 dollars are 44.9 euros
        ("2024-11-04", "Sweden gives Ukraine 518 million kronor ($49 million, €44.9 million)."),
    ),
    "stale-rate": (("2024-11-04", GAVE.format("683 million euros ($763 million)")),),
    "currency-mix-up": (
        ("2024-11-04", "Sweden gives Ukraine 500 million crowns ($21.4 million)."),
    ),
    "ambiguous-currency": (("2024-11-04", "Canada pledged $500 million to Ukraine."),),
    "scale-slip": (("2024-11-04", GAVE.format("683 million euros ($745 billion)")),),
    "typo": (
        ("2024-05-06", GAVE.format("683 million euros")),
        ("2024-05-07", GAVE.format("638 million euros")),
    ),
    "revision": (
        ("2024-05-06", GAVE.format("14 million euros")),
        (
            "2024-05-07",
            "Estonia raised its pledge for drones under the Kestrel programme to Ukraine "
            "to 25 million euros.",
        ),
    ),
    "part-of": (
        ("2024-05-06", "Estonia pledged 100 million euros to Ukraine for air defence."),
        (
            "2024-06-10",
            "Estonia gave Ukraine a first tranche of 20 million euros for air defence.",
        ),
    ),
    "re-announcement": (
        ("2024-05-06", GAVE.format("12.7 million euros")),
        ("2024-08-07", GAVE.format("12.7 million euros")),
    ),
    "stage-wording": (
        ("2024-05-06", "Estonia pledged 12.7 million euros to Ukraine for the Kestrel programme."),
        (
            "2024-05-20",
            "Estonia has transferred 12.7 million euros to Ukraine for the Kestrel programme.",
        ),
    ),
    "equal-amount-coincidence": (
        ("2024-05-06", "Estonia pledged 20 million euros to Ukraine for hospitals."),
        ("2024-05-20", "Estonia pledged 20 million euros to Ukraine for ammunition."),
    ),
    "donor-misattributed": (
        ("2024-05-06", "Norway pledged 723 million Norwegian kroner to Ukraine for power plants."),
        ("2024-05-08", "Denmark pledged 723 million Norwegian kroner to Ukraine."),
    ),
    "call-not-pledge": (
        ("2024-05-06", "Ukraine needs 40 billion dollars for reconstruction next year."),
    ),
    "each-dropped": (
        ("2024-05-06", "Latvia and Estonia pledged 10 million euros each to Ukraine."),
        ("2024-05-07", "Latvia and Estonia pledged 10 million euros to Ukraine."),
    ),
    "double-count": (
        ("2024-05-06", "Estonia pledged 20 million euros to Ukraine for ammunition."),
        ("2024-05-24", "Estonia gave 20 million euros to Ukraine for drones."),
    ),
    "as-of-date": (
        ("2024-05-06", "Estonia has given Ukraine 500 million euros of military aid so far."),
        ("2025-02-06", "Estonia has given Ukraine 720 million euros of military aid so far."),
    ),
    "stale-figure": (
        ("2024-05-06", "Estonia has given Ukraine 500 million euros of military aid so far."),
        ("2024-08-06", "Estonia has given Ukraine 720 million euros of military aid so far."),
        ("2024-11-06", "Estonia has given Ukraine 500 million euros of military aid so far."),
    ),
    "basis-change": (
        ("2024-05-06", "Estonia has given Ukraine 500 million euros of military aid so far."),
        (
            "2024-11-06",
            "By a new methodology Estonia has given Ukraine 430 million euros of military aid "
            "so far.",
        ),
    ),
    "scope": (
        ("2024-05-06", "Estonia has given Ukraine 500 million euros of military aid so far."),
        ("2024-05-06", "Estonia has given Ukraine 620 million euros of military aid so far."),
    ),
    "unresolved": (("2024-11-04", "Poland gave 400 million zlotys ($17 million) to Ukraine."),),
}


def test_the_cases_are_the_closed_list() -> None:
    assert set(CASES) == set(CAUSES)


@pytest.mark.parametrize("cause", CASES)
def test_the_cause_is_found(cause: str) -> None:
    result = told(*CASES[cause])
    assert cause in set(result.findings["cause"])
    identifier = result.findings.set_index("cause").loc[[cause], "finding_id"].iloc[0]
    assert CAUSES[cause].meaning in str(result.explain(identifier))


def conversions(*pairs: tuple[str, str, str]) -> list[tuple[str, str, str]]:
    """Dispatches of one outlet: euros and dollars of different days."""
    return [
        (day, f"Estonia pledged {euros} million euros (${dollars} million) to Ukraine.", "The Post")
        for day, euros, dollars in pairs
    ]


# fixings: 2024-11-04 1.0904, 2024-11-12 1.0617, 2024-11-22 1.0412, 2024-12-03 1.0518
OLD = (("2024-11-12", "683", "763"), ("2024-11-22", "241", "269"), ("2024-12-03", "374", "418"))
RIGHT = (("2024-11-12", "683", "725"), ("2024-11-22", "241", "251"), ("2024-12-03", "374", "393"))


def test_an_outlet_with_old_rates_throughout_is_named() -> None:
    found = told(*conversions(*OLD, RIGHT[0])).findings
    (message,) = found.loc[found["message"].str.startswith("The Post: 3 of the 4"), "message"]
    assert "3 in 1,000" in message


@pytest.mark.parametrize("pairs", [RIGHT, (*OLD[:2], *RIGHT[1:]), (OLD[0],) * 3])
def test_an_outlet_is_not_named_for_two_slips_or_one_repeated(
    pairs: tuple[tuple[str, str, str], ...],
) -> None:
    found = told(*conversions(*pairs)).findings
    assert not found["message"].str.startswith("The Post:").any()


def test_donors_of_one_currency_are_not_mixed_up() -> None:
    result = told(
        ("2024-05-06", "Germany pledged 723 million euros to Ukraine for power plants."),
        ("2024-05-08", "France pledged 723 million euros to Ukraine."),
    )
    assert "donor-misattributed" not in set(result.findings["cause"])


def test_a_growing_total_is_no_change_of_its_basis() -> None:
    result = told(
        ("2024-05-06", "Estonia has given Ukraine 500 million euros of military aid so far."),
        (
            "2024-11-06",
            "By a new methodology Estonia has given Ukraine 530 million euros of military aid "
            "so far.",
        ),
    )
    assert "basis-change" not in set(result.findings["cause"])


def test_two_short_numbers_are_no_typo() -> None:
    result = tabled(
        row("a", "2024-05-06", 12e6, purpose="drones"),
        row("b", "2024-05-06", 15e6, purpose="drones"),
    )
    assert "typo" not in set(result.findings["cause"])


@pytest.mark.parametrize("purposes", [("", ""), (" for hospitals", " for ammunition")])
def test_a_slip_of_scale_in_both_figures_shows_beside_the_donors_other_claims(
    purposes: tuple[str, str],
) -> None:
    first, second = purposes
    result = told(
        ("2024-11-04", f"Estonia pledged 68.3 million euros ($74.5 million) to Ukraine{first}."),
        ("2024-11-06", f"Estonia pledged 68.3 billion euros ($73.3 billion) to Ukraine{second}."),
    )
    assert set(result.checks["verdict"]) == {"consistent"}
    assert "scale-slip" in set(result.findings["cause"])
