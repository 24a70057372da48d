"""`greenlight export ID`: its files into a folder, its cut in another form, or all of it into one archive."""

import asyncio
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from server.archives.send import archive_of
from server.cli.follow import follow_to_end
from server.cli.meter import Meter
from server.cli.papers import export_files, print_summary
from server.cli.running import run
from server.composition import open_parts
from server.deps import LOCAL_USER
from server.exports.desk import Wanted, start_export
from state.errors import BriefIncomplete, StoreFull
from tools.post.platforms import platforms
from tools.settings import settings

NAME = "export"
FORM = "Render the cut in another form"


def _form(metavar: str, about: str) -> Any:
    return typer.Option(metavar=metavar, rich_help_panel=FORM, help=about)


Place = Annotated[str | None, _form("NAME", f"For one of {', '.join(platforms())}.")]
Ratio = Annotated[str | None, _form("W:H", "16:9, 9:16 or 1:1.")]
Size = Annotated[str | None, _form("SIZE", "720p, 1080p or 4k.")]
Kind = Annotated[str | None, _form("KIND", "mp4 or webm.")]
Level = Annotated[str | None, _form("LEVEL", "draft, standard or high.")]
Rate = Annotated[int | None, _form("KBPS", "Of the picture, in kbit/s.")]
Loud = Annotated[str | None, _form("STANDARD", "web (-14 LUFS) or broadcast (-23).")]
Words = Annotated[str | None, _form("WHERE", "burned, or file.")]
Framing = Annotated[str | None, _form("WAY", "In another shape: subject, middle, fit or blur.")]
Version = Annotated[
    int | None, typer.Option(min=1, rich_help_panel=FORM, help="The cut as it was at this version.")
]
Title = Annotated[str | None, typer.Option(rich_help_panel=FORM, help="What the export is called in lists.")]
Render = Annotated[
    bool,
    typer.Option("--render", rich_help_panel=FORM, help="Render the cut as it is now, with what was edited."),
]
Archive = Annotated[
    Path | None,
    typer.Option(
        help="Instead of the files, write everything of the production into this one file"
        " (NAME.greenlight.zip), for `greenlight import` elsewhere."
    ),
]


def command(
    production_id: Annotated[str, typer.Argument(help="The production's id; `greenlight list` shows it.")],
    to: Annotated[Path, typer.Option(help="The folder to write into.")] = Path("out"),
    archive: Archive = None,
    render: Render = False,
    platform: Place = None,
    ratio: Ratio = None,
    resolution: Size = None,
    container: Kind = None,
    quality: Level = None,
    bitrate: Rate = None,
    loudness: Loud = None,
    captions: Words = None,
    framing: Framing = None,
    version: Version = None,
    title: Title = None,
) -> None:
    """Write the master, captions, contact sheet, ledger and record into a folder.

    With a platform, a shape, a size or any other wish the cut is rendered so, signed and checked, and the
    files are those of this export. Nothing is bought for it.
    """
    wish = {
        "platform": platform, "aspect_ratio": ratio, "resolution": resolution, "container": container,
        "quality": quality, "bitrate_kbps": bitrate, "loudness": loudness, "captions": captions,
        "framing": framing, "version": version, "title": title,
    }  # fmt: skip
    said = {name: value for name, value in wish.items() if value is not None}
    if archive is not None:
        _check_archive(said, render)
        run(_archive(production_id, archive))
        typer.echo(f"{archive}  {archive.stat().st_size / 1e6:.1f} MB")
    elif said or render:
        run(_rendered(production_id, said, to))
    else:
        run(_export(production_id, to))


def _check_archive(said: dict[str, Any], render: bool) -> None:
    if said or render:
        raise BriefIncomplete(
            "--archive: an archive has everything as it is, in no other form",
            user_action="Leave --archive out, or all that says how the film shall look.",
        )


async def _rendered(production_id: str, wish: dict[str, Any], to: Path) -> None:
    """Start it, show how far it is, ask where it needs a person, and write its files."""
    console = Console()
    async with open_parts(settings()) as parts:
        asked = Wanted(production_id=production_id, wish=wish)
        accepted = await start_export(parts.house, asked, user_id=LOCAL_USER)
        console.print(f"export {accepted.production_id}", highlight=False)
        await follow_to_end(parts, accepted.production_id, console)
        files = await export_files(parts, LOCAL_USER, accepted.production_id, to)
        await print_summary(parts, LOCAL_USER, accepted.production_id, files, console)


async def _export(production_id: str, to: Path) -> None:
    async with open_parts(settings(), works=False) as parts:
        files = await export_files(parts, LOCAL_USER, production_id, to)
        await print_summary(parts, LOCAL_USER, production_id, files, Console())


async def _archive(production_id: str, to: Path) -> None:
    """Under a temporary name until it is whole."""
    partial = to.with_name(f".{to.name}.partial")
    try:
        async with open_parts(settings(), works=False) as parts:
            archive = await archive_of(parts.house, production_id, user_id=LOCAL_USER)
            to.parent.mkdir(parents=True, exist_ok=True)
            with partial.open("wb") as out, Meter("packing", archive.unpacked_bytes) as meter:
                async for chunk in archive.chunks():
                    await asyncio.to_thread(out.write, chunk)
                    meter.move_on(len(chunk))
        partial.replace(to)
    except OSError as exc:
        raise StoreFull(f"{to} cannot be written: {exc.strerror}") from exc
    finally:
        partial.unlink(missing_ok=True)
