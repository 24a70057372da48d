"""A house whose agents ask the stand-in vendors, which know what the offline writer would say."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from server.composition import Parts
from tests.acceptance.studio_lot import Walk, begin, house
from tests.standins.model_vendors import Asked, Said, Vendors, model_vendors_here
from tests.standins.model_vendors.talk import ToolCall


class Library:
    """The brain of all three vendors: the offline writer's answers by the words that were asked with."""

    def __init__(self) -> None:
        self.answers: dict[str, dict[str, Any]] = {}
        self.asked: list[Asked] = []

    async def learn(self, walk: Walk) -> None:
        """Keep what was asked and answered in a production."""
        for row in await walk.parts.tools.orders.history(walk.production_id):
            if row["kind"] == "text":
                self.answers[row["request"]["prompt"]] = row["result"]["content"]

    def __call__(self, asked: Asked) -> Said:
        self.asked.append(asked)
        words = f"{asked.system}\n\n{asked.turns[0].text}"
        content = self.answers[words]
        forced = next((tool for tool in asked.tools if tool.name == asked.tool_choice), None)
        if forced is not None:
            return Said(calls=(ToolCall(forced.name, content),))
        if asked.tool_choice == "required":
            return Said(calls=(ToolCall(asked.tools[-1].name, content),))
        return Said(text=json.dumps(content, ensure_ascii=False))


@asynccontextmanager
async def live_house(
    database_url: str, folder: Path, models: Path, **settings: Any
) -> AsyncIterator[tuple[Parts, Vendors, Library]]:
    """The house, the vendors it asks, and what they know: one offline micro-episode."""
    library = Library()
    async with model_vendors_here(library) as vendors:
        keys = {
            "openai_base_url": f"{vendors.openai.url}/v1", "openai_api_key": vendors.openai.key,
            "google_base_url": vendors.google.url, "google_api_key": vendors.google.key,
            "deepseek_base_url": vendors.deepseek.url, "deepseek_api_key": vendors.deepseek.key,
        }  # fmt: skip
        async with house(database_url, folder, models, remembers=True, **{**keys, **settings}) as parts:
            offline = await begin(parts, review="auto")
            await offline.to_end()
            await library.learn(offline)
            yield parts, vendors, library
