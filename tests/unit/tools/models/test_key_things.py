"""The thing that a story turns on is seen: in its colour, in a hand, and not before its words."""

from collections import Counter

import pytest

from state.brief import CharacterBrief, NovelaBrief
from state.script import Character, Language, Look, Place, Scene, ShotSize, ThingLook
from state.writing import PlanSeriesInput, SceneOutline, WriteSceneInput
from tests.unit.tools.models.test_ledger import stands_of
from tools.models.offline.clauses.people import Person
from tools.models.offline.persons.worn_glasses import wears_glasses, with_glasses
from tools.models.offline.plan import compose_plan
from tools.models.offline.scene import compose_scene
from tools.models.offline.shooting import staging as stager
from tools.models.offline.shooting.floor import Floor
from tools.models.offline.shooting.setup import Setup, ShotKind
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.things.called_things import named_things, with_products_told
from tools.models.offline.things.key_things import Keys, with_keys
from tools.models.offline.things.picturing import found_in
from tools.models.offline.things.shown import Words, parted
from tools.models.offline.things.thing_look import colours_in, looks_after
from tools.models.offline.things.titled import shown_in

ANA, BEN = Person(name="Ana", woman=True), Person(name="Ben", woman=False)


def film_of(description: str, *, scenes: int = 2) -> list[Scene]:
    """Written afresh each time: a rule may be off."""
    brief = NovelaBrief(
        title="x", description=description, language="en", scenes_per_episode=scenes, shots_per_scene=4,
        episode_seconds=17 * scenes, target_episodes=1,
        characters=[CharacterBrief(name=one, role="baker") for one in ("Ana", "Ben")],
    )  # fmt: skip
    plan, written = compose_plan(PlanSeriesInput(brief=brief)), list[Scene]()
    for outline in plan.episodes[0].scenes:
        asked = WriteSceneInput(
            brief=brief, plan=plan, outline=outline, previous_scenes=list(written), seconds=17, shots=4
        )
        written.append(compose_scene(asked).scene)
    return written


def stagings(film: list[Scene]) -> list[tuple[str, str, set[str]]]:
    """Of every picture its words, its size and what it shows."""
    shots = [shot for scene in film for shot in scene.shots]
    return [
        (" ".join(line.text for line in shot.lines), shot.staging.size, shown_in(shot.staging))
        for shot in shots
    ]


@pytest.mark.parametrize(
    ("text", "language", "thing", "look"),
    [
        ("He lends her his dark green bicycle.", "en", "bicycle", ("green", "dark")),
        ("The bicycle is light blue.", "en", "bicycle", ("blue", "light")),
        ("He brings a green bicycle.", "en", "bicycle", ("green", "")),
        ("The groom's cream jacket.", "en", "suit_jacket", ("cream", "")),
        ("Le presta una bicicleta verde oscuro.", "es", "bicycle", ("green", "dark")),
        ("Una camisa azul claro.", "es", "shirt", ("blue", "light")),
        ("Um vestido azul-marinho.", "pt-BR", "dress", ("blue", "dark")),
        ("Uma jaqueta creme.", "pt-BR", "suit_jacket", ("cream", "")),
    ],
)
def test_a_colour_word_paints_its_noun(text: str, language: Language, thing: str, look: tuple[str, str]):
    found = colours_in(text, language)[thing]
    assert (found.colour, found.shade) == look


def test_a_colour_behind_the_next_noun_is_that_nouns() -> None:
    said = "Ela arranca a folha do caderno verde."
    found = [one for one, _ in parted(said, Words(language="pt-BR", story=said))]
    assert {one.picture for one in found} == {"torn_leaf", "exercise_book"}
    looks = colours_in(said, "pt-BR", found)
    assert "torn_leaf" not in looks
    assert looks["exercise_book"].colour == "green"


@pytest.mark.parametrize(
    ("text", "language", "state", "stain"),
    [
        ("The jacket comes in, and there is curry down the front.", "en", "stained", "orange"),
        ("It is Pete's jacket, covered in beetroot.", "en", "stained", "purple"),
        ("La chaqueta llena de vino tinto.", "es", "stained", "red"),
        ("A jaqueta manchada de café.", "pt-BR", "stained", "brown"),
        # A dish of it beside the jacket stains nothing.
        ("The jacket hangs beside the curry.", "en", "", ""),
    ],
)
def test_a_stain_has_the_colour_of_what_made_it(text: str, language: Language, state: str, stain: str):
    look = looks_after({}, found_in(text, language), text, language)["suit_jacket"]
    assert (look.state, look.stain) == (state, stain)


def test_a_stain_stays_until_it_is_told_to_be_clean() -> None:
    dirty = {"suit_jacket": ThingLook(state="stained", stain="red")}
    for text, state in (("She lifts the jacket.", "stained"), ("She lifts the clean jacket.", "")):
        assert looks_after(dirty, found_in(text, "en"), text, "en")["suit_jacket"].state == state


@pytest.mark.parametrize(
    ("text", "language", "thing", "part"),
    [
        ("Ele sai de prancheta na mão.", "pt-BR", "clipboard", "used"),
        ("Sale con el cuaderno bajo el brazo.", "es", "exercise_book", "used"),
        ("She comes up with the keys in her hand.", "en", "key_ring", "used"),
        ("She sees the keys in the drawer.", "en", "key_ring", "acted_on"),
        ("The boot is full of coin bags.", "en", "coin_bag", "acted_on"),
    ],
)
def test_what_is_in_a_hand_is_had(text: str, language: Language, thing: str, part: str):
    assert (thing, part) in [(one.picture, part) for one, part in parted(text, Words(language=language))]


@pytest.mark.parametrize(
    ("text", "story", "language", "thing"),
    [
        ("She brings a float.", "A swimming lesson in the pool.", "en", "swimming_float"),
        ("She brings a float.", "The carnival parade.", "en", ""),
        ("Llega con una receta.", "Una farmacia de guardia.", "es", "prescription"),
        ("Llega con una receta.", "Una tarta de su abuela.", "es", "written_note"),
        ("Ele puxa a carteira.", "Uma escola noturna, na aula.", "pt-BR", "school_desk"),
        ("Ele puxa a carteira.", "Um assalto no banco.", "pt-BR", "wallet"),
        ("Agarra la perilla.", "La palanca de cambios del colectivo.", "es", "gear_knob"),
        ("Agarra la perilla.", "La puerta del baño.", "es", "door_knob"),
    ],
)
def test_the_story_says_which_of_its_meanings_a_noun_has(
    text: str, story: str, language: Language, thing: str
):
    found = [one.picture for one, _ in parted(text, Words(language=language, story=f"{story} {text}"))]
    assert found == ([thing] if thing else [])


@pytest.mark.parametrize(
    ("text", "language", "people", "named"),
    [
        ("Film for our Harrow electric bike.", "en", (), {"Harrow": "bicycle"}),
        ("Film for our Harrow electric bike.", "en", ("Ann Harrow",), {}),
        ("They meet in Harrow. The Harrow bike is old.", "en", (), {}),
        ("Nossa panela elétrica, a Quietinha, não apita.", "pt-BR", (), {"Quietinha": "electric_cooker"}),
    ],
)
def test_a_product_has_its_name(
    text: str, language: Language, people: tuple[str, ...], named: dict[str, str]
):
    assert named_things(text, language, people) == named


def test_what_a_name_is_of_is_told_where_the_story_says_it_first() -> None:
    told = with_products_told("He lends her his green Harrow. She rides the Harrow.", "Our Harrow bike.")
    assert told == "He lends her his green Harrow bike. She rides the Harrow."


@pytest.mark.parametrize(
    ("text", "thing", "states"),
    [
        ("Ana drops the bowl and it breaks.", "bowl", ["", "in_pieces"]),
        ("Ana drops the bowl and runs.", "bowl", ["", ""]),
        ("Ben breaks the bowl. Ana glues them with gold.", "bowl", ["in_pieces", "mended"]),
    ],
)
def test_what_breaks_by_itself_is_broken(text: str, thing: str, states: list[str]):
    assert [one.states.get(thing, "") for one in stands_of(text, ANA, BEN)] == states


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Ana finds a screw and comes to ask.", ["screw", "screw"]),
        ("Ana finds a screw and takes a spoon.", ["screw", "spoon"]),
        ("Ana finds a letter he never sent.", ["letter"]),
        ("Ana never finds the letter.", [""]),
    ],
)
def test_whoever_walks_on_keeps_what_they_found(text: str, holds: list[str]):
    assert [one.holds.get("Ana", "") for one in stands_of(text, ANA, BEN)] == holds


WHO = Character(name="Ana", role="baker", look=Look(presentation="woman"))


def told(text: str) -> Spoken:
    return Spoken(
        move="", speaker=WHO, listener=WHO, text=text, expression="neutral", reaction="neutral",
        gesture="none", essential=False, narrator="Narrator",
    )  # fmt: skip


def setup(*texts: str, kind: ShotKind = "act") -> Setup:
    size: ShotSize = "wide" if kind == "establish" else "medium"
    return Setup(
        kind=kind, size=size, move="static", spoken=[told(one) for one in texts], on=WHO, other=WHO,
        here=(WHO,),
    )  # fmt: skip


def closed(*setups: Setup, seen: int = 0, close: bool = False, last: bool = True) -> list[int]:
    """Which of these set-ups become pictures of the screw."""
    outline = SceneOutline(
        number=1, title="x", summary="x", place="The shop", beat="setup", characters=["Ana"]
    )
    floor = Floor(
        outline=outline, place=Place(name="The shop", kind="shop"), weather="clear", people=(WHO,), thing="",
        words=Words(language="en", heavy=("screw",)),
    )  # fmt: skip
    keys = Keys(
        names=("screw",), seen=Counter(screw=seen), close=frozenset(("screw",) if close else ()),
        last_told=frozenset(("screw",) if last else ()),
    )  # fmt: skip
    done = with_keys(setups, keys, floor)
    return [at for at, one in enumerate(done) if one.size == "insert" and one.thing == "screw"]


OPENS, FINDS, SILENT = setup("Ana walks.", kind="establish"), setup("Ana finds a screw."), setup()


@pytest.mark.parametrize(
    ("setups", "closes"),
    [
        ((OPENS, FINDS, SILENT, setup("Ana smiles.")), [1]),
        # A scene is not opened with it: the next silent picture has it, and none before it is told of.
        ((setup("Ana finds a screw.", kind="establish"), setup("Ana smiles."), SILENT), [2]),
        ((OPENS, SILENT, setup("Ana smiles.")), []),
        # People are left in half of the pictures.
        ((FINDS,), []),
    ],
)
def test_a_key_thing_is_close_where_it_is_told_of(setups: tuple[Setup, ...], closes: list[int]):
    assert closed(*setups) == closes


@pytest.mark.parametrize(("seen", "last", "closes"), [(2, True, []), (1, False, []), (0, True, [1])])
def test_what_was_close_before_is_shown_again_only_if_seldom_seen(seen: int, last: bool, closes: list[int]):
    assert closed(OPENS, FINDS, SILENT, SILENT, seen=seen, close=True, last=last) == closes


POLICE = (
    "Ana and Ben stand in the street with a map. When he reaches the corner she drops the barrier, and a "
    "police car turns into the street."
)


def before_reveal() -> list[tuple[str, str, set[str]]]:
    """The pictures before the one whose words name the car."""
    film = stagings(film_of(POLICE, scenes=1))
    return film[: next(at for at, (text, _, _) in enumerate(film) if "police car" in text)]


def test_a_thing_comes_in_with_its_own_words() -> None:
    assert not [text for text, _, names in before_reveal() if "police_car" in names]


def test_without_the_rule_it_is_there_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stager, "_is_here", lambda *_: True)
    monkeypatch.setattr(stager, "grounded", lambda staged, *_: staged)
    assert [text for text, _, names in before_reveal() if "police_car" in names]


@pytest.mark.parametrize(
    ("text", "language", "worn"),
    [
        ("She puts on the glasses", "en", True),
        ("Bianca sees it with her new glasses", "en", True),
        ("She drops the glasses", "en", False),
        ("Se pone las gafas y mira", "es", True),
        ("Rompe las gafas", "es", False),
        ("De óculos novos, ela olha", "pt-BR", True),
        ("Ela vende óculos", "pt-BR", False),
    ],
)
def test_glasses_are_worn_by_whoever_puts_them_on(text: str, language: Language, worn: bool):
    assert wears_glasses(text, language) is worn


def test_worn_glasses_have_the_colour_that_is_told() -> None:
    bare = Look(presentation="woman")
    assert with_glasses(bare, ThingLook(colour="red")).glasses_colour == "#c62828"
    assert with_glasses(bare, None).glasses_colour is None
