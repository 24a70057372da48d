"""The paid call behind each picture, take, voice and piece of music: quoted, approved, ordered as the same.

What is quoted is made here, and what is ordered, too: a paid parameter that changes in between is seen.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from math import ceil

from state.cost import FallbackCall, PlannedCall
from state.film import FilmState
from state.order import Medium, Parameters
from state.script import Scene, Shot
from state.take import Edge
from state.tier import Tier
from tools.engines.catalog import made_in, model_card, tellable
from tools.engines.routing import OFFLINE, Route, lines_of
from tools.orders.quote import planned_call

ROOM, LEAST_ROOM_S = 0.25, 1.0
"""How much longer than written a shot may become by what is said in it and still be as approved: a part of
its length, and some seconds at least."""
EXTENSION = "extension"
"""The stage of what makes a take longer than its model sells in one piece; its item is `2A/1`, `2A/2`, ..."""
UPSCALE = "upscale"
"""The stage of what makes an approved take as large as the film; its item is the shot's slate."""
MEDIUM: dict[str, Medium] = {
    "storyboard": "image", "take": "video", EXTENSION: "video", UPSCALE: "video", "voice": "voice",
    "music": "music",
}  # fmt: skip


def as_made(scene: Scene, tier: Tier) -> Scene:
    """The scene with the model that really makes it: the state keeps the one that was chosen.

    So a branch with another tier is made by what was chosen for it.
    """
    made = made_in(tier, scene.model_id) if scene.model_id else ""
    return scene if made == scene.model_id else scene.model_copy(update={"model_id": made})


def take_model(state: FilmState, scene: Scene, tier: Tier) -> str:
    """The video model that a scene's takes are made by."""
    return made_in(tier, scene.model_id or state.look.video_model)


def panel_model(state: FilmState, tier: Tier) -> str:
    """The model that panels are drawn by."""
    return made_in(tier, state.look.image_model)


def planned_panel(state: FilmState, shot: Shot, *, tier: Tier) -> PlannedCall:
    """The panel of a shot, on the model that the production draws with in its tier."""
    return planned_call(
        stage="storyboard", item=str(shot.slate), model_id=panel_model(state, tier),
        parameters=tellable(panel_model(state, tier), {"aspect_ratio": state.look.aspect_ratio}),
        edition=edition_of(state),
    )  # fmt: skip


def planned_take(
    state: FilmState, scene: Scene, shot: Shot, *, tier: Tier, seconds: float | None = None
) -> PlannedCall:
    """The take of a shot as written, with room for voices that take longer; `seconds` is its real length."""
    length = shot.duration_s if seconds is None else seconds
    model_id = take_model(state, scene, tier)
    made = partial(
        planned_clip, model_id=model_id, parameters=_filmed(state, model_id, scene.parameters),
        edition=edition_of(state),
    )  # fmt: skip
    planned = made(shot.model_copy(update={"duration_s": length}))
    most = longest_seconds(shot, seconds)
    if most <= length:
        return planned
    longest = made(shot.model_copy(update={"duration_s": most}))
    return planned.model_copy(update={"fallbacks": _longer(planned, longest, made, shot)})


def _filmed(state: FilmState, model_id: str, parameters: Parameters) -> Parameters:
    """In the smaller resolution, where takes are made larger afterwards and this model has it."""
    smaller = state.look.clip_resolution
    if not smaller or "resolution" not in parameters or smaller not in model_card(model_id).resolutions:
        return parameters
    return {**parameters, "resolution": smaller}


def planned_upscale(
    state: FilmState, take: PlannedCall, pieces: Sequence[PlannedCall] = ()
) -> PlannedCall | None:
    """What makes a take, with the `pieces` that make it longer, as large as the film.

    Each length that its clip may come in is among the fallbacks, those of other engines as these make it. A
    call for nothing, with fallbacks, is one that only another engine's clip needs. None for a take that is
    drawn here, or that is large enough whoever films it.

    Raises:
        PriceUnknown: the upscaler has no price.
    """
    if not state.look.upscaler or take.provider == OFFLINE:
        return None
    made = partial(
        planned_call, stage=UPSCALE, item=take.item, model_id=state.look.upscaler,
        parameters={"resolution": state.look.resolution}, edition=take.edition,
    )  # fmt: skip
    more = sum(int(piece.units) for piece in pieces)
    own = int(take.units) + more if _is_small(state, take.parameters) else 0
    others = dict.fromkeys(_seconds_instead(state, take, more))
    if not own and not others:
        return None
    names = set(FallbackCall.model_fields) - {"parameters"}
    instead = [made(units=seconds).model_dump(include=names) for seconds in others if seconds != own]
    return made(units=own).model_copy(update={"fallbacks": [FallbackCall(**one) for one in instead]})


def _seconds_instead(state: FilmState, take: PlannedCall, more: int) -> Iterator[int]:
    """How long the clips are that may come instead and are too small; `more` is of the take's own model."""
    for one in take.fallbacks:
        sent = take.parameters if one.parameters is None else one.parameters
        if one.unit == "second" and one.provider != OFFLINE and _is_small(state, sent):
            yield int(one.units) + (more if one.model == take.model else 0)


def _is_small(state: FilmState, sent: Parameters) -> bool:
    """Whether what is filmed so is smaller than the film; of a model that is told nothing nobody knows."""
    return 0 < lines_of(sent.get("resolution")) < lines_of(state.look.resolution)


def longest_seconds(shot: Shot, seconds: float | None = None) -> float:
    """How long the shot may become by what is said in it; `seconds` is its real length, once it is known."""
    length = shot.duration_s if seconds is None else seconds
    known = seconds is not None or not shot.lines
    return length if known else length + max(length * ROOM, LEAST_ROOM_S)


def _longer(
    planned: PlannedCall, longest: PlannedCall, made: Callable[[Shot], PlannedCall], shot: Shot
) -> list[FallbackCall]:
    """The longer clips that the voices may ask for, once each."""
    lengths = range(int(planned.units) + 1, int(longest.units) + 1)
    calls = {call.units: call for call in (made(shot.model_copy(update={"duration_s": s})) for s in lengths)}
    names = set(FallbackCall.model_fields)
    return [FallbackCall(**call.model_dump(include=names)) for call in calls.values()]


def extensions_needed(model_id: str, seconds: float, parameters: Mapping[str, object]) -> int:
    """How often the longest clip of a model has to be made longer to cover a shot; 0 where it cannot be."""
    card = model_card(model_id)
    missing = seconds - clip_seconds(model_id, seconds)
    fits = all(parameters.get(name, value) == value for name, value in card.extension_needs.items())
    return ceil(missing / card.extension_s) if card.extension_s and fits and missing > 0 else 0


def planned_extensions(take: PlannedCall, seconds: float) -> list[PlannedCall]:
    """What makes the take of a planned call as long as its shot is, one call after the other (S5-052)."""
    if take.provider == OFFLINE:
        return []
    sent = {name: value for name, value in take.parameters.items() if name != "duration"}
    return [
        planned_call(
            stage=EXTENSION, item=f"{take.item}/{number}", model_id=take.model,
            units=int(model_card(take.model).extension_s), parameters=sent, edition=take.edition,
        )
        for number in range(1, extensions_needed(take.model, seconds, take.parameters) + 1)
    ]  # fmt: skip


def told_frames(call: PlannedCall, seconds: float) -> frozenset[Edge]:
    """Where the clip of a call can be told its frame; what is made longer afterwards has no end yet.

    The offline engine draws a shot in motion, so a frame is blended with what it has drawn.
    """
    if call.provider == OFFLINE:
        return frozenset()
    known = frozenset(model_card(call.model).frames)
    return known - {"last"} if planned_extensions(call, seconds) else known


def on_route(call: PlannedCall, route: Route) -> PlannedCall:
    """The call on the engine that a route leads to."""
    if route.model == call.model:
        return call
    return planned_call(
        stage=call.stage, item=call.item, model_id=route.model, units=call.units, parameters=call.parameters,
        edition=call.edition,
    )  # fmt: skip


def priced_parameters(call: PlannedCall) -> Parameters:
    """What is paid about a call, for the engine that is paid for it; the offline one goes by the rest."""
    if call.provider == OFFLINE:
        return {}
    length: Parameters = {"duration": int(call.units)} if call.unit == "second" else {}
    return {**call.parameters, **length}


def edition_of(state: FilmState) -> str:
    """The prices that hold for this production: its quote's, once there is one; empty for the newest."""
    return state.quote.edition if state.quote is not None else ""


def allowed_parameters(model_id: str) -> dict[str, list[str | int | float]]:
    """What a model accepts, for whoever has to mend a refused parameter.

    Raises:
        ProviderMisconfigured: no such model.
    """
    card = model_card(model_id)
    lengths = card.durations_s
    seconds: list[str | int | float] = []
    if lengths is not None:
        whole = range(ceil(lengths.shortest), int(lengths.longest) + 1)
        seconds = [int(one) for one in lengths.only] or list(whole)
    return {
        "duration": seconds,
        "resolution": list(card.resolutions),
        "aspect_ratio": list(card.aspect_ratios),
    }


def clip_seconds(model_id: str, seconds: float) -> int:
    """The shortest clip of whole seconds that covers a shot; the longest there is when none does."""
    lengths = list(model_card(model_id).made_s) or [
        int(one) for one in allowed_parameters(model_id)["duration"]
    ]
    covering = [length for length in lengths if length >= seconds]
    return min(covering) if covering else max(lengths, default=ceil(seconds))


def planned_clip(
    shot: Shot, *, model_id: str, parameters: Mapping[str, str | int | float | bool], edition: str = ""
) -> PlannedCall:
    """The paid call of one shot's take: as many whole seconds as the model must make for it."""
    return planned_call(
        stage="take",
        item=str(shot.slate),
        model_id=model_id,
        units=clip_seconds(model_id, shot.duration_s),
        parameters=parameters,
        edition=edition,
    )
