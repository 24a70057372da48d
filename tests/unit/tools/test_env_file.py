"""Settings from a file: the example is a valid one, and a wrong value is named."""

import shutil
from pathlib import Path

import pytest

from state.errors import SettingInvalid
from tools.settings import Settings, read_settings

ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_copy_of_the_example_changes_nothing(folder: Path):
    unset = Settings()
    shutil.copy(ROOT / ".env.example", folder / ".env")
    assert Settings() == unset


def test_a_value_in_the_file_counts_and_the_environment_wins(folder: Path, monkeypatch: pytest.MonkeyPatch):
    (folder / ".env").write_text("GREENLIGHT_PORT=9001\nOPENAI_MODEL=gpt-5-mini\n")
    assert (Settings().port, Settings().openai_model) == (9001, "gpt-5-mini")
    monkeypatch.setenv("GREENLIGHT_PORT", "9002")
    assert Settings().port == 9002


def test_a_wrong_value_in_the_file_is_named(folder: Path):
    (folder / ".env").write_text("GREENLIGHT_PORT=70000\n")
    with pytest.raises(SettingInvalid, match="GREENLIGHT_PORT"):
        read_settings()


@pytest.mark.parametrize("url", ["https://farm.example", "http://127.0.0.1:9000", "http://localhost:9000"])
def test_a_farm_is_asked_over_https_or_on_this_machine(folder: Path, url: str):
    assert Settings(previz_url=url).previz_url == url


@pytest.mark.parametrize("url", ["http://farm.example", "http://10.0.0.5:9000", "ftp://127.0.0.1/x", "farm"])
def test_a_farm_elsewhere_is_never_asked_over_plain_http(
    folder: Path, url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GREENLIGHT_PREVIZ_URL", url)
    with pytest.raises(SettingInvalid, match="GREENLIGHT_PREVIZ_URL"):
        read_settings()
