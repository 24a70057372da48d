"""Any command line finds its fixtures."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command_lines import in_one_walk

ROOT = Path(__file__).parents[2]
JUMPS = ["a/b/test_one.py", "test_three.py", "a/test_two.py", "a/b/test_four.py"]
ONCE = "from tests.command_lines import walk_once as pytest_configure\n"


def a_tree(folder: Path, conftest: str) -> None:
    (folder / "a" / "b").mkdir(parents=True)
    for name in JUMPS:
        (folder / name).write_text("def test_it(lot): ...\n" if "/" in name else "def test_it(): ...\n")
    (folder / "conftest.py").write_text(conftest)
    (folder / "a" / "conftest.py").write_text("import pytest\n@pytest.fixture\ndef lot(): ...\n")


@pytest.mark.parametrize(("conftest", "found"), [(ONCE, True), ("", False)])
def test_a_folder_that_is_named_twice_has_its_fixtures(tmp_path: Path, conftest: str, found: bool) -> None:
    """Without: the control. Where it fails, pytest has mended it, and the order can go."""
    a_tree(tmp_path, conftest)
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly",
         "-p", "no:langsmith_plugin", "-p", "no:schemathesis", "--rootdir", str(tmp_path), *JUMPS],
        cwd=tmp_path, env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}, text=True,
        capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert ("4 passed" in run.stdout) is found, run.stdout
    assert ("fixture 'lot' not found" in run.stdout) is not found


def test_what_is_named_twice_in_one_file_stays_in_its_order() -> None:
    args = ["b/test_x.py::two", "a", "b/test_x.py::one"]
    assert in_one_walk(args, ROOT) == ["a", "b/test_x.py::two", "b/test_x.py::one"]
