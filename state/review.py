"""The one review gate of all graphs: what is asked and what may be answered.

GREEN keeps, YELLOW edits with a note, RED makes a new one with another seed.
The request travels as an interrupt's value, the reply as its resume value.
"""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

from state.brief import Words
from state.cost import Money, Quote
from state.media import MediaRef
from state.take import Edge

GateName = Literal["approve_budget", "review_storyboard", "review_scene", "approve_delivery"]
OwnFrame = Annotated[str | None, Field(max_length=300)]
DELIVERY, REPORT = "delivery", "report"
"""The items of the gate that asks about a master that failed its check: only the first is decided."""


class TrafficLight(StrEnum):
    """A person's decision about one item."""

    GREEN = "GREEN"
    YELLOW = "YELLOW"
    RED = "RED"


class ReviewItem(BaseModel, frozen=True):
    """One thing to look at and decide."""

    item: str
    """The key an answer names: `budget`, a slate such as `2A`, `scene-2`."""
    title: str
    text: str = ""
    media: MediaRef | None = None
    given: bool = False
    """A person brought this; it was not generated."""
    mark: str = ""
    """Who has made it, where that is not who was to; and what it lacks."""
    price_of_change: Money | None = None
    """What YELLOW or RED would cost; answering so approves that price."""
    prices: dict[TrafficLight, Money] = Field(default_factory=dict)
    """What each light costs as planned: GREEN sets going what the budget approved, YELLOW and RED buy anew.
    Empty in what was asked before there were such prices; a light that is not here is asked about first."""
    prices_at_most: dict[TrafficLight, Money] = Field(default_factory=dict)
    """What each of them may become: no more is booked without another approval."""


class ReviewRequest(BaseModel, frozen=True):
    """What a gate asks. Interrupt ids change, so `gate` and `round` say which question this is."""

    gate: GateName
    round: int = 1
    """Counts how often this gate has asked in this production."""
    title: str
    question: str
    items: list[ReviewItem]
    animatic: MediaRef | None = None
    """The storyboard as a film: panels timed to the script, with slates."""
    quote: Quote | None = None
    choices: list[str] = Field(default_factory=list)
    why: str = ""
    """Why this is asked again, where something that was answered before does not hold any more."""


class ItemReply(BaseModel, frozen=True, extra="forbid"):
    """The decision about one item."""

    light: TrafficLight
    note: Words = Field(default="", max_length=2000)
    """With YELLOW: what should change; a frame says it, too."""
    first_frame: OwnFrame = None
    """The key of a picture that the shot's take shall begin with; empty takes it away again."""
    last_frame: OwnFrame = None
    """The same for its end."""
    model_override: str | None = None
    """Make this item on another model from now on (S1-40, S1-48)."""
    parameters_override: dict[str, str | int | float | bool] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _yellow_needs_words(self) -> Self:
        brings = self.first_frame is not None or self.last_frame is not None
        if self.light is TrafficLight.YELLOW and not self.note.strip() and not brings:
            raise ValueError("YELLOW needs a note that says what should change")
        if self.light is TrafficLight.GREEN and brings:
            raise ValueError("GREEN keeps what is there; send first_frame and last_frame with YELLOW or RED")
        return self


class ReviewReply(BaseModel, frozen=True, extra="forbid"):
    """The answer to a gate: one decision per item, or everything approved at once."""

    approve_all: bool = False
    items: dict[str, ItemReply] = Field(default_factory=dict)
    quote_id: str | None = None
    """The quote that is approved; needed where the gate shows one."""
    signed_by: Words = Field(default="", max_length=200)
    """The name of whoever takes it on themselves; needed to deliver what failed its check."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.approve_all and not self.items:
            raise ValueError("answer with approve_all or with a decision in items")
        return self

    def light_of(self, item: str) -> TrafficLight:
        """The decision about one item; an item that is not named is kept when all are approved."""
        if item in self.items:
            return self.items[item].light
        return TrafficLight.GREEN


class Note(BaseModel, frozen=True):
    """A person's note that an agent has to act on."""

    item: str
    light: TrafficLight
    text: str = ""
    cause: str = "first"
    """Task id of the gate that was answered so: the cause of every order that follows from it."""
    model_override: str | None = None
    parameters_override: dict[str, str | int | float | bool] = Field(default_factory=dict)
    first_frame: str | None = None
    """The key of a picture for the take to begin with, empty for none; None where nothing is said of it."""
    last_frame: str | None = None

    @property
    def frames(self) -> dict[Edge, str]:
        """What is said of the frames, by edge."""
        said: dict[Edge, str | None] = {"first": self.first_frame, "last": self.last_frame}
        return {edge: key for edge, key in said.items() if key is not None}

    @property
    def only_frames(self) -> bool:
        """Whether nothing but frames is to change."""
        others = self.text.strip() or self.model_override is not None or self.parameters_override
        return self.light is TrafficLight.YELLOW and bool(self.frames) and not others


def notes_of(request: ReviewRequest, reply: ReviewReply, *, cause: str) -> list[Note]:
    """Everything this reply wants changed, in the order of the request."""
    changed = [(item.item, reply.items[item.item]) for item in request.items if item.item in reply.items]
    return [
        Note(item=item, light=answer.light, text=answer.note, cause=cause,
             model_override=answer.model_override, parameters_override=answer.parameters_override,
             first_frame=answer.first_frame, last_frame=answer.last_frame)
        for item, answer in changed
        if answer.light is not TrafficLight.GREEN
    ]  # fmt: skip


def refusal(request: ReviewRequest, reply: ReviewReply) -> str | None:
    """Why this reply does not answer this request, in one sentence; None when it does."""
    if request.gate == "approve_delivery":
        return _delivery_refusal(reply)
    known = {item.item for item in request.items}
    if request.gate != "review_scene" and (frame := _frame_brought(reply)):
        return f"items.{frame}: frames are brought for takes; send them where the scene is reviewed"
    unknown = sorted(set(reply.items) - known)
    if unknown:
        return f"items: {', '.join(unknown)} is not asked about here; known are {', '.join(sorted(known))}"
    if (
        not reply.approve_all
        and (missing := sorted(known - set(reply.items)))
        and _each_needs_a_light(request)
    ):
        return f"items: no decision about {', '.join(missing)}; decide each or add approve_all for the rest"
    return _quote_refusal(request, reply)


def _frame_brought(reply: ReviewReply) -> str:
    """The field of the first frame of a reply; empty where it brings none."""
    named = ((f"{item}.first_frame", one.first_frame) for item, one in reply.items.items())
    other = ((f"{item}.last_frame", one.last_frame) for item, one in reply.items.items())
    return next((field for field, key in [*named, *other] if key is not None), "")


def _delivery_refusal(reply: ReviewReply) -> str | None:
    """Nobody delivers what failed by approving everything: it takes a name and a reason."""
    answer = reply.items.get(DELIVERY)
    if answer is None or set(reply.items) != {DELIVERY} or answer.light is TrafficLight.YELLOW:
        return f"items: answer GREEN or RED about {DELIVERY} by name, and about nothing else"
    if answer.light is TrafficLight.GREEN and not answer.note.strip():
        return f"items.{DELIVERY}.note: say why it is delivered although it failed its check"
    if answer.light is TrafficLight.GREEN and not reply.signed_by.strip():
        return "signed_by: who delivers what failed its check signs with their name"
    return None


def _each_needs_a_light(request: ReviewRequest) -> bool:
    """A scene is one decision with optional ones about its shots; everything else is decided item by item."""
    return request.gate != "review_scene"


def _quote_refusal(request: ReviewRequest, reply: ReviewReply) -> str | None:
    approves = reply.approve_all or reply.light_of("budget") is TrafficLight.GREEN
    if request.quote is None or not approves or reply.quote_id == request.quote.quote_id:
        return None
    if reply.quote_id is None and request.quote.is_free:
        return None
    return f"quote_id: this gate shows quote {request.quote.quote_id}; approve that one"
