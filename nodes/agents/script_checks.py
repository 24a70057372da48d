"""What a script must satisfy whoever wrote it: checked after every answer, offline or not."""

from state.script import Scene, Shot
from state.writing import (
    PlanSeriesInput,
    RevisedShot,
    ReviseShotInput,
    SceneDraft,
    SeriesPlan,
    WriteSceneInput,
)
from tools.models.offline.persons.animals import given_animals

WORDS_PER_MINUTE = 150
LENGTH_TOLERANCE = 0.05


def words(shot: Shot) -> int:
    """Spoken words of a shot."""
    return sum(len(line.text.split()) for line in shot.lines)


def most_words(seconds: float, words_per_minute: int = WORDS_PER_MINUTE) -> int:
    """How many words fit into a time: 10 into 4 s, 15 into 6 s, 20 into 8 s at 150 a minute."""
    # A hair more, so that whole frames do not lose a word to rounding.
    return int(seconds * words_per_minute / 60 + 1e-6)


def overfull(shot: Shot, words_per_minute: int = WORDS_PER_MINUTE) -> bool:
    """Whether the lines of a shot cannot be spoken in its length."""
    return words(shot) > most_words(shot.duration_s, words_per_minute)


def plan_problems(input: PlanSeriesInput, plan: SeriesPlan) -> list[str]:
    """Why a plan cannot be used; empty when it can."""
    brief, found = input.brief, []
    names, places = {one.name for one in plan.cast}, {one.name for one in plan.places}
    if not names or len(names) != len(plan.cast):
        found.append("cast: at least one character is needed, each with a name of their own")
    # A goat has a name and a place in the story, and no voice or wardrobe.
    there = names | {one.name for one in given_animals(brief)}
    found += [
        f"cast: {one.name} of the brief is missing" for one in brief.characters if one.name not in there
    ]
    wanted = max(brief.target_episodes, brief.episode_number)
    if [one.number for one in plan.episodes] != list(range(1, wanted + 1)):
        found.append(f"episodes: numbers 1 to {wanted} are needed")
    for episode in plan.episodes:
        if len(episode.scenes) != brief.scenes_per_episode:
            found.append(f"episode {episode.number}: {brief.scenes_per_episode} scenes are needed")
        for scene in episode.scenes:
            unknown = [who for who in scene.characters if who not in names]
            if unknown or scene.place not in places:
                found.append(
                    f"episode {episode.number} scene {scene.number}: unknown {unknown or scene.place}"
                )
    known = input.known
    if known is not None and (
        plan.cast[: len(known.cast)] != known.cast or plan.places[: len(known.places)] != known.places
    ):
        found.append("cast and places of the earlier episodes must stay as they are")
    return found


def scene_problems(input: WriteSceneInput, draft: SceneDraft) -> list[str]:
    """Why a scene cannot be used; empty when it can."""
    scene, found = draft.scene, []
    if not scene.number == draft.sceneNumber == input.outline.number:
        found.append(f"scene: the number must be {input.outline.number}")
    length = sum(shot.duration_s for shot in scene.shots)
    # What a person brought lasts as long as it lasts: it may end early, never late.
    early = length < input.seconds and input.own is not None
    if abs(length - input.seconds) > input.seconds * LENGTH_TOLERANCE and not early:
        found.append(f"scene: shots last {length:.2f} s, {input.seconds:g} s are needed within 5 %")
    found += speech_problems(scene, seconds=input.seconds, words_per_minute=input.words_per_minute)
    found += side_problems(scene) + own_problems(input, scene)
    return found + cast_problems(input.plan, scene)


def cast_problems(plan: SeriesPlan, scene: Scene) -> list[str]:
    """Who is seen or heard without being in the cast; the narrator is only ever heard."""
    names, found = {one.name for one in plan.cast}, []
    for shot in scene.shots:
        seen = {one.character for one in shot.staging.people} | {line.speaker for line in shot.lines}
        if plan.narrator is not None and plan.narrator.name not in names:
            told = [line for line in shot.lines if line.speaker == plan.narrator.name]
            seen -= {line.speaker for line in told if line.voice_over}
        found += [f"shot {shot.slate}: {who} is not in the cast" for who in sorted(seen - names)]
    return found


def own_problems(input: WriteSceneInput, scene: Scene) -> list[str]:
    """What was changed of a person's own lines and shots; nothing may be."""
    own = input.own
    if own is None:
        return []
    found = []
    said = [(line.speaker, line.text) for shot in scene.shots for line in shot.lines]
    if _joined(said) != _joined([(line.speaker, line.text) for line in own.spoken]):
        found.append("lines: say exactly the given lines, in their order, and nothing else")
    if own.shots and own.breakdown == "keep":
        if len(scene.shots) != len(own.shots):
            return [*found, f"shots: exactly the {len(own.shots)} given shots are needed"]
        for shot, given in zip(scene.shots, own.shots, strict=True):
            if given.size is not None and shot.staging.size != given.size:
                found.append(f"shot {shot.slate}: the size must be {given.size}")
            if given.description and shot.description != given.description:
                found.append(f"shot {shot.slate}: the description must stay as it was given")
    return found


def _joined(lines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Lines with a long speech put together again, wherever it was cut."""
    joined: list[tuple[str, str]] = []
    for speaker, text in lines:
        plain = " ".join(text.split())
        if joined and joined[-1][0] == speaker:
            joined[-1] = (speaker, f"{joined[-1][1]} {plain}")
        else:
            joined.append((speaker, plain))
    return joined


def speech_problems(scene: Scene, *, seconds: float, words_per_minute: int) -> list[str]:
    """Which shots hold more words than can be said in them, and whether the scene does."""
    found = [
        f"shot {shot.slate}: too many words for its length, at most "
        f"{most_words(shot.duration_s, words_per_minute)} fit {shot.duration_s:.2f} s"
        for shot in scene.shots
        if overfull(shot, words_per_minute)
    ]
    said = sum(words(shot) for shot in scene.shots)
    if said > (most := most_words(seconds, words_per_minute)):
        found.append(f"scene: {said} words are spoken, at most {most} fit {seconds:g} s")
    return found


def side_problems(scene: Scene) -> list[str]:
    """Who breaks the 180-degree rule: seen on both sides, or looking both ways."""
    found = []
    for attribute in ("position", "facing"):
        sides: dict[str, set[str]] = {}
        for shot in scene.shots:
            for one in shot.staging.people:
                sides.setdefault(one.character, set()).add(getattr(one, attribute))
        found += [f"{who} changes {attribute}" for who, used in sides.items() if {"left", "right"} <= used]
    return found


def revision_problems(input: ReviseShotInput, revised: RevisedShot) -> list[str]:
    """Why a changed shot cannot be used; empty when it can."""
    found = []
    if revised.shot.slate != input.shot.slate:
        found.append(f"shot: the slate must stay {input.shot.slate}")
    if revised.shot.duration_s != input.shot.duration_s:
        found.append(f"shot: the length must stay {input.shot.duration_s:g} s")
    if overfull(revised.shot) and not overfull(input.shot):
        found.append("shot: too many words for its length")
    return found
