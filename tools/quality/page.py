"""The report as one page that needs nothing else: no script, no file beside it, nothing from the net.

Whatever came from a person or a model is escaped by the template, and a policy in the page forbids all loads.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import jinja2

from tools.quality.curves import Drawing, loudness_curve, wave_strip
from tools.quality.evidence import moment
from tools.quality.report import CheckName, Finding, Light, QualityReport

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""Nothing is loaded and nothing runs."""
_BASE64 = re.compile(r"[A-Za-z0-9+/=]+")
_TEMPLATE = Path(__file__).with_suffix(".html")
TITLES: dict[CheckName, str] = {
    "length": "Length", "size": "Picture size", "rate": "Frame rate", "streams": "Streams and codecs",
    "container": "File", "colour": "Colour tags", "black": "Black picture", "frozen": "Frozen picture",
    "flashes": "Flashes", "cuts": "Cuts", "cadence": "Repeated or missing frames", "loudness": "Loudness",
    "peak": "True peak", "range": "Loudness range", "silence": "Silence", "clipping": "Clipped sound",
    "stereo": "Left and right", "offset": "Offset of the sound", "captions": "Captions",
    "safe_area": "Safe areas",
}  # fmt: skip
_VERDICTS: dict[Light, str] = {
    "GREEN": "Everything is as promised", "YELLOW": "To be looked at", "RED": "Delivery is blocked",
}  # fmt: skip


def write_page(report: QualityReport) -> str:
    """The whole page; its frames are those that the report carries."""
    pictures = {one.at_s: one.jpeg for one in report.evidence}
    ranks = {"RED": 0, "YELLOW": 1}
    findings = sorted(report.findings, key=lambda one: (ranks.get(one.light, 2), one.start_s or 0.0))
    return _template().render(
        report=report, title=report.title or "The master", policy=POLICY, verdict=_VERDICTS[report.light],
        findings=[(one, _uri(pictures, one), _when(one)) for one in findings], checks=_checks(report),
        titles=TITLES, drawings=_drawings(report),
    )  # fmt: skip


def _checks(report: QualityReport) -> list[tuple[Light, list[str]]]:
    """Names of all checks that were made, the worst first."""
    rows = sorted(((report.light_of(check), TITLES[check]) for check in report.checked), key=_rank)
    return [(light, [name for _, name in some]) for light, some in groupby(rows, key=lambda row: row[0])]


def _rank(row: tuple[Light, str]) -> int:
    return ("RED", "YELLOW", "GREEN").index(row[0])


def _drawings(report: QualityReport) -> list[Drawing]:
    curves, faults = report.curves, [one for one in report.findings if one.start_s is not None]
    drawings = []
    if curves.wave:
        drawings.append(wave_strip(curves, faults, report.duration_s))
    if curves.momentary_lufs:
        drawings.append(loudness_curve(curves, faults, report.duration_s, target=report.target_lufs))
    return drawings


def _uri(pictures: Mapping[float, str], finding: Finding) -> str:
    picture = pictures.get(moment(finding)) if finding.start_s is not None else None
    # Whoever wrote the file: what is no base64 becomes no picture and no markup.
    return f"data:image/jpeg;base64,{picture}" if picture and _BASE64.fullmatch(picture) else ""


def _when(finding: Finding) -> str:
    if finding.start_s is None:
        return "the whole file"
    end = finding.end_s if finding.end_s is not None else finding.start_s
    if end - finding.start_s < 0.05:
        return f"at {clock(finding.start_s)}"
    return f"{clock(finding.start_s)} to {clock(end)}"


def clock(seconds: float) -> str:
    """`1:02.50`."""
    minutes, rest = divmod(max(0.0, round(seconds, 2)), 60)
    return f"{int(minutes)}:{rest:05.2f}"


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    house = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    house.filters["clock"] = clock
    return house.from_string(_TEMPLATE.read_text(encoding="utf-8"))
