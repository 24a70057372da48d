"""The file servers of both vendors: whole files, parts of them, and files that do not come well."""

import re
from typing import TYPE_CHECKING

from tests.standins.job_vendors.answers import REPLACES, fault_answer
from tests.standins.job_vendors.faults import Fault
from tests.standins.model_vendors.books import Kept
from tests.standins.model_vendors.wire import Out, Request

if TYPE_CHECKING:
    from tests.standins.job_vendors.vendor import JobVendor

PIECES = 16


async def serve(
    vendor: "JobVendor", fault: Fault, kept: Kept, request: Request, out: Out, content: bytes, mime: str
) -> None:
    """Send a file, or the part of it that was asked for."""
    if fault.kind in REPLACES:
        await fault_answer(vendor, fault, kept, out)
        return
    part, status, headers = _part(request, content)
    headers = {"content-type": mime, "accept-ranges": "bytes", **headers}
    if request.method == "HEAD":
        await out.start(status, {**headers, "content-length": str(len(part))})
        await out.end()
        return
    if fault.kind == "none":
        await out.reply(status, part, headers)
        return
    vendor.books.happened(vendor.name, fault.kind, "file", kept.path)
    vendor.close(kept, f"fault {fault.kind}")
    await out.start(status, {**headers, "content-length": str(len(part))})
    if fault.kind == "cut":
        await out.piece(part[: len(part) // 2])
        out.drop()
    else:
        await _trickle(vendor, fault, out, part)


async def _trickle(vendor: "JobVendor", fault: Fault, out: Out, part: bytes) -> None:
    step = max(len(part) // PIECES, 1)
    for number, at in enumerate(range(0, len(part), step)):
        if fault.before_piece is None:
            await vendor.time.until(vendor.time.now() + fault.seconds * vendor.pace)
        else:
            waited = fault.before_piece(number)
            if waited is not None:
                await waited
        await out.piece(part[at : at + step])
    await out.end()


def _part(request: Request, content: bytes) -> tuple[bytes, int, dict[str, str]]:
    asked = re.fullmatch(r"bytes=(\d+)-(\d*)", request.headers.get("range", ""))
    if asked is None:
        return content, 200, {}
    first, last = int(asked[1]), int(asked[2] or len(content) - 1)
    if first >= len(content):
        return b"", 416, {"content-range": f"bytes */{len(content)}"}
    last = min(last, len(content) - 1)
    return content[first : last + 1], 206, {"content-range": f"bytes {first}-{last}/{len(content)}"}
