"""What a scene or a series costs about, and how long it takes: from the catalogue and the price book."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from state.brief import NovelaBrief
from state.cost import Money
from tools.engines.catalog import model_card
from tools.orders.quote import planned_call

SCENES = int(NovelaBrief.model_fields["scenes_per_episode"].default)


def scene(*, model_id: str, parameters: Mapping[str, Any]) -> Money:
    """One clip of a scene at the price book's newest edition.

    Raises:
        PriceUnknown: the model has no price.
        ProviderMisconfigured: there is no such model.
    """
    call = planned_call(
        stage="take",
        item="scene",
        model_id=model_id,
        units=Decimal(str(parameters["duration"])),
        parameters=dict(parameters),
    )
    return call.price


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """What a number of alike videos costs."""

    model_id: str
    duration_s: int
    resolution: str
    per_video: Money
    count: int

    @property
    def total(self) -> Money:
        """All of them."""
        return self.per_video * self.count


def videos(*, model_id: str, duration_s: int, resolution: str, count: int) -> Estimate:
    """So many videos of one kind at the price book's newest edition.

    Raises:
        PriceUnknown: the model has no price.
        ProviderMisconfigured: there is no such model.
    """
    one = scene(model_id=model_id, parameters={"duration": duration_s, "resolution": resolution})
    return Estimate(
        model_id=model_id, duration_s=duration_s, resolution=resolution, per_video=one, count=count
    )


def series(*, model_id: str, duration_s: int, resolution: str, episodes: int) -> Estimate:
    """All scenes of all episodes."""
    return videos(model_id=model_id, duration_s=duration_s, resolution=resolution, count=episodes * SCENES)


def expected_seconds(model_id: str) -> int:
    """How long one clip usually takes."""
    return model_card(model_id).expected_s
