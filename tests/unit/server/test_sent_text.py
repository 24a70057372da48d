"""S3-37: what people type is trimmed and loses its control characters; lines stay lines."""

from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, ValidationError

from server.api.wire import Body
from server.sent_text import DEPTH_LIMIT, clean, clean_text, one_line
from tools.screenplay.fountain import read_fountain

CONTROLS = [chr(code) for code in (*range(32), *range(127, 160))]
"""Those of the mission, and those beyond ASCII, which no script can hold either."""
LINE_ENDS = "\n\r\v\f\x85"
SCRIPT = (Path(__file__).parents[3] / "examples" / "own-script.fountain").read_text(encoding="utf-8")


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: f"{ord(control):02x}")
def test_no_control_character_but_newline_and_tab_is_kept(control: str) -> None:
    found = clean_text(f" A{control}b ")
    if control in "\t":
        assert found == "A\tb"
    elif control in LINE_ENDS:
        assert found == "A\nb"
    else:
        assert found == "Ab"
    assert one_line(f" A{control}b ") == ("A b" if control in "\t" + LINE_ENDS else "Ab")


def test_nul_and_escape_are_taken_out_and_the_words_stay() -> None:
    assert clean_text("\x00The \x1b[1mLast\x1b[0m Letter\x7f\x00 \r\n") == "The [1mLast[0m Letter"


@given(st.text())
def test_a_clean_text_stays_as_it_is(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once == once.strip()
    assert not {*once} & ({*CONTROLS} - {"\n", "\t"})
    assert "".join(once.split()) == "".join("".join(c for c in text if c not in CONTROLS).split())


def test_a_script_of_ones_own_is_the_same_script() -> None:
    """Whatever line ends it came with."""
    assert clean_text(SCRIPT) == SCRIPT.strip()
    for ends in ("\r\n", "\r"):
        assert clean_text(SCRIPT.replace("\n", ends)) == SCRIPT.strip()
    assert read_fountain(clean_text(SCRIPT)) == read_fountain(SCRIPT)


class Sent(Body):
    AS_SENT: ClassVar[frozenset[str]] = frozenset({"password"})
    title: str = ""
    brief: dict[str, Any] = Field(default_factory=dict)
    password: str = ""


def test_every_text_of_a_body_is_clean_however_deep_it_lies() -> None:
    body = Sent.model_validate({"title": " T\x00 ", "brief": {"a": [{"b": "\x1b x\n\ty\x7f "}, 1, None]}})
    assert (body.title, body.brief) == ("T", {"a": [{"b": "x\n\ty"}, 1, None]})


def test_a_field_may_be_taken_as_it_was_sent() -> None:
    assert Sent.model_validate({"password": " a\x01b "}).password == " a\x01b "


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"title": "\ud800"}, "title: holds half"),
        ({"brief": {"a": [0, float("nan")]}}, "brief.a.1: is NaN"),
        ({"brief": {"a": {"b\x00": 1}}}, "brief.a: holds a name"),
        ({"brief": {"b\n": 1}}, "brief: holds a name"),
    ],
)
def test_what_cannot_be_mended_is_refused_by_its_place(sent: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Sent.model_validate(sent)


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


def test_nesting_has_an_end() -> None:
    assert clean({"a": nested(DEPTH_LIMIT - 1)})
    with pytest.raises(ValueError, match="a: is nested deeper than 24 levels"):
        clean({"a": nested(DEPTH_LIMIT)})
