"""What clients send about the store: where an item lies, what it is, and which items are meant."""

import math
from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, ConfigDict, Field

from server.protocol.wire import MOST_OFFSET, ProtocolBody
from server.sent_text import check_storable
from state.errors import BriefIncomplete

LONGEST_BYTES = 1000
"""Of a key, and of a namespace with its dots: together they must fit into an index."""
LONGEST_LIFE_MIN = 5_256_000
MOST_LABELS = 64
COMPARISONS = ("$eq", "$ne", "$gt", "$gte", "$lt", "$lte")
T = TypeVar("T")


def check_namespace(labels: list[str]) -> list[str]:
    """Labels that can be told apart again when they are joined by dots.

    Raises:
        ValueError: says which rule a label breaks.
    """
    for label in labels:
        if not label or "." in label:
            raise ValueError("a label must be text without dots and not empty")
    if len(labels) > MOST_LABELS or len(".".join(labels).encode()) > LONGEST_BYTES:
        raise ValueError(f"must be at most {MOST_LABELS} labels and {LONGEST_BYTES} bytes")
    return labels


def check_own_namespace(labels: list[str]) -> list[str]:
    """As `check_namespace`, for where something is kept.

    Raises:
        ValueError: says which rule a label breaks.
    """
    if not labels or labels[0] == "langgraph":
        raise ValueError("must have a label, and the first may not be `langgraph`")
    return check_namespace(labels)


def check_key(key: str) -> str:
    """A key that fits into an index.

    Raises:
        ValueError: it is empty or too long.
    """
    if not 0 < len(key.encode()) <= LONGEST_BYTES:
        raise ValueError(f"must be 1 to {LONGEST_BYTES} bytes")
    return key


def check_filter(wanted: dict[str, Any] | None) -> dict[str, Any] | None:
    """An object among the values is a comparison.

    Raises:
        ValueError: it is one that the store does not know.
    """
    for name, value in (wanted or {}).items():
        if isinstance(value, dict) and not set(value) <= set(COMPARISONS):
            raise ValueError(f"{name}: a comparison is one of {', '.join(COMPARISONS)}")
    return wanted


def read_namespace(said: list[str]) -> tuple[str, ...]:
    """The namespace of a query: its labels joined by dots, or one after the other.

    Raises:
        BriefIncomplete: there is an empty label, or it is too long.
    """
    labels = said[0].split(".") if len(said) == 1 else said
    checked = _checked("namespace", check_namespace, labels)
    return tuple(checked)


def read_key(said: str) -> str:
    """The key of a query.

    Raises:
        BriefIncomplete: it is empty, too long or cannot be stored.
    """
    return _checked("key", check_key, said)


def _checked(field: str, check: Callable[[T], T], said: T) -> T:
    try:
        check_storable(said)
        return check(said)
    except ValueError as exc:
        raise BriefIncomplete(f"{field}: {exc}") from exc


Namespace = Annotated[list[str], AfterValidator(check_namespace)]
OwnNamespace = Annotated[list[str], AfterValidator(check_own_namespace)]
Key = Annotated[str, AfterValidator(check_key)]
Filter = Annotated[dict[str, Any] | None, AfterValidator(check_filter)]
# Its column holds whole minutes; less than one would be none at the next reading.
Minutes = Annotated[float, Field(gt=0, le=LONGEST_LIFE_MIN), AfterValidator(math.ceil)]
Offset = Annotated[int, Field(ge=0, le=MOST_OFFSET)]


def _example(**fields: Any) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [fields]})


class ItemPlace(ProtocolBody):
    """Where an item lies."""

    model_config = _example(namespace=["series", "notes"], key="tone")

    namespace: OwnNamespace = Field(description="Labels, from the outermost to the innermost.")
    key: Key = Field(description="What it is called there.")


class NewItem(ItemPlace):
    """An item to keep."""

    model_config = _example(namespace=["series", "notes"], key="tone", value={"mood": "dry"})

    value: dict[str, Any] = Field(description="What to keep.")
    index: Literal[False] | list[str] | None = Field(
        default=None, description="Accepted; there is no search by meaning to index for."
    )
    ttl: Minutes | None = Field(default=None, description="Minutes to live after it was last read.")


class ItemSearch(ProtocolBody):
    """Which items are meant, and which page of them."""

    model_config = _example(namespace_prefix=["series"], filter={"mood": "dry"}, limit=10)

    namespace_prefix: Namespace = Field(default_factory=list, description="They lie here or below.")
    filter: Filter = Field(
        default=None, description='Their value holds this; `{"field": {"$gt": 1}}` compares.'
    )
    limit: int = Field(default=10, ge=1, le=1000, description="Items a page.")
    offset: Offset = Field(default=0, description="Items before the page.")
    query: str | None = Field(default=None, description="Accepted; there is no search by meaning.")
    refresh_ttl: bool | None = Field(default=None, description="Whether their time to live begins again.")


class NamespaceSearch(ProtocolBody):
    """Which namespaces are meant, and which page of them."""

    model_config = _example(prefix=["series"], max_depth=2)

    prefix: Namespace | None = Field(default=None, description="They begin so; `*` is any label.")
    suffix: Namespace | None = Field(default=None, description="They end so; `*` is any label.")
    max_depth: int | None = Field(default=None, ge=1, le=MOST_LABELS, description="Cut to so many labels.")
    limit: int = Field(default=100, ge=1, le=1000, description="Namespaces a page.")
    offset: Offset = Field(default=0, description="Namespaces before the page.")
