"""A film from brief to delivery: signed last, by what is in its cut; kept when it cannot be signed."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from server.composition import Parts
from state.timeline import Clip, Timeline
from tests.acceptance.studio_lot import USER, Walk, begin
from tests.archives import packed
from tests.manifest_reader import media_hash_of, read_manifest
from tools.provenance.claim import ALGORITHM, MIXED, MODEL
from tools.provenance.manifest import assertion_in, sources_in
from tools.provenance.self_made import KEPT_FILE, make_identity
from tools.provenance.verify import UNTRUSTED, verify_file


@pytest.fixture
def cuts_anew() -> bool:
    """It is about the file itself: nothing of it may be handed out."""
    return True


async def test_a_film_that_cannot_be_signed_is_kept_and_signed_when_the_key_is_mended(parts: Parts) -> None:
    key = parts.tools.settings.data_dir / KEPT_FILE
    write(key, b"half a key")
    walk = await begin(parts, review="auto")
    failed = await walk.to_end("failed")
    assert failed.error is not None
    assert failed.error["code"] == "setting_invalid"
    assert KEPT_FILE in failed.error["message"]
    assert "master.mp4" not in failed.values.get("deliverables", {}), "nothing is delivered unsigned"

    write(key, make_identity())
    await parts.house.runs.resume(user_id=USER, production_id=walk.production_id)
    values = (await walk.to_end()).values
    assert await renders(walk) == 1, "it was kept, and not rendered again"
    await is_signed(parts, values)
    await says_what_is_in_the_cut(parts, walk, values)
    secret = [row for row in read(key).split(b"-----END PRIVATE")[0].splitlines()[1:] if row]
    archive = await packed(parts.house, walk.production_id)
    assert not any(row in archive for row in secret)


async def renders(walk: Walk) -> int:
    rows = await walk.parts.house.database.fetch_all(
        "select 1 from events where production_id = %s"
        " and payload -> 'payload' ->> 'text' = 'mastering 100 %%'",
        (walk.production_id,),
    )
    return len(rows)


async def is_signed(parts: Parts, values: dict[str, Any]) -> None:
    """Both readers, and every paper names the file that is delivered."""
    delivered = values["deliverables"]
    master = await parts.tools.media.get(delivered["master.mp4"]["key"])
    verdict = await verify_file(master)
    assert (verdict.state, verdict.reasons) == ("valid", (UNTRUSTED,))
    manifest = read_manifest(master)
    assert manifest is not None
    assert manifest.signature_holds()
    assert manifest.wrong_hashes() == []
    assert manifest.media_hash() == media_hash_of(master)
    digest = hashlib.sha256(read(master)).hexdigest()
    assert digest == delivered["master.mp4"]["sha256"]
    assert (await paper(parts, values, "episode.json"))["files"]["master.mp4"] == digest
    beside = await paper(parts, values, "provenance.json")
    assert beside["files"]["master.mp4"]["sha256"] == digest
    assert beside["signature"]["manifest"] == manifest.label == verdict.label
    assert beside["sources"] == list(sources_in(verdict.manifest))


async def says_what_is_in_the_cut(parts: Parts, walk: Walk, values: dict[str, Any]) -> None:
    verdict = await verify_file(await parts.tools.media.get(values["deliverables"]["master.mp4"]["key"]))
    snapshot = await parts.house.threads.snapshots.read(walk.production_id, graph="novela")
    cut = Timeline.model_validate_json(read(await parts.tools.media.get(snapshot.values["cut"]["key"])))
    clips = [item for track in cut.tracks for item in track.items if isinstance(item, Clip)]
    parts_of_it = {one["instance_id"] for one in verdict.manifest["ingredients"]}
    assert parts_of_it == {f"urn:sha256:{clip.media.sha256}" for clip in clips}
    takes = {row["media"]["sha256"]: row for row in await walk.orders("take")}
    told = {one["sha256"]: one for one in sources_in(verdict.manifest)}
    assert takes.keys() <= told.keys()
    for digest, row in takes.items():
        assert (told[digest]["provider"], told[digest]["model"]) == (row["provider"], row["model"])
        assert told[digest]["digital_source_type"] == ALGORITHM, "what previz draws is no model's"
    assert {one["digital_source_type"] for one in told.values() if one["role"] == "voice"} == {MODEL}
    created = assertion_in(verdict.manifest, "c2pa.actions.v2")["actions"][0]
    assert created == {"action": "c2pa.created", "digitalSourceType": MIXED}


async def paper(parts: Parts, values: dict[str, Any], name: str) -> Any:
    return json.loads(read(await parts.tools.media.get(values["deliverables"][name]["key"])))


def read(path: Path) -> bytes:
    return path.read_bytes()


def write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
