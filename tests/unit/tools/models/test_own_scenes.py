"""A scene that a person brought is staged with their words as they are; only what is missing is added."""

from typing import Any

import pytest

from nodes.agents.script_checks import own_problems, plan_problems, scene_problems
from nodes.delivery.screenplay import to_fountain
from nodes.screenplay.own_narrator import with_narrator
from nodes.screenplay.own_scenes import with_own_scenes
from state.brief import NovelaBrief
from state.script import Scene, Script, Shot
from state.writing import PlanSeriesInput, SceneDraft, SeriesPlan, WriteSceneInput
from tests.scripts import story_briefs, write_episode
from tools.models.offline.plan import compose_plan
from tools.models.offline.scene import compose_scene
from tools.screenplay.own_material import own_material
from tools.screenplay.seconds import brings_shots, scene_seconds

SCRIPT = """EXT. PLAYA - AMANECER

Marta corre por la arena.

Tomás la espera junto a una barca.

MARTA
(furiosa)
No vuelvo nunca. Te lo dije mil veces, y mil veces me prometiste que el dinero estaba en el banco, que la
casa era nuestra, que tu madre lo sabía todo y que nadie más iba a enterarse.

TOMÁS
¿Y yo?

MARTA (V.O.)
Nunca le creí.

INT. COCINA - NOCHE

Una carta sobre la mesa.

DOÑA ROSA
Ya basta.
"""
SHOTS = [
    {"description": "The shop is closed.", "size": "wide", "move": "pan_left", "seconds": 3},
    {"lines": [{"speaker": "Ana", "text": "Open up!", "expression": "angry"}]},
    {"description": "Ben waits.", "size": "close_up"},
]


def a_brief(**fields: Any) -> NovelaBrief:
    told = {"title": "La llave", "description": "Ana runs a shop. Ben wants to buy it.", "language": "en"}
    return own_material(NovelaBrief.model_validate({**told, **fields}))


def written(
    brief: NovelaBrief, *, plan: SeriesPlan | None = None
) -> tuple[SeriesPlan, list[WriteSceneInput], list[SceneDraft]]:
    asked = PlanSeriesInput(brief=brief)
    plan = plan or compose_plan(asked)
    assert plan_problems(asked, plan) == []
    plan, inputs, drafts = with_own_scenes(plan, brief), [], []
    own = {scene.number: scene for scene in brief.scenes if brings_shots(scene)}
    for outline in plan.episodes[0].scenes:
        question = WriteSceneInput(
            brief=brief, plan=plan, outline=outline, own=own.get(outline.number), shots=3,
            previous_scenes=[draft.scene for draft in drafts], seconds=scene_seconds(brief)[outline.number],
        )  # fmt: skip
        inputs.append(question)
        drafts.append(compose_scene(question))
    return plan, inputs, drafts


def shots_of(drafts: list[SceneDraft]) -> list[Shot]:
    return [shot for draft in drafts for shot in draft.scene.shots]


@pytest.mark.parametrize("seconds", [None, 36, 90])
def test_a_script_is_said_word_for_word_and_passes_every_check(seconds: int | None):
    length = {"episode_seconds": seconds} if seconds else {}
    brief = a_brief(script=SCRIPT, language="es", **length)
    _, inputs, drafts = written(brief)
    for question, draft in zip(inputs, drafts, strict=True):
        assert scene_problems(question, draft) == []
    said = " ".join(line.text for shot in shots_of(drafts) for line in shot.lines)
    assert said == " ".join(line.text for scene in brief.scenes for line in scene.spoken)
    assert [draft.scene.place for draft in drafts] == ["Playa", "Cocina"]
    assert [draft.scene.time for draft in drafts] == ["dusk", "night"]


def test_action_is_what_the_shots_show():
    shots = shots_of(written(a_brief(script=SCRIPT, language="es"))[2])
    told = {shot.description: shot for shot in shots}
    assert told["Tomás la espera junto a una barca."].staging.people[0].character == "Tomás"
    letter = told["Una carta sobre la mesa."].staging
    assert (letter.size, letter.subject, letter.people) == ("insert", "letter", [])


def test_how_a_line_is_said_is_on_the_face():
    angry = next(shot for shot in shots_of(written(a_brief(script=SCRIPT, language="es"))[2]) if shot.lines)
    assert angry.lines[0].expression == "angry"


def test_a_voice_from_elsewhere_is_not_seen_speaking():
    shots = shots_of(written(a_brief(script=SCRIPT, language="es"))[2])
    heard = next(shot for shot in shots if shot.lines and shot.lines[0].text == "Nunca le creí.")
    assert [one.character for one in heard.staging.people] == ["Tomás"]


def test_given_shots_are_used_one_for_one():
    brief = a_brief(scenes=[{"number": 1, "place": "The shop", "shots": SHOTS}], scenes_per_episode=1)
    _, inputs, drafts = written(brief)
    assert scene_problems(inputs[0], drafts[0]) == []
    closed, open_up, waits = drafts[0].scene.shots
    assert (closed.staging.size, closed.staging.move, closed.duration_s) == ("wide", "pan_left", 3.0)
    assert [(line.text, line.expression) for line in open_up.lines] == [("Open up!", "angry")]
    assert (waits.staging.size, waits.staging.people[0].character) == ("close_up", "Ben")


def test_what_is_left_out_is_written():
    """One scene of four is given: the others are invented, and the given one keeps its title and mood."""
    talk = [{"speaker": "Ana", "text": "You knew."}, {"speaker": "Carl", "text": "I guessed."}]
    own = {"number": 2, "title": "Talk", "place": "The roof", "time": "night", "mood": "tense", "lines": talk}
    plan, inputs, drafts = written(a_brief(scenes=[own]))
    scene = drafts[1].scene
    assert (scene.title, scene.place, scene.time, scene.mood) == ("Talk", "The roof", "night", "tense")
    assert [line.text for shot in scene.shots for line in shot.lines] == ["You knew.", "I guessed."]
    assert all(draft.scene.shots[0].lines or draft.scene.shots[1].lines for draft in drafts)
    assert "Carl" in [one.name for one in plan.cast]
    for question, draft in zip(inputs, drafts, strict=True):
        assert scene_problems(question, draft) == []


def test_changed_words_are_found():
    """The check that holds real models to a person's words; without a change it finds nothing."""
    _, inputs, drafts = written(a_brief(script=SCRIPT, language="es"))
    scene = drafts[1].scene
    assert own_problems(inputs[1], scene) == []
    assert own_problems(inputs[1], _with_text(scene, "Basta ya.")) != []


def _with_text(scene: Scene, text: str) -> Scene:
    shots = [
        shot.model_copy(update={"lines": [line.model_copy(update={"text": text}) for line in shot.lines]})
        for shot in scene.shots
    ]
    return scene.model_copy(update={"shots": shots})


@pytest.mark.breadth(3)
@pytest.mark.parametrize("language", ["en", "es", "pt-BR"])
@pytest.mark.parametrize("material", [{}, {"script": SCRIPT}, {"scenes": [{"number": 1, "shots": SHOTS}]}])
def test_a_product_is_shown_once_at_least(language: str, material: dict[str, Any]):
    brief = a_brief(language=language, product={"name": "Faro", "description": "a lamp"}, **material)
    _, inputs, drafts = written(brief)
    inserts = [shot for shot in shots_of(drafts) if shot.staging.subject == "product"]
    assert [shot.staging.size for shot in inserts] == ["insert"]
    assert "Faro" in inserts[0].description
    for question, draft in zip(inputs, drafts, strict=True):
        assert scene_problems(question, draft) == []


def test_the_sky_and_the_sounds_are_those_of_the_script():
    seen = "Rain on the platform.\n\nA letter on the bench."
    script = f"EXT. STATION - NIGHT\n\n{seen}\n\nANA\nStop. Wait for me."
    shots = shots_of(written(a_brief(script=script))[2])
    assert {shot.staging.weather for shot in shots} == {"rain"}
    heard = {shot.description: [effect.kind for effect in shot.effects] for shot in shots}
    assert heard["Rain on the platform."] == ["crowd"]
    assert heard["A letter on the bench."] == ["paper"]
    spoken = next(shot for shot in shots if shot.lines)
    assert spoken.effects == [], "nothing sounds over the first word"


@pytest.mark.parametrize("language", ["en", "es", "pt-BR"])
def test_a_script_that_we_deliver_can_be_brought_back(language: str):
    """Every delivery holds the screenplay: edited or not, it is a script of one's own."""
    episode = write_episode(story_briefs()[{"en": 0, "es": 8, "pt-BR": -1}[language]])
    script = Script(
        title="t", logline="l", language=episode.brief.language, cast=episode.plan.cast,
        places=episode.plan.places, scenes=episode.scenes,
    )  # fmt: skip
    assert script.language == language
    again = a_brief(script=to_fountain(script), language=language)
    said = [(line.speaker, line.text) for scene in again.scenes for line in scene.spoken]
    first = [(line.speaker, line.text) for shot in _all(script) for line in shot.lines]
    assert said == first != []
    assert [scene.time for scene in again.scenes] == [scene.time for scene in script.scenes]
    actions = [shot.description for scene in again.scenes for shot in scene.shots if shot.description]
    assert actions == [" ".join(shot.description.split()) for shot in _all(script)]


def _all(script: Script) -> list[Shot]:
    return [shot for scene in script.scenes for shot in scene.shots]


def test_a_voice_over_of_the_script_stays_one():
    _, _, drafts = written(a_brief(script=SCRIPT, language="es"))
    lines = [line for draft in drafts for shot in draft.scene.shots for line in shot.lines]
    assert {line.speaker for line in lines if line.voice_over} == {"Marta"}
    assert [line.text for line in lines if line.voice_over] == ["Nunca le creí."]
    assert [line.voice_over for line in lines if line.speaker == "Tomás"] == [False]


@pytest.mark.parametrize("cue", ["NARRATOR", "NARRADOR", "NARRADORA", "VOICE", "NARRATOR (V.O.)"])
def test_a_narrator_of_the_script_tells_and_is_never_drawn(cue: str):
    told = f"INT. SHOP - DAY\n\nAna counts.\n\n{cue}\nShe had a week.\n\nANA\nA week?\n\nBEN\nSix days.\n"
    brief = a_brief(script=told)
    plan = with_narrator(compose_plan(PlanSeriesInput(brief=brief)), brief, known=None)
    named = cue.split(" (")[0].capitalize()
    assert plan.narrator is not None
    assert plan.narrator.name == named
    assert named not in [one.name for one in plan.cast]
    plan, inputs, drafts = written(brief, plan=plan)
    shots = [shot for draft in drafts for shot in draft.scene.shots]
    assert [line.text for shot in shots for line in shot.lines if line.voice_over] == ["She had a week."]
    over = next(shot for shot in shots if any(line.voice_over for line in shot.lines))
    assert over.description == "Ana counts.", "what is told is told over what is seen, and nobody listens"
    assert [one.character for one in over.staging.people] == ["Ana"]
    assert named not in {one.character for shot in shots for one in shot.staging.people}
    for question, draft in zip(inputs, drafts, strict=True):
        assert scene_problems(question, draft) == []
