"""What is ordered for a take."""

from collections.abc import Collection
from dataclasses import replace

from langgraph.runtime import Runtime

from nodes.conditions import Conditions, Wanted, conditions_of
from nodes.reporting import report, tell
from state.context import RunContext
from state.cost import PlannedCall
from state.film import ShootingState
from state.line_times import mouth_shapes, word_times
from state.media import MediaRef
from state.order import Delivery, Order, Speech, VideoRequest
from state.references import Reference
from state.script import Line, Shot, Slate
from state.take import Edge, FrameAnchor, OwnFrames, VoiceTrack
from tools.engines.catalog import model_card
from tools.engines.routing import OFFLINE
from tools.orders.place import Orders
from tools.orders.planned import planned_extensions, priced_parameters, told_frames

STAGE = "take"


def take_order(
    state: ShootingState,
    shot: Shot,
    planned: PlannedCall,
    *,
    production_id: str,
    speeches: list[Speech],
    conditions: Conditions | None = None,
) -> Order:
    """The order for one take: complete, so that any engine and any process can fill it.

    `conditions` are those of `take_conditions`, where they are worked out already.
    """
    item = str(shot.slate)
    told = conditions or take_conditions(state, shot, planned)
    request = VideoRequest(
        provider=planned.provider,
        model=planned.model,
        prompt=shot.prompt,
        negative_prompt=shot.negative_prompt,
        width=state.look.width,
        height=state.look.height,
        fps=state.look.fps,
        duration_s=length_of_piece(state, shot, planned),
        seed=state.seed(STAGE, item),
        staging=shot.staging,
        style=state.look.style,
        speeches=speeches,
        first_frame=told.first_frame,
        last_frame=told.last_frame,
        extends=told.extends,
        parameters=priced_parameters(planned),
        references=told.references,
    )
    return Order(
        production_id=production_id, stage=STAGE, item=item, cause=state.cause(STAGE, item), request=request
    )


def length_of_piece(state: ShootingState, shot: Shot, planned: PlannedCall) -> float:
    """How long its clip has to be: as its shot, or its model's longest where it is made longer afterwards."""
    seconds = state.shot_seconds.get(str(shot.slate), shot.duration_s)
    return min(seconds, float(planned.units)) if planned_extensions(planned, seconds) else seconds


def take_conditions(state: ShootingState, shot: Shot, planned: PlannedCall) -> Conditions:
    """What the take keeps to: as much of what there is as its model takes.

    The offline engine draws the shot anew, in motion, and takes what a person brought.
    """
    panel, own = state.panels.get(str(shot.slate)), state.brought(str(shot.slate))
    product = [Reference(media=shot.staging.picture, shows="product")] if shot.staging.picture else []
    if planned.provider == OFFLINE:
        drawn = [one.media for one in product]
        return Conditions(
            first_frame=given_frame(state, shot), references=drawn, anchors=_blended(own, frozenset())
        )
    opening = panel.media if panel is not None else None
    frame = [Reference(media=opening, shows="storyboard")] if opening is not None else []
    card, tail, first = model_card(planned.model), tail_before(state, shot), begins_with(state, shot)
    told = told_frames(planned, state.shot_seconds.get(str(shot.slate), shot.duration_s))
    last = own.last if "last" in told else None
    wanted = Wanted(references=[*product, *frame], first=first, last=last, opening=opening)
    if tail is not None and first is None:
        # It goes on from the take before it, towards its own panel where it can be told its end (S5-053).
        last = last or (opening if "last" in card.frames and own.last is None else None)
        wanted = Wanted(references=[*product, *frame], first=tail, last=last)
    sent = {"aspect_ratio": state.look.aspect_ratio, **priced_parameters(planned)}
    kept = conditions_of(wanted, card, shot.staging, parameters=sent)
    return replace(kept, anchors=[*kept.anchors, *_blended(own, told | {"first"})])


def _blended(own: OwnFrames, told: Collection[Edge]) -> list[FrameAnchor]:
    """The frames of a person's own that the cut has to blend with the take."""
    edges: tuple[Edge, ...] = ("first", "last")
    brought = {edge: media for edge in edges if (media := own.of(edge)) is not None}
    return [FrameAnchor(edge=edge, media=media) for edge, media in brought.items() if edge not in told]


def tail_before(state: ShootingState, shot: Shot) -> MediaRef | None:
    """The frame with which the take before it ends, where this one is to go on from it."""
    before = state.take_before(shot)
    return before.tail if before is not None else None


def tell_conditions(
    state: ShootingState, shot: Shot, planned: PlannedCall, runtime: Runtime[RunContext]
) -> Conditions:
    """What the take keeps to, once it is told what of that its model takes not."""
    item, told = str(shot.slate), take_conditions(state, shot, planned)
    for anchor in told.anchors:
        report(runtime, "warning", text=anchor.told(item, planned.model))
    if (less := told.told(stage=STAGE, item=item, model=planned.model)) is not None:
        tell(runtime, less)
    return told


def numbered(slate: Slate, take: int) -> Slate:
    """The slate of one take of the shot."""
    return slate.model_copy(update={"take": take})


def goes_on_from(state: ShootingState, shot: Shot) -> str:
    """The digest of the frame that its take goes on from; empty where it begins by itself."""
    tail = tail_before(state, shot) if begins_with(state, shot) is None else None
    return tail.sha256 if tail is not None else ""


def kept_seed(planned: PlannedCall, seed: int) -> int | None:
    """The seed of a take by which it can be asked for again; None where its model takes none."""
    return seed if planned.provider == OFFLINE or model_card(planned.model).seeded else None


def begins_with(state: ShootingState, shot: Shot) -> MediaRef | None:
    """What a person brought for the take to begin with: a frame for it, or the picture of its panel."""
    return state.brought(str(shot.slate)).first or given_frame(state, shot)


def given_frame(state: ShootingState, shot: Shot) -> MediaRef | None:
    """The storyboard picture that a person brought, while it is still the one they approved."""
    panel = state.panels.get(str(shot.slate))
    return panel.media if panel is not None and panel.given else None


async def speeches_in(state: ShootingState, shot: Shot, orders: Orders) -> list[Speech]:
    """The recorded lines that somebody in the picture says."""
    speeches = []
    for number, line in enumerate(shot.lines, start=1):
        track = state.voices.get(f"{shot.slate}/{number}")
        delivery = await orders.delivered(track.made_key) if track and track.media else None
        # Nobody in the picture moves their lips to a voice over it.
        if track and delivery and not line.voice_over:
            speeches.append(speech_in_shot(track, delivery, line))
    return speeches


def speech_in_shot(track: VoiceTrack, delivery: Delivery, line: Line) -> Speech:
    """A recorded line as the picture needs it: when, whose mouth, which shapes."""
    return Speech(
        speaker=track.speaker, start_s=track.start_s, end_s=track.start_s + track.duration_s,
        expression=line.expression, visemes=mouth_shapes(delivery, line.text),
        words=word_times(delivery, line.text),
    )  # fmt: skip
