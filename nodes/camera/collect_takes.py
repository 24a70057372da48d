"""Wait for the takes that were ordered."""

from functools import partial

from langgraph.runtime import Runtime

from nodes.camera.tails import with_tail
from nodes.camera.take_orders import (
    STAGE,
    kept_seed,
    numbered,
    speeches_in,
    take_order,
    tell_conditions,
)
from nodes.parallel import in_parallel
from nodes.reporting import production_id, progress, report
from nodes.standing_in import brought_home, called, chained, failed, made_by, tell_stood_in
from state.context import RunContext
from state.errors import GreenlightError
from state.film import ShootingState
from state.script import Shot
from state.take import Take
from tools.orders.chain import Chain, Made
from tools.registry import Toolbox, toolbox


async def collect_takes(state: ShootingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Bring every ordered take home; one that failed never takes its siblings with it.

    Where its job died another engine is asked, as it would have been where the order was handed in.
    """
    tools = await toolbox()
    waiting = {item: take for item, take in state.takes.items() if take.ticket}
    shots = {str(shot.slate): shot for scene in state.film.scenes for shot in scene.shots}

    async def bring_home(entry: tuple[str, Take]) -> tuple[str, Take]:
        item, take = entry
        assert take.ticket is not None  # noqa: S101 - filtered above
        chain = await _chain(state, shots.get(item), take, tools, runtime)
        try:
            made = await brought_home(take.ticket, chain, tools)
        except GreenlightError as exc:
            failure = failed(exc, take.ticket, runtime, item=item)
            # Of one that was to be made longer there is a piece: that is no take of the shot.
            return item, take.model_copy(
                update={"ticket": None, "status": "failed", "failure": failure, "calls": [], "media": None}
            )
        done = _done(state, shots.get(item), take, made, runtime)
        if runtime.context.chain_shots:
            done = await with_tail(state, done, item, tools, runtime)
        tell_stood_in(made, runtime, stage=STAGE, item=item)
        media = made.delivery.media.model_dump(mode="json")
        report(runtime, "take_done", slate=str(done.slate), media=media)
        return item, done

    done = await in_parallel(waiting.items(), bring_home, at_once=runtime.context.max_parallel_takes)
    progress(
        runtime, "shooting", f"scene {state.scene_number}: {len(done)} takes", done=len(done), total=len(done)
    )
    return {"takes": {item: take.model_dump(mode="json") for item, take in done}}


async def _chain(
    state: ShootingState, shot: Shot | None, take: Take, tools: Toolbox, runtime: Runtime[RunContext]
) -> Chain | None:
    """As it was handed in; None where nobody else may make it."""
    if shot is None or not take.calls:
        return None
    speeches = await speeches_in(state, shot, tools.orders)
    order_of = partial(take_order, state, shot, production_id=production_id(runtime), speeches=speeches)
    return chained(take.calls, order_of, tools=tools, context=runtime.context)


def _done(
    state: ShootingState, shot: Shot | None, take: Take, made: Made, runtime: Runtime[RunContext]
) -> Take:
    delivery = made.delivery
    if take.media is not None:  # it was there already, and is longer now
        return take.model_copy(
            update={
                "ticket": None, "status": "done", "media": delivery.media, "cost": take.cost + delivery.cost,
                "duration_s": delivery.media.duration_s or take.duration_s, "extended": take.extended + 1,
            }
        )  # fmt: skip
    done = {
        "ticket": None, "status": "done", "media": delivery.media, "cost": delivery.cost, "calls": [],
        "duration_s": delivery.media.duration_s or 0.0, **made_by(made),
    }  # fmt: skip
    if shot is not None and take.ticket is not None and made.ticket.call_key != take.ticket.call_key:
        # Another engine has taken over since: its take has a number and keeps to things of its own.
        call = called(take.calls, made.ticket)
        done |= {
            "slate": numbered(take.slate, delivery.take_number),
            "seed": kept_seed(call, state.seed(STAGE, str(shot.slate))),
            "anchors": tell_conditions(state, shot, call, runtime).anchors,
        }  # fmt: skip
    return take.model_copy(update=done)
