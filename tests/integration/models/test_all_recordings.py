"""Every exchange that others recorded is played to our adapter, or it is said why not."""

import json
import tomllib
from collections import Counter
from pathlib import Path

from tests.integration.models.all_cases import CASES
from tests.standins.cassette_player import CASSETTES, exchanges

NO_RECORDINGS = {"README.md", "LICENSE-pydantic-ai.txt", "not_used.toml"}


def names_of(file: Path) -> list[str]:
    """One name for each exchange of a file."""
    name = file.relative_to(CASSETTES).as_posix()
    if file.name.startswith("quoted"):
        return [f"{name} {one['name']}" for one in json.loads(file.read_text())["responses"]]
    return [f"{name} {number}" for number in range(len(exchanges(name)))]


def not_used() -> dict[str, str]:
    told: dict[str, str] = tomllib.loads((CASSETTES / "not_used.toml").read_text())["here"]
    return told


def test_every_exchange_is_played_once_or_has_a_reason_not_to_be():
    files = [one for one in CASSETTES.rglob("*") if one.is_file() and one.name not in NO_RECORDINGS]
    there = {name for file in files for name in names_of(file)}
    accounted = Counter([*(name for case in CASES for name in case.names), *not_used()])

    assert set(accounted) == there
    assert [name for name, times in accounted.items() if times > 1] == []


def test_every_reason_is_one():
    assert [name for name, reason in not_used().items() if len(reason) < len("The same.")] == []


def test_a_recording_that_nobody_plays_would_be_noticed():
    (one, *_) = [name for case in CASES for name in case.names]
    others = {name for case in CASES for name in case.names if name != one}

    assert one in names_of(CASSETTES / one.partition(" ")[0])
    assert one not in others | set(not_used())
