"""Archives over HTTP: a download with a name, an upload of its own size, errors with a fix."""

import uuid

import pytest

from server import traffic
from tests.archives import contents, rows
from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_production

ZIP = {"content-type": "application/zip"}


async def at_rest(lot: Lot, status: str = "completed") -> str:
    production = await a_production(lot)
    await lot.runs.set(production, status=status, interrupts=[])
    return production


async def test_a_production_goes_out_and_comes_in_again(lot: Lot) -> None:
    production = await at_rest(lot)
    out = await lot.client.get(f"/api/productions/{production}/archive")
    assert (out.status_code, out.headers["content-type"]) == (200, "application/zip")
    assert (
        out.headers["content-disposition"]
        == f'attachment; filename="a-title-{production[:8]}.greenlight.zip"'
    )
    assert rows(out.content, "production")[0]["production_id"] == production
    back = await lot.client.post("/api/archives?as_new=true", content=out.content, headers=ZIP)
    assert back.status_code == 201, back.text
    copy = back.json()["data"]
    assert (copy["status"], copy["title"], copy["counts"]["runs"]) == ("completed", "A title", 1)
    assert (await lot.client.get(copy["url"])).json()["data"]["id"] == copy["productionId"] != production


async def test_what_cannot_be_says_why_and_what_to_do(lot: Lot) -> None:
    production = await at_rest(lot)
    archive = (await lot.client.get(f"/api/productions/{production}/archive")).content
    running = await a_production(lot)
    for answer, status, code in (
        (await lot.client.post("/api/archives", content=archive, headers=ZIP), 409, "conflict"),
        (await lot.client.post("/api/archives", content=b"hello", headers=ZIP), 422, "archive_refused"),
        (await lot.client.post("/api/archives", content=b"", headers=ZIP), 422, "archive_refused"),
        (await lot.client.post("/api/archives", json={}), 422, "archive_refused"),
        (await lot.client.get(f"/api/productions/{running}/archive"), 409, "conflict"),
        (await lot.client.get(f"/api/productions/{uuid.uuid4()}/archive"), 404, "not_found"),
        (await lot.client.get("/api/productions/nonsense/archive"), 404, "not_found"),
    ):
        error = answer.json()["error"]
        assert (answer.status_code, error["code"]) == (status, code), error
        assert error["suggestion"]


async def test_an_upload_has_a_limit_of_its_own(lot: Lot, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than other bodies may have; too much is cut off, whatever length it claims."""
    large = b"x" * (traffic.BODY_LIMIT_BYTES + 1)
    assert (await lot.client.post("/api/archives", content=large, headers=ZIP)).status_code == 422
    monkeypatch.setitem(traffic.UPLOADS, ("POST", "/api/archives"), 1000)

    async def pieces():  # type: ignore[no-untyped-def]
        for _ in range(20):
            yield b"x" * 100

    assert (await lot.client.post("/api/archives", content=pieces(), headers=ZIP)).status_code == 413
    assert (await lot.client.post("/api/archives", content=large, headers=ZIP)).status_code == 413


async def test_nothing_is_left_in_the_work_folder(lot: Lot) -> None:
    production = await at_rest(lot)
    archive = (await lot.client.get(f"/api/productions/{production}/archive")).content
    for content in (archive, archive[:-50], b"hello"):
        await lot.client.post("/api/archives", content=content, headers=ZIP)
    assert contents(archive)
    assert list((lot.house.settings.data_dir / "archives").iterdir()) == []
