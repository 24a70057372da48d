"""What somebody wants of a finished film: for which platform, in which shape and file."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from state.brief import AspectRatio, Words
from state.media import MediaRef

ExportResolution = Literal["720p", "1080p", "4k"]
"""The shorter side of the picture: 720, 1080 or 2160 pixels."""
Container = Literal["mp4", "webm"]
ExportQuality = Literal["draft", "standard", "high"]
Framing = Literal["subject", "middle", "fit", "blur"]
Loudness = Literal["web", "broadcast"]
Burned = Literal["burned", "file"]
SHORTER_SIDE: dict[ExportResolution, int] = {"720p": 720, "1080p": 1080, "4k": 2160}
LOUDNESS_LUFS: dict[Loudness, float] = {"web": -14.0, "broadcast": -23.0}
"""What the web plays at, and EBU R 128."""


class ExportWish(BaseModel, frozen=True):
    """How a film shall leave; what is left out is as the platform wants it, or as the film is."""

    platform: str = Field(
        default="", max_length=40, description="Where it is shown: see GET /api/exports/platforms.",
        examples=["tiktok"],
    )  # fmt: skip
    aspect_ratio: AspectRatio | None = Field(
        default=None, description="The shape of the picture; the film's own where nothing is said."
    )
    resolution: ExportResolution | None = Field(
        default=None, description="The picture's shorter side; the film's own where nothing is said."
    )
    container: Container | None = Field(
        default=None, description="`mp4` (H.264 and AAC) or `webm` (VP9 and Opus)."
    )
    quality: ExportQuality = Field(
        default="standard", description="How much is spent on the picture: bytes and time."
    )
    bitrate_kbps: Annotated[int, Field(ge=100, le=100_000)] | None = Field(
        default=None,
        description="Thousands of bits a second that the picture shall have; by its quality where nothing is"
        " said.",
    )
    loudness: Loudness | None = Field(
        default=None, description="`web` is -14 LUFS, `broadcast` -23 (EBU R 128)."
    )
    captions: Burned = Field(default="burned", description="In the picture, or only in the files beside it.")
    framing: Framing = Field(
        default="subject",
        description="What becomes of a picture of another shape: a window that follows the `subject`, its"
        " `middle`, all of it between bars (`fit`), or between its own blurred edges (`blur`).",
    )


class ExportBrief(ExportWish, frozen=True):
    """An export of a production's cut."""

    production_id: str = Field(max_length=64, description="The production whose cut leaves.")
    version: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="Which version of its cut; the newest where nothing is said."
    )
    title: Words = Field(default="", max_length=120, description="What the file is called for people.")
    film: MediaRef | None = Field(
        default=None, description="Leave it out: the server lays what the film is made of beside the brief."
    )


class ExportPlan(BaseModel, frozen=True):
    """A wish with nothing left open."""

    platform: str = ""
    width: int
    height: int
    fps: int
    container: Container = "mp4"
    quality: ExportQuality = "standard"
    bitrate_kbps: int | None = None
    loudness: Loudness = "web"
    captions: Burned = "burned"
    framing: Framing = "subject"

    @property
    def file_name(self) -> str:
        """As it is delivered."""
        return f"master.{self.container}"
