"""Studio can load every listed graph: no key, no database, no setting is needed to import one."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
LISTED = json.loads((ROOT / "langgraph.json").read_text())["graphs"]
PROGRAM = """
import importlib, json, sys
file, name = sys.argv[1].removeprefix("./").split(":")
graph = getattr(importlib.import_module(file.removesuffix(".py").replace("/", ".")), name)
print(json.dumps({"input": graph.get_input_jsonschema(), "saver": repr(graph.checkpointer)}))
"""


@pytest.mark.parametrize("name", LISTED)
def test_a_listed_graph_loads_with_an_empty_environment(name: str):
    command = [sys.executable, "-c", PROGRAM, LISTED[name]["path"]]
    done = subprocess.run(command, cwd=ROOT, env={}, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr
    loaded = json.loads(done.stdout)
    assert loaded["saver"] == "None", "whoever runs the graph attaches a saver"
    assert _unexplained(loaded["input"]) == [], "fields that a form would show without a word"


def test_the_list_holds_every_graph():
    from graphs import GRAPHS

    assert set(LISTED) == set(GRAPHS)


def _unexplained(schema: dict[str, Any]) -> list[str]:
    """Fields of the input and of the briefs in it that say nothing about themselves."""
    shown = {name: one for name, one in schema["$defs"].items() if name.endswith("Brief")} | {"": schema}
    return [
        f"{model}.{field}"
        for model, one in shown.items()
        for field, content in one["properties"].items()
        if not content.get("description")
    ]
