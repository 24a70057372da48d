"""What is ordered for a panel."""

from nodes.conditions import Conditions, fit, takes
from state.cost import PlannedCall
from state.events import ReferencesLeftOut
from state.film import FilmState, StoryboardState
from state.media import MediaRef
from state.order import ImageRequest, Order
from state.references import Reference, Shows
from state.script import Shot
from state.take import Panel
from tools.engines.catalog import model_card
from tools.orders.planned import priced_parameters

STAGE = "storyboard"


def shots_to_draw(state: StoryboardState) -> list[Shot]:
    """Shots whose panel is missing or was ordered for an earlier cause."""
    return [shot for scene in state.film.scenes for shot in scene.shots if _needs_panel(state, shot)]


def _needs_panel(state: StoryboardState, shot: Shot) -> bool:
    panel = state.panels.get(str(shot.slate))
    return panel is None or not panel.call_key.endswith(f":{state.cause(STAGE, str(shot.slate))}")


def is_given(state: FilmState, shot: Shot) -> bool:
    """Whether the panel is the one that a person brought, so that none is drawn or paid."""
    return shot.panel is not None and f"{STAGE}/{shot.slate}" not in state.causes


def given_panel(state: StoryboardState, shot: Shot, production_id: str) -> Panel | None:
    """The panel that a person brought, until a note asks for another one."""
    if shot.panel is None or not is_given(state, shot):
        return None
    item = str(shot.slate)
    key = f"{production_id}:{STAGE}:{item}:{state.cause(STAGE, item)}"
    return Panel(slate=shot.slate, call_key=key, number=1, media=shot.panel, given=True)


def panel_references(shot: Shot, planned: PlannedCall) -> tuple[list[Reference], list[Reference]]:
    """What its engine keeps to, a given panel and the product, and what it has no room for."""
    known: list[tuple[MediaRef | None, Shows]] = [(shot.panel, "given"), (shot.staging.picture, "product")]
    there = [Reference(media=media, shows=shows) for media, shows in known if media is not None]
    return fit(there, shot.staging, slots=model_card(planned.model).reference_images)


def panel_told(shot: Shot, planned: PlannedCall) -> ReferencesLeftOut | None:
    """What people are told where not all of them fit."""
    sent, rest = panel_references(shot, planned)
    why = takes(model_card(planned.model))
    fitted = Conditions(references=[one.media for one in sent], left_out=rest, why=why)
    return fitted.told(stage=STAGE, item=str(shot.slate), model=planned.model)


def panel_order(state: StoryboardState, shot: Shot, planned: PlannedCall, *, production_id: str) -> Order:
    """The order for one panel: complete, so that any engine and any process can fill it."""
    item = str(shot.slate)
    sent, _ = panel_references(shot, planned)
    request = ImageRequest(
        provider=planned.provider,
        model=planned.model,
        prompt=shot.prompt,
        negative_prompt=shot.negative_prompt,
        width=state.look.width,
        height=state.look.height,
        seed=state.seed(STAGE, item),
        staging=shot.staging,
        style=state.look.style,
        references=[one.media for one in sent],
        parameters=priced_parameters(planned),
    )
    return Order(
        production_id=production_id, stage=STAGE, item=item, cause=state.cause(STAGE, item), request=request
    )
