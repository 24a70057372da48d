"""Which clip of the picture sounds and captions belong to, by name."""

from state.timeline import Clip, Item, Timeline, Track
from tools.cuts.lanes import laid_of


def relinked(timeline: Timeline, old: str, new: str, at: int) -> Timeline:
    """What belonged to a clip and begins at this frame or later belongs to another one."""
    tracks = [_track(track, old, new, at) for track in timeline.tracks]
    captions = [
        cue.model_copy(update={"link": new})
        if cue.link == old and round(cue.start_s * timeline.fps) >= at else cue
        for cue in timeline.captions
    ]  # fmt: skip
    overlays = [
        one.model_copy(update={"link": new}) if one.link == old and one.start >= at else one
        for one in timeline.overlays
    ]
    return timeline.model_copy(update={"tracks": tracks, "captions": captions, "overlays": overlays})


def _track(track: Track, old: str, new: str, at: int) -> Track:
    late = {clip.id for start, clip in laid_of(track) if clip.link == old and start >= at}
    if not late:
        return track
    items: list[Item] = [
        item.model_copy(update={"link": new}) if isinstance(item, Clip) and item.id in late else item
        for item in track.items
    ]
    return track.model_copy(update={"items": items})
