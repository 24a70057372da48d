"""Text models joined with the keys they are asked with: a user's own first, then that of the process."""

from collections.abc import Sequence

from pydantic import SecretStr

from state.errors import KeyMissing
from tools.clock import Clock
from tools.models.catalog import TextProvider
from tools.models.choose import TextModels
from tools.models.live.keys import LentKey, Trouble
from tools.settings import Settings
from tools.vault.provider_keys import ProviderKeys

HOSTS: dict[TextProvider, str] = {
    "openai": "https://api.openai.com/v1",
    "google": "https://generativelanguage.googleapis.com",
    "deepseek": "https://api.deepseek.com",
    "openai_compatible": "http://127.0.0.1:11434/v1",
}
VARIABLES: dict[TextProvider, str] = {
    "openai": "OPENAI_API_KEY",
    "google": "GOOGLE_API_KEY",
    "deepseek": "DEEPSEEK_API_KEY",
    "openai_compatible": "GREENLIGHT_MODEL_SERVER_URL",
}
NO_KEY = SecretStr("none")
"""Sent to a server of one's own that wants none."""


class UsersKeys:
    """The keys of one user at all vendors of text models. Fits `tools.models.live.keys.KeyRing`."""

    def __init__(self, user_id: str, keys: ProviderKeys, settings: Settings) -> None:
        self._user_id, self._keys, self._settings = user_id, keys, settings

    async def lend(self, provider: TextProvider, *, but: Sequence[LentKey] = ()) -> LentKey:
        """The key for the call that is about to be made; after those in `but` another one of the user's own.

        Raises:
            KeyMissing: neither the user nor the process has one.
            VaultError: the user has one, and it cannot be opened.
        """
        own = await self._keys.key_for(self._user_id, provider, but=[key.own.id for key in but])
        if own is not None:
            return LentKey(own.secret, own)
        if but:  # the process does not pay for what a key of the user's may not do
            raise _missing(provider)
        ours = key_of_process(self._settings, provider)
        if ours is None:
            raise _missing(provider)
        return LentKey(ours)

    async def note_trouble(self, key: LentKey, trouble: Trouble, *, rest_s: float) -> None:
        """A user's own key was not taken: the next call takes the next one."""
        await self._keys.note_trouble(self._user_id, key.own, trouble, rest_s=rest_s)


def open_models(settings: Settings, keys: ProviderKeys, clock: Clock) -> TextModels:
    """The text models of this process."""
    return TextModels(
        {provider: base_url(settings, provider) for provider in HOSTS},
        lambda user_id: UsersKeys(user_id, keys, settings),
        clock,
        openai_model=settings.openai_model,
        proxy=settings.https_proxy,
    )


def base_url(settings: Settings, provider: TextProvider) -> str:
    """Where a vendor's API is."""
    chosen = {
        "openai": settings.openai_base_url,
        "google": settings.google_base_url,
        "deepseek": settings.deepseek_base_url,
        "openai_compatible": settings.model_server_url,
    }
    return chosen[provider] or HOSTS[provider]


def key_of_process(settings: Settings, provider: TextProvider) -> SecretStr | None:
    """The key that this process has from its environment."""
    if provider == "openai_compatible":
        return (settings.model_server_key or NO_KEY) if settings.model_server_url else None
    keys = {
        "openai": settings.openai_api_key,
        "google": settings.google_api_key,
        "deepseek": settings.deepseek_api_key,
    }
    return keys[provider]


def _missing(provider: TextProvider) -> KeyMissing:
    variable = VARIABLES[provider]
    return KeyMissing(
        f"There is no key for {provider} that can be used now.", provider=provider, kind="auth",
        user_action=f"Go on with another model, or add a key of your own for {provider}."
        f" Whoever runs this server can set {variable}.",
        details={"setting": variable},
    )  # fmt: skip
