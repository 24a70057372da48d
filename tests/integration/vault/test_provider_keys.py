"""Users' keys: sealed in the table, in an order, lent for a call, each user's own."""

import asyncio
import uuid
from typing import Any

import pytest
from pydantic import SecretStr

from state.errors import KeyDamaged, KeyRefused, RecordConflict, RecordNotFound, VaultClosed
from tests.fakes import FakeClock
from tests.integration.vault.conftest import keys_of
from tools.db.pool import Database
from tools.vault import vault as room
from tools.vault.provider_keys import MOST, ProviderKeys, Trouble
from tools.vault.providers import Provider


def secret(name: str) -> SecretStr:
    return SecretStr(f"canary-key-called-{name}")


async def kept(keys: ProviderKeys, *labels: str, user: str = "ana", provider: Provider = "fal") -> list[str]:
    """Ids of keys that are called so."""
    return [
        (await keys.add(user, provider=provider, label=label, key=secret(f"{user}-{label}")))["id"]
        for label in labels
    ]


async def order(keys: ProviderKeys) -> list[tuple[str, int]]:
    return [(row["label"], row["position"]) for row in await keys.listed("ana", provider="fal")]


async def used(keys: ProviderKeys, user: str = "ana", provider: Provider = "fal") -> str | None:
    """The name of the key that a call would be made with."""
    found = await keys.key_for(user, provider)
    return found.secret.get_secret_value().removeprefix("canary-key-called-") if found else None


async def test_a_call_gets_the_first_active_key_of_its_user_and_provider(keys: ProviderKeys):
    first, second = await kept(keys, "a", "b")
    await kept(keys, "c", user="eva")
    await kept(keys, "d", provider="openai")
    assert (await used(keys), await used(keys, "eva"), await used(keys, "local")) == ("ana-a", "eva-c", None)
    assert await used(keys, provider="openai") == "ana-d"
    await keys.change("ana", first, status="disabled")
    assert await used(keys) == "ana-b"
    await keys.change("ana", second, status="disabled")
    assert await used(keys) is None
    await keys.change("ana", first, status="active")
    assert await used(keys) == "ana-a"


async def test_what_is_lent_does_not_show_itself(keys: ProviderKeys):
    await kept(keys, "a")
    found = await keys.key_for("ana", "fal")
    assert found is not None
    assert "canary" not in f"{found!r} {found.secret} {vars(keys)}"


async def test_the_table_tells_no_key_and_the_list_how_it_ends(keys: ProviderKeys, database: Database):
    await kept(keys, "a")
    [stored] = await database.fetch_all("select k::text as row, ciphertext from provider_keys k")
    assert "canary" not in stored["row"]
    assert b"canary".hex() not in stored["row"]
    [row] = await keys.listed("ana")
    assert row["last_four"] == "na-a"
    assert not {"ciphertext", "iv", "master_key_id"} & row.keys()


async def swap(database: Database, one: str, other: str) -> None:
    """Put what was sealed in one row into the other, and the other way round."""
    rows = {row["id"]: row for row in await database.fetch_all(
        "select key_id::text as id, iv, ciphertext from provider_keys")}  # fmt: skip
    # Out of the way first: no two rows may have the same one.
    await database.execute("update provider_keys set iv = set_byte(iv, 0, (get_byte(iv, 0) + 1) % 256)")
    for target, source in ((one, other), (other, one)):
        values: dict[str, Any] = {**rows[source], "id": target}
        await database.execute(
            "update provider_keys set iv = %(iv)s, ciphertext = %(ciphertext)s where key_id = %(id)s", values
        )


@pytest.mark.parametrize("bound", [True, False])
@pytest.mark.parametrize("other", [("eva", "fal"), ("ana", "openai"), ("ana", "fal")])
async def test_two_rows_that_are_swapped_open_for_nobody(
    database: Database, keys: ProviderKeys, monkeypatch: pytest.MonkeyPatch, bound: bool, other: Any
):
    """Design-facts 6.13. Not bound is the control: then each reads the other's key."""
    if not bound:
        monkeypatch.setattr(room, "bound_to", lambda *_: b"")
    [hers] = await kept(keys, "a")
    [theirs] = await kept(keys, "b", user=other[0], provider=other[1])
    await swap(database, hers, theirs)
    if bound:
        for user, provider in (("ana", "fal"), other):
            with pytest.raises(KeyDamaged):
                await keys.key_for(user, provider)
    else:
        assert await used(keys) == f"{other[0]}-b"
        if other != ("ana", "fal"):  # of one user at one provider only the first is used
            assert await used(keys, *other) == "ana-a"


async def test_the_order_has_no_gaps_whatever_is_moved_or_deleted(keys: ProviderKeys):
    a, b, c, d = await kept(keys, "a", "b", "c", "d")
    await keys.change("ana", d, position=1)
    assert await order(keys) == [("d", 1), ("a", 2), ("b", 3), ("c", 4)]
    assert (await keys.change("ana", a, position=50))["position"] == 4
    assert await order(keys) == [("d", 1), ("b", 2), ("c", 3), ("a", 4)]
    await keys.change("ana", b, position=3)
    assert await order(keys) == [("d", 1), ("c", 2), ("b", 3), ("a", 4)]
    await keys.remove("ana", c)
    assert await order(keys) == [("d", 1), ("b", 2), ("a", 3)]
    assert await used(keys) == "ana-d"


async def test_many_at_once_leave_an_order(keys: ProviderKeys):
    ids = await kept(keys, "a", "b", "c", "d")
    await asyncio.gather(
        *(keys.change("ana", one, position=1) for one in ids[1:]),
        keys.remove("ana", ids[0]),
        *(kept(keys, label) for label in "efg"),
    )
    assert [position for _, position in await order(keys)] == [1, 2, 3, 4, 5, 6]


async def test_a_label_is_unique_for_a_user_and_a_provider(keys: ProviderKeys):
    a, _ = await kept(keys, "a", "b")
    await kept(keys, "a", user="eva")
    await kept(keys, "a", provider="openai")
    with pytest.raises(RecordConflict, match="label: "):
        await kept(keys, "a")
    with pytest.raises(RecordConflict, match="label: "):
        await keys.change("ana", a, label="b", position=2, status="disabled")
    assert await order(keys) == [("a", 1), ("b", 2)]
    assert await used(keys) == "ana-a", "nothing of a refused change is done"


async def test_a_replaced_key_keeps_its_place_and_what_was_said_of_the_old_one_is_over(keys: ProviderKeys):
    a, _ = await kept(keys, "a", "b")
    old = await keys.key_for("ana", "fal")
    assert old is not None
    assert await keys.note_trouble("ana", old, "error")
    assert await used(keys) == "ana-b"
    row = await keys.replace("ana", a, key=secret("fresh"))
    assert (row["status"], row["position"], row["last_four"]) == ("active", 1, "resh")
    assert await used(keys) == "fresh"
    assert not await keys.note_trouble("ana", old, "error"), "the control: it was about the key before"
    assert await used(keys) == "fresh"
    await keys.change("ana", a, status="disabled")
    assert (await keys.replace("ana", a, key=secret("later")))["status"] == "disabled"


async def test_a_key_that_is_to_rest_is_passed_over_for_so_long(keys: ProviderKeys, clock: FakeClock):
    """S5-136, S5-137."""
    await kept(keys, "a", "b")
    first = await keys.key_for("ana", "fal")
    assert first is not None
    assert await keys.note_trouble("ana", first, "rate_limited", rest_s=30)
    assert await used(keys) == "ana-b"
    clock.passed_s += 29
    assert await used(keys) == "ana-b"
    clock.passed_s += 1
    assert await used(keys) == "ana-a"
    row = (await keys.listed("ana"))[0]
    assert (row["status"], row["rests_until"], row["error_count"]) == ("active", None, 1)


@pytest.mark.parametrize("trouble", ["exhausted", "error"])
async def test_a_key_in_trouble_waits_for_its_owner(keys: ProviderKeys, clock: FakeClock, trouble: Trouble):
    [key] = await kept(keys, "a")
    first = await keys.key_for("ana", "fal")
    assert first is not None
    assert await keys.note_trouble("ana", first, trouble)
    clock.passed_s += 1e6
    assert await used(keys) is None
    row = await keys.change("ana", key, status="active")
    assert (row["status"], row["error_count"]) == ("active", 0)
    assert await used(keys) == "ana-a"


async def test_what_its_owner_switched_off_no_trouble_switches_on(keys: ProviderKeys, clock: FakeClock):
    [key] = await kept(keys, "a")
    first = await keys.key_for("ana", "fal")
    assert first is not None
    assert await keys.note_trouble("ana", first, "rate_limited")
    assert (await keys.change("ana", key, status="disabled"))["rests_until"] is None
    assert not await keys.note_trouble("ana", first, "rate_limited")
    clock.passed_s += 1e6
    assert await used(keys) is None


async def test_use_is_noted_to_the_minute(keys: ProviderKeys, clock: FakeClock):
    await kept(keys, "a")
    noted = []
    for seconds in (0, 59, 1):
        clock.passed_s += seconds
        await used(keys)
        noted.append((await keys.listed("ana"))[0]["last_used_at"])
    assert noted[0] == noted[1] < noted[2] == clock.now()


async def test_what_another_user_owns_is_not_there(keys: ProviderKeys):
    [hers] = await kept(keys, "a")
    found = await keys.key_for("ana", "fal")
    assert found is not None
    for key_id in (hers, str(uuid.uuid4())):
        with pytest.raises(RecordNotFound):
            await keys.change("eva", key_id, position=1)
        with pytest.raises(RecordNotFound):
            await keys.replace("eva", key_id, key=secret("x-of-eva"))
        with pytest.raises(RecordNotFound):
            await keys.remove("eva", key_id)
    assert not await keys.note_trouble("eva", found, "error")
    assert await used(keys) == "ana-a"


async def test_nothing_is_kept_of_what_is_refused(keys: ProviderKeys, database: Database):
    with pytest.raises(KeyRefused):
        await keys.add("ana", provider="fal", label="a", key=SecretStr("short"))
    with pytest.raises(RecordNotFound):
        await kept(keys, "a", user="nobody")
    assert await keys.listed("ana") == []


async def test_there_is_a_most(keys: ProviderKeys, database: Database):
    [one] = await kept(keys, "a")
    await database.execute(
        "insert into provider_keys"
        " (key_id, user_id, provider, label, position, master_key_id, iv, ciphertext, created_at)"
        " select gen_random_uuid(), 'ana', 'openai', 'k' || n, n, 'm',"
        " decode(lpad(to_hex(n), 24, '0'), 'hex'), ciphertext, created_at"
        " from provider_keys, generate_series(1, %s) n where key_id = %s",
        [MOST - 1, one],
    )
    with pytest.raises(RecordConflict, match=f"{MOST} provider keys"):
        await kept(keys, "b")
    await keys.remove("ana", one)
    await kept(keys, "b")


async def test_without_a_master_key_it_says_what_to_set(database: Database):
    def closed() -> Any:
        raise VaultClosed

    keys = ProviderKeys(database, FakeClock(), open_vault=closed)
    with pytest.raises(VaultClosed, match="no master key"):
        await kept(keys, "a")
    assert await keys.listed("ana") == []
    assert await keys.key_for("ana", "fal") is None, "who has no key needs no vault"
    await kept(keys_of(database), "a")
    with pytest.raises(VaultClosed):
        await keys.key_for("ana", "fal")
