"""Which pictures a model with few slots gets: who, then what, then how it looks."""

import pytest

from state.media import MediaRef
from state.references import Reference, Shows, View, ranked, view_of
from state.script import Blocking, Look, Staging
from tests.builders import a_staging

WOMAN = Look(presentation="woman")


def a_picture(name: str) -> MediaRef:
    return MediaRef(key=f"image/local/{name}.png", mime="image/png", sha256="0" * 64, size_bytes=1)


def a_portrait(name: str, view: View) -> Reference:
    return Reference(media=a_picture(f"{name}-{view}"), shows="character", name=name, view=view)


def a_reference(shows: Shows) -> Reference:
    return Reference(media=a_picture(shows), shows=shows)


def seen(*, size: str = "medium", gesture: str = "none", **facing: str) -> Staging:
    """People in this order, facing so."""
    people = [
        Blocking.model_validate({"character": name, "look": WOMAN, "facing": way, "gesture": gesture})
        for name, way in facing.items()
    ]
    return a_staging(people=people, size=size)


ANA = [a_portrait("Ana", view) for view in ("back", "three_quarter", "profile", "front")]
THINGS = [a_reference("style"), a_reference("storyboard"), a_reference("product")]


def words(staging: Staging, *references: Reference, slots: int) -> list[str]:
    return [one.words for one in ranked(references, staging, slots=slots)]


def test_a_side_camera_sends_the_profile_in_the_second_slot() -> None:
    sent = words(seen(Ana="left"), *THINGS, *ANA, slots=3)[:3]
    assert sent == ["Ana, front", "Ana, profile", "the storyboard frame"]


@pytest.mark.parametrize(
    ("staging", "angle"),
    [
        (seen(Ana="right"), "Ana, profile"), (seen(Ana="camera"), "Ana, three quarter"),
        (seen(Ana="left", size="over_shoulder"), "Ana, three quarter"),
        (seen(Ana="left", gesture="leaving"), "Ana, back"),
    ],
)  # fmt: skip
def test_the_second_slot_matches_the_camera(staging: Staging, angle: str) -> None:
    assert words(staging, *ANA, *THINGS, slots=3)[1] == angle


def test_a_missing_angle_is_stood_in_for_by_the_nearest() -> None:
    assert words(seen(Ana="left"), *ANA[:2], ANA[3], slots=3)[:2] == ["Ana, front", "Ana, three quarter"]


def test_without_an_angle_the_storyboard_moves_up() -> None:
    assert words(seen(Ana="left"), *THINGS, ANA[3], slots=3)[:3] == [
        "Ana, front", "the storyboard frame", "the product",
    ]  # fmt: skip


@pytest.mark.parametrize("slots", [1, 2, 5, 14])
def test_identity_goes_before_product_before_style(slots: int) -> None:
    """Where there are not just three slots, everybody's face goes before the second angle of the first."""
    cast = [*ANA[2:], a_portrait("Luis", "front")]
    assert words(seen(Ana="left", Luis="right"), *THINGS, *cast, slots=slots) == [
        "Ana, front", "Luis, front", "Ana, profile", "the product", "the storyboard frame", "the style",
    ]  # fmt: skip


def test_what_a_person_brought_for_the_shot_goes_before_all() -> None:
    assert words(seen(Ana="camera"), *ANA, *THINGS, a_reference("given"), slots=2)[0] == "the given picture"


def test_whoever_is_not_in_the_shot_and_the_wrong_side_come_after_those_who_are() -> None:
    others = [a_portrait("Luis", "front"), *ANA]
    assert words(seen(Ana="camera"), *others, slots=14)[:3] == [
        "Ana, front", "Luis, front", "Ana, three quarter",
    ]  # fmt: skip
    assert words(seen(Ana="camera"), *others, slots=14)[-1] in ("Ana, profile", "Ana, back")


def test_a_shot_without_people_has_the_product_first() -> None:
    assert words(a_staging(people=[]), *THINGS, slots=3) == [
        "the product",
        "the storyboard frame",
        "the style",
    ]


def test_one_picture_takes_one_slot() -> None:
    twice = Reference(media=a_picture("product"), shows="style")
    assert words(a_staging(), a_reference("product"), twice, slots=3) == ["the product"]


def test_nothing_is_lost_and_the_order_given_does_not_matter() -> None:
    known = [*THINGS, *ANA]
    staging = seen(Ana="left")
    for slots in range(1, 6):
        one, other = (ranked(these, staging, slots=slots) for these in (known, known[::-1]))
        assert one == other
        assert {each.media.key for each in one} == {each.media.key for each in known}


def test_somebody_facing_the_camera_is_seen_from_the_front() -> None:
    [ana] = seen(Ana="camera").people
    assert view_of(ana, seen(Ana="camera")) == "front"
