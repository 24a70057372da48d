"""The voices of a cut as the quality report listens to them: each as it came."""

from state.timeline import Clip, Timeline, Track
from tools.post.layout import lay_out
from tools.post.sources import open_sound
from tools.quality.voices import VoiceUsed
from tools.registry import Toolbox

SPOKEN = ("voice", "native")
"""Music may be as loud as it was made; what people say may not be cut off."""


async def voices_used(timeline: Timeline, tools: Toolbox) -> list[VoiceUsed]:
    """Every line that is heard, in the order of its tracks."""
    fps, used = timeline.fps, []
    for start, clip in _heard(timeline.tracks):
        source = await open_sound(await tools.media.get(clip.media.key))
        used.append(
            VoiceUsed(
                name=clip.name, path=source.path, demuxer=source.demuxer, source_s=clip.source.start / fps,
                length_s=clip.source.length / fps, at_s=start / fps,
            )
        )  # fmt: skip
    return used


def _heard(tracks: list[Track]) -> list[tuple[int, Clip]]:
    return [
        (part.start, part.item)
        for track in tracks
        if track.role in SPOKEN and not track.muted
        for part in lay_out(track)
        if isinstance(part.item, Clip) and not part.item.muted
    ]
