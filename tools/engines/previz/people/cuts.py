"""Short hair: how it is cut, so that not everybody wears the same cap of it."""

from dataclasses import dataclass

from tools.engines.previz.ink import Point
from tools.engines.previz.people.person import Person

Lock = tuple[Point, Point]
COMBED: tuple[Lock, ...] = (((-20, -62), (-8, -42)), ((0, -66), (8, -40)), ((18, -62), (24, -44)), ((-32, -50), (-26, -36)))  # fmt: skip
BACK: tuple[Lock, ...] = (((-24, -38), (-22, -66)), ((-8, -42), (-6, -72)), ((8, -43), (10, -72)), ((22, -40), (24, -64)))  # fmt: skip
PARTED: tuple[Lock, ...] = (((-1, -62), (-26, -36)), ((1, -62), (26, -36)), ((-3, -66), (-36, -28)), ((3, -66), (36, -28)))  # fmt: skip
SWEPT: tuple[Lock, ...] = (((26, -52), (-26, -32)), ((22, -58), (-34, -42)), ((28, -48), (-10, -32)))
BRUSHED: tuple[Lock, ...] = (((18, -46), (-30, -26)), ((10, -54), (-38, -36)))
PIXIE: tuple[Lock, ...] = (
    ((12, -66), (-27, -18)), ((14, -64), (-11, -20)), ((15, -62), (7, -22)), ((17, -62), (24, -27)), ((10, -69), (-41, -4)),
    ((19, -66), (41, -6)),
)  # fmt: skip
SET_HAIR: tuple[Lock, ...] = (
    ((14, -66), (-40, -12)), ((13, -62), (-34, -22)), ((12, -58), (-16, -30)), ((16, -64), (40, -14)), ((16, -58), (30, -32)),
    ((10, -72), (-45, -30)), ((18, -70), (45, -28)),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ShortCut:
    """One way of cutting hair short."""

    edge: tuple[Point, ...]
    """The hairline from left to right."""
    lift: float
    """How high the hair stands."""
    low: float = 4.0
    side: float = 0.0
    locks: tuple[Lock, ...] = COMBED


MENS: tuple[ShortCut, ...] = (
    ShortCut(edge=((-41, 4), (-38, -16), (-34, -30), (-16, -39), (4, -34), (24, -41), (34, -32), (38, -16), (40, 2)), lift=3),
    ShortCut(edge=((-41, 4), (-38, -16), (-34, -28), (-27, -30), (-20, -38), (-15, -28), (-5, -37), (0, -27), (10, -40),
                   (17, -30), (23, -38), (33, -33), (38, -16), (40, 2)), lift=2),
    ShortCut(edge=((-41, 4), (-39, -16), (-36, -32), (-28, -38), (-12, -37), (8, -42), (26, -49), (34, -36), (38, -16),
                   (40, 2)), lift=9),
    # Cropped close, square over the brow.
    ShortCut(edge=((-41, -8), (-39, -22), (-36, -40), (-18, -45), (2, -46), (20, -45), (35, -40), (38, -22), (40, -8)),
             lift=-3, low=-8, locks=()),
    # Parted in the middle, falling to both temples.
    ShortCut(edge=((-42, 8), (-39, -8), (-34, -20), (-22, -32), (-3, -49), (0, -51), (3, -49), (22, -32), (34, -20), (39, -8),
                   (42, 8)), lift=5, low=8, side=2, locks=PARTED),
    # A long parting, swept across the brow.
    ShortCut(edge=((-41, 6), (-38, -12), (-31, -23), (-14, -25), (6, -29), (20, -38), (27, -49), (34, -36), (38, -16), (40, 2)),
             lift=6, side=1, locks=SWEPT),
    # Brushed up high from the brow.
    ShortCut(edge=((-41, 0), (-39, -18), (-36, -34), (-22, -43), (-4, -41), (14, -45), (30, -44), (36, -32), (38, -16), (40, 0)),
             lift=16, low=0, locks=BACK),
)  # fmt: skip
RECEDING = ShortCut(
    edge=((-41, 2), (-40, -14), (-37, -34), (-28, -54), (-14, -48), (0, -44), (14, -48), (28, -54), (36, -36), (39, -14), (40, 2)),
    lift=1, locks=BACK,
)  # fmt: skip
WOMENS: tuple[ShortCut, ...] = (
    ShortCut(edge=((-41, 8), (-38, -12), (-32, -19), (-25, -15), (-17, -24), (-9, -20), (2, -31), (12, -34), (21, -47),
                   (27, -32), (36, -20), (40, 6)), lift=3, low=14, side=1, locks=(*BRUSHED, *SWEPT)),
    # A pixie: tousled, with a choppy fringe and a wisp before each ear.
    ShortCut(edge=((-42, 20), (-38, -4), (-34, -18), (-26, -16), (-20, -25), (-10, -18), (-4, -27), (8, -20), (14, -30),
                   (24, -24), (31, -30), (37, -14), (41, 14)), lift=7, low=16, side=3, locks=PIXIE),
    # Set and parted at the side, full at the temples: brushed back in one piece it would be a cap.
    ShortCut(edge=((-43, 16), (-40, -2), (-36, -17), (-24, -23), (-8, -29), (6, -39), (14, -53), (20, -42), (31, -27),
                   (38, -8), (43, 14)), lift=9, low=20, side=6, locks=SET_HAIR),
)  # fmt: skip
THINNING, SET = 42, 48
"""From when on a man's hair goes back at the temples, and a woman's is set."""


def short_cut(person: Person) -> ShortCut:
    """How this person's short hair is cut: one of a few for each sex, and higher temples with the years."""
    dice = person.traits.cut
    if person.woman:
        # Brushed flat over a lined face, short hair reads as a man's.
        full = WOMENS[1:] if person.elder or (person.look.years or 0) >= SET else WOMENS
        return full[dice % len(full)]
    if (person.look.years or 0) >= THINNING or person.elder:
        choice = (*MENS[:1], *MENS[3:4], RECEDING, MENS[5], RECEDING, MENS[6])
        return choice[dice % len(choice)]
    return MENS[dice % len(MENS)]
