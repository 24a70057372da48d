"""What is called otherwise where an archive arrives: media by their owner, ids when they are taken."""

import re
import uuid
from collections.abc import Iterable

from server.archives.format import KEY_PATTERN

KEY = re.compile(KEY_PATTERN)
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Renaming:
    """Changes texts. Every media key becomes one of the new owner's: nobody else's file can be named.

    Ids are changed wherever they stand, as the row's own or inside call keys, event ids and words, so
    that what belonged together still does.
    """

    def __init__(self, owner: str, ids: Iterable[str] = ()) -> None:
        self._owner = owner
        self._ids = {old: str(uuid.uuid4()) for old in ids}

    def __call__(self, text: str) -> str:
        """The text as it is written here."""
        if "/" in text:
            text = KEY.sub(rf"\g<1>/{self._owner}/\g<3>", text)
        return ID.sub(self._known, text) if self._ids else text

    def id(self, old: str) -> str:
        """What an id is called here."""
        return self._ids.get(old, old)

    def _known(self, found: re.Match[str]) -> str:
        return self._ids.get(found.group(), found.group())
