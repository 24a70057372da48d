"""What the first page needs and every client may have: the story, the counts, the graphs, a telling list."""

from typing import Any

import httpx

from server.briefs import read_brief
from tests.integration.api.conftest import Lot
from tests.integration.api.listening import listen
from tests.integration.api.making import a_novela, a_production, done, mastered, tell
from tests.integration.api.story_making import a_script, at_storyboard, drawn, told, written


async def story(lot: Lot, production: str) -> dict[str, Any]:
    answer = await lot.client.get(f"/api/productions/{production}/story")
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["data"])


async def test_a_story_that_has_not_begun_is_empty_and_at_its_script(lot: Lot) -> None:
    told_so_far = await story(lot, await a_production(lot))
    assert (told_so_far["title"], told_so_far["scenes"], told_so_far["quote"]) == ("A title", [], None)
    states = [(step["name"], step["state"]) for step in told_so_far["steps"]]
    assert states[0] == ("script", "working")
    assert {state for _, state in states[1:]} == {"planned"}


async def test_every_version_of_a_panel_is_told_with_its_shot(lot: Lot) -> None:
    production = await a_production(lot)
    await written(lot, production)
    for number in (1, 2):
        key = await drawn(lot, production, "1A", number)
    await drawn(lot, production, "1B", state="submitted")
    first, second = (await story(lot, production))["scenes"][0]["shots"]
    assert [panel["number"] for panel in first["panels"]] == [1, 2]
    assert first["panels"][1]["url"].startswith(f"/media/{key}?expires=")
    assert (second["panels"][0]["state"], second["panels"][0]["url"]) == ("submitted", None)
    assert first["lines"] == [
        {"speaker": "Ana", "text": "This is 1A.", "expression": "neutral", "voiceOver": False}
    ]


async def test_the_newest_state_of_a_subgraph_is_told(lot: Lot) -> None:
    """While the storyboard is redrawn its subgraph knows the changed shot, its parent does not yet."""
    production = await a_production(lot)
    await written(lot, production)
    changed = a_script(shots="ABC")
    await lot.hand.tell(production, "values", {"script": changed.model_dump(mode="json"), "panels": {}})
    assert len((await story(lot, production))["scenes"][0]["shots"]) == 3


async def test_notes_prices_and_approvals_are_told(lot: Lot) -> None:
    production = await a_production(lot)
    await written(lot, production)
    await told(
        lot, production, "note_applied", item="1A", light="YELLOW", note="night", changes=["It is night."]
    )
    await told(lot, production, "scene_approved", scene=1)
    found = await story(lot, production)
    assert [(note["item"], note["changes"]) for note in found["notes"]] == [("1A", ["It is night."])]
    assert (found["quote"]["total"], found["quote"]["wouldHaveCost"]) == ("0.00", "10.24")
    assert found["scenes"][0]["approved"] is True


async def test_a_list_names_the_gate_and_shows_the_first_panel(lot: Lot) -> None:
    production = await at_storyboard(lot)
    [listed] = (await lot.client.get("/api/productions")).json()["data"]
    assert (listed["id"], listed["gate"], listed["billed"]) == (production, "review_storyboard", "0.00")
    assert listed["posterUrl"].startswith("/media/image/local/")


async def test_those_that_wait_for_a_person_can_come_first(lot: Lot) -> None:
    waiting = await at_storyboard(lot)
    newer = await a_production(lot)
    orders = {}
    for sort in ("newest", "waiting"):
        listed = (await lot.client.get("/api/productions", params={"sort": sort})).json()["data"]
        orders[sort] = [each["id"] for each in listed]
    assert orders == {"newest": [newer, waiting], "waiting": [waiting, newer]}


async def test_the_counts_match_the_tables(lot: Lot) -> None:
    """S1-73."""
    novela = (await a_novela(lot.client))["id"]
    finished = await a_production(lot, novela_id=novela)
    await tell(lot, finished, done(), mastered())
    await lot.runs.set(finished, status="completed", interrupts=[])
    await at_storyboard(lot)
    counts = (await lot.client.get("/api/stats")).json()["data"]
    for name, path in (
        ("productions", "/api/productions"),
        ("novelas", "/api/novelas"),
        ("media", "/api/media"),
    ):
        assert counts[name] == (await lot.client.get(path)).json()["pagination"]["total"], name
    assert (counts["completed"], counts["waiting"], counts["working"]) == (1, 1, 0)
    assert counts["videos"] == 1
    assert counts["deliveredSeconds"] == 8.0


async def test_every_example_of_a_graph_can_be_started_as_it_is(lot: Lot) -> None:
    graphs = {each["name"]: each for each in (await lot.client.get("/api/graphs")).json()["data"]}
    assert set(graphs) == {"novela", "export"}
    graph = graphs["novela"]
    assert [example["language"] for example in graph["examples"]] == ["en", "es", "pt-BR"]
    for example in graph["examples"]:
        read_brief("novela", example)
    assert "user_id" not in graph["contextSchema"]["properties"]


async def test_a_stream_can_be_narrowed_to_types(lot: Lot, served: httpx.AsyncClient) -> None:
    production = await a_production(lot)
    await lot.hand.tell(production, "values", {"large": "x"})
    await told(lot, production, "progress", stage="writing", text="scene 1")
    await lot.hand.tell(production, "lifecycle", {"event": "completed"}, status="completed")
    wanted = {"only": "progress, lifecycle"}
    async with listen(served, f"/api/productions/{production}/events", params=wanted) as ear:
        heard = await ear.rest()
    assert [event.event for event in heard] == ["progress", "lifecycle", "end"]


async def test_a_browser_that_comes_back_by_itself_goes_on_where_it_was(
    lot: Lot, served: httpx.AsyncClient
) -> None:
    """It asks the same address again, with the old `since`, and adds the last id it saw."""
    production = await a_production(lot)
    for step in range(1, 4):
        await lot.hand.tell(production, "values", {"step": step})
    url = f"/api/productions/{production}/events"
    async with listen(served, url, params={"since": 1}, headers={"Last-Event-ID": "2"}) as ear:
        assert (await ear.next()).id == "3"


async def test_no_page_of_another_site_can_act(lot: Lot) -> None:
    production = await at_storyboard(lot)
    url, reply = f"/api/productions/{production}/answer", {"reply": {"approve_all": True}}
    foreign = [{"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"},
               {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1"}]  # fmt: skip
    for headers in foreign:
        answer = await lot.client.post(url, json=reply, headers=headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "foreign_page"), headers
    assert lot.runs.calls[1:] == []
    own = await lot.client.post(url, json=reply, headers={"Origin": "http://127.0.0.1"})
    assert own.status_code == 202, "the control: our own page may"
