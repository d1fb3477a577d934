"""Tests use the rates that are embedded, whatever the machine has updated or cached, and no clock.

A property has no deadline: a busy machine would fail it, and what must be fast is measured in
benchmarks.
"""

import os
import tempfile

from hypothesis import HealthCheck, settings

_NOTHING = tempfile.mkdtemp(prefix="pledgecalc-tests-")
os.environ["PLEDGECALC_DATA"] = os.path.join(_NOTHING, "data")  # noqa: PTH118
os.environ["PLEDGECALC_CACHE"] = os.path.join(_NOTHING, "cache")  # noqa: PTH118
os.environ.pop("PLEDGECALC_RATES_URL", None)

settings.register_profile("no clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no clock")
