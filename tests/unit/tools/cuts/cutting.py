"""A cut with something on every track, and edits of it by dice."""

import hashlib
import random
from collections.abc import Callable
from typing import Literal

from state import edits
from state.errors import EditRefused
from state.media import MediaRef
from state.timeline import (
    Clip,
    Crop,
    Cue,
    Effect,
    Focus,
    Gap,
    Marker,
    Overlay,
    Timeline,
    TimeRange,
    Title,
    Track,
    Transition,
)
from tools.cuts.apply import applied
from tools.cuts.ids import highest, named, opened
from tools.cuts.lanes import laid_of
from tools.cuts.pieces import picture_of

FPS = 24
EDITS = 25


def media(name: str, mime: str = "video/mp4", seconds: float | None = 4.0) -> MediaRef:
    digest = hashlib.sha256(name.encode()).hexdigest()
    kind = mime.partition("/")[0]
    key = f"{kind}/local/{digest}.{mime.partition('/')[2]}"
    return MediaRef(key=key, mime=mime, sha256=digest, size_bytes=1, duration_s=seconds)


def a_take(name: str, length: int = 48, start: int = 0, *, seconds: float = 4.0, speed: float = 1) -> Clip:
    source = TimeRange(start=start, length=length)
    return Clip(name=name, media=media(name, seconds=seconds), source=source, speed=speed)


def a_sound(name: str, length: int = 24, *, seconds: float = 10.0) -> Clip:
    file = media(name, "audio/wav", seconds)
    return Clip(name=name, media=file, source=TimeRange(start=0, length=length))


def a_cut() -> Timeline:
    """Three shots of two seconds, the last two in a dissolve; a line and a caption in each, and all beds."""
    shots = [a_take("1A-1"), a_take("1B-1"), Transition(length=12), a_take("2A-1")]
    lines = [
        Gap(length=6),
        a_sound("line 1"),
        Gap(length=24),
        a_sound("line 2"),
        Gap(length=30),
        a_sound("line 3"),
    ]
    rooms = [a_sound("room 1", 102, seconds=20), Transition(length=24), a_sound("room 2", 54, seconds=20)]
    starts = (6, 54, 108)
    return Timeline(
        name="Three shots", fps=FPS, width=320, height=180,
        tracks=[
            Track(name="picture", role="picture", items=shots),
            Track(name="voice/Ana", role="voice", items=lines),
            Track(name="effects", role="effects", items=[Gap(length=60), a_sound("door", 12)]),
            Track(name="room tone", role="ambience", items=rooms),
            Track(name="music", role="music", items=[a_sound("music", 132, seconds=5.5)]),
        ],
        captions=[
            Cue(start_s=at / FPS, end_s=(at + 24) / FPS, text=f"Line {number}", speaker="Ana")
            for number, at in enumerate(starts, start=1)
        ],
        titles=[Title(start_s=0.5, end_s=1.5, text="The kitchen")],
        overlays=[Overlay(kind="text", text="Buy now", start=100, length=20)],
        markers=[Marker(at=50, name="1B-1", comment="Too dark", colour="YELLOW")],
    )  # fmt: skip


def an_opened_cut() -> Timeline:
    return opened(a_cut())


def clip_of(cut: Timeline, name: str) -> Clip:
    found = [item for track in cut.tracks for item in track.items if isinstance(item, Clip)]
    return next(one for one in found if one.name == name)


def start_of(cut: Timeline, name: str) -> int:
    laid = [one for track in cut.tracks for one in laid_of(track)]
    return next(start for start, clip in laid if clip.name == name)


def names_of(cut: Timeline) -> list[str]:
    return [item.name for item in picture_of(cut).items if isinstance(item, Clip)]


class Editor:
    """Throws dice for one edit after the other. Many of them cannot be made, as those of people."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - dice
        self.made = 0

    def edit(self, cut: Timeline) -> edits.Operation:
        """Any operation, about something that is there."""
        ways: list[Callable[[Timeline], edits.Operation]] = [
            self._add, self._delete, self._move, self._shift, self._split, self._trim, self._roll, self._slip,
            self._swap, self._crop, self._focus, self._speed, self._transition, self._sound, self._track,
            self._effects, self._caption, self._overlay, self._marker, self._anchor,
        ]  # fmt: skip
        return self.dice.choice(ways)(cut)

    def _clip(self, cut: Timeline, *, picture: bool | None = None) -> str:
        clips = [
            item.id
            for track in cut.tracks
            if picture is None or (track.role == "picture") is picture
            for item in track.items
            if isinstance(item, Clip)
        ]
        return self.dice.choice(clips or ["c0"])

    def _frames(self, most: int = 40) -> int:
        return self.dice.choice([0, 1, -1, self.dice.randint(-most, most)])

    def _frame(self, cut: Timeline) -> int:
        return self.dice.randint(0, max(1, cut.length + 10))

    def _take(self) -> Clip:
        self.made += 1
        return a_take(f"9{self.made}", self.dice.randint(1, 60), self.dice.randint(0, 30))

    def _add(self, cut: Timeline) -> edits.Operation:
        if self.dice.random() < 0.5:
            before = self._clip(cut, picture=True) if self.dice.random() < 0.7 else None
            return edits.AddClip(track="picture", clip=self._take(), before=before)
        track = self.dice.choice([one.name for one in cut.tracks if one.role != "picture"] or ["none"])
        self.made += 1
        sound = a_sound(f"sound {self.made}", self.dice.randint(1, 50))
        return edits.AddClip(track=track, clip=sound, at=self._frame(cut))

    def _delete(self, cut: Timeline) -> edits.Operation:
        return edits.DeleteClip(clip=self._clip(cut), ripple=self.dice.random() < 0.6)

    def _move(self, cut: Timeline) -> edits.Operation:
        before = self._clip(cut, picture=True) if self.dice.random() < 0.7 else None
        return edits.MoveClip(clip=self._clip(cut, picture=True), before=before)

    def _shift(self, cut: Timeline) -> edits.Operation:
        return edits.ShiftClip(clip=self._clip(cut, picture=False), at=self._frame(cut))

    def _split(self, cut: Timeline) -> edits.Operation:
        return edits.SplitClip(clip=self._clip(cut), at=self._frame(cut))

    def _trim(self, cut: Timeline) -> edits.Operation:
        return edits.TrimClip(clip=self._clip(cut), head=self._frames(), tail=self._frames())

    def _roll(self, cut: Timeline) -> edits.Operation:
        return edits.RollCut(clip=self._clip(cut, picture=True), frames=self._frames(20))

    def _slip(self, cut: Timeline) -> edits.Operation:
        return edits.SlipClip(clip=self._clip(cut), frames=self._frames(30))

    def _swap(self, cut: Timeline) -> edits.Operation:
        take = self._take()
        return edits.SwapTake(clip=self._clip(cut, picture=True), media=take.media, name=take.name)

    def _anchor(self, cut: Timeline) -> edits.Operation:
        self.made += 1
        still = media(f"frame {self.made}", "image/png", None)
        edge: Literal["first", "last"] = self.dice.choice(["first", "last"])
        clip = self._clip(cut, picture=True)
        return edits.AnchorFrame(clip=clip, edge=edge, media=still, frames=self.dice.randint(2, 20))

    def _crop(self, cut: Timeline) -> edits.Operation:
        crop = Crop(left=self.dice.randint(0, 40), top=self.dice.randint(0, 40))
        return edits.CropClip(clip=self._clip(cut, picture=True), crop=crop, fit="fit")

    def _focus(self, cut: Timeline) -> edits.Operation:
        at = sorted(self.dice.sample(range(90), self.dice.randint(0, 4)))
        keys = [Focus(at=one, x=self.dice.random(), y=self.dice.random()) for one in at]
        return edits.SetFocus(clip=self._clip(cut, picture=True), focus=keys)

    def _speed(self, cut: Timeline) -> edits.Operation:
        speed = self.dice.choice([0.1, 0.5, 0.9, 1.0, 1.5, 2.0, 3.7, 10.0])
        return edits.SetSpeed(clip=self._clip(cut, picture=True), speed=speed)

    def _transition(self, cut: Timeline) -> edits.Operation:
        style = self.dice.choice([None, "dissolve", "fade_black"])
        length = self.dice.randint(2, 30)
        return edits.SetTransition(clip=self._clip(cut, picture=True), style=style, length=length)

    def _sound(self, cut: Timeline) -> edits.Operation:
        return edits.SetSound(
            clip=self._clip(cut), gain_db=self.dice.randint(-20, 6), fade_in=self.dice.randint(0, 20)
        )

    def _track(self, cut: Timeline) -> edits.Operation:
        return edits.SetTrack(track=self.dice.choice(cut.tracks).name, muted=self.dice.random() < 0.5)

    def _effects(self, cut: Timeline) -> edits.Operation:
        return edits.SetEffects(
            clip=self._clip(cut, picture=True), effects=[Effect(name="grain", strength=0.5)]
        )

    def _caption(self, cut: Timeline) -> edits.Operation:
        known = [one.id for one in cut.captions]
        start_s = self._frame(cut) / cut.fps
        if not known or self.dice.random() < 0.5:
            return edits.AddCaption(start_s=start_s, end_s=start_s + self.dice.random() * 2, text="New")
        caption = self.dice.choice(known)
        if self.dice.random() < 0.3:
            return edits.DeleteCaption(caption=caption)
        return edits.ChangeCaption(caption=caption, start_s=start_s, end_s=start_s + 1)

    def _overlay(self, cut: Timeline) -> edits.Operation:
        known = [one.id for one in cut.overlays]
        overlay = Overlay(kind="title", text="Now", start=self._frame(cut), length=self.dice.randint(1, 40))
        if known and self.dice.random() < 0.6:
            chosen = self.dice.choice(known)
            if self.dice.random() < 0.5:
                return edits.DeleteOverlay(id=chosen)
            return edits.ChangeOverlay(id=chosen, overlay=overlay)
        return edits.AddOverlay(overlay=overlay)

    def _marker(self, cut: Timeline) -> edits.Operation:
        known = [one.id for one in cut.markers]
        if known and self.dice.random() < 0.5:
            return edits.DeleteMarker(marker=self.dice.choice(known))
        return edits.AddMarker(at=self._frame(cut), name="note")


def session(seed: int) -> tuple[list[edits.Operation], list[Timeline], int]:
    """The operations that could be made, the cut after each, and how many could not."""
    editor, cuts, made, refused = Editor(seed), [an_opened_cut()], [], 0
    used = highest(cuts[0])
    for _ in range(EDITS):
        try:
            edit = named(cuts[-1], editor.edit(cuts[-1]), after=used)
            after = applied(cuts[-1], edit)
        except EditRefused as error:
            refused += bool(error.details["field"] and error.user_action)
            continue
        made.append(edit)
        cuts.append(after)
        used = max(used, highest(after))
    return made, cuts, refused
