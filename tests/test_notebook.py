"""The example notebooks run from top to bottom. `python tests/test_notebook.py` renews them."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed (extra: dev)")
nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed (extra: dev)")
kernelspec = pytest.importorskip("jupyter_client.kernelspec", reason="no Jupyter client")

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
# What each shows, in words that a reader would look for.
SHOWN = {
    "fact-check": ("744,743,200 USD", "<Windows: 2024-09-27", "ld+json", "text=%24763%20million"),
    "audit-and-reconcile": ("(spot)", "Palianytsia", "<SafeSum 20 to 30"),
}


def executed(path: Path) -> Any:
    """The notebook after a run in a copy of its folder, with this clone on the import path."""
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        home = shutil.copytree(EXAMPLES, Path(folder) / "examples")
        client = nbclient.NotebookClient(
            notebook,
            timeout=300,
            kernel_name="python3",
            resources={"metadata": {"path": str(home)}},
            record_timing=False,
        )
        client.execute(env={**os.environ, "PYTHONPATH": str(ROOT)})
    return notebook


def texts(notebook: Any) -> str:
    """Everything that the cells print or show, as plain text."""
    return "\n".join(
        output.get("text") or output.get("data", {}).get("text/plain", "")
        for cell in notebook.cells
        for output in cell.get("outputs", [])
    )


def kinds(notebook: Any) -> list[list[str]]:
    """The kinds of what each cell of code shows."""
    return [
        sorted(kind for output in cell.outputs for kind in output.get("data", {"text": 0}))
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


@pytest.mark.parametrize("name", SHOWN)
def test_the_notebook_runs_and_shows_what_it_stored(name: str) -> None:
    if "python3" not in kernelspec.KernelSpecManager().find_kernel_specs():
        pytest.skip("no Jupyter kernel named python3 (install ipykernel)")
    path = EXAMPLES / f"{name}.ipynb"
    run, stored = executed(path), nbformat.read(path, as_version=4)
    for words in SHOWN[name]:
        assert words in texts(run)
        assert words in texts(stored)
    assert kinds(run) == kinds(stored)


def test_a_plot_that_is_not_the_last_word_shows_up_once() -> None:
    stored = nbformat.read(EXAMPLES / "audit-and-reconcile.ipynb", as_version=4)
    (cell,) = (cell for cell in stored.cells if cell.source == "result.plot();")
    assert [sorted(output.data) for output in cell.outputs] == [["image/png", "text/plain"]]


@pytest.mark.parametrize("name", SHOWN)
def test_the_stored_notebook_has_outputs_and_no_errors(name: str) -> None:
    path = EXAMPLES / f"{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in cells)
    assert not [out for cell in cells for out in cell.outputs if out.output_type == "error"]
    assert str(ROOT) not in path.read_text(encoding="utf-8")


def test_every_notebook_of_the_examples_is_run() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.ipynb")} == set(SHOWN)


def renew() -> None:
    """Run the notebooks and store their outputs, without traces of the machine."""
    for path in sorted(EXAMPLES.glob("*.ipynb")):
        notebook = executed(path)
        notebook.metadata = {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
        path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")


if __name__ == "__main__":
    renew()
