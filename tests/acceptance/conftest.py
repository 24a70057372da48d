"""The house for a walk, with one voice model for all of them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.composition import Parts
from tests.acceptance.studio_lot import house


@pytest.fixture(scope="session")
def voice_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture
async def parts(database_url: str, tmp_path: Path, voice_models: Path) -> AsyncIterator[Parts]:
    async with house(database_url, tmp_path / "data", voice_models) as opened:
        yield opened
