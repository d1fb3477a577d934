"""Run by every Python that a test starts: it reaches this machine alone."""

import loopback_only  # noqa: F401
