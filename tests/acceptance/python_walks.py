"""The micro-episode by LangGraph's own Python client, unmodified: what each way of speaking has found."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from typing import Any

from langgraph_sdk import get_client
from langgraph_sdk.client import LangGraphClient
from langgraph_sdk.errors import APIError

from tests.acceptance.shared_house import bought
from tests.acceptance.studio_lot import MICRO
from tests.integration.protocol.cut_wire import Wire

GRAPH = "novela"
MODES = [
    "values", "updates", "messages", "messages-tuple", "custom", "tasks", "checkpoints", "debug", "events",
]  # fmt: skip
CHANNELS = ["values", "updates", "tasks", "checkpoints", "messages", "tool_calls", "subgraphs", "progress"]
EVERYTHING = ["values", "updates", "messages", "tools", "lifecycle", "checkpoints", "tasks", "custom"]
Facts = dict[str, Any]


def yes(gate: Facts) -> Facts:
    """Keep everything that a gate asks about, at the price it shows."""
    return {"approve_all": True, "quote_id": (gate.get("quote") or {}).get("quote_id")}


async def refusal(call: Awaitable[Any]) -> tuple[str, str]:
    """The kind of error that a call was refused with, and its words."""
    try:
        await call
    except (APIError, RuntimeError) as error:
        return type(error).__name__, str(error)
    raise AssertionError("this should have been refused")


class V1Walk:
    """`runs.*` and `threads.*`: up to the scene's gate, then back to two earlier gates."""

    def __init__(self, url: str, wire: Wire) -> None:
        self._url, self._wire = url, wire
        self._thread = ""
        self.facts: Facts = {"gates": [], "refused": {}}

    async def go(self) -> Facts:
        async with get_client(url=self._wire.url) as client:
            self._client = client
            await self._look_around()
            await self._start()
            await self._reload()
            await self._refuse()
            await self._answer_the_budget()
            await self._shoot(await self._stop_in_a_shot())
            await self._look_back()
            await self._fork()
            await self._clear_away()
        return self.facts

    async def _look_around(self) -> None:
        assistants = self._client.assistants
        [found] = [one for one in await assistants.search() if one["graph_id"] == GRAPH]
        graph = await assistants.get_graph(found["assistant_id"], xray=True)
        self.facts |= {
            "assistant": found, "got": await assistants.get(GRAPH),
            "schemas": await assistants.get_schemas(GRAPH), "nodes": {node["id"] for node in graph["nodes"]},
        }  # fmt: skip

    async def _start(self) -> None:
        self._thread = (await self._client.threads.create(graph_id=GRAPH, metadata={"of": "v1"}))["thread_id"]
        started: list[Any] = []
        shown = self._client.runs.stream(
            self._thread, GRAPH, input={"brief": MICRO}, stream_mode=MODES, stream_resumable=True,
            on_run_created=started.append,
        )  # fmt: skip
        self.facts["shown"] = [part async for part in shown]
        self.facts["run"] = started[0]["run_id"]

    async def _reload(self) -> None:
        """A page that was opened just now, with nothing but the thread's id."""
        async with get_client(url=self._url) as page:
            again = page.runs.join_stream(self._thread, self.facts["run"], last_event_id="-1")
            self.facts |= {
                "again": [part async for part in again], "thread": await page.threads.get(self._thread),
                "state": await page.threads.get_state(self._thread),
            }  # fmt: skip

    async def _gate(self) -> Facts:
        state = await self._client.threads.get_state(self._thread)
        [gate] = state["interrupts"]
        if gate["value"]["gate"] not in self.facts["gates"]:
            self.facts["gates"].append(gate["value"]["gate"])
        return dict(gate)

    def _reply(self, gate: Facts, reply: Facts) -> Facts:
        return {"resume": {gate["id"]: reply}}

    async def _refuse(self) -> None:
        gate, create = await self._gate(), self._client.runs.create
        refused = self.facts["refused"]
        wrong = self._reply(gate, {"approve_all": "perhaps"})
        refused["wrong"] = await refusal(create(self._thread, GRAPH, command=wrong))
        refused["unpriced"] = await refusal(
            create(self._thread, GRAPH, command=self._reply(gate, {"approve_all": True, "quote_id": "cheap"}))
        )
        refused["new input"] = await refusal(create(self._thread, GRAPH, input={"brief": MICRO}))
        state = await self._client.threads.get_state(self._thread)
        self.facts["after refusals"] = (state, len(await self._client.runs.list(self._thread)))

    async def _answer_the_budget(self) -> None:
        gate = await self._gate()
        answer = self._reply(gate, yes(gate["value"]))
        self.facts["waited"] = await self._client.runs.wait(self._thread, GRAPH, command=answer)
        again = self._reply(gate, {"items": {"budget": {"light": "RED"}}})
        self.facts["refused"]["second"] = await refusal(
            self._client.runs.create(self._thread, GRAPH, command=again)
        )

    async def _stop_in_a_shot(self) -> Facts:
        """The storyboard is kept; the run is stopped while voices are recorded."""
        gate, runs = await self._gate(), self._client.runs
        run = await runs.create(
            self._thread, GRAPH, command=self._reply(gate, yes(gate["value"])), stream_mode=["tasks"],
            stream_subgraphs=True, stream_resumable=True,
        )  # fmt: skip
        shown = runs.join_stream(self._thread, run["run_id"], last_event_id="-1")
        async for part in shown:
            if _begins(part, "collect_voices"):
                await runs.cancel(self._thread, run["run_id"], wait=True)
        self.facts["stopped"] = (
            await runs.get(self._thread, run["run_id"]), await self._client.threads.get(self._thread)
        )  # fmt: skip
        return gate

    async def _shoot(self, answered: Facts) -> None:
        """Go on, lose the wire in the shot, then leave by oneself and come back."""
        shown = self._client.runs.stream(
            self._thread, GRAPH, input=None, stream_mode=["tasks", "values", "custom"], stream_subgraphs=True,
            stream_resumable=True, on_disconnect="continue",
        )  # fmt: skip
        seen: list[Any] = []
        async for part in shown:
            seen.append(part)
            if _begins(part, "collect_voices"):
                self.facts["cut"] = self._wire.cut()
            if _begins(part, "collect_takes"):
                break
        await shown.aclose()  # type: ignore[attr-defined]
        run, runs = seen[0].data["run_id"], self._client.runs
        rest = runs.join_stream(self._thread, run, last_event_id=seen[-1].id)
        self.facts["seen"] = _ids([*seen, *[part async for part in rest]])
        whole = runs.join_stream(self._thread, run, last_event_id="-1")
        self.facts["whole"] = _ids([part async for part in whole])
        self.facts["refused"]["third"] = await refusal(
            runs.create(self._thread, GRAPH, command=self._reply(answered, {"approve_all": True}))
        )

    async def _look_back(self) -> None:
        await self._gate()
        client = self._client
        self.facts |= {
            "history": await client.threads.get_history(self._thread, limit=100),
            "runs": await client.runs.list(self._thread), "bought": await bought(client, self._thread),
        }  # fmt: skip

    async def _fork(self) -> None:
        """To the storyboard's gate by a checkpoint; to the budget's with a changed state, and no there."""
        at = {state["next"][0]: state for state in self.facts["history"] if state["next"]}
        storyboard, budget = at["storyboard_loop"]["checkpoint"], at["approve_budget"]["checkpoint"]
        wait = self._client.runs.wait
        self.facts["back"] = await wait(
            self._thread, GRAPH, input=None, checkpoint_id=storyboard["checkpoint_id"]
        )
        await self._client.threads.update_state(
            self._thread, {"advice": "Slower."}, checkpoint_id=budget["checkpoint_id"]
        )
        self.facts["further back"] = await wait(self._thread, GRAPH, input=None)
        no = self._reply(await self._gate(), {"items": {"budget": {"light": "RED"}}})
        self.facts["no"] = await wait(self._thread, GRAPH, command=no)
        left, threads = self.facts["history"][0], self._client.threads
        self.facts |= {
            "forked": await threads.get_state(self._thread),
            "original": await threads.get_state(self._thread, checkpoint_id=left["checkpoint_id"]),
            "bought after": await bought(self._client, self._thread),
        }

    async def _clear_away(self) -> None:
        runs, last = self._client.runs, (await self._client.runs.list(self._thread))[0]["run_id"]
        self.facts["joined"] = await runs.join(self._thread, last)
        await runs.delete(self._thread, last)
        self.facts["left"] = [run["run_id"] for run in await runs.list(self._thread)]
        await self._client.threads.delete(self._thread)
        self.facts["refused"]["deleted"] = await refusal(self._client.threads.get(self._thread))


def _begins(part: Any, node: str) -> bool:
    return part.event.startswith("tasks|") and part.data["name"] == node and "triggers" in part.data


def _ids(parts: list[Any]) -> list[str]:
    return [part.id for part in parts if part.event not in ("metadata", "end")]


class V2Walk:
    """`threads.stream`: opened again at every gate, cut in a shot, to the master."""

    def __init__(self, url: str, wire: Wire) -> None:
        self._url, self._wire = url, wire
        self._thread = ""
        self.facts: Facts = {"gates": [], "refused": {}}

    async def go(self) -> Facts:
        async with get_client(url=self._wire.url) as client:
            self._client = client
            await self._start()
            await self._answer_the_budget()
            await self._shoot()
            await self._finish()
            await self._come_later()
            self.facts["bought"] = await bought(client, self._thread)
        return self.facts

    def _open(self, client: LangGraphClient | None = None) -> Any:
        return (client or self._client).threads.stream(self._thread, assistant_id=GRAPH)

    async def _start(self) -> None:
        async with self._client.threads.stream(assistant_id=GRAPH) as stream:
            self._thread = stream.thread_id
            self.facts["started"] = await stream.run.start(input={"brief": MICRO})
            self.facts["states"] = [state async for state in stream.values]  # ends at the question
            self.facts["interrupted"] = (stream.interrupted, list(stream.interrupts))
            refused = self.facts["refused"]
            refused["new input"] = await refusal(stream.run.start(input={"brief": MICRO}))
            refused["wrong"] = await refusal(stream.run.respond({"approve_all": "perhaps"}))

    async def _asked(self, stream: Any) -> Facts:
        """The open gate, in a stream that was opened just now."""
        known = self.facts["gates"]
        gate = await _until(lambda: [one for one in stream.interrupts if one["value"]["gate"] not in known])
        known.append(gate[0]["value"]["gate"])
        return dict(gate[0])

    async def _answer_the_budget(self) -> None:
        async with self._open() as stream:
            gate = await self._asked(stream)
            self.facts["reloaded"] = gate
            await stream.run.respond(yes(gate["value"]), interrupt_id=gate["interrupt_id"])
            await _until(lambda: len(stream.interrupts) > 1)
            no = {"items": {"budget": {"light": "RED"}}}
            self.facts["refused"]["second"] = await refusal(
                stream.run.respond(no, interrupt_id=gate["interrupt_id"])
            )

    async def _shoot(self) -> None:
        async with self._open() as stream:
            await _until(lambda: len(stream.interrupts) > 1)
            gate = await self._asked(stream)
            await stream.run.respond(yes(gate["value"]), interrupt_id=gate["interrupt_id"])
            self.facts["seen"] = await self._to_pause(stream, 1)
        async with get_client(url=self._url) as elsewhere, self._open(elsewhere) as stream:
            await _until(lambda: len(stream.interrupts) > 2)
            self.facts["whole"] = await self._to_pause(stream, 3)

    async def _to_pause(self, stream: Any, number: int) -> list[Facts]:
        """The events up to the pause with this number; the first time the wire is cut in a shot."""
        seen: list[Facts] = []
        async with aclosing(stream.subscribe(EVERYTHING)) as events:
            async for event in events:
                seen.append(event)
                if "cut" not in self.facts and _started(event, "collect_voices"):
                    self.facts["cut"] = self._wire.cut()
                number -= _paused(event)
                if not number:
                    break
        return seen

    async def _finish(self) -> None:
        async with self._open() as stream:
            await _until(lambda: len(stream.interrupts) > 2)
            gate = await self._asked(stream)
            await stream.run.respond(yes(gate["value"]), interrupt_id=gate["interrupt_id"])
            self.facts["shown"] = [item async for item in stream.interleave_projections(CHANNELS)]
            self.facts["output"] = await stream.output

    async def _come_later(self) -> None:
        """Somebody who was not there sees how it ended, and closes."""
        async with self._open() as stream:
            self.facts["later"] = await stream.output
        self.facts["refused"]["closed"] = await refusal(stream.__aenter__())


def _started(event: Facts, node: str) -> bool:
    params = event["params"]
    return event["method"] == "tasks" and params["data"]["name"] == node and "triggers" in params["data"]


def _paused(event: Facts) -> bool:
    params = event["params"]
    at_root = event["method"] == "lifecycle" and not params["namespace"]
    return at_root and params["data"]["event"] == "interrupted"


async def _until(look: Callable[[], Any]) -> Any:
    """What the client knows once it knows it: it offers nothing to wait for."""
    while not (seen := look()):
        await asyncio.sleep(0.01)
    return seen


async def both(url: str) -> tuple[Facts, Facts]:
    """Both walks, beside each other."""
    first, second = Wire(url), Wire(url)
    async with first.open(), second.open():
        walks = await asyncio.gather(V1Walk(url, first).go(), V2Walk(url, second).go())
    return walks[0], walks[1]
