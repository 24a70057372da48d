"""LangGraph's own dev server loads our graphs with an empty environment and runs one from brief to end."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from langgraph_sdk import get_sync_client

ROOT = Path(__file__).parents[2]
PATIENCE_S = 120


@pytest.fixture
def dev_server(tmp_path: Path) -> Iterator[str]:
    """The dev server on a free port, with nothing of ours in its environment but the data folder."""
    port = _free_port()
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "GREENLIGHT_DATA_DIR": str(tmp_path / "data")}
    command = [
        str(Path(sys.executable).with_name("langgraph")), "dev", "--no-browser", "--no-reload",
        "--host", "127.0.0.1", "--port", str(port),
    ]  # fmt: skip
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            _wait_until_up(f"http://127.0.0.1:{port}/ok", process, tmp_path / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)


def test_studio_runs_the_micro_episode_through_its_gates(dev_server: str):
    brief = json.loads((ROOT / "examples" / "micro.json").read_text())
    client = get_sync_client(url=dev_server)
    assert {one["graph_id"] for one in client.assistants.search()} == {"novela"}
    thread = client.threads.create()["thread_id"]
    values = client.runs.wait(thread, "novela", input={"brief": brief})
    gates = []
    while interrupts := values.get("__interrupt__"):
        gates.append(interrupts[0]["value"]["gate"])
        reply = {"approve_all": True, "quote_id": (interrupts[0]["value"].get("quote") or {}).get("quote_id")}
        command = {"resume": {interrupts[0]["id"]: reply}}
        values = client.runs.wait(thread, "novela", command=command)
    assert gates == ["approve_budget", "review_storyboard", "review_scene"]
    assert set(values["deliverables"]) >= {"master.mp4", "captions.srt", "ledger.json", "episode.json"}


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _wait_until_up(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    transport = httpx.HTTPTransport(retries=PATIENCE_S)
    with httpx.Client(transport=transport, timeout=PATIENCE_S) as client:
        try:
            client.get(url).raise_for_status()
        except httpx.HTTPError:
            raise AssertionError(log.read_text()[-3000:]) from None
    assert process.poll() is None, log.read_text()[-3000:]
