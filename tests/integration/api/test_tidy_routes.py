"""Whoever runs the server asks what is old, has it cleared, and finds both in the audit trail."""

from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_production

URL = "/api/admin/tidy"
ENDED = """
with ended as (update runs set status = 'completed', ended_at = now() - interval '90 d')
update productions set status = 'completed', state_updated_at = now() - interval '90 d'
"""


async def test_it_counts_unless_it_is_told_to_clear(lot: Lot) -> None:
    production = await a_production(lot)
    await lot.database.execute(ENDED)
    body = {"productionsDays": 30, "media": True}
    for more, cleared in (({}, False), ({"dryRun": False}, True)):
        answer = await lot.client.post(URL, json=body | more)
        assert answer.status_code == 200, answer.text
        told = answer.json()["data"]
        assert told["dryRun"] is not cleared
        assert {one["kind"]: one["count"] for one in told["cleared"]}["productions"] == 1
        found = await lot.client.get(f"/api/productions/{production}")
        assert found.status_code == (404 if cleared else 200)
    assert (await lot.client.get(f"/api/productions/{production}/costs")).json()["data"]["billed"] == "0.00"


async def test_what_was_done_can_be_read(lot: Lot) -> None:
    await lot.client.post(URL, json={"dryRun": False, "auditDays": 30})
    upkeep = (await lot.client.get(URL)).json()["data"]
    assert upkeep["rules"]["productions"] is None, "nothing is asked for by default"
    [last] = upkeep["latest"]
    assert (last["askedBy"], last["told"]["cleared"]) == (
        "administrator", [{"kind": "audit", "count": 0, "bytes": 0}]
    )  # fmt: skip
    row = await lot.database.fetch_one("select action from audit_logs")
    assert row == {"action": "tidy_up"}


async def test_less_than_a_day_is_refused(lot: Lot) -> None:
    answer = await lot.client.post(URL, json={"productionsDays": 0})
    assert (answer.status_code, "productionsDays" in answer.text) == (422, True)
