"""A start as any door takes it: checked, completed with what the series knows, ready to be written down."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server import briefs
from server.deps import House
from server.exports.packing import packed
from server.own_pictures import check_pictures
from server.records import novelas, productions
from server.runs.sizes import SizeLimits
from server.series import episode_of
from state.errors import BriefIncomplete
from state.export import ExportBrief

MAY_CHANGE = (
    "text_model", "text_models", "text_fallbacks", "documentation", "use_cache", "substitution", "stand_ins",
)  # fmt: skip
"""What a production may go on with otherwise than it was started."""
MONEY = "Change it with POST /api/productions/{production_id}/ceiling."


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What the first run of a production is started with."""

    title: str
    brief: dict[str, Any]
    context: dict[str, Any]
    novela_id: str | None
    episode_number: int | None


async def read_start(
    house: House,
    *,
    user_id: str,
    graph: str,
    brief: dict[str, Any],
    context: dict[str, Any],
    novela_id: str | None = None,
) -> Intake:
    """Check a brief and its context and lay beside it what the series knows.

    Raises:
        BriefIncomplete: no such graph, or wrong fields; each is named with its fix.
        RecordNotFound: there is no such novela of this user.
        StateTooLarge: the brief is larger than what is kept.
    """
    SizeLimits.of(house.settings).check(brief, "brief")
    knobs = briefs.read_context(context, user_id=user_id)
    read = briefs.read_brief(graph, brief, words_per_minute=int(knobs["words_per_minute"]))
    briefs.check_text_models(graph, knobs, openai_model=house.settings.openai_model)
    if novela_id is not None:
        await novelas.get_novela(house.database, novela_id, user_id=user_id)
    if isinstance(read, ExportBrief):
        read = await packed(house, read, user_id=user_id)
    await check_pictures(house.store, read, user_id=user_id)
    episode = await episode_of(house.database, read, user_id=user_id, novela_id=novela_id)
    return Intake(
        title=str(getattr(read, "title", "")),
        brief=episode.brief,
        context=knobs,
        novela_id=episode.novela_id,
        episode_number=episode.number,
    )


async def read_change(
    house: House, production_id: str, sent: Mapping[str, Any], *, user_id: str
) -> dict[str, Any]:
    """Check the knobs with which a production shall go on, together with those it keeps.

    Raises:
        RunNotFound: there is no such production of this user.
        BriefIncomplete: a knob that there is not or that stays as the start said it, or a wrong value;
            the field is named.
    """
    row = await productions.get_production(house.database, production_id, user_id=user_id)
    kept = {name: value for name, value in row["context"].items() if name in briefs.KNOBS}
    knobs = briefs.read_context({**kept, **sent}, user_id=user_id)
    for name in sent:
        if name not in MAY_CHANGE:
            raise _fixed(name)
    briefs.check_text_models(row["graph"], knobs, openai_model=house.settings.openai_model)
    return {name: knobs[name] for name in sent}


def _fixed(name: str) -> BriefIncomplete:
    field, problem = f"context.{name}", "stays as the start said it"
    fix = MONEY if name in ("ceiling_usd", "text_allowance_usd") else f"Send {', '.join(MAY_CHANGE)} only."
    return BriefIncomplete(
        f"{field}: {problem}",
        user_action=fix,
        details={"fields": [{"field": field, "problem": problem, "fix": fix}]},
    )


def brief_in(graph_input: dict[str, Any]) -> dict[str, Any]:
    """The brief in a graph's input, as LangGraph clients send it.

    Raises:
        BriefIncomplete: there is none.
    """
    brief = graph_input.get("brief")
    if isinstance(brief, dict):
        return brief
    raise BriefIncomplete(
        "input.brief: must be an object with the brief",
        user_action='Send {"brief": {"title": ..., "description": ...}} as the input.',
        details={"fields": [{"field": "input.brief", "problem": "missing", "fix": "Send the brief."}]},
    )
