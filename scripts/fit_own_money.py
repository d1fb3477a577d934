"""Fit calc/data/own_money_bits.tsv to made worlds: which pledges of a sum are money of their own.

Of the pledges that were found of one true pledge, the one nearest to its amount is its own money,
the others are it told again. Signs are fixed beforehand, and so is the prior: in a table that
tells each pledge once, none is another's repeat, which no world shows. ``--write`` writes it.
"""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from worlds.hands import HANDS  # noqa: E402
from worlds.rates_of import rate  # noqa: E402
from worlds.world import World  # noqa: E402

from calc.reconcile import Reconciliation, reconcile  # noqa: E402
from calc.sums import chances as asked  # noqa: E402
from calc.sums import safe_sum as summed  # noqa: E402

TABLE = ROOT / "calc" / "data" / "own_money_bits.tsv"
NAMES = list(asked.BITS)
SIGNS = {"voices-2": -1, "voices-3": -1, "prior": 0}  # of the others 1: they speak for a repeat
SEEDS, DENSITIES, PLEDGES = (301,), (1.0, 3.0, 12.0), 1500
PULL, STEPS = 1e-3, 20_000
Rows = list[tuple[npt.NDArray[np.float64], bool, float]]


def worlds() -> Iterator[tuple[str, World]]:
    """Worlds of three hands and three densities."""
    for density, seed, (name, made) in itertools.product(DENSITIES, SEEDS, HANDS.items()):
        yield name, made(PLEDGES, density, seed)


def features(*given: object) -> dict[str, npt.NDArray[np.float64]]:
    """What each evidence counts for in the bits of each pledge, as ``chances`` adds them up."""
    found: dict[str, list[float]] = {}
    kept = dict(asked.BITS)
    for name in NAMES:
        asked.BITS.update({one: float(one == name) for one in NAMES})
        for pledge, own in CHANCES(*given).items():  # type: ignore[arg-type]
            found.setdefault(pledge, []).append(np.log2(1 / own - 1) if own < 1 else 0.0)
    asked.BITS.update(kept)
    return {pledge: np.array(row) for pledge, row in found.items()}


CHANCES = asked.chances


def rows_of(result: Reconciliation, world: World) -> Rows:
    """For each pledge of a sum its features, whether it is its own money, and its weight."""
    objects = world.truth.set_index("claim_id")["object_id"]
    known = world.pledges.set_index("object_id")
    sizes = result.pledges.set_index("pledge_id")["amount_eur"].to_dict()
    nearest: dict[str, tuple[float, str]] = {}
    for one in result.ledger.pledges:
        name = objects.get(one.claims[0].id)
        if name not in known.index or not sizes.get(one.id, 0) > 0:
            continue
        whole = known["whole"][name]
        name = whole if isinstance(whole, str) else name
        true = known.loc[name]
        euros = true["amount"] * rate(true["home"], "EUR", true["day"].toordinal())[0]
        gap = abs(np.log(sizes[one.id] / euros))
        nearest[name] = min(nearest.get(name, (np.inf, "")), (gap, one.id))
    own = {name for _, name in nearest.values()}
    rows: Rows = []

    def record(*given: object) -> dict[str, float]:
        found = features(*given)
        every = sum(sizes.get(name) or 0.0 for name in found) or 1.0
        for name, row in found.items():
            if row.any():
                share = (sizes.get(name) or 0.0) / every * len(found)
                rows.append((row, name in own, 0.5 + min(share, 5.0) / 2))
        return CHANCES(*given)  # type: ignore[arg-type]

    summed.chances = record  # type: ignore[assignment]
    for donor in sorted({one.donor[0] for one in result.ledger.pledges if len(one.donor) == 1}):
        result.total(donor=donor)
    summed.chances = CHANCES  # type: ignore[assignment]
    return rows


def fitted(kinds: list[Rows]) -> npt.NDArray[np.float64]:
    """Bits by logistic regression; each kind of world weighs the same."""
    every = [row for rows in kinds for row in rows]
    matrix = np.array([row for row, _, _ in every])
    told_again = np.array([not own for _, own, _ in every], dtype=float)
    weights = np.concatenate(
        [np.array([w for _, _, w in rows]) / sum(w for _, _, w in rows) for rows in kinds]
    )

    ends = {0: (-15.0, 15.0), 1: (0.0, 8.0), -1: (-8.0, 0.0)}
    low, high = np.array([ends[SIGNS.get(name, 1)] for name in NAMES]).T
    free = np.array(NAMES) != "prior"
    bits = np.array([asked.BITS[name] for name in NAMES])
    step = np.zeros(len(bits))
    for _ in range(STEPS):
        again = 1 / (1 + 2 ** -(matrix @ bits))
        slope = matrix.T @ (weights * (again - told_again)) + PULL * bits
        step = 0.9 * step - 0.1 * slope
        bits = np.clip(bits + step * free, low, high)
    return bits


def main() -> None:
    kinds: dict[str, Rows] = {name: [] for name in HANDS}
    for name, world in worlds():
        kinds[name] += rows_of(reconcile(world.claims), world)
    text = TABLE.read_text(encoding="utf-8")
    for name, bits in zip(NAMES, fitted([*kinds.values()]), strict=True):
        print(f"{name}\t{asked.BITS[name]} -> {bits:.2f}")
        text = re.sub(rf"(?m)^{name}\t[^\t]+\t", f"{name}\t{round(float(bits), 2):g}\t", text)
    if "--write" in sys.argv[1:]:
        TABLE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
