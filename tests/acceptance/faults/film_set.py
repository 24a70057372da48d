"""A film set for killing workers: a database, a previz farm that counts POSTs, workers as processes.

The farm is a provider: it bills every POST and remembers its invoices on disk. Nothing
here looks into our own ledger to find out what was bought.
"""

import asyncio
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from server.runs.accept import Runs
from server.runs.events import Event, EventLog
from server.specs import graph_specs
from state.media import MediaRef
from tests.forked import ForkedProcess
from tests.standins.farm_process import FarmProcess
from tools.db.pool import Database

ROOT = Path(__file__).parents[3]
USER = "local"
MICRO = json.loads((ROOT / "examples" / "micro.json").read_text())
WORK = ("work", "--slots", "1")
PATIENCE_S = 240

Process = asyncio.subprocess.Process | ForkedProcess


@dataclass(frozen=True)
class Moment:
    """When a worker is shot from outside: so long after this event of its production."""

    seq: int
    delay_s: float


@dataclass
class Outcome:
    """What a production came to, as a person would compare it."""

    status: str
    words: list[tuple[str, str, str]] = field(default_factory=list)
    """Slate, speaker, line."""
    pictures: dict[str, str | None] = field(default_factory=dict)
    """Slate to digest of the take, `slate/panel` to digest of the panel."""
    files: list[str] = field(default_factory=list)


class FilmSet:
    """One database and one farm; as many workers, one after the other, as the faults need."""

    def __init__(self, folder: Path, database: Database, events: EventLog, farm: FarmProcess) -> None:
        self.folder = folder
        self.database = database
        self.runs = Runs(database, graph_specs())
        self.events = events
        self.farm = farm
        self.kills: Counter[str] = Counter()
        self.module = "server.cli.main"
        self.forks = False
        """Whether who works alone is forked, too."""
        self._at_work: Process | None = None
        self.watch: Callable[[Event], Awaitable[None]] | None = None
        """Told of every event of the production; what it raises ends the work."""

    async def make(self, faults: Sequence[str] = (), moment: Moment | None = None) -> tuple[str, Outcome]:
        """Make the micro-episode; one worker after the other dies at the named points, the last one lives.

        With a moment the first worker without a fault is shot then.
        """
        accepted = await self.runs.start(
            user_id=USER, graph="novela", title="The Key", brief=MICRO, context={"review": "ask"}
        )
        return accepted.production_id, await self.finish(accepted.production_id, faults, moment)

    async def finish(
        self, production_id: str, faults: Sequence[str] = (), moment: Moment | None = None
    ) -> Outcome:
        """Go on with a production to its end, as `make` does."""
        crew = asyncio.create_task(self._crew([*faults, *([""] if moment else []), ""]))
        try:
            async with asyncio.timeout(PATIENCE_S), asyncio.TaskGroup() as group:
                group.create_task(self._answer_gates(production_id, crew))
                if moment is not None:
                    group.create_task(self._shoot(production_id, moment))
        finally:
            crew.cancel()
            await asyncio.gather(crew, return_exceptions=True)
        return await self.outcome(production_id)

    async def _crew(self, faults: Sequence[str]) -> None:
        # Who works alone starts as an operator starts it, and with another hash seed than all forks.
        begin = self._start if len(faults) == 1 and not self.forks else self._fork
        for left, fault in zip(reversed(range(len(faults))), faults, strict=True):
            process = self._at_work = await begin(self._environment(fault))
            try:
                code = await process.wait()
            finally:
                if process.returncode is None:
                    process.send_signal(signal.SIGTERM)
                    await process.wait()
            if not left or code != -signal.SIGKILL:
                raise AssertionError(f"the worker with fault {fault!r} ended with {code}: {self._log()}")
            if fault:
                self.kills[fault.partition(":")[0]] += 1

    async def _shoot(self, production_id: str, moment: Moment) -> None:
        """Kill whoever works at that moment, and note what the production was doing."""
        async for event in self.events.follow(production_id):
            if event.seq >= moment.seq:
                break
        await asyncio.sleep(moment.delay_s)
        state = await self.runs.state(user_id=USER, production_id=production_id)
        assert self._at_work is not None
        self._at_work.kill()
        self.kills[f"{state.status} {state.stage}".strip()] += 1

    async def _start(self, env: dict[str, str]) -> Process:
        with (self.folder / "worker.log").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable, "-m", self.module, *WORK, env=env, stdout=log, stderr=log
            )

    async def _fork(self, env: dict[str, str]) -> Process:
        return ForkedProcess(self.module, *WORK, env=env, log=self.folder / "worker.log")

    def _environment(self, fault: str) -> dict[str, str]:
        data = self.folder / "data"
        data.mkdir(exist_ok=True)
        (data / "faults.log").touch()
        return {
            "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANGGRAPH_STRICT_MSGPACK": "true",
            "GREENLIGHT_DATABASE_URL": self.database.url, "GREENLIGHT_DATA_DIR": str(data),
            "GREENLIGHT_PREVIZ_URL": self.farm.url, "GREENLIGHT_FAULT": fault,
            "GREENLIGHT_LEASE_TTL_S": "1", "GREENLIGHT_SWEEP_EVERY_S": "0.3",
            "GREENLIGHT_STRICT_ORDERS": "true",
        }  # fmt: skip

    async def _answer_gates(self, production_id: str, crew: "asyncio.Task[None]") -> None:
        async for event in self.events.follow(production_id, until_end=True):
            if crew.done():
                await crew
            if self.watch is not None:
                await self.watch(event)
            if (
                event.method == "lifecycle"
                and not event.namespace
                and event.payload["event"] == "interrupted"
            ):
                await self._answer(production_id)

    async def _answer(self, production_id: str) -> None:
        state = await self.runs.state(user_id=USER, production_id=production_id)
        if state.status != "paused":
            return
        gate = state.interrupts[0]
        reply: dict[str, Any] = {"approve_all": True}
        if gate["value"].get("quote"):
            reply["quote_id"] = gate["value"]["quote"]["quote_id"]
        await self.runs.answer(
            user_id=USER, production_id=production_id, interrupt_id=gate["id"], reply=reply
        )

    async def outcome(self, production_id: str) -> Outcome:
        """Read what was delivered from the files."""
        state = await self.runs.state(user_id=USER, production_id=production_id)
        deliverables = state.values.get("deliverables") or {}
        if "episode.json" not in deliverables:
            return Outcome(status=f"{state.status}: {state.error} {self._log()}")
        key = MediaRef.model_validate(deliverables["episode.json"]).key
        record = json.loads((self.folder / "data" / "media" / key).read_text())
        shots = [shot for scene in record["scenes"] for shot in scene["shots"]]
        pictures = {shot["slate"]: shot["take"]["sha256"] for shot in shots}
        pictures |= {f"{shot['slate']}/panel": shot["panel"]["sha256"] for shot in shots}
        words = [(shot["slate"], line["speaker"], line["text"]) for shot in shots for line in shot["lines"]]
        return Outcome(status=state.status, words=words, pictures=pictures, files=sorted(deliverables))

    def bought(self, production_id: str) -> Counter[str]:
        """How often each order of a production was sent to the farm, by the farm's own invoices."""
        keys = (invoice["call_key"] for invoice in self.farm.invoices())
        return Counter(key.partition(":")[2] for key in keys if key.startswith(production_id))

    def _log(self) -> str:
        log = self.folder / "worker.log"
        return log.read_text()[-3000:] if log.exists() else ""


@asynccontextmanager
async def film_set(folder: Path, database_url: str, farm: FarmProcess) -> AsyncIterator[FilmSet]:
    """A set on an open database."""
    database = await Database.open(database_url, max_size=4, name="film-set")
    events = EventLog(database)
    try:
        yield FilmSet(folder, database, events, farm)
    finally:
        await events.close()
        await database.close()
