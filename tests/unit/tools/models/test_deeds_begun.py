"""What begins, goes on or is past moves hands and face as what is done now; and more verbs do."""

import pytest

from state.script import Expression, Gesture, Language
from tools.models.offline.deeds.hands import face_in, hands_in
from tools.models.offline.deeds.in_the_present import in_the_present


@pytest.mark.parametrize(("language", "text", "gesture"), [
    ("en", "Olive began to sweep the porch.", "working"), ("en", "Olive drove a milk float.", "driving"),
    ("en", "She goes, dragging a sledge.", "pulling"), ("en", "Olive calls her son.", "phone_to_ear"),
    ("en", "Olive lowers the wardrobe on a rope.", "pulling"), ("en", "Olive picks pears.", "reaching_up"),
    ("es", "Olivia se puso a barrer el patio.", "working"), ("es", "Olivia manejó el tranvía.", "driving"),
    ("es", "Olivia se va, arrastrando el trineo.", "pulling"), ("es", "Olivia pega la jarra.", "working"),
    ("es", "Olivia lo lanza al pozo.", "raised_hand"), ("es", "Carla cocina.", "stirring"),
    ("pt-BR", "Olívia começou a varrer o pátio.", "working"), ("pt-BR", "Olívia dirigia o bonde.", "driving"),
    ("pt-BR", "Olívia vai embora, arrastando o trenó.", "pulling"), ("pt-BR", "Marta cozinha.", "stirring"),
    ("pt-BR", "Olívia pega no sono.", "sleeping"), ("pt-BR", "Davi leva as malas para o sótão.", "carrying"),
])  # fmt: skip
def test_a_deed_has_its_pose_in_every_tense(language: Language, text: str, gesture: Gesture) -> None:
    assert hands_in(text, language) == gesture


@pytest.mark.parametrize(("language", "text", "face"), [
    ("en", "Olive starts to cry.", "sad"), ("en", "Olive burst out laughing.", "happy"),
    ("en", "Olive bursts into tears.", "sad"), ("es", "Olivia rompe a llorar.", "sad"),
    ("es", "Olivia se echó a reír.", "happy"), ("pt-BR", "Olívia desata a chorar.", "sad"),
    ("pt-BR", "Olívia cai no choro.", "sad"), ("pt-BR", "Olívia bate palmas.", "happy"),
])  # fmt: skip
def test_a_face_begins_with_its_deed(language: Language, text: str, face: Expression) -> None:
    assert face_in(text, language) == face


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Olive finds the ring that he hid."), ("en", "The parcel was carried by Tom."),
    ("es", "Olivia lee la carta que él escribió."), ("pt-BR", "Olívia lê a carta que ele escreveu."),
])  # fmt: skip
def test_what_was_before_and_what_is_done_to_somebody_stays(language: Language, text: str) -> None:
    assert in_the_present(text, language).split()[-2:] == text.split()[-2:]
