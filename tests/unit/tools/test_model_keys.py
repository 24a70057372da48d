"""Whose key a text model is asked with, and where: a user's own first, then that of the process."""

from collections.abc import Collection
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from state.errors import KeyMissing
from tools.model_keys import HOSTS, VARIABLES, UsersKeys, base_url
from tools.models.catalog import TextProvider
from tools.settings import Settings
from tools.vault.provider_keys import ProviderKey

OWN = ProviderKey("k1", "mine", 1, SecretStr("sk-own-0123456789abcdef"))


class Lent:
    """The vault: it has a key for this provider, or none."""

    def __init__(self, key: ProviderKey | None) -> None:
        self.key, self.troubles = key, list[tuple[Any, ...]]()

    async def key_for(self, user_id: str, provider: str, *, but: Collection[str] = ()) -> ProviderKey | None:
        found = self.key if (user_id, provider) == ("ana", "openai") else None
        return None if found and found.id in but else found

    async def note_trouble(self, user_id: str, key: ProviderKey, trouble: str, *, rest_s: float) -> None:
        self.troubles.append((user_id, key, trouble, rest_s))


def settings(**named: Any) -> Settings:
    none = dict.fromkeys(("openai_api_key", "google_api_key", "deepseek_api_key", "model_server_url"))
    return Settings(_env_file=None, **{**none, **named})


def ring(own: ProviderKey | None = None, **named: Any) -> UsersKeys:
    return UsersKeys("ana", Lent(own), settings(**named))  # type: ignore[arg-type]  # fits where it matters


async def test_users_own_key_comes_first():
    lent = await ring(OWN, openai_api_key="sk-process-0123456789").lend("openai")
    assert (lent.secret, lent.own) == (OWN.secret, OWN)


async def test_then_that_of_the_process():
    lent = await ring(openai_api_key="sk-process-0123456789").lend("openai")
    assert (lent.secret.get_secret_value(), lent.own) == ("sk-process-0123456789", None)


@pytest.mark.parametrize("provider", VARIABLES)
async def test_no_key_names_the_setting(provider: TextProvider):
    with pytest.raises(KeyMissing) as told:
        await ring().lend(provider)
    assert told.value.details == {"setting": VARIABLES[provider]}
    assert VARIABLES[provider] in told.value.user_action


async def test_who_may_not_use_a_model_is_not_given_the_process_s_key_for_it():
    """The next key of the user's own, or none: what the process pays for is not chosen by a refusal."""
    keys = ring(OWN, openai_api_key="sk-process-0123456789")
    own = await keys.lend("openai")
    with pytest.raises(KeyMissing):
        await keys.lend("openai", but=[own])


async def test_server_of_ones_own_needs_no_key():
    lent = await ring(model_server_url="http://127.0.0.1:11434/v1").lend("openai_compatible")
    assert lent.secret.get_secret_value() == "none"


async def test_refused_key_is_told_to_the_vault():
    vault = Lent(OWN)
    keys = UsersKeys("ana", vault, settings())  # type: ignore[arg-type]  # fits where it matters
    await keys.note_trouble(await keys.lend("openai"), "exhausted", rest_s=7)
    assert vault.troubles == [("ana", OWN, "exhausted", 7)]


def test_vendors_are_where_they_are_unless_a_setting_says_otherwise():
    assert {provider: base_url(settings(), provider) for provider in HOSTS} == HOSTS
    there = "https://proxy.example/v1"
    assert base_url(settings(openai_base_url=there), "openai") == there


@pytest.mark.parametrize(
    "name", ["openai_base_url", "google_base_url", "deepseek_base_url", "model_server_url"]
)
def test_a_key_never_crosses_a_network_in_the_open(name: str):
    assert settings(**{name: "http://127.0.0.1:9/v1"})
    with pytest.raises(ValidationError, match="https"):
        settings(**{name: "http://models.example/v1"})
