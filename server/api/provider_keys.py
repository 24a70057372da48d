"""Users' own keys at providers: left here once, sealed, and never shown again (S5-131, S5-135, S5-136)."""

from datetime import datetime
from typing import Annotated, Any, ClassVar, Self

from fastapi import APIRouter, Depends, Path, Query
from pydantic import ConfigDict, Field, SecretStr, model_validator

from server.api.wire import ERRORS, Answer, Body, Wire
from server.deps import EXAMPLE_ID, HouseDep, UserDep, read_id
from server.limits.guard import COUNTED
from tools.vault.provider_keys import MOST, Status, Switched
from tools.vault.providers import LONGEST_LABEL, Provider

router = APIRouter(
    prefix="/api/settings/api-keys", tags=["provider keys"], responses=ERRORS, dependencies=COUNTED
)
SHAM_KEY = "the-key-as-the-provider-shows-it"
KEY_WORDS = "The key itself, in one piece. It is sealed at once; no answer ever holds it."


class ProviderKeyView(Wire):
    """A key of yours, without what is secret of it."""

    id: str = Field(description="Its id here.", examples=[EXAMPLE_ID])
    provider: Provider = Field(description="Whose key it is.", examples=["replicate"])
    label: str = Field(description="What you call it.", examples=["studio"])
    position: int = Field(description="From 1; the first active key of a provider is used.", examples=[1])
    status: Status = Field(
        description="`disabled` by you; `rate_limited` until it has rested; `exhausted` without credit or"
        " `error` when the provider did not take it: then replace it, or make it `active` again."
    )
    rests_until: datetime | None = Field(description="Until when it is passed over, if it is to rest.")
    error_count: int = Field(description="Calls that it failed since it was last made active.", examples=[0])
    last_four: str = Field(description="How it ends, to tell it from others.", examples=["9f3c"])
    created_at: datetime = Field(description="When it was left here.")
    replaced_at: datetime | None = Field(description="When it was last replaced.")
    last_used_at: datetime | None = Field(description="When a call last used it, to the minute.")


class NewKeyBody(Body):
    """A key to keep."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"provider": "replicate", "label": "studio", "key": SHAM_KEY}]}
    )
    AS_SENT: ClassVar[frozenset[str]] = frozenset({"key"})

    provider: Provider = Field(description="Whose key it is.")
    label: str = Field(min_length=1, max_length=LONGEST_LABEL, description="What to call it; one line.")
    key: SecretStr = Field(description=KEY_WORDS)


class KeyChange(Body):
    """What is to change; what is left out stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "disabled"}, {"position": 1}]})

    label: str | None = Field(
        default=None, min_length=1, max_length=LONGEST_LABEL, description="What to call it; one line."
    )
    status: Switched | None = Field(default=None, description="Whether it may be used.")
    position: int | None = Field(
        default=None, ge=1, le=MOST, description="Its place; behind the last one is the last place."
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.label is None and self.status is None and self.position is None:
            raise ValueError("send a label, a status or a position")
        return self


class ReplacementBody(Body):
    """The key that takes another one's place."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"key": SHAM_KEY}]})
    AS_SENT: ClassVar[frozenset[str]] = frozenset({"key"})

    key: SecretStr = Field(description=KEY_WORDS)


async def key_id(key_id: Annotated[str, Path(description="The key's id.", examples=[EXAMPLE_ID])]) -> str:
    """The key that the path names."""
    return read_id(key_id)


KeyId = Annotated[str, Depends(key_id)]


@router.post("", status_code=201, summary="Leave a provider key")
async def add_provider_key(body: NewKeyBody, house: HouseDep, user_id: UserDep) -> Answer[ProviderKeyView]:
    """The key is sealed for you and this provider, behind your others, and never shown again."""
    row = await house.provider_keys.add(user_id, provider=body.provider, label=body.label, key=body.key)
    return _shown(row, "The key is kept. Nobody can read it here any more, neither can you.")


@router.get("", summary="List your provider keys")
async def list_provider_keys(
    house: HouseDep,
    user_id: UserDep,
    provider: Annotated[Provider | None, Query(description="Of this provider only.")] = None,
) -> Answer[list[ProviderKeyView]]:
    """By provider, in the order in which they are tried; each with its last four characters."""
    rows = await house.provider_keys.listed(user_id, provider=provider)
    return Answer(data=[ProviderKeyView.model_validate(row) for row in rows])


@router.patch("/{key_id}", summary="Rename, move, enable or disable a provider key")
async def change_provider_key(
    key_id: KeyId, body: KeyChange, house: HouseDep, user_id: UserDep
) -> Answer[ProviderKeyView]:
    """A call that was sent already ends with the key that it was sent with."""
    row = await house.provider_keys.change(
        user_id, key_id, label=body.label, status=body.status, position=body.position
    )
    return _shown(row)


@router.put("/{key_id}/key", summary="Replace a provider key")
async def replace_provider_key(
    key_id: KeyId, body: ReplacementBody, house: HouseDep, user_id: UserDep
) -> Answer[ProviderKeyView]:
    """Label and place stay; the next call uses the new one, and the old one is gone."""
    row = await house.provider_keys.replace(user_id, key_id, key=body.key)
    return _shown(row, "The key is replaced. Revoke the old one at the provider.")


@router.delete("/{key_id}", summary="Delete a provider key")
async def delete_provider_key(key_id: KeyId, house: HouseDep, user_id: UserDep) -> Answer[None]:
    """It is gone for good, here; at the provider it goes on working until you revoke it there."""
    await house.provider_keys.remove(user_id, key_id)
    return Answer(data=None, message="The key is deleted. Revoke it at the provider, too.")


def _shown(row: dict[str, Any], message: str = "") -> Answer[ProviderKeyView]:
    return Answer(data=ProviderKeyView.model_validate(row), message=message)
