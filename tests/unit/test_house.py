"""The tree explains the system: the rooms exist, every room that ships says what it is for (D-01)."""

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("graphs", "nodes", "tools", "state", "server", "prompts", "tests")


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_is_there(room: str):
    assert (ROOT / room).is_dir()


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_belongs_there(room: str):
    assert (ROOT / room / "README.md").is_file()


def test_nothing_else_stands_at_the_top():
    known = {
        ".ci", ".dockerignore", ".env.example", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md",
        "Dockerfile", "LICENSE", "Makefile", "README.md", "benchmarks", "compose.yaml", "docs", "examples",
        "langgraph.json", "pyproject.toml", "requirements-run.lock", "requirements.lock",
    }  # fmt: skip
    git = shutil.which("git") or "git"
    listed = subprocess.run([git, "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    assert {name.partition("/")[0] for name in listed.stdout.split()} - set(ROOMS) == known


def test_only_settings_reads_the_environment():
    """The command line and worker processes may prepare a child's environment; nothing reads ours."""
    readers = [
        str(file.relative_to(ROOT))
        for room in ("state", "prompts", "tools", "nodes", "graphs", "server")
        for file in (ROOT / room).rglob("*.py")
        if "os.environ.get(" in file.read_text() or "os.getenv(" in file.read_text()
    ]
    assert readers == []


def test_the_lock_names_no_download_address():
    assert "://" not in (ROOT / "requirements.lock").read_text()


def test_the_lock_is_installed_whole_and_nothing_is_resolved_again():
    """A release of tomorrow that satisfies an extra's range must not be looked at on a fresh machine."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    extras = {name for name in asked if "[" in name}
    locked = (ROOT / "requirements.lock").read_text()
    assert extras
    assert all(f"\n{name.partition('[')[0]}[" in locked for name in extras)
    assert "--no-deps --require-hashes" in (ROOT / "Makefile").read_text()


def test_an_image_gets_the_same_versions_as_the_tests():
    tested, shipped = ((ROOT / name).read_text() for name in ("requirements.lock", "requirements-run.lock"))
    assert "://" not in shipped
    pins, known = (set(re.findall(r"(?m)^[\w.-]+(?:\[.*\])?==\S+", one)) for one in (shipped, tested))
    hashes = set(re.findall(r"--hash=\S+", shipped))
    bare = {re.sub(r"\[.*\]", "", pin) for pin in known}
    assert len(pins) > 100
    assert {re.sub(r"\[.*\]", "", pin) for pin in pins} <= bare
    assert hashes <= set(re.findall(r"--hash=\S+", tested))
    assert not re.search(r"(?m)^(?:pytest|ruff|mypy|playwright)\b", shipped)


def test_the_javascript_lock_holds_digests_and_no_download_address():
    folder = ROOT / "tests" / "javascript"
    asked = json.loads((folder / "package.json").read_text())["dependencies"]
    packages = json.loads((folder / "package-lock.json").read_text())["packages"]
    packages.pop("")
    assert {name: packages[f"node_modules/{name}"]["version"] for name in asked} == {
        name: version.rpartition("@")[2] for name, version in asked.items()
    }
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert not [name for name, one in packages.items() if "resolved" in one or "hasInstallScript" in one]


def test_the_stock_clients_are_required_and_not_fetched_while_tests_run():
    rules = dict(re.findall(r"^([^\s:]+):(.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert "$(CLIENTS)" in rules["setup"]
    assert "$(CLIENTS)" in rules["test"]
    asking = (ROOT / "tests" / "integration" / "protocol" / "stock_clients.py").read_text()
    assert "pytest.skip" not in asking
