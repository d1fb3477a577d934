"""The GitHub Action and the pre-commit hook of the examples: read, and their commands run."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

import cli

ROOT = Path(__file__).resolve().parents[1]
ACTION = ROOT / "examples" / "github" / "check-figures.yml"
HOOK = ROOT / "examples" / "pre-commit" / ".pre-commit-config.yaml"
Output = pytest.CaptureFixture[str]
RIGHT = "Nov. 4, 2024\n\nNorway pledged 683 million euros ($745 million) to Ukraine.\n"
WRONG = "Nov. 4, 2024\n\nNorway pledged 683 million euros ($7.45 billion) to Ukraine.\n"


def commands() -> list[list[str]]:
    """The commands of ours in both files, without redirections."""
    text = ACTION.read_text(encoding="utf-8") + HOOK.read_text(encoding="utf-8")
    lines = re.findall(r"(?:run|entry): (pledgecalc .*)", text)
    return [shlex.split(line.partition(">>")[0])[1:] for line in lines]


@pytest.mark.parametrize(("text", "codes"), [(RIGHT, [0, 0, 0]), (WRONG, [1, 0, 1])])
def test_the_commands_stop_at_what_cannot_be_right(
    capsys: Output, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str, codes: list[int]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "one.txt").write_text(text, encoding="utf-8")
    hook = commands()[-1]
    assert [cli.main(words) for words in commands()[:-1]] == codes[:-1]
    assert cli.main([*hook, "articles/one.txt"]) == codes[-1]  # the files are put behind
    assert "Traceback" not in capsys.readouterr().err


def test_the_files_are_what_their_programs_read() -> None:
    yaml: Any = pytest.importorskip("yaml", reason="PyYAML is not installed")
    action = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    steps = action["jobs"]["check"]["steps"]
    assert all("uses" in step or "run" in step for step in steps)
    assert True in action or "on" in action  # YAML 1.1 reads a bare "on" as true
    (hook,) = yaml.safe_load(HOOK.read_text(encoding="utf-8"))["repos"][0]["hooks"]
    assert {"id", "name", "language", "entry", "files"} <= hook.keys()
    assert re.search(hook["files"], "articles/one.txt")
    assert not re.search(hook["files"], "articles/one.py")
