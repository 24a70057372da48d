"""What the masters sound like: loudness, peaks, voices over music, silences, captions and a recogniser.

Three episodes are made, one per language, each in a genre and a format of its own. Each line is measured
against the music that plays under it, both as they were mixed. With `pip install -e .[listen]` the whole
master is also given to Whisper, and each caption's first word is looked for in what it heard.

    python -m benchmarks.masters                   # prints a table, exits 1 when a bound is broken
    python -m benchmarks.masters FOLDER ID [ID]    # measures productions that lie in a data folder
"""

import asyncio
import importlib.util
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from rich.console import Console
from rich.table import Table

from benchmarks.captions import PARTS, Word, listened, load_recogniser, matched_words, plain
from nodes.post.render_master import MASTER
from server.composition import Parts, open_parts
from state.timeline import DeliveryFacts, Timeline
from tools.post.cue_rules import LEAD_S
from tools.post.loudness import RATE_HZ, SILENT_LUFS, Samples, loudness, loudness_curve
from tools.post.master_sound import decode_sounds
from tools.post.measure import LUFS_TARGET, PEAK_CEILING_DBTP, measure, silences
from tools.post.mix import Sound, mix_down, plan_sound, samples_at, sound_keys
from tools.post.sources import open_sound
from tools.registry import Toolbox, toolbox
from tools.settings import Settings

BRIEFS = Path(__file__).parent / "briefs"
FILMS = (("en", "thriller", "16:9"), ("es", "comedy", "9:16"), ("pt-BR", "romance", "1:1"))
LUFS_NEAR = 0.5
VOICE_OVER_MUSIC_LU = 12.0
SILENCE_S = 3.0
NEAR_S = 0.12
SHARE_NEAR = 0.9
RUN = 3
"""A little word alone is often another one of the same letters."""
PAUSES = {"min_silence_duration_ms": 200, "speech_pad_ms": 30}
HEARD_HZ = 16_000
CUT = """
select type, blob from checkpoint_blobs
where thread_id = %(production)s and channel = 'cut' and type = 'msgpack' order by version desc limit 1
"""
_FAINT_LUFS = -60.0
"""Music as quiet as this under a line is none."""


@dataclass(frozen=True)
class Heard:
    """One master, measured."""

    title: str
    facts: DeliveryFacts
    over_music_lu: list[float]
    """Per line that music plays under: how far it stands above it."""
    silences_s: list[float]
    captions_s: list[float]
    """Per caption whose first word was understood: shown minus heard."""
    captions: int

    @property
    def broken(self) -> list[str]:
        """The bounds that this master does not keep."""
        checks = {
            "loudness": abs(self.facts.integrated_lufs - LUFS_TARGET) <= LUFS_NEAR,
            "peak": self.facts.true_peak_dbtp <= PEAK_CEILING_DBTP,
            "voice over music": min(self.over_music_lu, default=99.0) >= VOICE_OVER_MUSIC_LU,
            "silence": not self.silences_s,
            "captions": not self.captions_s or _near(self.captions_s) >= SHARE_NEAR,
        }
        return [name for name, kept in checks.items() if not kept]


def main(arguments: list[str]) -> int:
    """Make the films, or open those that are named; 1 when a bound is broken."""
    with tempfile.TemporaryDirectory(prefix="greenlight-bench-") as folder:
        Path(folder).chmod(0o755)
        data = Path(arguments[0]) if arguments else Path(folder) / "data"
        found = asyncio.run(_all(data, arguments[1:], Path(folder)))
    _print(found)
    return int(any(heard.broken for heard in found))


async def _all(data: Path, productions: list[str], folder: Path) -> list[Heard]:
    missing = [name for name in ("faster_whisper", *PARTS) if importlib.util.find_spec(name) is None]
    recogniser = None if missing else load_recogniser(folder)
    if missing:
        print(f"captions are not compared, not installed: {', '.join(missing)}", file=sys.stderr)
    async with open_parts(Settings(data_dir=data)) as parts:
        if not productions:
            productions = [await _made(parts, *film) for film in FILMS]
        return [await _heard(parts, one, folder, recogniser) for one in productions]


async def _made(parts: Parts, language: str, genre: str, aspect_ratio: str) -> str:
    first = (BRIEFS / f"{language}.txt").read_text(encoding="utf-8").splitlines()[0]
    title, _, description = first.partition(" | ")
    print(f"making {title}", file=sys.stderr)
    brief = {
        "title": title, "description": description, "language": language, "genre": genre,
        "aspect_ratio": aspect_ratio, "resolution": "480p",
    }  # fmt: skip
    accepted = await parts.house.runs.start(
        user_id="local", graph="novela", title=title, brief=brief, context={"review": "auto"}
    )
    async for _ in parts.house.events.follow(accepted.production_id, until_end=True):
        pass
    return accepted.production_id


async def _heard(parts: Parts, production: str, folder: Path, recogniser: Any) -> Heard:
    state = await parts.house.runs.state(user_id="local", production_id=production)
    if state.status != "completed":
        raise SystemExit(f"{production} {state.status}: {state.error}")
    tools = await toolbox()
    timeline = await _cut(tools, production)
    master = await tools.media.get(state.values["deliverables"][MASTER]["key"])
    captions = await asyncio.to_thread(
        _shown_minus_heard, timeline, master, recogniser, state.values["script"]["language"]
    )
    return Heard(
        title=f"{timeline.name} {timeline.width}x{timeline.height}",
        facts=await measure(master),
        over_music_lu=await _over_music(timeline, tools.media.get, folder),
        silences_s=[span.end_s - span.start_s for span in await silences(master, longer_than_s=SILENCE_S)],
        captions_s=captions, captions=len(timeline.captions),
    )  # fmt: skip


async def _cut(tools: Toolbox, production: str) -> Timeline:
    """The cut lies in the finishing graph's own checkpoints, not in the production's values."""
    row = await tools.database.fetch_one(CUT, {"production": production})
    if row is None:
        raise SystemExit(f"{production} was never cut")
    media = JsonPlusSerializer().loads_typed((row["type"], row["blob"]))
    return Timeline.model_validate_json((await tools.media.get(media["key"])).read_bytes())


async def _over_music(timeline: Timeline, get: Any, folder: Path) -> list[float]:
    sources = {key: await open_sound(await get(key)) for key in sound_keys(timeline)}
    with tempfile.TemporaryDirectory(dir=folder) as place:
        media = await decode_sounds(sources, Path(place))
        return await asyncio.to_thread(_lines_over_music, timeline, media)


def _lines_over_music(timeline: Timeline, media: dict[str, Samples]) -> list[float]:
    """What the mix adds is linear: the music as heard is the whole less the same without it."""
    sounds = plan_sound(timeline)
    frames = samples_at(timeline.length, timeline.fps)
    whole = _mixed(sounds, media, frames)
    music = loudness_curve(whole - _mixed([s for s in sounds if s.role != "music"], media, frames))
    voices = loudness_curve(_mixed([s for s in sounds if s.role == "voice"], media, frames))
    found = []
    for line in (sound for sound in sounds if sound.role == "voice"):
        span = {"start_s": line.start / RATE_HZ, "end_s": line.end / RATE_HZ}
        under = loudness(music, **span)
        if under > max(_FAINT_LUFS, SILENT_LUFS):
            found.append(loudness(voices, **span) - under)
    return found


def _mixed(sounds: list[Sound], media: dict[str, Samples], frames: int) -> Samples:
    out = np.zeros((frames, 2), np.float32)
    mix_down(sounds, media, out)
    return out


def _shown_minus_heard(timeline: Timeline, master: Path, recogniser: Any, language: str) -> list[float]:
    """Seconds per caption from its first word's start, as the recogniser has it, to the caption."""
    if recogniser is None:
        return []
    ours: list[Word] = []
    firsts: set[int] = set()
    for cue in timeline.captions:
        words = [word for word in map(plain, cue.text.split()) if word]
        firsts.add(len(ours))
        ours += [(word, cue.start_s, cue.end_s) for word in words]
    theirs = _listened_apart(recogniser, master, language)
    matched = matched_words(ours, theirs, run=RUN)
    places = {id(word): number for number, word in enumerate(ours)}
    return [mine[1] + LEAD_S - theirs[1] for mine, theirs in matched if places[id(mine)] in firsts]


def _listened_apart(recogniser: Any, master: Path, language: str) -> list[Word]:
    """Each stretch of speech is heard alone: over a pause it lets a word begin where the one before ended."""
    from faster_whisper.audio import decode_audio
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    sound = decode_audio(str(master), sampling_rate=HEARD_HZ)
    stretches = get_speech_timestamps(sound, VadOptions(**PAUSES))
    return [
        (word, span["start"] / HEARD_HZ + start_s, span["start"] / HEARD_HZ + end_s)
        for span in stretches
        for word, start_s, end_s in listened(recogniser, sound[span["start"] : span["end"]], language)
    ]


def _near(differences: list[float]) -> float:
    return sum(abs(one) <= NEAR_S for one in differences) / max(1, len(differences))


def _print(found: list[Heard]) -> None:
    table = Table("master", "LUFS", "dBTP", "lines", "least over music", "silences", "captions", "compared",
                  "median", "within 120 ms", "broken", title="the masters as they sound")  # fmt: skip
    for heard in found:
        shown = heard.captions_s
        table.add_row(
            heard.title, f"{heard.facts.integrated_lufs:.2f}", f"{heard.facts.true_peak_dbtp:.2f}",
            str(len(heard.over_music_lu)), f"{min(heard.over_music_lu, default=99.0):.1f} LU",
            str(len(heard.silences_s)), str(heard.captions), str(len(shown)),
            f"{statistics.median(shown) * 1000:+.0f} ms" if shown else "",
            f"{_near(shown):.0%}" if shown else "",
            ", ".join(heard.broken),
        )  # fmt: skip
    Console(width=150).print(table)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
