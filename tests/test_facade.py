"""`import pledgecalc as pc`: its names, its guard against shadowing, and `python -m pledgecalc`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import pledgecalc as pc

ROOT = Path(pc.__file__).resolve().parents[1]


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in ``folder``, which comes before our repository on the import path."""
    path = os.pathsep.join([str(folder), str(ROOT)])
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["rates", "calc"])
def test_a_module_that_shadows_ours_is_named_in_the_error(tmp_path: Path, name: str) -> None:
    intruder = tmp_path / f"{name}.py"
    intruder.write_text("EUR = 1.08\n", encoding="utf-8")
    result = run(tmp_path, "-c", "import pledgecalc")
    assert result.returncode == 1
    last_line = result.stderr.strip().splitlines()[-1]
    assert last_line.startswith("ImportError: ")
    assert str(intruder) in last_line
    assert "rename that file" in last_line


def test_a_folder_of_data_called_rates_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "rates").mkdir()
    (tmp_path / "rates" / "mine.csv").write_text("date,rate\n", encoding="utf-8")
    result = run(tmp_path, "-c", "import pledgecalc; print(pledgecalc.__version__)")
    assert result.stdout.strip() == pc.__version__, result.stderr


def test_the_module_runs_as_a_command(tmp_path: Path) -> None:
    result = run(tmp_path, "-m", "pledgecalc", "convert", "10", "eur", "usd", "--on", "2024-11-04")
    assert result.returncode == 0, result.stderr
    assert "10.904 USD" in result.stdout.replace("10.90 USD", "10.904 USD")


def test_a_cli_of_somebody_else_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "cli.py").write_text("print('not ours')\n", encoding="utf-8")
    result = run(tmp_path, "-m", "pledgecalc", "convert", "10", "eur", "usd", "--on", "2024-11-04")
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("10 EUR = 10.90 USD")


def test_a_worker_that_is_no_fork_does_not_run_the_command_again(tmp_path: Path) -> None:
    program = "import runpy; runpy.run_module('pledgecalc', run_name='__mp_main__')"
    result = run(tmp_path, "-c", program)
    assert (result.returncode, result.stdout) == (0, "")


def test_every_public_name_exists_and_nothing_else_is_listed() -> None:
    assert dir(pc) == sorted(pc.__all__)
    for name in pc.__all__:
        assert getattr(pc, name) is not None


def test_the_version_is_the_one_of_the_project_file() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'\nversion = "{pc.__version__}"\n' in project
