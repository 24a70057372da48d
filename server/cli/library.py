"""`greenlight media list` and what else is done with items of the library."""

import json
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal, TypeVar

import typer
from pydantic import TypeAdapter, ValidationError
from rich.console import Console
from rich.table import Column, Table

from server.cli.running import run
from server.cli.seen import escape, seen, storable
from server.composition import open_parts
from server.deps import LOCAL_USER, House, read_id
from server.library.looking import look_at_new
from server.library.removal import delete_item
from server.library.sync import Synced, sync_library
from server.library.tags import Tag
from server.records import media_rows
from tools.settings import settings

T = TypeVar("T")
TAGS = TypeAdapter(list[Tag])
STOPPED = "stopped; what was done stays done, and the same command goes on"
AT_ONCE = 20
Item = Annotated[str, typer.Argument(metavar="ID", help="The item's id; `greenlight media list` shows it.")]
Items = Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of items.")]
Tags = Annotated[list[str], typer.Option("--tag", "-t", help="A tag; say it again for more.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to `greenlight media`."""
    for name, command in (
        ("list", list_items), ("search", search), ("show", show), ("tag", tag), ("untag", untag),
        ("sync", sync), ("delete", delete),
    ):  # fmt: skip
        app.command(name)(command)


def list_items(
    kind: Annotated[media_rows.LibraryType | None, typer.Option("--type", help="Only this type.")] = None,
    tags: Tags = [],  # noqa: B006  # typer makes a new one
    production: Annotated[str, typer.Option(help="Only what this production made.")] = "",
    sort: Annotated[Literal["date", "name", "size"], typer.Option(help="In which order.")] = "date",
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
) -> None:
    """List your pictures, clips, sounds and fonts, newest first."""
    wanted = media_rows.Wanted(
        media_type=kind, tags=read_tags(tags), production_id=read_id(production) if production else None
    )
    _told(wanted, sort, limit, as_json=as_json)


def search(
    words: Annotated[list[str], typer.Argument(help="Words, or parts of words; all of them.")],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
) -> None:
    """Find items by title, description and tags; capitals and accents do not matter."""
    text = " ".join(storable(word) for word in words)
    _told(media_rows.Wanted(text=text), "date", limit, as_json=as_json)


def show(
    item: Item, as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False
) -> None:
    """Show all that is known of an item."""
    row = run(_with(lambda house: media_rows.whole(house.database, read_id(item), user_id=LOCAL_USER)))
    if as_json:
        typer.echo(json.dumps(_plain(row), ensure_ascii=False, indent=2))
        return
    table = Table(Column("", no_wrap=True), Column("", overflow="fold"), box=None, show_header=False)
    for name, value in _plain(row).items():
        if value not in (None, "", []):
            table.add_row(name, seen(", ".join(value) if isinstance(value, list) else str(value)))
    Console(highlight=False).print(table)


def tag(items: Items, tags: Tags) -> None:
    """Give items tags: all of them, or none."""
    _tagged(items, add=read_tags(tags), remove=[])


def untag(items: Items, tags: Tags) -> None:
    """Take tags away from items."""
    _tagged(items, add=[], remove=read_tags(tags))


def sync(
    emptied: Annotated[
        bool, typer.Option("--emptied", help="All of your files are gone from the store on purpose.")
    ] = False,
) -> None:
    """Compare the library with the store: add what lies there, remove what is gone."""
    done = run(_sync(emptied), stopped=STOPPED)
    typer.echo(f"{done.synced} files in the store: {done.added} items added, {done.removed} removed")


def delete(
    items: Items, yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False
) -> None:
    """Delete items with their files. What a production uses is refused, and stays whole."""
    ids = [read_id(item) for item in items]
    if not yes:
        typer.confirm(f"Delete {len(ids)} items with their files for good?", abort=True)

    async def work(house: House) -> None:
        for one in ids:
            await delete_item(house.database, house.store, one, user_id=LOCAL_USER)
            typer.echo(f"deleted {one}")

    run(_with(work), stopped=STOPPED)


def read_tags(tags: list[str]) -> list[str]:
    """Tags as they are kept.

    Raises:
        BadParameter: one of them is empty or too long.
    """
    try:
        return TAGS.validate_python([storable(one) for one in tags])
    except ValidationError as exc:
        raise typer.BadParameter(exc.errors()[0]["msg"].removeprefix("Value error, ")) from exc


async def _sync(emptied: bool) -> Synced:
    console, listed, looked = Console(stderr=True), 0, 0
    with console.status("listing the store") as status:

        def page(count: int) -> None:
            nonlocal listed
            listed += count
            status.update(f"listing the store: {listed} files")

        def look() -> None:
            nonlocal looked
            looked += 1
            status.update(f"looking at what is new: {looked} files")

        async def work(house: House) -> Synced:
            done = await sync_library(
                house.database, house.store, user_id=LOCAL_USER, emptied=emptied, told=page
            )
            while await look_at_new(house.database, house.store, user_id=LOCAL_USER, most=AT_ONCE, told=look):
                pass
            return done

        return await _with(work)


async def _with(do: Callable[[House], Awaitable[T]]) -> T:
    async with open_parts(settings(), works=False) as parts:
        return await do(parts.house)


def _told(wanted: media_rows.Wanted, sort: media_rows.SortBy, limit: int, *, as_json: bool) -> None:
    rows, total = run(
        _with(
            lambda house: media_rows.list_media(
                house.database, wanted, user_id=LOCAL_USER, limit=limit, sort_by=sort
            )
        )
    )
    if as_json:
        typer.echo(json.dumps([_plain(row) for row in rows], ensure_ascii=False, indent=2))
        return
    table = Table(
        Column("item", min_width=36, no_wrap=True), "type", "title", "length", "MB", "tags", box=None
    )
    for row in rows:
        length = f"{row['duration_seconds']:.1f} s" if row["duration_seconds"] is not None else ""
        table.add_row(
            str(row["id"]), row["media_type"], escape(row["title"] or row["file_name"]), length,
            f"{row['file_size_bytes'] / 1e6:.1f}", escape(", ".join(row["tags"])),
        )  # fmt: skip
    Console(highlight=False).print(table, f"{len(rows)} of {total}")


def _tagged(items: list[str], *, add: list[str], remove: list[str]) -> None:
    ids = [read_id(item) for item in items]
    changed = run(
        _with(
            lambda house: media_rows.tag_media(
                house.database, ids, user_id=LOCAL_USER, add=add, remove=remove
            )
        )
    )
    typer.echo(f"{changed} of {len(set(ids))} items changed")


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """What a person asks about; times and amounts as text."""
    names = (
        "id", "title", "description", "tags", "media_type", "format", "file_name", "file_size_bytes",
        "duration_seconds", "width", "height", "s3_key", "production_id", "novela_id", "created_at",
    )  # fmt: skip
    facts = {name: row[name] for name in names}
    seconds = facts["duration_seconds"]
    texts = {
        name: None if facts[name] is None else str(facts[name]) for name in ("production_id", "novela_id")
    }
    return facts | texts | {
        "id": str(facts["id"]), "created_at": facts["created_at"].isoformat(),
        "duration_seconds": None if seconds is None else float(seconds),
    }  # fmt: skip
