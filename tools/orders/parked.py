"""Orders of which nobody can tell what became of them: shown to their user, and settled as that decides.

A decision sends nothing by itself. What is to be sent again is reserved, and the production sends it when it
goes on, as it does everything else: so no decision waits for a slow provider, or is lost with a process.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from psycopg.rows import DictRow

from state.cost import ZERO, Money
from state.errors import OrderError, ProviderError, RecordConflict, RecordNotFound
from tools.engines.base import Reconcile
from tools.ledger.parked import ParkedLedger
from tools.ledger.rows import OrderRow, SentWith
from tools.orders.desk import Desk
from tools.orders.looking import NO_SUCH_JOB, external_id_of, known_by_rings
from tools.orders.watched import provider_call

Decision = Literal["it_never_arrived", "it_is_this_job", "give_up"]
DECISIONS: tuple[Decision, ...] = get_args(Decision)
CAN_BE_ASKED: dict[Reconcile | None, str] = {
    "findable": "It shows its jobs on its own pages: look for one of that moment with this prompt.",
    "idempotent_submit": "The same request again starts no second job there.",
    "webhook_only": "It rings when a job changes, and lists none: only its own pages show what you bought.",
    "blind": "It lists no jobs: only its own pages show what you bought.",
    None: "This server has no way to ask it: only its own pages show what you bought.",
}
"""What can be found out where, by how an engine finds jobs again; None: there is no such engine here."""


@dataclass(frozen=True, kw_only=True)
class ParkedOrder:
    """One order that waits for a person."""

    call_key: str
    attempt: int
    """Which request of it was lost; a decision is about that one."""
    production_id: str
    title: str | None
    production_status: str
    stage: str
    item: str
    take_number: int
    medium: str
    provider: str
    model: str
    price: Money
    """What another request for it would be reserved with."""
    unknown: Money
    """What counts as perhaps spent for it."""
    why: str
    since: datetime
    sent_at: datetime | None
    """When the request left, as far as is known here."""
    external_id: str | None
    """The provider's id of its job, where it came too late, or where the provider has rung with one since."""
    ask: str
    """What the provider can be asked, in words."""
    choices: tuple[Decision, ...]

    def costs(self, decision: Decision) -> Money:
        """What this decision may add to what counts as spent."""
        return self.price if decision == "it_never_arrived" else ZERO


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What became of a decision."""

    row: OrderRow
    decision: Decision
    """What was done: another one than was asked for where the job's id had come after all."""
    external_id: str = ""
    repeated: bool = False


class ParkedOrders:
    """Shows and settles. Holds no state."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._ledger = ParkedLedger(desk.ledger)

    async def listed(
        self, user_id: str, *, production_id: str | None = None, limit: int = 100, offset: int = 0
    ) -> tuple[list[ParkedOrder], int]:
        """A user's parked orders, or those of one production, the newest first, and how many there are."""
        rows, total = await self._ledger.listed(
            user_id, production_id=production_id, limit=limit, offset=offset
        )
        return [self._shown(row) for row in rows], total

    async def settle(
        self,
        call_key: str,
        decision: Decision,
        *,
        user_id: str,
        attempt: int | None = None,
        external_id: str = "",
        by: str = "",
    ) -> Settled:
        """Carry out what a person decided. The same again changes nothing and says the same.

        `attempt` is the request that they looked at, `external_id` the provider's name of the job that it is.

        Raises:
            RecordNotFound: this user has no such order.
            RecordConflict: it is not parked, or was settled otherwise, or parked once more since.
            OrderError: the provider has no such job, another order owns it, or nothing can be sent for it.
            ProviderError: the provider cannot be asked for the job now; it stays parked.
            SpendingBlocked: its price does not fit any more; it stays parked.
        """
        row = await self._desk.ledger.read(call_key)
        status = await self._ledger.status(row.production_id) if row and row.production_id else ""
        if row is None or row.user_id != user_id or row.kind != "engine" or not status:
            raise _no_such_order(call_key)
        if row.state != "unknown" or attempt not in (None, row.attempt):
            return _again(row, decision, attempt=attempt, external_id=external_id)
        if attempt is None and row.settled is not None:
            raise RecordConflict(
                "This order was settled before, and its next request was lost, too.",
                user_action="Look at it again, and name the attempt that you decide about.",
                details={"order": call_key, "attempt": row.attempt},
            )
        told = await self._carry_out(row, decision, external_id, by=by or user_id, status=status)
        if told is None:  # somebody else was quicker
            return _again(
                await self._desk.current(call_key), decision, attempt=row.attempt, external_id=external_id
            )
        return told

    async def given_up_with_its_production(self, row: OrderRow) -> OrderRow:
        """Of a production that was deleted, an order that has failed: a branch waits for nobody's word then.

        Nobody is shown it any more. Nor would the branch have it if somebody could still say that it is this
        job: what its parent waits for it orders for itself, and would pay beside that. So it goes on without:
        its next gate says so, and another one is bought only at a price that a person has seen. What the lost
        request cost is unknown until the bill is told (`greenlight budget unknown`). Any other order is as it
        was.
        """
        given_up = await self._ledger.give_up_deleted(row.call_key)
        return given_up[0] if given_up else row

    async def _carry_out(
        self, row: OrderRow, decision: Decision, external_id: str, *, by: str, status: str
    ) -> Settled | None:
        if decision == "give_up":
            given_up = await self._ledger.give_up(row, _settled(row, decision, "", by))
            return None if given_up is None else Settled(row=given_up, decision=decision)
        _refuse_elsewhere(row)
        if decision == "it_is_this_job":
            # The id as people see it there, or as we have it.
            external_id = external_id_of(self._desk.engine_of(row), row, external_id)
            key = await self._seen_with(row, external_id)
            return await self._adopted(row, external_id, by=by, key=key)
        # The id came after all: somebody was slow, or the provider itself rang with the job since.
        arrived = [row.recorded_id] if row.recorded_id else await known_by_rings(self._desk, row)
        if arrived:
            return await self._adopted(row, arrived[0], by=by, key=row.sent_with, asked=decision)
        if status == "completed":
            raise RecordConflict(
                "Its production is finished: nothing waits for this order any more.",
                user_action="Give it up; what it may have cost stays booked as unknown.",
                details={"order": row.call_key},
            )
        again = await self._ledger.send_again(row, _settled(row, decision, "", by))
        return None if again is None else Settled(row=again, decision=decision)

    async def _adopted(
        self,
        row: OrderRow,
        external_id: str,
        *,
        by: str,
        key: SentWith,
        asked: Decision = "it_is_this_job",
    ) -> Settled | None:
        decided = _settled(row, asked, external_id, by)
        adopted = await self._ledger.adopt(row, external_id, decided, sent_with=key)
        if adopted is not None:
            return Settled(row=adopted, decision="it_is_this_job", external_id=external_id)
        if (await self._desk.current(row.call_key)).state != "unknown":
            return None
        raise OrderError(
            f"job {external_id} belongs to another order, or to an earlier request of this one",
            user_action="Name the job that this request started.",
            details={"order": row.call_key, "job": external_id},
        )

    async def _seen_with(self, row: OrderRow, external_id: str) -> SentWith:
        """The key with which the provider itself says that there is such a job: that of the request.

        Where it is not known which that was, the first of all that it may have been sent with.

        Raises:
            OrderError: no account of these has it.
            ProviderError: one could not be asked.
        """
        known = any(row.sent_with)
        failed: list[ProviderError] = []
        for key in [None] if known else await self._desk.keys.all_of(row):
            try:
                with provider_call(row, "status"):
                    async with self._desk.asking(row, key) as asked_with:
                        await self._desk.engine_of(row).status(external_id)
                return row.sent_with if known else asked_with.sent_with
            except ProviderError as error:
                failed.append(error)
        # One account that could not be asked may have it.
        if unproven := [error for error in failed if error.kind not in NO_SUCH_JOB]:
            raise unproven[0]
        raise _no_such_job(row, external_id, failed[0]) from failed[0]

    def _shown(self, row: DictRow) -> ParkedOrder:
        engine = self._desk.engines.get(row["provider"])
        return ParkedOrder(
            **{name: row[name] for name in SAME},
            price=Money(micros=row["price"]), unknown=Money(micros=row["held"]),
            ask=CAN_BE_ASKED[engine.reconcile if engine else None],
            choices=("give_up",) if row["elsewhere"] else DECISIONS,
        )  # fmt: skip


SAME = (
    "call_key", "attempt", "production_id", "title", "production_status", "stage", "item", "take_number",
    "medium", "provider", "model", "why", "since", "sent_at", "external_id",
)  # fmt: skip


def _settled(row: OrderRow, decision: Decision, external_id: str, by: str) -> dict[str, Any]:
    """As it is kept: what was asked for, and about which request."""
    return {"attempt": row.attempt, "decision": decision, "external_id": external_id, "by": by}


def _again(row: OrderRow, decision: Decision, *, attempt: int | None, external_id: str) -> Settled:
    """The same decision once more is answered as it was.

    Raises:
        RecordConflict: it was another decision, about another request, or there was none.
    """
    kept = row.settled or {}
    same = kept.get("decision") == decision and (not external_id or kept.get("external_id") == external_id)
    if same and attempt in (None, kept.get("attempt")):
        done: Decision = "it_is_this_job" if kept["external_id"] else decision
        return Settled(row=row, decision=done, external_id=kept["external_id"], repeated=True)
    was = f"was settled as {kept['decision']}" if kept else f"is {row.state}"
    raise RecordConflict(
        f"This order {was}, and waits for no such decision.",
        user_action="Look at what waits for one now.",
        details={"order": row.call_key, "state": row.state, "attempt": row.attempt},
    )


def _refuse_elsewhere(row: OrderRow) -> None:
    if row.elsewhere:
        raise OrderError(
            f"order {row.call_key} came in an archive: nothing is reserved for it here",
            user_action="Ask for a new take (RED or regenerate): that is priced and approved here.",
        )


def _no_such_job(row: OrderRow, external_id: str, error: ProviderError) -> OrderError:
    return OrderError(
        f"{row.provider} has no job {external_id}",
        user_action="Copy its id from the provider's pages, or from its list of jobs.",
        details={"order": row.call_key, "job": external_id, "reason": error.message},
    )


def _no_such_order(call_key: str) -> RecordNotFound:
    return RecordNotFound(
        "There is no such parked order.",
        user_action="Look at the list of those that are parked, and name one by its key.",
        details={"order": call_key},
    )
