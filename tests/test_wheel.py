"""What the wheel holds: exactly four top-level names, every module, every data file."""

import zipfile

import pytest
from wheels import built, packaged


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The paths in the wheel."""
    with zipfile.ZipFile(built(tmp_path_factory.mktemp("wheel"))) as archive:
        return set(archive.namelist())


def test_the_wheel_claims_exactly_four_names(names: set[str]) -> None:
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {
        "calc",
        "rates",
        "cli.py",
        "pledgecalc",
    }
    assert len(tops) == 5


def test_the_wheel_holds_every_module_and_data_file(names: set[str]) -> None:
    missing = [path.as_posix() for path in packaged() if path.as_posix() not in names]
    assert missing == []
    assert any(name.startswith("rates/data/") for name in names)
    assert any(name.startswith("calc/data/") for name in names)


def test_the_licence_travels_with_the_wheel(names: set[str]) -> None:
    assert any(name.endswith("LICENSE") and ".dist-info/" in name for name in names)


def test_type_checkers_are_told_that_the_packages_have_types(names: set[str]) -> None:
    assert {f"{package}/py.typed" for package in ("calc", "pledgecalc", "rates")} <= names
