"""Whether a brief says that nobody speaks."""

from functools import lru_cache

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


@lru_cache(maxsize=64)
def keeps_first_words(told: str, language: Language) -> bool:
    """Whether a brief says when the first words of its film are spoken: nobody may be heard before."""
    first: str = bank(language)["reported"]["first_words"]
    return re.search(rf"(?<!\w)(?:{first})(?!\w)", told, re.IGNORECASE) is not None
