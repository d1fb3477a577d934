"""Worlds of terse bulletins, ministries' releases, donors' conferences and tracker lists."""

from .settings import FILLED, PRESETS, SPARSE, WIDE, Settings
from .world import Bulletins, Text, articles, make, make_world

__all__ = [
    "FILLED", "PRESETS", "SPARSE", "WIDE", "Bulletins", "Settings", "Text", "articles", "make",
    "make_world",
]  # fmt: skip
