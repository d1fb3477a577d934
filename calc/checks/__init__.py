"""Stated conversions against the rates of their day: ``check`` and the arithmetic behind it."""

from .table import Slips, check, check_part, flagged, slips_explained
from .verdicts import WEAK_POWER
from .workings import arithmetic

__all__ = [
    "WEAK_POWER",
    "Slips",
    "arithmetic",
    "check",
    "check_part",
    "flagged",
    "slips_explained",
]
