"""A question somebody is reported to have asked, as they ask it: `where the key is`, `por qué no avisó`."""

from collections.abc import Sequence

from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.telling.said_by import Saying, as_question, is_loose, turned_for
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.grammar import capitalise

LONGEST_TOPIC = 4
"""Words of what somebody asks about, in `And the girl?`."""
LIGHT_WORDS = (
    "no",
    "não",
    "ya",
    "já",
    "nunca",
    "se",
    "le",
    "me",
    "lhe",
    "todavía",
    "ainda",
    "siempre",
    "sempre",
)
"""What may stand between a question word and its verb."""
OF_SUBJECTS = ("quién", "quem")


def asked(clause: str, link: str, saying: Saying) -> str | None:
    """`whether anyone has handed in a glove` as a question; `about the girl` as `And the girl?`."""
    language = saying.hearing.language
    words = bank(language)["reported"]
    if link in words["about"].split(","):
        return _about(clause, saying)
    if link in words["whether"].split():
        text = turned_for(clause, saying, question=True)
        return as_question(text, language) if text else None
    if link in words["which"].split(","):
        return _english(clause, link, saying) if language == "en" else _romance(clause, link, saying)
    return None


def _about(clause: str, saying: Saying) -> str | None:
    """`por un alquiler` as `¿Habrá un alquiler?`, `about the girl` as `And the girl?`."""
    language = saying.hearing.language
    if len(clause.split()) > LONGEST_TOPIC or re.search(r"[,:]", clause) or is_loose(clause, saying):
        return None
    words = bank(language)["reported"]
    first = clause.split()[0].lower()
    if first in words["any"].split():
        return str(words["is_there"]).replace("{np}", clause)
    return str(words["and_the"]).replace("{np}", clause) if first in words["the"].split() else None


def _english(clause: str, link: str, saying: Saying) -> str | None:
    """`where the key is`, `who broke it`, `why he kept writing`, `how old she is`."""
    placed = re.fullmatch(r"((?:the|that|this|these|those) [\w' -]+?) (is|are|was|were)", clause)
    if placed and not is_loose(clause, saying):
        return f"{capitalise(link)} {placed[2]} {placed[1]}?"
    spiced = re.match(r"(?:on earth|exactly|else) ", clause)
    if spiced:
        return _english(clause[spiced.end() :], f"{link} {spiced[0].strip()}", saying)
    group = re.fullmatch(r"they (are|were)((?: \w+){0,3})", clause)
    if group and saying.listener is not None:
        return f"{capitalise(link)} {group[1]} you{group[2]}?"
    form = grammar_of("en").verbs.finite.get(clause.split()[0].lower())
    if link in ("who", "what") and form and not form.bare:
        return None if is_loose(clause, saying) else f"{capitalise(link)} {clause}?"
    measured = re.match(
        r"(old|long|much|many|far|often|late|soon|big|bad|come)(?: \w+)?? (?=he |she |it |the |they |[A-Z])",
        clause,
    )
    head = f"{link} {measured[0].strip()}" if link == "how" and measured else link
    what = clause[measured.end() :] if measured else clause
    text = _inverted(what, saying) or turned_for(what, saying, question=True)
    return f"{capitalise(head)} {text}?" if text else None


def _romance(clause: str, link: str, saying: Saying) -> str | None:
    """`dónde está la llave` as it stands; `por qué no avisó` of whoever is asked."""
    language = saying.hearing.language
    link = "qué" if link == "lo que" else link
    words = clause.split()
    at = next((at for at, word in enumerate(words) if word.lower() not in LIGHT_WORDS), 0)
    verbless = not any(word.lower() in grammar_of(language).verbs.finite for word in words)
    if verbless or _stands(words, at, link, language):
        return None if is_loose(clause, saying) else as_question(f"{link} {clause}", language)
    text = turned_for(clause, saying, question=True)
    return as_question(f"{link} {text}", language) if text else None


def _inverted(clause: str, saying: Saying) -> str | None:
    """`it must ring` as `must it ring`."""
    found = re.fullmatch(
        r"(it|there|nobody|anyone|someone|the [\w' -]+?) "
        r"(must|can|could|would|will|should|is|was|are|were|might)( .+)?",
        clause,
    )
    if found is None or is_loose(clause, saying):
        return None
    return f"{found[2]} {found[1]}{found[3] or ''}"


def _stands(words: Sequence[str], at: int, link: str, language: str) -> bool:
    """Whether the question names whom it is about: `estaban los obreros`, `elevador tem férias`."""
    grammar = grammar_of(language)
    finite = grammar.verbs.finite
    verb = finite.get(words[at].lower())
    behind = words[at + 1].lower() if at + 1 < len(words) else ""
    if verb is not None:
        happens = link in OF_SUBJECTS or (len(words) <= at + 2 and words[at] in HAPPENS)
        return happens or behind in grammar.determiners or (bool(behind) and words[at + 1][0].isupper())
    bare = words[at][0].islower() and words[at].lower() not in grammar.pronouns
    return bare and behind in finite and link != "que"


HAPPENS = ("tem", "há", "hay", "pasa", "pasó", "aconteceu", "acontece", "houve", "hubo", "ocurre", "ocurrió")
"""Verbs of nobody: `qué pasa`."""
