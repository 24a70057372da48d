"""What one did: each call that changed something (S3-68)."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from psycopg.rows import DictRow
from pydantic import Field

from server.accounts.audit import own_trail
from server.api.wire import ERRORS, Page, Turn, Wire, turn
from server.deps import HouseDep, UserDep
from server.limits.guard import COUNTED

router = APIRouter(prefix="/api/audit", tags=["accounts"], responses=ERRORS, dependencies=COUNTED)


class AuditView(Wire):
    """One call that changed something."""

    id: int = Field(description="Rises with every row.")
    user_id: str | None = Field(description="Who did it; nobody, once they are erased.")
    action: str = Field(description="What was done.", examples=["answer_gate"])
    entity_type: str = Field(description="To what kind of thing.", examples=["productions"])
    entity_id: str = Field(description="To which one.")
    details: dict[str, Any] = Field(description="Method, path, status, and the ids in the path.")
    ip_address: str = Field(description="From where.")
    user_agent: str = Field(description="With which program.")
    created_at: datetime = Field(description="When.")


@router.get("", summary="Read what you did")
async def list_own_audit(
    house: HouseDep, user_id: UserDep, wanted: Annotated[Turn, Depends(turn)]
) -> Page[AuditView]:
    """Your own calls that changed something, newest first."""
    rows, total = await own_trail(house.database, user_id=user_id, limit=wanted.limit, offset=wanted.offset)
    return Page(data=[shown(row) for row in rows], pagination=wanted.of(total))


def shown(row: DictRow) -> AuditView:
    return AuditView.model_validate({**row, "id": row["audit_id"]})
