"""What a parent hands to a subgraph: the channels' JSON, not its own state object.

With a pydantic model as its input schema a subgraph's first checkpoint would hold that
object by its module path; with a TypedDict of the same channel names it holds JSON.
"""

from functools import cache
from typing import Any

from pydantic import BaseModel
from typing_extensions import TypedDict


@cache
def channels_of(state: type[BaseModel]) -> type[Any]:
    """A TypedDict with the channel names of a state model."""
    fields: dict[str, Any] = dict.fromkeys(state.model_fields, Any)
    return TypedDict(f"{state.__name__}Channels", fields)  # type: ignore[operator, no-any-return]  # the functional form needs a literal
