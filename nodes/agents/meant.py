"""What a model means that says it in other words than ours: never by a guess.

A name or a word counts only where it can mean one thing; otherwise the model is asked again.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from tools.models.offline.words.appearance import nearest
from tools.models.offline.words.bank import structure
from tools.screenplay.names import folded

SAID_AS = Path(__file__).with_name("said_as.toml")
APART = re.compile(r"[^a-z0-9]+")
HEX = re.compile(r"#[0-9a-fA-F]{6}")
SMALL = frozenset({"the", "a", "an", "el", "la", "los", "las", "o", "os", "as"})
"""Articles: `The kitchen` is the kitchen."""


def word_meant(said: str, allowed: Sequence[str]) -> str | None:
    """The word of a closed list that is meant, whatever its case, its joints or a word around it."""
    plain = _joined(said)
    by_plain = {_joined(word): word for word in allowed}
    if plain in by_plain:
        return by_plain[plain]
    if HEX.fullmatch(said.strip()) and (table := _colours(allowed)):
        return nearest(said.strip(), table)
    if (known := _said_as(plain, allowed)) is not None:
        return known
    tight = {key.replace("_", ""): word for key, word in by_plain.items()}
    return tight.get(plain.replace("_", "")) or _only_within(plain, by_plain, allowed)


def name_meant(said: str, names: Iterable[str]) -> str | None:
    """The name that is meant: the same letters, else the only one whose words are all said."""
    known = {name: _parts(name) for name in names}
    wanted = _parts(said)
    same = [name for name in known if folded(name) == folded(said)] or [
        name for name, parts in known.items() if parts == wanted and parts
    ]
    if same:
        return same[0]
    sharing = [name for name, parts in known.items() if _within(parts, wanted) or _within(wanted, parts)]
    return sharing[0] if len(sharing) == 1 else None


def _parts(name: str) -> list[str]:
    return [part for part in re.findall(r"\w+", folded(name)) if part not in SMALL]


def _within(few: list[str], many: list[str]) -> bool:
    """Whether the words of one stand in the other, side by side and in order."""
    size = len(few)
    return size > 0 and any(many[at : at + size] == few for at in range(len(many) - size + 1))


def _joined(said: str) -> str:
    return APART.sub("_", folded(said)).strip("_")


def _said_as(plain: str, allowed: Sequence[str]) -> str | None:
    return next((word for word in _table().get(plain, ()) if word in allowed), None)


def _only_within(plain: str, by_plain: dict[str, str], allowed: Sequence[str]) -> str | None:
    """The one word of the list, or that means one of it, that stands among the words that were said."""
    parts = plain.split("_")
    heard = {by_plain[key] for key in by_plain if key != "none" and _within(key.split("_"), parts)}
    if not heard:
        heard = {
            word for key in _table() if _within(key.split("_"), parts) and (word := _said_as(key, allowed))
        }
    # `close_up` holds `close`: what is part of another that was heard is not meant by itself.
    whole = {one for one in heard if not any(one != other and one in other for other in heard)}
    return whole.pop() if len(whole) == 1 else None


def _colours(allowed: Sequence[str]) -> dict[str, str]:
    """The colours that the list names, where it names colours."""
    looks = structure()["looks"]
    tables: tuple[dict[str, str], ...] = (looks["skins"], looks["hair"], structure()["colours"])
    return next(({name: one[name] for name in allowed} for one in tables if set(allowed) <= set(one)), {})


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, ...]]:
    listed = tomllib.loads(SAID_AS.read_text("utf-8"))
    return {said: tuple(meant) for said, meant in listed.items()}
