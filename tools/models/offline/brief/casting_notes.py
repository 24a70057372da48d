"""What stands in brackets behind a name for whoever casts it: `Kit (17, tall, black hoodie)`."""

from collections.abc import Sequence
from itertools import pairwise

from tools.models.offline.words import patterns as re
from tools.models.offline.words.names import short_name

AGE = r"\d{1,3}(?!\d)(?=[^(\w]| (?:years|años|anos))"
LOOKS = re.compile(rf"(?<=\w) ?\((?:{AGE}[^()]*|[^().!?]*,[^().!?]*)\)")
AGED = re.compile(
    r"(?<=\w) ?\((?P<name>(?:(?!\d)[A-Z\u00c0-\u00dd][\w.\u2019'-]* ?){0,4})(?:, )?(?:[\w ]{0,12}?)"
    r"\d{1,3}(?=,| (?:years|años|anos))[^()]*\)"
)
"""Behind any word: `the vicar (Rev. Amy, about 35, red curls)` is the vicar, Rev. Amy."""
NAMED = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?$")


def without_looks(text: str) -> str:
    """The story without what only says how somebody is to be cast: `Kit (17, tall, black hoodie)` is Kit.

    A parenthesis behind a name that begins with an age or lists several things is a casting note. It is
    drawn, and nobody reads it aloud.
    """

    def kept(found: re.Match[str]) -> str:
        named = NAMED.search(text[: found.start()])
        return "" if named and named[0].split()[-1][:1].isupper() else found[0]

    return LOOKS.sub(kept, AGED.sub(_only_named, text))


def _only_named(found: re.Match[str]) -> str:
    """`(Rev. Amy, about 35, wellies)` as `, Rev. Amy,`; nothing of one that names nobody."""
    name = re.sub(r"^\w{2,5}\. ", "", found["name"].strip(" ,"))
    after = found.string[found.end() : found.end() + 1]
    return f", {name}{',' if after not in '.,;:!?' else ''}" if name else ""


def noted_of(name: str, text: str) -> list[str]:
    """What the brackets behind somebody's name say, whoever else is named in them."""
    called = rf"(?<!\w)(?:{re.escape(name)}|{re.escape(short_name(name))})(?!\w)"
    return [found.group(1) for found in re.finditer(rf"{called} ?\(([^()]*)\)", text)] if name else []


GOES_ON = re.compile(
    r"\s*(?:she|he|ella|él|ela|ele)?\s*"
    r"(?:is|has|wears|['\u2019]s|tiene|lleva|usa|viste|luce|tem|veste|traja|es|é) (?=\S)",
    re.IGNORECASE,
)
"""How words go on about whom the words before were about: `; tiene 37 años`, `. She wears`."""
OWNER = re.compile(r"(?<!\w)(?:of|del?|d[aeo]s?) (?:don |doña |dona |seu )?[A-ZÀ-Ý]\w+|[A-ZÀ-Ý]\w+['\u2019]s")


def gone_on_about(name: str, text: str, others: Sequence[str]) -> list[str]:
    """What the next words still tell of somebody: `Es Camila, la hermana de Ignacio; tiene 37 años`."""
    clauses = re.split(r"(?<=[.!?;])\s+", text)
    own = rf"(?<!\w){re.escape(short_name(name))}(?!\w)"
    rest = "|".join(re.escape(short_name(one)) for one in others if one[:1].isupper()) or "$^"
    found = []
    for clause, following in pairwise(clauses):
        about = OWNER.sub("", clause)
        alone = re.search(own, about) and not re.search(rf"(?<!\w)(?:{rest})(?!\w)", about)
        leads = GOES_ON.match(following)
        if name and alone and leads and not re.search(rf"(?<!\w)(?:{rest})(?!\w)", following):
            found.append(following[leads.end() :].rstrip(".!?;"))
    return found
