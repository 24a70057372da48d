"""What one process is made of: the only place where the parts meet."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog

from server.accounts.accounts import open_accounts
from server.api.health import own_version
from server.deps import House
from server.hooks.opening import open_sender
from server.hooks.sender import Sender
from server.limits.quotas import open_quotas
from server.limits.window import open_windows
from server.peers import Peers
from server.records.feed import NovelaBells
from server.records.items import sweep_expired
from server.records.project import Projector
from server.records.sessions import Sessions
from server.runs.accept import Runs
from server.runs.events import EventLog
from server.runs.graph_spec import GraphSpec
from server.runs.roster import Role
from server.runs.sizes import SizeLimits
from server.runs.worker import Worker
from server.specs import graph_specs, with_items
from server.startup import check_text_model
from server.threads.parts import open_threads
from server.tracing import open_traces, trace_only_if_asked
from server.trials.trials import Trials
from server.upkeep.now_and_then import tidy_now_and_then
from server.upkeep.rules import Rules
from server.vitals.side_door import open_side_door
from server.voiceovers.voiceovers import Voiceovers
from state.cost import Money
from tools.db.halts import FORBIDS_WORK, refuse_if_halted
from tools.ending import end_tasks
from tools.faults import arm
from tools.orders.cancelling import cancel_forever
from tools.registry import Toolbox, open_toolbox, use_toolbox
from tools.settings import Settings

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Parts:
    """A house with its equipment and its worker."""

    house: House
    tools: Toolbox
    events: EventLog
    worker: Worker
    projector: Projector
    sender: Sender


@asynccontextmanager
async def open_parts(
    settings: Settings,
    *,
    works: bool = True,
    role: Role = "work",
    specs: Mapping[str, GraphSpec] | None = None,
    side_door: bool = False,
) -> AsyncIterator[Parts]:
    """Open everything; with `works` this process also drives productions.

    `role` is what its worker is shown as; `specs` are the graphs it knows: all there are when not given. With
    `side_door` monitors are let in where the settings say, from before the start to the end of a drain.

    Raises:
        ConfigurationError, DatabaseError: one sentence each.
    """
    if works or role == "api":
        check_text_model(settings)
    arm(settings)
    trace_only_if_asked(settings)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(open_traces(settings))
        tools = await open_toolbox(settings)
        stack.push_async_callback(tools.close)
        if works or role == "api":
            await refuse_if_halted(tools.database, FORBIDS_WORK)
        use_toolbox(tools)
        stack.callback(use_toolbox, None)
        parts = _assembled(
            settings, tools, specs or graph_specs(), role, slots=settings.workers if works else 0
        )
        if side_door:
            await stack.enter_async_context(open_side_door(settings, parts.house.figures, parts.house.vitals))
        stack.push_async_callback(parts.events.close)
        parts.projector.attach(parts.events)
        # Whoever only looks signs nothing and stores nothing.
        peers = await Peers.of(settings, tools.media) if works or role == "api" else Peers()
        parts.events.tail.on_connect = peers.show
        parts.events.on_background = partial(_watch, parts)
        # A process that only works must hear, too, what others wrote.
        await parts.events.tail.open()
        await peers.agree(tools.database)
        _in_background(stack, parts, parts.projector.run(), name="projector")
        _in_background(stack, parts, parts.house.bells.run(), name="bells")
        _closed_with(stack, parts.house)
        stack.push_async_callback(parts.sender.close)
        if works:
            parts.events.tail.on_notice = parts.sender.ring
            _in_background(stack, parts, parts.sender.run(), name="sender")
            _in_background(stack, parts, sweep_expired(parts.house.items), name="items")
            for name, work in _now_and_then(settings, tools):
                _in_background(stack, parts, work, name=name)
            stack.push_async_callback(parts.sender.drain)
            stack.push_async_callback(parts.worker.stop, timeout_s=settings.drain_s)
            await parts.worker.start()
            parts.house.vitals.worker = parts.house.figures.worker = parts.worker
        yield parts


def _closed_with(stack: AsyncExitStack, house: House) -> None:
    stack.push_async_callback(house.sessions.flush)
    if house.trials is not None:
        stack.push_async_callback(house.trials.close)
    if house.voiceovers is not None:
        stack.push_async_callback(house.voiceovers.close)
    if house.accounts is not None:
        stack.push_async_callback(house.accounts.close)
    stack.push_async_callback(house.threads.hands.close)


@asynccontextmanager
async def open_house(
    settings: Settings, *, specs: Mapping[str, GraphSpec] | None = None, works: bool = True
) -> AsyncIterator[House]:
    """The house of the HTTP service: API and, unless told otherwise, worker in one process."""
    async with open_parts(settings, role="api", specs=specs, works=works) as parts:
        yield parts.house


def _assembled(
    settings: Settings, tools: Toolbox, specs: Mapping[str, GraphSpec], role: Role, *, slots: int
) -> Parts:
    database = tools.database
    projector = Projector(database)
    events = EventLog(database)
    with_accounts, quotas = settings.auth_mode == "token", open_quotas(settings)
    house = House(
        settings=settings, database=database, store=tools.media, events=events, bells=NovelaBells(database),
        runs=Runs(database, specs, quotas=quotas),
        threads=open_threads(
            database, specs, quotas=quotas, shortcut=events.tail.shortcut, limits=SizeLimits.of(settings)
        ),
        slots=slots, windows=open_windows(database, settings), specs=specs,
        sessions=Sessions(database, tools.clock),
        accounts=open_accounts(settings, database, tools.clock) if with_accounts else None,
        orders=tools.orders, trials=Trials(tools), voiceovers=Voiceovers(tools),
    )  # fmt: skip
    worker = Worker(
        database, with_items(specs, house.items), events,
        slots=settings.workers, lease_ttl_s=settings.lease_ttl_s, sweep_every_s=settings.sweep_every_s,
        patience_s=settings.queue_patience_s, drain_s=settings.drain_s, role=role, version=own_version(),
        limits=SizeLimits.of(settings),
        text_alert=Money.usd(settings.text_alert_usd),
    )  # fmt: skip
    sender = open_sender(settings, database, tools.clock, open_vault=tools.provider_keys.vault)
    return Parts(
        house=house, tools=tools, events=events, worker=worker, projector=projector, sender=sender
    )  # fmt: skip


def _now_and_then(settings: Settings, tools: Toolbox) -> Iterator[tuple[str, Coroutine[Any, Any, None]]]:
    """What a process that works looks after beside its runs."""
    yield "upkeep", tidy_now_and_then(tools.database, tools.media, Rules.of(settings), clock=tools.clock)
    yield "cancelling", cancel_forever(tools.orders.cancelling, every_s=settings.sweep_every_s)


def _in_background(
    stack: AsyncExitStack, parts: Parts, work: Coroutine[Any, Any, None], *, name: str
) -> None:
    """Start it, to end with the stack; an error that ends it is told at once, and monitors see it."""
    task = asyncio.create_task(work, name=name)
    _watch(parts, task)
    stack.push_async_callback(_end, task)


def _watch(parts: Parts, task: "asyncio.Task[None]") -> None:
    task.add_done_callback(_tell_of_death)
    parts.house.vitals.background.append(task)


def _tell_of_death(task: "asyncio.Task[None]") -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.critical("background_work_died", work=task.get_name(), exc_info=error)


async def _end(task: "asyncio.Task[None]") -> None:
    await end_tasks([task])
