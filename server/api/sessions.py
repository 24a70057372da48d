"""The session of whoever uses this process (S1-01)."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import Field

from server.api.wire import Answer, Wire
from server.deps import SessionDep
from server.limits.guard import COUNTED

router = APIRouter(prefix="/api/session", tags=["session"], dependencies=COUNTED)


class SessionView(Wire):
    """Without accounts there is one session; it opens with the first call."""

    id: str = Field(description="The session's id.")
    user_id: str = Field(description="Whose it is.", examples=["local"])
    created_at: datetime = Field(description="When it was opened.")
    last_activity: datetime = Field(description="Moves forward with every call.")


@router.get("", summary="Read the session")
async def read_session(session: SessionDep) -> Answer[SessionView]:
    """The same id on every call, a later `lastActivity`."""
    return Answer(
        data=SessionView(
            id=str(session.id),
            user_id=session.user_id,
            created_at=session.created_at,
            last_activity=session.last_activity,
        )
    )
