"""Whether the states that a shooting day told follow from the changes that it told, one after the other."""

from collections.abc import Iterable
from typing import Any

Row = dict[str, Any]
NOTHING: Row = {"tickets": {}, "answers": {}, "bought": [], "wrapped": None}


def states_that_do_not_follow(rows: Iterable[Row]) -> list[str]:
    """In words; the rows of a production are in order. A state that is shown again says nothing new."""
    found, days = list[str](), dict[str, Day]()
    for row in rows:
        day = days.setdefault(row["production_id"], Day())
        if not day.follows(row):
            found.append(f"what does not follow: {row['production_id']} at {row['seq']}: {row['payload']}")
    return found


class Day:
    """What one production has told so far."""

    def __init__(self) -> None:
        self._state = dict(NOTHING)
        self._at: dict[str, Row] = {}
        """What the state was at each checkpoint."""
        self._done = set[str]()

    def follows(self, row: Row) -> bool:
        about = row["event_id"].rpartition(":")[2]
        if row["method"] == "checkpoints":
            self._at.setdefault(about, dict(self._state))
        elif row["method"] == "values":
            told = {name: value for name, value in row["payload"].items() if name in NOTHING}
            # It comes before its checkpoint, or once more when somebody goes on from there.
            return _sorted(NOTHING | told) == _sorted(self._at.get(about, self._state))
        elif about not in self._done:
            self._done.add(about)
            self._change(row["payload"])
        return True

    def _change(self, payload: Row) -> None:
        for delta in payload.values():
            for name, value in (delta or {}).items():
                before = self._state[name]
                self._state[name] = before | value if isinstance(before, dict) else _added(before, value)


def _added(before: Any, value: Any) -> Any:
    return [*before, *value] if isinstance(before, list) else value


def _sorted(state: Row) -> Row:
    """Steps beside each other are told in the order in which they end."""
    return state | {"bought": sorted(state["bought"])}
