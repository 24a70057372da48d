"""Proof for the page: a small picture of the moment of each finding."""

import base64
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import av
from av.error import FFmpegError
from PIL import Image

from tools.ffmpeg.probe import opened
from tools.quality.report import Evidence, Finding, QualityReport

MOST = 24
"""A film that is all faults is proven by so many pictures."""
WIDTH = 320
_QUALITY = 72
_OF_PICTURE = frozenset(
    ("black", "frozen", "flashes", "cuts", "cadence", "captions", "safe_area", "size", "colour")
)


def moments(findings: Sequence[Finding]) -> list[float]:
    """The seconds to show, the worst findings first; the middle of a fault says more than its edge."""
    worst = sorted(findings, key=lambda one: one.light != "RED")
    times = [moment(one) for one in worst if one.check in _OF_PICTURE and one.start_s is not None]
    return sorted(dict.fromkeys(times[:MOST]))


def moment(finding: Finding) -> float:
    """When a finding is seen best, rounded so that findings side by side share a picture."""
    start = finding.start_s or 0.0
    end = finding.end_s if finding.end_s is not None else start
    return round(max(0.0, (start + end) / 2), 2)


def with_evidence(report: QualityReport, path: Path, *, demuxer: str = "mov") -> QualityReport:
    """The report with a frame of each finding; blocking."""
    shown = pictures(path, demuxer, moments(report.findings))
    evidence = [
        Evidence(at_s=at_s, jpeg=base64.b64encode(jpeg).decode()) for at_s, jpeg in sorted(shown.items())
    ]
    return report.model_copy(update={"evidence": evidence})


def pictures(path: Path, demuxer: str, times_s: Iterable[float]) -> dict[float, bytes]:
    """A JPEG of each moment, blocking; one that cannot be decoded is left out."""
    wanted, found = list(times_s), dict[float, bytes]()
    if not wanted:
        return found
    try:
        with opened(path, demuxer) as container:
            if container.streams.video:
                for at_s in wanted:
                    if (picture := _picture(container, at_s)) is not None:
                        found[at_s] = picture
    except FFmpegError:
        return found
    return found


def _picture(container: "av.container.InputContainer", at_s: float) -> bytes | None:
    """The frame that is on the screen at this moment; the last one behind the end."""
    stream = container.streams.video[0]
    base = stream.time_base
    if base is None:
        return None
    container.seek(int(at_s / base), stream=stream)
    shown = None
    for frame in container.decode(stream):
        if shown is not None and frame.time is not None and frame.time > at_s + 1e-3:
            break
        shown = frame
    return _jpeg(shown) if shown is not None else None


def _jpeg(frame: av.VideoFrame) -> bytes:
    image: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]  # PyAV's
    image.thumbnail((WIDTH, WIDTH))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()
