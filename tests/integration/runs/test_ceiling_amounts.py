"""What may be said as a ceiling."""

import pytest

from server.runs.amounts import ceiling_micros, with_amounts
from state.errors import BriefRefused


@pytest.mark.parametrize(
    ("said", "micros"), [("0", 0), ("25.00", 25_000_000), ("1000000", 10**12), (None, 25_000_000)]
)
def test_an_amount_from_nothing_to_a_million(said: str | None, micros: int):
    assert ceiling_micros({} if said is None else {"ceiling_usd": said}) == micros


@pytest.mark.parametrize(
    "said", ["-0.01", "1000000.01", "NaN", "Infinity", "1e30", "0.0000001", "1e-400", "a lot", ""]
)
def test_anything_else_is_refused_by_name(said: str):
    with pytest.raises(BriefRefused, match=r"context\.ceiling_usd"):
        ceiling_micros({"ceiling_usd": said})


KEPT = {
    "3": "3.00", "\u0663": "3.00", "\uff11\uff12": "12.00", "1_0": "10.00", "1e1": "10.00",
    "0.000001": "0.000001", "-0": "0.00",
}  # fmt: skip


@pytest.mark.parametrize(("said", "kept"), KEPT.items())
def test_an_amount_is_kept_as_the_database_reads_it(said: str, kept: str):
    assert with_amounts({"preproduction_usd": said, "review": "ask"}) == {
        "preproduction_usd": kept, "review": "ask",
    }  # fmt: skip
