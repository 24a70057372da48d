"""What cannot be stored does not come in with an answer."""

import json
from typing import Any

from nodes.agents.letters import MOST_DEEP, holdable


def deep(levels: int) -> Any:
    return {"in": deep(levels - 1)} if levels else "end"


def test_odd_letters_and_numbers_go_and_all_others_stay():
    kept = {"a": "É „Ja“ \u2028 中文 😀\n\t\r", "n": [1, 2.5, True, None]}
    assert holdable(kept) == kept
    odd = {"a\x00": "b\ud800c\x85\x7f", "n": [float("nan"), float("inf")], "t": ("x\x1b",)}
    assert holdable(odd) == {"a": "bc", "n": [None, None], "t": ["x"]}


def test_what_is_nested_without_end_is_dropped():
    assert "end" in json.dumps(holdable(deep(MOST_DEEP)))
    assert "end" not in json.dumps(holdable(deep(MOST_DEEP + 2)))
    assert json.dumps(holdable(deep(400)))
