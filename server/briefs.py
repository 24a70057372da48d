"""Which graphs there are, and the brief and context that each of them takes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from server.problems import brief_incomplete
from server.runs.amounts import with_amounts
from server.voice_wishes import check_sound, voices_there
from state.brief import NovelaBrief
from state.context import RunContext
from state.errors import BriefIncomplete, BriefRefused, ModelBanned, ModelUnknown, ProviderMisconfigured
from state.export import ExportBrief
from state.order import Medium
from state.script import Presentation
from state.tier import Tier
from tools.engines.catalog import model_card, models_for, validate_parameters
from tools.engines.provider_voices import voice_book
from tools.models.catalog import OFFLINE, OWN_SERVER, text_models
from tools.models.choose import LIVE, check_name, premium_named
from tools.models.offline.persons.animals import given_animals
from tools.models.offline.persons.sexes import presentation_of
from tools.models.roles import OPENAI_MODEL, roles_of
from tools.screenplay.own_material import own_material
from tools.screenplay.seconds import WORDS_PER_MINUTE

BRIEFS: dict[str, type[BaseModel]] = {"novela": NovelaBrief, "export": ExportBrief}
PLURALS: dict[Presentation, str] = {"woman": "women", "man": "men"}
CONTEXT: TypeAdapter[RunContext] = TypeAdapter(RunContext)
KNOBS = tuple(knob.name for knob in fields(RunContext) if knob.name != "user_id")
"""What a context may say; whose the run is, is not theirs to say."""


def read_brief(graph: str, sent: dict[str, Any], *, words_per_minute: int = WORDS_PER_MINUTE) -> BaseModel:
    """The brief, checked; `words_per_minute` is how fast people speak in this run.

    Raises:
        BriefIncomplete: no such graph, or wrong fields; each is named with its fix.
    """
    try:
        brief = BRIEFS[_known(graph)].model_validate(sent)
    except ValidationError as exc:
        raise brief_incomplete(exc, within="brief") from exc
    if isinstance(brief, NovelaBrief):
        for place, model_id in _models(brief):
            check_video_model(model_id, field=f"brief.{place}")
        check_model(brief.image_model, medium="image", field="brief.image_model")
        check_model(brief.voice_model, medium="voice", field="brief.voice_model")
        check_model(brief.music_model, medium="music", field="brief.music_model")
        check_sound(brief)
        return with_open_lengths(brief, words_per_minute)
    return brief


def with_open_lengths(brief: NovelaBrief, words_per_minute: int) -> NovelaBrief:
    """The brief as it was sent, with the seconds and scenes that its own material needs filled in.

    Raises:
        BriefIncomplete: the own material cannot be made as it is.
    """
    read = own_material(brief, words_per_minute)
    check_voices(read)
    settled = {"episode_seconds": read.episode_seconds, "scenes_per_episode": read.scenes_per_episode}
    return brief.model_copy(update=settled)


def check_voices(brief: NovelaBrief) -> None:
    """See whether everybody can have a voice of their own.

    Raises:
        BriefIncomplete: more women or men than there are voices in the brief's language.
    """
    animals = {one.name for one in given_animals(brief)}
    told = Counter(
        one.look.presentation if one.look else presentation_of(one.name, one.role, brief)
        for one in brief.characters
        if one.name not in animals
    )
    for presentation, plural in PLURALS.items():
        voices = voices_there(brief, presentation)
        if told[presentation] <= voices:
            continue
        fix = f"Use at most {voices} {plural}, or give those who are none a `look`."
        whose = brief.voice_model if voice_book(brief.voice_model) else brief.language
        problem = f"{told[presentation]} {plural}, and {whose} has {voices} voices for them"
        raise BriefIncomplete(
            f"brief.characters: {problem}",
            user_action=fix,
            details={"fields": [{"field": "brief.characters", "problem": problem, "fix": fix}]},
        )


def read_context(sent: dict[str, Any], *, user_id: str) -> dict[str, Any]:
    """The knobs of a run with their defaults; whose it is, is not theirs to say.

    Raises:
        BriefIncomplete: an unknown knob or a wrong value.
        BriefRefused: an amount that is none.
    """
    for name in sent:
        if name not in KNOBS:
            fix = f"Use one of {', '.join(KNOBS)}."
            raise BriefIncomplete(
                f"context.{name}: there is no such setting",
                user_action=fix,
                details={"fields": [{"field": f"context.{name}", "fix": fix}]},
            )
    try:
        read = asdict(CONTEXT.validate_python({**sent, "user_id": user_id}))
    except ValidationError as exc:
        raise brief_incomplete(exc, within="context") from exc
    check_stand_ins(read)
    return with_amounts(read)


def kept_context(kept: Mapping[str, Any]) -> RunContext:
    """The knobs of a production that is here; what nobody can read of them counts as not said."""
    said: dict[str, Any] = {}
    for name in KNOBS:
        if name in kept and (value := _readable(name, kept[name])) is not None:
            said[name] = value
    return RunContext(**said)


def _readable(name: str, value: Any) -> Any:
    try:
        return getattr(CONTEXT.validate_python(with_amounts({name: value})), name)
    except (BriefRefused, ValidationError):
        return None


def check_stand_ins(knobs: Mapping[str, Any]) -> None:
    """See whether we know the engines that may stand in.

    Raises:
        BriefIncomplete: there is no such model of pictures or clips.
    """
    known = [card.id for medium in ("image", "video") for card in models_for(medium)]
    for name in knobs["stand_ins"]:
        if name not in known:
            fix = f"Use one of {', '.join(known)}."
            raise BriefIncomplete(
                f"context.stand_ins: there is no engine's model {name!r}",
                user_action=fix,
                details={"fields": [{"field": "context.stand_ins", "problem": "unknown model", "fix": fix}]},
            )


def check_text_models(graph: str, knobs: Mapping[str, Any], *, openai_model: str = OPENAI_MODEL) -> None:
    """See whether the agents of this graph can have the models that a context names or means.

    `openai_model` is what OPENAI_MODEL names here.

    Raises:
        BriefIncomplete: a role or a model that there is not, or that the graph or the tier refuses; each is
            named.
    """
    tier: Tier = knobs["tier"]
    left = [role for role in roles_of(graph) if role not in knobs["text_models"]]
    wrong = _wrong_model(
        graph, "context.text_model", knobs["text_model"], tier=tier, roles=left, meant=openai_model
    )
    for knob in ("text_models", "text_fallbacks"):
        for role, name in knobs[knob].items():
            field, stands_in = f"context.{knob}.{role}", knob == "text_fallbacks"
            roles = [role] if role in roles_of(graph) else []
            wrong += _wrong_role(graph, field, role)
            wrong += _wrong_model(
                graph, field, name, tier=tier, stands_in=stands_in, roles=roles, meant=openai_model
            )
    if wrong:
        raise BriefIncomplete(
            f"{wrong[0]['field']}: {wrong[0]['problem']}",
            user_action=wrong[0]["fix"],
            details={"fields": wrong},
        )


def _wrong_role(graph: str, field: str, role: str) -> list[dict[str, str]]:
    known = roles_of(graph)
    if role in known:
        return []
    return [{"field": field, "problem": "there is no such role", "fix": f"Use one of {', '.join(known)}."}]


def _wrong_model(
    graph: str,
    field: str,
    name: str,
    *,
    tier: Tier,
    stands_in: bool = False,
    roles: Sequence[str],
    meant: str,
) -> list[dict[str, str]]:
    try:
        check_name(graph, name, stands_in=stands_in, roles=roles, openai_model=meant)
    except (ModelBanned, ModelUnknown) as exc:
        known = ", ".join([OFFLINE, *(card.id for card in text_models())])
        more = f"{OWN_SERVER}NAME" if stands_in else f"{OWN_SERVER}NAME, or {LIVE}"
        stands_for = name == OPENAI_MODEL or (name == LIVE and not stands_in)
        why = f"{name} means what OPENAI_MODEL names. " if stands_for else ""
        return [{"field": field, "problem": why + exc.message, "fix": f"Use one of {known}, {more}."}]
    if (draft := premium_named(name, tier)) is not None:
        fix = f"Use {draft}, or set context.tier to final."
        problem = f"{name} is a model of the final tier, and this is a draft"
        return [{"field": field, "problem": problem, "fix": fix}]
    return []


def check_video_model(model_id: str, *, field: str) -> None:
    """See whether we know a video model of this name.

    Raises:
        BriefIncomplete: we do not; the message lists those we know.
    """
    check_model(model_id, medium="video", field=field)


def check_model(model_id: str, *, medium: Medium, field: str) -> None:
    """See whether we know a model of this name that makes pictures, clips, voices or music.

    Raises:
        BriefIncomplete: we do not; the message lists those we know.
    """
    try:
        if model_card(model_id) in models_for(medium):
            return
    except ProviderMisconfigured:
        pass
    known = ", ".join(card.id for card in models_for(medium))
    raise BriefIncomplete(
        f"{field}: there is no {medium} model {model_id!r}; known are {known}",
        user_action=f"Use one of {known}.",
        details={"fields": [{"field": field, "problem": "unknown model", "fix": f"Use one of {known}."}]},
    )


def check_parameters(model_id: str, parameters: Mapping[str, Any], *, names: Mapping[str, str]) -> None:
    """See whether the model takes these parameters; `names` says how the caller calls them.

    Raises:
        BriefIncomplete: it does not; each is named with what it takes.
    """
    wrong = []
    for line in validate_parameters(model_id, parameters):
        parameter, _, problem = line.partition(": ")
        field = names.get(parameter, names.get("*", "") + parameter)
        wrong.append({"field": field, "problem": problem, "fix": f"Use a value that {model_id} offers."})
    if wrong:
        raise BriefIncomplete(
            f"{wrong[0]['field']}: {wrong[0]['problem']}",
            user_action=wrong[0]["fix"],
            details={"fields": wrong},
        )


def _known(graph: str) -> str:
    if graph in BRIEFS:
        return graph
    known = ", ".join(BRIEFS)
    raise BriefIncomplete(
        f"graph: there is no graph {graph!r}; known are {known}",
        user_action=f"Use one of {known}.",
        details={"fields": [{"field": "graph", "problem": "unknown graph", "fix": f"Use one of {known}."}]},
    )


def _models(brief: NovelaBrief) -> list[tuple[str, str]]:
    of_scenes = [(f"scenes.{n}.model_id", scene.model_id) for n, scene in enumerate(brief.scenes)]
    return [("model_id", brief.model_id), *[(place, model) for place, model in of_scenes if model]]
