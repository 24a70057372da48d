"""A branch of a production: its line of states in a thread of its own, answered or changed differently."""

import uuid
from dataclasses import asdict, dataclass
from typing import Any

from server.branches.changes import change_state
from server.branches.copy import Sheet, copy_line, discard
from server.branches.places import Place, find_place
from server.briefs import check_text_models
from server.deps import House
from server.own_pictures import check_keys
from server.runs.amounts import ceiling_micros, with_amounts
from server.runs.head import Head, read_head, settle
from server.runs.reply_check import check_reply
from state.context import RunContext
from state.errors import BriefIncomplete, ReviewRefused
from state.tier import Tier


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Where a branch leaves its parent, and what is different in it."""

    checkpoint_id: str | None = None
    values: dict[str, Any] | None = None
    as_node: str | None = None
    reply: dict[str, Any] | None = None
    interrupt_id: str | None = None
    title: str | None = None
    ceiling_usd: str | None = None
    tier: Tier | None = None
    """Draft or final from here on; None is the parent's."""

    @property
    def changes(self) -> bool:
        """Whether the state itself is changed."""
        return self.values is not None or self.as_node is not None


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A branch as it stands when it is made."""

    production_id: str
    parent_production_id: str
    parent_checkpoint_id: str
    status: str
    interrupts: list[dict[str, Any]]
    run_id: str | None = None
    """The run that goes on in it; None while it waits for somebody."""


async def fork(house: House, production_id: str, difference: Difference, *, user_id: str) -> Branch:
    """Make a branch. What is refused leaves nothing behind, and the parent is never written to.

    Raises:
        RunNotFound, RecordNotFound: no such production or checkpoint of this user.
        RecordConflict: it has no state to leave from.
        BriefIncomplete: values or a node that the graph does not have, or a text model that the tier
            refuses.
        ReviewRefused: the reply does not answer what is asked there.
    """
    _check(difference)
    place = await find_place(
        house.database, production_id, user_id=user_id, checkpoint_id=difference.checkpoint_id,
        graphs=house.specs,
    )  # fmt: skip
    check_keys(difference.values, user_id=user_id, field="values")
    if difference.tier is not None:
        knobs = {**asdict(RunContext()), **place.context, "tier": difference.tier}
        check_text_models(place.graph, knobs, openai_model=house.settings.openai_model)
    sheet = _sheet(place, difference)
    await copy_line(house.database, place, sheet, user_id=user_id)
    try:
        head = await _settled(house, place, sheet.branch_id, difference, user_id=user_id)
        run_id = await _go_on(house, sheet.branch_id, head, difference, user_id=user_id)
    except BaseException:
        await discard(house.database, sheet.branch_id)
        raise
    return Branch(
        production_id=sheet.branch_id, parent_production_id=place.production_id,
        parent_checkpoint_id=place.checkpoint_id, status="queued" if run_id else head.status,
        interrupts=[] if run_id else head.interrupts, run_id=run_id,
    )  # fmt: skip


def _check(difference: Difference) -> None:
    if difference.changes and difference.reply is not None:
        raise BriefIncomplete(
            "reply: a changed state asks its question again, so it cannot be answered in the same call",
            user_action="Send `values` first, then answer the gate of the branch.",
        )


def _sheet(place: Place, difference: Difference) -> Sheet:
    """The branch's own budget and tier are its parent's, unless others are given."""
    ceiling = difference.ceiling_usd
    context: dict[str, Any] = {} if ceiling is None else with_amounts({"ceiling_usd": ceiling})
    if difference.tier is not None:
        context["tier"] = difference.tier
    return Sheet(
        branch_id=str(uuid.uuid4()),
        title=difference.title or f"{place.title} (branch)",
        ceiling_micros=None if ceiling is None else ceiling_micros(context),
        context=context,
    )


async def _settled(
    house: House, place: Place, branch_id: str, difference: Difference, *, user_id: str
) -> Head:
    """The branch's head, changed if that was asked for, written into its row and its log."""
    async with house.threads.hands.hold(branch_id, user_id=user_id) as (slot, claim):
        graph = slot.graph(claim.graph)
        if difference.changes:
            await change_state(
                house.database, graph, claim, place, values=difference.values, as_node=difference.as_node
            )
        head, _ = await read_head(graph, branch_id)
        if difference.reply is not None:
            _check_answer(house, place, head, difference)
        return await settle(house.database, claim, house.specs[claim.graph], graph, by="fork")


def _check_answer(house: House, place: Place, head: Head, difference: Difference) -> None:
    """Hold the reply against the question before anybody sees the branch."""
    open_ones = {one["id"]: one for one in head.interrupts}
    wanted = difference.interrupt_id or (next(iter(open_ones)) if len(open_ones) == 1 else None)
    if wanted not in open_ones:
        raise ReviewRefused(
            "reply: no question is open at this checkpoint." if not open_ones
            else "interrupt_id: name one of the questions that are open at this checkpoint.",
            user_action="Choose a checkpoint at which a gate asks.",
            details={"interrupt_ids": sorted(open_ones)},
        )  # fmt: skip
    question, reply = open_ones[wanted], difference.reply or {}
    check_reply(question["response_schema"], reply)
    house.specs[place.graph].validate_reply(question["value"], reply)


async def _go_on(
    house: House, branch_id: str, head: Head, difference: Difference, *, user_id: str
) -> str | None:
    if difference.reply is not None:
        accepted = await house.runs.answer(
            user_id=user_id, production_id=branch_id, interrupt_id=difference.interrupt_id,
            reply=difference.reply,
        )  # fmt: skip
        return accepted.run_id
    if difference.changes and head.next and not head.interrupts:
        return (await house.runs.resume(user_id=user_id, production_id=branch_id)).run_id
    return None
