"""The cut of a real episode on the desk: opened, edited, rendered; and the production is as it was."""

from pathlib import Path

from server.composition import Parts
from server.cuts.desk import CutDesk
from state import edits
from state.timeline import Clip, track_length
from tests.acceptance.studio_lot import USER, begin
from tools.cuts.media import keys_shown
from tools.cuts.pieces import picture_of, pieces_of
from tools.ffmpeg.probe import probe
from tools.post.master import render_master


async def test_an_episode_is_edited_and_what_is_rendered_is_what_was_cut(parts: Parts, tmp_path: Path):
    walk = await begin(parts, review="auto")
    await walk.to_end()
    desk = CutDesk(parts.house, USER)
    opened = (await desk.open(walk.production_id)).edited.timeline
    shots = [piece.item for piece in pieces_of(picture_of(opened)) if isinstance(piece.item, Clip)]
    voices = [
        item for track in opened.tracks if track.role == "voice" for item in track.items
        if isinstance(item, Clip)
    ]  # fmt: skip
    assert shots[0].id
    assert {one.link for one in voices} <= {one.id for one in shots}
    done = await desk.edit(
        walk.production_id,
        [
            edits.TrimClip(clip=shots[0].id, tail=6),
            edits.SetTrack(track=opened.tracks[1].name, gain_db=-3),
        ],
    )
    cut = done.edited.timeline
    assert track_length(picture_of(cut)) == track_length(picture_of(opened)) - 6
    paths = {key: await parts.tools.media.get(key) for key in keys_shown(cut)}
    await render_master(cut, resolve=paths.__getitem__, into=tmp_path / "cut.mp4", work=tmp_path / "work")
    assert (await probe(tmp_path / "cut.mp4")).frame_count == cut.length
    back = await desk.undo(walk.production_id, count=2)
    assert back.edited.timeline == opened
    assert (await walk.state()).status == "completed"
