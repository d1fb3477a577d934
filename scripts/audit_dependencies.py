"""Asks for known vulnerabilities of the locked dependencies: ``make audit``.

Runs pip-audit over ``.ci/dev.lock``. Exit code 1 for vulnerabilities; 2 where nothing could be
looked up, as without a network: that is no clean bill.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

LOCK = Path(__file__).resolve().parents[1] / ".ci" / "dev.lock"


def told(dependencies: Sequence[Mapping[str, Any]]) -> tuple[str, int]:
    """What pip-audit found, in words, and the exit code.

    >>> told([{"name": "a", "version": "1", "vulns": []}])
    ('1 dependencies looked up, none with a known vulnerability', 0)
    >>> told([{"name": "a", "skip_reason": "not found"}])[1]
    2
    """
    looked_up = [one for one in dependencies if "skip_reason" not in one]
    if not looked_up:
        return (
            "not audited: no advisory could be looked up; make audit needs a network that reaches "
            "the advisories of the package index",
            2,
        )
    bad = [
        f"{one['name']} {one['version']}: {found['id']}, mended in "
        f"{', '.join(found['fix_versions']) or 'no version yet'}"
        for one in looked_up
        for found in one["vulns"]
    ]
    skipped = len(dependencies) - len(looked_up)
    rest = f"; {skipped} could not be looked up" if skipped else ""
    if bad:
        return "\n".join([*bad, f"{len(bad)} known vulnerabilities{rest}"]), 1
    return f"{len(looked_up)} dependencies looked up, none with a known vulnerability{rest}", 0


def main() -> int:
    """Audit, and say what was found."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(LOCK), "--no-deps"]
    command += ["--disable-pip", "--format", "json", "--progress-spinner", "off"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (json.JSONDecodeError, KeyError):
        print(f"not audited: {(done.stderr.strip().splitlines() or ['pip-audit failed'])[-1]}")
        return 2
    words, code = told(found)
    print(words)
    return code


if __name__ == "__main__":
    sys.exit(main())
