"""Tests use the rates that are embedded, whatever the machine has updated or cached, and no clock.

A property has no deadline: a busy machine would fail it, and what must be fast is measured in
benchmarks. `pytest --fast` (`make test-fast`) tests the core: what reads, checks, links and sums.
"""

import importlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

_NOTHING = tempfile.mkdtemp(prefix="pledgecalc-tests-")
os.environ["PLEDGECALC_DATA"] = os.path.join(_NOTHING, "data")  # noqa: PTH118
os.environ["PLEDGECALC_CACHE"] = os.path.join(_NOTHING, "cache")  # noqa: PTH118
os.environ.pop("PLEDGECALC_RATES_URL", None)

# Only this machine is reached from a test, and from every Python that a test starts, whatever
# environment the test gives it: what would ask the network fails, and is seen.
_NO_NETWORK = str(Path(__file__).parent / "tests" / "no_network")
sys.path.append(_NO_NETWORK)
importlib.import_module("loopback_only")
_START = subprocess.Popen.__init__


def _start(one: Any, *arguments: Any, **options: Any) -> None:
    given = options.get("env")
    environment = dict(os.environ if given is None else given)
    before = [path for path in [environment.get("PYTHONPATH")] if path]
    environment["PYTHONPATH"] = os.pathsep.join([_NO_NETWORK, *before])
    _START(one, *arguments, **options | {"env": environment})


subprocess.Popen.__init__ = _start  # type: ignore[method-assign]

settings.register_profile("no clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fast", settings.get_profile("no clock"), max_examples=8)
settings.load_profile("no clock")

# Files that `--fast` leaves out: they start engines or processes, or try very many cases, and what
# they test is the rim, or is tested in small by other files too.
LEFT_OUT = frozenset(
    f"test_{name}.py"
    for names in (
        "frames frames_series spark spark_reconcile",  # engines
        "at_once blocks decision_locks decisions facade faults kills online",  # processes
        "locales no_network processes startup stops update",
        "benchmark_imports notebook plots types wheel",  # what stands around the package
        "publishing site",  # what stands around it in the world
        "mails page_layouts pages rates_page reconciling_page review zones",  # pages
        "cli_convert cli_documents cli_reading",  # the command line
        "linear_reading audit_policies converting world",  # much work by itself
        "audit calendar checks_properties ecb least_sum needed worlds",  # very many cases
        "worlds_bulletins worlds_wires fuzz_corpus properties_of_rates properties_of_numbers",
        "properties_of_reading properties_of_reconciling properties_of_tables",
        "complexity party_signs scores",  # all of the corpus or of the code once more
    )
    for name in names.split()
)

# Files that `make coverage` does not measure: they follow every call or count what is loaded
# themselves, kill what they start, or try very many cases of what is tried elsewhere too. Measured
# they would take twice as long.
UNMEASURED = frozenset(
    f"test_{name}.py"
    for names in (
        "linear_reading startup cli_manners kills notebook spark spark_reconcile",
        "complexity party_signs scores worlds worlds_bulletins worlds_wires",
        "properties_of_rates properties_of_numbers properties_of_reading",
        "properties_of_reconciling properties_of_tables",
    )
    for name in names.split()
)
_MEASURES = "COVERAGE_PROCESS_CONFIG"  # for the processes that a test starts


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Run a test, without measuring it where its file is not measured."""
    coverage = sys.modules.get("coverage")
    if coverage is None or item.path.name not in UNMEASURED:
        return (yield)
    paused: list[Any] = []
    told = os.environ.pop(_MEASURES, None)
    while measuring := coverage.Coverage.current():
        measuring.stop()
        paused.append(measuring)
    try:
        return (yield)
    finally:
        for measuring in reversed(paused):
            measuring.start()
        if told is not None:
            os.environ[_MEASURES] = told


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--fast",
        action="store_true",
        help="test the core: few examples of each property, and not the files that take long",
    )
    parser.addoption(
        "--deep",
        type=int,
        metavar="TIMES",
        help="try each property of tests/properties so many times as often, with other examples",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--fast"):
        settings.load_profile("fast")
    if depth := config.getoption("--deep"):
        os.environ["PLEDGECALC_DEPTH"] = str(depth)  # before tests/strategies.py is read


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    left_out = config.getoption("--fast") and collection_path.name in LEFT_OUT
    return True if left_out else None
