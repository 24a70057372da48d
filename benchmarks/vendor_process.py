"""The stand-in vendors as a process of their own, so that what they spend is not ours.

    python -m benchmarks.vendor_process

It prints one line of JSON with its addresses and keys. Each line on its standard input is an order:
`{"mode": "plain" | "gated" | "paced"}` says how the next answers leave, `{"do": "open"}` lets the piece that
is held leave, `{"do": "last"}` asks for the body of the last request. What happens is told in lines:
`asked`, `left` (with the moment at which the first piece left), `body`.
"""

import asyncio
import json
import sys
import time
from typing import Any

from tests.standins.model_vendors import Asked, Said, ToolCall, Vendors, model_vendors_here

PIECES, PIECE_CHARS = 200, 16
"""About four tokens each, as the stand-ins count them."""
BEHIND_ROLE_S = 0.01
"""So long after the role, which is a piece of its own, the first words of a held answer follow."""
MARK = "The first words"


def advice(chars: int) -> dict[str, Any]:
    """An answer of the fallback handler, so long."""
    words = (MARK + " of this advice, and then many more of them. " * (chars // 40))[:chars]
    return {
        "userMessage": words,
        "errorAnalysis": {"type": "refused", "rootCause": "the words", "affectedComponent": "the engine"},
        "solution": {"immediate": "Try it with milder words.", "longTerm": "Keep to what is seen."},
        "suggestedActions": ["retry"], "needsInternetSearch": False, "parameters": {}, "prompt": "",
    }  # fmt: skip


SHORT = json.dumps(advice(200))
LONG = json.dumps(advice(PIECES * PIECE_CHARS - len(json.dumps(advice(0)))))


class Brain:
    """Says the same advice to everybody: at once, when it is let, or at a pace."""

    def __init__(self) -> None:
        self.mode, self.every_s = "plain", 0.0
        self.opened = asyncio.Semaphore(0)

    async def __call__(self, asked: Asked) -> Said:
        tell({"told": "asked"})
        if self.mode == "gated":
            await self.opened.acquire()
        text = LONG if self.mode == "paced" else SHORT
        pieces = tuple(text[at : at + PIECE_CHARS] for at in range(0, len(text), PIECE_CHARS))
        held = {"gated": self._held, "paced": self._paced}.get(self.mode)
        if asked.tool_choice not in ("auto", "none"):
            return Said(calls=(ToolCall(asked.tool_choice, text),), before_piece=held)
        return Said(text=text, pieces=pieces, before_piece=held)

    async def _held(self, number: int) -> None:
        if number == 1:
            await self.opened.acquire()
        if number == 0:
            await asyncio.sleep(BEHIND_ROLE_S)
            tell({"told": "left", "at": time.monotonic()})

    async def _paced(self, number: int) -> None:
        await asyncio.sleep(self.every_s)


def tell(said: dict[str, Any]) -> None:
    print(json.dumps(said), flush=True)


async def obey(vendors: Vendors, brain: Brain) -> None:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    while line := await reader.readline():
        order = json.loads(line)
        if "mode" in order:
            brain.mode, brain.every_s = order["mode"], order.get("every_s", 0.0)
            tell({"told": "mode"})
        elif order["do"] == "open":
            brain.opened.release()
        elif order["do"] == "last":
            tell({"told": "body", "body": vendors.books.requests[-1].body})


async def main() -> None:
    brain = Brain()
    async with model_vendors_here(brain) as vendors:
        urls = {vendor.name: {"url": vendor.url, "key": vendor.key} for vendor in vendors.all}
        urls["openai"]["url"] += "/v1"
        tell(urls)
        await obey(vendors, brain)


if __name__ == "__main__":
    asyncio.run(main())
