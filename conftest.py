"""Tests use the rates that are embedded, whatever the machine has updated or cached, and no clock.

A property has no deadline: a busy machine would fail it, and what must be fast is measured in
benchmarks. `pytest --fast` (`make test-fast`) tests the core: what reads, checks, links and sums.
"""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

_NOTHING = tempfile.mkdtemp(prefix="pledgecalc-tests-")
os.environ["PLEDGECALC_DATA"] = os.path.join(_NOTHING, "data")  # noqa: PTH118
os.environ["PLEDGECALC_CACHE"] = os.path.join(_NOTHING, "cache")  # noqa: PTH118
os.environ.pop("PLEDGECALC_RATES_URL", None)

settings.register_profile("no clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fast", settings.get_profile("no clock"), max_examples=8)
settings.load_profile("no clock")

# Files that `--fast` leaves out: they start engines or processes, or try very many cases, and what
# they test is the rim, or is tested in small by other files too.
LEFT_OUT = frozenset(
    f"test_{name}.py"
    for names in (
        "frames frames_series spark spark_reconcile",  # engines
        "blocks decisions facade kills online processes startup update",  # processes
        "benchmark_imports notebook plots types wheel",  # what stands around the package
        "mails page_layouts pages rates_page reconciling_page review zones",  # pages
        "cli_convert cli_documents cli_reading",  # the command line
        "linear_reading audit_policies converting world",  # much work by itself
        "audit calendar checks_properties ecb least_sum needed worlds",  # very many cases
        "worlds_bulletins worlds_wires",
        "complexity party_signs scores",  # all of the corpus or of the code once more
    )
    for name in names.split()
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--fast",
        action="store_true",
        help="test the core: few examples of each property, and not the files that take long",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--fast"):
        settings.load_profile("fast")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    left_out = config.getoption("--fast") and collection_path.name in LEFT_OUT
    return True if left_out else None
