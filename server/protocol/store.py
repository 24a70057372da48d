"""LangGraph's store: what graphs and clients keep beyond one thread. Everybody sees their own shelf only."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from server.deps import HouseDep, UserDep
from server.limits.guard import COUNTED
from server.protocol.store_bodies import (
    ItemPlace,
    ItemSearch,
    NamespaceSearch,
    NewItem,
    read_key,
    read_namespace,
)
from server.protocol.wire import ERRORS, JsonAnswer, JsonRoute

router = APIRouter(
    prefix="/store", tags=["store"], route_class=JsonRoute, responses=ERRORS, dependencies=COUNTED
)


class ItemView(BaseModel):
    """One item."""

    namespace: list[str] = Field(description="Where it lies.", examples=[["series", "notes"]])
    key: str = Field(description="What it is called there.", examples=["tone"])
    value: dict[str, Any] = Field(description="What was kept.", examples=[{"mood": "dry"}])
    created_at: str = Field(description="When it was first kept.")
    updated_at: str = Field(description="When it was kept last.")


class FoundView(ItemView):
    """One item that a search found."""

    score: float | None = Field(default=None, description="Always null: there is no search by meaning.")


class ItemsView(BaseModel):
    """What a search found."""

    items: list[FoundView] = Field(description="The items, the newest first.")


class NamespacesView(BaseModel):
    """Where there are items."""

    namespaces: list[list[str]] = Field(description="The namespaces, in order.", examples=[[["series"]]])


@router.put("/items", summary="Keep an item", status_code=204)
async def keep(body: NewItem, house: HouseDep, user_id: UserDep) -> None:
    """Keep it, or replace what is kept there."""
    shelf = house.items.of(user_id)
    await shelf.aput(tuple(body.namespace), body.key, body.value, index=body.index, ttl=body.ttl)


@router.get("/items", summary="Read an item", response_model=ItemView | None)
async def read(
    namespace: Annotated[
        list[str], Query(description="Its labels, joined by dots or one after the other.", examples=["a.b"])
    ],
    key: Annotated[str, Query(description="What it is called there.", examples=["tone"])],
    house: HouseDep,
    user_id: UserDep,
    refresh_ttl: Annotated[
        bool | None, Query(description="Whether its time to live begins again; yes if unsaid.")
    ] = None,
) -> Response:
    """The item, or null when nothing is kept there."""
    place = read_namespace(namespace), read_key(key)
    found = await house.items.of(user_id).aget(*place, refresh_ttl=refresh_ttl)
    return JsonAnswer(None if found is None else found.dict())


@router.delete("/items", summary="Take an item away", status_code=204)
async def take_away(body: ItemPlace, house: HouseDep, user_id: UserDep) -> None:
    """Nothing is kept there any more, whether there was something or not."""
    await house.items.of(user_id).adelete(tuple(body.namespace), body.key)


@router.post("/items/search", summary="Search items", response_model=ItemsView)
async def search(body: ItemSearch, house: HouseDep, user_id: UserDep) -> Response:
    """What lies below a namespace and fits, the newest first."""
    found = await house.items.of(user_id).asearch(
        tuple(body.namespace_prefix),
        filter=body.filter,
        limit=body.limit,
        offset=body.offset,
        query=body.query,
        refresh_ttl=body.refresh_ttl,
    )
    return JsonAnswer({"items": [item.dict() for item in found]})


@router.post("/namespaces", summary="List namespaces", response_model=NamespacesView)
async def namespaces(body: NamespaceSearch, house: HouseDep, user_id: UserDep) -> Response:
    """Where there are items, cut to a depth if one is asked for."""
    found = await house.items.of(user_id).alist_namespaces(
        prefix=tuple(body.prefix or ()),
        suffix=tuple(body.suffix or ()),
        max_depth=body.max_depth,
        limit=body.limit,
        offset=body.offset,
    )
    return JsonAnswer({"namespaces": found})
