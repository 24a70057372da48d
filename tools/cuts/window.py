"""A part of a cut as a cut of its own: to look at before anything is rendered whole."""

from collections.abc import Iterator

from state.timeline import Clip, Cue, Gap, Overlay, Timeline, Title, Track
from tools.cuts.pieces import Piece, pieces_of, resized, starts_of, track_of


def window_of(timeline: Timeline, start: int, end: int) -> Timeline:
    """The frames `start` to `end` of a cut. A transition that reaches out of them is a straight cut there.

    What is quiet or loud stays as it is in the film only as far as a film of this length allows.
    """
    end = min(end, timeline.length)
    return timeline.model_copy(
        update={
            "tracks": [_track(track, start, end) for track in timeline.tracks],
            "captions": [cue for one in timeline.captions for cue in _cue(one, start, end, timeline.fps)],
            "titles": [title for one in timeline.titles for title in _title(one, start, end, timeline.fps)],
            "overlays": [over for one in timeline.overlays for over in _overlay(one, start, end, timeline)],
            "markers": [],
        }
    )


def _track(track: Track, start: int, end: int) -> Track:
    pieces = pieces_of(track)
    placed = list(zip(starts_of(pieces), pieces, strict=True))
    shown = [piece for at, one in placed for piece in _piece(one, at, start, end)]
    first = next((at for at, one in placed if at + one.length > start), end)
    lead = [Piece(Gap(length=min(first, end) - start))] if first > start else []
    return track_of(track, [*lead, *shown] if shown else [])


def _piece(piece: Piece, at: int, start: int, end: int) -> Iterator[Piece]:
    """What is seen of it; it begins behind a transition that begins before the window."""
    whole = piece.entry is not None and at >= start and at + piece.shared <= end
    begins = at if whole or at >= start else max(at + piece.shared, start)
    head, tail = begins - at, max(0, at + piece.length - end)
    if piece.entry is not None and not whole:
        head = max(head, piece.shared)
    length = piece.length - head - tail
    if length < 1:
        return
    entry = piece.entry if whole else None
    if isinstance(piece.item, Gap):
        yield Piece(Gap(length=length), entry)
        return
    yield Piece(_clip(piece.item, head, tail, length), entry)


def _clip(clip: Clip, head: int, tail: int, length: int) -> Clip:
    still = clip.media.media_type == "image"
    start = clip.source.start + (0 if still else round(head * clip.speed))
    kept = {"fade_in": 0 if head else clip.fade_in, "fade_out": 0 if tail else clip.fade_out}
    return resized(clip, start=start, length=length).model_copy(update=kept)


def _cue(cue: Cue, start: int, end: int, fps: int) -> Iterator[Cue]:
    begins, ends = max(cue.start_s, start / fps) - start / fps, min(cue.end_s, end / fps) - start / fps
    if ends <= begins:
        return
    words = [
        one.model_copy(update={"start_s": one.start_s - start / fps, "end_s": one.end_s - start / fps})
        for one in cue.words
    ]
    yield cue.model_copy(update={"start_s": begins, "end_s": ends, "words": words})


def _title(title: Title, start: int, end: int, fps: int) -> Iterator[Title]:
    begins, ends = max(title.start_s, start / fps) - start / fps, min(title.end_s, end / fps) - start / fps
    if ends > begins:
        yield title.model_copy(update={"start_s": begins, "end_s": ends})


def _overlay(overlay: Overlay, start: int, end: int, film: Timeline) -> Iterator[Overlay]:
    last = film.length if overlay.length is None else overlay.start + overlay.length
    begins, ends = max(overlay.start, start), min(last, end)
    if ends > begins:
        yield overlay.model_copy(update={"start": begins - start, "length": ends - begins})
