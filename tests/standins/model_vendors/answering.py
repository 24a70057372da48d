"""From the plan of an answer to its last byte, and what a fault does on the way."""

import asyncio
import json
from typing import TYPE_CHECKING

from tests.standins.model_vendors.dialects import NO_FAULT, Call, Wording
from tests.standins.model_vendors.faults import Fault
from tests.standins.model_vendors.wire import EVENTS

if TYPE_CHECKING:
    from tests.standins.model_vendors.vendor import Vendor

ON_THE_WAY = ("hang", "cut", "broken_event", "failed")
HALF = b'{"id": "half an ans'


async def answer(vendor: "Vendor", call: Call) -> None:
    """Answer as the fault allows; every call that is billed has its invoice before its last byte."""
    if call.fault.kind == "hang" and call.fault.after is None:
        await _hang(vendor, call)
    if call.fault is not NO_FAULT and call.fault.kind not in ON_THE_WAY:
        await _break(vendor, call)
    elif call.plan.asked.stream:
        await _stream(vendor, call)
    else:
        await _reply(vendor, call)


async def _hang(vendor: "Vendor", call: Call) -> None:
    if call.fault.billed:
        vendor.bill(call, "hangs")
    await _until_released(call.fault)


async def _until_released(fault: Fault) -> None:
    await (fault.release.heard() if fault.release else asyncio.Event().wait())


async def _break(vendor: "Vendor", call: Call) -> None:
    """What takes the place of the answer when all the work is done."""
    fault, out, streams = call.fault, call.out, call.plan.asked.stream
    if fault.billed:
        vendor.bill(call, f"fault {fault.kind}")
    if fault.kind in ("status", "page"):
        await vendor.fail(call.kept, fault, out)
        return
    vendor.close(call.kept, f"fault {fault.kind}")
    if fault.kind == "unanswered":
        out.drop()
        return
    body = b"" if fault.kind == "empty" else (b"data: " + HALF + b"\n\n" if streams else HALF)
    await out.reply(200, body, EVENTS if streams else vendor.json_type)


async def _reply(vendor: "Vendor", call: Call) -> None:
    if call.fault.kind == "failed":
        raise vendor.failure(call.fault)
    if call.fault.kind == "hang" and call.fault.after is not None:
        await _hang(vendor, call)
    body = json.dumps(call.dialect.whole(call.plan)).encode()
    outcome = "cut" if call.fault.kind == "cut" else "answered"
    vendor.bill(call, outcome)
    vendor.close(call.kept, outcome)
    if outcome == "answered":
        await call.out.reply(200, body, vendor.headers(call))
        return
    await call.out.start(200, {**vendor.json_type, "content-length": str(len(body))})
    await call.out.piece(body[: len(body) // 2])
    call.out.drop()


async def _stream(vendor: "Vendor", call: Call) -> None:
    wording, left = call.dialect.stream(call.plan), 0
    await call.out.start(200, {**vendor.headers(call), "content-type": wording.content_type})
    try:
        await call.out.piece(wording.opening())
        if call.fault.kind == "failed":
            await _fail_inside(vendor, call, wording)
            return
        for number, piece in enumerate(call.plan.pieces):
            if await _interrupted(vendor, call, wording, number):
                return
            await _wait_before(call, number)
            left += 1
            await call.out.piece(wording.piece(piece))
        if await _interrupted(vendor, call, wording, max(left, call.fault.after or 0)):
            return
    except (ConnectionError, asyncio.CancelledError):
        vendor.bill(call, "client hung up", left)
        raise
    vendor.bill(call, "answered")
    vendor.close(call.kept, "answered")
    await call.out.piece(wording.closing())
    await call.out.end()


async def _wait_before(call: Call, number: int) -> None:
    waits = call.plan.said.before_piece
    waited = waits(number) if waits else None
    if waited is not None:
        await waited


async def _interrupted(vendor: "Vendor", call: Call, wording: Wording, number: int) -> bool:
    """What a fault does before piece `number`; whether the stream is over."""
    fault = call.fault
    if fault.after is None or number != fault.after:
        return False
    if fault.kind == "hang":
        await _until_released(fault)
    elif fault.kind == "broken_event":
        await call.out.piece(wording.broken())
    elif fault.kind == "cut":
        vendor.bill(call, "cut", number)
        vendor.close(call.kept, "cut")
        call.out.drop()
        return True
    return False


async def _fail_inside(vendor: "Vendor", call: Call, wording: Wording) -> None:
    vendor.close(call.kept, "fault failed")
    await call.out.piece(wording.failed(vendor.failure(call.fault)))
    await call.out.end()
