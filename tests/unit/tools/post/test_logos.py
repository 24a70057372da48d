"""Pictures that are laid over a film, whatever their form: drawn once, as large as they are seen."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from state.errors import MediaMissing, PostError
from state.media import MediaRef
from state.timeline import Overlay, Timeline
from tests.cut_media import a_clip, a_timeline
from tools.post.over import Logo, lay_over, logo_chains, logos_in

RED = (200, 30, 30)


def with_logo(name: str, **more: object) -> Timeline:
    media = MediaRef(key=name, mime="image/png", sha256="0" * 64, size_bytes=1)
    overlay = Overlay(kind="logo", media=media, start=0, width=20, **more)
    return a_timeline([a_clip("take.mp4", 48)]).model_copy(update={"overlays": [overlay]})


def red(mode: str, size: tuple[int, int] = (80, 40)) -> Image.Image:
    return Image.new("RGB", size, RED).convert(mode)


async def drawn(folder: Path, name: str, **more: object) -> Image.Image:
    over = await lay_over(with_logo(name, **more), lambda key: folder / key, folder)
    [source] = over.sources.values()
    assert source.demuxer == "png_pipe"
    with Image.open(source.path) as picture:
        return picture.copy()


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("a.png", "RGB"),
        ("a.png", "RGBA"),
        ("a.png", "P"),
        ("a.jpg", "RGB"),
        ("a.jpg", "CMYK"),
        ("a.webp", "RGB"),
    ],
)
async def test_a_picture_of_any_mode_has_its_colours(tmp_path, name, mode):
    red(mode).save(tmp_path / name)
    logo = await drawn(tmp_path, name)
    assert (logo.mode, logo.size) == ("RGBA", (64, 32))
    assert np.asarray(logo).reshape(-1, 4).mean(axis=0) == pytest.approx((*RED, 255), abs=8)


async def test_what_is_clear_stays_clear_and_does_not_darken_the_edge(tmp_path):
    """A logo on clear black, as programs write it, has no dark rim when it is made smaller."""
    picture = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    picture.paste((*RED, 255), (53, 51, 148, 146))
    picture.save(tmp_path / "a.png")
    pixels = np.asarray(await drawn(tmp_path, "a.png")).reshape(-1, 4).astype(int)
    edge = pixels[(pixels[:, 3] > 20) & (pixels[:, 3] < 235)]
    assert len(edge) > 3
    assert edge[:, 0].min() > 180
    assert (pixels[:, 3] == 0).any()


async def test_opacity_is_in_the_picture(tmp_path):
    red("RGBA").save(tmp_path / "a.png")
    assert np.asarray(await drawn(tmp_path, "a.png", opacity=0.25))[..., 3].mean() == pytest.approx(64, abs=1)


async def test_a_picture_that_lies_on_its_side_is_put_upright(tmp_path):
    picture = red("RGB", (80, 40))
    exif = picture.getexif()
    exif[0x0112] = 6
    picture.save(tmp_path / "a.jpg", exif=exif)
    wide, high = (await drawn(tmp_path, "a.jpg")).size
    assert high > wide


async def test_a_tall_logo_is_no_higher_than_half_of_the_safe_box(tmp_path):
    red("RGB", (40, 400)).save(tmp_path / "a.png")
    assert (await drawn(tmp_path, "a.png")).height <= 180 * 0.88 * 0.5


@pytest.mark.parametrize(
    "data",
    [b"", b"#EXTM3U\nhttp://127.0.0.1/a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a" + bytes(40),
     b"\x89PNG\r\n\x1a\n" + bytes(40), b"\xff\xd8\xff\xe0" + bytes(40)],
    ids=["nothing", "playlist", "svg", "gif", "png", "jpeg"],
)  # fmt: skip
async def test_what_is_no_picture_is_refused_with_its_name(tmp_path, data):
    (tmp_path / "a.png").write_bytes(data)
    with pytest.raises(PostError, match=r"a\.png cannot be laid over the film"):
        await drawn(tmp_path, "a.png")


async def test_one_that_is_cut_short_or_enormous_is_refused(tmp_path):
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (200, 200, 3), np.uint8))
    noise.save(tmp_path / "a.png")
    (tmp_path / "a.png").write_bytes((tmp_path / "a.png").read_bytes()[:4000])
    with pytest.raises(PostError, match="cannot be laid over"):
        await drawn(tmp_path, "a.png")
    Image.new("1", (8_000, 6_000)).save(tmp_path / "b.png")
    with pytest.raises(PostError, match="million pixels"):
        await drawn(tmp_path, "b.png")


async def test_one_that_is_not_there_is_told(tmp_path):
    with pytest.raises(MediaMissing, match=r"a\.png"):
        await drawn(tmp_path, "a.png")


async def test_the_same_picture_has_the_same_name_and_another_one_another(tmp_path):
    """So that a part of a film that was rendered before is known again."""
    names = []
    for at, mode in enumerate(("RGB", "RGBA", "L")):
        (folder := tmp_path / str(at)).mkdir()
        red(mode).save(folder / "a.png")
        names += list((await lay_over(with_logo("a.png"), lambda key, at=folder: at / key, folder)).sources)
    assert names[0] == names[1] != names[2]


def test_a_window_has_the_logos_that_it_shows_on_its_own_clock():
    logos = [Logo(name="a", start=0, end=30, x=0, y=0), Logo(name="b", start=30, end=40, x=0, y=0)]
    assert [(one.name, one.start, one.end) for one in logos_in(logos, start=24, end=30)] == [("a", -24, 6)]
    assert [one.name for one in logos_in(logos, start=29, end=31)] == ["a", "b"]
    assert logos_in(logos, start=40, end=50) == []


def test_without_logos_the_graph_is_left_alone():
    assert logo_chains([], "cut", first=3, fps=24) == ([], "cut")
