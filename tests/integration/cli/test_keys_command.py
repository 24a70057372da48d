"""`greenlight keys`: your own keys from the terminal, and a new master key for everybody's."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from click.testing import Result
from pydantic import SecretStr
from typer.testing import CliRunner

from server.cli import keys
from server.cli.keys import forget, keep, told
from state.errors import KeyRefused, MasterKeyAbsent, RecordNotFound
from tests.builders import A_MASTER_KEY, OLDER_MASTER_KEY
from tools.settings import Settings
from tools.vault.rotate import Rotated

KEY = "r8_canaryCANARY0123456789abcd"


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    return Settings.model_validate(
        {"data_dir": tmp_path, "database_url": database_url, "master_key": OLDER_MASTER_KEY}
    )


Greenlight = Callable[..., Result]


@pytest.fixture
def greenlight(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Greenlight:
    """The command with these master keys, in this process: one of its own takes seconds to start."""

    def command(*words: str, said: str = "", master_key: str = OLDER_MASTER_KEY) -> Result:
        chosen = settings.model_copy(update={"master_key": SecretStr(master_key)})
        monkeypatch.setattr(keys, "settings", lambda: chosen)
        monkeypatch.setattr(keys, "run", asyncio.run)  # without taking over the log of all tests
        return CliRunner().invoke(keys.app, words, input=said)

    return command


def test_a_key_is_added_listed_and_sealed_under_a_new_master_key(greenlight: Greenlight) -> None:
    added = greenlight("add", "replicate", "studio", said=f"{KEY}\n")
    assert (added.exit_code, added.stdout) == (0, "kept as studio, number 1 of your replicate keys\n")
    listed = greenlight("list")
    assert listed.stdout.splitlines()[1].split() == ["replicate", "studio", "active", "abcd", "never"]
    refused = greenlight("rotate-master", master_key=A_MASTER_KEY)
    assert isinstance(refused.exception, MasterKeyAbsent)
    assert "(1 of them)" in refused.exception.message
    done = greenlight("rotate-master", master_key=f"{A_MASTER_KEY},{OLDER_MASTER_KEY}")
    first = "1 sealed anew, 0 were sealed with the current master key already"
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, first)
    assert greenlight("rotate-master", master_key=A_MASTER_KEY).exit_code == 0
    for one in (added, listed, refused, done):
        assert "canary" not in f"{one.output}{one.exception}"


def test_what_is_refused_is_not_repeated(greenlight: Greenlight) -> None:
    wrong = greenlight("add", "replicate", "studio", said=f"{KEY} and more\n")
    assert isinstance(wrong.exception, KeyRefused)
    assert wrong.exception.message == "key: holds a blank or a line break"
    assert isinstance(greenlight("add", "acme", "studio", said=KEY).exception, KeyRefused)
    assert "canary" not in wrong.output


def test_it_is_a_verb_of_the_command() -> None:
    from server.cli.verbs import app

    assert "rotate-master" in CliRunner().invoke(app, ["keys", "--help"]).output


def test_a_key_is_forgotten_by_its_name(settings: Settings) -> None:
    async def there_and_back() -> None:
        await keep(settings, "fal", "studio", SecretStr(KEY))
        with pytest.raises(RecordNotFound, match="'other'"):
            await forget(settings, "fal", "other")
        with pytest.raises(RecordNotFound):
            await forget(settings, "openai", "studio")
        await forget(settings, "fal", "studio")
        with pytest.raises(KeyRefused):
            await keep(settings, "fal", "studio", SecretStr(""))

    asyncio.run(there_and_back())
    assert settings.database_url is not None
    with psycopg.connect(settings.database_url.get_secret_value()) as connection:
        assert connection.execute("select count(*) from provider_keys").fetchone() == (0,)


def test_rotation_says_what_is_left() -> None:
    assert told(Rotated(3, 4, (), 0))[-1] == "older master keys are not needed any more"
    damaged = told(Rotated(3, 4, ("id-1",), 1))
    assert "id-1" in damaged[1]
    assert damaged[2].startswith("still sealed with another master key: 1; keep it")
