"""From what a model says of a series to its whole plan.

What the brief and the earlier episodes fixed stays as it was; later episodes, which are planned anew when
they are made, may be told in a sentence.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nodes.agents.agent import Unfitting
from nodes.agents.meant import name_meant
from nodes.agents.mending import read_as
from state.answers import EpisodeAnswer, LookAnswer, OutlineAnswer, PersonAnswer, PlaceAnswer, PlanAnswer
from state.brief import CharacterBrief, NovelaBrief
from state.script import HEX, Character, Look, Narrator, Place
from state.writing import EpisodeOutline, PlanSeriesInput, SceneOutline, SeriesPlan
from tools.models.offline.persons.animals import given_animals
from tools.models.offline.things.picturing import picture_of
from tools.models.offline.words.bank import structure
from tools.screenplay.names import is_narrator

MOST_SEEN = 3
MOST_THREADS = 5
MOST_PROPS = 6


def full_plan(input: PlanSeriesInput, answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """The whole plan; one that is whole already (it has a `cast`) is returned as it is.

    Raises:
        Unfitting: names every fault.
    """
    if "cast" in answer:
        return answer
    told, wrong = read_as(PlanAnswer, answer)
    making = _Making(input, told, wrong)
    plan = making.plan().model_dump(mode="json")
    if wrong:
        raise Unfitting(wrong, plan)
    return plan


@dataclass
class _Making:
    input: PlanSeriesInput
    told: PlanAnswer
    wrong: list[str]
    cast: list[Character] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    @property
    def brief(self) -> NovelaBrief:
        return self.input.brief

    def plan(self) -> SeriesPlan:
        known, told, brief = self.input.known, self.told, self.brief
        self.cast, self.places = self._cast(), self._places()
        palette = [one for one in told.palette if re.match(HEX, one)][:4]
        return SeriesPlan(
            title=known.title if known else brief.title,
            logline=known.logline if known else told.logline or brief.title,
            cast=self.cast, narrator=self._narrator(), places=self.places, episodes=self._episodes(),
            palette=known.palette if known else palette or structure()["palettes"][brief.genre][0],
            open_threads=[one for one in told.open_threads if one][:MOST_THREADS],
            told=known.told if known else [],
        )  # fmt: skip

    def _cast(self) -> list[Character]:
        """Whoever is known stays to the letter; the brief's own words count before the model's."""
        cast = list(self.input.known.cast) if self.input.known else []
        asked = {one.name: one for one in self.brief.characters}
        animals = {one.name for one in given_animals(self.brief)}
        for one in self.told.people:
            if name_meant(one.name, [*animals, *(who.name for who in cast)]) is None:
                given = asked.get(name_meant(one.name, asked) or "")
                if given is None and is_narrator(one.name):
                    continue
                cast.append(self._character(one, given))
        return cast

    def _character(self, one: PersonAnswer, given: CharacterBrief | None) -> Character:
        look = given.look if given and given.look else None
        if look is None and one.look is None:
            self.wrong.append(f"people: say how {one.name} looks")
        return Character(
            name=given.name if given else " ".join(one.name.split()),
            role=(given and given.role) or one.role,
            wants=(given and given.wants) or one.wants,
            secret=(given and given.secret) or one.secret,
            manner=one.manner,
            look=look or _look(one.look or LookAnswer(presentation="woman")),
        )

    def _narrator(self) -> Narrator | None:
        known, told = self.input.known, self.told.narrator
        if not self.brief.narrator:
            return None
        if known is not None and known.narrator is not None:
            return known.narrator
        if told is None:
            return None
        if told.name in {one.name for one in self.cast}:
            self.wrong.append(f"narrator: {told.name} is in the cast; a narrator needs another name")
        return Narrator(name=told.name, presentation=told.presentation)

    def _places(self) -> list[Place]:
        places = list(self.input.known.places) if self.input.known else []
        asked = [one.name for one in self.brief.places]
        for one in self.told.places:
            if name_meant(one.name, [place.name for place in places]) is None:
                places.append(self._place(one, name_meant(one.name, asked) or " ".join(one.name.split())))
        return places

    def _place(self, one: PlaceAnswer, name: str) -> Place:
        drawn = [picture_of(prop, self.brief.language) for prop in one.props]
        return Place(name=name, kind=one.kind, props=[prop for prop in drawn if prop][:MOST_PROPS])

    def _episodes(self) -> list[EpisodeOutline]:
        """What was made stays; what nobody told again is as an earlier plan had it."""
        known = {one.number: one for one in self.input.known.episodes} if self.input.known else {}
        told = {one.number: one for one in self.told.episodes}
        wanted = max(self.brief.target_episodes, self.brief.episode_number)
        found = []
        for number in range(1, wanted + 1):
            if number in known and (number < self.brief.episode_number or number not in told):
                found.append(known[number])
            elif number in told:
                found.append(self._episode(told[number]))
        return found

    def _episode(self, told: EpisodeAnswer) -> EpisodeOutline:
        logline = told.logline or told.title
        outlines: Sequence[OutlineAnswer] = told.scenes
        if told.number != self.brief.episode_number:
            outlines = self._in_rough(told.scenes, logline)
        scenes = [self._scene(one, told.number, at) for at, one in enumerate(outlines, 1)]
        return EpisodeOutline(number=told.number, title=told.title, logline=logline, scenes=scenes)

    def _in_rough(self, told: Sequence[OutlineAnswer], logline: str) -> list[OutlineAnswer]:
        """As many scenes as there will be: what is not told of a later episode is its one sentence."""
        most = self.brief.scenes_per_episode
        missing = [OutlineAnswer(summary=logline)] * (most - len(told))
        return [*told, *missing][:most]

    def _scene(self, told: OutlineAnswer, episode: int, number: int) -> SceneOutline:
        beats: list[str] = structure()["beats"][str(self.brief.scenes_per_episode)]
        beat = told.beat or (beats[number - 1] if number <= len(beats) else "")
        return SceneOutline(
            number=number, title=told.title or beat.capitalize(), summary=told.summary,
            place=self._place_of(told, episode), time=told.time, mood=told.mood,
            characters=self._people_of(told, episode, number), beat=beat,
        )  # fmt: skip

    def _place_of(self, told: OutlineAnswer, episode: int) -> str:
        """Its place by the name the plan has for it; an unknown one stays, and is found out."""
        names = [one.name for one in self.places]
        if not told.place and episode != self.brief.episode_number and names:
            return names[0]
        return name_meant(told.place, names) or told.place

    def _people_of(self, told: OutlineAnswer, episode: int, number: int) -> list[str]:
        names = [one.name for one in self.cast]
        if not told.people:
            if episode == self.brief.episode_number:
                self.wrong.append(f"episode {episode} scene {number}: say who is in it")
            return names[:2]
        heard = {one.name for one in given_animals(self.brief)}
        people = [name_meant(one, names) or one for one in told.people]
        seen = [one for one in people if one in names or not (is_narrator(one) or name_meant(one, heard))]
        return list(dict.fromkeys(seen))[:MOST_SEEN]


def _look(told: LookAnswer) -> Look:
    looks = structure()["looks"]
    return Look(
        presentation=told.presentation, age=told.age, years=told.years, skin=looks["skins"][told.skin],
        hair_style=told.hair_style, hair_colour=looks["hair"][told.hair_colour], beard=told.beard,
        glasses=told.glasses, garment=told.garment,
        garment_colour=structure()["colours"][told.garment_colour], accessory=told.accessory,
        hair_told=True,
    )  # fmt: skip
