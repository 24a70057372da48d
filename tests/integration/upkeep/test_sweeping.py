"""Files that nothing names go; fresh ones, named ones and those that are stored again in that moment stay."""

from typing import Any

import pytest
from psycopg.types.json import Jsonb

from server.backups import take
from server.upkeep import media
from server.upkeep.rules import Rules
from server.upkeep.tidy import tidy
from state.errors import MediaMissing, StoreUnreachable
from state.media import MediaRef
from tests import media_files
from tests.integration.upkeep.conftest import DAYS, Place
from tools.clock import SystemClock
from tools.db.turns import Turn, shared
from tools.settings import Settings

LIBRARY = """
insert into media_library (user_id, s3_key, media_type, production_id)
values ('local', %s, 'image', %s)
"""


async def stored(place: Place, kind: str = "PNG", *, old: bool = True) -> MediaRef:
    kept = await place.store.put_bytes(media_files.picture(kind), user_id="local")
    if old:
        place.age(kept.key)
    return kept


async def lies_there(place: Place, key: str) -> bool:
    try:
        await place.store.size(key)
    except MediaMissing:
        return False
    return True


async def test_what_nothing_names_goes_and_what_a_row_names_stays(place: Place) -> None:
    named, unnamed = await stored(place, "PNG"), await stored(place, "JPEG")
    await place.order(await place.production("paused"), media=named.model_dump(mode="json"))
    report = await place.look(media=True)
    assert (report.count("media files"), await lies_there(place, unnamed.key)) == (1, True)
    report = await place.tidy(media=True)
    assert list(report.rows())[-1] == ("media files", 1, unnamed.size_bytes)
    assert [await lies_there(place, one.key) for one in (named, unnamed)] == [True, False]
    await place.database.execute("delete from orders")  # the control
    assert (await place.tidy(media=True)).count("media files") == 1


ANSWER = """
insert into order_attempts (call_key, number, epoch, provider, external_id, answer)
values (%s, 1, 0, 'openai', 'a job', %s)
"""


@pytest.mark.parametrize(
    ("state", "then", "stays"),
    [
        ("intent", "intent", True), ("intent", "submitted", True), ("intent", "unknown", True),
        ("unknown", "submitted", True), ("submitted", "done", False), ("submitted", "failed", False),
        ("unknown", "failed", False), ("submitted", "intent", False),
    ],
)  # fmt: skip
async def test_an_answer_stays_as_long_as_its_order_may_need_it(
    place: Place, state: str, then: str, stays: bool
) -> None:
    """It was paid, and no order names it as its media yet; what came of one that is over is named by that."""
    answer = await stored(place)
    key = await place.order(await place.production("paused"), state)
    await place.database.execute(ANSWER, [key, Jsonb({"media": answer.key, "extra": {}, "problem": ""})])
    await place.database.execute("update orders set state = %s where call_key = %s", [then, key])
    await place.tidy(media=True)
    assert await lies_there(place, answer.key) is stays


async def test_without_being_asked_no_file_goes(place: Place) -> None:
    unnamed = await stored(place)
    await place.tidy()
    assert await lies_there(place, unnamed.key)


async def test_a_fresh_file_stays_because_its_row_may_not_be_written_yet(place: Place) -> None:
    fresh = await stored(place, old=False)
    await place.tidy(media=True)
    assert await lies_there(place, fresh.key)
    place.age(fresh.key, hours=25)  # the control
    await place.tidy(media=True)
    assert not await lies_there(place, fresh.key)


async def test_what_was_stored_again_is_fresh_again(place: Place) -> None:
    """The same bytes a year later: the file is there already, and a row will name it in a moment."""
    await stored(place)
    again = await stored(place, old=False)
    await place.tidy(media=True)
    assert await lies_there(place, again.key)


@pytest.mark.parametrize("again", ["put", "renew"])
async def test_what_is_stored_again_while_rows_are_read_stays(
    place: Place, again: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its row comes after the rows were read, so only its age can save it."""
    one, other = await stored(place, "PNG"), await stored(place, "JPEG")
    marked = media.marked

    async def slow(*given: Any, **named: Any) -> set[str]:
        found = await marked(*given, **named)
        await (place.store.renew(one.key) if again == "renew" else stored(place, "PNG", old=False))
        return found

    monkeypatch.setattr(media, "marked", slow)
    assert (await place.tidy(media=True)).count("media files") == 1
    assert [await lies_there(place, ref.key) for ref in (one, other)] == [True, False]


async def test_a_cleared_production_takes_its_files_along(place: Place) -> None:
    """Two films of one user are the same file: it goes with the second."""
    both, own = await stored(place, "PNG"), await stored(place, "JPEG")
    first, second = await place.production(), await place.production(days=DAYS - 5)
    for production, refs in ((first, (both, own)), (second, (both,))):
        for ref in refs:
            await place.order(production, media=ref.model_dump(mode="json"))
    await place.database.execute(LIBRARY, [both.key, first])
    await place.database.execute(LIBRARY, [own.key, first])

    assert (await place.look(media=True)).count("media files") == 1
    assert (await place.tidy(media=True)).count("media files") == 1
    assert [await lies_there(place, one.key) for one in (both, own)] == [True, False]
    rows = await place.database.fetch_all("select s3_key from media_library")
    assert [row["s3_key"] for row in rows] == [both.key], "the library shows what is there"
    await place.tidy(productions=DAYS - 10, media=True)
    assert not await lies_there(place, both.key)


async def test_what_a_version_of_a_cut_names_stays_until_its_production_goes(place: Place) -> None:
    """Also a take that no cut shows any more: its version can be brought back."""
    taken, production = await stored(place), await place.production(days=DAYS - 5)
    await place.database.execute(CUT, {"production": production, "key": taken.key})
    await place.tidy(media=True)
    assert await lies_there(place, taken.key)
    await place.tidy(productions=DAYS - 10, media=True)
    assert not await lies_there(place, taken.key)
    assert await place.database.fetch_all("select * from cut_versions") == []


CUT = """
with made as (
    insert into cuts (production_id, user_id, head, newest, used_ids)
    select production_id, user_id, 2, 2, 0 from productions where production_id = %(production)s
    returning cut_id, user_id
)
insert into cut_versions (cut_id, version, parent, kind, timeline, digest, by_user)
select cut_id, version, nullif(version - 1, 0), 'restored',
       jsonb_build_object('media', case version when 1 then %(key)s::text end), '', user_id
from made, generate_series(1, 2) as version
"""


async def test_an_upload_stays_though_nothing_uses_it(place: Place) -> None:
    upload = await stored(place)
    await place.database.execute(LIBRARY, [upload.key, None])
    await place.tidy(media=True)
    assert await lies_there(place, upload.key)


async def test_what_a_kept_text_names_stays(place: Place) -> None:
    """A cut names its clips; the row names the cut."""
    clip = await stored(place)
    cut = await place.store.put_bytes(f'{{"clip": "{clip.key}"}}'.encode(), user_id="local")
    await place.order(await place.production("paused"), media={"key": cut.key})
    place.age(cut.key)
    await place.tidy(media=True)
    assert await lies_there(place, clip.key)
    await place.database.execute("delete from orders")  # the control
    assert (await place.tidy(media=True)).count("media files") == 2


class Breaking:
    """The store, until it has removed so many."""

    def __init__(self, place: Place, most: int) -> None:
        self._store, self._left = place.store, most

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def remove_old(self, key: str, **terms: Any) -> bool:
        if self._left == 0:
            raise StoreUnreachable
        self._left -= 1
        return await self._store.remove_old(key, **terms)


async def test_a_sweep_that_dies_is_gone_on_with_the_next_time(place: Place) -> None:
    """Rows first, files last: what is left is named by nothing, and found again."""
    one = await place.production()
    for kind in ("PNG", "JPEG", "WEBP"):
        await place.database.execute(LIBRARY, [(await stored(place, kind)).key, one])
    rules, broken = Rules(productions=DAYS, media=True), Breaking(place, 1)
    with pytest.raises(StoreUnreachable):
        await tidy(place.database, broken, rules, clock=SystemClock(), asked_by="worker")  # type: ignore[arg-type]
    assert await place.database.fetch_all("select 1 from media_library") == []
    told = await place.database.fetch_one("select told -> 'cleared' as kinds from tidyings")
    assert told is not None
    assert told["kinds"][-1]["count"] == 1
    assert (await place.tidy(media=True)).count("media files") == 2


async def test_while_a_backup_copies_files_none_goes(place: Place) -> None:
    unnamed = await stored(place)
    async with shared(place.database.url, Turn.MEDIA):
        report = await place.tidy(media=True)
    assert (report.count("media files"), report.notes) == (0, [media.COPIED_NOW])
    assert (await place.tidy(media=True)).count("media files") == 1
    assert not await lies_there(place, unnamed.key)


async def test_a_backup_shares_the_turn_until_the_last_file_is_copied(
    place: Place, settings_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the one above: whoever takes a backup does what that test does."""
    seen: list[int] = []
    original = take._Writer.media

    async def looked(self: Any, store: Any) -> None:
        await original(self, store)
        seen.append((await place.tidy(media=True)).count("media files"))

    monkeypatch.setattr(take._Writer, "media", looked)
    await stored(place)
    await take.take_backup(settings_of(place), place.folder.parent / "x.backup.zip")
    assert seen == [0]


@pytest.fixture
def settings_of() -> Any:
    def made(place: Place) -> Settings:
        facts = {"database_url": place.database.url, "media": str(place.folder)}
        return Settings.model_validate(facts | {"data_dir": place.folder.parent})

    return made


async def test_nobody_waits_for_a_sweep(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """While rows are read, productions are started, answered and deleted as ever."""
    await stored(place)
    waiting: list[int] = []

    async def busy(*_: Any, **__: Any) -> set[str]:
        await place.database.execute("set lock_timeout = '200ms'")
        one = await place.production("paused")
        waiting.append(
            await place.database.execute("delete from productions where production_id = %s", [one])
        )
        return set()

    monkeypatch.setattr(media, "marked", busy)
    await place.tidy(media=True)
    assert waiting == [1]
