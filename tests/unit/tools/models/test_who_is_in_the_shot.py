"""A picture does not contradict its sentence: who is absent is not seen, who does it is, with their face."""

import pytest

from state.script import Expression, Gesture, Language
from tests.unit.tools.models.test_ledger import ANA, BEN, film_of, panels, seen_in, stands_of
from tools.models.offline.clauses.people import Person
from tools.models.offline.deeds.hands import face_in, hands_in
from tools.models.offline.ledger.stage import own_words

EVA = Person(name="Eva", woman=True)
CAST = {"Ana": "Fifty, cobbler, a woman", "Ben": "Thirty, postman, a man"}


@pytest.mark.parametrize(("language", "text", "control"), [
    ("en", "Ana hugs Ben. Ben doesn't turn up. Ana weeps.", "turn round"),
    ("en", "Ana hugs Ben. Ben is no longer there. Ana weeps.", "afraid there"),
    ("es", "Ana abraza a Ben. Ben no aparece. Ana llora.", "no respira"),
    ("es", "Ana abraza a Ben. Ben ya no está. Ana llora.", "ya no mira"),
    ("pt-BR", "Ana abraça Ben. Ben não aparece. Ana chora.", "não respira"),
    ("pt-BR", "Ana abraça Ben. Ben não está mais. Ana chora.", "não olha mais"),
])  # fmt: skip
def test_who_does_not_turn_up_is_in_no_picture_of_it(language: Language, text: str, control: str):
    _, absent, after = stands_of(text, language=language)
    assert "Ben" not in absent.here
    assert "Ben" in after.away
    words = {"en": "doesn't turn up|is no longer there", "es": "no aparece|ya no está"}
    gone = next(one for one in [*words.get(language, "não aparece|não está mais").split("|")] if one in text)
    other = control if language != "en" else "sits down"
    assert "Ben" in stands_of(text.replace(gone, other), language=language)[1].acting


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Ana hugs Ben. Ben slips out back to call the police. Ana sits down."),
    ("es", "Ana abraza a Ben. Ben se escabulle por la puerta trasera. Ana se sienta."),
    ("pt-BR", "Ana abraça Ben. Ben sai escondido para buscar a polícia. Ana senta."),
])  # fmt: skip
def test_who_slips_out_is_seen_going_and_then_not(language: Language, text: str):
    _, going, after = stands_of(text, language=language)
    assert going.doer == "Ben"
    assert "Ben" not in after.here


def test_who_comes_back_stands_with_those_who_stayed():
    back = stands_of("Ana hugs Ben. Ben walks out. Ana weeps. Ben comes back.")[-1]
    assert {*back.here} == {"Ana", "Ben"}


def test_a_joint_gives_the_deed_to_whom_it_names():
    stalls, slips = stands_of("Ana stalls Eva while Ben, the delivery driver, slips out.", ANA, BEN, EVA)
    assert (stalls.doer, slips.doer) == ("Ana", "Ben")
    # The control: who it is does not take the deed away from the one before.
    assert stands_of("Ana, the delivery driver, slips out.")[-1].doer == "Ana"


def test_a_title_ends_no_sentence():
    pell = Person(name="Mr. Pell", woman=False)
    assert len(stands_of("The harbour master, Mr. Pell, weeps.", pell)) == 1


@pytest.mark.parametrize(("language", "text", "names"), [
    ("en", "Ana waits. Eva waits. Ben waits. The two women dance.", {"Ana", "Eva"}),
    ("es", "Ana espera. Eva espera. Ben espera. Las dos bailan.", {"Ana", "Eva"}),
    ("pt-BR", "Ana espera. Eva espera. Ben espera. As duas dançam.", {"Ana", "Eva"}),
    ("es", "Ana espera. Eva espera. Ben espera. Los dos bailan.", {"Eva", "Ben"}),
    ("es", "Eva espera. Ben espera. Ana reparte a los dos la masa.", {"Ana", "Eva", "Ben"}),
])  # fmt: skip
def test_both_are_the_two_whom_the_words_can_mean(language: Language, text: str, names: set[str]):
    assert {*stands_of(text, ANA, BEN, EVA, language=language)[-1].acting} == names


def test_she_and_somebody_are_two():
    last = stands_of("Ana e Ben acham Eva. Ela e Ana saem juntas.", ANA, BEN, EVA, language="pt-BR")[-1]
    assert {*last.acting} == {"Ana", "Eva"}


def test_of_several_who_did_it_nobody_is_she():
    assert stands_of("Ana and Ben find Eva. She smiles.", ANA, BEN, EVA)[-1].doer == "Eva"
    # The control: who did it alone goes on.
    assert stands_of("Ana finds Eva. She smiles.", ANA, BEN, EVA)[-1].doer == "Ana"


def test_a_relative_goes_on_about_whom_it_follows():
    crossed = stands_of("Ben interroga a Ana, que se cruza de brazos.", language="es")[-1]
    assert crossed.doer == "Ana"
    assert own_words("finds the box that Ben broke") == "finds the box"


def test_a_face_on_a_record_is_not_there():
    assert stands_of("Ana finds a record with Ben's face on it.")[-1].here == ("Ana",)
    assert "Ben" in stands_of("Ana slaps Ben's face.")[-1].acting


STORY = (
    "Ana mends shoes. Ben arrives with a lamp. Ana freezes. Ben laughs and Ana weeps. Ben slams the door. "
    "Ben walks out. A dog barks. Ana sings."
)


def test_everybody_has_the_face_of_their_own_deed():
    film = [one for one in panels(film_of(STORY, CAST)) if "Ben laughs" in one[0]]
    faces = {one.character: one.expression for _, staging in film for one in staging.people}
    assert faces.get("Ben", "happy") == "happy"
    assert faces.get("Ana", "sad") == "sad"
    assert faces


def test_who_has_gone_is_in_no_later_picture():
    film = panels(film_of(STORY, CAST))
    after = next(at for at, (text, _) in enumerate(film) if "Ana sings" in text)
    assert all("Ben" not in seen_in(staging) for text, staging in film[after:] if "walks out" not in text)


@pytest.mark.parametrize(("language", "text", "face"), [
    ("en", "She stops cold.", "surprised"), ("en", "He freezes.", "surprised"),
    ("en", "He slams the door.", "angry"), ("en", "She begs him to stay.", "sad"),
    ("en", "The freezing rain falls.", None), ("en", "He takes the blame.", None),
    ("es", "Se queda helada.", "surprised"), ("es", "Le suplica que vuelva.", "sad"),
    ("es", "Por culpa del tren llega tarde.", None),
    ("pt-BR", "Ela leva um susto.", "surprised"), ("pt-BR", "Jonas sai batendo a porta.", "angry"),
    ("pt-BR", "A revista chega.", None),
])  # fmt: skip
def test_what_is_felt_decides_the_face(language: Language, text: str, face: Expression | None):
    assert face_in(text, language) == face


@pytest.mark.parametrize(("language", "text", "gesture"), [
    ("en", "Ben pounds on the door.", "knocking"), ("en", "Ana hits the shutter button.", "pushing"),
    ("en", "Ana grabs him by the collar.", "pulling"), ("en", "Ana sings.", "arms_open"),
    ("en", "They shake hands.", "shaking_hands"), ("en", "Ben threatens them.", "clenched_fist"),
    ("es", "Chayo rompe el contrato.", "tearing"), ("es", "Ana canta.", "arms_open"),
    ("pt-BR", "Davi sobe no poste.", "pulling"), ("pt-BR", "Ela tranca a porta.", "pushing"),
    ("en", "Ana hears a song.", "listening"), ("es", "Sube la amenaza.", "none"),
])  # fmt: skip
def test_a_deed_has_its_pose(language: Language, text: str, gesture: Gesture):
    assert hands_in(text, language) == gesture
