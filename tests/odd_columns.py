"""Columns of Arrow of every kind, with what is read of them: for test_odd_cells.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

LARGE = 2**62


class Odd(NamedTuple):
    """A column of three cells, the last of which is blank; what they are as text."""

    made: Callable[[Any], Any]
    texts: list[str | None] | None  # None: the column is left out
    told: str = ""  # in the problem, where there is one
    within: str = "odd"  # the name of the column that is read


def _of(cells: list[Any], kind: str = "", *more: Any) -> Callable[[Any], Any]:
    return lambda pa: pa.array(cells, getattr(pa, kind)(*more) if kind else None)


def _viewed(cells: list[Any], kind: str, *more: Any, whole: str = "int64") -> Callable[[Any], Any]:
    """Numbers taken for days or times, as a damaged or foreign file has them."""
    return lambda pa: pa.array(cells, getattr(pa, whole)()).view(getattr(pa, kind)(*more))


def _bad_text(pa: Any) -> Any:
    return pa.Array.from_buffers(pa.string(), 3, pa.array([b"Nor\xffway", b"ok", None]).buffers())


def _coded(cells: list[Any]) -> Callable[[Any], Any]:
    return lambda pa: pa.array(cells).dictionary_encode()


def _wrapped(kind: str, cells: list[Any], storage: str, *more: Any) -> Callable[[Any], Any]:
    return lambda pa: pa.ExtensionArray.from_storage(
        getattr(pa, kind)(), pa.array(cells, getattr(pa, storage)(*more))
    )


_NO_DAY, _NO_TEXT = "no year from 1 to 9999", "no text"
ODD: dict[str, Odd] = {
    "list of numbers": Odd(_of([[1, 2], [3], None]), ["1|2", "3", None]),
    "list of texts": Odd(_of([["a", "b"], [], None]), ["a|b", None, None]),
    "list of lists": Odd(_of([[[1], [2]], [], None]), ['[["1"], ["2"]]', None, None]),
    "large list": Odd(
        lambda pa: pa.array([[1], [3], None], pa.large_list(pa.int64())), ["1", "3", None]
    ),
    "list of a size": Odd(
        lambda pa: pa.array([[1, 2], [3, 4], None], pa.list_(pa.int64(), 2)), ["1|2", "3|4", None]
    ),
    "list of bytes": Odd(_of([[b"\xff"], [b"a"], None]), ["[null]", "a", None], _NO_TEXT),
    "list of odd days": Odd(
        lambda pa: pa.array([[LARGE], [1], None], pa.list_(pa.timestamp("us"))),
        [None, "1970-01-01T00:00:00.000001", None],
        _NO_TEXT,
    ),
    "map": Odd(
        lambda pa: pa.array([[("a", 1)], [], None], pa.map_(pa.string(), pa.int64())),
        ["1", None, None],
        within="odd.a",
    ),
    "struct": Odd(_of([{"a": 5, "b": "x"}, None, None]), ["5", None, None], within="odd.a"),
    "list of structs": Odd(
        _of([[{"name": "A"}, {"name": "B"}], [], None]), ["A|B", None, None], within="odd.name"
    ),
    "nothing but lists without end": Odd(_of([[], [], None]), [None, None, None]),
    "bytes": Odd(_of([b"\xff\xfe", b"\x00\x01", None]), None, _NO_TEXT),
    "bytes of text": Odd(_of([b"Oslo", b"\xff", None]), ["Oslo", None, None], _NO_TEXT),
    "bytes of a size": Odd(_of([b"\xff\xfe", b"\xff\xff", None], "binary", 2), None, _NO_TEXT),
    "large bytes": Odd(_of([b"a", b"b", None], "large_binary"), ["a", "b", None]),
    "bytes in a dictionary": Odd(_coded([b"\xff", b"\xfe", None]), None, _NO_TEXT),
    "text that is no UTF-8": Odd(_bad_text, ["Nor\ufffdway", "ok", None], "not valid UTF-8"),
    "seen text": Odd(_of(["a", "b", None], "string_view"), ["a", "b", None]),
    "decimal of 38 digits": Odd(
        _of([Decimal("9" * 38), Decimal(1), None], "decimal128", 38, 0), ["9" * 38, "1", None]
    ),
    "decimal of 76 digits": Odd(
        _of([Decimal("9" * 76), Decimal(1), None], "decimal256", 76, 0), ["9" * 76, "1", None]
    ),
    "decimal of a long scale": Odd(
        _of([Decimal("5.25"), Decimal(1), None], "decimal256", 60, 38), ["5.25", "1.00", None]
    ),
    "decimal in a dictionary": Odd(
        _coded([Decimal("1.50"), Decimal("2.25"), None]), ["1.50", "2.25", None]
    ),
    "whole numbers beside a blank": Odd(_of([2**63 - 1, 5, None]), [str(2**63 - 1), "5", None]),
    "whole numbers without a sign": Odd(
        _of([2**64 - 1, 5, None], "uint64"), [str(2**64 - 1), "5", None]
    ),
    "half floats": Odd(_of([1.5, 2.5, None], "float16"), ["1.5", "2.5", None]),
    "numbers in a dictionary": Odd(_coded([1.5, float("nan"), None]), ["1.5", None, None]),
    "days in a dictionary": Odd(
        _coded([date(2024, 1, 1), date(2, 1, 1), None]), ["2024-01-01", "0002-01-01", None]
    ),
    "yes and no in a dictionary": Odd(_coded([True, False, None]), ["True", "False", None]),
    "moments out of range": Odd(
        _viewed([LARGE, 86_400_000, None], "timestamp", "ms"), [None, "1970-01-02", None], _NO_DAY
    ),
    "moments of microseconds out of range": Odd(
        _viewed([-LARGE, 1, None], "timestamp", "us"), [None, "1970-01-01", None], _NO_DAY
    ),
    "moments out of range, in a zone": Odd(
        _viewed([LARGE, 1, None], "timestamp", "us", "UTC"), [None, "1970-01-01", None], _NO_DAY
    ),
    "moments in no zone": Odd(
        _viewed([1_730_700_000, 1, None], "timestamp", "s", "Mars/Base"),
        ["2024-11-04", "1970-01-01", None],
        "'Mars/Base' is not known",
    ),
    "days out of range": Odd(
        _viewed([2**31 - 1, 1, None], "date32", whole="int32"), [None, "1970-01-02", None], _NO_DAY
    ),
    "days before the first": Odd(
        _viewed([-(2**31), 1, None], "date32", whole="int32"), [None, "1970-01-02", None], _NO_DAY
    ),
    "days of milliseconds out of range": Odd(
        _viewed([86_400_000 * 10**9, 86_400_000, None], "date64"),
        [None, "1970-01-02", None],
        _NO_DAY,
    ),
    "durations": Odd(
        _of([90_061, -1, None], "duration", "s"), ["1 days 01:01:01", "-0 days 00:00:01", None]
    ),
    "durations without end": Odd(
        _of([LARGE, 1, None], "duration", "us"),
        ["53375995 days 14:00:27.387904", "0 days 00:00:00.000001", None],
    ),
    "times of nanoseconds": Odd(
        _of([5, 1, None], "time64", "ns"), ["00:00:00.000000005", "00:00:00.000000001", None]
    ),
    "times of no day": Odd(
        _viewed([2**31 - 1, -5, None], "time32", "ms", whole="int32"),
        [None, None, None],
        "a time of no day",
    ),
    "nothing": Odd(lambda pa: pa.nulls(3), [None, None, None]),
    "ids of 16 bytes": Odd(
        _wrapped("uuid", [b"a" * 16, b"b" * 16, None], "binary", 16),
        ["61616161-6161-6161-6161-616161616161", "62626262-6262-6262-6262-626262626262", None],
    ),
    "intervals": Odd(
        lambda pa: pa.array([(1, 2, 3), (0, 0, 1), None], pa.month_day_nano_interval()),
        ["1 months 2 days 3 nanoseconds", "0 months 0 days 1 nanoseconds", None],
    ),
    "either of two kinds": Odd(
        lambda pa: pa.UnionArray.from_dense(
            pa.array([0, 1, 1], pa.int8()),
            pa.array([0, 0, 1], pa.int32()),
            [pa.array([1]), pa.array(["x", None])],
        ),
        ["1", "x", None],
    ),
    "runs": Odd(
        lambda pa: pa.RunEndEncodedArray.from_arrays(
            pa.array([2, 3], pa.int32()), pa.array(["a", None])
        ),
        ["a", "a", None],
    ),
    "seen text in a dictionary": Odd(
        lambda pa: pa.DictionaryArray.from_arrays(
            pa.array([0, 1, None], pa.uint32()), pa.array(["a", "b"], pa.string_view())
        ),
        ["a", "b", None],
    ),
    "a dictionary with a blank": Odd(
        lambda pa: pa.DictionaryArray.from_arrays(pa.array([0, 0, 1]), pa.array(["a", None])),
        ["a", "a", None],
    ),
    "a dictionary that repeats": Odd(
        lambda pa: pa.DictionaryArray.from_arrays(pa.array([0, 1, None]), pa.array(["a", "a"])),
        ["a", "a", None],
    ),
}
