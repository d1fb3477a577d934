"""Bytes as text: UTF-8, what a byte order mark says, or the encoding that a person names."""

from __future__ import annotations

import codecs
import importlib

from rates.errors import UnreadableInputError, UsageError

from .kinds import HOW_TO_TEXT, MAGIC

SAMPLE = 20_000  # bytes around the first that does not fit, to guess an encoding by
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark starts with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes, name: str, encoding: str | None = None) -> str:
    r"""Decode ``data``: UTF-8 with or without a byte order mark, or UTF-16/32 by their mark.

    Line ends become ``\n``, as in Python's text files. Anything else is refused unless a person
    says its ``encoding``: the old one-byte encodings cannot be told apart safely, and a wrong
    guess changes signs and names.

    >>> decode("Šakalienė\r\n".encode("utf-8-sig"), "a.txt")
    'Šakalienė\n'
    """
    given, encoding, body = known_encoding(encoding), "utf-8", data
    for mark, marked in BOMS:
        if data.startswith(mark):
            encoding, body = marked, data[len(mark) :]
            break
    else:
        _refuse_binary(data, name, wide=given is not None)
        encoding = given or encoding
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableInputError(_wrong_encoding(body, encoding, error, name), name) from error
    if "\x00" in text:
        raise UnreadableInputError(
            f"{name}: a binary file (it holds NUL bytes), not text; {HOW_TO_TEXT}", name
        )
    if not text or text.isspace():
        raise UnreadableInputError(
            f"{name}: the file is empty; nothing could be read from it", name
        )
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        text = text.replace("\r", "\n") if "\r" in text else text
    return text


def known_encoding(encoding: str | None) -> str | None:
    """Return the usual name of an encoding that a person gave; UsageError when there is none.

    >>> known_encoding("Latin-1"), known_encoding(None)
    ('iso8859-1', None)
    """
    if encoding is None:
        return None
    try:
        found = codecs.lookup(encoding.strip())
    except (LookupError, ValueError):
        found = None
    if found is None or not getattr(found, "_is_text_encoding", True):
        raise UsageError(
            f"{encoding!r} is no encoding; there are utf-8, utf-16, windows-1252 (Western Europe), "
            "windows-1250 (Central Europe), windows-1251 (Cyrillic), iso-8859-1 and others"
        )
    return found.name


def likely_encoding(data: bytes) -> str | None:
    """The encoding that bytes which are no UTF-8 are likely in: a hint, never used unasked."""
    try:
        normalizer = importlib.import_module("charset_normalizer")
    except ImportError:
        return None
    best = normalizer.from_bytes(data[:SAMPLE]).best()
    name = None if best is None else str(best.encoding)
    if name and data[:SAMPLE].decode(name, "replace") == data[:SAMPLE].decode("cp1252", "replace"):
        name = "cp1252"  # the usual one, where both say the same
    return name.replace("cp125", "windows-125").replace("_", "-") if name else None


def _refuse_binary(data: bytes, name: str, *, wide: bool = False) -> None:
    for magic, what, remedy in MAGIC:
        if data.startswith(magic):
            raise UnreadableInputError(f"{name}: {what}, not plain text; {remedy}", name)
    head = data[:4096]
    nuls = head.count(0)
    if nuls == 0 or wide:
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
    start = data.rfind(b"\n", 0, max(0, error.start - SAMPLE // 2)) + 1
    likely = likely_encoding(data[start:])
    if likely is None:
        return told + (
            "say its encoding, as in --encoding windows-1252 (Western Europe) or windows-1251 "
            "(Cyrillic), or save it as UTF-8"
        )
    return told + (
        f"it looks like {likely}: say --encoding {likely} if that is right, or save it as UTF-8"
    )
