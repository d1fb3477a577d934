"""Spark on this machine, for notebooks and tests; a cluster brings a session of its own."""

from __future__ import annotations

import importlib.util
import os
import shutil
from typing import Any

from ..errors import PledgecalcError

_JAVA = (
    "PySpark needs Java 17 or newer, and none was found on PATH or in JAVA_HOME; install a JDK "
    "(Debian, Ubuntu: apt install openjdk-17-jre-headless; macOS: brew install openjdk@17; "
    "Windows: winget install EclipseAdoptium.Temurin.17.JRE), or connect to a Spark server: "
    "SparkSession.builder.remote('sc://…')"
)


def local_spark(cores: int | str = "*", **settings: str) -> Any:
    """A Spark session on ``cores`` of this machine, without the web page; stop it when done.

    ``settings`` are Spark's own, by their dotted names. Raises PledgecalcError where PySpark or
    Java is missing, saying how to get it.
    """
    if importlib.util.find_spec("pyspark") is None:
        raise PledgecalcError('PySpark is not installed; try: pip install "pledgecalc[spark]"')
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java", path=os.path.join(home, "bin") if home else None) is None:  # noqa: PTH118
        raise PledgecalcError(_JAVA)
    from pyspark.sql import SparkSession

    builder: Any = SparkSession.builder
    builder = builder.master(f"local[{cores}]").appName("pledgecalc")
    for name, value in {"spark.ui.enabled": "false", **settings}.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
