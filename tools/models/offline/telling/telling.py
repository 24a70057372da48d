"""Telling facts as prose: summaries, titles, loglines and open questions, in the brief's own words."""

from collections.abc import Sequence

from state.script import Character, Language
from tools.models.offline.brief.story import Story
from tools.models.offline.clauses.grammar import Grammar, grammar_of
from tools.models.offline.clauses.parse import noun_end
from tools.models.offline.clauses.tokens import Token, sentences_of, tokenise
from tools.models.offline.persons.people import person_words
from tools.models.offline.persons.teller import is_teller
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.dice import Dice
from tools.models.offline.words.fact import Fact
from tools.models.offline.words.grammar import capitalise

MOST_SENTENCES = 7
TITLE_WORDS = 6
LEAST_TOLD = 5
"""Words with which a summary says enough; a shorter one says how it leaves its people."""
LEAST_SHORT = 2
"""Words that a sentence has at least when its subject is left out."""
PRONOUNS = {"woman": "She", "man": "He"}
DEFINITE = {
    "en": {"a": "the", "an": "the", "her": "the", "his": "the", "their": "the"},
    "es": {"un": "el", "una": "la", "unos": "los", "unas": "las"},
    "pt-BR": {"um": "o", "uma": "a", "uns": "os", "umas": "as"},
}
CLITICS = ("o", "a", "lhe", "se", "me", "os", "as")
OPENED = {"na": "a", "no": "o", "nas": "as", "nos": "os", "da": "a", "do": "o", "à": "a", "ao": "o"}
"""Portuguese prepositions that hold an article."""


def tell_together(facts: Sequence[Fact], cast: Sequence[Character], language: Language) -> list[str]:
    """Each fact as a sentence; the same person twice in a row is not named twice."""
    told: list[str] = []
    before: Fact | None = None
    for fact in facts:
        if before is not None and fact.written and before.order == fact.order - 1:
            # Right behind what it goes on from, the brief's own pronoun is clear.
            told.append(fact.written)
        elif before is not None and fact.subject and _goes_on_about(fact.subject, before):
            told.append(_short(fact, cast, language))
        else:
            told.append(fact.written if _is_misnamed(fact, cast, language) else fact.text)
        before = fact
    return told


def _goes_on_about(subject: str, before: Fact) -> bool:
    """Whether the fact before names its subject: a caption before it may be read as somebody's."""
    return before.subject == subject and any(part in before.text for part in subject.split())


def _is_misnamed(fact: Fact, cast: Sequence[Character], language: Language) -> bool:
    """Whether a name stands for a pronoun of the other sex: `She sits down` is nothing that Dilwyn does."""
    words, first = grammar_of(language).words, fact.written.split(" ")[0].lower()
    kinds = [one for one in ("pronouns_she", "pronouns_he") if first in words[one]]
    named = next((one for one in cast if fact.text.startswith(one.name)), None)
    if not kinds or named is None:
        return False
    return (kinds == ["pronouns_she"]) != (named.look.presentation == "woman")


def _short(fact: Fact, cast: Sequence[Character], language: Language) -> str:
    """`She finds a letter`, `Encuentra una carta`."""
    person = next((one for one in cast if one.name == fact.subject), None)
    start = f"{fact.subject} {fact.verb.split(' ')[0]}"
    if person is None or not fact.text.startswith(start) or is_teller(person.name):
        # Nobody who tells a story calls themselves `he`.
        return fact.text
    rest = fact.text[len(fact.subject) + 1 :]
    if language != "en" and len(sentences_of(rest)[0].split()) < LEAST_SHORT:
        # `Entende.` alone is half a sentence.
        return fact.text
    if rest.split(" ")[0].lower() in CLITICS and language == "pt-BR":
        # No Portuguese sentence on paper begins with `lhe`.
        return fact.text
    pronoun = PRONOUNS[person.look.presentation]
    return f"{pronoun} {rest}" if language == "en" else capitalise(rest)


def tell_scene(
    story: Story, facts: Sequence[Fact], people: Sequence[Character], cast: Sequence[Character],
    *, beat: str, last: bool, turn: int,
) -> str:  # fmt: skip
    """Two or three sentences: what happens in the scene, and how it leaves its two people."""
    tables = story.stage["summaries"]
    told = tell_together(facts[:MOST_SENTENCES], cast, story.language)
    for at, fact in enumerate(facts[:MOST_SENTENCES]):
        if fact.again:
            frames = story.dice.order(
                tables["remembered" if fact.kind == "question" else "unchanged"], "again"
            )
            told[at] = frames[turn % len(frames)].replace("{text}", fact.text)
    if len(" ".join(told).split()) < LEAST_TOLD and len(people) > 1:
        told.append(_closing(story, people, beat=beat, last=last, turn=turn))
    return " ".join(told)


def _closing(story: Story, people: Sequence[Character], *, beat: str, last: bool, turn: int) -> str:
    tables = story.stage["summaries"]
    name = "cliffhanger" if beat == "whole" else beat
    light = f"light_{name}"
    name = light if story.tone == "light" and light in tables else name
    closings = story.dice.order(tables["resolved" if last else name], "closing", name)
    slots = {"a": people[0].name, "b": people[1].name}
    return story.fill(closings[turn % len(closings)], slots)


def title_of(facts: Sequence[Fact], story: Story, used: set[str], dice: Dice) -> str:
    """A title out of the brief's own words that was not used yet; empty when there is none."""
    grammar = grammar_of(story.language)
    nouns = [noun for fact in facts if (noun := _noun_of(fact, grammar))]
    clauses = [clause for fact in facts if (clause := _clause_of(fact, grammar))]
    shaped = [_shaped(noun, story, dice) for noun in nouns]
    others = [noun for fact in facts for noun in _other_nouns(fact, grammar)]
    for title in [*nouns[:1], *clauses, *nouns[1:], *others, *shaped]:
        if title.lower() not in used:
            used.add(title.lower())
            return title
    return ""


def _shaped(noun: str, story: Story, dice: Dice) -> str:
    """`The dinner, unfortunately`: the noun in the manner of the genre."""
    shapes = story.stage["genre_titles"][story.genre]
    small = noun[:1].lower() + noun[1:]
    return story.fill(dice.pick(shapes, "shape"), {"np": small})


def _noun_of(fact: Fact, grammar: Grammar) -> str:
    """`The night of the storm` from the lead, `The letter` from what follows the verb."""
    return _from_lead(fact, grammar) or _noun_phrase(tokenise(fact.rest), grammar)


def _other_nouns(fact: Fact, grammar: Grammar) -> list[str]:
    """`Two tickets`, `The calendar`, `The security cameras`: whatever else the fact is about."""
    tokens = tokenise(fact.rest)
    found = [_noun_phrase(tokens[at:], grammar) for at in range(1, len(tokens))]
    if fact.subject[:1].islower():
        found.append(_noun_phrase(tokenise(fact.subject), grammar))
    words = bank(grammar.language)["reading"]
    empty = person_words(words) | {*words["not_topics"]}
    return [one for one in found if len(one.split()) > 1 and one.split()[-1].lower() not in empty]


def _from_lead(fact: Fact, grammar: Grammar) -> str:
    tokens = tokenise(fact.lead)
    if not 3 <= len(tokens) <= TITLE_WORDS or not grammar.is_a(tokens[0], "prepositions"):
        return ""
    phrase = fact.lead.split(" ", 1)[1]
    held = OPENED.get(tokens[0].lower) if grammar.language == "pt-BR" else None
    phrase = f"{held} {phrase}" if held else phrase
    fine = held or tokens[1].lower in grammar.words["articles"]
    return capitalise(phrase) if fine else ""


def _noun_phrase(tokens: Sequence[Token], grammar: Grammar) -> str:
    """An article and its noun, up to the next small word."""
    proper = {*DEFINITE[grammar.language], *DEFINITE[grammar.language].values()}
    if len(tokens) < 2 or tokens[0].lower not in proper:
        return ""
    end = noun_end(tokens, grammar)
    ordinals = bank(grammar.language)["clauses"]["told"]["ordinals"].split()
    first = DEFINITE[grammar.language].get(tokens[0].lower, tokens[0].lower)
    words = [first, *(token.text for token in tokens[1:end])]
    fits = end > 1 and len(words[-1]) > 2 and words[-1].lower() not in ordinals
    return capitalise(" ".join(words)) if fits else ""


def _clause_of(fact: Fact, grammar: Grammar) -> str:
    """The clause itself when it is short, without what only explains it."""
    if not fact.subject or fact.source == "role":
        return ""
    rest = re.split(r"[,;:]", fact.rest)[0]
    tokens = tokenise(rest)
    stops = ("leading", "opening", "relatives")
    cut = next(
        (at for at, token in enumerate(tokens) if any(grammar.is_a(token, one) for one in stops)), None
    )
    if cut is not None:
        rest = rest[: tokens[cut].start].strip() if cut else ""
    clause = f"{fact.subject} {fact.verb} {rest}".strip()
    fits = 2 < len(clause.split()) <= TITLE_WORDS and bool(rest or not fact.rest)
    ended = tokenise(clause)[-1:]
    whole = bool(ended) and not any(grammar.is_a(ended[0], one) for one in ("prepositions", "articles"))
    return capitalise(clause) if fits and whole else ""


def threads_of(facts: Sequence[Fact], cast: Sequence[Character], story: Story) -> list[str]:
    """Open questions: who it was, whether somebody gets what they want, when a secret comes out."""
    found = [thread for fact in facts if (thread := _thread(fact, cast, story))]
    return list(dict.fromkeys(found))


def _thread(fact: Fact, cast: Sequence[Character], story: Story) -> str:
    stage, names = story.stage["episodes"], [one.name for one in cast]
    grammar = grammar_of(story.language)
    if fact.kind == "question":
        return fact.text
    if fact.subject in ("someone", "somebody", "alguien", "alguém"):
        lead = f" {fact.lead[:1].lower()}{fact.lead[1:]}" if fact.lead else ""
        opening = "¿" if story.language == "es" else ""
        return f"{opening}{stage['thread_who']} {fact.verb} {fact.rest}".rstrip() + f"{lead}?"
    if fact.kind == "secret" and fact.subject in names and len(names) > 1:
        hearer = next((name for name in names if name != fact.subject and name not in fact.rest), "")
        if not hearer:
            return ""
        clause = f"{fact.subject} {fact.verb} {fact.rest}".strip()
        return str(stage["thread_secret"]).format(hearer=hearer, clause=clause)
    if fact.kind == "desire" and fact.subject in names:
        return _wish(fact, grammar, str(stage["thread_wish"]))
    return ""


def _wish(fact: Fact, grammar: Grammar, shape: str) -> str:
    """`Will Mateo sell the house?`, only of a wish to do something."""
    first, _, rest = fact.rest.partition(" ")
    plain = fact.verb.lower() in bank(grammar.language)["clauses"]["told"]["wanting"]
    if not plain:
        return ""
    if grammar.language == "en":
        return shape.format(name=fact.subject, rest=rest) if first == "to" and rest else ""
    return shape.format(name=fact.subject, rest=fact.rest) if first in grammar.verbs.bases else ""
