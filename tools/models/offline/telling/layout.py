"""Laying the facts of a brief over episodes and scenes, so that the film tells the brief's own story.

The order of the brief is the order of the film. What somebody hides comes out in the
confrontation and the turn; the last thing that happens ends the episode. Episodes that
the brief says nothing about live on what people want and hide.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from state.script import Language
from tools.models.offline.clauses.tokens import sentences_of
from tools.models.offline.ledger.clause import pieces_of
from tools.models.offline.telling.inventing import Invented
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import structure
from tools.models.offline.words.fact import Fact

PER_SCENE = 5
MOST = 7
DENSE = 1.5
"""Facts for a scene with which a brief tells its whole story: what its people want and hide stays unsaid."""
A_DEED = 5
"""Words that one more thing done in a sentence counts for."""
EVEN = 1.2
"""How much longer than its share a scene may be before its sentences part."""
FEW = 2
LEAST_WORDS, MOST_WORDS = 1, 45
DIRECTION = re.compile(
    r"(?<!\w)(?:on screen|voice[- ]?over|close[- ]?ups?|fade (?:in|out)|cut to|montage|split screen"
    r"|en pantalla|voz en off|primer plano|fundido|na tela|em tela|voz em off|plano fechado)(?!\w)",
    re.IGNORECASE,
)
"""What a fragment without a verb says to the studio and not to the audience."""
ALIKE = 0.6
Where = tuple[int, int]
EARLY = ("setup", "complication", "doubt", "pressure")


@dataclass(frozen=True, kw_only=True)
class Season:
    """What there is to tell and where: episodes from the one being made to the last."""

    first: int
    last: int
    scenes: int
    language: Language | None = None
    """Of the facts: where it is known, what is done in them counts beside their words."""
    told: str = ""
    """Everything that earlier episodes told, as text."""

    @property
    def beats(self) -> list[str]:
        """The beats of each episode."""
        beats: list[str] = structure()["beats"][str(self.scenes)]
        return beats


def lay_facts(
    facts: Sequence[Fact], season: Season, invented: Invented, *, threads: Sequence[Fact] = ()
) -> dict[Where, tuple[Fact, ...]]:
    """The facts that every scene dramatises: one to four each.

    `invented` is asked only where the brief has nothing; `threads` are open questions of
    earlier episodes, which the first episode here takes up.
    """
    fresh = [fact for fact in facts if not is_told(fact, season.told)]
    story = _distinct([fact for fact in fresh if fact.source == "description" and is_usable(fact)])
    if season.first == season.last:
        story = unfolded(story, season.scenes)
    parts = _over_episodes(story, season)
    asides = [fact for fact in fresh if fact.source in ("want", "secret")]
    dense = season.first == season.last and len(story) >= DENSE * season.scenes
    people = _distinct([] if dense else asides, apart_from=story)
    wishes = [fact for fact in facts if fact.kind == "desire" and fact.source in ("description", "want")]
    stock = _Stock(people, [fact for fact in fresh if fact.source == "role"], invented, _distinct(wishes))
    laid: dict[Where, tuple[Fact, ...]] = {}
    for number in range(season.first, season.last + 1):
        own = parts[number - season.first]
        scenes = _over_scenes(own, season.scenes, season.language)
        if number == season.first:
            _take_up(scenes, threads)
        stock.fill(scenes, season, number=number, sparse=number == season.first and len(own) < FEW)
        for index, chosen in enumerate(scenes):
            wished = [fact for fact in facts if fact.scene == index + 1 and number == season.first]
            laid[number, index + 1] = tuple((wished or chosen)[:MOST])
    return laid


def unfolded(story: Sequence[Fact], scenes: int) -> list[Fact]:
    """At least so many facts: sentences that were kept together part before anything is invented."""
    found = list(story)
    if len(found) >= scenes:
        return found
    share = EVEN * sum(map(_length, found)) / scenes
    while True:
        ranked = sorted(range(len(found)), key=lambda at: -_length(found[at]))
        at = next((one for one in ranked if len(sentences_of(found[one].text)) > 1), None)
        if at is None or (len(found) >= scenes and _length(found[at]) <= share):
            return found
        found[at : at + 1] = _halves(found[at])


def _halves(fact: Fact) -> list[Fact]:
    """A fact of several sentences as two, parted where both are about equally long."""
    told = sentences_of(fact.text)
    whole = _length(fact)
    cut = min(range(1, len(told)), key=lambda at: abs(2 * len(" ".join(told[:at]).split()) - whole))
    rest = Fact(
        subject="", verb="", rest="", text=" ".join(told[cut:]), kind=fact.kind, order=fact.order,
        source=fact.source, scene=fact.scene, decisive=fact.decisive,
        about=tuple(dict.fromkeys(one for one in (fact.subject, *fact.about) if one)),
    )  # fmt: skip
    return [replace(fact, text=" ".join(told[:cut]), written="", decisive=False), rest]


def _take_up(scenes: list[list[Fact]], threads: Sequence[Fact]) -> None:
    """What earlier episodes left open: one matter in the first scene, one in the second, one half-way."""
    places = dict.fromkeys((0, min(1, len(scenes) - 1), len(scenes) // 2))
    for at, thread in zip(places, threads, strict=False):
        scenes[at] = [thread, *scenes[at]][:MOST]


class _Stock:
    """What people want and hide, handed out once each; the writer's inventions come last."""

    def __init__(
        self, people: list[Fact], roles: list[Fact], invented: Invented, wishes: Sequence[Fact]
    ) -> None:
        self.wants = [fact for fact in people if fact.kind != "secret"]
        self.secrets = _opponents_first([fact for fact in people if fact.kind == "secret"])
        self.roles = roles
        self.invented = invented
        self.wishes = wishes

    def fill(self, scenes: list[list[Fact]], season: Season, *, number: int, sparse: bool) -> None:
        """Give secrets to late scenes, wishes to early ones, and something to every scene."""
        beats, last = season.beats, number == season.last
        if sparse:
            self._open(scenes)
        self._reveal(scenes, beats, everything=last)
        if number > season.first:
            self._come_back(scenes[0], number)
        for at, beat in enumerate(beats):
            if not scenes[at]:
                scenes[at].append(self._something(beat, number, ends=at == len(beats) - 1))
            if len(scenes[at]) < 2 and beat in EARLY:
                scenes[at] += self._take_wish(scenes[at], sparse=sparse and at == 0)
        if last and number > 1:
            scenes[-1].append(self.invented.develop(number, "ending"))

    def _open(self, scenes: list[list[Fact]]) -> None:
        """A brief of a few words gets a beginning of the writer's own."""
        opening = self.invented.event("opening")
        if opening is not None and len(scenes[0]) < 2:
            scenes[0].append(opening)

    def _reveal(self, scenes: list[list[Fact]], beats: Sequence[str], *, everything: bool) -> None:
        late = [at for at, beat in enumerate(beats) if beat in ("confrontation", "turn", "whole")]
        late = late or [len(beats) - 1]
        for at in (late * 3)[: len(self.secrets) if everything else 1]:
            if self.secrets and len(scenes[at]) < PER_SCENE:
                scenes[at].append(self.secrets.pop(0))

    def _come_back(self, scene: list[Fact], number: int) -> None:
        """A later episode begins with what is still wanted."""
        if self.wishes and len(scene) < PER_SCENE:
            scene.append(replace(self.wishes[(number - 1) % len(self.wishes)], again=True))
        if len(scene) < PER_SCENE:
            scene.append(self.invented.develop(number, "setup"))

    def _take_wish(self, scene: list[Fact], *, sparse: bool) -> list[Fact]:
        """What somebody of the scene wants, if the scene does not say it yet."""
        who = {fact.subject for fact in scene} | {name for fact in scene for name in fact.about}
        wishing = {fact.subject for fact in scene if fact.kind == "desire"}
        for store in (self.wants, self.invented.wants) if sparse else (self.wants,):
            for fact in store:
                if fact.subject in who - wishing:
                    store.remove(fact)
                    return [fact]
        return []

    def _something(self, beat: str, number: int, *, ends: bool) -> Fact:
        """The next best thing for an empty scene."""
        wants, secrets = [self.wants, self.invented.wants], [self.secrets, self.invented.secrets]
        if ends:
            ending = self.invented.event("ending")
            if ending is not None:
                return ending
        early = beat in EARLY
        for store in [*wants, self.roles] if early else secrets:
            if store:
                return store.pop(0)
        twist = self.invented.event("twist") if early else None
        return twist or self.invented.develop(number, beat)


def is_usable(fact: Fact) -> bool:
    """Whether a scene can be made of it: a clause that was read, or a sentence of a sensible length."""
    count = sum(any(char.isalpha() for char in word) for word in fact.text.split())
    even = fact.text.count('"') % 2 == 0
    if not fact.verb and DIRECTION.search(fact.text):
        return False
    return bool(fact.subject) or (even and LEAST_WORDS <= count <= MOST_WORDS)


def is_told(fact: Fact, told: str) -> bool:
    """Whether a text tells this already."""
    said = f"{fact.verb} {fact.rest}".strip() or fact.text.rstrip(".!?")
    whole = fact.text.rstrip(".!?") in told
    return bool(told) and len(said.split()) > 1 and (whole or said in told)


def _opponents_first(secrets: list[Fact]) -> list[Fact]:
    """The lead's own secret comes out last."""
    lead = secrets[:1]
    return [*secrets[1:], *lead]


def _distinct(facts: list[Fact], *, apart_from: Sequence[Fact] = ()) -> list[Fact]:
    """Facts that say something new; the first of two that say nearly the same stays, and how it ends."""
    kept: list[Fact] = []
    for fact in facts:
        if _ends_it(fact, facts) or not any(_alike(fact, other) for other in (*apart_from, *kept)):
            kept.append(fact)
    return kept


def _ends_it(fact: Fact, facts: Sequence[Fact]) -> bool:
    return fact.decisive and fact.source == "description" and fact is facts[-1]


def _alike(one: Fact, two: Fact) -> bool:
    if one.subject != two.subject or (one.kind == "secret") != (two.kind == "secret"):
        return False
    mine, theirs = _content(one), _content(two)
    return bool(mine and theirs) and len(mine & theirs) >= ALIKE * min(len(mine), len(theirs))


def _content(fact: Fact) -> set[str]:
    """The words that tell something; who it is about says nothing new."""
    words = {word.strip(".,;:!?") for word in f"{fact.verb} {fact.rest or fact.text}".split()}
    return {word for word in words if len(word) > 3 and not word[:1].isupper()}


def _over_episodes(story: list[Fact], season: Season) -> list[list[Fact]]:
    """In order, over as many episodes as it gives something to tell in every scene."""
    count = season.last - season.first + 1
    told = _weightiest(story, PER_SCENE * season.scenes * count)
    full = max(1, min(count, len(told) // season.scenes))
    parts = [told[len(told) * at // full : len(told) * (at + 1) // full] for at in range(full)]
    return [*parts, *([] for _ in range(count - full))]


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


def _over_scenes(story: list[Fact], scenes: int, language: Language | None = None) -> list[list[Fact]]:
    """In order and evenly; the last thing always ends the episode."""
    found: list[list[Fact]] = [[] for _ in range(scenes)]
    if not story:
        return found
    if len(story) < scenes:
        return _few_over_scenes(story, found)
    start = 0
    for at, end in enumerate(_even_ends([_weight(fact, language) for fact in story], scenes)):
        found[at] = story[start:end]
        start = end
    return _with_their_support(found)


def _length(fact: Fact) -> int:
    return len(fact.text.split())


def _weight(fact: Fact, language: Language | None) -> int:
    """How much of a scene a fact takes: its words, and a picture for everything that is done in it."""
    if language is None:
        return _length(fact)
    deeds = sum(1 for piece in pieces_of(fact.text, language) if piece.verbs)
    return _length(fact) + A_DEED * max(deeds - 1, 0)


def _even_ends(lengths: Sequence[int], parts: int) -> tuple[int, ...]:
    """Where each of `parts` consecutive parts ends so that all are about equally long; none is empty."""

    @cache
    def best(start: int, left: int) -> tuple[int, tuple[int, ...]]:
        if left == 1:
            return sum(lengths[start:]) ** 2, (len(lengths),)
        ways = []
        for end in range(start + 1, len(lengths) - left + 2):
            rest, ends = best(end, left - 1)
            ways.append((sum(lengths[start:end]) ** 2 + rest, (end, *ends)))
        return min(ways)

    return best(0, parts)[1]


def _with_their_support(scenes: list[list[Fact]]) -> list[list[Fact]]:
    """A fact that leans on the one before it goes to that one's scene."""
    for at in range(1, len(scenes)):
        while scenes[at] and scenes[at][0].leans and len(scenes[at - 1]) < MOST and len(scenes[at]) > 1:
            scenes[at - 1].append(scenes[at].pop(0))
    return scenes


def _few_over_scenes(story: list[Fact], found: list[list[Fact]]) -> list[list[Fact]]:
    """A short brief is the premise: it opens the episode, and only a third thing may end it."""
    ends = len(story) > FEW and story[-1].kind in ("event", "threat", "question")
    for at, fact in enumerate(story[:-1] if ends else story):
        found[at].append(fact)
    if ends:
        found[-1].append(story[-1])
    return found
