"""What is said of somebody whom a story only speaks of: nobody is cast for it."""

from collections.abc import Sequence

from state.script import Language
from tools.models.offline.persons.anaphora import Known
from tools.models.offline.persons.identified import ends_there
from tools.models.offline.words import patterns as re
from tools.models.offline.words.names import is_given_name


def is_said_of_absent(match: re.Match[str], text: str, known: Sequence[Known], language: Language) -> bool:
    """`the coat of Irene, the singer.`: what stands beside the name of somebody who is not in the story."""
    before = re.search(r"(?<![.!?] )(?<!^)([A-ZÀ-Ý][\w-]+), $", text[: match.start()])
    if before is None or not is_given_name(before[1]) or not ends_there(text[match.end() :], language):
        return False
    return not any(before[1] in one.name.split() for one in known)
