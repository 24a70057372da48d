"""Order the episode's music, exactly as long as its picture."""

from langgraph.runtime import Runtime

from nodes.post.cut_list import lay_out, scene_seconds, turn_seconds
from nodes.reporting import production_id, progress
from state.context import RunContext
from state.errors import GreenlightError
from state.film import FinishingState
from state.order import MusicCue, MusicHit, MusicRequest, Order
from state.seeds import seed_for
from state.timeline import Timeline
from tools.engines.routing import OFFLINE_MODELS
from tools.orders.failures import failure_of
from tools.orders.planned import on_route, planned_music
from tools.orders.pricing import submit_priced
from tools.registry import toolbox

TEMPO_BPM = {"drama": 76, "romance": 84, "thriller": 100, "comedy": 116}


async def submit_music(state: FinishingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Hand in the one music order; it marks the turn of the story and ends with the picture."""
    tools = await toolbox()
    route = tools.route("music", OFFLINE_MODELS["music"])
    film = state.film
    timeline = lay_out(state, {})
    seconds = timeline.duration_s
    request = MusicRequest(
        provider=route.provider, model=route.model,
        prompt=f"{film.genre} underscore for {film.title}: {film.logline}",
        mood=film.scenes[0].mood, genre=film.genre, duration_s=seconds,
        tempo_bpm=TEMPO_BPM[film.genre], seed=state.seed("music", "episode"),
        cues=_cues(state, timeline), theme_seed=_theme_seed(film.title),
        hits=[MusicHit(at_s=turn_seconds(state, timeline), kind="turn"), MusicHit(at_s=seconds, kind="end")],
    )  # fmt: skip
    order = Order(
        production_id=production_id(runtime), stage="music", item="episode",
        cause=state.cause("music", "episode"), request=request,
    )  # fmt: skip
    progress(runtime, "finishing", f"music for {seconds:.0f} s")
    try:
        planned = on_route(planned_music(state), route)
        ticket = await submit_priced(tools.orders, order, planned, use_cache=runtime.context.use_cache)
    except GreenlightError as exc:
        return {"music_failure": failure_of(exc, order).model_dump(mode="json"), "music_ticket": None}
    return {"music_ticket": ticket.model_dump(mode="json")}


def _cues(state: FinishingState, timeline: Timeline) -> list[MusicCue]:
    """The mood of every scene from where it begins; the first one also plays under the title card."""
    starts = [0.0, *scene_seconds(state, timeline)[1:]]
    return [
        MusicCue(start_s=start, mood=scene.mood)
        for start, scene in zip(starts, state.film.scenes, strict=True)
    ]


def _theme_seed(title: str) -> int:
    """`Series: Episode`: all episodes of a series share the melody, another series has another one."""
    return seed_for(0, "theme", title.partition(":")[0].strip().casefold())
