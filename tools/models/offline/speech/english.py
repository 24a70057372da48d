"""English clauses in another mouth: I and you for names, verbs that agree, pronouns that follow."""

from dataclasses import dataclass
from functools import lru_cache

from tools.models.offline.clauses.english import ongoing_forms, past_forms
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.speech.words import People, Role, Unsure, Word, listed, named, text_of, words_of
from tools.models.offline.words.bank import bank

TO_BE = {
    "is": ("am", "are"), "isn't": ("am not", "aren't"), "was": ("was", "were"),
    "wasn't": ("wasn't", "weren't"),
    "has": ("have", "have"), "hasn't": ("haven't", "haven't"), "does": ("do", "do"),
    "doesn't": ("don't", "don't"),
}  # fmt: skip
AUXILIARIES = listed("en", "auxiliaries")
NEGATED = {"won't": "will", "can't": "can", "cannot": "can", "couldn't": "could", "wouldn't": "would"}
POSSESSIVE = {"his": "man", "her": "woman"}
OBJECT = {"him": "man", "her": "woman", "himself": "man", "herself": "woman"}
SUBJECT = {"he": "man", "she": "woman"}
NOT_NOUNS = listed("en", "not_nouns")
BEFORE_OBJECT = listed("en", "before_object")
AFTER_A_VERB = listed("en", "after_a_verb")
LOWERED = listed("en", "lowered")
OPENERS = listed("en", "openers")
ADVERBS = listed("en", "adverbs")


@dataclass(frozen=True)
class Turned:
    """A clause that somebody can say."""

    subject: str
    verb: str
    rest: str
    role: Role
    plural: bool = False

    @property
    def text(self) -> str:
        """The clause from subject to end."""
        return " ".join(part for part in (self.subject, self.verb, self.rest) if part)


def turn(subject: str, verb: str, rest: str, *, people: People, about: tuple[str, ...], past: bool) -> Turned:
    """Turn a clause for its speaker and listener.

    Raises:
        Unsure: who a pronoun means, or what a word is, cannot be told.
    """
    at = people.find(subject)
    role = people.role(at)
    others = tuple(place for name in about if (place := people.find(name)) is not None and place != at)
    said_subject = _subject(subject, at, role, people, others)
    plural = said_subject[1]
    joint = said_subject[0] == "we"
    past = past and (verb.split() or [""])[-1].lower() in pasts()
    shifter = Shifter(people, at, (0, 1) if joint else others, past=past)
    # Somebody outside the cast who has a name owns what the clause says is theirs.
    shifter.owner = at is None and subject[:1].isupper() and subject.split()[0].lower() not in LOWERED
    verb_words = _past_verb(words_of(verb)) if past else words_of(verb)
    if role != "other":
        verb_words = _agree(verb_words, role)
    said_rest = shifter.rest(words_of(people.mark(rest)), role)
    if past and _goes_on_now(said_rest):
        raise Unsure("two times in one clause")
    return Turned(said_subject[0], text_of(verb_words), people.unmark(text_of(said_rest)), role, plural)


def _goes_on_now(rest: list[Word]) -> bool:
    """Whether a verb after `and` is still in the present: `went out and a door opens`."""
    joined = next((at for at, word in enumerate(rest) if word.low == "and"), len(rest))
    linked = any(word.low in ("that", "who", "which", "whose") for word in rest[:joined])
    return not linked and any(word.low in known_verbs() for word in rest[joined + 1 :])


def inverted(turned: Turned, verb: str) -> str:
    """The clause as it stands after `why`: `do you want to sell the house`.

    Raises:
        Unsure: the base of a verb in the past is not known.
    """
    first, *more = turned.verb.split()
    if first in ADVERBS or (more and first.endswith("ly")):
        raise Unsure(verb)
    subject = turned.subject if turned.subject.startswith("I") else _lower_first(turned.subject)
    if first in AUXILIARIES and not (first in ("have", "has", "had", "do", "does", "did") and not more):
        return " ".join((first, subject, *more, turned.rest)).strip()
    if first in NEGATED:
        return " ".join((first, subject, *more, turned.rest)).strip()
    if first.endswith("n't"):
        return " ".join((first, subject, *more, turned.rest)).strip()
    base, helper = _base(first, turned)
    return " ".join(part for part in (helper, subject, base, *more, turned.rest) if part)


def happening(verb: str) -> str:
    """`opens` as `is opening`; a state, a modal and an adverb's verb stay as they are."""
    low = verb.lower()
    stays = low in bank("en")["verbs"]["unwilled"].split() or low in ("is", "has", "does", "becomes", "wants")
    one, many = ongoing_forms().get(low), ongoing_forms().get(f"{low}s") or ongoing_forms().get(f"{low}es")
    if stays or not (one or many):
        return verb
    return f"is {one}" if one else f"are {many}"


def third_to_base(verb: str) -> str:
    """`tries` as `try`, `goes` as `go`, `wants` as `want`."""
    if verb in ("dies", "lies", "ties"):
        return verb[:-1]
    if verb.endswith("ies") and len(verb) > 4:
        return f"{verb[:-3]}y"
    if verb.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return verb[:-2]
    return verb[:-1] if verb.endswith("s") and not verb.endswith("ss") else verb


@lru_cache(maxsize=1)
def pasts() -> dict[str, str]:
    """Third person of the present to past, for verbs that happen once."""
    table: dict[str, str] = bank("en")["verbs"]["past"]
    lasting: list[str] = bank("en")["verbs"]["lasting"]
    return {**{now: past for now, past in past_forms().items() if now not in lasting}, **table}


@lru_cache(maxsize=1)
def known_verbs() -> frozenset[str]:
    """Third persons that are surely verbs."""
    lasting: list[str] = bank("en")["verbs"]["lasting"]
    return frozenset((*pasts(), *lasting))


def _subject(
    subject: str, at: int | None, role: Role, people: People, others: tuple[int, ...]
) -> tuple[str, bool]:
    if role == "speaker":
        return "I", False
    if role == "listener":
        return "you", False
    if at is not None:
        return people.cast[at].name, False
    marked = words_of(people.mark(subject))
    places = [place for word in marked if (place := named(word)) is not None]
    joined = any(word.low == "and" for word in marked)
    if joined and len(places) == 2 and len(marked) == 3:
        return _both(places, people), True
    if any(place in (0, 1) for place in places) and joined:
        raise Unsure(subject)
    shifted = Shifter(people, None, others, past=False).rest(marked, "other")
    return people.unmark(text_of(shifted)), joined


def _both(places: list[int], people: People) -> str:
    if set(places) == {0, 1}:
        return "we"
    other = next((people.cast[place].name for place in places if place > 1), "")
    if 0 in places:
        return f"{other} and I"
    if 1 in places:
        return f"you and {other}"
    return " and ".join(people.cast[place].name for place in places)


def _past_verb(verb: list[Word]) -> list[Word]:
    if len(verb) > 1 and not all(word.low in ADVERBS or word.low.endswith("ly") for word in verb[:-1]):
        return verb
    return [*verb[:-1], verb[-1].said(pasts().get(verb[-1].low, verb[-1].core))]


def _agree(verb: list[Word], role: Role) -> list[Word]:
    """The finite word of a verb group in the first or second person."""
    for at, word in enumerate(verb):
        if word.low in ADVERBS or word.low.endswith("ly"):
            continue
        return [*verb[:at], word.said(agreed(word.core, role)), *verb[at + 1 :]]
    return verb


def agreed(verb: str, role: Role) -> str:
    """One finite verb for I or you."""
    low = verb.lower()
    if low in TO_BE:
        return TO_BE[low][0 if role == "speaker" else 1]
    return third_to_base(verb)


def _base(first: str, turned: Turned) -> tuple[str, str]:
    back = {past: third_to_base(now) for now, past in pasts().items()}
    if first in back:
        return back[first], "did"
    form = grammar_of("en").verbs.finite.get(first)
    if form is not None and form.tense == "past" and form.base != first:
        return form.base, "did"
    if first.endswith("ed"):
        raise Unsure(first)
    if first == "had":
        return "have", "did"
    if turned.role != "other" or turned.plural:
        return first, "do"
    if first.endswith("s"):
        return "have" if first == "has" else third_to_base(first), "does"
    raise Unsure(first)


def _lower_first(text: str) -> str:
    word = text.split()[0] if text else ""
    articles = (
        "The",
        "A",
        "An",
        "His",
        "Her",
        "Someone",
        "Somebody",
        "Nobody",
        "My",
        "Your",
        "No",
        "Everybody",
    )
    return text[:1].lower() + text[1:] if word in articles else text


class Shifter:
    """Walks what follows the verb and turns names and pronouns."""

    def __init__(self, people: People, at: int | None, others: tuple[int, ...], *, past: bool) -> None:
        self.people, self.at, self.others, self.past = people, at, others, past
        self.owner = False

    def rest(self, words: list[Word], role: Role) -> list[Word]:
        """The words as the speaker says them."""
        said: list[Word] = []
        pending: Role | None = None
        for at, word in enumerate(words):
            after = words[at + 1] if at + 1 < len(words) else None
            if pending is not None and (word.low in ADVERBS or word.low.endswith("ly")):
                said.append(word)
                continue
            if pending is not None:
                said.append(word.said(agreed(word.core, pending)))
                pending = None
                continue
            turned, pending = self._word(word, words, at, after)
            if role != "other" or self.past:
                turned = self._joined(turned, words, at, after, role)
            said.append(turned)
        return said

    def _word(self, word: Word, words: list[Word], at: int, after: Word | None) -> tuple[Word, Role | None]:
        place = named(word)
        if place is not None:
            return self._name(word, place, words, at, after)
        low = word.low
        if low in SUBJECT:
            found = self._who(SUBJECT[low], words, at, subject=True)
            role = self.people.role(found)
            if found is None or role == "other":
                return word, None
            if found == self.at and after is not None and after.low in ("should", "must", "ought"):
                # Who says "she should" mostly means somebody else.
                raise Unsure(low)
            return word.said("I" if role == "speaker" else "you"), role
        if low == "her" and (after is None or word.after or after.low in NOT_NOUNS):
            return self._object(word, words, at), None
        if low == "their" and (both := self._both_of_us()) is not None:
            return word.said("our" if both else word.core), None
        if low in POSSESSIVE:
            whose = self._who(POSSESSIVE[low], words, at, subject=True)
            role = self.people.role(whose)
            if whose is None and self.at in (0, 1) and not _named_before(words, at):
                # The only one it could be has the other pronoun.
                raise Unsure(low)
            return word.said({"speaker": "my", "listener": "your", "other": word.core}[role]), None
        if low in OBJECT:
            return self._object(word, words, at), None
        return self._them(word) if low == "them" and at == 0 else word, None

    def _them(self, word: Word) -> Word:
        """`gives them until Friday`, said to one of them or by one of them."""
        us = {self.people.role(one) for one in self.others} if len(self.others) > 1 else set()
        return word.said("you" if "listener" in us else "us" if "speaker" in us else word.core)

    def _name(
        self, word: Word, place: int, words: list[Word], at: int, after: Word | None
    ) -> tuple[Word, Role | None]:
        role = self.people.role(place)
        if role == "other":
            return word, None
        if not word.core.endswith("\ue001"):
            return word.said("my" if role == "speaker" else "your"), None
        verb = _verb_after(words, at)
        if role == "listener":
            return word.said("you"), role if verb else None
        before = words[at - 1].low if at else ""
        return word.said("I" if verb and before not in BEFORE_OBJECT else "me"), role if verb else None

    def _both_of_us(self) -> bool | None:
        """Whether `they` are you and I; None when neither of us is in the clause."""
        us = {0, 1} & {self.at, *self.others}
        if len(us) == 1 and self.at in us:
            raise Unsure("their")
        return len(us) == 2 if us else None

    def _object(self, word: Word, words: list[Word], at: int) -> Word:
        low = word.low
        own = low.endswith("self")
        role = self.people.role(self._who(OBJECT[low], words, at, subject=own, object_=not own))
        forms = {"speaker": "myself" if own else "me", "listener": "yourself" if own else "you"}
        return word.said(forms.get(role, word.core))

    def _who(
        self, gender: str, words: list[Word], at: int, *, subject: bool, object_: bool = False
    ) -> int | None:
        """Whom a pronoun means; None when it is nobody of the cast we know."""
        before = {place for word in words[:at] if (place := named(word)) is not None}
        fits = [one for one in (self.at, *self.others) if one is not None and self._is(one, gender)]
        embedded = bool(before) or any(word.low in OPENERS for word in words[:at])
        if object_ and not embedded:
            fits = [one for one in fits if one != self.at]
        if len(set(fits)) > 1 and subject and not (set(fits) - {self.at}) & before:
            return self.at if self.at in fits else self._unsure(fits)
        if len(set(fits)) > 1:
            return self._unsure(fits)
        if not fits and self.owner and words[at].low in POSSESSIVE:
            return None
        here = [one for one in (0, 1) if one != self.at and self._is(one, gender)]
        if not fits and here and not embedded and (object_ or self.at is None or words[at].low in POSSESSIVE):
            same = sum(self._is(one, gender) for one in range(len(self.people.cast)))
            return here[0] if same == 1 and self.at is not None else self._unsure(fits)
        return fits[0] if fits else None

    def _unsure(self, fits: list[int]) -> int:
        if all(self.people.role(one) == "other" for one in fits) and fits:
            return fits[0]
        raise Unsure("a pronoun")

    def _is(self, at: int, gender: str) -> bool:
        return self.people.cast[at].look.presentation == gender

    def _joined(self, word: Word, words: list[Word], at: int, after: Word | None, role: Role) -> Word:
        """A second verb of the same subject: `finds the letter and hides it`."""
        back = at - 1
        while back >= 0 and (words[back].low in ADVERBS or words[back].low.endswith("ly")):
            back -= 1
        if back < 0 or words[back].low not in ("and", "but", "or", "then"):
            return word
        low = word.low
        if low in TO_BE and back >= 0:
            return word.said(agreed(word.core, role)) if role != "other" else word
        if not low.endswith("s") or low.endswith(("ss", "'s", "\u2019s")) or named(word) is not None:
            return word
        follows = after.low if after is not None and not word.after else ""
        if low not in known_verbs() and follows not in NOT_NOUNS:
            return word
        if low not in known_verbs() and follows not in AFTER_A_VERB:
            raise Unsure(word.core)
        if self.past and low in pasts():
            return word.said(pasts()[low])
        return word.said(agreed(word.core, role)) if role != "other" else word


def _named_before(words: list[Word], at: int) -> bool:
    """Whether somebody else could be meant: a name or a noun phrase stands before."""
    return any(named(word) is not None or word.low in ("the", "a", "an", "another") for word in words[:at])


def _verb_after(words: list[Word], at: int) -> bool:
    for word in words[at + 1 :]:
        low = word.low
        if low in ADVERBS or low.endswith("ly"):
            continue
        return (
            low in TO_BE or low in AUXILIARIES or low in NEGATED or low in known_verbs()
            or low in pasts().values()
        ) and not words[at].after  # fmt: skip
    return False
