"""Where master keys come from, and what is said of one that is none."""

import base64
import stat
from pathlib import Path
from typing import Any

import pytest

from state.errors import FolderUnwritable, SettingInvalid, VaultClosed
from tests.builders import A_MASTER_KEY, OLDER_MASTER_KEY
from tools.redaction import Redactor, known_secrets
from tools.settings import Settings
from tools.vault.master_keys import master_key_id, read_master_keys

RAW, OLDER = base64.b64decode(A_MASTER_KEY), base64.b64decode(OLDER_MASTER_KEY)


def with_keys(tmp_path: Path, **chosen: Any) -> Settings:
    return Settings.model_validate({"data_dir": tmp_path, "auth_mode": "token", **chosen})


@pytest.mark.parametrize(
    "written",
    [A_MASTER_KEY, A_MASTER_KEY.rstrip("="), RAW.hex(), RAW.hex().upper(), f"  {A_MASTER_KEY}\n",
     base64.urlsafe_b64encode(RAW).decode()],
)  # fmt: skip
def test_base64_and_hex_are_the_same_key(tmp_path: Path, written: str):
    assert read_master_keys(with_keys(tmp_path, master_key=written)) == [RAW]


def test_several_are_read_in_their_order_from_either_place(tmp_path: Path):
    file = tmp_path / "keys"
    file.write_text(f"# since spring\n{A_MASTER_KEY}\n\n{OLDER.hex()}\n{A_MASTER_KEY}\n")
    assert read_master_keys(with_keys(tmp_path, master_key_file=file)) == [RAW, OLDER]
    listed = f"{OLDER_MASTER_KEY}, {A_MASTER_KEY}"
    assert read_master_keys(with_keys(tmp_path, master_key=listed)) == [OLDER, RAW]


@pytest.mark.parametrize(
    ("written", "problem"),
    [("correct.horse!", "neither base64 nor hex"), (A_MASTER_KEY[:-4], "30 bytes long"), ("ab" * 31, "long"),
     ("00" * 32, "not random"), (",", "holds no key"), ("schlüssel", "neither"), (RAW.hex() + "0", "")],
)  # fmt: skip
@pytest.mark.parametrize("place", ["master_key", "master_key_file"])
def test_what_is_no_key_is_named_and_not_shown(tmp_path: Path, place: str, written: str, problem: str):
    file = tmp_path / "keys"
    file.write_text(written, "utf-8")
    with pytest.raises(SettingInvalid) as caught:
        read_master_keys(with_keys(tmp_path, **{place: written if place == "master_key" else file}))
    words = f"{caught.value.message} {caught.value.user_action} {caught.value.details}"
    assert caught.value.details["setting"] == f"GREENLIGHT_{place.upper()}"
    assert problem in words or "no text" in words
    assert written == "," or written not in words


def test_two_places_and_no_file_are_refused(tmp_path: Path):
    both = with_keys(tmp_path, master_key=A_MASTER_KEY, master_key_file=tmp_path / "keys")
    with pytest.raises(SettingInvalid, match="set one of them"):
        read_master_keys(both)
    with pytest.raises(SettingInvalid, match="No such file"):
        read_master_keys(with_keys(tmp_path, master_key_file=tmp_path / "keys"))


def test_with_accounts_nobody_makes_one_and_without_it_is_kept_beside_the_data(tmp_path: Path):
    with pytest.raises(VaultClosed) as caught:
        read_master_keys(with_keys(tmp_path))
    assert "GREENLIGHT_MASTER_KEY" in caught.value.user_action
    alone = with_keys(tmp_path, auth_mode="none")
    made = read_master_keys(alone)
    assert read_master_keys(alone) == made
    assert len(made[0]) == 32
    file = tmp_path / "master_key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_text("spoilt")
    with pytest.raises(SettingInvalid, match="master_key: key 1 is"):
        read_master_keys(alone)


def test_a_folder_that_cannot_keep_one_says_so(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FolderUnwritable, match="cannot keep the master key"):
        read_master_keys(with_keys(tmp_path / "file" / "data", auth_mode="none"))


def test_no_settings_show_a_master_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GREENLIGHT_MASTER_KEY", f"{RAW.hex()},{OLDER.hex()}")
    shown = repr(Settings(data_dir=tmp_path))
    logged = Redactor(known_secrets(Settings(data_dir=tmp_path))).text(
        f"tried {OLDER.hex()} then {RAW.hex()}"
    )
    for key in (RAW.hex(), OLDER.hex()):
        assert key not in shown
        assert key not in logged
    assert Redactor().text(RAW.hex()) == RAW.hex(), "the control: nothing about it looks like a secret"


def test_an_id_tells_nothing_of_its_key():
    assert master_key_id(RAW) != master_key_id(OLDER)
    assert master_key_id(RAW) not in RAW.hex()
