"""What a person is told where another engine could make it."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from nodes.standing_in import failed
from state.context import RunContext
from state.errors import ProviderError, StandInProposed
from tests.builders import an_order

OFFER = {"provider": "fal", "model": "luma-ray-2", "price_usd": "0.50"}


@pytest.mark.parametrize(("named", "told"), [("fake-dear", "fake-dear"), ("", "fake-image")])
def test_the_model_that_could_not_is_named_also_where_the_error_names_none(named: str, told: str) -> None:
    """A key that is not taken is no model's."""
    error = ProviderError(
        "its key is not taken", kind="auth", provider="fake", model=named, details={"proposal": OFFER}
    )
    runtime = cast(Any, SimpleNamespace(context=RunContext(user_id="local")))
    with pytest.raises(StandInProposed) as proposed:
        failed(error, an_order(), runtime, item="1A")
    assert proposed.value.message.startswith(f"{told} could not make 1A: its key is not taken. luma-ray-2")
    assert proposed.value.model == told
