"""Only this machine is reached: what Python would ask the network for fails, and is noted.

The test process imports this (``conftest.py``), and so does every Python that a test starts, by
``sitecustomize.py`` beside it. ``NETWORK_NOTED`` may name a file that gets a line an attempt.
Nothing is imported before something asks: tests look at what a cold start loads.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # as of typing, which is not loaded
if TYPE_CHECKING:
    from typing import Any

_ASKS = {"socket.connect", "socket.sendto", "socket.sendmsg"}  # with a socket and an address
_LOOKS_UP = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


def is_here(host: object) -> bool:
    import ipaddress
    import socket

    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    if name in ("localhost", "localhost.localdomain", "0.0.0.0", "::", socket.gethostname()):
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _asked_for(event: str, arguments: tuple[Any, ...]) -> object:
    """The host that is asked for; None for what stays on this machine."""
    import socket

    if event in _LOOKS_UP:
        return arguments[0]
    one, address = arguments[:2]
    if one.family in (socket.AF_INET, socket.AF_INET6) and address:
        return address[0]
    return None  # a socket of this machine, or one that was connected before


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in _ASKS and event not in _LOOKS_UP:
        return
    host = _asked_for(event, arguments)
    if is_here(host):
        return
    if noted := os.environ.get("NETWORK_NOTED"):
        with open(noted, "a", encoding="utf-8") as file:  # noqa: PTH123 (no pathlib: each start)
            file.write(f"{event} {host!r}\n")
    raise OSError(f"no network in tests: {host!r} ({event})")


sys.addaudithook(_refuse)
