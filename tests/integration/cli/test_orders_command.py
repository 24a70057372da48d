"""`greenlight orders` and `greenlight settle`: what waits for a person, and what they say of it."""

import asyncio
import json
from pathlib import Path

import psycopg
import pytest
import typer

from server.cli import orders, settle
from state.errors import RecordConflict, RecordNotFound
from tests.builders import an_image_request
from tests.integration.api.parked_making import PARK, SENT
from tools.settings import Settings

ONE = "11111111-1111-4111-8111-111111111111"
KEY = f"{ONE}:take:1A:first"


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    request = json.dumps(an_image_request().model_dump(mode="json"))
    values = {"key": KEY, "production": ONE, "item": "1A", "request": request, "hash": "0"}
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "insert into productions (production_id, user_id, graph, title, status)"
            " values (%s, 'local', 'novela', 'A Door', 'paused')",
            [ONE],
        )
        connection.execute(PARK, values)
        connection.execute(SENT, values)
    return Settings.model_validate({"data_dir": tmp_path, "database_url": database_url})


def test_it_shows_what_is_at_stake_and_where_to_look(settings: Settings) -> None:
    [one], total = asyncio.run(orders.read(settings))
    assert total == 1
    text = orders.told(one)
    assert text.startswith(KEY)
    assert "take 1A, take 1: fake-image at fake, sent 2" in text
    assert "perhaps spent $0.40; sending it again reserves $0.40 more" in text
    assert "the answer was lost" in text
    facts = orders.as_facts(one)
    assert facts["choices"] == {"it_never_arrived": "0.40", "it_is_this_job": "0.00", "give_up": "0.00"}
    assert asyncio.run(orders.read(settings, "22222222-2222-4222-8222-222222222222")) == ([], 0)


def test_it_is_settled_by_one_command_and_on_record(settings: Settings) -> None:
    done = asyncio.run(settle.settle(settings, KEY, "it_never_arrived"))
    assert settle.told(done) == "it is reserved once more ($0.40; $0.40 stay unknown) and sent again"
    again = asyncio.run(settle.settle(settings, KEY, "it_never_arrived"))
    assert settle.told(again).startswith("settled so before: ")
    with pytest.raises(RecordConflict):
        asyncio.run(settle.settle(settings, KEY, "give_up"))
    with pytest.raises(RecordNotFound):
        asyncio.run(settle.settle(settings, "no:such:order:first", "give_up"))
    assert settings.database_url is not None
    with psycopg.connect(settings.database_url.get_secret_value()) as connection:
        kept = connection.execute(
            "select entity_id, details->>'decision' from audit_logs order by 1"
        ).fetchall()
    assert kept == [(KEY, "it_never_arrived"), (KEY, "it_never_arrived")]


@pytest.mark.parametrize(
    ("decision", "job", "says"),
    [
        ("perhaps", "", "is none of"),
        ("it_is_this_job", "", "--job goes with"),
        ("give_up", "x", "--job goes with"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_opened(decision: str, job: str, says: str) -> None:
    with pytest.raises(typer.BadParameter, match=says):
        settle.command(KEY, decision, job)
