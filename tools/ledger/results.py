"""What was bought before and answers an equal request of the same user for nothing.

Equal is what has the same digest: model, prompt, seed and everything else that is asked for.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel

from state.cost import ZERO
from state.media import MediaRef
from state.order import BY_HAND, FIRST, decision_of
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.ledger.rows import Claim

SQL = named_queries(Path(__file__).with_suffix(".sql"))
LASTS_S = 7 * 24 * 3600
"""How long a result answers equal requests, in seconds from when it was stored."""


class StoredResult(BaseModel, frozen=True):
    """A finished order that may answer another one."""

    call_key: str
    media: MediaRef
    done_at: datetime

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """Read a database row; columns that are not needed are left out."""
        return cls.model_validate(row)


def may_be_answered(claim: Claim) -> bool:
    """Whether nobody asks for another one, and it would cost something.

    An answer at a gate (RED, regenerate, re-shoot), an automatic redo and another start are decisions to buy.
    What a stand-in makes is never taken for what was wanted.
    """
    unasked = decision_of(claim.cause) == FIRST or claim.cause.startswith(BY_HAND)
    return claim.kind == "engine" and unasked and claim.price != ZERO and not claim.degraded


async def find_result(
    database: Database, claim: Claim, *, lasts_s: float = LASTS_S, at: datetime | None = None
) -> StoredResult | None:
    """The newest stored result for this claim; `at` is the moment to look from, the database's own when None.

    One statement. Whether its file still lies in the store is for the caller to see.
    """
    asked = claim.model_dump(include={"production_id", "provider", "model", "call_key"})
    named = {**asked, "request_hash": claim.request_hash, "lasts_s": lasts_s, "at": at}
    row = await database.fetch_one(SQL["find"], named)
    return None if row is None else StoredResult.of(row)
