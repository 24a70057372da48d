"""The paid call behind each spoken line and behind the music: quoted, approved, ordered as the same."""

import hashlib
from math import ceil

from state.cost import FallbackCall, PlannedCall
from state.film import FilmState
from state.order import Parameters
from state.script import Line, Shot
from state.tier import Tier
from tools.engines.catalog import made_in, model_card
from tools.engines.provider_voices import voice_book
from tools.engines.routing import OFFLINE
from tools.ledger.pricing import price_entry
from tools.orders.planned import LEAST_ROOM_S, ROOM, edition_of
from tools.orders.quote import planned_call

SLOWEST_CHARS_PER_S = 10.0
"""Whoever sells speech by the second is reckoned with the slowest: no quote is too low for that."""
LEAST_LETTERS = 7
"""So many at least are paid of a line whose sound is paid: the shortest word takes about a second, too."""
CARDS_S = 5.0
"""The title and the end card, under which the music plays, too."""


def voice_model(state: FilmState, tier: Tier) -> str:
    """The model that speaks the lines."""
    return made_in(tier, state.look.voice_model)


def music_model(state: FilmState, tier: Tier) -> str:
    """The model that plays the music."""
    return made_in(tier, state.look.music_model)


def planned_voice(state: FilmState, shot: Shot, number: int, *, tier: Tier) -> PlannedCall:
    """One spoken line, by its letters, its seconds or as one call, whatever its model is paid by.

    Its words are part of what is paid: another line is another call, however long it is.
    """
    line = shot.lines[number - 1]
    return planned_speech(
        line.text, stage="voice", item=f"{shot.slate}/{number}", model=voice_model(state, tier),
        rate=_rate(state, line), edition=edition_of(state),
    )  # fmt: skip


def planned_speech(
    text: str, *, stage: str, item: str, model: str, rate: float = 1.0, edition: str = ""
) -> PlannedCall:
    """Words that are spoken by a model, whoever they are for; `rate` below 1 is slower than usual.

    Raises:
        PriceUnknown: the model has no price.
    """
    provider = model_card(model).provider
    unit = price_entry(provider, model, edition=edition).unit
    said: Parameters = {} if provider == OFFLINE else {"words": words_digest(text)}
    return planned_call(
        stage=stage, item=item, model_id=model, units=_spoken_units(text, model, min(1.0, rate), unit),
        parameters=said, edition=edition,
    )  # fmt: skip


def words_digest(text: str) -> str:
    """Stands for the words of a line in a quote."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def planned_music(state: FilmState, *, tier: Tier, seconds: float | None = None) -> PlannedCall:
    """The music of the episode: one piece, or so many seconds. `seconds` is how long the cut really is.

    Until that is known, lengths with room for voices that take longer are approved with it.
    """
    model, edition = music_model(state, tier), edition_of(state)
    if price_entry(model_card(model).provider, model, edition=edition).unit != "second":
        return planned_call(stage="music", item="episode", model_id=model, edition=edition)
    length = _planned_seconds(state) if seconds is None else seconds
    planned = _music_of(ceil(length), model, edition)
    if seconds is not None:
        return planned
    longest = ceil(length + max(length * ROOM, LEAST_ROOM_S))
    names = set(FallbackCall.model_fields)
    longer = [_music_of(more, model, edition) for more in range(ceil(length) + 1, longest + 1)]
    return planned.model_copy(
        update={"fallbacks": [FallbackCall(**call.model_dump(include=names)) for call in longer]}
    )


def _music_of(seconds: int, model: str, edition: str) -> PlannedCall:
    return planned_call(stage="music", item="episode", model_id=model, units=seconds, edition=edition)


def _rate(state: FilmState, line: Line) -> float:
    """How fast it is to be spoken where that is slower than usual, else 1."""
    who = next((one for one in state.film.cast if one.name == line.speaker), None)
    return min(1.0, who.sounds.rate) if who is not None and who.sounds is not None else 1.0


def _spoken_units(text: str, model: str, rate: float, unit: str) -> int:
    """Whoever speaks slowly makes more sound: that is in the price where sound is what is paid."""
    if unit == "second":
        return ceil(len(text) / SLOWEST_CHARS_PER_S / rate)
    if unit != "character":
        return 1
    book = voice_book(model)
    by_sound = book is not None and book.paid_by == "sound"
    return ceil(max(len(text), LEAST_LETTERS) / rate) if by_sound else len(text)


def _planned_seconds(state: FilmState) -> float:
    shots = [shot for scene in state.film.scenes for shot in scene.shots]
    return sum(shot.duration_s for shot in shots) + CARDS_S
