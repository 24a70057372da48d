"""Reading a brief from a file, with errors that name the field and the fix."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from state.brief import NovelaBrief
from state.errors import BriefIncomplete, BriefRefused

BRIEFS: dict[str, type[BaseModel]] = {"novela": NovelaBrief}


def read_brief(graph: str, file: Path) -> dict[str, Any]:
    """The brief in a JSON file, checked.

    Raises:
        BriefRefused: no such graph; lists the known ones.
        BriefIncomplete: the file cannot be read, or names the field that is wrong and why.
    """
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except OSError as exc:
        raise BriefIncomplete(f"{file} cannot be read: {exc.strerror}") from exc
    except (json.JSONDecodeError, UnicodeDecodeError) as exc:
        raise BriefIncomplete(f"{file} is not valid JSON: {exc}") from exc
    return check_brief(graph, content)


def check_brief(graph: str, content: Any) -> dict[str, Any]:
    """The brief with its defaults filled in."""
    if graph not in BRIEFS:
        raise BriefRefused(f"graph: there is no {graph!r}; known are {', '.join(sorted(BRIEFS))}")
    if not isinstance(content, dict):
        raise BriefIncomplete("the brief must be a JSON object")
    try:
        return BRIEFS[graph].model_validate(content).model_dump(mode="json")
    except ValidationError as exc:
        raise BriefIncomplete(_sentence(exc), details={"fields": _fields(exc)}) from exc


def _sentence(exc: ValidationError) -> str:
    return "; ".join(f"{field}: {text}" for field, text in _fields(exc).items())


def _fields(exc: ValidationError) -> dict[str, str]:
    return {
        ".".join(str(part) for part in error["loc"]) or "brief": str(error["msg"]) for error in exc.errors()
    }
