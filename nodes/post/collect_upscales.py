"""Wait for the larger copies that were ordered."""

from langgraph.runtime import Runtime

from nodes.parallel import in_parallel
from nodes.post.left_copies import as_it_is, left_copy
from nodes.reporting import progress
from state.context import RunContext
from state.errors import GreenlightError
from state.film import FinishingState
from state.take import Take
from tools.registry import toolbox


async def collect_upscales(state: FinishingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Bring every larger copy home; the take stays beside it, and is in the film where its copy failed."""
    tools = await toolbox()
    waiting = {item: take for item, take in state.takes.items() if take.upscaling}

    async def bring_home(entry: tuple[str, Take]) -> tuple[str, Take]:
        item, take = entry
        assert take.upscaling is not None  # noqa: S101 - filtered above
        try:
            delivery = await tools.orders.collect(take.upscaling)
        except GreenlightError as exc:
            left = await left_copy(exc, take.upscaling, tools, runtime)
            return item, as_it_is(item, take, left, runtime)
        made = {
            "upscaled": delivery.media, "upscaled_by": delivery.model, "not_upscaled": "",
            "cost": take.cost + delivery.cost,
        }  # fmt: skip
        return item, take.model_copy(update={**made, "upscaling": None})

    done = await in_parallel(waiting.items(), bring_home, at_once=runtime.context.max_parallel_takes)
    larger = sum(take.upscaled is not None for _, take in done)
    progress(runtime, "finishing", f"{larger} takes are larger", done=len(done), total=len(waiting))
    return {"takes": {item: take.model_dump(mode="json") for item, take in done}}
