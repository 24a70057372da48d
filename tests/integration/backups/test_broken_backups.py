"""A backup that is damaged, cut short, too new or made to do harm is refused, and nothing is written."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from server.backups.format import Manifest
from server.backups.restore import look_through, restore
from state.errors import BackupRefused
from tests.integration.backups.conftest import Place, read, write
from tools.db.connect import open_database

Contents = dict[str, bytes]
Change = Callable[[Contents, dict[str, Any]], object]


def rewritten(backup: Path, change: Change, *, sealed: bool = False) -> bytes:
    """The backup with other contents; sealed, as if they had always been there."""
    contents = unpacked(backup)
    manifest = json.loads(contents.pop("manifest.json"))
    change(contents, manifest)
    for table in manifest["tables"] if sealed else []:
        content = contents[f"rows/{table['name']}.copy"]
        table |= {
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "rows": content.count(b"\n"),
        }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in {**contents, "manifest.json": json.dumps(manifest).encode()}.items():
            packed.writestr(name, content)
    return out.getvalue()


def a_table(manifest: dict[str, Any]) -> dict[str, Any]:
    return next(table for table in manifest["tables"] if table["name"] == "productions")


def renamed(contents: Contents, manifest: dict[str, Any], name: str) -> None:
    contents[name] = contents.pop(f"media/{manifest['media'][0]['key']}")
    manifest["media"][0]["key"] = name.removeprefix("media/")


TAMPERED: dict[str, tuple[Change, str]] = {
    "another format": (lambda _, m: m.update(format="zip"), "format"),
    "another version of the format": (lambda _, m: m.update(version=2), "version 2"),
    "a schema of tomorrow": (lambda _, m: m.update(house="9999"), "house schema 9999, newer"),
    "a saver of tomorrow": (lambda _, m: m["numbers"].update(checkpointer=99), "checkpointer schema 99"),
    "a schema from before backups": (lambda _, m: m.update(house="0003"), "none before"),
    "a row more": (lambda c, _: c.update({"rows/runs.copy": c["rows/runs.copy"] + b"x\n"}), "another size"),
    "another row": (
        lambda c, _: c.update({"rows/runs.copy": c["rows/runs.copy"].swapcase()}), "changed or damaged"
    ),
    "another picture": (
        lambda c, m: c.update({(n := f"media/{m['media'][0]['key']}"): bytes(len(c[n]))}),
        "changed or damaged",
    ),
    "a member too few": (lambda c, _: c.pop("rows/runs.copy"), r"lacks rows/runs\.copy"),
    "a member too many": (lambda c, _: c.update({"rows/more.copy": b""}), "does not name"),
    "a climbing name": (lambda c, _: c.update({"../../evil": b"x"}), "does not name"),
    "a climbing media key": (lambda c, m: renamed(c, m, "media/image/../../evil"), "media.0.key"),
    "an absolute media key": (lambda c, m: renamed(c, m, "media//etc/evil"), "media.0.key"),
    "a table that is a path": (lambda _, m: a_table(m).update(name="../evil"), "tables"),
    "a table that is a statement": (lambda _, m: a_table(m).update(name='x"; drop table users'), "tables"),
    "a secret that is a path": (
        lambda _, m: m["secrets"].append({"name": "../x", "size": 0, "sha256": "0" * 64}), "secrets.0.name"
    ),
    "a table twice": (lambda _, m: m["tables"].append(a_table(m)), "twice"),
}  # fmt: skip


async def refused(backup: Path, content: bytes) -> str:
    broken = backup.with_name("broken.zip")
    write(broken, content)
    with pytest.raises(BackupRefused) as caught:
        await look_through(broken)
    return caught.value.message


async def test_whatever_was_changed_is_refused(backup: Path):
    for what, (change, words) in TAMPERED.items():
        said = await refused(backup, rewritten(backup, change))
        with pytest.raises(AssertionError, match=words):
            raise AssertionError(said)
        assert "\n" not in said, what


async def test_the_same_rewriting_without_a_change_is_taken(backup: Path):
    """The control: what is refused above is refused for its change."""
    copy = backup.with_name("copy.zip")
    write(copy, rewritten(backup, lambda contents, manifest: None))
    assert await look_through(copy) == await look_through(backup)


async def test_a_flipped_byte_is_found_or_changes_nothing(backup: Path):
    """Beyond the contents there are times, flags and padding that nobody reads."""
    whole, contents = read(backup), unpacked(backup)
    broken, refused = backup.with_name("broken.zip"), 0
    places = range(7, len(whole), max(1, len(whole) // 150))
    for place in places:
        flipped = bytearray(whole)
        flipped[place] ^= 0x10
        write(broken, flipped)
        try:
            await look_through(broken)
        except BackupRefused:
            refused += 1
        else:
            assert unpacked(broken) == contents, place
    assert refused > len(places) / 2


def unpacked(backup: Path) -> Contents:
    with zipfile.ZipFile(backup) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


async def test_a_file_that_was_cut_short_is_refused(backup: Path):
    whole = read(backup)
    for length in (0, 3, 100, len(whole) // 2, len(whole) - 1):
        assert await refused(backup, whole[:length])


async def test_what_is_no_backup_is_refused_in_one_sentence(tmp_path: Path):
    for file in (tmp_path, tmp_path / "none.zip"):
        with pytest.raises(BackupRefused, match="cannot be read"):
            await look_through(file)


async def test_nothing_is_written_before_all_of_it_was_seen(backup: Path, bare: Place):
    """The last byte of the last picture."""
    change, _ = TAMPERED["another picture"]
    write(backup, rewritten(backup, change))
    with pytest.raises(BackupRefused):
        await restore(bare.settings, backup)
    assert not list(bare.settings.data_dir.parent.glob(bare.settings.data_dir.name))
    assert bare.rows("select relname from pg_class where relnamespace = 'public'::regnamespace") == []


async def test_rows_that_do_not_fit_are_none_at_all(backup: Path, away: Place):
    def lost_parent(contents: Contents, manifest: dict[str, Any]) -> None:
        contents["rows/productions.copy"] = b""

    whole = read(backup)
    write(backup, rewritten(backup, lost_parent, sealed=True))
    with pytest.raises(BackupRefused, match="do not fit"):
        await restore(away.settings, backup)
    assert away.row("select count(*) as count from users where user_id = 'local'") == {"count": 1}
    database = await open_database(away.settings)  # no halt was left: it is as empty as it was
    await database.close()
    write(backup, whole)
    await restore(away.settings, backup)


async def test_a_table_that_is_none_of_ours_is_told_of(backup: Path, away: Place):
    def foreign(contents: Contents, manifest: dict[str, Any]) -> None:
        contents["rows/ledger_of_carol.copy"] = b"1\n"
        manifest["tables"].append({**a_table(manifest), "name": "ledger_of_carol", "columns": ["a"]})

    write(backup, rewritten(backup, foreign, sealed=True))
    assert (await restore(away.settings, backup)).left_out == ["ledger_of_carol"]


def test_a_manifest_says_nothing_of_where_it_was_made():
    """A backup is handed on: no address, no folder, no password."""
    assert not {"host", "url", "data_dir", "folder"} & Manifest.model_fields.keys()
