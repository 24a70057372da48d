"""Answers that are files: ordered on one machine, collected on another one that shares its store alone."""

import tracemalloc
import wave
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from state.errors import OrderParked, ProviderFailed, StoreUnreachable, UploadRejected
from state.media import MediaRef
from state.order import EngineRequest, Order, Ticket
from tests.builders import a_voice_request, an_image_request, an_order
from tests.contracts.handed import Handed
from tests.fakes import Crash, FakeClock
from tests.integration.engines.google.ordering import an_engine, asked
from tests.integration.orders.shop import ImpatientClock, Shop, working
from tests.standins.media_vendors.faults import endless_wav, nothing_made, wrong_media
from tests.standins.model_vendors import Vendors, model_vendors_here
from tools.clock import Clock, SystemClock
from tools.engines.answers import Kept
from tools.engines.base import Engine
from tools.engines.openai.engine import OpenAIEngine
from tools.ledger.ledger import Ledger
from tools.ledger.rows import OrderRow
from tools.media.cache import MediaCache
from tools.media.local import LocalMediaStore
from tools.media.s3 import S3MediaStore
from tools.media.s3_bucket import S3Bucket
from tools.media.store import MediaStore
from tools.orders.lease import Lease
from tools.orders.options import OrderOptions
from tools.orders.place import Orders
from tools.orders.quote import price_of
from tools.orders.stored_answers import StoredAnswers
from tools.resilience.retry import Backoff

PANEL = an_image_request(provider="openai", model="gpt-image-1-mini", width=300, height=200)
LINE = a_voice_request(provider="openai", model="gpt-4o-mini-tts", voice_id="coral")
REQUESTS: dict[str, EngineRequest] = {
    "openai picture": PANEL, "openai line": LINE,
    "google picture": asked("image"), "google line": asked("voice"),
}  # fmt: skip


@dataclass
class Machine:
    """A data folder, and the process that works in it."""

    folder: Path
    orders: Orders
    engines: dict[str, Engine]
    lease: Lease

    async def submit(self, order: Order) -> Ticket:
        price = price_of(order.request.provider, order.request.model, 1, resolution="1K")
        with working(self.lease):
            return await self.orders.submit(order, price=price)

    async def collect(self, ticket: Ticket) -> MediaRef:
        with working(self.lease):
            return (await self.orders.collect(ticket)).media

    @property
    def kept_here(self) -> list[str]:
        """Names of the files in the folders of its engines."""
        return [path.name for path in self.folder.rglob("*") if path.is_file()]


@dataclass
class Studio:
    """Machines that take one production over from each other."""

    shop: Shop
    vendors: Vendors
    store: MediaStore
    folder: Path
    production: str
    machines: list[Machine] = field(default_factory=list)

    async def machine(self, name: str, **more: Any) -> Machine:
        folder = self.folder / name
        url = self.vendors.openai.url
        openai = Handed(OpenAIEngine(f"{url}/v1", spool=folder / "openai"), self.vendors.openai.key)
        google = Handed(an_engine(self.vendors.google.url, folder / "google"), self.vendors.google.key)
        engines: dict[str, Engine] = {"openai": openai, "google": google}
        clock: Clock = more.pop("clock", None) or ImpatientClock(self.shop.database)
        orders = Orders(
            self.shop.database, more.pop("store", self.store), engines, clock=clock,
            ledger=more.pop("ledger", Ledger(self.shop.database)),
            options=OrderOptions(backoff=Backoff(tries=4, first_s=0.01)), **more,
        )  # fmt: skip
        made = Machine(folder, orders, engines, await self.shop.lease(self.production))
        self.machines.append(made)
        return made

    def order(self, request: EngineRequest) -> Order:
        return an_order(self.production, request=request)

    async def state(self, order: Order) -> str:
        return str((await self.shop.row(order.call_key))["state"])

    async def answers(self, order: Order) -> list[Any]:
        """What the requests of an order name."""
        rows = await self.shop.database.fetch_all(
            "select answer from order_attempts where call_key = %s order by number", [order.call_key]
        )
        return [row["answer"] for row in rows]


@pytest.fixture
def store(tmp_path: Path) -> MediaStore:
    return LocalMediaStore(tmp_path / "media", b"a secret", keep_free_bytes=0)


@pytest.fixture
async def studio(shop: Shop, store: MediaStore, tmp_path: Path) -> AsyncIterator[Studio]:
    async with model_vendors_here() as vendors:
        made = Studio(shop, vendors, store, tmp_path, await shop.production())
        yield made
        for machine in made.machines:
            await machine.orders.close()
            for engine in machine.engines.values():
                await engine.aclose()


@pytest.fixture
async def buckets(s3_caller: Any, s3_place: Any, tmp_path: Path) -> AsyncIterator[list[S3MediaStore]]:
    """One bucket, as two machines see it."""
    made = []
    for name in ("first", "second"):
        cache = MediaCache(tmp_path / f"{name} copies", limit_bytes=10**8, clock=FakeClock())
        made.append(S3MediaStore(S3Bucket(s3_caller, s3_place), cache, b"s", keep_free_bytes=0))
    yield made
    for store in made:
        await store.close()


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS)
async def test_what_one_machine_ordered_another_one_collects(studio: Studio, request_: EngineRequest) -> None:
    order = studio.order(request_)
    first = await studio.machine("first")
    ticket = await first.submit(order)
    assert [one["media"].split("/")[1] for one in await studio.answers(order)] == ["local"]
    assert first.kept_here == [], "it lies where every machine reads it, and here no more"
    second = await studio.machine("second")

    media = await second.collect(ticket)

    assert media.mime == ("audio/wav" if request_.medium == "voice" else "image/png")
    assert studio.vendors.books.posted == 1
    assert await studio.shop.outcomes(order.call_key) == ["done"]
    # OpenAI's speech tells no tokens.
    told = (await studio.shop.row(order.call_key))["result"]
    assert ("usage" in told) == (request_ is not LINE)
    assert await studio.answers(order) == [None], "the order names what was delivered"


async def test_two_machines_on_one_bucket_pass_it_on(studio: Studio, buckets: list[S3MediaStore]) -> None:
    order = studio.order(PANEL)
    first = await studio.machine("first", store=buckets[0])
    ticket = await first.submit(order)
    second = await studio.machine("second", store=buckets[1])
    assert (await second.collect(ticket)).mime == "image/png"
    assert studio.vendors.books.posted == 1


@pytest.mark.parametrize("request_", [PANEL, REQUESTS["google picture"]], ids=["openai", "google"])
async def test_without_the_store_it_is_lost_elsewhere(
    studio: Studio, request_: EngineRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: what lies on the disk of the machine that ordered alone is expired for every other one."""

    async def nowhere(*_: object) -> None:
        return None

    monkeypatch.setattr(StoredAnswers, "stored", nowhere)
    ticket = await (await studio.machine("first")).submit(studio.order(request_))
    second = await studio.machine("second")
    with pytest.raises(ProviderFailed) as lost:
        await second.collect(ticket)
    assert lost.value.kind == "expired"


async def test_a_sound_is_stored_with_the_heading_that_fits(studio: Studio) -> None:
    studio.vendors.openai.faults.append(endless_wav())
    ticket = await (await studio.machine("first")).submit(studio.order(LINE))
    media = await (await studio.machine("second")).collect(ticket)
    with wave.open(str(await studio.store.get(media.key))) as sound:
        assert sound.getnframes() / sound.getframerate() == pytest.approx(media.duration_s)


@pytest.mark.parametrize("fault", [wrong_media(), nothing_made(billed=True)], ids=lambda one: one.name)
@pytest.mark.parametrize("request_", [PANEL, REQUESTS["google picture"]], ids=["openai", "google"])
async def test_what_is_wrong_with_an_answer_another_machine_knows_too(
    studio: Studio, request_: EngineRequest, fault: Any
) -> None:
    """It is paid, and one more is ordered, there."""
    getattr(studio.vendors, request_.provider).faults.append(fault)
    order = studio.order(request_)
    ticket = await (await studio.machine("first")).submit(order)
    assert (await (await studio.machine("second", clock=SystemClock())).collect(ticket)).mime == "image/png"
    assert await studio.shop.outcomes(order.call_key) == ["bad_output", "done"]
    assert studio.vendors.books.posted == 2


async def test_a_file_that_the_store_refuses_is_a_bad_one_elsewhere(studio: Studio) -> None:
    studio.vendors.openai.faults.append(wrong_media())
    order = studio.order(LINE)

    async def refused(*_: object, **__: object) -> None:
        raise UploadRejected("files of this type are not kept")

    store = _Store(studio.store, put=refused)
    ticket = await (await studio.machine("first", store=store)).submit(order)
    [answer] = await studio.answers(order)
    assert (answer["media"], answer["problem"]) == (None, "files of this type are not kept")
    await (await studio.machine("second", clock=SystemClock())).collect(ticket)
    assert await studio.shop.outcomes(order.call_key) == ["bad_output", "done"]


class _Store:
    """The store, but for some of its methods."""

    def __init__(self, store: MediaStore, **others: Any) -> None:
        self._store, self._others = store, others

    def __getattr__(self, name: str) -> Any:
        return self._others.get(name) or getattr(self._store, name)


def dying(store: MediaStore) -> Any:
    """A store whose process dies when the first file is in it."""

    async def put(source: Path, *, user_id: str) -> None:
        await store.put(source, user_id=user_id)
        raise Crash

    return _Store(store, put=put)


@pytest.mark.parametrize("request_", [PANEL, REQUESTS["google picture"]], ids=["openai", "google"])
async def test_a_death_before_the_id_is_on_record_buys_nothing_again(
    studio: Studio, request_: EngineRequest
) -> None:
    """Stored, and nobody knows: another machine parks it, and sends nothing."""
    order = studio.order(request_)
    first = await studio.machine("first", store=dying(studio.store))
    with pytest.raises(Crash):
        await first.submit(order)
    assert first.kept_here, "it is still at hand on the machine that ordered"
    second = await studio.machine("second")
    for _ in range(2):
        with pytest.raises(OrderParked):
            await second.submit(order)
    assert (studio.vendors.books.posted, await studio.state(order)) == (1, "unknown")


async def test_what_is_at_hand_after_a_death_is_stored_when_it_is_found(studio: Studio) -> None:
    """Google's answers are found by their order on the machine that has them; from then on by all."""
    order = studio.order(REQUESTS["google picture"])
    with pytest.raises(Crash):
        await (await studio.machine("first", store=dying(studio.store))).submit(order)
    again = await studio.machine("first")
    ticket = await again.submit(order)
    assert (again.kept_here, [one["media"] is not None for one in await studio.answers(order)]) == (
        [],
        [True],
    )
    assert (await (await studio.machine("second")).collect(ticket)).mime == "image/png"
    assert studio.vendors.books.posted == 1


class DiesBeforeTheOrderHasIt(Ledger):
    """The process dies when the answer is noted, and its order does not have the id."""

    async def accept(self, row: OrderRow, external_id: str, *, epoch: int) -> OrderRow | None:
        raise Crash


@pytest.mark.parametrize("request_", [PANEL, REQUESTS["google line"]], ids=["openai", "google"])
async def test_an_answer_that_is_noted_is_at_hand_everywhere(studio: Studio, request_: EngineRequest) -> None:
    """OpenAI cannot be asked, and need not be: the answer is found beside the request that it answers."""
    order = studio.order(request_)
    first = await studio.machine("first", ledger=DiesBeforeTheOrderHasIt(studio.shop.database))
    with pytest.raises(Crash):
        await first.submit(order)
    second = await studio.machine("second")
    assert (await second.collect(await second.submit(order))).size_bytes > 0
    assert studio.vendors.books.posted == 1
    assert await studio.shop.outcomes(order.call_key) == ["done"]


async def test_a_store_that_is_away_when_the_answer_comes_loses_nothing(studio: Studio) -> None:
    """It stays on this machine, as it came, and is collected here."""

    async def away(*_: object, **__: object) -> None:
        raise StoreUnreachable

    order = studio.order(PANEL)
    first = await studio.machine("first", store=_Store(studio.store, put=away))
    ticket = await first.submit(order)
    # The picture, what came with it, and whose it is.
    assert (await studio.answers(order), len(first.kept_here)) == ([None], 3)
    back = await studio.machine("first")
    assert (await back.collect(ticket)).mime == "image/png"
    assert studio.vendors.books.posted == 1


async def test_what_was_erased_from_the_store_is_expired(studio: Studio) -> None:
    order = studio.order(PANEL)
    ticket = await (await studio.machine("first")).submit(order)
    await studio.store.erase(user_id="local")
    with pytest.raises(ProviderFailed) as gone:
        await (await studio.machine("second")).collect(ticket)
    assert gone.value.kind == "expired"
    assert await studio.answers(order) == [None]


async def test_an_answer_is_no_other_users(studio: Studio, shop: Shop) -> None:
    """Whoever names the id of somebody else's answer finds nothing under it."""
    order = studio.order(PANEL)
    ticket = await (await studio.machine("first")).submit(order)
    row = await Ledger(shop.database).read(order.call_key)
    assert row is not None
    for user, known in (("local", True), ("somebody-else", False)):
        answers = StoredAnswers(shop.database, studio.store, row.model_copy(update={"user_id": user}))
        assert (await answers.found(ticket.external_id) is not None) is known


@pytest.fixture
def measured() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


class HasAnswered:
    """An engine whose answer lies in a file."""

    def __init__(self, file: Path) -> None:
        self._file = file

    async def answered(self, external_id: str) -> Kept:
        return Kept({}, self._there)

    async def let_go(self, external_id: str) -> None:
        """It stays."""

    async def _there(self) -> Path:
        return self._file


async def test_an_answer_is_stored_piece_by_piece(
    studio: Studio, shop: Shop, tmp_path: Path, measured: None
) -> None:
    order = studio.order(PANEL)
    await (await studio.machine("first")).submit(order)
    row = await Ledger(shop.database).read(order.call_key)
    assert row is not None
    large = tmp_path / "large.wav"
    with wave.open(str(large), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(24_000)
        for _ in range(48):
            sound.writeframesraw(bytes(1_000_000))
    tracemalloc.reset_peak()
    before, _ = tracemalloc.get_traced_memory()
    engine: Any = HasAnswered(large)
    answer = await StoredAnswers(shop.database, studio.store, row).stored(engine, "x")
    assert answer is not None
    assert answer.media is not None
    assert tracemalloc.get_traced_memory()[1] - before < 8_000_000, "48 MB were stored"
