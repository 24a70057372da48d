"""Reads a model's JSON into the shape it was asked for, and mends what can be mended for certain.

Models write `Close-Up`, `"2.5 s"`, `negativePrompt`, one thing where a list belongs, a list of sentences
where a text belongs. What can mean only one thing is read as it is meant; the rest is said back to the
model in words that it can mend its answer by.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from nodes.agents.agent import Unfitting, wrong_fields
from nodes.agents.meant import word_meant

S = TypeVar("S", bound=BaseModel)
NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
MOST_NAMED = 14
"""Words of a closed list that are repeated to the model; it has the whole list in its schema."""
MOST_DEEP = 12
"""Far deeper than any answer: what is nested deeper is no text."""


def read_as(shape: type[S], answer: Mapping[str, Any]) -> tuple[S, list[str]]:
    """The answer in its shape, and what in it means nothing we know (there the shape's own value stands).

    Raises:
        Unfitting: it does not have the shape; says what is wrong with each field.
    """
    reader = _Reader()
    mended = reader.model(answer, shape, "")
    try:
        return shape.model_validate(mended), reader.wrong
    except ValidationError as exc:
        raise Unfitting([*reader.wrong, *wrong_fields(exc)]) from exc


@dataclass
class _Reader:
    wrong: list[str] = field(default_factory=list)

    def model(self, value: object, shape: type[BaseModel], where: str) -> object:
        """The fields of a shape, by their names in any spelling."""
        if isinstance(value, str):
            value = {next(iter(shape.model_fields)): value}
        if not isinstance(value, Mapping):
            return value
        names = {_tight(name): name for name in shape.model_fields}
        told = {names[_tight(str(key))]: one for key, one in value.items() if _tight(str(key)) in names}
        read = {}
        for name, one in told.items():
            known = shape.model_fields[name]
            if one is None and not known.is_required():
                continue
            mended = self.value(one, known.annotation, f"{where}.{name}" if where else name)
            if mended is not _UNKNOWN:
                read[name] = mended
        return read

    def value(self, value: object, wanted: Any, where: str) -> object:
        """A value of any kind that a shape has."""
        origin = get_origin(wanted)
        if origin in (Union, UnionType):
            return None if value is None else self.value(value, _but_none(wanted), where)
        if origin is Literal:
            return self._word(value, get_args(wanted), where)
        if origin is list:
            return self._list(value, get_args(wanted)[0], where)
        if isinstance(wanted, type) and issubclass(wanted, BaseModel):
            return self.model(value, wanted, where)
        if wanted is str:
            return _text(value)
        return _number(value, wanted) if wanted in (int, float) else _truth(value)

    def _word(self, value: object, allowed: tuple[str, ...], where: str) -> object:
        said = value[0] if isinstance(value, list) and len(value) == 1 else value
        meant = word_meant(said, allowed) if isinstance(said, str) else None
        if meant is not None:
            return meant
        if said not in ("", None):
            known = ", ".join(allowed[:MOST_NAMED]) + (", ..." if len(allowed) > MOST_NAMED else "")
            self.wrong.append(f"{where}: {str(said)[:60]!r} is none of {known}")
        return _UNKNOWN

    def _list(self, value: object, wanted: Any, where: str) -> object:
        if value is None:
            return []
        listed = value if isinstance(value, list | tuple) else [value]
        read = [self.value(one, wanted, f"{where}.{at}") for at, one in enumerate(listed)]
        return [one for one in read if one is not _UNKNOWN and one != ""]


class _Unknown:
    """Stands where a word was that means nothing we know: the shape's own value counts."""


_UNKNOWN = _Unknown()


def _tight(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()


def _but_none(wanted: Any) -> Any:
    return next(one for one in get_args(wanted) if one is not NoneType)


def _text(value: object, deep: int = 0) -> object:
    """A text; of a list or a table its texts, each on a line of its own."""
    if deep > MOST_DEEP:
        return ""
    if isinstance(value, Mapping):
        return "\n".join(f"{key}: {_text(one, deep + 1)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return "\n".join(str(_text(one, deep + 1)) for one in value)
    if value is None or isinstance(value, bool | int | float):
        return "" if value is None else str(value)
    return str(value).strip()


def _number(value: object, wanted: type) -> object:
    """`"2,5 s"` is 2.5; a whole number may be told with a point."""
    if isinstance(value, str) and (found := NUMBER.search(value)):
        value = float(found[0].replace(",", "."))
    if wanted is int and isinstance(value, float) and math.isfinite(value):
        return round(value)
    return value


def _truth(value: object) -> object:
    if isinstance(value, str) and value.strip().lower() in ("", "none", "null"):
        return False
    return value
