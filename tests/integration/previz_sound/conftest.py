"""One voice, loaded once, in a data folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.engines.previz.voice_process import VoiceProcess, voice_processes
from tools.settings import settings


@pytest.fixture(scope="session")
def sound_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data folder of these tests; the voice's process is ended afterwards."""
    folder = tmp_path_factory.mktemp("sound")
    yield folder
    voice_processes(folder / "models").close()


@pytest.fixture(autouse=True)
def own_settings(sound_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Settings that name the folder of these tests."""
    monkeypatch.setenv("GREENLIGHT_DATA_DIR", str(sound_folder))
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture
def voice_now(sound_folder: Path) -> Iterator[VoiceProcess]:
    """A voice process of its own."""
    voice = VoiceProcess(sound_folder / "models")
    yield voice
    voice.close()
