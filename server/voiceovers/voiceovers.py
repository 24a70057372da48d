"""Has lines spoken for a cut: each is an order of its production, so nothing is paid twice.

The same request is the same order. A process that dies leaves it as it is: whoever sends the request again
goes on with it, fetches what was paid, and sends only what never left.
"""

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Literal
from weakref import WeakValueDictionary

import structlog

from server.records import media_rows
from server.records.productions import get_production
from server.runs.queue import ring_for
from server.voiceovers.plan import Plan, plan_of
from server.voiceovers.wish import Film, Wish
from state.errors import GreenlightError, LeaseLost, MediaMissing, RecordConflict, RecordNotFound
from state.line_times import tells_words, word_times
from state.media import MediaRef
from state.order import Delivery, WordTime
from tools.ending import end_tasks
from tools.faults import fault_point
from tools.ledger.rows import OrderRow
from tools.orders.desk import FaultHook
from tools.orders.options import OrderOptions
from tools.orders.place import Orders
from tools.orders.pricing import submit_priced
from tools.orders.webhook_urls import webhook_url_of
from tools.registry import Toolbox
from tools.resilience.retry import NO_JOB_YET

TAG = "voiceover"
"""Of every line in the library: it is found again by it."""
AT_WORK = ("queued", "running")
TITLE_LETTERS = 80
log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A line that lies in the library."""

    media_id: str
    media: MediaRef
    words: list[WordTime]
    """Seconds from the beginning of the sound."""
    word_times: Literal["measured", "estimated"]
    delivery: Delivery


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What became of a request."""

    plan: Plan
    state: Literal["offered", "running", "made"]
    spoken: Spoken | None = None


class Voiceovers:
    """Has lines spoken, for one process."""

    def __init__(self, tools: Toolbox, *, fault: FaultHook = fault_point) -> None:
        self._tools = tools
        self._fault = fault
        self._making: dict[str, asyncio.Task[Spoken]] = {}
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def close(self) -> None:
        """Leave those that are being made as they are: what was sent is found again."""
        await end_tasks(self._making.values())

    async def plan(self, wish: Wish, film: Film) -> Plan:
        """Who would speak it, and what it costs; raises as `plan_of`."""
        return plan_of(wish, film, await self._tools.for_user(film.user_id))

    async def ask(self, plan: Plan, *, quote_id: str | None = None, patience_s: float | None = None) -> Asked:
        """Have it spoken where it may be, and wait for it at most so long.

        It goes on when nobody waits any more; the same request says how far it is.

        Raises:
            ReviewRefused: something else was approved.
            RecordConflict: a run of the production is at work.
            SpendingBlocked: ceiling, budget of the day or a stop; nothing left.
            ProviderError, OrderParked: what became of the order, each time that it is asked for.
        """
        may, row = plan.is_approved(quote_id), await self._row(plan)
        if not may and _would_be_sent(row):
            return Asked(plan=plan, state="offered")
        if row is None or row.state != "done":
            await self._check_at_rest(plan)
        task = self._task(plan, approves=quote_id is not None)
        await asyncio.wait({task}, timeout=patience_s)
        if not task.done():
            return Asked(plan=plan, state="running")
        return Asked(plan=plan, state="made", spoken=task.result())

    async def _row(self, plan: Plan) -> OrderRow | None:
        key = plan.order.call_key
        return (await self._tools.orders.placed([key])).get(key)

    async def _check_at_rest(self, plan: Plan) -> None:
        """Whoever drives the production alone may order for it."""
        production = plan.order.production_id
        found = await get_production(self._tools.database, production, user_id=plan.user_id)
        if found["status"] in AT_WORK:
            raise _at_work()

    def _task(self, plan: Plan, *, approves: bool) -> asyncio.Task[Spoken]:
        key = plan.order.call_key
        if (running := self._making.get(key)) is not None:
            return running
        task = asyncio.create_task(self._make(plan, approves=approves), name=f"voiceover {key}")
        self._making[key] = task
        task.add_done_callback(partial(self._made, key))
        return task

    def _made(self, key: str, task: asyncio.Task[Spoken]) -> None:
        """Somebody may wait for it no more: then the log alone says why it failed."""
        self._making.pop(key, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            told = error.message if isinstance(error, GreenlightError) else type(error).__name__
            log.warning("voiceover_failed", call_key=key, error=told)

    async def _make(self, plan: Plan, *, approves: bool) -> Spoken:
        """One at a time of a production: whoever orders holds its lease."""
        production = plan.order.production_id
        async with self._turns.setdefault(production, asyncio.Lock()):
            delivery = await self._tools.orders.delivered(plan.order.call_key)
            if delivery is None:
                delivery = await self._ordered(plan, approves=approves)
        return await self._kept(plan, delivery)

    async def _ordered(self, plan: Plan, *, approves: bool) -> Delivery:
        production, orders = plan.order.production_id, self._orders()
        try:
            if approves:
                await orders.approve(production, plan.quote, cause=TAG)
            ticket = await submit_priced(orders, plan.order, plan.call, route=plan.route)
            return await orders.collect(ticket)
        except LeaseLost as exc:
            raise _at_work() from exc
        finally:
            await orders.close()
            # Whoever answered a gate meanwhile found the production taken.
            await ring_for(self._tools.database, production)

    async def _kept(self, plan: Plan, delivery: Delivery) -> Spoken:
        """In the library, once; what a person has called it since stays."""
        media, user = delivery.media, plan.user_id
        await self._young(media)
        where = {
            "user": user, "production": plan.order.production_id, "at": self._tools.clock.now(),
            "novela": None, "episode": None, "scene": None,
        }  # fmt: skip
        async with self._tools.database.transaction() as connection:
            try:
                found = await media_rows.id_of_media(connection, media.key, user_id=user)
            except RecordNotFound:
                title = " ".join(plan.request.text.split())[:TITLE_LETTERS]
                name = media_rows.name_as_kept(f"voiceover-{plan.order.item}.wav", media)
                await media_rows.keep_media(
                    connection, where, media, title=title, job_id=delivery.call_key, file_name=name
                )
                found = await media_rows.id_of_media(connection, media.key, user_id=user)
        await media_rows.tag_media(self._tools.database, [found], user_id=user, add=[TAG], remove=[])
        text = plan.request.text
        return Spoken(
            media_id=found, media=media, words=word_times(delivery, text), delivery=delivery,
            word_times="measured" if tells_words(delivery) else "estimated",
        )  # fmt: skip

    async def _young(self, media: MediaRef) -> None:
        """So that no sweep takes it before a cut names it."""
        try:
            await self._tools.media.renew(media.key)
        except MediaMissing as exc:
            raise MediaMissing(
                "This line was spoken before, and its file was deleted since.",
                user_action="Ask for another `take` of it.",
                details={"field": "take"},
            ) from exc

    def _orders(self) -> Orders:
        """Of its own, so that its lease is given back at once."""
        tools = self._tools
        return Orders(
            tools.database, tools.media, tools.engines, options=OrderOptions.from_settings(tools.settings),
            clock=tools.clock, fault=self._fault, keys=tools.engine_keys,
            webhook_of=partial(webhook_url_of, settings=tools.settings), rings=tools.rings,
        )  # fmt: skip


def _would_be_sent(row: OrderRow | None) -> bool:
    """Whether asking for it buys it: what has ended says again how, and what is under way was approved."""
    return row is None or (row.state == "failed" and row.error_kind in NO_JOB_YET)


def _at_work() -> RecordConflict:
    return RecordConflict(
        "A run of this production is at work: only it may order for the production now.",
        user_action="Wait until it ends or asks something, then send the same again.",
    )
