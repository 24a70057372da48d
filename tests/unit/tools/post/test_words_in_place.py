"""Whatever is written stands inside the safe box and over nothing else that is seen at the same time."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from state.errors import PostError
from state.timeline import CaptionStyle, Cue, Overlay, Timeline, Title
from tests.cut_media import a_clip, a_ref, a_timeline
from tools.post.titles import Label
from tools.post.word_boxes import WordBox, word_boxes
from tools.safe_areas import areas_for, safe_areas, safe_box

FRAMES = 96
SIZES = [(1920, 1080), (1080, 1920), (1080, 1080), (320, 180), (1440, 1080), (2048, 858)]
PLACES = ["top_left", "top", "top_right", "left", "centre", "right", "bottom_left", "bottom", "bottom_right"]
WORDS = st.lists(st.sampled_from(["I", "never", "opened", "the", "letter,", "Übersee", "mañana"]), min_size=1)
STYLES = st.builds(
    CaptionStyle,
    size=st.sampled_from([None, 0.6, 1.5]),
    position=st.sampled_from(["bottom", "middle", "top"]),
    background=st.sampled_from([None, "#000000"]),
    animation=st.sampled_from(["none", "pop"]),
    capitals=st.booleans(),
)


@st.composite
def spans(draw: st.DrawFn) -> tuple[int, int]:
    start = draw(st.integers(0, FRAMES - 2))
    return start, draw(st.integers(start + 1, FRAMES))


@st.composite
def overlays(draw: st.DrawFn) -> Overlay:
    (start, end), kind = draw(spans()), draw(st.sampled_from(["title", "cta", "text", "label", "logo"]))
    return Overlay(
        kind=kind, text=" ".join(draw(WORDS))[:80] if kind != "logo" else "", start=start, length=end - start,
        media=a_ref("logo.png") if kind == "logo" else None, width=draw(st.sampled_from([8, 15, 30])),
        position=draw(st.sampled_from(PLACES)), size=draw(st.sampled_from([0.5, 1])),  # type: ignore[arg-type]
        background=draw(st.sampled_from([None, "#c62828"])),
    )  # fmt: skip


@st.composite
def films(draw: st.DrawFn) -> Timeline:
    """Captions that may be seen at the same time, as a cut from elsewhere has them, titles and overlays."""
    captions = [
        Cue(
            start_s=start / 24,
            end_s=end / 24,
            text=" ".join(draw(WORDS))[:90],
            style=draw(st.none() | STYLES),
        )
        for start, end in draw(st.lists(spans(), max_size=3))
    ]
    titles = [
        Title(start_s=start / 24, end_s=end / 24, text="Lisbon, 1943")
        for start, end in draw(st.lists(spans(), max_size=1))
    ]
    timeline = a_timeline([a_clip("take.mp4", FRAMES)], captions=captions, size=draw(st.sampled_from(SIZES)))
    return timeline.model_copy(
        update={
            "titles": titles, "overlays": draw(st.lists(overlays(), max_size=3)),
            "platform": draw(st.sampled_from([None, "tiktok", "reels", "tv"])),
            "caption_style": draw(st.none() | STYLES),
        }
    )  # fmt: skip


def boxes_of(timeline: Timeline) -> list[WordBox]:
    try:
        return word_boxes(timeline, Label("Made with AI", whole=True))
    except PostError:
        return []


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(timeline=films())
def test_everything_stands_inside_the_safe_box_and_clear_of_all_else(timeline):
    safe = safe_box(timeline.platform, timeline.width, timeline.height)
    boxes = boxes_of(timeline)
    for at, box in enumerate(boxes):
        assert box.left * timeline.width >= safe.left - 0.6
        assert box.top * timeline.height >= safe.top - 0.6
        assert box.right * timeline.width <= safe.right + 0.6
        assert box.bottom * timeline.height <= safe.bottom + 0.6
        assert not any(_at_once(box, other) and _over(box, other) for other in boxes[at + 1 :])


def _at_once(one: WordBox, other: WordBox) -> bool:
    return one.start_s < other.end_s and other.start_s < one.end_s


def _over(one: WordBox, other: WordBox) -> bool:
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )


def test_there_is_room_for_what_films_have():
    """The control: nothing here is refused, so the boxes are really held against each other."""
    for size in SIZES:
        seen = boxes_of(a_film(size))
        assert len(seen) == 6
        assert sum(_at_once(one, other) for one in seen for other in seen if one is not other) > 6


def a_film(size: tuple[int, int], **more: object) -> Timeline:
    said = Cue(
        start_s=0, end_s=3, text="Nobody came to the harbour that night,\nand nobody opened the letter."
    )
    overlays = [
        Overlay(kind="cta", text="Read the whole story", start=0, position="bottom", background="#c62828"),
        Overlay(kind="logo", media=a_ref("logo.png"), start=0, position="top_left", width=12),
        Overlay(kind="title", text="The last letter", start=0, position="top"),
    ]
    timeline = a_timeline([a_clip("take.mp4", FRAMES)], captions=[said], size=size)
    titles = [Title(start_s=0, end_s=2, text="Lisbon")]
    return timeline.model_copy(update={"overlays": overlays, "titles": titles, **more})


def box_with(timeline: Timeline, text: str) -> WordBox:
    return next(box for box in boxes_of(timeline) if text in box.text)


def test_a_caption_is_moved_up_by_what_stands_in_its_place_and_only_as_long_as_it_does():
    film = a_film((1920, 1080))
    free = film.model_copy(update={"overlays": film.overlays[1:]})
    later = film.overlays[0].model_copy(update={"start": 90})
    after = film.model_copy(update={"overlays": [later, *film.overlays[1:]]})
    assert box_with(film, "Nobody").bottom < box_with(film, "Read").top
    assert box_with(free, "Nobody").bottom == pytest.approx(0.94)
    assert box_with(after, "Nobody") == box_with(free, "Nobody")


@pytest.mark.parametrize("area", safe_areas(), ids=lambda area: area.name)
def test_a_film_for_a_platform_keeps_its_words_where_that_platform_shows_them(area):
    size = {"16:9": (1920, 1080), "9:16": (1080, 1920), "1:1": (1080, 1080)}[area.ratio]
    for box in boxes_of(a_film(size, platform=area.name)):
        assert box.left >= area.left - 0.001
        assert box.top >= area.top - 0.001
        assert box.right <= 1 - area.right + 0.001
        assert box.bottom <= 1 - area.bottom + 0.001


def test_a_film_for_no_platform_suits_all_that_show_its_shape():
    box = safe_box(None, 1000, 1778)
    assert box.bottom == pytest.approx(1778 * 0.65), "Reels cover the most below"
    assert box.right == pytest.approx(1000 * 0.889), "Shorts and TikTok the most at the right"


def test_other_shapes_than_any_platform_s_have_the_house_s_margins():
    assert areas_for((858, 2048)) == []
    box = safe_box("tiktok", 858, 2048)
    assert (box.left, box.top) == pytest.approx((858 * 0.06, 2048 * 0.12))


def test_a_platform_that_nobody_knows_is_refused():
    with pytest.raises(PostError, match="vine") as refused:
        word_boxes(a_film((320, 180), platform="vine"))
    assert "tiktok" in refused.value.user_action


def test_a_caption_in_the_middle_stands_there_and_at_the_top_goes_down():
    film = a_film((1920, 1080))
    for position, low, high in (("middle", 0.3, 0.7), ("top", 0.0, 0.45)):
        box = box_with(film.model_copy(update={"caption_style": CaptionStyle(position=position)}), "Nobody")
        assert low < box.top
        assert box.bottom < high


def test_one_caption_may_have_its_own_place():
    film = a_film((1920, 1080))
    own = film.captions[0].model_copy(update={"style": CaptionStyle(position="middle")})
    assert box_with(film.model_copy(update={"captions": [own]}), "Nobody").bottom < 0.7


def test_where_nothing_fits_it_is_said_what_and_from_which_frame_on():
    wall = [
        Overlay(kind="logo", media=a_ref("wall.png"), start=0, position=place, width=100)
        for place in ("top", "bottom")
    ]
    with pytest.raises(PostError, match="no room in the picture for the") as refused:
        word_boxes(a_film((1920, 1080), overlays=wall))
    assert refused.value.details["frame"] == 0


@pytest.mark.parametrize("size", SIZES)
def test_as_many_characters_as_an_editor_may_write_are_shown_and_endless_ones_are_refused(size):
    long = Cue(start_s=0, end_s=3, text="abcdefghi " * 50)
    film = a_film(size, captions=[long], overlays=[])
    assert box_with(film, "abc").text.count("abcdefghi") == 50
    endless = long.model_copy(update={"text": long.text * 10})
    with pytest.raises(PostError, match="5000 characters is too long to be shown"):
        word_boxes(film.model_copy(update={"captions": [endless]}))


def test_one_long_caption_leaves_the_others_as_large_as_they_are():
    others = [Cue(start_s=1, end_s=2, text="Short.")]
    alone = a_film((1920, 1080), captions=others, overlays=[])
    beside = a_film(
        (1920, 1080), captions=[Cue(start_s=0, end_s=1, text="word " * 100), *others], overlays=[]
    )
    height = [box_with(film, "Short.") for film in (alone, beside)]
    assert height[0].bottom - height[0].top == pytest.approx(height[1].bottom - height[1].top)


def test_captions_of_about_one_length_are_of_one_size():
    wide = Cue(start_s=0, end_s=1, text="W" * 30 + " " + "M" * 30)
    narrow = Cue(start_s=1, end_s=2, text="ill\nill")
    boxes = boxes_of(a_film((1920, 1080), captions=[wide, narrow], overlays=[], titles=[]))
    heights = {round(box.bottom - box.top, 4) for box in boxes if box.text != "Made with AI"}
    assert len(heights) == 1
