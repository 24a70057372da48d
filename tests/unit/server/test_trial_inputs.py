"""Every call that a trial may choose is one that its provider's adapter would send; nothing is sent here."""

from pathlib import Path

import pytest

from server.trials.asked import KINDS, Kind, order_of, text_order_of
from server.trials.plan import PROVIDERS, Line, Provider, lines_of
from state.errors import ProviderMisconfigured
from state.order import EngineRequest, ImageRequest, VideoRequest, VoiceRequest
from tests.fakes import FakeClock
from tools.engines.fal.wishes import wish_of
from tools.engines.files import NO_FILES
from tools.engines.google.clips import clip_asked
from tools.engines.google.made_clips import MadeClips
from tools.engines.google.pictures import picture_asked
from tools.engines.google.voices import voice_asked
from tools.engines.openai.asking import asked_for
from tools.engines.replicate.inputs import asked_input

PRODUCTION = "0b0e7c9e-3f7c-4d7e-9d0a-5d3a6c0f1e2d"
SOLD = [
    pytest.param(line, id=f"{provider}-{kind}-{line.call.model}")
    for provider in PROVIDERS for kind in KINDS for line in lines_of(provider, kind)
]  # fmt: skip


async def written(provider: str, request: EngineRequest, folder: Path) -> object:
    """What the provider's own adapter would send, checked by the provider's schema."""
    if provider == "replicate":
        return asked_input(request)
    if provider == "fal":
        return wish_of(request)
    if provider == "openai":
        return asked_for(request, NO_FILES)
    assert provider == "google"
    if isinstance(request, ImageRequest):
        return await picture_asked(request, NO_FILES)
    if isinstance(request, VideoRequest):
        return await clip_asked(request, NO_FILES, MadeClips(folder, FakeClock()))
    assert isinstance(request, VoiceRequest)
    return voice_asked(request)


@pytest.mark.parametrize("line", SOLD)
async def test_its_own_schema_takes_what_is_asked_for(line: Line, tmp_path: Path) -> None:
    if line.kind == "text":
        assert text_order_of(line.call, PRODUCTION).model == line.call.model
        return
    request = order_of(line.call, PRODUCTION).request
    assert request == order_of(line.call, PRODUCTION).request, "the same whenever it is built again"
    assert await written(line.call.provider, request, tmp_path)


@pytest.mark.parametrize(
    ("provider", "kind"),
    [("replicate", "picture"), ("replicate", "clip"), ("fal", "picture"), ("fal", "clip"),
     ("google", "picture"), ("google", "clip"), ("openai", "picture")],
)  # fmt: skip
async def test_a_shape_that_nobody_sells_is_refused(provider: Provider, kind: Kind, tmp_path: Path) -> None:
    """The control: the adapters do look."""
    request = order_of(lines_of(provider, kind)[0].call, PRODUCTION).request
    assert isinstance(request, ImageRequest | VideoRequest)
    odd = request.model_copy(update={"parameters": {**request.parameters, "aspect_ratio": "17:3"}})
    with pytest.raises(ProviderMisconfigured):
        await written(provider, odd, tmp_path)


def test_each_provider_sells_something_to_try() -> None:
    assert {
        str(provider) for provider in PROVIDERS if not any(lines_of(provider, one) for one in KINDS)
    } == set()
    assert len(SOLD) > 20
