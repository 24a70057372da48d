"""What lies beside an exported film: captions, pictures of it, and what it was made from."""

from pathlib import Path

from langgraph.runtime import Runtime

from nodes.delivery.episode_record import episode_record, to_json
from nodes.delivery.write_papers import captions_of
from nodes.post.render_master import history_of, stored_cut
from nodes.reporting import progress
from state.context import RunContext
from state.film import FinishingState
from state.timeline import Clip, Timeline
from tools.post.layout import lay_out
from tools.post.picture import picture_track
from tools.post.stills import contact_sheet, frame_at, moving_preview, thumbnail
from tools.registry import toolbox
from tools.work_folder import work_folder, write_text

MOST_TILES = 60
"""A sheet of more pictures is no longer looked at."""


async def write_export_papers(state: FinishingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Write each paper once and store it."""
    tools = await toolbox()
    timeline = await stored_cut(state, tools)
    history = await history_of(state, runtime, tools)
    record = episode_record(state, timeline, history, tier=runtime.context.tier)
    film = await tools.media.get(state.deliverables[state.master_name].key)
    async with work_folder("papers") as work:
        files = {
            **await captions_of(timeline, work),
            **await pictures_of(film, timeline, state.film.title, work),
            "cut.json": await write_text(work / "cut.json", timeline.model_dump_json(indent=1)),
            "episode.json": await write_text(work / "episode.json", to_json(record)),
        }
        user = runtime.context.user_id
        stored = {name: await tools.media.put(path, user_id=user) for name, path in files.items()}
    progress(runtime, "exporting", f"papers: {', '.join(stored)}")
    return {"deliverables": {name: media.model_dump(mode="json") for name, media in stored.items()}}


async def pictures_of(film: Path, timeline: Timeline, title: str, work: Path) -> dict[str, Path]:
    """Its first and last frame, a sheet with a picture of each shot, and a preview that moves."""
    last_s = (timeline.length - 1) / timeline.fps
    tiles = []
    for number, (at_s, name) in enumerate(_middles(timeline)):
        tiles.append((await thumbnail(film, at_s, work / f"tile{number:03}.jpg"), name))
    return {
        "first-frame.png": await frame_at(film, 0, work / "first-frame.png"),
        "last-frame.png": await frame_at(film, last_s, work / "last-frame.png"),
        "contact-sheet.png": await contact_sheet(tiles, work / "contact-sheet.png", columns=4, title=title),
        "preview.mp4": await moving_preview(film, timeline.duration_s, work / "preview.mp4"),
    }


def _middles(timeline: Timeline) -> list[tuple[float, str]]:
    """The moment in the middle of each shot, and its slate."""
    placed = lay_out(picture_track(timeline))
    shown = [
        ((part.start + part.length // 2) / timeline.fps, part.item.name)
        for part in placed
        if isinstance(part.item, Clip)
    ]
    return shown[:: -(-len(shown) // MOST_TILES) or 1]
