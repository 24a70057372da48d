"""What the place that a backup was taken of has bought since: looked for before anything is sent for it here.

It may have ordered with any key that its user had, so it is looked for with all of them.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from state.errors import ProviderError
from tools.engines.base import CannotTell
from tools.ledger.rings import hinted_ids
from tools.ledger.rows import OrderRow
from tools.orders.desk import Desk
from tools.orders.keys import EngineKey
from tools.orders.looking import external_id_of, is_known, jobs_since

T = TypeVar("T")
NOT_FOR_US = frozenset({"auth", "no_credit"})
"""Kinds with which a provider does not answer a key at all."""
CANNOT = "it may have been sent after the backup was taken, and the provider cannot be asked"
CANNOT_WITH_ALL = f"{CANNOT} with every key that it may have been ordered with"


async def settled_elsewhere(desk: Desk, row: OrderRow, *, epoch: int) -> OrderRow | None:
    """The order with its job, or free to be sent, or parked where an account cannot be looked into.

    Raises:
        KeyMissing, VaultError: there is no key to send it with, or one of the user's cannot be opened.
        ProviderError: the provider cannot be asked now; nothing is proven.
    """
    keys = await desk.keys.all_of(row)
    blind = 0
    for key in keys:
        found = await _bought(desk, row, key, must=key is keys[0])
        if (adopted := await _adopted(desk, row, found or [], key, epoch=epoch)) is not None:
            return adopted
        blind += found is None
    for key in keys:  # the provider may have rung while it was asked
        hinted = await _hinted(desk, row, key, must=key is keys[0])
        if (adopted := await _adopted(desk, row, hinted, key, epoch=epoch)) is not None:
            return adopted
    if blind:
        detail = CANNOT if blind == len(keys) else CANNOT_WITH_ALL
        return await desk.ledger.park(row, epoch=epoch, detail=detail)
    return await desk.ledger.nobody_else(row, epoch=epoch)


async def _bought(desk: Desk, row: OrderRow, key: EngineKey, *, must: bool) -> list[str] | None:
    """Jobs of this order in the key's account; None where that cannot be told. `must` as in `_answer`."""
    assert row.ask_since is not None  # noqa: S101 - looked at by whoever asks
    moment = min(row.ask_since, row.intent_at)
    if hinted := await _hinted(desk, row, key, must=must):
        return hinted

    async def jobs() -> list[str] | None:
        try:
            return await jobs_since(desk, row, moment, key=key)
        except CannotTell:
            return None

    return await _answer(jobs, None, must=must)


async def _hinted(desk: Desk, row: OrderRow, key: EngineKey, *, must: bool) -> list[str]:
    """Jobs that the provider itself rang with, as far as this key sees them."""
    hinted = await hinted_ids(desk.ledger.database, row.call_key)
    named = [external_id_of(desk.engine_of(row), row, job_id) for job_id in hinted]

    async def known() -> list[str]:
        return [one for one in named if await is_known(desk, row, one, key=key)]

    return await _answer(known, [], must=must)


async def _answer(ask: Callable[[], Awaitable[T]], nothing: T, *, must: bool) -> T:
    """What the provider says; `nothing` where it answers no such key, unless it `must` be asked."""
    try:
        return await ask()
    except ProviderError as error:
        if must or error.kind not in NOT_FOR_US:
            raise
        return nothing


async def _adopted(
    desk: Desk, row: OrderRow, jobs: list[str], key: EngineKey, *, epoch: int
) -> OrderRow | None:
    """The order with the first of these jobs that no other order has, and with the key that sees it."""
    for external_id in jobs:
        adopted = await desk.ledger.adopt_elsewhere(row, external_id, epoch=epoch, sent_with=key.sent_with)
        if adopted is not None:
            return adopted
    return None
