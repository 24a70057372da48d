"""Where every scene plays: the story is followed through its facts, from place to place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from state.script import Language, Place, SetKind
from tools.models.offline.bank import bank
from tools.models.offline.fact import Fact
from tools.models.offline.lexicon import Mention, cues_in, mentions_in, says, where

TELLING = ("description", "scene", "thread", "plot")
SHUT: frozenset[SetKind] = frozenset(("lift", "cell"))
HOMES: tuple[SetKind, ...] = ("living_room", "hallway", "kitchen", "bedroom")
SHORTEST_WORD = 4


def places_of(
    scenes: Sequence[Sequence[Fact]],
    places: Sequence[Place],
    language: Language,
    *,
    given: Sequence[str] = (),
) -> list[Place]:
    """A place for every scene. `given` are the names of those that the brief lists."""
    walk = Walk(places=places, language=language, given=given)
    walk.here = walk.start(scenes)
    return [walk.through(facts) for facts in scenes]


@dataclass
class Walk:
    """Following a story: where everybody is now."""

    places: Sequence[Place]
    language: Language
    given: Sequence[str]
    here: Place = field(init=False)
    following: bool = False
    """Somebody was followed to a place that nobody has named yet."""
    seen: list[str] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    """Names of the places that some fact leads to."""

    def start(self, scenes: Sequence[Sequence[Fact]]) -> Place:
        """The first place that the story leads to."""
        self.here = self.places[0]
        found = [place for facts in scenes for fact in facts if (place := self._led(fact))]
        self.told = {place.name for place in found}
        return found[0] if found else self.places[0]

    def through(self, facts: Sequence[Fact]) -> Place:
        """The place where most of a scene happens; of two the later one."""
        votes: dict[str, float] = {}
        led = False
        for at, fact in enumerate(facts):
            place = self._led(fact)
            led = led or place is not None
            self.here = place or self.here
            votes[self.here.name] = votes.get(self.here.name, 0) + 1 + at / 10
        if not led and (waiting := self._waiting()):
            self.here = waiting
            votes = {waiting.name: 1}
        chosen = max(votes, key=lambda name: votes[name]) if votes else self.here.name
        self.seen.append(chosen)
        return next(place for place in self.places if place.name == chosen)

    def _waiting(self) -> Place | None:
        """A place that the brief lists and no fact names gets the scenes that name none either."""
        quiet = [one for one in self.places if one.name in self.given and one.name not in self.told]
        unseen = [one for one in quiet if one.name not in self.seen]
        return unseen[0] if unseen and self.seen else None

    def _led(self, fact: Fact) -> Place | None:
        """The place that a fact leads to, if any."""
        if fact.source not in TELLING or fact.kind in ("backstory", "question"):
            return None
        text = fact.text
        follows = says(text, where(self.language)["moves"]["follow"]) >= 0
        if self.here.kind in SHUT and says(text, where(self.language)["holds"]["out"]) < 0:
            return self._named(text, only=self.here.kind)
        found = self._named(text) or (None if fact.kind == "desire" else self._cued(text))
        self.following = follows or (self.following and found is None)
        return found

    def _named(self, text: str, only: SetKind | None = None) -> Place | None:
        """By its name, by what is seen there, by its kind."""
        own = [place for place in self.places if only in (None, place.kind)]
        called = [place for place in own if _is_called(text, place.name)]
        if called:
            return called[-1]
        for strong in (True, False):
            found = [
                one for one in mentions_in(text, self.language) if one.strong == strong and not one.region
            ]
            for mention in reversed(found):
                place = self._of_kind(mention, own)
                if place is not None:
                    return place
        if says(text, bank(self.language)["reading"]["whereabouts"]["door"]) >= 0:
            homes = [place for place in own if place.kind in HOMES and self.here.kind not in HOMES]
            return homes[0] if homes and len(self.places) > 1 and not self._indoors() else None
        return None

    def _indoors(self) -> bool:
        return self.here.kind in where(self.language)["holds"]["kinds"]

    def _of_kind(self, mention: Mention, own: Sequence[Place]) -> Place | None:
        return next((place for place in own if place.kind == mention.kind), None)

    def _cued(self, text: str) -> Place | None:
        """By whom and what one meets there: more of it than belongs to the place where we are."""
        counts = cues_in(text, self.language)
        kinds = [place.kind for place in self.places]
        words = [(_shared(text, place), place) for place in self.places if place.name in self.given]
        best = max(words, key=lambda pair: pair[0], default=(0, None))
        if best[0] and sum(count == best[0] for count, _ in words) == 1:
            return best[1]
        fitting = [kind for kind in counts if kind in kinds]
        here = 0 if self.following else counts.get(self.here.kind, 0)
        apart = [kind for kind in fitting if counts[kind] > here and kind != self.here.kind]
        free = self.following or bool(self.given) or self._corner(apart)
        if not apart or not free:
            return self.here if counts.get(self.here.kind) else None
        return next(place for place in self.places if place.kind == apart[0])

    def _corner(self, kinds: Sequence[SetKind]) -> bool:
        """Whether it is only another part of the place where we are."""
        corners = where(self.language)["corners"].get(self.here.kind, {})
        return bool(kinds) and kinds[0] in corners


def _is_called(text: str, name: str) -> bool:
    bare = re.sub(r"^(?:the|el|la|los|las|o|a|os|as) ", "", name, flags=re.IGNORECASE)
    return re.search(rf"(?<!\w){re.escape(bare)}(?!\w)", text, re.IGNORECASE) is not None


def _shared(text: str, place: Place) -> int:
    """How many words a text shares with what the brief says is there."""
    said = _words(text)
    seen = _words(" ".join([place.name, *place.props]))
    return len(said & seen)


def _words(text: str) -> set[str]:
    found = {word.lower().rstrip("s") for word in re.findall(r"[^\W\d_]+", text)}
    return {word for word in found if len(word) >= SHORTEST_WORD}
