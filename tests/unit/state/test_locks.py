"""What is locked keeps the causes that it was made for."""

from typing import Any

from state.film import ShootingState
from state.locks import locked_in, pinned
from state.media import MediaRef
from state.order import BY_HAND
from state.script import Slate
from state.take import Panel, Take, VoiceTrack

FILE = MediaRef(key="video/local/a.mp4", mime="video/mp4", sha256="0" * 64, size_bytes=1)
HERE = "11111111-1111-1111-1111-111111111111"
HAND = f"{BY_HAND}2"


def a_film(**more: Any) -> ShootingState:
    slates = [Slate(scene=1, shot=letter) for letter in "AB"]
    return ShootingState(
        takes={
            str(slate): Take(slate=slate, call_key=f"{HERE}:take:{slate}:start:7", status="done", media=FILE)
            for slate in slates
        },
        panels={"1A": Panel(slate=slates[0], call_key=f"{HERE}:storyboard:1A:first", number=1, media=FILE)},
        voices={
            "1A/1": VoiceTrack(
                slate=slates[0], line=1, speaker="Ana", call_key=f"{HERE}:voice:1A/1:gate", media=FILE
            )
        },
        **more,
    )


def test_all_that_is_there_of_a_locked_shot_stays_current_behind_a_change_by_hand() -> None:
    film = a_film(base_cause=HAND)
    pins = pinned(film.model_dump(mode="json"), ["1A"])
    assert pins == {"take/1A": "start:7", "storyboard/1A": "first", "voice/1A/1": "gate"}
    after = film.model_copy(update={"causes": pins})
    assert (after.cause("take", "1A"), after.cause("take", "1B")) == ("start:7", HAND)
    assert (film.takes["1A"].cause, pinned(film.model_dump(mode="json"), [])) == ("start:7", {})


def test_what_is_not_there_and_what_a_person_brought_is_not_pinned() -> None:
    film = a_film()
    failed = film.takes["1A"].model_copy(update={"media": None})
    given = film.panels["1A"].model_copy(update={"given": True})
    film = film.model_copy(update={"takes": {"1A": failed}, "panels": {"1A": given}, "voices": {}})
    assert pinned(film.model_dump(mode="json"), ["1A"]) == {}
    assert pinned({}, ["1A"]) == {}


def test_no_run_takes_a_lock_away() -> None:
    assert locked_in({"locked": ["2A", "1A"]}, {"locked": []}) == ["1A", "2A"]
    assert locked_in({}, {"locked": ["1B"]}) == ["1B"]
