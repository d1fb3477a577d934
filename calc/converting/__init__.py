"""A table's column of amounts converted row by row: its own columns untouched, ours behind."""

from .table import convert_table

__all__ = ["convert_table"]
