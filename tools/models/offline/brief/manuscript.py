"""A brief as clients write it, made into the prose that the readers of a story know.

Chatty mails, lists under labels, transcripts without a capital, scenes with numbers: the same story comes
out, word for word, less what nobody is meant to hear.
"""

from functools import lru_cache

from state.script import Language
from tools.models.offline.brief.chatter import FACES, TAG, without_marks
from tools.models.offline.brief.letter_case import is_small, printed
from tools.models.offline.brief.script_lines import with_columns_said, with_lines_said
from tools.models.offline.brief.sections import as_prose, unlisted
from tools.models.offline.words import patterns as re


@lru_cache(maxsize=128)
def in_prose(text: str, language: Language) -> str:
    """The description as plain prose; the text itself where nothing would be left."""
    script = with_columns_said(without_marks(text, language), language)
    told = with_lines_said(as_prose(printed(script, language), language), language)
    return told if told.strip() else text


@lru_cache(maxsize=128)
def notes_in(text: str, language: Language) -> str:
    """What a brief has that its prose has not: lists of notes, and what stands in brackets for the makers."""
    everything = unlisted(printed(TAG.sub("", FACES.sub("", text)), language))
    prose = in_prose(text, language)
    if everything == prose:
        return ""
    lines = [one.strip() for one in re.split(r"\n+|(?<=[.!?])\s+", everything)]
    return "\n".join(one for one in lines if one and one not in prose)


def is_chatty(text: str, language: Language) -> bool:
    """Whether a brief was typed as people talk: its `so`, `a ver`, `tipo` are nobody's story."""
    return is_small(text) or in_prose(text, language) != text
