"""Tell the world that the episode is there."""

from langgraph.runtime import Runtime

from nodes.post.render_master import MASTER
from nodes.reporting import tell
from state.context import RunContext
from state.events import DeliveredFile, MasterDone
from state.film import FinishingState

TITLES = {
    MASTER: "The episode",
    "master.webm": "The episode",
    "animatic.mp4": "The animatic: panels with slates and the sound of the master",
    "captions.srt": "Captions (SRT)",
    "captions.vtt": "Captions (WebVTT)",
    "contact-sheet.png": "Contact sheet",
    "script.fountain": "The screenplay (Fountain)",
    "ledger.json": "Every order with its attempts and cost",
    "ledger.csv": "The ledger as a table",
    "episode.json": "Takes, words, models and prompts",
    "cut.json": "The cut",
    "first-frame.png": "The first frame",
    "last-frame.png": "The last frame",
    "preview.mp4": "A preview: a few seconds, small and silent",
    "provenance.json": "What the master was made from, and who signed it",
    "disclosure.txt": "What to tell the audience and the platforms",
    "quality.json": "The quality report as data, with its frames",
}


async def deliver_master(state: FinishingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Report the master and every paper beside it."""
    master = state.deliverables[state.master_name]
    files = [
        DeliveredFile(name=name, title=TITLES.get(name, name), media=media)
        for name, media in sorted(state.deliverables.items())
    ]
    first = next((take.thumbnail for take in state.takes.values() if take.thumbnail), None)
    tell(
        runtime,
        MasterDone(
            episode=state.episode_number, files=files, thumbnail=first, duration_s=master.duration_s or 0.0
        ),
    )
    return {}
