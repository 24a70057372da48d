"""One file of the corpus: how it is built, whether it is taken, and why."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Family = Literal["image", "video", "audio", "text", "nothing"]
PORT = 47_113
"""Stands in every address of the corpus until a test writes its canary's in: as many digits as a real one."""
SECRET_PATH = "/tmp/greenlight".ljust(60, "x")  # noqa: S108 - never opened: a test writes its own path in
"""Stands for a local file that nobody may read; a test's path is as long, so that no length changes."""
NOT_TAKEN = "not taken|no picture, no clip and no sound"
NOT_KEPT = "are not kept|no type that is kept"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A file that somebody may send."""

    name: str
    build: Callable[[], bytes]
    family: Family
    """What it is, or what it claims to be where it is nothing."""
    says: str = ""
    """Words of the sentence that it is refused with; empty when it is taken."""
    stored: str | None = None
    """The words of `inspect` alone, where they differ: empty when the store keeps it as it is."""
    why: str
    """Why this verdict is the right one."""

    @property
    def taken(self) -> bool:
        """Whether an upload of it is taken."""
        return not self.says

    @property
    def inspected(self) -> str:
        """The words of the store; empty when it is kept."""
        return self.says if self.stored is None else self.stored


def taken(name: str, family: Family, build: Callable[[], bytes], why: str, *, stored: str = "") -> Entry:
    """A good file; `stored` are the words where only an upload, written anew, is kept."""
    return Entry(name=name, build=build, family=family, why=why, stored=stored)


def refused(
    name: str, family: Family, build: Callable[[], bytes], says: str, why: str, *,
    stored: str | None = None,
) -> Entry:  # fmt: skip
    """A bad file, and words of its sentence."""
    return Entry(name=name, build=build, family=family, says=says, stored=stored, why=why)
