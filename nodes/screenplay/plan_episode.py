"""Plan the series and this episode, and decide the format every picture shares."""

from langgraph.runtime import Runtime

from nodes.agents.crew import crew_of
from nodes.reporting import progress, report, tell
from nodes.screenplay.clean_slate import clean_slate
from nodes.screenplay.own_narrator import with_narrator, with_told_lines
from nodes.screenplay.own_scenes import with_own_scenes
from state.brief import NovelaBrief
from state.context import RunContext
from state.events import PlanWritten
from state.film import ProductionFormat
from state.novela import NovelaState
from state.order import Style
from state.script import Script
from state.seeds import master_seed_of
from state.writing import PlanSeriesInput, SeriesPlan
from tools.engines.catalog import upscalers
from tools.engines.previews import drawn_with
from tools.engines.routing import lines_of
from tools.registry import Toolbox, toolbox_for
from tools.screenplay.own_material import own_material


async def plan_episode(state: NovelaState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Read what the person brought, then ask the writer for the plan of the rest.

    An episode of a known series keeps its cast and places; a thread that made another film before keeps
    nothing of it.

    Raises:
        BriefIncomplete: own material that cannot be made as it is; names the field.
    """
    crew, brief = (
        await crew_of(runtime, cause=state.base_cause),
        own_material(state.wish, runtime.context.words_per_minute),
    )
    progress(runtime, "writing", "planning the series")
    planned = await crew.plan_series(PlanSeriesInput(brief=brief, known=state.known_plan))
    known = state.known_plan.narrator if state.known_plan else None
    told = with_narrator(_as_known(planned, state.known_plan), brief, known=known)
    brief = with_told_lines(brief, told.narrator)
    plan = with_own_scenes(told, brief)
    tell(runtime, PlanWritten(plan=plan))
    return {
        **clean_slate(state),
        "brief": brief.model_dump(mode="json"),
        "episode_number": brief.episode_number,
        "plan": plan.model_dump(mode="json"),
        "script": _blank_script(brief, plan).model_dump(mode="json"),
        "format": await _format(brief, plan, runtime),
    }


async def _format(brief: NovelaBrief, plan: SeriesPlan, runtime: Runtime[RunContext]) -> dict[str, object]:
    """With the model that draws: decided once, so that a later setting changes nothing that was approved."""
    look, tools = format_of(brief, plan), await toolbox_for(runtime.context.user_id)
    imagen3 = tools.settings.enable_imagen3
    drawn = drawn_with(look.image_model, force_remaster=runtime.context.force_remaster, imagen3=imagen3)
    look = look.model_copy(update={"image_model": drawn, **_upscaling(look, tools, runtime)})
    return look.model_dump(mode="json")


def _upscaling(look: ProductionFormat, tools: Toolbox, runtime: Runtime[RunContext]) -> dict[str, str]:
    """What clips are made in, and who makes them larger; nothing, with a reason, where nobody does."""
    smaller = runtime.context.upscale_from
    if not smaller or runtime.context.tier == "draft" or lines_of(smaller) >= lines_of(look.resolution):
        return {}
    upscaler = next((card for card in upscalers() if look.resolution in card.resolutions), None)
    if upscaler is None or upscaler.provider not in tools.engines:
        why = f"nobody who can be asked here makes clips {look.resolution} large"
        report(runtime, "warning", text=f"{why}: they are made so from the start.")
        return {}
    return {"clip_resolution": smaller, "upscaler": upscaler.id}


def _as_known(plan: SeriesPlan, known: SeriesPlan | None) -> SeriesPlan:
    """What was told stays told, whoever planned the rest."""
    return plan.model_copy(update={"told": known.told, "palette": known.palette}) if known else plan


def _blank_script(brief: NovelaBrief, plan: SeriesPlan) -> Script:
    episode = next(episode for episode in plan.episodes if episode.number == brief.episode_number)
    title = f"{plan.title}: {episode.title}" if brief.target_episodes > 1 else plan.title
    return Script(
        title=title, logline=episode.logline, language=brief.language, genre=brief.genre,
        cast=plan.cast, narrator=plan.narrator, places=plan.places,
        last=brief.episode_number >= brief.target_episodes,
    )  # fmt: skip


def format_of(brief: NovelaBrief, plan: SeriesPlan) -> ProductionFormat:
    """Size, rate, style and seed; the same brief gives the same film."""
    width, height = brief.frame_size
    seed = (
        brief.master_seed if brief.master_seed is not None else master_seed_of(brief.title, brief.description)
    )
    palette = plan.palette or Style().palette
    return ProductionFormat(
        width=width, height=height, master_seed=seed,
        video_model=brief.model_id, image_model=brief.image_model,
        voice_model=brief.voice_model, music_model=brief.music_model,
        resolution=brief.resolution, aspect_ratio=brief.aspect_ratio,
        style=Style(palette=palette, accent=palette[-2] if len(palette) > 1 else palette[0], seed=seed),
    )  # fmt: skip
