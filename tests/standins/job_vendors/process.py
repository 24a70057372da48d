"""Both vendors as a process of its own, and how a test starts one, kills it and starts it again.

    python -m tests.standins.job_vendors.process --folder /tmp/vendors --pace 0.05

It prints one line of JSON with the addresses of both. Its books lie in the folder and survive it.
"""

import argparse
import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.standins.job_vendors import faults
from tests.standins.job_vendors.books import JobBooks
from tests.standins.job_vendors.house import JobVendors

ROOT = Path(__file__).parents[3]


class VendorsProcess:
    """Starts the vendors; with the same folder they are found at the same addresses again."""

    def __init__(self, folder: Path, *, pace: float = 0.0, deck: str = "", faults: str = "") -> None:
        """`deck` is `seed:share`: so many of the orders meet a fault. `faults`: names with commas."""
        self.folder, self.pace, self.deck, self.faults = folder, pace, deck, faults
        self.urls: dict[str, str] = {}

    def __enter__(self) -> "VendorsProcess":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end(signal.SIGTERM)

    def start(self) -> None:
        ports = ",".join(url.rpartition(":")[2] for url in self.urls.values()) or "0,0"
        program = [sys.executable, "-m", "tests.standins.job_vendors.process", "--folder", str(self.folder)]
        program += ["--pace", str(self.pace), "--ports", ports]
        program += ["--deck", self.deck, "--faults", self.faults]
        env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(program, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.urls = json.loads(self._process.stdout.readline())

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        self._process.send_signal(how)
        self._process.wait(20)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def books(self) -> JobBooks:
        """What is in the file by now: jobs, invoices, faults, and the POSTs as `earlier`."""
        return JobBooks(path=self.folder / "books.jsonl")


async def _serve(given: argparse.Namespace) -> None:
    first, _, second = given.ports.partition(",")
    vendors = JobVendors(pace=given.pace, folder=given.folder, ports=(int(first), int(second)))
    seed, _, share = given.deck.partition(":")
    for number, vendor in enumerate(vendors.all):
        vendor.deck = faults.Deck(int(seed) + number, float(share)) if share else None
        vendor.faults += [getattr(faults, kind)() for kind in given.faults.split(",") if kind]
    await vendors.start()
    print(json.dumps({vendor.name: vendor.url for vendor in vendors.all}), flush=True)
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    await ended.wait()
    await vendors.stop()


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--ports", default="0,0")
    parser.add_argument("--pace", type=float, default=0.0)
    parser.add_argument("--deck", default="", help="seed:share, such as 7:0.3")
    parser.add_argument("--faults", default="", help="what the first orders of both meet: dropped,busy")
    asyncio.run(_serve(parser.parse_args()))


if __name__ == "__main__":
    main()
