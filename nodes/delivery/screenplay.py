"""The script as a screenplay in Fountain, the plain text that writers' programs open."""

from state.script import OUTDOORS, Character, Language, Line, Scene, Script, SetKind, Shot, TimeOfDay

TIMES: dict[Language, dict[TimeOfDay, str]] = {
    "en": {"day": "DAY", "dusk": "DUSK", "night": "NIGHT"},
    "es": {"day": "DÍA", "dusk": "ATARDECER", "night": "NOCHE"},
    "pt-BR": {"day": "DIA", "dusk": "ENTARDECER", "night": "NOITE"},
}
OPEN_AIR: frozenset[SetKind] = OUTDOORS | {"station"}
"""What is called EXT.: the platform of a station lies outside under its roof."""
CAST: dict[Language, str] = {"en": "Cast", "es": "Reparto", "pt-BR": "Elenco"}


def to_fountain(script: Script) -> str:
    """Title page, then every scene with its summary, shots and lines; slates stand in notes."""
    parts = [_title_page(script), *(_scene(script, scene) for scene in script.scenes)]
    return "\n\n".join(parts) + "\n"


def _title_page(script: Script) -> str:
    cast = "\n".join(f"    {_who(one)}" for one in script.cast)
    logline = " ".join(script.logline.split())
    return f"Title: {script.title}\nLogline: {logline}\n{CAST[script.language]}:\n{cast}"


def _who(character: Character) -> str:
    return f"{character.name}, {character.role}" if character.role else character.name


def _scene(script: Script, scene: Scene) -> str:
    parts = [_heading(script, scene), f"= {' '.join(scene.summary.split())}"]
    for shot in scene.shots:
        parts.append(_shot(shot))
        parts += [_speech(line) for line in shot.lines]
    return "\n\n".join(parts)


def _heading(script: Script, scene: Scene) -> str:
    """`INT. THE KITCHEN - NIGHT #3#`."""
    kind = next((place.kind for place in script.places if place.name == scene.place), None)
    side = "EXT." if kind in OPEN_AIR else "INT."
    return f"{side} {scene.place.upper()} - {TIMES[script.language][scene.time]} #{scene.number}#"


def _shot(shot: Shot) -> str:
    """The action, forced with `!` so that no word of it is taken for a cue or a heading."""
    return f"!{' '.join(shot.description.split())} [[{shot.slate}]]"


def cue_of(line: Line) -> str:
    """Who says it; `(V.O.)` behind whoever is heard over the picture."""
    return f"{line.speaker} (V.O.)" if line.voice_over else line.speaker


def _speech(line: Line) -> str:
    """The cue is forced with `@`: a name keeps its own capitals, accents and script."""
    return f"@{cue_of(line)}\n{' '.join(line.text.split())}"
