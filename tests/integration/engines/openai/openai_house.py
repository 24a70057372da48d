"""The engine as orders call it, beside the vendor it buys from."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from state.order import ImageRequest, VoiceRequest
from tests.builders import a_voice_request, an_image_request
from tests.contracts.handed import Handed
from tests.standins.model_vendors import Vendors
from tools.engines.base import Fetched
from tools.engines.files import NO_FILES, Files

Request = ImageRequest | VoiceRequest


@dataclass
class House:
    """The engine, who it buys from, and where its files come to."""

    vendors: Vendors
    engine: Handed
    folder: Path

    def plan(self, *faults: Any) -> None:
        self.vendors.openai.faults += faults

    async def submit(self, request: Request, files: Files = NO_FILES) -> str:
        return await self.engine.submit(request, call_key="p:stage:1:first", files=files)

    async def made(self, request: Request, files: Files = NO_FILES) -> Fetched:
        external_id = await self.submit(request, files)
        assert (await self.engine.wait(external_id)).state == "succeeded"
        return await self.engine.fetch(external_id, self.folder / "fetched")

    @property
    def posts(self) -> int:
        return self.vendors.books.posted

    @property
    def asked(self) -> dict[str, Any]:
        """What the last order said."""
        return dict(self.vendors.openai.requests[-1].body)


def a_panel(**changes: Any) -> ImageRequest:
    return an_image_request(**{"provider": "openai", "model": "gpt-image-1-mini", **changes})


def a_line(**changes: Any) -> VoiceRequest:
    fields = {"provider": "openai", "model": "gpt-4o-mini-tts", "voice_id": "coral", **changes}
    return a_voice_request(**fields)
