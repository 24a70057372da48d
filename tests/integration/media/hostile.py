"""A place to look at hostile files: a secret, a neighbour and an inner address that nobody may touch."""

import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import filetype

from tests.integration.media.corpus.building import film
from tests.integration.media.corpus.entry import PORT, SECRET_PATH, Entry
from tests.integration.media.corpus.texts import NEIGHBOUR
from tests.watched_files import Watched, watched
from tools.media.clips import kind_of
from tools.media.inspect import PICTURES, guessed

CLAIMED = {
    "image": "image/png",
    "video": "video/mp4",
    "audio": "audio/wav",
    "text": "video/mp4",
    "nothing": "image/png",
}


@dataclass(frozen=True)
class Place:
    """A folder with the file that is sent, and what lies about it."""

    folder: Path
    secret: Path
    inner: socket.socket
    eyes: Watched

    @property
    def file(self) -> Path:
        return self.folder / "sent.mp4"

    def write(self, content: bytes) -> Path:
        """The file, with this place's secret and address where the corpus has its own."""
        port = str(self.inner.getsockname()[1]).encode()
        here = content.replace(SECRET_PATH.encode(), str(self.secret).encode()).replace(
            str(PORT).encode(), port
        )
        assert len(here) == len(content)
        self.file.write_bytes(here)
        return self.file

    def visits(self) -> int:
        """How many lines were opened to the inner address since the last time."""
        count = 0
        while True:
            try:
                self.inner.accept()[0].close()
            except BlockingIOError:
                return count
            count += 1


@contextmanager
def a_place() -> Iterator[Place]:
    """A folder with so short a path that the secret's can be made as long as in the corpus."""
    folder = Path(tempfile.mkdtemp(prefix="g"))
    secret = folder / ("s" * (len(SECRET_PATH) - len(str(folder)) - 1))
    secret.write_bytes(film())
    (folder / NEIGHBOUR).write_bytes(film())
    with socket.create_server(("127.0.0.1", 0)) as inner, watched(secret, folder / NEIGHBOUR) as eyes:
        inner.setblocking(False)
        assert len(str(inner.getsockname()[1])) == len(str(PORT))
        yield Place(folder, secret, inner, eyes)
    shutil.rmtree(folder)


def declared(entry: Entry, content: bytes) -> str:
    """The type that an honest sender gives it; of what is nothing, the one that it would be sent as."""
    found, kind = guessed(content[:8192]) if content else None, kind_of(content[:16])
    if found in PICTURES:
        return found
    if kind is not None:
        real = filetype.guess_mime(content)
        return real if real in kind.mimes else min(kind.mimes)
    return CLAIMED[entry.family]
