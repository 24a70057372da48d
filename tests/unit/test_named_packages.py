"""D-12: the packages that were asked for are really used: the programs come to them by their imports."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = ("state", "prompts", "tools", "nodes", "graphs", "server")
PROGRAMS = ("server.cli.main", "server.studio")
"""The console script, and what LangGraph Studio loads."""
NAMED = {
    "langgraph": "langgraph.graph", "langchain-openai": "langchain_openai",
    "langchain-google-genai": "langchain_google_genai",
    "langgraph-checkpoint-postgres": "langgraph.checkpoint.postgres", "fastapi": "fastapi",
    "sse-starlette": "sse_starlette", "psycopg": "psycopg", "replicate": "replicate",
    "fal-client": "fal_client", "boto3": "boto3", "pydantic": "pydantic",
}  # fmt: skip
REPLACED = {
    "ffmpeg-python": (
        "ffmpeg", "tools/ffmpeg/command.py",
        "it builds command lines, and starts them without limits of time and memory, or a reader of progress",
    ),
    "vcrpy": (
        "vcr", "tests/standins/cassette_player.py",
        "it patches HTTP clients inside the process; recordings are played by a server to the unchanged ones",
    ),
}  # fmt: skip
"""What was named and is not used: its module, what is there instead, and why."""


TEXT = re.compile(r'"""(?:[^\\]|\\.)*?"""', re.DOTALL)
CHECKED = re.compile(r"^([ \t]*)if (?:typing\.)?TYPE_CHECKING:\n(?:\1[ \t]+.*\n|[ \t]*\n)*", re.MULTILINE)
IMPORTED = re.compile(
    r"^[ \t]*(?:from (?P<base>[\w.]+) import (?P<names>\([^)]*\)|[^\n#]+)|import (?P<plain>[^\n#]+))",
    re.MULTILINE,
)
"""By words and not by a parser: a thousand files of tables are read in a second so."""


def imports_of(source: str, package: str) -> Iterator[str]:
    """Every module that is imported when the code runs, in functions, too; not for the type checker alone."""
    for found in IMPORTED.finditer(CHECKED.sub("", TEXT.sub('""', source))):
        names = [
            one.split(" as ")[0].strip() for one in (found["plain"] or found["names"]).strip("() ").split(",")
        ]
        if found["plain"]:
            yield from names
            continue
        above = found["base"].lstrip(".")
        level = len(found["base"]) - len(above)
        parts = package.split(".")[: len(package.split(".")) + 1 - level] if level else []
        base = ".".join([*parts, *filter(None, [above])])
        yield from (base, *(f"{base}.{name}" for name in names if name))


def file_of(module: str, root: Path) -> Path | None:
    base = root.joinpath(*module.split("."))
    return next((file for file in (base.with_suffix(".py"), base / "__init__.py") if file.is_file()), None)


def reached(root: Path, *starts: str) -> set[str]:
    """The modules of others that these modules of ours come to import, by whatever way."""
    waiting, seen, found = [*starts], set[str](), set[str]()
    while waiting:
        module = waiting.pop()
        if module in seen:
            continue
        seen.add(module)
        file = file_of(module, root)
        if module.split(".")[0] not in OURS:
            found.add(module)
        elif file is not None:
            package = module if file.name == "__init__.py" else module.rpartition(".")[0]
            waiting += [*imports_of(file.read_text("utf-8"), package), module.rpartition(".")[0]]
    return found - {""}


@cache
def of_the_programs() -> frozenset[str]:
    return frozenset(reached(ROOT, *PROGRAMS))


@pytest.mark.parametrize("package", NAMED)
def test_a_named_package_is_imported_by_a_program(package: str) -> None:
    module = NAMED[package]
    assert any(one == module or one.startswith(f"{module}.") for one in of_the_programs())


@pytest.mark.parametrize("package", [*NAMED, "pytest"])
def test_a_named_package_is_asked_for(package: str) -> None:
    """It comes with the program, or for its tests, and not by chance with another one."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert package in {re.split(r"[\[<>=; ]", one, maxsplit=1)[0] for one in wanted}


@pytest.mark.parametrize("package", REPLACED)
def test_what_was_replaced_is_nowhere_and_what_replaced_it_is_there(package: str) -> None:
    module, instead, why = REPLACED[package]
    assert (ROOT / instead).is_file()
    assert why
    named = re.compile(rf"^\s*(?:import|from) {module}\b(?!\.\w*_)", re.MULTILINE)
    files = [file for folder in (*OURS, "tests") for file in (ROOT / folder).rglob("*.py")]
    assert [file for file in files if named.search(file.read_text("utf-8"))] == []


def test_tests_are_run_by_pytest_and_no_program_knows_it() -> None:
    assert not {one for one in of_the_programs() if one.split(".")[0] in ("pytest", "tests", "vcr")}
    assert "pytest" in set(imports_of(Path(__file__).read_text("utf-8"), "tests.unit"))


def test_the_walk_sees_what_runs_and_nothing_else(tmp_path: Path) -> None:
    """The control: a package that only an island imports, or the type checker, is not used."""
    for name in ("tools", "server"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
    (tmp_path / "server/main.py").write_text("def run():\n    from tools import bridge\n")
    (tmp_path / "tools/bridge.py").write_text(
        '"""As in:\nimport psycopg\n"""\nfrom typing import TYPE_CHECKING\n'
        "from .near import (\n    sell,\n)\n"
        "if TYPE_CHECKING:\n    import boto3\n"
    )
    (tmp_path / "tools/near.py").write_text("def sell():\n    import fal_client.client\n")
    (tmp_path / "tools/island.py").write_text("import replicate\n")
    found = reached(tmp_path, "server.main")
    assert "fal_client.client" in found
    assert not {"boto3", "replicate", "psycopg"} & found
