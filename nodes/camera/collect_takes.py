"""Wait for the takes that were ordered."""

from collections.abc import Mapping
from functools import partial

from langgraph.runtime import Runtime

from nodes.camera.extend_takes import to_extend
from nodes.camera.tails import with_tail
from nodes.camera.take_orders import (
    STAGE,
    kept_seed,
    numbered,
    speeches_in,
    take_order,
    tell_conditions,
)
from nodes.camera.window import as_they_come, free_places, fresh_shots, window
from nodes.reporting import production_id, progress, report
from nodes.standing_in import brought_home, called, chained, failed, made_by, tell_stood_in
from state.context import RunContext
from state.errors import GreenlightError
from state.film import ShootingState
from state.order import OrderFailure, Ticket
from state.script import Shot
from state.take import Take
from tools.orders.chain import Chain, Made
from tools.orders.homeward import Homeward, Way
from tools.registry import Toolbox, toolbox


async def collect_takes(state: ShootingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Bring ordered takes home; one that failed never takes its siblings with it.

    Where its job died another engine is asked, as it would have been where the order was handed in. It ends
    when all are there, or when some job has ended and there is something to do meanwhile: the next shot is
    ordered, or a piece that makes a take longer. The others go on coming, and
    are met when it is called again.
    """
    tools = await toolbox()
    waiting = {item: take for item, take in state.takes.items() if take.ticket}
    shots = {str(shot.slate): shot for scene in state.film.scenes for shot in scene.shots}

    async def bring_home(item: str, ticket: Ticket) -> Made:
        chain = await _chain(state, shots.get(item), waiting[item], tools, runtime)
        return await brought_home(ticket, chain, tools)

    async def arrive(item: str, way: Way[Made]) -> Take:
        take = waiting[item]
        assert take.ticket is not None  # noqa: S101 - filtered above
        house.forget(take.ticket.call_key)
        try:
            made = way.brought()
        except GreenlightError as exc:
            return _failed(take, failed(exc, take.ticket, runtime, item=item))
        done = _done(state, shots.get(item), take, made, runtime)
        if runtime.context.chain_shots:
            done = await with_tail(state, done, item, tools, runtime)
        tell_stood_in(made, runtime, stage=STAGE, item=item)
        media = made.delivery.media.model_dump(mode="json")
        report(runtime, "take_done", slate=str(done.slate), media=media)
        return done

    async with window(runtime.context) as house:
        ways = {
            item: house.bring(take.ticket.call_key, partial(bring_home, item, take.ticket))
            for item, take in waiting.items()
            if take.ticket
        }
        leaves = partial(_has_more_to_do, state, house, runtime.context)
        done = await as_they_come(ways, arrive, house=house, is_enough=leaves)
    _tell_how_far(state, done, runtime)
    return {"takes": {item: take.model_dump(mode="json") for item, take in done.items()}}


def _has_more_to_do(
    state: ShootingState, house: Homeward, context: RunContext, home: Mapping[str, Take]
) -> bool:
    """Whether the graph goes on with something else while the rest is on its way."""
    if state.requoted or house.holds:
        return False
    now = state.model_copy(update={"takes": {**state.takes, **home}})
    return bool(to_extend(now) or fresh_shots(now, context)) and free_places(now, context) > 0


def _tell_how_far(state: ShootingState, home: Mapping[str, Take], runtime: Runtime[RunContext]) -> None:
    takes = {**state.takes, **home}
    slates = [str(shot.slate) for shot in state.scene.shots]
    done = sum(1 for slate in slates if slate in takes and takes[slate].ticket is None)
    progress(runtime, "shooting", f"scene {state.scene_number}: {done} takes", done=done, total=len(slates))


def _failed(take: Take, failure: OrderFailure) -> Take:
    """Of one that was to be made longer there is a piece: that is no take of the shot."""
    return take.model_copy(
        update={"ticket": None, "status": "failed", "failure": failure, "calls": [], "media": None}
    )


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
