"""How urgent a production is: what it is called, and the number it has in the database."""

from typing import Literal

Priority = Literal["low", "normal", "high"]
PRIORITIES: dict[Priority, int] = {"low": -1, "normal": 0, "high": 1}
