"""What cannot be a key is refused with its field and the fix, and never repeated."""

import pytest
from pydantic import SecretStr

from state.errors import KeyRefused
from tools.vault.providers import PROVIDERS, check_key, check_label, known_provider, last_four

GOOD = "r8_0123456789abcdefghijklmnop"


@pytest.mark.parametrize(
    ("key", "problem"),
    [("", "empty"), ("   ", "empty"), (f"{GOOD}\n", "blank"), (f" {GOOD}", "blank"),
     (f"{GOOD} {GOOD}", "blank"),
     (f"{GOOD}\u00a0", "blank"), (f"{GOOD}\u200b", "character"), (f"{GOOD}\x00", "character"),
     (f"{GOOD}\ud800", "character"), ("r8_0123", "too short"), ("k" * 513, "longer than 512")],
)  # fmt: skip
def test_no_key_is_refused_by_field_and_fix(key: str, problem: str):
    with pytest.raises(KeyRefused, match=f"^key: .*{problem}") as caught:
        check_key("replicate", SecretStr(key))
    [field] = caught.value.details["fields"]
    assert field["field"] == "key"
    assert field["fix"] == caught.value.user_action
    assert len(key.strip()) < 5 or key.strip() not in f"{caught.value.details}{caught.value.message}"


def test_a_key_is_taken_and_a_model_server_of_ones_own_takes_any_word():
    check_key("replicate", SecretStr(GOOD))
    check_key("replicate", SecretStr("k" * 512))
    check_key("openai_compatible", SecretStr("none"))
    assert last_four(SecretStr(GOOD)) == "mnop"
    assert last_four(SecretStr("none")) == "", "it would tell all of it"


@pytest.mark.parametrize("label", ["", "  ", "two\nlines", "x" * 101, f"my {GOOD}"])
def test_a_label_is_a_line_that_does_not_hold_the_key(label: str):
    with pytest.raises(KeyRefused, match=r"^label: ") as caught:
        check_label(label, SecretStr(GOOD))
    assert GOOD not in f"{caught.value.message}{caught.value.details}"
    check_label("studio", SecretStr(GOOD))


def test_a_provider_is_one_of_those_there_are():
    assert [known_provider(name) for name in PROVIDERS] == list(PROVIDERS)
    with pytest.raises(KeyRefused, match="provider: ") as caught:
        known_provider("OpenAI")
    assert "openai_compatible" in caught.value.user_action
