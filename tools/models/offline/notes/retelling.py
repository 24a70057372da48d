"""The description of a shot that was changed: told from its staging, as if it had been planned so."""

from state.script import Character, Language, Line, Scene, Shot
from tools.models.offline.shooting.describing import Phrases, describe
from tools.models.offline.shooting.setup import Setup, ShotKind
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.words.dice import Dice

KINDS: dict[str, ShotKind] = {
    "wide": "again", "two_shot": "two", "over_shoulder": "single", "medium": "medium", "close_up": "turn",
    "insert": "insert",
}  # fmt: skip


def retold(shot: Shot, scene: Scene, cast: list[Character], language: Language) -> str:
    """What the changed shot shows, in words that no other shot of its scene uses."""
    told = [other.description for other in scene.shots if other.slate != shot.slate]
    phrases = Phrases(
        language=language, dice=Dice(f"{shot.slate}/{shot.staging}"), episode=1, told=told,
        alone=len(shot.staging.people) == 1,
    )  # fmt: skip
    return describe(_setup(shot, scene, cast), shot.staging, phrases)


def _setup(shot: Shot, scene: Scene, cast: list[Character]) -> Setup:
    known = {one.name: one for one in cast}
    seen = [one.character for one in shot.staging.people]
    around = [one.character for other in scene.shots for one in other.staging.people]
    names = list(dict.fromkeys([*seen, *around, *known]))
    on, other = (*(known[name] for name in names if name in known), cast[0], cast[-1])[:2]
    speakers = [known[line.speaker] for line in shot.lines if line.speaker in known]
    if speakers and speakers[-1].name in seen:
        on, other = speakers[-1], other if speakers[-1] == on else on
    spoken = [_spoken(line, known, other if line.speaker == on.name else on) for line in shot.lines]
    return Setup(
        kind=KINDS[shot.staging.size], size=shot.staging.size, move=shot.staging.move,
        # Who is alone in the picture does nothing to somebody outside of it.
        spoken=[one for one in spoken if one is not None], on=on, other=on if seen == [on.name] else other,
    )  # fmt: skip


def _spoken(line: Line, known: dict[str, Character], listener: Character) -> Spoken | None:
    if line.speaker not in known:
        return None
    return Spoken(
        move="", speaker=known[line.speaker], listener=listener, text=line.text,
        expression=line.expression, reaction="neutral", gesture="none", essential=True,
    )  # fmt: skip
