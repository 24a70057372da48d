"""What things were before the seventies: a story of then shows no screen and no card."""

from dataclasses import replace
from functools import lru_cache

from state.script import Language
from tools.models.offline.places.signs import is_period
from tools.models.offline.things.picturing import Found

BEFORE: dict[str, str] = {
    "phone": "dial_telephone", "telephone": "dial_telephone", "laptop": "typewriter",
    "desktop_computer": "typewriter", "keyboard": "typewriter",
    "printer": "typewriter", "television": "radio", "cd": "record", "cassette": "record",
    "videotape": "film_tin", "video_camera": "camera", "memory_stick": "envelope", "credit_card": "money",
    "pager": "dial_telephone", "answering_machine": "dial_telephone", "walkie_talkie": "dial_telephone",
    "car_key": "key", "trainer": "shoes", "t_shirt": "shirt",
    "studio_microphone": "microphone", "game_console": "toy", "joystick": "toy", "cooler_box": "box",
    "pregnancy_test": "letter", "tape_recorder": "gramophone", "safety_vest": "coat", "id_card": "document",
    "scooter": "bicycle", "kick_scooter": "bicycle", "racing_car": "car", "fire_alarm": "bell",
}  # fmt: skip
"""Pictures of our days, each with what was there instead."""


@lru_cache(maxsize=16)
def _is_then(story: str, language: Language) -> bool:
    return is_period(story, language)


def in_their_time(found: dict[int, Found], story: str, language: Language) -> dict[int, Found]:
    """Things of a text as they were when the story plays."""
    if not story or not _is_then(story, language):
        return found
    return {at: replace(one, picture=BEFORE.get(one.picture, one.picture)) for at, one in found.items()}
