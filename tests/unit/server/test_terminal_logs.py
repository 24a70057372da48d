"""What a person at a terminal gets to see of the logs."""

from server.cli.running import quiet
from tools.settings import Settings


def test_a_terminal_shows_warnings_only():
    assert quiet(Settings(_env_file=None)).log_level == "WARNING"


def test_a_level_that_was_asked_for_is_kept():
    assert quiet(Settings(_env_file=None, log_level="INFO")).log_level == "INFO"
