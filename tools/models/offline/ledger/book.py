"""The ledger itself: how things stand while any line of the film is told."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from state.script import Language, ThingColour, ThingState
from tools.models.offline.clauses.people import Person
from tools.models.offline.deeds.hands import hands_in
from tools.models.offline.deeds.unreal import is_condition
from tools.models.offline.ledger.absence import (
    arrives,
    comes_later,
    does_not_come,
    goes_on_alone,
    has_come,
    is_alone,
    is_behind,
    is_dead_by_role,
    is_dying,
    is_elsewhere,
    is_empty,
    is_gone,
    is_gone_by_role,
    is_on_screen,
    is_opposite,
    is_watching,
    leaves,
    on_the_wire,
    only_reported,
    only_spoken_of,
)
from tools.models.offline.ledger.addressed import is_said
from tools.models.offline.ledger.clause import pieces_of
from tools.models.offline.ledger.concerned import Roll, ledger_words
from tools.models.offline.ledger.condition import Conditions, after_clause
from tools.models.offline.ledger.hands import Hands, handled
from tools.models.offline.ledger.in_clause import Clause
from tools.models.offline.ledger.sent import sender_in
from tools.models.offline.things.shown import Words
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.fact import Fact

Where = Literal["unseen", "here", "away", "wire", "gone"]
"""Not brought in yet; seen; went away; on a wire; dead, missing or sought."""
MOST = 3
SHORTEST_NOUN = 4
OPENING = 3
"""Words of a sentence in which its subject is named."""
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, kw_only=True)
class Stand:
    """How things stand while one clause is told."""

    acting: tuple[str, ...] = ()
    """Whom its picture shows: who does it first, then whom it is done to."""
    beside: tuple[str, ...] = ()
    """Who else is in that place, the latest first."""
    holds: Mapping[str, str] = field(default_factory=dict)
    """The thing in somebody's hand, by name."""
    given_to: str = ""
    """Who is being handed what the first one holds."""
    memory: bool = False
    """Of what was: whoever is dead or away may be seen in it, and nobody with them."""
    doer: str = ""
    """Who is seen doing it; empty where a thing or a stranger does."""
    doers: tuple[str, ...] = ()
    """Everybody who is seen doing it together."""
    stranger: bool = False
    """Somebody does it who is nobody of the cast."""
    partner: str = ""
    """Who was seen last beside whoever does it, though another scene has begun: whom words are meant for."""
    parts: bool = False
    """The place or the time is another one from here on."""
    away: frozenset[str] = frozenset()
    """Who is dead, missing, sought, gone away or only on a wire."""
    unseen: frozenset[str] = frozenset()
    """Whom nothing has brought in yet."""
    states: Mapping[str, ThingState] = field(default_factory=dict)
    """Things that are in pieces by now, or mended."""
    threads: Mapping[str, ThingColour] = field(default_factory=dict)
    """With what colour they were mended."""
    hidden: frozenset[str] = frozenset()
    """Things that nobody can see: in a sleeve, lost, sought."""
    broke: str = ""
    """What comes apart in this clause."""
    pieces: str = ""
    """Of what the clause tells the pieces."""
    text: str = ""
    start: int = 0
    end: int = 0

    @property
    def here(self) -> tuple[str, ...]:
        """Everybody who may be in the picture."""
        return self.acting if self.memory else tuple(dict.fromkeys((*self.acting, *self.beside)))


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a scene tells, and where."""

    number: int
    place: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """Every clause of a film with how things stand in it."""

    stands: Mapping[tuple[int, str], tuple[Stand, ...]] = field(default_factory=dict)
    """By scene and by the text of a fact."""
    opening: Mapping[int, Stand] = field(default_factory=dict)
    """By scene, how things stand before a word of it is told."""
    shown: frozenset[str] = frozenset()
    """Whom the film ever shows doing something."""
    last: tuple[int, str] = (0, "")
    """The scene and the fact that the film ends with."""


@dataclass
class Book:
    """Grows clause by clause while the ledger is written."""

    people: tuple[Person, ...]
    language: Language
    words: Words
    present_told: bool
    roll: Roll
    where: dict[str, Where]
    group: list[str] = field(default_factory=list)
    """Who stands together now, the latest last."""
    hands: Hands = field(default_factory=Hands)
    things: Conditions = field(default_factory=Conditions)
    caller: str = ""
    """Who has somebody on the wire."""
    dead: set[str] = field(default_factory=set)
    """Who died in the story itself: they are seen in what is remembered, and nowhere else."""
    sent: tuple[str, ...] = ()
    """Whom somebody has just sent off."""
    knocking: str = ""
    """Who stands before a door that somebody may open."""

    moved: bool = False
    """The story has just gone to another place or time."""
    before: str = ""
    """What the fact before told."""
    watcher: str = ""
    """Who looked at a recording in the fact before: what follows is on the screen."""

    def scene(self, *, moved: bool) -> Stand:
        """Begin a scene; in another place nobody is together any more."""
        if moved:
            self._part()
        away, unseen = self._not_here()
        return self._with_things(
            Stand(beside=tuple(reversed(self.group)), holds=dict(self.hands.holds), away=away, unseen=unseen)
        )

    def fact(self, fact: Fact) -> list[Stand]:
        """Take in what one fact tells."""
        text = fact.written or fact.text
        found, sentence = [], -1
        screen = self.watcher if not fact.text[:1].islower() else ""
        for at, piece in enumerate(pieces_of(text, self.language)):
            opens = piece.sentence != sentence
            sentence = piece.sentence
            self.roll.absent = self._not_here()[0]
            self.roll.gone = frozenset(name for name, one in self.where.items() if one == "gone")
            clause = self.roll.read(piece, fact, first=at == 0, opens=opens)
            if opens:
                self._leave_behind(clause)
            parts = comes_later(piece.text, self.language) or is_elsewhere(piece.text, self.language)
            if opens and parts:
                self._part(keep=clause.doers)
            before = self.hands.holds
            shown = is_on_screen(piece.text, self.language) or is_opposite(piece.text, self.language)
            shown = shown or (bool(screen) and bool(clause.doers) and screen not in clause.doers)
            stand = self._on_screen(clause) if shown else self._clause(clause, alike=not opens)
            if goes_on_alone(piece.text, self.language) and clause.doers and not clause.others and not shown:
                # The picture goes with whoever goes.
                self.group = [one for one in self.group if one in clause.doers]
            self.things = after_clause(piece, self.things, before, self.words)
            found.append(self._with_things(replace(stand, parts=opens and parts)))
        watching = next((one.doer for one in found if is_watching(one.text, self.language)), "")
        self.before, self.watcher = text, watching
        return found

    def _leave_behind(self, clause: Clause) -> None:
        """Who has sent others off is not in the next sentence, unless it is of them."""
        if self.roll.sender and self.roll.sender not in clause.people:
            self._send_away([self.roll.sender])
            self.roll.goes_on_with(clause.doers or self.sent, apart=self.roll.sender)

    def _on_screen(self, clause: Clause) -> Stand:
        """Who is in a recording, or in a car across the street: seen, and not with those who are here."""
        known = [one for one in clause.people if self.where[one] != "here"] or list(clause.doers)
        self.roll.doers = self.roll.last_doers or self.roll.doers
        return self._stand(clause, known[:MOST], known[:MOST], memory=True)

    def _who_left_it(self, clause: Clause) -> list[str]:
        """`has not left the chair. Today the chair is empty.`: whose place it is, and who is not there."""
        text = clause.piece.text
        if not is_empty(text, self.language):
            return []
        owners = [name for name in self.roll.named(text) if self.roll.is_led(name, text)]
        nouns = {word for word in WORD.findall(text.lower()) if len(word) >= SHORTEST_NOUN}
        same = nouns & {*WORD.findall(self.before.lower())}
        return owners or (self.roll.named(self.before)[:1] if same else [])

    def _with_things(self, stand: Stand) -> Stand:
        """How the things are by now; nobody is seen with one that is out of sight."""
        seen = {name: one for name, one in stand.holds.items() if one not in self.things.hidden}
        return replace(
            stand, holds=seen, states=self.things.states, threads=self.things.threads,
            hidden=self.things.hidden, broke=self.things.broke, pieces=self.things.pieces,
        )  # fmt: skip

    def _part(self, keep: Iterable[str] = ()) -> None:
        self.group, self.moved = [one for one in self.group if one in {*keep}], True
        self.hands = Hands(
            holds={name: one for name, one in self.hands.holds.items() if name in self.group},
            last=self.hands.last,
        )

    def _clause(self, clause: Clause, *, alike: bool) -> Stand:
        text = clause.piece.text
        memory = self._is_memory(clause) and any(self._does(one, clause, memory=True) for one in clause.doers)
        wire = on_the_wire(self.people, text, clause.doers, self.language)
        self.where.update(dict.fromkeys(wire, "wire"))
        self.caller = next(iter(clause.doers), "") if wire else self.caller
        acting = self._acting(clause, wire, memory=memory)
        vacant = self._who_left_it(clause)
        if vacant:
            self._send_away(vacant)
            acting = [name for name in acting if name not in vacant]
        self.where.update(
            {one.name: "gone" for one in self.people if is_gone(one, self.people, text, self.language)}
        )
        if len(clause.doers) == 1 and is_dying(text, self.language):
            self.dead.update(clause.doers)
            self._send_away(clause.doers)
            self.where.update(dict.fromkeys(clause.doers, "gone"))
            acting = [name for name in acting if name not in self.dead]
        if memory:
            return self._stand(clause, acting, acting, memory=True)
        if does_not_come(text, self.language):
            self._send_away([one for one in clause.doers if self.where[one] in ("here", "unseen")])
        alone = is_empty(text, self.language) or is_elsewhere(text, self.language)
        if not acting and not self.group and self.moved and not alone:
            self._follow()
        self.moved = False
        apart = is_alone(text, self.language) and len(clause.doers) == 1 and acting[:1] == [*clause.doers]
        if apart:
            acting, self.group = acting[:1], []
        comes = arrives(text, self.language) or any(self.where[one] == "away" for one in acting)
        self.where.update(dict.fromkeys(acting, "here"))
        acting += [name for name in self._let_in(clause) if name not in acting and not apart]
        self._gather(acting, alike=alike or comes, behind=is_behind(text, self.language))
        stand = self._stand(clause, acting, self.group)
        sender = sender_in(clause.doers, clause.others, self.people, text, self.language)
        if sender:
            self.roll.sender, self.sent = sender, clause.others
        if leaves(text, self.language) and not (clause.subject_elsewhere or self._was_before(clause)):
            self._send_away(clause.doers)
        return stand

    def _stand(
        self, clause: Clause, acting: Sequence[str], group: Sequence[str], *, memory: bool = False
    ) -> Stand:
        known = [one for one in clause.doers if one in acting]
        seen = replace(clause, doers=tuple(known)) if known != list(clause.doers) else clause
        hands = handled(seen, self.hands, group, self.words)
        if not memory:
            self.hands = hands.after
        if hands.giver and hands.giver in group:
            # `ve que se lo entrega`: who hands it over, and then who sees it.
            acting = list(dict.fromkeys((hands.giver, hands.given_to or hands.giver, *acting)))[:MOST]
        beside = tuple(one for one in reversed(group) if one not in acting)
        piece = clause.piece
        away, unseen = self._not_here()
        return Stand(
            acting=tuple(acting), beside=beside, holds={} if memory else dict(hands.during), memory=memory,
            doer=hands.giver or next(iter(known), ""), doers=tuple(known), away=away - {*acting},
            unseen=unseen,
            given_to=hands.given_to if hands.given_to in acting or hands.given_to in beside else "",
            text=piece.text, start=piece.start, end=piece.end,
            stranger=clause.stranger, partner=self._partner(clause, {*acting, *beside, *away}),
        )  # fmt: skip

    def _partner(self, clause: Clause, apart: Collection[str]) -> str:
        """For whom words are meant whose hearer nobody names: the only other one who has been seen by now."""
        if not clause.doers or clause.others or not is_said(clause.piece.text, self.language):
            return ""
        met = [name for name in self.roll.recent if name not in clause.people and self.where[name] == "here"]
        return met[0] if len(met) == 1 and met[0] not in apart else ""

    def _not_here(self) -> tuple[frozenset[str], frozenset[str]]:
        away = frozenset(name for name, one in self.where.items() if one in ("away", "wire", "gone"))
        return away, frozenset(name for name, one in self.where.items() if one == "unseen")

    def _acting(self, clause: Clause, wire: Sequence[str], *, memory: bool) -> list[str]:
        """Whom the picture of a clause shows; nobody under a condition, `if Ana drowns`."""
        text, doing = clause.piece.text, bool(clause.doers)
        if is_condition(text, self.language):
            return []
        found = [name for name in clause.doers if self._does(name, clause, memory=memory)]
        for name in clause.others:
            one = self._person(name)
            spoken = only_spoken_of(
                one, self.people, text, self.language, others=doing or clause.subject_elsewhere
            )
            reported = only_reported(one, self.people, text, self.language)
            gone = name in self.dead or (self.where[name] == "gone" and not self._is_met(one, text))
            gone = gone or is_gone(one, self.people, text, self.language)
            seen = not (spoken or reported or gone or name in wire or self.where[name] == "wire")
            if seen and not is_behind(text, self.language):
                found.append(name)
        if not found and self.caller and any(self.where[name] == "wire" for name in clause.doers):
            return [self.caller]
        if memory:
            return found[:1]
        return list(dict.fromkeys(found))[:MOST]

    def _is_met(self, one: Person, text: str) -> bool:
        """`una mujer de espaldas`, who turns out to be the missing sister: before our eyes after all."""
        new = "|".join(bank(self.language)["reading"]["indefinite"])
        nouns = "|".join(re.escape(word) for word in one.also) or "$^"
        met = re.search(rf"(?<!\w)(?:{new}) (?:{nouns})(?!\w)", text, re.IGNORECASE) is not None
        return met and not is_dead_by_role(one.role, self.language)

    def _does(self, name: str, clause: Clause, *, memory: bool) -> bool:
        """Whether somebody who does it is seen doing it."""
        one, text = self._person(name), clause.piece.text
        if name in self.dead and not memory:
            return False
        if only_reported(one, self.people, text, self.language) or does_not_come(text, self.language):
            return False
        if is_gone(one, self.people, text, self.language):
            if re.match(rf"\W*(?:{self._table['since']}) ", text, re.IGNORECASE):
                # `Since Joe died` tells when something else is done.
                return False
            return self.where[name] == "here" and leaves(text, self.language)
        if self.where[name] == "wire":
            said = re.search(rf"(?<!\w)(?:{self._said})(?!\w)", text, re.IGNORECASE)
            return said is None
        return memory or self.where[name] != "gone" or not is_dead_by_role(one.role, self.language)

    @property
    def _said(self) -> str:
        pattern: str = self._table["said"]
        return pattern

    @property
    def _table(self) -> dict[str, str]:
        return ledger_words(self.language)

    def _is_memory(self, clause: Clause) -> bool:
        """Whether a clause tells what was, in a story that is told as it happens."""
        if has_come(clause.piece.text, self.language):
            return False
        return self._was_before(clause) and any(self.where[one] != "here" for one in clause.doers)

    def _was_before(self, clause: Clause) -> bool:
        """`Es su hija, que se marchó a Lisboa`: long ago, and she is here now."""
        verbs = clause.piece.verbs
        return self.present_told and bool(verbs) and all(one.tense == "past" for one in verbs)

    def _gather(self, acting: Sequence[str], *, alike: bool, behind: bool) -> None:
        """Who stands together now: those of one sentence, and whoever one of them stood with."""
        joined = alike or not acting or bool({*acting} & {*self.group}) or not self.group
        kept = [] if behind or not joined else [one for one in self.group if one not in acting]
        self.group = [*kept, *reversed(acting)]
        self.roll.together = tuple(self.group[-MOST:]) if len(self.group) > 1 else self.roll.together

    def _let_in(self, clause: Clause) -> list[str]:
        """Who has just knocked, where somebody else opens."""
        opened = bool({one.lemma for one in clause.piece.verbs} & {"open", "abrir"})
        found = [self.knocking] if opened and self.knocking not in ("", *clause.doers) else []
        knocks = hands_in(clause.piece.text, self.language) == "knocking" and len(clause.doers) == 1
        self.knocking = clause.doers[0] if knocks else "" if found else self.knocking
        return found

    def _follow(self) -> None:
        """In a place where a thing happens first stands whoever did the last thing, and came along."""
        self.group = [one for one in self.roll.last_doers if self.where[one] == "here"]

    def _send_away(self, names: Sequence[str]) -> None:
        self.where.update(dict.fromkeys(names, "away"))
        self.group = [one for one in self.group if one not in names]

    def _person(self, name: str) -> Person:
        return next(one for one in self.people if one.name == name)


def write_ledger(scenes: Sequence[Told], people: tuple[Person, ...], words: Words) -> Ledger:
    """The ledger of a film from what its scenes tell, in order."""
    language = words.language
    where: dict[str, Where] = {
        one.name: "gone" if is_gone_by_role(one.role, language) else "unseen" for one in people
    }
    facts = [fact for scene in scenes for fact in scene.facts]
    pieces = [piece for fact in facts for piece in pieces_of(fact.text, language)]
    tenses = [verb.tense for piece in pieces for verb in piece.verbs[:1]]
    book = Book(
        people=people,
        language=language,
        words=words,
        where=where,
        present_told=tenses.count("past") * 2 < len(tenses),
        roll=Roll(people=people, language=language),
    )
    stands: dict[tuple[int, str], tuple[Stand, ...]] = {}
    opening: dict[int, Stand] = {}
    place = ""
    for scene in scenes:
        opening[scene.number] = book.scene(moved=scene.place != place)
        place = scene.place
        for at, fact in enumerate(scene.facts):
            book.roll.ahead = _opens_next(scene.facts[at + 1 : at + 2], book.roll)
            stands[scene.number, fact.text] = tuple(book.fact(fact))
    shown = frozenset(name for one in stands.values() for stand in one for name in stand.acting)
    last = next((key for key in reversed(stands)), (0, ""))
    return Ledger(stands=stands, opening=opening, shown=shown, last=last)


def _opens_next(following: Sequence[Fact], roll: Roll) -> str:
    """Whom the next sentence begins with by name."""
    for fact in following:
        text = fact.written or fact.text
        opening = " ".join(text.split()[:OPENING])
        named = roll.named(opening)
        return named[0] if named and fact.agent in ("", named[0]) else ""
    return ""
