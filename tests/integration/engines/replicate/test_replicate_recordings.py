"""Every exchange with Replicate that others recorded is played to the adapter, or it is said why not."""

import json
import tomllib
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from tests.contracts.handed import Handed
from tests.integration.engines.replicate.recorded_orders import (
    ANSWERS,
    CASES,
    CORGI,
    Case,
    Line,
    body_of,
)
from tests.integration.engines.replicate.replicate_shop import KEY, Answers, Closed, answering
from tests.standins.cassette_player import CASSETTES, exchanges, playing
from tools.engines.calling import Calling, calling
from tools.engines.replicate import Replicate
from tools.engines.replicate.inputs import asked_input
from tools.engines.replicate.predictions import job_status

FOLDER = CASSETTES / "replicate"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file} {case.plays[0]}")
async def test_what_was_recorded_is_read(case: Case, tmp_path: Path) -> None:
    quoted = [one for one in case.plays if isinstance(one, str)]
    async with playing(f"replicate/{case.file}", *quoted) as player:
        before = len(player.left)
        engine = Replicate(player.url, elsewhere=Closed())
        with calling(Calling(key=SecretStr("r8_test"))):
            read = await case.asks(Line(Handed(engine, "r8_test"), engine, player.url, tmp_path))
        await engine.aclose()

    assert read == case.reads
    assert player.missed == []
    assert before - len(player.left) == len(case.plays)


@pytest.mark.parametrize(("file", "number", "external_id", "state"), ANSWERS)
async def test_answers_to_orders_of_other_models_are_read_the_same(
    file: str, number: int, external_id: str, state: str
) -> None:
    """One of them runs and has an output already: a job with an output need not be done."""
    body = body_of(file, number)
    async with answering(Answers(201, body, {"content-type": "application/json"}).answer) as engine:
        assert await engine.submit(CORGI, call_key=KEY) == external_id
    told = json.loads(body)
    assert job_status(told, now=datetime(2026, 1, 1, tzinfo=UTC)).state == state
    assert bool(told.get("output")) == (state == "running")


def test_the_same_body_is_sent_as_was_recorded() -> None:
    """The order of the recording, as the vendor's own package sent it."""
    recorded = json.loads(exchanges("replicate/run_image_model.yaml")[0].sent)
    asked = asked_input(CORGI)
    assert {"input": asked.plain, "version": asked.version} == recorded


def there() -> set[str]:
    files = [f"replicate/{file.name}" for file in FOLDER.glob("*.yaml")]
    named = {f"{file} {number}" for file in files for number in range(len(exchanges(file)))}
    quoted = json.loads((FOLDER / "quoted_errors.json").read_text())["responses"]
    return named | {f"replicate/quoted_errors.json {one['name']}" for one in quoted}


def played() -> list[str]:
    answers = [f"replicate/{file} {number}" for file, number, *_ in ANSWERS]
    return [*(name for case in CASES for name in case.names), *answers]


def not_used() -> dict[str, str]:
    told: dict[str, str] = tomllib.loads((CASSETTES / "not_used.toml").read_text())["engines"]
    return {name: reason for name, reason in told.items() if name.startswith("replicate/")}


def misfits(accounted: Iterable[str]) -> set[str]:
    """What nobody plays and no reason excuses, what is not there, and what is told twice."""
    told = Counter(accounted)
    return (there() ^ set(told)) | {name for name, times in told.items() if times > 1}


def test_every_exchange_is_played_once_or_has_a_reason_not_to_be() -> None:
    assert misfits([*played(), *not_used()]) == set()
    assert all(len(reason) > len("The same.") for reason in not_used().values())


def test_a_recording_that_nobody_accounts_for_would_be_noticed() -> None:
    one, *others = played()
    assert misfits([*others, *not_used()]) == {one}
    assert misfits([one, one, *others, *not_used()]) == {one}
    assert misfits([*played(), *not_used(), "replicate/nowhere.yaml 0"]) == {"replicate/nowhere.yaml 0"}
