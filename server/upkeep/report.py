"""What was cleared, or would be, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Line:
    """One kind of thing."""

    count: int = 0
    size_bytes: int = 0


@dataclass
class Report:
    """Adds up; kinds are told in the order in which they first came."""

    dry: bool
    lines: dict[str, Line] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    """What a person should know beside the numbers."""

    def add(self, kind: str, count: int, size_bytes: int = 0) -> None:
        """So many more of a kind."""
        line = self.lines.setdefault(kind, Line())
        line.count += count
        line.size_bytes += size_bytes

    def count(self, kind: str) -> int:
        """How many of a kind; none of what was never looked at."""
        return self.lines[kind].count if kind in self.lines else 0

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to clear."""
        return not any(line.count for line in self.lines.values())

    def rows(self) -> Iterator[tuple[str, int, int]]:
        """Kind, count, bytes."""
        for kind, line in self.lines.items():
            yield kind, line.count, line.size_bytes

    def as_json(self) -> dict[str, Any]:
        """For programs, and for the record of what was done."""
        kinds = [{"kind": kind, "count": count, "bytes": size} for kind, count, size in self.rows()]
        return {"dry_run": self.dry, "cleared": kinds, "notes": list(self.notes)}
