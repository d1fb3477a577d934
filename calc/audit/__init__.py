"""Which rate policy made a table's converted column, and which rows do not follow it."""

from .auditing import Audit, audit

__all__ = ["Audit", "audit"]
