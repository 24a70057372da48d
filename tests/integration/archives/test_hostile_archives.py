"""An archive is a stranger's file: what is wrong with it is named, and nothing of it stays."""

import base64
import hashlib
import io
import re
import struct
import uuid
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import ormsgpack
import pytest

from server.archives import unpack
from server.archives.take_in import take_in
from state.errors import ArchiveRefused, RecordConflict, StoreFull
from state.media import MediaRef
from tests.archives import bring, changed_manifest, changed_rows, contents, rows, sealed, zipped
from tests.integration.archives.conftest import USER, Server
from tests.media_files import picture
from tools.media.local import LocalMediaStore

Tampering = Callable[[bytes], bytes]


def set_in(table: str, **fields: Any) -> Tampering:
    """The first row of a table says something else; the seals fit."""
    return lambda archive: changed_rows(archive, table, lambda kept: kept[0].update(fields))


def add_row(table: str, **fields: Any) -> Tampering:
    """One more row like the last."""
    return lambda archive: changed_rows(archive, table, lambda kept: kept.append({**kept[-1], **fields}))


def with_blob(value: bytes, kind: str = "msgpack") -> Tampering:
    return set_in("blobs", type=kind, blob=base64.b64encode(value).decode())


def naming(code: int, *content: Any) -> bytes:
    """A value that asks for something to be built or called."""
    return ormsgpack.packb({"deep": [ormsgpack.Ext(code, ormsgpack.packb(content))]})


def with_member(name: str, content: bytes = b"x") -> Tampering:
    return lambda archive: sealed({**contents(archive), name: content})


def without(prefix: str) -> Tampering:
    return lambda archive: sealed(
        {name: content for name, content in contents(archive).items() if not name.startswith(prefix)}
    )


def media_name(archive: bytes) -> str:
    return next(name for name in contents(archive) if name.startswith("media/"))


def other_media(archive: bytes) -> bytes:
    """The bytes of a picture are others, as many; the manifest was not told."""
    name = media_name(archive)
    return zipped({**contents(archive), name: contents(archive)[name][:-1] + b"?"})


def disguised(archive: bytes) -> bytes:
    """A page of markup under the name of a picture, with the right digest in every place."""
    page, name = b"<html><script>alert(1)</script></html>", media_name(archive)
    digest = hashlib.sha256(page).hexdigest()
    old = name.rpartition("/")[2].partition(".")[0]
    found = {key: value.replace(old.encode(), digest.encode()) for key, value in contents(archive).items()}
    found.pop(name, None)
    found[name.replace(old, digest)] = page
    size = len(contents(archive)[name])
    orders = found["rows/orders.jsonl"].replace(
        f'"size_bytes": {size}'.encode(), f'"size_bytes": {len(page)}'.encode()
    )
    return sealed(
        {**{key: value for key, value in found.items() if old not in key}, "rows/orders.jsonl": orders}
    )


def twice(archive: bytes) -> bytes:
    out = io.BytesIO(archive)
    with zipfile.ZipFile(out, "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("rows/events.jsonl", b"")
    return out.getvalue()


def encrypted(archive: bytes) -> bytes:
    """The flag of an encrypted member, in its own header and in the directory."""
    raw = bytearray(archive)
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def bomb(archive: bytes) -> bytes:
    """Rows that unpack to thousands of times their size, and say so in no place."""
    found = contents(archive)
    honest = sealed(found)
    swollen = zipped({**contents(honest), "rows/events.jsonl": b" " * 50_000_000})
    return swollen


def many(archive: bytes) -> bytes:
    """A directory that claims more members than any archive has."""
    end = bytearray(archive[-22:])
    end[8:12] = struct.pack("<2H", 60_000, 60_000)
    return archive[:-22] + bytes(end)


def wide(archive: bytes) -> bytes:
    """A directory that would not fit into memory."""
    end = bytearray(archive[-22:])
    end[12:16] = struct.pack("<L", 0xFFFFFFF0)
    return archive[:-22] + bytes(end)


def overlapping(archive: bytes) -> bytes:
    """The same bytes told as two members."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        inside = opened.infolist()
    raw, name = bytearray(archive), media_name(archive).encode()
    place = raw.rindex(b"PK\x01\x02", 0, raw.rindex(name))
    large = max(inside, key=lambda one: one.compress_size)
    raw[place + 20 : place + 28] = struct.pack(
        "<2L", large.file_size + len(archive), large.file_size + len(archive)
    )
    return bytes(raw)


def own_id(archive: bytes) -> str:
    return str(rows(archive, "production")[0]["production_id"])


TOLD: Any = object()


def with_ancestor(archive: bytes, ancestor: str, told: str | None = TOLD) -> bytes:
    """One ancestor; the production tells the same, or `told`."""
    row = {"production_id": ancestor, "parent_production_id": None, "parent_checkpoint_id": None,
           "graph": "gate", "graph_version": "1", "created_at": "2026-01-01T00:00:00Z"}  # fmt: skip
    parent = ancestor if told is TOLD else told
    archive = set_in("production", parent_production_id=parent)(archive)
    return changed_rows(archive, "ancestors", lambda kept: kept.append(row))


def with_nul(archive: bytes) -> bytes:
    return archive.replace(b"rows/runs.jsonl", b"rows/run\x00.jsonl")


def event_twice(archive: bytes) -> bytes:
    archive = set_in("production", last_seq=9999)(archive)
    again = {**rows(archive, "events")[0], "seq": 9998}
    return changed_rows(archive, "events", lambda kept: kept.append(again))


def half_a_character(archive: bytes) -> bytes:
    found = contents(archive)
    events = found["rows/events.jsonl"].replace(b'"write_plan"', b'"\\ud800"')
    return sealed({**found, "rows/events.jsonl": events})


DEEP: Any = []
for _ in range(300):
    DEEP = [DEEP]
ANOTHER = str(uuid.uuid4())
TAMPERINGS: dict[str, tuple[Tampering, str]] = {
    "no zip": (lambda _: b"hello", "cut short"),
    "empty": (lambda _: b"", "cut short"),
    "cut short": (lambda archive: archive[:-400], "cut short"),
    "cut in the middle": (lambda archive: archive[: len(archive) // 2] + archive[-22:], "damaged"),
    "no manifest": (lambda archive: zipped({"rows/runs.jsonl": b""}), "no manifest.json"),
    "manifest is no JSON": (lambda archive: zipped({**contents(archive), "manifest.json": b"{"}), "manifest"),
    "unknown version": (lambda archive: changed_manifest(archive, version=2), "version 2 of the format"),
    "another format": (lambda archive: changed_manifest(archive, format="else"), "manifest.json: format"),
    "newer schema": (lambda archive: changed_manifest(archive, house_schema="9999"), "house schema 9999"),
    "newer checkpoints": (
        lambda archive: changed_manifest(archive, libraries={"langgraph-checkpoint": "99.0"}),
        "langgraph-checkpoint 99",
    ),
    "unknown graph": (lambda archive: changed_manifest(archive, graph="opera"), "graph 'opera'"),
    "another graph version": (
        lambda archive: changed_manifest(archive, graph_version="7"), "version 7 of the graph",
    ),
    "a path that climbs": (with_member("../../etc/passwd"), "a member that none of ours has"),
    "an absolute path": (with_member("/etc/passwd"), "a member that none of ours has"),
    "a path in a media name": (with_member("media/image/../x.png"), "a member that none of ours has"),
    "a name with a NUL": (with_nul, "none of ours has"),
    "a table of users": (with_member("rows/users.jsonl"), "a member that none of ours has"),
    "a member nobody told of": (
        lambda archive: zipped({**contents(archive), f"media/text/{'0' * 64}.txt": b"x"}), "other members",
    ),
    "a table is missing": (without("rows/writes"), "lacks rows/writes"),
    "a name twice": (twice, "a name twice"),
    "encrypted": (encrypted, "not read here"),
    "a bomb": (bomb, "other sizes"),
    "too many members": (many, "more than"),
    "a directory without end": (wide, "more than"),
    "members on top of each other": (overlapping, "on top of each other"),
    "other bytes": (other_media, "not what the manifest says"),
    "a page as a picture": (disguised, "media/image/"),
    "media not named by its digest": (
        with_member(f"media/image/{'1' * 64}.png", picture()), "named by its digest",
    ),
    "media that was paid for is missing": (without("media/"), "is not in the archive"),
    "a row is no JSON": (
        lambda archive: sealed({**contents(archive), "rows/runs.jsonl": b"{\n"}), "Row 1 of runs",
    ),
    "a column nobody knows": (set_in("runs", user_id="root"), "user_id: Extra inputs"),
    "another production": (set_in("production", production_id=ANOTHER), "not the production"),
    "two productions": (add_row("production"), "not the production"),
    "no production": (
        lambda archive: changed_rows(archive, "production", lambda kept: kept.clear()), "no production",
    ),
    "a run that waits": (set_in("runs", status="waiting"), "status"),
    "a run that is queued": (set_in("runs", status="queued"), "status"),
    "a production that runs": (set_in("production", status="running"), "status"),
    "an order of another production": (
        set_in("orders", call_key=f"{ANOTHER}:storyboard:1A:first"), "another production",
    ),
    "an order without media": (set_in("orders", media=None), "must name its media"),
    "an order that lies about its digest": (set_in("orders", sha256="0" * 64), "another digest"),
    "an attempt of nothing": (set_in("attempts", call_key="x"), "an order that is not here"),
    "a moment that is none": (set_in("runs", created_at="yesterday"), "must be a moment"),
    "a moment beyond time": (set_in("runs", created_at="2026-13-99T00:00:00Z"), "Row 1 of runs"),
    "a moment that never passes": (set_in("runs", created_at="9999-01-01T00:00:00Z"), "lies in the future"),
    "a number without end": (set_in("production", last_seq=2**70), "Row 1 of production"),
    "a ceiling without end": (set_in("production", ceiling_micros=10**18), "ceiling_micros"),
    "a knob that there is not": (set_in("production", context={"colour": 1}), "context.colour"),
    "no amount": (
        set_in("production", context={"text_allowance_usd": None}), "production: context.text_allowance_usd",
    ),
    "an amount in words": (set_in("production", context={"ceiling_usd": "abc"}), "context.ceiling_usd"),
    "no model": (set_in("production", context={"text_model": None}), "context.text_model"),
    "a charge that is none": (set_in("production", error={"charged": "much"}), "error.*charged"),
    "half a charge": (
        set_in("production", error={"charged": {"billed_usd": "0.10"}}), "charged.unknown_usd",
    ),
    "nested without end": (set_in("events", payload={"a": DEEP}), "nested deeper"),
    "a NUL": (set_in("production", title="a\x00b"), "NUL"),
    "half a character": (half_a_character, "of events"),
    "the log goes back": (add_row("events", event_id="again"), "the log must rise"),
    "the log goes too far": (set_in("production", last_seq=0), "further than"),
    "the same event twice": (event_twice, "is here already"),
    "an ancestor that is none": (lambda archive: with_ancestor(archive, ANOTHER, told=None), "no ancestor"),
    "its own ancestor": (lambda archive: with_ancestor(archive, own_id(archive)), "no ancestor"),
    "a checkpoint that is none": (set_in("checkpoints", checkpoint={}), "channel_values"),
    "base64 that is none": (set_in("blobs", blob="@@@"), "base64"),
    "damaged msgpack": (with_blob(b"\xc1\xff"), "damaged"),
    "a pickle": (with_blob(b"cos\nsystem\n", "pickle"), "kind 'pickle'"),
    "langchain's JSON": (with_blob(b'{"lc": 1}', "json"), "kind 'json'"),
    "a class to build": (
        with_blob(naming(2, "subprocess", "Popen", {"args": ["id"]})), "names subprocess.Popen",
    ),
    "a function to call": (with_blob(naming(1, "os", "system", ["id"])), "names os.system"),
    "a method to call": (with_blob(naming(3, "pathlib", "Path", "/etc", "unlink")), "names pathlib.Path"),
    "a model that is not the graph's": (
        with_blob(naming(5, "tools.settings", "Settings", {}, "x")), "names tools",
    ),
    "an array of numpy's": (with_blob(ormsgpack.packb(ormsgpack.Ext(6, b"\x90"))), "no checkpoint holds"),
}  # fmt: skip


async def test_each_is_refused_by_name_and_nothing_stays(there: Server, an_archive: bytes):
    before = await there.everything()
    for what, (tamper, words) in TAMPERINGS.items():
        with pytest.raises((ArchiveRefused, RecordConflict)) as refused:
            pytest.fail(f"taken: {what}: {await there.bring(tamper(an_archive))}")
        assert re.search(words, refused.value.message), f"{what}: {refused.value.message}"
    assert await there.everything() == before


async def test_the_same_archive_untouched_is_taken(there: Server, an_archive: bytes):
    """The control of all above: also after it was taken apart and sealed again."""
    assert (await there.bring(sealed(contents(an_archive)))).status == "completed"


async def test_a_bomb_stops_at_what_was_promised(
    there: Server, an_archive: bytes, monkeypatch: pytest.MonkeyPatch
):
    """Its directory lies, too; no more comes out than the manifest says."""
    raw = bytearray(bomb(an_archive))
    honest = len(contents(an_archive)["rows/events.jsonl"])
    place = raw.rindex(b"PK\x01\x02", 0, raw.rindex(b"rows/events.jsonl"))
    raw[place + 24 : place + 28] = struct.pack("<L", honest)
    with pytest.raises(ArchiveRefused, match="events"):
        await there.bring(bytes(raw))


async def test_limits_hold(there: Server, an_archive: bytes, monkeypatch: pytest.MonkeyPatch):
    for limit in ("MAX_UNPACKED_BYTES", "MAX_ROWS_BYTES", "MAX_MEMBERS", "MAX_MANIFEST_BYTES"):
        with monkeypatch.context() as patched:
            patched.setattr(unpack, limit, 1)
            with pytest.raises(ArchiveRefused, match=r"more than|longer than"):
                await there.bring(an_archive)


class FullStore:
    """A store that has room for one file."""

    def __init__(self, store: LocalMediaStore) -> None:
        self._store = store
        self._left = 1

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def put(self, source: Any, *, user_id: str) -> MediaRef:
        if self._left == 0:
            raise StoreFull
        self._left -= 1
        return await self._store.put(source, user_id=user_id)


async def test_a_store_that_fills_up_keeps_nothing(there: Server, an_archive: bytes):
    before = await there.everything()
    house = replace(there.house, store=FullStore(there.house.store))
    with pytest.raises(StoreFull):
        await take_in(house, io.BytesIO(an_archive), user_id=USER)
    assert await there.everything() == before
    assert (await bring(there.house, an_archive)).status == "completed", "with room it is taken"


async def test_what_was_here_before_survives_a_failure(there: Server, an_archive: bytes):
    """An object that both have is not taken back with the others."""
    shared = await there.house.store.put_bytes(contents(an_archive)[media_name(an_archive)], user_id=USER)
    house = replace(there.house, store=FullStore(there.house.store))
    house.store._left = 0
    with pytest.raises(StoreFull):
        await take_in(house, io.BytesIO(an_archive), user_id=USER)
    assert (await there.house.store.get(shared.key)).is_file()


async def test_a_key_of_another_user_becomes_mine(there: Server, an_archive: bytes):
    """An archive that names somebody's file by its digest opens nothing of theirs."""
    await there.sql("insert into users (user_id) values ('victim')")
    theirs = await there.house.store.put_bytes(picture(size=(77, 77)), user_id="victim")
    change = lambda kept: kept[0].update(values={"poster": theirs.model_dump(mode="json")})  # noqa: E731
    imported = await there.bring(changed_rows(an_archive, "production", change))
    state = await there.state(imported.production_id)
    assert state.values["poster"]["key"] == theirs.key.replace("/victim/", f"/{USER}/")
