"""What comes out of a backup is what went in, and it stands still until somebody says otherwise."""

from pathlib import Path

import pytest

from server.backups.restore import look_through, restore
from server.backups.settle import HOLDER, LEAP, go_on
from server.backups.take import take_backup
from server.composition import open_parts
from server.runs.sweeper import sweep
from state.errors import (
    BackupRefused,
    DatabaseHalted,
    DatabaseTaken,
    RecordNotFound,
    SchemaOutdated,
    StoreFull,
)
from tests.integration.backups.conftest import (
    GONE,
    MASTER_KEY_ID,
    PRODUCTION,
    RUNNING,
    Place,
    mode_of,
    read,
    write,
)  # fmt: skip
from tools.db.connect import open_database
from tools.media.local import LocalMediaStore
from tools.orders.lease import claim
from tools.provenance.self_made import KEPT_FILE

UNCHANGED = (
    "select production_id, title, status, updated_at from productions order by 1",
    "select run_id, ordinal, kind, status from runs order by ordinal",
    "select call_key, state, request, result, intent_at from orders order by 1",
    "select * from checkpoint_blobs",
    "select * from provider_keys",
    "select * from audit_logs order by audit_id",
    "select * from users",
)


async def test_every_row_and_every_file_that_a_row_names_comes_back(home: Place, backup: Path, bare: Place):
    restored = await restore(bare.settings, backup)
    for statement in UNCHANGED:
        assert bare.rows(statement) == home.rows(statement)
    kept = {path.relative_to(bare.media): read(path) for path in bare.media.glob("*/*/*")}
    assert len(kept) == 2, "one that a row names as text, one inside of a checkpoint; the third is nobody's"
    assert all(read(home.media / name) == content for name, content in kept.items())
    assert restored.manifest.media_missing == [GONE]
    assert restored.manifest.sealed_with == [MASTER_KEY_ID]
    assert (restored.facts.productions, restored.facts.running, restored.facts.waiting) == (2, 1, 1)


async def test_counters_go_on_where_they_stood(home: Place, backup: Path, away: Place):
    await restore(away.settings, backup)
    fresh = "insert into audit_logs (action) values ('c') returning audit_id"
    assert away.row(fresh) == home.row(fresh)


async def test_only_its_owner_may_read_it_and_it_holds_no_secret(home: Place, backup: Path, tmp_path: Path):
    assert mode_of(backup) == 0o600
    assert (await look_through(backup)).secrets == []
    assert b"master_key" not in read(backup).replace(b"master_key_id", b"")
    write(home.settings.data_dir / KEPT_FILE, b"who has it signs as this house")
    whole = await take_backup(home.settings, tmp_path, with_secrets=True)
    assert [secret.name for secret in whole.manifest.secrets] == ["link_secret", "master_key"]
    assert b"signs as this house" not in read(whole.file)


async def test_secrets_come_back_where_they_were_asked_for(home: Place, away: Place, tmp_path: Path):
    taken = await take_backup(home.settings, tmp_path / "all.zip", with_secrets=True)
    await restore(away.settings, taken.file)
    found = away.settings.data_dir / "master_key"
    assert (read(found), mode_of(found)) == (b"sealed", 0o600)


async def test_a_backup_never_takes_the_place_of_another_one(home: Place, backup: Path):
    before = read(backup)
    with pytest.raises(BackupRefused, match="is there already"):
        await take_backup(home.settings, backup)
    assert read(backup) == before


async def test_what_breaks_off_leaves_nothing(home: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("server.backups.take._Writer.media", full)
    (tmp_path / "shelf").mkdir()
    with pytest.raises(StoreFull):
        await take_backup(home.settings, tmp_path / "shelf")
    assert list((tmp_path / "shelf").iterdir()) == []


async def test_a_file_that_rotted_is_told_of_and_left_out(home: Place, away: Place, tmp_path: Path):
    rotten = min(home.media.glob("image/local/*.png"))
    rotten.chmod(0o600)
    rotten.write_bytes(b"x" * rotten.stat().st_size)
    taken = await take_backup(home.settings, tmp_path / "told.zip")
    assert f"image/local/{rotten.name}" in taken.manifest.media_missing
    restored = await restore(away.settings, taken.file)
    assert len(restored.manifest.media) == len(list(away.media.glob("*/*/*"))) == 1


async def test_a_database_without_its_media(home: Place, away: Place, tmp_path: Path):
    taken = await take_backup(home.settings, tmp_path / "rows.zip", with_media=False)
    assert (taken.manifest.media, taken.manifest.media_left_out) == ([], True)
    store = await LocalMediaStore.open(away.settings)
    await store.put(min(home.media.glob("image/local/*.png")), user_id="local")  # brought back by other means
    await restore(away.settings, taken.file)


async def test_a_backup_of_a_database_that_was_never_migrated_is_refused(bare: Place, tmp_path: Path):
    with pytest.raises(SchemaOutdated, match="never migrated"):
        await take_backup(bare.settings, tmp_path / "none.zip")


async def test_nobody_works_there_until_somebody_says_so(backup: Path, away: Place):
    await restore(away.settings, backup)
    with pytest.raises(DatabaseHalted, match="original will not go on"):
        async with open_parts(away.settings):
            pass
    async with open_parts(away.settings, works=False) as parts:  # it can be looked at
        database = parts.tools.database
        assert (await sweep(database, grace_s=0)).rung == 0
        assert await claim(database, PRODUCTION, owner="Studio", ttl_s=5) is None
        held = away.row(
            "select min(lease_owner) as owner, bool_and(lease_until > now()) as held from productions"
        )
        assert held == {"owner": HOLDER, "held": True}
    assert await go_on(away.settings) == 1
    async with open_parts(away.settings, works=False) as parts:
        assert await claim(parts.tools.database, PRODUCTION, owner="Studio", ttl_s=5) is not None
    jobs = away.rows("select args ->> 'production_id' as id from procrastinate_jobs")
    assert jobs == [{"id": RUNNING}]


async def test_numbers_leap_past_what_the_original_gave_out(backup: Path, away: Place):
    await restore(away.settings, backup)
    numbers = away.rows("select epoch, last_seq from productions order by 1")
    assert numbers == [{"epoch": 3 + LEAP, "last_seq": 7 + LEAP}, {"epoch": 9 + LEAP, "last_seq": 20 + LEAP}]
    assert away.row("select max(attempts) as most from runs where status = 'running'") == {"most": 0}


@pytest.mark.parametrize(("nothing_since", "asked"), [(False, 1), (True, 0)])
async def test_its_orders_are_asked_for_first_unless_somebody_vouches(
    backup: Path, away: Place, nothing_since: bool, asked: int
):
    restored = await restore(away.settings, backup)
    await go_on(away.settings, nothing_since=nothing_since)
    found = away.rows("select ask_since from orders where ask_since is not null")
    assert found == [{"ask_since": restored.manifest.taken_at}] * asked
    marked = away.row("select count(*) as count from productions where restored_from is not null")
    assert marked == {"count": 2 * asked}


async def test_a_copy_of_a_copy_asks_from_the_first_one_on(
    backup: Path, away: Place, other_empty_url: str, tmp_path: Path
):
    first = await restore(away.settings, backup)
    await go_on(away.settings)
    again = await take_backup(away.settings, tmp_path / "again.zip")
    third = Place(away.settings.model_copy(update={
        "database_url": type(away.settings.database_url)(other_empty_url), "data_dir": tmp_path / "third",
    }))  # fmt: skip
    await restore(third.settings, again.file)
    found = third.row("select distinct restored_from as moment from productions")
    assert found == {"moment": first.manifest.taken_at}


async def test_going_on_twice_is_an_error(backup: Path, away: Place):
    await restore(away.settings, backup)
    await go_on(away.settings)
    with pytest.raises(RecordNotFound, match="goes on already"):
        await go_on(away.settings)


async def test_a_backup_goes_into_an_empty_place_only(backup: Path, home: Place, away: Place, tmp_path: Path):
    before = home.rows("select xmin, production_id from productions")
    with pytest.raises(DatabaseTaken, match="media that are not in the backup"):
        await restore(home.settings, backup)
    elsewhere = home.settings.model_copy(update={"data_dir": tmp_path / "new"})
    with pytest.raises(DatabaseTaken, match="not empty"):
        await restore(elsewhere, backup)
    assert home.rows("select xmin, production_id from productions") == before
    assert not list((tmp_path / "new").glob("media/*/*"))


async def test_a_database_that_somebody_uses_is_not_filled(backup: Path, away: Place):
    database = await open_database(away.settings, name="greenlight")
    try:
        with pytest.raises(DatabaseTaken, match="greenlight"):
            await restore(away.settings, backup)
    finally:
        await database.close()
    await restore(away.settings, backup)


async def test_a_restore_that_broke_off_keeps_everybody_out(
    backup: Path, away: Place, monkeypatch: pytest.MonkeyPatch
):
    async def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("server.backups.restore.hold", killed)
    with pytest.raises(KeyboardInterrupt):
        await restore(away.settings, backup)
    monkeypatch.undo()
    with pytest.raises(DatabaseHalted, match="broken off"):
        await open_database(away.settings)
    with pytest.raises(DatabaseTaken, match="not empty"):
        await restore(away.settings, backup)


async def test_media_of_a_restore_that_broke_off_are_used(
    backup: Path, away: Place, monkeypatch: pytest.MonkeyPatch
):
    async def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("server.backups.restore._bring_rows", killed)
    with pytest.raises(KeyboardInterrupt):
        await restore(away.settings, backup)
    monkeypatch.undo()
    await restore(away.settings, backup)
