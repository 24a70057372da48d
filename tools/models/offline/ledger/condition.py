"""In which condition the story's things are: whole, in pieces or mended, and whether anybody can see them.

A condition changes only with the clause that changes it, and holds until another one does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from state.script import Language, ThingColour, ThingState
from tools.models.offline.ledger.clause import Piece
from tools.models.offline.things.picturing import Found
from tools.models.offline.things.shown import Words, is_denied_in, is_meant, names_another, parted
from tools.models.offline.things.thing_look import first_colour
from tools.models.offline.things.things import is_prop
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.pictures.library import pictures

LARGEST_CM = 200
"""What is larger breaks and stays where it stands."""
NOT_BROKEN = frozenset(("animals", "flyers", "sky", "plants", "buildings", "vehicles", "food"))
"""Kinds of pictures that a verb of breaking leaves as they are drawn."""
CUT = frozenset(("chain", "rope", "ribbon", "ball_of_string", "net", "photo", "credit_card", "handcuffs"))
"""What is in two parts when somebody cuts it."""


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """How the things are after a clause."""

    states: Mapping[str, ThingState] = field(default_factory=dict)
    threads: Mapping[str, ThingColour] = field(default_factory=dict)
    """What a mended thing is mended with."""
    hidden: frozenset[str] = frozenset()
    """What is in a sleeve or a pocket, lost or sought: it is in no picture."""
    last: Found | None = None
    """What `it` means."""
    spoilt: str = ""
    """What `the pieces` are of."""
    thrown: frozenset[str] = frozenset()
    """What is thrown away or burnt right now: from the next clause on it is out of sight."""
    broke: str = ""
    """What comes apart right now."""
    pieces: str = ""
    """Of what this clause tells the pieces."""


def after_clause(piece: Piece, before: Conditions, holds: Mapping[str, str], words: Words) -> Conditions:
    """The conditions when this clause is over; `holds` is who had what in hand."""
    things = [(one, part) for one, part in parted(piece.text, words) if is_prop(one.picture)]
    acted = [one for one, part in things if part == "acted_on"]
    last = acted[-1] if acted else None if names_another(piece.text, words.language) else before.last
    hidden = before.hidden | before.thrown
    now = replace(before, last=last, hidden=hidden, thrown=frozenset(), broke="", pieces="")
    now = _with_pieces(piece, now, holds, words)
    if is_denied_in(piece.text, words.language):
        return now
    for verb in piece.verbs:
        thing = _done_to(verb.start, acted, piece, before, words)
        now = _changed(now, verb.lemma, thing, piece, words.language)
    if (breaks := _form("breaks_now", words.language).search(piece.text)) and not piece.verbs:
        # `Nelio tearing up the notice`: no verb, and torn all the same.
        torn = [one.picture for one in acted if one.start > breaks.start() and _can_break(one.picture)]
        now = _broken(now, torn[0]) if torn else now
    now = _thrown(now, piece, acted, words.language)
    return _hidden(now, piece, acted, [one for one, _ in things], before, words.language)


def _changed(now: Conditions, lemma: str, thing: str, piece: Piece, language: Language) -> Conditions:
    """What one verb does to a thing; `glues them` mends what lies in pieces."""
    broken = now.states.get(now.spoilt) == "in_pieces"
    thing = now.spoilt if not thing and broken and _does("mending", lemma, language) else thing
    if not thing:
        return now
    if _does("breaking", lemma, language) and _can_break(thing):
        return _broken(now, thing)
    if _does("cutting", lemma, language) and thing in CUT:
        return _broken(now, thing)
    if _does("mending", lemma, language) and now.states.get(thing) == "in_pieces":
        colour = first_colour(piece.text, language)
        threads = {**now.threads, thing: colour} if colour else now.threads
        return replace(now, states={**now.states, thing: "mended"}, threads=threads)
    return now


def _broken(now: Conditions, thing: str) -> Conditions:
    broke = thing if now.states.get(thing) != "in_pieces" else ""
    return replace(now, states={**now.states, thing: "in_pieces"}, spoilt=thing, broke=broke or now.broke)


def _thrown(now: Conditions, piece: Piece, acted: Sequence[Found], language: Language) -> Conditions:
    """What goes into a fire, a bin or the sea is not seen again."""
    away = any(_does("throwing", one.lemma, language) for one in piece.verbs)
    if not (away and _form("away", language).search(piece.text)):
        return now
    things = {one.picture for one in acted} or {now.pieces} - {""}
    return replace(now, thrown=frozenset(things))


def _can_break(thing: str) -> bool:
    known = pictures()[thing]
    return known.kind not in NOT_BROKEN and known.cm <= LARGEST_CM


def _done_to(start: int, acted: Sequence[Found], piece: Piece, before: Conditions, words: Words) -> str:
    """What a verb is done to: what follows it, else what `it` means, else what does it by itself."""
    after = [one for one in acted if one.start > start]
    if after:
        return after[0].picture
    if before.last is not None and is_meant(piece.text, before.last, words.language):
        return before.last.picture
    if not acted and before.last is not None and _by_itself(piece.text, start, words.language):
        # `drops the bowl and it breaks`.
        return before.last.picture
    alone = [one for one in acted if one.start < start]
    goes_on = re.search(r"\w+ +\w", piece.text[start:]) is not None
    return alone[-1].picture if alone and not goes_on else ""


def _by_itself(text: str, start: int, language: Language) -> bool:
    """Whether a verb tells what the last thing does: `it breaks`, `se rompe`, `e quebra`."""
    return _form("by_itself", language).search(text[:start]) is not None and not re.search(
        r"\w+ +\w+ +\w", text[start:]
    )


def _with_pieces(piece: Piece, now: Conditions, holds: Mapping[str, str], words: Words) -> Conditions:
    """`the pieces` are of what was broken last, else of what somebody has in hand or the story is about."""
    if not _form("pieces", words.language).search(piece.text):
        return now
    known = [one for one in (now.spoilt, *holds.values(), *words.mains[:1]) if one in pictures()]
    thing = next((one for one in known if one == now.spoilt or pictures()[one].kind not in ALIVE), "")
    if not thing or now.states.get(thing) == "mended":
        return now
    return replace(_broken(now, thing), pieces=thing)


ALIVE = frozenset(("animals", "flyers", "sky", "buildings", "vehicles"))


def _hidden(
    now: Conditions, piece: Piece, acted: Sequence[Found], named: Sequence[Found], before: Conditions,
    language: Language,
) -> Conditions:  # fmt: skip
    """What nobody can see any more, and what comes to light."""
    touched = {one.picture for one in acted}
    if before.last is not None and is_meant(piece.text, before.last, language):
        touched.add(before.last.picture)
    lemmas = {verb.lemma for verb in piece.verbs}
    if _form("kept", language).search(piece.text):
        # `hidden in his cap`: whatever it is named with.
        return replace(now, hidden=now.hidden | touched | {one.picture for one in named[:1]})
    if sought := _form("sought", language).search(piece.text):
        # `has until midnight to find the microphone`: it is not there yet.
        return replace(now, hidden=now.hidden | {one.picture for one in named if one.start > sought.start()})
    if any(_does("losing", one, language) for one in lemmas):
        return replace(now, hidden=now.hidden | touched)
    return replace(now, hidden=now.hidden - touched)


def parts(piece: Piece, thing: str, language: Language) -> bool:
    """Whether the clause does nothing but break, tear or cut a thing."""
    lemmas = [one.lemma for one in piece.verbs]
    broken = all(_does("breaking", one, language) for one in lemmas)
    cut = thing in CUT and all(_does("cutting", one, language) for one in lemmas)
    return bool(lemmas) and (broken or cut)


def _does(kind: str, lemma: str, language: Language) -> bool:
    return lemma in _lemmas(kind, language)


@lru_cache(maxsize=32)
def _lemmas(kind: str, language: Language) -> frozenset[str]:
    words: str = bank(language)["ledger"]["conditions"][kind]
    return frozenset(words.split())


@lru_cache(maxsize=16)
def _form(name: str, language: Language) -> re.Pattern[str]:
    pattern: str = bank(language)["ledger"]["conditions"][name]
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
