"""A production's edits go along: every version, what was undone, and the files that only they name."""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from server.archives import rows as shapes
from state import edits
from state.errors import ArchiveRefused
from state.timeline import Timeline
from tests.archives import changed_rows, contents, members, rows, sealed
from tests.integration.archives.conftest import USER, Server
from tests.media_files import picture, sound
from tests.unit.tools.cuts.cutting import a_cut
from tools.cuts.book import CutBook
from tools.cuts.history import digest_of
from tools.media.fonts import font_anew
from tools.post.fonts import TITLE

LOGO = {"kind": "logo", "position": "top", "start": 3}


async def edited(here: Server) -> str:
    """A cut with two branches of edits, one of them undone, and a logo and a font that only the cut names."""
    production = await here.gated()
    await here.buy(production)
    book = CutBook(here.house.database)
    await book.open(production, a_cut(), made_of="a" * 64, user_id=USER)
    logo = await here.house.store.put_bytes(picture(size=(60, 30)), user_id=USER)
    font = await here.house.store.put_bytes(font_anew(TITLE.path), user_id=USER)
    for operations in (
        [edits.TrimClip(clip="c2", head=12), edits.SetTrack(track="music", muted=True)],
        [edits.AddOverlay.model_validate({"overlay": {**LOGO, "media": logo.model_dump()}})],
    ):
        await book.edit(production, operations, user_id=USER)
    await book.undo(production, user_id=USER, count=2)
    style = {"style": {"typeface": font.model_dump()}}
    await book.edit(production, [edits.SetCaptionStyle.model_validate(style)], user_id=USER)
    await book.edit(production, [edits.AddMarker(at=3, name="Too dark")], user_id=USER)
    await book.undo(production, user_id=USER)
    return production


async def history(server: Server, production: str, user: str = USER) -> list[Any]:
    """All that the log of a cut says, but who did it."""
    found, _ = await CutBook(server.house.database).versions(production, user_id=user, limit=100)
    return [(one.version, one.parent, one.kind, one.operation, one.digest, one.at) for one in found]


async def test_the_cut_and_its_whole_history_are_the_same_where_they_arrive(here: Server, there: Server):
    production = await edited(here)
    archive = await here.export(production)
    await there.bring(archive)
    before, after = CutBook(here.house.database), CutBook(there.house.database)
    assert await history(there, production) == await history(here, production)
    assert len(await history(there, production)) == 6
    for version in (None, *range(1, 7)):
        one, other = [await book.read(production, user_id=USER, version=version) for book in (before, after)]
        assert one == other
    for book in (before, after):
        await book.redo(production, user_id=USER)
        await book.undo(production, user_id=USER, count=2)
    assert (await before.read(production, user_id=USER)) == (await after.read(production, user_id=USER))
    edit = [edits.AddMarker(at=9, name="Later")]
    made = [await book.edit(production, edit, user_id=USER) for book in (before, after)]
    assert made[0].timeline == made[1].timeline, "an id that was used is given to nothing new there, either"
    assert members(await there.export(production)).keys() == members(archive).keys()


async def test_files_that_only_the_cut_names_are_there(here: Server, there: Server):
    production = await edited(here)
    await there.bring(await here.export(production))
    named = {
        found for row in await there.sql("select timeline::text as cut from cut_versions")
        for found in keys(row["cut"]) if found.startswith(("image/", "text/"))
    }  # fmt: skip
    assert len(named) == 2
    for key in named:
        assert await there.house.store.size(key) > 0


async def test_a_line_that_was_spoken_is_found_by_its_tag_where_it_arrives(here: Server, there: Server):
    production = await edited(here)
    media = await here.house.store.put_bytes(sound("wav"), user_id=USER)
    await here.sql("delete from order_attempts")
    await here.sql(
        "update orders set stage = 'voiceover', item = 'line', medium = 'voice', call_key = %s, media = %s,"
        " sha256 = %s, request = %s where stage = 'storyboard'",
        [f"{production}:voiceover:line:first", Jsonb(media.model_dump(mode="json")), media.sha256,
         Jsonb({"text": "Look at me."})],
    )  # fmt: skip
    await there.bring(await here.export(production))
    [item] = await there.sql("select title, tags, s3_key, production_id::text from media_library")
    assert (item["title"], item["tags"], item["s3_key"]) == ("Look at me.", ["voiceover"], media.key)
    assert item["production_id"] == production


def keys(text: str) -> set[str]:
    plain, found = [json.loads(text)], set[str]()
    while plain:
        one = plain.pop()
        plain += list(one.values()) if isinstance(one, dict) else one if isinstance(one, list) else []
        found |= {one["key"]} if isinstance(one, dict) and "key" in one else set()
    return found


async def test_without_the_tables_of_cuts_nothing_of_them_arrives(here: Server, there: Server):
    """The control; and an archive from before there were any is taken in."""
    production = await edited(here)
    found = contents(await here.export(production))
    old = {name: content for name, content in found.items() if "rows/cut" not in name}
    await there.bring(sealed(old))
    assert await there.sql("select 1 from cuts") == []
    assert (await there.state(production)).status == "paused"


async def test_whoever_imports_it_owns_the_cut_and_all_it_names(here: Server, there: Server):
    production = await edited(here)
    await there.sql("insert into users (user_id) values ('ana')")
    await there.bring(await here.export(production), user_id="ana")
    seen = await CutBook(there.house.database).read(production, user_id="ana")
    assert {key.split("/")[1] for key in keys(seen.timeline.model_dump_json())} == {"ana"}
    assert [one[4] for one in await history(there, production, "ana") if one[0] == seen.version] == [
        digest_of(seen.timeline)
    ]
    found = await there.sql("select distinct by_user from cut_versions")
    assert [row["by_user"] for row in found] == ["ana"]


async def test_a_copy_has_a_cut_of_its_own(here: Server):
    production = await edited(here)
    copy = await here.bring(await here.export(production), as_new=True)
    book = CutBook(here.house.database)
    await book.edit(copy.production_id, [edits.AddMarker(at=9, name="Mine")], user_id=USER)
    assert len(await history(here, copy.production_id)) == 7
    assert len(await history(here, production)) == 6


def _other_cut(versions: list[dict[str, Any]]) -> None:
    versions[0]["timeline"]["name"] = "Another one"


HOSTILE: dict[str, tuple[str, Callable[[Any], Any], str]] = {
    "another cut": ("cut_versions", _other_cut, "digest"),
    "no such operation": (
        "cut_versions",
        lambda rows: rows[1]["operation"].update(op="explode"),
        "operation|tag",
    ),
    "a parent that is not here": ("cut_versions", lambda rows: rows[2].update(parent=99), "not here"),
    "one version twice": ("cut_versions", lambda rows: rows[2].update(version=2), "rise"),
    "two beginnings": ("cut_versions", lambda rows: rows[2].update(parent=None), "beginning"),
    "an edit without an operation": (
        "cut_versions",
        lambda rows: rows[1].update(operation=None),
        "operation",
    ),
    "a column more": ("cut_versions", lambda rows: rows[1].update(by_user="root"), "by_user"),
    "a head that is not here": ("cut", lambda rows: rows[0].update(head=77), "not those"),
    "another newest": ("cut", lambda rows: rows[0].update(newest=3), "not those"),
    "ids that will be given again": ("cut", lambda rows: rows[0].update(used_ids=0), "more ids"),
    "two cuts": ("cut", lambda rows: rows.append(rows[0]), "second cut"),
    "versions of no cut": ("cut", lambda rows: rows.clear(), "not those"),
}  # fmt: skip


@pytest.mark.parametrize(("table", "change", "why"), HOSTILE.values(), ids=list(HOSTILE))
async def test_a_history_that_does_not_fit_together_is_refused_and_leaves_nothing(
    here: Server, there: Server, table: str, change: Callable[[Any], Any], why: str
):
    archive = await here.export(await edited(here))
    with pytest.raises(ArchiveRefused, match=why):
        await there.bring(changed_rows(archive, table, change))
    assert await there.sql("select 1 from cuts") == []
    await there.bring(archive)
    assert len(await there.sql("select 1 from cuts")) == 1, "the control: as it was it is taken"


async def test_without_its_check_another_cut_is_taken(
    here: Server, there: Server, monkeypatch: pytest.MonkeyPatch
):
    """The control of the digest."""
    archive = await here.export(await edited(here))
    first = rows(archive, "cut_versions")[0]
    assert digest_of(Timeline.model_validate(first["timeline"])) == first["digest"]

    class Blind(str):
        def __ne__(self, other: object) -> bool:
            return False

        __hash__ = str.__hash__

    monkeypatch.setattr(shapes, "digest_of", lambda cut: Blind())
    await there.bring(changed_rows(archive, "cut_versions", _other_cut))


def test_the_zip_names_them(an_archive: bytes):
    with zipfile.ZipFile(BytesIO(an_archive)) as opened:
        assert {"rows/cut.jsonl", "rows/cut_versions.jsonl"} <= set(opened.namelist())
