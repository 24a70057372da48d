"""Locks: shots that are not made again, until somebody unlocks them.

They lie in the production's context, so that they can be set while it works: a run goes by what is locked
when it begins, and its branches begin with the same.
"""

from pathlib import Path
from typing import Any

from server.deps import House
from server.scenes.film import read_film, slates_named
from state.errors import RunNotFound
from state.locks import locked_in
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))


async def lock(house: House, production_id: str, item: str, *, user_id: str) -> list[str]:
    """Lock a shot, or all shots of a scene; everything that is locked now.

    Raises:
        RunNotFound, RecordConflict: there is no such production of this user, or it has no scenes.
        RecordNotFound: it has no such shot or scene.
    """
    slates = slates_named(await read_film(house, production_id, user_id=user_id), item)
    return await _change(house, production_id, user_id=user_id, add=slates)


async def unlock(house: House, production_id: str, item: str, *, user_id: str) -> list[str]:
    """The other way round; as `lock`."""
    slates = slates_named(await read_film(house, production_id, user_id=user_id), item)
    return await _change(house, production_id, user_id=user_id, remove=slates)


async def _change(
    house: House, production_id: str, *, user_id: str, add: list[str] | None = None,
    remove: list[str] | None = None,
) -> list[str]:  # fmt: skip
    params: dict[str, Any] = {
        "production": production_id, "user": user_id, "add": add or [], "remove": remove or [],
    }  # fmt: skip
    row = await house.database.fetch_one(SQL["change"], params)
    if row is None:
        raise RunNotFound()
    return locked_in(row)
