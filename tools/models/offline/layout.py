"""Laying the facts of a brief over episodes and scenes, so that the film tells the brief's own story.

The order of the brief is the order of the film. What somebody hides comes out in the
confrontation and the turn; the last thing that happens ends the episode. Episodes that
the brief says nothing about live on what people want and hide.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tools.models.offline.bank import structure
from tools.models.offline.fact import Fact

PER_SCENE = 3
MOST = 4
ALIKE = 0.6
Where = tuple[int, int]
EARLY = ("setup", "complication", "doubt", "pressure")
LATE = ("confrontation", "turn", "cliffhanger", "whole")


@dataclass(frozen=True, kw_only=True)
class Season:
    """What there is to tell and where: episodes from the one being made to the last."""

    first: int
    last: int
    scenes: int
    told: str = ""
    """Everything that earlier episodes told, as text."""

    @property
    def beats(self) -> list[str]:
        """The beats of each episode."""
        beats: list[str] = structure()["beats"][str(self.scenes)]
        return beats


def lay_facts(
    facts: Sequence[Fact], season: Season, *, invented: Sequence[Fact] = (), threads: Sequence[Fact] = ()
) -> dict[Where, tuple[Fact, ...]]:
    """The facts that every scene dramatises: one to four each, as long as there are any.

    `invented` are facts of the writer's own plot, used only where the brief has nothing;
    `threads` are open questions of earlier episodes, taken up by the first one.
    """
    fresh = [fact for fact in facts if not _is_told(fact, season.told)]
    story = _distinct([fact for fact in fresh if fact.source == "description"])
    parts = _over_episodes(story, season)
    people = _distinct([fact for fact in fresh if fact.source in ("want", "secret")], apart_from=story)
    asked = [fact for fact in facts if fact.source == "scene"]
    laid: dict[Where, tuple[Fact, ...]] = {}
    stock = _Stock(people, [*invented], [fact for fact in fresh if fact.source == "role"])
    for number in range(season.first, season.last + 1):
        scenes = _over_scenes(parts[number - season.first], season.scenes)
        if number == season.first and threads:
            scenes[0] = [*threads, *scenes[0]][:MOST]
        stock.fill(scenes, season.beats, left=season.last - number)
        for index, chosen in enumerate(scenes):
            wished = [fact for fact in asked if fact.scene == index + 1 and number == season.first]
            laid[number, index + 1] = tuple((wished or chosen)[:MOST])
    return laid


class _Stock:
    """What people want and hide, handed out once each; the writer's inventions come last."""

    def __init__(self, people: list[Fact], invented: list[Fact], roles: list[Fact]) -> None:
        self.wants = [fact for fact in people if fact.kind != "secret"]
        self.secrets = _opponents_first([fact for fact in people if fact.kind == "secret"])
        self.invented = invented
        self.roles = roles
        self.spent: list[Fact] = []

    def fill(self, scenes: list[list[Fact]], beats: Sequence[str], *, left: int) -> None:
        """Give secrets to late scenes, wishes to early ones, and something to every scene."""
        late = [at for at, beat in enumerate(beats) if beat in ("confrontation", "turn", "whole")]
        late = late or [len(beats) - 1]
        room = len(self.secrets) if left == 0 else 1
        for at in (late * 3)[:room]:
            if self.secrets and len(scenes[at]) < PER_SCENE:
                scenes[at].append(self.secrets.pop(0))
        for at, beat in enumerate(beats):
            if not scenes[at]:
                scenes[at].append(self._something(beat))
            if len(scenes[at]) < 2 and beat in EARLY and self._wish_of(scenes[at]) is not None:
                scenes[at].append(self._take(self._wish_of(scenes[at])))
        scenes[:] = [[fact for fact in one if fact.text] for one in scenes]

    def _wish_of(self, scene: list[Fact]) -> Fact | None:
        """What somebody of the scene wants, if the scene does not say it yet."""
        who = {fact.subject for fact in scene} | {name for fact in scene for name in fact.about}
        wishing = {fact.subject for fact in scene if fact.kind == "desire"}
        return next((one for one in self.wants if one.subject in who - wishing), None)

    def _take(self, fact: Fact | None) -> Fact:
        if fact is None:
            return NOTHING
        self.wants.remove(fact)
        self.spent.append(fact)
        return fact

    def _something(self, beat: str) -> Fact:
        stores = [self.invented, self.wants, self.roles, self.secrets]
        if beat not in EARLY:
            stores = [self.secrets, self.invented, self.wants, self.roles]
        if beat in EARLY:
            stores = [self.wants, self.invented, self.roles, self.secrets]
        for store in stores:
            fitting = [fact for fact in store if store is not self.invented or _fits(fact, beat)]
            if fitting:
                store.remove(fitting[0])
                self.spent.append(fitting[0])
                return fitting[0]
        # Nothing new is left: what somebody wants still drives a scene of a later episode.
        again = [fact for fact in self.spent if fact.kind == "desire"] or self.spent
        return again[len(again) // 2] if again else NOTHING


NOTHING = Fact(subject="", verb="", rest="", text="")


def _fits(fact: Fact, beat: str) -> bool:
    late = fact.kind in ("secret", "event", "threat")
    return late if beat in LATE else not late


def _is_told(fact: Fact, told: str) -> bool:
    return bool(told) and fact.text.rstrip(".!?") in told


def _opponents_first(secrets: list[Fact]) -> list[Fact]:
    """The lead's own secret comes out last."""
    lead = secrets[:1]
    return [*secrets[1:], *lead]


def _distinct(facts: list[Fact], *, apart_from: Sequence[Fact] = ()) -> list[Fact]:
    """Facts that say something new; the first of two that say nearly the same stays."""
    kept: list[Fact] = []
    for fact in facts:
        if not any(_alike(fact, other) for other in (*apart_from, *kept)):
            kept.append(fact)
    return kept


def _alike(one: Fact, two: Fact) -> bool:
    if one.subject != two.subject or (one.kind == "secret") != (two.kind == "secret"):
        return False
    mine, theirs = _content(one), _content(two)
    return bool(mine) and len(mine & theirs) >= ALIKE * min(len(mine), len(theirs))


def _content(fact: Fact) -> set[str]:
    words = {word.strip(".,;:!?").lower() for word in f"{fact.verb} {fact.rest or fact.text}".split()}
    return {word for word in words if len(word) > 3}


def _over_episodes(story: list[Fact], season: Season) -> list[list[Fact]]:
    """All in the first episode when there is room, else shared out in order."""
    count = season.last - season.first + 1
    room = PER_SCENE * season.scenes
    if len(story) <= room:
        return [story, *([] for _ in range(count - 1))]
    story = _weightiest(story, room * count)
    return [story[len(story) * at // count : len(story) * (at + 1) // count] for at in range(count)]


def _weightiest(story: list[Fact], room: int) -> list[Fact]:
    """So many facts, in order: first and last stay, then what happens, what is wanted, what is hidden."""
    if len(story) <= room:
        return story
    weights = {
        "event": 3,
        "desire": 3,
        "secret": 3,
        "threat": 2,
        "question": 2,
        "situation": 1,
        "backstory": 1,
    }
    ranked = sorted(
        range(len(story)),
        key=lambda at: (
            at not in (0, len(story) - 1),
            -weights[story[at].kind] - bool(story[at].subject),
            at,
        ),
    )
    return [story[at] for at in sorted(ranked[:room])]


def _over_scenes(story: list[Fact], scenes: int) -> list[list[Fact]]:
    """In order and evenly; the last thing always ends the episode."""
    found: list[list[Fact]] = [[] for _ in range(scenes)]
    if not story:
        return found
    if len(story) < scenes:
        for at, fact in enumerate(story):
            place = round(at * (scenes - 1) / max(1, len(story) - 1))
            found[place].append(fact)
        return found
    sizes = [len(story) // scenes + (at < len(story) % scenes) for at in range(scenes)]
    start = 0
    for at, size in enumerate(sizes):
        found[at] = story[start : start + size]
        start += size
    return _with_their_support(found)


def _with_their_support(scenes: list[list[Fact]]) -> list[list[Fact]]:
    """A fact that leans on the one before it goes to that one's scene."""
    for at in range(1, len(scenes)):
        while scenes[at] and scenes[at][0].leans and len(scenes[at - 1]) < MOST and len(scenes[at]) > 1:
            scenes[at - 1].append(scenes[at].pop(0))
    return scenes
