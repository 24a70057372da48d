"""What every offline scene holds to: seconds, sides, words, truth."""

import re
from itertools import combinations, product

import pytest

from nodes.agents.script_checks import most_words, overfull, plan_problems, scene_problems
from state.brief import CharacterBrief, NovelaBrief
from state.script import Line
from state.writing import PlanSeriesInput, WriteSceneInput
from tests.scripts import STORIES, a_novela_brief, story_briefs, write_episode
from tools.models.offline.scene import compose_scene

SLOT = re.compile(r"[{}\[\]]|\bNone\b|\bTODO\b|[Ll]orem|\s{2,}\S")
BRIEFS = story_briefs()
NAMES = [brief.title for brief in BRIEFS]


@pytest.mark.breadth(4)
@pytest.mark.parametrize("brief", BRIEFS, ids=NAMES)
def test_scenes_pass_every_check_a_real_model_has_to_pass(brief: NovelaBrief):
    written = write_episode(brief)
    assert plan_problems(PlanSeriesInput(brief=brief), written.plan) == []
    for asked, draft in zip(written.inputs, written.drafts, strict=True):
        assert scene_problems(asked, draft) == []


@pytest.mark.breadth(4)
@pytest.mark.parametrize("brief", BRIEFS, ids=NAMES)
def test_nothing_is_left_unfilled_and_nothing_is_said_twice(brief: NovelaBrief):
    written = write_episode(brief)
    assert [text for text in written.everything if SLOT.search(text.replace("\n", " "))] == []
    assert len(set(written.lines)) == len(written.lines)
    descriptions = [shot.description for scene in written.scenes for shot in scene.shots]
    assert len(set(descriptions)) == len(descriptions)


@pytest.mark.breadth(3)
@pytest.mark.parametrize(
    ("language", "genre"), list(product(STORIES, ("drama", "romance", "thriller", "comedy")))
)
def test_every_genre_in_every_language_fills_its_seconds(language: str, genre: str):
    for row in STORIES[language][:3]:
        brief = a_novela_brief(**{**row, "genre": genre, "language": language})
        scenes = write_episode(brief).scenes
        length = sum(shot.duration_s for scene in scenes for shot in scene.shots)
        assert abs(length - brief.episode_seconds) <= 0.05 * brief.episode_seconds
        assert all(scene.shots[0].lines or scene.shots[1].lines for scene in scenes)


@pytest.mark.breadth(3)
@pytest.mark.parametrize("seconds", [6, 7, 20, 59, 180])
@pytest.mark.parametrize(("scenes", "shots"), [(1, 1), (1, 3), (3, 1), (4, 3), (12, 6)])
def test_odd_lengths_are_whole_frames_that_fit_words_and_clip(seconds: int, scenes: int, shots: int):
    if seconds / scenes / shots < 0.5:
        pytest.skip("less than half a second per shot is no shot")
    brief = a_novela_brief(
        episode_seconds=seconds, scenes_per_episode=scenes, shots_per_scene=shots, resolution="180p"
    )
    for asked, draft in zip(write_episode(brief).inputs, write_episode(brief).drafts, strict=True):
        assert scene_problems(asked, draft) == []
        for shot in draft.scene.shots:
            assert shot.duration_s * 24 == pytest.approx(round(shot.duration_s * 24), abs=1e-9)
            assert shot.duration_s <= brief.duration


@pytest.mark.parametrize(("seconds", "rate", "most"), [
    (2.0, 150, 5), (4.0, 150, 10), (6.0, 150, 15), (8.0, 150, 20), (4.0, 120, 8), (10.0, 180, 30),
])  # fmt: skip
def test_one_word_more_breaks_the_seconds_rule(seconds: float, rate: int, most: int):
    """The boundary itself: exactly as many words as the rate allows pass, one more word does not."""
    shot = write_episode(a_novela_brief()).scenes[0].shots[0]
    exact = shot.model_copy(update={"duration_s": seconds, "lines": [_line(most)]})
    assert most_words(seconds, rate) == most
    assert not overfull(exact, rate)
    assert overfull(exact.model_copy(update={"lines": [_line(most + 1)]}), rate)


def test_a_draft_with_too_many_words_is_refused_whoever_wrote_it():
    written = write_episode(a_novela_brief())
    asked, draft = written.inputs[0], written.drafts[0]
    full = draft.scene.shots[-1].model_copy(update={"lines": [_line(60)]})
    scene = draft.scene.model_copy(update={"shots": [*draft.scene.shots[:-1], full]})
    found = scene_problems(asked, draft.model_copy(update={"scene": scene}))
    assert any(problem.startswith(f"shot {full.slate}: too many words") for problem in found)
    assert any(problem.startswith("scene: ") and "are spoken" in problem for problem in found)


@pytest.mark.parametrize("rate", [90, 120, 150, 190])
def test_another_rate_of_speech_changes_how_much_is_said(rate: int):
    asked = write_episode(a_novela_brief()).inputs[0].model_copy(update={"words_per_minute": rate})
    draft = compose_scene(asked)
    assert scene_problems(asked, draft) == []
    said = sum(len(line.text.split()) for shot in draft.scene.shots for line in shot.lines)
    assert said <= asked.seconds * rate / 60


def test_micro_brief_gives_three_shots_and_tells_the_story():
    written = write_episode(a_novela_brief(episode_seconds=6, scenes_per_episode=1, resolution="180p"))
    shots = written.scenes[0].shots
    assert len(shots) == 3
    assert written.lines
    assert len(written.plan.cast) >= 2
    assert sum(len(text.split()) for text in written.lines) <= 15


def test_crossing_the_line_is_noticed():
    """The control of the 180-degree rule: one person turned round is a problem."""
    written = write_episode(a_novela_brief())
    scene = written.scenes[0]
    people = scene.shots[0].staging.people
    turned = [one.model_copy(update={"position": "right", "facing": "left"}) for one in people]
    staging = scene.shots[0].staging.model_copy(update={"people": turned})
    shots = [scene.shots[0].model_copy(update={"staging": staging}), *scene.shots[1:]]
    draft = written.drafts[0].model_copy(update={"scene": scene.model_copy(update={"shots": shots})})
    assert any("changes" in problem for problem in scene_problems(written.inputs[0], draft))


@pytest.mark.parametrize("brief", BRIEFS[::3], ids=NAMES[::3])
def test_continuity_notes_say_what_the_scene_shows(brief: NovelaBrief):
    for scene in write_episode(brief).scenes:
        assert scene.continuity_notes.startswith(f"{scene.place}, ")
        seen = {one.character for shot in scene.shots for one in shot.staging.people}
        # What people were told may name somebody who is not there.
        notes = re.sub(r"[\"«][^\"»]*[\"»]", "", scene.continuity_notes)
        named = {one.name for one in write_episode(brief).plan.cast if one.name in notes}
        assert named == seen


def test_later_scenes_refer_to_earlier_facts():
    written = write_episode(a_novela_brief())
    for before, draft in zip(written.scenes, written.drafts[1:], strict=False):
        assert before.continuity_notes in draft.prompt
    assert written.inputs[1].previous_scenes[0].continuity_notes == written.drafts[0].continuityNotes


@pytest.mark.parametrize(("language", "headings"), [
    ("en", ("Characters:", "Setting:", "Action and emotion:", "Camera:", "Continuity:")),
    ("es", ("Personajes:", "Escenario:", "Acción y emoción:", "Cámara:", "Continuidad:")),
    ("pt-BR", ("Personagens:", "Cenário:", "Ação e emoção:", "Câmera:", "Continuidade:")),
])  # fmt: skip
def test_scene_prompt_has_its_five_parts(language: str, headings: tuple[str, ...]):
    for draft in write_episode(a_novela_brief(**STORIES[language][0], language=language)).drafts:
        assert all(heading in draft.prompt for heading in headings)


def test_only_veo_is_told_of_reference_images():
    prompts = {
        model: write_episode(a_novela_brief(model_id=model)).drafts[0].prompt
        for model in ("wan-2.5-t2v", "veo-3.1", "veo-3.1-fast")
    }
    assert {model for model, prompt in prompts.items() if "reference images" in prompt} == {"veo-3.1"}
    assert len(prompts["wan-2.5-t2v"]) > len(prompts["veo-3.1-fast"])


def test_same_character_block_in_first_and_last_scene():
    brief = a_novela_brief(scenes_per_episode=5)
    written = write_episode(brief)
    blocks = [re.findall(r"Elio: [^;.]+", draft.prompt.split("\n")[0]) for draft in written.drafts]
    assert len({found[0] for found in blocks if found}) == 1
    assert sum(bool(found) for found in blocks) > 1


def test_same_brief_same_script():
    written = write_episode(BRIEFS[0])
    assert [compose_scene(asked) for asked in written.inputs] == written.drafts


def test_another_master_seed_writes_other_words():
    one, two = write_episode(a_novela_brief(master_seed=1)), write_episode(a_novela_brief(master_seed=2))
    assert one.lines != two.lines


def test_advice_about_parameters_keeps_the_shots_and_is_in_the_prompt():
    written = write_episode(a_novela_brief())
    asked = written.inputs[0].model_copy(
        update={"draft": written.scenes[0], "advice": "Use resolution 720p."}
    )
    again = compose_scene(asked)
    assert again.scene.shots == written.scenes[0].shots
    assert "Use resolution 720p." in again.prompt


def test_advice_about_light_changes_every_shot():
    written = write_episode(a_novela_brief())
    asked = written.inputs[0].model_copy(
        update={"draft": written.scenes[0], "advice": "Make it night and rainy."}
    )
    scene = compose_scene(asked).scene
    assert {(shot.staging.time, shot.staging.weather) for shot in scene.shots} == {("night", "rain")}
    assert [shot.lines for shot in scene.shots] == [shot.lines for shot in written.scenes[0].shots]


def test_scripts_of_different_briefs_share_few_words():
    """4-gram overlap of any two scripts in one language; 0.25 is the most that is allowed."""
    grams = [(brief.language, _grams(write_episode(brief).prose)) for brief in BRIEFS]
    overlaps = [
        len(one & two) / len(one | two)
        for (language, one), (other, two) in combinations(grams, 2)
        if language == other
    ]
    assert max(overlaps) <= 0.15


def test_a_name_in_any_letters_is_kept():
    people = [CharacterBrief(name=name) for name in ("李雪", "Ωmega", "Zoë 🌙", "Ngũgĩ")]
    written = write_episode(a_novela_brief(characters=people))
    assert [one.name for one in written.plan.cast][:4] == ["李雪", "Ωmega", "Zoë 🌙", "Ngũgĩ"]
    assert any("李雪" in draft.prompt for draft in written.drafts)


@pytest.mark.breadth(3)
@pytest.mark.parametrize("description", ["Love.", "x", "🌙🌙", "word " * 3900, "愛と裏切り。"])
def test_strange_descriptions_still_make_a_script(description: str):
    written = write_episode(a_novela_brief(description=description, title="?"))
    for asked, draft in zip(written.inputs, written.drafts, strict=True):
        assert scene_problems(asked, draft) == []


def _line(count: int) -> Line:
    return Line(speaker="Elio", text=" ".join(["word"] * count))


def _grams(texts: list[str]) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", " ".join(texts).lower())
    return {tuple(words[at : at + 4]) for at in range(len(words) - 3)}


def test_write_scene_input_is_not_changed_by_writing():
    written = write_episode(a_novela_brief())
    asked = WriteSceneInput.model_validate(written.inputs[0].model_dump())
    compose_scene(written.inputs[0])
    assert asked == written.inputs[0]
