"""A job whose id was lost, looked for in the account's list: the same model, the same input, young enough.

Replicate has no key of ours to look for. It echoes the input, which holds a seed derived from the order where
the model takes one. Files are compared by their digest: the same file lies at another address each time that
it is brought. When in doubt a job counts as found, because the other mistake is to pay twice.
"""

import base64
import binascii
import hashlib
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from state.errors import ProviderTimeout
from state.media import MediaRef
from tools.clock import Clock
from tools.engines.base import CannotTell
from tools.engines.live.schema import schemas
from tools.engines.live.wire import Wire
from tools.engines.replicate.failures import PROVIDER, raise_unless_good
from tools.engines.replicate.inputs import INPUTS, Asked
from tools.engines.replicate.predictions import Told, is_forgotten, moment
from tools.engines.replicate.uploads import Uploads

MOST_PAGES = 50
"""Of a hundred jobs each; more than fifty since the order, and nobody can say."""


class Finder:
    """Looks through the list of predictions."""

    def __init__(self, wire: Wire, uploads: Uploads, clock: Clock) -> None:
        self._wire, self._uploads, self._clock = wire, uploads, clock

    async def found(self, asked: Asked, *, since: datetime) -> list[str]:
        """The ids of jobs that may be this order, the newest first.

        Raises:
            CannotTell: some since then have lost their inputs, and none of the others is it.
            ProviderError: the list cannot be read.
        """
        found, blank = [], False
        async for told in self._listed(since):
            if not _may_be_of(told.get("model"), asked):
                continue
            if is_forgotten(told, now=self._clock.now()) and not told.get("input"):
                blank = True
            elif await self._is_same(told, asked):
                found.append(str(told["id"]))
        if blank and not found:
            raise CannotTell("Replicate has removed the inputs of jobs among which this one may be")
        return found

    async def _listed(self, since: datetime) -> AsyncIterator[Told]:
        params: dict[str, str] = {}
        for _ in range(MOST_PAGES):
            answer = await self._wire.get("v1/predictions", params=params)
            raise_unless_good(answer, now=self._clock.now())
            page = answer.json()
            jobs = _jobs(page.get("results"))
            young = [one for one in jobs if _is_since(one, since)]
            for told in young:
                yield told
            params = _next(page.get("next"))
            if not params or (jobs and not young):
                return
        raise CannotTell(f"Replicate lists more than {MOST_PAGES} pages of jobs since the order")

    async def _is_same(self, told: Told, asked: Asked) -> bool:
        theirs = told.get("input")
        if not isinstance(theirs, dict) or not told.get("id"):
            return False
        if any(theirs.get(name) != value for name, value in asked.plain.items()):
            return False
        for name, field in asked.schema.fields.items():
            if field.kind in ("file", "files") and not await self._same_files(theirs.get(name), asked, name):
                return False
        return True

    async def _same_files(self, theirs: Any, asked: Asked, name: str) -> bool:
        ours = asked.files.get(name, [])
        media = ours if isinstance(ours, list) else [ours]
        there = theirs if isinstance(theirs, list) else [theirs] if theirs else []
        if len(there) != len(media):
            return False
        pairs = zip(there, media, strict=True)
        return all([await self._same_file(address, one) for address, one in pairs])

    async def _same_file(self, address: Any, media: MediaRef) -> bool:
        """What lies where we cannot read its digest may be it."""
        if not isinstance(address, str):
            return True
        if address.startswith("data:"):
            return _digest_inside(address) in ("", media.sha256)
        return await self._uploads.sha256_of(address, now=self._clock.now()) in ("", media.sha256)


def _jobs(results: Any) -> list[Told]:
    if not isinstance(results, list):
        words = "Replicate sent a list of jobs that is none."
        raise ProviderTimeout(words, provider=PROVIDER, kind="ambiguous")
    return [one for one in results if isinstance(one, dict)]


def _may_be_of(model: Any, asked: Asked) -> bool:
    """A model may be shown under another name than it was ordered by (recorded), but not under another's."""
    return model == asked.schema.vendor or str(model) not in schemas(INPUTS)


def _is_since(told: Told, since: datetime) -> bool:
    made = moment(told.get("created_at"))
    return made is None or made >= since


def _next(address: Any) -> dict[str, str]:
    """Of the next page's address its cursor alone: the key goes to no host that an answer names."""
    query = urlsplit(address).query if isinstance(address, str) else ""
    return {name: values[0] for name, values in parse_qs(query).items()}


def _digest_inside(address: str) -> str:
    try:
        return hashlib.sha256(base64.b64decode(address.partition(",")[2], validate=True)).hexdigest()
    except (binascii.Error, ValueError):
        return ""
