"""JSON as a table: a list of objects, one object a line, or a list deep within an object."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from rates.errors import UnreadableInputError

from ..schema import TEXT
from ..text.characters import whole
from .json_trade import rows_of_trade
from .raw import MISSING, Raw, refuse_long

DEEPEST_ROWS = 3  # objects around the rows


def json_rows(text: str, name: str) -> Raw:
    """Read a list of objects, one object a line, or the one list within an object."""
    problems: list[str] = []
    records = _records(text, name, problems)
    refuse_long(len(records), name)
    good = [record for record in records if isinstance(record, dict)]
    if len(good) < len(records):
        problems.append(f"{len(records) - len(good)} entries are not objects and are left out")
    if not good:
        raise UnreadableInputError(
            f"{name}: holds no rows; a JSON table is a list of objects, or one object a line", name
        )
    trade = rows_of_trade(good)
    notes = () if trade is None else (trade.note,)
    frame = flattened(good if trade is None else trade.rows)
    return Raw(frame, 1, problems, frozenset(), notes=notes, known=trade is not None)


def flattened(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows of JSON as a frame of text, objects within them as columns of their own.

    >>> flattened([{"amount": {"value": "5", "currency": "EUR"}, "tags": ["a", "b"]}])
      amount.value amount.currency tags
    0            5             EUR  a|b
    """
    flat = [{whole(str(key)): one for key, one in _flat(row).items()} for row in rows]
    columns = list(dict.fromkeys(key for record in flat for key in record))
    cells = {c: [plain(record.get(c)) for record in flat] for c in columns}
    return pd.DataFrame(cells, columns=columns, dtype=TEXT)


def _records(text: str, name: str, problems: list[str]) -> list[Any]:
    if text.lstrip().startswith("["):
        found = _parsed(text, name)
        return found if isinstance(found, list) else [found]
    records: list[Any] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            records.append(_loads(line))
        except (ValueError, RecursionError):
            if not records:  # one object over several lines, or no JSON at all
                records = [_parsed(text, name)]
                break
            problems.append(f"line {number}: not valid JSON; the line is left out")
    return (_rows_within(records[0]) if len(records) == 1 else []) or records


def _flat(record: dict[str, Any], depth: int = 0) -> dict[str, Any]:
    """Objects within a row as columns of their own: amount.value, amount.currency.

    Of a list of objects their names stay, joined: recipients.name.
    """
    flat: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, dict) and depth < DEEPEST_ROWS:
            inner = _flat(value, depth + 1)
            flat.update({f"{key}.{name}": one for name, one in inner.items()})
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            names = [one.get("name") for one in value if isinstance(one, dict)]
            if all(isinstance(name, str) for name in names):
                flat[f"{key}.name"] = names
            else:
                flat[key] = value
        else:
            flat[key] = value
    return flat


def _rows_within(record: Any, depth: int = 0) -> list[Any]:
    """Return the only list of objects within an object: {"meta": …, "data": {"flows": […]}}."""
    if not isinstance(record, dict) or depth > DEEPEST_ROWS:
        return []
    if any(key.startswith("/iati-") for key in record):
        return []  # an activity in d-portal's way of writing XML
    values = list(record.values())
    lists = [v for v in values if isinstance(v, list) and v and isinstance(v[0], dict)]
    if lists:
        return lists[0] if len(lists) == 1 else []
    inner = [rows for value in values if (rows := _rows_within(value, depth + 1))]
    return inner[0] if len(inner) == 1 else []


def _loads(text: str) -> Any:
    # Numbers stay as they are written: digits decide how exact an amount is.
    return json.loads(text, parse_float=str, parse_int=str, parse_constant=lambda _: None)


def _parsed(text: str, name: str) -> Any:
    try:
        return _loads(text)
    except RecursionError as error:
        raise UnreadableInputError(f"{name}: JSON nested too deeply for a table", name) from error
    except ValueError as error:
        raise UnreadableInputError(f"{name}: not valid JSON ({error})", name) from error


def plain(value: Any) -> str | None:
    """A value of JSON, or of a nested column, as the text of a cell.

    >>> plain(["energy", "water"]), plain({"code": "KE"}), plain([])
    ('energy|water', '{"code": "KE"}', None)
    """
    if value is None or value in MISSING:
        return None
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return whole("|".join(dict.fromkeys(value))) or None
    return whole(value if isinstance(value, str) else _dumped(value))


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
