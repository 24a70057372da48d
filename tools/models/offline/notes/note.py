"""Reading a person's note on a shot: what is asked, in any of the three languages."""

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from state.script import Character, Language, Place, SetKind
from tools.models.offline.things.picturing import pictures_in
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank, shared

QUOTED = re.compile(r"[\"“”«»]([^\"“”«»]{1,200})[\"“”«»]")
TOLD = re.compile(r"\b(?:say|says|decir|dice|diga|dizer|diz)\b:? +(\w.*)$", re.IGNORECASE | re.DOTALL)
"""What a narrator is to say, without quotes: everything after the verb."""
NEAR_WORDS = 3


@dataclass(frozen=True, kw_only=True)
class NoteRead:
    """What a note asks for. Empty fields are not asked for."""

    time: str = ""
    weather: str = ""
    size: str = ""
    nearer: int = 0
    """1 closer, -1 farther."""
    move: str = ""
    expression: str = ""
    mood: str = ""
    gesture: str = ""
    add: bool = False
    remove: bool = False
    garment: str = ""
    colour: str = ""
    wear: bool = False
    thing: str = ""
    hold: bool = False
    """Whether somebody is to take the thing in hand."""
    sound: str = ""
    sounds: bool = False
    """Whether it speaks of sounds at all."""
    moving: bool = False
    """Whether the shot is to play somewhere else."""
    text: str = ""
    """The note as it was read: folded, without quotes and names."""
    words: str = ""
    lines: str = ""
    picture: str = ""
    """A thing or an animal of the picture library that it names."""
    telling: bool = False
    """Whether it speaks of the narrator."""
    pronoun: str = ""
    """`woman` or `man` when the note says she or he."""
    people: list[str] = field(default_factory=list)
    """Cast members the note names."""
    removed: list[str] = field(default_factory=list)
    """Those of them it wants out of the shot."""


def read_note(note: str, cast: list[Character], language: Language = "en") -> NoteRead:
    """Find what a note asks for; quotes are new words and nothing else."""
    telling = _any(fold(note), "narrator")
    quoted = QUOTED.search(note) or (TOLD.search(note) if telling else None)
    note = f"{note[: quoted.start()]} {note[quoted.end() :]}" if quoted else note
    text = fold(QUOTED.sub(" ", note))
    beside = any(
        has(text, f"{word} {article}{fold(one.name.split()[0])}")
        for one in cast
        for word in shared("notes")["beside"]["words"]
        for article in ("", "o ", "a ", "la ", "el ")
    )
    people = [one.name for one in cast if has(text, fold(one.name)) or has(text, fold(one.name.split()[0]))]
    removed = _removed(text, people)
    for name in people:
        text = _without(text, name)
    move = _first(text, "move")
    # "The camera comes closer" is a move, not another framing.
    framing = text.replace(_phrase(text, "move", move), " ") if move else text
    size = _first(framing, "size")
    nearer, farther = _any(framing, "nearer"), _any(framing, "farther")
    gesture, sound = _first(text, "gesture"), _first(text, "sound")
    # "A phone ringing" and "on the phone" ask for no phone on the table.
    things = _blank(_blank(text, "gesture", gesture), "sound", sound)
    return NoteRead(
        time=_first(text, "time", positive=True),
        weather=_weather(text),
        size="" if farther or (nearer and size != "close_up") else size,
        nearer=1 if nearer else -1 if farther else 0,
        move=move,
        gesture=gesture,
        mood=_mood(text),
        expression="" if _any(text, "mood_words") else _expression(text),
        add=beside or _any(text, "add"),
        remove=_any(text, "remove"),
        garment=_first(text, "garment"),
        colour=_first(text, "colour"),
        wear=_any(text, "wear"),
        thing=_first(things, "thing"),
        picture=_picture(note, people, language),
        telling=telling,
        hold=_any(things, "hold"),
        sound=sound,
        sounds=_any(text, "sound_words"),
        moving=_any(text, "moving"),
        text=text,
        words=quoted.group(1).strip() if quoted else "",
        lines=_first(text, "lines"),
        pronoun="woman" if _any(text, "she") else "man" if _any(text, "he") else "",
        people=people,
        removed=removed,
    )


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Lower case without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).replace("\u2019", "'")


def has(text: str, phrase: str) -> bool:
    """Whether a folded text has a folded phrase as whole words."""
    return _find(text, phrase) is not None


def place_in(text: str, places: list[Place]) -> Place | None:
    """The place a folded note names: one of the story's own, else the set that a word of it means."""
    own = [one for one in places if has(text, _bare(fold(one.name)))]
    if own:
        return max(own, key=lambda one: len(one.name))
    # What a set is called comes before words that are only near to it.
    hits = [
        (at == 0, len(noun), kind)
        for kind, names in _set_nouns()
        for at, nouns in enumerate(names)
        for noun in nouns
        if has(text, noun)
    ]
    return Place(name="", kind=max(hits)[2]) if hits else None


@lru_cache(maxsize=1)
def _set_nouns() -> tuple[tuple[SetKind, tuple[tuple[str, ...], tuple[str, ...]]], ...]:
    """Per set its names in all languages, and the other words that lead to it."""
    languages: tuple[Language, ...] = ("en", "es", "pt-BR")
    found = []
    for kind in bank("en")["words"]["sets"]:
        titles = [bank(one)["words"]["sets"][kind][0] for one in languages]
        nouns = [noun for one in languages for noun in bank(one)["reading"]["places"].get(kind, [])]
        found.append((kind, (tuple(map(fold, titles)), tuple(map(fold, nouns)))))
    return tuple(found)


def _bare(name: str) -> str:
    return re.sub(r"^(?:the|el|la|los|las|o|a|os|as) ", "", name)


def negated(text: str, phrase: str) -> bool:
    """Whether the words just before a phrase take it back."""
    found = _find(text, phrase)
    if found is None:
        return False
    # A comma or a "more" ends what a "no" can reach.
    clause = re.split(r"[.,;:!?]|\b(?:but|more|pero|mas|mais)\b", text[: found.start()])[-1]
    before = re.findall(r"[^\W_]+(?:'[^\W_]+)?", clause)[-NEAR_WORDS:]
    return any(word in shared("notes")["negation"]["words"] for word in before)


def _find(text: str, phrase: str) -> re.Match[str] | None:
    return re.search(rf"(?<![\w-]){re.escape(phrase)}(?![\w-])", text)


def _without(text: str, name: str) -> str:
    for part in (fold(name), fold(name.split()[0])):
        text = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", " ", text)
    return text


def _any(text: str, table: str) -> bool:
    return any(has(text, phrase) for phrase in shared("notes")[table]["words"])


def _first(text: str, table: str, *, positive: bool = False) -> str:
    """The key whose longest phrase occurs; longer phrases win over the words inside them."""
    hits = [
        (len(phrase), key)
        for key, phrases in shared("notes")[table].items()
        for phrase in phrases
        if has(text, phrase) and not (positive and negated(text, phrase))
    ]
    return max(hits)[1] if hits else ""


def _blank(text: str, table: str, key: str) -> str:
    return text.replace(_phrase(text, table, key), " ") if key else text


def _phrase(text: str, table: str, key: str) -> str:
    return str(max((one for one in shared("notes")[table][key] if has(text, one)), key=len))


def _removed(text: str, people: list[str]) -> list[str]:
    """Names whose nearest verb before them takes away; all of them when none has a verb before it."""
    verbs = {
        found.start(): table
        for table in ("remove", "add")
        for phrase in shared("notes")[table]["words"]
        for found in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)
    }
    if "remove" not in verbs.values():
        return []
    governed = {
        name: max((at for at in verbs if at < text.find(fold(name.split()[0]))), default=-1)
        for name in people
    }
    gone = [name for name, at in governed.items() if at >= 0 and verbs[at] == "remove"]
    return gone or [name for name, at in governed.items() if at < 0]


def _picture(note: str, people: list[str], language: Language) -> str:
    """The first noun of a note that the picture library can draw, read in the script's language first."""
    plain = note
    for name in people:
        for part in (name, name.split()[0]):
            plain = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", " ", plain, flags=re.IGNORECASE)
    others: tuple[Language, ...] = ("en", "es", "pt-BR")
    for spoken in dict.fromkeys((language, *others)):
        if found := pictures_in(plain, spoken):
            return found[0][1]
    return ""


def _weather(text: str) -> str:
    found = _first(text, "weather")
    if not found:
        return ""
    phrases = [phrase for phrase in shared("notes")["weather"][found] if has(text, phrase)]
    return "clear" if found != "clear" and any(negated(text, phrase) for phrase in phrases) else found


def _expression(text: str) -> str:
    found = _first(text, "expression", positive=True)
    if found:
        return found
    return "neutral" if _first(text, "expression") else ""


def _mood(text: str) -> str:
    mood = _first(text, "mood", positive=True)
    if mood or not _any(text, "mood_words"):
        return mood
    felt = _first(text, "expression", positive=True)
    return {"sad": "sad", "happy": "playful", "tender": "romantic", "afraid": "tense", "angry": "tense"}.get(
        felt, ""
    )
