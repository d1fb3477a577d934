"""The made worlds of three hands, each by how many claims, how dense, and a seed."""

from __future__ import annotations

from collections.abc import Callable

from . import bulletins, wires
from .settings import PRESETS
from .world import World, make_world

HANDS: dict[str, Callable[[int, float, int], World]] = {
    "own": lambda claims, density, seed: make_world(PRESETS["held_out"], claims, density, seed),
    "wires": lambda claims, density, seed: wires.make_world(wires.WIRES, claims, density, seed),
    "bulletins": lambda claims, density, seed: bulletins.make_world(
        bulletins.WIDE, claims, density, seed
    ),
}
