"""The pictures that go with an order, as Google takes them: inside the request, in base64."""

import asyncio
import base64
from collections.abc import Sequence

from state.errors import ProviderMisconfigured
from state.media import MediaRef
from tools.engines.files import Files

PICTURES = ("image/png", "image/jpeg", "image/webp")
MOST_BYTES = 14 * 1024 * 1024
"""Of all pictures together: a request may have 20 MB, and base64 makes four bytes of three."""


def as_many(references: Sequence[MediaRef], most: int, *, taken_bytes: int = 0) -> list[MediaRef]:
    """As many of the first as a model takes and as one request holds."""
    sent: list[MediaRef] = []
    for one in references[: max(0, most)]:
        taken_bytes += one.size_bytes
        if taken_bytes > MOST_BYTES:
            break
        sent.append(one)
    return sent


def left_out(references: Sequence[MediaRef], sent: Sequence[MediaRef]) -> dict[str, list[str]]:
    """What a result says of references that were not sent; nothing where all were."""
    rest = [one.key for one in references[len(sent) :]]
    return {"left_out": rest} if rest else {}


def picture_problems(named: dict[str, MediaRef | None]) -> list[str]:
    """What is wrong with pictures by the names of their fields; one sentence each."""
    given = {name: one for name, one in named.items() if one is not None}
    wrong = [
        f"{name}: {one.mime} is no picture that Google takes; allowed are {', '.join(PICTURES)}"
        for name, one in given.items()
        if one.mime not in PICTURES
    ]
    total = sum(one.size_bytes for one in given.values())
    if total > MOST_BYTES:
        wrong.append(f"{next(iter(given))}: {total} bytes of pictures are more than {MOST_BYTES}")
    return wrong


async def encoded(media: MediaRef, files: Files, *, model: str) -> str:
    """The content of a stored file in base64.

    Raises:
        ProviderMisconfigured: `invalid`, it was not brought to this machine.
    """
    if media.key not in files:
        raise ProviderMisconfigured(
            f"{media.key} is not at hand, so nothing was sent.", provider="google", model=model,
            kind="invalid",
        )  # fmt: skip
    content = await asyncio.to_thread(files[media.key].read_bytes)
    return base64.b64encode(content).decode()
