"""The channels that the shared subgraphs read and write, whatever graph they are part of.

Keys: a panel, take or shot length is keyed by its slate without take (`2A`), a voice
by slate and line (`2A/1`). `causes` and `re_rolls` are keyed by `stage/item`.
"""

from typing import Annotated, Any

from pydantic import BaseModel, Field

from state.cost import PlannedCall, Quote
from state.export import ExportPlan
from state.media import MediaRef
from state.order import BY_HAND, FIRST, OrderFailure, Style, Ticket
from state.reducers import merge_by_key
from state.review import Note
from state.script import Scene, Script, Shot
from state.seeds import seed_for
from state.signature import Signature
from state.take import OwnFrames, Panel, Take, VoiceTrack


class ProductionFormat(BaseModel, frozen=True):
    """What every picture of one production has in common."""

    width: int
    height: int
    fps: int = 24
    style: Style = Field(default_factory=Style)
    master_seed: int = 1
    video_model: str = "wan-2.5-t2v-fast"
    image_model: str = "flux-schnell"
    voice_model: str = "kokoro-82m"
    music_model: str = "orchestra"
    resolution: str = "1080p"
    clip_resolution: str = ""
    """What clips are made in where that is less than the film's resolution; empty where it is the same."""
    upscaler: str = ""
    """The model that makes approved takes as large as the film; empty where none does."""
    aspect_ratio: str = "16:9"


class FilmState(BaseModel):
    """What every shared subgraph needs: the script, the format, and what people decided so far."""

    episode_number: int = 1
    format: ProductionFormat | None = None
    script: Script | None = None
    quote: Quote | None = None
    """What is planned and what it costs; its edition's prices hold until there is another quote."""
    requoted: str = ""
    """Why the budget has to be asked about again, in words; empty while what was approved still holds."""
    base_cause: str = FIRST
    """Why whatever nobody asked for by name is ordered: `first`, a change by hand, a later start."""
    causes: Annotated[dict[str, str], merge_by_key] = Field(default_factory=dict)
    """Why an item was ordered as it is: the task id of the gate that asked, or what came later."""
    re_rolls: Annotated[dict[str, int], merge_by_key] = Field(default_factory=dict)
    """How often an item was answered RED: it changes the seed."""
    notes: list[Note] = Field(default_factory=list)
    """What the last gate asked to change and nobody has acted on yet."""
    history: Annotated[dict[str, list[str]], merge_by_key] = Field(default_factory=dict)
    """Earlier notes per slate, oldest first, so that the next change knows them."""

    @property
    def film(self) -> Script:
        """The script, once it is written."""
        if self.script is None:
            raise ValueError("the script is not written yet")
        return self.script

    @property
    def look(self) -> ProductionFormat:
        """The format, once it is decided."""
        if self.format is None:
            raise ValueError("the format is not decided yet")
        return self.format

    def cause(self, stage: str, item: str) -> str:
        """The cause of the order that is current for this item."""
        return self.causes.get(f"{stage}/{item}", self.base_cause)

    def seed(self, stage: str, item: str) -> int:
        """The seed of the order that is current for this item."""
        return seed_for(self.look.master_seed, stage, item, self.re_rolls.get(f"{stage}/{item}", 0))


class StoryboardState(FilmState):
    """The storyboard loop: draw, review, redraw what was asked."""

    panels: Annotated[dict[str, Panel], merge_by_key] = Field(default_factory=dict)
    storyboard_round: int = 0
    storyboard_done: bool = False
    """Whether a person has kept every panel."""
    animatic: MediaRef | None = None
    """The current panels timed to the script, with slates."""


class ShootingState(FilmState):
    """One scene in front of the camera."""

    panels: Annotated[dict[str, Panel], merge_by_key] = Field(default_factory=dict)
    scene_number: int = 1
    voices: Annotated[dict[str, VoiceTrack], merge_by_key] = Field(default_factory=dict)
    shot_seconds: Annotated[dict[str, float], merge_by_key] = Field(default_factory=dict)
    """How long each shot really is: at least as long as what is said in it."""
    takes: Annotated[dict[str, Take], merge_by_key] = Field(default_factory=dict)
    reels: Annotated[dict[str, MediaRef | None], merge_by_key] = Field(default_factory=dict)
    """Per scene number: its takes joined with their voices, to look at."""
    mishaps: Annotated[dict[str, int], merge_by_key] = Field(default_factory=dict)
    """How often the fallback handler was asked about an item."""
    own_frames: Annotated[dict[str, OwnFrames], merge_by_key] = Field(default_factory=dict)
    """What a person brought for a take to begin and to end with: for every later take of the shot, too."""

    @property
    def scene(self) -> Scene:
        """The scene that is being shot."""
        return next(scene for scene in self.film.scenes if scene.number == self.scene_number)

    def brought(self, item: str) -> OwnFrames:
        """What a person brought for the take of this shot."""
        return self.own_frames.get(item, OwnFrames())

    def shots_to_take(self) -> list[Shot]:
        """Shots of this scene that have no usable take under their current cause."""
        return [shot for shot in self.scene.shots if not self._has_take(shot)]

    def unsaid(self, shot: Shot) -> dict[str, str]:
        """Its lines that were to be recorded and could not be, as `2A/1`, each with the reason."""
        items = [f"{shot.slate}/{number}" for number in range(1, len(shot.lines) + 1)]
        tracks = {item: self.voices[item] for item in items if item in self.voices}
        return {item: track.failure.message for item, track in tracks.items() if track.failure is not None}

    def shots_to_order(self, *, chained: bool) -> list[Shot]:
        """Those of them that can be ordered now: of `chained` shots one whose take before it is there."""
        missing = self.shots_to_take()
        return [shot for shot in missing if not chained or self.shot_before(shot) not in missing]

    def shot_before(self, shot: Shot) -> Shot | None:
        """The one before it in the scene that is being shot."""
        shots = self.scene.shots
        place = next((number for number, one in enumerate(shots) if one.slate == shot.slate), 0)
        return shots[place - 1] if place else None

    def take_before(self, shot: Shot) -> Take | None:
        """The current take of the shot before it, if there is one."""
        before = self.shot_before(shot)
        return self.takes.get(str(before.slate)) if before is not None and self._has_take(before) else None

    def is_ordered(self, shot: Shot) -> bool:
        """Whether its take was ordered under its current cause, whatever became of it."""
        item = str(shot.slate)
        take = self.takes.get(item)
        return take is not None and take.call_key.endswith(f":{self.cause('take', item)}")

    def _has_take(self, shot: Shot) -> bool:
        take = self.takes.get(str(shot.slate))
        return take is not None and take.status == "done" and take.call_key.endswith(
            f":{self.cause('take', str(shot.slate))}"
        )  # fmt: skip


class FinishingState(FilmState):
    """From takes to the delivered master."""

    voices: Annotated[dict[str, VoiceTrack], merge_by_key] = Field(default_factory=dict)
    shot_seconds: Annotated[dict[str, float], merge_by_key] = Field(default_factory=dict)
    takes: Annotated[dict[str, Take], merge_by_key] = Field(default_factory=dict)
    panels: Annotated[dict[str, Panel], merge_by_key] = Field(default_factory=dict)
    music_ticket: Ticket | None = None
    music_failure: OrderFailure | None = None
    music_calls: list[PlannedCall] = Field(default_factory=list)
    """Until it is there: the call that was placed and those that may be placed instead."""
    music: MediaRef | None = None
    music_key: str = ""
    """The order that made the music; empty of music from before this was kept."""
    sounds: Annotated[dict[str, MediaRef], merge_by_key] = Field(default_factory=dict)
    """Room tones by scene, `room/2`, and effects by shot and number, `effect/2A/1`."""
    title_card: MediaRef | None = None
    end_card: MediaRef | None = None
    cut: MediaRef | None = None
    """The timeline as a stored JSON artefact."""
    deliverables: Annotated[dict[str, MediaRef], merge_by_key] = Field(default_factory=dict)
    """File name, as the person gets it, to stored file: `master.mp4`, `captions.srt`, ..."""
    signature: Signature | None = None
    """How the master was signed."""
    quality: dict[str, Any] = Field(default_factory=dict)
    """What was measured on the master against what was promised; `verdict` is GREEN or RED."""
    export: ExportPlan | None = None
    """The form that was wished for; None for the film's own master."""
    film_of: str = ""
    """The production whose film leaves here, where that is another one's: its orders are told of."""

    @property
    def master_name(self) -> str:
        """What the delivered film is called."""
        return self.export.file_name if self.export else "master.mp4"

    @property
    def has_music(self) -> bool:
        """Whether the music is there under the cause that is current for it."""
        cause = self.cause("music", "episode")
        if self.music is None or self.music_key:
            return self.music is not None and self.music_key.endswith(f":{cause}")
        # Nobody knows what it was made for: behind a change by hand the ledger is asked.
        return not cause.startswith(BY_HAND)
