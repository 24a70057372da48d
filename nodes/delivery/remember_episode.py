"""Keep what the finished episode told, so that the next one remembers."""

from langgraph.runtime import Runtime

from nodes.reporting import tell
from state.context import RunContext
from state.events import PlanWritten
from state.novela import NovelaState
from state.script import Script
from state.writing import EpisodeMemory, SeriesPlan

SUMMARY_LENGTH = 1500


async def remember_episode(state: NovelaState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Add the episode to the plan and tell the plan again: with its cast and their voices."""
    memory = memory_of(state)
    others = [one for one in state.story.told if one.number != memory.number]
    plan = state.story.model_copy(
        update={"told": sorted([*others, memory], key=lambda one: one.number), "cast": state.film.cast}
    )
    tell(runtime, PlanWritten(plan=plan))
    return {"plan": plan.model_dump(mode="json")}


def memory_of(state: NovelaState) -> EpisodeMemory:
    """What happened, what was said, and which threads this episode closed."""
    script, number = state.film, state.wish.episode_number
    episode = next(one for one in state.story.episodes if one.number == number)
    return EpisodeMemory(
        number=number,
        title=episode.title,
        summary=_summary(script),
        said=[line for scene in script.scenes for shot in scene.shots for line in shot.lines],
        settled=_settled(state.story, number),
    )


def _summary(script: Script) -> str:
    text = " ".join(scene.summary.strip() for scene in script.scenes if scene.summary.strip())
    return text if len(text) <= SUMMARY_LENGTH else text[:SUMMARY_LENGTH].rsplit(" ", 1)[0] + "…"


def _settled(plan: SeriesPlan, number: int) -> list[str]:
    """The last episode leaves nothing open; before it, what is open stays open."""
    last = max(one.number for one in plan.episodes)
    return list(plan.open_threads) if number == last else []
