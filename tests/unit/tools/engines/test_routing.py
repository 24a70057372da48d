"""Where an order goes, and what a stand-in lacks of what was asked for."""

from collections.abc import Mapping
from typing import Any

import pytest

from state.media import MediaRef
from state.order import VideoRequest
from tests.builders import a_video_request, an_image_request
from tests.fakes import FakeEngine
from tools.engines.base import Engine
from tools.engines.catalog import model_card
from tools.engines.routing import OFFLINE, Route, lacking, lost, route_to

PICTURE = MediaRef(key=f"image/local/{'0' * 64}.png", mime="image/png", sha256="0" * 64, size_bytes=1)
OFFLINE_HOUSE: Mapping[str, Engine] = {OFFLINE: FakeEngine()}
HOUSE: Mapping[str, Engine] = {OFFLINE: FakeEngine(), "replicate": FakeEngine()}


def test_the_wanted_model_lacks_nothing() -> None:
    route = route_to("video", "wan-2.5-t2v-fast", HOUSE, provider="replicate")
    assert (route.provider, route.stands_in_for) == ("replicate", "")
    assert lacking(route, a_video_request()) == []


def test_drawings_instead_of_a_provider_that_this_house_has_no_engine_for_are_a_loss() -> None:
    route = route_to("video", "veo-3.1", HOUSE, provider="google")
    assert (route.provider, route.stands_in_for) == (OFFLINE, "veo-3.1")
    assert lacking(route, a_video_request()) == ["real pictures or sounds"]


def test_in_a_house_without_any_provider_drawings_are_what_was_agreed() -> None:
    """The quote said so, at price 0: telling it for each take would be noise."""
    route = route_to("video", "veo-3.1", OFFLINE_HOUSE, provider="google")
    assert lacking(route, a_video_request()) == []


def test_more_references_or_another_length_than_it_can_are_a_loss_everywhere() -> None:
    stand_in = Route(provider="replicate", model="flux-schnell", stands_in_for="nano-banana")
    assert lacking(stand_in, an_image_request()) == []
    assert lacking(stand_in, an_image_request(references=[PICTURE])) == ["reference pictures"]
    short = Route(provider="replicate", model="veo-3.1-fast", stands_in_for="wan-2.5-t2v")
    assert lacking(short, a_video_request(duration_s=8.0)) == []
    assert lacking(short, a_video_request(duration_s=7.0)) == ["its length"]


FINE = {"resolution": "1080p"}


def clip(**sent: Any) -> VideoRequest:
    request = a_video_request(**sent)
    assert isinstance(request, VideoRequest)
    return request


@pytest.mark.parametrize(
    ("model", "asked", "sent", "less"),
    [
        ("veo-3.1", {"references": [PICTURE]}, {"references": [PICTURE]}, []),
        ("veo-3.1", {"references": [PICTURE]}, {}, ["reference pictures"]),
        ("veo-3.1", {"first_frame": PICTURE}, {}, ["its first frame"]),
        ("veo-3.1", {"last_frame": PICTURE}, {}, ["its last frame"]),
        ("veo-3.1", {"extends": PICTURE}, {}, ["the clip before it"]),
        ("luma-ray-2", {}, {}, ["a seed"]),
        ("luma-ray-2", {"parameters": {"generate_audio": True}}, {}, ["a seed", "native sound"]),
        ("luma-ray-2", {"parameters": {"generate_audio": False}}, {}, ["a seed"]),
        ("veo-3.1", {"parameters": FINE}, {"parameters": {"resolution": "720p"}}, ["its resolution"]),
        ("veo-3.1", {"parameters": FINE}, {"parameters": {"resolution": "4k"}}, []),
        ("kling-2.1-pro", {"parameters": FINE}, {}, ["a seed", "its resolution"]),
    ],
)  # fmt: skip
def test_what_is_lost_with_another_model(
    model: str, asked: dict[str, Any], sent: dict[str, Any], less: list[str]
) -> None:
    """Wanted is Wan, which takes a seed."""
    wanted = model_card("wan-2.5-t2v")
    assert lost(wanted, model_card(model), asked=clip(**asked), sent=clip(**sent)) == less
