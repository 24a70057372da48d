"""fetchers.toml, read."""

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _listed() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("fetchers.toml").read_text(encoding="utf-8"))


def packages(kind: str) -> set[str]:
    """Those that stay on this machine (`offline`), or those that do not (`online`)."""
    return set(_listed()["packages"][kind])


def fetchers() -> dict[str, dict[str, Any]]:
    """Each fetcher's row by its name."""
    return {one["name"]: one for one in _listed()["fetcher"]}


def lines() -> list[dict[str, Any]]:
    """Each place in the source where a line is opened."""
    found: list[dict[str, Any]] = _listed()["line"]
    return found


def opened() -> dict[str, Counter[str]]:
    """What each file is known to open."""
    return {one["file"]: Counter(one["opens"]) for one in lines()}
