"""The brief with everything a person brought in one form: own scenes, whose seconds are settled.

Whoever starts an episode asks this first, so that what cannot be made is said before
anything is started; the planning step asks it again and works with the answer.
"""

from collections.abc import Mapping
from math import ceil
from typing import NoReturn

from state.brief import CharacterBrief, LineBrief, NovelaBrief, PlaceBrief, SceneBrief
from state.errors import BriefIncomplete
from tools.screenplay.margins import ScriptError
from tools.screenplay.names import folded, is_narrator, meant
from tools.screenplay.own_script import MOST_PEOPLE, OwnScript, read_script
from tools.screenplay.seconds import (
    LONGEST_EPISODE_S,
    WORDS_PER_MINUTE,
    Need,
    TooLong,
    brings_shots,
    check_shots,
    episode_need,
    grown_seconds,
    told_seconds,
    words_in,
)

MOST_PLACES = 12
NO_LINES: Mapping[str, int] = {}
"""The brief has no script."""


def own_material(brief: NovelaBrief, words_per_minute: int = WORDS_PER_MINUTE) -> NovelaBrief:
    """The brief with its script read into scenes, its speakers in the cast, and seconds that fit.

    Seconds and the number of scenes grow where the brief leaves them open.

    Raises:
        BriefIncomplete: names the field, for a script its line, and the fix.
    """
    lines: Mapping[str, int] = NO_LINES
    whole = brief
    if brief.script.strip():
        script = _script(brief)
        lines = script.lines
        whole = brief.model_copy(
            update={
                "scenes": script.scenes,
                "characters": script.characters,
                "places": script.places,
                "scenes_per_episode": len(script.scenes),
                "script": "",
            }
        )
    _check_content(whole)
    whole = _with_scene_count(_with_people(_with_places(whole)))
    try:
        check_shots(whole, words_per_minute)
        return _with_seconds(whole, lines, words_per_minute)
    except TooLong as exc:
        field, where = _field(exc.place, lines)
        _refuse(field, where + exc.problem, exc.fix)


def _script(brief: NovelaBrief) -> OwnScript:
    for at, scene in enumerate(brief.scenes):
        if brings_shots(scene):
            what = "lines" if scene.lines else "shots"
            _refuse(
                f"brief.scenes.{at}.{what}",
                f"the script has scene {scene.number} already",
                "Bring a scene's words in `script` or in `scenes`, not in both.",
            )
    try:
        script = read_script(brief)
    except ScriptError as exc:
        _refuse("brief.script", str(exc), exc.fix)
    for at, scene in enumerate(brief.scenes):
        if scene.number > len(script.scenes):
            _refuse(
                f"brief.scenes.{at}.number",
                f"the script has {len(script.scenes)} scenes, and no scene {scene.number}",
                "Correct the number, or write the scene in the script.",
            )
    return script


def _check_content(brief: NovelaBrief) -> None:
    for at, scene in enumerate(brief.scenes):
        if not (scene.description.strip() or brings_shots(scene)):
            _refuse(
                f"brief.scenes.{at}",
                "needs a description of what happens, or lines, or shots",
                "Say what happens in it, or leave the scene out.",
            )


def _with_places(brief: NovelaBrief) -> NovelaBrief:
    """A place that only a scene names is one of the places."""
    places = {folded(place.name): place for place in brief.places}
    used = []
    for scene in brief.scenes:
        if scene.place:
            place = places.setdefault(folded(scene.place), PlaceBrief(name=scene.place))
            scene = scene.model_copy(update={"place": place.name})
        used.append(scene)
    names = {scene.place for scene in used}
    # A cast of sets has its limit, and those that no scene of this episode names can wait.
    waiting = [place for place in places.values() if place.name not in names]
    gone = waiting[max(0, MOST_PLACES - len(places) + len(waiting)) :]
    kept = [place for place in places.values() if place not in gone]
    return brief.model_copy(update={"places": kept, "scenes": used})


def _with_people(brief: NovelaBrief) -> NovelaBrief:
    """Who speaks is in the cast, under the name that the cast has for them."""
    people, scenes = list(brief.characters), []
    for at, scene in enumerate(brief.scenes):
        named: dict[str, str] = {}
        for line in scene.spoken:
            known = meant(line.speaker, [one.name for one in people])
            named[line.speaker] = known or line.speaker
            if known is None and not is_narrator(line.speaker):
                people.append(CharacterBrief(name=line.speaker))
            if len(people) > MOST_PEOPLE:
                _refuse(
                    f"brief.scenes.{at}.lines",
                    f"{line.speaker} is person {MOST_PEOPLE + 1} of the cast, and at most {MOST_PEOPLE} fit",
                    "Give these words to somebody who is there already.",
                )
        scenes.append(_renamed(scene, named, people))
    return brief.model_copy(update={"characters": people, "scenes": scenes})


def _renamed(scene: SceneBrief, names: dict[str, str], people: list[CharacterBrief]) -> SceneBrief:
    def all_of(lines: list[LineBrief]) -> list[LineBrief]:
        return [_named(line, names[line.speaker], people) for line in lines]

    shots = [shot.model_copy(update={"lines": all_of(shot.lines)}) for shot in scene.shots]
    return scene.model_copy(update={"lines": all_of(scene.lines), "shots": shots})


def _named(line: LineBrief, name: str, people: list[CharacterBrief]) -> LineBrief:
    told = all(one.name != name for one in people)
    return line.model_copy(update={"speaker": name, "unseen": line.unseen or told})


def _with_scene_count(brief: NovelaBrief) -> NovelaBrief:
    """As many scenes as the highest number, unless the brief says how many there are."""
    for at, scene in enumerate(brief.scenes):
        if scene.number <= brief.scenes_per_episode:
            continue
        if "scenes_per_episode" in brief.model_fields_set:
            _refuse(
                f"brief.scenes.{at}.number",
                f"{scene.number} is more than scenes_per_episode, which is {brief.scenes_per_episode}",
                "Correct the number or raise `scenes_per_episode`.",
            )
        brief = brief.model_copy(update={"scenes_per_episode": max(one.number for one in brief.scenes)})
    return brief


def _with_seconds(brief: NovelaBrief, lines: Mapping[str, int], rate: int) -> NovelaBrief:
    open_length = "episode_seconds" not in brief.model_fields_set
    if not any(brings_shots(scene) for scene in brief.scenes):
        update = {"episode_seconds": told_seconds(brief, rate)} if open_length else {}
        return brief.model_copy(update=update)
    need = episode_need(brief, rate)
    limit = LONGEST_EPISODE_S if open_length else brief.episode_seconds
    if need.least > limit:
        _too_long(brief, need, limit, rate, open_length=open_length)
    if not open_length:
        return brief
    all_own = len([one for one in brief.scenes if brings_shots(one)]) == brief.scenes_per_episode
    seconds = grown_seconds(need, brief.episode_seconds, all_own=all_own)
    return brief.model_copy(update={"episode_seconds": seconds})


def _too_long(brief: NovelaBrief, need: Need, limit: int, rate: int, *, open_length: bool) -> NoReturn:
    """Name the line with which the words become too many."""
    spoken = [entry for at, scene in enumerate(brief.scenes) for entry in _spoken(scene, at)]
    silent_s = need.least - sum(words_in([line]) for _, line in spoken) * 60 / rate
    running_s, place, words = silent_s, "scenes", 0
    for at, line in spoken:
        place = at
        words = words_in([line])
        running_s += words * 60 / rate
        if running_s > limit:
            break
    what = "an episode has at most" if open_length else "episode_seconds is"
    fix = f"raise `episode_seconds` to {min(LONGEST_EPISODE_S, ceil(need.least))}"
    if limit == LONGEST_EPISODE_S:
        fix = "make a second episode of the rest"
    told = f"its {words} words no longer fit: " if words else ""
    raise TooLong(
        place,
        f"{told}the episode needs {ceil(need.least)} s, and {what} {limit}",
        f"Shorten the lines, or {fix}.",
    )


def _spoken(scene: SceneBrief, at: int) -> list[tuple[str, LineBrief]]:
    if scene.lines:
        return [(f"scenes.{at}.lines.{number}", line) for number, line in enumerate(scene.lines)]
    return [
        (f"scenes.{at}.shots.{shot}.lines.{number}", line)
        for shot, one in enumerate(scene.shots)
        for number, line in enumerate(one.lines)
    ]


def _field(place: str, lines: Mapping[str, int]) -> tuple[str, str]:
    """The field of the brief, and where in the script it is."""
    if place in lines:
        return "brief.script", f"line {lines[place]}: "
    return (f"brief.{place}", "") if lines is NO_LINES else ("brief.script", "")


def _refuse(field: str, problem: str, fix: str) -> NoReturn:
    raise BriefIncomplete(
        f"{field}: {problem}",
        user_action=fix,
        details={"fields": [{"field": field, "problem": problem, "fix": fix}]},
    )
