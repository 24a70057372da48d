"""Whether a deed is surely somebody's own: who stands before its verb, and who behind it.

A direction is only written from a verb with a checked agent. `until the trestle collapses` makes nobody
collapse, and `en la última casa espera Elvio` lets nobody else wait.
"""

from collections.abc import Collection
from dataclasses import dataclass

from state.script import Language
from tools.models.offline.clauses.grammar import Grammar, grammar_of
from tools.models.offline.ledger.clause import Verb, words_of_class
from tools.models.offline.persons.people import person_words
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
MARK = re.compile(r"[,;:.!?()\u2026\u2013\u2014\"\u201c\u201d\u00ab\u00bb]")


@dataclass(frozen=True, kw_only=True)
class Agent:
    """Who is said to do it, and who else it could be."""

    name: str
    woman: bool
    others: Collection[str] = ()
    """Names of everybody else."""


def does_it(clause: str, verb: Verb, start: int, agent: Agent, language: Language) -> bool:
    """Whether this person does what the verb says; `start` is where its predicate begins."""
    grammar = grammar_of(language)
    head = WORD.findall(MARK.split(clause[:start])[-1])
    return _stands_before(head, agent, grammar) and not _stands_behind(clause, verb, agent, grammar)


def _stands_before(head: list[str], agent: Agent, grammar: Grammar) -> bool:
    """The words before a verb name the agent, or nobody: then it goes on from who did the last thing."""
    goes_on = False
    while head and _is_beside(head[-1], grammar):
        goes_on = goes_on or head[-1].lower() in grammar.words["coordinators"]
        head = head[:-1]
    if not head or (goes_on and head[0] in agent.name.split()):
        # `Ana boxes at night and teaches by day`.
        return True
    last = head[-1].lower()
    if last in grammar.words["pronouns_it"]:
        return False
    if last in grammar.words["pronouns_she"] | grammar.words["pronouns_he"]:
        return agent.woman == (last in grammar.words["pronouns_she"])
    names = {word for one in agent.others for word in one.split()} - {*agent.name.split()}
    if head[-1] in names and not _is_led(head[:-1], grammar):
        return False
    if last in grammar.pronouns or head[-1] in agent.name.split():
        return True
    return _is_phrase_of(head, grammar)


def _is_beside(word: str, grammar: Grammar) -> bool:
    """A word that stands between who does it and the verb, or leads to both."""
    kinds = ("adverbs", "clitics", "negations", "leading", "opening", "coordinators", "relatives")
    low = word.lower()
    closed = low in grammar.determiners or low in grammar.words["prepositions"]
    small = any(low in grammar.words.get(kind, ()) for kind in kinds) or low in words_of_class(
        "joints", grammar.language
    )
    small = small or low in words_of_class("alone", grammar.language)
    how = low.endswith("ly") if grammar.language == "en" else low.endswith("mente")
    return how or (small and not (closed and grammar.language == "en"))


def _is_led(head: list[str], grammar: Grammar) -> bool:
    before = [word.lower() for word in head[-2:]]
    melted = words_of_class("melted", grammar.language)
    return any(word in grammar.words["prepositions"] or word in melted for word in before)


def _is_phrase_of(head: list[str], grammar: Grammar) -> bool:
    """`his daughter`, `en la cocina`: somebody who is meant, or where it is done; no `the trestle`."""
    low = [word.lower() for word in head]
    at = next((n for n in range(len(low) - 1, -1, -1) if low[n] in grammar.determiners), None)
    people = person_words(bank(grammar.language)["reading"])
    if any(word in people or word[:-1] in people for word in low[at or 0 :]):
        return True
    if not grammar.drops_subjects:
        # An English verb has its subject right before it: `across the table until the trestle collapses`.
        return False
    if at is None:
        return True
    melted = words_of_class("melted", grammar.language) | grammar.words["prepositions"]
    timed = any(word in grammar.words["time_words"] for word in low[at:])
    return timed or (at > 0 and low[at - 1] in melted) or any(word in melted for word in low[at:])


def _stands_behind(clause: str, verb: Verb, agent: Agent, grammar: Grammar) -> bool:
    """`espera Elvio`, `falta el pedido`: what stands behind the verb is who or what it is told of."""
    if not grammar.drops_subjects:
        return False
    words = WORD.findall(MARK.split(clause[verb.start :])[0])[1:]
    while words and words[0].lower() in grammar.words["adverbs"]:
        words = words[1:]
    if not words:
        return False
    language = grammar.language
    led = {word.lower() for word in WORD.findall(clause[: verb.start])[-1:]}
    lacking = verb.lemma in words_of_class("lacking", language) and "se" not in led
    if lacking and words[0].lower() in grammar.determiners:
        return True
    names = {word for one in agent.others for word in one.split()} - {*agent.name.split()}
    # In Spanish whom something is done to is led by `a`.
    comes = language == "es" or verb.lemma in words_of_class("coming", language)
    return comes and words[0] in names
