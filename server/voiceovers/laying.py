"""A spoken line as operations of a cut: the sound at a frame, and captions that know each word's time."""

from server.voiceovers.voiceovers import Spoken
from state import edits
from state.refusals import refuse
from state.timeline import Clip, Timeline, TimeRange
from tools.cuts.lanes import laid_of
from tools.post.cue_rules import SpokenLine, cues

TRACK = "voiceover"
"""Its lines lie on a track of their own: what is said by people in the picture stays as it is."""
NAME_LETTERS = 60


def laid(spoken: Spoken, cut: Timeline, *, at: int, captions: bool) -> list[edits.Operation]:
    """What lays it into this cut, for `CutDesk.edit` or `POST .../cut/operations`.

    Raises:
        EditRefused: the film ends before this frame.
    """
    check_frame(cut, at)
    operations: list[edits.Operation] = []
    if all(track.name != TRACK for track in cut.tracks):
        operations.append(edits.AddTrack(track=TRACK, role="voice"))
    operations.append(edits.AddClip(track=TRACK, clip=_clip(spoken, cut), at=at))
    return [*operations, *(_captions(spoken, cut, at) if captions else [])]


def check_frame(cut: Timeline, at: int) -> None:
    """Whether the film has such a frame.

    Raises:
        EditRefused: it ends before.
    """
    if at >= cut.length:
        last = max(0, cut.length - 1)
        refuse(
            f"The film has {cut.length} frames: there is none {at}.", field="at",
            fix=f"Say a frame from 0 to {last}.", frames=cut.length,
        )  # fmt: skip


def heard_with(spoken: Spoken, cut: Timeline, *, at: int) -> list[str]:
    """Lines that are said at the same time: nobody understands two voices."""
    end = at + _frames(spoken, cut)
    others = [
        (start, clip)
        for track in cut.tracks if track.role == "voice" and not track.muted
        for start, clip in laid_of(track) if not clip.muted and clip.media.key != spoken.media.key
    ]  # fmt: skip
    return [clip.name for start, clip in others if start < end and at < start + clip.length]


def _clip(spoken: Spoken, cut: Timeline) -> Clip:
    name = " ".join(word.word for word in spoken.words)[:NAME_LETTERS] or TRACK
    return Clip(name=name, media=spoken.media, source=TimeRange(start=0, length=_frames(spoken, cut)))


def _frames(spoken: Spoken, cut: Timeline) -> int:
    """Whole frames that the file has."""
    return max(1, int((spoken.media.duration_s or 0.0) * cut.fps + 1e-6))


def _captions(spoken: Spoken, cut: Timeline, at: int) -> list[edits.Operation]:
    line = SpokenLine(
        speaker="", start_s=at / cut.fps, words=spoken.words, voice_over=True,
        measured=spoken.word_times == "measured",
    )  # fmt: skip
    return [
        edits.AddCaption(
            start_s=cue.start_s, end_s=cue.end_s, text=cue.text, words=cue.words, voice_over=True,
            word_times=cue.word_times,
        )
        for cue in cues([line], fps=cut.fps)
    ]  # fmt: skip
