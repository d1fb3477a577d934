"""Stated conversions against the rates of their day: ``check`` and the arithmetic behind it."""

from calc.checks.arithmetic import arithmetic
from calc.checks.table import check, flagged

__all__ = ["arithmetic", "check", "flagged"]
