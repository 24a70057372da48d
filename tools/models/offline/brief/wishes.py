"""Pictures that a brief asks for: `close on her hands`, `last shot: the boots`, `the sign says "Open"`.

They are seen, and nobody reads them aloud.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from state.script import Language
from tools.models.offline.brief.ending_told import as_told
from tools.models.offline.ledger.clause import pieces_of
from tools.models.offline.shooting.setup import Setup
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.grammar import capitalise

Kind = Literal["close", "last", "sign"]
SENTENCE = re.compile(
    r"(?:\"[^\"]*\"|\u201c[^\u201d]*\u201d|\u00ab[^\u00bb]*\u00bb|[^.!?\n\"\u201c\u00ab])+[.!?]*"
)
MOST = 14
"""A picture is told in so few words."""
LONG = 4
"""Letters of a word by which a picture is found again in the story."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """One picture that is asked for, in words that could be told."""

    kind: Kind
    text: str


@lru_cache(maxsize=128)
def told_and_shown(story: str, notes: str, language: Language) -> tuple[str, tuple[Wish, ...]]:
    """The story with the pictures that it and its notes ask for, and these pictures."""
    asked, own = wishes_in(notes, language), list[Wish]()
    then = bank(language)["manuscript"]["wishes"]["then"]
    follows = False

    def shown(sentence: re.Match[str]) -> str:
        nonlocal follows
        text = sentence[0].strip()
        # `Close on her hands. Then the kite.`: the second is a picture too.
        goes_on = re.match(rf"(?:{then}),? (?=\w)", text, re.IGNORECASE) if follows else None
        wishes = [one for one in _wishes(text, language, started=True) if one.kind == "close"]
        wishes = [_as_wish("close", text[goes_on.end() :])] if goes_on else wishes
        own.extend(wishes)
        follows = bool(wishes)
        parts = wishes or _apart(text, asked, then)
        return sentence[0].replace(text, " ".join(one.text for one in parts)) if parts else sentence[0]

    told = SENTENCE.sub(shown, story)
    return with_wishes(told, asked), (*own, *asked)


def _apart(text: str, asked: Sequence[Wish], then: str) -> list[Wish]:
    """The pictures of `The lamp on the counter, then the sign.`, each for itself."""
    parts = [_as_wish("last", one) for one in re.split(rf",? (?:{then}),? ", text, flags=re.IGNORECASE)]
    return parts if len(parts) > 1 and all(one in asked for one in parts) else []


def _as_wish(kind: Kind, text: str) -> Wish:
    return Wish(kind=kind, text=f"{capitalise(text.strip(' .,!?:'))}.")


def unheard(setups: Sequence[Setup], wishes: tuple[Wish, ...], language: Language) -> list[Setup]:
    """The set-ups, in which nobody tells what was only asked to be seen."""
    done, wishes = [], tuple(one for one in wishes if not tells(one, language))
    for setup in setups:
        heard = [replace(one, text=_less(one.text, wishes)) if one.told else one for one in setup.spoken]
        kept = [one for one in heard if one.text]
        done.append(
            setup if kept == setup.spoken else replace(setup, spoken=kept, pictured=tuple(setup.seen))
        )
    return done


def tells(wish: Wish, language: Language) -> bool:
    """Whether a last picture is how the story ends: `she comes after them with one bill` is told."""
    acts = any(piece.verbs for piece in pieces_of(wish.text, language))
    return wish.kind == "last" and acts


def _less(text: str, wishes: Sequence[Wish]) -> str:
    """Words without those of a picture that stand in them, or that they are a part of."""
    plain = text.strip(" .!?,").lower()
    if plain and any(plain in one.text.lower() for one in wishes):
        return ""
    for one in wishes:
        text = re.sub(rf"(?<!\w){re.escape(one.text)} ?", "", text).strip()
    return text


@lru_cache(maxsize=128)
def wishes_in(text: str, language: Language) -> tuple[Wish, ...]:
    """The pictures that a text asks for, in its order; what is to come last stands last."""
    found = [one for sentence in SENTENCE.findall(text) for one in _wishes(sentence.strip(), language)]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: one.kind == "last"))


def with_wishes(story: str, wishes: tuple[Wish, ...]) -> str:
    """The story with every picture that it does not tell of yet, near the words it belongs to."""
    for wish in wishes:
        if _is_told(wish, story):
            continue
        ends = [one.end() for one in SENTENCE.finditer(story)]
        at = next((end for end in ends if _share(wish.text, _sentence_to(story, end, ends))), None)
        at = at if at and wish.kind == "close" else len(story)
        story = f"{story[:at].rstrip()} {wish.text}{story[at:]}"
    return story


def _wishes(sentence: str, language: Language, *, started: bool = False) -> Iterator[Wish]:
    """The pictures that one sentence asks for; `started`: only where it begins with them."""
    table: Table = bank(language)["manuscript"]["wishes"]
    kinds: tuple[Kind, ...] = ("sign", "last", "close")
    for kind in kinds:
        find = re.match if started else re.search
        found = find(rf"(?:{table[kind]})", sentence, re.IGNORECASE)
        if found is not None:
            shown = next(one for one in found.groups() if one)
            pictures = list(_pictures(kind, shown, table))
            yield from (
                replace(one, text=as_told(one.text, language)) if kind == "last" else one for one in pictures
            )
            return


def _pictures(kind: Kind, shown: str, table: Table) -> Iterator[Wish]:
    words = re.sub(rf",? (?:{table['polite']})(?!\w).*$", "", shown.strip(), flags=re.IGNORECASE)
    for part in re.split(rf",? (?:{table['then']}),? ", words, flags=re.IGNORECASE):
        text = part.strip(" .,!?:")
        for led, instead in table["led"].items():
            text = re.sub(rf"^{led} ", instead, text, flags=re.IGNORECASE)
        if 0 < len(text.split()) <= MOST:
            text = f"{table['signed']} {text}" if kind == "sign" else text
            yield _as_wish(kind, text)


def _sentence_to(story: str, end: int, ends: list[int]) -> str:
    return story[max((one for one in ends if one < end), default=0) : end]


def _is_told(wish: Wish, story: str) -> bool:
    """Whether the end of the story, or for a close picture any of it, has just these words."""
    near = story if wish.kind != "last" else " ".join(SENTENCE.findall(story)[-2:])
    said = {word.lower() for word in re.findall(r"\w+", near)}
    return {word for word in _long(wish.text)} <= said if wish.kind != "close" else wish.text[:-1] in story


def _share(wish: str, sentence: str) -> bool:
    """Whether the thing of a picture is told of in a sentence."""
    return bool(_long(wish) & {word.lower() for word in re.findall(r"\w+", sentence)})


def _long(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"\w+", text) if len(word) > LONG - 1}
