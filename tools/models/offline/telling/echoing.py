"""Talk about the very words of a short brief: one cannot believe a part of it, the other says it again."""

from collections.abc import Iterator, Sequence

from state.script import Character, Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.telling.whose import happens
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.dice import Dice
from tools.models.offline.words.fact import Fact
from tools.models.offline.words.grammar import capitalise

LONGEST, SHORTEST = 5, 2
"""Words that somebody says again."""
PLACES = frozenset(("in", "on", "at", "inside", "under", "en", "bajo", "em", "no", "na", "nos", "nas"))
SLOT = re.compile(r"\{[pP]\}")
LEADING = {
    "en": "in|on|at|with|without|for|during|under|inside|behind|before|after|through|from|into",
    "es": "en|con|sin|durante|bajo|dentro de|detrás de|antes de|después de|desde|por|para|a|al",
    "pt-BR": "em|no|na|nos|nas|com|sem|durante|debaixo de|dentro do|dentro da|atrás de|antes de|depois de"
    "|pelo|pela|por|para|ao|à",
}


def echoes(
    facts: Sequence[Fact], cast: Sequence[Character], language: Language, dice: Dice, *, near: bool
) -> Iterator[tuple[str, str]]:
    """A question and its answer for every part of the facts that can be said again, in mixed frames.

    `near` says that all who talk are in it: where they are none of them asks.
    """
    words = bank(language)["reported"]["echo"]
    asked, answered = dice.order(words["asked"], "asked"), dice.order(words["answered"], "answered")
    parts = phrases(facts, cast, language)
    parts = [one for one in parts if not near or one.split()[0].lower() not in PLACES]
    for at, part in enumerate(parts):
        slots = {"{p}": part, "{P}": capitalise(part)}
        yield _filled(asked[at % len(asked)], slots), _filled(answered[at % len(answered)], slots)


def phrases(facts: Sequence[Fact], cast: Sequence[Character], language: Language) -> list[str]:
    """`in the whole square`, `with a ticking suitcase`: parts of facts that mean the same in any mouth."""
    found: list[str] = []
    for fact in facts:
        text = re.split(r"[,;:.]", fact.text)[0]
        parts = re.split(rf" (?=(?:{LEADING[language]}) )", text)[1:]
        parts = [_one_phrase(part, language) for part in parts]
        found += [part for part in reversed(parts) if _may_be_said(part, cast, language)]
    # What it is done to comes last: `the recipe`, and `the sale` of what `the boss signed`.
    things = [thing for fact in facts for thing in (*_object(fact), *_last_thing(fact, language))]
    articles = grammar_of(language).words["articles"]
    found += [
        one for one in things if one.split()[0].lower() in articles and _may_be_said(one, cast, language)
    ]
    return list(dict.fromkeys(found))


def _object(fact: Fact) -> list[str]:
    thing = re.split(r"[,;:.]", fact.object)[0].strip()
    return [thing] if thing else []


def _last_thing(fact: Fact, language: Language) -> list[str]:
    """`the sale` at the end of `finds out that her boss signed the sale`."""
    found = re.search(r"([^\W\d_]+) ([^\W\d_]+ [^\W\d_]+)[.!]?$", fact.text)
    does = found is not None and found[1].lower() in grammar_of(language).verbs.finite
    return [found[2]] if found is not None and does else []


def _one_phrase(part: str, language: Language) -> str:
    """`pelo rádio` of `pelo rádio a mesma previsão`: up to the next article that nothing leads to."""
    grammar = grammar_of(language)
    words = part.split()
    end = next(
        (
            at
            for at, word in enumerate(words[3:], 3)
            if word.lower() in grammar.determiners
            and words[at - 1].lower() not in grammar.words["prepositions"]
            and word.lower() not in grammar.words["prepositions"]
        ),
        len(words),
    )
    return " ".join(words[:end])


def _may_be_said(part: str, cast: Sequence[Character], language: Language) -> bool:
    """Whether no verb and nobody is in it who would be called otherwise by those who talk."""
    grammar = grammar_of(language)
    words = part.split()
    low = {word.lower() for word in words}
    if len(words) > 1 and language != "en" and words[1].lower() in grammar.verbs.bases:
        # `va a ser derribado`: a part of the verb.
        return False
    own = grammar.words["possessives"] | grammar.pronouns | grammar.words["relatives"]
    verbs = [word for word in words[2:] if word in grammar.verbs.finite and word not in grammar.determiners]
    named = any(one.name.split()[0] in words for one in cast)
    return SHORTEST <= len(words) <= LONGEST and not (low & own or named or len(verbs) > 1)


def _filled(frame: str, slots: dict[str, str]) -> str:
    for slot, text in slots.items():
        frame = frame.replace(slot, text)
    return frame


def other_echoes(text: str, language: Language, dice: Dice) -> Iterator[str]:
    """`The last bakery. You're sure?` as `Wait. The last bakery?`: the same words in the other frames."""
    for frames in bank(language)["reported"]["echo"].values():
        parts = [part for one in frames if (part := _part_in(one, text))]
        parts = [part for part in parts if len(part.split()) <= LONGEST and not happens(part, language)]
        for part in sorted(parts, key=len)[:1]:
            slots = {"{p}": part[:1].lower() + part[1:], "{P}": part}
            yield from (_filled(one, slots) for one in dice.order(frames, "echo") if SLOT.search(one))


def _part_in(frame: str, text: str) -> str:
    """What of a line stands in a frame's slot; empty where the line is not of that frame."""
    slot = SLOT.search(frame)
    if slot is None:
        return ""
    before, after = frame[: slot.start()], frame[slot.end() :]
    part = text[len(before) : len(text) - len(after)]
    fits = text.startswith(before) and text.endswith(after) and not re.search(r"[.!?]", part)
    return capitalise(part) if fits else ""
