"""Erase my data (S2-124)."""

from fastapi import APIRouter, Request, Response
from pydantic import ConfigDict, Field

from server.accounts.erase import Eraser
from server.api.wire import ERRORS, Answer, Body
from server.deps import AccountsDep, HouseDep, VisitorDep
from server.limits.guard import COUNTED
from tools.post.piece_cache import PIECES_FOLDER

router = APIRouter(prefix="/api/auth/erase", tags=["accounts"], responses=ERRORS, dependencies=COUNTED)


class EraseBody(Body):
    """The proof that it is really you."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"password": "a long sentence"}]})

    password: str = Field(max_length=100, description="Your password. There is no way back.")


@router.post("", summary="Erase your data")
async def erase_my_data(
    body: EraseBody, house: HouseDep, accounts: AccountsDep, visitor: VisitorDep, request: Request,
    response: Response,
) -> Answer[None]:  # fmt: skip
    """Your account and everything that is yours: rows, files, checkpoints, events. What runs is cancelled."""
    await accounts.prove(visitor.user_id, body.password)
    jobs = house.orders.cancelling if house.orders is not None else None
    eraser = Eraser(
        house.database, house.store, house.items, house.runs, accounts.clock, jobs,
        house.settings.data_dir / PIECES_FOLDER,
    )  # fmt: skip
    await eraser.erase(visitor.user_id)
    # That it was done goes on record, and not by whom.
    request.state.visitor, request.state.unnamed = None, True
    response.delete_cookie(accounts.cookie_name, path="/")
    return Answer(data=None, message="All of it is gone.")
