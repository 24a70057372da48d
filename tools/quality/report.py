"""The report as data: every check that was made, what it found, and when in the film."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, Field, computed_field

Light = Literal["GREEN", "YELLOW", "RED"]
REPORT_FILE = "quality.json"
"""What it is called beside the master."""
CheckName = Literal[
    "length", "size", "rate", "streams", "container", "colour", "black", "frozen", "flashes", "cuts",
    "cadence", "loudness", "peak", "range", "silence", "clipping", "stereo", "offset", "captions",
    "safe_area",
]  # fmt: skip
_ORDER: tuple[Light, ...] = ("GREEN", "YELLOW", "RED")


class Finding(BaseModel, frozen=True):
    """One fault. RED ones block a delivery, YELLOW ones are to be looked at."""

    check: CheckName
    light: Light
    message: str
    start_s: float | None = None
    """Seconds from the start of the film; None where it is about the whole file."""
    end_s: float | None = None


class Promise(BaseModel, frozen=True):
    """One line of what was promised beside what was delivered."""

    name: str
    promised: str
    delivered: str
    kept: bool


class Curves(BaseModel, frozen=True):
    """The sound as it goes, to be drawn."""

    step_s: float = 0.1
    momentary_lufs: list[float] = Field(default_factory=list)
    wave: list[float] = Field(default_factory=list)
    """Peaks from 0 to 1, evenly over the film."""


class Evidence(BaseModel, frozen=True):
    """The film at one moment."""

    at_s: float
    jpeg: str
    """Base64."""


class Override(BaseModel, frozen=True):
    """Who delivers a master that failed, and why."""

    name: str
    """As that person signed."""
    reason: str
    user_id: str = ""
    """The account that answered; `local` where nobody signs in."""


class QualityReport(BaseModel, frozen=True):
    """Everything that was looked at in one master."""

    version: int = 1
    limits: str = ""
    """Edition of the limits."""
    title: str = ""
    sha256: str = ""
    """Of the file that was looked at."""
    duration_s: float = 0.0
    target_lufs: float = -14.0
    integrated_lufs: float | None = None
    """None where there is no sound."""
    range_lu: float | None = None
    peak_dbtp: float | None = None
    checked: list[CheckName] = Field(default_factory=list)
    findings: list[Finding] = Field(default_factory=list)
    override: Override | None = None
    promises: list[Promise] = Field(default_factory=list)
    curves: Curves = Field(default_factory=Curves)
    evidence: list[Evidence] = Field(default_factory=list)

    @computed_field  # type: ignore[prop-decorator]  # pydantic's own way
    @property
    def light(self) -> Light:
        """The worst of all findings; RED blocks delivery."""
        return worst([finding.light for finding in self.findings])

    def light_of(self, check: CheckName) -> Light:
        """The worst that one check found."""
        return worst([finding.light for finding in self.findings if finding.check == check])

    @property
    def faults(self) -> list[Finding]:
        """What blocks."""
        return [finding for finding in self.findings if finding.light == "RED"]


def worst(lights: Sequence[Light]) -> Light:
    """GREEN where there is none."""
    return max(lights, key=_ORDER.index, default="GREEN")
