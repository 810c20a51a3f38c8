"""Run the tutorial notebook, so that what it shows is what hpkg answers.

    python docs/notebook.py          run it and write the outputs
    python docs/notebook.py --check  exit 1 if they are not what would be written

The notebook is run in a kernel of this Python with the graph of this checkout. Not for: what it says.
"""

from __future__ import annotations

import copy
import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = ROOT / "docs" / "tutorial.ipynb"
SECONDS = 300


def executed(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return `notebook` with the outputs it has now, and without all that differs from machine to machine.

    Raises:
        CellExecutionError: A cell failed.
    """
    fresh = copy.deepcopy(notebook)
    for cell in fresh.cells:
        cell.metadata.clear()
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    NotebookClient(fresh, timeout=SECONDS, kernel_name="python3", record_timing=False).execute(cwd=str(ROOT))
    for cell in fresh.cells:
        cell.metadata.clear()
    fresh.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    return fresh


def main(arguments: list[str]) -> int:
    """Write the notebook as it runs today, or only tell whether it is old."""
    os.environ["HPKG_HOME"] = str(ROOT)
    before = NOTEBOOK.read_text("utf-8")
    notebook = nbformat.reads(before, as_version=4)
    after = nbformat.writes(executed(notebook)) + "\n"
    if before == after:
        return 0
    sys.stderr.write(f"{NOTEBOOK.relative_to(ROOT)}\n")
    if arguments == ["--check"]:
        return 1
    NOTEBOOK.write_text(after, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
