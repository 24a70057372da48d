"""Design-facts 6.2, the controls: without the guards the same files do lead out.

The guards are two: the reader is forced, so that a list is never read as one, and the protocols are listed,
so that no reader opens a line.
"""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from state.errors import FfmpegFailed
from tests.cut_media import write_take
from tests.integration.media.corpus.bad_clips import referring
from tests.integration.media.corpus.entry import SECRET_PATH
from tests.integration.media.corpus.texts import ATTACKS, NEIGHBOUR
from tests.integration.media.hostile import Place, a_place
from tools.ffmpeg.command import ffmpeg_exe, local_input
from tools.post.animatic import Board, cut_animatic
from tools.post.dailies import scene_reel

ANY_FILE = {"hls": ("-allowed_extensions", "ALL", "-extension_picky", "0"), "concat": ("-safe", "0")}
"""What each reader holds back by itself, in the version that we ship; older ones and PyAV's may not."""
ALL_PROTOCOLS = ("-protocol_whitelist", "file,crypto,data,http,tcp")
ALIASES = {"an alias to the secret": SECRET_PATH, "an alias to the neighbour": NEIGHBOUR}


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with a_place() as opened:
        yield opened


def touched(place: Place, opening: list[str]) -> int:
    """How often something outside the file was opened or asked."""
    command = [ffmpeg_exe(), "-v", "error", "-nostdin", *opening, "-t", "0.1", "-f", "null", "-"]
    subprocess.run(command, capture_output=True, timeout=30, check=False)
    return place.eyes.opened() + place.visits()


def unguarded(file: Path, reader: str) -> list[str]:
    """The list is read as what it is, with every protocol."""
    return [*ALL_PROTOCOLS, *ANY_FILE[reader], "-f", reader, "-i", str(file)]


@pytest.mark.parametrize("name", ATTACKS)
def test_a_list_leads_out_without_the_guards_and_never_with_them(place: Place, name: str) -> None:
    reader, text = ATTACKS[name]
    file = place.write(text.encode())
    assert touched(place, unguarded(file, reader)) > 0
    assert touched(place, local_input(file, "-f", "mov")) == 0


@pytest.mark.parametrize("name", [name for name in ATTACKS if "address" in name or "elsewhere" in name])
def test_the_listed_protocols_alone_keep_everybody_at_home(place: Place, name: str) -> None:
    reader, text = ATTACKS[name]
    file = place.write(text.encode())
    assert touched(place, local_input(file, *ANY_FILE[reader], "-f", reader)) == 0


def test_a_neighbour_is_read_by_whoever_lets_ffmpeg_guess(place: Place) -> None:
    """Nothing needs to be turned on for this one: the forced reader is all that is in the way."""
    file = place.write(ATTACKS["concat list to a sibling"][1].encode())
    assert touched(place, ["-i", str(file)]) > 0
    assert touched(place, local_input(file)) > 0
    assert touched(place, local_input(file, "-f", "mov")) == 0


async def test_no_voice_and_no_sound_of_a_film_is_read_as_a_list(place: Place, tmp_path: Path) -> None:
    """Those two were opened without a forced reader."""
    file = place.write(ATTACKS["concat list to a sibling"][1].encode())
    takes = [write_take(tmp_path / "take.mp4", [100] * 12)]
    with pytest.raises(FfmpegFailed, match="of no kind that can be cut"):
        await scene_reel(takes, [(file, 0.0)], into=tmp_path / "reel.mp4")
    with pytest.raises(FfmpegFailed, match="of no kind that can be cut"):
        await cut_animatic(
            [Board(picture=None, seconds=1.0)], size=(64, 36), into=tmp_path / "film.mp4", sound=file
        )
    assert place.eyes.opened() == 0


@pytest.mark.parametrize("name", ALIASES)
def test_an_alias_is_followed_where_one_option_is_on(place: Place, name: str) -> None:
    """ffmpeg leaves it off. The boxes are read all the same, because other readers do not."""
    file = place.write(referring(b"alis", ALIASES[name]))
    followed = ["-enable_drefs", "1", "-use_absolute_path", "1"]
    assert touched(place, local_input(file, *followed, "-f", "mov")) > 0
    assert touched(place, local_input(file, "-f", "mov")) == 0
