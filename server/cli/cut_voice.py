"""`greenlight cut voice ID "Words"`: a line that is spoken for a cut, and laid into it."""

from dataclasses import dataclass
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from server.cli.cut_lines import tell_change
from server.cli.running import run
from server.cli.seen import seen, storable
from server.composition import open_parts
from server.cuts.desk import CutDesk, OnDesk
from server.deps import LOCAL_USER, House, read_id
from server.problems import brief_incomplete
from server.sent_text import clean_text
from server.voiceovers.asking import VoiceDesk
from server.voiceovers.laying import check_frame, heard_with, laid
from server.voiceovers.voiceovers import Asked
from server.voiceovers.wish import Wish
from tools.settings import settings


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where it is laid; nowhere without a frame."""

    at: int | None
    captions: bool


def voice(
    production: Annotated[
        str, typer.Argument(metavar="ID", help="The production's id; `greenlight list` shows it.")
    ],
    text: Annotated[str, typer.Argument(help="What is said.")],
    voice: Annotated[str, typer.Option(help="A voice of the model; the narrator's without.")] = "",
    language: Annotated[str | None, typer.Option(help="en, es or pt-BR; the production's without.")] = None,
    model: Annotated[str, typer.Option(help="A voice model; the production's without.")] = "",
    expression: Annotated[str, typer.Option(help="How it is said, such as sad or happy.")] = "neutral",
    speed: Annotated[float, typer.Option(help="Times the usual pace, 0.5 to 2.")] = 1.0,
    take: Annotated[int, typer.Option(help="Another number has the same line spoken again.")] = 1,
    at: Annotated[int | None, typer.Option(min=0, help="Lay it into the cut at this frame.")] = None,
    captions: Annotated[bool, typer.Option(help="Write captions as well.")] = True,
    quote: Annotated[str | None, typer.Option(help="The price that you approve, by its id.")] = None,
) -> None:
    """Have a line spoken and keep it in the library; what has a price is only priced without --quote."""
    wish = read_wish(
        text=text, voice=voice, language=language, model=model, expression=expression, speed=speed, take=take
    )
    run(_spoken(read_id(production), wish, Place(at=at, captions=captions), quote))


def read_wish(**fields: Any) -> Wish:
    """What was typed as a line.

    Raises:
        BriefIncomplete: a field of it is wrong; each is named with its fix.
    """
    try:
        typed = {
            name: clean_text(storable(one)) if isinstance(one, str) else one for name, one in fields.items()
        }
        return Wish.model_validate(typed)
    except ValidationError as error:
        raise brief_incomplete(error) from error


def _typed(value: Any) -> Any:
    return clean_text(storable(value)) if isinstance(value, str) else value


async def _spoken(production: str, wish: Wish, place: Place, quote: str | None) -> None:
    async with open_parts(settings(), works=False) as parts:
        desk = VoiceDesk(house=parts.house, user_id=LOCAL_USER)
        plan = await desk.plan(production, wish)
        before = await _cut(parts.house, production, place)
        asked = await desk.ask(plan, quote_id=quote)
        if asked.spoken is None:
            typer.echo(f"{_who(asked)}: ${plan.price.dollars()}. Nothing was sent.")
            typer.echo(f"To buy it, say the same with --quote {plan.approval}")
            return
        media = asked.spoken.media
        typer.echo(
            f"{_who(asked)}: {media.duration_s or 0:.2f} s, billed ${asked.spoken.delivery.cost.dollars()}"
        )
        typer.echo(f"{asked.spoken.media_id}  {media.key}")
        if before is not None:
            await _laid(parts.house, asked, before, place)


async def _cut(house: House, production: str, place: Place) -> OnDesk | None:
    """Before anything is spoken: a frame that there is not is known then."""
    if place.at is None:
        return None
    found = await CutDesk(house, LOCAL_USER).open(production)
    check_frame(found.edited.timeline, place.at)
    return found


async def _laid(house: House, asked: Asked, before: OnDesk, place: Place) -> None:
    assert asked.spoken is not None and place.at is not None  # noqa: S101, PT018  # by the caller
    cut, production = before.edited.timeline, asked.plan.order.production_id
    operations = laid(asked.spoken, cut, at=place.at, captions=place.captions)
    beside = heard_with(asked.spoken, cut, at=place.at)
    done = await CutDesk(house, LOCAL_USER).edit(production, operations, seen=before.edited.version)
    tell_change(before, done)
    if beside:
        typer.echo(f"said at the same time: {seen(', '.join(beside))}")


def _who(asked: Asked) -> str:
    request, instead = asked.plan.request, asked.plan.route.stands_in_for
    told = f" (no key for {instead})" if instead else ""
    return f"{request.model}{told}, {request.voice_id}, {request.language}"
