"""A voice made in the editor (S5-112, S5-130): its price where it has one, then the line in the library."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Response
from pydantic import AfterValidator, ConfigDict, Field

from server.api.wire import ERRORS, Answer, Body, Wire
from server.cuts.desk import CutDesk
from server.deps import EXAMPLE_ID, House, HouseDep, UserDep, read_id
from server.limits.classes import counts_as
from server.limits.guard import COUNTED
from server.voiceovers.asking import VoiceDesk
from server.voiceovers.laying import check_frame, heard_with, laid
from server.voiceovers.voiceovers import Asked, Spoken
from server.voiceovers.wish import MOST_TAKES, Speed, Text, Wish, with_a_word
from state.edits import AddClip, Operation
from state.script import Expression, Language
from state.timeline import Frame, Timeline

router = APIRouter(prefix="/api/editor", tags=["editor"], responses=ERRORS, dependencies=COUNTED)
PATIENCE_S = 20.0
"""So long an answer waits for the line; then it says that it is being made."""
EXAMPLE_QUOTE = "3f1c9a0b5d7e2468ace01357"
OFFERED = "Nothing was sent. Send the same with this quoteId to buy it."
RUNNING = "It is being spoken. Send the same again to see how far it is: it is paid once."
MADE = "The line is in your library, with the tag `voiceover`."


class VoiceoverBody(Body):
    """A line, and the production whose cut it is for."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"productionId": EXAMPLE_ID, "text": "Nobody had opened the letter.", "at": 48}]
        }
    )

    production_id: Annotated[str, Field(max_length=100)] = Field(
        description="The production that it is for.", examples=[EXAMPLE_ID]
    )
    text: Annotated[Text, AfterValidator(with_a_word)] = Field(
        description="What is said, 2,000 characters at most.", examples=["Nobody had opened the letter."]
    )
    voice: str = Field(
        default="", max_length=100, examples=["en-hazel"],
        description="A voice of the model; the narrator's, or the first of the language, when left out.",
    )  # fmt: skip
    language: Language | None = Field(default=None, description="The production's when left out.")
    model: str = Field(
        default="", max_length=100, examples=["kokoro-82m"],
        description="A voice model; the production's when left out.",
    )  # fmt: skip
    expression: Expression = Field(default="neutral", description="How it is said.")
    speed: Speed = Field(default=1.0, description="Times the usual pace.", examples=[1.0])
    take: int = Field(
        default=1, ge=1, le=MOST_TAKES,
        description="Another number has the same line spoken again; it is paid again, too.",
    )  # fmt: skip
    at: Frame | None = Field(
        default=None, description="A frame of the cut: then `operations` lay the line there.", examples=[48]
    )
    captions: bool = Field(default=True, description="Whether these write captions, too.")
    quote_id: Annotated[str, Field(max_length=100)] | None = Field(
        default=None,
        description="The price that you approve; without it nothing that costs is bought.",
        examples=[EXAMPLE_QUOTE],
    )

    @property
    def wish(self) -> Wish:
        """The line."""
        return Wish.model_validate(self.model_dump(include=set(Wish.model_fields)))


class WordView(Wire):
    """When a word is said."""

    word: str = Field(description="As it is written.", examples=["letter."])
    start_s: float = Field(description="Seconds from the beginning of the sound.", examples=[1.2])
    end_s: float = Field(description="When it ends.", examples=[1.6])


class SpokenView(Wire):
    """The line as it lies in the library."""

    id: str = Field(description="Its id in the library.")
    key: str = Field(description="Its name in operations of a cut.")
    url: str = Field(description="A link that works for an hour.")
    mime: str = Field(description="What it is kept as.", examples=["audio/wav"])
    duration_seconds: float = Field(description="How long it is.", examples=[2.4])
    billed_usd: str = Field(description="What it was billed.", examples=["0.00"])
    words: list[WordView] = Field(description="When each word is said.")
    word_times: Literal["measured", "estimated"] = Field(
        description="Whether the voice's engine told that, or the words share the time by their letters."
    )


class VoiceoverView(Wire):
    """A line that was asked for."""

    state: Literal["offered", "running", "made"] = Field(
        description="`offered`: only priced. `running`: send the same again; nothing is paid twice."
    )
    production_id: str = Field(description="Whose it is.", examples=[EXAMPLE_ID])
    model: str = Field(description="Who speaks.", examples=["kokoro-82m"])
    stands_in_for: str = Field(description="The model that has no key here; empty where none is missing.")
    voice: str = Field(description="With which voice.", examples=["en-hazel"])
    language: Language = Field(description="In which language.")
    price_usd: str = Field(description="What it costs.", examples=["0.00"])
    quote_id: str = Field(description="What to approve, where it costs something.", examples=[EXAMPLE_QUOTE])
    spoken: SpokenView | None = Field(description="The line; null before it is made.")
    operations: list[dict[str, Any]] = Field(
        description="For `POST /api/productions/{production_id}/cut/operations`: they lay it at `at`."
    )
    heard_with: list[str] = Field(description="Lines of the cut that would be said at the same time.")


@router.post("/generate-voiceover", summary="Have a line spoken", responses={202: {"description": RUNNING}})
@counts_as("refine")
async def generate_voiceover(
    body: VoiceoverBody, house: HouseDep, user_id: UserDep, response: Response
) -> Answer[VoiceoverView]:
    """Have a line spoken and keep it in the library (201); while it is being spoken, 202.

    What costs nothing is made at once. What has a price is only priced (200) until the same is sent with its
    `quoteId`. It is an order of the production like any other: ceiling, budgets, stops and books hold. The
    same request again is the same line, and is never paid twice.
    """
    desk = VoiceDesk(house=house, user_id=user_id)
    production = read_id(body.production_id)
    plan = await desk.plan(production, body.wish)
    cut = await _cut(house, user_id, production, body.at)
    asked = await desk.ask(plan, quote_id=body.quote_id, patience_s=PATIENCE_S)
    response.status_code = {"offered": 200, "running": 202, "made": 201}[asked.state]
    told = {"offered": OFFERED, "running": RUNNING, "made": MADE}[asked.state]
    return Answer(data=_view(house, asked, cut, body), message=told)


async def _cut(house: House, user_id: str, production_id: str, at: int | None) -> Timeline | None:
    """Before anything is spoken: a frame that there is not is known then."""
    if at is None:
        return None
    found = await CutDesk(house, user_id).open(production_id)
    cut = found.edited.timeline
    check_frame(cut, at)
    return cut


def _view(house: House, asked: Asked, cut: Timeline | None, body: VoiceoverBody) -> VoiceoverView:
    plan, spoken, operations, beside = asked.plan, asked.spoken, list[Operation](), list[str]()
    if spoken is not None and cut is not None and body.at is not None:
        operations = laid(spoken, cut, at=body.at, captions=body.captions)
        beside = heard_with(spoken, cut, at=body.at)
    request = plan.request
    return VoiceoverView(
        state=asked.state, production_id=body.production_id, model=request.model, voice=request.voice_id,
        stands_in_for=plan.route.stands_in_for, language=request.language, price_usd=plan.price.dollars(),
        quote_id=plan.approval, spoken=None if spoken is None else _spoken_view(house, spoken),
        operations=[sent_as(one) for one in operations], heard_with=beside,
    )  # fmt: skip


def _spoken_view(house: House, spoken: Spoken) -> SpokenView:
    media = spoken.media
    return SpokenView(
        id=spoken.media_id, key=media.key, url=house.store.link(media.key), mime=media.mime,
        duration_seconds=media.duration_s or 0.0, billed_usd=spoken.delivery.cost.dollars(),
        words=[WordView(**word.model_dump()) for word in spoken.words], word_times=spoken.word_times,
    )  # fmt: skip


def sent_as(operation: Operation) -> dict[str, Any]:
    """An operation as a client would send it: files by their key, nothing that is usual."""
    plain: dict[str, Any] = operation.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    plain["op"] = type(operation).model_fields["op"].default
    if isinstance(operation, AddClip):
        plain["clip"]["media"] = {"key": operation.clip.media.key}
    return plain
