"""The cut of a real episode on the desk: opened, edited, rendered; and the production is as it was."""

from pathlib import Path

from server.composition import Parts
from server.cuts.desk import CutDesk
from server.voiceovers.asking import VoiceDesk
from server.voiceovers.laying import TRACK, laid
from server.voiceovers.wish import Wish
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
    lines = [
        item for track in opened.tracks if track.role == "voice" for item in track.items
        if isinstance(item, Clip)
    ]  # fmt: skip
    assert shots[0].id
    assert {one.link for one in lines} <= {one.id for one in shots}
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
    # A line that is spoken for it, by the offline voice: it is heard, and captions know when.
    voices = VoiceDesk(house=parts.house, user_id=USER)
    asked = await voices.ask(await voices.plan(walk.production_id, Wish(text="Look at me.")), quote_id=None)
    assert asked.spoken is not None
    assert (asked.spoken.word_times, len(asked.spoken.words)) == ("measured", 3)
    told = laid(asked.spoken, cut, at=2, captions=True)
    spoken = (await desk.edit(walk.production_id, told)).edited.timeline
    assert [track.name for track in spoken.tracks if track.role == "voice"][-1] == TRACK
    assert {cue.word_times for cue in spoken.captions if cue.text == "Look at me."} == {"measured"}
    assert [order["state"] for order in await walk.orders("voiceover")] == ["done"]
    await desk.undo(walk.production_id, count=len(told))
    back = await desk.undo(walk.production_id, count=2)
    assert back.edited.timeline == opened
    assert (await walk.state()).status == "completed"
