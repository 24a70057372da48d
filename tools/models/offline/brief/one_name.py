"""One person, one name: `Rosario, a la que todos llaman Chayo` is called Chayo from the first word on."""

from state.script import Language
from tools.models.offline.persons.personhood import is_common
from tools.models.offline.words import patterns as re

NAME = r"[A-ZÀ-Ý][\w'\u2019-]+"
EVERYBODY = (
    r"(?:everyone|everybody|they all|all|people|friends|the whole \w+|the (?:village|town|street|neighbours))"
)
CALLED = (
    rf"(?:whom |who |that )?{EVERYBODY} (?:calls?|knows? (?:her |him )?as)"
    rf"|(?:better )?known (?:to (?:\w+ ){{1,2}})?as|nicknamed|aka|who goes by|who is called"
    r"|(?:(?:a (?:la|el|lo)|al) que|a quien) (?:todos|todas|todo el (?:mundo|pueblo|barrio))? ?"
    r"(?:le |la |lo )?(?:llaman?|dicen?|conocen? (?:como|por))"
    r"|(?:más |mejor )?conocid[oa] (?:por todos |en el \w+ )?(?:como|por)|apodad[oa]|alias"
    r"|(?:a quem|que) (?:todos|todo mundo|o bairro|a rua|a vila) (?:chamam?(?: de)?|conhecem? (?:como|por))"
    r"|(?:mais )?conhecid[oa] (?:por todos |no \w+ )?(?:como|por)|apelidad[oa] de|vulgo"
)
ALIAS = re.compile(
    rf"(?<!\w)(?P<first>{NAME})(?P<rest>(?: {NAME}){{0,2}})"
    rf"(?P<role>, [a-zà-ÿ][^,.;:!?()]{{2,40}})?(?:,| \() ?(?:{CALLED}) "
    rf"(?:(?:el|la|o|a|the) )?(?P<other>{NAME})"
    r"(?!\w)\)?(?:,(?! (?:\d|de ))|)"
)

WHOM = (
    r"(?:everyone|everybody|all|(?:the|her|his|their) [a-z]+(?: [a-z]+){0,2}|friends|family"
    r"|tod[oa]s|todo el (?:mundo|barrio|pueblo)|todo (?:mundo|o bairro)"
    r"|(?:los|las|sus|os|as|seus|suas) [a-zà-ÿ]+"
    r"|el [a-zà-ÿ]+|la [a-zà-ÿ]+|o [a-zà-ÿ]+|a [a-zà-ÿ]+)"
)
ALIAS_TO = re.compile(
    rf"(?<!\w)(?P<first>{NAME})(?P<rest>(?: {NAME}){{0,2}}) "
    rf"\((?P<other>{NAME}(?: {NAME})?) (?:to|para|pra) {WHOM}\)"
)
"""`Ignacia Rojas (Nacha para todos)`, `Nana Vee (Vera Castellan to the tax office)`."""


def one_named(text: str, language: Language) -> str:
    """The text in which whoever has two names goes by the one that the story uses more."""
    found = ALIAS.search(text) or ALIAS_TO.search(text)
    if found is None:
        return text
    rest = text[: found.start()] + " " + text[found.end() :]
    first, other = found["first"], found["other"]
    full = f"{first}{found['rest']}"
    # `Biscuit` alone would be taken for a biscuit.
    named = not is_common(other, language) and _uses(other, rest) >= max(1, _uses(first, rest))
    kept, left = (other, first) if named else (_without_kind(full), other)
    text = f"{text[: found.start()]}{kept}{found.groupdict().get('role') or ''}{text[found.end() :]}"
    short = kept if kept == other or kept != full else first
    called = re.compile(rf"(?<!\w){re.escape(left)}(?!\w)")
    return called.sub(short, text)


def _without_kind(full: str) -> str:
    """`Old Captain Ames` is Captain Ames."""
    first, _, rest = full.partition(" ")
    return rest if rest and first in ("Old", "Young", "Little", "Big") else full


def _uses(name: str, text: str) -> int:
    return len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text))
