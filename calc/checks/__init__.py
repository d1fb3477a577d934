"""Stated conversions against the rates of their day: ``check`` and the arithmetic behind it."""

from .workings import arithmetic
from .table import check, flagged

__all__ = ["arithmetic", "check", "flagged"]
