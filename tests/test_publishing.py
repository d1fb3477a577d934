"""What a release is made of: metadata, the source distribution, the citation, the container."""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path
from typing import Any

import pytest
from wheels import built, packaged

import pledgecalc as pc

ROOT = Path(__file__).resolve().parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
TRY = runpy.run_path(str(ROOT / "scripts" / "try_dockerfile.py"))
STEPS = TRY["steps"]((ROOT / "Dockerfile").read_text(encoding="utf-8"))


def of(word: str) -> list[str]:
    """What stands behind a word of the Dockerfile, each time it is used."""
    return [step.rest for step in STEPS if step.word == word]


def test_the_metadata_says_what_an_index_shows() -> None:
    assert PROJECT["name"] == "pledgecalc"
    assert len(PROJECT["description"]) <= 100
    assert "Typing :: Typed" in PROJECT["classifiers"]
    assert PROJECT["classifiers"] == sorted(PROJECT["classifiers"], key=_by_version)
    assert not [
        one for one in PROJECT["classifiers"] if one.startswith("License ::")
    ]  # the SPDX id
    assert len(PROJECT["keywords"]) >= 5
    assert "urls" not in PROJECT or all("example" not in url for url in PROJECT["urls"].values())


def _by_version(classifier: str) -> tuple[Any, ...]:
    numbers = re.findall(r"\d+", classifier.partition("Python ::")[2])
    return (re.sub(r"3(\.\d+)?( :: Only)?$", "", classifier), len(numbers), *map(int, numbers))


def test_every_python_of_the_classifiers_is_tried_by_ci() -> None:
    told = [one.rpartition(" ")[2] for one in PROJECT["classifiers"] if ":: 3." in one]
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert f"for version in {' '.join(told)}; do" in ci
    assert PROJECT["requires-python"] == f">={told[0]}"


def test_the_citation_names_this_version_and_no_person() -> None:
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    fields = dict(re.findall(r"^([\w-]+): (.+)$", text, re.MULTILINE))
    assert fields["cff-version"] == "1.2.0"
    assert {"message", "title", "version", "license"} <= set(fields)
    assert fields["version"] == pc.__version__
    assert fields["license"] == PROJECT["license"]
    assert re.findall(r"^  - (name|given-names|family-names): (.+)$", text, re.MULTILINE) == [
        ("name", "The pledgecalc project")
    ]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Both distributions, the source one built from what the wheel is built from."""
    folder = tmp_path_factory.mktemp("made")
    wheel = built(folder)
    call = "import sys; from setuptools import build_meta as b; print(b.build_sdist(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", call, str(folder)],
        cwd=folder / "source", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {"wheel": wheel, "sdist": folder / done.stdout.split()[-1]}


def test_the_source_distribution_holds_every_file(made: dict[str, Path]) -> None:
    with tarfile.open(made["sdist"]) as archive:
        names = set(archive.getnames())
    home = f"pledgecalc-{pc.__version__}"
    wanted = [*map(Path.as_posix, packaged()), "README.md", "LICENSE", "pyproject.toml"]
    assert [name for name in wanted if f"{home}/{name}" not in names] == []


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_pip_installs_what_was_built_and_the_command_says_what_the_checkout_says(
    made: dict[str, Path], kind: str, tmp_path: Path
) -> None:
    pytest.importorskip("pip", reason="pip is not installed")
    home = tmp_path / "möp é 日本" / "x y"
    options = [
        "--no-index",
        "--no-deps",
        "--no-compile",
        "--no-build-isolation",
        "--target",
        str(home),
    ]
    command = [sys.executable, "-m", "pip", "install", "--quiet", *options, str(made[kind])]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    beside = home.parent / "work"
    beside.mkdir()
    (beside / "cli.py").write_text("print('not ours')\n", encoding="utf-8")
    program = "import json, sys\nfrom pledgecalc import __file__ as at\nimport cli\n"
    program += "print(*(cli.main(words) for words in json.loads(sys.argv[1])))\n"
    program += "print(at, cli.__file__, file=sys.stderr)\n"
    examples = str(ROOT / "examples" / "lithuania")
    lines = [
        "convert 683m EUR USD --on 2024-11-04".split(),
        ["read", examples, "--json", "-q"],
        ["reconcile", examples, "--json", "-q", "--fail-on", "never"],
    ]

    def said(packages: Path) -> tuple[bytes, str]:
        ran = subprocess.run(
            [sys.executable, "-P", "-c", program, json.dumps(lines)],
            cwd=beside,
            env={**os.environ, "PYTHONPATH": str(packages)},
            capture_output=True,
            check=True,
        )
        return ran.stdout, ran.stderr.decode()

    text, where = said(home)
    assert where.count(str(home)) == 2, "what was installed was run"
    assert text == said(ROOT)[0]
    assert text.startswith(b"683,000,000 EUR = 744,743,200 USD")
    ran = subprocess.run(
        [sys.executable, "-m", "pledgecalc", *lines[0]],
        cwd=beside,
        env={**os.environ, "PYTHONPATH": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.startswith("683,000,000 EUR = 744,743,200 USD"), ran.stderr
    assert (home / "bin" / "pledgecalc").exists() or (home / "Scripts").exists()


def test_the_image_holds_what_the_wheel_is_built_from() -> None:
    taken = {name for rest in of("COPY") for name in rest.split()[:-1]}
    packages = {path.parts[0] for path in packaged()}
    assert taken == {*packages, "cli.py", "pyproject.toml", PROJECT["readme"], "LICENSE"}
    let_in = (ROOT / ".dockerignore").read_text(encoding="utf-8")
    assert {line[1:] for line in let_in.splitlines() if line.startswith("!")} == taken


def test_the_image_installs_extras_that_exist_on_a_python_that_is_supported() -> None:
    (base,) = of("FROM")
    version = base.partition(":")[2].partition("-")[0]
    assert f"Programming Language :: Python :: {version}" in PROJECT["classifiers"]
    (install,) = (rest for rest in of("RUN") if "pip install" in rest)
    extras = re.search(r"\.\[([\w,]+)\]", install)
    assert extras is not None
    assert set(extras[1].split(",")) <= set(PROJECT["optional-dependencies"])


def test_the_image_runs_our_command_as_a_user_without_rights() -> None:
    (entry,) = map(json.loads, of("ENTRYPOINT"))
    assert entry[0] in PROJECT["scripts"]
    words = [step.word for step in STEPS]
    assert words.index("USER") < words.index("ENTRYPOINT")
    assert of("USER") != ["root"]
    assert of("WORKDIR")[-1] == "/data"


def test_continued_lines_of_a_dockerfile_are_one_step() -> None:
    assert TRY["steps"]("RUN a \\\n  b\n# c\nUSER d") == [("RUN", "a b"), ("USER", "d")]


@pytest.mark.parametrize("page", ["docs/release.md", "README.md"])
def test_what_a_page_installs_is_called_as_the_project_is(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for name in re.findall(r"pipx (?:run|install)(?: --spec \S+)? (\w+)", text):
        assert name == PROJECT["name"]
