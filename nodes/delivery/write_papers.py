"""Everything that lies beside the master: captions, contact sheet, ledger, and what was made from what."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from langgraph.runtime import Runtime

from nodes.delivery.episode_record import episode_record, to_json
from nodes.delivery.final_animatic import final_animatic
from nodes.delivery.ledger_papers import ledger_csv
from nodes.delivery.screenplay import to_fountain
from nodes.post.render_master import history_of, stored_cut
from nodes.reporting import progress
from nodes.storyboard.cut_animatic import ANIMATIC
from state.context import RunContext
from state.film import FinishingState
from state.media import MediaRef
from state.timeline import Cue, Timeline
from tools.post.captions import write_srt, write_vtt
from tools.post.stills import contact_sheet
from tools.registry import Toolbox, toolbox
from tools.work_folder import work_folder, write_text

CaptionWriter = Callable[[Sequence[Cue], Path], None]


async def write_papers(state: FinishingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Write each paper once and store it; the names are what a person gets."""
    tools = await toolbox()
    timeline = await stored_cut(state, tools)
    history = await history_of(state, runtime, tools)
    record = episode_record(state, timeline, history, tier=runtime.context.tier)
    async with work_folder("papers") as work:
        files = {
            **await captions_of(timeline, work),
            ANIMATIC: await final_animatic(state, timeline, tools, work),
            "contact-sheet.png": await _contact_sheet(state, tools, work),
            "script.fountain": await write_text(work / "script.fountain", to_fountain(state.film)),
            "ledger.json": await write_text(work / "ledger.json", to_json(history)),
            "ledger.csv": await write_text(work / "ledger.csv", ledger_csv(history)),
            "episode.json": await write_text(work / "episode.json", to_json(record)),
        }
        stored = {name: await _store(path, tools, runtime) for name, path in files.items()}
    progress(runtime, "finishing", f"papers: {', '.join(stored)}")
    return {"deliverables": {name: media.model_dump(mode="json") for name, media in stored.items()}}


async def captions_of(timeline: Timeline, work: Path) -> dict[str, Path]:
    """The captions in both forms; a film in which nobody speaks has none."""
    writers: dict[str, CaptionWriter] = {"captions.srt": write_srt, "captions.vtt": write_vtt}
    if not timeline.captions:
        return {}
    for name, write in writers.items():
        await asyncio.to_thread(write, timeline.captions, work / name)
    return {name: work / name for name in writers}


async def _store(path: Path, tools: Toolbox, runtime: Runtime[RunContext]) -> MediaRef:
    return await tools.media.put(path, user_id=runtime.context.user_id)


async def _contact_sheet(state: FinishingState, tools: Toolbox, work: Path) -> Path:
    takes = [state.takes[str(shot.slate)] for scene in state.film.scenes for shot in scene.shots]
    tiles = [(await tools.media.get(take.thumbnail.key), f"{take.slate}") for take in takes if take.thumbnail]
    return await contact_sheet(tiles, work / "contact-sheet.png", columns=3, title=state.film.title)
