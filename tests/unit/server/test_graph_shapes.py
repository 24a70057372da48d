"""What a graph says about itself, for graphs of every kind."""

import typing
from dataclasses import dataclass
from typing import Any

import pytest
from langgraph.graph import END, START, StateGraph
from pydantic import BaseModel

from server.protocol.graph_shapes import drawing_of, schemas_of, subgraphs_of


class Typed(typing.TypedDict, total=False):
    title: str


class Modelled(BaseModel):
    title: str = ""


class Untellable:
    pass


class Odd(typing.TypedDict):
    thing: Untellable


@dataclass
class Knobs:
    user_id: str = "x"
    tempo: int = 1


def graph(state: Any, *, inside: Any = None, context: Any = None) -> Any:
    made = StateGraph(state, context_schema=context)
    made.add_node("inner", inside or (lambda state: {}))
    made.add_edge(START, "inner")
    made.add_edge("inner", END)
    return made.compile()


@pytest.mark.parametrize("state", [Typed, Modelled])
def test_a_state_is_told_however_it_is_written(state: Any) -> None:
    told = schemas_of(graph(state), "g")
    for schema in (told.input_schema, told.output_schema, told.state_schema):
        assert schema is not None
        assert "title" in schema["properties"]
    assert told.context_schema is None


def test_what_json_cannot_tell_is_null_and_the_rest_is_told() -> None:
    told = schemas_of(graph(Odd, context=Knobs), "g")
    assert told.state_schema is None
    assert told.context_schema is not None
    assert told.context_schema["properties"].keys() == {"tempo"}, "whose a run is, is not asked"


def test_a_depth_of_one_is_not_all_the_way_down() -> None:
    deep = graph(Typed, inside=graph(Typed, inside=graph(Typed)))

    def names(xray: bool | int) -> set[str]:
        return {str(node["id"]) for node in drawing_of(deep, xray)["nodes"]}

    everything, one = names(True), names(1)
    assert "inner:inner:inner" in everything
    assert "inner:inner" in one
    assert not {name for name in one if name.count(":") > 1}
    assert names(0) == names(False) == {"__start__", "inner", "__end__"}
    assert subgraphs_of(deep, recurse=True).keys() == {"inner", "inner|inner"}
    assert subgraphs_of(deep, recurse=False).keys() == {"inner"}
