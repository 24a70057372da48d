"""Points by the foot that a thing stands on, so that it can be drawn anywhere and at any size."""

from tools.engines.previz.ink import Point


def at(x: float, y: float, size: float, shape: str) -> list[Point]:
    """The points written as `dx dy  dx dy ...` about a foot, at that size; up is negative."""
    numbers = [float(number) for number in shape.split()]
    return [(x + a * size, y + b * size) for a, b in zip(numbers[::2], numbers[1::2], strict=True)]


def receding(first: float, last: float, count: int, *, bend: float = 1.7) -> list[float]:
    """Heights of rows from the distance to the camera, ever further apart."""
    return [first + (last - first) * (k / max(count - 1, 1)) ** bend for k in range(count)]
