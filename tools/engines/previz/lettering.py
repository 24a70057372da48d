"""Words that can be read on a drawing: in rows, as large as the paper or the board allows."""

from textwrap import wrap
from xml.sax.saxutils import escape

from tools.engines.previz.extent import Extent

WIDE = 0.68
"""How wide a letter is, against its height; a capital is wider."""
CAPITAL = 0.8
LEADING = 1.18
COLUMN, BLOCK = 0.8, 0.6
"""How much of the width and the height the words may take."""
LARGEST = 46.0


def lettered(words: str, extent: Extent, ink: str) -> str:
    """The words as rows of type in the middle of what is drawn."""
    left, top, right, low = extent
    # A board hangs on its cord: its face is the lower part of it.
    hung = (low - top) * 0.3 if top < -80 else 0.0
    middle = (top + hung + low) / 2
    size, rows = _largest(words, (right - left) * COLUMN, (low - top - hung) * BLOCK)
    first = middle - (len(rows) - 1) / 2 * size * LEADING + size * 0.35
    x = (left + right) / 2
    return "".join(
        f'<text x="{x:.1f}" y="{first + at * size * LEADING:.1f}" font-family="Montserrat" font-weight="600" '
        f'font-size="{size:.1f}" text-anchor="middle" fill="{ink}">{escape(row)}</text>'
        for at, row in enumerate(rows)
    )


def _largest(words: str, width: float, height: float) -> tuple[float, list[str]]:
    each = CAPITAL if words.isupper() else WIDE
    found = []
    for count in range(1, 5):
        rows = wrap(words, max(-(-len(words) // count), max(len(one) for one in words.split())))
        longest = max(len(row) for row in rows)
        found.append((min(width / (longest * each), height / (len(rows) * LEADING), LARGEST), rows))
    return max(found, key=lambda one: one[0])
