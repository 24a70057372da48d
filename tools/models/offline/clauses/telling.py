"""What somebody's role says as a sentence: `is a retired bus driver`, `tiene 64 años`."""

from tools.models.offline.clauses.grammar import Grammar
from tools.models.offline.clauses.tokens import tokenise
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

AGE = re.compile(r"(?:aged )?(\d{1,3})(?: ?(?:years?(?: old)?|anos|años|-year-old))?$", re.IGNORECASE)
AGED = {"en": ("is", "{age} years old"), "es": ("tiene", "{age} años"), "pt-BR": ("tem", "{age} anos")}
THE = {"es": ("el", "la"), "pt-BR": ("o", "a")}
VOWEL = re.compile(r"(?!uni|one|eu|us)[aeiou]|hono|hour|heir", re.IGNORECASE)


def role_told(part: str, grammar: Grammar, *, woman: bool) -> tuple[str, str]:
    """The verb and what follows it: `("is", "a show judge")`."""
    told = bank(grammar.language)["clauses"]["told"]
    age = AGE.fullmatch(part)
    if age:
        verb, rest = AGED[grammar.language]
        return verb, rest.format(age=age.group(1))
    first = tokenise(part)[0]
    if grammar.language != "en":
        kin = first.lower in grammar.kinds["kin"] and first.lower not in grammar.words["articles"]
        return told["is"], f"{THE[grammar.language][woman]} {part}" if kin else part
    named = first.text[0].isupper() and len(part.split()) > 1 and not part.isupper()
    owned = first.lower in grammar.determiners or first.text.endswith(("'s", "\u2019s", "s'"))
    if owned or named or grammar.is_a(first, "prepositions"):
        return told["is"], part
    return told["is"], f"{_article(part)} {part}"


def _article(part: str) -> str:
    """`the daughter` is somebody's, `a nurse` is one of many; several have none of their own."""
    kin = bank("en")["clauses"]["kinds"]["kin"]
    words = [token.lower for token in tokenise(re.split(r" (?:of|to|who|that|in|at|from|with) ", part)[0])]
    if words[-1] in kin and len(words) <= 2:
        return "the"
    return "an" if VOWEL.match(part) else "a"
