"""What a wish for an export comes to."""

import pytest

from state.errors import BriefIncomplete
from state.export import SHORTER_SIDE, ExportWish
from tests.cut_media import a_clip, a_timeline
from tools.post.export_form import CRF, form_of
from tools.post.platforms import platforms, settled

FILM = a_timeline([a_clip("a.mp4", 48)], size=(1280, 720))


def test_without_a_wish_an_export_is_as_its_film():
    plan = settled(ExportWish(), FILM)
    assert (plan.width, plan.height, plan.fps, plan.container) == (1280, 720, 24, "mp4")
    assert (plan.bitrate_kbps, plan.loudness, plan.file_name) == (None, "web", "master.mp4")


@pytest.mark.parametrize(
    ("ratio", "resolution", "size"),
    [
        ("16:9", "720p", (1280, 720)), ("9:16", "720p", (720, 1280)), ("1:1", "720p", (720, 720)),
        ("16:9", "1080p", (1920, 1080)), ("9:16", "1080p", (1080, 1920)), ("1:1", "4k", (2160, 2160)),
        ("16:9", "4k", (3840, 2160)), ("9:16", None, (720, 1280)), (None, "1080p", (1920, 1080)),
    ],
)  # fmt: skip
def test_shape_and_resolution_say_how_many_pixels(ratio, resolution, size):
    plan = settled(ExportWish(aspect_ratio=ratio, resolution=resolution), FILM)
    assert (plan.width, plan.height) == size


def test_a_film_of_no_standard_shape_keeps_it():
    odd = a_timeline([a_clip("a.mp4", 48)], size=(1000, 422))
    plan = settled(ExportWish(resolution="1080p"), odd)
    assert plan.height == 1080
    assert plan.width / plan.height == pytest.approx(1000 / 422, abs=0.002)
    assert plan.width % 2 == 0


@pytest.mark.parametrize("name", platforms())
def test_a_platform_has_a_rate_for_every_size_and_quality_in_their_order(name):
    place = platforms()[name]
    for resolution in SHORTER_SIDE:
        rates = [place.rate(quality, resolution) for quality in ("draft", "standard", "high")]
        assert rates == sorted(set(rates))
    assert place.source
    assert place.date.startswith("20")


def test_what_is_wished_for_wins_over_the_platform():
    asked = ExportWish(platform="tv", loudness="web", resolution="720p", aspect_ratio="1:1", bitrate_kbps=777)
    plan = settled(asked, FILM)
    assert (plan.width, plan.height, plan.loudness, plan.bitrate_kbps) == (720, 720, "web", 777)
    plain = settled(ExportWish(platform="tv"), FILM)
    assert (plain.loudness, form_of(plain).lufs) == ("broadcast", -23.0)


@pytest.mark.parametrize(
    ("wish", "frames", "said"),
    [
        ({"platform": "myspace"}, 48, "brief.platform: there is no platform 'myspace'"),
        ({"platform": "shorts"}, 180 * 24 + 1, "YouTube Shorts takes 180 s at most"),
    ],
)
def test_what_no_platform_takes_is_refused(wish, frames, said):
    long = a_timeline([a_clip("a.mp4", frames)])
    with pytest.raises(BriefIncomplete, match=said) as caught:
        settled(ExportWish(**wish), long)
    assert caught.value.details["fields"][0]["field"] == "brief.platform"
    assert settled(ExportWish(platform="shorts"), a_timeline([a_clip("a.mp4", 180 * 24)])).platform


@pytest.mark.parametrize("container", ["mp4", "webm"])
def test_higher_quality_is_asked_for_with_a_lower_number(container):
    numbers = [CRF[container][quality] for quality in ("draft", "standard", "high")]
    assert numbers == sorted(numbers, reverse=True)


def test_a_standard_export_is_made_as_the_row_says():
    """S4-052: crf 18, preset fast, AAC at 192 kbit/s, with its index in front."""
    form = form_of(settled(ExportWish(), FILM))
    told = " ".join(form.picture.coder)
    assert "libx264 -preset fast -crf 18" in told
    assert "-c:a aac -b:a 192k" in " ".join(form.sound.coder)
    assert "+faststart" in form.ending()
