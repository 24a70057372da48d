"""A house whose agents ask the stand-in vendors, which know the micro-episode by heart."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from server.composition import Parts
from tests.acceptance.studio_lot import house
from tests.standins.model_vendors import Asked, Said, Vendors, model_vendors_here
from tests.standins.model_vendors.talk import ToolCall

ANSWERS = Path(__file__).parents[1] / "answers"
FACTS = re.compile(r"^Facts.*?:\s*(\{.*\})\s*$", re.M)


class Writer:
    """The brain of all three vendors: what a model would say to each question about the micro-episode."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []

    def __call__(self, asked: Asked) -> Said:
        self.asked.append(asked)
        content = json.dumps(self._content(asked), ensure_ascii=False)
        forced = {tool.name for tool in asked.tools} & {asked.tool_choice}
        if forced or asked.tool_choice == "required":
            name = asked.tool_choice if forced else asked.tools[-1].name
            return Said(calls=(ToolCall(name, content),))
        return Said(text=content)

    def _content(self, asked: Asked) -> dict[str, Any]:
        task = asked.turns[0].text
        if task.startswith("# Plan"):
            return read("micro_plan.json")
        if task.startswith("# Write scene"):
            return read("micro_scene_1.json")
        if task.startswith("# Check"):
            return report(task)
        return ADVICE


def read(name: str) -> dict[str, Any]:
    """An answer as a model gives it, written by hand."""
    found: dict[str, Any] = json.loads((ANSWERS / name).read_text("utf-8"))
    return found


def report(task: str) -> dict[str, Any]:
    """The integrator repeats the facts that code has worked out."""
    facts = json.loads(FACTS.findall(task)[0])
    errors = facts.get("errors", [])
    return {
        "action": "validate" if errors else "calculate_cost", "endpoint": None,
        "validation": {"isValid": not errors, "errors": errors}, "cost": {"estimated": facts["estimated"]},
    }  # fmt: skip


ADVICE: dict[str, Any] = {
    "errorAnalysis": {"type": "refused", "rootCause": "the words", "affectedComponent": "the engine"},
    "userMessage": "The words of this shot were refused; I have told it in a milder way.",
    "solution": {"immediate": "Try it with milder words.", "longTerm": "Keep to what is seen."},
    "suggestedActions": ["retry"], "needsInternetSearch": False, "parameters": {},
    "prompt": "Two people in a hallway, close, looking at a key.",
}  # fmt: skip


@asynccontextmanager
async def live_house(
    database_url: str, folder: Path, models: Path, **settings: Any
) -> AsyncIterator[tuple[Parts, Vendors, Writer]]:
    """The house, the vendors that it asks, and what they think with."""
    writer = Writer()
    async with model_vendors_here(writer) as vendors:
        keys = {
            "openai_base_url": f"{vendors.openai.url}/v1", "openai_api_key": vendors.openai.key,
            "google_base_url": vendors.google.url, "google_api_key": vendors.google.key,
            "deepseek_base_url": vendors.deepseek.url, "deepseek_api_key": vendors.deepseek.key,
            # Servers of one's own name things as DeepSeek does.
            "model_server_url": vendors.deepseek.url, "model_server_key": vendors.deepseek.key,
        }  # fmt: skip
        async with house(database_url, folder, models, remembers=True, **{**keys, **settings}) as parts:
            yield parts, vendors, writer
