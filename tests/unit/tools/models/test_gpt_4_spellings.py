"""S1-02: the GPT-4 family is refused however it is spelled, and nobody else is."""

import itertools
import random

import pytest

from state.errors import ModelBanned
from tools.models.catalog import text_models
from tools.models.choose import check_default, check_name, refuse_banned

BEFORE = ("", "own/", "openai/", "azure", "azure:", "chat", "ft:", "my_", "eu.")
GPT = ("gpt", "GPT", "Gpt", "\uff27\uff30\uff34", "g\u200bpt", "gp\u00adt")
BETWEEN = (
    "",
    "-",
    "_",
    " ",
    ".",
    "--",
    "/",
    ":",
    "\u2011",
    "\u2010",
    "\u2013",
    "\u2212",
    "\u00a0",
    "-\u200d",
)
FOUR = ("4", "\uff14", "\u2074")
AFTER = """
o O o-mini turbo -turbo _turbo .1 .1-nano -1 1 5 .5-preview -32k 32k -0613 0613 -vision-preview v @2024
:acme::1 -latest omni
"""
ALLOWED = """
offline-writer live openai gpt-5 gpt-5-4 gpt-5.4 gpt5 gpt-5o gpt-5-2024-04-14 gpt_5_mini own/gpt-oss-120b
own/gpt-oss-20b gpt-oss-4bit gpt-3.5-turbo gpt-3.5-turbo-4k gpt-6-4o gpt-14 gpt-j-4b o1 o3 o3-mini o4-mini o4
own/o4-mini own/llama-4-scout own/phi-4 own/gemma-4 claude-4 grok-4 gpt own/gpt gpt4all-j own/GPT4All-13B
gpt-40b own/gpt-4b gemini-3-pro deepseek-v4 qwen3-4b 4o
"""


def spellings() -> list[str]:
    """Some of all ways to write one: each part's every way at least once."""
    after = [*AFTER.split(), " o", ""]
    every = ["".join(parts) for parts in itertools.product(BEFORE, GPT, BETWEEN, FOUR, after)]
    plain = ["".join(parts) for parts in itertools.product(BEFORE, GPT[:1], BETWEEN, FOUR[:1], after)]
    return [*plain, *random.Random(4).sample(every, 2000)]  # noqa: S311  # the same ones each time


def is_refused(name: str) -> bool:
    try:
        refuse_banned(name)
    except ModelBanned:
        return True
    return False


def test_every_spelling_is_refused() -> None:
    assert [name for name in spellings() if not is_refused(name)] == []


@pytest.mark.parametrize(
    "name",
    ["own/gpt_4o", "gpt4turbo", "gpt-4turbo", "azuregpt-4", "GPT 4o", "gpt-45", "gpt\u20114o", "gpt-4-32k",
     "own/gpt-4b-mini-gpt-4o", "gpt-4bit"],
)  # fmt: skip
def test_those_that_were_let_through_are_refused_at_every_door(name: str) -> None:
    for door in (refuse_banned, check_default, lambda one: check_name("novela", one)):
        with pytest.raises(ModelBanned):
            door(name)


@pytest.mark.parametrize("name", [*ALLOWED.split(), "GPT 5", "", *(card.id for card in text_models())])
def test_nobody_else_is(name: str) -> None:
    assert refuse_banned(name) == name


def test_no_name_without_gpt_and_a_four_is_refused() -> None:
    """Random names of the signs that the others are made of."""
    draw = random.Random(5)  # noqa: S311  # the same ones each time
    signs = "gptoGPT4-_. /51ab\u2011"
    for _ in range(5000):
        name = "".join(draw.choices(signs, k=draw.randrange(1, 14)))
        if is_refused(name):
            small = name.casefold()
            assert "gpt" in small, name
            assert "4" in small.partition("gpt")[2], name
