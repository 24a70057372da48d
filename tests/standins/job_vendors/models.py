"""What each vendor sells: the stand-ins' own table, never the product's catalog."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator


@dataclass(frozen=True)
class Model:
    """A test changes one with `vendor.models[id] = vendor.models[id].changed(micro_usd=5)`."""

    id: str
    makes: str
    """`image`, `video`, `music` or `text`."""
    output: str
    """`uri`, `list` or `words` at Replicate; `images` or `video` at fal."""
    input: Mapping[str, Mapping[str, Any]]
    unit: str
    micro_usd: int
    queue_s: float
    run_s: float
    source: str
    version: str = ""
    older: tuple[str, ...] = ()
    official: bool = False
    """Of Replicate: runs without a version, and does not tell which."""
    shown_model: str = ""
    shown_version: str = ""
    sound: str = ""
    """`always`, or the name of the field that says so."""

    @property
    def full_version(self) -> str:
        """64 hex digits; of a version that is known by its first eight, the rest is made up."""
        return (self.version + hashlib.sha256(self.id.encode()).hexdigest())[:64]

    def changed(self, **values: Any) -> "Model":
        return replace(self, **values)

    def schema(self) -> dict[str, Any]:
        """The input as JSON schema; what it does not name is taken in silence, as Replicate's own do."""
        fields = {
            name: {key: value for key, value in row.items() if key != "required"}
            for name, row in self.input.items()
        }
        required = [name for name, row in self.input.items() if row.get("required")]
        schema: dict[str, Any] = {"type": "object", "title": "Input", "properties": fields}
        return {**schema, "required": required} if required else schema

    def with_defaults(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """What the model runs with."""
        known = {name: row["default"] for name, row in self.input.items() if "default" in row}
        return {**known, **{name: value for name, value in given.items() if name in self.input}}

    def price(self, units: float) -> int:
        """Whole micro-dollars."""
        return round(units * self.micro_usd)


@dataclass(frozen=True)
class Misfit:
    """One thing that is wrong with an input."""

    field: str
    """Empty: the whole."""
    rule: str
    """The schema's word, such as `required`, `type`, `enum`, `maximum`."""
    allowed: Any
    value: Any
    index: int | None = None


def misfits(model: Model, given: Mapping[str, Any]) -> list[Misfit]:
    """All of them, in the order of the fields; of a value of the wrong type, its type alone."""
    found = list(_misfits(Draft202012Validator(model.schema()), given))
    mistyped = {one.field for one in found if one.rule == "type"}
    kept = [one for one in found if one.rule == "type" or one.field not in mistyped]
    return sorted(kept, key=lambda one: list(model.input).index(one.field))


def _misfits(validator: Draft202012Validator, given: Mapping[str, Any]) -> Iterator[Misfit]:
    for error in validator.iter_errors(dict(given)):
        path = list(error.absolute_path)
        if error.validator == "required":
            missing = [name for name in error.validator_value if name not in given]
            name = next(one for one in missing if f"'{one}'" in error.message)
            yield Misfit(name, "required", None, dict(given))
        else:
            index = path[1] if len(path) > 1 and isinstance(path[1], int) else None
            yield Misfit(str(path[0]), str(error.validator), error.validator_value, error.instance, index)


def known_models(vendor: str) -> dict[str, Model]:
    """A copy that a test may change."""
    return dict(_read()[vendor])


@cache
def _read() -> dict[str, dict[str, Model]]:
    table = tomllib.loads(Path(__file__).with_name("models.toml").read_text())
    return {vendor: {id: _model(id, row) for id, row in rows.items()} for vendor, rows in table.items()}


def _model(id: str, row: dict[str, Any]) -> Model:
    return Model(id=id, **{**row, "older": tuple(row.get("older", ()))})
