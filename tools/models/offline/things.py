"""The thing a scene is about: found in its words, named in its language, followed from hand to hand."""

import re
from dataclasses import dataclass
from functools import lru_cache

from state.script import Language, Scene
from tools.models.offline.bank import bank
from tools.models.offline.picturing import picture_of, pictures_in

__all__ = ["Thing", "Whereabouts", "left_by", "name_thing", "picture_of", "pictures_in", "things_in"]


@dataclass(frozen=True, kw_only=True)
class Thing:
    """How sentences speak of a thing that can be drawn."""

    gender: str
    the: str
    one: str

    @property
    def slots(self) -> dict[str, str]:
        """The slots that name it."""
        return {"thing": self.the, "a_thing": self.one, "thing_cap": self.the[:1].upper() + self.the[1:]}


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """Where a thing was left: in somebody's hand, or lying in a place."""

    thing: str
    holder: str = ""
    place: str = ""


def name_thing(thing: str, language: Language) -> Thing:
    """The words for a thing; its own name for one that has none."""
    gender, the, one = bank(language)["words"]["things"].get(thing, ["m", thing, thing])
    return Thing(gender=gender, the=the, one=one)


def things_in(text: str, language: Language) -> list[str]:
    """Drawable things that a text names, the most named first."""
    nouns = _nouns(language)
    counted = [(len(found.findall(text)), -at, thing) for at, (thing, found) in enumerate(nouns)]
    return [thing for count, _, thing in sorted(counted, reverse=True) if count]


def left_by(scenes: list[Scene]) -> dict[str, Whereabouts]:
    """Where every thing is after these scenes, read off what their shots show."""
    found: dict[str, Whereabouts] = {}
    for scene in scenes:
        for shot in scene.shots:
            thing, held = shot.staging.subject, [
                one.character for one in shot.staging.people if one.gesture == "holding"
            ]  # fmt: skip
            if not thing:
                continue
            if held:
                found[thing] = Whereabouts(thing=thing, holder=held[0])
            elif shot.staging.size == "insert":
                found[thing] = Whereabouts(thing=thing, place=scene.place)
    return found


@lru_cache(maxsize=8)
def _nouns(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    listed = bank(language)["cues"]["nouns"]
    return tuple(
        (thing, re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE))
        for thing, words in listed.items()
    )
