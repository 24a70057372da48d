"""Whoever runs the server sees its workers and what they drive, and has one of them drain."""

from typing import Any

import psycopg

from server.runs import roster
from server.runs.roster import own_card
from server.runs.worker import SQL
from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_production, another_user

URL = "/api/admin/workers"


async def a_worker(lot: Lot) -> str:
    card = own_card(role="work", slots=4, version="1.2")
    beat = card.params(ttl_s=10, state="working") | {"productions": [], "epochs": []}
    await lot.database.execute(SQL["beat"], beat)
    return card.worker_id


async def drives(lot: Lot, worker_id: str, production: str) -> None:
    held = "update productions set lease_owner = %s, lease_since = now(), epoch = 3,"
    held += " lease_until = now() + interval '10 s' where production_id = %s"
    await lot.database.execute(held, [worker_id, production])


async def seen(lot: Lot) -> Any:
    answer = await lot.client.get(URL)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


async def test_a_worker_is_shown_with_what_it_drives(lot: Lot) -> None:
    worker, mine = await a_worker(lot), await a_production(lot)
    await drives(lot, worker, mine)
    [shown] = (await seen(lot))["workers"]
    assert (shown["workerId"], shown["state"], shown["slots"], shown["busy"]) == (worker, "working", 4, 1)
    [lease] = shown["leases"]
    assert (lease["productionId"], lease["title"], lease["epoch"]) == (mine, "A title", 3)
    assert lease["since"] < lease["leaseUntil"]


async def test_what_others_make_is_not_shown(lot: Lot) -> None:
    """That it is driven is: otherwise nobody could see why a worker is busy."""
    worker = await a_worker(lot)
    theirs = await a_production(lot, user_id=await another_user(lot))
    await drives(lot, worker, theirs)
    [shown] = (await seen(lot))["workers"]
    assert [(lease["productionId"], lease["title"]) for lease in shown["leases"]] == [(theirs, None)]


async def test_the_queue_is_counted(lot: Lot) -> None:
    assert (await seen(lot))["queue"] == {"low": 0, "normal": 0, "high": 0, "oldestWaitS": None}
    await a_production(lot)
    queue = (await seen(lot))["queue"]
    assert (queue["normal"], queue["oldestWaitS"] >= 0) == (1, True)


async def test_a_worker_is_told_at_once_that_it_is_to_drain_and_to_work_again(lot: Lot) -> None:
    worker = await a_worker(lot)
    with psycopg.connect(lot.database.url, autocommit=True) as listener:
        listener.execute("listen greenlight_control")
        for method, wanted in (("POST", "draining"), ("DELETE", "working")):
            answer = await lot.client.request(method, f"{URL}/{worker}/drain")
            assert answer.status_code == 200, answer.text
            [notice] = listener.notifies(timeout=10, stop_after=1)
            assert notice.payload == worker
            assert (await roster.listed(lot.database))[0]["wanted"] == wanted


async def test_an_unknown_worker_is_not_found(lot: Lot) -> None:
    answer = await lot.client.post(f"{URL}/elsewhere:1:abcdef/drain")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")
