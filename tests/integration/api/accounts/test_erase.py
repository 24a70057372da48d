"""Erase my data: nothing of a user is left anywhere, and nothing of anybody else is touched (S2-124)."""

import asyncio
from typing import Any

import httpx
import pytest
import structlog

from state.errors import FolderUnwritable
from tests.fakes import FakeClock, FakeEngine
from tests.integration.api.accounts.conftest import PASSWORD, bearing, registered, status_for
from tests.integration.api.conftest import Lot
from tests.integration.api.making import NOVELA, a_production, done, mastered, said, tell
from tests.integration.api.parked_making import PARK
from tests.media_files import picture as a_picture
from tools.orders.place import Orders
from tools.post.piece_cache import PIECES_FOLDER


async def erase(lot: Lot, token: str, password: str = PASSWORD) -> httpx.Response:
    return await lot.client.post("/api/auth/erase", json={"password": password}, headers=bearing(token))


async def a_life(lot: Lot, email: str) -> dict[str, Any]:
    """A user with something in every room of the house."""
    tokens = await registered(lot, email)
    user, headers = tokens["userId"], bearing(tokens["accessToken"])
    await lot.client.post("/api/auth/tokens", json={"name": "x"}, headers=headers)
    left = {"provider": "fal", "label": "x", "key": "a-key-at-a-provider-1234"}
    assert (await lot.client.post("/api/settings/api-keys", json=left, headers=headers)).status_code == 201
    hook = {"url": "https://1.1.1.1/"}
    assert (await lot.client.post("/api/webhooks", json=hook, headers=headers)).status_code == 201
    picture = await lot.client.post(
        "/api/media", content=a_picture(), headers={**headers, "Content-Type": "image/png"}
    )
    novela = (await lot.client.post("/api/novelas", json=NOVELA, headers=headers)).json()["data"]["id"]
    note = {"namespace": ["notes"], "key": "k", "value": {"kept": "for later"}}
    assert (await lot.client.put("/store/items", json=note, headers=headers)).status_code == 204
    piece = lot.house.settings.data_dir / PIECES_FOLDER / user / "a-piece"
    piece.parent.mkdir(parents=True)
    piece.write_bytes(b"a few seconds of a film")
    production = await a_production(lot, novela_id=novela, user_id=user)
    await tell(lot, production, done(), said("secret"), mastered())
    for statement in (
        "insert into checkpoints (thread_id, checkpoint_id, checkpoint) values (%s, 'c', '{}')",
        "insert into checkpoint_blobs (thread_id, channel, version, type) values (%s, 'c', '1', 'empty')",
        "insert into checkpoint_writes (thread_id, checkpoint_id, task_id, idx, channel, blob)"
        " values (%s, 'c', 't', 0, 'c', '')",
    ):  # fmt: skip
        await lot.database.execute(statement, [production])
    return {**tokens, "production": production, "novela": novela, "picture": picture.json()["data"]["key"]}


async def traces(lot: Lot, life: dict[str, Any]) -> dict[str, int]:
    """In which tables anything names this user or what was theirs."""
    tables = await lot.database.fetch_all(
        "select table_name from information_schema.tables"
        " where table_schema = 'public' and table_type = 'BASE TABLE'"
    )
    words = [life["userId"], life["production"], life["novela"], life["email"]]
    found = {}
    for table in (row["table_name"] for row in tables):
        where = " or ".join(["t::text like %s"] * len(words))
        [row] = await lot.database.fetch_all(
            f"select count(*) as n from {table} t where {where}", [f"%{word}%" for word in words]
        )
        found[table] = row["n"]
    return {table: count for table, count in found.items() if count}


def files(lot: Lot, user_id: str) -> list[str]:
    return [str(file) for file in lot.house.settings.data_dir.rglob(f"{user_id}/*")]


async def test_nothing_is_left_and_nobody_else_is_touched(lot: Lot) -> None:
    ana = {**await a_life(lot, "ana@example.org"), "email": "ana@example.org"}
    eva = {**await a_life(lot, "eva@example.org"), "email": "eva@example.org"}
    before = await traces(lot, ana)
    rooms = "users logins api_tokens novelas productions runs events media_library checkpoints audit_logs"
    rooms += " provider_keys checkpoint_blobs checkpoint_writes procrastinate_jobs store"
    rooms += " webhook_endpoints webhook_secrets notices"
    assert set(rooms.split()) <= before.keys(), "the control: there is something to erase"
    assert files(lot, ana["userId"])
    hers = await traces(lot, eva)
    assert (await erase(lot, ana["accessToken"])).status_code == 200
    assert await traces(lot, ana) == {}
    assert files(lot, ana["userId"]) == []
    assert await status_for(lot, ana["accessToken"]) == 401
    assert await traces(lot, eva) == hers
    assert (await lot.store.get(eva["picture"])).is_file()
    assert await status_for(lot, eva["accessToken"]) == 200


async def test_the_record_says_that_it_was_done_and_names_nobody(lot: Lot) -> None:
    ana = await a_life(lot, "ana@example.org")
    count = len(await lot.database.fetch_all("select 1 from audit_logs"))
    await erase(lot, ana["accessToken"])
    rows = await lot.database.fetch_all("select * from audit_logs order by audit_id")
    assert len(rows) == count + 1
    assert rows[-1]["action"] == "erase_my_data"
    assert {(row["user_id"], row["ip_address"], row["user_agent"]) for row in rows} == {(None, "", "")}


async def test_it_needs_the_password(lot: Lot) -> None:
    ana = await a_life(lot, "ana@example.org")
    refused = await erase(lot, ana["accessToken"], "not it at all")
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "password_wrong")
    assert await status_for(lot, ana["accessToken"]) == 200
    assert (await lot.store.get(ana["picture"])).is_file()


async def test_what_runs_is_cancelled_first_and_nothing_is_erased_while_a_worker_holds_it(
    lot: Lot, clock: FakeClock
) -> None:
    ana = await a_life(lot, "ana@example.org")
    await lot.database.execute(
        "update productions set status = 'running', lease_until = now() + interval '1 hour'"
        " where production_id = %s",
        [ana["production"]],
    )
    refused = await erase(lot, ana["accessToken"])
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "conflict")
    assert ("cancel", {"user_id": ana["userId"], "production_id": ana["production"]}) in lot.runs.calls
    assert (await lot.store.get(ana["picture"])).is_file()
    await lot.database.execute("update productions set status = 'cancelled', lease_until = null")
    assert (await erase(lot, ana["accessToken"])).status_code == 200


async def test_a_store_that_fails_leaves_the_rows_to_try_again(
    lot: Lot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise files would stay that nobody could name any more."""
    ana = {**await a_life(lot, "ana@example.org"), "email": "ana@example.org"}

    async def refuses(**_: str) -> None:
        raise FolderUnwritable

    with monkeypatch.context() as broken, structlog.testing.capture_logs():
        broken.setattr(lot.store, "erase", refuses)
        assert (await erase(lot, ana["accessToken"])).status_code == 500
    assert "productions" in await traces(lot, ana)
    assert (await erase(lot, ana["accessToken"])).status_code == 200
    assert await traces(lot, ana) == {}


async def test_twice_at_once_is_once(lot: Lot) -> None:
    ana = {**await a_life(lot, "ana@example.org"), "email": "ana@example.org"}
    answers = await asyncio.gather(*(erase(lot, ana["accessToken"]) for _ in range(3)))
    assert {answer.status_code for answer in answers} <= {200, 401, 404}
    assert 200 in {answer.status_code for answer in answers}
    assert await traces(lot, ana) == {}


class Stops(FakeEngine):
    """Takes every word to stop."""

    def __init__(self) -> None:
        super().__init__()
        self.told = list[str]()

    async def cancel(self, external_id: str) -> None:
        self.told.append(external_id)


async def test_jobs_at_providers_are_stopped_before_nobody_knows_of_them(lot: Lot) -> None:
    ana, eva = await a_life(lot, "ana@example.org"), await a_life(lot, "eva@example.org")
    for life in (ana, eva):
        values = {"key": f"{life['production']}:take:1A:first", "production": life["production"]}
        await lot.database.execute(PARK, values | {"item": "1A", "request": "{}", "hash": "0"})
    await lot.database.execute(
        "update orders set state = 'submitted', external_id = 'job of ' || user_id, cost_unknown = 0"
    )
    engine = Stops()
    lot.house.__dict__["orders"] = Orders(lot.database, lot.store, {"fake": engine})
    assert (await erase(lot, ana["accessToken"])).status_code == 200
    assert engine.told == [f"job of {ana['userId']}"]
