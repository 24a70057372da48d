"""Lines of the doctor about settings, secrets, keys and workers."""

from pathlib import Path

import pytest

from server.vitals.doctor import _workers, check_set_up
from tests.builders import A_MASTER_KEY
from tools.db.doctor import Check
from tools.settings import Settings


def lines(**settings: object) -> dict[str, Check]:
    return {check.name: check for check in check_set_up(Settings(**settings))}  # type: ignore[arg-type]


def test_a_machine_of_ones_own_is_well(tmp_path: Path) -> None:
    found = lines(data_dir=tmp_path)
    assert {name: check.status for name, check in found.items()} == dict.fromkeys(found, "ok")
    assert "offline" in found["keys"].message


def test_a_server_that_is_open_to_the_network_is_warned_of(tmp_path: Path) -> None:
    assert lines(data_dir=tmp_path, host="0.0.0.0")["settings"].status == "warning"  # noqa: S104
    with_accounts = lines(data_dir=tmp_path, host="0.0.0.0", auth_mode="token", master_key=A_MASTER_KEY)  # noqa: S104
    assert with_accounts["settings"].status == "ok"


def test_settings_that_cannot_be_are_failed_in_one_sentence(tmp_path: Path) -> None:
    found = lines(data_dir=tmp_path, cors_origins="*")["settings"]
    assert (found.status, "GREENLIGHT_CORS_ORIGINS" in found.message) == ("failed", True)


def test_accounts_without_a_master_key_are_warned_of(tmp_path: Path) -> None:
    found = lines(data_dir=tmp_path, auth_mode="token")["secrets"]
    assert (found.status, "GREENLIGHT_MASTER_KEY" in found.remedy) == ("warning", True)


def test_a_secret_that_others_can_read_is_named(tmp_path: Path) -> None:
    kept = tmp_path / "link_secret"
    kept.write_text("x" * 64)
    kept.chmod(0o644)
    assert str(kept) in lines(data_dir=tmp_path)["secrets"].message
    kept.chmod(0o600)
    assert lines(data_dir=tmp_path)["secrets"].status == "ok"


def test_keys_are_named_and_never_shown(tmp_path: Path) -> None:
    found = lines(data_dir=tmp_path, fal_key="kanari-key")["keys"]
    set_ones, _, unset = found.message.partition("; ")
    assert set_ones == "set: FAL_KEY"
    assert unset == (
        "not set: OPENAI_API_KEY, GOOGLE_API_KEY, DEEPSEEK_API_KEY, GREENLIGHT_MODEL_SERVER_URL, "
        "REPLICATE_API_TOKEN"
    )
    assert "kanari" not in repr(found)


@pytest.mark.parametrize(
    ("states", "waits", "status"),
    [
        (["working"], 3.0, "ok"), ([], None, "ok"), ([], 3.0, "failed"), (["lost"], 3.0, "failed"),
        (["draining"], 3.0, "failed"), (["working", "lost"], None, "warning"),
    ],
)  # fmt: skip
def test_a_queue_without_a_worker_fails_and_a_lost_worker_warns(
    states: list[str], waits: float | None, status: str
) -> None:
    check = _workers(states, waits=waits, held=0)
    assert (check.status, bool(check.remedy)) == (status, status != "ok")
