"""Which question an answer answers: LangGraph's `command.resume`, bound before a run exists."""

import re
from collections.abc import Sequence
from typing import Any

from state.errors import ReviewRefused, StaleReview

HEX = re.compile(r"[0-9a-f]{32}")


def bind_answers(open_now: Sequence[dict[str, Any]], resume: Any) -> dict[str, Any]:
    """The replies by interrupt id. A bare answer is bound to the only question that is open.

    Raises:
        StaleReview: nothing is open, or an id is not among what is.
        ReviewRefused: a bare answer while several questions are open, or an empty map.
    """
    ids = [interrupt["id"] for interrupt in open_now]
    if not ids:
        raise StaleReview("No question is open on this thread.", details={"interrupt_ids": []})
    if not _is_map(resume):
        return {_only(ids): resume}
    if unknown := sorted(set(resume) - set(ids)):
        raise StaleReview(
            f"The question {unknown[0]} is not open.", details={"interrupt_ids": ids, "unknown": unknown}
        )
    return dict(resume)


def _is_map(resume: Any) -> bool:
    """As langgraph reads it: an object whose keys all look like interrupt ids."""
    return isinstance(resume, dict) and bool(resume) and all(HEX.fullmatch(str(key)) for key in resume)


def _only(ids: Sequence[str]) -> str:
    if len(ids) > 1:
        raise ReviewRefused(
            "Several questions are open; answer with a map from interrupt id to reply.",
            details={"interrupt_ids": list(ids)},
        )
    return ids[0]
