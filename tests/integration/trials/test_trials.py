"""One real call of each kind under a ceiling: bought once, kept, booked, and shown as tried."""

import pytest

from server.trials.tried import tried_here
from tests.integration.trials.conftest import Place

BOUGHT = {
    "replicate": ["picture", "music"], "fal": ["picture"], "google": ["text", "voice", "picture"],
    "openai": ["text", "voice", "picture"], "deepseek": ["text"],
}  # fmt: skip


@pytest.mark.parametrize("provider", BOUGHT)
async def test_one_call_of_each_kind_that_fits_is_bought_kept_and_booked(place: Place, provider: str):
    trial = await place.run(provider, "0.10")

    assert [(call.line.kind, call.state) for call in trial.calls] == [
        (kind, "checked") for kind in BOUGHT[provider]
    ], [call.error for call in trial.calls]
    assert (trial.state, place.stalls.posts(provider)) == ("good", len(BOUGHT[provider]))
    for call in trial.calls:
        assert call.took_s is not None
        if call.line.kind == "text":
            assert call.usage is not None
            assert call.billed <= call.line.price
        else:
            assert call.media is not None
            assert (await place.tools.media.get(call.media.key)).stat().st_size == call.media.size_bytes
            assert call.billed == call.line.price
    tried = await tried_here(place.tools.database)
    assert set(tried) == {(provider, call.line.call.model) for call in trial.calls}
