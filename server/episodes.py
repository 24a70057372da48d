"""What `generate-video` and `regenerate` mean: start an episode, or answer the gate it waits at.

Scenes are made in order, and money is approved by its quote: asking for a scene never
approves a price that was not named.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from psycopg.rows import DictRow

from server import briefs, estimates
from server.deps import Accepted, House
from server.records import novelas, productions, videos
from state.brief import NovelaBrief, SceneBrief
from state.cost import ZERO, Money, Quote
from state.errors import BriefIncomplete, RecordConflict, RecordNotFound, ReviewRefused
from state.events import conversation_id
from state.review import ItemReply, ReviewReply, TrafficLight

Parameters = dict[str, str | int | float | bool]


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A scene as a person asks for it."""

    episode_number: int
    scene_number: int
    scene_description: str
    characters: list[str] = field(default_factory=list)
    previous_scenes: list[str] = field(default_factory=list)
    model_override: str | None = None
    parameters_override: Parameters = field(default_factory=dict)
    quote_id: str | None = None
    context: dict[str, Any] = field(default_factory=dict)
    """The knobs of the episode that this scene starts."""


@dataclass(frozen=True, kw_only=True)
class Again:
    """A scene that shall be made once more, and how."""

    modifications: str = ""
    model_override: str | None = None
    parameters_override: Parameters = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Made:
    """A scene that was accepted."""

    video_id: str
    job_id: str
    estimated: Money
    estimated_s: int
    conversation_id: str
    production_id: str


@dataclass(frozen=True, kw_only=True)
class Setting:
    """The model and parameters of one scene: the novela's, with what overrides them."""

    model_id: str
    parameters: Parameters

    @property
    def price(self) -> Money:
        """What one clip costs."""
        return estimates.scene(model_id=self.model_id, parameters=self.parameters)


async def make_scene(house: House, novela_id: str, wish: Wish, *, user_id: str) -> Made:
    """Have the next scene of an episode made.

    Raises:
        RecordNotFound: no such novela.
        RecordConflict: paused, not the next scene, being made, or made already.
        BriefIncomplete: model, parameters or knobs that do not exist, or knobs for an episode that has begun.
        ReviewRefused: the episode waits for a budget whose quote was not named.
    """
    novela = await novelas.get_novela(house.database, novela_id, user_id=user_id)
    setting = setting_of(novela, wish.model_override, wish.parameters_override)
    production = await productions.episode_production(
        house.database, user_id=user_id, novela_id=novela_id, episode=wish.episode_number
    )
    stopped = production is not None and production["stopped"]
    _check_open(novela, await _video_of(house, novela_id, wish, user_id=user_id), wish, stopped=stopped)
    await _check_next(house, novela_id, wish, user_id=user_id)
    if production is None:
        accepted = await _start(house, novela, wish, setting, user_id=user_id)
    else:
        accepted = await _go_on(house, production, wish, user_id=user_id)
    video = await _written(house, novela_id, wish, setting, accepted, user_id=user_id)
    return _made(video, accepted, setting, wish.scene_number)


async def make_again(house: House, novela_id: str, video_id: str, again: Again, *, user_id: str) -> Made:
    """Have a scene made once more by answering its gate.

    Raises:
        RecordNotFound: no such video in this novela.
        RecordConflict: no gate is open at which this scene could be changed.
    """
    novela = await novelas.get_novela(house.database, novela_id, user_id=user_id)
    video = await videos.get_video(house.database, video_id, user_id=user_id)
    if str(video["novela_id"]) != novela_id:
        raise RecordNotFound("No such video in this novela.")
    before = {**novela, "default_model_id": video["model_id"] or novela["default_model_id"]}
    setting = setting_of(
        before, again.model_override, {**video["model_parameters"], **again.parameters_override}
    )
    item = f"scene-{video['scene_number']}"
    gate = await _gate_of(house, video["production_id"], user_id=user_id)
    if gate is None or item not in _items(gate):
        raise RecordConflict(
            f"Scene {video['scene_number']} cannot be changed now: {_where_it_is(gate)}",
            user_action="Regenerate a scene while its own review is open.",
        )
    note = again.modifications.strip()
    decision = ItemReply(
        light=TrafficLight.YELLOW if note else TrafficLight.RED,
        note=note,
        model_override=again.model_override,
        parameters_override=again.parameters_override,
    )
    accepted = await _answer(
        house, str(video["production_id"]), gate, ReviewReply(items={item: decision}), user_id=user_id
    )
    return _made(video, accepted, setting, video["scene_number"], job_id=accepted.run_id)


def setting_of(novela: DictRow, model: str | None, override: Parameters) -> Setting:
    """The novela's defaults with what one scene overrides, checked against the catalogue.

    Raises:
        BriefIncomplete: an unknown model, or parameters that it does not take.
    """
    model_id = model or novela["default_model_id"]
    briefs.check_video_model(model_id, field="modelOverride" if model else "defaultModelId")
    parameters: Parameters = {
        "duration": novela["default_duration"],
        "resolution": novela["default_resolution"],
        "aspect_ratio": novela["default_aspect_ratio"],
        **override,
    }
    briefs.check_parameters(model_id, parameters, names={"*": "parametersOverride."})
    return Setting(model_id=model_id, parameters=parameters)


def brief_of(novela: DictRow, wish: Wish) -> NovelaBrief:
    """The brief of the episode that a scene starts."""
    return NovelaBrief(
        title=novela["title"],
        description=novela["description"] or novela["title"],
        genre=novela["genre"],
        language=novela["language"],
        target_episodes=novela["target_episodes"],
        episode_number=wish.episode_number,
        scenes=[
            SceneBrief(
                number=wish.scene_number,
                description=wish.scene_description,
                characters=wish.characters,
                previous_scenes=wish.previous_scenes,
                model_id=wish.model_override or "",
                parameters=wish.parameters_override,
            )
        ],
        model_id=novela["default_model_id"],
        duration=novela["default_duration"],
        resolution=novela["default_resolution"],
        aspect_ratio=novela["default_aspect_ratio"],
        master_seed=novela["master_seed"],
    )


def _check_open(novela: DictRow, known: DictRow | None, wish: Wish, *, stopped: bool) -> None:
    """Of an episode that stopped in the middle of a scene that scene may be asked for: it is resumed."""
    if novela["status"] == "paused":
        raise RecordConflict("This novela is paused.", user_action="Set its status to in_progress first.")
    if wish.episode_number > novela["target_episodes"]:
        raise BriefIncomplete(
            f"episodeNumber: this novela has {novela['target_episodes']} episodes",
            user_action="Choose a lower number or raise targetEpisodes.",
        )
    if known is not None and known["status"] in (("completed",) if stopped else ("generating", "completed")):
        raise _made_already(known, wish)


def _made_already(known: DictRow | None, wish: Wish) -> RecordConflict:
    details = {"videoId": str(known["id"]), "status": known["status"]} if known else {}
    return RecordConflict(
        f"Episode {wish.episode_number} has a scene {wish.scene_number} already.",
        user_action="Regenerate that scene, or ask for the next one.",
        details=details,
    )


async def _check_next(house: House, novela_id: str, wish: Wish, *, user_id: str) -> None:
    following = await videos.next_scene(
        house.database, user_id=user_id, novela_id=novela_id, episode=wish.episode_number
    )
    if wish.scene_number != following:
        raise RecordConflict(
            f"Scene {following} comes next in episode {wish.episode_number}.",
            user_action=f"Ask for scene {following}.",
            details={"nextScene": following},
        )


async def _start(house: House, novela: DictRow, wish: Wish, setting: Setting, *, user_id: str) -> Accepted:
    brief, knobs = brief_of(novela, wish), briefs.read_context(wish.context, user_id=user_id)
    briefs.check_text_models("novela", knobs, openai_model=house.settings.openai_model)
    novela_id = str(novela["id"])
    return await house.runs.start(
        user_id=user_id,
        graph="novela",
        title=f"{novela['title']}, episode {wish.episode_number}",
        # A later episode keeps the cast and places of the plan that the first one made.
        brief={**brief.model_dump(mode="json"), "known_plan": novela["plan"] or None},
        context=knobs,
        novela_id=novela_id,
        episode_number=wish.episode_number,
        # Two clicks at once must not start the episode twice.
        idempotency_key=f"novela:{novela_id}:{wish.episode_number}",
    )


async def _go_on(house: House, production: DictRow, wish: Wish, *, user_id: str) -> Accepted:
    """Answer the gate before the scene, or resume what broke off or stopped without a question."""
    identity = str(production["production_id"])
    if wish.context:
        raise _begun_already(wish, identity)
    if production["status"] in ("failed", "cancelled") or production["stopped"]:
        return await house.runs.resume(user_id=user_id, production_id=identity)
    gate = await _gate_of(house, identity, user_id=user_id)
    if gate is None:
        raise RecordConflict(
            f"Episode {wish.episode_number} is {production['status']}; nothing waits for an answer.",
            user_action="Wait for the next question, or regenerate a scene.",
            details={"productionId": identity},
        )
    return await _answer(house, identity, gate, _reply_to(gate, wish), user_id=user_id)


def _begun_already(wish: Wish, production_id: str) -> BriefIncomplete:
    problem, fix = f"episode {wish.episode_number} has begun with its own", "Leave `context` out."
    return BriefIncomplete(
        f"context: {problem}",
        user_action=fix,
        details={
            "productionId": production_id,
            "fields": [{"field": "context", "problem": problem, "fix": fix}],
        },
    )


def _reply_to(gate: dict[str, Any], wish: Wish) -> ReviewReply:
    """GREEN for what the gate shows, so that the episode comes to the scene that is wished for."""
    if gate["value"].get("gate") == "approve_budget":
        return ReviewReply(approve_all=True, quote_id=_approved_quote(gate["value"].get("quote") or {}, wish))
    items = {
        item: ItemReply(
            light=TrafficLight.GREEN,
            note=wish.scene_description[:2000],
            model_override=wish.model_override,
            parameters_override=wish.parameters_override,
        )
        for item in _items(gate)
        if item.startswith("scene-")
    }
    return ReviewReply(approve_all=True, items=items)


def _approved_quote(quote: dict[str, Any], wish: Wish) -> str | None:
    """The quote's id, when it was named or can never cost anything.

    Raises:
        ReviewRefused: it may cost something and nobody named it.
    """
    shown = Quote.model_validate(quote) if quote else None
    identity = shown.quote_id if shown else None
    if wish.quote_id == identity or (wish.quote_id is None and (shown is None or shown.is_free)):
        return identity
    total = shown.total if shown else ZERO
    raise ReviewRefused(
        f"This episode waits for its budget of {total}.",
        user_action="Send the quote's id as quoteId to approve it.",
        details={"quoteId": identity, "total": str(total), "gate": "approve_budget"},
    )


async def _gate_of(house: House, production_id: UUID | str | None, *, user_id: str) -> dict[str, Any] | None:
    if production_id is None:
        return None
    state = await house.runs.state(user_id=user_id, production_id=str(production_id))
    return state.interrupts[0] if state.interrupts else None


def _items(gate: dict[str, Any]) -> list[str]:
    return [item["item"] for item in gate["value"].get("items") or []]


def _where_it_is(gate: dict[str, Any] | None) -> str:
    if gate is None:
        return "no review is open."
    return f"the open review is {gate['value'].get('gate')} about {', '.join(_items(gate))}."


async def _answer(
    house: House, production_id: str, gate: dict[str, Any], reply: ReviewReply, *, user_id: str
) -> Accepted:
    return await house.runs.answer(
        user_id=user_id,
        production_id=production_id,
        interrupt_id=gate["id"],
        reply=reply.model_dump(mode="json"),
    )


async def _written(
    house: House, novela_id: str, wish: Wish, setting: Setting, accepted: Accepted, *, user_id: str
) -> DictRow:
    """The scene's row: a new one, or the one that the plan made, with what was asked for."""
    fields = {
        "novela": novela_id,
        "production": accepted.production_id,
        "episode": wish.episode_number,
        "scene": wish.scene_number,
        "prompt": wish.scene_description,
        "model": setting.model_id,
        "parameters": setting.parameters,
        "job": accepted.run_id,
        "estimated": setting.price.as_usd(),
        "conversation": conversation_id(str(accepted.production_id), wish.scene_number),
    }
    known = await _video_of(house, novela_id, wish, user_id=user_id)
    if accepted.repeated:
        # The request that started it writes the row, or the plan does: this one must not be faster.
        raise _made_already(known, wish)
    if known is None:
        try:
            return await videos.add_video(house.database, fields, user_id=user_id)
        except RecordConflict:
            # Somebody was faster: the graph that planned the scene, or the same request a moment ago.
            known = await _video_of(house, novela_id, wish, user_id=user_id)
    if known is None:
        raise _made_already(known, wish)
    return await videos.ask_again(house.database, known["id"], fields, user_id=user_id)


async def _video_of(house: House, novela_id: str, wish: Wish, *, user_id: str) -> DictRow | None:
    return await videos.video_at(
        house.database,
        user_id=user_id,
        novela_id=novela_id,
        episode=wish.episode_number,
        scene=wish.scene_number,
    )


def _made(
    video: DictRow, accepted: Accepted, setting: Setting, scene: int, *, job_id: str | None = None
) -> Made:
    production_id = str(accepted.production_id)
    return Made(
        video_id=str(video["id"]),
        job_id=str(job_id or video["job_id"] or accepted.run_id),
        estimated=setting.price,
        estimated_s=estimates.expected_seconds(setting.model_id),
        conversation_id=video["agent_conversation_id"] or conversation_id(production_id, scene),
        production_id=production_id,
    )
