"""Single questions: effects, shares of GDP, years, parts, headlines, stages."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from one_text import reconciled

import cli
import pledgecalc as pc

ROOT = Path(__file__).resolve().parents[1]
LITHUANIA = ROOT / "examples" / "lithuania"


# effects


@pytest.mark.parametrize("convention", ["earlier-rate", "later-rate", "midpoint"])
@pytest.mark.parametrize("pair", [("EUR", "USD"), ("SEK", "USD"), ("JPY", "GBP")])
def test_both_effects_add_up_to_the_change_to_the_last_digit(
    convention: str, pair: tuple[str, str]
) -> None:
    found = pc.effects(
        "683m", "910.5m", *pair, on=("2024-11-04", "2025-03-03"), convention=convention
    )
    assert found.amount_effect + found.rate_effect == found.change
    assert found.value_before + found.change == found.value_after


def test_the_conventions_give_the_joint_part_to_one_effect_or_to_both() -> None:
    on = ("2024-11-04", "2025-03-03")
    early, late, middle = (
        pc.effects("100m", "200m", "EUR", "USD", on=on, convention=one)
        for one in ("earlier-rate", "later-rate", "midpoint")
    )
    assert early.amount_effect == Decimal("109040000")
    assert early.amount_effect != late.amount_effect
    assert middle.amount_effect == (early.amount_effect + late.amount_effect) / 2


def test_an_amount_that_did_not_change_leaves_all_to_the_rate() -> None:
    found = pc.effects("10m", "10m", "EUR", "USD", on=("2024-11-04", "2025-03-03"))
    assert found.amount_effect == 0
    assert found.rate_effect == found.change != 0
    assert found.verdict().startswith("Only the exchange rate changed")


def test_equivalents_that_sources_state_have_rates_of_their_own() -> None:
    found = pc.effects("683m", "910m", "EUR", "USD", stated=("763m", "940m"))
    assert found.change == Decimal(177_000_000)
    assert found.days == (None, None)
    assert "as stated" in found.basis[0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"convention": "mine", "on": ("2024-11-04", "2025-03-03")}, "'mine' is no convention"),
        ({}, "on which two days"),
        ({"on": ("2024-11-04", "2025-03-03"), "stated": (1, 2)}, "on which two days"),
    ],
)
def test_what_cannot_be_split_says_what_is_missing(
    arguments: dict[str, object], words: str
) -> None:
    with pytest.raises(pc.UsageError, match=words):
        pc.effects("1m", "2m", "EUR", "USD", **arguments)  # type: ignore[arg-type]


def test_sums_in_two_currencies_have_no_rate_effect(capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.main("effects 5m EUR 2024-11-04 6m SEK 2025-03-03 --in USD".split())
    assert code == 2
    assert "give both sums in one" in capsys.readouterr().err


# shares of GDP


def gdp(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "gdp.csv"
    path.write_text(text, encoding="utf-8")
    return path


LONG = "country,year,gdp,currency,unit,vintage\nNOR,2024,5200,NOK,billion,April 2025\n"
WIDE = (
    '"Data Source","World Development Indicators",\n"Last Updated Date","2025-07-01",\n'
    '"Country Name","Country Code","Indicator Name","Indicator Code","2023","2024"\n'
    '"Norway","NOR","GDP (current US$)","NY.GDP.MKTP.CD","485000000000",""\n'
)


def test_a_share_names_the_vintage_and_the_digest_of_the_file(tmp_path: Path) -> None:
    path = gdp(tmp_path, LONG)
    found = pc.share_of_gdp("0.5%", "Norway", 2024, path)
    assert (found.amount, found.currency) == (Decimal("2.6E+10"), "NOK")
    assert (found.low, found.high) == (Decimal("23400000000"), Decimal("28600000000"))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    assert "vintage April 2025" in str(found)
    assert digest in str(found)


def test_a_column_a_year_is_read_with_the_day_of_its_edition(tmp_path: Path) -> None:
    table = pc.read_gdp(gdp(tmp_path, WIDE))
    assert table.vintage == "2025-07-01"
    assert table.values == {("Norway", 2023): (Decimal(485_000_000_000), "USD")}


def test_gdp_is_converted_at_the_average_of_its_year(tmp_path: Path) -> None:
    found = pc.share_of_gdp("1%", "Norway", 2023, gdp(tmp_path, WIDE), "EUR")
    mean = pc.rate("USD", "EUR", on="2023").rate
    assert found.amount == Decimal(4_850_000_000) * mean
    assert "the average of 2023" in found.note


@pytest.mark.parametrize(
    ("country", "year", "why"),
    [("Norway", 2025, "only of 2024"), ("Sweden", 2024, "has no GDP of Sweden")],
)
def test_a_year_that_the_file_lacks_is_unknown(
    tmp_path: Path, country: str, year: int, why: str
) -> None:
    found = pc.share_of_gdp("0.5%", country, year, gdp(tmp_path, LONG))
    assert found.amount is None
    assert found.note.startswith("unknown, because")
    assert why in found.note


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LONG.replace("NOK,billion", "NOK,billion constant 2015"), "no GDP in current prices"),
        (LONG.replace("NOK,billion", ",billion"), "currency of the GDP of Norway is not said"),
        ("a,b\n1,2\n", "has the columns country, year, gdp, currency"),
        (LONG.replace("5200", "much"), "'much' is no GDP of Norway in 2024"),
        (LONG + "NOR,2024,5300,NOK,billion,October 2025\n", "two GDPs of 2024"),
    ],
)
def test_a_table_of_gdp_that_cannot_be_used_is_refused(
    tmp_path: Path, text: str, words: str
) -> None:
    with pytest.raises(pc.UnreadableInputError, match=words):
        pc.read_gdp(gdp(tmp_path, text))


def test_shares_of_texts_take_the_year_that_is_given(tmp_path: Path) -> None:
    path = gdp(tmp_path, "country,year,gdp,currency\nLithuania,2024,78400000000,EUR\n")
    claims = pc.read(LITHUANIA)
    table = pc.shares_of_gdp(claims, path, year=2024)
    assert table["amount"].tolist() == [196e6, 196e6]
    undated = pc.shares_of_gdp(claims, path)
    assert undated["amount"].isna().all()
    assert undated["answer"].str.contains("unknown, because").all()


def test_a_share_of_national_income_is_no_share_of_gdp(tmp_path: Path) -> None:
    claims = pc.read_text("Norway will give 1% of GNI to Kenya.", published="2024-05-01")
    table = pc.shares_of_gdp(claims, gdp(tmp_path, LONG))
    assert table["amount"].isna().all()
    assert "GNI" in table["answer"][0]


def test_a_pledge_beyond_what_a_country_gives_is_hardly_plausible(tmp_path: Path) -> None:
    path = gdp(tmp_path, "country,year,gdp,currency,unit\nEstonia,2025,41000,EUR,million\n")
    slip = reconciled("Estonia pledged 68.3 billion euros to Ukraine, the ministry said.")
    right = reconciled("Estonia pledged 68.3 million euros to Ukraine, the ministry said.")
    assert pc.plausible(slip, path)["plausible"].tolist() == ["no"]
    assert "68.3 million EUR" in pc.plausible(slip, path)["answer"][0]
    assert pc.plausible(right, path)["plausible"].tolist() == ["yes"]
    assert pc.plausible(right, path, 2030)["plausible"].tolist() == ["unknown"]


# years


@pytest.mark.parametrize(
    ("words", "years", "per_year", "says"),
    [
        ("12 million euros over three years", 3, 4e6, False),
        ("12 million euros over 18 months", 1.5, 8e6, False),
        ("12 million euros in 2024-2026", 3, 4e6, False),
        ("12 million euros a year from 2024 to 2026", 3, 12e6, True),
        ("12 million euros annually", None, 12e6, True),
        ("12 million euros until 2027", None, None, False),
        ("12 million euros in the fiscal year 2025/26", 1, 12e6, False),
    ],
)
def test_a_sum_by_year_says_whether_the_source_does(
    words: str, years: float | None, per_year: float | None, says: bool
) -> None:
    table = pc.per_year(reconciled(f"Norway will give Kenya {words}.", published="2024-01-10"))
    row = table.iloc[0]
    assert (None if pd.isna(row["years"]) else row["years"]) == years
    assert (None if pd.isna(row["per_year"]) else row["per_year"]) == per_year
    assert row["says_per_year"] == says
    assert ("unknown, because" in row["answer"]) == (years is None)


# parts and headlines


def test_the_missing_part_is_a_range_of_the_printed_digits() -> None:
    text = (
        "Norway will give Ukraine 85 billion kroner: 50 billion kroner for arms, 20 billion kroner "
        "for the budget and 10 billion kroner for energy."
    )
    row = pc.parts(reconciled(text)).iloc[0]
    assert row["verdict"] == "missing"
    assert (row["missing_low"], row["missing_high"]) == (3e9, 7e9)
    assert "5 billion NOK" in row["answer"]


def test_parts_that_make_the_whole_add_up() -> None:
    text = "Norway will give Chad 90 million euros, 60 million in grants and 30 million in loans."
    row = pc.parts(reconciled(text)).iloc[0]
    assert row["verdict"] == "adds-up"


def test_one_part_for_each_of_several_is_counted_as_often() -> None:
    text = (ROOT / "examples/questions/each.txt").read_text(encoding="utf-8")
    row = pc.parts(reconciled(text)).iloc[0]
    assert row["verdict"] == "adds-up"
    assert "for each of 3" in row["answer"]


@pytest.mark.parametrize(
    ("head", "body", "same", "cause"),
    [
        ("€201 million", "201 million euros", "yes", None),
        ("€200 million", "201 million euros", "yes, but", "rounding"),
        ("€12m", "12.7 million euros", "yes, but", "truncation"),
        ("€201 million", "over 201 million euros", "yes, but", "qualifier-dropped"),
        ("$222 million", "201 million euros", "yes, but", "other-currency"),
    ],
)
def test_a_headline_is_compared_with_its_body(
    head: str, body: str, same: str, cause: str | None
) -> None:
    text = f"Denmark to send Ukraine {head}\n\nDenmark will give Ukraine {body}, it said."
    row = pc.headlines(reconciled(text)).iloc[0]
    assert (row["same"], None if pd.isna(row["cause"]) else row["cause"]) == (same, cause)


def test_a_headline_without_a_figure_has_no_row() -> None:
    text = "Denmark to send aid\n\nDenmark will give Ukraine 201 million euros, it said."
    assert not len(pc.headlines(reconciled(text)))


# stages and timelines


def test_a_stage_that_no_source_tells_is_blank() -> None:
    table = pc.stages(reconciled("Norway paid 5 million euros to Mali, the ministry said."))
    assert table["disbursed_low"].tolist() == [5e6]
    assert table[["pledged_low", "committed_low", "allocated_low"]].isna().all(axis=None)


def test_a_pledge_stands_at_every_stage_that_is_told_and_once_in_each() -> None:
    table = pc.stages(pc.reconcile(pc.read(LITHUANIA)), donor="Lithuania")
    row = table.iloc[0]
    assert (row["pledged_low"], row["committed_low"], row["disbursed_low"]) == (10e6, 10e6, 20e6)


def test_loans_and_goods_are_left_out_of_a_second_row() -> None:
    text = (ROOT / "examples/questions/loans-and-goods.txt").read_text(encoding="utf-8")
    table = pc.stages(reconciled(text, "CAD"), donor="Canada", recipient="Ukraine")
    assert table["pledged_low"].tolist() == [2.7e9, 400e6]
    assert table["money"].tolist() == ["all", "without loan, in-kind"]
    every = pc.stages(reconciled(text, "CAD"), donor="Canada", without=())
    assert every["money"].tolist() == ["all"]
    with pytest.raises(pc.UsageError, match="'gift' is no modality"):
        pc.stages(reconciled(text), without=("gift",))


def test_the_stages_of_a_register_are_its_sums_by_stage() -> None:
    result = pc.reconcile(pc.read(ROOT / "examples" / "register.csv"))
    table = pc.stages(result).set_index("donor")
    for stage in ("committed", "disbursed"):
        total = result.total("Norway", status=stage)
        assert table.loc["Norway", f"{stage}_low"] == total.low
    assert table.loc["all donors", "rows"] == 8


def test_a_timeline_has_the_first_mention_and_what_was_told_again() -> None:
    result = pc.reconcile(pc.read(LITHUANIA))
    table = pc.timeline(result)
    assert table["new_money"].tolist() == ["first", "stage"]
    assert table["published"].is_monotonic_increasing
    one = pc.timeline(result, str(table["claim_id"][1])[:8])
    assert one[one["relation"].isna()]["pledge_id"].tolist() == table["pledge_id"].tolist()
    assert one["relation"].dropna().tolist() == ["instalment-of"]
    with pytest.raises(pc.UsageError, match="p-none"):
        pc.timeline(result, "p-none")


# the same pledge?


def dispatch(donor: str, recipient: str, amount: float, **more: object) -> pd.DataFrame:
    row = {"source": [f"{donor}.txt"], "published": ["2024-11-04"], "donor": [donor]}
    return pd.DataFrame(
        {**row, "recipient": [recipient], "amount": [amount], "currency": ["EUR"]} | more
    )


def test_two_files_about_one_pledge_are_told_so() -> None:
    found = pc.same_pledge(
        LITHUANIA / "courier-memorandum.txt", LITHUANIA / "courier-long-range-drones.txt"
    )
    assert found.answer == "yes"
    assert found.pairs["relation"][0] == "same"
    assert 0.9 <= found.pairs["confidence"][0] < 1


def test_a_file_is_about_the_same_pledge_as_its_copy() -> None:
    path = LITHUANIA / "courier-memorandum.txt"
    assert pc.same_pledge(path, path).answer == "yes"


def test_other_parties_make_another_pledge() -> None:
    found = pc.same_pledge(dispatch("Norway", "Chad", 5e6), dispatch("Sweden", "Mali", 5e6))
    assert found.answer == "no"
    assert "the donors differ: Norway and Sweden" in found.reasons[0]
    assert "the recipients differ: Chad and Mali" in found.reasons[0]


def test_a_possible_part_is_a_maybe() -> None:
    found = pc.same_pledge(
        LITHUANIA / "courier-memorandum.txt", LITHUANIA / "courier-arms-purchase.txt"
    )
    assert found.answer == "maybe"
    assert "may be a part of" in found.reasons[0]


def test_a_file_without_a_pledge_leaves_the_answer_open() -> None:
    found = pc.same_pledge(
        LITHUANIA / "courier-memorandum.txt", LITHUANIA / "review-joint-production.txt"
    )
    assert found.answer == "maybe"
    assert found.reasons[0].startswith("unknown, because review-joint-production.txt names no")


def test_which_file_comes_first_does_not_change_the_answer() -> None:
    names = sorted(LITHUANIA.glob("*.txt"))
    for a in names:
        for b in names:
            assert pc.same_pledge(a, b).answer == pc.same_pledge(b, a).answer


# citing


def test_the_line_names_inputs_rates_policy_and_version() -> None:
    path = LITHUANIA / "courier-memorandum.txt"
    result = pc.reconcile(pc.read(path), "USD")
    line = pc.cite(result, path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    for part in (f"pledgecalc {pc.__version__}", digest, "policy spot", "amounts in USD"):
        assert part in line
    source = pc.convert(1, "EUR", "USD", on="2024-11-04").source_version
    assert source.partition(" sha256:")[0] in line
    assert source.partition(" sha256:")[2] in line
    assert line == pc.cite(pc.reconcile(pc.read(path), "USD"), path)


def test_a_table_that_gave_a_rate_is_cited() -> None:
    result = reconciled("Ukraine gave Chad 5 million hryvnias, the ministry said.")
    assert "NBP" in pc.cite(result)


def test_another_byte_of_the_input_makes_another_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Norway will give Chad 5 million euros.", encoding="utf-8")
    result = pc.reconcile(pc.read(path, published="2025-04-04"))
    first = pc.cite(result, path)
    path.write_text("Norway will give Chad 5 million euros. ", encoding="utf-8")
    assert pc.cite(result, path) != first


def test_json_with_a_citation_stays_json(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(LITHUANIA / "courier-memorandum.txt")
    assert cli.main(["read", path, "--json", "--cite"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[-1]["citation"].startswith("pledgecalc")
    assert all("claim_id" in line for line in lines[:-1])


@pytest.mark.parametrize("shape", ["json", "csv", "markdown", "table"])
@pytest.mark.parametrize(
    "command", ["stages", "timeline", "parts", "headlines", "yearly", "constant"]
)
def test_every_format_of_every_question_is_printed(
    command: str, shape: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([command, str(LITHUANIA), "--format", shape, "--quiet"]) == 0
    out = capsys.readouterr().out
    if shape == "json":
        assert all(json.loads(line) for line in out.splitlines())
