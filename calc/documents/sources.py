"""From what a person names (files, folders, ``-``, open files) to decoded text.

A source that cannot be read becomes an error for that source alone, when it is read; finding
sources never fails, so one bad path does not stop the others.
"""

from __future__ import annotations

import codecs
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any, NamedTuple

from rates.errors import UnreadableInputError

MAX_TEXT_BYTES = 20_000_000  # a page is some 5 kB; a book 1 MB: more is no document of ours
MAX_TABLE_BYTES = 2_000_000_000  # about five million claims in CSV
MAX_PAGE_BYTES = 10_000_000  # markup is ten times its text, and costs a second per MB to read

TEXT_SUFFIXES = (".txt", ".text", ".md", ".markdown")
PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
MAIL_SUFFIXES = (".eml",)
TABLE_SUFFIXES = (".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".xlsx", ".parquet")
# Documents that a person would expect us to read: named in a problem, not passed over.
FOREIGN = {
    ".mhtml": "a web archive",
    ".mht": "a web archive",
    ".msg": "an Outlook message",
    ".pdf": "a PDF file",
    ".doc": "a word processor file",
    ".docx": "a word processor file",
    ".odt": "a word processor file",
    ".rtf": "a word processor file",
    ".epub": "an e-book",
    ".xls": "an old Excel file",
    ".ods": "a spreadsheet that is not .xlsx",
}
_KINDS = {
    **dict.fromkeys(TEXT_SUFFIXES, "text"),
    **dict.fromkeys(PAGE_SUFFIXES, "page"),
    **dict.fromkeys(MAIL_SUFFIXES, "mail"),
    **dict.fromkeys(TABLE_SUFFIXES, "table"),
}
_KNOWN = _KINDS.keys() | FOREIGN.keys()
_PAGE_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*){0,5}"
    rb"<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
HOW_TO_TEXT = "save its text as .txt (UTF-8)"
HOW_TO_TABLE = "save it as .csv or .xlsx"

# First bytes of files that are no text: what they are, and what to do.
MAGIC = (
    (b"%PDF", "a PDF file", HOW_TO_TEXT),
    (b"PK\x03\x04", "a zip archive or an office file", f"{HOW_TO_TEXT}, or a table as .xlsx"),
    (b"PK\x05\x06", "an empty zip archive", HOW_TO_TEXT),
    (b"\xd0\xcf\x11\xe0", "an old office file", HOW_TO_TEXT),
    (b"{\\rtf", "a word processor file (RTF)", HOW_TO_TEXT),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"\x89PNG", "an image", HOW_TO_TEXT),
    (b"\xff\xd8\xff", "an image", HOW_TO_TEXT),
    (b"GIF8", "an image", HOW_TO_TEXT),
    (b"PAR1", "a Parquet table", "give its name the ending .parquet"),
)
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark starts with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Source(NamedTuple):
    """One thing to read: its name in tables, its kind, and where its bytes are.

    ``kind`` is "text", "page" (HTML), "mail" or "table"; ``problem`` says why it cannot be read,
    known already.
    """

    name: str
    kind: str
    path: Path | None = None
    content: bytes | None = None
    problem: str | None = None


def find_sources(*sources: str | os.PathLike[str] | IO[Any]) -> list[Source]:
    """Expand paths, folders (recursive, sorted, hidden files left out), ``-`` and open files.

    A file is named by its path below the folder that was read, else by its own name; two files
    of one name get as much of their folders as tells them apart; a file given twice is read once.

    >>> [s.name for s in find_sources(Path(__file__), Path(__file__).parent / ".." / "gone.txt")]
    ['sources.py', 'gone.txt']
    """
    found: list[Source] = []
    for item in sources:
        if isinstance(item, str | os.PathLike):
            path = os.fspath(item)
            if path == "-":
                found.append(_from_stream(getattr(sys.stdin, "buffer", sys.stdin), "stdin"))
            else:
                found.extend(_from_path(path))
        elif hasattr(item, "read"):
            name = getattr(item, "name", None)
            shown = Path(name).name if isinstance(name, str) and name else "stream"
            found.append(_from_stream(item, _printable(shown)))
        else:
            found.append(
                Source(
                    str(type(item).__name__),
                    "text",
                    problem=f"a source is a path, a folder, '-' or an open file, "
                    f"not {type(item).__name__}",
                )
            )
    return _distinct(found)


def read_bytes(source: Source) -> bytes:
    """Return the bytes of ``source``; raise UnreadableInputError when there are none to have."""
    if source.problem is not None:
        raise UnreadableInputError(f"{source.name}: {source.problem}", source.name)
    limit = _limit(source.kind)
    if source.content is not None:
        data = source.content
    else:
        assert source.path is not None
        try:
            with source.path.open("rb") as handle:
                data = handle.read(limit + 1)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise UnreadableInputError(
                f"{source.name}: cannot be opened ({reason}); check the path and the permissions",
                source.name,
            ) from error
    if len(data) > limit:
        raise UnreadableInputError(
            f"{source.name}: larger than {limit // 1_000_000} MB, the limit for "
            f"a {source.kind} file; split it into smaller files",
            source.name,
        )
    if not data.strip(b" \t\r\n\x0b\x0c\xef\xbb\xbf"):
        raise UnreadableInputError(
            f"{source.name}: the file is empty; nothing could be read from it", source.name
        )
    return data


def _limit(kind: str) -> int:
    if kind == "table":
        return MAX_TABLE_BYTES
    return MAX_TEXT_BYTES if kind == "text" else MAX_PAGE_BYTES


def decode(data: bytes, name: str) -> str:
    r"""Decode ``data``: UTF-8 with or without a byte order mark, or UTF-16/32 by their mark.

    Line ends become ``\n``, as in Python's text files. Anything else is refused: the old
    one-byte encodings cannot be told apart safely, and a wrong guess changes signs and names.

    >>> decode("Šakalienė\r\n".encode("utf-8-sig"), "a.txt")
    'Šakalienė\n'
    """
    encoding, body = "utf-8", data
    for mark, marked in BOMS:
        if data.startswith(mark):
            encoding, body = marked, data[len(mark) :]
            break
    else:
        _refuse_binary(data, name)
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableInputError(_wrong_encoding(body, encoding, error, name), name) from error
    if "\x00" in text:
        raise UnreadableInputError(
            f"{name}: a binary file (it holds NUL bytes), not text; {HOW_TO_TEXT}", name
        )
    if not text.strip():
        raise UnreadableInputError(
            f"{name}: the file is empty; nothing could be read from it", name
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse_binary(data: bytes, name: str) -> None:
    for magic, what, remedy in MAGIC:
        if data.startswith(magic):
            raise UnreadableInputError(f"{name}: {what}, not plain text; {remedy}", name)
    head = data[:4096]
    nuls = head.count(0)
    if nuls == 0:
        return
    if nuls in (head[::2].count(0), head[1::2].count(0)) and nuls * 4 >= len(head):
        raise UnreadableInputError(
            f"{name}: looks like UTF-16 without its byte order mark; save it as UTF-8", name
        )
    raise UnreadableInputError(
        f"{name}: a binary file (it holds NUL bytes), not text; {HOW_TO_TEXT}", name
    )


def _wrong_encoding(data: bytes, encoding: str, error: UnicodeDecodeError, name: str) -> str:
    line = data.count(b"\n", 0, error.start) + 1
    told = (
        f"{name}: not valid {encoding.upper()} at byte {error.start + 1} "
        f"(line {line}, byte 0x{data[error.start]:02X}); "
    )
    return told + (
        "save it as UTF-8; if you know its encoding, for instance Windows-1252 (Western Europe) "
        "or Windows-1251 (Cyrillic): iconv -f WINDOWS-1252 -t UTF-8 old.txt > new.txt"
    )


def _from_path(path: str) -> list[Source]:
    name = _printable(Path(path).name or path)
    if path.startswith(("http://", "https://")):
        return [
            Source(
                _printable(path), "text", problem=f"nothing is fetched from the web; {HOW_TO_TEXT}"
            )
        ]
    try:
        where = Path(path)
        if where.is_dir():
            return _from_folder(where)
        missing = not where.exists()
    except (OSError, ValueError) as error:
        return [Source(name, "text", problem=f"cannot be opened ({error})")]
    if missing:
        shown = _printable(path)
        return [Source(name, "text", problem=f"no such file or folder ({shown})")]
    return [_file(where, name)]


def _from_folder(folder: Path) -> list[Source]:
    found: list[tuple[tuple[str, ...], Path]] = []
    for top, folders, files in os.walk(folder):
        folders[:] = [f for f in folders if not f.startswith(".")]
        for file in files:
            suffix = Path(file).suffix.lower()
            if suffix in _KNOWN and not file.startswith((".", "~$")):
                path = Path(top, file)
                found.append((path.relative_to(folder).parts, path))
    found.sort()
    if not found:
        name = _printable(folder.name or folder.resolve().name or str(folder))
        readable = ", ".join(_KINDS)
        problem = f"the folder holds no document that can be read ({readable})"
        return [Source(name, "text", folder, problem=problem)]
    return [_file(path, _printable("/".join(parts))) for parts, path in found]


def _file(path: Path, name: str) -> Source:
    suffix = path.suffix.lower()
    if suffix in FOREIGN:
        remedy = HOW_TO_TABLE if suffix in (".xls", ".ods") else HOW_TO_TEXT
        problem = f"{FOREIGN[suffix]} ({suffix}) is not read; {remedy}"
        return Source(name, "text", path, problem=problem)
    return Source(name, _KINDS.get(suffix, "text"), path)


def _from_stream(stream: Any, name: str) -> Source:
    try:
        data = stream.read(MAX_TABLE_BYTES + 1)
    except UnicodeDecodeError as error:
        return Source(name, "text", problem=f"not valid {error.encoding}; save it as UTF-8")
    except (OSError, ValueError) as error:
        return Source(name, "text", problem=f"cannot be read ({error})")
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    suffix = Path(name).suffix.lower()
    return Source(name, _KINDS.get(suffix) or _kind_of(data), None, data)


def source_of(name: str, data: bytes, kind: str | None = None) -> Source:
    """Return bytes that are in memory already as a source; its name's ending tells the kind.

    >>> source_of("a/page.html", b"<p>").kind, source_of("note", b"Vilnius pays.").kind
    ('page', 'text')
    """
    suffix = Path(name).suffix.lower()
    if kind is None and suffix in FOREIGN:
        return _file(Path(name), _printable(name))
    return Source(_printable(name), kind or _KINDS.get(suffix) or _kind_of(data), None, data)


def _kind_of(data: bytes) -> str:
    """Tell what a stream without a name holds by its first bytes."""
    if _is_table(data):
        return "table"
    return "page" if _PAGE_START.match(data[:8192]) else "text"


def _is_table(data: bytes) -> bool:
    """Tell a claim table from prose by its first bytes, for streams that have no name."""
    if data.startswith((b"PAR1", b"PK\x03\x04")):
        return True
    head = data[:8192].removeprefix(codecs.BOM_UTF8).lstrip()
    if head.startswith((b'{"', b"[{", b"[\n", b"{\n")):
        return True
    first = head.split(b"\n", 1)[0].decode("utf-8", "replace").lower()
    for separator in (",", ";", "\t"):
        names = [cell.strip(' "\r') for cell in first.split(separator)]
        if len(names) > 1 and "amount" in names:
            return True
    return False


def _printable(name: str) -> str:
    """Return a file name that can be written as UTF-8, whatever bytes the disk holds."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _distinct(sources: Iterable[Source]) -> list[Source]:
    kept: list[Source] = []
    seen: set[str] = set()
    for source in sources:
        if source.path is not None:
            key = os.path.realpath(source.path)
            if key in seen:
                continue
            seen.add(key)
        kept.append(source)
    return _renamed(kept)


def _renamed(sources: list[Source]) -> list[Source]:
    """Put folders before names that two files share, or a number behind when that fails."""
    counts: dict[str, int] = {}
    for source in sources:
        counts[source.name] = counts.get(source.name, 0) + 1
    taken = {name for name, count in counts.items() if count == 1}
    result: list[Source] = []
    for source in sources:
        if counts[source.name] == 1:
            result.append(source)
            continue
        twins = [s for s in sources if s.name == source.name and s is not source]
        name = _with_folders(source, twins)
        number = 2
        plain = name
        while name in taken:
            name = f"{plain} ({number})"
            number += 1
        taken.add(name)
        result.append(source._replace(name=name))
    return result


def _with_folders(source: Source, twins: list[Source]) -> str:
    if source.path is None:
        return source.name
    own = Path(os.path.realpath(source.path)).parts
    others = [Path(os.path.realpath(s.path)).parts for s in twins if s.path is not None]
    depth = source.name.count("/") + 1
    for length in range(depth, len(own)):
        tail = own[-length:]
        if all(other[-length:] != tail for other in others):
            return _printable("/".join(tail))
    return source.name
