"""Arming needs two keys; an unarmed point does nothing; an armed one goes off once."""

import os
import signal
import socket
from pathlib import Path

import pytest

from state.errors import DatabaseDown, ProviderError, SettingInvalid, StaleReview, StoreUnreachable
from tools import faults
from tools.settings import Settings


@pytest.fixture(autouse=True)
def disarmed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "_charge", None)


def arm(folder: Path, fault: str) -> None:
    (folder / faults.LOG_NAME).touch()
    faults.arm(Settings(data_dir=folder, fault=fault))


def lines(folder: Path) -> list[list[str]]:
    return [line.split() for line in (folder / faults.LOG_NAME).read_text().splitlines()]


class Asked:
    """Counts how often it is asked for something."""

    def __init__(self, error: Exception | None = None) -> None:
        self.times, self.error = 0, error

    async def __call__(self) -> None:
        self.times += 1
        if self.error is not None:
            raise self.error


async def test_unarmed_points_are_passed_and_look_at_nothing() -> None:
    again = Asked()
    for point in faults.POINTS:
        await faults.fault_point(point, wire=pytest.fail, again=again)
        faults.fault_point_here(point)
    assert again.times == 0


def test_the_setting_alone_arms_nothing(tmp_path: Path) -> None:
    with pytest.raises(SettingInvalid, match=r"put an empty faults\.log in the data folder"):
        faults.arm(Settings(data_dir=tmp_path, fault="after_post"))


@pytest.mark.parametrize("fault", ["nowhere", "after_post:0", "after_post:x", "after_post:-1", "=kill"])
def test_an_unknown_point_is_refused(fault: str, tmp_path: Path) -> None:
    with pytest.raises(SettingInvalid, match="is no fault point; known are before_intent"):
        arm(tmp_path, fault)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("after_post=explode", "'explode' cannot happen at after_post; there are kill, freeze, delay, cut"),
        ("after_end=cut", "there are kill, freeze, delay (delay"),
        ("after_post=twice", "'twice' cannot happen"),
        ("after_post=delay", "'delay' cannot happen"),
        ("after_post=delay:soon", "cannot happen"),
        ("after_post=kill:9", "cannot happen"),
    ],
)
def test_an_action_that_cannot_happen_there_is_refused(fault: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(SettingInvalid) as refused:
        arm(tmp_path, fault)
    assert told in refused.value.message


@pytest.mark.parametrize(
    ("fault", "number"), [("after_id:2", signal.SIGKILL), ("after_id:2=freeze", signal.SIGSTOP)]
)
async def test_the_nth_hit_sends_its_signal_once(
    fault: str, number: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The signals themselves are seen where processes are killed and frozen."""
    sent: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "kill", lambda pid, what: sent.append((pid, what)))
    arm(tmp_path, fault)
    for point in ("after_id", "after_post"):
        await faults.fault_point(point)
    assert sent == []
    for _ in range(3):
        await faults.fault_point("after_id")
    assert sent == [(os.getpid(), number)]
    [[point, pid, action, at]] = lines(tmp_path)
    assert (point, pid, action) == ("after_id", str(os.getpid()), "freeze" if "=" in fault else "kill")
    assert float(at) > 0


@pytest.mark.parametrize(
    ("point", "error"),
    [
        ("after_intent", DatabaseDown),
        ("before_post", ProviderError),
        ("after_post", ProviderError),
        ("before_put", StoreUnreachable),
        ("before_link", OSError),
    ],
)
async def test_a_cut_is_heard_as_from_what_is_out_of_reach(
    point: str, error: type[Exception], tmp_path: Path
) -> None:
    arm(tmp_path, f"{point}=cut")
    with pytest.raises(error, match=f"cut at the fault point {point}"):
        await faults.fault_point(point)
    await faults.fault_point(point)
    arm(tmp_path, f"{point}=cut")
    with pytest.raises(error):
        faults.fault_point_here(point)


async def test_a_request_that_never_left_and_a_lost_answer_are_told_apart(tmp_path: Path) -> None:
    for point, kind in (("before_post", "not_sent"), ("after_post", "ambiguous")):
        arm(tmp_path, f"{point}=cut")
        with pytest.raises(ProviderError) as raised:
            await faults.fault_point(point)
        assert raised.value.kind == kind


async def test_a_cut_breaks_the_connection_that_is_used_next(tmp_path: Path) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        arm(tmp_path, "before_checkpoint=cut")
        await faults.fault_point("before_checkpoint", wire=ours.fileno)
        assert theirs.recv(1) == b""
        with pytest.raises(BrokenPipeError):
            ours.send(b"x")


async def test_a_delay_passes(tmp_path: Path) -> None:
    arm(tmp_path, "after_id=delay:1")
    await faults.fault_point("after_id")
    arm(tmp_path, "after_id=delay:1")
    faults.fault_point_here("after_id")
    assert [line[2] for line in lines(tmp_path)] == ["delay", "delay"]


@pytest.mark.parametrize("error", [None, StaleReview()])
async def test_twice_does_it_once_more_and_a_refusal_is_an_answer(
    error: Exception | None, tmp_path: Path
) -> None:
    again = Asked(error)
    arm(tmp_path, "after_accept=twice")
    for _ in range(2):
        await faults.fault_point("after_accept", again=again)
    assert again.times == 1
