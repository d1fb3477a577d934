"""Stated conversions against the rates of their day: ``check`` and the arithmetic behind it."""

from .table import check, check_part, flagged, slips_explained
from .verdicts import WEAK_POWER
from .workings import arithmetic

__all__ = ["WEAK_POWER", "arithmetic", "check", "check_part", "flagged", "slips_explained"]
