"""What ffmpeg is told to make one piece of a film, and the digest of exactly that."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from zlib import crc32

from state.timeline import Clip, Item, Timeline
from tools.ffmpeg.command import ffmpeg_exe
from tools.post.encode import Encoding, FileForm
from tools.post.fonts import FALLBACKS, MAIN, TITLE
from tools.post.looks.cube import Cube
from tools.post.mix import plan_sound
from tools.post.over import Logo, logos_in
from tools.post.picture import PictureInput, plan_picture
from tools.post.segments import Segment, as_timeline
from tools.post.sources import Source
from tools.post.words_in_time import words_in

COMPOSER = 1
"""Raised when the same order would be carried out in another way."""
PIECE = "mp4"
"""Whatever the film's own container: WebM counts in thousandths of a second, which add up."""
GRAPH, WORDS, FONTS = "picture.graph", "words.ass", "fonts"
_BLOCK = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Film:
    """What all pieces of a film have in common."""

    timeline: Timeline
    sources: Mapping[str, Source]
    luts: Mapping[str, Cube]
    encoding: Encoding
    sounds: Mapping[str, Source] = field(default_factory=dict)
    words: str = ""
    """Everything that is burned in, as an ASS file; empty when nothing is."""
    fonts: Path | None = None
    logos: Sequence[Logo] = ()
    """Pictures over the film; their files are among the sources, named by what is in them."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """What each media key holds, where pieces are kept from film to film; else the key speaks for itself."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A segment, with the files that must lie where ffmpeg runs."""

    segment: Segment
    inputs: tuple[PictureInput, ...]
    files: Mapping[str, str]
    digest: str
    """SHA-256 of all that its frames depend on; not of where in the film it stands."""

    @property
    def name(self) -> str:
        """What its file is called."""
        return f"{self.digest}.{PIECE}"

    @property
    def worded(self) -> bool:
        """Whether anything is burned in."""
        return WORDS in self.files


def plan_piece(film: Film, segment: Segment) -> Piece:
    """Plan a segment as a film of its own.

    Raises:
        PostError: what it shows cannot be made.
    """
    timeline = film.timeline
    words = words_in(film.words, start=segment.start, end=segment.end, fps=timeline.fps)
    plan = plan_picture(
        as_timeline(segment, timeline), film.sources, words=words is not None,
        lead=words.lead if words else 0, luts=film.luts, seed=_seed(segment.items),
        logos=logos_in(film.logos, start=segment.start, end=segment.end),
    )  # fmt: skip
    files = {GRAPH: plan.graph, **plan.files, **({WORDS: words.text} if words else {})}
    digest = _digest(film, segment, plan.inputs, files)
    return Piece(segment=segment, inputs=tuple(plan.inputs), files=files, digest=digest)


def piece_command(film: Film, piece: Piece) -> list[str]:
    """Arguments for ffmpeg, run where the piece's files lie; the file to be made comes after them."""
    inputs = [part for used in piece.inputs for part in film.sources[used.key].arguments(seek_s=used.seek_s)]
    coding = film.encoding.arguments(fps=film.timeline.fps, frames=piece.segment.length)
    return [
        *inputs, "-/filter_complex", GRAPH, "-map", "[picture]", *coding,
        "-progress", "pipe:1", "-stats_period", "0.5", "-f", PIECE,
    ]  # fmt: skip


def _seed(items: Sequence[Item]) -> int:
    """Grain that is another one in each piece, and the same again wherever in the film the piece stands."""
    first = next((item for item in items if isinstance(item, Clip)), None)
    return crc32(f"{first.media.key} {first.source.start}".encode()) if first else 0


def _digest(film: Film, segment: Segment, inputs: Sequence[PictureInput], files: Mapping[str, str]) -> str:
    """The order itself is what is digested, so nothing that matters can be forgotten."""
    told = {
        "composer": [COMPOSER, _coder()],
        "inputs": [[film.digests.get(one.key, one.key), film.sources[one.key].demuxer, one.seek_s]
                   for one in inputs],
        "files": {name: _text_digest(text) for name, text in files.items()},
        "fonts": _fonts(film, files[WORDS]) if WORDS in files else [],
        "coding": film.encoding.arguments(fps=film.timeline.fps, frames=segment.length),
    }  # fmt: skip
    return _digest_of(told)


def sound_digest(film: Film, form: FileForm) -> str:
    """SHA-256 of all that a film's sound depends on."""
    timeline = film.timeline
    told = {
        "composer": [COMPOSER, _coder()],
        "sounds": [asdict(sound) for sound in plan_sound(timeline)],
        "files": [[key, film.digests.get(key, key), source.demuxer] for key, source in film.sounds.items()],
        "length": [timeline.length, timeline.fps],
        "loudness": [form.lufs, timeline.gain_db],
        "coding": form.sound.arguments(),
    }
    return _digest_of(told)


@lru_cache(maxsize=64)
def _text_digest(text: str) -> str:
    """The tables of a look are the same text in every piece of a film."""
    return hashlib.sha256(text.encode()).hexdigest()


def _digest_of(told: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _fonts(film: Film, words: str) -> list[str]:
    """The fonts that are there for these words; a font of ours that they do not name is none of theirs."""
    placed = sorted(film.fonts.iterdir()) if film.fonts else []
    unnamed = {file_digest(font.path) for font in (MAIN, TITLE, *FALLBACKS)
               if font.is_there and font.name not in words}  # fmt: skip
    return sorted({file_digest(path) for path in placed} - unnamed)


@lru_cache(maxsize=1)
def _coder() -> str:
    """The program by its name, which has its version, and its size: it is too large to be read for this."""
    program = Path(ffmpeg_exe())
    return f"{program.name} {program.stat().st_size}"


def file_digest(path: Path) -> str:
    """SHA-256 of a file's content; read again only when the file is another one."""
    facts = path.stat()
    return _content_digest(path, facts.st_size, facts.st_mtime_ns, facts.st_ino)


@lru_cache(maxsize=4096)
def _content_digest(path: Path, size: int, mtime_ns: int, inode: int) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()
