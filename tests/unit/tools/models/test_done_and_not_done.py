"""Who does what is told: no sign brings anybody on, nothing possible is done, no direction is cut off."""

import pytest

from state.script import Language
from tests.unit.tools.models.test_ledger import stands_of
from tools.models.offline.clauses.people import Person
from tools.models.offline.clauses.signs import without_signs
from tools.models.offline.deeds.doing import deed_in
from tools.models.offline.deeds.unreal import done_in

ROSA, CARL = Person(name="Rosa", woman=True), Person(name="Carl", woman=False)


@pytest.mark.parametrize(("language", "sign", "person"), [
    ("en", "A bowline is Rosa the baker.", "A woman is Rosa."),
    ("es", "Un nudo es Rosa la panadera.", "Una mujer es Rosa."),
    ("pt-BR", "Um laço é a Rosa padeira.", "Uma mulher é a Rosa."),
])  # fmt: skip
def test_whom_a_thing_stands_for_is_not_spoken_of(language: Language, sign: str, person: str):
    assert "Rosa" not in without_signs(sign, ["Rosa"], language)
    assert without_signs(person, ["Rosa"], language) == person


@pytest.mark.parametrize(("language", "told", "kept"), [
    ("en", "Carl smiles, unless he drowns.", "Carl smiles"),
    ("es", "Carl sonríe si ella salta.", "Carl sonríe"),
    ("pt-BR", "O Carl sorri, a menos que ela pule.", "O Carl sorri"),
    ("en", "Carl can jump or run.", "Carl"), ("es", "Carl puede saltar.", "Carl"),
    ("pt-BR", "O Carl pode pular.", "O Carl"),
])  # fmt: skip
def test_what_is_only_possible_is_not_done(language: Language, told: str, kept: str):
    assert done_in(told, language).strip(" ,.") == kept


@pytest.mark.parametrize(("language", "text"), [
    ("en", "One night the goat vanishes."), ("en", "The goat, wearing a bell, looks up."),
    ("es", "Una noche la cabra desaparece."), ("pt-BR", "Uma noite a cabra desaparece."),
])  # fmt: skip
def test_an_animal_does_its_own_deed(language: Language, text: str):
    assert stands_of(f"Rosa canta. {text}", ROSA, CARL, language=language)[-1].doers == ()


@pytest.mark.parametrize(("language", "text", "name"), [
    ("en", "Rosa starts noting down what they owe.", "Rosa"), ("es", "Rosa le pide que firme.", "Rosa"),
    ("pt-BR", "Carl começa a anotar quem deve.", "Carl"),
])  # fmt: skip
def test_a_deed_without_its_object_is_not_told(language: Language, text: str, name: str):
    assert deed_in(text, language, name=name) == ""
