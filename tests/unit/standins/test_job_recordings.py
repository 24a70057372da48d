"""Replicate's stand-in against the recordings: what was sent then is sent again, and the shapes are compared.

The stand-in's time is moved until a job is where it was in the recording. A field that only one of the two
answers has must stand in one of the tables below with its reason; a line that nothing needs fails, too.
"""

import asyncio
import json
import re
import tomllib
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.standins.cassette_player import CASSETTES, Exchange, exchanges, interactions
from tests.standins.job_vendors import JobVendors, Signal, SteppedTime, faults, job_vendors_here
from tests.unit.standins.recorded import shape
from tests.unit.standins.test_standin_recordings import unexplained

JOB_VENDORS = ("replicate", "fal")
FILES = sorted(file.name for file in (CASSETTES / "replicate").glob("*.yaml"))
ONLY_RECORDED = {
    r"(latest_version\.)?openapi_schema\.(paths|components).*": "Cog's own routes, titles and descriptions",
    r"(latest_version\.)?openapi_schema\.info\.model": "Cog 0.8.5 alone",
    r"default_example.*": "an example of the model's owner; the stand-in has none",
    r"created_at": "of a model, in one recording of three",
    r"webhook_completed": "the webhook of 2022, null",
    r"logs": "of a cancelled prediction in 2024; text elsewhere",
    r"results\[\]\..*": "files that others had uploaded",
}
ONLY_OURS = {
    r"output|output\[\]|data_removed|source|urls\.web": "the OpenAPI copy of 2026 has it always",
    r"urls\.stream": "of models of words, since 2024",
    r"is_official|default_example": "the model object of 2026",
    r"metrics\.total_time": "beside predict_time since 2023",
    r"logs": "text, as it is nearly everywhere",
    r"results": "of the files nobody else had any here",
    r"model": "left out by one answer of 2023",
    r"started_at": "the stand-in's model of words is running when its wait ends, and says since when",
    r"(latest_version\.)?openapi_schema\..*": "the stand-in's own schema has no route and other limits",
}
LIMITS = ("ratelimit-remaining", "ratelimit-reset", "preference-applied")


@pytest.fixture
async def stage() -> AsyncIterator["Stage"]:
    time = SteppedTime()
    async with (
        job_vendors_here(time, pace=1.0) as vendors,
        httpx.AsyncClient(verify=False, timeout=30) as web,  # noqa: S501 - loopback
    ):
        yield Stage(vendors, time, web)


class Stage:
    """Plays the requests of one file."""

    def __init__(self, vendors: JobVendors, time: SteppedTime, web: httpx.AsyncClient) -> None:
        self.vendors, self.time, self.web = vendors, time, web
        self.ours: dict[str, str] = {}
        """Our ids by the recorded ones."""

    async def send(self, exchange: Exchange, headers: dict[str, str]) -> httpx.Response:
        path = exchange.path
        for theirs, mine in self.ours.items():
            path = path.replace(theirs, mine)
        key = "wrong" if exchange.status == 401 else self.vendors.replicate.key
        sent = {"authorization": f"Bearer {key}", **headers}
        url = self.vendors.replicate.url + path
        return await self.web.request(exchange.method, url, content=exchange.sent, headers=sent)

    async def bring_to(self, exchange: Exchange) -> None:
        """Let time pass until a job is where the recording has it."""
        told = json.loads(exchange.body) if exchange.body else {}
        if "/v1/predictions/" not in exchange.path:
            return
        if told["id"] not in self.ours:
            await self._order(told)
        job = self.vendors.books.jobs[self.ours[told["id"]]]
        until = {"processing": job.starts_at, "canceled": job.starts_at, "succeeded": job.ends_at}
        self.time.advance(max(until.get(told["status"], 0) - self.time.now(), 0))

    async def _order(self, told: dict[str, Any]) -> None:
        """A recording that begins with a look: the job is ordered before."""
        body = json.dumps({"version": told["version"], "input": told["input"]})
        made = Exchange("POST", "/v1/predictions", "", body, 201, {}, b"")
        answer = await self.send(made, {"content-type": "application/json"})
        self.ours[told["id"]] = answer.json()["id"]

    def learn(self, exchange: Exchange, answer: httpx.Response) -> None:
        if exchange.method == "POST" and exchange.status == 201:
            self.ours[json.loads(exchange.body)["id"]] = answer.json()["id"]


async def played(stage: Stage, name: str) -> list[tuple[Exchange, httpx.Response]]:
    """Every exchange of a file with the stand-in's answer."""
    found = []
    for exchange, headers in zip(exchanges(f"replicate/{name}"), sent_headers(name), strict=True):
        await stage.bring_to(exchange)
        if "prefer" in headers:
            answer = await waited_out(stage, exchange, headers)
        else:
            answer = await stage.send(exchange, headers)
        stage.learn(exchange, answer)
        found.append((exchange, answer))
    return found


async def waited_out(stage: Stage, exchange: Exchange, headers: dict[str, str]) -> httpx.Response:
    """The wait ends while the model still speaks."""
    stage.vendors.replicate.hold = Signal()
    before = len(stage.vendors.books.jobs)
    asking = asyncio.ensure_future(stage.send(exchange, headers))
    await stage.vendors.books.when(lambda book: len(book.jobs) > before).heard()
    stage.time.advance(10)
    return await asking


def sent_headers(name: str) -> list[dict[str, str]]:
    told = interactions(CASSETTES / "replicate" / name)
    return [
        {name: values[0] for name, values in one["request"]["headers"].items() if name != "accept"}
        for one in told
    ]


def differences(exchange: Exchange, answer: httpx.Response) -> tuple[set[str], set[str]]:
    theirs, ours = shape([json.loads(exchange.body)]), shape([answer.json()])
    return theirs - ours, ours - theirs


@pytest.mark.parametrize("name", FILES)
async def test_the_shape_is_the_recorded_one(stage, name):
    for exchange, answer in await played(stage, name):
        assert answer.status_code == exchange.status, answer.text
        kind = exchange.headers["content-type"].split(";")[0]
        assert answer.headers["content-type"].split(";")[0] == kind
        for limit in LIMITS:
            assert answer.headers.get(limit) == exchange.headers.get(limit, answer.headers.get(limit)), limit
        if exchange.status == 401:
            assert answer.json() == json.loads(exchange.body), "errors are told word by word"
        elif exchange.status != 204:
            only_recorded, only_ours = differences(exchange, answer)
            assert unexplained(only_recorded, ONLY_RECORDED) == []
            assert unexplained(only_ours, ONLY_OURS) == []


@pytest.mark.parametrize(
    "name", [name for name in FILES if name.startswith(("predictions", "run", "official"))]
)
async def test_statuses_and_inputs_are_the_recorded_ones(stage, name):
    for exchange, answer in await played(stage, name):
        theirs, ours = json.loads(exchange.body), answer.json()
        assert {key: ours.get(key) for key in ("status", "input") if key in theirs} == {
            key: theirs[key] for key in ("status", "input") if key in theirs
        }
        if "/models/" in exchange.path or "version" not in theirs:
            continue
        assert (ours["version"], ours.get("model")) == (theirs["version"], theirs.get("model", ours["model"]))


async def test_a_field_that_is_missing_or_new_would_be_seen(stage, monkeypatch):
    exchange = exchanges("replicate/predictions_cancel_sync.yaml")[3]
    told = stage.vendors.replicate.told
    changed = {"created_at": None, "x": 1}
    monkeypatch.setattr(stage.vendors.replicate, "told", lambda job, state=None: told(job, state) | changed)

    answer = await stage.send(exchange, {"content-type": "application/json"})

    only_recorded, only_ours = differences(exchange, answer)
    assert unexplained(only_recorded, ONLY_RECORDED | {"created_at": ""}) == []
    assert unexplained(only_ours, ONLY_OURS) == ["created_at: null", "x: number"]


async def test_each_reason_is_needed(stage):
    theirs: set[str] = set()
    ours: set[str] = set()
    for name in FILES:
        stage.vendors.replicate.hold = None
        for exchange, answer in await played(stage, name):
            if exchange.status not in (204, 401):
                more = differences(exchange, answer)
                theirs, ours = theirs | more[0], ours | more[1]
    for reasons, lines in (ONLY_RECORDED, theirs), (ONLY_OURS, ours):
        idle = [one for one in reasons if not any(re.fullmatch(f"({one}): .*", line) for line in lines)]
        assert idle == []


async def test_too_many_orders_are_refused_word_by_word(stage):
    quoted = json.loads((CASSETTES / "replicate/quoted_errors.json").read_text())["responses"][0]
    stage.vendors.replicate.faults.append(faults.busy(5))
    made = exchanges("replicate/official_model_create.yaml")[0]

    answer = await stage.send(made, {"content-type": "application/json"})

    assert (answer.status_code, answer.json()) == (quoted["status"], quoted["body"])


async def test_fal_says_what_is_quoted_of_it(stage):
    told = json.loads((CASSETTES / "fal/quoted_queue_and_errors.json").read_text())["responses"]
    submit, hooked, error = (one["body"] for one in told)
    fal = stage.vendors.fal
    key = {"authorization": f"Key {fal.key}"}
    url, order = f"{fal.url}/fal-ai/flux/schnell", {"prompt": "x"}

    plain = (await stage.web.post(url, json=order, headers=key)).json()
    with_hook = await stage.web.post(f"{url}?fal_webhook=http://127.0.0.1:9/x", json=order, headers=key)
    fal.faults.append(faults.server_error(504))
    failed = await stage.web.post(url, json=order, headers=key)

    assert shape([plain]) == shape([submit])
    assert set(hooked) <= set(with_hook.json())
    path = "/fal-ai/flux/requests/"
    assert [plain[name].replace(plain["request_id"], "ID") for name in ("status_url", "cancel_url")] == [
        f"{fal.url}{path}ID/status", f"{fal.url}{path}ID/cancel"
    ]  # fmt: skip
    assert (failed.status_code, failed.json()) == (504, error)
    assert failed.headers["x-fal-error-type"] == told[2]["headers"]["x-fal-error-type"]


def test_every_exchange_is_played_or_has_its_reason():
    """All of each YAML file are played above; quotations are named here."""
    quoted = {"replicate/quoted_errors.json", "fal/quoted_queue_and_errors.json"}
    here = {
        file.relative_to(CASSETTES).as_posix()
        for vendor in JOB_VENDORS
        for file in (CASSETTES / vendor).rglob("*")
    }
    excused = tomllib.loads((CASSETTES / "not_used.toml").read_text())
    assert here == quoted | {f"replicate/{name}" for name in FILES}
    assert set(JOB_VENDORS) <= set(excused)
    assert not [name for name in excused["here"] if name.startswith(JOB_VENDORS)]
