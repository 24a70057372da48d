"""A run as figures, spans and log lines: whose it is, where it was, how it ended (S2-095, S2-128, S4-096)."""

import io
import json
import logging
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from opentelemetry.sdk.trace import ReadableSpan

from server.logs import configure_logs
from server.tracing import node_at_work
from tests.figures import Figures
from tests.integration.runs.conftest import USER, StudioLot
from tests.spans import Heard, facts, id_of, listening, parent_of, trace_of
from tools.settings import Settings
from tools.telemetry.spans import production_span_id


@pytest.fixture
def heard() -> Iterator[Heard]:
    with listening(node=node_at_work) as hearing:
        yield hearing


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """The log as a process writes it."""
    root, stream = logging.getLogger(), io.StringIO()
    handlers, level, structure = root.handlers[:], root.level, structlog.get_config()
    configure_logs(Settings(), stream=stream)
    yield stream
    logging.captureWarnings(capture=False)
    root.handlers, root.level = handlers, level
    structlog.configure(**structure)


def lines(stream: io.StringIO, message: str) -> list[dict[str, Any]]:
    told = [json.loads(line) for line in stream.getvalue().splitlines()]
    return [line for line in told if line["message"] == message]


def by_name(spans: list[ReadableSpan]) -> dict[str, ReadableSpan]:
    return {span.name: span for span in spans}


async def test_production_run_and_nodes_are_one_trace(lot: StudioLot, heard: Heard) -> None:
    async with lot.worker():
        accepted = await lot.start("line")
        await lot.until(accepted.production_id, "completed")
    spans = by_name(list(heard.spans))
    assert {trace_of(span) for span in heard.spans} == {uuid.UUID(accepted.production_id).int}
    assert parent_of(spans["production"]) == 0
    assert parent_of(spans["run"]) == id_of(spans["production"])
    nodes = [span for span in heard.spans if span.name.startswith("node ")]
    assert len(nodes) > 1
    assert {parent_of(node) for node in nodes} == {id_of(spans["run"])}
    assert facts(spans["run"])["status"] == "completed"
    assert facts(spans["run"])["run"] == accepted.run_id


async def test_a_gate_and_its_answer_are_two_runs_of_one_trace(lot: StudioLot, heard: Heard) -> None:
    """The second may be of another machine, weeks later: it needs nothing of the first."""
    async with lot.worker():
        accepted = await lot.start("gate")
        await lot.until(accepted.production_id, "paused")
    async with lot.worker():
        await lot.answer(accepted.production_id)
        await lot.until(accepted.production_id, "completed", runs=2)
    asked, answered = heard.named("run")
    assert trace_of(asked) == trace_of(answered)
    assert parent_of(asked) == parent_of(answered) == int(production_span_id(accepted.production_id), 16)
    assert [facts(one)["status"] for one in (asked, answered)] == ["paused", "completed"]
    assert len(heard.named("production")) == 1
    assert facts(heard.named("node review")[0])["outcome"] == "asks"


async def test_a_node_of_a_subgraph_lies_in_it(lot: StudioLot, heard: Heard) -> None:
    async with lot.worker():
        accepted = await lot.start("inner_gate")
        await lot.until(accepted.production_id, "paused", "completed")
    spans = by_name(list(heard.spans))
    outer = spans["node inner"]
    inside = [span for span in heard.spans if parent_of(span) == id_of(outer)]
    assert inside
    assert parent_of(outer) == id_of(spans["run"])


async def test_how_runs_and_nodes_ended_is_counted(lot: StudioLot) -> None:
    seen = Figures()
    async with lot.worker():
        accepted = await lot.start("breaks")
        await lot.until(accepted.production_id, "failed")
    assert seen("greenlight_runs_ended_total", graph="breaks", status="failed") == 1
    assert seen("greenlight_run_seconds_count", graph="breaks", status="failed") == 1
    assert seen("greenlight_node_seconds_count", graph="breaks", node="break_down", outcome="failed") == 1
    assert seen("greenlight_events_written_total", method="lifecycle") >= 2


async def test_the_line_of_a_runs_end_has_every_field(lot: StudioLot, written: io.StringIO) -> None:
    """S2-128; `session_id` is the production: it is what other systems call a session."""
    async with lot.worker():
        accepted = await lot.start("line")
        await lot.until(accepted.production_id, "completed")
    [line] = lines(written, "run_ended")
    assert {"timestamp", "level", "message", "session_id", "user_id", "duration_ms", "quality_score",
            "framework"} <= set(line)  # fmt: skip
    assert (line["level"], line["user_id"], line["session_id"]) == ("info", USER, accepted.production_id)
    assert line["production_id"] == accepted.production_id
    assert line["run_id"] == accepted.run_id
    assert line["duration_ms"] > 0
    assert (line["quality_score"], line["framework"]) == (None, None), "nothing was mastered or advertised"


async def test_an_error_is_one_json_line_with_its_context(lot: StudioLot, written: io.StringIO) -> None:
    """S2-095."""
    async with lot.worker():
        accepted = await lot.start("breaks")
        await lot.until(accepted.production_id, "failed")
    [line] = lines(written, f"run {accepted.run_id} failed")
    assert line["level"] == "error"
    assert line["exception"].startswith("Traceback")
    told = {name: line[name] for name in ("production_id", "run_id", "user_id", "graph")}
    assert told == {
        "production_id": accepted.production_id, "run_id": accepted.run_id,
        "user_id": USER, "graph": "breaks",
    }  # fmt: skip
    [end] = lines(written, "run_ended")
    assert (end["status"], end["error_code"]) == ("failed", "ffmpeg_failed")
