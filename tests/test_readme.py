"""The sessions and cells that our pages show are run. `python tests/test_readme.py` renews them."""

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest

import cli

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
PAGES = (README, ROOT / "docs" / "explained.md")  # whose sessions are run and renewed
SESSION = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
CELL = re.compile(r"(?<=```python\n).*?(?=```)", re.DOTALL)
COMMAND = re.compile(r"^\$ pledgecalc (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def commands() -> list[tuple[str, str]]:
    """Each command that the pages show, with the output they show."""
    texts = [page.read_text(encoding="utf-8") for page in PAGES]
    return [
        found
        for text in texts
        for session in SESSION.findall(text)
        for found in COMMAND.findall(session)
    ]


def output(command: str) -> str:
    """What a reader sees on the terminal."""
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream), contextlib.chdir(ROOT):
        cli.main(shlex.split(command))
    return stream.getvalue()


@pytest.mark.parametrize(("command", "shown"), commands())
def test_the_page_shows_what_the_command_prints(command: str, shown: str) -> None:
    assert shown.strip("\n") == output(command).strip("\n")


def test_the_page_shows_several_sessions() -> None:
    assert len(commands()) >= 3
    assert all(shown.strip() for _, shown in commands())


@pytest.mark.parametrize("page", ["README.md", "docs/first-steps.md"])
def test_the_cells_of_a_page_run(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    cells = CELL.findall((ROOT / page).read_text(encoding="utf-8"))
    assert cells
    for cell in cells:
        names: dict[str, object] = {}
        exec(compile(cell, page, "exec"), names)
        assert "result" in names


def test_every_verb_is_named_on_the_page() -> None:
    text = README.read_text(encoding="utf-8")
    assert [verb.name for verb in cli.VERBS if f"`{verb.name}`" not in text] == []


def test_every_link_to_a_file_leads_somewhere() -> None:
    for page in ("README.md", "docs/first-steps.md", "docs/rates.md", "examples/README.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert ((ROOT / page).parent / target).exists(), f"{page}: {target}"


def renew() -> None:
    """Write the outputs of today into the pages."""

    def session(found: re.Match[str]) -> str:
        shown = [
            f"$ pledgecalc {command}\n{output(command).rstrip()}\n"
            for command, _ in COMMAND.findall(found[0])
        ]
        return "\n".join(shown)

    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        page.write_text(SESSION.sub(session, text), encoding="utf-8")


if __name__ == "__main__":
    renew()
