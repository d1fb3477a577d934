"""Asks for known vulnerabilities of the locked dependencies: ``make audit``.

Runs pip-audit over ``.ci/dev.lock``, with the advisories of the package index, and those of OSV for
what the index did not answer. Exit code 1 for vulnerabilities; 2 where anything could not be looked
up, as without a network: that is no clean bill.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

LOCK = Path(__file__).resolve().parents[1] / ".ci" / "dev.lock"
SERVICES = {"pypi": "the package index", "osv": "OSV"}
Found = Sequence[Mapping[str, Any]]


def told(dependencies: Found) -> tuple[str, int]:
    """What pip-audit found, in words, and the exit code.

    >>> told([{"name": "a", "version": "1", "vulns": []}])
    ('1 dependencies looked up, none with a known vulnerability', 0)
    >>> told([{"name": "a", "skip_reason": "not found"}])[1]
    2
    """
    looked_up = [one for one in dependencies if "skip_reason" not in one]
    if not looked_up:
        return (
            f"not audited: neither {' nor '.join(SERVICES.values())} could be asked for "
            "advisories; run make audit where the network reaches one of them",
            2,
        )
    bad = [
        f"{one['name']} {one['version']}: {found['id']}, mended in "
        f"{', '.join(found['fix_versions']) or 'no version yet'}"
        for one in looked_up
        for found in one["vulns"]
    ]
    skipped = [one["name"] for one in dependencies if "skip_reason" in one]
    rest = f"; {len(skipped)} could not be looked up: {', '.join(skipped)}" if skipped else ""
    if bad:
        return "\n".join([*bad, f"{len(bad)} known vulnerabilities{rest}"]), 1
    words = f"{len(looked_up)} dependencies looked up, none with a known vulnerability{rest}"
    return words, 2 if skipped else 0


def asked(service: str) -> Found:
    """What pip-audit says of each dependency; nothing when the service cannot be reached."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(LOCK), "--no-deps"]
    command += ["--disable-pip", "--format", "json", "--progress-spinner", "off"]
    command += ["--vulnerability-service", service]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        found: Found = json.loads(done.stdout)["dependencies"]
    except (json.JSONDecodeError, KeyError):
        reason = (done.stderr.strip().splitlines() or ["pip-audit failed"])[-1]
        print(f"{SERVICES[service]} did not answer: {reason[:300]}", file=sys.stderr)
        return []
    return found


def together(ask: Callable[[str], Found] = asked) -> Found:
    """What any of the services says of each dependency, the first that knows it.

    >>> together(lambda service: [{"name": "a", "vulns": []}] if service == "osv" else [])
    [{'name': 'a', 'vulns': []}]
    """
    best: dict[str, Mapping[str, Any]] = {}
    for service in SERVICES:
        if not best or any("skip_reason" in one for one in best.values()):
            for one in ask(service):
                if "skip_reason" in best.get(one["name"], {"skip_reason": ""}):
                    best[one["name"]] = one
    return list(best.values())


def main() -> int:
    """Audit, and say what was found."""
    words, code = told(together())
    print(f"{date.today()}: {words}")
    return code


if __name__ == "__main__":
    sys.exit(main())
