"""What can be done about a production that pauses, in the words of each surface.

The failure itself says what would help and names no command, route or button. Here each way has the command
of the terminal and the request of the API, with the production's own id; the page has a control for each
(`console/components/pause.html`).
"""

import shlex
from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from state.errors import Way

Models = Mapping[str, str]


class _Way(NamedTuple):
    said: str
    command: str
    method: str
    path: str
    body: dict[str, Any]
    fill: tuple[str, ...] = ()


RESUME = "resume"
PRODUCTION = "/api/productions/{id}"
WAYS: dict[Way | str, _Way] = {
    RESUME: _Way("To resume", "greenlight resume {id}", "POST", f"{PRODUCTION}/resume", {}),
    "another_model": _Way(
        "With another model", "greenlight resume {id} --text-model MODEL", "POST", f"{PRODUCTION}/resume",
        {"context": {"text_model": ""}}, ("context.text_model",),
    ),
    "own_key": _Way(
        "To add a key of your own", "greenlight keys add {provider} LABEL", "POST", "/api/settings/api-keys",
        {"provider": "{provider}", "label": "", "key": ""}, ("label", "key"),
    ),
    "settle": _Way(
        "To say what became of it", "greenlight settle {order} --as DECISION", "POST", "/api/orders/settle",
        {"order": "{order}", "decision": ""}, ("decision",),
    ),
    "stand_in": _Way("To let another engine make it", "", "POST", f"{PRODUCTION}/resume", {}),
    "raise_ceiling": _Way(
        "To raise the ceiling", "greenlight budget raise {id} USD", "POST", f"{PRODUCTION}/ceiling",
        {"ceilingUsd": ""}, ("ceilingUsd",),
    ),
    "raise_text": _Way(
        "To raise the text allowance", "greenlight budget text {id} USD", "POST", f"{PRODUCTION}/ceiling",
        {"textAllowanceUsd": ""}, ("textAllowanceUsd",),
    ),
}  # fmt: skip


class Proposal(BaseModel, frozen=True):
    """The engine that could stand in, by the failure that proposes it."""

    model: str
    provider: str
    price_usd: str
    agreed: list[str] = []
    """The models that may stand in already; an agreement names all of them."""


def proposal_of(error: Mapping[str, Any]) -> Proposal | None:
    """What a pause proposes; None where it proposes nothing that can be read."""
    details = error.get("details")
    if not isinstance(details, dict) or not isinstance(offered := details.get("proposal"), dict):
        return None
    try:
        return Proposal.model_validate({"agreed": details.get("agreed") or [], **offered})
    except ValidationError:
        return None


def commands(error: dict[str, Any], production_id: str, models: Models | None = None) -> str:
    """One line for the terminal: what to type, to resume first. Empty where nothing pauses.

    `models` are those that the production names for roles.
    """
    names = {"id": production_id, "provider": error.get("provider"), "order": shlex.quote(_order(error))}
    return " ".join(
        f"{way.said}: `{way.command.format(**names)}`." for _, way in _known(error, _readable(models))
    )


def requests(error: dict[str, Any], production_id: str, models: Models | None = None) -> list[dict[str, Any]]:
    """The same as requests of the API; `fill` are the fields of the body that are still to be written."""
    names = {"id": production_id, "provider": str(error.get("provider") or ""), "order": _order(error)}
    return [
        {
            "name": name, "method": way.method, "path": way.path.format(**names),
            "body": _filled(way.body, names), "fill": list(way.fill),
        }
        for name, way in _known(error, _readable(models))
    ]  # fmt: skip


def _order(error: dict[str, Any]) -> str:
    """The order that a pause is about; empty where it is about none."""
    details = error.get("details")
    return str(details.get("call_key") or "") if isinstance(details, dict) else ""


def _readable(models: Any) -> Models:
    """Rows from before contexts were checked may hold anything there."""
    named = models.items() if isinstance(models, Mapping) else ()
    return {role: model for role, model in named if isinstance(model, str)}


def _known(error: dict[str, Any], models: Models) -> list[tuple[str, _Way]]:
    """Those of a pause; a row that a newer version wrote may name others."""
    if not isinstance(named := error.get("ways"), list):
        return []
    ways = dict(WAYS)
    if (offered := proposal_of(error)) is not None:
        ways = {**ways, "stand_in": _agreeing(offered)}
    elif "stand_in" in named:
        named = [name for name in named if name != "stand_in"]
    if (role := str(error.get("role") or "")) in models:
        ways = {**ways, "another_model": _for_role(role, models)}
    names = [name for name in dict.fromkeys([RESUME, *map(str, named)]) if name in ways]
    return [(name, ways[name]) for name in names if name != "own_key" or error.get("provider")]


def _agreeing(offered: Proposal) -> _Way:
    """Whoever agrees names all that may stand in: the list takes the place of the one before."""
    models = list(dict.fromkeys([*offered.agreed, offered.model]))
    options = " ".join(f"--stand-in {_literal(model)}" for model in models)
    return _Way(
        f"To let {offered.model} make it", f"greenlight resume {{id}} {options}", "POST",
        f"{PRODUCTION}/resume", {"context": {"stand_ins": models}},
    )  # fmt: skip


def _for_role(role: str, models: Models) -> _Way:
    """What is chosen for all changes nothing for a role with a model of its own; the others keep theirs."""
    kept = {other: model for other, model in models.items() if other != role}
    said = [f"{role}=MODEL", *(f"{other}={_literal(model)}" for other, model in kept.items())]
    options = " ".join(f"--text-role {one}" for one in said)
    return _Way(
        f"With another model as {role}", f"greenlight resume {{id}} {options}",
        "POST", f"{PRODUCTION}/resume",
        {"context": {"text_models": {role: "", **kept}}}, (f"context.text_models.{role}",),
    )  # fmt: skip


def _literal(words: str) -> str:
    """As one word of a command, which is formatted once more."""
    return shlex.quote(words).replace("{", "{{").replace("}", "}}")


def _filled(body: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {key: value.format(**names) if isinstance(value, str) else value for key, value in body.items()}
