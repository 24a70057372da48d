"""Patterns are compiled once: writing is reading with some thousand of them."""

import re

import pytest

from state.brief import NovelaBrief
from tests.scripts import _written
from tools.models.offline.words import patterns

TEXT = "Rosa keeps the key. Rosa hides the key, and Delia sees it."


def test_the_functions_are_those_of_re() -> None:
    for name in ("search", "match", "fullmatch"):
        for pattern, flags in (("rosa", re.IGNORECASE), ("Rosa.*it.", 0), ("nobody", 0)):
            ours, theirs = (
                getattr(patterns, name)(pattern, TEXT, flags),
                getattr(re, name)(pattern, TEXT, flags),
            )
            assert (ours and ours.span()) == (theirs and theirs.span())
    assert patterns.findall("r(o)sa", TEXT, re.I) == re.findall("r(o)sa", TEXT, re.I)
    assert [m.span() for m in patterns.finditer("key", TEXT)] == [m.span() for m in re.finditer("key", TEXT)]
    assert patterns.split(r"\. ", TEXT, 1) == re.split(r"\. ", TEXT, maxsplit=1)
    assert patterns.sub("ROSA", "Ana", TEXT, 1, re.I) == re.sub("ROSA", "Ana", TEXT, count=1, flags=re.I)


@pytest.mark.parametrize("language", ["en", "es", "pt-BR"])
def test_an_episode_that_is_written_again_compiles_nothing(language: str) -> None:
    """The control: that is more patterns than `re` has room for."""
    brief = NovelaBrief(title="The Key", description=TEXT, language=language).model_dump_json()
    patterns.compile.cache_clear()
    _written.__wrapped__(brief, "")
    used = patterns.compile.cache_info().misses
    assert 512 < used < patterns.KEPT / 3
    _written.__wrapped__(brief, "")
    assert patterns.compile.cache_info().misses == used
