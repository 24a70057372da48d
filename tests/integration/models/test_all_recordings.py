"""Every exchange that others recorded is played to our adapter, or it is said why not."""

import json
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.integration.models.all_cases import CASES
from tests.standins.cassette_player import CASSETTES, exchanges
from tests.unit.standins.test_job_recordings import JOB_VENDORS

NO_RECORDINGS = {"README.md", "LICENSE-pydantic-ai.txt", "not_used.toml"}
LANGUAGE_VENDORS = {"openai", "google", "deepseek"}


def names_of(file: Path) -> list[str]:
    """One name for each exchange of a file."""
    name = file.relative_to(CASSETTES).as_posix()
    if file.name.startswith("quoted"):
        return [f"{name} {one['name']}" for one in json.loads(file.read_text())["responses"]]
    return [f"{name} {number}" for number in range(len(exchanges(name)))]


def not_used() -> dict[str, str]:
    told: dict[str, str] = tomllib.loads((CASSETTES / "not_used.toml").read_text())["here"]
    return {name: reason for name, reason in told.items() if vendor_of(name) not in JOB_VENDORS}


def vendor_of(name: str) -> str:
    return name.partition("/")[0]


def played() -> list[str]:
    return [name for case in CASES for name in case.names]


def there() -> set[str]:
    files = [one for one in CASSETTES.rglob("*") if one.is_file() and one.name not in NO_RECORDINGS]
    mine = [one for one in files if vendor_of(one.relative_to(CASSETTES).as_posix()) not in JOB_VENDORS]
    return {name for file in mine for name in names_of(file)}


def misfits(accounted: Iterable[str]) -> set[str]:
    """What nobody plays and no reason excuses, what is not there, and what is told twice."""
    told = Counter(accounted)
    return (there() ^ set(told)) | {name for name, times in told.items() if times > 1}


def test_every_exchange_is_played_once_or_has_a_reason_not_to_be():
    assert misfits([*played(), *not_used()]) == set()


def test_each_folder_is_held_to_account_here_or_with_the_engines():
    folders = {one.name for one in CASSETTES.iterdir() if one.is_dir()}
    assert folders == LANGUAGE_VENDORS | set(JOB_VENDORS)


def test_every_reason_is_one():
    assert [name for name, reason in not_used().items() if len(reason) < len("The same.")] == []


def test_a_recording_that_nobody_plays_or_two_account_for_would_be_noticed():
    one, *others = played()
    excused = next(iter(not_used()))

    assert misfits([*others, *not_used()]) == {one}
    assert misfits([one, *others]) == set(not_used())
    assert misfits([one, *others, *not_used(), excused]) == {excused}
    assert misfits([one, *others, *not_used(), "openai/nowhere.yaml 0"]) == {"openai/nowhere.yaml 0"}
