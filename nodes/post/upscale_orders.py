"""What is ordered to make a take as large as the film."""

from collections.abc import Collection

from state.cost import PlannedCall
from state.film import FinishingState
from state.novela import NovelaState
from state.order import Order, VideoRequest
from state.script import Scene, Shot
from state.take import Take
from state.tier import Tier
from tools.orders.planned import UPSCALE, priced_parameters
from tools.orders.standing_in import upscale_of_take

LONGEST_S = 60.0
"""As much of a clip as a request can name; a longer one is made larger as a whole all the same."""
Larger = tuple[Shot, Take, PlannedCall]


def to_upscale(state: FinishingState) -> list[Larger]:
    """Takes that are smaller than the film and have no larger copy, each with the call for one."""
    if not state.look.upscaler:
        return []
    shots = ((scene, shot) for scene in state.film.scenes for shot in scene.shots)
    found = (_larger(state, scene, shot) for scene, shot in shots)
    return [one for one in found if one is not None]


def planned_larger(state: NovelaState, *, tier: Tier, providers: Collection[str]) -> list[PlannedCall]:
    """The calls of those that can be bought here: none in a draft, and none while another take may come."""
    if tier == "draft" or not state.is_shot:
        return []
    return [planned for _, _, planned in to_upscale(state) if planned.provider in providers]


def _larger(state: FinishingState, scene: Scene, shot: Shot) -> Larger | None:
    take = state.takes.get(str(shot.slate))
    if take is None or take.media is None or take.upscaled is not None:
        return None
    seconds = state.shot_seconds.get(str(shot.slate))
    planned = upscale_of_take(state, scene, shot, take, seconds=seconds)
    return None if planned is None else (shot, take, planned)


def upscale_order(
    state: FinishingState, shot: Shot, take: Take, planned: PlannedCall, *, production_id: str
) -> Order:
    """The take as it is, larger: caused by what caused the take, so that another take has another one."""
    item = str(shot.slate)
    request = VideoRequest(
        provider=planned.provider, model=planned.model, prompt="", width=state.look.width,
        height=state.look.height, fps=state.look.fps, duration_s=min(take.duration_s, LONGEST_S),
        seed=state.seed("take", item), staging=shot.staging.model_copy(update={"picture": None}),
        style=state.look.style, upscales=take.media, parameters=priced_parameters(planned),
    )  # fmt: skip
    return Order(
        production_id=production_id, stage=UPSCALE, item=item, cause=state.cause("take", item),
        request=request,
    )  # fmt: skip
