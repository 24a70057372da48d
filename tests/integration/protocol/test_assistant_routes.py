"""Assistants, asked by LangGraph's own client."""

import asyncio
import uuid
from typing import Any

import pytest
from langgraph_sdk.client import LangGraphClient
from langgraph_sdk.errors import ConflictError, NotFoundError, UnprocessableEntityError

from server.protocol.assistant_ids import resolve_assistant, system_id
from state.errors import RecordNotFound
from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_production, another_user
from tests.visitors import ask_as

NOVELA = system_id("novela")
CHEAP = {"ceiling_usd": "10.00"}


async def test_studios_first_search_finds_a_graphs_own_assistant(lot: Lot) -> None:
    asked = {"limit": 10, "offset": 0, "metadata": {"created_by": "system"}}
    answer = await lot.client.post("/assistants/search", json=asked)
    by_graph = {one["graph_id"]: one for one in answer.json()}
    assert set(by_graph) == {"novela", "export"}
    found = by_graph["novela"]
    assert (found["assistant_id"], found["graph_id"], found["name"]) == (NOVELA, "novela", "novela")
    assert (found["metadata"], found["version"]) == ({"created_by": "system"}, 1)
    assert answer.headers["x-pagination-total"] == "2"
    assert "x-pagination-next" not in answer.headers


async def test_the_id_of_a_graphs_own_assistant_never_changes() -> None:
    assert NOVELA == "41ed99c0-883d-5684-9b8d-20b3254ff463"


async def test_an_id_and_the_graphs_name_mean_the_same(sdk: LangGraphClient) -> None:
    by_name, by_id = await sdk.assistants.get("novela"), await sdk.assistants.get(NOVELA.upper())
    assert by_name == by_id
    assert by_id["created_at"] == by_id["updated_at"]


async def test_what_nobody_has_is_not_found(lot: Lot) -> None:
    for wanted in ("nothing", str(uuid.uuid4()), "novela%00", "x" * 3000):
        for path in ("", "/graph", "/schemas", "/subgraphs", "/subgraphs/shooting"):
            answer = await lot.client.get(f"/assistants/{wanted}{path}")
            assert (answer.status_code, list(answer.json())) == (404, ["detail"]), (wanted, path)


async def test_the_graph_is_drawn_with_what_is_inside_it(sdk: LangGraphClient) -> None:
    flat, deep = await sdk.assistants.get_graph("novela"), await sdk.assistants.get_graph(NOVELA, xray=True)
    names = {node["id"] for node in deep["nodes"]}
    assert {"__start__", "approve_budget", "storyboard_loop", "__end__"} <= {n["id"] for n in flat["nodes"]}
    assert "storyboard_loop:review_storyboard" in names
    assert all({"id", "type", "data"} <= node.keys() for node in deep["nodes"])
    assert {edge["source"] for edge in deep["edges"]} <= names
    assert any(edge.get("conditional") for edge in deep["edges"])
    assert await sdk.assistants.get_graph("novela", xray=1) == deep


async def test_a_depth_that_is_none_is_refused(lot: Lot) -> None:
    for xray in ("maybe", "-1", "1.5", "9999", "²"):
        answer = await lot.client.get("/assistants/novela/graph", params={"xray": xray})
        assert (answer.status_code, answer.json()["detail"][:5]) == (422, "xray:"), xray


async def test_schemas_say_what_a_run_takes_and_hide_whose_it_is(sdk: LangGraphClient) -> None:
    schemas = await sdk.assistants.get_schemas("novela")
    assert schemas["graph_id"] == "novela"
    assert schemas["input_schema"] is not None
    assert "brief" in schemas["input_schema"]["properties"]
    assert schemas["state_schema"] is not None
    assert "quote" in schemas["state_schema"]["properties"]
    assert schemas["context_schema"] is not None
    assert "ceiling_usd" in schemas["context_schema"]["properties"]
    assert "user_id" not in schemas["context_schema"]["properties"]


async def test_subgraphs_are_told_by_namespace(sdk: LangGraphClient) -> None:
    every = await sdk.assistants.get_subgraphs("novela", recurse=True)
    assert set(every) == {"storyboard_loop", "shooting", "finishing"}
    one = await sdk.assistants.get_subgraphs("novela", namespace="shooting")
    assert one == {"shooting": every["shooting"]}
    with pytest.raises(NotFoundError, match="storyboard_loop, shooting, finishing"):
        await sdk.assistants.get_subgraphs("novela", namespace="filming")


async def test_a_preset_is_made_changed_and_brought_back(sdk: LangGraphClient) -> None:
    made = await sdk.assistants.create("novela", name="Cheap", context=CHEAP, metadata={"team": "a"})
    assert (made["version"], made["context"], made["config"]) == (1, CHEAP, {})
    own = made["assistant_id"]
    changed = await sdk.assistants.update(
        own, context={"ceiling_usd": "5.00"}, metadata={"note": 1}, config={"recursion_limit": 50}
    )
    assert (changed["version"], changed["name"]) == (2, "Cheap")
    assert changed["metadata"] == {"team": "a", "note": 1}
    assert [each["version"] for each in await sdk.assistants.get_versions(own)] == [2, 1]
    assert [each["version"] for each in await sdk.assistants.get_versions(own, metadata={"note": 1})] == [2]
    back = await sdk.assistants.set_latest(own, 1)
    assert (back["version"], back["context"], back["config"]) == (1, CHEAP, {})
    assert (await sdk.assistants.update(own, name="Third"))["version"] == 3, "no number is used twice"
    await sdk.assistants.delete(own)
    with pytest.raises(NotFoundError):
        await sdk.assistants.get(own)


async def test_two_changes_at_once_are_two_versions(sdk: LangGraphClient) -> None:
    own = (await sdk.assistants.create("novela"))["assistant_id"]
    changes = [sdk.assistants.update(own, name=f"n{number}") for number in range(6)]
    assert sorted(each["version"] for each in await asyncio.gather(*changes)) == [2, 3, 4, 5, 6, 7]


async def test_an_id_that_is_taken_is_a_conflict_or_the_one_there_is(sdk: LangGraphClient) -> None:
    chosen = str(uuid.uuid4())
    first = await sdk.assistants.create("novela", assistant_id=chosen, name="First")
    again = await sdk.assistants.create("novela", assistant_id=chosen, name="Second", if_exists="do_nothing")
    assert again == first
    for taken in (chosen, NOVELA):
        with pytest.raises(ConflictError):
            await sdk.assistants.create("novela", assistant_id=taken)
    system = await sdk.assistants.create("novela", assistant_id=NOVELA, if_exists="do_nothing")
    assert system["metadata"] == {"created_by": "system"}


async def test_a_graphs_own_assistant_is_read_only(sdk: LangGraphClient) -> None:
    before = await sdk.assistants.get("novela")
    with pytest.raises(ConflictError, match="cannot be changed"):
        await sdk.assistants.update("novela", name="mine")
    with pytest.raises(ConflictError):
        await sdk.assistants.delete(NOVELA)
    with pytest.raises(NotFoundError):
        await sdk.assistants.set_latest("novela", 2)
    assert await sdk.assistants.set_latest("novela", 1) == before
    [only] = await sdk.assistants.get_versions("novela")
    assert only.keys() == before.keys() - {"updated_at"}


async def test_nobody_makes_what_looks_like_the_systems(sdk: LangGraphClient) -> None:
    made = await sdk.assistants.create("novela", metadata={"created_by": "system", "x": 1})
    assert made["metadata"] == {"created_by": "user", "x": 1}
    changed = await sdk.assistants.update(made["assistant_id"], metadata={"created_by": "system"})
    assert changed["metadata"]["created_by"] == "user"


async def test_a_search_narrows_sorts_and_pages(sdk: LangGraphClient) -> None:
    for name in ("Beta", "alpha", "Gamma"):
        await sdk.assistants.create("novela", name=name, metadata={"set": {"n": name}})
    by_name = await sdk.assistants.search(sort_by="name", sort_order="asc", limit=2, response_format="object")
    assert ([each["name"] for each in by_name["assistants"]], by_name["next"]) == (["alpha", "Beta"], "2")
    rest = await sdk.assistants.search(
        sort_by="name", sort_order="asc", limit=2, offset=2, response_format="object"
    )
    assert ([each["name"] for each in rest["assistants"]], rest["next"]) == (["export", "Gamma"], "4")
    assert [each["name"] for each in await sdk.assistants.search(name="MM")] == ["Gamma"]
    assert [each["name"] for each in await sdk.assistants.search(metadata={"set": {"n": "Beta"}})] == ["Beta"]
    assert await sdk.assistants.search(graph_id="advert") == []
    assert (await sdk.assistants.search())[0]["name"] == "Gamma", "the newest first"
    assert await sdk.assistants.search(name="alpha", select=["name", "version"]) == [
        {"name": "alpha", "version": 1}
    ]
    assert (await sdk.assistants.count(), await sdk.assistants.count(name="a")) == (5, 4)


async def test_a_page_past_the_end_still_says_how_many_there_are(lot: Lot) -> None:
    answer = await lot.client.post("/assistants/search", json={"offset": 5})
    assert (answer.json(), answer.headers["x-pagination-total"]) == ([], "2")
    assert "x-pagination-next" not in answer.headers


WRONG: list[tuple[str, str, dict[str, Any], str]] = [
    ("post", "", {}, "graph_id"),
    ("post", "", {"graph_id": "advert"}, "graph_id"),
    ("post", "", {"graph_id": "novela", "context": {"surprise": 1}}, "context.surprise"),
    ("post", "", {"graph_id": "novela", "context": {"review": "maybe"}}, "context.review"),
    ("post", "", {"graph_id": "novela", "context": []}, "context"),
    ("post", "", {"graph_id": "novela", "config": {"recursion_limit": 0}}, "config.recursion_limit"),
    ("post", "", {"graph_id": "novela", "assistant_id": "x"}, "assistant_id"),
    ("post", "", {"graph_id": "novela", "if_exists": "overwrite"}, "if_exists"),
    ("post", "", {"graph_id": "novela", "name": "a\x00b"}, "body"),
    ("post", "/search", {"sort_by": "size"}, "sort_by"),
    ("post", "/search", {"limit": 0}, "limit"),
    ("post", "/search", {"offset": 10**30}, "offset"),
    ("post", "/search", {"select": ["secrets"]}, "select.0"),
    ("post", "/search", {"metadata": "x"}, "metadata"),
    ("post", "/novela/latest", {"version": 0}, "version"),
    ("post", "/novela/latest", {"version": 10**12}, "version"),
    ("post", "/novela/versions", {"limit": 5000}, "limit"),
]


async def test_what_is_wrong_is_named(lot: Lot) -> None:
    for method, path, body, field in WRONG:
        answer = await lot.client.request(method, f"/assistants{path}", json=body)
        assert answer.status_code == 422, (path, body, answer.text)
        assert answer.json()["detail"].partition(":")[0] == field, (path, body, answer.text)
    assert await lot.database.fetch_one("select 1 from assistants") is None


async def test_a_preset_names_only_the_knobs_it_sets_and_never_whose_it_is(
    lot: Lot, sdk: LangGraphClient
) -> None:
    made = await sdk.assistants.create("novela", context={**CHEAP, "user_id": "other"})
    assert made["context"] == CHEAP
    switched = await sdk.assistants.create(
        "novela", config={"configurable": {"__pregel_strict_resume": False, "tone": "dry"}}
    )
    assert switched["config"] == {"configurable": {"tone": "dry"}}


async def test_what_another_user_made_is_not_there(lot: Lot, sdk: LangGraphClient) -> None:
    await another_user(lot)
    ask_as("other")
    theirs = (await sdk.assistants.create("novela", name="Theirs", metadata={"k": 1}))["assistant_id"]
    ask_as()
    before = await lot.database.fetch_all("select * from assistants")
    assert {each["name"] for each in await sdk.assistants.search()} == {"novela", "export"}
    assert await sdk.assistants.count() == 2
    for asked in (
        sdk.assistants.get(theirs), sdk.assistants.update(theirs, name="Mine"), sdk.assistants.delete(theirs),
        sdk.assistants.get_versions(theirs), sdk.assistants.set_latest(theirs, 1),
        sdk.assistants.get_schemas(theirs), sdk.assistants.get_graph(theirs),
        sdk.assistants.get_subgraphs(theirs),
    ):  # fmt: skip
        with pytest.raises(NotFoundError):
            await asked
    assert await lot.database.fetch_all("select * from assistants") == before
    ask_as("other")
    assert (await sdk.assistants.get(theirs))["name"] == "Theirs", "the control: its owner finds it"


async def test_the_same_id_is_another_assistant_for_another_user(lot: Lot, sdk: LangGraphClient) -> None:
    """That an id is taken elsewhere is not told either."""
    await another_user(lot)
    shared = str(uuid.uuid4())
    for user, name in (("other", "Theirs"), ("local", "Mine")):
        ask_as(user)
        assert (await sdk.assistants.create("novela", assistant_id=shared, name=name))["name"] == name
    before = await lot.database.fetch_all("select * from assistants where user_id = 'other'")
    await sdk.assistants.update(shared, name="Mine, again")
    assert [each["name"] for each in await sdk.assistants.get_versions(shared)] == ["Mine, again", "Mine"]
    assert (await sdk.assistants.set_latest(shared, 1))["name"] == "Mine"
    await sdk.assistants.delete(shared)
    assert await lot.database.fetch_all("select * from assistants where user_id = 'other'") == before
    ask_as("other")
    assert [each["name"] for each in await sdk.assistants.get_versions(shared)] == ["Theirs"]


async def test_the_runs_routes_learn_what_an_assistant_stands_for(lot: Lot, sdk: LangGraphClient) -> None:
    own = (await sdk.assistants.create("novela", context=CHEAP, config={"tags": ["x"]}))["assistant_id"]
    found = await resolve_assistant(lot.house, "local", own)
    assert (found.graph_id, found.context, found.config) == ("novela", CHEAP, {"tags": ["x"]})
    assert await resolve_assistant(lot.house, "local", "novela") == await resolve_assistant(
        lot.house, "nobody", NOVELA
    )
    with pytest.raises(RecordNotFound):
        await resolve_assistant(lot.house, "nobody", own)
    with pytest.raises(RecordNotFound, match="no graph of this name"):
        await resolve_assistant(lot.house, "local", "advert")


async def test_its_threads_are_stopped_and_hidden_when_that_is_asked(lot: Lot, sdk: LangGraphClient) -> None:
    own, other = [(await sdk.assistants.create("novela"))["assistant_id"] for _ in range(2)]
    threads = [await a_production(lot) for _ in range(2)]
    threads.append(await a_production(lot, user_id=await another_user(lot)))
    for thread, assistant in zip(threads, (own, other, own), strict=True):
        await lot.database.execute(
            "update productions set metadata = jsonb_build_object('assistant_id', %s::text)"
            " where production_id = %s", [assistant, thread],
        )  # fmt: skip
    await sdk.assistants.delete(other)
    await sdk.assistants.delete(own, delete_threads=True)
    rows = await lot.database.fetch_all("select production_id, deleted_at is null as shown from productions")
    assert {str(row["production_id"]): row["shown"] for row in rows} == {
        threads[0]: False, threads[1]: True, threads[2]: True,
    }  # fmt: skip
    assert [asked["production_id"] for call, asked in lot.runs.calls if call == "cancel"] == [threads[0]]


async def test_an_assistant_of_a_graph_that_is_gone_says_so(lot: Lot, sdk: LangGraphClient) -> None:
    own = (await sdk.assistants.create("novela"))["assistant_id"]
    await lot.database.execute("update assistants set graph_id = 'retired'")
    with pytest.raises(NotFoundError, match="retired"):
        await sdk.assistants.get_schemas(own)
    with pytest.raises(UnprocessableEntityError, match="retired"):
        await sdk.assistants.update(own, name="x")
    assert (await sdk.assistants.update(own, graph_id="novela"))["graph_id"] == "novela"
