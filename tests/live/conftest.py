"""Live tests are left out unless they are asked for by name; at the end they say what they cost."""

from collections.abc import Callable

import pytest

from state.cost import Money
from tests.live.paths import Paid

PAID = pytest.StashKey[list[Paid]]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without `-m live` no test may spend."""
    if "live" in config.getoption("markexpr"):
        return
    spending = [item for item in items if item.get_closest_marker("live")]
    items[:] = [item for item in items if item not in spending]
    config.hook.pytest_deselected(items=spending)


@pytest.fixture
def paid(pytestconfig: pytest.Config) -> Callable[[Paid], None]:
    """Keeps what a call cost for the end."""
    return pytestconfig.stash.setdefault(PAID, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """One line per call, and the sum."""
    calls = config.stash.get(PAID, [])
    if not calls:
        return
    terminalreporter.section("what it cost")
    for one in calls:
        terminalreporter.write_line(str(one))
    total = sum((one.cost for one in calls), Money())
    terminalreporter.write_line(f"{len(calls)} calls, ${total.as_usd():f}")
