"""The example notebook runs from top to bottom. `python tests/test_notebook.py` renews it."""

import os
from pathlib import Path
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed (extra: dev)")
nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed (extra: dev)")
kernelspec = pytest.importorskip("jupyter_client.kernelspec", reason="no Jupyter client")

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = ROOT / "examples" / "lithuania.ipynb"


def executed() -> Any:
    """The notebook after a run in its own folder, with this clone first on the import path."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    client = nbclient.NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        resources={"metadata": {"path": str(NOTEBOOK.parent)}},
        record_timing=False,
    )
    client.execute(env=environment)
    return notebook


def texts(notebook: Any) -> str:
    """Everything that the cells print or show, as plain text."""
    return "\n".join(
        output.get("text") or output.get("data", {}).get("text/plain", "")
        for cell in notebook.cells
        for output in cell.get("outputs", [])
    )


def test_the_notebook_runs_and_shows_what_it_stored() -> None:
    if "python3" not in kernelspec.KernelSpecManager().find_kernel_specs():
        pytest.skip("no Jupyter kernel named python3 (install ipykernel)")
    shown = texts(executed())
    assert "744,743,200 USD" in shown
    assert "Palianytsia" in shown
    stored = texts(nbformat.read(NOTEBOOK, as_version=4))
    assert "744,743,200 USD" in stored
    assert "Palianytsia" in stored


def test_the_stored_notebook_has_outputs_and_no_errors() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in cells)
    assert not [out for cell in cells for out in cell.outputs if out.output_type == "error"]
    assert str(ROOT) not in NOTEBOOK.read_text(encoding="utf-8")


def renew() -> None:
    """Run the notebook and store its outputs, without traces of the machine."""
    notebook = executed()
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    NOTEBOOK.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")


if __name__ == "__main__":
    renew()
