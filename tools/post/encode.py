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
