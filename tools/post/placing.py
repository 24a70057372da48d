"""Where each block stands: in its place inside the safe box, and over no other that is seen at the same time.

What was placed before stays; what comes later is moved up, or down from the top, until it is free. So
captions, which come last, clear titles and calls to action. The same blocks always stand the same.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from state.errors import PostError
from tools.post.blocks import Block, Box, column_of, level_of
from tools.safe_areas import SafeBox

SMALLER = (1.0, 0.85, 0.7, 0.55, 0.42)
"""What finds no room is tried smaller."""
_GAP = 0.012
"""How far blocks stay apart, as a share of the shorter side."""
_BUCKET = 24
Smaller = Callable[[float], Block]


class Placing:
    """Blocks that have their place, and room for more."""

    def __init__(self, size: tuple[int, int], safe: SafeBox) -> None:
        self._safe, self._middle = safe, size[0] / 2
        self._gap = min(size) * _GAP
        self._seen: dict[int, list[Block]] = defaultdict(list)
        self.blocks: list[Block] = []

    def put(self, make: Smaller) -> Block:
        """Place a block, smaller if need be.

        Raises:
            PostError: there is no room for it.
        """
        for share in SMALLER:
            block = make(share)
            if (box := self._free(block)) is not None:
                return self._keep(replace(block, box=box))
        raise _no_room(make(1.0))

    def together(self, start: int, end: int) -> list[Block]:
        """What is seen in these frames."""
        found: dict[int, Block] = {}
        for bucket in range(start // _BUCKET, (end - 1) // _BUCKET + 1):
            found |= {id(one): one for one in self._seen[bucket] if one.start < end and start < one.end}
        return list(found.values())

    def _keep(self, block: Block) -> Block:
        for bucket in range(block.start // _BUCKET, (block.end - 1) // _BUCKET + 1):
            self._seen[bucket].append(block)
        self.blocks.append(block)
        return block

    def _free(self, block: Block) -> Box | None:
        box = self._at(block)
        if box is None:
            return None
        others = [one.box for one in self.together(block.start, block.end) if one.box is not None]
        first, then = (_down, _up) if level_of(block.place) == "top" else (_up, _down)
        return self._pushed(box, others, first) or self._pushed(box, others, then)

    def _at(self, block: Block) -> Box | None:
        """Its own place; what stands in the centre stands in the centre of the picture, if it fits so."""
        safe, (wide, high) = self._safe, block.size
        if wide > safe.right - safe.left + 0.5 or high > safe.bottom - safe.top + 0.5:
            return None
        lefts = {"left": safe.left, "centre": self._centred(wide), "right": safe.right - wide}
        tops = {
            "top": safe.top,
            "middle": (safe.top + safe.bottom - high) / 2,
            "bottom": safe.bottom - high,
        }
        left, top = lefts[column_of(block.place)], tops[level_of(block.place)]
        return Box(left=left, top=top, right=left + wide, bottom=top + high)

    def _centred(self, wide: float) -> float:
        return min(max(self._middle - wide / 2, self._safe.left), self._safe.right - wide)

    def _pushed(
        self, box: Box, others: Sequence[Box], push: Callable[[Box, Sequence[Box], float], Box]
    ) -> Box | None:
        while met := [other for other in others if box.meets(other, self._gap * 0.999)]:
            box = push(box, met, self._gap)
            if box.top < self._safe.top - 0.01 or box.bottom > self._safe.bottom + 0.01:
                return None
        return box


def _up(box: Box, met: Sequence[Box], gap: float) -> Box:
    return box.moved(top=min(other.top for other in met) - gap - box.height)


def _down(box: Box, met: Sequence[Box], gap: float) -> Box:
    return box.moved(top=max(other.bottom for other in met) + gap)


def _no_room(block: Block) -> PostError:
    words = f" “{block.text[:60]}”" if block.text else ""
    return PostError(
        f"There is no room in the picture for the {block.kind}{words} from frame {block.start} on.",
        user_action="Make it shorter or smaller, or take away what is shown at the same time.",
        details={"frame": block.start, "kind": block.kind},
    )
