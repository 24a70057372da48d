"""How much scripts of different briefs share: 4-gram Jaccard of every pair, and what every script obeys.

Fifty different briefs per language, each in all four genres. Two scripts of one language and genre may
share a quarter of their 4-grams at most; every shot can be spoken in its seconds; no slot is left open.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import get_args

from nodes.agents.script_checks import scene_problems
from state.brief import NovelaBrief
from state.script import Genre, Language, Scene
from state.writing import PlanSeriesInput, SeriesPlan, WriteSceneInput
from tools.models.offline.plan import compose_plan
from tools.models.offline.scene import compose_scene
from tools.screenplay.seconds import scene_seconds

BRIEFS = Path(__file__).parent / "briefs"
MOST = 0.25
GRAM = 4
OPEN_SLOT = re.compile(r"[{}\[\]]|\bNone\b|\bTODO\b|\ue000|\ue001")


@dataclass(frozen=True)
class Wrote:
    """One script, as far as it is measured."""

    title: str
    said: list[str]
    told: list[str]
    problems: list[str]


def main(names: list[str]) -> int:
    """Print the highest overlap per language and genre; the number of broken bounds."""
    broken = 0
    for language in get_args(Language):
        for genre in get_args(Genre):
            if names and not {language, genre} & set(names):
                continue
            scripts = [write(brief) for brief in briefs(language, genre)]
            broken += report(f"{language} {genre}", scripts)
    return broken


def briefs(language: Language, genre: Genre) -> Iterator[NovelaBrief]:
    """The fifty briefs of a language in one genre."""
    for row in (BRIEFS / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        title, _, description = row.partition(" | ")
        yield NovelaBrief(title=title, description=description, genre=genre, language=language)


def write(brief: NovelaBrief) -> Wrote:
    """Plan and write the brief's episode, and look for what it must not have."""
    plan = compose_plan(PlanSeriesInput(brief=brief))
    scenes: list[Scene] = []
    problems: list[str] = []
    for one in asked(brief, plan, scenes):
        draft = compose_scene(one)
        problems += scene_problems(one, draft)
        scenes.append(draft.scene)
    said = [line.text for scene in scenes for shot in scene.shots for line in shot.lines]
    told = [text for scene in scenes for text in (scene.title, scene.summary)]
    told += [shot.description for scene in scenes for shot in scene.shots]
    problems += [f"open slot: {text}" for text in (*said, *told) if OPEN_SLOT.search(text)]
    problems += [] if said else ["nobody speaks"]
    return Wrote(brief.title, said, told, problems)


def report(name: str, scripts: list[Wrote]) -> int:
    """One line of figures, one line per problem."""
    spoken, where = highest([(one.title, one.said) for one in scripts])
    whole, pair = highest([(one.title, [*one.said, *one.told]) for one in scripts])
    print(f"{name:16} dialogue {spoken:.3f} ({where})  whole {whole:.3f} ({pair})")
    problems = [f"  {one.title}: {problem}" for one in scripts for problem in one.problems]
    print(*problems, sep="\n", end="\n" if problems else "")
    return len(problems) + (spoken > MOST) + (whole > MOST)


def highest(texts: list[tuple[str, list[str]]]) -> tuple[float, str]:
    """The largest overlap of two scripts, and whose it is."""
    grams = [(title, grams_of(lines)) for title, lines in texts]
    overlaps = [
        (len(one & two) / len(one | two), f"{title} / {other}")
        for (title, one), (other, two) in combinations(grams, 2)
        if one | two
    ]
    return max(overlaps, default=(0.0, "no pair"))


def grams_of(texts: list[str]) -> set[tuple[str, ...]]:
    """All runs of four words."""
    words = re.findall(r"\w+", " ".join(texts).lower())
    return {tuple(words[at : at + GRAM]) for at in range(len(words) - GRAM + 1)}


def asked(brief: NovelaBrief, plan: SeriesPlan, scenes: list[Scene]) -> Iterator[WriteSceneInput]:
    """What the writer is asked for scene after scene; `scenes` is what was written so far."""
    outline = next(one for one in plan.episodes if one.number == brief.episode_number)
    seconds = scene_seconds(brief, told={one.number: len(one.summary.split()) for one in outline.scenes})
    for scene in outline.scenes:
        yield WriteSceneInput(
            brief=brief,
            plan=plan,
            outline=scene,
            previous_scenes=list(scenes),
            seconds=seconds[scene.number],
            shots=brief.shots_per_scene,
        )


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
