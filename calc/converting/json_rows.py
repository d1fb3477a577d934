"""JSON lines and lists of objects: every object's own text as it came in, our fields behind."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, BinaryIO, NamedTuple

from rates.errors import UnreadableInputError

from ..tables.texts import text_of
from . import texts
from .added import Added, Count, add, counted
from .blocks import RowBlock
from .plan import Plan, plan
from .wishes import Wishes, names

ROWS = 20_000  # at a time
_SPACE = re.compile(r"\s*")


class Object(NamedTuple):
    """One object: its text without the closing brace, what stands behind it, and its fields.

    Text between objects has no fields, nor has a line that is no object (then ``problem``).
    """

    text: str
    end: str
    fields: dict[str, Any]
    problem: str | None = None


def convert(
    source: BinaryIO,
    write: Callable[[bytes], object],
    asked: Wishes,
    name: str,
    progress: Callable[[int], None] | None = None,
) -> tuple[Count, tuple[str, ...]]:
    """Copy JSON with the added fields; return the count of rows and the notes."""
    total = Count()
    chosen: Plan | None = None
    columns: tuple[str, ...] = ()
    added: dict[str, tuple[str, ...]] = {}
    for rows in _batches(source, name):
        fields = [_flat(one.fields) for one in rows if one.fields]
        if chosen is None:
            if not fields:
                raise UnreadableInputError(
                    f"{name}: holds no rows; a JSON table is a list of objects, or one a line", name
                )
            columns = tuple(dict.fromkeys(key for row in fields for key in row))
            sample = [[row.get(column) for column in columns] for row in fields]
            chosen = plan(columns, sample, asked, name)
            added = names(asked.to, columns)
        cells = [[row.get(column) for column in columns] for row in fields]
        found = add(RowBlock(cells), chosen, asked) if cells else []
        behind = iter(_fields(found, added, asked.to))
        size = 0
        for one in rows:
            text = f"{one.text}{next(behind)}{one.end}" if one.fields else f"{one.text}{one.end}"
            size += len(one.text)
            if one.problem is not None:
                total = total.with_block(Count(1, 0, ((one.problem, 1),)))
            write(text.encode("utf-8", "surrogateescape"))
        if found:
            total = total.with_block(counted(found))
        if progress is not None:
            progress(size)
    return total, chosen.notes if chosen else ()


def _batches(source: BinaryIO, name: str) -> Iterator[list[Object]]:
    """Objects in blocks of ROWS: of lines as they come, of a list when all of it is there."""
    first = source.readline()
    while first and not first.strip(b" \t\r\n\xef\xbb\xbf"):
        first = source.readline()
    head = first.lstrip(b" \t\r\n\xef\xbb\xbf")
    one_line = head[:1] == b"{" and _is_object(head)
    every = _lines(first, source, name) if one_line else _list(first + source.read(), name)
    rows: list[Object] = []
    for row in every:
        rows.append(row)
        if len(rows) == ROWS:
            yield rows
            rows = []
    if rows:
        yield rows


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _lines(first: bytes, source: BinaryIO, name: str) -> Iterator[Object]:
    number = 0
    line = first
    while line:
        number += 1
        text = line.decode("utf-8", "surrogateescape")
        body = text.rstrip()
        if body.strip("\ufeff \t"):
            try:
                fields = _loads(body.removeprefix("\ufeff"), f"{name}, line {number}")
            except UnreadableInputError:
                fields = None
            if isinstance(fields, dict):
                yield Object(body[:-1].rstrip(), "}" + text[len(body) :], fields)
            else:
                yield Object(text, "", {}, "the line is not a JSON object")
        else:
            yield Object(text, "", {})
        line = source.readline()


def _list(data: bytes, name: str) -> Iterator[Object]:
    """The objects of the one list in a text, and the text between them."""
    text = data.decode("utf-8", "surrogateescape")
    start = text.find("[")
    whole = text.lstrip("\ufeff \t\r\n")
    if start < 0 or whole[:1] not in ("[", "{"):
        raise UnreadableInputError(
            f"{name}: not valid JSON; a JSON table is a list of objects, or one object a line", name
        )
    _loads(whole, name)
    decoder = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=lambda _: None)
    while start >= 0 and (found := text.find("{", start)) >= 0 and text[start + 1 : found].strip():
        start = text.find("[", start + 1)  # a list of something else comes first
    if start < 0:
        raise UnreadableInputError(f"{name}: holds no list of objects", name)
    place = start + 1
    yield Object(text[:place], "", {})
    while True:
        begin = _SPACE.match(text, place).end()  # type: ignore[union-attr]
        if text[begin : begin + 1] == ",":
            begin = _SPACE.match(text, begin + 1).end()  # type: ignore[union-attr]
        if text[begin : begin + 1] != "{":
            yield Object(text[place:], "", {})
            return
        fields, end = decoder.raw_decode(text, begin)
        yield Object(text[place : end - 1].rstrip(), "}", fields)
        place = end


def _loads(text: str, where: str) -> Any:
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=lambda _: None)
    except RecursionError as error:
        raise UnreadableInputError(f"{where}: JSON nested too deeply", where) from error
    except ValueError as error:
        raise UnreadableInputError(f"{where}: not valid JSON ({error})", where) from error


def _flat(record: dict[str, Any]) -> dict[str, str | None]:
    """Cells as text; small objects within as columns of their own: amount.value."""
    flat: dict[str, str | None] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            flat.update({f"{key}.{name}": _text(inner) for name, inner in value.items()})
        else:
            flat[key] = _text(value)
    return flat


def _text(value: Any) -> str | None:
    return None if value is None else text_of(value)


def _fields(
    found: Sequence[Added], added: dict[str, tuple[str, ...]], codes: Sequence[str]
) -> Iterator[str]:
    """What is put before the closing brace of each object: amounts and rates as strings."""
    columns: list[list[str]] = []
    for code, one in zip(codes, found, strict=False):
        keys = [f", {json.dumps(name)}: " for name in added[code]]
        notes = [json.dumps(note, ensure_ascii=False) for note in one.texts]
        cells = (
            [f'"{text}"' if text else "null" for text in texts.numbers(one.amounts)],
            [f'"{text}"' if text else "null" for text in texts.numbers(one.rates)],
            [f'"{text}"' if text else "null" for text in texts.days(one.observed)],
            [notes[place] if place >= 0 else "null" for place in one.notes.tolist()],
        )
        for key, values in zip(keys, cells, strict=True):
            columns.append([key + value for value in values])
    return map("".join, zip(*columns, strict=True))
