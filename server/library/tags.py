"""How a tag is written, so that whoever looks for it finds it."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field

from server.sent_text import one_line

MOST_LETTERS = 50


def read_tag(text: str) -> str:
    """A tag as it is kept: one line, without capitals, each letter written in one way.

    Raises:
        ValueError: nothing is left of it.
    """
    tag = unicodedata.normalize("NFC", unicodedata.normalize("NFC", one_line(text)).casefold())
    if not tag:
        raise ValueError("a tag has at least one character that can be seen")
    return tag


Tag = Annotated[str, Field(max_length=MOST_LETTERS), AfterValidator(read_tag)]
