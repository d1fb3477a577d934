"""Tables that users bring, fixed official rates, and several tables in a stated order."""

import hashlib
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

import cli
from calc.values.windows import when
from rates import ecb, official
from rates.chain import Chain
from rates.conversion import convert, rate
from rates.errors import NoRateError, PledgecalcError, UnreadableInputError, UsageError
from rates.fixings import Fixings
from rates.sources import tables
from rates.user import read_rates

HEAD = "date,currency,rate,base\n"
NBU = HEAD + "2024-05-01,UAH,39.50,USD\n2024-05-02,UAH,39.42,USD\n"


@pytest.fixture
def nbu(tmp_path: Path) -> Path:
    path = tmp_path / "nbu.csv"
    path.write_text(NBU, encoding="utf-8")
    return path


def table_of(folder: Path, text: str) -> Fixings:
    path = folder / "own.csv"
    path.write_text(text, encoding="utf-8")
    return read_rates(path)


def test_the_stated_rate_comes_back_exactly(nbu: Path) -> None:
    found = convert(Decimal("394.20"), "UAH", "USD", "2024-05-02", rates=nbu)
    assert found.amount == 10
    assert (found.quality, found.source) == ("user", "nbu.csv + ECB")
    digest = hashlib.sha256(nbu.read_bytes()).hexdigest()[:12]
    assert found.source_version.startswith(f"2024-05-02 sha256:{digest}; 2026-")
    assert "1 USD = 39.42 UAH" in str(found)


def test_another_base_is_bridged_with_the_ecbs_rate_of_that_day(nbu: Path) -> None:
    found = rate("EUR", "UAH", "2024-05-02", rates=str(nbu))
    usd = ecb.fixings().as_of("USD", date(2024, 5, 2)).value
    assert found.rate == Decimal("39.42") * usd
    stated = found.to_dict()["legs"][0]["stated"]
    assert stated == f"1 USD = 39.42 UAH, 1 EUR = {usd} USD (ECB 2024-05-02)"


def test_columns_may_stand_in_any_order_with_others_between(tmp_path: Path) -> None:
    table = table_of(tmp_path, "Base;note;Rate;Date;Currency\nEUR;x;44.10;2024-05-01;uah\n\n")
    assert table.on("UAH", date(2024, 5, 1)).text == "44.10"  # type: ignore[union-attr]


def test_parquet_says_the_same_as_csv(tmp_path: Path, nbu: Path) -> None:
    frame = pd.read_csv(nbu, parse_dates=["date"])
    frame.to_parquet(tmp_path / "nbu.parquet")
    found = rate("USD", "UAH", "2024-05-02", rates=tmp_path / "nbu.parquet")
    assert found.rate == rate("USD", "UAH", "2024-05-02", rates=nbu).rate
    assert found.source == "ECB + nbu.parquet"


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ("2024-13-01,UAH,40,USD", ["row 2", "'2024-13-01'", "2024-11-04"]),
        ("2024-05,UAH,40,USD", ["row 2", "'2024-05'"]),
        ("01.05.2024,UAH,40,USD", ["row 2", "'01.05.2024'"]),
        ("2024-05-01,UAH,0,USD", ["row 2", "'0'", "positive"]),
        ("2024-05-01,UAH,-40,USD", ["row 2", "'-40'"]),
        ("2024-05-01,UAH,nan,USD", ["row 2", "'nan'"]),
        ("2024-05-01,UAH,,USD", ["row 2", "''"]),
        ("2024-05-01,UAH,4_0,USD", ["row 2", "'4_0'"]),
        ("2024-05-01,UAH,1e999,USD", ["row 2", "'1e999'"]),
        ("2024-05-01,XXL,40,USD", ["row 2", "XXL is not a currency", "XXX"]),
        ("2024-05-01,UAH,40,dollars", ["row 2", "dollars is not a currency", "USD"]),
        ("2024-05-01,UAH,40,UAH", ["row 2", "UAH is stated in UAH"]),
        ("2024-05-01,EUR,0.02,UAH", ["row 2", "inverted", "per 1 EUR"]),
        ("2024-05-01,UAH,10,AED", ["row 2", "AED", "use the base EUR"]),
        ("1998-05-01,UAH,10,USD", ["row 2", "1999-01-04"]),
        ("2024-05-01,UAH", ["row 2", "2 cells"]),
        (
            "2024-05-01,UAH,40,USD\n2024-05-01,UAH,41,USD",
            ["row 3", "41 per 1 USD", "40 per 1 USD in row 2"],
        ),
        ("2024-05-01,UAH,40,USD\n2024-05-01,UAH,40,EUR", ["row 3", "40 per 1 EUR"]),
    ],
)
def test_a_wrong_cell_is_named_with_its_row_and_value(
    tmp_path: Path, row: str, named: list[str]
) -> None:
    with pytest.raises(UnreadableInputError) as caught:
        table_of(tmp_path, HEAD + row + "\n")
    for words in ["own.csv", *named]:
        assert words in str(caught.value)


@pytest.mark.parametrize("column", ["date", "currency", "rate", "base"])
def test_a_missing_column_is_named(tmp_path: Path, column: str) -> None:
    with pytest.raises(UnreadableInputError, match=f"no column '{column}'.*it has"):
        table_of(tmp_path, NBU.replace(column, "else", 1))


@pytest.mark.parametrize("content", [b"", HEAD.encode(), b"\xff\xfe\x00", b"PAR1 broken"])
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableInputError, match=r"own\.csv"):
        read_rates(path)
    with pytest.raises(UnreadableInputError, match=r"none\.csv"):
        read_rates(tmp_path / "none.csv")


def test_one_row_twice_is_no_contradiction(tmp_path: Path) -> None:
    row = "2024-05-01,UAH,40.0,USD\n"
    assert table_of(tmp_path, HEAD + row + row.replace("40.0", "40.00")).currencies() == ("UAH",)


def test_own_rates_take_the_place_of_the_ecbs_where_they_have_any(tmp_path: Path) -> None:
    own = table_of(tmp_path, HEAD + "2024-11-04,USD,1.05,EUR\n")
    chain = tables([own, "ecb"])
    assert rate("EUR", "USD", "2024-11-04", rates=chain).rate == Decimal("1.05")
    later = rate("EUR", "USD", "2024-12-04", rates=chain)
    assert (later.source, later.quality) == ("ECB", "official")
    assert rate("EUR", "SEK", "2024-11-04", rates=chain).source == "ECB"
    assert rate("EUR", "USD", "2024-11-04", rates=["ecb", own]).source == "ECB"


def test_several_tables_are_asked_in_their_order(tmp_path: Path, nbu: Path) -> None:
    first = table_of(tmp_path, HEAD + "2024-05-02,UAH,50,EUR\n")
    assert rate("EUR", "UAH", "2024-05-02", rates=[first, nbu, "ecb"]).rate == 50
    found = rate("UAH", "USD", "2024-05-01", rates=[first, nbu, "ecb"])
    assert found.source == "nbu.csv + ECB"
    assert rate("UAH", "USD", "2022-05-04", rates=nbu).quality == "fixed-official"


def test_legs_of_different_days_are_remarked(tmp_path: Path) -> None:
    own = table_of(tmp_path, HEAD + "2024-05-04,UAH,42.4,EUR\n")  # a Saturday
    found = rate("UAH", "USD", "2024-05-05", rates=[own, "ecb"])
    assert (found.rate_date, found.days_back) == (date(2024, 5, 3), 2)
    remark = "the rates are of different days: UAH 2024-05-04 (own.csv), USD 2024-05-03 (ECB)"
    assert remark in found.warnings


def test_the_newest_rate_is_that_of_the_newest_table(tmp_path: Path) -> None:
    own = table_of(tmp_path, HEAD + "2020-05-04,USD,1.09,EUR\n")
    assert rate("EUR", "USD", rates=[own, "ecb"]).source == "ECB"


def test_a_table_alone_has_nothing_but_its_own(nbu: Path) -> None:
    table = read_rates(nbu)
    with pytest.raises(NoRateError, match=r"nbu\.csv publishes no rate for SEK"):
        rate("EUR", "SEK", "2024-05-02", rates=table)
    with pytest.raises(NoRateError, match="newest here is of 2024-05-02"):
        rate("EUR", "UAH", "2024-06-02", rates=table)


def test_own_rates_end_where_the_euro_came(tmp_path: Path) -> None:
    own = table_of(tmp_path, HEAD + "2014-12-31,LTL,3.5,EUR\n2015-01-05,SEK,9.4,EUR\n")
    assert rate("EUR", "LTL", "2014-12-31", rates=[own, "ecb"]).rate == Decimal("3.5")
    assert rate("EUR", "LTL", "2015-01-01", rates=[own, "ecb"]).quality == "irrevocable"


def test_averages_count_the_days_of_their_own_table(nbu: Path) -> None:
    found = rate("EUR", "USD", "2024-05", rates=nbu)
    assert (found.source, found.warnings[1:]) == ("ECB", ())
    own = rate("EUR", "UAH", "2024-05", rates=nbu)
    assert own.quality == "user"
    assert "partial" in own.warnings[1]


@pytest.mark.parametrize("rates", [5, [], [5], {"a": 1}])
def test_what_is_no_table_of_rates_is_said(rates: object) -> None:
    with pytest.raises(UsageError, match="no table of rates"):
        tables(rates)  # type: ignore[arg-type]


def test_built_in_tables_are_made_once() -> None:
    assert tables() is tables(None)
    assert isinstance(tables(), Chain)
    assert tables("ecb") is ecb.fixings()


def test_windows_of_a_stated_conversion_come_from_the_tables_given(nbu: Path) -> None:
    assert str(when("394.2m", "UAH", "10m", "USD", rates=[nbu, "ecb"])) == "2024-05-02"
    whole = when("394.2m", "UAH", "10m", "USD", rates=nbu)  # NBP's days around it too
    assert any(one.start < date(2024, 5, 2) < one.end for one in whole)
    assert str(when("683m", "EUR", "763m", "USD", "2024-09-20", rates=nbu)).startswith("2024-09-19")


def test_fixed_regimes_are_data_with_source_and_reason(tmp_path: Path) -> None:
    nbu_table = next(one for one in official.tables(ecb.fixings()) if one.has("UAH"))
    assert nbu_table.quality == "fixed-official"
    found = rate("USD", "UAH", "2022-07-23")  # a Saturday after the change of Thursday
    assert (found.rate, found.source) == (Decimal("36.5686"), "ECB + National Bank of Ukraine")
    path = tmp_path / "official.tsv"
    line = "XYZ\tEUR\t2\t{}\t{}\tBank\tgazette\tpeg\n"
    head = "currency\tbase\trate\tfirst\tlast\tauthority\tsource\treason\n"
    path.write_text(head + line.format("2024-01-02", "2024-01-05"), encoding="utf-8")
    (added,) = official.tables(ecb.fixings(), str(path))
    assert added.as_of("XYZ", date(2024, 1, 5)).value == 2
    with pytest.raises(NoRateError):
        added.as_of("XYZ", date(2024, 1, 8))
    overlap = line.format("2024-01-02", "2024-01-05") + line.format("2024-01-05", "2024-01-09")
    path.write_text(head + overlap, encoding="utf-8")
    with pytest.raises(PledgecalcError, match="overlaps"):
        official.tables(ecb.fixings(), str(path))


def test_every_verb_takes_rates(nbu: Path, capsys: pytest.CaptureFixture[str]) -> None:
    verbs = [
        ["convert", "394.2m", "UAH", "USD", "--on", "2024-05-02"],
        ["rate", "UAH", "USD", "--on", "2024-05-02"],
    ]
    for words in verbs:
        assert cli.main([*words, "--rates", str(nbu), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["source"] == "nbu.csv + ECB"
    days = ["when", "394.2m", "UAH", "10m", "USD", "--before", "2024-05-02"]
    assert cli.main([*days, "--rates", str(nbu)]) == 0
    assert "2024-05-02" in capsys.readouterr().out
    claims = nbu.parent / "claims.csv"
    claims.write_text(
        "source,published,donor,recipient,amount,currency\na,2024-05-02,X,Y,394.2,UAH\n",
        encoding="utf-8",
    )
    command = ["total", str(claims), "--in", "USD", "--rates", str(nbu), "--json"]
    assert cli.main(command) == 0
    assert '"10' in capsys.readouterr().out


def test_a_table_that_cannot_be_read_exits_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "own.csv"
    path.write_text(HEAD + "2024-05-01,UAH,zero,USD\n", encoding="utf-8")
    assert cli.main(["convert", "1", "UAH", "USD", "--rates", str(path)]) == 2
    assert "own.csv, row 2: 'zero' is not a rate" in capsys.readouterr().err


def test_a_stated_rate_comes_back_from_its_own_day_when_the_ecb_has_a_newer_one(nbu: Path) -> None:
    found = convert(Decimal("394.20"), "UAH", "USD", "2024-05-03", rates=nbu)
    assert found.amount == 10
    assert (found.rate_date, found.days_back) == (date(2024, 5, 2), 1)
    assert not any("different days" in text for text in found.warnings)


def test_a_rate_of_a_saturday_stands_against_fridays_euro(tmp_path: Path) -> None:
    own = table_of(tmp_path, HEAD + "2024-05-03,UAH,39.3,USD\n2024-05-04,UAH,39.5,USD\n")
    found = convert(395, "UAH", "USD", "2024-05-05", rates=[own, "ecb"])
    assert found.amount == 10
    assert found.warnings[1:] == ()
