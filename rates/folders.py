"""The user's own folders: data that were updated, answers that were cached."""

from __future__ import annotations

import os
import sys

_NAME = "pledgecalc"


def data_folder() -> str:
    """Where updated rates are kept: PLEDGECALC_DATA, else the platform's folder for user data."""
    return _folder("PLEDGECALC_DATA", "XDG_DATA_HOME", "~/.local/share", "Application Support")


def cache_folder() -> str:
    """Where answers are cached: PLEDGECALC_CACHE, else the platform's folder for caches."""
    return _folder("PLEDGECALC_CACHE", "XDG_CACHE_HOME", "~/.cache", "Caches")


def _folder(ours: str, xdg: str, unix: str, mac: str) -> str:
    if chosen := os.environ.get(ours):
        return os.path.abspath(chosen)  # noqa: PTH100 (pathlib costs a cold start 5 ms)
    if sys.platform == "darwin":
        parent = f"~/Library/{mac}"
    elif sys.platform == "win32":
        parent = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    else:
        parent = os.environ.get(xdg) or unix
        if not os.path.isabs(parent):  # noqa: PTH117 (which XDG bids to ignore)
            parent = unix
    found = os.path.expanduser(parent)  # noqa: PTH111
    if not os.path.isabs(found) or (parent[0] == "~" and os.environ.get("HOME") == ""):  # noqa: PTH117
        found = os.devnull  # a process without a home: nothing is found there, nothing kept
    return os.path.join(found, _NAME)  # noqa: PTH118
