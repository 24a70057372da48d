"""What a person brought for the episode, laid over what the writer planned: theirs counts."""

from state.brief import NovelaBrief, PlaceBrief, SceneBrief
from state.script import OUTDOORS, Place, SetKind
from state.writing import EpisodeOutline, SceneOutline, SeriesPlan
from tools.screenplay.names import meant

UNDER_A_ROOF: frozenset[SetKind] = frozenset(
    (
        "car",
        "station",
        "market",
        "train",
        "bus",
        "tent",
        "airport",
        "boat_cabin",
        "pool",
        "lighthouse",
        "tram",
    )
)
"""Sets that may be both EXT. and INT. in a script."""
OPEN_AIR = OUTDOORS | UNDER_A_ROOF
"""Sets that may be called EXT."""


def with_own_scenes(plan: SeriesPlan, brief: NovelaBrief) -> SeriesPlan:
    """The plan with this episode's scenes as the brief has them: place, time, mood, people, summary."""
    places = _places(plan, brief)
    asked = {scene.number: scene for scene in brief.scenes}
    episodes = [
        _episode(episode, asked, plan, brief) if episode.number == brief.episode_number else episode
        for episode in plan.episodes
    ]
    return plan.model_copy(update={"places": places, "episodes": episodes})


def _episode(
    episode: EpisodeOutline, asked: dict[int, SceneBrief], plan: SeriesPlan, brief: NovelaBrief
) -> EpisodeOutline:
    names = [one.name for one in plan.cast]
    scenes = [
        _outline(outline, asked[outline.number], names) if outline.number in asked else outline
        for outline in episode.scenes
    ]
    own = [scene for scene in brief.scenes if scene.lines or scene.shots]
    if len(own) < len(scenes):
        return episode.model_copy(update={"scenes": scenes})
    # All of it is theirs: a log line that was made up would tell another story.
    logline = " ".join(scene.description for scene in own if scene.description)[:240]
    return episode.model_copy(update={"scenes": scenes, "logline": logline or episode.logline})


def _outline(outline: SceneOutline, asked: SceneBrief, names: list[str]) -> SceneOutline:
    spoken = asked.spoken
    told = asked.description or " ".join(shot.description for shot in asked.shots if shot.description)
    first = f"{spoken[0].speaker}: “{spoken[0].text}”" if spoken else ""
    wanted = [meant(name, names) for name in [*asked.characters, *(line.speaker for line in spoken)]]
    people = list(dict.fromkeys(name for name in wanted if name))
    brought = bool(asked.lines or asked.shots)
    return outline.model_copy(
        update={
            "title": asked.title or (_title(asked, outline) if brought else outline.title),
            "summary": told or first or outline.summary,
            "place": asked.place or outline.place,
            "time": asked.time or outline.time,
            "mood": asked.mood or outline.mood,
            "characters": people or outline.characters,
        }
    )


def _title(asked: SceneBrief, outline: SceneOutline) -> str:
    """An invented title would speak of an invented scene: the place says which one it is."""
    return asked.place or outline.place


def _places(plan: SeriesPlan, brief: NovelaBrief) -> list[Place]:
    """The planned sets, with the kind that a person asked for; sets that only the brief has come last."""
    asked = {place.name: place for place in brief.places}
    places = [_as_asked(place, asked.get(place.name)) for place in plan.places]
    known = {place.name for place in places}
    used = {scene.place for scene in brief.scenes}
    new = [place for name, place in asked.items() if name in used - known]
    return [*places, *(_as_asked(Place(name=one.name, kind=_default(one)), one) for one in new)]


def _as_asked(place: Place, asked: PlaceBrief | None) -> Place:
    if asked is None:
        return place
    if asked.kind is not None:
        return place.model_copy(update={"kind": asked.kind})
    outside = place.kind in OPEN_AIR
    if asked.outside is True and not outside:
        return place.model_copy(update={"kind": "street"})
    if asked.outside is False and outside and place.kind not in UNDER_A_ROOF:
        return place.model_copy(update={"kind": "living_room"})
    return place


def _default(place: PlaceBrief) -> SetKind:
    return "street" if place.outside else "living_room"
