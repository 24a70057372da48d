"""Workers as processes: how much more several do, how soon others go on, and what waiting costs.

The floor of the rate is the bare library in this process, in turns with ours. A production that waits
costs the difference to an empty database; a worker that dies is held against its settings.

    python -m benchmarks.workers            # prints a table, exits 1 when a bound is broken
"""

import asyncio
import math
import os
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")

from benchmarks.counting_proxy import CountingProxy
from benchmarks.run_engine import GATED, Engine, Floor, in_fresh_database, on_embedded, rate
from benchmarks.worker_process import STEP_S, worker_graphs
from server.logs import configure_logs
from server.runs import roster
from server.runs.accept import Runs
from server.runs.graph_spec import GraphSpec
from server.runs.slot import Slot
from server.runs.sweeper import sweep
from tools.db.pool import Database
from tools.settings import Settings

ROUNDS, RUNS, SLOTS = 3, 120, 8
PROCESSES = (1, 2, 4)
KILLS = 2
OURS = Settings()
LEASES = {"default": (OURS.lease_ttl_s, OURS.sweep_every_s), "short": (3.0, 0.5)}
"""Seconds: how long a lease lives, and how often it is swept."""
IDLE, LOOKS, QUIET_S = 1000, 50, 10.0
USER = "local"
LAST_RUNS = """
select count(*) as many, extract(epoch from max(ended_at) - min(started_at))::float8 as seconds
from runs where run_id = any(%s::uuid[]) and status = 'completed'
"""
ALL_TOLD = """
select 1 from events where production_id = any(%s::uuid[]) having count(distinct production_id) = %s
"""
LONGEST_PAUSES = """
select extract(epoch from max(pause))::float8 as seconds from (
    select production_id, at - lag(at) over (partition by production_id order by seq) as pause
    from events where production_id = any(%s::uuid[]) and at > %s
) told group by production_id
"""
FIRST_AFTER = """
select extract(epoch from min(at) - %s)::float8 as seconds from events
where production_id = any(%s::uuid[]) and at > %s group by production_id
"""


@dataclass
class Crew:
    """Worker processes on one database."""

    url: str
    folder: Path
    database: Database
    runs: Runs
    hired: list[asyncio.subprocess.Process] = field(default_factory=list)

    async def hire(self, **env: Any) -> "Hand":
        """One more process, ready to work."""
        settings = {
            "GREENLIGHT_DATABASE_URL": self.url, "GREENLIGHT_DATA_DIR": str(self.folder),
            "GREENLIGHT_WORKERS": str(SLOTS), "GREENLIGHT_LOG_LEVEL": "ERROR",
        }  # fmt: skip
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.worker_process",
            env={**os.environ, **settings, **env}, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        self.hired.append(process)
        assert process.stdout is not None
        return Hand(self, process, (await process.stdout.readline()).decode().strip())

    async def start(self, graph: str, many: int) -> tuple[list[str], list[str]]:
        """Accept so many runs; their productions and themselves."""
        made = [
            await self.runs.start(user_id=USER, graph=graph, title="bench", brief={}, context={})
            for _ in range(many)
        ]
        return [one.production_id for one in made], [one.run_id for one in made]

    async def ended(self, runs: list[str]) -> float:
        """Wait until all these have ended; seconds from the first start to the last end."""
        while True:
            row = await self.database.fetch_one(LAST_RUNS, [runs])
            assert row is not None
            if row["many"] == len(runs):
                return float(row["seconds"])
            await asyncio.sleep(0.05)

    async def now(self) -> Any:
        """The database's clock."""
        row = await self.database.fetch_one("select clock_timestamp() as now")
        assert row is not None
        return row["now"]

    async def moving_again(self, productions: list[str], since: Any) -> list[float]:
        """Seconds until each of them told something new."""
        while True:
            rows = await self.database.fetch_all(FIRST_AFTER, [since, productions, since])
            if len(rows) == len(productions):
                return [row["seconds"] for row in rows]
            await asyncio.sleep(0.05)

    async def cancel(self, productions: list[str]) -> None:
        for one in productions:
            await self.runs.cancel(user_id=USER, production_id=one)
        await self.until("select 1 from productions where status in ('queued', 'running')", there=False)

    async def until(self, question: str, params: Sequence[Any] = (), *, there: bool = True) -> None:
        """Wait until a question has an answer in the database, or has none."""
        # A database tells nobody.
        while bool(await self.database.fetch_all(question, params)) is not there:  # noqa: ASYNC110
            await asyncio.sleep(0.02)

    async def driven(self, productions: list[str]) -> None:
        """Wait until all of them have told something."""
        await self.until(ALL_TOLD, [productions, len(productions)])


@dataclass
class Hand:
    """One worker process."""

    crew: Crew
    process: asyncio.subprocess.Process
    worker_id: str

    async def ask(self, wanted: roster.Doing) -> None:
        """Let it take no more work, or work again; back when it does."""
        await roster.ask(self.crew.database, self.worker_id, wanted)
        question = "select 1 from workers where worker_id = %s and state = %s"
        await self.crew.until(question, [self.worker_id, wanted])

    async def end(self, by: signal.Signals = signal.SIGTERM) -> float:
        """Seconds from the signal to the end of the process."""
        began = time.perf_counter()
        if self.process.returncode is None:
            self.process.send_signal(by)
            await self.process.wait()
        return time.perf_counter() - began


@dataclass
class Seen:
    """What several processes took."""

    rates: dict[str, float] = field(default_factory=dict)
    kills: list[float] = field(default_factory=list)
    drains: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    silences: list[float] = field(default_factory=list)


@asynccontextmanager
async def crew_on(url: str) -> AsyncIterator[Crew]:
    folder = Path(tempfile.mkdtemp(prefix="greenlight-bench-data-"))
    database = await Database.open(url, max_size=4, name="bench")
    crew = Crew(url, folder, database, Runs(database, worker_graphs()))
    try:
        yield crew
    finally:
        for process in crew.hired:  # whom a failure left
            if process.returncode is None:
                process.kill()
                await process.wait()
        await database.close()


async def with_processes(url: str) -> Seen:
    """Everything that takes several processes with default leases, with as few starts as can be."""
    seen = Seen()
    async with crew_on(url) as crew, AsyncExitStack() as stack:
        hands = [await crew.hire() for _ in range(max(PROCESSES))]
        for hand in hands:
            stack.push_async_callback(hand.end)
            await hand.ask("draining")
        seen.rates = await _rates(crew, hands)
        heir, victim, *leavers = hands
        seen.kills = await _kill(crew, heir, victim)
        for leaver in leavers:
            drained, ended, silences = await _drain(crew, heir, leaver)
            seen.drains.append(drained)
            seen.ends.append(ended)
            seen.silences += silences
    return seen


async def _rates(crew: Crew, hands: Sequence[Hand]) -> dict[str, float]:
    """Runs per second, medians of the turns: the bare library, then so many processes."""
    seen: dict[str, list[float]] = {"library": [], **{f"{many} processes": [] for many in PROCESSES}}
    floor = Floor(crew.url)
    await floor.client(5)
    for _ in range(ROUNDS):  # in turns, so that a busy machine is unfair to all
        seen["library"].append(await rate(floor.client, clients=SLOTS, count=RUNS))
        for many in PROCESSES:
            seen[f"{many} processes"].append(await _rate(crew, hands[:many]))
    return {name: statistics.median(figures) for name, figures in seen.items()}


async def _rate(crew: Crew, hands: Sequence[Hand]) -> float:
    """All runs are accepted before anybody works, so that acceptance is not what bounds them."""
    _, runs = await crew.start("three", RUNS)
    for hand in hands:
        await hand.ask("working")
    seconds = await crew.ended(runs)
    for hand in hands:
        await hand.ask("draining")
    return RUNS / seconds


async def _kill(crew: Crew, heir: Hand, victim: Hand) -> list[float]:
    """Seconds from kill -9 of a busy worker until each of its productions moves again."""
    productions = await _busy(crew, heir, victim)
    await victim.end(signal.SIGKILL)
    seen = await crew.moving_again(productions, await crew.now())
    await _at_rest(crew, heir, productions)
    return seen


async def _drain(crew: Crew, heir: Hand, leaver: Hand) -> tuple[float, float, list[float]]:
    """Seconds from SIGTERM until a busy worker has signed out, and until its process is gone.

    And the longest silence of each of its productions.
    """
    productions = await _busy(crew, heir, leaver)
    since = await crew.now()
    leaving = asyncio.create_task(leaver.end())
    began = time.perf_counter()
    await crew.until("select 1 from workers where worker_id = %s", [leaver.worker_id], there=False)
    drained, ended = time.perf_counter() - began, await leaving
    await crew.moving_again(productions, await crew.now())
    silences = await crew.database.fetch_all(LONGEST_PAUSES, [productions, since])
    await _at_rest(crew, heir, productions)
    return drained, ended, [row["seconds"] for row in silences]


async def _busy(crew: Crew, heir: Hand, other: Hand) -> list[str]:
    """The other one drives a production on every slot, and the heir has nothing to do."""
    await other.ask("working")
    productions, _ = await crew.start("walk", SLOTS)
    await crew.driven(productions)
    await heir.ask("working")
    return productions


async def _at_rest(crew: Crew, heir: Hand, productions: list[str]) -> None:
    await crew.cancel(productions)
    await heir.ask("draining")


async def with_short_leases(url: str) -> list[float]:
    """As `_kill`, some times, where leases and sweeps are short."""
    ttl_s, sweep_s = LEASES["short"]
    env = {"GREENLIGHT_LEASE_TTL_S": str(ttl_s), "GREENLIGHT_SWEEP_EVERY_S": str(sweep_s)}
    async with crew_on(url) as crew:
        heir = await crew.hire(**env)
        await heir.ask("draining")
        seen = [took for _ in range(KILLS) for took in await _kill(crew, heir, await crew.hire(**env))]
        await heir.end()
    return seen


async def _size_kib(database: Database) -> float:
    await database.execute("vacuum")
    row = await database.fetch_one("select pg_database_size(current_database()) as bytes")
    assert row is not None
    return float(row["bytes"]) / 1024


async def _median_ms(look: Callable[[], Awaitable[Any]]) -> float:
    taken = []
    for _ in range(LOOKS):
        began = time.perf_counter()
        await look()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


async def waiting(url: str) -> dict[str, tuple[float, float]]:
    """What 1,000 productions at a gate cost: an empty database, and one with them."""
    async with Engine(url) as engine:
        empty = await _look(engine)
        for _ in range(IDLE // SLOTS):
            await asyncio.gather(*(_to_the_gate(engine) for _ in range(SLOTS)))
        full = await _look(engine)
    return {name: (empty[name], full[name]) for name in empty}


async def _to_the_gate(engine: Engine) -> None:
    async for event in engine.events.follow(await engine.start("gated")):
        if event.method == "lifecycle" and event.payload["event"] == "interrupted":
            return


async def _look(engine: Engine) -> dict[str, float]:
    slot = Slot(engine.url, worker_graphs() | {"gated": GraphSpec(graph=GATED)})
    await slot.open()
    terms: dict[str, Any] = {"owner": "bench", "ttl_s": 15.0, "patience_s": 600.0}
    figures = {
        "database, KiB": await _size_kib(engine.database),
        "a sweep, ms": await _median_ms(lambda: sweep(engine.database)),
        "a choice, ms": await _median_ms(lambda: slot.claim_next(**terms)),
        "statements/s": await _statements(engine.url),
    }
    await slot.close()
    return figures


async def _statements(url: str) -> float:
    """What a worker sends in a second in which there is nothing to do."""
    async with CountingProxy(url) as proxy, Engine(proxy.url):
        before = len(proxy.statements)
        await asyncio.sleep(QUIET_S)
        return (len(proxy.statements) - before) / QUIET_S


async def measure(server: str) -> bool:
    """Everything, each on a database of its own; whether all bounds hold."""
    seen = await in_fresh_database(server, with_processes)
    _tell_rates(seen.rates)
    good = _tell_kills("default", seen.kills)
    good &= _tell_kills("short", await in_fresh_database(server, with_short_leases))
    drain = f"SIGTERM to signed out, {SLOTS} productions with steps of {STEP_S:g} s"
    good &= _tell_seconds(drain, seen.drains, bound=STEP_S + 2)
    _tell_seconds("... to the end of the process", seen.ends)
    good &= _tell_seconds("... the longest silence of its productions", seen.silences, bound=STEP_S + 2)
    _tell_waiting(await in_fresh_database(server, waiting))
    return good


def _tell_rates(seen: dict[str, float]) -> None:
    print(f"{'runs/s':16}{'':>10}{'of library':>12}{'of one':>8}")
    for name, figure in seen.items():
        print(f"{name:16}{figure:10.1f}{figure / seen['library']:12.2f}{figure / seen['1 processes']:8.2f}")


def _tell_kills(name: str, seen: Sequence[float]) -> bool:
    ttl_s, sweep_s = LEASES[name]
    title = f"kill -9 to moving again, lease {ttl_s:g} s, sweep {sweep_s:g} s"
    return _tell_seconds(title, seen, bound=ttl_s + 1.3 * sweep_s + 1)


def _tell_seconds(name: str, seen: Sequence[float], *, bound: float = math.inf) -> bool:
    met = max(seen) <= bound
    verdict = f"<= {bound:.1f} {'met' if met else 'MISSED'}" if bound < math.inf else ""
    print(
        f"{name}: median {statistics.median(seen):.1f} s, longest {max(seen):.1f} s of {len(seen)}, {verdict}"
    )
    return met


def _tell_waiting(seen: dict[str, tuple[float, float]]) -> None:
    print(f"{'':16}{'empty':>10}{f'{IDLE} idle':>12}{'per one':>10}")
    for name, (empty, full) in seen.items():
        print(f"{name:16}{empty:10.2f}{full:12.2f}{(full - empty) / IDLE:10.4f}")


def main() -> int:
    configure_logs(OURS.model_copy(update={"log_level": "ERROR"}))
    return 0 if asyncio.run(on_embedded(measure)) else 1


if __name__ == "__main__":
    sys.exit(main())
