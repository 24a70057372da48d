"""A cut holds no number that no film can have; one that was stored before they had bounds still opens."""

import math
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from state import edits
from state.timeline import KEPT, MOST_FRAMES, Timeline
from tests.unit.tools.cuts.cutting import a_cut

PLAIN = a_cut().model_dump(mode="json")
NO_NUMBERS = (math.nan, math.inf, -math.inf)
HUGE = (1e308, -1e308, 10**30, -(10**30))
FIELDS: list[tuple[str | int, ...]] = [
    ("fps",), ("width",), ("height",), ("gain_db",),
    ("tracks", 0, "items", 0, "gain_db"), ("tracks", 0, "items", 0, "speed"),
    ("tracks", 0, "items", 0, "fade_in"), ("tracks", 0, "items", 0, "frames"),
    ("tracks", 0, "items", 0, "source", "start"), ("tracks", 0, "items", 0, "source", "length"),
    ("tracks", 0, "items", 2, "length"), ("tracks", 1, "items", 0, "length"), ("tracks", 1, "gain_db"),
    ("tracks", 1, "fade_out"), ("captions", 0, "start_s"), ("captions", 0, "end_s"),
    ("titles", 0, "start_s"), ("overlays", 0, "start"), ("overlays", 0, "length"), ("overlays", 0, "fade"),
    ("overlays", 0, "size"), ("overlays", 0, "opacity"), ("overlays", 0, "width"), ("markers", 0, "at"),
]  # fmt: skip
BOUNDED_SINCE = [one for one in FIELDS if one[-1] not in ("speed", "size", "opacity") and one[0] != "gain_db"
                 and one != ("overlays", 0, "width")]  # fmt: skip
"""Those that had no bounds at both ends before, so that anything may be stored."""


def with_number(path: tuple[str | int, ...], value: float) -> dict[str, Any]:
    whole = Timeline.model_validate(PLAIN).model_dump(mode="json")
    part: Any = whole
    for step in path[:-1]:
        part = part[step]
    assert path[-1] in part
    part[path[-1]] = value
    return whole


@pytest.mark.parametrize("value", [*NO_NUMBERS, *HUGE])
@pytest.mark.parametrize("path", FIELDS, ids=lambda path: ".".join(map(str, path)))
def test_what_no_film_can_have_is_refused_with_the_field(path: tuple[str | int, ...], value: float) -> None:
    with pytest.raises(ValidationError) as refused:
        Timeline.model_validate(with_number(path, value))
    assert path[-1] in refused.value.errors()[0]["loc"]


@pytest.mark.parametrize("path", [("fps",), ("width",), ("height",)])
@pytest.mark.parametrize("value", [0, -24])
def test_a_cut_has_a_rate_and_a_size(path: tuple[str | int, ...], value: float) -> None:
    with pytest.raises(ValidationError):
        Timeline.model_validate(with_number(path, value))


@pytest.mark.parametrize("value", HUGE)
@pytest.mark.parametrize("path", BOUNDED_SINCE, ids=lambda path: ".".join(map(str, path)))
def test_a_stored_cut_opens_with_the_nearest_number_that_is_within(
    path: tuple[str | int, ...], value: float
) -> None:
    whole = with_number(path, value)
    read = Timeline.model_validate(whole, context=KEPT)
    assert Timeline.model_validate(read.model_dump(mode="json")) == read


def test_a_stored_cut_of_sound_numbers_is_read_as_it_is() -> None:
    assert Timeline.model_validate(PLAIN, context=KEPT) == Timeline.model_validate(PLAIN)


def test_a_stored_operation_is_read_with_the_nearest_number_too() -> None:
    told = edits.AddOverlay.model_validate(
        {"op": "add_overlay", "overlay": {"kind": "text", "text": "Now", "start": 3}}
    ).model_dump(mode="json")
    told["overlay"]["start"] = 10**12
    adapter: TypeAdapter[Any] = edits.OPERATIONS
    with pytest.raises(ValidationError):
        adapter.validate_python(told)
    assert adapter.validate_python(told, context=KEPT).overlay.start == MOST_FRAMES
