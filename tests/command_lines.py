"""What is collected for a command line, in an order in which fixtures are found.

Fixtures of a conftest belong to the folder as it was first entered (pytest 9.1). A command line that names
files of a folder, then others, then more of that folder enters it twice: the second time it has no fixtures.
"""

from pathlib import Path

import pytest


def walk_once(config: pytest.Config) -> None:
    """Enter each folder once, however the command line jumps."""
    config.args[:] = in_one_walk(config.args, config.invocation_params.dir)


def in_one_walk(args: list[str], here: Path) -> list[str]:
    """The same, with everything below a folder in one stretch."""
    return sorted(args, key=lambda arg: (here / arg.partition("::")[0]).resolve().parts)
