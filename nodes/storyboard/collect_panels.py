"""Wait for the panels that were ordered."""

from langgraph.runtime import Runtime

from nodes.parallel import in_parallel
from nodes.reporting import progress, report, tell
from state.context import RunContext
from state.errors import GreenlightError
from state.events import MediaStored
from state.film import StoryboardState
from state.take import Panel
from tools.orders.failures import failure_of
from tools.registry import toolbox


async def collect_panels(state: StoryboardState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Bring every ordered panel home; a failed one stays as a value and is shown at the gate."""
    tools = await toolbox()
    waiting = [panel for panel in state.panels.values() if panel.ticket]

    async def bring_home(panel: Panel) -> Panel:
        assert panel.ticket is not None  # noqa: S101 - filtered above
        try:
            delivery = await tools.orders.collect(panel.ticket)
        except GreenlightError as exc:
            return panel.model_copy(update={"ticket": None, "failure": failure_of(exc, panel.ticket)})
        done = panel.model_copy(update={"ticket": None, "media": delivery.media, "cost": delivery.cost})
        report(runtime, "panel_done", slate=str(panel.slate), number=panel.number, media=_media(done))
        tell(
            runtime, MediaStored(media=delivery.media, title=f"Panel {panel.slate}", call_key=panel.call_key)
        )
        return done

    panels = await in_parallel(waiting, bring_home, at_once=runtime.context.max_parallel_takes)
    progress(runtime, "storyboard", f"{len(panels)} panels drawn", done=len(panels), total=len(panels))
    return {"panels": {str(panel.slate): panel.model_dump(mode="json") for panel in panels}}


def _media(panel: Panel) -> dict[str, object] | None:
    return panel.media.model_dump(mode="json") if panel.media else None
