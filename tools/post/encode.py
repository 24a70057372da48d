"""How a picture is encoded: one value that says everything the coder is told.

All pieces of a film have the same `Encoding`, because they are joined without being coded again.
"""

from dataclasses import dataclass

from tools.ffmpeg.command import ENCODER_THREADS

PRESET, CRF = "veryfast", 20
SEARCH = "subme=1:me=dia"
"""Drawn pictures move in whole planes: a finer search costs a third more and finds nothing."""
H264 = (
    "-c:v", "libx264", "-preset", PRESET, "-x264-params", SEARCH, "-crf", str(CRF),
    "-threads", ENCODER_THREADS, "-profile:v", "high",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Encoding:
    """A coder with its settings. Groups of pictures must be closed: a piece of a film begins with one."""

    coder: tuple[str, ...] = H264
    pixel_format: str = "yuv420p"
    gop_s: int = 2
    """Seconds from one frame that needs no other to the next, at most."""
    container: str = "mp4"
    """ffmpeg's name for the format of the file."""

    @property
    def copies(self) -> bool:
        """Whether an H.264 picture may stay as it came; a rate of bits is a promise about all of it."""
        return "libx264" in self.coder and "-b:v" not in self.coder and self.pixel_format == "yuv420p"

    def arguments(self, *, fps: int, frames: int) -> list[str]:
        """What ffmpeg is told about its output: exactly so many frames at a constant rate, BT.709."""
        return [
            *self.coder, "-pix_fmt", self.pixel_format,
            "-g", str(fps * self.gop_s), "-r", str(fps), "-fps_mode", "cfr", "-frames:v", str(frames),
            "-color_range", "tv", "-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709",
            "-map_metadata", "-1", "-fflags", "+bitexact",
        ]  # fmt: skip


MASTER = Encoding()
"""What is delivered where nobody asks for anything else."""


@dataclass(frozen=True, kw_only=True)
class SoundEncoding:
    """A sound coder with its settings."""

    # Without perceptual noise substitution the coder keeps the peaks that the limiter left.
    coder: tuple[str, ...] = ("-c:a", "aac", "-b:a", "256k", "-aac_pns", "0")
    container: str = "mp4"
    name: str = "sound.m4a"

    def arguments(self) -> list[str]:
        """What ffmpeg is told about its output."""
        return [*self.coder, "-map_metadata", "-1", "-fflags", "+bitexact", "-f", self.container]


MASTER_SOUND = SoundEncoding()
"""What is delivered where nobody asks for anything else."""


@dataclass(frozen=True, kw_only=True)
class FileForm:
    """A whole file: its picture, its sound, how loud it is."""

    picture: Encoding = MASTER
    sound: SoundEncoding = MASTER_SOUND
    lufs: float = -14.0

    @property
    def demuxer(self) -> str:
        """What ffmpeg opens such a file with."""
        return "matroska" if self.picture.container == "webm" else "mov"

    def ending(self) -> list[str]:
        """What ffmpeg is told of the file itself; an MP4 has its index in front, so that it plays at once."""
        index = ["-movflags", "+faststart"] if self.picture.container == "mp4" else []
        return ["-map_metadata", "-1", "-fflags", "+bitexact", *index, "-f", self.picture.container]


MASTER_FORM = FileForm()
