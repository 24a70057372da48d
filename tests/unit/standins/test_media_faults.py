"""Each fault of an order at each of its calls: what comes over the wire, and what is in the book."""

import asyncio

import httpx
import pytest

from tests.standins.media_vendors.clocks import HandTime
from tests.standins.media_vendors.faults import (
    Deck,
    answer_hangs,
    billing_limit,
    broken_json,
    busy,
    closed_unanswered,
    cut,
    denied,
    empty_body,
    every_fault,
    gateway_page,
    late,
    met_at,
    overloaded,
    quota_exhausted,
    refused,
    server_error,
    trickle,
)  # fmt: skip
from tests.standins.model_vendors import Signal, model_vendors_here
from tests.standins.model_vendors.faults import Fault, closed_unread, key_refused
from tests.unit.standins.gemini import ask
from tests.unit.standins.media_asking import NANO, VEO, plain, shoot

ORDERS = {
    "clip": (
        "google",
        f"/v1beta/models/{VEO}:predictLongRunning",
        {"instances": [{"prompt": "x"}], "parameters": {"durationSeconds": 4}},
    ),
    "picture": (
        "google",
        f"/v1beta/models/{NANO}:generateContent",
        {"contents": [{"parts": [{"text": "x"}]}]},
    ),
    "openai": (
        "openai",
        "/v1/images/generations",
        {"model": "gpt-image-2", "prompt": "x", "quality": "low", "size": "64x64"},
    ),
    "speech": (
        "openai",
        "/v1/audio/speech",
        {"model": "tts-1", "voice": "alloy", "input": "x", "response_format": "pcm"},
    ),
}
LINE = [
    (busy(7), "429", 0),
    (busy(None), "429", 0),
    (quota_exhausted(), "429", 0),
    (denied(), "403", 0),
    (key_refused(), "401", 0),
    (billing_limit(), "400", 0),
    (server_error(), "500", 0),
    (server_error(503, billed=True), "503", 1),
    (overloaded(), "503", 0),
    (gateway_page(502), "502", 0),
    (closed_unanswered(), "nothing", 1),
    (closed_unanswered(billed=False), "nothing", 0),
    (closed_unread(), "nothing", 0),
    (broken_json(), "broken", 1),
    (empty_body(), "empty", 1),
    (cut(), "half", 1),
]


def said(vendor: str, fault: Fault, wanted: str) -> str:
    """Google has other statuses for a key that is not good and for an account that is empty."""
    return {"key": "400", "limit": "429"}.get(fault.code, wanted) if vendor == "google" else wanted


async def seen(web: httpx.AsyncClient, method: str, path: str, body: object = None) -> str:
    """What has come over the wire."""
    told, length = b"", None
    try:
        async with web.stream(method, path, json=body) as answer:
            if answer.status_code != 200:
                return str(answer.status_code)
            length = answer.headers.get("content-length", "")
            async for piece in answer.aiter_raw():
                told += piece
    except httpx.TransportError:
        return "nothing" if length is None else "half"
    if not told:
        return "empty"
    return "broken" if told.startswith(b'{"id": "half') else "whole"


@pytest.mark.parametrize("kind", ORDERS)
async def test_each_fault_of_an_order(vendors, kind):
    name, path, body = ORDERS[kind]
    vendor = getattr(vendors, name)
    async with plain(vendor) as web:
        for fault, wanted, billed in LINE:
            before, jobs = len(vendor.invoices), len(vendor.media.jobs)
            vendor.faults.append(fault)
            assert await seen(web, "POST", path, body) == said(name, fault, wanted), fault
            assert (len(vendor.invoices) - before, len(vendor.media.jobs) - jobs) == (billed, billed), fault
            assert vendors.books.met[-1].fault == fault.name
            assert await seen(web, "POST", path, body) == "whole", f"after {fault}"
    assert ([*vendor.faults], len(vendors.books.met)) == ([], len(LINE))
    assert vendors.books.micro_usd() == sum(job["micro_usd"] for job in vendors.books.jobs.values()) > 0


async def test_each_fault_of_the_calls_that_follow(vendors):
    google = vendors.google
    async with plain(google) as web:
        name = (await web.post(ORDERS["clip"][1], json=ORDERS["clip"][2])).json()["name"]
        done = (await web.get(f"/v1beta/{name}")).json()["response"]["generateVideoResponse"]
        paths = {"poll": f"/v1beta/{name}", "download": done["generatedSamples"][0]["video"]["uri"]}
        for stage, path in paths.items():
            for fault, wanted, _ in LINE:
                if fault.kind != "unread":
                    google.faults.append(met_at(stage, fault))
                    assert await seen(web, "GET", path) == said("google", fault, wanted), fault
                    assert (vendors.books.met[-1].stage, vendors.books.met[-1].job) == (stage, name[-11:])
                    assert await seen(web, "GET", path) == "whole"
    assert len(vendors.books.invoices) == 1


async def test_retry_info_is_there_or_not(vendors):
    path, body = ORDERS["clip"][1:]
    vendors.google.faults += [busy(34.4), busy(None)]
    async with plain(vendors.google) as web:
        hints = [(await web.post(path, json=body)).json()["error"]["details"] for _ in range(2)]
    assert [one[1]["retryDelay"] for one in hints if len(one) > 1] == ["34.4s"]
    vendors.openai.faults += [busy(3), busy(None), quota_exhausted()]
    async with plain(vendors.openai) as web:
        path, body = ORDERS["openai"][1:]
        told = [await web.post(path, json=body) for _ in range(3)]
    assert [one.headers.get("retry-after") for one in told] == ["3", None, None]
    assert [one.json()["error"]["code"] for one in told] == [
        "rate_limit_exceeded", "rate_limit_exceeded", "insufficient_quota",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["clip", "picture", "openai", "speech"])
async def test_an_answer_that_hangs_is_booked_before(vendors, kind):
    name, path, body = ORDERS[kind]
    vendor, release = getattr(vendors, name), Signal()
    vendor.faults += [answer_hangs(release), answer_hangs()]
    async with plain(vendor) as web:
        waiting = asyncio.create_task(web.post(path, json=body))
        await vendors.books.when(lambda book: len(book.invoices) == 1).heard()
        release.set()
        assert (await waiting).status_code == 200
        with pytest.raises(httpx.ReadTimeout):
            await web.post(path, json=body, timeout=0.02)
    await vendors.books.when(lambda book: book.requests[-1].outcome == "client hung up").heard()
    assert len(vendors.books.invoices) == 2


async def test_a_picture_takes_its_time(vendors):
    clock = vendors.openai.media.clock = HandTime()
    vendors.openai.media.scale = 0.05
    vendors.openai.faults.append(late(1))
    path, body = ORDERS["openai"][1:]
    async with plain(vendors.openai) as web:
        waiting = asyncio.create_task(web.post(path, json=body))
        await clock.when_asleep().heard()
        clock.advance(89 * 0.05 + 0.99)
        assert not waiting.done()
        clock.advance(0.02)
        assert (await waiting).status_code == 200


async def test_a_trickle_comes_piece_by_piece(vendors):
    clock, release = HandTime(), Signal()
    vendors.google.media.clock = clock
    vendors.google.faults += [trickle(5), met_at("download", trickle(release=release))]
    async with plain(vendors.google) as web:
        name = (await web.post(ORDERS["clip"][1], json=ORDERS["clip"][2])).json()["name"]
        done = (await web.get(f"/v1beta/{name}")).json()["response"]["generateVideoResponse"]
        uri = done["generatedSamples"][0]["video"]["uri"]
        slow = asyncio.create_task(web.get(uri))
        release.set()
        whole = (await slow).content
        slow = asyncio.create_task(web.get(uri))
        for _ in range(15):
            await clock.when_asleep().heard()
            assert not slow.done()
            clock.advance(5)
        assert (await slow).content == whole


async def test_a_fault_waits_for_who_can_meet_it(gemini, vendors):
    """Neither does a language model's stream break on a picture, nor is a talk filtered by Veo."""
    vendors.google.faults += [refused("IMAGE_SAFETY"), met_at("download", busy())]
    assert (await ask(gemini)).text
    assert len(vendors.google.faults) == 2
    vendors.google.faults.insert(0, busy(model="gemini-2.5-flash"))
    assert (await shoot(gemini)).name
    assert [one.kind for one in vendors.google.faults] == ["status", "status"], "the clip was refused"


async def test_a_rejected_order_meets_no_fault(vendors):
    vendors.google.faults.append(busy())
    async with plain(vendors.google) as web:
        assert (await web.post(ORDERS["clip"][1], json={"instances": []})).status_code == 400
    assert (len(vendors.google.faults), vendors.books.met) == (1, [])


async def test_a_deck_deals_the_same_again():
    def draws(seed: int) -> list[str]:
        deck = Deck(seed, 0.5)
        model = vendors.google.media.models[VEO]
        dealt = [deck.draw("google", model, "submit", {}) for _ in range(40)]
        return [one.name if one else "" for one in dealt]

    async with model_vendors_here() as vendors:
        assert draws(1) == draws(1) != draws(2)
        assert 10 < draws(1).count("") < 30


@pytest.mark.parametrize("share", [0.3, pytest.param(0.6, marks=pytest.mark.nightly)])
async def test_a_deck_makes_every_kind_happen(vendors, share):
    """What the deck has is met sooner or later, and what was billed is what was made."""
    path, body = ORDERS["clip"][1:]
    vendors.google.media.deck = Deck(
        8, share, [one for one in every_fault() if (one.at or "submit") == "submit"]
    )
    async with plain(vendors.google) as web:
        for _ in range(round(180 / share)):
            await seen(web, "POST", path, body)
    met = {one.fault for one in vendors.books.met}
    assert {"unanswered", "status 429 busy", "filtered", "late", "expired", "black", "truncated"} <= met
    assert len(vendors.books.met) == pytest.approx(180, abs=40)
    assert vendors.books.micro_usd() == sum(job["micro_usd"] for job in vendors.books.jobs.values())
