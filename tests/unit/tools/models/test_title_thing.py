"""What the title names is in the picture of lines that say `it` or `the thing`."""

import pytest

from benchmarks.reading import film
from state.brief import NovelaBrief
from state.script import Language
from tools.models.offline.things.meant import stands_for_title
from tools.models.offline.things.picturing import found_in
from tools.models.offline.things.titled import shown_in


@pytest.mark.parametrize(("language", "noun", "text"), [
    ("en", "the drum", "They mend it with string."),
    ("en", "the drum", "Ida arrives with a huge broken thing."),
    ("es", "el tambor", "Lo pegan con cinta."), ("es", "el tambor", "Llegan con una cosa rota."),
    ("pt-BR", "o tambor", "Chegam com uma coisa quebrada."),
])  # fmt: skip
def test_it_is_the_title(language: Language, noun: str, text: str) -> None:
    assert stands_for_title(text, found_in(noun, language)[0], language)


@pytest.mark.parametrize(("language", "noun", "text"), [
    ("en", "the drum", "They greet him."), ("en", "the drum", "A strange thing happens."),
    ("es", "el tambor", "Lo saludan."), ("es", "el tambor", "Pasa una cosa rara."),
    ("pt-BR", "o tambor", "Acontece uma coisa estranha."),
])  # fmt: skip
def test_him_is_not(language: Language, noun: str, text: str) -> None:
    assert not stands_for_title(text, found_in(noun, language)[0], language)


def test_the_title_is_in_the_picture_of_what_is_done_to_it() -> None:
    told = (
        "Ida and Olga take a huge drum to the village hall. On the way a strap breaks. They mend it with "
        "string. Nobody says a word. They arrive with a big broken thing. Ida laughs."
    )
    shots = film(NovelaBrief(title="The Drum", description=told, language="en")).shots
    means = ("mend it", "broken thing")
    over = [one for one in shots if any(word in line.text for line in one.lines for word in means)]
    assert over
    assert all("drum" in shown_in(one.staging) for one in over)
