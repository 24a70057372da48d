"""Whether a brief says that nobody speaks."""

from state.script import Language
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank


def is_silent(text: str, language: Language) -> bool:
    """Whether the words say that nobody speaks: `in silence`, `asleep`, `sin decir palabra`."""
    silent = {*bank(language)["reported"]["silent"].split()}
    return bool({*re.findall(r"\w+", text)} & silent) or is_wordless(text, language)


def is_wordless(text: str, language: Language) -> bool:
    """Whether the words say that nobody in this story speaks: `nobody speaks`, `sin decir palabra`."""
    phrases: list[str] = bank(language)["reported"]["wordless"]
    return any(one in text for one in phrases)
