"""Every picture takes the deed of its words: its pose, its own clause, and never the same frame twice."""

from dataclasses import replace

import pytest

from state.script import Blocking, Character, Gesture, Language, Look, Place, Staging
from tools.models.offline.deeds.doing import deed_in
from tools.models.offline.deeds.hands import hands_in
from tools.models.offline.shooting.angles import WITHIN, otherwise
from tools.models.offline.shooting.cutting import cut_into, in_clauses
from tools.models.offline.telling.layout import _over_scenes
from tools.models.offline.telling.spoken import Spoken, heard_of
from tools.models.offline.words.bank import bank
from tools.models.offline.words.fact import Fact

ANA = Character(name="Ana", role="", look=Look(presentation="woman"))
BEN = Character(name="Ben", role="", look=Look(presentation="man"))


def told(text: str) -> Spoken:
    return Spoken(
        move="plain", speaker=ANA, listener=BEN, text=text, expression="neutral", reaction="neutral",
        gesture="none", essential=True, narrator="Narrator",
        fact=Fact(subject="Ana", verb="", rest="", text=text, order=1),
    )  # fmt: skip


@pytest.mark.parametrize(("language", "text", "gesture"), [
    ("en", "He holds out his other hand.", "reaching_out"), ("en", "She raises her hand.", "raised_hand"),
    ("en", "Ana tears the notice in two.", "tearing"), ("en", "Ben falls off the stool.", "falling"),
    ("en", "Ben lies asleep on the sofa.", "sleeping"), ("en", "She runs along the pier.", "running"),
    ("en", "He walks away.", "leaving"), ("en", "She opens the door.", "opening"),
    ("en", "They shake hands.", "shaking_hands"), ("en", "She rides past a bus.", "riding"),
    ("es", "Él se va al suelo.", "falling"), ("es", "Ana rompe la carta.", "tearing"),
    ("es", "Se va caminando sin mirar atrás.", "leaving"), ("es", "Ana lo besa.", "kissing"),
    ("es", "Come despacio.", "eating"), ("es", "Con el brazo levantado.", "raised_hand"),
    ("pt-BR", "Ela rasga o aviso.", "tearing"), ("pt-BR", "Os dois dançam.", "dancing"),
    ("pt-BR", "Davi vai embora.", "leaving"), ("pt-BR", "Ele aperta a mão dela.", "shaking_hands"),
    ("pt-BR", "Ele se ajoelha e conserta o pé da cadeira.", "kneeling"),
    ("en", "She plays, and he listens.", "playing"), ("en", "He switches off the neon sign.", "reaching_up"),
    ("en", "She takes off her wet coat.", "dressing"), ("en", "They gather them on their knees.", "kneeling"),
    ("es", "Baja y toca: estudió de niña.", "playing"), ("es", "Ana cuelga el farol.", "reaching_up"),
    ("es", "Se pone el abrigo.", "dressing"), ("pt-BR", "Ela pendura o quadro.", "reaching_up"),
    ("pt-BR", "Zefa toca.", "playing"), ("pt-BR", "Helena tira as luvas.", "dressing"),
])  # fmt: skip
def test_every_deed_has_its_pose(language: Language, text: str, gesture: Gesture):
    assert hands_in(text, language) == gesture


@pytest.mark.parametrize(("language", "text", "gesture"), [
    ("en", "Ana points at the sign.", "pointing"), ("en", "Ana looks at the run.", "none"),
    ("en", "He does not fall, and she signs.", "writing"), ("pt-BR", "Ela aperta a porca.", "working"),
    ("es", "Ana toca la puerta.", "knocking"), ("en", "Ana plays the waitress.", "none"),
])  # fmt: skip
def test_a_noun_that_looks_like_a_deed_moves_no_hand(language: Language, text: str, gesture: Gesture):
    assert hands_in(text, language) == gesture


def test_a_sentence_of_three_deeds_is_heard_whole_and_seen_one_by_one():
    lines = in_clauses([told("Ben reads it, stands up, and hands her the bolt.")], 3, "en")
    assert [one.text for one in lines] == ["Ben reads it,", "stands up,", "and hands her the bolt."]
    assert [one.text for one in heard_of(lines)] == ["Ben reads it, stands up,", "and hands her the bolt."]


def test_no_narrator_stops_at_a_bare_comma_in_a_sentence_of_common_length():
    text = "In the hall he finds Ana, his sister, in a red coat."
    assert [one.text for one in heard_of(in_clauses([told(text)], 3, "en"))] == [text]


def test_where_pictures_are_enough_nothing_is_seen_in_silence():
    lines = in_clauses([told("Ben reads it, stands up, and hands her the bolt.")], 1, "en")
    assert len(lines) == 1
    assert lines[0].heard is None


def test_sentences_are_spread_before_a_picture_stays_silent():
    lines = [told("Ana sits."), told("Ben waits by the old gate for her answer."), told("It rains.")]
    parts = cut_into(lines, 3, room=40, opens=True)
    assert [len(part) for part in parts] == [1, 1, 1]


def test_what_is_done_counts_where_facts_are_laid_over_scenes():
    """An opening of one long clause leaves its scene room; an ending of many deeds fills its own."""
    opening = "Ana has kept the little shop at the corner of the long old street since her mother died."
    texts = [
        opening,
        "Ben comes in.",
        "He sits, eats, drinks, sings and weeps.",
        "She laughs, rises and goes.",
    ]
    facts = [Fact(subject="", verb="", rest="", text=text, order=at) for at, text in enumerate(texts)]
    weighed = [len(scene) for scene in _over_scenes(facts, 2, "en")]
    assert weighed == [2, 2]
    assert [len(scene) for scene in _over_scenes(facts, 2)] == [1, 3]


@pytest.mark.parametrize(("language", "clause", "deed"), [
    ("en", "and hands her the bolt from his pocket.", "hands her the bolt from his pocket"),
    ("es", "y ella se sienta en la cama.", "se sienta en la cama"),
    ("es", "Hoy se casa ella.", ""),
    ("es", "y se sienta con ella.", "se sienta con ella"),
    ("es", "Después Galo le da la mano", "le da la mano"),
    ("pt-BR", "e vai embora.", "vai embora"),
    ("pt-BR", "e vai dormir.", ""), ("en", "Ana finds that it is gone.", ""), ("en", "They dance.", ""),
])  # fmt: skip
def test_the_action_line_is_the_clause_that_is_seen(language: Language, clause: str, deed: str):
    assert deed_in(clause, language, name="Ana") == deed


JARGON = {
    "en": ("waist", "wide", "close-up", "close on", "camera", "frame", "focus", "knee", "profile", "shot"),
    "es": ("cintura", "plano", "cámara", "cuadro", "foco", "rodillas", "perfil"),
    "pt-BR": ("cintura", "plano", "câmera", "quadro", "foco", "joelhos", "perfil", "close"),
}


@pytest.mark.parametrize("language", JARGON)
def test_no_action_line_talks_of_the_lens(language: Language):
    frames = bank(language)["shots"]["frames"]
    words = " ".join(one for forms in frames.values() for one in forms).lower()
    assert [one for one in JARGON[language] if one in words] == []


def panel(gesture: Gesture = "none", *others: str) -> Staging:
    people = [
        Blocking(character=name, look=ANA.look, gesture=gesture, facing="right") for name in ("Ana", *others)
    ]
    return Staging(place=Place(name="x", kind="kitchen"), size="medium", people=people)


def test_the_same_picture_within_six_is_framed_otherwise():
    """Nobody changes sides for it: a person who looks to the right stands on the left or in the middle."""
    first = panel()
    second = otherwise(panel(), [first])
    assert (second.people[0].facing, second.people[0].position) == ("right", "left")
    assert otherwise(second, [second]) == first


@pytest.mark.parametrize("before", [
    [panel("reading")], [panel("none", "Ben")], [panel(), *[panel("reading")] * (WITHIN - 1)],
])  # fmt: skip
def test_what_is_not_the_same_stays_as_it_is(before: list[Staging]):
    assert otherwise(panel(), before) == panel()


def test_whoever_opens_keeps_to_the_side_of_the_door():
    assert otherwise(panel("opening"), [panel("opening")]) == panel("opening")


def test_joined_again_a_sentence_is_heard_once():
    lines = in_clauses([told("Ben reads it, stands up, and hands her the bolt.")], 3, "en")
    (whole,) = cut_into([replace(one, fact=lines[0].fact) for one in lines], 1, room=40, opens=False)
    assert [one.text for one in heard_of(whole)] == ["Ben reads it, stands up, and hands her the bolt."]
