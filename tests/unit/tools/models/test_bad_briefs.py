"""Briefs as they come: anything a person may type still makes an episode that every check lets through."""

import random
import re
import time
from typing import Any

import pytest

from nodes.agents.script_checks import plan_problems, scene_problems
from state.brief import NovelaBrief
from state.writing import PlanSeriesInput, SeriesPlan, WriteSceneInput
from tests.scripts import a_novela_brief, write_episode
from tools.models.offline.clauses.tokens import sentences_of
from tools.models.offline.plan import compose_plan
from tools.models.offline.scene import compose_scene
from tools.models.offline.words.timing import letters_of
from tools.screenplay.seconds import scene_seconds

ODD = {
    "one_word": "Wedding",
    "only_a_mark": "?",
    "emoji": "🐶 loves 🐱 but 🐱 loves the fish 🐟. Then Anna 👩 comes home.",
    "chinese": "李明在上海开了一家小饭馆。他的妹妹李华想卖掉它。",
    "arabic": "ليلى تعمل في مستشفى في القاهرة. أخوها عمر يخفي رسالة.",
    "cyrillic": "Ли Мин и Анна Петрова спорят о доме у реки. Анна скрывает письмо.",
    "html": "<html><body><script>alert(1)</script><p>Anna leaves <b>Tom</b>.</p></body></html>",
    "json": '{"title": "x", "people": ["Anna", "Tom"], "plot": {"a": 1, "b": "{c}"}}',
    "markdown": "# Act one\n\n**Anna** meets *Tom* at [the bar](https://example.org/bar?x=1&y={z}).",
    "templates": "Visit http://x.y Anna {a} {name} %s %(x)s {0} {{}} ${HOME} $(ls) `id`",
    "bullets": "- A baker named Sol\n- His rival Petra\n- They share one oven\n• — The oven breaks",
    "loud": "MARTHA IS FURIOUS. HER HUSBAND SOLD THE PIANO. SHE BUYS A DRUM KIT AND WAKES THE STREET.",
    "unpointed": "martha is furious her husband sold the piano she buys a drum kit he calls the police",
    "second_person": "You are a nurse on the night shift. You find a patient who knows your name.",
    "first_person": "Heredo una casa de una tía que no conocí. Mi vecina Rita me ruega que no la abra.",
    "dialogue": '"Where were you?" "At the shop." "It burned down." "Then I was lucky, Tom."',
    "endless": "Ana walks to the sea and counts the boats and sells the house and " * 22,
    "contradiction": "A comedy about a funeral: the coffin is empty, the priest is drunk, the widow laughs.",
}
NAMES = ("李明", "عمر", "Анна", "Zoë", "O'Brien", "Jean-Luc", "x", "{a}", "😀", "<b>Bob</b>", "null",
         "Narrator", "Ana: boss", "[[Ana]]", "INT. HOUSE", "She", "Ele", "Scene 1", "1", "Mum")  # fmt: skip
SLOT = re.compile(r"\{[a-z_]+\}")


def a_wild_brief(name: str, seed: int) -> NovelaBrief:
    """One odd description with everything else chosen by a seed."""
    dice = random.Random(f"{name}{seed}")  # noqa: S311
    told: dict[str, Any] = {
        "title": dice.choice(["The Swarm", "李明", "{t}", "A very long title " * 9]),
        "description": ODD[name],
        "language": ("en", "es", "pt-BR")[seed % 3],
        "genre": dice.choice(["drama", "romance", "thriller", "comedy"]),
        "scenes_per_episode": dice.randint(1, 3),
        "shots_per_scene": dice.randint(1, 6),
        "episode_seconds": dice.choice([6, 20, 45]),
        "duration": dice.choice([1, 4, 8, 60]),
        "aspect_ratio": dice.choice(["16:9", "9:16", "1:1"]),
    }
    if dice.random() < 0.5:
        called = dice.sample(NAMES, dice.randint(1, 6))
        told["characters"] = [{"name": one, "secret": dice.choice(["", "pawned it"])} for one in called]
    return NovelaBrief.model_validate(told)


def episode(brief: NovelaBrief, words_per_minute: int) -> tuple[SeriesPlan, list[str], list[str]]:
    """The plan, every text of the episode, and what the checks say."""
    asked = PlanSeriesInput(brief=brief)
    plan = compose_plan(asked)
    outlines = plan.episodes[0].scenes
    told = {one.number: len(one.summary.split()) for one in outlines}
    seconds = scene_seconds(brief, words_per_minute, told=told)
    found, texts, scenes = plan_problems(asked, plan), [plan.logline], []
    for outline in outlines:
        one = WriteSceneInput(
            brief=brief, plan=plan, outline=outline, previous_scenes=scenes,
            seconds=seconds[outline.number], shots=brief.shots_per_scene, words_per_minute=words_per_minute,
        )  # fmt: skip
        draft = compose_scene(one)
        scenes = [*scenes, draft.scene]
        found += scene_problems(one, draft)
        texts += [outline.title, outline.summary, draft.prompt]
        for shot in draft.scene.shots:
            texts += [shot.description, shot.prompt, *(line.text for line in shot.lines)]
    return plan, texts, found


@pytest.mark.breadth(3)
@pytest.mark.parametrize("name", ODD)
def test_odd_briefs_make_an_episode_that_passes_every_check(name: str):
    for seed in range(3):
        brief = a_wild_brief(name, seed)
        rate = (60, 150, 240)[seed]
        _, texts, problems = episode(brief, rate)
        own = set(SLOT.findall(brief.model_dump_json()))
        assert problems == []
        assert all(text.strip() for text in texts)
        assert set(SLOT.findall("\n".join(texts))) <= own


@pytest.mark.breadth(3)
@pytest.mark.parametrize(("seconds", "clip"), [(6, 1), (60, 1), (180, 4), (180, 5)])
def test_short_clips_fill_a_long_scene(seconds: int, clip: int):
    brief = a_novela_brief(scenes_per_episode=1, episode_seconds=seconds, duration=clip)
    _, _, problems = episode(brief, 150)
    assert problems == []


def test_slates_go_on_after_z():
    assert [letters_of(at) for at in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


def test_spaces_and_bullets_of_a_brief_are_not_told():
    assert sentences_of("•  — Ana   sells\tthe boat.\n- * Tom buys it.") == [
        "— Ana sells the boat.",
        "Tom buys it.",
    ]


def test_a_page_without_a_full_stop_is_read_once():
    """Searching back from each noun to the start of the page took minutes."""
    began = time.process_time()
    assert write_episode(a_page(100)).lines
    assert time.process_time() - began < 30


@pytest.mark.soak
def test_the_breadth_of_a_whole_page_without_a_full_stop_is_read():
    assert write_episode(a_page(250)).lines


def a_page(clauses: int) -> NovelaBrief:
    clause = "Ana walks to the old house by the sea and sells the boat and "
    return a_novela_brief(description=clause * clauses)


@pytest.mark.parametrize(("language", "description"), [
    ("en", "SnapBrush charges in one minute. Ana loves SnapBrush and shows it to her sister."),
    ("es", "SnapBrush se carga en un minuto. Ana adora SnapBrush y se lo muestra a su hermana."),
    ("pt-BR", "SnapBrush carrega em um minuto. Ana adora SnapBrush e mostra para a irmã."),
])  # fmt: skip
def test_a_product_is_nobody_of_the_cast(language: str, description: str):
    asked = {"description": description, "language": language}
    sold = a_novela_brief(**asked, product={"name": "SnapBrush"})
    names = [one.name for one in write_episode(sold).plan.cast]
    assert "Ana" in names
    assert "SnapBrush" not in names


def test_somebody_may_be_called_like_the_product():
    description = "Marta hides the ring. Tom sells Marta Gold to the neighbours."
    brief = a_novela_brief(description=description, product={"name": "Marta Gold"})
    names = [one.name for one in write_episode(brief).plan.cast]
    assert {"Marta", "Tom"} <= set(names)
    assert "Marta Gold" not in names


@pytest.mark.parametrize(("own", "told"), [((1, 2), False), ((1,), True)])
def test_nobody_narrates_where_all_words_are_a_persons_own(own: tuple[int, ...], told: bool):
    scenes = [{"number": at, "lines": [{"speaker": "Ana", "text": "No."}]} for at in own]
    brief = a_novela_brief(scenes=scenes, scenes_per_episode=2, characters=[{"name": "Ana"}])
    plan = compose_plan(PlanSeriesInput(brief=brief))
    assert (plan.narrator is not None) is told
