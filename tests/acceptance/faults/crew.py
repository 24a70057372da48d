"""Processes on a set: workers and doors that are replaced when they die, each with a fault of a deck."""

import asyncio
import os
import random
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.acceptance.faults.deck import Deck
from tests.forked import ForkedProcess
from tools.db.pool import Database
from tools.faults import LOG_NAME

PATIENCE_S = 300
SHARED_KEY = "7Lh7lTkxGKGM9STlZVItipPf3aEo/bRv+3wCdLZLztA="
QUICK = {
    "GREENLIGHT_LEASE_TTL_S": "1", "GREENLIGHT_SWEEP_EVERY_S": "0.3", "GREENLIGHT_SUBMIT_TIMEOUT_S": "0.5",
}  # fmt: skip
HOLDS = "select 1 from productions where split_part(lease_owner, ':', 2) = %(pid)s::text limit 1"
LOOK_S = 0.05
SHORT_SLEEP_S, AWAKE_S = 0.5, 0.5
OVERSLEEPS_S = (0.0, 0.3, 1.0)
"""How long a frozen process stands still after others have taken what it held."""


@dataclass
class Seat:
    """A place that is always taken: who dies there is replaced."""

    name: str
    words: tuple[str, ...]
    deck: Deck
    """Where the fault of the next process here comes from."""
    port: int = 0
    process: ForkedProcess | None = None


@dataclass
class Crew:
    """All processes of a set, on one database, one media folder and one provider."""

    folder: Path
    database: Database
    settings: dict[str, str] = field(default_factory=dict)
    guard_off: str = ""
    seats: list[Seat] = field(default_factory=list)
    dice: random.Random = field(default_factory=random.Random)
    may_wake: Callable[[], bool] = lambda: True
    """Whether who is frozen may be woken before all is over."""
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    outcomes: list[str] = field(default_factory=list)
    """What ended otherwise than asked."""

    def seat(self, name: str, *words: str, deck: Deck | None = None) -> Seat:
        """One more place. `serve` listens on a port that stays the same whoever sits there."""
        data = self.folder / name
        data.mkdir()
        (data / LOG_NAME).touch()
        seat = Seat(name, words, deck or Deck([]), port=free_port() if words[0] == "serve" else 0)
        self.seats.append(seat)
        return seat

    @property
    def folders(self) -> list[Path]:
        """Where the processes of each seat write down what went off."""
        return [self.folder / seat.name for seat in self.seats]

    async def attend(self, seat: Seat) -> None:
        """Keep a seat taken until the set closes."""
        while not self.closing.is_set():
            fault = seat.deck.draw() or ""
            process = seat.process = self.start(seat, fault)
            gone = asyncio.create_task(process.wait())
            closing = asyncio.create_task(self.closing.wait())
            helper = asyncio.create_task(self._help(seat, process, fault))
            await asyncio.wait({gone, closing}, return_when=asyncio.FIRST_COMPLETED)
            await ended(closing, helper)
            process.send_signal(signal.SIGCONT)
            process.send_signal(signal.SIGTERM)
            self._judge(seat, fault, await asyncio.wait_for(gone, PATIENCE_S), process.pid)

    def _judge(self, seat: Seat, fault: str, code: int, pid: int) -> None:
        """A process ends in order or by its fault; a fault that nothing came of is for somebody else."""
        went_off = self._went_off(seat, pid)
        if fault and not went_off:
            seat.deck.put_back(fault)
        # One that is asked to go before it has begun to listen goes at once.
        in_order = {-signal.SIGKILL} if went_off and fault.endswith("kill") else {0, -signal.SIGTERM}
        if code not in in_order:
            self.outcomes.append(f"{seat.name} with {fault!r} ended with {code}: {self.log(seat)[-2000:]}")

    def _went_off(self, seat: Seat, pid: int) -> bool:
        lines = (self.folder / seat.name / LOG_NAME).read_text().splitlines()
        return any(line.split()[1] == str(pid) for line in lines)

    async def _help(self, seat: Seat, process: ForkedProcess, fault: str) -> None:
        """Some faults need somebody: a drain is asked for, and who outlives one makes room for the next."""
        if fault.startswith("before_hand_back"):
            while not await self._holds(process):
                await asyncio.sleep(LOOK_S)
            process.send_signal(signal.SIGTERM)
        if not fault or fault.endswith("kill"):
            return
        while not self._went_off(seat, process.pid):  # another process writes the line
            await asyncio.sleep(LOOK_S)
        if fault.endswith("freeze"):
            await self._thaw(process)
        await asyncio.sleep(AWAKE_S)  # it does what it was about to do
        process.send_signal(signal.SIGTERM)

    async def _thaw(self, process: ForkedProcess) -> None:
        """Wake it once others have taken what it held: at once, or when they have gone on for a while."""
        await asyncio.sleep(SHORT_SLEEP_S)
        while await self._holds(process) or not self.may_wake():
            await asyncio.sleep(LOOK_S)
        await asyncio.sleep(self.dice.choice(OVERSLEEPS_S))
        process.send_signal(signal.SIGCONT)

    async def _holds(self, process: ForkedProcess) -> bool:
        """Whether it holds a production: no notification tells of claims."""
        return bool(await self.database.fetch_all(HOLDS, {"pid": process.pid}))

    def start(self, seat: Seat, fault: str = "") -> ForkedProcess:
        """A process on this seat."""
        environment = {
            "PATH": os.environ["PATH"], "BOOKS": str(self.folder), "LANGGRAPH_STRICT_MSGPACK": "true",
            "GREENLIGHT_DATABASE_URL": self.database.url, "GREENLIGHT_DATA_DIR": str(self.folder / seat.name),
            "GREENLIGHT_MEDIA": str(self.folder / "media"), "GREENLIGHT_LINK_SECRET": "l" * 32,
            "GREENLIGHT_MASTER_KEY": SHARED_KEY, "GREENLIGHT_WORKERS": "2", "GREENLIGHT_FAULT": fault,
            "GREENLIGHT_STRICT_ORDERS": "true", "GUARD_OFF": self.guard_off, **QUICK, **self.settings,
        }  # fmt: skip
        if seat.port:
            environment["GREENLIGHT_PORT"] = str(seat.port)
        words = ("", "tests.acceptance.faults.day_process", *seat.words)
        return ForkedProcess(IN_FOLDER, *words, env=environment, log=self.folder / f"{seat.name}.log")

    def log(self, seat: Seat) -> str:
        """What the processes of this seat have said."""
        file = self.folder / f"{seat.name}.log"
        return file.read_text() if file.exists() else ""

    def kill_all(self) -> None:
        """After a failed test."""
        for seat in self.seats:
            if seat.process is not None:
                seat.process.kill()


IN_FOLDER = "tests.integration.machines.in_namespace"


async def ended(*tasks: "asyncio.Task[None]") -> None:
    """Cancel helpers whose work is over; what they died of is raised."""
    for task in tasks:
        if not task.done():
            task.cancel()
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(result, Exception):
            raise result


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
