"""Who holds which thing: it goes from hand to hand only with a clause that gives, takes, hides or drops."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from state.script import Language
from tools.models.offline.deeds.happening import kinds_of
from tools.models.offline.ledger.clause import Piece, words_of_class
from tools.models.offline.ledger.concerned import ledger_words
from tools.models.offline.ledger.condition import parts
from tools.models.offline.ledger.in_clause import Clause
from tools.models.offline.things.picturing import Found
from tools.models.offline.things.shown import Words, handles, is_denied_in, is_meant, names_another, parted
from tools.models.offline.things.things import can_be_held, is_prop
from tools.models.offline.words import patterns as re
from tools.pictures.library import pictures

STILL = frozenset(
    (
        "tell",
        "ask",
        "shout",
        "know",
        "watch",
        "hear",
        "wait",
        "refuse",
        "promise",
        "laugh",
        "cry",
        "smile",
        "fear",
    )
)
"""Kinds of talk in which nothing is done by hand."""
ORDERING = frozenset(("order", "command", "demand", "ordenar", "mandar", "exigir"))
"""Who has somebody do something does it with no hand of their own."""
NOT_IN_HANDS = frozenset(("piano_keys",))
"""Belongs to what stands there."""
PLAYS = re.compile(r"\b(?:plays?|playing|strums?|tocan?|tocam|tocando|dedilham?|rasguean?)\b", re.IGNORECASE)
"""What is done with an instrument and with no other thing."""
PAIR = 2
"""Of two who handle a thing together the first one has it in hand."""
Deed = Literal["give", "take", "put", "hide", "use"]


@dataclass(frozen=True, kw_only=True)
class Hands:
    """What everybody has in hand before a clause, and the thing that `it` would mean."""

    holds: Mapping[str, str] = field(default_factory=dict)
    last: Found | None = None


@dataclass(frozen=True, kw_only=True)
class Handling:
    """What a clause does to hands: while it is told, and when it is over."""

    during: Mapping[str, str]
    after: Hands
    given_to: str = ""
    """Who is being handed something."""
    giver: str = ""
    """Who hands it over, where the clause says only who sees it."""


def handled(clause: Clause, before: Hands, here: Sequence[str], words: Words) -> Handling:
    """The hands in a clause; whoever is not here has nothing that is seen."""
    things = [(one, part) for one, part in parted(clause.piece.text, words) if is_prop(one.picture)]
    acted = [one for one, part in things if part == "acted_on"]
    used = [one for one, part in things if part == "used" and _fits_a_hand(one.picture)]
    told = [*used, *acted]
    another = not told and names_another(clause.piece.text, words.language)
    last = told[-1] if told else None if another else before.last
    meant = before.last if before.last and is_meant(clause.piece.text, before.last, words.language) else None
    thing = next((one.picture for one in [*acted, meant] if one and _fits_a_hand(one.picture)), "")
    both = len(clause.doers) == PAIR and bool(thing) and _follows_a_verb(acted, clause.piece)
    doer = clause.doers[0] if len(clause.doers) == 1 or both else ""
    after = replace(before, last=last)
    if not doer and thing and clause.subject_elsewhere:
        # A stranger has it now.
        after = replace(after, holds=_without(before.holds, thing))
        return Handling(during=after.holds, after=after)
    # `finds a letter he never sent`: what is denied behind the thing does not undo that it is found.
    upto = acted[0].end if acted else len(clause.piece.text)
    if not doer or is_denied_in(clause.piece.text[:upto], words.language):
        return Handling(during=before.holds, after=after)
    if not acted and deed_in(clause.piece, words.language) == "give":
        # `se lo entrega`: what they have in hand, else whoever has something.
        giver = doer if doer in before.holds else _only_holder(before.holds)
        if giver and giver not in clause.others and last is not None:
            found = _done(clause, before.holds[giver], giver, after, here, words)
            return replace(found, giver=giver)
    if thing and any(one.picture == thing for one in used):
        # `bursts in with the jacket, and there is curry down the front`.
        held = _with(before.holds, doer, thing)
        return Handling(during=held, after=replace(after, holds=held))
    if thing and _has_it_done(clause.piece, words.language):
        # `orders her to hand it over`: it is in nobody's hand yet.
        return Handling(during=before.holds, after=after)
    if thing:
        return _done(clause, thing, doer, after, here, words)
    if used:
        held = _with(before.holds, doer, used[-1].picture)
        return Handling(during=held, after=replace(after, holds=held))
    still = _keeps_still(clause.piece, words.language)
    rest = before.holds if still else _laid_down(before.holds, doer)
    return Handling(during=rest, after=replace(after, holds=rest))


def _follows_a_verb(acted: Sequence[Found], piece: Piece) -> bool:
    """Whether something is done to a thing: `the whistle blows` by itself."""
    return any(one.start > verb.start for one in acted for verb in piece.verbs[:1])


def _done(clause: Clause, name: str, doer: str, before: Hands, here: Sequence[str], words: Words) -> Handling:
    deed = deed_in(clause.piece, words.language)
    held = _with(before.holds, doer, name)
    if deed == "give":
        receiver = _receiver(clause, doer, here, words.language)
        gone = _laid_down(_without(before.holds, name), doer)
        return Handling(
            during=held,
            after=replace(before, holds=_with(gone, receiver, name) if receiver else gone),
            given_to=receiver,
        )
    if deed == "take":
        return Handling(during=held, after=replace(before, holds=held))
    if deed == "hide":
        return Handling(during=held, after=replace(before, holds=_without(held, name)))
    if deed in ("put", "use") and parts(clause.piece, name, words.language):
        # What somebody breaks or tears is in their hands while they do it.
        return Handling(during=held, after=replace(before, holds=_without(before.holds, name)))
    if deed == "put":
        # It is in the hand that puts it there.
        gone = _without(before.holds, name)
        held = held if handles(clause.piece.text, "acted_on", words.language) else gone
        return Handling(during=held, after=replace(before, holds=gone))
    if pictures()[name].kind == "instruments" and PLAYS.search(clause.piece.text):
        # Who plays has it, whoever had it before.
        held = _with(_without(before.holds, name), doer, name)
        return Handling(during=held, after=replace(before, holds=held))
    mine = before.holds.get(doer) == name or name not in before.holds.values()
    if not mine or not handles(clause.piece.text, "acted_on", words.language):
        return Handling(during=before.holds, after=before)
    # What somebody opens or hugs they still have while they only look or speak.
    return Handling(during=held, after=replace(before, holds=held))


def deed_in(piece: Piece, language: Language) -> Deed:
    """What the last verb of a clause that hands can do does."""
    inside, lemmas = _inside(language).search(piece.text), _deeds(language)
    after = inside.end() if inside is not None else -1
    found = [lemmas[verb.lemma] for verb in piece.verbs if verb.lemma in lemmas and verb.start > after]
    return found[-1] if found else "take" if inside is not None else "use"


def _receiver(clause: Clause, doer: str, here: Sequence[str], language: Language) -> str:
    """To whom it goes: whom the clause names, else the only other one there; nobody when it is several."""
    if re.search(rf"(?<!\w)(?:{ledger_words(language)['each']})(?!\w)", clause.piece.text, re.IGNORECASE):
        return ""
    others = [one for one in clause.others if one != doer] or [one for one in here if one != doer]
    return others[0] if len(others) == 1 or clause.others else ""


def _only_holder(holds: Mapping[str, str]) -> str:
    return next(iter(holds)) if len(holds) == 1 else ""


def _fits_a_hand(picture: str) -> bool:
    return can_be_held(picture) and picture not in NOT_IN_HANDS


def _keeps_still(piece: Piece, language: Language) -> bool:
    """Whether hands have nothing to do in a clause: who speaks or looks keeps what they hold."""
    # Who plays or sings goes on with the guitar or the microphone in hand.
    keeping = words_of_class("keeping", language)
    lemmas = [verb.lemma for verb in piece.verbs if verb.lemma not in keeping]
    return {kinds_of(language).get(one, "situation") for one in lemmas} <= STILL


def _has_it_done(piece: Piece, language: Language) -> bool:
    """Whether somebody only asks or orders somebody else to do it."""
    known = kinds_of(language)
    return bool(piece.verbs) and all(
        one.lemma in ORDERING or known.get(one.lemma) in ("ask", "demand") for one in piece.verbs
    )


def _laid_down(holds: Mapping[str, str], who: str) -> dict[str, str]:
    return {name: one for name, one in holds.items() if name != who}


def _with(holds: Mapping[str, str], who: str, thing: str) -> dict[str, str]:
    """A thing is in one hand only."""
    return {**_without(holds, thing), who: thing}


def _without(holds: Mapping[str, str], thing: str) -> dict[str, str]:
    return {name: one for name, one in holds.items() if one != thing}


@lru_cache(maxsize=4)
def _deeds(language: Language) -> dict[str, Deed]:
    table = ledger_words(language)["deeds"]
    kinds: tuple[Deed, ...] = ("give", "take", "put", "hide")
    return {lemma: kind for kind in kinds for lemma in table[kind].split()}


@lru_cache(maxsize=4)
def _inside(language: Language) -> re.Pattern[str]:
    pattern = ledger_words(language)["deeds"]["from_inside"]
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
