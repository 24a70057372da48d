"""What is wrong before the start is said in one sentence."""

import os
import socket
from pathlib import Path
from typing import Any

import pytest
import structlog

from server.app import own_hosts
from server.composition import open_parts
from server.startup import check_folder, check_port, check_settings, is_loopback
from state.errors import DatabaseDown, FolderUnwritable, PortTaken, SettingInvalid
from tests.builders import A_MASTER_KEY
from tools.settings import Settings, read_settings

MAIL = {"smtp_host": "mail.example.org", "smtp_from": "studio@example.org"}


@pytest.mark.parametrize(
    ("wrong", "variable"),
    [({"smtp_host": "mail.example.org"}, "SMTP_FROM"), ({**MAIL, "smtp_user": "u"}, "SMTP_PASSWORD"),
     ({**MAIL, "smtp_user": "u", "smtp_password": "p", "smtp_security": "none"}, "SMTP_SECURITY"),
     ({**MAIL, "host": "0.0.0.0"}, "PUBLIC_URL")],  # noqa: S104  # what is refused
)  # fmt: skip
def test_accounts_that_would_not_be_safe_are_refused(wrong: dict[str, Any], variable: str) -> None:
    with pytest.raises(SettingInvalid, match=f"GREENLIGHT_{variable} "):
        check_settings(Settings.model_validate({"auth_mode": "token", **wrong}))


def test_accounts_that_are_whole_are_started_without_a_word() -> None:
    """The control; and what is not whole but works is warned of."""
    public = {"auth_mode": "token", "host": "0.0.0.0"}  # noqa: S104  # behind https
    with structlog.testing.capture_logs() as lines:
        whole = {**public, **MAIL, "public_url": "https://studio.example.org", "master_key": A_MASTER_KEY}
        check_settings(Settings.model_validate(whole))
        assert lines == []
        check_settings(Settings.model_validate(public))
    assert [line["event"] for line in lines] == ["no_mail", "not_encrypted", "no_master_key"]


@pytest.mark.parametrize(
    ("name", "said"),
    [("gpt-4o", "does not work with gpt-4o: models of the GPT-4 family are refused"),
     ("own/gpt-4.1", "GPT-4 family are refused"), ("gpt-99", "No text model is named 'gpt-99'; known are"),
     ("openai", "No text model is named 'openai'"), ("live", "No text model is named 'live'")],
)  # fmt: skip
def test_a_default_language_model_that_cannot_be_had_keeps_the_process_from_starting(
    name: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_MODEL", name)
    with pytest.raises(SettingInvalid) as caught:
        check_settings(read_settings())
    assert caught.value.message.startswith("OPENAI_MODEL: ")
    assert said in caught.value.message
    assert caught.value.user_action.startswith("Set OPENAI_MODEL")


@pytest.mark.parametrize("name", ["gpt-5-mini", "gemini-2.5-pro", "own/llama-3.3-70b", "offline-writer", ""])
def test_a_default_language_model_that_there_is_starts(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control; an empty one is as none."""
    monkeypatch.setenv("OPENAI_MODEL", name)
    check_settings(read_settings())


async def test_whoever_works_refuses_it_and_whoever_only_looks_does_not_ask(tmp_path: Path) -> None:
    """`greenlight resume` and `answer` open a house without `check_settings`."""
    nowhere = "postgresql://u@127.0.0.1:9/x"
    wrong = Settings(openai_model="gpt-4o", database_url=nowhere, data_dir=tmp_path)
    with pytest.raises(SettingInvalid, match="OPENAI_MODEL"):
        async with open_parts(wrong):
            pass
    with pytest.raises(DatabaseDown):
        async with open_parts(wrong, works=False):
            pass


@pytest.mark.parametrize("field", ["auth_secret", "auth_secret_before"])
def test_a_short_secret_signs_nothing(field: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"GREENLIGHT_{field.upper()}", "too short")
    with pytest.raises(SettingInvalid, match=f"GREENLIGHT_{field.upper()}") as caught:
        read_settings()
    assert "too short" not in caught.value.message.replace("too_short", "")


@pytest.mark.parametrize("accounts", ["none", "token"])
def test_a_master_key_that_is_none_is_told_at_the_start_and_not_shown(accounts: str) -> None:
    with pytest.raises(SettingInvalid, match="GREENLIGHT_MASTER_KEY: key 2 is 5 bytes long") as caught:
        check_settings(
            Settings.model_validate({"auth_mode": accounts, "master_key": f"{A_MASTER_KEY},c2hvcnQ="})
        )
    assert "c2hvcnQ" not in str(caught.value)


def test_a_host_that_others_can_reach_is_warned_of() -> None:
    with structlog.testing.capture_logs() as lines:
        check_settings(Settings(host="0.0.0.0"))  # noqa: S104  # what is warned of
        check_settings(Settings(host="127.0.0.1"))
    assert [line["event"] for line in lines] == ["open_to_the_network"]
    assert "there is no login" in lines[0]["advice"]


@pytest.mark.parametrize(
    ("host", "only_here"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True), ("0.0.0.0", False),  # noqa: S104
     ("192.168.1.2", False), ("::", False), ("example.org", False)],
)  # fmt: skip
def test_loopback(host: str, only_here: bool) -> None:
    assert is_loopback(host) is only_here


def test_a_port_in_use_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=f"Port {port} on 127.0.0.1 cannot be used"):
            check_port("127.0.0.1", port)
    check_port("127.0.0.1", port)


def test_a_folder_is_made_and_left_clean(tmp_path: Path) -> None:
    check_folder(tmp_path / "new" / "data")
    assert list((tmp_path / "new" / "data").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("in the way")
    with pytest.raises(FolderUnwritable, match="cannot be written to"):
        check_folder(file / "data")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(FolderUnwritable, match="Permission denied"):
        check_folder(tmp_path / "data")


def test_a_loopback_service_knows_its_names() -> None:
    assert own_hosts(Settings(public_url="https://studio.example.org:8443/x")) == [
        "localhost", "127.0.0.1", "[::1]", "::1", "studio.example.org",
    ]  # fmt: skip
