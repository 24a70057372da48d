"""Whoever runs the server sees what was given up and why, and has it tried again."""

from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_production, another_user

URL, BEFORE = "/api/admin/stuck", "/api/admin/parked"
STUCK = """
with told as (select '{"code": "run_poisoned", "message": "never got any further"}'::jsonb as error),
run as (update runs set status = 'failed', error = told.error, attempts = 6, ended_at = now() from told
        where production_id = %(id)s)
update productions set status = 'failed', error = told.error from told where production_id = %(id)s
"""


async def stuck(lot: Lot, **whose: str) -> str:
    production = await a_production(lot, **whose)
    await lot.database.execute(STUCK, {"id": production})
    return production


async def test_what_is_stuck_is_listed_with_its_reason(lot: Lot) -> None:
    await a_production(lot)
    mine, theirs = await stuck(lot), await stuck(lot, user_id=await another_user(lot))
    answer = (await lot.client.get(URL)).json()
    assert answer["pagination"]["total"] == 2
    by_id = {one["productionId"]: one for one in answer["data"]}
    assert (by_id[mine]["title"], by_id[theirs]["title"]) == ("A title", None)
    assert (by_id[mine]["state"], by_id[mine]["attempts"]) == ("stuck", 6)
    assert by_id[theirs]["error"]["message"] == "never got any further"


async def test_the_paths_of_before_answer_the_same(lot: Lot) -> None:
    """They are in no description any more."""
    mine = await stuck(lot)
    assert (await lot.client.get(BEFORE)).json() == (await lot.client.get(URL)).json()
    assert (await lot.client.post(f"{BEFORE}/{mine}/resume")).status_code == 202
    paths = (await lot.client.get("/openapi.json")).json()["paths"]
    assert (URL in paths, [one for one in paths if one.startswith(BEFORE)]) == (True, [])


async def test_it_is_tried_again_on_behalf_of_its_owner(lot: Lot) -> None:
    """Another user's, too; what is not stuck is not found."""
    theirs, well = await stuck(lot, user_id=await another_user(lot)), await a_production(lot)
    answer = await lot.client.post(f"{URL}/{theirs}/resume")
    assert answer.status_code == 202, answer.text
    assert answer.json()["data"]["productionId"] == theirs
    assert (await lot.client.post(f"{URL}/{well}/resume")).status_code == 404
