"""Turns the API's answers into pages: templates, words for people, and the headers that keep a page safe."""

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

HERE = Path(__file__).parent
STATIC = HERE / "static"
POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
WANTED_FIRST = (
    "master.mp4", "animatic.mp4", "script.fountain", "contact-sheet.png", "captions.srt", "captions.vtt",
    "episode.json", "provenance.json",
)  # fmt: skip
AGES = ((31_536_000, "year"), (2_592_000, "month"), (86_400, "day"), (3_600, "hour"), (60, "minute"))


def page(template: str, *, status: int = 200, **facts: Any) -> HTMLResponse:
    """A rendered template that runs no script but our own files."""
    text = _environment().get_template(template).render(**facts)
    return HTMLResponse(text, status_code=status, headers=HEADERS)


def ago(at: datetime) -> str:
    """How long ago, in one unit."""
    seconds = max(0, int((datetime.now(UTC) - at).total_seconds()))
    for length, unit in AGES:
        if seconds >= length:
            count = seconds // length
            return f"{count} {unit}{'s' if count > 1 else ''} ago"
    return "just now"


def money(amount: str | float | Decimal) -> str:
    """Dollars as a person reads them; amounts under a cent keep the places that say something."""
    value = Decimal(str(amount))
    if value == 0 or value >= Decimal("0.01"):
        return f"${value.quantize(Decimal('0.01'), ROUND_HALF_UP):,}"
    return f"${value.quantize(Decimal('0.000001')).normalize():f}"


def clock(seconds: float) -> str:
    """Minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


def file_size(count: int) -> str:
    """Bytes in the unit that fits."""
    size, units = float(count), ["B", "kB", "MB", "GB"]
    while size >= 1000 and len(units) > 1:
        size, units = size / 1000, units[1:]
    return f"{size:.0f} {units[0]}" if size >= 10 or units[0] == "B" else f"{size:.1f} {units[0]}"


def words(name: str) -> str:
    """`close_up` as `close-up`."""
    return name.replace("_", "-")


def said(text: str) -> Markup:
    """Words of an error: what stands between backticks is code, and everything else is text."""
    return Markup(re.sub("`([^`]*)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704  # escaped above


def delivery_order(names: Iterable[str]) -> list[str]:
    """What people want first, first; what we have no opinion about by name."""
    known = {name: place for place, name in enumerate(WANTED_FIRST)}
    return sorted(names, key=lambda name: (known.get(name, len(known)), name))


def counted(count: int, one: str, many: str = "") -> str:
    """`1 panel`, `3 panels`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader([HERE / "templates", HERE / "components"]),
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= {
        "ago": ago, "money": money, "clock": clock, "file_size": file_size, "words": words,
        "delivery_order": delivery_order, "said": said,
    }  # fmt: skip
    environment.globals |= {"static": static_url, "counted": counted, "STATUS": STATUS, "GATES": GATES}
    environment.globals["VOICE_OVER"] = VOICE_OVER
    return environment


@lru_cache(maxsize=64)
def static_url(name: str) -> str:
    """The address of a file that comes with the page; it changes with the file."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


STATUS = {
    "queued": "Starting",
    "running": "In production",
    "paused": "Waiting for you",
    "completed": "Finished",
    "failed": "Stopped by a failure",
    "cancelled": "Cancelled",
}
VOICE_OVER = "(V.O.)"
"""Behind the name of who is heard over the picture, as in every screenplay."""
GATES = {
    "approve_budget": "Approve the budget",
    "review_storyboard": "Review the storyboard",
    "review_scene": "Review a scene",
    "approve_delivery": "The master failed its check",
}
