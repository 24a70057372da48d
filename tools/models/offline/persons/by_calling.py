"""What somebody is called in the script whom the brief gives no name: `Nurse`, `Hombre`, `Vizinha`.

A name nobody gave makes a reader look for somebody who is not in the story.
"""

from collections.abc import Sequence

from state.script import Character, Language
from tools.models.offline.persons.anaphora import OF
from tools.models.offline.persons.people import WORD


def by_calling(role: str, taken: Sequence[str], language: Language) -> str:
    """The noun of a role as a name in the script, numbered where another one bears it; may be empty."""
    words = [word for word in WORD.findall(OF.split(role)[0]) if not word.endswith(("'s", "\u2019s"))]
    if not words:
        return ""
    noun = words[-1] if language == "en" else words[0]
    label = f"{noun[:1].upper()}{noun[1:]}"
    same = sum(one == label or one.startswith(f"{label} ") for one in taken)
    return f"{label} {same + 1}" if same else label


def is_nameless(one: Character) -> bool:
    """Whether somebody goes by what they are: nobody calls out to them by it."""
    noun = one.name.split()[0].lower()
    return noun in (word.lower() for word in WORD.findall(one.role)) and one.name[:1].isupper()
