"""S1-63 to S1-67, S1-78, C2, C14: live events over real sockets."""

import asyncio
from datetime import datetime

import httpx
import pytest

from server.sse import StreamLimits
from tests.integration.api.conftest import Lot
from tests.integration.api.listening import listen
from tests.integration.api.making import SCENE, a_novela, a_production, done, planned, started


async def test_a_production_streams_its_log_in_one_envelope(lot: Lot, served: httpx.AsyncClient) -> None:
    production = await a_production(lot)
    await lot.hand.tell(production, "lifecycle", {"event": "running", "graph_name": "novela"})
    await lot.hand.tell(production, "custom", {"name": "progress", "payload": {"shot": "1A"}})
    async with listen(served, f"/api/productions/{production}/events") as ear:
        first, second = await ear.take(2)
    assert (first.event, first.id) == ("lifecycle", "1")
    assert (second.event, second.id) == ("progress", "2")
    assert second.data["payload"] == {"shot": "1A"}
    assert set(second.data) == {"type", "payload", "timestamp", "id"}
    assert (second.data["type"], second.data["id"]) == ("progress", 2)
    assert datetime.fromisoformat(second.data["timestamp"]).tzinfo is not None
    headers = ear.response.headers
    assert headers["content-type"].startswith("text/event-stream")
    assert (headers["cache-control"], headers["x-accel-buffering"]) == ("no-store", "no")


@pytest.mark.parametrize("how", ["header", "query"])
async def test_a_cut_stream_goes_on_without_loss_or_doubles(
    lot: Lot, served: httpx.AsyncClient, how: str
) -> None:
    production = await a_production(lot)
    url = f"/api/productions/{production}/events"
    heard: list[str] = []
    for step in range(1, 31):
        await lot.hand.tell(production, "values", {"step": step})
    while len(heard) < 30:
        last = heard[-1] if heard else None
        options = {"headers": {"Last-Event-ID": last}} if how == "header" else {"params": {"since": last}}
        async with listen(served, url, **(options if last else {})) as ear:
            heard += [event.id for event in await ear.take(min(7, 30 - len(heard)))]
    assert heard == [str(number) for number in range(1, 31)]


async def test_events_that_come_while_listening_are_heard_in_order(
    lot: Lot, served: httpx.AsyncClient
) -> None:
    production = await a_production(lot)
    async with listen(served, f"/api/productions/{production}/events") as ear:
        for step in range(5):
            await lot.hand.tell(production, "values", {"step": step})
        heard = await ear.take(5)
    assert [event.data["payload"]["step"] for event in heard] == [0, 1, 2, 3, 4]


async def test_a_stream_ends_cleanly_with_its_production(lot: Lot, served: httpx.AsyncClient) -> None:
    production = await a_production(lot)
    async with listen(served, f"/api/productions/{production}/events") as ear:
        ended = {"event": "completed", "status": "completed"}
        await lot.hand.tell(production, "lifecycle", ended, status="completed")
        heard = await ear.rest()
    assert [event.event for event in heard] == ["lifecycle", "end"]
    assert heard[-1].data["payload"] == {"reason": "completed", "lastEventId": 1, "reconnect": False}
    async with listen(served, f"/api/productions/{production}/events", params={"since": 1}) as ear:
        assert (await ear.next()).data["payload"]["reason"] == "completed"


class TestShortStreams:
    @pytest.fixture
    def limits(self) -> StreamLimits:
        return StreamLimits(heartbeat_s=0.05, open_s=0.3)

    async def test_a_stream_closes_at_its_limit_and_says_where_to_come_back(
        self, lot: Lot, served: httpx.AsyncClient
    ) -> None:
        production = await a_production(lot)
        await lot.hand.tell(production, "values", {"step": 1})
        async with listen(served, f"/api/productions/{production}/events") as ear:
            heard = await ear.rest()
        assert heard[-1].data["payload"] == {"reason": "time_limit", "lastEventId": 1, "reconnect": True}
        assert ear.comments.count(": heartbeat") >= 2

    async def test_a_novelas_stream_closes_in_the_same_way(self, lot: Lot, served: httpx.AsyncClient) -> None:
        novela = await a_novela(lot.client)
        async with listen(served, f"/api/novelas/{novela['id']}/events") as ear:
            [end] = await ear.rest()
        assert end.data["payload"]["reason"] == "time_limit"


def test_the_limits_are_five_seconds_and_ten_minutes() -> None:
    assert (StreamLimits().heartbeat_s, StreamLimits().open_s) == (5, 600)


async def test_a_senseless_last_id_is_refused(lot: Lot) -> None:
    production = await a_production(lot)
    url = f"/api/productions/{production}/events"
    assert (await lot.client.get(url, headers={"Last-Event-ID": "abc"})).status_code == 422
    assert (await lot.client.get(url, params={"since": -2})).status_code == 422


async def test_one_scene_is_heard_pending_then_generating_then_completed(
    lot: Lot, served: httpx.AsyncClient
) -> None:
    """S1-64: the whole record at each change of status; S1-65: the novela's own change."""
    novela = await a_novela(lot.client)
    async with listen(served, f"/api/novelas/{novela['id']}/events") as ear:
        made = await lot.client.post(f"/api/novelas/{novela['id']}/generate-video", json=SCENE)
        production = made.json()["data"]["productionId"]
        for event in (planned(), started(), done()):
            await lot.hand.tell(production, "custom", event.as_custom())
        heard = await ear.take(4)
    kinds = [event.event for event in heard]
    assert kinds == [f"novela:{novela['id']}:status:update"] + [f"novela:{novela['id']}:video:update"] * 3
    assert heard[0].data["payload"]["status"] == "in_progress"
    records = [event.data["payload"] for event in heard[1:]]
    assert [record["status"] for record in records] == ["pending", "generating", "completed"]
    whole = (await lot.client.get(f"/api/videos/{records[-1]['id']}")).json()["data"]
    signed = {"outputUrl", "thumbnailUrl", "history"}
    assert {name: records[-1][name] for name in whole if name not in signed} == {
        name: value for name, value in whole.items() if name not in signed
    }
    assert "signature=" in records[-1]["outputUrl"]


async def test_a_novelas_listener_hears_nothing_of_another(lot: Lot, served: httpx.AsyncClient) -> None:
    novelas = [await a_novela(lot.client, title=title) for title in ("one", "two")]
    productions = [await a_production(lot, novela_id=novela["id"]) for novela in novelas]
    async with (
        listen(served, f"/api/novelas/{novelas[0]['id']}/events") as first,
        listen(served, f"/api/novelas/{novelas[1]['id']}/events") as second,
    ):
        for scene in range(1, 4):
            for production in productions:
                await lot.hand.tell(production, "custom", planned(scene).as_custom())
        heard = [await first.take(3), await second.take(3)]
    for novela, events in zip(novelas, heard, strict=True):
        assert [event.data["payload"]["sceneNumber"] for event in events] == [1, 2, 3]
        assert {event.data["payload"]["novelaId"] for event in events} == {novela["id"]}
        assert [event.id for event in events] == ["1", "2", "3"]


async def test_a_scene_that_is_done_first_is_shown_first(lot: Lot, served: httpx.AsyncClient) -> None:
    """S1-67: nobody waits until all scenes are done."""
    novela = await a_novela(lot.client)
    production = await a_production(lot, novela_id=novela["id"])
    async with listen(served, f"/api/novelas/{novela['id']}/events") as ear:
        for event in (started(1), started(2, call_key="job-2"), done(2, call_key="job-2")):
            await lot.hand.tell(production, "custom", event.as_custom())
        heard = await ear.take(4)
        assert heard[-1].data["payload"]["sceneNumber"] == 2
        assert heard[-1].data["payload"]["status"] == "completed"
        await lot.hand.tell(production, "custom", done(1).as_custom())
        assert (await ear.next()).data["payload"]["sceneNumber"] == 1


async def test_a_novelas_stream_goes_on_where_it_was_cut(lot: Lot, served: httpx.AsyncClient) -> None:
    novela = await a_novela(lot.client)
    production = await a_production(lot, novela_id=novela["id"])
    url = f"/api/novelas/{novela['id']}/events"
    for scene in range(1, 6):
        await lot.hand.tell(production, "custom", planned(scene).as_custom())
    async with listen(served, url) as ear:
        before = await ear.take(2)
    async with listen(served, url, headers={"Last-Event-ID": before[-1].id}) as ear:
        after = await ear.take(3)
    scenes = [event.data["payload"]["sceneNumber"] for event in before + after]
    assert scenes == [1, 2, 3, 4, 5]


async def test_pausing_by_hand_is_heard(lot: Lot, served: httpx.AsyncClient) -> None:
    novela = await a_novela(lot.client)
    async with listen(served, f"/api/novelas/{novela['id']}/events") as ear:
        await lot.client.put(f"/api/novelas/{novela['id']}", json={"title": "no news"})
        await lot.client.put(f"/api/novelas/{novela['id']}", json={"status": "paused"})
        heard = await ear.next()
    assert heard.event == f"novela:{novela['id']}:status:update"
    assert heard.data["payload"]["status"] == "paused"


async def test_a_live_event_arrives_within_100_ms(lot: Lot, served: httpx.AsyncClient) -> None:
    """S1-78: from the event's own timestamp to its receipt, the middle of 20."""
    novela = await a_novela(lot.client)
    production = await a_production(lot, novela_id=novela["id"])
    late = []
    async with (
        listen(served, f"/api/productions/{production}/events") as ear,
        listen(served, f"/api/novelas/{novela['id']}/events") as novela_ear,
    ):
        for scene in range(1, 21):
            await lot.hand.tell(production, "custom", planned(scene).as_custom())
            heard, shown = await asyncio.gather(ear.next(), novela_ear.next())
            sent = datetime.fromisoformat(heard.data["timestamp"]).timestamp()
            late.append((heard.at - sent, shown.at - sent))
    for way in zip(*late, strict=True):
        assert sorted(way)[10] < 0.1, f"{sorted(way)[10] * 1000:.0f} ms"
