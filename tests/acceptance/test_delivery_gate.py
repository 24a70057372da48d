"""A film whose clips go black: nobody gets it before a person signs for it, over HTTP and in the terminal.

One film stands at the gate of its master, and two branches of it: one is signed for on the page's own
routes, one in the terminal, one is kept back.
"""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from click.testing import Result
from typer.testing import CliRunner

from server.branches.fork import Difference, fork
from server.cli.verbs import app
from server.composition import Parts, open_parts
from tests.acceptance.going_dark import going_dark
from tests.acceptance.remembered import remembering
from tests.acceptance.studio_lot import USER, Walk, begin, house
from tests.conftest import fresh_database
from tests.integration.api.listening import Heard, listen
from tests.integration.protocol.live import listening
from tools.settings import Settings, settings

pytestmark = pytest.mark.xdist_group("delivery-gate")
WHY = "the client wants it so"
GREEN = {"items": {"delivery": {"light": "GREEN", "note": WHY}}}
SIGNED = {**GREEN, "signed_by": "Ana Ruiz"}
KEPT_BACK = {"items": {"delivery": {"light": "RED"}}}
UNSIGNED: tuple[tuple[dict[str, Any], str], ...] = (
    ({"approve_all": True}, "items"),
    (GREEN, "signed_by"),
    ({**SIGNED, "signed_by": " "}, "signed_by"),
    ({"items": {"delivery": {"light": "GREEN"}}, "signed_by": "Ana Ruiz"}, "note"),
    ({"items": {"delivery": {"light": "YELLOW", "note": "brighter"}}, "signed_by": "Ana Ruiz"}, "items"),
)


@dataclass(frozen=True)
class Film:
    """Where the house lies, and its productions, which all wait at the gate."""

    database_url: str
    folder: Path
    signed_here: str
    signed_there: str
    kept_back: str


@pytest.fixture(scope="module")
def film(
    postgres_url: str, postgres_admin: psycopg.Connection, tmp_path_factory: pytest.TempPathFactory,
    voice_models: Path,
) -> Iterator[Film]:  # fmt: skip
    """With `review: auto`: whatever else is asked on the way was approved beforehand."""
    folder = tmp_path_factory.mktemp("gate") / "data"
    for database_url in fresh_database(postgres_url, postgres_admin):
        with remembering(voice_models.with_name("shelf")), going_dark():
            yield Film(database_url, folder, *asyncio.run(_shot(database_url, folder, voice_models)))


async def _shot(database_url: str, folder: Path, models: Path) -> list[str]:
    async with house(database_url, folder, models) as parts:
        walk = await begin(parts, review="auto")
        await walk.to_gate("approve_delivery")
        branches = [await fork(parts.house, walk.production_id, Difference(), user_id=USER) for _ in range(2)]
        return [walk.production_id, *(one.production_id for one in branches)]


def settings_of(film: Film) -> Settings:
    """The house once more, where it was left."""
    return Settings.model_validate(
        {"data_dir": film.folder, "database_url": film.database_url, "workers": 2, "render_processes": 1}
    )


@dataclass(frozen=True)
class Visit:
    """Somebody who looks at one production over HTTP."""

    walk: Walk
    client: httpx.AsyncClient

    @property
    def url(self) -> str:
        return f"/api/productions/{self.walk.production_id}"

    async def get(self, tail: str = "") -> Any:
        answer = await self.client.get(f"{self.url}{tail}")
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    async def answer(self, reply: dict[str, Any]) -> httpx.Response:
        return await self.client.post(f"{self.url}/answer", json={"reply": reply})

    async def page(self) -> str:
        return (await self.client.get(f"{self.url}/quality")).text

    async def paper(self, name: str) -> dict[str, Any]:
        [file] = [one for one in await self.get("/files") if one["name"] == name]
        paper: dict[str, Any] = (await self.client.get(file["url"])).json()
        return paper

    async def heard(self, until: str) -> list[Heard]:
        """What its stream tells from its beginning to the first event of this kind."""
        heard: list[Heard] = []
        async with listen(self.client, f"{self.url}/events") as ear:
            while not heard or heard[-1].event not in (until, "end"):
                heard.append(await ear.next())
        return heard


async def test_over_http_it_waits_with_its_evidence_until_a_name_is_under_it(film: Film):
    async with (
        open_parts(settings_of(film)) as parts,
        listening(parts.house, parts.tools.settings) as live,
        httpx.AsyncClient(base_url=live.url) as client,
    ):
        visit = Visit(Walk(parts, film.signed_here), client)
        await _stands_at_the_gate(visit)
        await _takes_no_answer_without_a_name(visit)
        await _is_delivered_by_name(visit)
        await _is_kept_back(Visit(Walk(parts, film.kept_back), client), parts)


async def _stands_at_the_gate(visit: Visit) -> None:
    shown = await visit.get()
    assert (shown["status"], shown["gate"]) == ("paused", "approve_delivery")
    [gate] = shown["gates"]
    assert "Black for" in gate["request"]["items"][0]["text"]
    page = await visit.page()
    assert "Delivery is blocked" in page
    assert page.count('src="data:image/jpeg;base64,') >= 2, "a frame of each black span"
    heard = await visit.heard("input.requested")
    assert "approve_delivery" in json.dumps(heard[-1].data), heard[-1]
    told = {one.event: one.data for one in heard}
    assert told["quality"]["payload"]["light"] == "RED", told["quality"]
    await _is_not_delivered(visit, heard)


async def _is_not_delivered(visit: Visit, heard: list[Heard]) -> None:
    assert await visit.get("/files") == []
    assert "master_done" not in {one.event for one in heard}
    assert (await visit.walk.state()).values.get("deliverables", {}) == {}


async def _takes_no_answer_without_a_name(visit: Visit) -> None:
    for reply, wrong in UNSIGNED:
        refused = await visit.answer(reply)
        assert refused.status_code == 422, refused.text
        assert wrong in refused.json()["error"]["message"]
    assert (await visit.get())["status"] == "paused"


async def _is_delivered_by_name(visit: Visit) -> None:
    assert (await visit.answer(SIGNED)).status_code == 202
    await visit.walk.to_end()
    names = {file["name"] for file in await visit.get("/files")}
    assert {"master.mp4", "quality.json", "episode.json"} <= names
    report = await visit.paper("quality.json")
    assert report["override"] == {"name": "Ana Ruiz", "reason": WHY, "user_id": USER}
    assert report["light"] == "RED", "what was found stays found"
    record = (await visit.paper("episode.json"))["quality"]
    assert (record["light"], record["delivered_by"]["name"]) == ("RED", "Ana Ruiz")
    assert [fault for fault in record["faults"] if fault.startswith("black for")]
    assert "Ana Ruiz" in await visit.page()
    told = [one.event for one in await visit.heard("end")]
    assert told.index("input.requested") < told.index("quality_overridden") < told.index("master_done")
    audited = await visit.walk.parts.tools.database.fetch_all(
        "select details from audit_logs where details->>'signed_by' = 'Ana Ruiz'", []
    )
    assert len(audited) == 1


async def _is_kept_back(visit: Visit, parts: Parts) -> None:
    assert (await visit.answer(KEPT_BACK)).status_code == 202
    state = await visit.walk.to_end("failed")
    assert state.error is not None
    assert "kept it back" in json.dumps(state.error)
    await _is_not_delivered(visit, await visit.heard("end"))


def test_in_the_terminal_it_is_shown_refused_and_signed_for(
    film: Film, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    settings.cache_clear()
    monkeypatch.setenv("GREENLIGHT_DATABASE_URL", film.database_url)
    monkeypatch.setenv("GREENLIGHT_DATA_DIR", str(film.folder))
    production, signed = film.signed_there, ("--signed-by", "Ana Ruiz")
    try:
        assert "waits at approve_delivery" in greenlight("status", production).stdout
        assert "nothing is delivered yet" in str(greenlight("export", production, "--to", "out").exception)
        answer = ("answer", production, f"delivery=GREEN:{WHY}")
        assert "signed_by" in str(greenlight(*answer).exception)
        assert greenlight(*answer, *signed).exit_code == 0
        assert greenlight("status", production).stdout.startswith("completed")
        assert greenlight("export", production, "--to", str(tmp_path)).exit_code == 0
    finally:
        settings.cache_clear()
    assert (tmp_path / "master.mp4").stat().st_size > 0
    assert json.loads((tmp_path / "quality.json").read_text())["override"]["name"] == "Ana Ruiz"
    assert "Ana Ruiz" in (tmp_path / "quality.html").read_text()


def greenlight(*words: str) -> Result:
    """The command as it is typed, without its process."""
    return CliRunner().invoke(app, words)
