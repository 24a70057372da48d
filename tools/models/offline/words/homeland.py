"""What people are called where a brief plays."""

from state.script import Language, Presentation
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, shared


def local_names(text: str, sex: Presentation) -> tuple[str, ...]:
    """First names of the country that a text speaks of first; nothing when it speaks of none."""
    marked = [table for table in shared("countries").values() if _place(table, text) >= 0]
    first = min(marked, key=lambda table: _place(table, text), default=None)
    return tuple(first[sex].split()) if first else ()


def country_of(text: str) -> str:
    """The country that a text speaks of first, by its name in the tables; empty when it speaks of none."""
    marked = {name: at for name, table in shared("countries").items() if (at := _place(table, text)) >= 0}
    return min(marked, key=lambda name: marked[name], default="")


def _place(table: Table, text: str) -> int:
    # A mark with a capital is a common word without: `me quito el abrigo` is not said in Ecuador only.
    named = [mark.strip() for mark in table["marks"].split(";")]
    marks = "|".join(re.escape(mark) if mark[0].isupper() else f"(?i:{re.escape(mark)})" for mark in named)
    here = re.search(rf"(?<![\w-])(?:{marks})(?![\w-])", text)
    return here.start() if here else -1


def named_skins(name: str) -> tuple[str, ...]:
    """Skins that a name makes likely, wherever the brief plays: it says where a family is from."""
    said = set(name.split())
    for table in shared("countries").values():
        if said & set(str(table.get("known", "")).split()):
            return tuple(str(table["skins"]).split())
    return ()


def local_hair(text: str, name: str, language: Language) -> tuple[str, ...]:
    """Hair that people have where a brief plays, or where a name is from; empty: any."""
    said = set(name.split())
    own = [one for one in shared("countries").values() if said & set(str(one.get("known", "")).split())]
    here = country_of(text)
    if not (own or here):
        return DARK if language in SPOKEN else ()
    table = own[0] if own else shared("countries")[here]
    return tuple(str(table.get("hair", "")).split())


def local_skins(text: str, language: Language = "en", *, past: bool = False) -> tuple[str, ...]:
    """Skins that people have where a brief plays, the frequent ones more than once; empty: any."""
    marked = [
        table for table in shared("countries").values() if table.get("skins") and _place(table, text) >= 0
    ]
    first = min(marked, key=lambda table: _place(table, text), default=None)
    if first is None:
        return SPOKEN.get(language, ())
    return tuple(str(first.get("past_skins", first["skins"]) if past else first["skins"]).split())


DARK = ("brown", "black", "brown")
"""Most hair where Spanish or Portuguese is spoken."""
SPOKEN: dict[Language, tuple[str, ...]] = {
    "es": ("olive", "tan", "light", "olive", "brown"), "pt-BR": ("brown", "olive", "tan", "light", "deep"),
}  # fmt: skip
"""Where a brief names no country, its language tells of many."""
