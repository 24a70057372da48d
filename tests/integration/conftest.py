"""What every integration test leaves as it was."""

from collections.abc import Iterator

import pytest

from tests.visitors import ask_as


@pytest.fixture(autouse=True)
def the_local_user_asks() -> Iterator[None]:
    """Whoever a test let ask, the next one is the local user's again."""
    yield
    ask_as()
