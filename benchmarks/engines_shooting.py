"""Ten shots in two scenes at a stand-in, by the vendor's own books: how near to the best it was shot.

The best is a schedule of the very same jobs, in the order in which they were ordered and as long as the
vendor says that each took, with as many at once as the production may have: each begins in the moment in
which one before it ends. A scene begins when a person has kept the one before it, so each counts from its
first job to the end of its last. What comes before (script, panels, voices) and behind (reel, cut, master) is
drawn and encoded on this machine, and is not part of it.
"""

import asyncio
import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.engine_sides import EngineVendors
from benchmarks.protocol import Served
from tests.standins.job_vendors.jobs import Job

SCENES, SHOTS, AT_ONCE = 2, 5, 3
"""Six shots are the most that a scene may have; three at once is mission row S4-090."""
LATE = [0.0, 60.0, 20.0, 40.0, 0.0, 30.0, 0.0, 60.0, 40.0, 20.0]
"""By how many of the vendor's seconds each take is slower than the fastest."""
CLIPS, VENDORS_NAME = "wan-2.5-t2v-fast", "wan-video/wan-2.5-t2v-fast"
PATIENCE_S = 400.0
BRIEF = {
    "title": "The Key", "description": "Ana finds a key in Bruno's coat. He says it opens nothing.",
    "genre": "thriller", "language": "en", "scenes_per_episode": SCENES, "shots_per_scene": SHOTS,
    "episode_seconds": 2 * SHOTS * SCENES, "characters": [{"name": "Ana"}, {"name": "Bruno"}],
    "model_id": CLIPS, "resolution": "480p",
}  # fmt: skip
CONTEXT = {"max_parallel_takes": AT_ONCE, "substitution": "never"}


@dataclass(frozen=True)
class Shooting:
    """Seconds, by the vendor's clock."""

    took_s: float
    best_s: float
    batches_s: float
    """The same jobs in batches, each as long as its slowest."""
    peak: int


async def shoot(ours: Served, vendors: EngineVendors) -> Shooting:
    """One production as far as its dailies."""
    async with asyncio.timeout(PATIENCE_S):
        asked = {"graph": "novela", "brief": BRIEF, "context": CONTEXT}
        started = await ours.http.post("/api/productions", json=asked)
        production = _data(started)["productionId"]
        for gate in ("approve_budget", "review_storyboard"):
            await _answer(ours, production, await _gate(ours, production, gate))
            # The next jobs are the takes: until the storyboard was answered, panels were ordered.
            await vendors.tell(late=LATE if gate == "review_storyboard" else [])
        for scene in range(SCENES):
            request = await _gate(ours, production, "review_scene")
            assert "without a usable take" not in request["items"][0]["text"]
            if scene < SCENES - 1:
                await _answer(ours, production, request)
        await ours.http.post(f"/api/productions/{production}/cancel")
    return measured(vendors.jobs(VENDORS_NAME))


def measured(jobs: Sequence[Job]) -> Shooting:
    assert len(jobs) == SCENES * SHOTS, f"{len(jobs)} takes were ordered"
    scenes = [measured_scene(jobs[at : at + SHOTS]) for at in range(0, len(jobs), SHOTS)]
    took, best, batches = (sum(figures) for figures in zip(*(scene[:3] for scene in scenes), strict=True))
    return Shooting(took, best, batches, max(scene[3] for scene in scenes))


def measured_scene(jobs: Sequence[Job]) -> tuple[float, float, float, int]:
    spans = [(job.created_at, job.ended_at or 0.0) for job in jobs]
    lengths = [ended - created for created, ended in spans]
    took = max(ended for _, ended in spans) - spans[0][0]
    waves = [lengths[at : at + AT_ONCE] for at in range(0, SHOTS, AT_ONCE)]
    peak = max(sum(created <= at < ended for created, ended in spans) for at, _ in spans)
    return took, best_of(lengths), sum(max(wave) for wave in waves), peak


def best_of(lengths: Sequence[float]) -> float:
    """How long these jobs take in their order, so many at once, without a moment between two of them."""
    ends = [0.0] * AT_ONCE
    for length in lengths:
        heapq.heappush(ends, heapq.heappop(ends) + length)
    return max(ends)


async def _gate(ours: Served, production: str, name: str) -> dict[str, Any]:
    """Follow the events until the production stands at this gate."""
    while True:
        state = _data(await ours.http.get(f"/api/productions/{production}"))
        gates = state.get("gates") or []
        if gates and gates[0]["request"]["gate"] == name:
            return dict(gates[0]["request"])
        if state["status"] in ("failed", "cancelled") or (state["status"] == "paused" and not gates):
            raise AssertionError(f"{state['status']}: {state.get('error')}")
        await asyncio.sleep(0.5)


async def _answer(ours: Served, production: str, request: dict[str, Any]) -> None:
    reply: dict[str, Any] = {"approve_all": True}
    if request.get("quote"):
        reply["quote_id"] = request["quote"]["quote_id"]
    _data(await ours.http.post(f"/api/productions/{production}/answer", json={"reply": reply}))


def _data(answer: Any) -> dict[str, Any]:
    assert answer.status_code < 300, answer.text
    body: dict[str, Any] = answer.json()
    return dict(body.get("data", body))
