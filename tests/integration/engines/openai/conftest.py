"""OpenAI's stand-in, and the engine as orders call it."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from state.media import MediaRef
from tests.contracts.handed import Handed
from tests.integration.engines.openai.openai_house import House
from tests.standins.model_vendors import Vendors, model_vendors_here
from tests.unit.standins.media_asking import png
from tools.engines.openai.engine import OpenAIEngine


@pytest.fixture
async def vendors() -> AsyncIterator[Vendors]:
    async with model_vendors_here() as started:
        yield started


@pytest.fixture
async def house(vendors: Vendors, tmp_path: Path) -> AsyncIterator[House]:
    engine = OpenAIEngine(f"{vendors.openai.url}/v1", spool=tmp_path / "spool")
    yield House(vendors, Handed(engine, vendors.openai.key), tmp_path)
    await engine.aclose()


@pytest.fixture
def pictures(tmp_path: Path) -> Callable[[int], tuple[list[MediaRef], dict[str, Path]]]:
    """So many stored pictures, and where they lie."""

    def made(count: int) -> tuple[list[MediaRef], dict[str, Path]]:
        content = png()
        refs = [
            MediaRef(
                key=f"image/u/{number}.png", mime="image/png", sha256=f"{number}", size_bytes=len(content)
            )
            for number in range(count)
        ]
        files = {ref.key: tmp_path / f"{ref.sha256}.png" for ref in refs}
        for path in files.values():
            path.write_bytes(content)
        return refs, files

    return made
