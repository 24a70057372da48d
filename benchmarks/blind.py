"""Packs briefs for a blind reading: scripts and contact sheets, shuffled, with the key in another place.

Put briefs as JSON (the fields of `greenlight make novela`) into FOLDER/briefs. Somebody who has seen none
gets FOLDER/reader alone: `works/A` and so on hold a script and a contact sheet of the storyboard, untitled;
`briefs` holds the same number of briefs under other numbers. They match, retell, and name who is who.

    python -m benchmarks.blind FOLDER SEED
"""

import asyncio
import json
import random
import string
import sys
from pathlib import Path

import cv2

from benchmarks.overlap import asked
from nodes.delivery.screenplay import to_fountain
from nodes.screenplay.plan_episode import format_of
from state.brief import NovelaBrief
from state.order import Style
from state.script import Scene, Script, Shot
from state.writing import PlanSeriesInput
from tools.engines.previz.picture import Picture, PictureSize
from tools.models.offline.plan import compose_plan
from tools.models.offline.scene import compose_scene
from tools.post.stills import contact_sheet
from tools.screenplay.own_material import own_material

SIZES = {"16:9": (640, 360), "9:16": (360, 640), "1:1": (480, 480)}
MIDDLE_S = 0.5


def main(folder: Path, seed: int) -> int:
    """Write FOLDER/reader and FOLDER/key.json; says where every brief is."""
    briefs = sorted((folder / "briefs").glob("*.json"))
    letters = random.Random(seed).sample(string.ascii_uppercase[: len(briefs)], len(briefs))
    numbers = random.Random(seed + 1).sample(range(1, len(briefs) + 1), len(briefs))
    key: dict[str, str] = {}
    for path, letter, number in zip(briefs, letters, numbers, strict=True):
        brief = own_material(NovelaBrief(**json.loads(path.read_text(encoding="utf-8"))))
        pack(brief, folder / "reader" / "works" / letter)
        write_brief(brief, folder / "reader" / "briefs" / f"{number:02}.txt")
        key[letter] = f"{number:02} {path.name}"
    ordered = dict(sorted(key.items()))
    (folder / "key.json").write_text(json.dumps(ordered, indent=1), encoding="utf-8")
    print(*(f"{letter}: {told}" for letter, told in ordered.items()), sep="\n")
    return 0


def pack(brief: NovelaBrief, into: Path) -> None:
    """One work: its script without title and logline, its panels on a sheet, and each of them alone."""
    into.mkdir(parents=True, exist_ok=True)
    script, style = write(brief)
    text = to_fountain(script.model_copy(update={"title": "-", "logline": "-"}))
    (into / "script.txt").write_text(text, encoding="utf-8")
    tiles = []
    for shot in (shot for scene in script.scenes for shot in scene.shots):
        path = into / f"{shot.slate}.png"
        cv2.imwrite(str(path), still(shot, brief, style))
        tiles.append((path, str(shot.slate)))
    asyncio.run(contact_sheet(tiles, into / "sheet.png", columns=3))


def write(brief: NovelaBrief) -> tuple[Script, Style]:
    """The first episode as the writer makes it, and the production's style."""
    plan = compose_plan(PlanSeriesInput(brief=brief))
    scenes: list[Scene] = []
    for one in asked(brief, plan, scenes):
        scenes.append(compose_scene(one).scene)
    script = Script(
        title=plan.title, logline=plan.logline, language=brief.language, genre=brief.genre,
        cast=plan.cast, narrator=plan.narrator, places=plan.places, scenes=scenes,
    )  # fmt: skip
    return script, format_of(brief, plan).style


def still(shot: Shot, brief: NovelaBrief, style: Style) -> cv2.typing.MatLike:
    """The panel of a shot."""
    width, height = SIZES[brief.aspect_ratio]
    picture = Picture(shot.staging, style, PictureSize(width=width, height=height), seed=1)
    return picture.at(MIDDLE_S, 0.0)


def write_brief(brief: NovelaBrief, into: Path) -> None:
    """What the client sent."""
    into.parent.mkdir(parents=True, exist_ok=True)
    into.write_text(f"{brief.title}\n({brief.genre})\n\n{brief.description}\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
