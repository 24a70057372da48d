"""What somebody is seen to do, in the brief's own words: `counts the coins`."""

from itertools import pairwise

from state.script import Language
from tools.models.offline.clauses.grammar import Grammar, grammar_of
from tools.models.offline.deeds.happening import is_denied, lemma_of
from tools.models.offline.deeds.unreal import is_done
from tools.models.offline.deeds.with_object import with_object
from tools.models.offline.ledger.clause import Verb, verbs_in, words_of_class
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.fact import Fact

MOST, LEAST = 9, 2
"""Words in which a deed is told."""
AND = frozenset(("and", "but", "or", "y", "e", "pero", "o", "mas", "ou"))
AUXILIARIES = frozenset(
    (
        "has",
        "have",
        "had",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "should",
        "ha",
        "han",
        "hay",
        "había",
        "tem",
        "têm",
        "tinha",
        "vai",
        "vão",
        "va",
        "van",
    )
)
"""Verbs that say what was, will be or may be done: nothing that is seen now."""
MARK = re.compile(r"[,;:.!?\u2026\u2013\u2014()\"\u201c\u00ab]")


def deed_of(fact: Fact, language: Language) -> str:
    """The deed of a fact that a picture could show, without whoever does it; empty when there is none."""
    shown = fact.agent and fact.verb and fact.tense == "present" and not fact.again
    if not shown or fact.kind in ("secret", "desire", "question", "backstory") or is_denied(fact, language):
        return ""
    grammar = grammar_of(language)
    if lemma_of(fact, language) in _unseen(language) or {*fact.verb.lower().split()} & (
        _spoken(language) | AUXILIARIES
    ):
        return ""
    words = MARK.split(f"{fact.verb} {fact.rest}")[0].split()
    if {*words} & {*fact.agent.split()} or _is_nobodys(words, lemma_of(fact, language), language):
        # `The inspector turns out to be Grant`: what he is called is nothing that he does.
        return ""
    behind = fact.text.partition(" ".join(words))[2].split()[:1]
    deed = with_object(_until_joint(words, grammar), [*words, *behind], language)
    return " ".join(_whole(deed, grammar) if deed else [])


def deed_in(clause: str, language: Language, *, name: str, behind: str = "") -> str:
    """The deed that a clause tells, without whoever does it; empty where a picture could not show it.

    `behind` is what the sentence goes on with: a deed is not told without the clause it leads to.
    """
    grammar = grammar_of(language)
    verb = main_verb(clause, language, name=name)
    if verb is None or verb.plural or verb.tense != "present" or verb.lemma in _unseen(language):
        return ""
    if not is_done(clause, verb.start, language):
        return ""
    start = predicate_at(clause, verb.start, language)
    words = MARK.split(clause[start : start + 1].lower() + clause[start + 1 :])[0].split()
    helps = AUXILIARIES - (set() if _leads_on(words) else GOING)
    if _is_nobodys(words, verb.lemma, language):
        return ""
    said = {words[0].lower()} & (_spoken(language) | helps) if words else {""}
    if (
        said
        or _named_behind(words, language)
        or {*words} & {*name.split()}
        or DENIED & {*clause[:start].lower().split(), *(word.lower() for word in words[1:2])}
    ):
        return ""
    if [word.lower() for word in words[1:]] == ["embora"]:
        return " ".join(words)
    deed = with_object(_until_joint(words, grammar), [*words, *behind.split()[:1]], language)
    deed = _whole(deed, grammar, least=1)
    # `finds that it is gone`: the verb alone says nothing.
    return "" if len(deed) == 1 and len(words) > 1 else " ".join(deed)


def main_verb(clause: str, language: Language, *, name: str) -> Verb | None:
    """The first verb of a clause; a surname such as `Salas` is none."""
    own = {*name.split()}
    verbs = verbs_in(clause, grammar_of(language))
    return next((one for one in verbs if MARK.split(clause[one.start :])[0].split()[0] not in own), None)


CLITICS: dict[Language, str] = {
    "en": r"(?:\b(?:slowly|quietly|gently|carefully|suddenly) )?$",
    "es": r"(?:\b(?:se|le|les|lo|la|los|las|me|nos|te) ){0,2}$",
    "pt-BR": r"(?:\b(?:se|lhe|lhes|o|a|os|as|me|nos) ){0,2}$",
}
BEHIND: dict[Language, frozenset[str]] = {
    "en": frozenset(("he", "she", "they", "i", "we")),
    "es": frozenset(("él", "ella", "ellos", "ellas", "yo")),
    "pt-BR": frozenset(("ele", "ela", "eles", "elas", "eu")),
}
"""Who does it, behind a verb. In Brazil `abraça ela` is whom, `se casa ela` is who."""
GOING = frozenset(("va", "van", "vai", "vão"))
DENIED = frozenset(
    ("no", "not", "never", "nobody", "neither", "nor", "don't", "doesn't", "didn't", "won't", "can't",
     "isn't", "don\u2019t", "doesn\u2019t", "didn\u2019t", "won\u2019t", "can\u2019t", "isn\u2019t",
     "nunca", "n\u00e3o", "nadie", "ningu\u00e9m", "jam\u00e1s", "jamais", "nem", "ni", "tampoco", "tampouco")
)  # fmt: skip
HEARD = {
    "es": "o\u00edr escuchar ver sentir notar percibir",
    "pt-BR": "ouvir escutar ver sentir notar perceber",
}
"""What one does, and nobody in particular: `se oye`, `se ve`."""
SEVERAL = frozenset(("don't", "haven't", "aren't", "weren't"))
"""What several people do not do: `they don't talk` is `Ida doesn't talk`, and nobody sees it."""
FULL = frozenset(("llena", "llenas", "limpia", "limpias", "harta", "hartas", "cheia", "cheias"))
"""With `de` behind it what somebody is like: `llena de harina`."""


def _named_behind(words: list[str], language: Language) -> bool:
    """`Hoy se casa ella`: who does it stands behind the verb, and is nothing that is done."""
    alone = words_of_class("alone", language)
    low = [word.lower() for word in words]
    # `lo carga él mismo`: himself, and nobody else.
    low = [one for one, after in zip(low, [*low[1:], ""], strict=True) if after not in alone]
    prepositions = grammar_of(language).words["prepositions"]
    return any(
        word in BEHIND[language] and before not in prepositions for before, word in pairwise(low)
    ) and (language != "pt-BR" or low[0] == "se")


def _is_nobodys(words: list[str], lemma: str, language: Language) -> bool:
    """`se oye un ruido`, `llena de harina`, `mora Inês`: nothing that whoever stands there does."""
    low = [word.lower() for word in words]
    if low[:1] == ["se"] and lemma in HEARD.get(language, "").split():
        return True
    if low[:1] and low[0].replace("\u2019", "'") in SEVERAL:
        return True
    if low[:1] and low[0] in FULL and low[1:2] == ["de"]:
        return True
    named = language != "en" and len(words) > 1 and words[1][:1].isupper()
    return named and (language == "es" or lemma not in grammar_of(language).words["with_object"])


def _leads_on(words: list[str]) -> bool:
    """`vai dormir`, `va a salir`: what will be done; `vai embora` is done now."""
    behind = [word.lower() for word in words[1:3]]
    return any(word.endswith(("ar", "er", "ir")) for word in behind) or behind[:1] == ["a"]


def predicate_at(clause: str, start: int, language: Language) -> int:
    """Where a predicate begins: `le da la mano`, `se sienta`."""
    found = re.search(CLITICS[language], clause[:start], re.IGNORECASE)
    return found.start() if found and found[0] else start


def _unseen(language: Language) -> frozenset[str]:
    return frozenset(bank(language)["shots"]["deeds"]["unseen"].split())


def _spoken(language: Language) -> frozenset[str]:
    told = bank(language)["reported"]
    return frozenset(" ".join((told["says"], told["asks"], told["orders"])).split())


def _until_joint(words: list[str], grammar: Grammar) -> list[str]:
    """Up to the next clause: `puts on a dress and waits`, `opens the box that nobody wanted`."""
    for at, word in enumerate(words[1:], start=1):
        low = word.lower()
        opens = any(low in grammar.words[name] for name in ("opening", "relatives", "leading"))
        after = words[at + 1].lower() if at + 1 < len(words) else ""
        third = words[at + 2].lower() if at + 2 < len(words) else ""
        second = low in AND and (
            after in grammar.verbs.finite or after in grammar.pronouns or third in grammar.verbs.finite
        )
        if (opens and low not in grammar.words["prepositions"]) or second:
            return words[:at]
    return words


def _whole(words: list[str], grammar: Grammar, *, least: int = LEAST) -> list[str]:
    """Short enough, and cut before a preposition rather than behind one; nothing when that leaves no deed."""
    closed = grammar.determiners | grammar.words["prepositions"]
    if len(words) > MOST:
        ends = [at for at in range(LEAST, MOST + 1) if words[at].lower() in grammar.words["prepositions"]]
        words = words[: ends[-1]] if ends else []
    while words and words[-1].lower() in AND:
        # `finds the bell and, tied to it, a rope`: what the mark cut off was joined to it.
        words = words[:-1]
    bare = len(words) < least or words[-1].lower() in closed
    return [] if bare or (least == LEAST and words[-1].lower() in grammar.pronouns) else words
