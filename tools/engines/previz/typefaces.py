"""Where the typefaces are that cards and painted words are set in."""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

Face = Literal["title", "text"]
FACES: dict[Face, tuple[str, str, int]] = {
    "title": ("fontpkg_oswald", "Oswald[wght].ttf", 600),
    "text": ("fontpkg_montserrat", "Montserrat[wght].ttf", 500),
}
"""Package, file and weight of each typeface."""


@lru_cache(maxsize=4)
def font_file(face: Face) -> Path:
    """The file of a typeface."""
    package, name, _ = FACES[face]
    found = find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(package)
    return Path(found.origin).parent / "files" / name
