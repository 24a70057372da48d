"""What draws the eye in small pictures: what moves by itself, what stands out, and faces a little.

A model would know people; none may be fetched here. So: the camera's own movement is taken out, what moves is
remembered for as long as it stands there, and what looks like the picture's borders is background. A hint
that points everywhere says nothing, and counts as much.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.post.camera_moves import Map, Move, camera_move, change, moved_by
from tools.post.small_frames import Pictures

Maps = NDArray[np.float32]
"""Pictures by rows by columns: how much there is to be seen."""
_FEWEST_CELLS = 8
_SIZE = 64
"""Maps have so many columns, or rows where the picture is higher than wide."""
_COLOUR = 1.6
"""Two colours that differ are seen sooner than two lights."""
_CONTRAST, _MOST_GAIN = 40.0, 5.0
"""Levels of a usual scene, deviation of light and colours; and how far a flat one is brought near to it."""
_BY_CHANCE = 0.2
"""So far even noise points somewhere."""
_STILL = 6.0
"""Levels by which a picture may change without that anything moved."""
_KEPT = 0.96
"""What moved counts so much less with each picture in which it stands still."""
_MOVES, _STANDS_OUT, _UNLIKE_BORDERS = 0.05, 4.0, 2.0
"""Mean levels of each hint at which it counts half."""
_MOVED, _WHOLE, _NEARBY = 0.3, 1.0, 0.5
"""What moves, what belongs to it, and what stands out beside it: how much each counts."""
_STANDING_OUT, _UNLIKE, _FACE = 0.4, 0.6, 0.5
"""The same of what stands still; and how much more all of them count where the hue is of skin."""
_NEAR = 6.0
"""Places of a map within which something stands beside what moves."""
_AROUND, _LITTLE, _MUCH, _LARGEST = 0.12, 0.15, 0.5, 0.45
"""Of the most that moves: what may belong to it, what probably does, what does; and more is no subject."""
_EXTENT, _HEAD = (0.08, 0.95), 0.35
"""Rows between which that much of all movement is; so much of their height is a head."""
_LOWER, _ABOUT = 0.8, 0.17
"""How much less counts what is low in the picture; how far from the middle what stands still may well be."""
_LAMPS = 0.85
"""How much less a lamp or a window counts."""
_OVERRULED, _LIVELY = 0.95, 0.25
"""How much less what stands counts in a scene that is so lively."""
_SURE = 0.6
"""Hints of this weight together are sure."""
_DOUBTED = 1.5
"""Weaker ones count less than in proportion: in doubt the window stays in the middle."""
_NEAREST = 12
"""So many places of the borders must look like it; a subject that is cut off there looks like fewer."""
_SKIN = ((77, 127), (135, 175))


@dataclass(frozen=True, kw_only=True)
class Attention:
    """Maps of one scene, picture by picture; each sums up to how sure it is, 1 at most."""

    maps: Maps
    lively: float
    """How much moves by itself: 0 for a still, 1 for somebody who walks."""


def attention(pictures: Pictures) -> Attention:
    """What draws the eye in the pictures of one scene, in the order of time."""
    frames = _brightened(np.stack([_prepared(one) for one in pictures]))
    moves = [camera_move(one, other) for one, other in pairwise(frames)]
    moving = _moving(frames, moves)
    lively = float(np.quantile([_weight(moved, _MOVES) for moved in moving], 0.9))
    heads = _heads(np.mean(moving, axis=0))
    maps = [_joined(frame, moved, lively, heads) for frame, moved in zip(frames, moving, strict=True)]
    return Attention(maps=np.stack(maps), lively=lively)


def wherever(picture: NDArray[np.uint8]) -> Map:
    """What stands out in a still, in its middle or not; sums up to how sure it is, 1 at most."""
    (frame,) = _brightened(_prepared(picture)[None])
    dull = 1 - _LAMPS * _lamps(frame)
    hints = (
        (_stands_out(frame) * dull, _STANDING_OUT, _STANDS_OUT),
        (_unlike_borders(frame) * dull, _UNLIKE, _UNLIKE_BORDERS),
    )
    amounts = [float(hint.mean()) for hint, _, _ in hints]
    sure = sum(
        part * amount / (amount + usual) for amount, (_, part, usual) in zip(amounts, hints, strict=True)
    )
    joined = _share(sum((part * _share(hint) for hint, part, _ in hints), np.zeros_like(dull)))
    return np.asarray(joined * min(1.0, sure), np.float32)


def _prepared(picture: NDArray[np.uint8]) -> Map:
    """Luma and colours at the size of a map, levels as they count."""
    high, wide = picture.shape[:2]
    scale = _SIZE / max(high, wide)
    size = max(8, round(wide * scale)), max(8, round(high * scale))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    small[..., 1:] = (small[..., 1:] - 128) * _COLOUR
    return np.asarray(small)


def _brightened(frames: Maps) -> Maps:
    """With as much contrast as a usual scene has: a night and a fog are looked at more closely."""
    contrast = float(np.sqrt(frames.var(axis=(1, 2)).sum(axis=1).mean()))
    return np.asarray(frames * np.clip(_CONTRAST / max(contrast, 1e-3), 1.0, _MOST_GAIN), np.float32)


def _joined(frame: Map, moved: Map, lively: float, heads: Map) -> Map:
    """All hints, each weighed by how much it points somewhere; what stands says little beside what moves."""
    weight = _weight(moved, _MOVES)
    quiet = 1 - _OVERRULED * min(1.0, max(weight, lively) / _LIVELY)
    dull = 1 - _LAMPS * _lamps(frame)
    stands_out, unlike = _stands_out(frame) * dull, _unlike_borders(frame) * dull
    near = _soft(moved, _NEAR)
    middle = _about_the_middle(frame.shape[:2])
    hints = (
        (moved * heads, _MOVED * weight),
        (_whole(frame, moved, near) * heads, _WHOLE * weight),
        (stands_out * near * heads, _NEARBY * weight),
        (stands_out * middle, _STANDING_OUT * quiet * _weight(stands_out, _STANDS_OUT)),
        (unlike * middle, _UNLIKE * quiet * _weight(unlike, _UNLIKE_BORDERS)),
    )
    total = sum(part for hint, part in hints if hint.any())
    face = 1 + _FACE * _faces(frame)
    joined = sum((part * _share(hint * face) for hint, part in hints), np.zeros_like(moved))
    return np.asarray(joined * (min(1.0, total / _SURE) ** _DOUBTED / max(total, 1e-6)), np.float32)


def _whole(frame: Map, moved: Map, near: Map) -> Map:
    """What moves and what belongs to it: a head, of which only eyes and mouth move. 1 inside, else 0."""
    most = float(moved.max())
    if most <= 0:
        return np.zeros_like(moved)
    parts: NDArray[np.uint8] = np.full(moved.shape, cv2.GC_BGD, np.uint8)
    parts[near > _AROUND * near.max()] = cv2.GC_PR_BGD
    parts[moved > _LITTLE * most] = cv2.GC_PR_FGD
    parts[moved > _MUCH * most] = cv2.GC_FGD
    inside = (parts == cv2.GC_FGD) | (parts == cv2.GC_PR_FGD)
    if min(inside.sum(), (~inside).sum()) < _FEWEST_CELLS:
        return np.asarray(inside, np.float32)
    picture = np.clip(frame + np.array([0, 128, 128], np.float32), 0, 255).astype(np.uint8)
    cv2.setRNGSeed(0)
    kept = cv2.grabCut(
        picture, parts, (0, 0, 1, 1), np.zeros((1, 65)), np.zeros((1, 65)), 2, cv2.GC_INIT_WITH_MASK
    )[0]
    inside = (kept == cv2.GC_FGD) | (kept == cv2.GC_PR_FGD)
    return np.asarray(inside, np.float32) if inside.mean() < _LARGEST else np.zeros_like(moved)


def _heads(moved: Map) -> Map:
    """Heads are the upper part of what moves: a hand that waves below counts less. By rows, 1 at most."""
    below = np.cumsum(moved.sum(axis=1))
    if below[-1] <= 0:
        return np.ones((len(below), 1), np.float32)
    top, bottom = np.searchsorted(below, np.array(_EXTENT) * below[-1])
    down = (np.arange(len(below)) - top) / max(float(bottom - top), len(below) / 8)
    return np.asarray(1 - _LOWER * np.clip((down - _HEAD) / _HEAD, 0, 1), np.float32)[:, None]


def _about_the_middle(shape: tuple[int, ...]) -> Map:
    """Where what stands still may well be the subject: nobody films a table for the bread at its edge."""
    down, across = (((np.arange(side) + 0.5) / side).astype(np.float32) for side in shape)
    upper = 1 - _LOWER * np.clip((down - 0.4) / 0.5, 0, 1)
    return np.asarray(upper[:, None] * np.exp(-(((across - 0.5) / _ABOUT) ** 2) / 2), np.float32)


def _soft(levels: Map, size: float) -> Map:
    return np.asarray(cv2.GaussianBlur(levels.astype(np.float32), (0, 0), size), np.float32)


def _share(hint: Map) -> Map:
    return np.asarray(hint / max(float(hint.sum()), 1e-6), np.float32)


def _weight(hint: Map, usual: float) -> float:
    """How much there is of a hint, measured by what is usual, and whether it is in one place; 0 to 1."""
    amount = float(hint.mean())
    return amount / (amount + usual) * pointing(hint)


def pointing(hint: Map) -> float:
    """0 where it is everywhere alike, 1 where all of it is in one place: by columns or by rows."""
    if hint.sum() <= 1e-6:
        return 0.0
    most = max(_within(hint.sum(axis=0)), _within(hint.sum(axis=1)))
    return max(0.0, (most - _BY_CHANCE) / (1 - _BY_CHANCE))


def _within(profile: NDArray[np.float32]) -> float:
    """How much more than its share the best third of a profile holds."""
    width = len(profile) // 3
    sums = np.convolve(profile, np.ones(width), mode="valid")
    share = width / len(profile)
    return float(max(0.0, (sums.max() / profile.sum() - share) / (1 - share)))


def _surplus(found: Map, *, deviations: float, least: float, times: float = 1.0) -> Map:
    """What is more than so many times what is usual in this picture."""
    usual = float(np.median(found))
    spread = 1.48 * float(np.median(np.abs(found - usual)))
    return np.asarray(np.maximum(0, found - times * usual - deviations * spread - least), np.float32)


def _stands_out(frame: Map) -> Map:
    """Each place against what lies round it, at two sizes."""
    total = np.zeros(frame.shape[:2], np.float32)
    for size in (1.2, 2.5):
        apart = np.abs(cv2.GaussianBlur(frame, (0, 0), size) - cv2.GaussianBlur(frame, (0, 0), 4 * size))
        total += apart.sum(axis=2)
    return _surplus(total, deviations=1.0, least=3.0)


def _unlike_borders(frame: Map) -> Map:
    """How far the nearest of what is seen at the borders is from each place: colour, light and roughness."""
    high, wide = frame.shape[0] // 2, frame.shape[1] // 2
    mean = cv2.resize(frame, (wide, high), interpolation=cv2.INTER_AREA)
    square = cv2.resize(frame[..., 0] ** 2, (wide, high), interpolation=cv2.INTER_AREA)
    rough = np.sqrt(np.maximum(0, square - mean[..., 0] ** 2))
    places = np.dstack([mean, rough]).reshape(-1, 4)
    inner = np.zeros((high, wide), bool)
    inner[1:-1, 1:-1] = True
    border = places[~inner.ravel()]
    apart = np.sqrt(np.maximum(0, _squares(places, border)))
    nearest = np.partition(apart, min(_NEAREST, apart.shape[1] - 1), axis=1)[:, :_NEAREST].mean(axis=1)
    found = cv2.resize(
        nearest.reshape(high, wide).astype(np.float32), frame.shape[1::-1], interpolation=cv2.INTER_LINEAR
    )
    return _surplus(np.asarray(found), deviations=2.0, least=4.0)


def _squares(some: Map, others: Map) -> Map:
    """Squared distances of each to each."""
    products = some @ others.T
    return np.asarray((some**2).sum(1)[:, None] + (others**2).sum(1)[None] - 2 * products, np.float32)


def _faces(frame: Map) -> Map:
    """Hues of skin of every shade; wood has them too, and where they are everywhere they say nothing."""
    colours = frame[..., 1:] / _COLOUR + 128
    inside = frame[..., 0] > 40
    for channel, (low, high) in enumerate(_SKIN):
        inside &= (colours[..., channel] >= low) & (colours[..., channel] <= high)
    found = inside.astype(np.float32)
    return np.asarray(_soft(found, 1.0) * max(0.0, 1 - 3 * float(found.mean())), np.float32)


def _lamps(frame: Map) -> Map:
    """Windows, lamps and skies: as bright as the brightest, and without a colour."""
    luma, colours = frame[..., 0], np.abs(frame[..., 1:]).max(axis=2) / _COLOUR
    brightest = float(np.quantile(luma, 0.99))
    bright = np.clip((luma / max(brightest, 1.0) - 0.8) / 0.1, 0, 1)
    return _soft(bright * np.clip(1.5 - colours / 20, 0, 1), 0.8)


def _moving(frames: Maps, moves: Sequence[Move]) -> list[Map]:
    """What moves against the camera's own movement, and what did or will and is still there."""
    count = len(frames)
    if count < 2:
        return [np.zeros(frames.shape[1:3], np.float32)] * count
    reversed_moves = [np.asarray(cv2.invertAffineTransform(one), np.float32) for one in moves]
    ahead = [change(frames[n], frames[n + 1], moves[n]) for n in range(count - 1)]
    back = [change(frames[n + 1], frames[n], reversed_moves[n]) for n in range(count - 1)]
    # A thing differs where it is from before and from after; where it left or will come, from one of them.
    both = [
        np.minimum(ahead[n - 1] if n else back[0], back[n] if n < count - 1 else ahead[-1])
        for n in range(count)
    ]
    trust = _trust(both)
    now = [_surplus(one, deviations=4.0, least=_STILL, times=2.0) * trust for one in both]
    onward = _remembered(now, ahead, moves)
    backward = _remembered(now[::-1], back[::-1], reversed_moves[::-1])[::-1]
    return [_soft(np.sqrt(np.maximum(one, other)), 1.0) for one, other in zip(onward, backward, strict=True)]


def _trust(changes: Sequence[Map]) -> float:
    """1 where the camera's movement explains most of what is seen, 0 where it explains nothing: noise."""
    usual = float(np.median([np.median(one) for one in changes]))
    return float(np.exp(-((usual / _STILL) ** 4)))


def _remembered(now: Sequence[Map], changes: Sequence[Map], moves: Sequence[Move]) -> list[Map]:
    """What moved a while ago counts for as long as it can still be seen there."""
    kept = [now[0]]
    for number, changed in enumerate(changes):
        there = np.exp(-((changed / (2 * _STILL)) ** 2))
        before = moved_by(kept[-1], moves[number])
        kept.append(np.asarray(np.maximum(now[number + 1], _KEPT * before * there), np.float32))
    return kept
