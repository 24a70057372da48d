"""Acting, sounds, weather, things and descriptions: they follow what is said and shown."""

import pytest

from state.brief import NovelaBrief
from state.script import Character, Expression, Gesture, Language, Look
from state.writing import SceneOutline
from tests.scripts import STORIES, a_novela_brief, story_briefs, write_episode
from tools.models.offline.brief.makers_notes import told_only
from tools.models.offline.brief.story import story_of
from tools.models.offline.deeds.acting import acted, cue_in
from tools.models.offline.scene import weather_of
from tools.models.offline.shooting.sounding import LEAD_IN_S
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.things.things import name_thing, things_in
from tools.models.offline.things.told_nouns import nouns_told
from tools.models.offline.words.bank import bank, structure

BRIEFS = story_briefs()
NAMES = [brief.title for brief in BRIEFS]
LANGUAGES: tuple[Language, ...] = ("en", "es", "pt-BR")


def line(text: str, *, face: Expression = "neutral", gesture: Gesture = "none") -> Spoken:
    ana, bruno = (Character(name=name, role="", look=Look(presentation="woman")) for name in ("Ana", "Bruno"))
    return Spoken(
        move="", speaker=ana, listener=bruno, text=text, expression=face, reaction="neutral",
        gesture=gesture, essential=True,
    )  # fmt: skip


@pytest.mark.parametrize(("language", "text", "cue"), [
    ("en", "You lied to me.", "accusation"), ("es", "Me mentiste.", "accusation"),
    ("pt-BR", "Você mentiu pra mim.", "accusation"), ("en", "I don't know.", "unsure"),
    ("es", "No sé quién fue.", "unsure"), ("pt-BR", "Não sei de nada.", "unsure"),
    ("en", "Please, let me stay.", "plea"), ("es", "Te lo ruego.", "plea"), ("pt-BR", "Me perdoa.", "plea"),
    ("en", "Sit with me a minute.", "tenderness"), ("es", "Siéntate conmigo.", "tenderness"),
    ("pt-BR", "Senta comigo.", "tenderness"), ("en", "I won't sign.", "refusal"),
    ("es", "No quiero.", "refusal"), ("pt-BR", "Não posso.", "refusal"),
    ("en", "Stop. Not another word.", "halt"), ("es", "¡Basta!", "halt"), ("pt-BR", "Chega!", "halt"),
    ("en", "You have until morning.", "threat"), ("es", "Tienes hasta mañana.", "threat"),
    ("pt-BR", "Você tem até amanhã.", "threat"), ("en", "Who is on the phone?", "phone"),
    ("es", "¿Quién llama?", "phone"), ("pt-BR", "Quem está ligando?", "phone"),
    ("en", "Where were you?", "question"), ("es", "¿Dónde estabas?", "question"),
    ("pt-BR", "Onde você estava?", "question"), ("en", "The bakery opens at six.", "telling"),
])  # fmt: skip
def test_what_a_line_does_is_read_from_its_words(language: Language, text: str, cue: str):
    assert cue_in(text, language) == cue


@pytest.mark.parametrize(("text", "gesture", "faces"), [
    ("You lied to me.", "pointing", {"angry"}), ("I don't know.", "shrug", {"neutral"}),
    ("Please, forgive me.", "reaching_out", {"tender"}), ("Who is calling?", "phone_to_ear", {"happy"}),
    ("Stop.", "raised_hand", {"determined"}), ("I can't.", "crossed_arms", {"determined"}),
    ("I did it.", "hand_on_heart", {"sad"}),
])  # fmt: skip
def test_hand_and_face_follow_the_words(text: str, gesture: str, faces: set[str]):
    now = acted(line(text, face="neutral" if gesture == "shrug" else "happy"), "en")
    assert now.gesture == gesture
    assert now.expression in faces


def test_a_face_that_fits_and_a_thing_in_hand_stay():
    assert acted(line("You lied to me.", face="sad"), "en").expression == "sad"
    assert acted(line("You lied to me.", gesture="holding"), "en").gesture == "holding"
    assert acted(line("The bakery opens at six."), "en") == line("The bakery opens at six.")


@pytest.mark.parametrize(("language", "text", "thing"), [
    ("en", "She hides the letter under the stove.", "letter"), ("en", "a ticket to nowhere", "ticket"),
    ("es", "Encuentra un anillo en la maleta. El anillo brilla.", "ring"),
    ("pt-BR", "Ela acha um caderno velho.", "exercise_book"), ("pt-BR", "Ela acha um diário velho.", "diary"),
    ("pt-BR", "a mala com passaportes", "suitcase"),
])  # fmt: skip
def test_the_thing_is_found_in_the_words(language: Language, text: str, thing: str):
    assert thing in things_in(text, language)[:2]


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Nobody will talk about it; she is safe, he rings twice."), ("es", "Se nota que Rosa sobra."),
])  # fmt: skip
def test_words_that_only_sound_like_things_are_none(language: Language, text: str):
    assert things_in(text, language) == []


@pytest.mark.parametrize(("language", "summary", "weather"), [
    ("en", "They meet in the fog.", "fog"), ("en", "On the night of the storm.", "storm"),
    ("es", "Cae la tormenta.", "storm"), ("es", "Hay niebla en el puerto.", "fog"),
    ("pt-BR", "A neblina esconde o cais.", "fog"), ("pt-BR", "Começa a chuva.", "rain"),
])  # fmt: skip
def test_weather_comes_from_the_words(language: Language, summary: str, weather: str):
    story = story_of(a_novela_brief(**{**STORIES[language][0], "language": language}))
    outline = SceneOutline(number=1, title="", summary=summary, place="x", characters=[])
    assert weather_of(story, outline) == weather


def test_a_storm_of_the_brief_breaks_at_night():
    story = story_of(a_novela_brief())
    times = {time: SceneOutline(number=1, title="", summary="", place="x", time=time, characters=[])
             for time in ("day", "dusk", "night")}  # fmt: skip
    skies = [weather_of(story, outline, "A storm is coming.") for outline in times.values()]
    assert skies == ["overcast", "rain", "storm"]


@pytest.mark.breadth(4)
@pytest.mark.parametrize("brief", BRIEFS, ids=NAMES)
def test_sounds_are_few_and_never_on_a_first_word(brief: NovelaBrief):
    for scene in write_episode(brief).scenes:
        for shot in scene.shots:
            assert len(shot.effects) <= 2
            for effect in shot.effects if shot.lines else []:
                assert effect.at == 0 or effect.at * shot.duration_s > LEAD_IN_S
                assert effect.at > 0 or effect.kind != "heartbeat"


def test_sounds_come_from_what_is_said_and_shown():
    heard = {
        (effect.kind, shot.staging.size)
        for brief in BRIEFS
        for scene in write_episode(brief).scenes
        for shot in scene.shots
        for effect in shot.effects
    }
    assert {"footsteps", "paper", "keys"} <= {kind for kind, _ in heard}


@pytest.mark.breadth(4)
@pytest.mark.parametrize("brief", BRIEFS, ids=NAMES)
def test_descriptions_name_who_is_seen_and_what_is_held(brief: NovelaBrief):
    for scene in write_episode(brief).scenes:
        for shot in scene.shots:
            people = shot.staging.people
            assert not people or people[0].character.casefold() in shot.description.casefold()
            if shot.staging.size == "insert":
                subject = shot.staging.subject
                the = name_thing(subject, brief.language).the
                told = nouns_told(told_only(brief).description, brief.language)
                assert told.get(subject, the.split(" ", 1)[1]).casefold() in shot.description.casefold()


@pytest.mark.breadth(4)
@pytest.mark.parametrize("brief", BRIEFS, ids=NAMES)
def test_no_two_shots_of_an_episode_are_described_alike(brief: NovelaBrief):
    told = [shot.description for scene in write_episode(brief).scenes for shot in scene.shots]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_banks_know_every_set_gesture_face_and_cue(language: Language):
    shots, cues = (bank(language)[name] for name in ("shots", "cues"))
    assert set(cues["lines"]) <= set(structure()["cues"])
    assert set(shots["faces"]) == set(bank(language)["words"]["expressions"])
    shown = [options for face, options in shots["faces"].items() if face != "neutral"]
    assert min(map(len, shown)) >= 7
    assert not shots["faces"]["neutral"]
