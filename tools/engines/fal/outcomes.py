"""What has become of a job that fal calls complete, which says nothing of whether it went well."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from state.order import FailureKind
from tools.engines.base import JobStatus
from tools.engines.fal.failures import CANCELLED, Refusal, error_of, made, read, request_error
from tools.engines.live.answer import Answer, said

BEGINS: tuple[tuple[str, int, bytes, str], ...] = (
    ("image", 0, b"\x89PNG\r\n\x1a\n", ".png"), ("image", 0, b"\xff\xd8\xff", ".jpg"),
    ("image", 8, b"WEBP", ".webp"), ("video", 4, b"ftypqt", ".mov"), ("video", 4, b"ftyp", ".mp4"),
    ("video", 0, b"\x1a\x45\xdf\xa3", ".webm"),
)  # fmt: skip
"""Medium, where in the file, with which bytes, and how such a file is called."""
HEAD = 16


@dataclass(frozen=True)
class Output:
    """The file that a result names."""

    medium: str
    url: str
    seed: int | None = None


def ended(told: dict[str, Any], result: Answer, now: datetime) -> JobStatus:
    """How a job ended, by the status that calls it complete and by its result.

    Raises:
        ProviderError: the result could not be asked for; nothing is known of the job.
    """
    if result.is_good:
        return _good(result.json())
    refusal, complaint = read(result), _complaint(told)
    if not _tells_of_the_job(refusal, complaint):
        kind: FailureKind | None = "expired" if result.status == 404 else None
        raise request_error(result, now, kind=kind)
    return _failed(_both(refusal, complaint))


def output_of(body: dict[str, Any]) -> Output | None:
    """The file of a result; None when it has none."""
    pictures = body.get("images")
    if isinstance(pictures, list):
        return _output("image", pictures[0] if pictures else None, body)
    return _output("video", body.get("video"), body)


def named_by_content(path: Path, medium: str) -> Path:
    """Give a file the suffix of what it really is.

    Raises:
        ProviderFailed: `bad_output`, it is nothing of this medium.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    for of_medium, at, begins, suffix in BEGINS:
        if of_medium == medium and head[at:].startswith(begins):
            return path.rename(path.with_suffix(suffix))
    raise made("bad_output", f"fal sent a file that is no {medium}.")


def _tells_of_the_job(refusal: Refusal, complaint: Refusal) -> bool:
    """Whether it is the job that failed, and not the asking for its result."""
    if not refusal.is_fals or refusal.of_a_request in ("auth", "no_credit", "throttled"):
        return False
    if not complaint.types and not complaint.words:
        return refusal.status == 422
    # A failure of theirs that the status does not know of happened to this question, not to the job.
    return refusal.status < 500 or not complaint.types or bool(complaint.types & refusal.types)


def _good(body: dict[str, Any]) -> JobStatus:
    flags = body.get("has_nsfw_concepts")
    if isinstance(flags, list) and any(flag is True for flag in flags):
        return _without("refused", "fal refused the content: its safety checker blacked the picture out")
    if output_of(body) is None:
        return _without("bad_output", "fal says that it went well, and names no file")
    return JobStatus(state="succeeded", progress=1.0)


def _without(kind: FailureKind, why: str) -> JobStatus:
    """It went through, so it is charged; there is nothing to show for it."""
    return JobStatus(state="failed", progress=1.0, kind=kind, error=why)


def _failed(refusal: Refusal) -> JobStatus:
    if refusal.types & CANCELLED or refusal.status == 499:
        # Out of the queue or in the middle of its work: of neither fal says whether it is charged.
        return JobStatus(state="cancelled", progress=1.0, error="it was cancelled", billed=None)
    kind = refusal.of_a_job
    # "Server errors (HTTP 500+) are never charged", and what is 4xx "may still be".
    return JobStatus(
        state="failed", progress=1.0, kind=kind, error=_words(kind, refusal), billed=refusal.status < 500
    )


def _words(kind: FailureKind, refusal: Refusal) -> str:
    names = [one["field"] for one in refusal.fields if one["field"]]
    return error_of(kind, refusal).message + (f" ({', '.join(names)})" if names else "")


def _complaint(told: dict[str, Any]) -> Refusal:
    """What a complete job's status says of an error."""
    kind = told.get("error_type")
    types = frozenset([kind]) if isinstance(kind, str) and kind else frozenset[str]()
    return Refusal(status=0, types=types, words=said(told.get("error") or ""))


def _both(refusal: Refusal, complaint: Refusal) -> Refusal:
    return Refusal(
        status=refusal.status, words=refusal.words or complaint.words, fields=refusal.fields,
        types=refusal.types | complaint.types, is_retryable=refusal.is_retryable, is_fals=True,
    )  # fmt: skip


def _output(medium: str, file: object, body: dict[str, Any]) -> Output | None:
    url = file.get("url") if isinstance(file, dict) else None
    if not isinstance(url, str) or not url:
        return None
    seed = body.get("seed")
    return Output(medium, url, seed if isinstance(seed, int) and not isinstance(seed, bool) else None)
