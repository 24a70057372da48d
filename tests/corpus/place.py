"""A corpus brought to life: its rows in a database, migrated, beside a provider with the books of then."""

import json
import shutil
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from server.backups.restore import restore
from server.backups.settle import go_on
from server.composition import Parts, open_parts
from state.media import MediaRef
from tests.acceptance.studio_lot import Walk
from tests.corpus.make import BACKUP, BOOKS, CASES, HERE, TEXTS
from tests.standins.farm_here import farm_here
from tests.standins.hasty import hasty, write_stand_in
from tests.standins.previz_farm import Farm
from tools.db.connect import open_database
from tools.ffmpeg.probe import probe
from tools.settings import Settings

NAMED = """
    select distinct media
    from events, jsonb_path_query(payload, '$.** ? (exists(@.sha256) && exists(@.mime))') media
    union select distinct media from orders where media is not null
"""
"""Whatever a state, a question or an order refers to."""


@dataclass(frozen=True)
class Kept:
    """One version's productions, in a house of this version."""

    parts: Parts
    farm: Farm
    cases: dict[str, dict[str, str]]
    bought_then: dict[str, int]

    def walk(self, production_id: str) -> Walk:
        return Walk(self.parts, production_id)

    def bought_again(self) -> dict[str, int]:
        """Orders that the provider has more than one invoice of."""
        return {key: count for key, count in self.farm.book.posts().items() if count > 1}


def versions() -> list[Path]:
    """Every corpus there is, the oldest first."""
    return sorted(folder for folder in HERE.iterdir() if (folder / BACKUP).is_file())


@asynccontextmanager
async def brought_back(version: Path, url: str, folder: Path) -> AsyncIterator[Settings]:
    """The place of that version after an upgrade, before anything of it goes on."""
    settings = Settings(database_url=url, data_dir=folder / "data", workers=4)  # type: ignore[arg-type]
    await restore(settings, version / BACKUP)
    await _lay_out_media(version, settings)
    # An upgrade, not a copy: the place is the one that it was, and nobody has bought anything since.
    await go_on(settings, nothing_since=True)
    yield settings


@asynccontextmanager
async def opened(version: Path, settings: Settings) -> AsyncIterator[Kept]:
    """A house on it, and the provider that it bought from."""
    folder = settings.data_dir.parent / "farm"
    shutil.copytree(version / BOOKS, folder)
    cases = json.loads((version / CASES).read_text())
    async with (
        farm_here(folder, hasty(folder / "jobs")) as (farm, farm_url),
        open_parts(settings.model_copy(update={"previz_url": farm_url})) as parts,
    ):
        yield Kept(parts, farm, cases, farm.book.posts())


async def _lay_out_media(version: Path, settings: Settings) -> None:
    """What was made is there, as files of the same kind, size and length; what is text is there as it was."""
    with zipfile.ZipFile(version / TEXTS) as texts:
        texts.extractall(settings.data_dir / "media")
    database = await open_database(settings)
    rows = await database.fetch_all(NAMED)
    await database.close()
    for media in {one.key: one for one in (MediaRef.model_validate(row["media"]) for row in rows)}.values():
        if media.media_type != "text":
            write_stand_in(media, settings.data_dir / "media" / media.key)


async def to_its_end(walk: Walk) -> list[str]:
    """Approve whatever it asks until it has ended; what is wrong with what it delivers."""
    state = await walk._rest()
    while state.status == "paused":
        await walk.answer()
        state = await walk._rest()
    if state.status != "completed":
        return [f"{state.status}: {state.error}"]
    delivered, store = state.values.get("deliverables") or {}, walk.parts.house.store
    if missing := {"master.mp4", "captions.srt", "episode.json", "ledger.json"} - delivered.keys():
        return [f"lacks {', '.join(sorted(missing))}"]
    return _gaps_in(await store.get(delivered["episode.json"]["key"])) or await _wrong_with(
        await store.get(delivered["master.mp4"]["key"])
    )


def _gaps_in(record: Path) -> list[str]:
    """What the record of the episode does not tell of a shot: a field of the state that got lost."""
    shots = [shot for scene in json.loads(record.read_text())["scenes"] for shot in scene["shots"]]
    told = [
        f"{shot['slate']} has no {what}" for shot in shots for what in ("take", "panel") if not shot[what]
    ]
    return told if shots else ["no shots"]


async def _wrong_with(master: Path) -> list[str]:
    facts = await probe(master)
    found = (facts.width, facts.height, facts.video_codec, facts.audio_codec)
    return [] if found == (320, 180, "h264", "aac") and facts.duration_s > 5 else [f"master is {facts}"]
