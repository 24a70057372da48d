"""Talk about what happens: the right table for a verb, who says it, and hands that fit it."""

from itertools import pairwise

import pytest

from state.brief import NovelaBrief
from state.script import Character, Gesture, Language, Look, Narrator, Place
from tests.unit.tools.models.test_told_aloud import read
from tools.models.offline.brief.story import story_of
from tools.models.offline.clauses.people import Person
from tools.models.offline.deeds.happening import Happening, happening_of
from tools.models.offline.shooting.staging import _fitting
from tools.models.offline.telling.dialogue import write_exchange
from tools.models.offline.telling.exchange import Exchange
from tools.models.offline.telling.talk import TURN, company_of, exchanges
from tools.models.offline.things.picturing import pictures_in
from tools.models.offline.words.bank import bank, shared
from tools.models.offline.words.dice import Dice
from tools.models.offline.words.fact import Fact

ANA, BEN = (
    Character(name="Ana", role="", look=Look(presentation="woman")),
    Character(name="Ben", role="", look=Look(presentation="man")),
)
PEOPLE = (Person(name="Ana", woman=True), Person(name="Ben", woman=False))
WAYS = ("own", "other", "alone", "together")


def seen(text: str) -> Happening:
    fact = read("en", text, *PEOPLE)[-1]
    return happening_of(fact, (ANA, BEN), (ANA, BEN), "en")


@pytest.mark.parametrize(("text", "kind"), [
    ("Ana takes the great lamp apart.", "repair"), ("Ana takes the lamp.", "take"),
    ("Ben turns up at the wrong wedding.", "arrive"), ("Ben finds that the safe is empty.", "know"),
    ("Ben finds the safe.", "find"), ("Ana did not write it.", "denied"), ("Ana says nothing.", "denied"),
    ("Nobody notices the thief.", "denied"), ("Ana orders a cup of coffee.", "buy"),
    ("Ana orders to open the gate.", "demand"), ("Ana reads the letter.", "read"),
])  # fmt: skip
def test_a_verb_with_its_particle_chooses_the_talk(text: str, kind: str):
    assert seen(text).kind == kind


def test_what_two_do_they_talk_of_as_two():
    happening = seen("Ana and Ben cross the line together.")
    assert happening.together
    first = next(exchanges(happening, company_of((ANA, BEN), "en", "grave", Dice("1"), frozenset())))
    said = {turn.partition(": ")[2] for one in bank("en")["talk"]["together"].values()
            if isinstance(one, list) for template in one for turn in template.split(" / ")}  # fmt: skip
    assert {line.text for line in first} <= said | {text.replace("I am", "I'm") for text in said}


def test_two_before_the_verb_do_it_together_and_the_words_before_them_do_not_count():
    assert seen("Ana and Ben open the safe.").together
    assert not seen("When Ana meets Ben, the lights go out.").together


def test_the_thing_is_named_without_what_only_the_brief_can_say_of_it():
    assert seen("Ana rents the same flat.").thing == "the flat"


def test_a_wish_with_a_pronoun_nobody_could_place_is_told_and_one_without_is_said():
    assert not own_words("Ben wants to ask her to marry him.")
    assert own_words("Ben wants to sell the house.")


def test_to_wait_is_no_wish_and_to_hope_is_one():
    assert not own_words("Ben espera a su espalda, con el sombrero en las rodillas.", "es")
    assert own_words("Ben espera vender la casa.", "es")


def own_words(text: str, language: Language = "en") -> list[str]:
    """What Ben says of it himself in a scene with Ana."""
    brief = NovelaBrief(title="T", description=text, genre="drama", language=language)
    fact = read(language, text, *PEOPLE)[-1]
    exchange = Exchange(
        story=story_of(brief), people=(ANA, BEN), cast=(ANA, BEN), facts=(fact,), where=(1, 1),
        narrator=Narrator(name="N"), said=frozenset(),
    )  # fmt: skip
    lines = write_exchange(exchange, budget=60, longest=30)
    return [one.text for one in lines if one.essential and not one.told]


def test_of_what_does_not_happen_there_is_one_exchange_and_of_what_does_there_are_more():
    def talk(text: str) -> int:
        brief = NovelaBrief(title="T", description=text, genre="drama", language="en")
        exchange = Exchange(
            story=story_of(brief), people=(ANA, BEN), cast=(ANA, BEN), facts=(read("en", text, *PEOPLE)[-1],),
            where=(1, 1), narrator=None, said=frozenset(),
        )  # fmt: skip
        return len(write_exchange(exchange, budget=90, longest=30))

    assert talk("Ana did not write the letter.") <= 3 < talk("Ana wrote the letter.")


def test_whoever_certainly_does_it_is_the_doer():
    fact = Fact(
        subject="the old cook", verb="tastes", rest="the soup", text="The cook tastes it.", agent="Ana"
    )
    assert happening_of(fact, (ANA, BEN), (ANA, BEN), "en").doer is ANA


@pytest.mark.parametrize(("text", "hands", "later"), [
    ("Ana knocks on the door.", "knocking", "none"), ("Ana writes a letter.", "writing", "writing"),
    ("Ben hugs Ana.", "hugging", "none"), ("Ben cooks the soup.", "stirring", "stirring"),
])  # fmt: skip
def test_a_verb_moves_the_hands_while_it_happens(text: str, hands: Gesture, later: Gesture):
    assert (seen(text).gesture, seen(text).gesture_in_talk) == (hands, later)


def test_nobody_drives_in_a_kitchen_and_it_takes_two_to_embrace():
    kitchen, car = Place(name="K", kind="kitchen"), Place(name="C", kind="car")
    assert _fitting({"Ana": "driving"}, kitchen, "medium") == {"Ana": "none"}
    assert _fitting({"Ana": "driving"}, car, "medium") == {"Ana": "driving"}
    assert _fitting({"Ana": "stirring"}, Place(name="R", kind="river"), "medium") == {"Ana": "none"}
    assert _fitting({"Ana": "sitting"}, Place(name="R", kind="river"), "medium") == {"Ana": "sitting"}
    assert _fitting({"Ana": "sitting"}, kitchen, "medium") == {"Ana": "sitting"}
    assert _fitting({"Ana": "hugging"}, kitchen, "medium") == {"Ana": "none"}
    two = _fitting({"Ana": "hugging", "Ben": "none"}, kitchen, "medium")
    assert two == {"Ana": "hugging", "Ben": "hugging"}


def test_a_bench_stands_only_where_there_is_one():
    hall, workshop = Place(name="H", kind="stage"), Place(name="W", kind="workshop")
    working: dict[str, Gesture] = {"Ana": "working"}
    assert _fitting(working, hall, "wide") == {"Ana": "none"}
    assert _fitting(working, hall, "medium") == _fitting(working, workshop, "wide") == working


def test_every_template_of_the_talk_bank_can_be_said():
    for kind, table in bank("en")["talk"].items():
        if kind in ("who", "gestures", "thing"):
            continue
        assert kind in shared("happenings")
        for way, templates in table.items():
            assert way == "verbs" or way.split("_")[0] in WAYS
            for template in templates if way != "verbs" else ():
                turns = [TURN.match(turn.strip()) for turn in template.replace("{It}", "{it}").split(" / ")]
                assert all(turns), template
                speakers = [turn[1] for turn in turns if turn]
                assert all(one != two for one, two in pairwise(speakers)), template
                assert not way.startswith("alone") or speakers == ["A"], template


def test_no_exchange_is_listed_twice_in_one_table():
    for table in (one for kind, one in bank("en")["talk"].items() if kind not in ("who", "gestures")):
        for templates in (one for one in table.values() if isinstance(one, list)):
            assert len(set(templates)) == len(templates)


def test_what_still_is_so_is_no_distillery():
    assert pictures_in("Gino and Marta still share a shop.", "en") == []
    assert pictures_in("He builds an alembic in the barn.", "en") == [("alembic", "still")]


DAYS = ("Ana opens the old shop at seven.", "Ben counts the money in the back room, slowly and twice.")


def told_in(budget: int, most: int) -> list[str]:
    """What a narrator tells of two facts in so many words."""
    brief = NovelaBrief(title="T", description=" ".join(DAYS), genre="drama", language="en")
    facts = tuple(read("en", text, *PEOPLE)[-1] for text in DAYS)
    exchange = Exchange(
        story=story_of(brief), people=(ANA, BEN), cast=(ANA, BEN), facts=facts, where=(1, 1),
        narrator=Narrator(name="N"), said=frozenset(), longest_shot=30,
    )  # fmt: skip
    return [one.text for one in write_exchange(exchange, budget=budget, longest=30, most=most) if one.told]


def test_a_scene_too_full_uses_all_of_its_time_before_it_drops_anything():
    assert told_in(budget=17, most=18) == list(DAYS)
    # The control: without that time what only describes goes, then a sentence goes whole, never the last.
    assert told_in(budget=17, most=17) == [DAYS[0], "Ben counts the money in the back room."]
    assert told_in(budget=12, most=12) == [DAYS[1]]
