"""How a wish for the ending tells it: `it could end with him coming back` is `He comes back`."""

from state.script import Language
from tools.models.offline.deeds.in_the_present import present_of
from tools.models.offline.words import patterns as re
from tools.models.offline.words.grammar import capitalise

SUBJECTS = {"him": "he", "her": "she", "them": "they", "me": "I"}
GOING_ON = re.compile(
    r"(?P<who>(?:(?:the|el|la|los|las|os?|as?|her|his|their|su|sus|seus?|suas?) )?[^\W\d_][\w'\u2019-]*"
    r"(?: [A-ZÀ-Ý][\w'\u2019-]*)?) (?P<verb>[a-zà-ÿ]+(?:ing|ndo))(?P<rest>(?!\w).*)",
    re.DOTALL,
)
PLURAL = ("they", "los", "las", "os", "as", "ellos", "ellas", "eles", "elas", "sus", "seus", "suas")


def as_told(picture: str, language: Language) -> str:
    """The picture behind `ends with` as a sentence; as it is where nobody does anything in it."""
    found = GOING_ON.match(picture)
    first = found["who"].split()[0].lower() if found else ""
    verb = present_of(found["verb"], language) if found and first not in (*PLURAL, "them", "me") else None
    if found is None or verb is None:
        return picture
    who = SUBJECTS.get(found["who"].lower(), found["who"])
    return f"{capitalise(who)} {verb}{found['rest']}"
