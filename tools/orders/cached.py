"""The result cache: what a user has bought answers an equal order of theirs for nothing, for seven days.

Only what is finished counts. Of two equal orders that are placed at once both are bought: one that waited
for the other would share its fate, its production and its approval.
"""

import structlog

from state.errors import MediaMissing
from tools.ledger.results import StoredResult, find_result, may_be_answered
from tools.ledger.rows import Claim
from tools.orders.desk import Desk

log = structlog.get_logger(__name__)


async def stored_result(desk: Desk, claim: Claim) -> StoredResult | None:
    """A result for this claim whose file still lies in the store; None asks nobody else, it is bought.

    Raises:
        StoreUnreachable: the store does not answer now; nothing is bought for that.
    """
    if not may_be_answered(claim):
        return None
    found = await find_result(desk.ledger.database, claim, lasts_s=desk.options.cache_s)
    if found is None:
        return None
    try:
        # What names it is about to be written: until then nobody tidies it away.
        await desk.store.renew(found.media.key)
    except MediaMissing:
        log.info("stored_result_gone", call_key=claim.call_key, source=found.call_key)
        return None
    return found
