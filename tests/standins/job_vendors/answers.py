"""What a fault says in the place of an answer."""

import asyncio
from typing import TYPE_CHECKING

from tests.standins.job_vendors.faults import Fault
from tests.standins.model_vendors.books import Kept
from tests.standins.model_vendors.wire import JSON, Out

if TYPE_CHECKING:
    from tests.standins.job_vendors.vendor import JobVendor

HALF = b'{"id": "half an ans'
PAGE = "<html>\r\n<head><title>{status} Bad Gateway</title></head>\r\n<body>\r\n<center><h1>{status} Bad " \
    "Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"  # fmt: skip
REPLACES = ("dropped", "hangs", "status", "page", "garbage", "empty_body")
"""The kinds that take the place of an answer."""


async def fault_answer(
    vendor: "JobVendor", fault: Fault, kept: Kept, out: Out, *, good: int = 200, where: str = ""
) -> None:
    """Answer as the fault wants. What it is noted under is the job's id or the path. Raises `Rejected`."""
    vendor.books.happened(vendor.name, name_of(fault), fault.at, where or kept.path)
    vendor.close(kept, f"fault {name_of(fault)}")
    match fault.kind:
        case "dropped":
            out.drop()
        case "hangs":
            await (fault.release.heard() if fault.release else asyncio.Event().wait())
            out.drop()
        case "page":
            page = PAGE.format(status=fault.status).encode()
            await out.reply(fault.status, page, {"content-type": "text/html"})
        case "garbage":
            await out.reply(good, HALF, JSON)
        case "empty_body":
            await out.reply(good, b"", JSON)
        case _:
            raise vendor.failure(fault)


def name_of(fault: Fault) -> str:
    """The kind; of a status, the status and its meaning, and whether the job was taken all the same."""
    if fault.kind not in ("status", "page"):
        return fault.kind
    hint = " without a hint" if fault.code == "busy" and fault.retry_after_s is None else ""
    taken = " and taken" if fault.accepted else ""
    return f"{fault.kind} {fault.status}{hint}{taken}"
