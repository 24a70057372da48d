"""People far behind, too far for faces: a crowd at a feast, in flat tones."""

from collections.abc import Sequence

from tools.engines.previz.colour import dark, mix
from tools.engines.previz.ink import curve, line, oval, path
from tools.engines.previz.sets.paint import Paint
from tools.engines.previz.sets.placing import at

CLOTHES = ("#8a4a5a", "#4a6a8a", "#7a8a4a", "#b5803f", "#6a5a8a", "#3f7a74", "#a85a3f")


def silhouettes(paint: Paint, y: float, spots: Sequence[tuple[float, float]], *, raised: bool = False) -> str:
    """Figures seen from afar, standing at `y`: where, and how large; some with an arm in the air."""
    dice, drawn, air = paint.dice("crowd"), "", paint.lit("#8d8a92")
    for x, size in spots:
        cloth = mix(paint.lit(dice.choice(CLOTHES)), air, 0.35)
        skin = mix(paint.lit(dice.choice(("#c98d63", "#8a5a3f", "#e0b08a", "#6a4430"))), air, 0.3)
        hair = mix(paint.lit(dice.choice(("#2b1d16", "#4a3020", "#8f8a84"))), air, 0.25)
        s = size * dice.uniform(0.92, 1.06)
        legs = path(curve(at(x, y, s, "-30 0 -34 -120 34 -120 30 0 6 -4 0 -70 -6 -4"), tension=0.4), dark(cloth, 0.35))  # fmt: skip
        body = path(curve(at(x, y, s, "-38 -100 -46 -200 -30 -228 30 -228 46 -200 38 -100"), tension=0.6), cloth)  # fmt: skip
        arms = "" if not raised or dice.random() < 0.4 else line(at(x, y, s, "36 -212 58 -262 50 -326"), cloth, 19 * s)  # fmt: skip
        head = oval(x, y - 262 * s, 24 * s, 29 * s, skin) + oval(x, y - 276 * s, 26 * s, 19 * s, hair)
        drawn += oval(x, y, 44 * s, 6 * s, "#12080c", opacity=0.25) + legs + arms + body + head
    return drawn
