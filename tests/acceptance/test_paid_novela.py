"""The micro-episode on an engine that has a price: nothing is bought that was not approved as it is."""

from math import ceil
from pathlib import Path
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from server.composition import Parts
from server.threads.change_state import Change
from state.cost import Money
from state.order import EngineRequest
from tests.acceptance.studio_lot import USER, Walk, begin, billed_by_action, micros, sold
from tools.engines import catalog
from tools.engines.base import Engine
from tools.engines.files import NO_FILES, Files
from tools.orders import collecting

ON_WAN = {"model_id": "wan-2.5-t2v-fast", "resolution": "480p"}


@pytest.fixture(autouse=True)
def sold_by_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """This shop makes clips of any whole second, so that a voice that takes longer is seen in the price.

    It draws them small, whatever was paid: that costs time, and is looked at elsewhere.
    """
    cards = [one.model_copy(update={"made_s": ()}) for one in catalog.catalog()]
    monkeypatch.setattr(catalog, "catalog", lambda: tuple(cards))
    monkeypatch.setattr(collecting, "verify", as_it_came)


async def as_it_came(path: Path, request: EngineRequest) -> None:
    """Nobody looks at it."""


class Paid:
    """Sells pictures and takes under another provider's name, and keeps what it was sent."""

    provider = "replicate"
    media = frozenset({"image", "video"})

    def __init__(self, real: Engine) -> None:
        self.real = real
        self.posts: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        self.posts.append(":".join(call_key.split(":")[1:3]))
        return await self.real.submit(request, call_key=call_key, files=files)


def open_shop(parts: Parts) -> Paid:
    return sold(parts, Paid(parts.tools.engines["previz"]))


async def change(walk: Walk, **look: Any) -> None:
    """Another format by hand, and the production goes on."""
    threads = walk.parts.house.threads
    snapshot = await threads.snapshots.read(walk.production_id, graph="novela")
    await threads.changes.update(
        Change(values={"format": {**snapshot.values["format"], **look}}),
        user_id=USER, thread_id=walk.production_id,
    )  # fmt: skip
    await walk.parts.house.runs.resume(user_id=USER, production_id=walk.production_id)


async def paid(walk: Walk) -> list[tuple[str, str]]:
    return [(row["stage"], row["item"]) for row in await walk.orders() if row["provider"] == "replicate"]


async def test_what_is_booked_is_what_was_quoted_and_approved(parts: Parts):
    """S1-42: estimate and booking are the same for the same parameters, to the micro-dollar."""
    shop = open_shop(parts)
    walk = await begin(parts, **ON_WAN)
    budget = await walk.to_gate("approve_budget")
    quote = budget["quote"]
    assert shop.posts == []
    await walk.answer()
    gate = await walk.to_gate("review_storyboard")
    shown_most = {slate: most["GREEN"] for slate, most in micros(gate, "prices_at_most").items()}
    assert {item["price_of_change"]["micros"] for item in gate["items"]} == {3000}
    await walk.answer()
    shown = micros(await walk.to_gate("review_scene"))
    takes = {call["item"]: call["price"]["micros"] for call in quote["calls"] if call["stage"] == "take"}
    whole = sum(takes.values())
    assert shown.pop("scene-1") == {"GREEN": 0, "YELLOW": whole, "RED": whole}, "music costs nothing"
    assert shown == {slate: {"GREEN": 0, "YELLOW": price, "RED": price} for slate, price in takes.items()}
    await walk.answer()
    await walk.to_end()
    costs = await parts.tools.orders.costs(walk.production_id)
    rows = [row for row in await walk.orders() if row["provider"] == "replicate"]
    assert len(shop.posts) == len(rows) == 6
    assert all(row["cost_actual"] == row["cost_quoted"] for row in rows)
    lengths = [ceil(row["request"].get("duration_s", 0)) for row in rows]
    by_hand = sum(seconds * 50_000 if seconds else 3000 for seconds in lengths)
    assert costs.billed.micros == by_hand, "0.05 a second at 480p, 0.003 a picture"
    assert quote["total"]["micros"] <= by_hand <= quote["ceiling"]["micros"]
    assert await billed_by_action(walk) == {"GREEN": by_hand}
    booked = {row["item"]: row["cost_actual"] for row in rows if row["stage"] == "take"}
    assert [slate for slate in booked if booked[slate] > takes[slate]], "a voice asked for a longer clip"
    assert all(booked[slate] <= shown_most[slate] for slate in booked), "S3-73: and that was shown"
    assert by_hand <= micros(budget, "prices_at_most")["budget"]["GREEN"] == quote["ceiling"]["micros"]


async def test_a_changed_plan_buys_nothing_and_is_quoted_anew(parts: Parts):
    shop = open_shop(parts)
    walk = await begin(parts, **ON_WAN)
    first = (await walk.to_gate("approve_budget"))["quote"]
    await change(walk, image_model="nano-banana")
    await walk.to_gate("approve_budget")
    await walk.answer()  # names the quote that was shown, which was made before
    gate = await walk.to_gate("approve_budget")
    assert shop.posts == []
    assert gate["quote"]["quote_id"] != first["quote_id"]
    assert "has changed" in gate["why"]
    await walk.answer()
    await walk.to_gate("review_storyboard")
    assert len(shop.posts) == 3


async def test_a_parameter_changed_after_the_approval_is_asked_about_before_anything_is_bought(parts: Parts):
    shop = open_shop(parts)
    walk = await begin(parts, **ON_WAN)
    await walk.to_gate("approve_budget")
    await walk.answer()
    await walk.to_gate("review_storyboard")
    await shoot_larger(walk)
    await walk.to_gate("review_storyboard")
    bought = list(shop.posts)
    await walk.answer()
    gate = await walk.to_gate("approve_budget")
    assert shop.posts == bought, "no take was ordered"
    assert {call["stage"] for call in gate["quote"]["calls"]} >= {"take"}
    assert not [call for call in gate["quote"]["calls"] if call["stage"] == "storyboard"], "those are bought"
    await walk.answer()
    await walk.to_gate("review_scene")
    assert len(shop.posts) == len(bought) + 3


async def shoot_larger(walk: Walk) -> None:
    """Another resolution for every scene, by hand."""
    threads = walk.parts.house.threads
    snapshot = await threads.snapshots.read(walk.production_id, graph="novela")
    script = snapshot.values["script"]
    for scene in script["scenes"]:
        scene["parameters"] = {**scene["parameters"], "resolution": "720p"}
    await threads.changes.update(
        Change(values={"script": script}), user_id=USER, thread_id=walk.production_id
    )
    await walk.parts.house.runs.resume(user_id=USER, production_id=walk.production_id)


async def test_an_expired_quote_is_asked_again_at_the_prices_of_the_day(parts: Parts):
    shop = open_shop(parts)
    walk = await begin(parts, **ON_WAN)
    await walk.to_gate("approve_budget")
    threads = walk.parts.house.threads
    snapshot = await threads.snapshots.read(walk.production_id, graph="novela")
    old = {**snapshot.values["quote"], "expires_at": "2026-01-01T00:00:00Z"}
    await threads.changes.update(Change(values={"quote": old}), user_id=USER, thread_id=walk.production_id)
    await parts.house.runs.resume(user_id=USER, production_id=walk.production_id)
    await walk.to_gate("approve_budget")
    await walk.answer()
    gate = await walk.to_gate("approve_budget")
    assert (shop.posts, "expired on 2026-01-01" in gate["why"]) == ([], True)
    await walk.answer()
    await walk.to_gate("review_storyboard")


def dearest(call: dict[str, Any]) -> int:
    """What is approved with a call: it, or the longest clip that its voices may ask for."""
    return max(one["price"]["micros"] for one in [call, *call["fallbacks"]])


async def test_each_light_shows_its_price_and_the_books_tell_it(parts: Parts):
    """S3-73: GREEN high, YELLOW and RED low; what they bought stands in the books under their names."""
    shop = open_shop(parts)
    walk = await begin(parts, **ON_WAN)
    gate = await walk.to_gate("approve_budget")
    calls = gate["quote"]["calls"]
    takes = {call["item"]: call["price"]["micros"] for call in calls if call["stage"] == "take"}
    most = {call["item"]: dearest(call) for call in calls if call["stage"] == "take"}
    assert micros(gate)["budget"] == {"GREEN": gate["quote"]["total"]["micros"], "YELLOW": 0, "RED": 0}
    await walk.answer()

    gate = await walk.to_gate("review_storyboard")
    assert micros(gate) == {
        slate: {"GREEN": price, "YELLOW": 3000, "RED": 3000} for slate, price in takes.items()
    }
    assert micros(gate, "prices_at_most") == {
        slate: {"GREEN": price, "YELLOW": 3000, "RED": 3000} for slate, price in most.items()
    }
    assert min(takes.values()) > 3000
    await walk.answer(**{"1A": {"light": "YELLOW", "note": "Make it night."}, "1B": {"light": "RED"}})
    await walk.to_gate("review_storyboard")
    assert (shop.posts.count("storyboard:1A"), shop.posts.count("storyboard:1B")) == (2, 2)
    assert len(shop.posts) == 5

    by_action = await billed_by_action(walk)
    assert by_action == {"GREEN": 9000, "YELLOW": 3000, "RED": 3000}
    assert by_action["GREEN"] > max(by_action["YELLOW"], by_action["RED"])


async def test_without_its_key_what_was_approved_is_not_drawn_instead(parts: Parts):
    """The takes were approved at a price; that nobody can sell them any more is asked about, not replaced."""
    shop = open_shop(parts)
    walk = await begin(parts, **ON_WAN)
    await walk.to_gate("approve_budget")
    await walk.answer()
    await walk.to_gate("review_storyboard")
    assert parts.tools.engine_keys is not None
    parts.tools.engine_keys.ours.clear()
    await walk.answer()
    gate = await walk.to_gate("approve_budget")
    assert "Not approved as planned now: 1A" in gate["why"]
    assert {call["provider"] for call in gate["quote"]["calls"]} == {"previz"}
    assert gate["quote"]["would_have_cost"]["micros"] > 0
    assert [post for post in shop.posts if post.startswith("take")] == []
    await walk.answer()
    await walk.to_gate("review_scene")
    drawn = [row for row in await walk.orders() if row["stage"] == "take"]
    assert {(row["provider"], row["cost_actual"]) for row in drawn} == {("previz", 0)}


async def test_auto_buys_nothing_that_nobody_spoke_of(parts: Parts):
    shop = open_shop(parts)
    walk = await begin(parts, review="auto", **ON_WAN)
    gate = await walk.to_gate("approve_budget")
    assert (shop.posts, gate["quote"]["total"]["micros"] > 0) == ([], True)
    knobs = {"auto_approve_usd": Money(micros=gate["quote"]["ceiling"]["micros"]).as_usd()}
    other = await begin(
        parts, review="auto", context={name: str(said) for name, said in knobs.items()}, **ON_WAN
    )
    await other.to_end()
    assert len(shop.posts) == 6


async def test_auto_counts_what_was_approved_before_and_asks_for_what_is_more(parts: Parts):
    """The second quote is under the limit, and with the panels that are bought it is a micro-dollar above."""
    shop = open_shop(parts)
    walk = await begin(parts, **ON_WAN)
    await walk.to_gate("approve_budget")
    await walk.answer()
    await walk.to_gate("review_storyboard")
    panels = sum(row["cost_actual"] for row in await walk.orders())
    await unasked(walk, Money(micros=1))
    await shoot_larger(walk)
    quoted = (await walk.to_gate("approve_budget"))["quote"]["ceiling"]["micros"]
    limit = Money(micros=panels + quoted - 1)
    await unasked(walk, limit)
    await shoot_larger(walk)
    text = (await walk.to_gate("approve_budget"))["items"][0]["text"]
    left, spent = (Money(micros=micros).dollars() for micros in (quoted - 1, panels))
    assert f"Of ${limit.dollars()} that may be approved unasked in this production ${left} is left" in text
    assert f"${spent} is approved by now" in text
    assert (len(shop.posts), panels > 0) == (3, True), "no take was ordered"


async def unasked(walk: Walk, limit: Money) -> None:
    """From here on nobody is asked up to so much."""
    context = {"review": "auto", "auto_approve_usd": limit.dollars()}
    await walk.parts.tools.database.execute(
        "update productions set context = context || %s where production_id = %s",
        [Jsonb(context), walk.production_id],
    )


async def through(walk: Walk) -> None:
    """Every gate is approved as planned."""
    for gate in ("approve_budget", "review_storyboard", "review_scene"):
        await walk.to_gate(gate)
        await walk.answer()
    await walk.to_end()


async def test_the_same_brief_again_buys_nothing_and_says_so(parts: Parts):
    """S4-040, S4-041: seeds follow from the brief, so the second film asks for just the same."""
    shop = open_shop(parts)
    first, second = await begin(parts, **ON_WAN), await begin(parts, **ON_WAN)
    await through(first)
    bought = list(shop.posts)
    await through(second)
    assert shop.posts == bought
    costs = [await parts.tools.orders.costs(walk.production_id) for walk in (first, second)]
    assert (costs[1].billed.micros, costs[1].spared) == (0, costs[0].billed)
    told = await parts.house.database.fetch_all(
        "select from events where production_id = %s and payload ->> 'name' = 'from_cache'",
        (second.production_id,),
    )
    assert len(told) == len(bought) == 6


@pytest.mark.nightly
async def test_a_run_without_the_cache_buys_it_all_again(parts: Parts):
    """The control."""
    shop = open_shop(parts)
    first = await begin(parts, **ON_WAN)
    second = await begin(parts, context={"use_cache": False}, **ON_WAN)
    await through(first)
    await through(second)
    assert len(shop.posts) == 12


@pytest.mark.nightly
async def test_what_is_sent_back_is_bought_where_the_cache_gave_the_first(parts: Parts):
    shop = open_shop(parts)
    first, second = await begin(parts, **ON_WAN), await begin(parts, **ON_WAN)
    await through(first)
    await second.to_gate("approve_budget")
    await second.answer()
    await second.to_gate("review_storyboard")
    bought = len(shop.posts)
    await second.answer(**{"1A": {"light": "RED"}})
    await second.to_gate("review_storyboard")
    assert shop.posts[bought:] == ["storyboard:1A"]
