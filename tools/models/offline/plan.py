"""Planning the series: cast, sets, and the beats of every episode."""

from state.brief import NovelaBrief
from state.script import Character, Mood, Place, TimeOfDay
from state.writing import EpisodeOutline, PlanSeriesInput, SceneOutline, SeriesPlan
from tools.models.offline.bank import structure
from tools.models.offline.cast import make_cast
from tools.models.offline.newcomers import with_newcomers
from tools.models.offline.people import sentences
from tools.models.offline.sets import make_places, name_place
from tools.models.offline.story import Story, story_of

MAX_LOGLINE = 240


def compose_plan(input: PlanSeriesInput) -> SeriesPlan:
    """The whole mini-series. With a known plan, cast and places stay to the letter."""
    brief, story, known = input.brief, story_of(input.brief), input.known
    cast = with_newcomers(known.cast, brief, story) if known else make_cast(brief, story)
    places = known.places if known else make_places(brief, story)
    wanted = max(brief.target_episodes, brief.episode_number)
    episodes = [_episode(brief, story, cast, places, number) for number in range(1, wanted + 1)]
    if known:
        kept = {one.number: one for one in known.episodes if len(one.scenes) == brief.scenes_per_episode}
        episodes = [kept.get(one.number, one) for one in episodes]
    return SeriesPlan(
        title=known.title if known else brief.title,
        logline=known.logline if known else _logline(brief),
        cast=cast,
        places=places,
        episodes=episodes,
        palette=known.palette if known else story.dice.pick(structure()["palettes"][brief.genre], "palette"),
        open_threads=_threads(story, cast),
    )


def scene_people(cast: list[Character], beat: str, *, episode: int, index: int) -> list[Character]:
    """Lead and opponent of a scene; quiet scenes and pressure belong to the lead and somebody else."""
    lead, others = cast[0], cast[1:]
    if len(others) == 1 or beat not in ("complication", "doubt", "pressure"):
        main = (episode - 1) // 3 % len(others) if len(others) > 2 else 0
        return [lead, others[main]]
    beside = others[1:]
    return [lead, beside[(episode + index) % len(beside)]]


def scene_slots(story: Story, people: list[Character], place: Place, *purpose: object) -> dict[str, str]:
    """The slots that scene titles and summaries may use."""
    named = name_place(place, story.language)
    return {
        "a": people[0].name, "b": people[1].name, "loc": named.loc, "first": named.first,
        "second": named.second, "topic": story.topic_away_from(place.name, *purpose),
    }  # fmt: skip


def _episode(
    brief: NovelaBrief, story: Story, cast: list[Character], places: list[Place], number: int
) -> EpisodeOutline:
    beats: list[str] = structure()["beats"][str(brief.scenes_per_episode)]
    scenes: list[SceneOutline] = []
    pattern = story.dice.pick(structure()["times"]["patterns"], "times", number)
    for index, beat in enumerate(beats):
        people = scene_people(cast, beat, episode=number, index=index)
        place = places[(index + (number - 1)) % len(places)]
        times = beats[:index].count(beat)
        scenes.append(
            SceneOutline(
                number=index + 1,
                title=_from_stage(story, "titles", beat, people, place, (number, times)),
                summary=_from_stage(story, "summaries", beat, people, place, (number, times)),
                place=place.name,
                time=_time(pattern, index, len(beats)),
                mood=_mood(story, beat, times),
                characters=[one.name for one in people],
                beat=beat,
            )
        )
    title = _episode_title(story, cast, number)
    slots = _series_slots(story, cast, number)
    logline = story.fill(_turn(story, story.stage["episodes"]["loglines"], number, "logline"), slots)
    return EpisodeOutline(number=number, title=title, logline=logline, scenes=scenes)


def _from_stage(
    story: Story, table: str, beat: str, people: list[Character], place: Place, where: tuple[int, int]
) -> str:
    number, times = where
    # A one-scene episode tells its whole story in the shape of its last beat.
    templates = story.stage[table]["cliffhanger" if beat == "whole" else beat]
    ordered = story.dice.order(templates, table, beat)
    template = ordered[(number - 1 + times) % len(ordered)]
    return story.fill(template, scene_slots(story, people, place, number, beat, times))


def _time(pattern: list[TimeOfDay], index: int, count: int) -> TimeOfDay:
    return pattern[min(len(pattern) - 1, index * len(pattern) // count)]


def _mood(story: Story, beat: str, times: int) -> Mood:
    own = structure()["genre_moods"].get(story.genre, {})
    moods: list[Mood] = own.get(beat) or structure()["moods"][beat]
    return moods[(story.dice.number("mood") + times) % len(moods)]


def _turn(story: Story, templates: list[str], number: int, purpose: str) -> str:
    ordered = story.dice.order(templates, purpose)
    return ordered[(number - 1) % len(ordered)]


def _series_slots(story: Story, cast: list[Character], number: int) -> dict[str, str]:
    third = cast[2 + (number - 1) % (len(cast) - 2)] if len(cast) > 2 else cast[1]
    return {
        "a": cast[0].name, "b": cast[1].name, "c": third.name, "topic": story.topic("episode", number),
    }  # fmt: skip


def _episode_title(story: Story, cast: list[Character], number: int) -> str:
    templates = story.stage["episodes"]["titles"]
    title = story.fill(_turn(story, templates, number, "title"), _series_slots(story, cast, number))
    round_number = (number - 1) // len(templates)
    return title if round_number == 0 else f"{title} ({round_number + 1})"


def _logline(brief: NovelaBrief) -> str:
    first = sentences(brief.description)
    text = ""
    for sentence in first[:2]:
        if len(text) + len(sentence) > MAX_LOGLINE:
            break
        text = f"{text} {sentence}".strip()
    if text:
        return text
    return first[0][:MAX_LOGLINE].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _threads(story: Story, cast: list[Character]) -> list[str]:
    slots = _series_slots(story, cast, 1)
    return [story.fill(one, slots) for one in story.stage["episodes"]["threads"]]
