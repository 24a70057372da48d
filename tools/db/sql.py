"""Named SQL: statements live in `.sql` files beside the code that runs them."""

import re
from functools import lru_cache
from pathlib import Path

NAME = re.compile(r"^-- name: (\w+)[^\n]*\n", re.MULTILINE)


@lru_cache(maxsize=32)
def named_queries(file: Path) -> dict[str, str]:
    """The statements of a file, by the name in the `-- name: ...` line above each."""
    parts = NAME.split(file.read_text(encoding="utf-8"))
    return {name: body.strip().rstrip(";") for name, body in zip(parts[1::2], parts[2::2], strict=True)}
