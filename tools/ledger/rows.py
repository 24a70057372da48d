"""What goes into the ledger and what comes out of it, as values."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import BaseModel, BeforeValidator, Field, TypeAdapter

from state.cost import ZERO, Money
from state.media import MediaRef
from state.order import Delivery, EngineRequest, FailureKind, Order, OrderState, TextOrder
from state.tier import ModelTier
from tools.ledger.requests import request_hash

REQUESTS: TypeAdapter[EngineRequest] = TypeAdapter(EngineRequest)
OrderKind = Literal["engine", "text"]
NOTHING_BOUGHT = frozenset({"not_sent", "throttled", "auth", "no_credit"})
"""The request was not at fault either, so placing the order again may send it."""


class Claim(BaseModel, frozen=True):
    """An order as it is first written: its identity, its request and what it may cost."""

    call_key: str
    production_id: str
    """Empty where a user asks a language model outside any production."""
    user_id: str = ""
    """Who pays then; whose a production is, the database knows."""
    kind: OrderKind = "engine"
    stage: str
    item: str
    cause: str
    medium: str
    provider: str
    model: str
    request: dict[str, Any]
    price: Money = ZERO
    price_edition: str = ""
    prompt_digest: str = ""
    degraded: bool = False
    """Whether a stand-in that lacks something makes it."""
    paid: str = ""
    """Digest of everything about it that is paid; must have been approved where it has a price."""
    tier: ModelTier = "final"
    """Of the model; a draft buys nothing of the final tier."""
    sent_as: str = ""
    """The order of an ancestor that a branch collects: it was approved where it was sent."""

    @classmethod
    def of_order(
        cls, order: Order, *, price: Money, price_edition: str, prompt_digest: str, degraded: bool = False,
        paid: str = "", tier: ModelTier = "final",
    ) -> Self:  # fmt: skip
        """The claim of an engine's order."""
        return cls(
            **order.model_dump(include={"call_key", "production_id", "stage", "item", "cause"}),
            call_key=order.call_key,
            medium=order.request.medium,
            provider=order.request.provider,
            model=order.request.model,
            request=order.request.model_dump(mode="json"),
            price=price,
            price_edition=price_edition,
            prompt_digest=prompt_digest,
            degraded=degraded,
            paid=paid,
            tier=tier,
        )

    @classmethod
    def of_text(cls, order: TextOrder, *, tier: ModelTier = "final") -> Self:
        """The claim of a question to a text model."""
        return cls(
            **order.model_dump(include={"production_id", "stage", "item", "cause", "model", "prompt_digest"}),
            call_key=order.call_key,
            kind="text",
            medium="text",
            provider=order.provider,
            request=order.model_dump(mode="json", include={"agent", "model", "prompt"}),
            tier=tier,
        )

    @property
    def request_hash(self) -> str:
        """The digest that must not change under one key."""
        return request_hash(self.request)


class SentWith(NamedTuple):
    """By what an order knows the key again that it was sent with; nothing where it needs none."""

    key_id: str | None = None
    """Of a user's own key."""
    key_version: int | None = None
    key_mark: str | None = None
    """Of a key of the process."""


NO_KEY = SentWith()


class OrderRow(BaseModel, frozen=True):
    """One row of the ledger, as read at one moment."""

    call_key: str
    production_id: Annotated[str, BeforeValidator(lambda found: str(found or ""))]
    user_id: str
    kind: OrderKind
    stage: str
    item: str
    take_number: int
    medium: str = ""
    provider: str
    model: str
    request: dict[str, Any]
    request_hash: str
    state: OrderState
    owner_epoch: int
    attempt: int
    submit_deadline: datetime | None
    """While set, somebody may be sending; after it, nobody can be any more."""
    external_id: str | None
    key_id: Annotated[str | None, BeforeValidator(lambda found: found and str(found))] = None
    """The user's own key that it was sent with; None for that of the process, or none."""
    key_version: int | None = None
    key_mark: str | None = None
    """Tells the key of the process that it was sent with from another one; None where that is not known."""
    submitted_at: datetime | None = None
    webhook_token: str = Field(default="", repr=False)
    """Part of the address at which the provider may ring for this order: nobody else is told."""
    price_edition: str = ""
    cost_quoted: int
    cost_reserved: int = 0
    cost_actual: int
    cost_refunded: int = 0
    cost_unknown: int = 0
    media: dict[str, Any] | None
    result: dict[str, Any] | None
    seed: int | None
    degraded: bool
    paid: str = ""
    """Digest of everything about it that is paid, as it was placed."""
    elsewhere: bool = False
    """It came in an archive, and nothing was reserved for it here."""
    cancel_told_at: datetime | None = None
    """When its provider was told to stop the job, because its production had ended."""
    cancel_epoch: int | None = None
    """Under which epoch that was tried; None where nobody wants it stopped."""
    cancel_tries: int = 0
    """How often that was tried with this job; its production may have gone on since."""
    settled: dict[str, Any] | None = None
    """What a person decided when it was parked, and of which attempt."""
    error_kind: FailureKind | None
    error_detail: str | None
    adopted_from: str | None
    spared_micros: int = 0
    """What it would have cost, where a stored result answered it."""
    intent_at: datetime
    ask_since: datetime | None = None
    """While set, another place may have sent this since then: the provider is asked before it is sent."""
    deadline_in_s: float | None = None
    """Seconds until the deadline by the database's clock; negative when it has passed."""
    recorded_id: str | None = None
    """The id that the last attempt got, when only its audit line was written."""
    last_outcome: str | None = None
    """What is known of the last attempt: `sent` until something else is, `lost` when its answer was."""

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """Read a database row; columns that are not needed are left out."""
        return cls.model_validate(row)

    @property
    def sent_with(self) -> SentWith:
        """The key that it was sent with, as far as that is known."""
        return SentWith(self.key_id, self.key_version, self.key_mark)

    @property
    def may_be_sent(self) -> bool:
        """Whether placing it again may send it: nothing is on its way, and nothing bought or all stopped."""
        if self.state == "intent":
            return self.submit_deadline is None
        return self.state == "failed" and (self.error_kind in NOTHING_BOUGHT or self.called_off)

    @property
    def may_be_left(self) -> bool:
        """Whether it waits to be sent and nothing of it is anywhere, so that it can be done without."""
        return self.state == "intent" and self.may_be_sent and self.ask_since is None and not self.elsewhere

    @property
    def called_off(self) -> bool:
        """Whether its job died, or it was not sent, because its production was cancelled.

        One that goes on has it made.
        """
        ended = self.error_kind in ("transient_job", "not_sent")
        return self.state == "failed" and self.cancel_tries > 0 and ended

    @property
    def engine_request(self) -> EngineRequest:
        """The frozen request."""
        return REQUESTS.validate_python(self.request)

    def delivery(self, call_key: str = "") -> Delivery:
        """The finished order as a value, under another key where it answers a replay's."""
        return Delivery(
            call_key=call_key or self.call_key,
            take_number=self.take_number,
            provider=self.provider,
            model=self.model,
            media=MediaRef.model_validate(self.media),
            cost=Money(micros=self.cost_actual),
            seed=self.seed,
            degraded=self.degraded,
            extra=self.result or {},
        )
