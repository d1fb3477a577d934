"""Files that somebody makes to stop a reader: small in the tests, full in benchmarks/hostile.py."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import Any, NamedTuple

MANY = 100_000
_NO_STRINGS = re.compile(r"<[^<>]*sharedStrings[^<>]*>")
_CELLS = '<row r="1"><c r="A1" t="inlineStr"><is><t>donor</t></is></c></row>'


class Hostile(NamedTuple):
    """A file: its name, its bytes for a size, and the size that it has when it is full."""

    name: str
    made: Callable[[int], bytes]
    full: int
    is_refused: bool | None = None  # None: either will do


def _again(unit: str) -> Callable[[int], bytes]:
    data = unit.encode("utf-8", "surrogatepass")
    return lambda size: data * max(size // len(data), 1)


def _zipped(name: str, unit: bytes) -> Callable[[int], bytes]:
    def made(size: int) -> bytes:
        packed = io.BytesIO()
        with (
            zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
            archive.open(name, "w", force_zip64=True) as file,
        ):
            piece = unit * (1_000_000 // len(unit))
            for _ in range(max(size // len(piece), 1)):
                file.write(piece)
        return packed.getvalue()

    return made


def workbook(sheet: Callable[[int], list[bytes]], shared: bool = False) -> Callable[[int], bytes]:
    """A workbook of one sheet, written piece by piece; or one of shared strings."""

    def made(size: int) -> bytes:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in _PARTS.items():
                archive.writestr(name, text if shared else _NO_STRINGS.sub("", text))
            one = b"<worksheet><sheetData>" + _CELLS.encode() + b"</sheetData></worksheet>"
            with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as file:
                for piece in [one] if shared else sheet(size):
                    file.write(piece)
            if shared:
                with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as file:
                    for piece in sheet(size):
                        file.write(piece)
        return packed.getvalue()

    return made


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Aid" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    "</Relationships>",
}


def _of_cells(*cells: tuple[str, str]) -> Callable[[int], list[bytes]]:
    """A table of two rows, and cells far away from it."""

    def cell(place: str, text: str) -> str:
        return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'

    rows = {1: cell("A1", "donor") + cell("B1", "amount"), 2: cell("A2", "Norway")}
    rows[2] += cell("B2", "5 EUR")
    for place, text in cells:
        number = int(place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        rows[number] = rows.get(number, "") + cell(place, text)
    told = "".join(f'<row r="{number}">{row}</row>' for number, row in sorted(rows.items()))
    sheet = f'<worksheet xmlns="{_SHEET}"><sheetData>{told}</sheetData></worksheet>'
    return lambda _: [sheet.encode()]


def _spaces(size: int) -> list[bytes]:
    piece = b" " * 1_000_000
    begin = f'<worksheet xmlns="{_SHEET}"><sheetData>'.encode()
    return [begin, *[piece] * max(size // len(piece), 1), b"</sheetData></worksheet>"]


def _strings(size: int) -> list[bytes]:
    piece = b"<si><t>" + b"a" * 32_000 + b"</t></si>"
    begin = f'<sst xmlns="{_SHEET}">'.encode()
    return [begin, *[piece] * max(size // len(piece), 1), b"</sst>"]


def _many_cells(size: int) -> list[bytes]:
    """Rows of equal short cells: they pack to a hundredth."""
    row = b"<row>" + b"<c><v>1</v></c>" * 1_000 + b"</row>"
    begin = f'<worksheet xmlns="{_SHEET}"><sheetData>'.encode()
    return [begin, *[row] * max(size // len(row), 1), b"</sheetData></worksheet>"]


def _laughs(size: int) -> bytes:
    """Each entity is ten of the one before."""
    depth = 3 if size < MANY else 12
    entities = ['<!ENTITY a0 "ha">'] + [
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, depth)
    ]
    return (
        f"<?xml version='1.0'?><!DOCTYPE iati-activities [{''.join(entities)}]>"
        f"<iati-activities><iati-activity>&a{depth - 1};</iati-activity></iati-activities>"
    ).encode()


def _external(_: int) -> bytes:
    return (
        b"<?xml version='1.0'?><!DOCTYPE iati-activities [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
        b"<iati-activities><iati-activity><title>&x;</title></iati-activity></iati-activities>"
    )


def _nested(begin: str, unit: str, end: str) -> Callable[[int], bytes]:
    close = f"</{unit[1:]}"
    return lambda size: (
        begin + unit * (size // len(unit)) + "Norway gave 5 million euros." + close * 3 + end
    ).encode()


def _pdf(size: int) -> bytes:
    """One page whose stream unpacks to ``size`` bytes."""
    packing = zlib.compressobj(9)
    piece = b"(a) Tj " * 100_000
    stream = b"".join(packing.compress(piece) for _ in range(max(size // len(piece), 1)))
    stream += packing.flush()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<<>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (
            table,
            len(out),
        )
    )


def _arrow(columns: Callable[[Any, int], dict[str, Any]], **options: Any) -> Callable[[int], bytes]:
    """A Parquet file; without pyarrow what is none."""

    def made(size: int) -> bytes:
        try:
            import pyarrow as pa
            from pyarrow import parquet
        except ImportError:
            return b"PAR1" * 4
        packed = io.BytesIO()
        parquet.write_table(pa.table(columns(pa, size)), packed, **options)
        return packed.getvalue()

    return made


def _coded(pa: Any, word: str, count: int) -> Any:
    """A column that holds one word as often as wanted: a byte or so for a thousand rows."""
    return pa.DictionaryArray.from_arrays(
        pa.nulls(count, pa.int32()).fill_null(0), pa.array([word])
    )


def _packed_arrow(size: int) -> bytes:
    try:
        import pyarrow as pa
    except ImportError:
        return b"ARROW1" * 4
    table = pa.table({"donor": pa.array(["x" * size]), "amount": pa.array([5])})
    packed = io.BytesIO()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_file(packed, table.schema, options=options) as file:
        file.write_table(table)
    return packed.getvalue()


def _tarred(size: int) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        entry = tarfile.TarInfo("a.txt")
        entry.size = size
        tar.addfile(entry, io.BytesIO(b"a" * size))
    return packed.getvalue()


def _mail(size: int) -> bytes:
    """Parts within parts within parts."""
    depth = max(size // 60, 2)
    heads = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth)
    )
    return f"From: a@b.example\nSubject: x\n{heads}\nNorway gave 5 million euros.\n".encode()


def _page_table(size: int) -> bytes:
    row = "<tr><td>Norway</td><td>5 EUR</td></tr>"
    head = "<table><tr><th>donor</th><th>amount</th></tr>"
    return f"<html><body>{head}{row * (size // len(row))}</table></body></html>".encode()


def _columns(size: int) -> bytes:
    names = ",".join(f"c{number}" for number in range(size // 8))
    return f"donor,amount,{names}\nNorway,5 EUR,{'x,' * (size // 8)}\n".encode()


TEXTS = {
    "one line": "a",
    "words": "word ",
    "digits": "7",
    "brackets": "(",
    "square brackets": "[",
    "euro signs": "€",
    "dollar signs": "$",
    "amounts": "$1 million ",
    "no full stop": "Norway gave Ukraine 5 million euros and ",
    "combining marks": "a" + "\u0301" * 999,
    "commas": ",",
    "quotes": '"',
    "right to left": "\u202e5 million euros ",
    "escapes": "\x1b[31m5 million euros\x07 ",
    "NULs": "\x00",
    "blank lines": "\n",
}
MB = 1_000_000
HOSTILE = {
    **{f"{n}, a text": Hostile("a.txt", _again(t), 19 * MB) for n, t in TEXTS.items()},
    **{f"{n}, a table": Hostile("a.csv", _again(t), 100 * MB) for n, t in TEXTS.items()},
    "100 MB of text": Hostile("a.txt", _again("word "), 100 * MB),
    "columns": Hostile("a.csv", _columns, 100 * MB),
    "JSON brackets": Hostile("a.json", _again("["), 100 * MB, True),
    "JSON digits": Hostile("a.json", lambda n: b'[{"amount": ' + b"7" * n + b"}]", 100 * MB),
    "HTML nested": Hostile("a.html", _nested("<html>", "<div>", "</html>"), 500_000),
    "HTML paragraphs": Hostile("a.html", _again("<p>"), 9 * MB),
    "HTML attributes": Hostile("a.html", lambda n: b"<p" + b" a=1" * (n // 4) + b">x", 9 * MB),
    "XML nested": Hostile(
        "a.xml", _nested("<?xml version='1.0'?><iati-activities>", "<a>", ""), 300_000, True
    ),
    "XML entities": Hostile("a.xml", _laughs, MANY, True),
    "XML from elsewhere": Hostile("a.xml", _external, 1, True),
    "a zip of one text": Hostile("a.zip", _zipped("a.txt", b"a"), 2_000 * MB, True),
    "a gz of one text": Hostile("a.txt.gz", lambda n: gzip.compress(b"a" * n), 500 * MB, True),
    "a workbook of spaces": Hostile("a.xlsx", workbook(_spaces), 900 * MB),
    "a workbook of strings": Hostile("a.xlsx", workbook(_strings, shared=True), 900 * MB),
    "a workbook of cells": Hostile("a.xlsx", workbook(_many_cells), 900 * MB),
    "a cell far right": Hostile("a.xlsx", workbook(_of_cells(("XFD1", "x"))), 1),
    "a cell far below": Hostile("a.xlsx", workbook(_of_cells(("C1048576", "x"))), 1),
    "a cell far away": Hostile("a.xlsx", workbook(_of_cells(("XFD1048576", "x"))), 1),
    "a PDF that unpacks": Hostile("a.pdf", _pdf, 1_000 * MB),
    "a DOCX that unpacks": Hostile("a.docx", _zipped("word/document.xml", b" "), 900 * MB),
    "an xz of one text": Hostile("a.txt.xz", lambda n: lzma.compress(b"a" * n), 500 * MB, True),
    "a bz2 of one text": Hostile("a.txt.bz2", lambda n: bz2.compress(b"a" * n), 500 * MB, True),
    "a tar of one text": Hostile("a.tar.gz", _tarred, 400 * MB),
    "short rows": Hostile("a.csv", lambda n: b"donor,amount\n" + b"a,5\n" * (n // 4), 100 * MB),
    "lines of JSON": Hostile("a.jsonl", _again('{"amount": 5}\n'), 100 * MB),
    "a JSON of deep rows": Hostile(
        "a.json",
        lambda n: b'[{"amount": 5, "x": ' + b"[" * (n // 2) + b"]" * (n // 2) + b"}]",
        MANY,
    ),
    "a mail of parts": Hostile("a.eml", _mail, 5 * MB),
    "a page of rows": Hostile("a.html", _page_table, 2 * MB),
    "a Parquet file of rows": Hostile(
        "a.parquet", _arrow(lambda pa, n: {"amount": _coded(pa, "5 EUR", n)}), 50 * MB
    ),
    "a Parquet file of long cells": Hostile(
        "a.parquet",
        _arrow(lambda pa, n: {"donor": _coded(pa, "x" * n, 90_000), "amount": [5] * 90_000}),
        MB,
    ),
    "a Parquet file of shared beginnings": Hostile(
        "a.parquet",
        _arrow(
            lambda _, n: {"donor": ["x" * n] * 2_000, "amount": [5] * 2_000},
            use_dictionary=False,
            column_encoding={"donor": "DELTA_BYTE_ARRAY"},
        ),
        MB,
    ),
    "a Parquet file of lists": Hostile(
        "a.parquet",
        _arrow(lambda _, n: {"donor": [["x" * n] * 3] * 200, "amount": [5] * 200}),
        MB,
    ),
    "a Parquet file of columns": Hostile(
        "a.parquet",
        _arrow(lambda pa, n: {f"c{at}": pa.nulls(50_000) for at in range(n // 1_000)}),
        3 * MB,
    ),
    "a packed Arrow file": Hostile("a.arrow", _packed_arrow, 1_500 * MB),
}
