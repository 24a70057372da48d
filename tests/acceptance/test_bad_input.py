"""What can be wrong with a language model: one typed error each, told alike wherever a person looks.

It names provider, model, charge and what to do; the run pauses, and goes on when it is mended. The first
question of the first agent meets it.
"""

import io
from collections.abc import AsyncIterator, Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest
from rich.console import Console

from server.app import create_app
from server.cli.follow import ProductionEnded, follow_to_end
from server.cli.status import print_state
from server.composition import Parts
from tests.acceptance.live_house import Writer, live_house
from tests.acceptance.studio_lot import USER, Walk, begin
from tests.standins.model_vendors import Said, Vendors, always, faults
from tests.standins.model_vendors.vendor import Vendor
from tools.resilience.retry import Backoff

MODELS = {"openai": "gpt-5", "google": "gemini-2.5-flash", "deepseek": "deepseek-chat"}
HIDDEN = "openai_api_key", "google_api_key", "deepseek_api_key"


@dataclass(frozen=True, kw_only=True)
class Lot:
    """A house, the vendor that is asked, and a person's way in."""

    parts: Parts
    vendors: Vendors
    writer: Writer
    name: str
    client: httpx.AsyncClient

    @property
    def vendor(self) -> Vendor:
        found: Vendor = getattr(self.vendors, self.name)
        return found

    @property
    def model(self) -> str:
        return MODELS[self.name]


async def add_key(lot: Lot) -> None:
    body = {"provider": lot.name, "label": "mine", "key": lot.vendor.key}
    answer = await lot.client.post("/api/settings/api-keys", json=body)
    assert answer.status_code == 201, answer.text


async def take_back(lot: Lot) -> None:
    lot.vendor.keys.add(lot.vendor.key)


async def think_again(lot: Lot) -> None:
    lot.vendor.brain = lot.writer


async def offer_again(lot: Lot) -> None:
    fresh = type(lot.vendor)(lot.vendors.books)
    lot.vendor.models[lot.model] = fresh.models[lot.model]


async def wait(lot: Lot) -> None:
    """It passes by itself."""


def meets(*found: faults.Fault) -> Callable[[Lot], None]:
    return lambda lot: lot.vendor.faults.extend(found)


def says(said: Said) -> Callable[[Lot], None]:
    def think(lot: Lot) -> None:
        lot.vendor.brain = always(said)

    return think


def shorten(lot: Lot) -> None:
    lot.vendor.models[lot.model] = replace(lot.vendor.models[lot.model], context=100)


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """What is wrong, what it becomes, and what mends it."""

    code: str
    breaks: Callable[[Lot], Any]
    mends: Callable[[Lot], Any] = wait
    charged: Literal["nothing", "what was billed", "perhaps"] = "nothing"
    advice: str
    """Stands in what a person is told to do."""


BUSY = replace(faults.busy(None), headers={})
WRONG = {
    "no key": Wrong(
        code="provider_key_missing", breaks=lambda lot: None, mends=add_key, advice="add a key of your own"
    ),
    "wrong key": Wrong(
        code="provider_key_not_taken", breaks=lambda lot: lot.vendor.keys.clear(), mends=take_back,
        advice="another key or another model",
    ),
    "no credit": Wrong(
        code="provider_credit_used_up", breaks=meets(faults.no_balance()), advice="Top the account up"
    ),
    "unknown model": Wrong(
        code="model_unknown", breaks=lambda lot: lot.vendor.models.pop(lot.model), mends=offer_again,
        advice="another model from the catalogue",
    ),
    "too long": Wrong(
        code="context_too_long", breaks=shorten, mends=offer_again, advice="a model that has a larger context"
    ),
    "never fits": Wrong(
        code="answer_unusable", breaks=says(Said(text="Lovely weather.")), mends=think_again,
        charged="what was billed", advice="another model for this role",
    ),
    "a cut stream": Wrong(
        code="provider_timeout", breaks=meets(*[faults.cut(2)] * 3), charged="perhaps",
        advice="nothing is asked by itself any more",
    ),
    "busy": Wrong(
        code="provider_busy", breaks=meets(*[BUSY] * 3), advice="nothing is asked by itself any more"
    ),
    "refused": Wrong(
        code="provider_refused", breaks=says(Said(text="I wi", finish="filtered")), mends=think_again,
        charged="what was billed", advice="other words in the brief",
    ),
}  # fmt: skip

VENDORS = list(MODELS)
CASES = [(VENDORS[(number + turn) % 3], wrong) for number, wrong in enumerate(WRONG) for turn in range(3)]
"""Of three in a row the first is for each day: all that can be wrong, at one vendor after the other."""


@pytest.fixture
async def lot(
    database_url: str, tmp_path: Path, voice_models: Path, monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> AsyncIterator[Lot]:  # fmt: skip
    name, wrong = request.node.callspec.params["name"], request.node.callspec.params["wrong"]
    monkeypatch.setattr(Backoff, "pause_s", lambda *_: 0.0)  # how long it waits has tests of its own
    without = dict.fromkeys(HIDDEN) if wrong == "no key" else {}
    async with live_house(database_url, tmp_path / "data", voice_models, **without) as (
        parts,
        vendors,
        writer,
    ):
        app = create_app(parts.tools.settings, opener=lambda _: nullcontext(parts.house))
        app.state.house = parts.house
        way = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=way, base_url="http://127.0.0.1") as client:
            yield Lot(parts=parts, vendors=vendors, writer=writer, name=name, client=client)


async def terminal(lot: Lot, walk: Walk) -> list[str]:
    """What `status` prints, and what `make` and `resume` end with."""
    told, costs = io.StringIO(), await lot.parts.tools.orders.costs(walk.production_id)
    here = Console(file=told, width=80)
    print_state(await walk.state(), costs.billed, here, production_id=walk.production_id)
    with pytest.raises(ProductionEnded) as ended:
        await follow_to_end(lot.parts, walk.production_id, Console(file=io.StringIO()))
    return [told.getvalue(), f"{ended.value.message}\n{ended.value.user_action}"]


def check_charge(lot: Lot, wrong: Wrong, charged: dict[str, str]) -> None:
    """What is told is what the vendor's own book says, or holds it."""
    billed, unknown = (round(float(charged[name]) * 1e6) for name in ("billed_usd", "unknown_usd"))
    invoiced = lot.vendors.books.micro_usd()
    assert billed <= invoiced <= billed + unknown
    assert (billed > 0, unknown > 0) == (wrong.charged == "what was billed", wrong.charged == "perhaps")


@pytest.mark.breadth(3)
@pytest.mark.parametrize(("name", "wrong"), CASES)
async def test_what_is_wrong_is_told_alike_everywhere_and_the_run_goes_on(
    lot: Lot, name: str, wrong: str
) -> None:
    case = WRONG[wrong]
    case.breaks(lot)
    walk = await begin(lot.parts, context={"text_model": lot.model})
    state = await walk.to_end("paused")
    assert (state.interrupts, state.error and state.error["code"]) == ([], case.code)

    seen = (await lot.client.get(f"/api/productions/{walk.production_id}")).json()["data"]
    error = seen["error"]
    assert (error["provider"], error["model"], seen["status"]) == (name, lot.model, "paused")
    check_charge(lot, case, error["charged"])
    assert case.advice in error["user_action"]
    assert lot.vendor.key not in str(seen)

    charge = f"${error['charged']['billed_usd']}"
    assert error["asked"] == (wrong != "no key")
    word = "asked" if error["asked"] else "nobody was asked"
    for said in await terminal(lot, walk):
        parts = (case.code, error["message"], f"{word}: {lot.model} at {name}; charged: {charge}")
        assert all(part in said for part in (*parts, error["user_action"])), said
    page = (await lot.client.get(f"/productions/{walk.production_id}")).text
    who = f"{lot.model} at {name}"
    asked = f"Asked: {who}." if error["asked"] else f"Nobody was asked: {who} was chosen."
    assert f"{asked} Charged for it: {charge}" in page
    assert f'data-post="/api/productions/{walk.production_id}/resume"' in page
    assert case.advice in page

    await case.mends(lot)
    await lot.parts.house.runs.resume(user_id=USER, production_id=walk.production_id)
    await walk.to_gate("approve_budget")
    costs = await lot.parts.tools.orders.costs(walk.production_id)
    assert costs.billed.micros <= lot.vendors.books.micro_usd() <= costs.billed.micros + costs.unknown.micros


@pytest.mark.parametrize(("name", "wrong"), [("openai", "unknown model")])
async def test_a_run_that_pauses_goes_on_with_another_model(lot: Lot, name: str, wrong: str) -> None:
    """As docs/models.md says: named in a run of the same thread."""
    WRONG[wrong].breaks(lot)
    walk = await begin(lot.parts, context={"text_model": lot.model})
    await walk.to_end("paused")
    other = MODELS["google"]
    body = {"assistant_id": "novela", "input": None, "context": {"text_model": other}}
    answer = await lot.client.post(f"/threads/{walk.production_id}/runs", json=body)
    assert answer.status_code == 200, answer.text
    await walk.to_gate("approve_budget")
    assert {invoice.vendor for invoice in lot.vendors.books.invoices} == {"google"}
