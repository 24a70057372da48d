"""Many words as one pattern that looks at each letter once.

`anchor|anchors|baker` tries every word at every place; `(?:anchor(?:s)?|baker)` tries a letter. Both fit
the same, and where several words fit it is the longest that does.
"""

from collections.abc import Iterable
from re import escape

Node = dict[str, "Node"]
END = ""
"""The letter behind the last one of a word."""


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of these words, in brackets: the longest that fits.

    For a search that ignores case, words have to be in small letters.
    """
    root: Node = {}
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[END] = {}
    return f"(?:{_closed(root)})"


def _form(node: Node) -> str:
    """Every way on from here."""
    ways = ((letter, after) for letter, after in sorted(node.items()) if letter != END)
    return "|".join(f"{escape(letter)}{_closed(after)}" for letter, after in ways)


def _closed(node: Node) -> str:
    """The same to stand behind a letter: in brackets unless there is one way on."""
    form = _form(node)
    if END in node:
        return f"(?:{form})?" if form else ""
    return form if len(node) == 1 else f"(?:{form})"
