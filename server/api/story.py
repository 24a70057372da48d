"""What a production tells so far: its script with every panel and take, the notes, how far it is."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any, Self

from fastapi import APIRouter
from psycopg.rows import DictRow
from pydantic import Field

from server.api.productions import dollars
from server.api.wire import ERRORS, Answer, Wire
from server.deps import HouseDep, ProductionId, UserDep
from server.limits.guard import COUNTED
from server.records import productions
from server.records.story import StoryRows, read_story
from server.steps import Standing, StepState, steps_of
from state.cost import Quote
from state.events import EngineStoodIn, ModelStoodIn, ReferencesLeftOut
from state.script import Character, Line, Scene, Script, Shot

router = APIRouter(prefix="/api/productions", tags=["productions"], responses=ERRORS, dependencies=COUNTED)
SPOKEN = {event.name: event for event in (ModelStoodIn, EngineStoodIn, ReferencesLeftOut)}
"""Warnings that say themselves what people are told."""
Link = Callable[[str], str]


class StepView(Wire):
    """One step on the way to the master."""

    name: str = Field(description="script, budget, storyboard, scene-1, ..., master.")
    title: str = Field(description="What people call it.", examples=["Storyboard"])
    state: StepState = Field(description="done, working, waiting for a person, stopped or planned.")
    done: int = Field(default=0, description="How many of its parts are there.", examples=[5])
    total: int = Field(default=0, description="How many parts it has; 0 when that cannot be counted.")


class PictureView(Wire):
    """One version of a panel or a take."""

    number: int = Field(description="Which version; the first is 1.", examples=[2])
    state: str = Field(description="intent, submitted, done, failed or unknown.", examples=["done"])
    url: str | None = Field(description="A link that works for an hour, once there is a file.")
    mime: str = Field(default="", description="The file's type.", examples=["image/png"])
    width: int | None = Field(default=None, description="Pixels across.")
    height: int | None = Field(default=None, description="Pixels down.")
    duration_s: float | None = Field(default=None, description="Length in seconds.")
    billed: str = Field(description="Dollars paid for it.", examples=["0.00"])
    problem: str | None = Field(default=None, description="Why there is none.")
    at: datetime | None = Field(default=None, description="When it was there.")
    model: str = Field(default="", description="Who was asked for it.", examples=["luma-ray-2"])
    instead_of: str = Field(
        default="", description="The model that was wanted, where that could not be had.", examples=[""]
    )
    degraded: bool = Field(default=False, description="Whether it lacks something that was asked for.")

    @classmethod
    def of(cls, row: dict[str, Any], link: Link) -> Self:
        """An order as a picture."""
        media = row["media"] or {}
        facts = {name: media.get(name) for name in ("width", "height", "duration_s")}
        return cls(
            number=row["take_number"],
            state=row["state"],
            url=link(media["key"]) if media else None,
            mime=media.get("mime", ""),
            billed=dollars(row["cost_actual"]),
            problem=row["error_detail"] if row["state"] == "failed" else None,
            at=row["done_at"],
            model=row["model"],
            instead_of=row["instead_of"] or "",
            degraded=row["degraded"],
            **facts,
        )


class LineView(Wire):
    """One thing said."""

    speaker: str = Field(description="Who says it.")
    text: str = Field(description="What is said.")
    expression: str = Field(description="How.", examples=["tender"])
    voice_over: bool = Field(default=False, description="Whether it is heard over the picture.")

    @classmethod
    def of(cls, line: Line) -> Self:
        """A line of the script."""
        return cls.model_validate(line.model_dump())


class NoteView(Wire):
    """A person's decision that changed something, and what became of it."""

    item: str = Field(description="The slate or `budget`.", examples=["2A"])
    light: str = Field(description="YELLOW or RED.")
    note: str = Field(default="", description="The person's words.")
    changes: list[str] = Field(default_factory=list, description="What was changed because of it.")
    at: datetime = Field(description="When it was carried out.")


class ShotView(Wire):
    """One camera set-up with every version of its panel and its take."""

    slate: str = Field(description="Scene number and shot letter.", examples=["2A"])
    description: str = Field(description="What happens.")
    size: str = Field(description="How close the camera is.", examples=["close_up"])
    move: str = Field(description="What the camera does.", examples=["push_in"])
    duration_s: float = Field(description="Planned seconds.")
    lines: list[LineView] = Field(description="What is said.")
    panels: list[PictureView] = Field(description="Its panels, oldest first.")
    takes: list[PictureView] = Field(description="Its takes, oldest first.")


class SceneView(Wire):
    """One place and time."""

    number: int = Field(description="Which scene.")
    title: str = Field(description="What it is called.")
    summary: str = Field(description="What happens in it.")
    place: str = Field(description="Where.")
    time: str = Field(description="day, dusk or night.")
    mood: str = Field(description="How it feels.")
    continuity_notes: str = Field(description="What must stay true.")
    approved: bool = Field(description="Whether a person has let it pass.")
    reel_url: str | None = Field(description="Its takes joined with their voices, once it is shot.")
    shots: list[ShotView] = Field(description="Its shots in order.")


class CastView(Wire):
    """One person of the story."""

    name: str = Field(description="The name.")
    role: str = Field(description="Who this is.")
    wants: str = Field(description="What this person is after.")
    secret: str = Field(description="What nobody may know at first.")
    manner: str = Field(description="How this person speaks.")
    voice_id: str = Field(description="Whose voice.")

    @classmethod
    def of(cls, character: Character) -> Self:
        """A member of the cast."""
        return cls.model_validate(character.model_dump(exclude={"look"}))


class PlannedCostView(Wire):
    """The newest quote in sum."""

    quote_id: str = Field(description="The quote's id.")
    edition: str = Field(description="The price book's edition.", examples=["2025-10"])
    calls: int = Field(description="How many calls it plans.")
    total: str = Field(description="Dollars it will cost.", examples=["0.00"])
    ceiling: str = Field(description="Dollars it may cost at most.")
    would_have_cost: str = Field(
        description="Dollars on the models it is meant for, where an offline engine stands in."
    )

    @classmethod
    def of(cls, quote: Quote) -> Self:
        """A quote without its calls."""
        return cls(
            quote_id=quote.quote_id,
            edition=quote.edition,
            calls=len(quote.calls),
            total=dollars(quote.total.micros),
            ceiling=dollars(quote.ceiling.micros),
            would_have_cost=dollars(quote.would_have_cost.micros),
        )


class StoryView(Wire):
    """Everything there is to see; each part is empty until it is there."""

    title: str = Field(description="The episode's title.")
    logline: str = Field(description="The story in a sentence.")
    cast: list[CastView] = Field(description="Who is in it.")
    scenes: list[SceneView] = Field(description="The script, scene by scene.")
    steps: list[StepView] = Field(description="How far it is, from the script to the master.")
    doing: str = Field(description="What was last said about the work, in words.")
    notes: list[NoteView] = Field(description="Decisions that changed something, oldest first.")
    warnings: list[str] = Field(description="What went less well than planned.")
    refused: bool = Field(description="Whether the budget was refused, so that nothing is made.")
    quote: PlannedCostView | None = Field(description="The newest quote.")


@router.get("/{production_id}/story", summary="Read the story")
async def read_production_story(
    production_id: ProductionId, house: HouseDep, user_id: UserDep
) -> Answer[StoryView]:
    """The script with every panel and take so far, the notes, and how far each step is."""
    row = await productions.get_production(house.database, production_id, user_id=user_id)
    found = await read_story(house.database, production_id, user_id=user_id)
    return Answer(data=_story(row, found, house.store.link))


def _story(row: dict[str, Any], found: StoryRows, link: Link) -> StoryView:
    script = Script.model_validate(found.script) if found.script else None
    standing = Standing(
        status=row["status"], gate=row["gate"] if row["status"] == "paused" else None, refused=found.refused,
        script=script, planned_scenes=int(row["brief"].get("scenes_per_episode", 1)),
        told=found.told, pictures=found.orders,
    )  # fmt: skip
    return StoryView(
        title=script.title if script else row["title"],
        logline=script.logline if script else "",
        cast=[CastView.of(character) for character in script.cast] if script else [],
        scenes=[_scene(scene, found, link) for scene in script.scenes] if script else [],
        steps=[StepView(**asdict(step)) for step in steps_of(standing)],
        doing=next((one["payload"]["text"] for one in _named(found, "progress")[::-1]), ""),
        notes=[NoteView(**one["payload"], at=one["at"]) for one in _named(found, "note_applied")],
        warnings=_warnings(found),
        refused=found.refused,
        quote=PlannedCostView.of(Quote.model_validate(found.quote)) if found.quote else None,
    )


def _warnings(found: StoryRows) -> list[str]:
    """In their order, each once: a model that stands in answers many questions."""
    said = [_warning(one) for one in found.told if one["name"] in ("warning", *SPOKEN)]
    return list(dict.fromkeys(said))


def _warning(told: DictRow) -> str:
    event = SPOKEN.get(told["name"])
    return event.model_validate(told["payload"]).text if event else str(told["payload"]["text"])


def _scene(scene: Scene, found: StoryRows, link: Link) -> SceneView:
    reels = [one["payload"] for one in _named(found, "scene_done") if one["payload"]["scene"] == scene.number]
    approved = {one["payload"]["scene"] for one in _named(found, "scene_approved")}
    return SceneView(
        **scene.model_dump(
            include={"number", "title", "summary", "place", "time", "mood", "continuity_notes"}
        ),
        approved=scene.number in approved,
        reel_url=link(reels[-1]["media"]["key"]) if reels else None,
        shots=[_shot(shot, found, link) for shot in scene.shots],
    )


def _shot(shot: Shot, found: StoryRows, link: Link) -> ShotView:
    rows = [row for row in found.orders if row["item"] == str(shot.slate)]
    return ShotView(
        slate=str(shot.slate),
        description=shot.description,
        size=shot.staging.size,
        move=shot.staging.move,
        duration_s=shot.duration_s,
        lines=[LineView.of(line) for line in shot.lines],
        panels=[PictureView.of(row, link) for row in rows if row["stage"] == "storyboard"],
        takes=[PictureView.of(row, link) for row in rows if row["stage"] == "take"],
    )


def _named(found: StoryRows, name: str) -> list[dict[str, Any]]:
    return [row for row in found.told if row["name"] == name]
