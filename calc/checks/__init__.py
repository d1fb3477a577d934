"""Stated conversions against the rates of their day: ``check`` and the arithmetic behind it."""

from .table import check, flagged
from .workings import arithmetic

__all__ = ["arithmetic", "check", "flagged"]
