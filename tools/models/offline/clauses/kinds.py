"""What kind of thing a clause says: a wish, a secret, a deadline, something that happens."""

from tools.models.offline.clauses.forms import Form
from tools.models.offline.clauses.grammar import Grammar
from tools.models.offline.clauses.tokens import tokenise
from tools.models.offline.words import patterns as re
from tools.models.offline.words.fact import FactKind


def kind_of(text: str, form: Form, verb: str, grammar: Grammar, *, told_in_past: bool) -> FactKind:
    """The kind of a clause that was read; `told_in_past` means that the whole brief speaks in the past."""
    if text.rstrip().endswith("?"):
        return "question"
    if form.base in grammar.kinds["secret"] or _holds(text, grammar.kinds["secret_phrases"]):
        return "secret"
    if _wants(form, verb, text, grammar):
        return "desire"
    if _holds(text, grammar.kinds["threat_phrases"]) or form.base in grammar.kinds["threat"]:
        return "threat"
    if form.tense == "past" and not told_in_past:
        return "backstory"
    chained = verb.split()[-1].lower() if verb.split() else ""
    happens = form.base in grammar.kinds["event"] or _base_of(chained, grammar) in grammar.kinds["event"]
    return "event" if happens else "situation"


def kind_of_sentence(text: str, grammar: Grammar) -> FactKind:
    """The kind of a sentence that could not be read, by its marks alone."""
    if text.rstrip().endswith("?"):
        return "question"
    if _holds(text, grammar.kinds["secret_phrases"]):
        return "secret"
    return "threat" if _holds(text, grammar.kinds["threat_phrases"]) else "situation"


def is_decisive(text: str, grammar: Grammar) -> bool:
    """Whether a listener must hear this: somebody finds out, or somebody turns out to be somebody else."""
    if _holds(text, grammar.kinds["decisive_phrases"]):
        return True
    words = [token.lower for token in tokenise(text) if token.is_word]
    found = {form.base for word in words if (form := grammar.verbs.finite.get(word)) and not form.bare}
    if found & set(grammar.kinds["decisive"]):
        return True
    return any(
        _names_kin(words[at + 1 : at + 5], grammar) for at, word in enumerate(words) if _is(word, grammar)
    )


def _is(word: str, grammar: Grammar) -> bool:
    form = grammar.verbs.finite.get(word)
    return form is not None and form.base in ("be", "ser")


def _names_kin(words: list[str], grammar: Grammar) -> bool:
    """`is her own son-in-law`, `é o próprio genro`: kin right behind the verb and its article."""
    if not words or words[0] not in {*grammar.determiners, *grammar.kinds["kin"]}:
        return False
    return any(word in grammar.kinds["kin"] for word in words)


def _wants(form: Form, verb: str, text: str, grammar: Grammar) -> bool:
    first = verb.split()[0].lower() if verb.split() else ""
    wished = form.base in grammar.kinds["desire"] or first in grammar.kinds["desire"]
    if form.base in grammar.kinds["asking"]:
        # `asks for two coffees` is no wish that moves a story, `asks her to stay` is.
        after = text[text.find(verb) + len(verb) :].lower().split()[:6]
        wished = any(word in grammar.kinds["asked"] for word in after) or _is_infinitive(after, grammar)
    return wished or _holds(text, grammar.kinds["desire_phrases"])


def _is_infinitive(after: list[str], grammar: Grammar) -> bool:
    return bool(after) and grammar.language != "en" and after[0] in grammar.verbs.bases


def _base_of(word: str, grammar: Grammar) -> str:
    form = grammar.verbs.finite.get(word)
    return form.base if form else word


def _holds(text: str, phrases: tuple[str, ...]) -> bool:
    lower = text.lower().replace("\u2019", "'")
    return any(re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", lower) for phrase in phrases)
