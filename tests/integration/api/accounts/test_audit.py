"""What people did is on record: every call that changed something, once, without anything secret (S3-68)."""

from typing import Any

import pytest

from server.accounts.audit import audit_row
from tests.integration.api.accounts.conftest import PASSWORD, Mailbox, bearing, refreshed, registered
from tests.integration.api.conftest import Lot
from tests.integration.api.making import NOVELA
from tests.media_files import picture as a_picture

START: dict[str, Any] = {
    "graph": "novela", "brief": {"title": "The Last Ferry", "description": "A ferry's last night."},
}  # fmt: skip


async def trail(lot: Lot, token: str, path: str = "/api/audit") -> list[dict[str, Any]]:
    answer = await lot.client.get(path, headers=bearing(token))
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["data"]
    return found


async def test_upload_start_and_answer_are_on_record_with_what_they_were_about(lot: Lot) -> None:
    token = (await registered(lot))["accessToken"]
    headers = {**bearing(token), "User-Agent": "my script"}
    picture = await lot.client.post(
        "/api/media", content=a_picture(), headers={**headers, "Content-Type": "image/png"}
    )
    started = await lot.client.post("/api/productions", json=START, headers=headers)
    assert (picture.status_code, started.status_code) == (201, 202), (picture.text, started.text)
    production = started.json()["data"]["productionId"]
    await lot.client.post(f"/api/productions/{production}/cancel", headers=headers)
    rows = await trail(lot, token)
    assert [(row["action"], row["entityType"], row["entityId"]) for row in rows] == [
        ("cancel_production", "productions", production),
        ("start_production", "productions", production),
        ("upload_media", "media", picture.json()["data"]["key"]),
        ("register", "auth", rows[0]["userId"]),
    ]
    assert {row["userAgent"] for row in rows[:3]} == {"my script"}
    assert rows[0]["details"]["path"] == "/api/productions/{production_id}/cancel"


async def test_what_changed_nothing_leaves_no_row(lot: Lot) -> None:
    """Reading, a refused request, and the next tokens of a login."""
    tokens = await registered(lot)
    headers = bearing(tokens["accessToken"])
    await lot.client.get("/api/novelas", headers=headers)
    await lot.client.post("/api/novelas", json={"title": ""}, headers=headers)
    await lot.client.post("/api/novelas", json=NOVELA)
    fresh = (await refreshed(lot, tokens["refreshToken"])).json()["data"]["accessToken"]
    assert [row["action"] for row in await trail(lot, fresh)] == ["register"]


async def test_no_row_holds_anything_secret(lot: Lot, mailbox: Mailbox) -> None:
    tokens = await registered(lot)
    headers = bearing(tokens["accessToken"])
    made = await lot.client.post("/api/auth/tokens", json={"name": "secret-name"}, headers=headers)
    change = {"current": PASSWORD, "new": "another sentence"}
    await lot.client.post("/api/auth/password", json=change, headers=headers)
    rows = await lot.database.fetch_all("select a::text as row from audit_logs a")
    text = "".join(row["row"] for row in rows)
    assert "change_password" in text, "the control: it is these rows"
    secrets = [PASSWORD, "another sentence", made.json()["data"]["token"], tokens["accessToken"]]
    assert not [secret for secret in [*secrets, "ana@example.org", "secret-name"] if secret in text]


async def test_one_reads_ones_own_and_an_administrator_all(lot: Lot) -> None:
    ana, eva = await registered(lot), await registered(lot, "eva@example.org")
    assert {row["userId"] for row in await trail(lot, ana["accessToken"])} == {ana["userId"]}
    refused = await lot.client.get("/api/admin/audit", headers=bearing(ana["accessToken"]))
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "not_allowed")
    await lot.database.execute("update users set role = 'admin' where email = 'eva@example.org'")
    everybody = await trail(lot, eva["accessToken"], "/api/admin/audit")
    assert {row["userId"] for row in everybody} == {ana["userId"], eva["userId"]}
    narrowed = await trail(lot, eva["accessToken"], f"/api/admin/audit?userId={ana['userId']}")
    assert {row["userId"] for row in narrowed} == {ana["userId"]}


async def test_every_route_that_changes_something_has_a_name_for_the_record(lot: Lot) -> None:
    """A route of tomorrow is written down without doing anything for it."""
    lot.app.add_api_route(
        "/threads/{thread_id}/things", lambda thread_id: {"ok": 1}, methods=["POST"], name="do_it"
    )
    token = (await registered(lot))["accessToken"]
    await lot.client.post("/threads/abc/things", headers=bearing(token))
    row = (await trail(lot, token))[0]
    assert (row["action"], row["entityType"], row["entityId"]) == ("do_it", "threads", "abc")


@pytest.mark.parametrize(
    "answered", [b"", b"[]", b"3", b"{not json", b'{"data": null}', b'{"data": {"id": null}}']
)
def test_an_answer_that_names_nothing_is_no_error(lot: Lot, answered: bytes) -> None:
    scope = {"type": "http", "path": "/x", "method": "POST", "headers": [], "app": lot.app, "state": {}}
    assert audit_row(scope, 200, answered)["entity_id"] == ""
