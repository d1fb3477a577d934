"""Splink on the same claims, in an environment of its own: never a dependency of ours."""

from __future__ import annotations

import json
import subprocess
import tempfile
import venv
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from calc.links.rows import read_rows
from calc.schema import CLAIMS

from .scores import clustering
from .world import World

WANTED = ("splink==5.0.0",)
SCRIPT = Path(__file__).resolve().parents[1] / "splink_peer.py"


@contextmanager
def environment() -> Iterator[str]:
    """The Python of a fresh environment that holds Splink and nothing of ours."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(Path(folder) / "venv", with_pip=True)
        python = str(Path(folder) / "venv" / "bin" / "python")
        pip = [python, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
        subprocess.run([*pip, *WANTED], check=True)
        yield python


def compare(python: str, world: World, base: pd.Series, euros: pd.Series) -> pd.DataFrame:
    """Scores of Splink, stock and with our features, each at the threshold that suits it best.

    ``base`` gives for each claim of a pledge the figure that it converts, or itself: conversions
    follow their base, as they do for the other methods.
    """
    truth = world.truth.set_index("claim_id").loc[base.index, "object_id"]
    rows = _rows(world, base, euros)
    matches = sum(n * (n - 1) // 2 for n in Counter(truth[rows["claim_id"]]).values())
    prior = max(matches, 1) / (len(rows) * (len(rows) - 1) / 2)
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.csv"
        rows.to_csv(path, index=False)
        for kind, name in (("stock", "Splink, stock"), ("features", "Splink, our features")):
            run = [python, str(SCRIPT), str(path), kind, f"{prior:.3g}"]
            told = subprocess.run(run, check=True, capture_output=True, text=True).stdout
            found[name] = _best(json.loads(told), base, truth)
    return pd.DataFrame(found).T


def _best(told: dict[str, Any], base: pd.Series, truth: pd.Series) -> dict[str, float]:
    best: dict[str, float] = {}
    for threshold, parts in told["parts"].items():
        part = pd.Series([parts.get(str(of), str(of)) for of in base], index=base.index)
        scores = clustering(part, truth)
        if not best or scores["pair F1"] > best["pair F1"]:
            best = scores | {"threshold": float(threshold)}
    return best | {"CPU seconds": told["seconds"], "GB": told["gigabytes"]}


def _rows(world: World, base: pd.Series, euros: pd.Series) -> pd.DataFrame:
    """What Splink is given: the figures that convert no other, with our features as columns."""
    own = [name for name, of in base.items() if name == of]
    table = world.claims.set_index("claim_id").loc[own].reset_index()
    claims = {claim.id: claim for claim in read_rows(table.reindex(columns=list(CLAIMS)))}
    records = []
    printed = Counter((c.donor, c.currency, c.amount) for c in claims.values())
    donors = Counter(c.donor for c in claims.values())
    for name in own:
        claim = claims[str(name)]
        unit = euros[name] / claim.amount if claim.amount else 1.0
        low, high = (claim.band.near_low, claim.band.near_high) if claim.band else (0.0, 0.0)
        stated = claim.value_date if claim.date_basis == "stated" else None
        act = stated or claim.published
        records.append(
            {
                "claim_id": claim.id,
                "donor": "|".join(claim.donor) or None,
                "recipient": "|".join(claim.recipient) or None,
                "euros": euros[name],
                "low": low * unit,
                "high": high * unit,
                "printed": f"{claim.amount:.0f} {claim.currency}",
                "share": printed[claim.donor, claim.currency, claim.amount] / donors[claim.donor],
                "published": str(claim.published),
                "day": claim.published.toordinal() if claim.published else None,
                "act": act.toordinal() if act else None,
                "purpose": "|".join(claim.words) or None,
                "names": "|".join(claim.names) or None,
                "sentence": claim.sentence,
            }
        )
    return pd.DataFrame(records)
