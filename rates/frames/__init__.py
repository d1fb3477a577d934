"""The conversion of ``rates.conversion`` on whole frames: pandas, polars, PyArrow, DuckDB, Spark.

In memory, rows gather their rates from a grid of currencies by calendar days (``grid``,
``gather``); elsewhere the same cells are a table that the engine itself looks rows up in
(``lazy``). Values, nulls and reasons are the same on all of them.
"""

from .convert import convert_frame
from .series import convert, convert_series
from .spark import local_spark

__all__ = ["convert", "convert_frame", "convert_series", "local_spark"]
