"""The pictures that a person brought, as references on the shots they belong to."""

from state.brief import ProductBrief, SceneBrief
from state.media import MediaRef
from state.script import Script, Shot
from tools.media.pictures import picture_at
from tools.registry import toolbox


async def with_given_pictures(
    shots: list[Shot], own: SceneBrief | None, product: ProductBrief | None
) -> list[Shot]:
    """The shots with their given panels, and with the product's picture where the product is shown.

    Raises:
        MediaMissing, UploadRejected: a picture is not in the store, or is none.
    """
    panels = await _panels(own, len(shots))
    shown = await _picture(product.picture) if product else None
    return [_with_both(shot, panel, shown) for shot, panel in zip(shots, panels, strict=True)]


async def _panels(own: SceneBrief | None, count: int) -> list[MediaRef | None]:
    """One per shot: a scene whose shots were given has exactly those."""
    if own is None or not own.shots or own.breakdown == "free":
        return [None] * count
    given = [await _picture(shot.panel) for shot in own.shots]
    return [*given, *[None] * count][:count]


async def _picture(key: str) -> MediaRef | None:
    return await picture_at((await toolbox()).media, key) if key else None


def with_kept_pictures(changed: Shot, before: Shot, script: Script) -> Shot:
    """A shot that was changed by a note, with the pictures it had, and the product's if it now shows it."""
    stagings = [before.staging, *(shot.staging for scene in script.scenes for shot in scene.shots)]
    product = next((staging.picture for staging in stagings if staging.picture), None)
    return _with_both(changed, before.panel, product)


def _with_both(shot: Shot, panel: MediaRef | None, product: MediaRef | None) -> Shot:
    # Whatever a writer puts here is no picture of ours: references come from the brief alone.
    shown = product if shot.staging.subject == "product" else None
    staging = shot.staging.model_copy(update={"picture": shown})
    return shot.model_copy(update={"panel": panel, "staging": staging})
