"""Arming needs two keys; an unarmed point does nothing."""

from pathlib import Path

import pytest

from state.errors import SettingInvalid
from tools import faults
from tools.settings import Settings


def settings(folder: Path, fault: str) -> Settings:
    return Settings(data_dir=folder, fault=fault)


async def test_unarmed_points_are_passed() -> None:
    for point in faults.POINTS:
        await faults.fault_point(point)


def test_the_setting_alone_arms_nothing(tmp_path: Path) -> None:
    with pytest.raises(SettingInvalid, match=r"put an empty faults\.log in the data folder"):
        faults.arm(settings(tmp_path, "after_post"))


@pytest.mark.parametrize("fault", ["nowhere", "after_post:0", "after_post:x", "after_post:-1"])
def test_an_unknown_point_is_refused(fault: str, tmp_path: Path) -> None:
    (tmp_path / "faults.log").touch()
    with pytest.raises(SettingInvalid, match="is no fault point; known are before_intent"):
        faults.arm(settings(tmp_path, fault))


async def test_the_nth_hit_goes_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kill itself is seen in `tests/integration/orders/test_order_kill.py`."""
    (tmp_path / "faults.log").touch()
    gone: list[str] = []
    monkeypatch.setattr(faults, "_go_off", lambda charge: gone.append(charge.point))
    faults.arm(settings(tmp_path, "after_post:2"))
    for point in ("after_post", "after_id"):
        await faults.fault_point(point)
    assert gone == []
    await faults.fault_point("after_post")
    assert gone == ["after_post"]
    faults.arm(settings(tmp_path, ""))
