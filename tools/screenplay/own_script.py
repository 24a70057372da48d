"""A person's own script as scenes of the brief: the same form in which single scenes are brought."""

from dataclasses import dataclass, field

from state.brief import CharacterBrief, LineBrief, NovelaBrief, PlaceBrief, SceneBrief, ShotBrief
from tools.screenplay.fountain import Kind, Passage, ScriptScene, read_fountain
from tools.screenplay.margins import ScriptError, shown
from tools.screenplay.names import as_place, folded, in_lower_case, is_narrator, meant

MOST_SCENES, MOST_PEOPLE, MOST_SHOTS, MOST_LINES = 12, 12, 26, 12
LONGEST_LINE, LONGEST_ACTION, LONGEST_PLACE, LONGEST_NAME = 1500, 2000, 80, 60
LOUD_WORDS = 3
SUMMARY_LENGTH = 600


@dataclass(kw_only=True)
class OwnScript:
    """What a script adds to a brief."""

    scenes: list[SceneBrief] = field(default_factory=list)
    characters: list[CharacterBrief] = field(default_factory=list)
    places: list[PlaceBrief] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    """Line of the script by place in the scenes: `scenes.0.shots.1.lines.0`."""


def read_script(brief: NovelaBrief) -> OwnScript:
    """Break a script down into scenes, people and places, with the brief's own names where they fit.

    Raises:
        ScriptError: what is wrong, in which line, and what to do.
    """
    found = read_fountain(brief.script).scenes
    if not found:
        raise ScriptError(
            1, "there is no scene heading", "Begin each scene with a line like INT. KITCHEN - DAY."
        )
    if len(found) > MOST_SCENES:
        raise ScriptError(
            found[MOST_SCENES].line,
            f"this is scene {MOST_SCENES + 1} of {len(found)}, and an episode has at most {MOST_SCENES}",
            "Make the other scenes a second episode.",
        )
    script = OwnScript(characters=list(brief.characters), places=list(brief.places))
    names = _cast(found, script)
    for number, scene in enumerate(found, start=1):
        _check_passages(scene, names)
        script.scenes.append(_scene(scene, number, brief, script, names))
    return script


def _cast(scenes: list[ScriptScene], script: OwnScript) -> dict[str, str]:
    """Every cue with the name it stands for; new people join the cast."""
    names: dict[str, str] = {}
    for passage in (one for scene in scenes for one in scene.passages if one.kind is Kind.SPEECH):
        if folded(passage.speaker) in names:
            continue
        known = meant(passage.speaker, [one.name for one in script.characters])
        name = known or in_lower_case(passage.speaker)
        if known is None and is_narrator(name):
            # Whoever tells the story is heard and never seen, so not of the cast.
            names[folded(passage.speaker)] = name
            continue
        names[folded(passage.speaker)] = name
        if len(name) > LONGEST_NAME:
            raise ScriptError(
                passage.line,
                f"the name {shown(name)!r} is too long",
                f"Use at most {LONGEST_NAME} characters.",
            )
        if known is None:
            script.characters.append(CharacterBrief(name=name))
        if len(script.characters) > MOST_PEOPLE:
            raise ScriptError(
                passage.line,
                f"{name} is person {MOST_PEOPLE + 1} of the cast, and at most {MOST_PEOPLE} fit",
                "Give these words to somebody who is there already, or write them as action.",
            )
    return names


def _check_passages(scene: ScriptScene, names: dict[str, str]) -> None:
    if not scene.passages:
        raise ScriptError(
            scene.line, f"the scene {scene.heading!r} is empty", "Write what happens in it, or take it out."
        )
    for passage in scene.passages:
        if passage.kind is Kind.ACTION and _is_lone_cue(passage, names):
            raise ScriptError(
                passage.line,
                f"{passage.text} says nothing",
                "Write the words on the next line, without an empty line between; or put ! before the line"
                " if it is no name.",
            )
        if len(passage.text) > (LONGEST_LINE if passage.kind is Kind.SPEECH else LONGEST_ACTION):
            raise ScriptError(
                passage.line, f"{shown(passage.text)!r} is too long", "Split it with an empty line."
            )


def _is_lone_cue(passage: Passage, names: dict[str, str]) -> bool:
    """A name in capitals with nothing under it; where nobody speaks at all, any few words in capitals."""
    text = passage.text
    if passage.forced:
        return False
    if any(char.islower() for char in text) or not any(char.isupper() for char in text):
        return False
    few = len(text.split()) <= LOUD_WORDS and text[-1].isalnum()
    return folded(text.split(" (")[0]) in names or (few and not names)


def _scene(
    scene: ScriptScene, number: int, brief: NovelaBrief, script: OwnScript, names: dict[str, str]
) -> SceneBrief:
    shots = _shots(scene, number, script, names)
    if len(shots) > MOST_SHOTS:
        raise ScriptError(
            scene.line,
            f"the scene {scene.heading!r} has {len(shots)} passages, and at most {MOST_SHOTS} fit",
            "Split the scene with another heading, or join short paragraphs.",
        )
    beside = next((one for one in brief.scenes if one.number == number), None)
    given = beside.model_dump(exclude_defaults=True) if beside else {}
    told = {
        "number": number,
        "description": _summary(scene, names),
        "place": _place(scene, script, names),
        "time": scene.time,
        "shots": shots,
        "breakdown": "free",
    }
    return SceneBrief.model_validate({**told, **given})


def _shots(scene: ScriptScene, number: int, script: OwnScript, names: dict[str, str]) -> list[ShotBrief]:
    """A passage of action begins a shot, and what is said after it belongs to that shot."""
    actions: list[str] = []
    spoken: list[list[LineBrief]] = []
    for passage in scene.passages:
        if passage.kind is Kind.ACTION or not spoken or len(spoken[-1]) == MOST_LINES:
            actions.append(passage.text if passage.kind is Kind.ACTION else "")
            spoken.append([])
        if passage.kind is Kind.SPEECH:
            place = f"scenes.{number - 1}.shots.{len(spoken) - 1}.lines.{len(spoken[-1])}"
            script.lines[place] = passage.line
            spoken[-1].append(_line(passage, names))
    return [ShotBrief(description=action, lines=lines) for action, lines in zip(actions, spoken, strict=True)]


def _line(passage: Passage, names: dict[str, str]) -> LineBrief:
    return LineBrief(
        speaker=names[folded(passage.speaker)],
        text=passage.text,
        manner=passage.manner[:200],
        unseen=passage.unseen,
    )


def _summary(scene: ScriptScene, names: dict[str, str]) -> str:
    """What happens, in the script's own words; where nobody does anything, the first words said."""
    actions = " ".join(one.text for one in scene.passages if one.kind is Kind.ACTION)
    if not actions:
        first = scene.passages[0]
        actions = f"{names[folded(first.speaker)]}: “{first.text}”"
    if len(actions) <= SUMMARY_LENGTH:
        return actions
    return actions[:SUMMARY_LENGTH].rsplit(" ", 1)[0] + "…"


def _place(scene: ScriptScene, script: OwnScript, names: dict[str, str]) -> str:
    known = meant(scene.place, [one.name for one in script.places])
    if known is not None:
        return known
    name = as_place(scene.place, names.values())[:LONGEST_PLACE].strip()
    script.places.append(PlaceBrief(name=name, outside=scene.outside))
    return name
