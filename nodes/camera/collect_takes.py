"""Wait for the takes that were ordered."""

from langgraph.runtime import Runtime

from nodes.parallel import in_parallel
from nodes.reporting import progress, report
from state.context import RunContext
from state.errors import GreenlightError
from state.film import ShootingState
from state.take import Take
from tools.orders.failures import failure_of
from tools.registry import toolbox


async def collect_takes(state: ShootingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Bring every ordered take home; one that failed never takes its siblings with it."""
    tools = await toolbox()
    waiting = {item: take for item, take in state.takes.items() if take.ticket}

    async def bring_home(entry: tuple[str, Take]) -> tuple[str, Take]:
        item, take = entry
        assert take.ticket is not None  # noqa: S101 - filtered above
        try:
            delivery = await tools.orders.collect(take.ticket)
        except GreenlightError as exc:
            failed = {"ticket": None, "status": "failed", "failure": failure_of(exc, take.ticket)}
            return item, take.model_copy(update=failed)
        done = take.model_copy(
            update={
                "ticket": None, "status": "done", "media": delivery.media, "cost": delivery.cost,
                "duration_s": delivery.media.duration_s or 0.0, "degraded": delivery.degraded,
            }
        )  # fmt: skip
        report(runtime, "take_done", slate=str(take.slate), media=delivery.media.model_dump(mode="json"))
        return item, done

    done = await in_parallel(waiting.items(), bring_home, at_once=runtime.context.max_parallel_takes)
    progress(
        runtime, "shooting", f"scene {state.scene_number}: {len(done)} takes", done=len(done), total=len(done)
    )
    return {"takes": {item: take.model_dump(mode="json") for item, take in done}}
