"""Cells that run without a kernel put out what they put out in a kernel."""

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from autograder import bubble
from autograder.execution import RunCells
from autograder.harmless import harmless

CELLS = [
    "x = 1; x",
    "x;",
    "print('a'); import sys; print('b', file=sys.stderr); 5",
    "import asyncio; await asyncio.sleep(0); 'ok'",
    "!echo hi",
    "%%bash\necho there",
    "from IPython.display import HTML, clear_output, display; display(HTML('<b>x</b>'))",
    "handle = display('one', display_id=True); handle.update('two')",
    "print('gone'); clear_output(); print('kept')",
    "print('gone'); clear_output(wait=True); print('kept')",
    "import plotly.graph_objects as go; go.Figure(go.Bar(y=[1, 2]))",
    "import pandas as pd; pd.DataFrame({'a': [1]})",
    "import networkx as nx; nx.path_graph(3)",
    "1 / 0",
    "assert x == 2, 'not two'",
    "raise SystemExit",
    "import logging; logging.warning('careful')",
    "class A:\n    def _repr_html_(self): return '<i>'\nA()",
    "import threading; t = threading.Thread(target=lambda: print('there')); t.start(); t.join()",
    "help(len)",
    "In[1], Out[1], __name__",
    "input()",
]
VARIES = re.compile(r"0x[0-9a-f]+")


def plain(cell: Any) -> list[Any]:
    """A cell's outputs without what differs from run to run: addresses, file names in tracebacks."""
    outputs = json.loads(VARIES.sub("0x", json.dumps(cell.outputs)))
    for one in outputs:
        one.pop("traceback", None)
    return [cell.execution_count, *outputs]


@pytest.mark.slow
def test_outputs_are_those_of_a_kernel(tmp_path: Path) -> None:
    if trouble := bubble.trouble():
        pytest.skip(trouble)
    notebook = new_notebook(
        cells=[new_code_cell(text) for text in CELLS],
        metadata={"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}},
    )
    # A test that isn't ours makes it a stranger's notebook, which runs in the sandbox.
    test = {"grade": True, "solution": False, "locked": True, "grade_id": "t", "points": 1, "schema_version": 3}
    notebook.cells.append(new_code_cell("assert True", metadata={"nbgrader": test | {"cell_type": "code"}}))
    theirs = copy.deepcopy(notebook)
    NotebookClient(theirs, allow_errors=True, timeout=60).execute()
    ours, _ = RunCells().preprocess(copy.deepcopy(notebook), {"metadata": {"path": str(tmp_path)}})
    assert "jejaring" not in ours.metadata, ours.metadata
    *cells, asks, _ = zip(theirs.cells, ours.cells, strict=True)
    for one, other in cells:
        harmless(one.outputs)
        assert plain(other) == plain(one), one.source
    assert [output.output_type for output in asks[0].outputs] == ["error"]
    assert [output.output_type for output in asks[1].outputs][-1] == "error"
