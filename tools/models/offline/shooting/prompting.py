"""The words a video model is told, put together from a shot's staging and the scene's facts."""

from state.script import Language, Place, Scene, Shot, Staging
from tools.models.offline.places.lights import is_unlit
from tools.models.offline.places.sets import name_place
from tools.models.offline.words.appearance import person_words
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.grammar import capitalise

TAKES_REFERENCES = frozenset(("veo-3.1",))
SYNCS_SOUND = frozenset(("wan-2.5-t2v", "wan-2.5-t2v-fast", "veo-3.1", "veo-3.1-fast"))
SHORT_PROMPTS = frozenset(("veo-3.1-fast", "wan-2.5-t2v-fast"))


def shot_prompt(shot: Shot, language: Language) -> str:
    """One shot in words: framing, place, light, people as they look, what happens."""
    staging, stage = shot.staging, bank(language)["stage"]
    words = bank(language)["words"]
    text: str = stage["prompt"]["shot"].format_map(
        {
            "size": words["sizes"][staging.size],
            "loc": name_place(staging.place, language).loc,
            "time": _time(staging, language),
            "weather": words["weathers"][staging.weather],
            "description": " ".join([*_told(shot), shot.description]),
            "people": people_words(staging, language),
            "mood": words["moods"][staging.mood],
            "light_cap": capitalise(words["lights"][staging.mood]),
            "move_cap": capitalise(words["moves"][staging.move]),
            "style": stage["prompt"]["style"],
        }
    )
    return text.replace(" . ", " ").replace("  ", " ")


def _time(staging: Staging, language: Language) -> str:
    """The hour with its light; after dark there may be none."""
    if is_unlit(staging.place) and staging.time != "day":
        return str(bank(language)["shots"]["skies"]["unlit"][1])
    return str(bank(language)["words"]["times"][staging.time])


def _told(shot: Shot) -> list[str]:
    """What the narrator tells over the shot is what happens in it."""
    return [line.text for line in shot.lines if line.voice_over]


def people_words(staging: Staging, language: Language) -> str:
    """The people of a shot with look, face and gesture; an insert has none."""
    words, gestures = bank(language)["words"], bank(language)["stage"]["gestures"]
    told = []
    for one in staging.people:
        parts = [person_words(one.character, one.look, language), words["expressions"][one.expression]]
        if one.gesture != "none":
            thing = words["things"].get(staging.subject, ["", staging.subject])[1]
            parts.append(gestures[one.gesture].replace("{thing}", thing))
        told.append(", ".join(parts))
    return "; ".join(told)


def negative_prompt(staging: Staging, language: Language) -> str:
    """What a shot must not show."""
    prompt = bank(language)["stage"]["prompt"]
    if staging.people:
        return str(prompt["negative"])
    return f"{prompt['negative']}, {prompt['negative_people']}"


def scene_prompt(
    scene: Scene, place: Place, *, language: Language, genre: str, model_id: str, previous: list[Scene]
) -> str:
    """The five parts of a scene prompt, adapted to the video model it is meant for."""
    stage, words = bank(language)["stage"], bank(language)["words"]
    text: str = stage["prompt"]["scene"].format_map(
        {
            "people": "; ".join(_cast_words(scene, language)),
            "place": place.name,
            "time": words["times"][scene.time],
            "weather": words["weathers"][scene.shots[0].staging.weather],
            "light": words["lights"][scene.mood],
            "mood": words["moods"][scene.mood],
            "culture": stage["culture"][genre],
            "action": _action(scene, language, brief=model_id in SHORT_PROMPTS),
            "camera": "; ".join([*_camera(scene, language), axis_words(scene, language)]),
            "continuity": _continuity(scene, previous, language),
        }
    )
    return "\n".join([text, *_model_lines(scene, stage, model_id)])


def axis_words(scene: Scene, language: Language) -> str:
    """Which side everybody stays on."""
    prompt = bank(language)["stage"]["prompt"]
    sides = {one.facing: one.character for shot in scene.shots for one in shot.staging.people}
    if "left" in sides and "right" in sides:
        return str(prompt["axis"]).format(a=sides["right"], b=sides["left"])
    return str(prompt["alone"]).format(a=next(iter(sides.values()), ""))


def seen_in(scene: Scene) -> dict[str, Staging]:
    """Everybody who is seen in a scene, with the first staging that shows them."""
    seen: dict[str, Staging] = {}
    for shot in scene.shots:
        for one in shot.staging.people:
            seen.setdefault(one.character, shot.staging)
    return seen


def _cast_words(scene: Scene, language: Language) -> list[str]:
    looks = {one.character: one.look for shot in scene.shots for one in shot.staging.people}
    return [person_words(name, look, language) for name, look in looks.items()]


def _action(scene: Scene, language: Language, *, brief: bool) -> str:
    stage, words = bank(language)["stage"], bank(language)["words"]
    parts = [scene.summary]
    for shot in scene.shots:
        if not brief:
            parts.append(shot.description)
        parts += [
            stage["prompt"]["says"].format(
                who=line.speaker, expression=words["expressions"][line.expression], text=line.text
            )
            for line in shot.lines
        ]
    return " ".join(parts)


def _camera(scene: Scene, language: Language) -> list[str]:
    words, notes = bank(language)["words"], bank(language)["stage"]["notes"]
    told = []
    for shot in scene.shots:
        staging = shot.staging
        what = {"size": words["sizes"][staging.size], "move": words["moves"][staging.move]}
        if staging.people:
            who = ", ".join(one.character for one in staging.people)
            told.append(notes["camera_line"].format(who=who, **what))
        else:
            thing = words["things"].get(staging.subject, ["", staging.subject])[1]
            told.append(notes["camera_insert"].format(what=thing, move=what["move"]))
    return told


def _continuity(scene: Scene, previous: list[Scene], language: Language) -> str:
    prompt, words = bank(language)["stage"]["prompt"], bank(language)["words"]
    if not previous:
        return str(prompt["first"]).format(facts=scene.continuity_notes)
    last = previous[-1]
    before = {name for earlier in previous for name in seen_in(earlier)}
    again = [name for name in seen_in(scene) if name in before]
    same = [prompt["same_people"].format(who=", ".join(again)) + "."] if again else []
    return str(prompt["later"]).format(
        number=last.number,
        earlier_place=last.place,
        earlier_time=words["time_names"][last.time],
        facts=" ".join([last.continuity_notes, *same]),
    )


def _model_lines(scene: Scene, stage: Table, model_id: str) -> list[str]:
    lines = []
    if model_id in SYNCS_SOUND:
        lines.append(stage["prompt"]["voices"])
    if model_id in TAKES_REFERENCES and seen_in(scene):
        lines.append(stage["prompt"]["references"].format(who=", ".join(seen_in(scene))))
    return lines
