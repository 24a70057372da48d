"""Each vendor once on each path, by its cheapest model, with a real key."""

from collections.abc import AsyncIterator, Callable

import pytest

from server.vitals.vendors import check_vendor
from tests.live.paths import PATHS, Paid, walk
from tools.clock import SystemClock
from tools.model_keys import HOSTS, VARIABLES, base_url, key_of_process
from tools.models.catalog import text_card
from tools.models.live.clients import Clients
from tools.models.live.keys import LentKey
from tools.models.live.line import Line
from tools.models.live.patience import Patience
from tools.settings import Settings

pytestmark = [pytest.mark.live, pytest.mark.enable_socket]
CHEAPEST = ["gpt-5-nano", "gemini-2.5-flash", "deepseek-chat"]
SEEING = [name for name in CHEAPEST if text_card(name).vision]


class Only:
    """The key of the settings."""

    def __init__(self, key: LentKey) -> None:
        self._key = key

    async def lend(self, provider: object, *, but: object = ()) -> LentKey:
        return self._key

    async def note_trouble(self, key: LentKey, trouble: object, *, rest_s: float) -> None:
        pass


@pytest.fixture
async def line(request: pytest.FixtureRequest) -> AsyncIterator[Line]:
    card, settings = text_card(request.param), Settings()
    key = key_of_process(settings, card.provider)
    if key is None:
        pytest.skip(f"{VARIABLES[card.provider]} is not set")
    clients = Clients(
        {provider: base_url(settings, provider) for provider in HOSTS}, proxy=settings.https_proxy
    )
    yield Line(
        card=card, clients=clients, keys=Only(LentKey(key)), patience=Patience(timeout_s=60.0, tries=2),
        clock=SystemClock(),
    )  # fmt: skip
    await clients.close()


@pytest.mark.parametrize("line", CHEAPEST, indirect=True)
@pytest.mark.parametrize("path", [path for path in PATHS if path != "vision"])
async def test_it_answers(line: Line, path: str, paid: Callable[[Paid], None]):
    paid(await walk(path, line))


@pytest.mark.parametrize("line", SEEING, indirect=True)
async def test_it_sees(line: Line, paid: Callable[[Paid], None]):
    paid(await walk("vision", line))


@pytest.mark.parametrize("vendor", ["openai", "google", "deepseek"])
async def test_the_doctor_finds_the_models_of_the_roles(vendor: str):
    settings = Settings()
    if key_of_process(settings, vendor) is None:  # type: ignore[arg-type]
        pytest.skip(f"there is no key for {vendor}")

    checks = await check_vendor(settings, vendor, clock=SystemClock())  # type: ignore[arg-type]

    assert [(check.name, check.status) for check in checks] == [
        (f"{vendor} models", "ok"), (f"{vendor} answer", "ok"),
    ], checks  # fmt: skip
