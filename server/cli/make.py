"""`greenlight make GRAPH BRIEF`: from a brief to the files, with the gates answered on the way."""

import json
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console

from server.briefs import read_brief
from server.cli.follow import follow_to_end
from server.cli.papers import export_files, print_summary
from server.cli.running import run
from server.composition import Parts, open_parts
from server.deps import LOCAL_USER
from server.startup import check_folder, check_settings
from state.errors import BriefIncomplete
from tools.settings import Settings, settings

NAME = "make"
MEND_FILE = "Give a JSON file such as examples/novela.json."


def command(
    graph: Annotated[str, typer.Argument(help="What to make: novela.")],
    brief: Annotated[Path, typer.Argument(help="A JSON file; see examples/.")],
    review: Annotated[
        Literal["ask", "auto"],
        typer.Option(help="ask: answer the gates here; auto: approve what is planned."),
    ] = "ask",
    out: Annotated[Path, typer.Option(help="Where the files go.")] = Path("out"),
    ceiling: Annotated[
        str, typer.Option(help="The production may never cost more, in US dollars.")
    ] = "25.00",
) -> None:
    """Make a finished video from a brief and put its files in a folder."""
    chosen = settings()
    check_settings(chosen)
    check_folder(chosen.data_dir)
    check_folder(out.resolve())
    asked = read_brief(graph, load_json(brief)).model_dump(mode="json")
    context = {"review": review, "ceiling_usd": ceiling}
    run(_make(chosen, graph, asked, context, out))


async def _make(
    chosen: Settings, graph: str, brief: dict[str, Any], context: dict[str, Any], out: Path
) -> None:
    console = Console()
    async with open_parts(chosen) as parts:
        production_id = await _begin(parts, graph, brief, context)
        console.print(f"production {production_id}", highlight=False)
        await follow_to_end(parts, production_id, console)
        files = await export_files(parts, LOCAL_USER, production_id, out)
        await print_summary(parts, LOCAL_USER, production_id, files, console)


async def _begin(parts: Parts, graph: str, brief: dict[str, Any], context: dict[str, Any]) -> str:
    accepted = await parts.house.runs.start(
        user_id=LOCAL_USER, graph=graph, title=str(brief["title"]), brief=brief, context=context
    )
    return accepted.production_id


def load_json(file: Path) -> dict[str, Any]:
    """The JSON object in a file.

    Raises:
        BriefIncomplete: no file, no JSON, or no object.
    """
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except OSError as exc:
        raise BriefIncomplete(f"{file} cannot be read: {exc.strerror}", user_action=MEND_FILE) from exc
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as exc:
        raise BriefIncomplete(f"{file} is not valid JSON: {exc}", user_action=MEND_FILE) from exc
    if not isinstance(content, dict):
        raise BriefIncomplete(f"{file} must hold a JSON object", user_action=MEND_FILE)
    return content
