"""What can be done about a production that pauses, in the words of each surface.

The failure itself says what would help and names no command, route or button. Here each way has the command
of the terminal and the request of the API, with the production's own id; the page has a control for each
(`console/components/pause.html`).
"""

from typing import Any, NamedTuple

from state.errors import Way


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
    "raise_ceiling": _Way(
        "To raise the ceiling", "greenlight budget raise {id} USD", "POST", f"{PRODUCTION}/ceiling",
        {"ceilingUsd": ""}, ("ceilingUsd",),
    ),
    "raise_text": _Way(
        "To raise the text allowance", "greenlight budget text {id} USD", "POST", f"{PRODUCTION}/ceiling",
        {"textAllowanceUsd": ""}, ("textAllowanceUsd",),
    ),
}  # fmt: skip


def commands(error: dict[str, Any], production_id: str) -> str:
    """One line for the terminal: what to type, to resume first. Empty where nothing pauses."""
    return " ".join(
        f"{way.said}: `{way.command.format(id=production_id, provider=error.get('provider'))}`."
        for _, way in _known(error)
    )


def requests(error: dict[str, Any], production_id: str) -> list[dict[str, Any]]:
    """The same as requests of the API; `fill` are the fields of the body that are still to be written."""
    names = {"id": production_id, "provider": str(error.get("provider") or "")}
    return [
        {
            "name": name, "method": way.method, "path": way.path.format(**names),
            "body": _filled(way.body, names), "fill": list(way.fill),
        }
        for name, way in _known(error)
    ]  # fmt: skip


def _known(error: dict[str, Any]) -> list[tuple[str, _Way]]:
    """Those of a pause; a row that a newer version wrote may name others."""
    if not isinstance(named := error.get("ways"), list):
        return []
    names = [name for name in dict.fromkeys([RESUME, *map(str, named)]) if name in WAYS]
    return [(name, WAYS[name]) for name in names if name != "own_key" or error.get("provider")]


def _filled(body: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {key: value.format(**names) if isinstance(value, str) else value for key, value in body.items()}
