"""The vendors as a process of their own, which remembers its book when it is started again.

    python -m tests.standins.media_vendors.process --folder /tmp/vendors --scale 0.05

It tells the addresses on stdout, one line of JSON. `control` is for tests alone: POST /faults with a list of
such as `{"vendor": "google", "fault": "busy", "of": {"retry_after_s": 3}, "at": "poll"}`, POST /deck with a
vendor, a seed and a share, GET /book for posts, jobs, invoices and the faults that were met.
"""

import argparse
import asyncio
import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import httpx

from tests.standins.media_vendors import faults
from tests.standins.model_vendors.faults import Fault, met_at
from tests.standins.model_vendors.house import Vendors
from tests.standins.model_vendors.wire import Out, Request, Server

ROOT = Path(__file__).parents[3]
FILE = "book.jsonl"
HERE = "http://127.0.0.1:"


class Control:
    """Plans faults and shows the book."""

    def __init__(self, vendors: Vendors) -> None:
        self.vendors = vendors
        self.server = Server(self._answer)

    async def _answer(self, request: Request, out: Out) -> None:
        asked = json.loads(request.body) if request.body else {}
        match request.path:
            case "/faults":
                for one in asked:
                    getattr(self.vendors, one["vendor"]).faults.append(fault_of(one))
                await out.json(200, {"planned": len(asked)})
            case "/deck":
                desk = getattr(self.vendors, asked["vendor"]).media
                desk.deck = faults.Deck(asked["seed"], asked["share"]) if asked["share"] else None
                await out.json(200, {})
            case "/book":
                await out.json(200, book_of(self.vendors))
            case _:
                await out.json(404, {})


def fault_of(told: dict[str, Any]) -> Fault:
    """The fault of this name, made with these words, at this call."""
    made: Fault = getattr(faults, told["fault"])(**told.get("of", {}))
    return met_at(told.get("at", ""), made)


def book_of(vendors: Vendors) -> dict[str, Any]:
    """All that is remembered."""
    book = vendors.books
    return {
        "posted": book.posted, "jobs": list(book.jobs.values()), "met": [asdict(one) for one in book.met],
        "invoices": [asdict(one) for one in book.invoices], "micro_usd": book.micro_usd(),
    }  # fmt: skip


async def serve(folder: Path, scale: float, ports: dict[str, int]) -> None:
    """Until somebody ends it."""
    vendors = Vendors(file=folder / FILE, scale=scale)
    control, ended = Control(vendors), asyncio.Event()
    servers = {**{vendor.name: vendor.server for vendor in vendors.all}, "control": control.server}
    for name, server in servers.items():
        server.port = ports.get(name, 0)
        await server.start()
    loop = asyncio.get_running_loop()
    for one in signal.SIGTERM, signal.SIGINT:
        loop.add_signal_handler(one, ended.set)
    keys = {f"{vendor.name}_key": vendor.key for vendor in vendors.all}
    print(json.dumps({name: server.url for name, server in servers.items()} | keys), flush=True)
    await ended.wait()
    for server in servers.values():
        await server.stop()


class VendorsProcess:
    """Starts the process on free ports; started again, it has the same ones and its book."""

    def __init__(self, folder: Path, *, scale: float = 0) -> None:
        self.folder, self.scale = folder, scale
        self.urls: dict[str, str] = {}
        """By vendor, and `control`; and each vendor's key as `google_key`."""

    def __enter__(self) -> "VendorsProcess":
        self.folder.mkdir(parents=True, exist_ok=True)
        ports = [
            f"{name}={url.removeprefix(HERE)}" for name, url in self.urls.items() if url.startswith(HERE)
        ]
        program = [sys.executable, "-m", "tests.standins.media_vendors.process", "--folder", str(self.folder)]
        self._log = (self.folder / "vendors.log").open("ab")
        self._process = subprocess.Popen(
            [*program, "--scale", str(self.scale), "--ports", *ports],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        assert self._process.stdout is not None
        told = self._process.stdout.readline()
        assert told, (self.folder / "vendors.log").read_text()[-2000:]
        self.urls = json.loads(told)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._end()

    def kill(self) -> None:
        """As the power does; start it again with `with`."""
        self._process.kill()
        self._end()

    def _end(self) -> None:
        self._process.wait(20)
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._log.close()

    def plan(self, vendor: str, fault: str, *, at: str = "", **of: Any) -> None:
        """Plan one more fault, by the name of what makes it."""
        self._ask("/faults", [{"vendor": vendor, "fault": fault, "at": at, "of": of}])

    def deal(self, vendor: str, seed: int, share: float) -> None:
        """Deal faults from now on; with a share of 0, no more."""
        self._ask("/deck", {"vendor": vendor, "seed": seed, "share": share})

    def book(self) -> dict[str, Any]:
        """Posts, jobs, invoices, faults."""
        return self._ask("/book", {})

    def _ask(self, path: str, body: Any) -> dict[str, Any]:
        with httpx.Client(verify=False, trust_env=False, timeout=20) as web:  # noqa: S501 - loopback, without TLS
            told: dict[str, Any] = web.post(self.urls["control"] + path, json=body).json()
        return told


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--scale", type=float, default=0, help="of the models' own seconds")
    parser.add_argument("--ports", nargs="*", default=[], metavar="NAME=PORT")
    given = parser.parse_args()
    ports = {name: int(port) for name, _, port in (one.partition("=") for one in given.ports)}
    given.folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(serve(given.folder, given.scale, ports))


if __name__ == "__main__":
    main()
