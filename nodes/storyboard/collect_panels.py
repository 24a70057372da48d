"""Wait for the panels that were ordered."""

from functools import partial

from langgraph.runtime import Runtime

from nodes.parallel import in_parallel
from nodes.reporting import production_id, progress, report, tell
from nodes.standing_in import brought_home, chained, failed, made_by, tell_stood_in
from nodes.storyboard.panel_orders import STAGE, panel_order
from state.context import RunContext
from state.errors import GreenlightError
from state.events import MediaStored
from state.film import StoryboardState
from state.script import Shot
from state.take import Panel
from tools.orders.chain import Chain
from tools.registry import Toolbox, toolbox


async def collect_panels(state: StoryboardState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Bring every ordered panel home; a failed one stays as a value and is shown at the gate."""
    tools = await toolbox()
    waiting = [panel for panel in state.panels.values() if panel.ticket]
    shots = {shot.slate: shot for scene in state.film.scenes for shot in scene.shots}

    async def bring_home(panel: Panel) -> Panel:
        assert panel.ticket is not None  # noqa: S101 - filtered above
        chain = _chain(state, shots.get(panel.slate), panel, tools, runtime)
        try:
            made = await brought_home(panel.ticket, chain, tools)
        except GreenlightError as exc:
            failure = failed(exc, panel.ticket, runtime, item=str(panel.slate))
            return panel.model_copy(update={"ticket": None, "failure": failure, "calls": []})
        delivery = made.delivery
        done = panel.model_copy(
            update={
                "ticket": None, "media": delivery.media, "cost": delivery.cost, "calls": [],
                "number": delivery.take_number, **made_by(made),
            }
        )  # fmt: skip
        tell_stood_in(made, runtime, stage=STAGE, item=str(panel.slate))
        report(runtime, "panel_done", slate=str(panel.slate), number=panel.number, media=_media(done))
        tell(
            runtime, MediaStored(media=delivery.media, title=f"Panel {panel.slate}", call_key=panel.call_key)
        )
        return done

    panels = await in_parallel(waiting, bring_home, at_once=runtime.context.max_parallel_takes)
    progress(runtime, "storyboard", f"{len(panels)} panels drawn", done=len(panels), total=len(panels))
    return {"panels": {str(panel.slate): panel.model_dump(mode="json") for panel in panels}}


def _chain(
    state: StoryboardState, shot: Shot | None, panel: Panel, tools: Toolbox, runtime: Runtime[RunContext]
) -> Chain | None:
    """As it was handed in; None where nobody else may draw it."""
    if shot is None or not panel.calls:
        return None
    order_of = partial(panel_order, state, shot, production_id=production_id(runtime))
    return chained(panel.calls, order_of, tools=tools, context=runtime.context)


def _media(panel: Panel) -> dict[str, object] | None:
    return panel.media.model_dump(mode="json") if panel.media else None
