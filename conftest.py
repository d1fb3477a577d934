"""Tests use the rates that are embedded, whatever the machine has updated or cached."""

import os
import tempfile

_NOTHING = tempfile.mkdtemp(prefix="pledgecalc-tests-")
os.environ["PLEDGECALC_DATA"] = os.path.join(_NOTHING, "data")  # noqa: PTH118
os.environ["PLEDGECALC_CACHE"] = os.path.join(_NOTHING, "cache")  # noqa: PTH118
os.environ.pop("PLEDGECALC_RATES_URL", None)
