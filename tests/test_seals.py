"""A changed byte of an embedded or updated table of rates is said at use; it is never converted."""

from __future__ import annotations

import random
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rates import ecb, hmrc, nbp_wheel, published, seals, tsv, world
from rates.errors import PledgecalcError

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(seals.DATA)
TABLES = sorted(path.name for path in DATA.glob("*.tsv"))
FLIPS = {"ecb.txt": 90, "nbp.bin": 50, "hmrc.bin": 30, "SOURCE.toml": 10} | dict.fromkeys(TABLES, 3)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the data that the readers take for the embedded ones."""
    for path in DATA.iterdir():
        shutil.copy(path, tmp_path)
    for module in (seals, ecb, world, hmrc):
        monkeypatch.setattr(module, "DATA", str(tmp_path))
    hmrc._series.cache_clear()
    yield tmp_path
    hmrc._series.cache_clear()


def use(folder: Path, name: str) -> None:
    """Read all of a file, as conversions would."""
    if name == "ecb.txt":
        ecb.embedded()
    elif name == "SOURCE.toml":
        ecb.origins()
    elif name == "nbp.bin":
        table = world.World(str(folder / name))
        for block in table._blocks:
            table._block(block)
    elif name == "hmrc.bin":
        hmrc._series.cache_clear()
        for series in ("month", "year", "spot"):
            hmrc._series(series)
    else:
        tsv.rows(str(folder / name))


def flipped(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    changed = content[place] ^ (1 << chance.randrange(8))
    return content[:place] + bytes([changed]) + content[place + 1 :]


def test_what_is_released_is_sealed() -> None:
    """After a change in rates/data: python scripts/seal_rates.py."""
    script = runpy.run_path(str(ROOT / "scripts" / "seal_rates.py"))
    assert (DATA / "SEALS").read_text(encoding="ascii") == script["seals"]()


@pytest.mark.parametrize("name", FLIPS)
def test_a_flipped_bit_anywhere_is_an_error_that_names_file_and_remedy(
    folder: Path, name: str
) -> None:
    use(folder, name)
    whole = (folder / name).read_bytes()
    chance = random.Random(name)
    for _ in range(FLIPS[name]):
        (folder / name).write_bytes(flipped(whole, chance))
        with pytest.raises(PledgecalcError, match=r"(was|were) changed") as caught:
            use(folder, name)
        assert name in str(caught.value)
        assert "install pledgecalc anew" in str(caught.value)


def test_the_list_of_seals_itself_may_be_damaged(folder: Path) -> None:
    seals._seals.cache_clear()
    text = (folder / "SEALS").read_text(encoding="ascii")
    (folder / "SEALS").write_text(text.replace(" ecb.txt", " ecb.tyt"), encoding="ascii")
    try:
        with pytest.raises(PledgecalcError, match=r"ecb\.txt was changed"):
            ecb.embedded()
    finally:
        seals._seals.cache_clear()


def test_an_updated_history_is_checked_at_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ecb, "updated_path", lambda: str(tmp_path / "ecb.txt"))
    whole = published.sealed((DATA / "ecb.txt").read_bytes())
    path = tmp_path / "ecb.txt"
    path.write_bytes(whole)
    assert ecb.updated() is not None
    chance = random.Random(5)

    for _ in range(60):
        path.write_bytes(flipped(whole, chance))
        with pytest.raises(PledgecalcError, match="rates update writes it anew"):
            ecb.updated()
    version = whole.replace(b" sha256:", b" sha255:", 1).replace(b"\n", b"0\n", 1)
    path.write_bytes(version)
    with pytest.raises(PledgecalcError, match="rates update writes it anew"):
        ecb.updated()


def test_an_updated_history_of_an_earlier_version_is_checked_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ecb.txt"
    monkeypatch.setattr(ecb, "updated_path", lambda: str(path))
    first, _, rest = published.sealed((DATA / "ecb.txt").read_bytes()).partition(b"\n")
    title, _, tail = first.partition(b" crc32:")
    whole = title + tail[8:] + b"\n" + rest
    path.write_bytes(whole)
    assert ecb.updated() is not None
    path.write_bytes(whole.replace(b"1.0904", b"1.9904", 1))
    with pytest.raises(PledgecalcError, match="rates update writes it anew"):
        ecb.updated()


def test_an_updated_world_table_is_checked_at_use(tmp_path: Path) -> None:
    path = tmp_path / "nbp.bin"
    whole = nbp_wheel.sealed((DATA / "nbp.bin").read_bytes())
    path.write_bytes(whole)
    use(tmp_path, "nbp.bin")
    head = len(b"\n".join(whole.split(b"\n", 2)[:2]))
    chance = random.Random(7)
    for _ in range(40):
        changed = flipped(whole[:head], chance) + whole[head:]
        path.write_bytes(changed)
        with pytest.raises(PledgecalcError, match=r"nbp\.bin"):
            use(tmp_path, "nbp.bin")


def test_the_command_says_it(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "rates", tmp_path / "rates", ignore=shutil.ignore_patterns("*.pyc"))
    shutil.copy(ROOT / "cli.py", tmp_path)
    table = tmp_path / "rates" / "data" / "ecb.txt"
    table.write_bytes(table.read_bytes().replace(b"1.0904", b"1.9904", 1))
    command = [sys.executable, "cli.py", "convert", "5", "EUR", "USD", "--on", "2024-11-04"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "ecb.txt was changed since it was released" in done.stderr
