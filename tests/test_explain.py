"""The evidence behind claims, pledges, series, checks and findings."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from dispatches import table

from calc.claims import read_text
from calc.reconcile import Reconciliation, reconcile
from rates.errors import UsageError


@pytest.fixture(scope="module")
def result() -> Reconciliation:
    return reconcile(table())


def test_a_claim_shows_its_words_rate_and_day(result: Reconciliation) -> None:
    text = str(result.explain("n2"))
    assert "'approximately $763 million'" in text
    assert "Lithuanian military support so far" in text
    assert "2024-11-04" in text
    assert "ECB" in text
    assert "a stated conversion of n1" in text


def explained(text: str, words: str) -> str:
    """What is said of the claim of ``text`` that has these words."""
    claims = read_text(text, published="2024-11-04")
    (name,) = claims.loc[claims["text"] == words, "claim_id"]
    return str(reconcile(claims).explain(name))


def test_a_claim_shows_its_signs_with_the_runner_up_and_the_margin() -> None:
    text = explained("Since 2022 Norway has given Ukraine 2 billion euros.", "2 billion euros")
    assert "role: total, 32 points ahead of pledge" in text
    assert '+40 since a start before "Since 2022" (a sum since a start)' in text
    assert '+8 verb of giving "has given" for pledge' in text
    assert "status: disbursed" in text
    assert "currency: EUR" in text


def test_a_sign_that_was_set_aside_is_told() -> None:
    told = "Since 2022 Norway has given Ukraine a new package of 5 million euros."
    text = explained(told, "5 million euros")
    assert "role: pledge" in text
    assert '0 no total: new sum "new package"' in text


def test_what_nothing_decides_is_level() -> None:
    text = explained("Norway gave Kyiv $5 million.", "$5 million")
    assert "currency: USD, level with CAD" in text


def test_a_claim_of_a_table_says_that_it_has_no_signs(result: Reconciliation) -> None:
    assert "signs: none; it was read from the columns of a table" in str(result.explain("n2"))


def test_a_column_of_other_signs_is_no_evidence() -> None:
    claims = table().assign(signs="stop and go")
    assert "signs: none" in str(reconcile(claims).explain("n2"))


def test_a_stated_conversion_shows_its_arithmetic(result: Reconciliation) -> None:
    text = str(result.explain("n2"))
    assert "implied rate" in text
    assert "1.0904" in text


def test_a_pledge_shows_the_bits_for_and_against_each_link(result: Reconciliation) -> None:
    pledge = result.pledges["pledge_id"].tolist()[0]
    text = str(result.explain(pledge))
    assert re.search(r"\+\d\.\d  name-same: both name Palianytsia", text)
    assert re.search(r"[+-]\d\.\d  prior", text)
    assert "one pledge" in text
    assert "supports: '10 million euros' (memorandum.txt)" in text


def test_the_second_best_partition_is_told_where_it_is_close() -> None:
    rows = [
        {"claim_id": f"c{day}", "source": f"s{day}", "published": f"2024-11-{day}", **told}
        for day in ("04", "29")
        for told in [{"donor": "Norway", "recipient": "Ukraine", "amount": 1e8, "currency": "NOK"}]
    ]
    result = reconcile(pd.DataFrame(rows))
    first, second = result.pledges["pledge_id"]
    close = rf"Second best, [0-2]\.\d bits behind: one pledge with {second}"
    assert re.search(close, str(result.explain(first)))


def test_a_dissenter_is_named() -> None:
    claims = table()
    tranche = claims["claim_id"] == "t1"
    for name in ("amount", "amount_low", "amount_high"):
        claims.loc[tranche, name] = 10.8e6
    claims.loc[tranche, "text"] = "10.8 million euros"
    claims.loc[tranche, "publisher"] = "Other"
    text = str(reconcile(claims).explain("p-n3"))
    assert "dissents: '10.8 million euros' (tranche.txt)" in text
    assert "contested" in text


def test_a_series_shows_its_points_and_flow(result: Reconciliation) -> None:
    text = str(result.explain(result.totals["series_id"].tolist()[0]))
    assert "221.5 to 232.5 million EUR" in text
    assert "never added" in text


def test_a_finding_shows_its_evidence(result: Reconciliation) -> None:
    findings = result.findings.set_index("cause")["finding_id"]
    assert "part-cue-part" in str(result.explain(findings["part-of"]))
    assert "implied rate" in str(result.explain(findings["stale-rate"]))


def test_the_beginning_of_one_id_is_enough(result: Reconciliation) -> None:
    series = result.totals["series_id"].tolist()[0]
    assert result.explain(series[:6]).id == series


def test_the_beginning_of_several_ids_is_an_error_that_lists_them(result: Reconciliation) -> None:
    with pytest.raises(UsageError, match="'n' begins 4 ids: n1, n2, n3, n4"):
        result.explain("n")


def test_an_unknown_id_is_an_error_that_names_near_ones(result: Reconciliation) -> None:
    with pytest.raises(UsageError, match="did you mean"):
        result.explain("p-n33")
    with pytest.raises(UsageError, match="no claim, pledge, series or finding"):
        result.explain("")


def test_markup_in_a_source_is_escaped() -> None:
    claims = table()
    claims.loc[claims["claim_id"] == "n3", "sentence"] = "<script>alert(1)</script> 10 million"
    assert "<script>" not in reconcile(claims).explain("n3")._repr_html_()


def test_a_sum_that_looks_alike_and_is_told_apart_says_why() -> None:
    text = (
        "Norway gave Ukraine 5 million euros in May. "
        "On Monday Norway announced another 5 million euro package for Ukraine."
    )
    result = reconcile(read_text(text, published="2025-04-04"))
    first, second = result.pledges["pledge_id"]
    (told,) = result.ledger.apart
    assert told.kind == "different"
    line = (
        f"Different from {second}, which looks alike: given as one more than the amount before it"
    )
    assert line in str(result.explain(first))
