"""Users' own keys over HTTP: left once, never shown again, each user's own (S5-131, S5-135, S5-136)."""

import json
from typing import Any

import httpx
import structlog

from server.deps import House
from tests.integration.api.accounts.conftest import bearing, registered
from tests.integration.api.conftest import Lot

KEY = "r8_canaryCANARY0123456789abcd"
NEW: dict[str, Any] = {"provider": "replicate", "label": "studio", "key": KEY}
PATH = "/api/settings/api-keys"


async def someone(lot: Lot, email: str = "ana@example.org") -> dict[str, str]:
    return bearing((await registered(lot, email))["accessToken"])


async def left(lot: Lot, headers: dict[str, str], **changes: Any) -> dict[str, Any]:
    answer = await lot.client.post(PATH, json={**NEW, **changes}, headers=headers)
    assert answer.status_code == 201, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


async def told(lot: Lot, headers: dict[str, str], query: str = "") -> list[tuple[str, int, str, str]]:
    rows = (await lot.client.get(f"{PATH}{query}", headers=headers)).json()["data"]
    return [(row["label"], row["position"], row["status"], row["lastFour"]) for row in rows]


async def test_a_key_is_left_listed_changed_replaced_and_deleted_and_never_shown(lot: Lot) -> None:
    ana = await someone(lot)
    answers = [await lot.client.post(PATH, json=NEW, headers=ana)]
    first = answers[0].json()["data"]
    assert (answers[0].status_code, first["lastFour"], first["status"]) == (201, "abcd", "active")
    spare = await left(lot, ana, label="spare")
    assert await told(lot, ana) == [("studio", 1, "active", "abcd"), ("spare", 2, "active", "abcd")]
    url = f"{PATH}/{first['id']}"
    change = {"label": "old", "status": "disabled", "position": 2}
    answers.append(await lot.client.patch(url, json=change, headers=ana))
    answers.append(await lot.client.put(f"{url}/key", json={"key": KEY[:-4] + "zzzz"}, headers=ana))
    assert await told(lot, ana) == [("spare", 1, "active", "abcd"), ("old", 2, "disabled", "zzzz")]
    answers.append(await lot.client.delete(f"{PATH}/{spare['id']}", headers=ana))
    assert await told(lot, ana, "?provider=replicate") == [("old", 1, "disabled", "zzzz")]
    assert await told(lot, ana, "?provider=fal") == []
    answers.append(await lot.client.get("/api/audit", headers=ana))
    assert [answer.status_code for answer in answers] == [201, 200, 200, 200, 200]
    assert not [answer.text for answer in answers if "canary" in answer.text]


async def test_what_was_done_is_on_record_without_the_key(lot: Lot) -> None:
    ana = await someone(lot)
    key = await left(lot, ana)
    rows = await lot.database.fetch_all(
        "select action, entity_type, entity_id, a::text as row from audit_logs a"
        " order by audit_id desc limit 1"
    )
    assert [(row["action"], row["entity_type"], row["entity_id"]) for row in rows] == [
        ("add_provider_key", "settings", key["id"])
    ]
    assert "canary" not in rows[0]["row"]


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"provider": "acme"}, "provider"), ({"provider": KEY}, "provider"), ({"key": ""}, "key"),
    ({"key": f"{KEY}\n"}, "key"), ({"key": f"{KEY} {KEY}"}, "key"), ({"key": KEY * 20}, "key"),
    ({"key": [KEY]}, "key"), ({"key": None}, "key"), ({"key": f"{KEY}\ud800"}, "key"),
    ({"label": ""}, "label"), ({"label": f"it is {KEY}"}, "label"), ({"label": "a\nb"}, "label"),
    ({"label": "x" * 101}, "label"), ({"secret": KEY}, "secret"),
]  # fmt: skip
NO_BODIES = [f'"{KEY}"', f'{{"key": "{KEY}"', f'["{KEY}"]', f'{{"{KEY}": 1}}']


async def test_what_cannot_be_kept_is_named_with_its_fix_and_not_repeated(lot: Lot) -> None:
    ana = {**await someone(lot), "Content-Type": "application/json"}
    for change, field in WRONG:
        with structlog.testing.capture_logs() as lines:
            answer = await lot.client.post(PATH, content=json.dumps({**NEW, **change}), headers=ana)
        assert answer.status_code == 422, answer.text
        error = answer.json()["error"]
        assert [named["field"] for named in error["details"]["fields"]] == [field], change
        assert error["suggestion"] == error["details"]["fields"][0]["fix"]
        assert "canary" not in f"{answer.text}{lines}".lower()
    for body in NO_BODIES:
        answer = await lot.client.post(PATH, content=body, headers=ana)
        assert answer.status_code == 422, answer.text
        assert "canary" not in answer.text.lower()
    assert await told(lot, ana) == []


async def test_a_change_that_says_nothing_or_nonsense_is_refused(lot: Lot) -> None:
    ana = await someone(lot)
    url = f"{PATH}/{(await left(lot, ana))['id']}"
    for change in (
        {},
        {"status": "error"},
        {"position": 0},
        {"position": 51},
        {"label": "a\nb"},
        {"key": KEY},
    ):
        answer = await lot.client.patch(url, json=change, headers=ana)
        assert answer.status_code == 422, f"{change} {answer.text}"
    for key in ("", "short", f"{KEY}\t"):
        assert (await lot.client.put(f"{url}/key", json={"key": key}, headers=ana)).status_code == 422
    assert await told(lot, ana) == [("studio", 1, "active", "abcd")]


async def test_two_of_one_label_are_a_conflict_and_nothing_is_changed(lot: Lot) -> None:
    ana = await someone(lot)
    await left(lot, ana)
    spare = await left(lot, ana, label="spare")
    again = await lot.client.post(PATH, json=NEW, headers=ana)
    change = await lot.client.patch(f"{PATH}/{spare['id']}", json={"label": "studio"}, headers=ana)
    for answer in (again, change):
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "conflict")
        assert "label" in answer.json()["error"]["message"]
    assert await told(lot, ana) == [("studio", 1, "active", "abcd"), ("spare", 2, "active", "abcd")]


async def test_what_is_no_id_or_somebody_elses_is_not_found(lot: Lot) -> None:
    ana, eva = await someone(lot), await someone(lot, "eva@example.org")
    hers = (await left(lot, ana))["id"]
    for key in ("nonsense", hers, hers.replace(hers[0], "f")):
        asked: list[httpx.Response] = [
            await lot.client.patch(f"{PATH}/{key}", json={"status": "disabled"}, headers=eva),
            await lot.client.put(f"{PATH}/{key}/key", json={"key": KEY}, headers=eva),
            await lot.client.delete(f"{PATH}/{key}", headers=eva),
        ]
        assert [answer.status_code for answer in asked] == [404] * 3
    assert await told(lot, ana) == [("studio", 1, "active", "abcd")]


async def test_a_key_that_is_left_is_found_by_the_call_it_is_for(lot: Lot) -> None:
    """And by nobody else's."""
    ana = await registered(lot)
    await left(lot, bearing(ana["accessToken"]))
    found = await lot.house.provider_keys.key_for(ana["userId"], "replicate")
    assert found is not None
    assert found.secret.get_secret_value() == KEY
    assert await lot.house.provider_keys.key_for("local", "replicate") is None


async def test_a_server_without_a_master_key_keeps_none_and_says_so(lot: Lot) -> None:
    ana = await someone(lot)
    settings = lot.house.settings.model_copy(update={"master_key": None})
    parts = {name: getattr(lot.house, name) for name in House.__dataclass_fields__}
    lot.app.state.house = House(**{**parts, "settings": settings})
    answer = await lot.client.post(PATH, json=NEW, headers=ana)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "vault_closed")
    assert "GREENLIGHT_MASTER_KEY" in answer.json()["error"]["suggestion"]
    assert await told(lot, ana) == []
