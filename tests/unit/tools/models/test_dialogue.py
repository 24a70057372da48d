"""People talk about the brief: its facts are spoken, nobody repeats them as news, few words are shared."""

import re
from functools import lru_cache
from itertools import product

import pytest

from benchmarks.overlap import MOST, briefs, grams_of, highest, write
from state.brief import NovelaBrief
from state.script import Language
from state.writing import EpisodeMemory, WriteSceneInput
from tests.scripts import Written, a_novela_brief, story_briefs, write_episode
from tools.models.offline.scene import compose_scene
from tools.models.offline.speech.told import stems
from tools.models.offline.words.bank import bank

LANGUAGES: tuple[Language, ...] = ("en", "es", "pt-BR")
BRIEFS = story_briefs()
NAMES = [brief.title for brief in BRIEFS]
LETTER = {
    "title": "The Letter",
    "description": "Lucía comes home for her father's funeral and finds a letter he never sent. Her brother "
    "Mateo wants to sell the house before the week is over. Her aunt Inés begs her to burn the letter "
    "unread. On the night of the storm, someone knocks at the door.",
    "genre": "drama",
    "language": "en",
    "target_episodes": 2,
}


def test_a_listener_without_the_brief_hears_the_plot():
    lines = " ".join(write_episode(a_novela_brief(**LETTER)).lines).lower()
    for words in ("letter", "sell the house", "burn the letter", "knocks at the door"):
        assert words in lines


@pytest.mark.breadth(4)
@pytest.mark.parametrize("brief", BRIEFS, ids=NAMES)
def test_whoever_only_listens_hears_what_the_brief_says(brief: NovelaBrief):
    """Summaries and descriptions are not heard: the story must be in the lines."""
    content = stems(brief.description)
    heard = stems(" ".join(write_episode(brief).lines))
    assert len(content & heard) >= 0.75 * len(content), content - heard
    # The control: what people say among themselves is not the story.
    said = stems(" ".join(line.text for line in write_episode(brief).spoken))
    assert len(content & said) < 0.75 * len(content)


@pytest.mark.breadth(4)
@pytest.mark.parametrize("brief", BRIEFS, ids=NAMES)
def test_news_is_told_once(brief: NovelaBrief):
    """What people have said in one scene nobody says in another."""
    written = write_episode(brief)
    said = [line.text for line in written.spoken]
    assert len(set(said)) == len(said)
    for asked in written.inputs:
        again = compose_scene(asked.model_copy(update={"previous_scenes": written.scenes})).scene
        lines = [line.text for shot in again.shots for line in shot.lines if not line.voice_over]
        assert not set(lines) & set(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_twelve_pairs_share_few_words(language: Language):
    """The whole measurement is `python -m benchmarks.overlap`."""
    scripts = [write(brief) for brief, _ in zip(briefs(language, "drama"), range(4), strict=False)]
    assert [problem for one in scripts for problem in one.problems] == []
    assert highest([(one.title, one.said) for one in scripts])[0] <= MOST
    assert highest([(one.title, [*one.said, *one.told]) for one in scripts])[0] <= MOST


def test_the_measure_sees_a_copied_script():
    """The control: the same words twice are an overlap of one."""
    said = ["You knew it all along, Bruno."]
    assert highest([("a", said), ("b", said)])[0] == 1.0
    assert grams_of(["one two three four five"]) == {
        ("one", "two", "three", "four"),
        ("two", "three", "four", "five"),
    }


def test_the_next_episode_quotes_the_last_and_repeats_nothing():
    first = write_episode(a_novela_brief(**LETTER))
    asked, again = _second_episode(first), _second_episode(first, remembers=False)
    said = [
        line.text for shot in compose_scene(asked).scene.shots for line in shot.lines if not line.voice_over
    ]
    assert not set(said) & {line.text for line in first.spoken}
    quoted = [found[1] for line in said if (found := re.search(r"“(.+?)”", line))]
    assert quoted
    assert all(any(quote in line for line in first.lines) for quote in quoted)
    # The control: without a memory nothing is quoted.
    forgetful = [line.text for shot in compose_scene(again).scene.shots for line in shot.lines]
    assert not any("“" in line for line in forgetful)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_of_saying_has_frames_in_every_language(language: Language):
    english, other = bank("en")["frames"], bank(language)["frames"]
    assert other.keys() == english.keys()
    assert all(other[key].keys() == english[key].keys() for key in english)


@pytest.mark.breadth(3)
@pytest.mark.parametrize(("language", "genre"), list(product(LANGUAGES, ("comedy", "thriller"))))
def test_genres_colour_what_people_say(language: Language, genre: str):
    """Where people tell a story themselves, they do so in other words: a quarter may be shared."""
    told = list(zip(_said(language, genre), _said(language, "romance"), strict=True))
    shared = sum(len(set(one) & set(two)) for one, two in told)
    assert shared <= sum(len(one) for one, _ in told) // 4


@pytest.mark.breadth(3)
@pytest.mark.parametrize(("language", "genre"), list(product(LANGUAGES, ("comedy", "thriller"))))
def test_genres_colour_the_frames(language: Language, genre: str):
    """A narrator tells in the brief's words; what is seen has the genre's mood, faces and camera."""
    here, there = _seen(language, genre), _seen(language, "romance")
    assert sum(one != two for one, two in zip(here, there, strict=True)) >= len(here) * 2 // 3


@lru_cache(maxsize=9)
def _said(language: Language, genre: str) -> list[list[str]]:
    return [[line.text for line in one.spoken] for one in _in_genre(language, genre, narrator=False)]


@lru_cache(maxsize=9)
def _seen(language: Language, genre: str) -> list[tuple[object, ...]]:
    """Mood, camera move and faces of every shot."""
    return [
        (scene.mood, shot.staging.move, *(one.expression for one in shot.staging.people))
        for written in _in_genre(language, genre, narrator=True)
        for scene in written.scenes
        for shot in scene.shots
    ]


def _in_genre(language: Language, genre: str, *, narrator: bool) -> list[Written]:
    stories = [brief for brief in BRIEFS if brief.language == language][:4]
    return [write_episode(one.model_copy(update={"genre": genre, "narrator": narrator})) for one in stories]


def _second_episode(first: Written, *, remembers: bool = True) -> WriteSceneInput:
    said = [line for scene in first.scenes for shot in scene.shots for line in shot.lines]
    memory = EpisodeMemory(number=1, title="One", summary="", said=said)
    plan = first.plan.model_copy(update={"told": [memory] if remembers else []})
    brief = first.brief.model_copy(update={"episode_number": 2})
    outline = plan.episodes[1].scenes[0]
    return first.inputs[0].model_copy(update={"brief": brief, "plan": plan, "outline": outline})
