"""With a guard off a storm's own checks fail: what they would let pass, nobody would hear of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from state.errors import ProviderError
from state.order import EngineRequest
from tests.integration.orders.shop import Shop
from tests.integration.storms import shoots
from tests.integration.storms.lot import Lot, lot
from tests.integration.storms.shoots import SORTS
from tests.integration.storms.storm import Storm
from tools.engines.base import JobStatus
from tools.engines.files import NO_FILES, Files
from tools.ledger.ledger import Ledger

PANELS = [SORTS[vendor][0] for vendor in ("replicate", "fal", "google", "openai")]
SEED = 3


class Careless:
    """An engine with one thing changed."""

    def __init__(self, real: Any) -> None:
        self.real = real

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


class SendsAgain(Careless):
    """A lost answer is asked for once more, as clients of vendors do."""

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        try:
            return str(await self.real.submit(request, call_key=call_key, files=files))
        except ProviderError as error:
            if error.kind != "ambiguous":
                raise
        return str(await self.real.submit(request, call_key=call_key, files=files))


class FindsNothing(Careless):
    """A lost job is said not to be there."""

    async def find(self, request: EngineRequest, **_: Any) -> list[str]:
        return []


class CallsItDead(Careless):
    """A job that takes its time is taken for one that died and is not charged."""

    async def wait(self, external_id: str) -> JobStatus:
        status: JobStatus = await self.real.status(external_id)
        if status.state in ("queued", "running"):
            return JobStatus(state="failed", kind="transient_job", error="too slow", billed=False)
        return await self.real.wait(external_id)  # type: ignore[no-any-return]  # as the engine's own


class TrustsLost(Ledger):
    """What is parked counts for nothing."""

    queries: Mapping[str, str] = {
        **Ledger.queries,
        "park": Ledger.queries["park"].replace("o.cost_unknown + o.cost_reserved", "o.cost_unknown"),
    }


@dataclass(frozen=True)
class Control:
    """One guard, what shows that it is off, and how it is switched off."""

    kind: str
    """What happens to every order."""
    words: str
    """What the check says."""
    engine: Callable[[Any], Any] | None = None
    options: dict[str, Any] | None = None
    ledger: type[Ledger] = Ledger
    panels: int = len(PANELS)
    """Of the vendors, so many; the last two answer with the picture itself and have no jobs."""


AGAIN = {"transient_job": 2, "bad_output": 1, "refused": 1}
CONTROLS = {
    "a lost answer is asked for again": Control(
        "drop after accept", "more requests than attempts", SendsAgain
    ),
    "a lost job is not looked for": Control("drop after accept", "jobs that nobody knows of", FindsNothing),
    "a refusal is tried again": Control(
        "refusal", "a refusal was tried again", options={"new_attempts": AGAIN}
    ),
    "what never ends is made again": Control(
        "never", "jobs go on that nobody waits for", CallsItDead, panels=2
    ),
    "what is lost costs nothing": Control("drop after accept", "the vendor asks for", ledger=TrustsLost),
}


def switch_off(control: Control, here: Lot, monkeypatch: pytest.MonkeyPatch) -> None:
    if control.engine is not None:
        here.engines.update({name: control.engine(one) for name, one in here.engines.items()})
    monkeypatch.setattr(shoots, "Ledger", control.ledger)


@pytest.mark.parametrize("guard", [pytest.param(True, marks=pytest.mark.nightly), False])
@pytest.mark.parametrize("name", CONTROLS)
async def test_a_guard_that_is_off_is_seen(
    shop: Shop, tmp_path: Path, name: str, guard: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    control = CONTROLS[name]
    storm = Storm(
        shop, tmp_path, SEED, 1.0, options={} if guard else control.options or {}, kinds={control.kind},
        sorts=PANELS[: control.panels],
    )  # fmt: skip
    async with lot(tmp_path / "lot") as here:
        if guard:
            await storm.in_lot(here, 1)
            return
        switch_off(control, here, monkeypatch)
        with pytest.raises(AssertionError, match=control.words) as seen:
            await storm.in_lot(here, 1)
        assert f"seed {SEED}" in str(seen.value)
        assert '"attempts"' in str(seen.value), "and its history is told"
