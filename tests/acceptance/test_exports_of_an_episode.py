"""An episode leaves in other forms, edited or as it was; and its production stays as it is."""

from pathlib import Path
from typing import Any

from server.composition import Parts
from server.cuts.desk import CutDesk
from server.exports.desk import Wanted, start_export
from state import edits
from state.media import MediaRef
from state.timeline import Clip
from tests.acceptance.studio_lot import USER, Walk, begin
from tools.cuts.pieces import picture_of
from tools.ffmpeg.probe import frames_of, probe

PAPERS = {
    "captions.srt", "captions.vtt", "contact-sheet.png", "cut.json", "disclosure.txt", "episode.json",
    "first-frame.png", "last-frame.png", "preview.mp4", "provenance.json", "quality.json",
}  # fmt: skip


async def exported(parts: Parts, production_id: str, **wish: Any) -> Walk:
    accepted = await start_export(parts.house, Wanted(production_id=production_id, wish=wish), user_id=USER)
    return Walk(parts, accepted.production_id)


async def files_of(parts: Parts, walk: Walk) -> dict[str, Path]:
    values = (await walk.to_end()).values
    files = {name: MediaRef.model_validate(ref) for name, ref in values["deliverables"].items()}
    return {name: await parts.tools.media.get(media.key) for name, media in files.items()}


async def test_an_edited_episode_leaves_in_the_forms_that_were_wished_for(parts: Parts) -> None:
    made = await begin(parts, review="auto")
    before = await made.to_end()
    desk = CutDesk(parts.house, USER)
    opened = (await desk.open(made.production_id)).edited.timeline
    first = next(item for item in picture_of(opened).items if isinstance(item, Clip))
    cut = (await desk.edit(made.production_id, [edits.TrimClip(clip=first.id, tail=6)])).edited.timeline

    tall = await files_of(parts, await exported(parts, made.production_id, aspect_ratio="9:16"))
    assert set(tall) == PAPERS | {"master.mp4"}
    facts = await probe(tall["master.mp4"])
    assert (facts.width, facts.height) == (cut.height, cut.height * 16 // 9 // 2 * 2)
    assert await frames_of(tall["master.mp4"]) == cut.length
    assert await frames_of(tall["preview.mp4"]) >= 3

    web = await exported(
        parts, made.production_id, version=1, container="webm", quality="draft", captions="file"
    )
    webm = await files_of(parts, web)
    assert set(webm) == PAPERS | {"master.webm"}
    assert await frames_of(webm["master.webm"]) == opened.length
    assert '"signature": null' in webm["provenance.json"].read_text("utf-8")

    assert await web.orders() == []
    after = await made.state()
    assert (after.status, after.values["deliverables"]) == ("completed", before.values["deliverables"])
