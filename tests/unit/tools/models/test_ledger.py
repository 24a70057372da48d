"""The ledger of a film: nobody is seen who is not there, and a thing is in the hand that has it."""

from dataclasses import replace

import pytest

from state.brief import CharacterBrief, NovelaBrief
from state.script import Character, Gesture, Language, Look, Place, Script, Staging
from state.writing import SceneOutline
from tests.scripts import write_episode
from tools.models.offline.clauses.people import Person
from tools.models.offline.clauses.reader import Reader
from tools.models.offline.deeds.hands import hands_in
from tools.models.offline.ledger.absence import is_dead_by_role
from tools.models.offline.ledger.book import Ledger, Stand, Told, write_ledger
from tools.models.offline.ledger.clause import pieces_of
from tools.models.offline.ledger.stage import Stage
from tools.models.offline.shooting.floor import Floor
from tools.models.offline.shooting.setup import Setup
from tools.models.offline.shooting.staging import stage_shots
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.things.shown import Words
from tools.models.offline.words.fact import Fact

ANA, BEN = Person(name="Ana", woman=True), Person(name="Ben", woman=False)
EVA = Person(name="Eva", woman=True, role="Ben's missing sister")


def ledger_of(text: str, *people: Person, language: Language = "en", places: str = "") -> Ledger:
    """The ledger of a text, sentence by sentence; each letter of `places` is where a sentence plays."""
    known = people or (ANA, BEN)
    facts = [replace(one, order=at) for at, one in enumerate(Reader(language, known).read(text))]
    told: list[tuple[str, list[Fact]]] = []
    for at, fact in enumerate(facts):
        place = places[at] if at < len(places) else places[-1:]
        if told and told[-1][0] == place:
            told[-1][1].append(fact)
        else:
            told.append((place, [fact]))
    scenes = [Told(number=n, place=place, facts=tuple(own)) for n, (place, own) in enumerate(told, 1)]
    return write_ledger(scenes, tuple(known), Words(language=language))


def stands_of(text: str, *people: Person, language: Language = "en", places: str = "") -> list[Stand]:
    found = ledger_of(text, *people, language=language, places=places).stands
    return [one for key in found for one in found[key]]


def film_of(
    description: str, people: dict[str, str], *, language: Language = "en", scenes: int = 2
) -> Script:
    brief = NovelaBrief(
        title="x", description=description, language=language, scenes_per_episode=scenes, episode_seconds=45,
        characters=[CharacterBrief(name=name, role=role) for name, role in people.items()],
    )  # fmt: skip
    return write_episode(brief)


def panels(film: Script) -> list[tuple[str, Staging]]:
    shots = [shot for scene in film.scenes for shot in scene.shots]
    return [(" ".join(line.text for line in shot.lines), shot.staging) for shot in shots]


def seen_in(staging: Staging) -> set[str]:
    return {one.character for one in staging.people}


@pytest.mark.parametrize(("language", "text", "names"), [
    ("en", "Ana digs. Ben arrives with a lamp. Ana smiles at Ben.", [("Ana",), ("Ben",), ("Ana", "Ben")]),
    ("es", "Ana cava. Llega Ben. Ana abraza a Ben.", [("Ana",), ("Ben",), ("Ana", "Ben")]),
    ("pt-BR", "Ana cava. Chega Ben. Ana abraça Ben.", [("Ana",), ("Ben",), ("Ana", "Ben")]),
])  # fmt: skip
def test_nobody_is_there_before_the_words_bring_them_in(
    language: Language, text: str, names: list[tuple[str, ...]]
):
    stands = stands_of(text, language=language)
    assert [one.acting for one in stands] == names
    assert "Ben" not in stands[0].here
    assert "Ben" in stands[0].unseen


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Ana hugs Ben. Ben walks out. Ana sits on the floor."),
    ("es", "Ana abraza a Ben. Ben se va. Ana se sienta en el suelo."),
    ("pt-BR", "Ana abraça Ben. Ben vai embora. Ana senta no chão."),
])  # fmt: skip
def test_who_goes_away_is_seen_going_and_not_any_more(language: Language, text: str):
    hugged, leaving, after = stands_of(text, language=language)
    assert {*hugged.here} == {"Ana", "Ben"}
    assert "Ben" in leaving.acting
    assert after.here == ("Ana",)
    assert "Ben" in after.away
    # The control: who only moves about is still there.
    assert (
        "Ben" in stands_of(text.replace(".", ".", 1).replace("walks out", "waits"))[-1].here
        or language != "en"
    )


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Ana looks for Ben. Ana opens the door."), ("en", "Ana remembers Ben. Ana opens the door."),
    ("en", "Ana lives alone since Ben died. Ana opens the door."),
    ("en", "Ana reads a letter from Ben. Ana opens the door."),
    ("es", "Ana busca a Ben. Ana abre la puerta."), ("es", "Ana vive sola desde que murió Ben. Ana abre."),
    ("pt-BR", "Ana procura Ben. Ana abre a porta."), ("pt-BR", "Ana vive só desde que Ben morreu. Ana abre."),
])  # fmt: skip
def test_who_is_sought_dead_or_remembered_is_in_no_picture(language: Language, text: str):
    assert all("Ben" not in one.here for one in stands_of(text, language=language))


def test_a_missing_one_of_the_cast_is_seen_when_the_words_bring_them_back():
    lost, back = stands_of("Ben waits for Eva. Eva opens the door.", BEN, EVA)
    assert "Eva" in lost.away
    assert "Eva" not in lost.here
    # The control: nobody's role says that she is missing.
    assert "Eva" not in stands_of("Ben waits for Eva.", BEN, replace(EVA, role="nurse"))[0].away
    assert "Eva" in back.acting


def test_a_memory_shows_whom_it_is_of_alone():
    dead = Person(name="Eva", woman=True, role="dead wife of Ben")
    now, then, again = stands_of("Ben holds a cup. Eva painted it. Ben drinks.", BEN, dead)
    assert (then.acting, then.memory, then.here) == (("Eva",), True, ("Eva",))
    assert "Eva" not in now.here
    assert "Eva" not in again.here


def test_who_is_on_the_telephone_is_not_in_the_room():
    called, said = stands_of("Ana phones Ben. Ben says the train is late.")
    assert called.here == ("Ana",)
    assert said.acting == ("Ana",)
    # The control: face to face they are both there.
    assert "Ben" in stands_of("Ana hugs Ben. Ben says the train is late.")[1].acting


HANDED = [
    ("en", "Ana takes the letter. Ana gives the letter to Ben. Ben smiles."),
    ("es", "Ana toma la carta. Ana le da la carta a Ben. Ben sonríe."),
    ("pt-BR", "Ana pega a carta. Ana dá a carta a Ben. Ben sorri."),
]


@pytest.mark.parametrize(("language", "text"), HANDED)
def test_a_thing_is_the_givers_until_it_is_given_and_the_receivers_after(language: Language, text: str):
    taken, given, after = stands_of(text, language=language)
    assert dict(taken.holds) == {"Ana": "letter"}
    assert (dict(given.holds), given.given_to) == ({"Ana": "letter"}, "Ben")
    assert dict(after.holds) == {"Ben": "letter"}


@pytest.mark.parametrize(
    "deed", ["drops the letter", "hides the letter in a box", "puts the letter on the table"]
)
def test_what_is_dropped_or_hidden_is_in_no_hand(deed: str):
    assert not stands_of(f"Ana takes the letter. Ana {deed}. Ana smiles.")[-1].holds
    # The control: a smile alone takes nothing out of a hand.
    assert stands_of("Ana takes the letter. Ana smiles.")[-1].holds == {"Ana": "letter"}


def test_it_is_nothing_older_than_what_was_named_last():
    stands = stands_of("Ana takes the letter. Ben finds the thingummy. He gives it to Ana.")
    assert "Ben" not in stands[-1].holds


def test_whoever_knocks_is_let_in():
    assert set(stands_of("Ben knocks. Ana opens the door.")[-1].here) == {"Ana", "Ben"}
    assert set(stands_of("Ben waits. Ana opens the door.")[-1].here) == {"Ana"}


def test_another_place_parts_people_and_the_same_keeps_them_together():
    text = "Ana hugs Ben. Rain falls."
    assert set(Stage(ledger=ledger_of(text, places="aa"), scene=1).opening().here) == set()
    moved = ledger_of("Ana hugs Ben. Ana digs.", places="ab")
    assert moved.opening[2].here == ()
    assert moved.opening[1].here == ()


STORY = (
    "Ana mends shoes in her kitchen. Ben knocks at the door and asks for his boots. Ana opens the door. Ana "
    "takes the letter from the table and gives it to Ben. Ben reads the letter. Ben weeps. Ana hugs Ben."
)
CAST = {"Ana": "Fifty, cobbler", "Ben": "Thirty, postman"}


def test_the_pictures_of_a_film_ask_the_ledger():
    film = panels(film_of(STORY, CAST))
    first = next(at for at, (text, _) in enumerate(film) if "Ben" in text)
    assert all("Ben" not in seen_in(staging) for _, staging in film[:first])
    giving = next(staging for text, staging in film if "gives it" in text)
    assert {one.character: one.holds for one in giving.people} == {"Ana": "letter", "Ben": ""}


def test_the_last_picture_is_of_the_last_sentence_with_everybody_in_it():
    text, staging = panels(film_of(STORY, CAST))[-1]
    assert "hugs" in text
    assert seen_in(staging) == {"Ana", "Ben"}
    assert {one.gesture for one in staging.people} == {"hugging"}


def test_no_hand_gives_nothing():
    for _, staging in panels(film_of(STORY, CAST)):
        given = any(one.gesture == "giving" for one in staging.people)
        for one in staging.people:
            taking = given and one.gesture == "reaching_out"
            assert one.gesture not in ("holding", "reaching_out") or one.holds or taking


@pytest.mark.parametrize(("language", "role", "dead"), [
    ("en", "Late thirties, wet hair in a towel", False),
    ("en", "Widow of the late mayor", False),
    ("en", "Nurse, dead tired", False),
    ("en", "Her late husband", True),
    ("en", "Seamstress, dead since March", True),
    ("es", "Viuda de un minero muerto, asustada", False),
    ("es", "Esposa muerta de Aurelio", True),
    ("pt-BR", "Filha do prefeito falecido", False),
    ("pt-BR", "Pai, falecido em março", True),
])  # fmt: skip
def test_a_role_makes_dead_only_whom_it_is_about(language: Language, role: str, dead: bool):
    assert is_dead_by_role(role, language) is dead


def test_who_sees_a_hand_over_does_not_give():
    stands = stands_of(
        "Ben parte con el pan y Ana lo sigue. Ana ve que se lo entrega a Eva.", ANA, BEN,
        Person(name="Eva", woman=True), language="es",
    )  # fmt: skip
    last = stands[-1]
    assert (last.doer, last.given_to, dict(last.holds)) == ("Ben", "Eva", {"Ben": "bread"})
    assert set(last.acting) == {"Ana", "Ben", "Eva"}


def test_for_whom_something_is_meant_is_not_there():
    hidden = stands_of("Ana esconde la carta para entregarla al inspector.", ANA, BEN,
        Person(name="El inspector", woman=False), language="es")  # fmt: skip
    assert hidden[-1].here == ("Ana",)
    given = stands_of("Ana entrega la carta al inspector.", ANA, BEN,
        Person(name="El inspector", woman=False), language="es")  # fmt: skip
    assert set(given[-1].here) == {"Ana", "El inspector"}


def test_a_stranger_who_goes_on_is_nobody_of_the_cast():
    smelled, lifted = stands_of(
        "Ana vende pan. A una señora le llega el olor y levanta la tapa.", language="es"
    )[1:]
    assert "Ana" not in smelled.acting
    assert lifted.doer == ""


@pytest.mark.parametrize(("role", "here"), [
    ("late wife of Ben", False), ("his dead sister", False), ("late twenties, nurse", True),
    ("dead-eyed clerk", True), ("missing two fingers", True),
])  # fmt: skip
def test_a_role_may_say_that_somebody_is_dead(role: str, here: bool):
    eva = Person(name="Eva", woman=True, role=role)
    assert ("Eva" in stands_of("Eva opens the door.", BEN, eva)[0].here) is here


KNEELS = "Ana mends shoes. Ben arrives at her shop. Ben kneels. Ana smiles at Ben. Ben opens the window."


def test_whoever_kneels_is_seen_whole():
    knelt = [staging for text, staging in panels(film_of(KNEELS, CAST)) if "kneels" in text]
    assert [(one.size, one.people[0].gesture) for one in knelt] == [("wide", "kneeling")]


def test_no_scene_has_the_same_person_twice_in_one_size_and_pose():
    for scene in film_of(STORY, CAST, scenes=2).scenes:
        seen = [
            (shot.staging.size, tuple((one.character, one.gesture, one.holds) for one in shot.staging.people))
            for shot in scene.shots
            if shot.staging.people
        ]
        assert len(seen) == len({*seen})


def test_whoever_comes_on_is_seen_rather_than_what_they_bring():
    film = panels(film_of("Ana mends shoes. Ben arrives with a letter. Ana smiles at Ben.", CAST))
    assert "Ben" in next(seen_in(staging) for text, staging in film if "arrives" in text)


def test_a_place_without_people_is_told_without_them():
    film = film_of("Ana mends shoes in her shop in Cork. Ben arrives with a letter.", CAST)
    shots = [shot for scene in film.scenes for shot in scene.shots]
    empty = [one for one in shots if not one.staging.people and one.staging.size != "insert"]
    assert empty
    assert not any(name in one.description for name in CAST for one in empty)


ANNA, BENN = (Character(name=one.name, role="", look=Look(presentation="woman")) for one in (ANA, BEN))


def test_who_has_not_come_is_not_present():
    stage = Stage(ledger=ledger_of("Ana digs. Ben arrives."), scene=1)
    assert stage.present((ANNA, BENN), []) == ()
    # The control: a film that knows nothing of them keeps nobody out.
    assert Stage().present((ANNA, BENN), []) == (ANNA, BENN)


@pytest.mark.parametrize("gesture", ["holding", "reaching_out", "giving"])
def test_an_empty_hand_makes_no_gesture_of_holding(gesture: Gesture):
    said = Spoken(
        move="tell", speaker=ANNA, listener=BENN, text="Here.", expression="neutral", reaction="neutral",
        gesture=gesture, essential=True,
    )  # fmt: skip
    setup = Setup(kind="two", size="two_shot", move="static", spoken=[said], on=ANNA, other=BENN)
    outline = SceneOutline(
        number=1, title="x", summary="x", place="x", time="day", mood="warm", characters=[], beat="setup"
    )
    place = Place(name="x", kind="kitchen")
    floor = Floor(outline=outline, place=place, weather="clear", people=(ANNA, BENN), thing="")
    assert {one.gesture for one in stage_shots([setup], floor)[0].people} == {"none"}


def test_a_farm_that_bears_a_name_is_nobody():
    wendell = Person(name="Wendell Harmon", woman=False)
    assert stands_of("The Harmon farm lies still.", ANA, wendell)[0].acting == ()
    assert stands_of("Harmon lies still.", ANA, wendell)[0].acting == ("Wendell Harmon",)


@pytest.mark.parametrize(("language", "last"), [
    ("en", "The wind lifts the hair of everyone."),
    ("es", "El viento levanta el pelo de todos."),
    ("pt-BR", "O vento levanta o cabelo de todos."),
    ("es", "Al final, los dos tiran de la cuerda."),
])  # fmt: skip
def test_everyone_is_all_whom_the_story_spoke_of(language: Language, last: str):
    begun = {
        "en": "Ana waits. Ben waits. ",
        "es": "Ana espera. Ben espera. ",
        "pt-BR": "Ana espera. Ben espera. ",
    }
    assert set(stands_of(begun[language] + last, language=language)[-1].acting) == {"Ana", "Ben"}
    plain = last.replace("everyone", "a dog").replace("de todos", "").replace("los dos tiran", "alguien tira")
    assert set(stands_of(begun[language] + plain, language=language)[-1].acting) != {"Ana", "Ben"}


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Ana repairs the radio."), ("es", "Ana remienda el saco."), ("pt-BR", "Ana conserta o rádio."),
])  # fmt: skip
def test_handiwork_is_seen(language: Language, text: str):
    assert hands_in(text, language) == "working"
    denied = {"en": "Ana never repairs", "es": "Ana no remienda", "pt-BR": "Ana não conserta"}[language]
    assert hands_in(f"{denied} {text.split(maxsplit=2)[2]}", language) == "none"


def test_what_somebody_works_at_lies_before_them():
    film = film_of(
        "Ana works in a workshop. Ana repairs the radio. Ben watches Ana. Ana smiles at Ben.", CAST
    )
    worked = [one for text, one in panels(film) if "repairs" in text]
    assert [who.gesture for who in worked[0].people] == ["working"]
    assert "radio" in [one.picture for one in worked[0].things]
    assert all(not who.holds for who in worked[0].people)


@pytest.mark.parametrize(("language", "told", "here"), [
    ("es", "Es Ben, el novio de su hija.", False), ("es", "Ben es el novio de su hija.", True),
    ("en", "It is Ben, the clerk.", False), ("en", "It is Ben who knocks.", True),
    ("pt-BR", "É o Ben, noivo da filha.", False), ("pt-BR", "Ben é o noivo da filha.", True),
])  # fmt: skip
def test_whose_name_it_is_is_not_there_for_it(language: Language, told: str, here: bool):
    begun = {"en": "Ana sets a name. ", "es": "Ana compone un nombre. ", "pt-BR": "Ana compõe um nome. "}
    assert ("Ben" in stands_of(begun[language] + told, language=language)[-1].here) is here


MARTA = Person(name="Marta", woman=True, role="desaparecida", also=frozenset({"mujer"}))
IRENE, ANSELMO = Person(name="Irene", woman=True), Person(name="Anselmo", woman=False)


def test_who_is_recognised_is_seen_though_she_was_missing() -> None:
    text = "Anselmo mira a Irene. Se abren las puertas y hay una mujer de espaldas. Es su hermana Marta."
    found = stands_of(text, IRENE, ANSELMO, MARTA, language="es")
    assert found[-1].acting == ("Marta",)
    # The control: of whom a photograph or a name is, nobody is there.
    held = "Anselmo mira a Irene. En el cuadro hay un nombre. Es su hermana Marta."
    assert "Marta" not in stands_of(held, IRENE, ANSELMO, MARTA, language="es")[-1].here


def test_both_sisters_are_two_women() -> None:
    text = "Marta abraza a Irene. Anselmo entra y mira a Irene. Las dos hermanas apagan la luz."
    sister = replace(MARTA, role="35, hermana")
    assert {*stands_of(text, IRENE, ANSELMO, sister, language="es")[-1].acting} == {"Marta", "Irene"}
    # The control: `los dos` are the last two.
    both = text.replace("Las dos hermanas apagan", "Los dos apagan")
    assert "Anselmo" in stands_of(both, IRENE, ANSELMO, sister, language="es")[-1].acting


def test_doors_that_open_are_opened_by_nobody() -> None:
    text = "Anselmo mira a Irene. Se abren las puertas del trastero."
    assert stands_of(text, IRENE, ANSELMO, language="es")[-1].acting == ()
    # The control: what two people close.
    shut = "Anselmo mira a Irene. Cierran las puertas del trastero."
    assert stands_of(shut, IRENE, ANSELMO, language="es")[-1].acting


def test_they_may_be_things() -> None:
    assert stands_of("Ana meets Ben. The cakes are frozen. They arrive on a truck.")[-1].acting == ()
    # The control: without the things the two who were told of do it.
    assert {*stands_of("Ana meets Ben. They arrive on a truck.")[-1].acting} == {"Ana", "Ben"}


def test_who_left_long_ago_is_here() -> None:
    text = "Anselmo mira a Irene. Entra Marta. Marta se fue hace años. Marta ríe con Irene."
    sister = replace(MARTA, role="35, hermana")
    assert "Marta" not in stands_of(text, IRENE, ANSELMO, sister, language="es")[2].away
    gone = "Anselmo mira a Irene. Entra Marta. Marta se va de casa. Irene ríe con Anselmo."
    assert "Marta" in stands_of(gone, IRENE, ANSELMO, sister, language="es")[-1].away


def test_a_preposition_stays_with_whom_it_leads_to() -> None:
    text = "O prefeito é Dário Nunes, com quem ela ia se casar."
    assert [one.text.strip() for one in pieces_of(text, "pt-BR")][-1] == "com quem ela ia se casar."
    # The control: without one the clause begins at the relative.
    bare = "Ana espera Dário, quem ela ia levar."
    assert [one.text.strip() for one in pieces_of(bare, "pt-BR")][-1] == "quem ela ia levar."


def test_the_three_are_those_with_a_name() -> None:
    eva, guest = Person(name="Eva", woman=True), Person(name="Wagner", woman=False, unnamed=True)
    text = "Ana abraza a Ben. Eva llega. Wagner firma. Ben mira a Wagner. Los tres cruzan el río."
    found = stands_of(text, ANA, BEN, eva, guest, language="es")[-1].acting
    assert {*found} == {"Ana", "Ben", "Eva"}
    # The control: where there are no three of them the last three are meant.
    assert "Wagner" in stands_of(text, ANA, BEN, guest, language="es")[-1].acting
