"""Makes the corpus of this version: productions of every graph, as a release leaves them behind.

    python -m tests.corpus.make             # writes tests/corpus/<version>/

Each waits at another gate, or was left in another way. What is kept is a backup as a user's would be, without
the media, and the books of the provider that was bought from.
"""

import asyncio
import json
import shutil
import signal
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

from graphs import GRAPHS
from server.backups.take import take_backup
from server.branches.checkpoints import list_checkpoints
from server.branches.fork import Difference, fork
from server.composition import Parts, open_parts
from tests.acceptance.faults.film_set import WORK, film_set
from tests.acceptance.studio_lot import MICRO, USER, Walk
from tests.forked import ForkedProcess
from tests.postgres import reachable_folder
from tests.standins.farm_process import FarmProcess
from tools.db.embedded import ensure_embedded, stop_embedded
from tools.db.migrate import migrate
from tools.settings import Settings

HERE = Path(__file__).parent
BACKUP, CASES, BOOKS, INVOICES = "corpus.backup.zip", "cases.json", "books", "invoices.jsonl"
TEXTS = "texts.zip"
"""Cuts, records and papers: what a later release may have to read. Pictures and sounds are stood in for."""
GATES = ("approve_budget", "review_storyboard", "review_scene")
CRASH = "after_post:5"
"""With a take at the provider whose id nobody has stored."""
BRIEFS = {"novela": MICRO}
"""A brief for every graph: one that has none here keeps the corpus from being made."""
MADE_AGAIN = ("export",)
"""Graphs that ask nobody and buy nothing: whoever has a newer release starts them anew."""


async def main(folder: Path) -> None:
    """Make everything, then write what is kept."""
    place = reachable_folder()
    try:
        url = await ensure_embedded(place / "postgres", durable=False)
        (place / "farm").mkdir()
        with FarmProcess(place / "farm") as farm:
            settings = Settings(database_url=url, data_dir=place / "data", previz_url=farm.url, workers=2)  # type: ignore[arg-type]
            await migrate(url)
            cases = {name: await _cases_of(name, settings, farm) for name in GRAPHS if name not in MADE_AGAIN}
        await _keep(settings, place / "farm", cases, folder)
    finally:
        await stop_embedded(place / "postgres")
        shutil.rmtree(place)


async def _cases_of(graph: str, settings: Settings, farm: FarmProcess) -> dict[str, str]:
    cases = {}
    async with open_parts(settings) as parts:
        for gate in GATES:
            cases[gate] = (await _at_gate(parts, graph, gate)).production_id
            print(graph, gate, flush=True)
        cases["second_round"] = await _second_round(parts, graph)
        finished = await _at_gate(parts, graph, GATES[-1])
        await finished.answer()
        await finished.to_end()
        cases["finished"] = finished.production_id
        cases["fork"] = await _fork(parts, finished.production_id)
    cases["crashed"] = await _crashed(graph, settings, farm)
    return cases


async def _at_gate(parts: Parts, graph: str, gate: str) -> Walk:
    """A production that was answered until it came to this gate."""
    accepted = await parts.house.runs.start(
        user_id=USER, graph=graph, title=f"waits at {gate}", brief=BRIEFS[graph], context={"review": "ask"}
    )
    walk = Walk(parts, accepted.production_id)
    for passed in GATES:
        await walk.to_gate(passed)
        if passed == gate:
            return walk
        await walk.answer()
    raise AssertionError(gate)


async def _second_round(parts: Parts, graph: str) -> str:
    """One panel was sent back: causes and take numbers beyond the first."""
    walk = await _at_gate(parts, graph, "review_storyboard")
    await walk.answer(**{"1B": {"light": "RED"}})
    request = await walk.to_gate("review_storyboard")
    assert request["round"] == 2
    return walk.production_id


async def _fork(parts: Parts, production_id: str) -> str:
    """A branch that left a finished production where its storyboard was asked about."""
    states = await list_checkpoints(parts.house, production_id, user_id=USER, limit=1000)
    asking = next(one for one in states if any(ask["gate"] == "review_storyboard" for ask in one.asks))
    difference = Difference(checkpoint_id=asking.checkpoint_id)
    branch = await fork(parts.house, production_id, difference, user_id=USER)
    assert branch.status == "paused"
    return branch.production_id


async def _crashed(graph: str, settings: Settings, farm: FarmProcess) -> str:
    """A worker that died with an order at the provider, and nobody after it."""
    assert settings.database_url is not None
    url, folder = settings.database_url.get_secret_value(), settings.data_dir.parent
    async with film_set(folder, url, farm) as scene:
        accepted = await scene.runs.start(
            user_id=USER, graph=graph, title="crashed", brief=BRIEFS[graph], context={"review": "auto"}
        )
        worker = ForkedProcess(scene.module, *WORK, env=scene._environment(CRASH), log=folder / "worker.log")
        code = await worker.wait()
        assert code == -signal.SIGKILL, (folder / "worker.log").read_text()[-2000:]
    return accepted.production_id


async def _keep(settings: Settings, farm: Path, cases: dict[str, dict[str, str]], folder: Path) -> None:
    await asyncio.to_thread(_lay_out, farm, cases, folder)
    await asyncio.to_thread(_pack_texts, settings.data_dir / "media", folder / TEXTS)
    taken = await take_backup(settings, folder / BACKUP, with_media=False)
    print(f"{folder}: {taken.size_bytes / 1000:.0f} kB", flush=True)


def _lay_out(farm: Path, cases: dict[str, dict[str, str]], folder: Path) -> None:
    """The provider's invoices, and what it needs to know of jobs that nobody has fetched yet."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / BOOKS / "jobs").mkdir(parents=True)
    (folder / CASES).write_text(json.dumps(cases, indent=1) + "\n")
    shutil.copy(farm / INVOICES, folder / BOOKS / INVOICES)
    crashed = tuple(one["crashed"] for one in cases.values())
    for line in (farm / INVOICES).read_text().splitlines():
        invoice = json.loads(line)
        if invoice["call_key"].startswith(crashed):
            shutil.copy(farm / "jobs" / f"{invoice['job']}.json", folder / BOOKS / "jobs")


def _pack_texts(media: Path, file: Path) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for text in sorted(media.glob("text/*/*")):
            packed.write(text, text.relative_to(media))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / version("greenlight")))
