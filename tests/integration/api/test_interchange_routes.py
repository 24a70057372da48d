"""A cut goes to editing programs with its media, and comes back as what was changed there."""

import io
import json
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from typing import Any

import httpx
import opentimelineio as otio
import pycmx
import pytest

from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_production, a_shown_cut, another_user, assembled


@pytest.fixture
async def url(lot: Lot) -> str:
    production = await a_production(lot)
    await assembled(lot, production, await a_shown_cut(lot))
    return f"/api/productions/{production}/cut"


async def data(asked: httpx.Response) -> Any:
    assert asked.status_code == 200, asked.text
    return asked.json()["data"]


async def test_each_format_is_read_by_a_reader_that_did_not_write_it(lot: Lot, url: str) -> None:
    answers = {form: await lot.client.get(f"{url}/formats/{form}") for form in ("otio", "fcpxml", "edl")}
    assert all(one.headers["x-content-type-options"] == "nosniff" for one in answers.values())
    assert answers["edl"].headers["content-disposition"] == 'attachment; filename="two-shots.edl"'
    read = otio.adapters.read_from_string(answers["otio"].text, "otio_json")
    assert [clip.name for clip in read.find_clips()] == ["1A-1", "1B-1"]
    assert len(ET.fromstring(answers["fcpxml"].text).findall(".//spine/*")) == 2  # noqa: S314 - our own
    assert len(list(pycmx.parse_cmx3600(io.StringIO(answers["edl"].text)).events)) == 2
    unknown = await lot.client.get(f"{url}/formats/aaf")
    assert unknown.status_code == 422


async def test_the_package_has_every_file_under_the_name_that_the_formats_use(
    lot: Lot, url: str, tmp_path: Path
) -> None:
    answer = await lot.client.get(f"{url}/package")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        names = set(package.namelist())
        package.extractall(tmp_path)
    assert {"cut.otio", "cut.fcpxml", "cut.edl", "README.txt"} < names
    read = otio.adapters.read_from_file(str(tmp_path / "cut.otio"), "otio_json")
    files = [clip.media_reference.target_url for clip in read.find_clips()]
    assert set(files) <= names
    stored = await a_shown_cut(lot)
    [media] = {item.media.key for item in stored.tracks[0].items}  # type: ignore[union-attr]  # two clips
    assert (tmp_path / files[0]).read_bytes() == (await lot.store.get(media)).read_bytes()
    one = await lot.client.get(f"{url}/package", params={"format": "edl"})
    with zipfile.ZipFile(io.BytesIO(one.content)) as package:
        assert not {"cut.otio", "cut.fcpxml"} & set(package.namelist())


async def test_what_was_changed_in_an_editing_program_becomes_a_version(lot: Lot, url: str) -> None:
    before = await data(await lot.client.get(url))
    text = (await lot.client.get(f"{url}/formats/otio")).text
    same = await data(await lot.client.post(f"{url}/import", content=text))
    assert (same["cut"]["version"], same["cut"]["digest"], same["notes"]) == (2, before["digest"], [])
    read: Any = otio.adapters.read_from_string(text, "otio_json")
    shown: Any = read.tracks[0]
    del shown[0]
    changed = otio.adapters.write_to_string(read, "otio_json")
    done = await data(await lot.client.post(f"{url}/import", content=changed, params={"version": 2}))
    clips = [one["name"] for one in done["cut"]["timeline"]["tracks"][0]["items"]]
    assert (done["cut"]["version"], clips) == (3, ["1B-1"])
    history = await data(await lot.client.get(f"{url}/versions"))
    assert [one["kind"] for one in history] == ["imported", "imported", "assembled"]
    back = await data(await lot.client.post(f"{url}/undo", json={"count": 2}))
    assert back["digest"] == before["digest"]
    late = await lot.client.post(f"{url}/import", content=text, params={"version": 2})
    assert late.status_code == 409


async def test_what_is_no_cut_and_whose_files_are_not_there_is_refused(lot: Lot, url: str) -> None:
    for wrong in ("", "no", "[]", '{"OTIO_SCHEMA": "Clip.2"}'):
        answer = await lot.client.post(f"{url}/import", content=wrong)
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "edit_refused"), answer.text
    text = (await lot.client.get(f"{url}/formats/otio")).text
    theirs = await another_user(lot)
    stolen = text.replace("video/local/", f"video/{theirs}/")
    assert stolen != text
    answer = await lot.client.post(f"{url}/import", content=stolen)
    assert answer.status_code == 404, answer.text
    gone = json.dumps(json.loads(text)).replace("video/local/", "video/local/0")
    assert (await lot.client.post(f"{url}/import", content=gone)).status_code in (404, 422)
    assert (await data(await lot.client.get(url)))["version"] == 1


async def test_what_each_format_leaves_out_of_this_cut_is_said(lot: Lot, url: str) -> None:
    crop = {"op": "crop_clip", "clip": "c1", "crop": {"left": 10}}
    await data(await lot.client.post(f"{url}/operations", json={"operations": [crop]}))
    told = {one["format"]: one["leftOut"] for one in await data(await lot.client.get(f"{url}/carried"))}
    assert "1 clip: EDL does not carry a crop." in told["edl"]
    assert not any("crop" in line for line in told["fcpxml"])
