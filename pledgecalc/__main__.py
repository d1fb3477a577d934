"""``python -m pledgecalc`` is the command ``pledgecalc``."""

import sys
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

_OURS = Path(__file__).resolve().parents[1] / "cli.py"
_found = find_spec("cli")
if _found is None or _found.origin is None or Path(_found.origin).resolve() != _OURS:
    # A cli.py where Python was started is somebody else's: it is not run.
    _spec = spec_from_file_location("cli", _OURS)
    assert _spec is not None
    assert _spec.loader is not None
    sys.modules["cli"] = module_from_spec(_spec)
    _spec.loader.exec_module(sys.modules["cli"])

import cli  # noqa: E402  (after the guard)

if __name__ == "__main__":  # workers of --jobs that are no forks import this too
    sys.exit(cli.main())
