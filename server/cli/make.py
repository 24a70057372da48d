"""`greenlight make GRAPH BRIEF`: from a brief to the files, with the gates answered on the way."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from pydantic import BaseModel
from rich.console import Console

from server.briefs import read_brief
from server.cli import text_options
from server.cli.follow import follow_to_end
from server.cli.papers import export_files, print_summary
from server.cli.running import run
from server.composition import Parts, open_parts
from server.deps import LOCAL_USER
from server.own_pictures import check_pictures, read_pictures, with_uploads
from server.series import episode_of
from server.startup import check_folder, check_settings
from state.brief import NovelaBrief
from state.errors import BriefIncomplete
from state.priority import Priority
from state.tier import Tier
from tools.settings import Settings, settings

NAME = "make"
SCRIPT_FILES = (".fountain", ".spmd", ".txt")
TYPED = {"previous": "--after", "model_id": "--video-model", "image_model": "--image-model"}
MEND_FILE = "Give a JSON file such as examples/novela.json."


def command(
    graph: Annotated[str, typer.Argument(help="What to make: novela.")],
    brief: Annotated[Path, typer.Argument(help="A JSON file; see examples/.")],
    review: Annotated[
        Literal["ask", "auto"],
        typer.Option(
            help="ask: answer the gates here; auto: approve what is planned and free, or under --ceiling."
        ),
    ] = "ask",
    out: Annotated[Path, typer.Option(help="Where the files go.")] = Path("out"),
    ceiling: Annotated[
        str | None,
        typer.Option(
            help="The production may never cost more, in US dollars; 25.00 unless you say."
            " With --review auto, so much in all is approved."
        ),
    ] = None,
    tier: Annotated[
        Tier, typer.Option(help="draft: by cheap models only; final: by those that the brief names.")
    ] = "final",
    after: Annotated[
        str,
        typer.Option(help="The production of the episode before: its cast, sets, voices and memory stay."),
    ] = "",
    priority: Annotated[
        Priority, typer.Option(help="Which productions get a free worker slot first.")
    ] = "normal",
    cache: Annotated[
        bool, typer.Option(help="Use again, for nothing, what was bought for an equal order in seven days.")
    ] = True,
    video_model: Annotated[
        str, typer.Option(metavar="MODEL", help="Who makes the clips, instead of the brief's model_id.")
    ] = "",
    image_model: Annotated[
        str, typer.Option(metavar="MODEL", help="Who draws the panels, instead of the brief's image_model.")
    ] = "",
    text_model: text_options.Model = None,
    text_role: text_options.Roles = None,
    text_fallback: text_options.Fallbacks = None,
    text_allowance: text_options.Allowance = None,
) -> None:
    """Make a finished video from a brief and put its files in a folder."""
    chosen = settings()
    check_settings(chosen)
    check_folder(chosen.data_dir)
    check_folder(out.resolve())
    sent = with_script_file(load_json(brief), brief.parent)
    typed = {"previous": after, "model_id": video_model, "image_model": image_model}
    asked = read_typed(graph, sent, {field: said for field, said in typed.items() if said})
    pictures = read_pictures(asked, brief.parent)
    text = text_options.text_knobs(text_model, text_role, text_fallback, text_allowance)
    context = {"review": review, **_limits(ceiling), "tier": tier, "use_cache": cache, **text}
    text_options.check_knobs(graph, context)
    wanted = Wanted(graph=graph, brief=asked, pictures=pictures, context=context, priority=priority)
    run(_make(chosen, wanted, out))


def _limits(ceiling: str | None) -> dict[str, str]:
    """A ceiling that nobody named approves nothing."""
    return {} if ceiling is None else {"ceiling_usd": ceiling, "auto_approve_usd": ceiling}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What shall be made: checked, and nothing of it started."""

    graph: str
    brief: BaseModel
    pictures: dict[str, bytes]
    """Files beside the brief, by the name that the brief has for them."""
    context: dict[str, Any]
    priority: Priority


async def _make(chosen: Settings, wanted: Wanted, out: Path) -> None:
    console = Console()
    async with open_parts(chosen) as parts:
        production_id = await _begin(parts, wanted)
        console.print(f"production {production_id}", highlight=False)
        await follow_to_end(parts, production_id, console)
        files = await export_files(parts, LOCAL_USER, production_id, out)
        await print_summary(parts, LOCAL_USER, production_id, files, console)


async def _begin(parts: Parts, wanted: Wanted) -> str:
    house, brief = parts.house, wanted.brief
    if isinstance(brief, NovelaBrief):
        brief = await with_uploads(house.store, brief, wanted.pictures, user_id=LOCAL_USER)
    await check_pictures(house.store, brief, user_id=LOCAL_USER)
    episode = await episode_of(house.database, brief, user_id=LOCAL_USER)
    accepted = await house.runs.start(
        user_id=LOCAL_USER,
        graph=wanted.graph,
        title=str(episode.brief["title"]),
        brief=episode.brief,
        context=wanted.context,
        novela_id=episode.novela_id,
        episode_number=episode.number,
        priority=wanted.priority,
    )
    return accepted.production_id


def read_typed(graph: str, sent: dict[str, Any], typed: dict[str, str]) -> BaseModel:
    """The brief, with what was typed beside it instead of what it says.

    Raises:
        BriefIncomplete: as `read_brief`; a field that was typed is named as it was typed.
    """
    options = {f"brief.{field}": TYPED[field] for field in typed}
    with text_options.named_as_typed(options):
        return read_brief(graph, {**sent, **typed})


def with_script_file(sent: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The brief with the text of its script, where it names a file beside the brief.

    Raises:
        BriefIncomplete: the file cannot be read.
    """
    named = sent.get("script")
    if not isinstance(named, str) or "\n" in named or Path(named).suffix.lower() not in SCRIPT_FILES:
        return sent
    try:
        return {**sent, "script": (folder / named).read_text(encoding="utf-8-sig")}
    except (OSError, UnicodeDecodeError) as exc:
        why = exc.strerror if isinstance(exc, OSError) else "it is not UTF-8 text"
        raise BriefIncomplete(
            f"brief.script: {named} cannot be read: {why}",
            user_action="Name a Fountain file by its path from the folder of the brief.",
        ) from exc


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
