"""A secret that was used and is not kept is taken out of later words all the same."""

import pytest

from tools.redaction import MOST_MET, REDACTED, Redactor

KEY = "plain-words-of-a-key"
"""Looks like no key, so that nothing but knowing it takes it out."""


def met(*secrets: str) -> Redactor:
    redact = Redactor()
    for secret in secrets:
        with redact.knowing(secret):
            pass
    return redact


@pytest.mark.parametrize("text", [
    "{}", "refused {}", "refused {}.", "'{}'", '{{"said": "{}"}}', "(key:{})", "at x={}, and more", "key={}!",
    "«{}»", "a/path?who={}&b=1",
])  # fmt: skip
def test_it_is_taken_out_of_whatever_it_stands_in(text: str):
    said = text.format(KEY)
    assert met(KEY).known(said) == said.replace(KEY, REDACTED)
    assert Redactor().known(said) == said, "the control"


def test_while_it_is_used_it_is_found_inside_other_words():
    redact = Redactor()
    with redact.knowing(KEY), redact.knowing(KEY):
        assert redact.known(f"x{KEY}x") == f"x{REDACTED}x"
    assert redact.known(f"x{KEY}x") == f"x{KEY}x"


def test_two_calls_with_one_key_end_one_after_the_other():
    redact = Redactor()
    with redact.knowing(KEY):
        with redact.knowing(KEY):
            pass
        assert redact.known(f"x{KEY}x") == f"x{REDACTED}x"


def test_what_was_learned_for_good_is_not_forgotten_with_a_call():
    redact = Redactor([KEY])
    with redact.knowing(KEY):
        pass
    assert redact.known(f"x{KEY}x") == f"x{REDACTED}x"


def test_other_words_stay():
    others = "plain words of a key, plain-words, a-key"
    assert met(KEY).known(others) == others


def test_only_the_newest_are_known_again():
    redact = met("the-first-one", *(f"secret-{number:05}" for number in range(MOST_MET)))
    assert redact.known("the-first-one secret-00000") == f"the-first-one {REDACTED}"
    assert len(redact._met._digests) == MOST_MET
