"""LUT files (.cube): read and checked by us, and written anew before ffmpeg sees one.

ffmpeg forgets where a domain begins and takes what it is given. A table that left here starts at 0,
ends at 1, has as many rows as it says and nothing but numbers.
"""

import math
from dataclasses import dataclass
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from state.errors import UploadRejected

Colours = NDArray[np.float64]
"""Red, green and blue in the last axis, 0 to 1."""
MAX_BYTES = 24_000_000
SIZES_3D, SIZES_1D = (2, 65), (2, 4_096)
LIMIT = 16.0
"""Numbers beyond this are no colours."""
GRID = 33


@dataclass(frozen=True, kw_only=True, eq=False)
class Cube:
    """A table over 0 to 1: `(size, 3)` for each channel alone, or `(size, size, size, 3)` by all three.

    Each is one of its own, whatever is in it.
    """

    table: Colours
    title: str = ""
    """For people; it is not written into a file that ffmpeg reads."""

    @property
    def size(self) -> int:
        """Points along one side."""
        return int(self.table.shape[0])

    @property
    def by_channel(self) -> bool:
        """Whether each channel has a row of its own."""
        return self.table.ndim == 2


@dataclass(kw_only=True)
class _Reading:
    """A file while it is read."""

    size: int = 0
    by_channel: bool = False
    title: str = ""
    low: tuple[float, ...] = (0.0, 0.0, 0.0)
    high: tuple[float, ...] = (1.0, 1.0, 1.0)


def parse_cube(content: bytes) -> Cube:
    """Read a .cube file.

    Raises:
        UploadRejected: it is none, or one that is damaged; details name the line.
    """
    if len(content) > MAX_BYTES:
        _reject(f"The file is larger than {MAX_BYTES // 1_000_000} MB.", 0)
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as exc:
        raise UploadRejected("The LUT is no text.", user_action=_FIX, details={"line": 0}) from exc
    reading, rows = _Reading(), list[tuple[float, ...]]()
    for number, line in enumerate(lines, start=1):
        words = line.split("#", 1)[0].split() if not line.startswith("TITLE") else line.split(None, 1)
        if not words:
            continue
        if words[0][0].isalpha() and words[0].lower() not in ("nan", "inf", "infinity"):
            _heading(reading, words, number, rows_seen=bool(rows))
            continue
        rows.append(_numbers(words, number))
        if len(rows) > _wanted(reading, number):
            _reject(f"There are more rows than its size of {reading.size} has.", number)
    return _finished(reading, rows, len(lines))


def _heading(reading: _Reading, words: list[str], number: int, *, rows_seen: bool) -> None:
    key, values = words[0], words[1:]
    if rows_seen:
        _reject(f"{key[:40]} stands behind the first row.", number)
    if key == "TITLE":
        reading.title = values[0].strip().strip('"')[:200] if values else ""
    elif key in ("LUT_3D_SIZE", "LUT_1D_SIZE"):
        _size(reading, key, values, number)
    elif key in ("DOMAIN_MIN", "DOMAIN_MAX"):
        setattr(reading, "low" if key.endswith("MIN") else "high", _numbers(values, number))
    elif key in ("LUT_3D_INPUT_RANGE", "LUT_1D_INPUT_RANGE") and len(values) == 2:
        low, high = (_numbers([value] * 3, number) for value in values)
        reading.low, reading.high = low, high
    else:
        _reject(f"Nothing is known of {key[:40]!r}.", number)


def _size(reading: _Reading, key: str, values: list[str], number: int) -> None:
    by_channel = key == "LUT_1D_SIZE"
    least, most = SIZES_1D if by_channel else SIZES_3D
    size = int(values[0]) if len(values) == 1 and values[0].isascii() and values[0].isdigit() else 0
    if reading.size:
        _reject("It has a size twice.", number)
    if not least <= size <= most:
        _reject(f"Its size is {' '.join(values)[:40]}; {least} to {most} can be used.", number)
    reading.size, reading.by_channel = size, by_channel


def _numbers(words: list[str], number: int) -> tuple[float, ...]:
    try:
        found = tuple(float(word) for word in words)
    except ValueError:
        _reject(f"{' '.join(words)[:40]!r} are no numbers.", number)
    if len(found) != 3:
        _reject(f"A row has three numbers, this one has {len(found)}.", number)
    if not all(math.isfinite(value) and abs(value) <= LIMIT for value in found):
        _reject(f"{' '.join(words)[:40]} is no colour.", number)
    return found


def _wanted(reading: _Reading, number: int) -> int:
    if not reading.size:
        _reject("Rows begin before LUT_3D_SIZE or LUT_1D_SIZE has said how many there are.", number)
    return reading.size if reading.by_channel else int(reading.size**3)


def _finished(reading: _Reading, rows: list[tuple[float, ...]], lines: int) -> Cube:
    wanted = _wanted(reading, lines)
    if len(rows) != wanted:
        _reject(f"It has {len(rows)} rows, and its size of {reading.size} asks for {wanted}.", lines)
    if not all(high - low > 1e-6 for low, high in zip(reading.low, reading.high, strict=True)):
        _reject("Its domain ends before it begins.", lines)
    table = np.array(rows, dtype=float)
    if not reading.by_channel:
        # Red runs fastest in the file.
        table = table.reshape(reading.size, reading.size, reading.size, 3).transpose(2, 1, 0, 3)
    cube = Cube(table=table, title=reading.title)
    if reading.low == (0.0, 0.0, 0.0) and reading.high == (1.0, 1.0, 1.0):
        return cube
    return _over_0_to_1(cube, np.array(reading.low), np.array(reading.high))


def _over_0_to_1(cube: Cube, low: Colours, high: Colours) -> Cube:
    at = (
        grid(cube.size) if not cube.by_channel else np.linspace(0, 1, cube.size)[:, None].repeat(3, 1)
    ) - low
    return Cube(table=look_up(cube, at / (high - low)), title=cube.title)


def _reject(message: str, line: int) -> NoReturn:
    raise UploadRejected(f"The LUT cannot be used: {message}", user_action=_FIX, details={"line": line})


_FIX = "Send a .cube file as a grading program exports it, with 2 to 65 points a side."


def grid(size: int = GRID) -> Colours:
    """Every colour of a table of this size, `(size, size, size, 3)` by red, green, blue."""
    steps = np.linspace(0, 1, size)
    return np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1)


def look_up(cube: Cube, colours: Colours) -> Colours:
    """What a table makes of colours, straight lines between its points; outside 0 to 1 its edge."""
    at = np.clip(colours, 0, 1) * (cube.size - 1)
    lower = np.minimum(at.astype(int), cube.size - 2)
    part = at - lower
    if cube.by_channel:
        channel = np.arange(3)
        return np.asarray(cube.table[lower, channel] * (1 - part) + cube.table[lower + 1, channel] * part)
    made = np.zeros_like(at)
    for corner in range(8):
        step = np.array([corner & 1, corner >> 1 & 1, corner >> 2])
        weight = np.prod(np.where(step, part, 1 - part), axis=-1, keepdims=True)
        red, green, blue = np.moveaxis(lower + step, -1, 0)
        made += weight * cube.table[red, green, blue]
    return made


def softened(cube: Cube, strength: float) -> Cube:
    """The same table, of which only a share is done: 0 leaves every colour as it is."""
    plain = np.linspace(0, 1, cube.size)[:, None].repeat(3, 1) if cube.by_channel else grid(cube.size)
    return Cube(table=plain + strength * (cube.table - plain), title=cube.title)


def cube_text(cube: Cube) -> str:
    """A table as a file for ffmpeg: no title, no comment, no domain."""
    rows = cube.table if cube.by_channel else cube.table.transpose(2, 1, 0, 3).reshape(-1, 3)
    size = f"LUT_{1 if cube.by_channel else 3}D_SIZE {cube.size}\n"
    return size + "".join("%.6f %.6f %.6f\n" % tuple(row) for row in rows)  # noqa: UP031 - twice as fast
