"""How far a long copy is, on the terminal's error output so that results can be piped on."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeRemainingColumn


class Meter:
    """A bar in bytes; it shows nothing where nobody looks."""

    def __init__(self, verb: str, total_bytes: int) -> None:
        columns = (TextColumn(verb), BarColumn(), DownloadColumn(), TimeRemainingColumn())
        console = Console(stderr=True)
        self._progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._bar = self._progress.add_task(verb, total=total_bytes)

    def move_on(self, count: int) -> None:
        """So many bytes more are done."""
        self._progress.advance(self._bar, count)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()


class Meters:
    """Several copies one after the other, a bar for each as it begins."""

    def __init__(self) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
        console = Console(stderr=True)
        self._progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._bars: dict[str, TaskID] = {}

    def move_on(self, what: str, count: int, total_bytes: int) -> None:
        """So many bytes more of this are done."""
        if what not in self._bars:
            self._bars[what] = self._progress.add_task(what, total=total_bytes)
        self._progress.advance(self._bars[what], count)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()
