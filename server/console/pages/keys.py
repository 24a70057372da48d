"""A person's own keys at providers: left here once, never shown again."""

from typing import get_args

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from server.api.provider_keys import NewKeyBody, ProviderKeyView
from server.console.public_api import PublicApi
from server.console.rendering import page

router = APIRouter()
PROVIDERS: tuple[str, ...] = get_args(NewKeyBody.model_fields["provider"].annotation)
NAMES = {
    "openai": "OpenAI", "google": "Google", "deepseek": "DeepSeek", "replicate": "Replicate", "fal": "fal",
    "openai_compatible": "A model server of your own",
}  # fmt: skip
STATUS = {
    "active": "in use", "disabled": "switched off", "rate_limited": "rests a while",
    "exhausted": "has no credit left", "error": "was not taken by the provider",
}  # fmt: skip


@router.get("/keys")
async def keys_page(request: Request) -> HTMLResponse:
    """The keys in the order in which they are tried, and a form for another one."""
    api = PublicApi(request)
    keys = await api.many(ProviderKeyView, "/api/settings/api-keys")
    named = [(one, NAMES.get(one, one)) for one in sorted(PROVIDERS, key=list(NAMES).index)]
    return page(
        "keys.html", account=api.account, keys=keys, providers=named, names=NAMES, status_words=STATUS
    )
