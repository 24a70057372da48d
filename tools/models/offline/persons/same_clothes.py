"""`The same orange vest`: whose role says so wears what another one's role or the story describes."""

from collections.abc import Sequence

from state.script import Language
from tools.models.offline.words import patterns as re

SAME = {
    "en": r"(?:the )?same (?P<phrase>(?:[\w-]+ ){0,3}?(?P<noun>[\w-]+))(?= as | over| under| and |[,.;]|$)",
    "es": r"(?:(?:el|la|los|las) )?mism[oa]s? (?P<phrase>(?P<noun>[\w-]+)(?: [\w-]+){0,3}?)"
    r"(?= que | sobre| y |[,.;]|$)",
    "pt-BR": r"(?:(?:o|a|os|as) )?mesm[oa]s? (?P<phrase>(?P<noun>[\w-]+)(?: [\w-]+){0,3}?)"
    r"(?= que | sobre| e |[,.;]|$)",
}
WHOLE = {
    "en": r"(?P<all>(?:[\w-]+ ){{0,3}}{noun})(?!\w)",
    "es": r"(?P<all>{noun}(?: (?!sobre|y|con|de la)[\w-]+){{0,3}})",
    "pt-BR": r"(?P<all>{noun}(?: (?!sobre|e|com|da)[\w-]+){{0,3}})",
}
SMALL = {"a", "an", "the", "her", "his", "in", "and", "with", "over", "under"}


def with_same(role: str, others: Sequence[str], language: Language) -> str:
    """The role with what is the same written out, so that it is drawn as the other one's is."""
    found = re.search(rf"(?<!\w){SAME[language]}", role, re.IGNORECASE)
    if found is None:
        return role
    noun = re.escape(found["noun"])
    for other in others:
        whole = re.search(rf"(?<!\w){WHOLE[language].format(noun=noun)}", other, re.IGNORECASE)
        if whole and not re.search(rf"(?<!\w){SAME[language]}", other, re.IGNORECASE):
            words = whole["all"].split()
            kept = words[max((at + 1 for at, word in enumerate(words) if word.lower() in SMALL), default=0) :]
            return f"{role[: found.start()]}{' '.join(kept)}{role[found.end() :]}"
    # Nobody's role describes it: it is as it is called.
    return f"{role[: found.start()]}{found['phrase']}{role[found.end() :]}"
