"""What a file is: by the ending of its name, and by its first bytes where the name leaves it open.

What is not read is told apart too: documents that a person would expect us to read, with what to
do about them, and what stands beside documents by nature (pictures, code, settings).
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Collection
from pathlib import PurePath

HEAD = 65_536  # bytes that are looked at to tell what a file is

TEXT_SUFFIXES = (".txt", ".text", ".md", ".markdown", ".dat")
PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
MAIL_SUFFIXES = (".eml",)
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
TABLE_SUFFIXES = (
    *(".csv", ".tsv", ".tab", ".ssv", ".json", ".jsonl", ".ndjson"),
    *WORKBOOK_SUFFIXES,
    *(".parquet", ".feather", ".arrow", ".xml"),
)
PAPER_SUFFIXES = (".pdf", ".docx")
ARCHIVE_SUFFIXES = (".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz")
KINDS = {
    **dict.fromkeys(TEXT_SUFFIXES, "text"),
    **dict.fromkeys(PAGE_SUFFIXES, "page"),
    **dict.fromkeys(MAIL_SUFFIXES, "mail"),
    **dict.fromkeys(TABLE_SUFFIXES, "table"),
    **dict.fromkeys(PAPER_SUFFIXES, "paper"),
}
# Their content decides: prose, delimited rows, JSON, XML and pages go by these names.
_OPEN = (".txt", ".text", ".dat", ".xml", "")

HOW_TO_TEXT = "save its text as .txt (UTF-8)"
HOW_TO_TABLE = "save it as .csv or .xlsx"
# Documents that a person would expect us to read: named in a problem, not passed over.
FOREIGN = {
    ".mhtml": ("a web archive", HOW_TO_TEXT),
    ".mht": ("a web archive", HOW_TO_TEXT),
    ".msg": ("an Outlook message", HOW_TO_TEXT),
    ".doc": ("an old word processor file", "save it as .docx or as .txt (UTF-8)"),
    ".odt": ("a word processor file", "save it as .docx or as .txt (UTF-8)"),
    ".rtf": ("a word processor file", "save it as .docx or as .txt (UTF-8)"),
    ".docm": ("a word processor file", "save it as .docx or as .txt (UTF-8)"),
    ".pages": ("a word processor file", "save it as .docx or as .txt (UTF-8)"),
    ".ppt": ("a slide show", HOW_TO_TEXT),
    ".pptx": ("a slide show", HOW_TO_TEXT),
    ".epub": ("an e-book", HOW_TO_TEXT),
    ".numbers": ("a spreadsheet", HOW_TO_TABLE),
    ".dta": ("a Stata file", HOW_TO_TABLE),
    ".sav": ("an SPSS file", HOW_TO_TABLE),
    ".rds": ("an R file", HOW_TO_TABLE),
    ".rdata": ("an R file", HOW_TO_TABLE),
    ".dbf": ("a dBase file", HOW_TO_TABLE),
    ".mdb": ("an Access database", HOW_TO_TABLE),
    ".accdb": ("an Access database", HOW_TO_TABLE),
    ".db": ("a database", HOW_TO_TABLE),
    ".sqlite": ("a database", HOW_TO_TABLE),
    ".rar": ("a RAR archive", "unpack it, or pack it as .zip"),
    ".7z": ("a 7-Zip archive", "unpack it, or pack it as .zip"),
    ".zst": ("a Zstandard archive", "unpack it first"),
}
# What stands beside documents and holds none: a note names it, and that is all.
COMPANIONS = frozenset(
    f".{one}"
    for one in """
    png jpg jpeg jfif gif svg svgz webp avif bmp ico tif tiff heic psd ai eps webmanifest
    mp3 mp4 m4a m4v wav ogg oga ogv webm mov avi flac woff woff2 ttf otf eot
    css scss less js mjs map ts tsx jsx vue wasm swf java class jar c h cpp hpp cs go rs rb php pl
    py pyc pyi ipynb r rmd sh bash bat ps1 sql tex bib sty cls
    toml yaml yml ini cfg conf env lock properties editorconfig log tmp bak sha256 md5 sig asc
    shp shx prj cpg geojson topojson kml kmz gpx
    """.split()
) | {".d.ts"}

# First bytes of files that are no text: what they are, and what to do.
MAGIC = (
    (b"%PDF", "a PDF file", f"give its name the ending .pdf, or {HOW_TO_TEXT}"),
    (
        b"PK\x03\x04",
        "a zip archive or an office file",
        "give its name the ending that it has by right (.zip, .docx, .xlsx, .ods)",
    ),
    (b"PK\x05\x06", "an empty zip archive", HOW_TO_TEXT),
    (b"\xd0\xcf\x11\xe0", "an old office file", "save it as .docx or .xlsx"),
    (b"{\\rtf", "a word processor file (RTF)", HOW_TO_TEXT),
    (b"\x1f\x8b", "a gzip archive", "give its name the ending .gz, or unpack it first"),
    (b"BZh", "a bzip2 archive", "give its name the ending .bz2, or unpack it first"),
    (b"\x89PNG", "an image", HOW_TO_TEXT),
    (b"\xff\xd8\xff", "an image", HOW_TO_TEXT),
    (b"GIF8", "an image", HOW_TO_TEXT),
    (b"PAR1", "a Parquet table", "give its name the ending .parquet"),
    (b"ARROW1", "a Feather table", "give its name the ending .feather"),
    (b"SQLite format 3", "a database", HOW_TO_TABLE),
)
_PAGE_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*){0,5}"
    rb"<(?:!doctype\s+html|html|head|body|meta|style|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKUP_START = re.compile(
    r"\s*(?:<\?xml\b|<!--.{0,2000}?-->\s*<[A-Za-z]|<iati-activities\b)", re.DOTALL | re.IGNORECASE
)
_JSON_START = re.compile(r"\s*(?:\[\s*[\[{]|\{\s*\")")
_NUMBER = re.compile(r"[^\w]{0,4}[A-Z]{0,3}[^\w]{0,2}\d[\d.,'\s\u00a0\u202f/:-]{0,30}[^\w]{0,4}")
_AMOUNT = re.compile(r"[^\w]{0,2}\d[\d.,\s]{0,20}\s?[^\W\d_]{1,10}\.?(?:\s[^\d]{1,12})?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SEPARATORS = ("\t", ";", ",", "|")
LONGEST_NAME = 80  # characters of a column's name
MOST_WORDS = 5  # in the name of a column, where commas part them
EVEN = 0.8  # of the lines, where a mark stands in no prose
MOST_LINES = 30  # that tell rows from prose


def suffix_of(name: str) -> str:
    """The ending of a name that says what the file holds, without that of its packing.

    >>> suffix_of("flows.CSV.gz"), suffix_of("page"), suffix_of("a.tar.gz")
    ('.csv', '', '.tar')
    """
    path = PurePath(name)
    suffix = path.suffix.lower()
    return PurePath(path.stem).suffix.lower() if suffix in (".gz", ".bz2", ".xz") else suffix


def kind_of(name: str, head: bytes, named: Collection[str] = ()) -> str:
    r"""What a file holds: "text", "page", "mail", "table" or "paper".

    ``head`` are its first bytes; ``named`` are names of columns that the user says it has.

    >>> kind_of("a.csv", b""), kind_of("a.txt", b"Vilnius pays."), kind_of("", b"<html>")
    ('table', 'text', 'page')
    >>> kind_of("a.txt", b"Donor\tAid\nNorway\t5\nSweden\t6\n"), kind_of("", b"%PDF-1.7")
    ('table', 'paper')
    """
    suffix = suffix_of(name)
    if suffix not in _OPEN and suffix in KINDS:
        return KINDS[suffix]
    if suffix == ".xml" and not is_page(head):
        return "table"
    return _kind_of_content(head, named)


def is_page(head: bytes) -> bool:
    """Tell a web page by its first bytes; many a table of a ministry is one by another name.

    >>> is_page(b"<!DOCTYPE html><html>"), is_page(b"<?xml version='1.0'?><iati-activities/>")
    (True, False)
    """
    return _PAGE_START.match(head[:8192]) is not None


def _kind_of_content(head: bytes, named: Collection[str]) -> str:
    if head.startswith((b"PAR1", b"ARROW1", b"FEA1", b"\xd0\xcf\x11\xe0")):
        return "table"
    if head.startswith(b"%PDF"):
        return "paper"
    if head.startswith(b"PK\x03\x04"):
        return "paper" if b"word/" in head else "table"
    if is_page(head):
        return "page"
    return "table" if _is_table(_text_of(head), named) else "text"


def _text_of(head: bytes) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    return head.decode("utf-8", "replace")


def _is_table(text: str, named: Collection[str]) -> bool:
    """Tell rows from prose: markup, JSON, or lines with as many cells as their header."""
    if _JSON_START.match(text) or _MARKUP_START.match(text):
        return True
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[: MOST_LINES + 1]
    if text.count("\n") > MOST_LINES or not text.endswith("\n"):
        lines = lines[:-1] if len(lines) > 2 else lines  # the last may be cut
    lines = [line for line in lines if line.strip()]
    return any(_are_rows(lines, mark, named) for mark in _SEPARATORS)


def _are_rows(lines: list[str], mark: str, named: Collection[str]) -> bool:
    if not lines or mark not in lines[0] or (mark == "|" and lines[0].lstrip().startswith("|")):
        return bool(named) and any(_names(line, mark) & {*named} for line in lines if mark in line)
    header = _names(lines[0], mark)
    if "amount" in {name.casefold() for name in header} or header & {*named}:
        return True
    if len(lines) < 2 or max(map(len, header)) > LONGEST_NAME:
        return False
    try:
        first, *rows = csv.reader(lines, delimiter=mark, skipinitialspace=True)
    except csv.Error:  # a cell without end
        return False
    named_apart = mark != "," or all(map(_is_name, first))
    return named_apart and _are_even(first, rows, mark) and _has_numbers(rows)


def _are_even(first: list[str], rows: list[list[str]], mark: str) -> bool:
    """Whether the rows have as many cells as the first, which holds no numbers but years."""
    same = sum(len(row) == len(first) for row in rows)
    even = same >= len(rows) * (EVEN if mark in "\t|" else 1)
    return len(first) > 1 and even and not any(_is_number(cell, 2) for cell in first)


def _has_numbers(rows: list[list[str]]) -> bool:
    """Whether some column holds mostly numbers, dates or amounts."""
    places = range(max(map(len, rows), default=0))
    count = len(rows)
    found = (sum(_is_number(row[at], count) for row in rows if at < len(row)) for at in places)
    return any(numbers * 2 > count for numbers in found)


def _is_name(cell: str) -> bool:
    """A column has a short name, the parts of a sentence may be of any length."""
    return len(cell.split()) <= MOST_WORDS and not cell.strip().endswith((".", "!", "?"))


def _is_number(cell: str, rows: int) -> bool:
    """A number or a date; "5 million euros" too, where it is not the only row."""
    text = cell.strip()
    number = _NUMBER.fullmatch(text) or (rows > 1 and _AMOUNT.fullmatch(text))
    return bool(number) and not _YEAR.fullmatch(text)


def _names(line: str, mark: str) -> set[str]:
    return {cell.strip(' "\ufeff') for cell in line.split(mark)}
