"""The first signal asks, the second hurries, the third is the system's."""

import signal

from server.runs.stop_signals import SIGNALS, StopSignals


async def test_the_first_asks_and_the_second_hurries():
    heard: list[str] = []
    with StopSignals() as signals:
        signals.on_first = lambda: heard.append("asked")
        signals.on_second = lambda: heard.append("hurried")
        signals.hear()
        assert (signals.asked.is_set(), heard) == (True, ["asked"])
        signals.hear()
        assert heard == ["asked", "hurried"]
        assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL, "a third one kills"


async def test_who_comes_late_is_told_what_was_asked_before():
    """A signal may come while the house is opened."""
    heard: list[str] = []
    with StopSignals() as signals:
        signals.hear()
        signals.on_first = lambda: heard.append("asked")
    assert heard == ["asked"]


async def test_afterwards_signals_are_what_they_were():
    with StopSignals():
        assert signal.getsignal(signal.SIGTERM) != signal.SIG_DFL, "the control"
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    assert len(SIGNALS) == 2
