"""Spark's Python workers, where a run is measured: each saves what it tried after every task.

Spark's daemon forks the workers and kills them, so what coverage saves at the end of a process is
never saved. ``python -m tests.measured_workers`` is that daemon, with workers that save sooner.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any


def settings() -> dict[str, str]:
    """What a session is to be told, so that its workers are measured where this run is."""
    measured = "COVERAGE_PROCESS_CONFIG" in os.environ
    return {"spark.python.daemon.module": "tests.measured_workers"} if measured else {}


def _serve() -> None:
    worker = importlib.import_module("pyspark.worker")
    task = worker.main

    def measured(*streams: Any) -> None:
        try:
            task(*streams)
        finally:
            if measuring := sys.modules["coverage"].Coverage.current():
                measuring.save()

    worker.main = measured  # type: ignore[attr-defined]
    importlib.import_module("pyspark.daemon").manager()


if __name__ == "__main__":
    _serve()
