"""Spark's Python workers, where a run is measured: each saves what it tried after every task.

Spark's daemon forks the workers and kills them, so what coverage saves at the end of a process is
never saved. ``python -m tests.measured_workers`` is that daemon, with workers that save sooner.
They follow calc.spark alone: all else that they run is measured elsewhere.
"""

from __future__ import annotations

import base64
import importlib
import json
import os
import sys
from typing import Any

import pytest

_CONFIG = "COVERAGE_PROCESS_CONFIG"


def settings(patch: pytest.MonkeyPatch) -> dict[str, str]:
    """What a session is to be told, so that its workers are measured where this run is."""
    told = os.environ.get(_CONFIG)
    if told is None:
        return {}
    followed = json.loads(base64.b64decode(told)) | {"source": ["calc.spark"]}
    patch.setenv(_CONFIG, base64.b64encode(json.dumps(followed).encode()).decode())
    return {"spark.python.daemon.module": "tests.measured_workers"}


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
