"""Little things: `caderninho` is a notebook and `trencito` a train."""

from state.script import Language

SHORTEST = 3
OTHER_WORDS = frozenset((
    "visita", "bonito", "burrito", "delito", "señorita", "carrito", "carrinho", "caminho", "sozinho",
    "vizinho", "vizinha", "padrinho", "madrinha", "rainha", "cochecito", "bajito", "sardinha", "ratito",
    "bolinha", "palito", "mosquito", "calcinha", "camarinha", "campainha", "farinha", "marinha",
    "linha", "estrellita", "manita", "manito", "casinha", "bolita", "bandita", "figurita", "figurinha",
    "cadeirinha", "gotita", "gotinha", "pastelito", "florecita", "nuvenzinha", "ojito", "olhinho",
    "banquito", "banquinho", "cebollita", "tortita", "tarjetita", "velita", "velinha", "bombinha",
    "cascarita",
))  # fmt: skip
"""Spelt like little ones, and something else."""


def diminutives(noun: str, language: Language) -> list[str]:
    """What a plain noun is called when it is little; nothing in English."""
    if language == "en" or len(noun) < SHORTEST:
        return []
    ends = ("ito", "ita", "cito", "cita") if language == "es" else ("inho", "inha", "zinho", "zinha")
    last = noun[-1]
    if last in "oa":
        formed = [_soft(noun[:-1], language) + (ends[0] if last == "o" else ends[1])]
    elif language == "es":
        formed = [noun + end for end in ends[2:]]
    else:
        formed = [noun + end for end in ends[2:]]
        formed += [_soft(noun[:-1], language) + end for end in ends[:2]] if last == "e" else []
    return [one for one in formed if one not in OTHER_WORDS]


def _soft(stem: str, language: Language) -> str:
    """`barco` and `barquito`, `manga` and `manguinha`, `taza` and `tacita`."""
    if stem.endswith("c"):
        return f"{stem[:-1]}qu"
    if stem.endswith("g"):
        return f"{stem}u"
    return f"{stem[:-1]}c" if language == "es" and stem.endswith("z") else stem
