"""What a brief may hold."""

import pytest
from pydantic import ValidationError

from state.brief import NovelaBrief
from state.review import ItemReply


def a_brief(**fields: object) -> NovelaBrief:
    return NovelaBrief.model_validate({"title": "t", "description": "d", **fields})


@pytest.mark.parametrize("bad", ["a\x00b", "a\x1bb", "\x07"])
@pytest.mark.parametrize("field", ["title", "description"])
def test_control_characters_are_named(field: str, bad: str):
    with pytest.raises(ValidationError, match="control character U\\+00"):
        a_brief(**{field: bad})


def test_any_script_and_line_breaks_are_fine():
    assert a_brief(description="Ана\nと 🎬\tEnd").description == "Ана\nと 🎬\tEnd"


def test_a_note_holds_no_control_characters_either():
    with pytest.raises(ValidationError, match="U\\+0000"):
        ItemReply(light="YELLOW", note="closer\x00")


def test_the_last_episode_is_the_highest():
    assert a_brief(target_episodes=3, episode_number=3)
    with pytest.raises(ValidationError, match="episode_number: 4 is more than target_episodes"):
        a_brief(target_episodes=3, episode_number=4)


def test_two_characters_do_not_share_a_name():
    with pytest.raises(ValidationError, match="characters: two of them are called 'ana'"):
        a_brief(characters=[{"name": "Ana"}, {"name": "ANA"}])
