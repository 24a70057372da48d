"""A production without a kill, which all others must equal, and many with one, two at a time."""

import asyncio
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.acceptance.faults import counting_worker
from tests.acceptance.faults.film_set import FilmSet, Moment, Outcome


@dataclass(frozen=True)
class Calm:
    """What a production without a kill made and bought, and at how many moments it could have been killed."""

    outcome: Outcome
    planned: Counter[str]
    hits: Counter[str]
    events: int


async def rehearse(scene: FilmSet) -> Calm:
    """Make the micro-episode in peace, counting how often each fault point is passed."""
    module, scene.module = scene.module, counting_worker.__name__
    production_id, outcome = await scene.make()
    scene.module = module
    state = await scene.runs.state(user_id="local", production_id=production_id)
    hits = Counter((scene.folder / "data" / counting_worker.HITS).read_text().split())
    assert outcome.status == "completed", outcome
    return Calm(outcome=outcome, planned=scene.bought(production_id), hits=hits, events=state.seq)


async def differences(scenes: Sequence[FilmSet], calm: Calm, kills: Iterable[str | Moment]) -> list[str]:
    """Make one production per kill; what did not end as the calm one did, in words."""
    left, found = deque(kills), list[str]()

    async def work(scene: FilmSet) -> None:
        while left:
            kill = left.popleft()
            faults, moment = ([kill], None) if isinstance(kill, str) else ([], kill)
            production_id, outcome = await scene.make(faults, moment)
            bought = scene.bought(production_id)
            if outcome != calm.outcome or bought != calm.planned:
                twice, missing = dict(bought - calm.planned), dict(calm.planned - bought)
                found.append(f"{kill}: {outcome}; bought twice {twice}, not at all {missing}")

    async with asyncio.TaskGroup() as group:
        for scene in scenes:
            group.create_task(work(scene))
    return found
