"""Tables of claims that people bring: CSV, JSON, Excel and Parquet into ``schema.CLAIMS``."""

from .claims import is_grid, read_grid, read_table

__all__ = ["is_grid", "read_grid", "read_table"]
