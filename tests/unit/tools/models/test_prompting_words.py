"""Everything that can be staged has its words in every language."""

from typing import get_args

import pytest

from state.script import Blocking, Garment, Gesture, Language, Look, Place, Staging
from tools.models.offline.shooting.prompting import people_words

ACCESSORIES = get_args(Look.model_fields["accessory"].annotation)


@pytest.mark.parametrize("language", get_args(Language))
def test_whatever_somebody_does_and_wears_can_be_told(language: Language) -> None:
    told = set()
    for gesture in get_args(Gesture):
        look = Look(presentation="woman")
        one = Blocking(character="Ana", look=look, gesture=gesture)
        told.add(people_words(Staging(place=Place(name="x", kind="office"), people=[one]), language))
    assert len(told) == len(get_args(Gesture))


@pytest.mark.parametrize("language", get_args(Language))
def test_every_garment_and_accessory_can_be_told(language: Language) -> None:
    looks = [Look(presentation="man", garment=garment) for garment in get_args(Garment)]
    looks += [Look(presentation="man", accessory=one) for one in ACCESSORIES[1:]]
    people = [Blocking(character="Luis", look=look) for look in looks]
    told = {people_words(Staging(place=Place(name="x", kind="office"), people=[p]), language) for p in people}
    assert len(told) == len(looks)
