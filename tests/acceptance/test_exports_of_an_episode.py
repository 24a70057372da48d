"""An episode leaves in other forms, edited or as it was; and its production stays as it is."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import opentimelineio as otio
import psycopg
import pytest

from server.composition import Parts, open_parts
from server.cuts.desk import CutDesk
from server.exports.desk import Wanted, start_export
from state import edits
from state.media import MediaRef
from state.timeline import Clip
from tests.acceptance.remembered import remembering
from tests.acceptance.studio_lot import USER, Walk, begin, house
from tests.acceptance.test_delivery_gate import greenlight
from tests.conftest import fresh_database
from tests.integration.api.listening import listen
from tests.integration.protocol.live import listening
from tools.cuts.pieces import picture_of
from tools.ffmpeg.probe import frames_of, probe
from tools.settings import Settings, settings

pytestmark = pytest.mark.xdist_group("exports")
PAPERS = {
    "captions.srt", "captions.vtt", "contact-sheet.png", "cut.json", "disclosure.txt", "episode.json",
    "first-frame.png", "last-frame.png", "preview.mp4", "provenance.json", "quality.json",
}  # fmt: skip


@dataclass(frozen=True)
class Film:
    """A finished episode whose first shot was made six frames shorter afterwards."""

    database_url: str
    folder: Path
    production_id: str
    size: tuple[int, int]
    frames: int
    """As it was cut; six more than now."""

    def settings(self) -> Settings:
        """The house once more, where it was left."""
        told = {"data_dir": self.folder, "database_url": self.database_url, "workers": 2}
        return Settings.model_validate({**told, "render_processes": 1})


@pytest.fixture(scope="module")
def film(
    postgres_url: str, postgres_admin: psycopg.Connection, tmp_path_factory: pytest.TempPathFactory,
    voice_models: Path,
) -> Iterator[Film]:  # fmt: skip
    folder = tmp_path_factory.mktemp("exports") / "data"
    for database_url in fresh_database(postgres_url, postgres_admin):
        with remembering(voice_models.with_name("shelf")):
            yield asyncio.run(_made(database_url, folder, voice_models))


async def _made(database_url: str, folder: Path, models: Path) -> Film:
    async with house(database_url, folder, models, remembers=True) as parts:
        walk = await begin(parts, review="auto")
        await walk.to_end()
        desk = CutDesk(parts.house, USER)
        cut = (await desk.open(walk.production_id)).edited.timeline
        first = next(item for item in picture_of(cut).items if isinstance(item, Clip))
        await desk.edit(walk.production_id, [edits.TrimClip(clip=first.id, tail=6)])
        return Film(database_url, folder, walk.production_id, (cut.width, cut.height), cut.length)


async def exported(parts: Parts, production_id: str, **wish: Any) -> Walk:
    accepted = await start_export(parts.house, Wanted(production_id=production_id, wish=wish), user_id=USER)
    return Walk(parts, accepted.production_id)


async def files_of(walk: Walk) -> dict[str, Path]:
    values = (await walk.to_end()).values
    files = {name: MediaRef.model_validate(ref) for name, ref in values["deliverables"].items()}
    return {name: await walk.parts.tools.media.get(media.key) for name, media in files.items()}


async def test_over_http_an_edited_episode_leaves_in_another_shape(film: Film):
    async with (
        open_parts(film.settings()) as parts,
        listening(parts.house, parts.tools.settings) as live,
        httpx.AsyncClient(base_url=live.url) as client,
    ):
        made = Walk(parts, film.production_id)
        before = await made.state()
        url = f"/api/productions/{film.production_id}/exports"
        sent = {"headers": {"Idempotency-Key": "once"}, "json": {"aspectRatio": "9:16"}}
        answers = [await client.post(url, **sent) for _ in range(2)]
        assert [one.status_code for one in answers] == [202, 202], answers[0].text
        [export] = {one.json()["data"]["productionId"] for one in answers}
        async with listen(client, f"/api/productions/{export}/events") as ear:
            told = await ear.rest()
        assert [one for one in told if one.event == "progress" and "mastering" in json.dumps(one.data)]

        files = await files_of(Walk(parts, export))
        assert set(files) == PAPERS | {"master.mp4"}
        facts = await probe(files["master.mp4"])
        assert (facts.width, facts.height) == (film.size[1], film.size[1] * 16 // 9 // 2 * 2)
        assert await frames_of(files["master.mp4"]) == film.frames - 6
        assert await frames_of(files["preview.mp4"]) >= 3
        assert json.loads(files["quality.json"].read_text())["light"] != "RED"

        [listed] = [one for one in (await client.get(url)).json()["data"] if one["id"] == export]
        assert (listed["id"], listed["graph"], listed["status"]) == (export, "export", "completed")
        shown = (await client.get("/api/productions")).json()["data"]
        assert export not in {one["id"] for one in shown}
        assert await Walk(parts, export).orders() == []
        assert (await made.state()).values == before.values


async def test_as_webm_as_it_was_before_the_edit_with_captions_beside_it(film: Film):
    async with open_parts(film.settings()) as parts:
        wish = {"version": 1, "container": "webm", "quality": "draft", "captions": "file"}
        files = await files_of(await exported(parts, film.production_id, **wish))
        assert set(files) == PAPERS | {"master.webm"}
        assert await frames_of(files["master.webm"]) == film.frames
        told = json.loads(files["provenance.json"].read_text("utf-8"))
        assert told["signature"] is None
        assert len(told["sources"]) > 3
        assert told["files"]["master.webm"]["sha256"]


@pytest.mark.parametrize(
    ("wish", "status", "said"),
    [
        ({"platform": "myspace"}, 422, "platform: there is no platform 'myspace'"),
        ({"version": 99}, 404, "99"),
        ({"version": 0}, 422, "version"),
        ({"bitrateKbps": 99}, 422, "bitrateKbps"),
        ({"container": "avi"}, 422, "container"),
        ({"colour": "red"}, 422, "colour"),
        ({"context": {"review": "maybe"}}, 422, "context.review"),
    ],
)
async def test_a_wish_that_cannot_be_met_names_its_field_and_starts_nothing(
    film: Film, wish: dict[str, Any], status: int, said: str
):
    async with (
        open_parts(film.settings(), works=False) as parts,
        listening(parts.house, parts.tools.settings) as live,
        httpx.AsyncClient(base_url=live.url) as client,
    ):
        url = f"/api/productions/{film.production_id}/exports"
        before = (await client.get(url)).json()["pagination"]["total"]
        answer = await client.post(url, json=wish)
        assert (answer.status_code, said in answer.text) == (status, True), answer.text
        assert "brief." not in answer.text
        assert (await client.get(url)).json()["pagination"]["total"] == before


async def test_an_export_that_is_cancelled_delivers_nothing_and_is_no_film_to_export(film: Film):
    async with (
        open_parts(film.settings(), works=False) as parts,
        listening(parts.house, parts.tools.settings) as live,
        httpx.AsyncClient(base_url=live.url) as client,
    ):
        url = f"/api/editor/compile/{film.production_id}"
        export = (await client.post(url, json={"resolution": "4k"})).json()["data"]["productionId"]
        again = await client.post(f"/api/productions/{export}/exports")
        assert (again.status_code, film.production_id in again.text) == (409, True), again.text
        assert (await client.post(f"/api/productions/{export}/cancel")).status_code == 200
        assert (await client.get(f"/api/productions/{export}")).json()["data"]["status"] == "cancelled"
        assert (await client.get(f"/api/productions/{export}/files")).json()["data"] == []


def test_in_the_terminal_it_goes_to_an_editing_program_and_comes_back(
    film: Film, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    settings.cache_clear()
    monkeypatch.setenv("GREENLIGHT_DATABASE_URL", film.database_url)
    monkeypatch.setenv("GREENLIGHT_DATA_DIR", str(film.folder))
    cut, here = ("cut", "package", film.production_id, "--to"), tmp_path / "package"
    try:
        done = greenlight(*cut, str(here), "--format", "otio", "--format", "edl")
        assert done.exit_code == 0, (done.stdout, done.exception)
        assert "is there already" in str(greenlight(*cut, str(here)).exception)
        read: Any = otio.adapters.read_from_file(str(here / "cut.otio"), "otio_json")
        taken = [clip for clip in read.find_clips() if not clip.media_reference.is_missing_reference]
        assert all((here / unquote(clip.media_reference.target_url)).is_file() for clip in taken)
        read.tracks[0][1].name = "Another name"
        otio.adapters.write_to_file(read, str(here / "cut.otio"), "otio_json")
        back = greenlight("cut", "import", film.production_id, str(here / "cut.otio"))
        assert (back.exit_code, "Another name" in back.stdout) == (0, True), (back.stdout, back.exception)
        assert greenlight("cut", "undo", film.production_id).exit_code == 0
        assert "cannot be read" in str(greenlight("cut", "import", film.production_id, "none").exception)
    finally:
        settings.cache_clear()
    assert {one.name for one in here.iterdir()} == {"cut.otio", "cut.edl", "media", "README.txt"}


def test_in_the_terminal_it_is_rendered_and_its_files_are_written(
    film: Film, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    settings.cache_clear()
    monkeypatch.setenv("GREENLIGHT_DATABASE_URL", film.database_url)
    monkeypatch.setenv("GREENLIGHT_DATA_DIR", str(film.folder))
    try:
        wrong = greenlight("export", film.production_id, "--platform", "myspace")
        assert "there is no platform 'myspace'" in str(wrong.exception)
        both = greenlight("export", film.production_id, "--render", "--archive", str(tmp_path / "a.zip"))
        assert "--archive" in str(both.exception)
        square = ("--ratio", "1:1", "--quality", "draft", "--framing", "blur", "--to", str(tmp_path))
        done = greenlight("export", film.production_id, *square)
        assert done.exit_code == 0, (done.stdout, done.exception)
    finally:
        settings.cache_clear()
    assert {path.name for path in tmp_path.iterdir()} == PAPERS | {"master.mp4", "quality.html", "edit"}
    assert {"cut.otio", "cut.fcpxml", "cut.edl", "media"} <= {
        one.name for one in (tmp_path / "edit").iterdir()
    }
    facts = asyncio.run(probe(tmp_path / "master.mp4"))
    assert (facts.width, facts.height) == (film.size[1], film.size[1])
