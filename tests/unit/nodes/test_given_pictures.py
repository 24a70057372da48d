"""Pictures come from the brief alone, and stay with their shot whatever a note changes."""

from nodes.screenplay.given_pictures import with_kept_pictures
from state.media import MediaRef
from state.script import Scene, Script, Shot, Slate, Staging
from tests.builders import an_image_request

LAMP, PANEL, FOREIGN = (
    MediaRef(key=f"image/local/{letter * 64}.png", mime="image/png", sha256=letter * 64, size_bytes=1)
    for letter in "abc"
)


def a_shot(letter: str, *, subject: str = "", picture: MediaRef | None = None) -> Shot:
    staging: Staging = an_image_request().staging
    shown = staging.model_copy(update={"size": "insert", "subject": subject, "picture": picture})
    return Shot(slate=Slate(scene=1, shot=letter), description="d", duration_s=2, staging=shown)


BEFORE = a_shot("A").model_copy(update={"panel": PANEL})
SCRIPT = Script(
    title="t",
    logline="l",
    scenes=[
        Scene(
            number=1,
            title="s",
            summary="s",
            place="p",
            shots=[BEFORE, a_shot("B", subject="product", picture=LAMP)],
        )
    ],
)


def test_a_changed_shot_keeps_its_panel():
    changed = with_kept_pictures(a_shot("A"), BEFORE, SCRIPT)
    assert (changed.panel, changed.staging.picture) == (PANEL, None)


def test_a_shot_that_now_shows_the_product_gets_its_picture():
    assert with_kept_pictures(a_shot("A", subject="product"), BEFORE, SCRIPT).staging.picture == LAMP


def test_a_picture_that_a_writer_made_up_is_dropped():
    invented = a_shot("A", picture=FOREIGN).model_copy(update={"panel": FOREIGN})
    changed = with_kept_pictures(invented, BEFORE, SCRIPT)
    assert (changed.panel, changed.staging.picture) == (PANEL, None)
