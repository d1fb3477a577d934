"""Tests use the rates that are embedded, whatever the machine has updated or cached, and no clock.

A property has no deadline: a busy machine would fail it, and what must be fast is measured in
benchmarks. `pytest --fast` (`make test-fast`) tests the core: what reads, checks, links and sums.
"""

import ipaddress
import os
import socket
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

_NOTHING = tempfile.mkdtemp(prefix="pledgecalc-tests-")
os.environ["PLEDGECALC_DATA"] = os.path.join(_NOTHING, "data")  # noqa: PTH118
os.environ["PLEDGECALC_CACHE"] = os.path.join(_NOTHING, "cache")  # noqa: PTH118
os.environ.pop("PLEDGECALC_RATES_URL", None)

# Only this machine is reached from a test: what would ask the network fails, and is seen.
_CONNECT, _LOOK_UP = socket.socket.connect, socket.getaddrinfo


def _is_here(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    if name in ("localhost", "localhost.localdomain", socket.gethostname(), "0.0.0.0", "::"):
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _connect(one: socket.socket, address: Any) -> None:
    if one.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
        raise OSError(f"no network in tests: {address}")
    _CONNECT(one, address)


def _look_up(host: Any, *rest: Any, **more: Any) -> Any:
    if not _is_here(host):
        raise OSError(f"no network in tests: {host}")
    return _LOOK_UP(host, *rest, **more)


socket.socket.connect = _connect  # type: ignore[method-assign, assignment]
socket.getaddrinfo = _look_up

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
