"""A thing is whole, in pieces, mended or out of sight from the clause on that says so, and not before."""

import pytest

from state.brief import CharacterBrief, NovelaBrief
from state.script import Language, Script, Staging
from tests.scripts import write_episode
from tests.unit.tools.models.test_ledger import stands_of
from tools.models.offline.clauses.people import Person
from tools.models.offline.things.shown import Words, parted

ANA, BEN = Person(name="Ana", woman=True), Person(name="Ben", woman=False)


def film_of(description: str, *, language: Language = "en", scenes: int = 3) -> Script:
    return write_episode(
        NovelaBrief(
            title="x",
            description=description,
            language=language,
            scenes_per_episode=scenes,
            episode_seconds=60,
            characters=[CharacterBrief(name=one, role="baker") for one in ("Ana", "Ben")],
        )
    )


def panels(film: Script) -> list[tuple[str, Staging]]:
    shots = [shot for scene in film.scenes for shot in scene.shots]
    return [(" ".join(line.text for line in shot.lines), shot.staging) for shot in shots]


def shown(staging: Staging) -> set[str]:
    held = {one.holds for one in staging.people}
    return {staging.subject, *held, *(one.picture for one in staging.things)} - {""}


@pytest.mark.parametrize(
    ("text", "language", "thing", "states"),
    [
        ("Ana opens the contract. Ben tears the contract.", "en", "contract", ["", "in_pieces"]),
        ("Ben carries the vase. He slips on clay and breaks it.", "en", "vase", ["", "", "in_pieces"]),
        ("Ana rompe el contrato en dos. Ben pega el contrato.", "es", "contract", ["in_pieces", "mended"]),
        ("Ana rasga a carta sem ler. Ben cola a carta.", "pt-BR", "letter", ["in_pieces", "mended"]),
        # Denied, or done to what is no thing.
        ("Ana does not tear the contract.", "en", "contract", [""]),
        ("Ana rompe el silencio con la carta en la mano.", "es", "letter", [""]),
    ],
)  # fmt: skip
def test_a_state_changes_with_its_clause(text: str, language: Language, thing: str, states: list[str]):
    found = [one.states.get(thing, "") for one in stands_of(text, ANA, BEN, language=language)]
    assert found == states


@pytest.mark.parametrize(
    ("text", "language", "thing", "hidden"),
    [
        ("Ana loses the earring. Ben finds the earring.", "en", "earring", [True, False]),
        ("Ben has put the map inside his coat. He gives Ana the map.", "en", "map", [True, False]),
        ("Ana pierde el anillo. Ben muestra el anillo.", "es", "ring", [True, False]),
        ("Ben tem a carta escondida no boné. Ele põe a carta na mesa.", "pt-BR", "letter", [True, False]),
        ("Ana has one hour to find the ring. Ben shows the ring.", "en", "ring", [True, False]),
        ("Ana tem uma hora para achar o anel. Ben mostra o anel.", "pt-BR", "ring", [True, False]),
        ("Ben opens the letter. Ana reads it.", "en", "letter", [False, False]),
    ],
)  # fmt: skip
def test_nobody_sees_what_is_hidden_or_lost(text: str, language: Language, thing: str, hidden: list[bool]):
    stands = stands_of(text, ANA, BEN, language=language)
    assert [thing in one.hidden for one in stands] == hidden
    assert all(thing not in one.holds.values() for one in stands if thing in one.hidden)


def test_what_is_thrown_into_the_fire_is_seen_there_for_the_last_time():
    stands = stands_of("Ana tears the letter and throws the pieces into the fire. Ben sighs.", ANA, BEN)
    assert ["letter" in one.hidden for one in stands] == [False, False, True]
    kept = stands_of("Ana tears the letter and throws the pieces on the table. Ben sighs.", ANA, BEN)
    assert not any("letter" in one.hidden for one in kept)


def test_who_orders_somebody_to_hand_it_over_has_nothing_in_hand():
    stands = stands_of("Ana finds a letter. Ben orders her to hand it over.", ANA, BEN)
    assert "Ben" not in stands[-1].holds
    # The control: he does it himself.
    assert "Ben" in stands_of("Ana finds a letter. Ben takes it.", ANA, BEN)[-1].holds


def test_no_picture_has_it_in_pieces_before_and_none_has_it_whole_after():
    film = film_of(
        "Ana bakes bread with Ben. Ben comes in with a contract. He puts the contract on the table. Ana "
        "reads the contract. She tears the contract in two. Ben picks up the contract and leaves."
    )
    seen = [one for one in panels(film) if "contract" in shown(one[1])]
    torn = ["in_pieces" in {look.state for look in one.looks.values()} for _, one in seen]
    at = next(at for at, (text, _) in enumerate(seen) if "tears" in text)
    assert torn[:at] == [False] * at
    assert torn[at:] == [True] * (len(torn) - at)


def test_a_lost_thing_is_in_no_picture_until_it_is_found():
    film = film_of(
        "Ana loses her gold earring. She searches the shop with Ben. Ben swears that he saw nothing. "
        "Ana cries. Ben opens his hand and shows her the earring. They laugh."
    )
    seen = [("shows" in text, "earring" in shown(one)) for text, one in panels(film)]
    at = seen.index((True, True))
    assert not any(one for _, one in seen[:at])


@pytest.mark.breadth(3)
@pytest.mark.parametrize(
    ("text", "story", "language", "picture"),
    [
        ("She takes the wheel.", "The ferry leaves.", "en", "ships_wheel"),
        ("She takes the wheel.", "The truck stops.", "en", "steering_wheel"),
        ("He hides the ticket.", "A lottery seller waits.", "en", "lottery_ticket"),
        ("He hides the ticket.", "A train waits.", "en", "ticket"),
        ("Ele guarda o bilhete.", "A loteria fecha.", "pt-BR", "lottery_ticket"),
        ("Ele guarda o bilhete.", "A escola fecha.", "pt-BR", "letter"),
        ("The needle is stuck.", "She has a compass.", "en", "compass"),
        ("He sits down and plays.", "A piano waits in the hall.", "en", "piano"),
        ("Ella toca para él.", "Un violín cuelga en la pared.", "es", "violin"),
        ("Debajo hay un pendiente que era de ella.", "", "es", "earring"),
        ("She swipes the key card.", "", "en", "key_card"),
        ("She shows her badge.", "", "en", "badge"),
    ],
)  # fmt: skip
def test_a_thing_is_drawn_as_what_the_story_means(text: str, story: str, language: Language, picture: str):
    words = Words(language=language, story=f"{story} {text}")
    assert [one.picture for one, _ in parted(text, words)] == [picture]


def test_who_plays_without_an_instrument_in_the_story_has_none():
    words = Words(language="en", story="He sits down and plays.")
    assert parted("He sits down and plays.", words) == []
    at_cards = Words(language="en", story="The piano is shut. He plays cards.")
    assert parted("He plays cards.", at_cards) == []


def test_what_comes_apart_is_seen_in_the_shot_that_tells_it():
    film = film_of(
        "Ana reads the contract. Ben begs her to sign. Ana smiles at Ben. Ana tears the contract, takes her "
        "hat and leaves.",
        scenes=2,
    )
    tearing = [one for text, one in panels(film) if "tears" in text]
    assert tearing
    assert all(one.looks["contract"].state == "in_pieces" for one in tearing)
    assert all("contract" in shown(one) for one in tearing)
