"""Planning the series: cast, sets, and the brief's own story over the beats of every episode."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from state.brief import NovelaBrief, PlaceBrief, SceneBrief
from state.script import Character, Mood, Narrator, Place, Presentation
from state.writing import EpisodeOutline, PlanSeriesInput, SceneOutline, SeriesPlan
from tools.models.offline.brief.makers_notes import asked_in, told_only
from tools.models.offline.brief.obeyed import allowed_mood, is_never_sad
from tools.models.offline.brief.story import Story, story_of
from tools.models.offline.clauses.tokens import sentences_of
from tools.models.offline.persons.as_teller import as_told, named
from tools.models.offline.persons.cast import make_cast
from tools.models.offline.persons.newcomers import with_newcomers
from tools.models.offline.persons.presence import is_alone, left_by_then
from tools.models.offline.persons.teller_named import teller_of_brief
from tools.models.offline.persons.voices import voices_of
from tools.models.offline.places.hours import times_of
from tools.models.offline.places.main_place import MainPlace, main_place
from tools.models.offline.places.sets import alike, make_places
from tools.models.offline.places.whereabouts import places_of, ways_through
from tools.models.offline.telling.facts import first_episode, lay_story, remembered, told_before
from tools.models.offline.telling.layout import Where
from tools.models.offline.telling.outline import people_of_scene, told_of
from tools.models.offline.telling.telling import tell_scene, tell_together, threads_of, title_of
from tools.models.offline.words.bank import structure
from tools.models.offline.words.fact import Fact

MAX_LOGLINE = 240
MAX_SUMMARY = 400
MOST_THREADS = 5


def compose_plan(input: PlanSeriesInput) -> SeriesPlan:
    """The whole mini-series. With a known plan, cast and places stay to the letter, and so does the past."""
    known = as_told(input.known, input.brief) if input.known else None
    return named(_composed(input.model_copy(update={"known": known})), input.brief)


def _composed(input: PlanSeriesInput) -> SeriesPlan:
    """The plan as the story calls everybody: who says I is I."""
    brief, known = told_only(input.brief), input.known
    story, teller = story_of(brief), teller_of_brief(input.brief)
    cast = with_newcomers(known.cast, brief, story) if known else make_cast(brief, story, teller)
    asked = asked_in(input.brief.description, brief.language)
    main = main_place(brief, asked)
    places = _with_new(known.places if known else [], make_places(brief, story, main))
    first = first_episode(brief, known)
    past = [one for one in known.episodes if one.number < first] if known else []
    threads = _still_open(known)
    told = told_before(known, first) if known else ""
    memory = remembered(known.model_copy(update={"open_threads": threads}), first) if known else []
    laid = lay_story(brief, cast, told=told, first=first, past=memory)
    season = Telling(
        brief=brief,
        story=story,
        cast=cast,
        places=places,
        main=main,
        asked=asked,
        laid=laid,
        first=first,
        never_sad=is_never_sad(input.brief),
    )
    episodes = season.episodes(past)
    own = [fact for where in sorted(laid) for fact in laid[where] if where[0] >= first]
    fresh = threads_of([fact for fact in own if fact.source != "plot"], cast, story)
    return SeriesPlan(
        title=known.title if known else brief.title,
        logline=known.logline if known else _logline(brief),
        cast=cast,
        narrator=(known.narrator if known else None) or _narrator(story, brief) if brief.narrator else None,
        places=_used(places, episodes, [*brief.places, *(known.places if known else []), *season.passed()]),
        episodes=episodes,
        palette=known.palette if known else story.dice.pick(structure()["palettes"][brief.genre], "palette"),
        open_threads=list(dict.fromkeys([*threads, *fresh]))[:MOST_THREADS] or _threads(story, cast),
        told=known.told if known else [],
    )


def _narrator(story: Story, brief: NovelaBrief) -> Narrator | None:
    """Who tells the series, a woman or a man; nobody where a person's own words say it all."""
    own = {scene.number for scene in brief.scenes if scene.lines or scene.shots}
    if brief.target_episodes == 1 and len(own) >= brief.scenes_per_episode:
        return None
    ways: tuple[Presentation, Presentation] = ("woman", "man")
    chosen = story.dice.pick(ways, "narrator")
    return Narrator(name=story.words["narrator"][chosen], presentation=chosen)


@dataclass(frozen=True, kw_only=True)
class Telling:
    """Everything that the outlines of a series are made from."""

    brief: NovelaBrief
    story: Story
    cast: Sequence[Character]
    places: Sequence[Place]
    main: MainPlace | None
    asked: str
    """All words of the brief, those to whoever makes the film among them."""
    laid: Mapping[Where, tuple[Fact, ...]]
    first: int
    """The first episode that is not told yet."""
    never_sad: bool = False
    """Whether the client wants nothing that sounds sad."""

    def episodes(self, past: Sequence[EpisodeOutline]) -> list[EpisodeOutline]:
        """The episodes that were and those that follow, each with a title of its own."""
        found = list(past)
        titles = {one.title.lower() for one in past} | {self.brief.title.lower()}
        for number in range(len(past) + 1, max(self.brief.target_episodes, self.first) + 1):
            found.append(self._episode(number, titles))
        return found

    def passed(self) -> list[Place]:
        """The places that some sentence of the episode being made leads to."""
        number = self.brief.episode_number
        count = self.brief.scenes_per_episode
        facts = [self.laid.get((number, scene + 1), ()) for scene in range(count)]
        ways = ways_through(facts, self.places, self.brief, self.main) if any(facts) else []
        return list({place.name: place for way in ways for _, place in way}.values())

    def _episode(self, number: int, titles: set[str]) -> EpisodeOutline:
        beats: list[str] = structure()["beats"][str(self.brief.scenes_per_episode)]
        facts = [self.laid.get((number, index + 1), ()) for index in range(len(beats))]
        everything = [fact for one in facts for fact in one if not fact.again]
        title = self._title(number, everything, titles)
        return EpisodeOutline(
            number=number,
            title=title,
            logline=self._logline(everything),
            scenes=self._scenes(number, beats, facts, {title.lower()}),
        )

    def _scenes(
        self, number: int, beats: Sequence[str], facts: Sequence[Sequence[Fact]], used: set[str]
    ) -> list[SceneOutline]:
        where = places_of(facts, self.places, self.brief, self.main)
        times = times_of(facts, self.brief, where, self.asked)
        seen: list[str] = []
        scenes: list[SceneOutline] = []
        for index, beat in enumerate(beats):
            asked = self._asked(number, index + 1)
            people = self._people(facts[index], asked, seen, met=self._met(number, facts[: index + 1]))
            seen += [one.name for one in people]
            turn = index + number - 1
            last = number == self.brief.target_episodes > 1 and index == len(beats) - 1
            summary = tell_scene(
                self.story, facts[index], people, self.cast,
                beat=beat, last=last, turn=turn + 1,
            )  # fmt: skip
            scenes.append(
                SceneOutline(
                    number=index + 1,
                    title=self._scene_title(facts[index], people, beat, turn, used),
                    summary=asked.description[:MAX_SUMMARY] if asked else summary,
                    place=where[index].name,
                    time=times[index],
                    mood=allowed_mood(
                        _mood(self.story, beat, beats[:index].count(beat)), never_sad=self.never_sad
                    ),
                    characters=[one.name for one in people],
                    beat=beat,
                )
            )
        return scenes

    def _asked(self, number: int, scene: int) -> SceneBrief | None:
        """What the brief wants to see in this scene of the episode being made."""
        if number != self.brief.episode_number:
            return None
        return next((one for one in self.brief.scenes if one.number == scene), None)

    def _met(self, number: int, scenes: Sequence[Sequence[Fact]]) -> set[str]:
        """Whom the story has spoken of so far, and whom it never will: the brief wants them there."""
        if number > self.first:
            return {one.name for one in self.cast}
        given = {one.name for one in self.brief.characters}
        told = {name for facts in scenes for name in told_of(facts, self.cast)}
        before = [fact for facts in scenes[:-1] for fact in facts]
        gone = left_by_then(before, self.cast, self.brief.language)
        return (told | (given & set(self._idle()))) - gone

    def _people(
        self, facts: Sequence[Fact], asked: SceneBrief | None, seen: Sequence[str], *, met: set[str]
    ) -> list[Character]:
        heard = voices_of(self.brief, self.cast)
        seeable = [one for one in self.cast if one.name not in heard] or self.cast
        people = people_of_scene(
            facts, seeable, seen, scenes=self.brief.scenes_per_episode, idle=self._idle(), met=met
        )
        if asked is None and is_alone(facts, self.cast, self.brief.language):
            return people[:1]
        if asked is None:
            return people
        wanted = [one for one in self.cast if one.name in asked.characters]
        return [*wanted, *(one for one in people if one not in wanted)][: max(2, len(wanted))]

    def _idle(self) -> list[str]:
        """People whom no fact brings on."""
        facts = [fact for one in self.laid.values() for fact in one]
        told = {name for fact in facts for name in fact.about}
        subjects = " ".join(fact.subject for fact in facts)
        return [one.name for one in self.cast if one.name not in told and one.name not in subjects]

    def _scene_title(
        self, facts: Sequence[Fact], people: Sequence[Character], beat: str, turn: int, used: set[str]
    ) -> str:
        fresh = [fact for fact in facts if not fact.again]
        title = title_of(fresh, self.story, used, self.story.dice.child("title", turn))
        if title:
            return title
        # A one-scene episode tells its whole story in the shape of its last beat.
        templates = self.story.stage["titles"]["cliffhanger" if beat == "whole" else beat]
        slots = {"a": people[0].name, "b": people[-1].name, "first": "", "c": people[-1].name}
        fitting = [one for one in templates if "{first}" not in one]
        ordered = self.story.dice.order(fitting, "titles", beat)
        return self.story.fill(ordered[turn % len(ordered)], slots)

    def _title(self, number: int, facts: Sequence[Fact], titles: set[str]) -> str:
        if number >= self.first and (
            own := title_of(facts, self.story, titles, self.story.dice.child(number))
        ):
            return own
        templates = self.story.stage["episodes"]["titles"]
        slots = _series_slots(self.story, self.cast, number)
        ordered = self.story.dice.order(templates, "title")
        for turn in range(number - 1, number - 1 + len(ordered)):
            title = self.story.fill(ordered[turn % len(ordered)], slots)
            if title.lower() not in titles:
                titles.add(title.lower())
                return title
        return f"{self.story.fill(ordered[(number - 1) % len(ordered)], slots)} ({number})"

    def _logline(self, facts: Sequence[Fact]) -> str:
        """What sets the episode going and what stands in the way."""
        drives = [fact for fact in facts if fact.kind in ("desire", "threat", "secret")]
        chosen = list(dict.fromkeys([*facts[:1], *drives[:1], *facts[1:2]]))[:2]
        told = tell_together(chosen, self.cast, self.story.language)
        return _within(" ".join(told), MAX_LOGLINE)


def _with_new(known: list[Place], made: list[Place]) -> list[Place]:
    """The known sets to the letter, then those that only the new brief leads to."""
    return [*known, *(place for place in made if alike(place.kind, known) is None)]


def _used(
    places: Sequence[Place], episodes: Sequence[EpisodeOutline], kept: Sequence[Place | PlaceBrief]
) -> list[Place]:
    """The sets that some scene plays in, and those that are asked for."""
    names = {one.name for one in kept} | {scene.place for one in episodes for scene in one.scenes}
    return [place for place in places if place.name in names]


def _still_open(known: SeriesPlan | None) -> list[str]:
    """The open threads that no episode has settled."""
    if known is None or not known.told:
        return []
    settled = {thread for memory in known.told for thread in memory.settled}
    return [thread for thread in known.open_threads if thread not in settled]


def _mood(story: Story, beat: str, times: int) -> Mood:
    own = structure()["genre_moods"].get(story.genre, {})
    moods: list[Mood] = own.get(beat) or structure()["moods"][beat]
    return moods[(story.dice.number("mood") + times) % len(moods)]


def _series_slots(story: Story, cast: Sequence[Character], number: int) -> dict[str, str]:
    third = cast[2 + (number - 1) % (len(cast) - 2)] if len(cast) > 2 else cast[-1]
    return {
        "a": cast[0].name, "b": cast[min(1, len(cast) - 1)].name, "c": third.name,
        "topic": story.topic("episode", number),
    }  # fmt: skip


def _logline(brief: NovelaBrief) -> str:
    first = sentences_of(brief.description) or [brief.description.strip()]
    text = ""
    for sentence in first[:2]:
        if len(text) + len(sentence) > MAX_LOGLINE:
            break
        text = f"{text} {sentence}".strip()
    return text or _within(first[0], MAX_LOGLINE)


def _within(text: str, most: int) -> str:
    """A text of at most so many letters, cut between words."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0].rstrip(",;:") + "\u2026"


def _threads(story: Story, cast: Sequence[Character]) -> list[str]:
    slots = _series_slots(story, cast, 1)
    return [story.fill(one, slots) for one in story.stage["episodes"]["threads"]]
