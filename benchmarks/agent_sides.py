"""Two ways to ask a model for the same: the vendor's own SDK, and an agent of ours with all its books."""

import asyncio
import json
import sys
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from google import genai
from google.genai.types import GenerateContentConfig, HttpOptions
from openai import AsyncOpenAI
from pydantic import SecretStr

from nodes.agents.agent import TextKey
from nodes.agents.fallback_handler import FallbackHandler
from state.writing import FallbackAdvice, FallbackInput
from tools.models.base import Tool
from tools.models.choose import Wanted
from tools.orders.lease import SQL, Lease, claim, current_lease
from tools.registry import Toolbox, open_toolbox
from tools.settings import Settings

MODELS = {"openai": "gpt-5", "google": "gemini-2.5-flash", "deepseek": "deepseek-chat"}
QUESTION = FallbackInput(
    action="answer_complaint", errors=["the tram never comes"], prompt="Two people wait for a tram."
)
USER = "bench"


class Advisor(FallbackHandler):
    """The novela's own, without tools: one request for each answer, its shape told as JSON schema."""

    def tools(self, input: FallbackInput) -> list[Tool]:
        """None, so that every vendor is asked for the shape alone."""
        return []


class VendorProcess:
    """The vendors in a process of their own, and the line on which they are told what to do."""

    urls: dict[str, dict[str, str]]

    async def __aenter__(self) -> "VendorProcess":
        pipe = asyncio.subprocess.PIPE
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.vendor_process", stdin=pipe, stdout=pipe, limit=1 << 20
        )
        self.urls = await self._line()
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        await self.process.wait()

    def order(self, **order: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order).encode() + b"\n")

    async def hear(self, told: str) -> dict[str, Any]:
        """The next line of this kind; others before it are passed over."""
        while (line := await self._line()).get("told") != told:
            pass
        return line

    async def _line(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line: dict[str, Any] = json.loads(await self.process.stdout.readline())
        return line


class Bare:
    """The vendor's own SDK with a warm connection: a request, its stream, the answer parsed."""

    def __init__(self, vendor: str, at: dict[str, str], body: dict[str, Any]) -> None:
        self.vendor, self.body = vendor, body
        if vendor == "google":
            options = HttpOptions(base_url=at["url"])
            self.google = genai.Client(api_key=at["key"], http_options=options)
        else:
            self.openai = AsyncOpenAI(api_key=at["key"], base_url=at["url"], max_retries=0)

    async def ask(self) -> FallbackAdvice:
        told = await (self._google() if self.vendor == "google" else self._openai())
        return FallbackAdvice.model_validate_json(told)

    async def _openai(self) -> str:
        said: list[str] = []
        async for chunk in await self.openai.chat.completions.create(**self.body):
            for choice in chunk.choices:
                said.append(choice.delta.content or "")
                said += [call.function.arguments or "" for call in choice.delta.tool_calls or ()]
        return "".join(said)

    async def _google(self) -> str:
        config = GenerateContentConfig.model_validate(
            {**self.body["generationConfig"], "systemInstruction": self.body["systemInstruction"]}
        )
        said: list[str] = []
        stream = await self.google.aio.models.generate_content_stream(
            model=MODELS["google"], contents=self.body["contents"], config=config
        )
        async for chunk in stream:
            said.append(chunk.text or "")
        return "".join(said)


class Ours:
    """An agent: its model chosen for the role, a user's own key from the vault, booked and recorded."""

    def __init__(self, tools: Toolbox, vendor: str) -> None:
        self.tools, self.vendor = tools, vendor
        self.production, self.count = str(uuid.uuid4()), 0
        self.lease: Lease | None = None

    async def drive(self) -> None:
        """Hold the production's lease for this task, as the runner does for a node."""
        if self.lease is None:
            named = {"id": self.production, "graph": "novela"}
            await self.tools.database.execute(SQL["ensure_production"], named)
            self.lease = await claim(self.tools.database, self.production, owner="bench", ttl_s=3600)
        current_lease.set(self.lease)

    async def ask(self) -> FallbackAdvice:
        """One question that was never asked before."""
        self.count += 1
        wanted = Wanted(model=MODELS[self.vendor])
        model = self.tools.models.for_role("novela", "fallback_handler", wanted, user_id=USER)
        key = TextKey(production_id=self.production, stage="advice", item=f"bench-{self.count}")
        return await Advisor(model, self.tools.orders).run(QUESTION, key=key)


def settings_for(url: str, folder: Path, urls: dict[str, dict[str, str]]) -> Settings:
    """Without keys of the process: only the user has some."""
    bases = {f"{vendor}_base_url": at["url"] for vendor, at in urls.items()}
    keys = dict.fromkeys(f"{vendor}_api_key" for vendor in urls)
    named: dict[str, Any] = {"database_url": url, "data_dir": folder, "log_level": "WARNING"}
    return Settings(**bases, **keys, **named)


@asynccontextmanager
async def our_tools(url: str, folder: Path, urls: dict[str, dict[str, str]]) -> AsyncIterator[Toolbox]:
    """A toolbox whose user has left a key for every vendor."""

    tools = await open_toolbox(settings_for(url, folder, urls))
    try:
        await leave_keys(tools, USER, urls)
        yield tools
    finally:
        await tools.close()


async def leave_keys(tools: Toolbox, user: str, urls: dict[str, dict[str, str]]) -> None:
    await tools.database.execute("insert into users (user_id) values (%s) on conflict do nothing", [user])
    if await tools.provider_keys.listed(user):
        return
    for vendor, at in urls.items():
        name: Any = vendor
        await tools.provider_keys.add(user, provider=name, label="bench", key=SecretStr(at["key"]))
