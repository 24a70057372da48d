"""The store, asked by LangGraph's own client and used by a graph."""

import asyncio
import secrets
from typing import Any, TypedDict

import pytest
from langgraph.config import get_store
from langgraph.graph import END, START, StateGraph
from langgraph_sdk.client import LangGraphClient

from server.records.items import Items, shelf_of, sweep_expired
from server.runs.accept import Runs
from server.runs.events import EventLog
from server.runs.graph_spec import GraphSpec
from server.runs.worker import Worker
from server.specs import with_items
from state.errors import DatabaseDown
from tests.integration.api.conftest import Lot
from tests.integration.api.making import another_user
from tests.visitors import ask_as
from tools.db.pool import Database

PLACE = ["series", "notes"]


async def rows(lot: Lot) -> list[dict[str, Any]]:
    return await lot.database.fetch_all("select prefix, key, value from store order by 1, 2")


async def test_an_item_is_kept_read_replaced_and_taken_away(lot: Lot, sdk: LangGraphClient) -> None:
    assert await sdk.store.get_item(PLACE, "tone") is None
    await sdk.store.put_item(PLACE, "tone", {"mood": "dry"}, index=["mood"])
    first: Any = await sdk.store.get_item(PLACE, "tone")
    assert (first["namespace"], first["key"], first["value"]) == (PLACE, "tone", {"mood": "dry"})
    assert first["created_at"].endswith("+00:00")
    await sdk.store.put_item(PLACE, "tone", {"mood": "warm"}, index=False)
    again = await sdk.store.get_item(PLACE, "tone")
    assert (again["value"], again["created_at"]) == ({"mood": "warm"}, first["created_at"])
    assert again["updated_at"] > first["updated_at"]
    for _ in range(2):
        await sdk.store.delete_item(PLACE, "tone")
    assert await rows(lot) == []


async def test_a_missing_item_is_null_with_200(lot: Lot) -> None:
    answer = await lot.client.get("/store/items", params={"namespace": "a.b", "key": "k"})
    assert (answer.status_code, answer.text) == (200, "null")


async def test_labels_may_come_one_after_the_other(lot: Lot, sdk: LangGraphClient) -> None:
    await sdk.store.put_item(PLACE, "tone", {"mood": "dry"})
    answer = await lot.client.get("/store/items", params={"namespace": PLACE, "key": "tone"})
    assert answer.json()["value"] == {"mood": "dry"}


async def test_a_search_looks_below_a_namespace_and_into_values(sdk: LangGraphClient) -> None:
    for number, place in enumerate((["a"], ["a", "b"], ["ab"], ["a_"])):
        await sdk.store.put_item(place, f"k{number}", {"n": number, "kind": "x" if number % 2 else "y"})

    async def keys(*prefix: str, **wanted: Any) -> list[str]:
        found = await sdk.store.search_items(list(prefix), **wanted)
        return [item["key"] for item in found["items"]]

    assert await keys() == ["k3", "k2", "k1", "k0"], "the newest first"
    assert await keys("a") == ["k1", "k0"], "`ab` and `a_` are other labels"
    assert await keys(filter={"kind": "x"}) == ["k3", "k1"]
    assert await keys(filter={"n": {"$gte": 1, "$lt": 3}}) == ["k2", "k1"]
    assert await keys(limit=1, offset=1, query="anything") == ["k2"]
    found = await sdk.store.search_items(["a", "b"])
    assert (found["items"][0]["namespace"], found["items"][0]["score"]) == (["a", "b"], None)


async def test_namespaces_are_listed_by_their_ends_and_to_a_depth(sdk: LangGraphClient) -> None:
    for place in (["a", "b", "c"], ["a", "b", "d"], ["b"], ["local"]):
        await sdk.store.put_item(place, "k", {})

    async def listed(**wanted: Any) -> list[list[str]]:
        return (await sdk.store.list_namespaces(**wanted))["namespaces"]

    assert await listed() == [["a", "b", "c"], ["a", "b", "d"], ["b"], ["local"]]
    assert await listed(max_depth=2) == [["a", "b"], ["b"], ["local"]]
    assert await listed(prefix=["a", "*", "d"]) == [["a", "b", "d"]]
    assert await listed(suffix=["b"]) == [["b"]]
    assert await listed(suffix=["local", "b"]) == [], "the owner's own label is not part of a namespace"
    assert await listed(limit=1, offset=1) == [["a", "b", "d"]]


async def test_what_has_lived_its_time_is_gone_before_and_after_it_is_swept(
    lot: Lot, sdk: LangGraphClient
) -> None:
    await sdk.store.put_item(PLACE, "brief", {}, ttl=1)
    await sdk.store.put_item(PLACE, "lasting", {})
    assert await sdk.store.get_item(PLACE, "brief") is not None
    await lot.database.execute("update store set expires_at = now() - interval '1 s' where key = 'brief'")
    assert await sdk.store.get_item(PLACE, "brief") is None
    assert [item["key"] for item in (await sdk.store.search_items([]))["items"]] == ["lasting"]
    assert len(await rows(lot)) == 2
    sweeping = asyncio.create_task(sweep_expired(lot.house.items))
    async with asyncio.timeout(10):
        while len(await rows(lot)) == 2:
            await asyncio.sleep(0)
    sweeping.cancel()
    assert [row["key"] for row in await rows(lot)] == ["lasting"]


async def test_reading_starts_the_time_to_live_again_unless_it_is_told_not_to(
    lot: Lot, sdk: LangGraphClient
) -> None:
    await sdk.store.put_item(PLACE, "k", {}, ttl=10)
    soon = "update store set expires_at = now() + interval '1 minute' returning expires_at"
    before: Any = await lot.database.fetch_one(soon)
    await sdk.store.get_item(PLACE, "k", refresh_ttl=False)
    assert await lot.database.fetch_one("select expires_at from store") == before
    await sdk.store.get_item(PLACE, "k")
    after: Any = await lot.database.fetch_one("select expires_at from store")
    assert after["expires_at"] > before["expires_at"]


WRONG: list[tuple[str, str, dict[str, Any], str]] = [
    ("PUT", "/items", {"namespace": [], "key": "k", "value": {}}, "namespace"),
    ("PUT", "/items", {"namespace": ["a", ""], "key": "k", "value": {}}, "namespace"),
    ("PUT", "/items", {"namespace": ["a.b"], "key": "k", "value": {}}, "namespace"),
    ("PUT", "/items", {"namespace": ["langgraph"], "key": "k", "value": {}}, "namespace"),
    ("PUT", "/items", {"namespace": "a", "key": "k", "value": {}}, "namespace"),
    ("PUT", "/items", {"namespace": [1], "key": "k", "value": {}}, "namespace.0"),
    ("PUT", "/items", {"namespace": ["x" * 1001], "key": "k", "value": {}}, "namespace"),
    ("PUT", "/items", {"namespace": ["a"] * 65, "key": "k", "value": {}}, "namespace"),
    ("PUT", "/items", {"namespace": ["a"], "key": "", "value": {}}, "key"),
    ("PUT", "/items", {"namespace": ["a"], "key": "é" * 501, "value": {}}, "key"),
    ("PUT", "/items", {"namespace": ["a"], "key": "k"}, "value"),
    ("PUT", "/items", {"namespace": ["a"], "key": "k", "value": "text"}, "value"),
    ("PUT", "/items", {"namespace": ["a"], "key": "k", "value": {}, "ttl": 0}, "ttl"),
    ("PUT", "/items", {"namespace": ["a"], "key": "k", "value": {}, "ttl": 1e300}, "ttl"),
    ("PUT", "/items", {"namespace": ["a"], "key": "k", "value": {}, "index": True}, "index"),
    ("PUT", "/items", {"namespace": ["a"], "key": "k", "value": {"x": "\x00"}}, "body"),
    ("DELETE", "/items", {"namespace": ["a"]}, "key"),
    ("DELETE", "/items", {"namespace": [], "key": "k"}, "namespace"),
    ("POST", "/items/search", {"namespace_prefix": ["a."]}, "namespace_prefix"),
    ("POST", "/items/search", {"filter": {"n": {"$near": 1}}}, "filter"),
    ("POST", "/items/search", {"filter": []}, "filter"),
    ("POST", "/items/search", {"limit": 1001}, "limit"),
    ("POST", "/items/search", {"offset": -1}, "offset"),
    ("POST", "/namespaces", {"max_depth": 0}, "max_depth"),
    ("POST", "/namespaces", {"suffix": [""]}, "suffix"),
]


async def test_what_is_wrong_is_named(lot: Lot) -> None:
    for method, path, body, field in WRONG:
        answer = await lot.client.request(method, f"/store{path}", json=body)
        assert answer.status_code == 422, (body, answer.text)
        assert answer.json()["detail"].partition(":")[0].startswith(field), (body, answer.text)
    assert await rows(lot) == []


async def test_a_place_that_is_none_is_refused(lot: Lot) -> None:
    for query in (
        "", "namespace=a", "key=k", "namespace=&key=k", "namespace=a..b&key=k", "namespace=a&key=",
        "namespace=a%00&key=k", "namespace=a&key=%00", "namespace=a&namespace=b.c&key=k",
        "namespace=a&key=k&refresh_ttl=maybe",
    ):  # fmt: skip
        answer = await lot.client.get(f"/store/items?{query}")
        assert (answer.status_code, list(answer.json())) == (422, ["detail"]), query


async def test_the_longest_place_that_is_allowed_can_be_kept(lot: Lot, sdk: LangGraphClient) -> None:
    """The control of the two limits: what passes them fits into the index."""
    place, key = ["\U0001f3ac" * 250], "\U0001f39e" * 250
    await sdk.store.put_item(place, key, {"kept": True})
    found = await sdk.store.get_item(place, key)
    assert found["value"] == {"kept": True}


async def test_nobody_sees_or_changes_what_is_on_another_users_shelf(lot: Lot, sdk: LangGraphClient) -> None:
    await sdk.store.put_item(["a"], "k", {"mine": 1})
    before = await rows(lot)
    for other in ("other", "local.a", "loca_", "l%", "*", "local%2Ea"):
        await lot.database.execute("insert into users (user_id) values (%s)", [other])
        ask_as(other)
        for place in (["a"], ["local", "a"], ["local"], ["*"]):
            assert await sdk.store.get_item(place, "k") is None
            await sdk.store.delete_item(place, "k")
            assert (await sdk.store.search_items(place))["items"] == []
            assert (await sdk.store.list_namespaces(prefix=place, suffix=place))["namespaces"] == []
        assert (await sdk.store.list_namespaces())["namespaces"] == []
        assert await rows(lot) == before, other
        await sdk.store.put_item(["a"], "k", {"theirs": 1})
        assert await lot.house.items.forget(other) == 1
        assert await rows(lot) == before, "what somebody else forgets stays with its owner"
    ask_as()
    assert (await sdk.store.get_item(["a"], "k"))["value"] == {"mine": 1}, "the control"


async def test_a_node_that_keeps_under_too_long_a_key_is_told_so(lot: Lot) -> None:
    """Not that the database is down: its run would be tried again and again."""
    with pytest.raises(ValueError, match="too long for the store"):
        await lot.house.items.of("local").aput(("a",), secrets.token_hex(8000), {})


def test_no_two_users_share_a_shelf() -> None:
    users = ["a", "a.b", "a%2Eb", "a*", "*", "a/b", "A", "ä"]
    shelves = {shelf_of(user) for user in users}
    assert len(shelves) == len(users)
    assert not any(set(".*") & set(shelf) for shelf in shelves)


async def test_without_a_database_a_shelf_says_that_it_is_down(lot: Lot) -> None:
    await lot.database.close()
    with pytest.raises(DatabaseDown):
        await lot.house.items.of("local").aget(("a",), "k")


class Kept(TypedDict, total=False):
    brief: dict[str, Any]
    found: Any


def a_graph_that_keeps() -> GraphSpec:
    async def keep(state: Kept) -> Kept:
        store = get_store()
        before = await store.aget(("seen",), "last")
        await store.aput(("seen",), "last", {"brief": state["brief"]})
        return {"found": before.value if before else None}

    def look(state: Kept) -> Kept:
        kept = get_store().get(("seen",), "last")  # no coroutine: it runs in a thread
        return {"found": [state["found"], kept.value if kept else None]}

    graph = StateGraph(Kept)
    graph.add_node("keep", keep)
    graph.add_node("look", look)
    graph.add_edge(START, "keep")
    graph.add_edge("keep", "look")
    graph.add_edge("look", END)
    return GraphSpec(graph=graph.compile())


async def run(database: Database, runs: Runs, events: EventLog, user: str, number: int) -> Any:
    started = await runs.start(user_id=user, graph="keeps", title="", brief={"n": number}, context={})
    async with asyncio.timeout(20):
        async for _ in events.follow(started.production_id, until_end=True):
            pass
    state = await runs.state(user_id=user, production_id=started.production_id)
    assert state.status == "completed", state.error
    return state.values["found"]


async def test_a_run_keeps_and_finds_on_the_shelf_of_whose_it_is(lot: Lot, sdk: LangGraphClient) -> None:
    other = await another_user(lot)
    specs = with_items({"keeps": a_graph_that_keeps()}, Items(lot.database))
    runs = Runs(lot.database, specs)
    worker = Worker(lot.database, specs, lot.events, slots=1, lease_ttl_s=5.0, sweep_every_s=1.0)
    await worker.start()
    try:
        assert await run(lot.database, runs, lot.events, "local", 1) == [None, {"brief": {"n": 1}}]
        assert await run(lot.database, runs, lot.events, other, 2) == [None, {"brief": {"n": 2}}]
        found = await run(lot.database, runs, lot.events, "local", 3)
        assert found == [{"brief": {"n": 1}}, {"brief": {"n": 3}}]
    finally:
        await worker.stop(timeout_s=5)
    kept = await sdk.store.get_item(["seen"], "last")
    assert kept["value"] == {"brief": {"n": 3}}, "clients read what graphs keep"
