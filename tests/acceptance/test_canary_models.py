"""Keys of language models are in no checkpoint, row, log line, event, trace, archive, stream or answer.

Two users' own keys and those of the process are canaries, of shapes that vendors use and of shapes that no
pattern knows. Vendors refuse them in words that quote them.
"""

import asyncio
import io
import json
import logging
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
from pydantic import SecretStr

from server.composition import Parts
from server.logs import configure_logs
from server.runs.production_state import ProductionState
from tests import spans
from tests.acceptance.live_house import Writer, live_house
from tests.acceptance.studio_lot import MICRO
from tests.acceptance.test_novela_troubles import make_moody
from tests.archives import packed
from tests.builders import A_MASTER_KEY
from tests.integration.canary_walk import Dump, dumped, files_in, unpacked
from tests.integration.protocol.live import listening
from tests.standins.model_vendors import Asked, Gate, Said, Vendors, faults
from tests.standins.model_vendors.errors import Rejected, google_error, openai_error
from tests.standins.model_vendors.faults import Fault
from tools.redaction import REDACT, Redactor

PLAIN = "kanarienvogel.{}"
"""No pattern knows it: lower case, no digit, a word as any other."""
SHAPED = {
    "openai": "sk-proj-Kanari4711{}", "google": "AIzaSyKanari4711Kanari4711{}", "deepseek": "sk-4711kanari{}",
}  # fmt: skip
MODELS = {"openai": "gpt-5", "google": "gemini-2.5-pro", "deepseek": "deepseek-chat"}
SPLIT = {
    "script_writer": "gpt-5", "system_integrator": "gemini-2.5-pro", "fallback_handler": "deepseek-chat",
}  # fmt: skip
SYSTEM = {vendor: PLAIN.format(f"system.{vendor}") for vendor in MODELS}
OWN = {
    (user, vendor): (SHAPED[vendor].format(f"{user}0one"), PLAIN.format(f"{user}.{vendor}.two"))
    for user in ("local", "eva")
    for vendor in MODELS
}
CANARIES = [*SYSTEM.values(), *(key for keys in OWN.values() for key in keys)]
MODES = ["values", "updates", "messages", "custom", "tasks", "checkpoints", "debug"]
OPEN = "opens nothing"
"""No secret: whoever looks at a place finds it there."""


@dataclass
class Stage:
    """The house, what it asks, and every text that came by."""

    parts: Parts
    vendors: Vendors
    writer: Writer
    log: io.StringIO
    heard: spans.Heard
    streams: Dump = field(default_factory=dict)
    bodies: Dump = field(default_factory=dict)
    made: list[tuple[str, str]] = field(default_factory=list)

    async def start(self, user: str, review: str = "ask", **context: Any) -> str:
        """Begin a micro-episode of this user."""
        accepted = await self.parts.house.runs.start(
            user_id=user, graph="novela", title="t", brief=MICRO, context={"review": review, **context}
        )
        self.made.append((user, accepted.production_id))
        return accepted.production_id

    async def rest(self, user: str, production_id: str) -> ProductionState:
        """Its state once nobody works on it."""
        async for event in self.parts.events.follow(production_id):
            if event.method == "lifecycle" and not event.namespace:
                state = await self.parts.house.runs.state(user_id=user, production_id=production_id)
                if state.status not in ("queued", "running"):
                    return state
        raise AssertionError("the log ended")

    async def play(self, user: str, review: str = "ask", **context: Any) -> ProductionState:
        return await self.rest(user, await self.start(user, review, **context))

    def used(self) -> set[str]:
        """The keys that vendors have seen."""
        return {one.key for one in self.vendors.books.requests}

    async def looked_through(self, client: httpx.AsyncClient) -> dict[str, Dump]:
        """Everything that can be read of it, by place."""
        for _, one in self.made:
            for path in ("", "/costs"):
                self.bodies[f"{one}{path}"] = (await client.get(f"/api/productions/{one}{path}")).text
            for path in ("", "/state", "/history", "/runs"):
                self.bodies[f"{one} thread{path}"] = (await client.get(f"/threads/{one}{path}")).text
        for path in ("/api/costs", "/api/costs/unknown", "/api/settings/api-keys", "/api/audit"):
            self.bodies[path] = (await client.get(path)).text
        ledger = {one: json.dumps(await self.parts.tools.orders.history(one)) for _, one in self.made}
        settings = self.parts.tools.settings
        return {
            "answers": self.bodies, "streams": self.streams, "database": await dumped(settings),
            "archives": await self._archives(), "ledger": ledger,
            "spans": {str(number): one.to_json() for number, one in enumerate(self.heard.spans)},
            "log": {"log": self.log.getvalue()}, "data folder": files_in(settings.data_dir),
        }  # fmt: skip

    async def _archives(self) -> Dump:
        found: Dump = {}
        for user, one in self.made:
            members = unpacked(await packed(self.parts.house, one, user_id=user))
            found |= {f"{one} {name}": text for name, text in members.items()}
        return found


@asynccontextmanager
async def stage(database_url: str, folder: Path, models: Path) -> AsyncIterator[Stage]:
    keys = {f"{vendor}_api_key": key for vendor, key in SYSTEM.items()}
    more = {"master_key": A_MASTER_KEY, "log_level": "DEBUG", **keys}
    with spans.listening() as heard:
        async with live_house(database_url, folder, models, **more) as (parts, vendors, writer):
            with logged(parts) as log:
                await parts.tools.database.execute("insert into users (user_id) values ('eva'), ('ana')")
                for (user, vendor), lent in OWN.items():
                    for number, key in enumerate(lent):
                        await parts.tools.provider_keys.add(
                            user,
                            provider=vendor,
                            label=f"key {number}",
                            key=SecretStr(key),  # type: ignore[arg-type]  # one of them
                        )
                for place in vendors.all:
                    place.keys.update(CANARIES)
                    place.failure = quoting(vendors, place.failure)  # type: ignore[method-assign]  # as a rude vendor does
                yield Stage(parts, vendors, writer, log, heard)


def quoting(vendors: Vendors, usual: Any) -> Any:
    """A vendor that quotes the key in whatever it refuses."""

    def failure(fault: Fault) -> Rejected:
        last = vendors.books.requests[-1]
        words = f"This key is not good for it: {last.key}."
        if fault.code != "key":
            return usual(fault)  # type: ignore[no-any-return]  # the vendor's own
        if last.vendor == "google":
            return google_error(401, "UNAUTHENTICATED", words)
        return openai_error(401, words, code="invalid_api_key")

    return failure


@contextmanager
def logged(parts: Parts) -> Iterator[io.StringIO]:
    """All that is logged, as a person would read it."""
    lines = io.StringIO()
    before = logging.getLogger().handlers[:], logging.getLogger().level, structlog.get_config()
    configure_logs(parts.tools.settings, stream=lines)
    try:
        yield lines
    finally:
        logging.captureWarnings(capture=False)
        logging.getLogger().handlers, logging.getLogger().level = before[:2]
        structlog.configure(**before[2])


def where(places: dict[str, Dump]) -> set[tuple[str, str, str]]:
    """The canaries, the places and the pieces in which they can be read."""
    return {
        (canary, place, piece)
        for canary in CANARIES
        for place, dump in places.items()
        for piece, text in dump.items()
        if any(way in text for way in ways(canary))
    }


def ways(canary: str) -> tuple[str, ...]:
    return canary, canary.encode().hex(), b64encode(canary.encode()).decode().rstrip("=")[:-1]


async def a_whole_episode(on: Stage) -> None:
    """Written, shot and told by all three vendors; the fallback handler is needed once."""
    make_moody(on.parts, 1)
    assert (await on.play("local", "auto", text_models=SPLIT)).status == "completed"


async def everything(on: Stage, client: httpx.AsyncClient, vendors: Sequence[str]) -> None:
    """Runs that go well, are refused, wait, fall back, are cut and are cancelled."""
    body = {
        "assistant_id": "novela", "input": {"brief": MICRO}, "stream_mode": MODES,
        "context": {"review": "ask", "text_model": "deepseek-chat"},
    }  # fmt: skip
    thread = str((await client.post("/threads", json={})).json()["thread_id"])
    on.streams["v1"] = (await client.post(f"/threads/{thread}/runs/stream", json=body)).text
    for vendor in vendors:
        model, place = MODELS[vendor], getattr(on.vendors, vendor)
        await on.play("eva", text_model=model)
        place.faults[:] = [faults.cut(2)]
        await on.play("ana", text_model=model)
        place.faults[:] = [faults.busy()]
        await on.play("local", text_model=model)
        place.faults[:] = [faults.key_refused()] * 2
        await on.play("eva", text_model=model)
        place.faults[:] = [faults.key_refused()]
        await on.play("ana", text_model=model)
    on.vendors.deepseek.faults[:] = [faults.no_balance()] * 3
    behind = {"script_writer": "gemini-2.5-pro"}
    await on.play("local", text_models={"script_writer": "deepseek-chat"}, text_fallbacks=behind)
    await cancelled(on)
    _, ended = on.made[-1]
    on.streams["domain"] = (await client.get(f"/api/productions/{ended}/events")).text


async def cancelled(on: Stage) -> None:
    gate = Gate(1)

    def say(asked: Asked) -> Said:
        return Said(text=json.dumps(on.writer._content(asked)), before_piece=gate)

    on.vendors.google.brain = say
    production_id = await on.start("local", text_model="gemini-2.5-pro")
    await gate.reached.heard()
    await on.parts.house.runs.cancel(user_id="local", production_id=production_id)
    gate.open()
    assert (await on.rest("local", production_id)).status == "cancelled"


@asynccontextmanager
async def door(on: Stage) -> AsyncIterator[httpx.AsyncClient]:
    async with (
        listening(on.parts.house, on.parts.tools.settings) as live,
        httpx.AsyncClient(base_url=live.url, timeout=60, trust_env=False) as client,
    ):
        yield client


@pytest.mark.parametrize(
    "vendors", [["openai"], pytest.param(["google", "deepseek"], marks=pytest.mark.nightly)]
)
async def test_no_key_of_a_language_model_is_written_down(
    database_url: str, tmp_path: Path, voice_models: Path, vendors: list[str]
) -> None:
    async with stage(database_url, tmp_path / "data", voice_models) as on, door(on) as client:
        async with asyncio.timeout(200):
            if len(vendors) > 1:
                await a_whole_episode(on)
            await everything(on, client, vendors)
        lent = {key for (_, vendor), keys in OWN.items() if vendor in vendors for key in keys}
        known = lent | {SYSTEM[vendor] for vendor in vendors}
        assert on.used() >= known, "the control: every key was used"
        places = await on.looked_through(client)
    assert where(places) == set()
    for place, dump in places.items():
        assert any(dump.values()), place
    read = {place for place, dump in places.items() if any(OPEN in text for text in dump.values())}
    assert read >= {"answers", "streams", "database", "archives", "ledger"}, read
    assert "not good for it: [redacted]" in json.dumps(places["database"]), "the vendors' words are kept"


async def test_without_redaction_a_quoted_key_is_found(
    database_url: str, tmp_path: Path, voice_models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same search finds what a vendor quotes once nothing takes it out."""
    monkeypatch.setattr(REDACT, "text", lambda text: text)
    monkeypatch.setattr(Redactor, "known", lambda self, text: text)
    async with stage(database_url, tmp_path / "data", voice_models) as on, door(on) as client:
        on.vendors.openai.faults[:] = [faults.key_refused()]
        await on.play("ana", text_model="gpt-5")
        found = where(await on.looked_through(client))
    assert {place for canary, place, _ in found if canary == SYSTEM["openai"]} >= {
        "database",
        "log",
        "archives",
    }
