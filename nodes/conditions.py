"""What a picture or clip is told to keep to: as much of it as its model takes, and what becomes of the rest.

The request holds only what is sent, so that its digest is of what is sent. What does not fit is told; a frame
that a clip cannot begin or end with becomes an anchor of the cut.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from state.events import ReferencesLeftOut
from state.media import MediaRef
from state.references import Reference, ranked
from state.script import Staging
from state.take import Edge, FrameAnchor
from tools.engines.catalog import ModelCard

FROM_A_CLIP = "it goes on from another clip"
FROM_A_FRAME = "it is told which frame it begins or ends with"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody would like a clip to keep to."""

    references: Sequence[Reference] = ()
    first: MediaRef | None = None
    """The frame that a person brought for its beginning: it is never dropped for anything else."""
    last: MediaRef | None = None
    """The same for its end."""
    opening: MediaRef | None = None
    """The approved panel: what it begins with where nothing better is known of it."""
    extends: MediaRef | None = None
    """The clip that it should go on from."""
    tail: MediaRef | None = None
    """That clip's last frame: what it begins with where its model cannot go on from a clip."""

    def beginning(self, card: ModelCard) -> MediaRef | None:
        """The frame that it has to begin with, if any."""
        from_tail = self.extends is not None and not card.extension_s
        return self.first or (self.tail if from_tail else None)


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """What is sent, and what is not."""

    references: list[MediaRef] = field(default_factory=list)
    first_frame: MediaRef | None = None
    last_frame: MediaRef | None = None
    extends: MediaRef | None = None
    left_out: list[Reference] = field(default_factory=list)
    why: str = ""
    """Of what was left out."""
    anchors: list[FrameAnchor] = field(default_factory=list)

    def told(self, *, stage: str, item: str, model: str) -> ReferencesLeftOut | None:
        """What people are told about it; None where all of it is sent."""
        if not self.left_out:
            return None
        return ReferencesLeftOut(
            stage=stage, item=item, model=model, sent=len(self.references), why=self.why,
            left_out=[one.words for one in self.left_out],
        )  # fmt: skip


def conditions_of(
    wanted: Wanted, card: ModelCard, staging: Staging, *, parameters: Mapping[str, Any]
) -> Conditions:
    """Fit what is wanted to a model; `parameters` are those that it was priced with.

    No model of a video takes references and frames at once, nor any of them beside a clip to go on from. What
    a person brought comes first; then who and what the shot shows; then how it begins.
    """
    # The storyboard frame is the last resort of two ways to be kept to, so alone it is no reference.
    shown = [one for one in wanted.references if one.shows != "storyboard"]
    anchors = [*_anchor("first", wanted.beginning(card), card), *_anchor("last", wanted.last, card)]
    if wanted.extends is not None and card.extension_s:
        return Conditions(extends=wanted.extends, left_out=shown, why=FROM_A_CLIP, anchors=anchors)
    first, last = _frame("first", wanted.beginning(card), card), _frame("last", wanted.last, card)
    opening = first or _frame("first", wanted.opening, card)
    missing = _missing(card, parameters)
    if first or last or missing or not shown or not card.reference_images:
        why = FROM_A_FRAME if first or last else missing or takes(card)
        return Conditions(first_frame=opening, last_frame=last, left_out=shown, why=why, anchors=anchors)
    fitting, rest = fit(wanted.references, staging, slots=card.reference_images)
    references = [one.media for one in fitting]
    return Conditions(references=references, left_out=rest, why=takes(card), anchors=anchors)


def fit(
    references: Sequence[Reference], staging: Staging, *, slots: int
) -> tuple[list[Reference], list[Reference]]:
    """Those that a model with so many slots gets, in the order of their weight, and the rest."""
    in_order = ranked(references, staging, slots=slots)
    return in_order[:slots], in_order[slots:]


def _frame(edge: Edge, frame: MediaRef | None, card: ModelCard) -> MediaRef | None:
    return frame if edge in card.frames else None


def _anchor(edge: Edge, frame: MediaRef | None, card: ModelCard) -> list[FrameAnchor]:
    return [FrameAnchor(edge=edge, media=frame)] if frame is not None and edge not in card.frames else []


def _missing(card: ModelCard, parameters: Mapping[str, Any]) -> str:
    """Why references may not be sent with these parameters; empty where they may."""
    wrong = [
        f"{name} {value}" for name, value in card.references_need.items() if parameters.get(name) != value
    ]
    return f"it takes them only with {' and '.join(wrong)}" if wrong and card.reference_images else ""


def takes(card: ModelCard) -> str:
    """How many references a model takes, in words."""
    return f"it takes {card.reference_images}" if card.reference_images else "it takes none"
