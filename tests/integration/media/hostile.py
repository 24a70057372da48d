"""A place to look at hostile files: a secret, a neighbour and an inner address that nobody may touch."""

import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

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
    came: "SimpleQueue[tuple[str, int]]"
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
        """How many lines were opened to the inner address since the last time.

        They are accepted in their order, so a line of our own comes after all that count.
        """
        with socket.create_connection(self.inner.getsockname()) as ours:
            last, count = ours.getsockname(), 0
            while self.came.get(timeout=20) != last:
                count += 1
        return count


def _let_in(inner: socket.socket, came: "SimpleQueue[tuple[str, int]]") -> None:
    """Whoever comes is noted and sent away, until the door is shut."""
    with suppress(OSError):
        while True:
            line, who = inner.accept()
            came.put(who)
            line.close()


@contextmanager
def a_place() -> Iterator[Place]:
    """A folder with so short a path that the secret's can be made as long as in the corpus."""
    folder = Path(tempfile.mkdtemp(prefix="g"))
    secret = folder / ("s" * (len(SECRET_PATH) - len(str(folder)) - 1))
    secret.write_bytes(film())
    (folder / NEIGHBOUR).write_bytes(film())
    with socket.create_server(("127.0.0.1", 0)) as inner, watched(secret, folder / NEIGHBOUR) as eyes:
        assert len(str(inner.getsockname()[1])) == len(str(PORT))
        came: SimpleQueue[tuple[str, int]] = SimpleQueue()
        door = threading.Thread(target=_let_in, args=(inner, came))
        door.start()
        yield Place(folder, secret, inner, came, eyes)
        inner.shutdown(socket.SHUT_RDWR)
        door.join()
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
