"""People talk about the brief: its facts are spoken, nobody repeats them as news, few words are shared."""

import re
from itertools import product

import pytest

from benchmarks.overlap import MOST, briefs, grams_of, highest, write
from state.brief import NovelaBrief
from state.script import Language
from state.writing import EpisodeMemory, WriteSceneInput
from tests.scripts import Written, a_novela_brief, story_briefs, write_episode
from tools.models.offline.bank import bank
from tools.models.offline.scene import compose_scene
from tools.models.offline.speech.memory import facts_for
from tools.models.offline.speech.told import stems

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
    for words in ("letter", "sell the house", "burn the letter", "knocking at the door"):
        assert words in lines


def test_about_half_of_the_lines_carry_the_brief():
    shares = [_carrying(write_episode(brief)) for brief in BRIEFS]
    assert sum(shares) / len(shares) >= 0.45
    assert min(shares) >= 0.3


@pytest.mark.parametrize("brief", BRIEFS, ids=NAMES)
def test_news_is_told_once(brief: NovelaBrief):
    """A fact that a line already carried is no chain of its own in a later scene."""
    written = write_episode(brief)
    names = [one.name for one in written.plan.cast]
    for asked in written.inputs:
        before = [line.text for scene in asked.previous_scenes for shot in scene.shots for line in shot.lines]
        again = asked.model_copy(update={"previous_scenes": written.scenes})
        lines = [line.text for shot in compose_scene(again).scene.shots for line in shot.lines]
        assert not set(lines) & {*before, *written.lines}, names


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
    said = [line.text for shot in compose_scene(asked).scene.shots for line in shot.lines]
    assert not set(said) & set(first.lines)
    quoted = [found[1] for line in said if (found := re.search(r"“(.+?)”", line))]
    assert quoted
    assert all(any(quote in line for line in first.lines) for quote in quoted)
    # The control: without a memory nothing is quoted.
    forgetful = [line.text for shot in compose_scene(again).scene.shots for line in shot.lines]
    assert not any("“" in line for line in forgetful)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_move_has_frames_and_ties_in_every_language(language: Language):
    for table in ("frames", "ties"):
        english, other = bank("en")[table], bank(language)[table]
        assert other.keys() == english.keys()
        assert all(other[key].keys() == english[key].keys() for key in english)
    assert all(len(lines) >= 11 for lines in bank(language)["ties"]["any"].values())


@pytest.mark.parametrize(("language", "genre"), list(product(LANGUAGES, ("comedy", "thriller"))))
def test_genres_colour_the_frames(language: Language, genre: str):
    """The same story is told in other words as a comedy than as a drama."""
    story = next(brief for brief in BRIEFS if brief.language == language)
    one = write_episode(story.model_copy(update={"genre": genre})).lines
    two = write_episode(story.model_copy(update={"genre": "romance"})).lines
    assert len(set(one) & set(two)) <= len(one) // 3


def _carrying(written: Written) -> float:
    """The share of the lines with a word of the brief or of a fact that the scene has."""
    known = stems(f"{written.brief.title} {written.brief.description}")
    known = known.union(*(stems(fact.text) for asked in written.inputs for fact in facts_for(asked)))
    return sum(bool(stems(line) & known) for line in written.lines) / len(written.lines)


def _second_episode(first: Written, *, remembers: bool = True) -> WriteSceneInput:
    said = [line for scene in first.scenes for shot in scene.shots for line in shot.lines]
    memory = EpisodeMemory(number=1, title="One", summary="", said=said)
    plan = first.plan.model_copy(update={"told": [memory] if remembers else []})
    brief = first.brief.model_copy(update={"episode_number": 2})
    outline = plan.episodes[1].scenes[0]
    return first.inputs[0].model_copy(update={"brief": brief, "plan": plan, "outline": outline})
