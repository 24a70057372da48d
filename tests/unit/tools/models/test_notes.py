"""YELLOW notes in three languages: what is named changes, all else stays to the letter."""

from typing import Any

import pytest

from nodes.agents.script_checks import revision_problems
from state.script import Line, Scene, Shot, SoundEffect, StagedThing
from state.writing import RevisedShot, ReviseShotInput
from tests.scripts import Written, a_novela_brief, write_episode
from tools.models.offline.revision import compose_revision

DESCRIPTIONS = {
    "en": "Brothers Elio and Dario run the last bakery of the island. Their aunt Vera wants to sell it.",
    "es": "Los hermanos Elio y Dario tienen la última panadería de la isla. Su tía Vera quiere venderla.",
    "pt-BR": "Os irmãos Elio e Dario têm a última padaria da ilha. A tia Vera quer vender tudo.",
}
PAIR, SINGLE = 2, 1


def episode(language: str) -> Written:
    return write_episode(a_novela_brief(language=language, description=DESCRIPTIONS[language], master_seed=2))


def scene_and_shot(written: Written, people: int) -> tuple[Scene, Shot]:
    """A scene of the two brothers, and a shot of it in which they talk, seen together or one of them."""
    for scene in written.scenes:
        seen = {one.character for shot in scene.shots for one in shot.staging.people}
        talking = [one for one in scene.shots if any(not line.voice_over for line in one.lines)]
        shots = [one for one in talking if len(one.staging.people) == PAIR]
        if seen == {"Elio", "Dario"} and shots:
            return scene, shots[0] if people == PAIR else of_one(shots[0])
    raise AssertionError("the episode has no such shot")


def of_one(shot: Shot) -> Shot:
    """The same shot with the camera on whoever is seen first."""
    first = shot.staging.people[0].model_copy(update={"position": "centre"})
    staging = shot.staging.model_copy(update={"people": [first], "size": "medium"})
    return shot.model_copy(update={"staging": staging})


def revise(language: str, note: str, people: int = PAIR) -> tuple[ReviseShotInput, RevisedShot]:
    written = episode(language)
    scene, shot = scene_and_shot(written, people)
    asked = ReviseShotInput(
        shot=shot,
        note=note,
        scene=scene,
        cast=written.plan.cast,
        places=written.plan.places,
        language=language,  # type: ignore[arg-type]
    )
    return asked, compose_revision(asked)


@pytest.mark.breadth(3)
@pytest.mark.parametrize(("language", "note", "field", "value"), [
    ("en", "Make it night", "time", "night"),
    ("en", "this should be at sunset", "time", "dusk"),
    ("en", "it should rain", "weather", "rain"),
    ("en", "cloudy please", "weather", "overcast"),
    ("en", "close-up", "size", "close_up"),
    ("en", "use a wide shot", "size", "wide"),
    ("en", "insert of the key", "subject", "key"),
    ("en", "push in slowly", "move", "push_in"),
    ("en", "handheld", "move", "drift"),
    ("en", "more tension", "mood", "tense"),
    ("en", "less tension, more hopeful", "mood", "hopeful"),
    ("es", "que sea de noche", "time", "night"),
    ("es", "mejor al atardecer", "time", "dusk"),
    ("es", "con lluvia", "weather", "rain"),
    ("es", "primer plano", "size", "close_up"),
    ("es", "plano general", "size", "wide"),
    ("es", "la cámara se aleja", "move", "pull_out"),
    ("es", "paneo a la izquierda", "move", "pan_left"),
    ("es", "ambiente más romántico", "mood", "romantic"),
    ("es", "detalle de la carta", "subject", "letter"),
    ("pt-BR", "de noite, por favor", "time", "night"),
    ("pt-BR", "ao pôr do sol", "time", "dusk"),
    ("pt-BR", "com chuva", "weather", "rain"),
    ("pt-BR", "plano aberto", "size", "wide"),
    ("pt-BR", "câmera parada", "move", "static"),
    ("pt-BR", "a câmera se aproxima", "move", "push_in"),
    ("pt-BR", "clima misterioso", "mood", "mysterious"),
    ("pt-BR", "plano detalhe da chave", "subject", "key"),
    ("en", "put them in a thunderstorm", "weather", "storm"),
    ("en", "make it foggy", "weather", "fog"),
    ("es", "con tormenta", "weather", "storm"),
    ("es", "con niebla", "weather", "fog"),
    ("pt-BR", "com tempestade", "weather", "storm"),
    ("pt-BR", "com neblina", "weather", "fog"),
    ("en", "make it warmer", "mood", "warm"),
])  # fmt: skip
def test_note_sets_one_thing(language: str, note: str, field: str, value: str):
    asked, revised = revise(language, note)
    assert getattr(revised.shot.staging, field) == value
    assert revised.changes
    assert revision_problems(asked, revised) == []
    assert _kept(asked.shot, field) == _kept(revised.shot, field)


@pytest.mark.parametrize(("language", "note", "expression"), [
    ("en", "Elio should be crying", "sad"),
    ("en", "Elio much happier", "happy"),
    ("en", "Elio is furious", "angry"),
    ("en", "Elio softer, loving", "tender"),
    ("es", "Elio con miedo", "afraid"),
    ("es", "Elio más triste", "sad"),
    ("es", "Elio sonriendo", "happy"),
    ("pt-BR", "Elio com raiva", "angry"),
    ("pt-BR", "Elio mais carinhoso", "tender"),
    ("pt-BR", "Elio surpreso", "surprised"),
])  # fmt: skip
def test_note_on_acting_reaches_only_the_one_it_names(language: str, note: str, expression: str):
    asked, revised = revise(language, note)
    faces = {one.character: one.expression for one in revised.shot.staging.people}
    before = {one.character: one.expression for one in asked.shot.staging.people}
    assert faces["Elio"] == expression
    assert faces["Dario"] == before["Dario"]
    spoken = [line.expression for line in revised.shot.lines if line.speaker == "Elio"]
    assert set(spoken) <= {expression}


@pytest.mark.parametrize(("language", "note"), [
    ("en", "remove Dario"), ("en", "Elio without Dario"), ("es", "quita a Dario"), ("pt-BR", "tira o Dario"),
])  # fmt: skip
def test_note_removes_a_person(language: str, note: str):
    asked, revised = revise(language, note)
    assert [one.character for one in revised.shot.staging.people] == ["Elio"]
    assert revised.shot.lines == asked.shot.lines
    assert "Dario" not in revised.shot.description


@pytest.mark.parametrize(("language", "note"), [
    ("en", "add Vera"), ("es", "agrega a Vera"), ("pt-BR", "adiciona a Vera"),
    ("en", "Elio together with Vera"),
])  # fmt: skip
def test_note_adds_a_person_and_nobody_changes_sides(language: str, note: str):
    asked, revised = revise(language, note)
    people = {one.character: one for one in revised.shot.staging.people}
    assert set(people) == {"Elio", "Dario", "Vera"}
    for one in asked.shot.staging.people:
        assert (people[one.character].position, people[one.character].facing) == (one.position, one.facing)
    assert "Vera" in revised.shot.description


@pytest.mark.parametrize(("language", "note", "garment", "colour"), [
    ("en", "put Elio in a red coat", "coat", "#c62828"),
    ("es", "Elio con camisa azul", "shirt", "#1e5aa8"),
    ("pt-BR", "Elio de casaco verde", "coat", "#2e7d32"),
    ("en", "dress Elio in a green hoodie", "hoodie", "#2e7d32"),
    ("es", "Elio con delantal blanco", "apron", "#f5f5f2"),
    ("pt-BR", "Elio de jaqueta preta", "jacket", "#151515"),
])  # fmt: skip
def test_note_on_clothes_is_told_to_hold_for_this_shot_only(
    language: str, note: str, garment: str, colour: str
):
    _, revised = revise(language, note)
    looks = {one.character: one.look for one in revised.shot.staging.people}
    assert (looks["Elio"].garment, looks["Elio"].garment_colour) == (garment, colour)
    assert len(revised.changes) == 1


@pytest.mark.parametrize(("language", "note", "name", "kind"), [
    ("en", "move to the harbour", "Harbour", "harbour"),
    ("en", "it should happen in a courtroom", "Courtroom", "courtroom"),
    ("es", "que sea en el cementerio", "Cementerio", "cemetery"),
    ("es", "llévala a la plaza", "Plaza", "plaza"),
    ("pt-BR", "muda para o porto", "Porto", "harbour"),
    ("pt-BR", "leva para a oficina", "Oficina", "workshop"),
])  # fmt: skip
def test_note_moves_the_shot_to_another_set(language: str, note: str, name: str, kind: str):
    asked, revised = revise(language, note)
    assert (revised.shot.staging.place.name, revised.shot.staging.place.kind) == (name, kind)
    assert name.lower() in revised.shot.prompt.lower()
    assert name.lower() not in asked.shot.prompt.lower()
    assert len(revised.changes) == 1


@pytest.mark.parametrize(("language", "note", "kind"), [
    ("en", "add a phone ringing", "phone"), ("en", "I want to hear thunder, a thunderclap", "thunder"),
    ("es", "que suene el teléfono", "phone"), ("es", "agrega golpes en la puerta", "knock"),
    ("pt-BR", "adiciona um telefone tocando", "phone"), ("pt-BR", "põe batidas na porta", "knock"),
])  # fmt: skip
def test_note_adds_a_sound_and_nothing_else(language: str, note: str, kind: str):
    asked, revised = revise(language, note)
    assert kind in [one.kind for one in revised.shot.effects]
    assert revised.shot.staging.place.props == asked.shot.staging.place.props
    assert len(revised.shot.effects) <= 2


@pytest.mark.parametrize(("language", "note"), [
    ("en", "no sound effects"), ("es", "sin sonidos"), ("pt-BR", "sem efeitos"),
])  # fmt: skip
def test_note_takes_the_sounds_away(language: str, note: str):
    asked, _ = revise(language, "x")
    loud = asked.shot.model_copy(update={"effects": [SoundEffect(kind="knock")]})
    revised = compose_revision(asked.model_copy(update={"shot": loud, "note": note}))
    assert revised.shot.effects == []
    assert len(revised.changes) == 1


@pytest.mark.parametrize(("language", "note", "thing"), [
    ("en", "Elio should hold the letter", "letter"), ("en", "Elio holding the suitcase", "suitcase"),
    ("es", "que Elio sostenga la carta", "letter"), ("pt-BR", "Elio segura a carta", "letter"),
])  # fmt: skip
def test_note_puts_a_thing_in_a_hand(language: str, note: str, thing: str):
    _, revised = revise(language, note)
    assert revised.shot.staging.subject == thing
    hands = {one.character: one.gesture for one in revised.shot.staging.people}
    assert hands["Elio"] == "holding"
    assert hands["Dario"] != "holding"


@pytest.mark.parametrize(("language", "note", "gesture"), [
    ("en", "Elio shrugs", "shrug"), ("en", "Elio is on the phone", "phone_to_ear"),
    ("es", "Elio se encoge de hombros", "shrug"), ("es", "Elio tiende la mano", "reaching_out"),
    ("pt-BR", "Elio dá de ombros", "shrug"), ("pt-BR", "Elio fica com o celular no ouvido", "phone_to_ear"),
])  # fmt: skip
def test_note_sets_the_new_gestures(language: str, note: str, gesture: str):
    asked, revised = revise(language, note)
    hands = {one.character: one.gesture for one in revised.shot.staging.people}
    assert hands["Elio"] == gesture
    assert revised.shot.staging.place.props == asked.shot.staging.place.props


def test_she_should_smile_means_the_woman():
    asked, _ = revise("en", "x", SINGLE)
    woman = asked.shot.staging.people[0]
    look = woman.look.model_copy(update={"presentation": "woman"})
    people = [woman.model_copy(update={"look": look, "expression": "sad"})]
    shot = asked.shot.model_copy(update={"staging": asked.shot.staging.model_copy(update={"people": people})})
    revised = compose_revision(asked.model_copy(update={"shot": shot, "note": "she should smile"}))
    assert revised.shot.staging.people[0].expression == "happy"


def test_no_rain_is_not_rain():
    _, revised = revise("en", "no rain, please")
    assert revised.shot.staging.weather == "clear"


def test_quoted_words_are_the_new_line():
    speaker = revise("en", "x")[0].shot.lines[-1].speaker
    _, revised = revise("en", f'{speaker} says "I burned it."')
    assert "I burned it." in [line.text for line in revised.shot.lines]


def test_words_that_do_not_fit_are_refused_and_said_so():
    asked, revised = revise("en", f'Elio says "{"again and " * 20}"')
    assert revised.shot == asked.shot
    assert "more time" in revised.changes[0]


@pytest.mark.parametrize(("language", "note"), [
    ("en", "say less"), ("es", "menos diálogo"), ("pt-BR", "menos fala"),
])  # fmt: skip
def test_saying_less_drops_one_line(language: str, note: str):
    asked, revised = revise(language, note)
    assert len(revised.shot.lines) == len(asked.shot.lines) - 1


@pytest.mark.parametrize(("language", "note"), [
    ("en", "another line"), ("es", "otra frase"), ("pt-BR", "outra fala"),
])  # fmt: skip
def test_another_line_makes_the_same_move_in_other_words(language: str, note: str):
    asked, revised = revise(language, note)
    before, after = (tuple(line.text for line in shot.lines) for shot in (asked.shot, revised.shot))
    assert before != after
    assert len(before) == len(after)
    assert revision_problems(asked, revised) == []


@pytest.mark.parametrize(("language", "note"), [
    ("en", "I don't love the vibe here"), ("es", "no me convence"), ("pt-BR", "sei lá, algo falta"),
])  # fmt: skip
def test_an_unknown_note_changes_nothing_and_reports_nothing(language: str, note: str):
    """The words go into the prompt: another engine may understand them, this writer does not pretend to."""
    asked, revised = revise(language, note)
    assert revised.changes == []
    assert note in revised.shot.prompt
    kept = {"prompt": asked.shot.prompt}
    assert revised.shot.model_copy(update=kept) == asked.shot


def test_note_about_somebody_out_of_frame_turns_the_camera():
    asked, _ = revise("en", "x", SINGLE)
    away = next(name for name in ("Elio", "Dario") if name != asked.shot.staging.people[0].character)
    _, revised = revise("en", f"{away} should be crying", SINGLE)
    assert [(one.character, one.expression) for one in revised.shot.staging.people] == [(away, "sad")]


def test_prompt_says_the_new_state():
    _, revised = revise("en", "make it night with rain")
    assert "at night" in revised.shot.prompt
    assert "rain" in revised.shot.prompt


@pytest.mark.parametrize(("language", "note", "picture"), [
    ("en", "put a dog in the picture", "dog"), ("en", "add a parrot", "parrot"),
    ("es", "pon un perro en la imagen", "dog"), ("es", "agrega un gato", "cat"),
    ("pt-BR", "põe um cachorro na imagem", "dog"), ("pt-BR", "coloca um papagaio", "parrot"),
    ("es", "add a dog", "dog"), ("pt-BR", "dá um guarda-chuva para ela", "umbrella"),
])  # fmt: skip
def test_note_puts_what_can_be_drawn_into_the_picture(language: str, note: str, picture: str):
    asked, revised = revise(language, note)
    staging = revised.shot.staging
    assert picture in [*(one.picture for one in staging.things[-1:]), *(one.holds for one in staging.people)]
    assert revised.shot.staging.weather == asked.shot.staging.weather
    assert revision_problems(asked, revised) == []
    assert len(revised.changes) == 1


@pytest.mark.parametrize(("language", "note"), [
    ("en", "remove the dog"), ("en", "without the dog"), ("es", "quita el perro"), ("es", "sin el perro"),
    ("pt-BR", "tira o cachorro"), ("pt-BR", "sem o cachorro"),
])  # fmt: skip
def test_note_takes_what_is_drawn_out_of_the_picture(language: str, note: str):
    asked, plain = revise(language, note)
    # Where there is none, that is said.
    assert plain.shot == asked.shot
    assert len(plain.changes) == 1
    put = compose_revision(asked.model_copy(update={"note": "add a dog"}))
    gone = compose_revision(asked.model_copy(update={"shot": put.shot}))
    assert put.shot.staging.things != []
    assert gone.shot.staging.things == []


@pytest.mark.parametrize(("language", "note"), [
    ("en", "without the letter"), ("es", "sin la carta"), ("pt-BR", "sem a carta"),
])  # fmt: skip
def test_a_thing_goes_from_hands_and_from_beside_the_people(language: str, note: str):
    asked, _ = revise(language, "x")
    staging = asked.shot.staging
    first = staging.people[0].model_copy(update={"holds": "letter", "gesture": "holding"})
    things = [StagedThing(picture="letter"), StagedThing(picture="dog", spot="floor")]
    full = staging.model_copy(update={"people": [first, *staging.people[1:]], "things": things})
    shot = asked.shot.model_copy(update={"staging": full})
    revised = compose_revision(asked.model_copy(update={"shot": shot, "note": note}))
    assert [one.picture for one in revised.shot.staging.things] == ["dog"]
    assert {one.holds for one in revised.shot.staging.people} == {""}


def test_what_fits_a_hand_is_held_by_who_is_named():
    _, revised = revise("en", "give Elio an apple")
    held = {one.character: one.holds for one in revised.shot.staging.people}
    assert (held["Elio"], held["Dario"]) == ("apple", "")


def told(language: str) -> ReviseShotInput:
    """A shot of people in which the narrator tells something too."""
    asked, _ = revise(language, "x")
    line = Line(speaker="The voice", text="They were late.", voice_over=True)
    shot = asked.shot.model_copy(update={"lines": [line, *asked.shot.lines[:1]], "duration_s": 6.0})
    return asked.model_copy(update={"shot": shot, "narrator": "The voice"})


@pytest.mark.parametrize(("language", "note"), [
    ("en", "remove the narrator line"), ("en", "no narrator"), ("en", "delete the voice over"),
    ("es", "quita la línea del narrador"), ("es", "sin voz en off"),
    ("pt-BR", "tira a fala do narrador"), ("pt-BR", "sem narração"),
])  # fmt: skip
def test_note_takes_only_the_narrator_away(language: str, note: str):
    asked = told(language)
    revised = compose_revision(asked.model_copy(update={"note": note}))
    assert revised.shot.lines == asked.shot.lines[1:]
    assert len(revised.changes) == 1


@pytest.mark.parametrize(("language", "note", "words"), [
    ("en", 'the narrator should say "Nobody slept."', "Nobody slept."),
    ("en", "the narrator should say nobody slept that night", "nobody slept that night"),
    ("es", "el narrador debe decir «Nadie durmió.»", "Nadie durmió."),
    ("es", "el narrador debería decir: nadie durmió esa noche", "nadie durmió esa noche"),
    ("pt-BR", "a narradora deveria dizer: ninguém dormiu", "ninguém dormiu"),
])  # fmt: skip
def test_note_gives_the_narrator_other_words(language: str, note: str, words: str):
    asked = told(language)
    revised = compose_revision(asked.model_copy(update={"note": note}))
    first, *others = revised.shot.lines
    assert (first.speaker, first.text, first.voice_over) == ("The voice", words, True)
    assert others == asked.shot.lines[1:]
    assert revised.shot.staging.time == asked.shot.staging.time


def test_nobody_narrates_a_film_without_a_narrator():
    asked, _ = revise("en", "x")
    lines = [line for line in asked.shot.lines if not line.voice_over]
    quiet = asked.shot.model_copy(update={"lines": lines})
    scene = asked.scene.model_copy(update={"shots": [quiet]})
    note = 'the narrator should say "Nobody slept."'
    revised = compose_revision(asked.model_copy(update={"shot": quiet, "scene": scene, "note": note}))
    assert revised.shot == quiet
    assert "Nobody tells this film" in revised.changes[0]


def _kept(shot: Shot, field: str) -> dict[str, Any]:
    """Everything a note on `field` must leave alone; framing decides who is seen and what lies there."""
    framing = {"people", "subject", "size", "place"} if field in ("size", "subject") else set()
    staging = shot.staging.model_dump(exclude={field, *framing})
    return {"slate": str(shot.slate), "lines": shot.lines, "s": shot.duration_s, "staging": staging}
