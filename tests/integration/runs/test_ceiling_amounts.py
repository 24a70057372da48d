"""What may be said as a ceiling."""

import pytest

from server.runs.accept import ceiling_micros
from state.errors import BriefRefused


@pytest.mark.parametrize(
    ("said", "micros"), [("0", 0), ("25.00", 25_000_000), ("1000000", 10**12), (None, 25_000_000)]
)
def test_an_amount_from_nothing_to_a_million(said: str | None, micros: int):
    assert ceiling_micros({} if said is None else {"ceiling_usd": said}) == micros


@pytest.mark.parametrize("said", ["-0.01", "1000000.01", "NaN", "Infinity", "1e30", "a lot", ""])
def test_anything_else_is_refused_by_name(said: str):
    with pytest.raises(BriefRefused, match=r"context\.ceiling_usd"):
        ceiling_micros({"ceiling_usd": said})
