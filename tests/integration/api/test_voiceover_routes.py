"""S5-112, S5-130: a line is priced, approved, spoken once, found again, and laid into the cut."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.sse import StreamLimits
from server.voiceovers import plan as planning
from server.voiceovers.asking import VoiceDesk
from server.voiceovers.voiceovers import Voiceovers
from server.voiceovers.wish import Wish
from tests.fakes import Crash, CrashAt, FakeEngine, FakeProvider
from tests.integration.api.conftest import Lot, open_lot
from tests.integration.api.making import a_production, another_user, assembled
from tests.standins.model_vendors import Vendors, model_vendors_here
from tools.db.pool import Database
from tools.ledger.stops import Stops
from tools.registry import Toolbox, open_toolbox
from tools.settings import Settings

ROUTE = "/api/editor/generate-voiceover"
TEXT = "Nobody had opened the letter."
PAID = {"model": "gpt-4o-mini-tts", "voice": "nova"}


@dataclass
class Studio:
    """A house that has lines spoken, whoever sells them, and a production with a cut."""

    lot: Lot
    vendors: Vendors
    offline: FakeProvider
    tools: Toolbox
    voiceovers: Voiceovers
    production: str

    async def post(self, **more: Any) -> httpx.Response:
        body = {"productionId": self.production, "text": TEXT, **more}
        return await self.lot.client.post(ROUTE, json=body)

    async def bought(self, **more: Any) -> httpx.Response:
        """Priced, then approved."""
        quote = (await self.post(**PAID, **more)).json()["data"]["quoteId"]
        return await self.post(**PAID, quoteId=quote, **more)

    @property
    def paid(self) -> int:
        return len([post for post in self.vendors.books.posts() if post.vendor == "openai"])

    async def orders(self) -> list[Any]:
        return await self.lot.database.fetch_all(
            "select state, cost_actual, cost_reserved, stage from orders where production_id = %s",
            [self.production],
        )


@pytest.fixture
async def studio(database: Database, database_url: str, tmp_path: Path) -> AsyncIterator[Studio]:
    async with model_vendors_here() as vendors:
        settings = Settings.model_validate({
            "data_dir": tmp_path, "link_secret": "a-secret-for-the-tests", "database_url": database_url,
            "openai_api_key": vendors.openai.key, "openai_base_url": f"{vendors.openai.url}/v1",
            "lease_ttl_s": 1.0,
        })  # fmt: skip
        tools, offline = await open_toolbox(settings), FakeProvider(name="previz")
        engines: Any = tools.engines
        own, engines["previz"] = engines["previz"], FakeEngine(offline)
        voiceovers = Voiceovers(tools)
        try:
            async with open_lot(database, settings, StreamLimits(), voiceovers=voiceovers) as lot:
                production = await a_production(lot)
                await lot.runs.set(production, status="completed", interrupts=[])
                await assembled(lot, production)
                yield Studio(lot, vendors, offline, tools, voiceovers, production)
        finally:
            await voiceovers.close()
            engines["previz"] = own
            await tools.close()


async def test_a_voice_that_costs_nothing_is_spoken_at_once_and_found_again(studio: Studio) -> None:
    answer = await studio.post()
    assert answer.status_code == 201, answer.text
    data = answer.json()["data"]
    assert (data["state"], data["model"], data["priceUsd"]) == ("made", "kokoro-82m", "0.00")
    spoken = data["spoken"]
    assert [word["word"] for word in spoken["words"]] == TEXT.split()
    assert spoken["wordTimes"] == "estimated"
    found = await studio.lot.client.get(
        "/api/media", params={"tag": "voiceover", "productionId": studio.production}
    )
    assert [one["id"] for one in found.json()["data"]] == [spoken["id"]]
    assert found.json()["data"][0]["title"] == TEXT


async def test_the_same_request_is_the_same_line_and_another_take_another_one(studio: Studio) -> None:
    first, again = await studio.post(), await studio.post()
    assert first.json()["data"]["spoken"]["key"] == again.json()["data"]["spoken"]["key"]
    assert len(studio.offline.posts) == 1
    await studio.post(take=2)
    assert len(studio.offline.posts) == 2, "the control"


async def test_what_has_a_price_is_bought_once_by_who_approved_it(studio: Studio) -> None:
    priced = await studio.post(**PAID)
    data = priced.json()["data"]
    assert (priced.status_code, data["state"], studio.paid, await studio.orders()) == (200, "offered", 0, [])
    assert data["priceUsd"] != "0.00"
    bought = await studio.post(**PAID, quoteId=data["quoteId"])
    assert (bought.status_code, studio.paid) == (201, 1), bought.text
    [order] = await studio.orders()
    assert (order["state"], order["stage"]) == ("done", "voiceover")
    spoken = bought.json()["data"]["spoken"]
    assert spoken["billedUsd"] == data["priceUsd"]
    for again in (await studio.post(**PAID), await studio.post(**PAID, quoteId=data["quoteId"])):
        assert (again.status_code, again.json()["data"]["spoken"]["key"]) == (201, spoken["key"])
    assert studio.paid == 1


async def test_ten_at_once_pay_once(studio: Studio) -> None:
    quote = (await studio.post(**PAID)).json()["data"]["quoteId"]
    answers = await asyncio.gather(*(studio.post(**PAID, quoteId=quote) for _ in range(10)))
    assert {one.status_code for one in answers} == {201}
    assert studio.paid == 1


async def test_without_the_key_of_what_is_said_they_pay_each(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: it is the item of the order that makes two requests one."""
    many = iter(range(100))
    monkeypatch.setattr(planning, "_item", lambda request, take: f"line-{next(many)}")
    monkeypatch.setattr(planning.Plan, "approval", "anything")
    for _ in range(2):
        assert (await studio.post(**PAID, quoteId="anything")).status_code == 201
    assert studio.paid == 2
    await crashed(studio, "after_id")
    await studio.post(**PAID, quoteId="anything")
    assert studio.paid == 4, "and a crash pays twice"


@pytest.mark.parametrize(
    "changed", [{"text": "Other words."}, {"voice": "onyx"}, {"take": 2}, {"model": "tts-1-hd"}]
)
async def test_an_approval_is_for_one_line_at_one_price(studio: Studio, changed: dict[str, Any]) -> None:
    quote = (await studio.post(**PAID)).json()["data"]["quoteId"]
    refused = await studio.post(**{**PAID, **changed}, quoteId=quote)
    assert (refused.status_code, studio.paid) == (422, 0), refused.text
    assert "quote" in refused.json()["error"]["suggestion"]


@pytest.mark.parametrize("point", ["after_intent", "after_post", "after_id", "after_bytes", "before_done"])
async def test_a_crash_after_the_call_does_not_pay_twice(studio: Studio, point: str) -> None:
    await crashed(studio, point)
    again = await studio.bought()
    assert (again.status_code, studio.paid) == (201, 1), again.text


async def crashed(studio: Studio, point: str) -> None:
    crash = CrashAt(point)
    house = replace(studio.lot.house, voiceovers=Voiceovers(studio.tools, fault=crash))
    desk = VoiceDesk(house=house, user_id="local")
    plan = await desk.plan(studio.production, Wish(text=TEXT, **PAID))
    with pytest.raises(Crash):
        await desk.ask(plan, quote_id=plan.approval)
    assert crash.crashes == 1


@pytest.fixture
def seller(studio: Studio) -> Iterator[FakeEngine]:
    """An engine in OpenAI's place, with troubles to order."""
    engines: Any = studio.tools.engines
    own, engines["openai"] = engines["openai"], FakeEngine(FakeProvider(name="openai"))
    yield engines["openai"]
    engines["openai"] = own


async def test_a_line_that_was_refused_says_so_again_and_is_not_offered_again(
    studio: Studio, seller: FakeEngine
) -> None:
    seller.troubles = ["refused"]
    first, again = await studio.bought(), await studio.post(**PAID)
    assert [one.json()["error"]["code"] for one in (first, again)] == ["provider_refused"] * 2
    other = await studio.post(**PAID, take=2)
    assert (other.json()["data"]["state"], seller.server.posts) == ("offered", [])


async def test_a_line_that_never_left_can_be_sent_when_it_is_asked_for_again(
    studio: Studio, seller: FakeEngine
) -> None:
    seller.troubles = ["no_credit"]
    assert (await studio.bought()).status_code >= 400
    assert ((await studio.bought()).status_code, len(seller.server.posts)) == (201, 1)


async def test_ceiling_and_stop_hold_and_nothing_leaves(studio: Studio) -> None:
    await studio.lot.database.execute("update productions set ceiling_micros = 1")
    assert (await studio.bought()).json()["error"]["code"] == "budget_exceeded"
    await studio.lot.database.execute("update productions set ceiling_micros = 1000000")
    stops = Stops(studio.lot.database)
    await stops.stop(None, by="local", reason="the bill is odd")
    assert (await studio.bought()).json()["error"]["code"] == "spending_stopped"
    assert studio.paid == 0
    await stops.release(None, by="local")
    assert ((await studio.bought()).status_code, studio.paid) == (201, 1)


async def test_what_is_not_approved_the_ledger_refuses_by_itself(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning.Plan, "is_approved", lambda self, quote_id: True)
    refused = await studio.post(**PAID)
    assert (refused.json()["error"]["code"], studio.paid) == ("not_approved", 0)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": ""}, "text"), ({"text": " … "}, "text"), ({"text": "a" * 2001}, "text"),
        ({"voice": "nobody"}, "voice"), ({"model": "veo-3.1"}, "model"), ({"language": "xx"}, "language"),
        ({"speed": 9}, "speed"), ({"take": 0}, "take"), ({"at": -1}, "at"), ({"at": 132}, "at"),
        ({"expression": "odd"}, "expression"), ({"hat": 1}, "hat"),
    ],
)  # fmt: skip
async def test_what_is_wrong_names_its_field_and_its_fix(
    studio: Studio, wrong: dict[str, Any], field: str
) -> None:
    answer = await studio.post(**wrong)
    error = answer.json()["error"]
    told = error["details"].get("fields", [error["details"]])
    assert (answer.status_code, told[0]["field"]) == (422, field)
    assert error["suggestion"]
    assert studio.offline.posts == []


async def test_another_users_production_is_not_there(studio: Studio) -> None:
    other = await another_user(studio.lot)
    theirs = await a_production(studio.lot, user_id=other)
    assert (await studio.post(productionId=theirs)).status_code == 404
    assert (await studio.post(productionId="no-id")).status_code == 404
    assert studio.offline.posts == []


async def test_while_a_run_is_at_work_it_says_so(studio: Studio) -> None:
    await studio.lot.runs.set(studio.production, status="running", interrupts=[])
    busy = await studio.post()
    assert (busy.status_code, studio.offline.posts) == (409, [])
    await studio.lot.runs.set(studio.production, status="paused", interrupts=[])
    assert (await studio.post()).status_code == 201


async def test_the_production_is_given_back_and_rung_for(studio: Studio) -> None:
    """Whoever answers a gate meanwhile finds it taken; its run is driven as soon as it is free."""
    await studio.lot.database.execute("delete from procrastinate_jobs")
    assert (await studio.post()).status_code == 201
    held = await studio.lot.database.fetch_one(
        "select lease_until, epoch from productions where production_id = %s", [studio.production]
    )
    rung = await studio.lot.database.fetch_all("select args from procrastinate_jobs")
    assert held is not None
    assert (held["lease_until"], held["epoch"] > 0) == (None, True)
    assert [row["args"]["production_id"] for row in rung] == [studio.production]


async def test_its_operations_lay_it_into_the_cut_with_the_time_of_each_word(studio: Studio) -> None:
    data = (await studio.post(at=24)).json()["data"]
    assert data["heardWith"] == ["line 1"], "another voice speaks there until frame 30"
    url = f"/api/productions/{studio.production}/cut"
    laid = await studio.lot.client.post(f"{url}/operations", json={"operations": data["operations"]})
    assert laid.status_code == 200, laid.text
    timeline = laid.json()["data"]["timeline"]
    [track] = [one for one in timeline["tracks"] if one["name"] == "voiceover"]
    [clip] = [one for one in track["items"] if one["kind"] == "clip"]
    assert (track["role"], clip["media"]["key"]) == ("voice", data["spoken"]["key"])
    [gap] = [one for one in track["items"] if one["kind"] == "gap"]
    assert gap["length"] == 24
    said = [cue for cue in timeline["captions"] if cue["voiceOver"]]
    assert " ".join(" ".join(cue["text"].split()) for cue in said) == TEXT
    first = said[0]["words"][0]
    assert first["startS"] == pytest.approx(24 / 24 + data["spoken"]["words"][0]["startS"], abs=0.01)
    assert {cue["wordTimes"] for cue in said} == {"estimated"}
    undone = await studio.lot.client.post(f"{url}/undo", json={"count": len(data["operations"])})
    assert undone.json()["data"]["version"] == 1


async def test_a_line_whose_file_was_deleted_says_how_to_have_it_anew(studio: Studio) -> None:
    key = (await studio.post()).json()["data"]["spoken"]["key"]
    await studio.tools.media.delete(key)
    gone = await studio.post()
    assert (gone.status_code, gone.json()["error"]["details"]["field"]) == (404, "take")
