"""Files that nobody wrote, of every kind: whole ones with odd values in them, and damaged ones."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import json
import random
import re
import zipfile
import zlib
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pyarrow as pa
import pyarrow.parquet as pq

from . import known, typed
from .mutations import ODD, Make, changed, damaged, encoded

PARTIES = ("Norway", "Sweden", "Norway|Sweden", "EU Institutions", "", "the Netherlands", "UNICEF")
RECIPIENTS = ("Ukraine", "Kenya", "Moldova", "", "Sudan")
DAYS = ("2024-11-04", "2024-11-20", "2025-03-02", "2024-11", "2024", "", "04/11/2024")


def cell(chance: random.Random) -> str:
    """A cell of a table that somebody might have typed, or nobody."""
    return chance.choice(
        (chance.choice(ODD), typed.amount(chance), typed.day(chance), chance.choice(PARTIES), "")
    )


def rows(chance: random.Random) -> str:
    """A table of claims as our own columns have it, with some of its cells odd."""
    columns = ["donor", "recipient", "amount", "currency", "published"]
    columns += chance.sample(
        ("role", "status", "source", "claim_id", "amount_low", "purpose", "text", "value_date"), 3
    )
    lines = [columns]
    for number in range(chance.choice((1, 2, 4, 7))):
        low = chance.randrange(1, 20)
        cells = {
            "donor": chance.choice(PARTIES),
            "recipient": chance.choice(RECIPIENTS),
            "amount": chance.choice((f"{low}e6", f"{low}.5 million", str(low * 10**6), f"-{low}")),
            "currency": chance.choice(("EUR", "NOK", "USD", "UAH", "")),
            "published": chance.choice(DAYS),
            "role": chance.choice(("pledge", "pledge", "total", "target", "noise", "")),
            "status": chance.choice(("pledged", "disbursed", "")),
            "source": chance.choice("abc"),
            "claim_id": chance.choice((f"c{number}", f"c{number}", "", "c0")),
            "amount_low": chance.choice(("", f"{low}e5")),
            "purpose": chance.choice(("", "military", "Nansen")),
            "text": chance.choice(("€5 million", "", f"{low} million euros")),
            "value_date": chance.choice(DAYS),
        }
        lines.append([cells[name] for name in columns])
    odd = chance.choice((0, 0, 1, 3))
    for _ in range(odd):
        line = chance.randrange(chance.randrange(2), len(lines))
        lines[line][chance.randrange(len(columns))] = cell(chance)
    return delimited(lines, chance.choice((",", ",", ",", ";", "\t")))


def delimited(lines: list[list[str]], mark: str = ",") -> str:
    """Lines of cells, quoted where they must be."""
    written = io.StringIO()
    csv.writer(written, delimiter=mark, lineterminator="\n").writerows(lines)
    return written.getvalue()


def odd_cells(text: str, chance: random.Random) -> str:
    """A delimited text with one to four cells odd, or a row or a column of it gone or doubled."""
    mark = max(",;\t", key=text.count)
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    lines = [line for line in lines if line] or [[""]]
    for _ in range(chance.choice((1, 1, 2, 4))):
        line = chance.choice(lines)
        match chance.randrange(6):
            case 0:
                line[chance.randrange(len(line)) :] = chance.choice(lines)
            case 1:
                lines.append(list(line))
            case 2 if len(lines) > 2:
                lines.remove(line)
            case _:
                line[chance.randrange(len(line))] = cell(chance)
        lines = [one for one in lines if one] or [[""]]
    return delimited(lines, mark)


def tables(chance: random.Random) -> bytes:
    """A table: of a publisher with odd cells, of ours, or one damaged."""
    text = chance.choice(known.tables())
    match chance.randrange(5):
        case 0 | 1:
            return encoded(odd_cells(text, chance), chance)
        case 2:
            return encoded(rows(chance), chance)
    for _ in range(chance.choice((1, 2))):
        text = changed(text, known.tables(), chance, 4000)
    return encoded(text, chance)


def odd_value(value: Any, chance: random.Random) -> Any:
    """JSON with a leaf, an entry or a list in it odd; what is as it was is shared."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        key = chance.choice(list(value))
        match chance.randrange(8):
            case 0:
                return {name: one for name, one in value.items() if name != key}
            case 1:
                return {(cell(chance) if name == key else name): one for name, one in value.items()}
        return value | {key: odd_value(value[key], chance)}
    if isinstance(value, list) and value and chance.random() < 0.9:
        place = chance.randrange(len(value))
        if chance.random() < 0.1:
            return [*value, value[place]]
        return [*value[:place], odd_value(value[place], chance), *value[place + 1 :]]
    return chance.choice(
        (cell(chance), chance.randint(-(10**12), 10**12), chance.lognormvariate(9, 9), None, True,
         [value], {"a": value}, [], {}, 10**40, -0.0)
    )  # fmt: skip


def _json(chance: random.Random) -> Any:
    value = chance.choice(known.shapes())
    for _ in range(chance.choice((0, 1, 1, 2, 4))):
        value = odd_value(value, chance)
    return value


def json_file(chance: random.Random) -> bytes:
    """JSON with odd values, or its text damaged."""
    return _perhaps_damaged(json.dumps(_json(chance), indent=chance.choice((None, 1))), chance, 0.4)


def json_lines(chance: random.Random) -> bytes:
    """A line of JSON for each row, with odd values, or damaged."""
    value = _json(chance)
    lines = value if isinstance(value, list) else [value]
    return _perhaps_damaged("\n".join(map(json.dumps, lines)), chance, 0.4)


def _perhaps_damaged(text: str, chance: random.Random, share: float) -> bytes:
    if chance.random() < share:
        text = changed(text, (text,), chance, 8000)
    return encoded(text, chance)


_INSIDE = re.compile(r'(?<=>)[^<>]+(?=<)|(?<==")[^"<>]*(?=")')
_ELEMENT = re.compile(r"<([\w-]+)[^<>]*(?:/>|>[^<>]*</\1>)")


def odd_markup(text: str, chance: random.Random) -> str:
    """Markup with texts or attributes odd, or an element of it gone or doubled."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        pattern = chance.choice((_INSIDE, _INSIDE, _ELEMENT))
        found = list(pattern.finditer(text))
        if not found:
            break
        one = chance.choice(found)
        if pattern is _ELEMENT:
            new = one[0] * chance.choice((0, 2, 3))
        else:
            new = html.escape(cell(chance).replace("\x00", ""))
        text = text[: one.start()] + new + text[one.end() :]
    return text


def markup(files: Callable[[], tuple[str, ...]], share: float) -> Make:
    """A maker of markup with odd values; ``share`` of it damaged."""

    def make(chance: random.Random) -> bytes:
        text = odd_markup(chance.choice(files()), chance)
        return _perhaps_damaged(text, chance, share)

    return make


def feeds() -> tuple[str, ...]:
    """RSS, Atom and XML of no kind that is known."""
    return known.RSS, known.ATOM, "<a><b x='1'>5 million euros</b></a>"


_ZONED = pa.timestamp("us", "UTC")
_COLUMNS: tuple[tuple[pa.DataType, tuple[Any, ...]], ...] = (
    (pa.string(), ("Norway", None, "5 million", "€5 million", "2024-11-04", "\u202e", "EUR")),
    (pa.float64(), (5e6, None, float("nan"), float("inf"), -0.0, 1e300)),
    (pa.int64(), (1, None, 2**62, -5)),
    (pa.bool_(), (True, None)),
    (pa.date32(), (dt.date(2024, 11, 4), dt.date(1, 1, 1), dt.date(9999, 12, 31), None)),
    (_ZONED, (dt.datetime(2024, 11, 4, tzinfo=dt.UTC), None)),
    (pa.binary(), (b"\xff\x00", b"EUR", None)),
    (pa.list_(pa.string()), (["a", None], [], None)),
    (pa.map_(pa.string(), pa.int64()), ([("a", 1)], [], None)),
    (pa.struct([("a", pa.int64())]), ({"a": 1}, None)),
    (pa.decimal128(38, 2), (Decimal("5.50"), Decimal("-99999999999999999999999999.99"), None)),
    (pa.duration("s"), (dt.timedelta(days=1), None)),
    (pa.time64("us"), (dt.time(10, 0), None)),
    (pa.null(), (None,)),
    (pa.large_string(), ("SEK", None)),
    (pa.dictionary(pa.int8(), pa.string()), ("Norway", None)),
)  # fmt: skip


def parquet(chance: random.Random) -> bytes:
    """A Parquet file with columns of any type, or one damaged."""
    height = chance.choice((0, 1, 2, 5))
    names = ["donor", "amount", "currency"]
    names += chance.sample(["recipient", "published", "text", "tags", "", "role", "claim_id"], 3)
    plain = {"donor": 0, "amount": chance.choice((0, 1, 1, 2, 10)), "currency": 0}
    columns = []
    for name in names:
        place = plain.get(name, chance.randrange(len(_COLUMNS)))
        kind, values = _COLUMNS[chance.randrange(len(_COLUMNS)) if chance.random() < 0.1 else place]
        cells = [chance.choice(values) for _ in range(height)]
        if name == "currency" and place == 0:
            cells = [chance.choice(("EUR", "SEK", "XXX")) for _ in range(height)]
            kind = pa.string()
        columns.append(pa.array(cells, type=kind))
    if chance.random() < 0.1:
        names[-1] = names[0]
    packed = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(columns, names), packed)
    content = packed.getvalue()
    return damaged(content, chance) if chance.random() < 0.35 else content


def pdf(chance: random.Random) -> bytes:
    """A paper of one to three pages, some of its streams packed, or one damaged."""
    content = paper(chance)
    return damaged(content, chance) if chance.random() < 0.5 else content


def paper(chance: random.Random) -> bytes:
    """A whole PDF with odd lines in it."""
    count = chance.choice((1, 1, 2, 3))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{4 + 2 * one} 0 R' for one in range(count))}] "
        f"/Count {chance.choice((count, count, 0, 9))} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for page in range(count):
        lines = ["Statement on support", "4 November 2024", "Norway gave Ukraine 7 million euros."]
        lines[chance.randrange(3)] = chance.choice(
            (cell(chance), chance.choice(known.texts())[:90])
        )
        drawn = " ".join(f"({_drawn(line)}) Tj T*" for line in lines)
        stream = f"BT /F1 {chance.choice((11, 0, 400))} Tf 14 TL 60 780 Td {drawn} ET".encode(
            "latin-1", "replace"
        )
        packed = chance.random() < 0.4
        stream = zlib.compress(stream) if packed else stream
        size = chance.choice((len(stream),) * 8 + (0, 10**9))
        head = f"<< /Length {size} {'/Filter /FlateDecode' if packed else ''} >>\nstream\n"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * page} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(head.encode() + stream + b"\nendstream")
    data, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(f"{len(data):010d} 00000 n \n")
        data += f"{number} 0 obj\n".encode() + one + b"\nendobj\n"
    size = len(objects) + 1
    end = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"xref\n0 {size}\n0000000000 65535 f \n{''.join(places)}{end}".encode()


def _drawn(line: str) -> str:
    return re.sub(r"([\\()])", r"\\\1", line)


def _members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def office(content: Callable[[], bytes], part: str) -> Make:
    """A maker of office files: values of the ``part`` odd, any part changed, or bytes damaged."""

    def make(chance: random.Random) -> bytes:
        if chance.random() < 0.3:
            return damaged(content(), chance)
        members = _members(content())
        name = part
        if chance.random() < 0.3:
            name = chance.choice([one for one in members if one.endswith(".xml")])
        text = members[name].decode("utf-8")
        text = changed(text, (text,), chance, 60_000) if name != part else odd_markup(text, chance)
        return known.packed({**members, name: text})

    return make


def workbook(chance: random.Random) -> bytes:
    """A workbook of one or two sheets with cells of any kind, or one damaged."""
    if chance.random() < 0.6:
        return _OF_KNOWN(chance)
    book = openpyxl.Workbook()
    for sheet in (book.active, *(book.create_sheet("Notes"),) * chance.randrange(2)):
        sheet.append(["donor", "amount", "currency", "date", chance.choice(("note", "amount", ""))])
        for _ in range(chance.choice((0, 1, 3))):
            values = (5e6, -1, None, True, "=1+1", "#REF!", dt.datetime(2024, 11, 4), dt.time(9),
                      "5,5", "Norway", "€5 million", 45600, dt.timedelta(days=40))  # fmt: skip
            sheet.append(["Norway", 5e6, "EUR", dt.date(2024, 11, 4), chance.choice(values)])
            sheet.cell(sheet.max_row, chance.randrange(1, 6)).value = chance.choice(values)
        if chance.random() < 0.2:
            sheet.merge_cells("A1:B2")
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


_OF_KNOWN = office(known.workbook, "xl/worksheets/sheet1.xml")
docx = office(known.docx, "word/document.xml")


def archive(chance: random.Random) -> bytes:
    """A folder packed: a text, a table, a page, activities, an archive in it; or damaged."""
    inside: dict[str, bytes | str] = {
        "a/one.xml": chance.choice(known.activity_files()),
        "b.csv": rows(chance),
        "ö/c.txt": chance.choice(known.texts())[:900],
        "d.html": chance.choice(known.pages()),
        "e.json": json_file(chance),
        "../f.txt": "Norway gave €5 million.",
        "g.zip": known.packed({"h.txt": "Sweden gave $5 million."}),
        "i.bin": b"\x00\xff",
        "empty/": b"",
    }
    names = chance.sample(list(inside), chance.choice((1, 2, 3)))
    content = known.packed({name: inside[name] for name in names})
    return damaged(content, chance) if chance.random() < 0.5 else content


def history(chance: random.Random) -> bytes:
    """The ECB's rows in their zip: whole, with odd cells, with another file, or damaged."""
    text = typed.history(chance)
    if chance.random() < 0.3:
        text = changed(text, (text,), chance)
    members: dict[str, bytes | str] = {"eurofxref-hist.csv": encoded(text, chance)}
    if chance.random() < 0.05:
        members["b.csv"] = text
    content = known.packed(members)
    return damaged(content, chance) if chance.random() < 0.2 else content


def table_of_claims(chance: random.Random) -> bytes:
    """A table of claims of ours, or one of a publisher, with odd cells."""
    text = (
        rows(chance)
        if chance.random() < 0.8
        else odd_cells(chance.choice(known.small_tables()), chance)
    )
    if chance.random() < 0.25:
        text = changed(text, (text,), chance, 1200)
    return encoded(text, chance)
