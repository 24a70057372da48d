"""`greenlight cut ID`: the cut of a production, and what is done to it."""

import json
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Column, Table

from server.cli.running import run
from server.cli.seen import seen, storable
from server.composition import open_parts
from server.cuts.desk import CutDesk, OnDesk
from server.deps import LOCAL_USER, read_id
from state import edits
from state.errors import EditRefused
from state.timeline import Clip, Timeline
from tools.cuts.book import Version
from tools.cuts.pieces import pieces_of, starts_of
from tools.settings import settings

app = typer.Typer(help="Look at the cut of a production, and edit it.", no_args_is_help=True)
NAME = "cut"
Production = Annotated[
    str, typer.Argument(metavar="ID", help="The production's id; `greenlight list` shows it.")
]
Count = Annotated[int, typer.Option(min=1, max=1000, help="How many edits.")]


@app.command("show")
def show(
    production: Production,
    version: Annotated[int | None, typer.Option(min=1, help="As it was at this version.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole cut as JSON.")] = False,
) -> None:
    """Show every clip with its id, where it begins and how long it is; frames of the cut."""
    found = run(_with(production, lambda desk, one: desk.open(one, version=version)))
    if as_json:
        typer.echo(json.dumps(found.edited.timeline.model_dump(mode="json"), ensure_ascii=False, indent=2))
        return
    tell(found)


@app.command("edit")
def edit(
    production: Production,
    operation: Annotated[
        str, typer.Argument(help="What to do, such as trim_clip; `greenlight cut operations` lists all.")
    ],
    fields: Annotated[
        list[str] | None,
        typer.Argument(metavar="FIELD=VALUE", help="Such as clip=c2 head=12; a value may be JSON."),
    ] = None,
) -> None:
    """Do one thing to it. Nothing is rendered or paid by it, and everything can be undone."""
    made = read_operation(operation, fields or [])
    tell(run(_with(production, lambda desk, one: desk.edit(one, [made]))))


@app.command("undo")
def undo(production: Production, count: Count = 1) -> None:
    """Take edits back."""
    tell(run(_with(production, lambda desk, one: desk.undo(one, count=count))))


@app.command("redo")
def redo(production: Production, count: Count = 1) -> None:
    """Do again what was taken back."""
    tell(run(_with(production, lambda desk, one: desk.redo(one, count=count))))


@app.command("restore")
def restore(
    production: Production, version: Annotated[int, typer.Argument(min=1, help="Which version.")]
) -> None:
    """Bring a version back, as a new one."""
    tell(run(_with(production, lambda desk, one: desk.restore(one, version))))


@app.command("take-over")
def take_over(production: Production) -> None:
    """Take over what the production has assembled since, after a RED for instance."""
    tell(run(_with(production, lambda desk, one: desk.take_over(one))))


@app.command("versions")
def versions(
    production: Production, limit: Annotated[int, typer.Option(min=1, max=1000, help="How many.")] = 50
) -> None:
    """List everything that was done to it, newest first."""

    async def read(desk: CutDesk, one: str) -> tuple[list[Version], int]:
        await desk.open(one)
        return await desk.book.versions(one, user_id=LOCAL_USER, limit=limit)

    found, total = run(_with(production, read))
    table = Table("version", "of", "when", "by", Column("what", overflow="fold"), box=None)
    for line in found:
        what = line.kind if line.operation is None else said(line.operation)
        parent = "" if line.parent is None else str(line.parent)
        table.add_row(str(line.version), parent, f"{line.at:%Y-%m-%d %H:%M}", seen(line.by), seen(what))
    Console(highlight=False).print(table, f"{len(found)} of {total}")


@app.command("operations")
def operations() -> None:
    """List every operation with its fields."""
    for kind in sorted(edits.Operation.__subclasses__(), key=lambda one: one.__name__):
        names = [name for name in kind.model_fields if name != "op"]
        typer.echo(f"{kind.model_fields['op'].default}: {', '.join(names)}")
        typer.echo(f"  {(kind.__doc__ or '').splitlines()[0]}")


async def _with(production: str, do: Any) -> Any:
    one = read_id(production)
    async with open_parts(settings(), works=False) as parts:
        return await do(CutDesk(parts.house, LOCAL_USER), one)


def read_operation(name: str, fields: list[str]) -> edits.Operation:
    """What was typed as an operation.

    Raises:
        EditRefused: there is no such operation, or a field of it is wrong.
    """
    given: dict[str, Any] = {"op": name}
    for field in fields:
        key, found, value = field.partition("=")
        if not found:
            raise EditRefused(
                f"{field!r} is no field with a value.", user_action="Write it as FIELD=VALUE.",
                details={"field": field},
            )  # fmt: skip
        given[storable(key)] = _value(storable(value))
    try:
        operation: edits.Operation = edits.OPERATIONS.validate_python(given)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"] if part != name) or "op"
        ways = "`greenlight cut operations` lists all with their fields."
        raise EditRefused(f"{field}: {first['msg']}.", user_action=ways, details={"field": field}) from error
    return operation


def _value(text: str) -> Any:
    """A number, a truth, an object or a list as JSON; any other text as it stands."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def tell(found: OnDesk) -> None:
    """The cut as a table."""
    cut, edited = found.edited.timeline, found.edited
    table = Table("track", "id", "clip", "from", "frames", "", box=None)
    for row in rows_of(cut):
        table.add_row(*(seen(one) for one in row))
    more = [name for name, is_so in (("undo", edited.can_undo), ("redo", edited.can_redo)) if is_so]
    ways = f" ({', '.join(more)} possible)" if more else ""
    length = f"{cut.length} frames, {cut.duration_s:.2f} s at {cut.fps} fps"
    Console(highlight=False).print(table, f"version {edited.version}{ways}: {length}")
    if found.outdated:
        typer.echo("the production was cut anew since: `greenlight cut take-over` takes that over")


def rows_of(cut: Timeline) -> list[tuple[str, str, str, str, str, str]]:
    """Track, id, name, first frame, frames and what is special, of every clip and all that is written."""
    rows = []
    for track in cut.tracks:
        pieces = pieces_of(track)
        for start, piece in zip(starts_of(pieces), pieces, strict=True):
            if isinstance(piece.item, Clip):
                rows.append(
                    (
                        track.name,
                        piece.id,
                        piece.item.name,
                        str(start),
                        str(piece.length),
                        _special(piece.item),
                    )
                )
    rows += [
        ("captions", one.id, one.text.replace("\n", " / "), str(round(one.start_s * cut.fps)),
         str(round((one.end_s - one.start_s) * cut.fps)), one.speaker)
        for one in cut.captions
    ]  # fmt: skip
    rows += [
        ("overlays", one.id, one.text or one.kind, str(one.start), str(one.length or ""), one.kind)
        for one in cut.overlays
    ]
    return [*rows, *(("markers", one.id, one.name, str(one.at), "", one.comment) for one in cut.markers)]


def _special(clip: Clip) -> str:
    told = [
        f"{clip.speed:g} x" if clip.speed != 1 else "", f"{clip.gain_db:+g} dB" if clip.gain_db else "",
        "muted" if clip.muted else "", "cropped" if clip.crop else "",
        "framed" if clip.focus else "",
        ", ".join(effect.name for effect in clip.effects if effect.on),
    ]  # fmt: skip
    return ", ".join(one for one in told if one)


def said(operation: edits.Operation) -> str:
    """An operation as it would be typed; what was left out is left out."""
    plain = operation.model_dump(mode="json", exclude_defaults=True, exclude={"op"})
    name = type(operation).model_fields["op"].default
    return " ".join([name, *(f"{key}={_typed(value)}" for key, value in plain.items())])


def _typed(value: Any) -> str:
    if isinstance(value, str):
        return value if " " not in value else json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict) and isinstance(value.get("media"), dict):
        value = value | {"media": value["media"]["key"]}
    return json.dumps(value, ensure_ascii=False)
