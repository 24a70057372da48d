"""The animatic of the finished cut: its panels and slates with the master's own sound."""

import itertools
from pathlib import Path

from nodes.post.render_master import MASTER
from nodes.storyboard.boards import board_of, panel_path
from nodes.storyboard.cut_animatic import ANIMATIC
from state.film import FinishingState
from state.script import Scene, Shot
from state.timeline import Clip, Timeline
from tools.post.animatic import Board, cut_animatic
from tools.post.layout import lay_out
from tools.registry import Toolbox


async def final_animatic(state: FinishingState, timeline: Timeline, tools: Toolbox, work: Path) -> Path:
    """Every clip of the cut as its panel, for as long as it is in the cut."""
    clips = _clips(timeline)
    starts = [start for start, _ in clips] + [timeline.length]
    lengths = [(after - start) / timeline.fps for start, after in itertools.pairwise(starts)]
    shots = {str(shot.slate): (scene, shot) for scene in state.film.scenes for shot in scene.shots}
    boards = [
        await _board(state, shots, clip, seconds, tools)
        for (_, clip), seconds in zip(clips, lengths, strict=True)
    ]
    sound = await tools.media.get(state.deliverables[MASTER].key)
    size = (timeline.width, timeline.height)
    return await cut_animatic(boards, size=size, into=work / ANIMATIC, sound=sound)


def _clips(timeline: Timeline) -> list[tuple[int, Clip]]:
    """First frame and clip of everything that is seen; black between scenes belongs to what is before it."""
    return [
        (placed.start, placed.item)
        for track in timeline.tracks
        if track.role == "picture"
        for placed in lay_out(track)
        if isinstance(placed.item, Clip)
    ]


async def _board(
    state: FinishingState, shots: dict[str, tuple[Scene, Shot]], clip: Clip, seconds: float, tools: Toolbox
) -> Board:
    # A clip is named by its slate with take; the panel belongs to the slate.
    found = shots.get(clip.name.partition("-")[0])
    if found is None:
        return Board(picture=await _still(clip, tools), seconds=seconds)
    scene, shot = found
    return board_of(state, scene, shot, picture=await panel_path(state.panels, shot, tools), seconds=seconds)


async def _still(clip: Clip, tools: Toolbox) -> Path | None:
    return await tools.media.get(clip.media.key) if clip.media.media_type == "image" else None
