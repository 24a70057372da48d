"""LangGraph's own dev server loads our graphs with an empty environment and runs one from brief to end."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil
from langgraph_sdk import get_sync_client
from langgraph_sdk.client import SyncLangGraphClient

ROOT = Path(__file__).parents[2]
PATIENCE_S = 120


def test_studio_runs_the_micro_episode_through_its_gates(tmp_path: Path):
    """No key, no database, and nothing that blocks the server's loop: it fails a run that does."""
    with dev_server(tmp_path) as (url, process):
        with get_sync_client(url=url) as client:
            assert {one["graph_id"] for one in client.assistants.search()} == {"novela", "export"}
            gates, values = _run_to_the_end(client)
        started = psutil.Process(process.pid).children(recursive=True) + _database(tmp_path)
    assert gates == ["approve_budget", "review_storyboard", "review_scene"]
    assert set(values["deliverables"]) >= {"master.mp4", "captions.srt", "ledger.json", "episode.json"}
    assert started, "the run needed a database and processes that draw"
    _, left = psutil.wait_procs(started, timeout=PATIENCE_S)
    assert left == [], "the stopped dev server left processes behind"


def _run_to_the_end(client: SyncLangGraphClient) -> tuple[list[str], Any]:
    brief = json.loads((ROOT / "examples" / "micro.json").read_text())
    thread = client.threads.create()["thread_id"]
    values: Any = client.runs.wait(thread, "novela", input={"brief": brief})
    gates = []
    while interrupts := values.get("__interrupt__"):
        asked = interrupts[0]["value"]
        gates.append(asked["gate"])
        reply = {"approve_all": True, "quote_id": (asked.get("quote") or {}).get("quote_id")}
        values = client.runs.wait(thread, "novela", command={"resume": {interrupts[0]["id"]: reply}})
    return gates, values


@contextmanager
def dev_server(folder: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """The dev server on a free port, with nothing of ours in its environment but the data folder."""
    port = _free_port()
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "GREENLIGHT_DATA_DIR": str(folder / "data")}
    command = [
        str(Path(sys.executable).with_name("langgraph")), "dev", "--no-browser", "--no-reload",
        "--host", "127.0.0.1", "--port", str(port),
    ]  # fmt: skip
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            _wait_until_up(f"http://127.0.0.1:{port}/ok", process, folder / "log")
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE_S)


def _database(folder: Path) -> list[psutil.Process]:
    found = (folder / "data" / "database").rglob("postmaster.pid")
    return [psutil.Process(int(file.read_text().splitlines()[0])) for file in found]


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _wait_until_up(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    transport = httpx.HTTPTransport(retries=8)  # each waits twice as long
    with httpx.Client(transport=transport, timeout=PATIENCE_S) as client:
        try:
            client.get(url).raise_for_status()
        except httpx.HTTPError:
            raise AssertionError(log.read_text()[-3000:]) from None
    assert process.poll() is None, log.read_text()[-3000:]
