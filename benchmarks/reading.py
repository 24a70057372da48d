"""How well the offline writer reads a brief: its film against what a director reads in the same words.

`truth/*.json` holds twenty briefs per language with who is in them, what is told, and whom, where, when
and what the picture of every sentence shows. The last five of each language are kept back: nobody mends
the writer by them, so their figures say what a new brief may expect. There is no bound: it is a map of
what is misread.

    python -m benchmarks.reading                # a table per language, both halves
    python -m benchmarks.reading en es          # these languages
    python -m benchmarks.reading -v en 3 7      # every fault in these briefs
"""

import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from benchmarks.overlap import asked
from benchmarks.reading_things import pictures_seen, pictures_wanted
from state.brief import NovelaBrief
from state.script import Character, Language, Scene, Shot
from state.writing import PlanSeriesInput, SeriesPlan
from tools.models.offline.brief.makers_notes import told_in
from tools.models.offline.persons.teller import NAME, teller_of
from tools.models.offline.persons.teller_named import teller_of_brief
from tools.models.offline.plan import compose_plan
from tools.models.offline.scene import compose_scene
from tools.screenplay.own_material import own_material

TRUTH = Path(__file__).parent / "truth"
KEPT_BACK = 15
"""Briefs after this one are nobody's examples."""
HALF = 0.5
SMALL = 3
"""Shorter words carry no story."""
MEASURES = (
    *("cast found", "cast true", "told", "kept silent"),
    *("people seen", "people true", "places", "hours", "things"),
)


@dataclass
class Score:
    """Right answers of all answers per measure, and each wrong one in words."""

    right: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def count(self, measure: str, good: bool, fault: str) -> None:
        """One answer."""
        self.all[measure] += 1
        self.right[measure] += good
        if not good:
            self.faults.append(f"{measure}: {fault}")

    def add(self, other: "Score") -> None:
        """Another brief's answers."""
        self.right.update(other.right)
        self.all.update(other.all)
        self.faults += other.faults


@dataclass(frozen=True)
class Film:
    """What the writer made of a brief."""

    plan: SeriesPlan
    shots: tuple[Shot, ...]


def main(words: list[str]) -> int:
    """Print the shares; with `-v` every fault."""
    told = "-v" in words
    numbers = {int(word) for word in words if word.isdigit()}
    languages = [word for word in words if word in get_args(Language)] or list(get_args(Language))
    print(f"{'':14}" + "".join(f"{name:>13}" for name in MEASURES))
    for language in languages:
        for name, rows in halves(language, numbers):
            total = Score()
            for number, row in rows:
                score = read(row)
                score.faults = [f"{language} {number:02} {fault}" for fault in score.faults]
                total.add(score)
            print(f"{name:14}" + "".join(f"{share(total, one):>13}" for one in MEASURES))
            print(*(total.faults if told else []), sep="\n", end="\n" if told else "")
    return 0


def halves(language: str, numbers: set[int]) -> Iterator[tuple[str, list[tuple[int, dict[str, Any]]]]]:
    """The briefs to learn from, and those that are kept back."""
    rows = list(enumerate(json.loads((TRUTH / f"{language}.json").read_text(encoding="utf-8")), start=1))
    chosen = [row for row in rows if not numbers or row[0] in numbers]
    yield f"{language} open", [row for row in chosen if row[0] <= KEPT_BACK]
    yield f"{language} kept back", [row for row in chosen if row[0] > KEPT_BACK]


def share(score: Score, measure: str) -> str:
    """`83 % of 121`."""
    total = score.all[measure]
    return f"{100 * score.right[measure] / total:.0f} % of {total}" if total else "-"


def read(row: dict[str, Any]) -> Score:
    """One brief's film against its truth."""
    brief = own_material(NovelaBrief(**row["brief"]))
    made, gold, score = film(brief), row["gold"], Score()
    named = judge_cast(with_pronoun(made.plan.cast, brief), gold["people"], score)
    named |= {teller_of_brief(brief).name: named[one] for one in NAME.values() if one in named}
    for sentence in gold["sentences"]:
        judge_sentence(sentence, made, named, brief, score)
    return score


def film(brief: NovelaBrief) -> Film:
    """The plan and every shot of the brief's episode."""
    plan = compose_plan(PlanSeriesInput(brief=brief))
    scenes: list[Scene] = []
    for one in asked(brief, plan, scenes):
        scenes.append(compose_scene(one).scene)
    return Film(plan, tuple(shot for scene in scenes for shot in scene.shots))


def with_pronoun(cast: list[Character], brief: NovelaBrief) -> list[Character]:
    """The cast as the truth writes it: whoever says I is called so there."""
    label = "" if any(one.name == NAME[brief.language] for one in cast) else teller_of_brief(brief).name
    told = bool(teller_of(told_in(brief.description, brief.language), brief.language))
    return [
        one.model_copy(update={"name": NAME[brief.language]}) if told and one.name == label else one
        for one in cast
    ]


def judge_cast(cast: list[Character], people: list[dict[str, Any]], score: Score) -> dict[str, str]:
    """Everybody once: by whose true name each character goes."""
    named: dict[str, str] = {}
    for person in people:
        true = person["name"] or person["calls"][0]
        who = next((one for one in cast if one.name not in named and is_called(one, person)), None)
        score.count("cast found", who is not None, f"nobody is {true}")
        if who is not None:
            named[who.name] = true
            sex = {"f": "woman", "m": "man"}.get(person["sex"], who.look.presentation)
            score.count("cast true", who.look.presentation == sex, f"{who.name} is a {who.look.presentation}")
    for one in cast:
        if one.name not in named:
            score.count("cast true", False, f"{one.name} ({one.role}) is nobody")
    return named


def is_called(one: Character, person: dict[str, Any]) -> bool:
    """Whether the script's person is this one: by name, else by a word they are called."""
    name = set(plain(one.name))
    if one.name.lower() in (call.lower() for call in (person["name"] or "", *person["calls"])):
        # `I`, `yo`, `Mo` have no word that is long enough.
        return True
    if person["name"]:
        return bool(name & set(plain(person["name"])))
    called = {word for call in person["calls"] for word in plain(call)}
    return bool(name & called) or len(set(plain(one.role)) & called) > 1


def judge_sentence(
    sentence: dict[str, Any], made: Film, named: dict[str, str], brief: NovelaBrief, score: Score
) -> None:
    """Whether it is told or kept silent, and what its picture shows."""
    words = plain(sentence["text"])
    if len(words) < SMALL:
        return
    shots = [shot for shot in made.shots if any(is_of(line.text, words) for line in shot.lines)]
    spoken = {word for shot in shots for line in shot.lines for word in plain(line.text)}
    share = len(spoken & set(words)) / len(set(words))
    if not sentence["told"]:
        score.count("kept silent", share < HALF, f"is spoken: {sentence['text']!r}")
        return
    score.count("told", share >= HALF, f"is not told: {sentence['text']!r}")
    if shots:
        judge_pictures(sentence, shots, named, brief, score)


def judge_pictures(
    sentence: dict[str, Any], shots: list[Shot], named: dict[str, str], brief: NovelaBrief, score: Score
) -> None:
    """Whom, where, when and what the shots of a told sentence show."""
    text = repr(sentence["text"])
    seen = {named.get(one.character, one.character) for shot in shots for one in shot.staging.people}
    inserts = all(shot.staging.size == "insert" for shot in shots)
    for person in sentence["persons"]:
        score.count("people seen", person in seen or inserts, f"{person} is not in {text}")
    for person in sorted(seen):
        score.count("people true", person in sentence["persons"], f"{person} is in {text}")
    kinds = [shot.staging.place.kind for shot in shots]
    if sentence["places"]:
        score.count("places", kinds[0] in sentence["places"], f"{kinds[0]} for {sentence['places']}: {text}")
    if sentence["hour"]:
        time = shots[0].staging.time
        score.count("hours", time == sentence["hour"], f"{time} for {sentence['hour']}: {text}")
    for noun in sentence["things"]:
        judge_thing(noun, shots, brief, sentence["text"], score)


def judge_thing(noun: str, shots: list[Shot], brief: NovelaBrief, text: str, score: Score) -> None:
    """Whether a thing that can be drawn is in the picture."""
    wanted, shown = pictures_wanted(noun, text, brief), pictures_seen(shots)
    drawn = f"is not in {sorted(shown)}" if wanted else "has no drawing"
    score.count("things", bool(wanted & shown), f"{noun} {drawn}: {text!r}")


def is_of(line: str, words: list[str]) -> bool:
    """Whether a line's words are a sentence's."""
    said = plain(line)
    return len(said) >= SMALL and sum(word in words for word in said) > HALF * len(said)


def plain(text: str) -> list[str]:
    """Words that carry something, without accents."""
    bare = unicodedata.normalize("NFKD", text.lower())
    words = re.findall(r"\w+", "".join(char for char in bare if not unicodedata.combining(char)))
    return [word for word in words if len(word) >= SMALL]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
