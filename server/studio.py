"""What LangGraph's own server must know of ours: give the equipment back when it stops.

`langgraph.json` names the app. It has no routes; the dev server runs its lifespan inside
its own, so that no database of ours is left running behind it.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette

from tools.registry import close_toolbox


@asynccontextmanager
async def lifespan(_: Starlette) -> AsyncIterator[None]:
    yield
    await close_toolbox()


app = Starlette(lifespan=lifespan)
