"""Assistants: one of the system's per graph, read-only, and presets of their own for users."""

import uuid
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Response

from server.deps import House, HouseDep, UserDep
from server.protocol.assistant_bodies import (
    AssistantCount,
    AssistantFields,
    AssistantSearch,
    LatestVersion,
    NewAssistant,
    VersionSearch,
)
from server.protocol.assistant_ids import read_assistant_id, resolve_assistant, system_assistants, system_id
from server.protocol.graph_shapes import drawing_of, schemas_of, subgraphs_of
from server.protocol.presets import preset_of
from server.protocol.shapes import AssistantVersionView, AssistantView, GraphSchemas
from server.protocol.wire import ERRORS, JsonAnswer, JsonRoute, found, page_headers
from server.records import assistants
from server.runs.graph_spec import AnyGraph
from state.errors import BriefIncomplete, RecordConflict, RecordNotFound

router = APIRouter(prefix="/assistants", tags=["assistants"], route_class=JsonRoute, responses=ERRORS)
VERSION_FIELDS = tuple(AssistantVersionView.model_fields)
FIELDS = tuple(AssistantView.model_fields)
LIVE = ("queued", "running", "paused")
DEEPEST_XRAY = 32


async def assistant_id(
    house: HouseDep,
    assistant_id: Annotated[
        str, Path(description="The assistant's id, or the name of its graph.", examples=["novela"])
    ],
) -> str:
    """The assistant that the path names."""
    return read_assistant_id(house, assistant_id)


AssistantId = Annotated[str, Depends(assistant_id)]


async def read_xray(
    xray: Annotated[
        str, Query(description="Look into subgraphs: `true`, `false`, or how deep.", examples=["true"])
    ] = "false",
) -> bool | int:
    """How deep to look.

    Raises:
        BriefIncomplete: neither yes, no, nor a depth.
    """
    said = xray.strip().lower()
    if said in ("true", "false"):
        return said == "true"
    if said.isascii() and said.isdigit() and len(said) < 4:
        return min(int(said), DEEPEST_XRAY)
    raise BriefIncomplete("xray: must be true, false or a depth from 0")


@router.post("/search", summary="Search assistants", response_model=found(AssistantView, "FoundAssistant"))
async def search(body: AssistantSearch, house: HouseDep, user_id: UserDep) -> Response:
    """The graphs' own and the user's; the total and the next offset are headers."""
    wanted = {**body.filters(), "limit": body.limit, "offset": body.offset, **body.order()}
    rows, total = await assistants.search_assistants(
        house.database, wanted, user_id=user_id, system=system_assistants(house)
    )
    headers = page_headers(total=total, offset=body.offset, shown=len(rows))
    return JsonAnswer([_view(row, body.select or FIELDS) for row in rows], headers=headers)


@router.post("/count", summary="Count assistants")
async def count(body: AssistantCount, house: HouseDep, user_id: UserDep) -> int:
    """How many a search with these filters would find."""
    return await assistants.count_assistants(
        house.database, body.filters(), user_id=user_id, system=system_assistants(house)
    )


@router.post("", summary="Create an assistant", response_model=AssistantView)
async def create(body: NewAssistant, house: HouseDep, user_id: UserDep) -> Response:
    """A preset of the user's own: a graph with the knobs that its runs start from."""
    wanted = str(body.assistant_id or uuid.uuid4())
    if _is_system(house, wanted):
        return await _existing(house, user_id, wanted, body.if_exists)
    fields = preset_of(house, body, graph_id=body.graph_id)
    fields["name"] = fields["name"] or "Untitled"
    filled = {
        name: {} if fields[name] is None else fields[name] for name in ("config", "context", "metadata")
    }
    row = await assistants.create_assistant(house.database, wanted, fields | filled, user_id=user_id)
    if row is None:
        return await _existing(house, user_id, wanted, body.if_exists)
    return JsonAnswer(_view(row))


@router.get("/{assistant_id}", summary="Read an assistant", response_model=AssistantView)
async def read(assistant_id: AssistantId, house: HouseDep, user_id: UserDep) -> Response:
    """One assistant as it is now."""
    return JsonAnswer(await _seen(house, user_id, assistant_id))


@router.patch("/{assistant_id}", summary="Change an assistant", response_model=AssistantView)
async def change(
    assistant_id: AssistantId, body: AssistantFields, house: HouseDep, user_id: UserDep
) -> Response:
    """A new version: what is not named stays, metadata is merged."""
    _refuse_system(house, assistant_id)
    now = await assistants.get_assistant(house.database, assistant_id, user_id=user_id, system=[])
    fields = preset_of(house, body, graph_id=body.graph_id or now["graph_id"])
    row = await assistants.change_assistant(house.database, assistant_id, fields, user_id=user_id)
    return JsonAnswer(_view(row))


@router.delete("/{assistant_id}", summary="Delete an assistant", status_code=204)
async def delete(
    assistant_id: AssistantId,
    house: HouseDep,
    user_id: UserDep,
    delete_threads: Annotated[bool, Query(description="Stop and hide the threads it was used on.")] = False,
) -> None:
    """It goes with its versions; its threads stay unless they are named."""
    _refuse_system(house, assistant_id)
    await assistants.get_assistant(house.database, assistant_id, user_id=user_id, system=[])
    if delete_threads:
        await _hide_threads(house, user_id, assistant_id)
    await assistants.delete_assistant(house.database, assistant_id, user_id=user_id)


async def _hide_threads(house: House, user_id: str, assistant_id: str) -> None:
    """Stop what runs on its threads, then show them no more; asked again, it goes on where it was."""
    for thread in await assistants.threads_of(house.database, assistant_id, user_id=user_id):
        if thread["status"] in LIVE:
            # It may have ended since it was listed, and that is as good.
            with suppress(RecordConflict):
                await house.runs.cancel(user_id=user_id, production_id=str(thread["production_id"]))
    await assistants.hide_threads(house.database, assistant_id, user_id=user_id)


@router.get("/{assistant_id}/graph", summary="Draw an assistant's graph")
async def draw(
    assistant_id: AssistantId,
    house: HouseDep,
    user_id: UserDep,
    xray: Annotated[bool | int, Depends(read_xray)],
) -> dict[str, list[dict[str, Any]]]:
    """Its nodes and edges."""
    return drawing_of((await _graph(house, user_id, assistant_id))[0], xray)


@router.get("/{assistant_id}/schemas", summary="Read an assistant's schemas")
async def schemas(assistant_id: AssistantId, house: HouseDep, user_id: UserDep) -> GraphSchemas:
    """JSON schemas of what its graph takes, holds and gives."""
    return schemas_of(*await _graph(house, user_id, assistant_id))


Recurse = Annotated[bool, Query(description="Look into subgraphs of subgraphs.")]


@router.get("/{assistant_id}/subgraphs", summary="List an assistant's subgraphs")
async def subgraphs(
    assistant_id: AssistantId, house: HouseDep, user_id: UserDep, recurse: Recurse = False
) -> dict[str, GraphSchemas]:
    """The schemas of each graph inside its graph, by namespace."""
    return subgraphs_of((await _graph(house, user_id, assistant_id))[0], recurse=recurse)


@router.get("/{assistant_id}/subgraphs/{namespace}", summary="Read one of an assistant's subgraphs")
async def subgraph(
    assistant_id: AssistantId,
    namespace: Annotated[str, Path(description="The subgraph's namespace.", examples=["shooting"])],
    house: HouseDep,
    user_id: UserDep,
    recurse: Recurse = False,
) -> dict[str, GraphSchemas]:
    """The subgraph of this namespace, and with `recurse` those inside it."""
    inside = subgraphs_of((await _graph(house, user_id, assistant_id))[0], recurse=True)
    if namespace not in inside:
        raise RecordNotFound(f"The graph has no such subgraph; it has {', '.join(inside) or 'none'}.")
    below = [name for name in inside if name.startswith(f"{namespace}|")] if recurse else []
    return {name: inside[name] for name in (namespace, *below)}


@router.post(
    "/{assistant_id}/versions",
    summary="List an assistant's versions",
    response_model=list[AssistantVersionView],
)
async def versions(
    assistant_id: AssistantId, body: VersionSearch, house: HouseDep, user_id: UserDep
) -> Response:
    """Every version that was saved, newest first."""
    now = await _seen(house, user_id, assistant_id)
    if _is_system(house, assistant_id):
        fits = (body.metadata or {}).items() <= now["metadata"].items() and not body.offset
        rows = [now] if fits else []
    else:
        rows = await assistants.list_versions(
            house.database, assistant_id, body.model_dump(), user_id=user_id
        )
    return JsonAnswer([_view(row, VERSION_FIELDS) for row in rows])


@router.post("/{assistant_id}/latest", summary="Go back to a version", response_model=AssistantView)
async def latest(
    assistant_id: AssistantId, body: LatestVersion, house: HouseDep, user_id: UserDep
) -> Response:
    """Runs start from this version from now on."""
    if _is_system(house, assistant_id):
        if body.version != 1:
            raise RecordNotFound("The assistant has no such version.")
        return JsonAnswer(await _seen(house, user_id, assistant_id))
    row = await assistants.set_latest(house.database, assistant_id, body.version, user_id=user_id)
    return JsonAnswer(_view(row))


async def _graph(house: House, user_id: str, wanted: str) -> tuple[AnyGraph, str]:
    name = (await resolve_assistant(house, user_id, wanted)).graph_id
    if name not in house.specs:
        raise RecordNotFound(f"This server does not have the graph {name!r}.")
    return house.specs[name].graph, name


async def _seen(house: House, user_id: str, wanted: str) -> dict[str, Any]:
    system = system_assistants(house)
    return _view(await assistants.get_assistant(house.database, wanted, user_id=user_id, system=system))


async def _existing(
    house: House, user_id: str, wanted: str, if_exists: Literal["raise", "do_nothing"] | None
) -> Response:
    if if_exists != "do_nothing":
        raise RecordConflict(
            "There is an assistant with this id already.", user_action="Use it or choose another id."
        )
    return JsonAnswer(await _seen(house, user_id, wanted))


def _is_system(house: House, wanted: str) -> bool:
    return any(system_id(name) == wanted for name in house.specs)


def _refuse_system(house: House, wanted: str) -> None:
    if _is_system(house, wanted):
        raise RecordConflict(
            "A graph's own assistant cannot be changed; create one of your own for the same graph."
        )


def _view(row: Any, fields: Sequence[str] = FIELDS) -> dict[str, Any]:
    return {name: str(row[name]) if name == "assistant_id" else row[name] for name in fields}
