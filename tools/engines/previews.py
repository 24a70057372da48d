"""Who draws previews, and who draws instead where they are to be finer, or by another house's model.

It is data (`previews.toml`): a director's pictures, and every storyboard that is drawn by one of its models.
"""

import tomllib
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel

CHOICES = Path(__file__).with_name("previews.toml")


class Preview(BaseModel, frozen=True, extra="forbid"):
    """A model of previews, and those that may draw in its place."""

    model: str
    remaster: str = ""
    restyled: str = ""
    imagen3: str = ""
    source: str


@lru_cache(maxsize=1)
def previews() -> tuple[Preview, ...]:
    """The file, read once and checked; the first line is the director's."""
    lines = tomllib.loads(CHOICES.read_text("utf-8"))["preview"]
    return tuple(Preview.model_validate(line) for line in lines)


def drawn_with(
    model_id: str, *, force_remaster: bool = False, styled: bool = False, imagen3: bool = False
) -> str:
    """The model that draws in place of the one that was chosen: mostly that one.

    `styled` is whether there is a picture whose style is to be kept. A remaster is none of Imagen's previews,
    so it comes first.
    """
    line = next((one for one in previews() if one.model == model_id), None)
    if line is None:
        return model_id
    if force_remaster:
        return (line.restyled if styled else "") or line.remaster or model_id
    return (line.imagen3 if imagen3 else "") or model_id
