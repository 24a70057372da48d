"""Which panel is shown for how long in an animatic, and what its slate says."""

from collections.abc import Mapping
from pathlib import Path

from nodes.delivery.screenplay import cue_of
from state.film import FilmState
from state.script import Language, Scene, Shot, ShotSize, TimeOfDay
from state.take import Panel
from tools.post.animatic import Board
from tools.post.titles import first_titles
from tools.registry import Toolbox

SIZES: dict[ShotSize, str] = {
    "wide": "WS", "two_shot": "2S", "medium": "MS", "over_shoulder": "OTS", "close_up": "CU",
    "insert": "INSERT",
}  # fmt: skip
"""The abbreviations that stand on every shot list."""
TIMES: dict[Language, dict[TimeOfDay, str]] = {
    "en": {"day": "day", "dusk": "dusk", "night": "night"},
    "es": {"day": "día", "dusk": "atardecer", "night": "noche"},
    "pt-BR": {"day": "dia", "dusk": "entardecer", "night": "noite"},
}


def board_of(state: FilmState, scene: Scene, shot: Shot, *, picture: Path | None, seconds: float) -> Board:
    """One shot as the animatic shows it."""
    return Board(
        picture=picture,
        seconds=seconds,
        slate=str(shot.slate),
        heading=heading_of(scene, shot, state.film.language),
        words=[f"{cue_of(line)}: {line.text}" for line in shot.lines],
        title=first_titles(state.film).get(str(shot.slate), ""),
    )


def heading_of(scene: Scene, shot: Shot, language: Language) -> str:
    """`The kitchen, night · CU · push in`."""
    staging = shot.staging
    parts = [f"{scene.place}, {TIMES[language][staging.time]}", SIZES[staging.size]]
    if staging.move != "static":
        parts.append(staging.move.replace("_", " "))
    return " · ".join(parts)


async def panel_path(panels: Mapping[str, Panel], shot: Shot, tools: Toolbox) -> Path | None:
    """The file of a shot's current panel; None while there is none."""
    panel = panels.get(str(shot.slate))
    return await tools.media.get(panel.media.key) if panel and panel.media else None
