"""Webhooks: other systems of yours are told when something happens (S5-152)."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from fastapi import APIRouter, Depends, Path, Query
from pydantic import ConfigDict, Field, field_validator, model_validator

from server.accounts.accounts import own_url
from server.api.wire import ERRORS, Answer, Body, Page, Turn, Wire, turn
from server.deps import EXAMPLE_ID, House, HouseDep, UserDep, read_id
from server.hooks.deliveries import DeliveryStatus
from server.hooks.facts import EVENT_TYPES, EventType
from server.hooks.messages import message_id, payload_of
from server.limits.guard import COUNTED
from tools.web.checked import LONGEST_URL

router = APIRouter(prefix="/api/webhooks", tags=["webhooks"], responses=ERRORS, dependencies=COUNTED)
EXAMPLE_URL = "https://hooks.example.org/greenlight"
SECRET = "Begins with `whsec_`. It signs every message; this is the only time that it is shown."  # noqa: S105 - words
URL_WORDS = "An https address that anybody on the internet can reach; it is checked again at each send."


class WebhookView(Wire):
    """An endpoint of yours, without its secret."""

    id: str = Field(description="Its id.", examples=[EXAMPLE_ID])
    url: str = Field(description="Where messages are sent.", examples=[EXAMPLE_URL])
    description: str = Field(description="What it is for.")
    events: list[EventType] = Field(description="What it is told of.")
    enabled: bool = Field(description="Whether anything is sent to it.")
    disabled_for: Literal["", "gone", "failing"] = Field(
        description="Why we switched it off: it answered 410 (`gone`), or nothing was taken for five days."
    )
    failures: int = Field(description="Attempts that failed since the last one that did not.", examples=[0])
    failing_since: datetime | None = Field(description="When the first of them was.")
    rests_until: datetime | None = Field(description="Until when nothing is sent, after several failures.")
    created_at: datetime = Field(description="When it was made; what happened before is not told.")
    updated_at: datetime = Field(description="When it last changed.")


class MadeWebhookView(WebhookView):
    """A new endpoint."""

    secret: str = Field(description=SECRET)


class RotatedView(Wire):
    """A new secret for an endpoint."""

    secret: str = Field(description=SECRET)
    old_one_signs_until: datetime = Field(
        description="Until then every message carries two signatures: of this secret and of the one before."
    )


class AttemptView(Wire):
    """One time that a message was sent."""

    number: int = Field(description="From 1.", examples=[1])
    at: datetime = Field(description="When it was begun.")
    ended_at: datetime | None = Field(description="When it was over; nothing if the process died over it.")
    status_code: int | None = Field(description="What was answered.", examples=[200])
    problem: str = Field(description="Why it was not delivered.")
    answer: str = Field(description="The first kilobyte of the answer, without what looks like a secret.")


class WebhookDeliveryView(Wire):
    """A message to an endpoint, and what became of it."""

    id: str = Field(description="Its id here.", examples=[EXAMPLE_ID])
    webhook_id: str = Field(description="The header `webhook-id`: the same for every attempt.")
    type: str = Field(description="What it tells.", examples=["gate.waiting"])
    production_id: str | None = Field(description="Of which production.")
    status: DeliveryStatus = Field(
        description="`waiting` to be sent, `delivered`, `failed` after the last try, or `dropped` unsent."
    )
    outcome: str = Field(description="Why it was not delivered.")
    attempts: int = Field(description="How often it was sent.", examples=[1])
    on_its_way: bool = Field(description="Whether it is being sent at this moment.")
    status_code: int | None = Field(description="The last answer.", examples=[200])
    next_at: datetime | None = Field(description="When it is tried again; nothing means at once, or never.")
    happened_at: datetime = Field(description="When what it tells of happened.")
    created_at: datetime = Field(description="When it was written down.")
    ended_at: datetime | None = Field(description="When it was delivered or given up.")


class WebhookDeliveryDetail(WebhookDeliveryView):
    """The same with what it says and every attempt."""

    payload: dict[str, Any] = Field(description="The message's body.")
    tries: list[AttemptView] = Field(description="Every attempt, oldest first.")


class NewWebhookBody(Body):
    """An endpoint to be told."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"url": EXAMPLE_URL, "description": "our chat", "events": ["gate.waiting"]}]
        }
    )

    url: str = Field(max_length=LONGEST_URL, description=URL_WORDS)
    description: str = Field(default="", max_length=200, description="What it is for.")
    events: list[EventType] = Field(
        default=list(EVENT_TYPES),
        min_length=1,
        max_length=20,
        description="What it is told of; all if left out.",
    )


class WebhookChange(Body):
    """What is to change; what is left out stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"enabled": False}, {"events": ["run.ended"]}]})

    url: str | None = Field(default=None, max_length=LONGEST_URL, description=URL_WORDS)
    description: str | None = Field(default=None, max_length=200, description="What it is for.")
    events: list[EventType] | None = Field(
        default=None, min_length=1, max_length=20, description="What it is told of from now on."
    )
    enabled: bool | None = Field(
        default=None,
        description="False: nothing more is sent, and what waits is dropped. True: a new chance.",
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("send a url, a description, events or enabled")
        return self

    @field_validator("url", "description", "events", "enabled")
    @classmethod
    def _not_null(cls, value: Any) -> Any:
        if value is None:
            raise ValueError("leave it out to keep it as it is")
        return value


async def endpoint_id(
    endpoint_id: Annotated[str, Path(description="The webhook's id.", examples=[EXAMPLE_ID])],
) -> str:
    """The endpoint that the path names."""
    return read_id(endpoint_id)


async def delivery_id(
    delivery_id: Annotated[str, Path(description="The delivery's id.", examples=[EXAMPLE_ID])],
) -> str:
    """The delivery that the path names."""
    return read_id(delivery_id)


EndpointId = Annotated[str, Depends(endpoint_id)]
DeliveryId = Annotated[str, Depends(delivery_id)]


@router.post("", status_code=201, summary="Make a webhook")
async def add_webhook(body: NewWebhookBody, house: HouseDep, user_id: UserDep) -> Answer[MadeWebhookView]:
    """From now on what happens is sent there, signed with a secret that is shown this once."""
    row, secret = await house.webhooks.endpoints.add(
        user_id, url=body.url, description=body.description, events=body.events
    )
    made = MadeWebhookView.model_validate({**row, "secret": secret.get_secret_value()})
    return Answer(data=made, message="Keep the secret now: it cannot be shown again.")


@router.get("", summary="List your webhooks")
async def list_webhooks(house: HouseDep, user_id: UserDep) -> Answer[list[WebhookView]]:
    """All of them, oldest first."""
    rows = await house.webhooks.endpoints.listed(user_id)
    return Answer(data=[WebhookView.model_validate(row) for row in rows])


@router.get("/{endpoint_id}", summary="Read a webhook")
async def read_webhook(endpoint_id: EndpointId, house: HouseDep, user_id: UserDep) -> Answer[WebhookView]:
    """How it is set and how it does."""
    row = await house.webhooks.endpoints.read(user_id, endpoint_id)
    return Answer(data=WebhookView.model_validate(row))


@router.patch("/{endpoint_id}", summary="Change a webhook, or switch it off or on")
async def change_webhook(
    endpoint_id: EndpointId, body: WebhookChange, house: HouseDep, user_id: UserDep
) -> Answer[WebhookView]:
    """A message that is on its way goes to where it was going."""
    row = await house.webhooks.endpoints.change(
        user_id, endpoint_id, url=body.url, description=body.description, events=body.events,
        enabled=body.enabled,
    )  # fmt: skip
    return Answer(data=WebhookView.model_validate(row), message="Changed.")


@router.delete("/{endpoint_id}", summary="Delete a webhook")
async def delete_webhook(endpoint_id: EndpointId, house: HouseDep, user_id: UserDep) -> Answer[None]:
    """With its secret and the list of what was sent; what waits is not sent any more."""
    await house.webhooks.endpoints.remove(user_id, endpoint_id)
    return Answer(data=None, message="The webhook is deleted.")


@router.post("/{endpoint_id}/rotate", summary="Give a webhook a new secret")
async def rotate_webhook(endpoint_id: EndpointId, house: HouseDep, user_id: UserDep) -> Answer[RotatedView]:
    """The old one signs along for a day, so that its receiver can be changed meanwhile."""
    secret, until = await house.webhooks.endpoints.rotate(user_id, endpoint_id)
    return Answer(
        data=RotatedView(secret=secret.get_secret_value(), old_one_signs_until=until),
        message="Keep the secret now: it cannot be shown again.",
    )


@router.post("/{endpoint_id}/test", status_code=202, summary="Send a test message")
async def test_webhook(
    endpoint_id: EndpointId, house: HouseDep, user_id: UserDep
) -> Answer[WebhookDeliveryView]:
    """A message of type `webhook.test`, sent by a worker like every other one; its id says how it went."""
    row = await house.webhooks.send_test(user_id, endpoint_id)
    return Answer(data=_delivery(row), message="It is sent by the next free worker.")


@router.get("/{endpoint_id}/deliveries", summary="List what was sent to a webhook")
async def list_deliveries(
    endpoint_id: EndpointId,
    house: HouseDep,
    user_id: UserDep,
    page: Annotated[Turn, Depends(turn)],
    status: Annotated[DeliveryStatus | None, Query(description="Only those of this status.")] = None,
) -> Page[WebhookDeliveryView]:
    """Newest first; what is over is kept for 30 days."""
    rows, total = await house.webhooks.listed(
        user_id, endpoint_id, status=status, limit=page.limit, offset=page.offset
    )
    return Page(data=[_delivery(row) for row in rows], pagination=page.of(total))


@router.get("/{endpoint_id}/deliveries/{delivery_id}", summary="Read a delivery with its attempts")
async def read_delivery(
    endpoint_id: EndpointId, delivery_id: DeliveryId, house: HouseDep, user_id: UserDep
) -> Answer[WebhookDeliveryDetail]:
    """What it says, when it was sent, what was answered."""
    return Answer(data=_detail(house, await house.webhooks.read(user_id, endpoint_id, delivery_id)))


@router.post(
    "/{endpoint_id}/deliveries/{delivery_id}/resend", status_code=202, summary="Send a delivery once more"
)
async def resend_delivery(
    endpoint_id: EndpointId, delivery_id: DeliveryId, house: HouseDep, user_id: UserDep
) -> Answer[WebhookDeliveryView]:
    """Under the same `webhook-id`: a receiver that has it already can tell."""
    row = await house.webhooks.send_again(user_id, endpoint_id, delivery_id)
    return Answer(data=_delivery(row), message="It is sent by the next free worker.")


def _delivery(row: dict[str, Any]) -> WebhookDeliveryView:
    return WebhookDeliveryView.model_validate(_named(row))


def _detail(house: House, row: dict[str, Any]) -> WebhookDeliveryDetail:
    payload = payload_of({**row}, console=own_url(house.settings))
    return WebhookDeliveryDetail.model_validate({**_named(row), "payload": payload})


def _named(row: dict[str, Any]) -> dict[str, Any]:
    on_its_way = bool(row["on_its_way"]) and row["status"] == "waiting"
    return {**row, "webhook_id": message_id(row["id"]), "on_its_way": on_its_way}
