"""A chart as plain shapes: places across in per cent, places down in pixels.

Nothing is stretched but curves, so words stay readable at any width. The template writes the
shapes out; what a source wrote is text there and nothing else.
"""

from __future__ import annotations

from typing import NamedTuple


class Box(NamedTuple):
    """A filled rectangle; ``css`` names its class."""

    x: float
    y: float
    width: float
    height: float
    css: str


class Stroke(NamedTuple):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    css: str


class Dot(NamedTuple):
    """A round mark."""

    x: float
    y: float
    size: float
    css: str


class Lettering(NamedTuple):
    """Words at a place; ``end`` is start, middle or end: where the place is in the words."""

    x: float
    y: float
    text: str
    css: str
    end: str = "start"


class Curve(NamedTuple):
    """A line of points, across in thousandths of the width, down in pixels from ``y``."""

    y: float
    height: float
    points: str
    css: str


class Chart(NamedTuple):
    """A picture with its name, title and description for those who do not see it."""

    name: str
    title: str
    description: str
    height: float
    boxes: tuple[Box, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    curves: tuple[Curve, ...] = ()
    dots: tuple[Dot, ...] = ()
    words: tuple[Lettering, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()  # class and words


def points(places: list[tuple[float, float]]) -> str:
    """Points of a curve: per cent across, pixels down.

    >>> points([(0, 10), (50.004, 3.25)])
    '0,10 500,3.2'
    """
    return " ".join(f"{_number(x * 10, 0)},{_number(y, 1)}" for x, y in places)


def _number(value: float, digits: int) -> str:
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
