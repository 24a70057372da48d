"""What of a written line is said, and that captions keep the writer's words."""

import pytest

from tools.engines.previz.speech_scripts import readings
from tools.engines.previz.speech_text import spoken_words


def said(text, language="en"):
    return [word.said for word in spoken_words(text, language)]


def shown(text, language="en"):
    return [word.shown for word in spoken_words(text, language)]


@pytest.mark.parametrize(
    "text",
    [
        "Where were you, Elena?",
        "“Don\N{RIGHT SINGLE QUOTATION MARK}t go,” he said.",
        "I paid 300 for it.",
        "¿Dónde está la Sra. Ruiz?",
    ],
)
def test_a_plain_line_shows_its_own_words(text):
    assert shown(text) == text.split()


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Mr. Hale", "en", ["mister", "Hale"]),
        ("la Sra. Ruiz", "es", ["la", "señora", "Ruiz"]),
        ("$3.50!", "en", ["3 point 50 dollars!"]),
        ("R$ 1.500", "pt-BR", ["1500 reais"]),
        ("100%", "es", ["100 por ciento"]),
        ("3,5 kg", "es", ["3 coma 5", "kg"]),
        ("at 3:45", "en", ["at", "3 45"]),
        ("STOP the NBA", "en", ["stop", "the", "NBA"]),
    ],
)
def test_signs_and_numbers_are_said_as_people_say_them(text, language, expected):
    assert said(text, language) == expected


def test_an_amount_is_one_word_with_its_currency():
    assert shown("Paguei R$ 1.500 por isso.", "pt-BR") == ["Paguei", "R$ 1.500", "por", "isso."]


def test_a_dash_parts_words_and_a_lone_one_is_a_pause():
    assert shown("Wait—no \N{EN DASH} stop") == ["Wait—", "no", "stop"]
    assert said("Wait—no \N{EN DASH} stop") == ["Wait—", "no —", "stop"]


def test_directions_markup_emoji_and_links_are_not_said():
    assert said("(whispering) [sighs] Come <b>here</b> *sobs* 😭 https://a.b/c") == ["Come", "here"]


@pytest.mark.parametrize("text", ["…", "— —", "😭😭", "[sighs]", " \n ", '"!"', "𒀀𒀁"])
def test_a_line_without_words_has_nothing_to_say(text):
    assert spoken_words(text, "en") == []


def test_a_mark_that_lost_its_word_goes_to_the_word_before():
    assert shown("por isso 😭.", "pt-BR") == ["por", "isso."]


def test_names_in_other_scripts_are_said_and_read_by_their_own_rules():
    assert [word.said for word in spoken_words("Vi a 李明.", "es")] == ["Vi", "a", "李明."]
    assert list(readings("a 李明, Анна!")) == [
        (None, "a "), ("cmn", "李明"), (None, ", "), ("ru", "Анна"), (None, "!"),
    ]  # fmt: skip


def test_vowel_signs_stay_with_their_letters():
    assert list(readings("प्रिया")) == [("hi", "प्रिया")]
