"""What the cards at both ends of a film say."""

from nodes.post.draw_cards import card_words
from state.script import Narrator, Script


def test_a_film_of_its_own_ends_and_a_series_goes_on():
    film = Script(title="Ash", logline="A fire.")
    assert card_words(film) == ("Ash", "A fire.", "The End")
    assert card_words(film.model_copy(update={"last": False, "language": "es"}))[2] == "Continuará"


def test_what_a_narrator_tells_is_not_read_before():
    told = Script(title="Ash", logline="A fire.", narrator=Narrator(name="Narrator", presentation="woman"))
    assert card_words(told)[1] == ""
    assert card_words(told.model_copy(update={"title": "Ash: Embers"}))[:2] == ("Ash", "Embers")
