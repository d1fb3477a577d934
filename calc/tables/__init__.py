"""Tables of claims that people bring: CSV, JSON, Excel and Parquet into ``schema.CLAIMS``."""

from .claims import read_table

__all__ = ["read_table"]
