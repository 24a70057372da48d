"""The seam to traces: nothing without a tracer, one trace per production, nothing that must not be read."""

import uuid

import pytest

from state.errors import ProviderRefused
from tests.spans import facts, id_of, listening, parent_of, trace_of
from tools.redaction import REDACT
from tools.telemetry.spans import NO_SPAN, is_traced, note, production_span_id, span

PRODUCTION = str(uuid.UUID(int=0x7C4A8D09CA374B0E9F2D0A1B2C3D4E5F))


def test_without_a_tracer_a_span_is_nothing() -> None:
    assert not is_traced()
    assert span("run", production=PRODUCTION, graph="novela") is NO_SPAN
    with span("run", production=PRODUCTION) as told:
        told.tell(status="done")
        told.failed("internal")


def test_the_production_is_the_trace() -> None:
    with listening() as heard, span("run", production=PRODUCTION), span("order", production=PRODUCTION):
        pass
    order, run = heard.spans
    assert {trace_of(order), trace_of(run)} == {uuid.UUID(PRODUCTION).int}
    assert parent_of(order) == id_of(run)
    assert parent_of(run) == int(production_span_id(PRODUCTION), 16)


def test_another_process_continues_the_trace_and_knows_its_root() -> None:
    """Nothing is carried over: both derive it."""
    spans = []
    for _ in range(2):
        with listening() as heard, span("run", production=PRODUCTION):
            pass
        spans.append(heard.one("run"))
    assert len({trace_of(one) for one in spans}) == 1
    assert len({parent_of(one) for one in spans}) == 1
    assert len({id_of(one) for one in spans}) == 2


def test_what_belongs_to_a_node_lies_in_the_node() -> None:
    with listening(node=lambda: "00000000000000aa") as heard, span("run", production=PRODUCTION):
        with span("order", production=PRODUCTION, in_node=True), span("provider", production=PRODUCTION):
            pass
        note(
            "node draw", production=PRODUCTION, span_id="00000000000000aa", parent_id="00000000000000bb",
            began_ns=1, ended_ns=5, failure="failed", node="draw",
        )  # fmt: skip
    node, order = heard.one("node draw"), heard.one("order")
    assert (id_of(node), parent_of(node), parent_of(order)) == (0xAA, 0xBB, 0xAA)
    assert parent_of(heard.one("provider")) == id_of(order)
    assert (node.start_time, node.end_time, node.status.is_ok) == (1, 5, False)


def test_a_failure_is_told_by_its_code_and_without_secrets() -> None:
    REDACT.learn(["kanari-in-a-span"])
    with (
        listening() as heard,
        pytest.raises(ProviderRefused),
        span("order", production=PRODUCTION, words="by kanari-in-a-span", api_key="k" * 9, seed=3),
    ):
        raise ProviderRefused("kanari-in-a-span was refused", kind="refused")
    told = heard.one("order")
    assert facts(told)["error_kind"] == "refused"
    assert facts(told)["seed"] == 3
    assert "kanari" not in told.to_json()
    assert facts(told)["api_key"] == "[redacted]"
    assert not told.events, "no traceback leaves"


def test_a_share_of_productions_is_traced_whole_and_alike_everywhere() -> None:
    """OpenTelemetry's own sampler keeps none at a quarter: it reads half of an id that is not all random."""
    ids = [str(uuid.uuid4()) for _ in range(400)]
    with listening(ratio=0.25) as heard:
        for one in ids:
            with span("run", production=one), span("order", production=one):
                note("node", production=one, span_id="1" * 16, parent_id="2" * 16, began_ns=1, ended_ns=2)
    by_trace = [trace_of(one) for one in heard.spans]
    assert 50 < len(set(by_trace)) < 160
    assert all(by_trace.count(one) == 3 for one in set(by_trace))
