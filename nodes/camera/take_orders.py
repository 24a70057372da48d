"""What is ordered for a take."""

from typing import Any

from state.cost import PlannedCall
from state.film import ShootingState
from state.media import MediaRef
from state.order import Delivery, Order, Speech, VideoRequest
from state.script import Shot
from state.take import VoiceTrack
from tools.engines.catalog import model_card
from tools.engines.routing import OFFLINE
from tools.orders.planned import priced_parameters

STAGE = "take"


def take_order(
    state: ShootingState, shot: Shot, *, production_id: str, planned: PlannedCall, speeches: list[Speech]
) -> Order:
    """The order for one take: complete, so that any engine and any process can fill it."""
    item = str(shot.slate)
    request = VideoRequest(
        provider=planned.provider,
        model=planned.model,
        prompt=shot.prompt,
        negative_prompt=shot.negative_prompt,
        width=state.look.width,
        height=state.look.height,
        fps=state.look.fps,
        duration_s=state.shot_seconds.get(item, shot.duration_s),
        seed=state.seed(STAGE, item),
        staging=shot.staging,
        style=state.look.style,
        speeches=speeches,
        first_frame=first_frame(state, shot, planned),
        parameters=priced_parameters(planned),
        references=[shot.staging.picture] if shot.staging.picture else [],
    )
    return Order(
        production_id=production_id, stage=STAGE, item=item, cause=state.cause(STAGE, item), request=request
    )


def first_frame(state: ShootingState, shot: Shot, planned: PlannedCall) -> MediaRef | None:
    """What the take begins with: a picture that a person brought, or the approved panel if its model can.

    The offline engine draws the shot anew, in motion.
    """
    if planned.provider == OFFLINE or "first" not in model_card(planned.model).frames:
        return given_frame(state, shot)
    panel = state.panels.get(str(shot.slate))
    return panel.media if panel is not None else None


def given_frame(state: ShootingState, shot: Shot) -> MediaRef | None:
    """The storyboard picture that a person brought, while it is still the one they approved."""
    panel = state.panels.get(str(shot.slate))
    return panel.media if panel is not None and panel.given else None


def speech_in_shot(track: VoiceTrack, delivery: Delivery, expression: str) -> Speech:
    """A recorded line as the picture needs it: when, whose mouth, which shapes."""
    visemes: list[dict[str, Any]] = delivery.extra.get("visemes", [])
    return Speech.model_validate(
        {
            "speaker": track.speaker,
            "start_s": track.start_s,
            "end_s": track.start_s + track.duration_s,
            "expression": expression,
            "visemes": visemes,
            "words": delivery.extra.get("words", []),
        }
    )
