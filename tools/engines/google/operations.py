"""What Google says of a clip on its way, and of one that is done: made, refused, or failed.

Google's price list says that a clip is charged only when it was made, so no other outcome is.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from state.order import FailureKind
from tools.engines.base import JobStatus
from tools.engines.live.answer import said

BY_CODE: dict[int, FailureKind] = {3: "refused", 5: "invalid", 7: "invalid", 9: "invalid", 11: "invalid"}
"""Codes of google.rpc. What is wrong with the fields is answered to the order itself, so 3 is about the words
and the pictures. Any other code says that the job died."""
CANCELLED = 1


def status_of(operation: Mapping[str, Any]) -> JobStatus:
    """How a job is doing, by its operation."""
    if not operation.get("done"):
        return JobStatus(state="running")
    error = operation.get("error")
    if isinstance(error, Mapping):
        return _failed(error)
    if addresses(operation):
        return JobStatus(state="succeeded", progress=1.0)
    reasons = [said(one) for one in _listed(_answer(operation).get("raiMediaFilteredReasons"))]
    if reasons or _answer(operation).get("raiMediaFilteredCount"):
        words = "; ".join(dict.fromkeys(reasons)) or "no reason was told"
        return _ended("refused", f"Google's filter held the clip back: {words}")
    return _ended("bad_output", "Google says that it is done and names no clip")


def addresses(operation: Mapping[str, Any]) -> list[str]:
    """Where the clips lie that were made."""
    return [uri for uri in _addresses(_answer(operation)) if uri]


def _failed(error: Mapping[str, Any]) -> JobStatus:
    code = error.get("code")
    number = code if isinstance(code, int) else 0
    words = f"Google's job ended with code {number}: {said(error.get('message')) or 'no reason was told'}"
    if number == CANCELLED:
        return JobStatus(state="cancelled", error=words, billed=False)
    return _ended(BY_CODE.get(number, "transient_job"), words)


def _ended(kind: FailureKind, words: str) -> JobStatus:
    return JobStatus(state="failed", error=words, kind=kind, billed=False)


def _answer(operation: Mapping[str, Any]) -> Mapping[str, Any]:
    """The part that tells the outcome: the API for developers wraps it once more than Vertex does."""
    response = _mapping(operation.get("response"))
    return _mapping(response.get("generateVideoResponse")) or response


def _addresses(answer: Mapping[str, Any]) -> Iterator[str]:
    for sample in map(_mapping, _listed(answer.get("generatedSamples"))):
        yield str(_mapping(sample.get("video")).get("uri") or "")


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
