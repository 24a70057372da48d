"""What a story hangs on is found, has its own picture, and is seen where it is told."""

import pytest

from state.brief import NovelaBrief
from state.script import Language, ThingLook
from tests.unit.tools.models.test_directing import write_episode
from tools.models.offline.shooting import coverage
from tools.models.offline.things import shown
from tools.models.offline.things.implied import garment_of
from tools.models.offline.things.load_bearing import load_bearing, scores_of
from tools.models.offline.things.picturing import found_in, pictures_in
from tools.models.offline.things.shown import Words, parted, thing_shown
from tools.models.offline.things.thing_look import looks_after, stripes_in
from tools.models.offline.things.written import written_in

JACKET = (
    "Nora keeps one grey jacket on a nail in the yard, and every sailor wears it for his photo. One day Ada "
    "comes in with a crumpled photo. Nora does not know the face. Ada takes the jacket and sees a patch of "
    "red thread on its sleeve. In the pocket of the jacket lies a letter."
)


def a_brief(description: str, *, title: str = "Night", language: Language = "en") -> NovelaBrief:
    return NovelaBrief(
        title=title, description=description, language=language, target_episodes=1, episode_seconds=60
    )


def looks(text: str, language: Language = "en", before: dict[str, ThingLook] | None = None):
    return looks_after(before or {}, found_in(text, language), text, language)


def test_the_noun_of_the_title_weighs_most() -> None:
    brief = a_brief(JACKET, title="The Photographer's Jacket")
    assert load_bearing(brief)[0] == "suit_jacket"
    assert scores_of(brief)["suit_jacket"] > scores_of(a_brief(JACKET))["suit_jacket"]


def test_what_is_only_worn_or_scenery_carries_nothing() -> None:
    heavy = load_bearing(a_brief("An old man in pyjamas crosses a bridge. He stops. A dog in pyjamas barks."))
    assert "pyjamas" not in heavy
    assert "bridge" not in heavy


def test_every_weighty_thing_is_seen_in_the_film() -> None:
    brief = a_brief(JACKET, title="The Photographer's Jacket")
    shots = [shot.staging for scene in write_episode(brief).scenes for shot in scene.shots]
    seen = {one for shot in shots for one in (shot.subject, *(thing.picture for thing in shot.things))}
    assert {"suit_jacket", "photo", "letter"} <= seen


def test_a_thing_that_carries_the_story_is_seen_where_it_is_only_named() -> None:
    text = "He climbs in through the kitchen window."
    assert thing_shown(text, Words(language="en", heavy=("window",))) == "window"
    assert thing_shown(text, Words(language="en")) == ""


def test_a_part_shows_the_whole() -> None:
    words = Words(language="es")
    assert thing_shown("Una señora levanta la tapa de la olla.", words) == "stew"
    assert thing_shown("Una señora vuelve de la olla.", words) == ""


@pytest.mark.parametrize(
    ("text", "story", "language", "picture"),
    [
        ("She turns off the machine.", "He asks for twenty copies of his form.", "en", "photocopier"),
        ("Ela desliga a máquina.", "A costureira trabalha até tarde.", "pt-BR", "sewing_machine"),
        ("Vê na manga um remendo.", "Ele tem um paletó.", "pt-BR", "suit_jacket"),
        ("They watch it climb the pole.", "She must finish the flag by dawn.", "en", "flag"),
    ],
)
def test_a_word_is_a_picture_by_what_its_story_has_told(
    text: str, story: str, language: Language, picture: str
) -> None:
    told = [one.picture for one, _ in parted(text, Words(language=language, story=story))]
    assert picture in told
    assert picture not in [one.picture for one, _ in parted(text, Words(language=language))]


def test_the_left_shoe_is_one_of_the_pair_that_was_told() -> None:
    text = "He lifts the shoes."
    satin = Words(language="en", story="Cecily brings her satin shoes.")
    assert [one.picture for one, _ in parted(text, satin)] == ["satin_shoes"]
    assert [one.picture for one, _ in parted(text, Words(language="en"))] == ["shoes"]
    assert garment_of("She folds the jacket and the coat.", "en") == "suit_jacket"


def test_a_fathers_shoes_are_no_babys() -> None:
    assert pictures_in("los zapatos de vestir de su papá", "es")[0][1] == "dress_shoes"
    assert pictures_in("unos zapatitos rosados", "es")[0][1] == "baby_shoes"


def test_a_flag_has_the_colours_that_are_told() -> None:
    story = "She must finish the new flag by dawn."
    assert stripes_in("Green, White, Green", story, "en") == ("green", "white", "green")
    assert stripes_in("Night", "Cuelga una bandera roja y negra.", "es") == ("red", "black")
    # Controls: no flag, and colours of something else.
    assert stripes_in("Green, White, Green", "She must finish the quilt by dawn.", "en") == ()
    assert stripes_in("Night", f"{story} A red car stops.", "en") == ()


def test_damage_stays_with_its_thing_and_a_red_thread_makes_no_red_jacket() -> None:
    patched = looks("She sees a patch of red thread on the jacket.")
    assert (patched["suit_jacket"].state, patched["suit_jacket"].thread) == ("patched", "red")
    assert patched["suit_jacket"].colour == ""
    assert looks("He folds the jacket.", before=patched)["suit_jacket"].state == "patched"
    # The control: what is wet is so until the thing is spoken of again.
    wet = looks("The jacket is soaking wet.")
    assert looks("He folds the jacket.", before=wet)["suit_jacket"].state == ""


def test_only_what_can_chip_is_chipped_and_a_row_is_many() -> None:
    assert looks("There is a small chip on the rim of every good cup.")["cup"].state == "chipped"
    assert looks("There is a chip on the shoulder of the coat.")["coat"].state == ""
    assert looks("She walks the long line of white cups.")["cup"] == ThingLook(colour="white", count=6)


def test_a_word_in_the_steam_is_read_on_the_glass() -> None:
    found = written_in("She sees a word written in the steam on a back window: HELP.", "en")
    assert found is not None
    assert (found.picture, found.words) == ("steamed_window", "HELP")
    assert written_in("She says one word: Help.", "en") is None


def test_to_watch_it_is_no_watch() -> None:
    assert pictures_in("The three of them watch it climb.", "en") == []
    assert pictures_in("She winds the old watch.", "en") == [("watch", "watch")]


def test_without_its_weight_a_thing_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "_heavy_in", lambda *_: "")
    assert thing_shown("He climbs in through the window.", Words(language="en", heavy=("window",))) == ""


def test_a_word_that_has_to_be_read_is_seen_close(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "Shona is driving the last bus out of Leeds when she sees a word written in the steam on a back "
        "window: HELP. A girl sits beneath it. Shona brakes and opens the doors. The girl runs out."
    )

    def read(title: str) -> list[str]:
        scenes = write_episode(a_brief(text, title=title)).scenes
        shots = [shot.staging for scene in scenes for shot in scene.shots]
        return [look.written for one in shots if one.size == "insert" for look in one.looks.values()]

    # Hands that are busy would be seen instead.
    monkeypatch.setattr(coverage, "_is_posed", lambda *_: True)
    assert "HELP" in read("Night")
    monkeypatch.setattr(coverage, "READ", ())
    assert "HELP" not in read("Late")
