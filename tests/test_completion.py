"""Completion scripts: made for three shells, and asked in the shells themselves."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import cli
from calc.verbs import catalogue, completion

ROOT = Path(__file__).resolve().parents[1]
Output = pytest.CaptureFixture[str]
pytest.importorskip("shtab", reason="shtab is not installed")


@pytest.fixture(params=catalogue.SHELLS)
def shell(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def needs(shell: str) -> str:
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"no {shell} on this machine")
    return found


def test_the_script_is_printed_and_whole(capsys: Output, tmp_path: Path, shell: str) -> None:
    file = tmp_path / "script"
    assert cli.main(["completion", shell]) == 0
    printed = capsys.readouterr().out
    assert cli.main(["completion", shell, "-o", str(file)]) == 0
    assert file.read_text(encoding="utf-8") == printed
    for verb in catalogue.VERBS:
        assert verb.name in printed
    checked = subprocess.run([needs(shell), "-n", file], capture_output=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("typed", "offered", "not_offered"),
    [
        ("pledgecalc rec", "reconcile", "read"),
        ("pledgecalc check --fail", "--fail-on", "--format"),
        ("pledgecalc check --fail-on ", "warning", "spot"),
        ("pledgecalc decide part", "part-of", "donor"),
        ("pledgecalc completion f", "fish", "bash"),
        ("pledgecalc read som", "some page.txt", "other.txt"),
        ("pledgecalc som", "some page.txt", "other.txt"),
    ],
)
@pytest.mark.parametrize("name", ["bash", "fish"])
def test_what_is_typed_is_completed(
    tmp_path: Path, name: str, typed: str, offered: str, not_offered: str
) -> None:
    program = needs(name)
    for text in ("some page.txt", "other.txt"):
        (tmp_path / text).touch()
    script = tmp_path / "script"
    script.write_text(completion.script(name), encoding="utf-8")
    found = subprocess.run(
        [program, *(["--norc"] if name == "bash" else ["--no-config"]), "-c", ASK[name]],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LINE": typed, "TERM": "dumb"},
        capture_output=True,
        text=True,
        check=False,
    )
    offers = [line.split("\t")[0].replace("\\", "").strip() for line in found.stdout.splitlines()]
    assert offered in offers, found.stderr
    assert not_offered not in offers


ASK = {
    # as readline asks, and then its own files, where nothing is offered and "-o default" says so
    "bash": """
source ./script
spec=$(complete -p pledgecalc); [[ $spec =~ -F\\ ([^ ]+) ]]; function=${BASH_REMATCH[1]}
COMP_LINE=$LINE; COMP_POINT=${#LINE}
read -ra COMP_WORDS <<< "$LINE"; [[ $LINE == *' ' ]] && COMP_WORDS+=("")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); last=${COMP_WORDS[COMP_CWORD]}
COMPREPLY=(); $function pledgecalc "$last" "${COMP_WORDS[COMP_CWORD-1]}"
if [[ ${#COMPREPLY[@]} == 0 && $spec == *"-o default"* ]]; then
    compgen -f -- "$last"
else
    printf '%s\\n' "${COMPREPLY[@]}"
fi
""",
    "fish": 'source ./script; complete -C "$LINE"',
}


def test_zsh_knows_the_function(tmp_path: Path) -> None:
    program = needs("zsh")
    (tmp_path / "_pledgecalc").write_text(completion.script("zsh"), encoding="utf-8")
    ask = "fpath=($PWD $fpath); autoload -U compinit; compinit -u -D; print ${_comps[pledgecalc]}"
    found = subprocess.run(
        [program, "-f", "-c", ask], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert found.stdout.strip() in ("_pledgecalc", "_shtab_pledgecalc"), found.stderr


def test_without_shtab_it_says_what_to_install(
    capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "shtab", None)
    assert cli.main(["completion", "bash"]) == 2
    assert "pip install shtab" in capsys.readouterr().err
