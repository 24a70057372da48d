"""The shapes of the domain API: one envelope, camel case, bodies that forbid what they do not know."""

import math
from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from server.problems import ErrorAnswer
from server.sent_text import clean

T = TypeVar("T")
ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"model": ErrorAnswer, "description": "The body cannot be read at all."},
    401: {"model": ErrorAnswer, "description": "Nobody is logged in, or the token is not valid."},
    404: {"model": ErrorAnswer, "description": "There is no such record for this user."},
    409: {"model": ErrorAnswer, "description": "It cannot be done now; nothing was changed."},
    413: {"model": ErrorAnswer, "description": "The body is too large."},
    422: {"model": ErrorAnswer, "description": "Fields are wrong; each is named with its fix."},
    429: {
        "model": ErrorAnswer,
        "description": "Too much for now; `Retry-After` says when to send it again.",
    },
    503: {"model": ErrorAnswer, "description": "The database cannot be reached."},
}


class Wire(BaseModel):
    """Snake case here, camel case outside."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, serialize_by_alias=True)


class Body(Wire):
    """What a client sends: known fields only, clean text, no bottomless nesting."""

    model_config = ConfigDict(extra="forbid")
    AS_SENT: ClassVar[frozenset[str]] = frozenset()
    """Fields that are never trimmed or cleaned, by their names on the wire: passwords."""

    @model_validator(mode="before")
    @classmethod
    def _clean(cls, sent: Any) -> Any:
        if not isinstance(sent, dict):
            return clean(sent)
        kept = {name: sent[name] for name in cls.AS_SENT & sent.keys()}
        return {**clean({name: value for name, value in sent.items() if name not in kept}), **kept}


class Answer(BaseModel, Generic[T]):
    """Every success under `/api` looks like this."""

    success: Literal[True] = Field(default=True, description="Always true here.")
    status: Literal["success"] = Field(default="success", description="Always `success`.")
    message: str = Field(default="", description="A sentence for people, where there is one to say.")
    data: T = Field(description="What was asked for.")


class Pagination(BaseModel):
    """Where a page lies, under both sets of names."""

    total: int = Field(description="Records in all.", examples=[45])
    page: int = Field(description="This page; the first is 1.", examples=[1])
    limit: int = Field(description="Records a page.", examples=[20])
    pages: int = Field(description="Pages in all.", examples=[3])
    page_size: int = Field(description="As `limit`.", examples=[20])
    total_items: int = Field(description="As `total`.", examples=[45])
    total_pages: int = Field(description="As `pages`.", examples=[3])


class Page(Answer[list[T]], Generic[T]):
    """One page of a list."""

    pagination: Pagination = Field(description="Where this page lies.")


class Turn(BaseModel):
    """Which page is wanted."""

    page: int
    limit: int

    @property
    def offset(self) -> int:
        """Records before this page."""
        return (self.page - 1) * self.limit

    def of(self, total: int) -> Pagination:
        """The page's place among so many records."""
        pages = math.ceil(total / self.limit)
        return Pagination(
            total=total,
            page=self.page,
            limit=self.limit,
            pages=pages,
            page_size=self.limit,
            total_items=total,
            total_pages=pages,
        )


async def turn(
    page: Annotated[int, Query(ge=1, le=1_000_000, description="Page number, from 1.")] = 1,
    limit: Annotated[int, Query(ge=1, le=100, description="Records a page.")] = 20,
) -> Turn:
    """The page that the query asks for."""
    return Turn(page=page, limit=limit)
