"""A series of three episodes: who and what stays, and what does not come twice."""

from functools import lru_cache

import pytest

from state.script import Language
from state.writing import EpisodeMemory, SeriesPlan
from tests.scripts import Written, a_novela_brief, write_episode
from tools.models.offline.telling.rewording import is_stock

STORIES: dict[Language, str] = {
    "en": "Hollis runs the only ferry across the Tamsin. His niece Bree wants to sell the route to pay a "
    "debt. Hollis burns the letter before she can read it. The mayor's car rolls into the river.",
    "es": "Berta cuida el faro de Punta Brava. Su hijo Lucas quiere convertir el faro en un hotel. Berta "
    "esconde las llaves en un saco de harina. La noche de la tormenta nadie encuentra las llaves.",
    "pt-BR": "Dalva vende peixe na feira de Ilhéus. O ex-marido, Nestor, quer abrir uma barraca em frente. "
    "A filha deles, Tainá, esconde o dinheiro. No domingo de Páscoa acaba o gelo.",
}

VERBS = [
    "buys",
    "sells",
    "burns",
    "paints",
    "steals",
    "mends",
    "hides",
    "opens",
    "drops",
    "counts",
    "locks",
    "throws",
]
NOUNS = [
    "boat",
    "piano",
    "letter",
    "fence",
    "ladder",
    "window",
    "medal",
    "suitcase",
    "bottle",
    "coins",
    "door",
    "radio",
]


@lru_cache(maxsize=4)
def series(language: Language) -> tuple[Written, ...]:
    """Three episodes of one brief, each remembering those before."""
    known: SeriesPlan | None = None
    made: list[Written] = []
    for number in (1, 2, 3):
        brief = a_novela_brief(
            description=STORIES[language], language=language, target_episodes=3, episode_number=number
        )
        made.append(write_episode(brief, known))
        plan = made[-1].plan
        memory = EpisodeMemory(
            number=number,
            title=plan.episodes[number - 1].title,
            summary=" ".join(one.summary for one in plan.episodes[number - 1].scenes),
            said=[line for scene in made[-1].scenes for shot in scene.shots for line in shot.lines],
        )
        known = plan.model_copy(update={"told": [*plan.told, memory]})
    return tuple(made)


@pytest.mark.parametrize("language", STORIES)
def test_cast_narrator_sets_and_palette_stay(language: Language):
    first, *later = series(language)
    for one in later:
        assert one.plan.cast[: len(first.plan.cast)] == first.plan.cast
        assert one.plan.places[: len(first.plan.places)] == first.plan.places
        assert (one.plan.narrator, one.plan.palette) == (first.plan.narrator, first.plan.palette)


@pytest.mark.parametrize("language", STORIES)
def test_people_say_nothing_twice(language: Language):
    said = [line.text for one in series(language) for line in one.spoken]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("language", STORIES)
def test_what_the_writer_made_up_happens_once(language: Language):
    """Without what was told, the third episode was made of the second one's developments."""
    second, third = series(language)[1:]
    loglines = {second.plan.episodes[1].logline, third.plan.episodes[2].logline}
    assert len(loglines) == 2
    told = {scene.summary for scene in second.plan.episodes[1].scenes}
    again = told & {scene.summary for scene in third.plan.episodes[2].scenes}
    assert [one for one in again if not one.endswith("?")] == []


@pytest.mark.parametrize("language", STORIES)
def test_quotes_are_about_the_story(language: Language):
    for before, one in zip(series(language), series(language)[1:], strict=False):
        quotes = [line.text for line in one.spoken if "\u201c" in line.text]
        for quote in quotes:
            words = quote.partition("\u201c")[2].partition("\u201d")[0]
            assert any(words.lower() in line.text.lower() for line in before.spoken)
            assert not is_stock(words, language)


@pytest.mark.parametrize(("text", "stock"), [
    ("Then at least I'll regret something I did.", True), ("This changes everything.", True),
    ("I want to sell the hives to pay a debt.", False),
])  # fmt: skip
def test_lines_that_anybody_could_say_are_known(text: str, stock: bool):
    assert is_stock(text, "en") is stock


def test_a_line_of_the_story_is_quoted():
    quotes = [line.text for line in series("en")[1].spoken if "\u201c" in line.text]
    assert any("route" in quote for quote in quotes)


def test_a_full_brief_is_told_over_the_episodes_it_can_fill():
    """Twelve things that happen are three episodes of four scenes, not one and two of the writer's own."""
    told = [f"Ana {verb} the {noun}." for verb, noun in zip(VERBS, NOUNS, strict=True)]
    brief = a_novela_brief(description=" ".join(told), target_episodes=3)
    for episode in write_episode(brief).plan.episodes:
        summary = " ".join(scene.summary for scene in episode.scenes)
        assert sum(noun in summary for noun in NOUNS) >= 4
