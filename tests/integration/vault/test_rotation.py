"""A new master key: every row is sealed anew, none is lost, wherever it is stopped."""

import asyncio

import pytest

from state.errors import KeyDamaged, MasterKeyAbsent, RecordConflict
from tests.builders import A_MASTER_KEY, OLDER_MASTER_KEY, a_master_key
from tests.integration.vault.conftest import a_vault, in_bytes, keys_of
from tests.integration.vault.test_provider_keys import kept, swap, used
from tools.db.pool import Database
from tools.vault.rotate import LOCK_KEY, Rotated, rotate_master
from tools.vault.vault import Sealed, Vault

OLD, NEW = OLDER_MASTER_KEY, A_MASTER_KEY


async def sealed_with(database: Database) -> dict[str, int]:
    rows = await database.fetch_all("select master_key_id, count(*) as n from provider_keys group by 1")
    return {row["master_key_id"]: row["n"] for row in rows}


async def seven(database: Database) -> None:
    """Five sealed before and two sealed since."""
    await kept(keys_of(database, OLD), "a", "b", "c")
    await kept(keys_of(database, OLD), "d", "e", user="eva", provider="openai")
    await kept(keys_of(database, NEW, OLD), "f", "g")


class Dies(Vault):
    """A process that ends in the middle of its work."""

    seals_left = 3

    def seal(self, *args: object, **named: object) -> Sealed:
        self.seals_left -= 1
        if self.seals_left < 0:
            raise KeyboardInterrupt
        return super().seal(*args, **named)  # type: ignore[arg-type]


async def test_every_row_is_sealed_anew_and_the_old_master_key_is_needed_no_more(database: Database):
    await seven(database)
    assert await rotate_master(database, a_vault(NEW, OLD), batch=2) == Rotated(5, 2, (), 0)
    assert await sealed_with(database) == {a_vault(NEW).current: 7}
    only_new = keys_of(database, NEW)
    assert await used(only_new) == "ana-a"
    assert await used(only_new, "eva", "openai") == "eva-d"
    assert await rotate_master(database, a_vault(NEW), batch=2) == Rotated(0, 7, (), 0)


async def test_rows_that_were_sealed_before_rows_were_bound_are_bound_by_it(database: Database):
    """Until then two of one user at one provider can be swapped."""
    ids = await kept(keys_of(database, OLD), "a", "b")
    for key_id, label in zip(ids, "ab", strict=True):
        await seal_as_before(database, key_id, label)
    both = keys_of(database, NEW, OLD)
    await swap(database, *ids)
    assert await used(both) == "b"
    assert (await rotate_master(database, a_vault(NEW, OLD))).resealed == 2
    assert await used(both) == "b"
    await swap(database, *ids)
    with pytest.raises(KeyDamaged):
        await used(both)


async def seal_as_before(database: Database, key_id: str, secret: str) -> None:
    """Bound to the user, the provider and the master key, in any row."""
    old, iv = a_vault(OLD), secret.encode() * 12
    sealed = old._ciphers[old.current].encrypt(iv, secret.encode(), f"ana|fal|{old.current}".encode())
    await database.execute(
        "update provider_keys set iv = %s, ciphertext = %s where key_id = %s", [iv, sealed, key_id]
    )


async def test_without_it_they_could_not_be_read(database: Database):
    """The control."""
    await seven(database)
    with pytest.raises(MasterKeyAbsent):
        await used(keys_of(database, NEW))


async def test_one_that_dies_in_the_middle_loses_nothing_and_goes_on(database: Database):
    await seven(database)
    dying = Dies(in_bytes(NEW, OLD))
    with pytest.raises(KeyboardInterrupt):
        await rotate_master(database, dying, batch=2)
    assert await sealed_with(database) == {a_vault(NEW).current: 4, a_vault(OLD).current: 3}
    both = keys_of(database, NEW, OLD)
    assert [await used(both), await used(both, "eva", "openai")] == ["ana-a", "eva-d"]
    assert await rotate_master(database, a_vault(NEW, OLD), batch=2) == Rotated(3, 4, (), 0)


async def test_it_is_refused_before_the_first_row_when_a_master_key_is_missing(database: Database):
    await seven(database)
    before = await sealed_with(database)
    with pytest.raises(MasterKeyAbsent, match=r"\(5 of them\).*Nothing was changed") as caught:
        await rotate_master(database, a_vault(a_master_key("third"), NEW), batch=2)
    assert caught.value.details == {"masterKeyIds": [a_vault(OLD).current]}
    assert await sealed_with(database) == before


async def test_a_row_that_was_tampered_with_stops_nobody_elses(database: Database):
    await seven(database)
    changed = (
        "update provider_keys set ciphertext = set_byte(ciphertext, 0, 1 + get_byte(ciphertext, 0) %% 255)"
    )
    await database.execute(f"{changed} where label = 'b'", [])
    [row] = await database.fetch_all("select key_id::text as id from provider_keys where label = 'b'")
    done = await rotate_master(database, a_vault(NEW, OLD), batch=2)
    assert done == Rotated(4, 2, (row["id"],), 1)
    assert await used(keys_of(database, NEW)) == "ana-a"


async def test_two_at_once_are_one(database: Database):
    await seven(database)
    async with database.transaction() as other:
        await other.execute("select pg_advisory_xact_lock(%s)", [LOCK_KEY])
        with pytest.raises(RecordConflict, match="already"):
            await rotate_master(database, a_vault(NEW, OLD))
    assert (await rotate_master(database, a_vault(NEW, OLD))).resealed == 5


async def test_who_replaces_a_key_meanwhile_keeps_the_new_one(database: Database):
    """What is being changed is passed over and counted, so that it is run again."""
    await seven(database)
    async with database.transaction() as owner:
        await owner.execute("select 1 from provider_keys where label = 'a' for update")
        async with asyncio.timeout(5):
            done = await rotate_master(database, a_vault(NEW, OLD), batch=2)
    assert done == Rotated(4, 2, (), 1)
    assert await rotate_master(database, a_vault(NEW, OLD)) == Rotated(1, 6, (), 0)
