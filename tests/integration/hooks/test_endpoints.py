"""Endpoints: whose they are, where they may lead, and that their secrets are nobody's."""

import asyncio

import pytest

from server.hooks.endpoints import MOST, Endpoints
from server.hooks.opening import reach_of
from state.errors import AddressRefused, HostUnknown, RecordConflict, RecordNotFound, VaultClosed
from tests.integration.hooks.conftest import HooksLot
from tests.integration.vault.conftest import a_vault
from tools.settings import Settings
from tools.vault.vault import Vault
from tools.web.addresses import Reach


class Names:
    """A name server that answers in turn, and counts."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers, self.asked = list(answers), 0

    async def __call__(self, host: str, port: int) -> list[str]:
        self.asked += 1
        if not self.answers:
            raise HostUnknown()
        return self.answers.pop(0)


def on_the_internet(lot: HooksLot, names: Names) -> Endpoints:
    async def open_vault() -> Vault:
        return a_vault()

    return Endpoints(lot.database, lot.clock, open_vault=open_vault, reach=Reach(), resolver=names)


async def added(endpoints: Endpoints, url: str = "https://hooks.example.org/in", user: str = "ana") -> str:
    row, _ = await endpoints.add(user, url=url, description="", events=["run.ended"])
    return str(row["id"])


@pytest.mark.parametrize(
    "found", [["127.0.0.1"], ["10.0.0.7", "1.1.1.1"], ["::ffff:169.254.169.254"], ["64:ff9b::7f00:1"]]
)
async def test_an_address_inside_is_refused_when_it_is_registered(lot: HooksLot, found: list[str]) -> None:
    with pytest.raises(AddressRefused) as refused:
        await added(on_the_internet(lot, Names(found)))
    assert refused.value.details["fields"][0]["field"] == "url"
    assert await lot.endpoints.listed("ana") == []


async def test_and_when_it_is_changed_to_one(lot: HooksLot) -> None:
    endpoints = on_the_internet(lot, Names(["1.1.1.1"], ["127.0.0.1"]))
    endpoint = await added(endpoints)
    with pytest.raises(AddressRefused):
        await endpoints.change("ana", endpoint, url="https://inside.example/")
    with pytest.raises(HostUnknown):
        await endpoints.change("ana", endpoint, url="https://nowhere.example/")
    assert (await endpoints.read("ana", endpoint))["url"] == "https://hooks.example.org/in"


async def test_a_name_that_turns_to_loopback_is_sent_nothing(lot: HooksLot) -> None:
    """Registered while it was public; the receiver on loopback is the canary."""
    names = Names(["1.1.1.1"], ["127.0.0.1"])
    url = f"https://hooks.example.org:{lot.receiver.port}/in"
    await added(on_the_internet(lot, names), url)
    await lot.ends(await lot.production())
    assert await lot.send(reach=Reach(), resolver=names) == 1
    assert (lot.receiver.messages, names.asked) == ([], 2)
    [attempt] = await lot.attempts()
    assert "not on the public internet" in attempt["problem"]


async def test_nothing_is_looked_up_for_somebody_elses_endpoint(lot: HooksLot) -> None:
    names = Names(["1.1.1.1"], ["1.1.1.1"])
    endpoints = on_the_internet(lot, names)
    endpoint = await added(endpoints)
    with pytest.raises(RecordNotFound):
        await endpoints.change("eva", endpoint, url="https://hooks.example.org/")
    assert names.asked == 1


async def test_only_a_machine_of_ones_own_reaches_itself() -> None:
    alone = Settings(host="127.0.0.1")
    with_accounts = Settings(host="127.0.0.1", auth_mode="token")
    open_wide = Settings(host="192.168.1.5")
    behind = Settings(host="127.0.0.1", public_url="https://studio.example.org")
    named = Settings(host="192.168.1.5", webhook_networks="10.1.0.0/16, fd00::/8")
    assert [len(reach_of(one).also) for one in (alone, with_accounts, open_wide, behind, named)] == [
        2, 0, 0, 0, 2,
    ]  # fmt: skip


async def test_another_users_endpoint_is_not_there(lot: HooksLot) -> None:
    endpoint, _ = await lot.endpoint("ana")
    await lot.ends(await lot.production("ana"))
    [row] = await lot.notices()
    delivery = str(row["notice_id"])
    for call in (
        lot.endpoints.read("eva", endpoint), lot.endpoints.change("eva", endpoint, enabled=False),
        lot.endpoints.rotate("eva", endpoint), lot.endpoints.remove("eva", endpoint),
        lot.deliveries.send_test("eva", endpoint), lot.deliveries.read("eva", endpoint, delivery),
        lot.deliveries.send_again("eva", endpoint, delivery),
        lot.deliveries.listed("eva", endpoint, status=None, limit=10, offset=0),
    ):  # fmt: skip
        with pytest.raises(RecordNotFound):
            await call
    other, _ = await lot.endpoint("ana")
    with pytest.raises(RecordNotFound):
        await lot.deliveries.read("ana", other, delivery)
    assert (await lot.endpoints.read("ana", endpoint))["enabled"]


async def test_there_are_only_so_many_and_all_at_once_are_no_more(lot: HooksLot) -> None:
    tries = await asyncio.gather(
        *(added(lot.endpoints, lot.receiver.url) for _ in range(MOST + 3)), return_exceptions=True
    )
    assert sum(isinstance(one, RecordConflict) for one in tries) == 3
    assert len(await lot.endpoints.listed("ana")) == MOST


async def test_secrets_differ_and_lie_sealed(lot: HooksLot) -> None:
    secrets = [(await lot.endpoint())[1] for _ in range(3)]
    assert len(set(secrets)) == 3
    rows = await lot.database.fetch_all("select * from webhook_secrets")
    assert len({row["iv"] for row in rows}) == 3
    assert not any(secret[6:].encode() in row["ciphertext"] for secret in secrets for row in rows)
    await lot.database.execute(  # as somebody might who writes to the database: each to the next endpoint
        "update webhook_secrets a set endpoint_id = b.endpoint_id, ends_at = '2099-01-01'"
        " from webhook_secrets b"
        " where b.secret_id = (select min(c.secret_id::text)::uuid from webhook_secrets c"
        " where c.secret_id <> a.secret_id)"
    )
    await lot.ends(await lot.production())
    await lot.send()
    assert lot.receiver.messages == [], "what was sealed for one signs for no other"
    assert not any(row["failures"] for row in await lot.endpoints.listed("ana")), "and that is our fault"


async def test_without_a_master_key_it_says_what_is_missing(lot: HooksLot) -> None:
    async def closed() -> Vault:
        raise VaultClosed()

    endpoints = Endpoints(lot.database, lot.clock, open_vault=closed, reach=lot.endpoints._reach)
    with pytest.raises(VaultClosed, match="webhooks") as refused:
        await added(endpoints, lot.receiver.url)
    assert "GREENLIGHT_MASTER_KEY" in refused.value.user_action
    assert await lot.endpoints.listed("ana") == []


async def test_erasing_takes_all_of_it(lot: HooksLot) -> None:
    await lot.endpoint()
    await lot.ends(await lot.production())
    await lot.send()
    await lot.database.execute("delete from notices where user_id = 'ana'")
    await lot.database.execute("delete from webhook_endpoints where user_id = 'ana'")
    for table in ("notices", "notice_attempts", "webhook_secrets", "webhook_endpoints"):
        assert await lot.database.fetch_all(f"select 1 from {table}") == []  # our own names
