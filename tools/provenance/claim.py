"""What is claimed of a file: what it was made from, by which models, and how it was put together.

Nothing is claimed that is not known. What a person brought has no source type of ours, because nobody
here saw how it was made; what is drawn by our own programs is called that, and never a model's.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Literal

from state.media import MediaRef

Origin = Literal["model", "algorithm", "given"]
"""A trained model made it; a program of ours did, by rules; a person brought it, or nobody knows."""
Role = Literal["picture", "card", "voice", "music", "sound"]
Training = Literal["unsaid", "allowed", "notAllowed"]
OFFLINE = "previz"
TRAINED_OFFLINE = frozenset({"kokoro-82m"})
"""Models among what works offline: the voices were learnt from recordings of people."""
TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
MODEL, MIXED = f"{TYPES}trainedAlgorithmicMedia", f"{TYPES}compositeWithTrainedAlgorithmicMedia"
ALGORITHM, SYNTHETIC = f"{TYPES}algorithmicMedia", f"{TYPES}compositeSynthetic"
COMPOSITE = f"{TYPES}composite"


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file that is in the cut."""

    name: str
    """The slate with take, `1A-1`; a line, `1A/1`; `music`, `title`, `room/2`."""
    role: Role
    media: MediaRef
    provider: str = ""
    model: str = ""
    prompt_digest: str = ""
    """SHA-256 of the words that were sent. The words stay with the owner: a film goes where everybody can
    read it, and who has the words can show with it that they are the ones."""
    given: bool = False
    """A person brought it."""
    made_here: bool = False
    """A program of ours made it without an order: a card, a room tone, an effect."""

    @property
    def origin(self) -> Origin:
        """How it came to be."""
        if self.given or not (self.made_here or self.provider):
            return "given"
        offline = self.made_here or self.provider == OFFLINE
        return "algorithm" if offline and self.model not in TRAINED_OFFLINE else "model"

    @property
    def source_type(self) -> str | None:
        """Its digital source type in IPTC's list; None where nothing is claimed."""
        return {"model": MODEL, "algorithm": ALGORITHM, "given": None}[self.origin]


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What is said of one file that is delivered."""

    title: str
    language: str
    sources: Sequence[Source] = field(default_factory=tuple)
    captions: bool = False
    """Whether words were burned into the picture: captions or titles."""
    label: str = ""
    """The words that stand in the picture for people; empty where there are none."""
    training: Training = "unsaid"
    """What is said about training models with it."""

    @property
    def source_type(self) -> str:
        """The digital source type of the whole, picture and sound."""
        origins = {source.origin for source in self.sources}
        if "model" in origins:
            return MODEL if origins == {"model"} else MIXED
        if "algorithm" in origins:
            return ALGORITHM if origins == {"algorithm"} else SYNTHETIC
        return COMPOSITE

    @property
    def digest(self) -> str:
        """SHA-256 of all that is claimed, so that the same film with the same claim is not signed twice."""
        told = {**asdict(self), "sources": [_told(source) for source in self.sources]}
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _told(source: Source) -> dict[str, object]:
    return {**asdict(source), "media": source.media.sha256}
