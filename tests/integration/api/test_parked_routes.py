"""Whoever runs the server sees what was given up and why, and has it tried again."""

from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_production, another_user

URL = "/api/admin/parked"
PARKED = """
with told as (select '{"code": "run_poisoned", "message": "never got any further"}'::jsonb as error),
run as (update runs set status = 'failed', error = told.error, attempts = 6, ended_at = now() from told
        where production_id = %(id)s)
update productions set status = 'failed', error = told.error from told where production_id = %(id)s
"""


async def parked(lot: Lot, **whose: str) -> str:
    production = await a_production(lot, **whose)
    await lot.database.execute(PARKED, {"id": production})
    return production


async def test_what_is_parked_is_listed_with_its_reason(lot: Lot) -> None:
    await a_production(lot)
    mine, theirs = await parked(lot), await parked(lot, user_id=await another_user(lot))
    answer = (await lot.client.get(URL)).json()
    assert answer["pagination"]["total"] == 2
    by_id = {one["productionId"]: one for one in answer["data"]}
    assert (by_id[mine]["title"], by_id[theirs]["title"]) == ("A title", None)
    assert (by_id[mine]["state"], by_id[mine]["attempts"]) == ("parked", 6)
    assert by_id[theirs]["error"]["message"] == "never got any further"


async def test_it_is_tried_again_on_behalf_of_its_owner(lot: Lot) -> None:
    """Another user's, too; what is not parked is not found."""
    theirs, well = await parked(lot, user_id=await another_user(lot)), await a_production(lot)
    answer = await lot.client.post(f"{URL}/{theirs}/resume")
    assert answer.status_code == 202, answer.text
    assert answer.json()["data"]["productionId"] == theirs
    assert (await lot.client.post(f"{URL}/{well}/resume")).status_code == 404
