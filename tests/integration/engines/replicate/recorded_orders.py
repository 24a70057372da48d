"""What is asked for each recording of Replicate, and what must be read from its answers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from state.errors import ProviderError
from tests.contracts.handed import Handed
from tests.integration.engines.replicate.replicate_shop import KEY, an_order, pictures
from tests.standins.cassette_player import exchanges
from tools.clock import SystemClock
from tools.engines.live.wire import Wire
from tools.engines.replicate import Replicate
from tools.engines.replicate.engine import AUTH
from tools.engines.replicate.uploads import Uploads
from tools.engines.replicate.versions import Versions

SDXL = "stability-ai/sdxl"
VERSION = "39ed52f2a78e934b3ba6e2a89f5b1c712de7dfea535525255b1aa35c5565e08b"
CORGI = an_order(
    "sdxl", prompt="a studio photo of a rainbow colored corgi", width=512, height=512, seed=42069
)


@dataclass(frozen=True)
class Line:
    """The adapter and its parts, in front of a recording."""

    engine: Handed
    bare: Replicate
    url: str
    folder: Path

    async def order(self) -> str:
        return await self.engine.submit(CORGI, call_key=KEY)

    async def looks(self, external_id: str, times: int) -> list[str]:
        return [(await self.engine.status(external_id)).state for _ in range(times)]

    async def newest(self, vendor: str = SDXL) -> str:
        return (await Versions(self.url).read(vendor, "newest")).id

    async def pinned(self) -> list[str]:
        return await self.bare.differences("sdxl")

    async def kind(self, asked: Awaitable[Any]) -> tuple[str, dict[str, Any]]:
        try:
            await asked
        except ProviderError as error:
            return error.kind, error.details
        return "none", {}

    async def brought(self) -> tuple[str, str]:
        """The address of a file that was brought, and the digest of what lies there."""
        wire = Wire("replicate", self.url, auth=AUTH)
        (media,), files = pictures(self.folder, "a", noisy=True)
        now = SystemClock().now()
        uploads = Uploads(wire)
        try:
            addresses = await uploads.addresses([media], files, now=now)
            return addresses[media.key], await uploads.sha256_of(addresses[media.key], now=now)
        finally:
            await wire.aclose()


@dataclass(frozen=True, kw_only=True)
class Case:
    """Some exchanges of a file, what asks for them, and what comes of it."""

    file: str
    plays: tuple[int | str, ...]
    asks: Callable[[Line], Awaitable[Any]]
    reads: Any

    @property
    def names(self) -> list[str]:
        return [f"replicate/{self.file} {one}" for one in self.plays]


async def cancelled(line: Line) -> tuple[str, list[str], str, None]:
    newest, gone, external_id = await line.newest(), await line.pinned(), await line.order()
    await line.engine.cancel(external_id)
    return newest, gone, external_id, None


async def created(line: Line) -> tuple[str, str, list[str], str]:
    return await line.newest(), await line.order(), await line.pinned(), await line.order()


async def ran(line: Line) -> tuple[str, list[str], list[str]]:
    external_id = await line.order()
    return external_id, await line.pinned(), await line.looks(external_id, 11)


NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
A_FILE = "https://api.replicate.com/v1/files/NGZiNmY2YzQtMThhZi00ZjcyLWFhZjktODg4NTY0NWNlMDEy"
OLDER = [
    f"{name}: {SDXL} has no such field any more" for name in ("disable_safety_checker", "replicate_weights")
]
"""The recordings of August 2023 describe the same version without them."""
RAN = ["queued", *["running"] * 9, "succeeded"]
CASES: tuple[Case, ...] = (
    Case(
        file="predictions_create_sdxl.yaml", plays=(0, 1, 2, 3), asks=created,
        reads=(VERSION, "vgcm4plb7tgzlyznry5d5jkgvu", OLDER, "vme6tftbgoggoxnjiwkzr6zrpa"),
    ),
    Case(
        file="predictions_get.yaml", plays=(0, 1),
        asks=lambda line: line.looks("vgcm4plb7tgzlyznry5d5jkgvu", 2), reads=["succeeded"] * 2,
    ),
    Case(
        file="predictions_cancel_sync.yaml", plays=(1, 2, 3, 4), asks=cancelled,
        reads=(VERSION, [], "hdwst0bb05rgp0cf0p29mzk2am", None),
    ),
    Case(file="run_image_model.yaml", plays=tuple(range(13)), asks=ran,
         reads=("azaq55dbukgxg6kubr4k6g3pby", OLDER, RAN)),
    Case(file="error_401.yaml", plays=(0,), asks=lambda line: line.kind(line.order()), reads=("auth", {})),
    Case(file="models_get.yaml", plays=(0,), asks=Line.newest, reads=VERSION),
    Case(file="models_get.yaml", plays=(1,), asks=lambda line: line.kind(line.newest("mattt/empty")),
         reads=("invalid", {})),
    Case(file="files_lifecycle.yaml", plays=(0, 1), asks=Line.brought, reads=(A_FILE, NOTHING)),
    Case(
        file="quoted_errors.json", plays=("throttled_low_credit",),
        asks=lambda line: line.kind(line.order()), reads=("throttled", {"retry_after_s": 5}),
    ),
)  # fmt: skip

ANSWERS: tuple[tuple[str, int, str, str], ...] = (
    ("official_model_create.yaml", 0, "heat2o3bzn3ahtr6bjfftvbaci", "queued"),
    ("official_model_create_wait10.yaml", 0, "kr2d2jhqbsrj60cjb2vtmekgh4", "running"),
    ("predictions_cancel_sync.yaml", 0, "heat2o3bzn3ahtr6bjfftvbaci", "queued"),
)
"""Orders of models of words, which we order none of: their answers alone are read, the id and the state."""


def body_of(file: str, number: int) -> bytes:
    """The body of one answer."""
    return exchanges(f"replicate/{file}")[number].body
