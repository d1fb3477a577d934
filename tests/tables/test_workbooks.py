"""Workbooks as ministries send them: old, binary and open formats, sheets, formats, slips."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest

from calc.claims import read
from calc.tables import read_table, workbook_cells
from calc.tables.formats import currency_of_format
from rates.errors import UnreadableInputError

HERE = Path(__file__).parent
openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("python_calamine")

ROWS: list[list[Any]] = [
    ["Donor", "Recipient", "Amount", "Currency", "Date"],
    ["Norway", "Ukraine", 5_000_000, "NOK", "2024-11-04"],
    ["Sweden", "Moldova", 2_500_000.5, "SEK", "2024-11-05"],
]
NUMBERS = [5_000_000, 2_500_000.5]


def book(tmp_path: Path, sheets: dict[str, list[list[Any]]], name: str = "a.xlsx") -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(tmp_path / name)
    return tmp_path / name


def ods(tmp_path: Path, rows: str, name: str = "a.ods") -> Path:
    """An OpenDocument file with one sheet."""
    kinds = "table office text"
    spaces = " ".join(
        f'xmlns:{kind}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"' for kind in kinds.split()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}>'
        f'<office:body><office:spreadsheet><table:table table:name="Aid">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / name, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        manifest = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
        archive.writestr("META-INF/manifest.xml", f"<manifest:manifest {manifest}/>")
    return tmp_path / name


def ods_row(cells: list[Any], repeated: str = "") -> str:
    words = "".join(
        f'<table:table-cell office:value-type="float" office:value="{cell}"{repeated}/>'
        if isinstance(cell, int | float)
        else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
        "</table:table-cell>"
        for cell in cells
    )
    return f"<table:table-row>{words}</table:table-row>"


def record(kind: int, body: bytes = b"") -> bytes:
    """A record of a binary workbook: its kind, its size, its body."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = b""
    left = len(body)
    while left >= 0x80:
        size += bytes([left & 0x7F | 0x80])
        left >>= 7
    return head + size + bytes([left]) + body


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(path: Path, rows: dict[int, dict[int, Any]]) -> Path:
    """A binary workbook with one sheet; cells by row and column, from 0."""
    size = struct.pack("<IIII", 0, max(rows), 0, max(max(cells) for cells in rows.values()))
    sheet = record(0x81) + record(0x94, size) + record(0x91)
    for number, cells in rows.items():
        sheet += record(0, struct.pack("<I", number) + bytes(21))
        for column, cell in cells.items():
            head = struct.pack("<II", column, 0)
            number_of = isinstance(cell, int | float)
            value = struct.pack("<d", cell) if number_of else wide(cell)
            sheet += record(5 if number_of else 6, head + value)
    sheet += record(0x92) + record(0x82)
    bundle = struct.pack("<II", 0, 1) + wide("rId1") + wide("Aid")
    book = record(0x83) + record(0x8F) + record(0x9C, bundle) + record(0x90) + record(0x84)
    spaces = "http://schemas.openxmlformats.org"
    kind = f"{spaces}/officeDocument/2006/relationships"
    related = (
        f'<Relationships xmlns="{spaces}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{kind}/{{}}" Target="{{}}"/></Relationships>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", related.format("officeDocument", "xl/workbook.bin"))
        sheets = related.format("worksheet", "worksheets/sheet1.bin")
        archive.writestr("xl/_rels/workbook.bin.rels", sheets)
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return path


def test_a_binary_workbook(tmp_path: Path) -> None:
    rows = {at: dict(enumerate(row)) for at, row in enumerate(ROWS)}
    claims = read(xlsb(tmp_path / "a.xlsb", rows))
    assert claims["amount"].tolist() == NUMBERS
    assert claims["donor"].tolist() == ["Norway", "Sweden"]


@pytest.mark.parametrize("place", [(1_000_000, 0), (2, 16_000)])
def test_a_stray_cell_of_a_binary_workbook_is_refused(
    tmp_path: Path, place: tuple[int, int]
) -> None:
    rows: dict[int, dict[int, Any]] = {at: dict(enumerate(row)) for at, row in enumerate(ROWS)}
    rows.setdefault(place[0], {})[place[1]] = 5.0
    with pytest.raises(UnreadableInputError, match="far away from all others"):
        read(xlsb(tmp_path / "a.xlsb", rows))


def test_an_open_document_sheet(tmp_path: Path) -> None:
    claims = read(ods(tmp_path, "".join(map(ods_row, ROWS))))
    assert claims["amount"].tolist() == NUMBERS
    assert claims["donor"].tolist() == ["Norway", "Sweden"]


def test_an_old_excel_file() -> None:
    claims = read(HERE / "old.xls")
    assert claims["amount"].tolist() == NUMBERS
    assert claims["recipient"].tolist() == ["Ukraine", "Moldova"]
    assert str(claims["published"].tolist()[0].date()) == "2024-11-04"


def test_a_page_by_the_name_of_an_excel_file(tmp_path: Path) -> None:
    pytest.importorskip("lxml")
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    (tmp_path / "a.xls").write_text(f"<html><body><table>{rows}</table></body></html>")
    assert read(tmp_path / "a.xls")["amount"].tolist() == NUMBERS


def test_text_by_the_name_of_an_excel_file(tmp_path: Path) -> None:
    text = "\n".join("\t".join(map(str, row)) for row in ROWS)
    (tmp_path / "a.xls").write_text(text)
    assert read(tmp_path / "a.xls")["amount"].tolist() == NUMBERS


def test_a_sheet_by_name_by_number_and_by_the_columns_that_are_named(tmp_path: Path) -> None:
    other: list[list[Any]] = [["Code", "Volume"], ["KE", 7], ["UG", 8]]
    path = book(tmp_path, {"Read me": [["Notes"]], "Aid": ROWS, "Other": other})
    assert read_table(path)["amount"].tolist() == NUMBERS
    named = {"amount": "Volume", "recipient": "Code"}
    assert read_table(path, columns=named)["amount"].tolist() == [7, 8]
    for sheet in ("other", "3"):
        assert read_table(path, sheet=sheet, columns=named)["amount"].tolist() == [7, 8]
    with pytest.raises(UnreadableInputError, match="no filled sheet 'Sheet9'; it has Read me, Aid"):
        read_table(path, sheet="Sheet9")
    assert any("--sheet" in note for note in read_table(path).attrs["notes"])


def test_the_currency_of_a_number_format(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for row in (["Aid register"], ["Donor", "Amount"], ["Norway", 5], ["Sweden", 6.5], ["X", 7]):
        made.active.append(row)
    for cell, code in (("B3", "[$€-407] #,##0.00"), ("B4", '#,##0 "SEK"'), ("B5", "0.00")):
        made.active[cell].number_format = code
    made.save(tmp_path / "a.xlsx")
    claims = read(tmp_path / "a.xlsx")
    assert claims["currency"].fillna("none").tolist() == ["EUR", "SEK", "none"]


@pytest.mark.parametrize(
    ("code", "currency"),
    [
        ("[$$-409]#,##0.00", "USD"),
        ("[$$-1009]#,##0", "CAD"),
        ("[$kr-414] #,##0", "NOK"),
        ("#,##0\\ [$zł-415]", "PLN"),
        ("[$USD] #,##0", "USD"),
        ('_-* #,##0.00\\ "€"_-;-* #,##0.00\\ "€"_-', "EUR"),
        ('"$"#,##0', None),
        ("0.00%", None),
        ("#,##0", None),
        ('#,##0 "mio"', None),
        ("[Red]0.0", None),
        ("yyyy-mm-dd", None),
    ],
)
def test_currencies_of_formats(code: str, currency: str | None) -> None:
    assert currency_of_format(code) == currency


def test_a_stray_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for row in ROWS:
        made.active.append(row)
    made.active["XFD1048576"] = "x"
    made.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx")["amount"].tolist() == NUMBERS


def test_a_cell_that_repeats_thousands_of_times_is_refused(tmp_path: Path) -> None:
    many = ' table:number-columns-repeated="16384"'
    path = ods(tmp_path, ods_row(["Donor", "Amount"]) + ods_row(["Norway", 5], many))
    with pytest.raises(UnreadableInputError, match="thousands of times"):
        read(path)


def test_empty_rows_to_the_end_of_an_open_document_are_none(tmp_path: Path) -> None:
    end = '<table:table-row table:number-rows-repeated="1048573"><table:table-cell '
    end += 'table:number-columns-repeated="16384"/></table:table-row>'
    claims = read(ods(tmp_path, "".join(map(ods_row, ROWS)) + end))
    assert claims["amount"].tolist() == NUMBERS


def test_words_merged_over_rows_stand_in_each(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for row in (["Donor", "Amount"], ["Norway", 5], [None, 6], ["Sweden", 7]):
        made.active.append(row)
    made.active.merge_cells("A2:A3")
    made.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx")["donor"].tolist() == ["Norway", "Norway", "Sweden"]


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods", "a.xlsb"])
def test_damaged_workbooks_are_refused(tmp_path: Path, name: str) -> None:
    start = b"\xd0\xcf\x11\xe0" if name == "a.xls" else b"PK\x03\x04"
    (tmp_path / name).write_bytes(start + b" damaged")
    with pytest.raises(UnreadableInputError, match=rf"{name}: not a readable Excel file"):
        read(tmp_path / name)


def test_a_panic_of_the_reader_is_an_error_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PanicError(BaseException):
        """What a reader in another language raises where it gives up."""

    def panic(*_: object) -> object:
        raise PanicError("no entry found for key")

    monkeypatch.setattr("python_calamine.load_workbook", panic)
    path = book(tmp_path, {"Aid": ROWS})
    with pytest.raises(UnreadableInputError, match="no entry found for key"):
        read(path)


def test_an_old_file_that_its_reader_never_comes_back_from_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbook_cells.contents_elsewhere, "__defaults__", (0.0,))
    with pytest.raises(UnreadableInputError, match="not read within 0 seconds"):
        read(HERE / "old.xls")


def test_a_zip_by_the_name_of_a_workbook_is_named(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", "donor,amount\n")
    (tmp_path / "a.xlsx").write_bytes(packed.getvalue())
    with pytest.raises(UnreadableInputError, match="no workbook"):
        read(tmp_path / "a.xlsx")
