"""Whole episodes, bought at vendors that fail: each is finished, and the books are the vendors'."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from server.composition import Parts
from state.cost import Money
from tests.acceptance.studio_lot import USER, Walk, begin, house
from tests.integration.storms.checks import NO_JOB, SENT_ON
from tests.integration.storms.conftest import answers_soon  # noqa: F401 - a fixture
from tests.integration.storms.lot import Lot, lot
from tests.integration.storms.passing import ProcessClock
from tests.integration.storms.shoots import ANSWERS_IN_S, MINUTE_PASSES, NO_LIMITS
from tests.integration.storms.weather import Happened, Sky, happened, table
from tools.ledger.settling import settle, unknown_lines
from tools.orders.parked import Decision, ParkedOrder
from tools.orders.quote import price_of

SEED, SHARE = 11, 0.3
VENDORS = ("replicate", "fal", "google", "openai")
FILMS = (
    ("flux-schnell", "wan-2.5-t2v-fast", "480p"),
    ("google-nano-banana", "luma-ray-2-flash", "720p"),
    ("fal-flux-schnell", "google-veo-3.1-fast", "720p"),
    ("gpt-image-2.5-flare", "luma-ray-2-flash", "720p"),
    ("google-nano-banana", "wan-2.5-t2v-fast", "480p"),
    ("gpt-image-2.5-flare", "google-veo-3.1-fast", "720p"),
)
"""Who draws, who shoots, and how large."""
PLENTY: dict[str, Any] = {"auto_approve_usd": "90.00", "ceiling_usd": "90.00", "use_cache": False}
LUMA = ("fal-ai/luma-dream-machine/ray-2-flash", "fal-ai/luma-dream-machine/ray-2-flash/image-to-video")
AT_720P = price_of("fal", "luma-ray-2-flash", 1, resolution="720p").micros
MOST_PAUSES = 40
CANCELLED, SHOTS = 4, {"1A", "1B", "1C"}


@contextmanager
def buying_here(parts: Parts, here: Lot) -> Iterator[None]:
    """Inside, the house orders from this lot, and waits as one does there."""
    desk, clock = parts.tools.orders._desk, ProcessClock(here.passing, parts.tools.database, None)
    before = desk.clock, desk.options
    chosen = replace(desk.options, submit_timeout_s=ANSWERS_IN_S, settle_s=0.1, limits=NO_LIMITS)
    _set(desk, clock, chosen)
    engines: Any = parts.tools.engines
    assert parts.tools.engine_keys is not None
    for name in VENDORS:
        engines[name] = here.engines[name]
        parts.tools.engine_keys.ours[name] = SecretStr(here.keys.secrets[name])
    try:
        yield
    finally:
        _set(desk, *before)
        for name in VENDORS:
            del engines[name]


def _set(desk: Any, clock: Any, options: Any) -> None:
    desk.clock, desk.options = clock, options
    desk.breakers._clock = desk.gate._clock = clock
    desk.gate._options = options


@dataclass
class Film:
    """One episode on its way, and the person whom it asks."""

    parts: Parts
    here: Lot
    walk: Walk
    pauses: list[str] = field(default_factory=list)

    async def to_its_end(self) -> str:
        """Answer what is asked, settle what is parked, and let it go on until it has ended."""
        for _ in range(MOST_PAUSES):
            state = await self.walk._rest()
            if state.status == "cancelled":
                self.pauses.append(state.status)
                await self._resume()
                continue
            if state.status != "paused":
                return str(state.status)
            if state.interrupts:
                await self._answer(state.interrupts[0]["value"])
                continue
            error = state.error or {}
            assert error["user_action"], "it says what to do"
            self.pauses.append(error["code"])
            await self._mend(error["code"])
        raise AssertionError(f"it pauses for ever: {Counter(self.pauses)}")

    async def _answer(self, gate: dict[str, Any]) -> None:
        """What is missing is asked for anew, everything else is as it should be."""
        missing = [item["item"] for item in gate["items"] if "media" in item and item["media"] is None]
        lights = {item: {"light": "RED"} for item in missing} if gate["gate"].startswith("review_") else {}
        await self.walk.answer(**lights)

    async def _mend(self, code: str) -> None:
        if code == "order_parked":
            for one in await self._parked():
                decision, job = self._told(one, await self.walk.orders())
                await self.parts.house.parked.settle(
                    one.call_key, decision, user_id=USER, attempt=one.attempt, external_id=job
                )
        for statement in MINUTE_PASSES:
            await self.parts.tools.database.execute(statement)
        await self._resume()

    async def _resume(self) -> None:
        await self.parts.house.runs.resume(user_id=USER, production_id=self.walk.production_id)

    async def cancel_at_the_first_take(self) -> None:
        """Somebody does, while its takes are made."""
        await self.here.jobs.books.when(lambda book: bool(book.jobs)).heard()
        await self.parts.house.runs.cancel(user_id=USER, production_id=self.walk.production_id)

    async def _parked(self) -> list[ParkedOrder]:
        found, _ = await self.parts.house.parked.listed(USER, production_id=self.walk.production_id)
        return found

    def _told(self, one: ParkedOrder, rows: list[dict[str, Any]]) -> tuple[Decision, str]:
        """A job for these words that nobody knows of is it; else another one is bought."""
        known = [attempt["external_id"] or "" for row in rows for attempt in row["attempts"]]
        prompt = next(row["request"]["prompt"] for row in rows if row["call_key"] == one.call_key)
        for job, words in self._named(one.provider):
            if words.startswith(prompt) and not any(id.endswith(job) for id in known):
                return "it_is_this_job", job
        return "it_never_arrived", ""

    def _named(self, provider: str) -> Iterator[tuple[str, str]]:
        for job in self.here.jobs.books.orders(provider):
            yield job.id, str(job.given.get("prompt", ""))
        for id, made in self.here.media.books.jobs.items():
            if made["vendor"] == provider and made["kind"] == "clip":
                yield f"models/{made['model']}/operations/{id}", made["order"]["prompt"]

    async def check(self) -> None:
        """Nothing sent twice, no refusal tried again, and the money between."""
        rows = [row for row in await self.walk.orders() if row["provider"] in VENDORS]
        for row in rows:
            outcomes = [attempt["outcome"] for attempt in row["attempts"]]
            assert set(outcomes[:-1]) <= SENT_ON, (row["call_key"], outcomes)
        attempts = [attempt for row in rows for attempt in row["attempts"]]
        known = [one["external_id"] for one in attempts if one["external_id"]]
        assert len(known) == len(set(known))
        may_have = [one for one in attempts if one["outcome"] not in NO_JOB]
        assert len(self.here.made()) <= len(may_have), "more jobs than requests that may have one"
        billed, unknown, held = await self._books()
        asked = self.here.asked_for()
        assert billed <= asked <= billed + unknown + held, (billed, asked, unknown, held)

    async def settle(self) -> None:
        """The bill is looked at: what all its lines come to is what is booked."""
        billed, _, held = await self._books()
        assert held == 0
        left = self.here.asked_for() - billed
        found, _ = await unknown_lines(self.parts.tools.database, user_id=USER, limit=1000, offset=0)
        for line in (one for one in found if one["production_id"] == self.walk.production_id):
            micros = min(left, line["unknown"])
            left -= micros
            await settle(self.parts.tools.database, line["line"], Money(micros=micros), user_id=USER)
        assert await self._books() == (self.here.asked_for(), 0, 0)

    async def _books(self) -> tuple[int, int, int]:
        costs = await self.parts.tools.orders.costs(self.walk.production_id)
        return costs.billed.micros, costs.unknown.micros, costs.reserved.micros


@pytest.mark.nightly
@pytest.mark.timeout(900)
@pytest.mark.usefixtures("answers_soon")
async def test_whole_episodes_in_a_storm(database_url: str, tmp_path: Path, voice_models: Path) -> None:
    seen: Happened = Counter()
    pauses = Counter[str]()
    async with house(database_url, tmp_path / "data", voice_models, remembers=True) as parts:
        for number in range(len(FILMS)):
            async with lot(tmp_path / f"lot {number}") as here:
                with buying_here(parts, here):
                    Sky(here, seed=SEED + number, share=SHARE, before=seen)
                    pauses.update(await one_film(parts, here, number))
                    seen += happened(here)
    print(f"\n{table(seen, VENDORS)}\n{dict(pauses)}")
    assert {"cancelled", "order_parked"} <= set(pauses)
    assert len({kind for _, kind in seen}) > 10


async def one_film(parts: Parts, here: Lot, number: int) -> list[str]:
    """From its brief to its master; why it paused."""
    for sold in LUMA:
        here.jobs.fal.models[sold] = here.jobs.fal.models[sold].changed(micro_usd=AT_720P)
    image_model, model_id, resolution = FILMS[number]
    walk = await begin(
        parts,
        review="auto",
        context=PLENTY,
        image_model=image_model,
        model_id=model_id,
        resolution=resolution,
    )
    film = Film(parts, here, walk)
    somebody = asyncio.create_task(film.cancel_at_the_first_take()) if number == CANCELLED else None
    assert await film.to_its_end() == "completed", film.pauses
    if somebody is not None:
        assert somebody.done(), "it was cancelled in between"
    assert "master.mp4" in ((await walk.state()).values or {})["deliverables"]
    rows = [row for row in await walk.orders() if row["provider"] in VENDORS]
    assert {row["item"] for row in rows if row["stage"] == "take" and row["state"] == "done"} == SHOTS
    assert not [row for row in rows if row["error_kind"] == "invalid"]
    await film.check()
    await film.settle()
    return film.pauses
