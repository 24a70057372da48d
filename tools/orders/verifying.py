"""Is what came what was ordered? Looked at between the download and the store.

The content decides: a file of another medium, one that ends in the middle, a black picture or a silent line
is no result, whatever the provider says of it. What can be cut or cropped (a clip that is longer, a shape
that is nearly right) is left to the cutting room, because a refusal here costs another attempt.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from weakref import WeakKeyDictionary

from PIL import Image, ImageStat

from state.errors import FfmpegFailed, ProviderFailed, ProviderMisconfigured, UploadRejected
from state.media import MediaRef
from state.order import EngineRequest, ImageRequest, Medium, VideoRequest
from tools.engines.catalog import model_card
from tools.engines.live.frames import lines_of, nearest_ratio
from tools.ffmpeg.command import local_input, run_ffmpeg
from tools.ffmpeg.probe import probe
from tools.media.inspect import Contents, inspect

FAMILY: dict[Medium, str] = {"image": "image", "video": "video", "voice": "audio", "music": "audio"}
CALLED = {"image": "a picture", "video": "a clip", "audio": "a sound"}
READERS = {
    "video/mp4": "mov",
    "audio/mp4": "mov",
    "audio/wav": "wav",
    "audio/mpeg": "mp3",
    "audio/aac": "aac",
}
SHORTER_S = 0.25
"""So much shorter than ordered a clip may be, and than its own heading says a file."""
SHAPE = log(1.1)
"""A vendor's sizes are multiples of 16 or 64, so its 16:9 may be 7:4."""
SMALLER = 0.9
"""So much of the lines that a resolution is called by are there: 1080p is 1072 where sizes go by 16."""
BLACK_LUMA, BLACK_RGB = 32, 24
"""No pixel is brighter: of a clip in video levels, where black is 16, of a picture in full ones."""
SILENT_DB = -60.0
MPEG_HEAD = 1 << 16
LOOK_S = 120.0
"""Reading a file to its end takes no longer."""
AT_ONCE = 2
"""So many files are read in a process; however many arrive, decoding them all at once helps nobody."""
UNPOLISHED = ("-threads", "2", "-skip_loop_filter", "all")
"""Every frame is decoded, but not smoothed for the eye: an eighth less work."""
WHOLE = {"mov": ("-ignore_editlist", "1")}
"""What an edit list hides is counted by the heading, too, and read."""
STRICT: dict[str, tuple[str, ...]] = {"wav": ()}
"""Plain numbers cannot be damaged, and the last packet of a stream of unknown length counts as an error."""
SEEN = (
    "scale=64:-2:flags=neighbor,format=yuv420p,signalstats"
    ",metadata=mode=print:key=lavfi.signalstats.YMAX:file=-"
)
HEARD = (
    "asetnsamples=n=48000:p=0,astats=metadata=1:measure_perchannel=none"
    ":measure_overall=Peak_level+Number_of_samples,ametadata=mode=print:file=-"
)
_TURNS: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


@dataclass
class _Read:
    """What a file turned out to hold when it was read to its end."""

    first_s: float = 0.0
    last_s: float = 0.0
    frames: int = 0
    brightest: float = 0.0
    loudest_db: float = float("-inf")
    samples: float = 0.0

    def note(self, line: str) -> None:
        """One line of a measuring filter: a frame's time, or a value of it."""
        if line.startswith("frame:"):
            self.last_s = float(line.rpartition("pts_time:")[2])
            self.first_s = self.last_s if self.frames == 0 else self.first_s
            self.frames += 1
        elif line.startswith("lavfi.signalstats.YMAX="):
            self.brightest = max(self.brightest, float(line.partition("=")[2]))
        elif line.startswith("lavfi.astats.Overall.Peak_level="):
            self.loudest_db = max(self.loudest_db, float(line.partition("=")[2]))
        elif line.startswith("lavfi.astats.Overall.Number_of_samples="):
            self.samples = float(line.partition("=")[2])

    @property
    def length_s(self) -> float:
        """From the first frame to the end of the last."""
        span = self.last_s - self.first_s
        return span + span / (self.frames - 1) if self.frames > 1 else 0.0


async def verify(path: Path, request: EngineRequest) -> None:
    """Read a result to its end and compare it with its order.

    Raises:
        ProviderFailed: `bad_output`, it is not what was ordered; the message says why.
        FfmpegFailed: it could not be looked at, which says nothing about the file.
    """
    try:
        async with _turn():
            contents = await inspect(path)
            problem = _of_another_medium(contents, request) or await _problem(path, contents, request)
    except UploadRejected as exc:
        problem = exc.message
    if problem:
        words = f"{request.provider} delivered something else than was ordered: {problem}"
        raise ProviderFailed(words, provider=request.provider, model=request.model, kind="bad_output")


def _turn() -> asyncio.Semaphore:
    """One for each event loop, because a semaphore belongs to the loop that waits at it."""
    return _TURNS.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE))


def _of_another_medium(contents: Contents, request: EngineRequest) -> str:
    wanted, family = FAMILY[request.medium], contents.mime.partition("/")[0]
    if family == wanted:
        return ""
    return f"{CALLED.get(family, 'a text')} ({contents.mime}) instead of {CALLED[wanted]}"


async def _problem(path: Path, contents: Contents, request: EngineRequest) -> str:
    if isinstance(request, ImageRequest):
        return _shape(contents, request) or await asyncio.to_thread(_blackness, path)
    if isinstance(request, VideoRequest):
        problem = _shape(contents, request) or _smallness(contents, request)
        return problem or await _clip(path, contents, request)
    return await _sound(path, contents)


def _blackness(path: Path) -> str:
    with Image.open(path) as picture:
        # Pictures with 16 bits a pixel are grey ones only.
        seen = ImageStat.Stat(picture.convert("L" if picture.mode.startswith("I") else "RGB"))
        brightest = max(high for _, high in seen.extrema)
    return "the picture is black" if brightest < BLACK_RGB else ""


async def _clip(path: Path, contents: Contents, request: VideoRequest) -> str:
    read = await _read(path, contents, "-map", "0:v:0", "-vf", SEEN)
    if read is None:
        return "the clip cannot be decoded to its end"
    facts = await probe(path, demuxer=READERS[contents.mime])
    if read.frames < (facts.frame_count or 0) - SHORTER_S * (facts.fps or 0.0):
        return f"the clip ends after {read.frames} of {facts.frame_count} frames"
    shown_s = min(read.length_s, contents.duration_s or read.length_s)
    if shown_s < request.duration_s - SHORTER_S:
        return f"the clip is {shown_s:.2f} s long instead of {request.duration_s:g} s"
    return "the clip is black" if read.brightest < BLACK_LUMA else ""


async def _sound(path: Path, contents: Contents) -> str:
    read = await _read(path, contents, "-map", "0:a:0", "-af", HEARD)
    if read is None:
        return "the sound cannot be decoded to its end"
    facts = await probe(path, demuxer=READERS[contents.mime])
    heard_s = read.samples / (facts.audio_rate_hz or 1)
    promised_s = (
        (contents.duration_s or 0.0) if await asyncio.to_thread(_knows_length, path, contents) else 0.0
    )
    if heard_s < promised_s - SHORTER_S:
        return f"the sound ends after {heard_s:.2f} of {promised_s:.2f} s"
    return "the sound is silent" if read.loudest_db < SILENT_DB else ""


def _knows_length(path: Path, contents: Contents) -> bool:
    """Whether the length is written in the file, and not guessed from its first second."""
    if contents.mime != "audio/mpeg":
        return contents.mime != "audio/aac"
    with path.open("rb") as file:
        head = file.read(MPEG_HEAD)
    return any(name in head for name in (b"Xing", b"Info", b"VBRI"))


async def _read(path: Path, contents: Contents, *measured: str) -> _Read | None:
    """Decode one stream to its end, only with the reader that fits; None where that fails.

    Raises:
        FfmpegFailed: it took too long or was ended by somebody, so nobody knows.
    """
    read = _Read()
    reader = READERS[contents.mime]
    strict = STRICT.get(reader, ("-xerror",))
    opened = local_input(path, *UNPOLISHED, *strict, *WHOLE.get(reader, ()), "-f", reader)
    try:
        await run_ffmpeg([*opened, *measured, "-f", "null", "-"], timeout_s=LOOK_S, on_line=read.note)
    except FfmpegFailed as exc:
        if exc.details.get("exit_code", -1) < 0:
            raise
        return None
    return read


def _shape(contents: Contents, request: ImageRequest | VideoRequest) -> str:
    """A model has the shapes of its card, and many take that of the picture they begin with."""
    shape = (contents.width or 1) / (contents.height or 1)
    fitting = _shapes(request)
    if any(abs(log(shape / one)) <= SHAPE for one in fitting):
        return ""
    return f"it is {contents.width}x{contents.height} instead of {fitting[0]:.2f} times as wide as high"


def _smallness(contents: Contents, request: VideoRequest) -> str:
    """A clip of fewer lines than were paid for; one that names no resolution has what its model makes."""
    priced = str(request.parameters.get("resolution", ""))
    short = min(contents.width or 0, contents.height or 0)
    if not priced or short >= SMALLER * lines_of(priced):
        return ""
    return f"it is {contents.width}x{contents.height} where {priced} was paid for"


def _shapes(request: ImageRequest | VideoRequest) -> list[float]:
    """The priced one first; a drawing of this machine has the pixels of the order itself."""
    priced = _ratio(str(request.parameters.get("aspect_ratio", "")))
    pixels = request.width / request.height
    return [priced or pixels, pixels, *_nearest_offered(request), *_of_pictures(request)]


def _nearest_offered(request: ImageRequest | VideoRequest) -> list[float]:
    try:
        offered = model_card(request.model).aspect_ratios
    except ProviderMisconfigured:
        return []
    return [_ratio(nearest_ratio(request.width, request.height, offered))] if offered else []


def _of_pictures(request: ImageRequest | VideoRequest) -> list[float]:
    begun = request.source if isinstance(request, ImageRequest) else request.first_frame
    given: Sequence[MediaRef] = [begun] if begun is not None else request.references[:1]
    return [one.width / one.height for one in given if one.width and one.height]


def _ratio(words: str) -> float:
    """Of `16:9`; 0 for words that are no shape, such as `match_input_image`."""
    wide, _, high = words.partition(":")
    return int(wide) / int(high) if wide.isdigit() and high.isdigit() and int(high) else 0.0
