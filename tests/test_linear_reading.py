"""Twice the text is twice the work, whatever stands in it: lines of code are counted, not time."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from calc.claims import purposes, read_text

_LINES = 40
_MORE_LINES = {"one line": 900}  # a sentence may be so long before it is cut
_SLACK = 1.25  # of the work for each line; a search of all lines for each line has 2
_FEWEST = 2_000  # lines of a module, below which its work is none to speak of


def _name(number: int) -> str:
    return "Ab" + "".join(chr(97 + number // 26**place % 26) for place in range(3))


TEXTS: dict[str, Callable[[int], str]] = {
    "a list of unknown donors": lambda n: "".join(
        f"- Donor {i}: ${i} million\n" for i in range(1, n + 1)
    ),
    "one sentence again and again": lambda n: "Norway gave 5 million euros.\n" * n,
    "one line": lambda n: "$1 million " * n,
    "one firm": lambda n: "Allianz gave 5 million euros to Kenya.\n" * n,
    "many firms, one sum": lambda n: "".join(
        f"{_name(i)} gave 5 million euros to Kenya.\n" for i in range(n)
    ),
    "many receivers, one sum": lambda n: "".join(
        f"Norway gave 5 million euros to the {_name(i)} Fund.\n" for i in range(n)
    ),
    "conversions": lambda n: "".join(
        f"Norway gave Kenya {i} million euros (${i + 1} million). " for i in range(1, n + 1)
    ),
    "bare signs": lambda n: "".join(f"Kenya got {i} million pounds.\n" for i in range(1, n + 1)),
    "totals": lambda n: "".join(
        f"Norway has so far given Kenya {i} million euros.\n" for i in range(1, n + 1)
    ),
    "persons": lambda n: "“We give 5 million euros,” said Prime Minister Ana Example. " * n,
    "shares": lambda n: "It gives 0.25% of its GDP to Kenya.\n" * n,
}


def lines_run(text: str) -> Counter[str]:
    """How many lines of each module of this room are run to read the text."""
    found: Counter[str] = Counter()

    def of_line(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            found[frame.f_code.co_filename] += 1
        return of_line

    def of_call(frame: FrameType, _event: str, _: Any) -> Any:
        return of_line if "/calc/claims/" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(of_call)
    try:
        read_text(text, published="2024-05-06")
    finally:
        sys.settrace(before)
    return found


@pytest.mark.parametrize("kind", TEXTS)
def test_each_module_runs_twice_the_lines_for_twice_the_text(kind: str) -> None:
    size = _MORE_LINES.get(kind, _LINES)
    once, twice, four_times = (TEXTS[kind](size * times) for times in (1, 2, 4))
    read_text(four_times, published="2024-05-06")  # what is remembered of sentences is known by now
    first, second = lines_run(once), lines_run(twice)
    third = lines_run(four_times)
    for module, count in third.items():
        # what a text costs at all stands in all three: of lines only what is added counts
        added, again = second[module] - first[module], count - second[module]
        assert added < _FEWEST or again <= 2 * _SLACK * added, (module, first, second, third)


def test_the_words_around_a_name_are_read_once_for_each_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[int] = []
    whole = purposes.person_words

    def counted(text: str) -> frozenset[str]:
        read.append(len(text))
        return whole(text)

    monkeypatch.setattr(purposes, "person_words", counted)
    text = TEXTS["a list of unknown donors"](500)
    read_text(text, published="2024-05-06")
    assert sum(read) <= 1_200 * 500  # a window for each line, not all lines before it
