"""Whether a word that may be a noun is the verb of its clause, and what its verb is called."""

from collections.abc import Sequence

from tools.models.offline.clauses.parse import Parser, Parts
from tools.models.offline.clauses.tokens import Token

OF = frozenset(("of", "de", "del", "do", "da", "dos", "das"))
TAKES_OF = frozenset(
    ("ser", "estar", "salir", "depender", "tratar", "acabar", "dejar", "huir", "hablar", "vivir", "venir",
     "saber", "morir", "caer", "enamorar", "olvidar", "acordar", "despedir", "cuidar", "burlar", "bajar",
     "quejar", "reír", "enterar", "cansar", "gostar", "precisar", "deixar", "sair", "cair", "vir", "fugir",
     "desconfiar", "desistir", "esquecer", "lembrar", "rir", "morrer", "viver", "falar", "voltar", "volver",
     "regresar", "parar", "terminar", "descer", "participar", "disfrazar", "die", "dream", "think", "hear",
     "speak", "consist", "smell", "llegar", "chegar", "partir", "escapar", "dispor", "haver", "haber")
)  # fmt: skip


def is_verb_here(tokens: Sequence[Token], parts: Parts, parser: Parser) -> bool:
    """Whether the verb that was found can be relied on; a word with the spelling of a noun mostly is one."""
    grammar = parser.grammar
    at = parts.verb[1] - 1
    word, after = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
    if grammar.form(tokens[parts.verb[0]]) is None and grammar.form(word) is None:
        return any(grammar.form(token) is not None for token in tokens[slice(*parts.verb)])
    if parts.verb[1] - parts.verb[0] > 1 or not _like_a_noun(word, parser):
        return True
    if after is None:
        return parts.subject[1] > parts.subject[0] and _follows_a_noun(tokens, parts, parser)
    noun = grammar.language == "en" or word.lower in grammar.words["homographs"]
    return not (noun and after.lower in OF and parts.form.base not in TAKES_OF)


def _like_a_noun(word: Token, parser: Parser) -> bool:
    """`books`, `casa`, `samba`: a plain present, no other tense."""
    form = parser.grammar.form(word)
    return (
        form is not None and form.tense == "present" and form.base not in ("be", "have", "do", "ser", "estar")
    )


def _follows_a_noun(tokens: Sequence[Token], parts: Parts, parser: Parser) -> bool:
    """`The judge smiles`, `Bruno llora`: a name or pronoun, or an article and a noun."""
    subject = tokens[slice(*parts.subject)]
    alone = subject[-1].lower in parser.names | parser.grammar.pronouns
    return alone or len(subject) > 1


def lemma_of(tokens: Sequence[Token], parts: Parts, parser: Parser) -> str:
    """The main verb as a dictionary has it: `pilot` for `has piloted`, `bater` for `vai bater`."""
    grammar, (start, end) = parser.grammar, parts.verb
    last = tokens[end - 1].lower
    if grammar.language == "en" and parts.form.base in ("be", "have") and end < len(tokens) and (
        end - start == 1 and tokens[end].lower.endswith("ed")
    ):  # fmt: skip
        return ""
    if end - start > 1 and last in grammar.verbs.lemmas and not grammar.is_a(tokens[end - 1], "auxiliaries"):
        return _ahead(tokens, end, parser) or grammar.verbs.lemmas[last]
    if last in grammar.verbs.bases and end - start > 1:
        return last
    if last in ("fue", "fueron", "foi", "foram") and not _goes(tokens, end):
        return "ser"
    if parts.form.base in ("ir", "go"):
        return _ahead(tokens, end, parser) or parts.form.base
    return parts.form.base if grammar.form(tokens[end - 1]) is not None else ""


def _goes(tokens: Sequence[Token], end: int) -> bool:
    """`fue a casa`, `se fue`, `foi embora`; all others are `was`."""
    towards = ("a", "al", "hacia", "hasta", "para", "ao", "à", "aos", "às", "embora", "con", "com")
    after = tokens[end].lower if end < len(tokens) else ""
    return after in towards or any(token.lower in ("se", "me") for token in tokens[max(0, end - 3) : end])


def _ahead(tokens: Sequence[Token], end: int, parser: Parser) -> str:
    """`va a vender`, `vai vender`, `is going to sell`."""
    words = [token.lower for token in tokens[end - 1 : end + 2]]
    bases = parser.grammar.verbs.bases
    if parser.grammar.language == "en":
        return words[2] if words[:2] == ["going", "to"] and words[2:] and words[2] in bases else ""
    after = words[2:] if words[1:2] == ["a"] else words[1:2]
    return after[0] if words[0] in ("va", "van", "iba", "iban", "vai", "vão", "ia", "iam") and after and (
        after[0] in bases
    ) else ""  # fmt: skip
