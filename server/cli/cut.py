"""`greenlight cut ID`: the cut of a production, and what is done to it."""

import json
from collections.abc import Awaitable, Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Column, Table

from server.cli.cut_lines import said, tell, tell_change
from server.cli.cut_voice import voice
from server.cli.running import run
from server.cli.seen import seen, storable
from server.composition import open_parts
from server.cuts.desk import CutDesk, OnDesk
from server.cuts.package import CutPackages, Imported
from server.deps import LOCAL_USER, read_id
from state import edits
from state.errors import EditRefused
from tools.cuts.book import Version
from tools.interchange.package import Packaged
from tools.settings import settings

app = typer.Typer(help="Look at the cut of a production, and edit it.", no_args_is_help=True)
NAME = "cut"
T = TypeVar("T")
Production = Annotated[
    str, typer.Argument(metavar="ID", help="The production's id; `greenlight list` shows it.")
]
Count = Annotated[int, typer.Option(min=1, max=1000, help="How many edits.")]


class Form(StrEnum):
    """What editing programs read."""

    otio = "otio"
    fcpxml = "fcpxml"
    edl = "edl"


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
    _change(production, lambda desk, one: desk.edit(one, [made]))


@app.command("undo")
def undo(production: Production, count: Count = 1) -> None:
    """Take edits back."""
    _change(production, lambda desk, one: desk.undo(one, count=count))


@app.command("redo")
def redo(production: Production, count: Count = 1) -> None:
    """Do again what was taken back."""
    _change(production, lambda desk, one: desk.redo(one, count=count))


@app.command("restore")
def restore(
    production: Production, version: Annotated[int, typer.Argument(min=1, help="Which version.")]
) -> None:
    """Bring a version back, as a new one."""
    _change(production, lambda desk, one: desk.restore(one, version))


@app.command("take-over")
def take_over(production: Production) -> None:
    """Take over what the production has assembled since, after a RED for instance."""
    _change(production, lambda desk, one: desk.take_over(one))


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


@app.command("package")
def package(
    production: Production,
    to: Annotated[Path, typer.Option(help="The folder to write; it must not be there yet.")],
    formats: Annotated[
        list[Form] | None, typer.Option("--format", help="otio, fcpxml or edl; all where nothing is said.")
    ] = None,
    version: Annotated[int | None, typer.Option(min=1, help="As it was at this version.")] = None,
) -> None:
    """Write it for editing programs, as OTIO, FCPXML and EDL, with its media beside it."""

    async def write(packages: CutPackages, one: str) -> Packaged:
        return await packages.write(one, [form.value for form in formats or ()], to, version=version)

    made = run(_packages(production, write))
    typer.echo(f"{made.folder}: {len(made.files)} files")
    for line in (line for lines in made.left_out.values() for line in lines):
        typer.echo(f"  {line}")
    for missing in made.missing:
        typer.echo(f"  missing: {missing.path}")


@app.command("import")
def take_in(
    production: Production,
    file: Annotated[Path, typer.Argument(help="The OTIO file that an editing program has written.")],
) -> None:
    """Take a cut back from an editing program: what was changed there becomes the next version."""
    try:
        text = file.read_bytes()
    except OSError as exc:
        raise EditRefused(
            f"{file} cannot be read: {exc.strerror}.",
            user_action="Name an OTIO file.",
            details={"field": "file"},
        ) from exc

    async def read(packages: CutPackages, one: str) -> tuple[OnDesk, Imported]:
        return await packages.desk.open(one), await packages.take_in(one, text)

    before, done = run(_packages(production, read))
    tell_change(before, done.on_desk)
    for note in done.notes:
        typer.echo(note)


app.command("voice")(voice)


@app.command("operations")
def operations() -> None:
    """List every operation with its fields."""
    for kind in sorted(edits.Operation.__subclasses__(), key=lambda one: one.__name__):
        names = [name for name in kind.model_fields if name != "op"]
        typer.echo(f"{kind.model_fields['op'].default}: {', '.join(names)}")
        typer.echo(f"  {(kind.__doc__ or '').splitlines()[0]}")


def _change(production: str, do: Callable[[CutDesk, str], Awaitable[OnDesk]]) -> None:
    """Do it, and say what is otherwise now."""

    async def both(desk: CutDesk, one: str) -> tuple[OnDesk, OnDesk]:
        return await desk.open(one), await do(desk, one)

    tell_change(*run(_with(production, both)))


async def _packages(production: str, do: Callable[[CutPackages, str], Awaitable[T]]) -> T:
    one = read_id(production)
    async with open_parts(settings(), works=False) as parts:
        return await do(CutPackages(parts.house, LOCAL_USER), one)


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
