"""Who tells their own story: `my sister and I run a bakery` has an I in it, as much in the picture as she.

A client who says `I am writing to you` is nobody: only who does several things in the story itself is there.
"""

from functools import lru_cache

from state.script import Language, Presentation
from tools.models.offline.brief.aside import unquoted
from tools.models.offline.words import patterns as re

NAME: dict[Language, str] = {"en": "I", "es": "Yo", "pt-BR": "Eu"}
"""How the story calls them, and so does the script."""
MAKERS = (
    r"(?:want|would|'d|think|hope|need|guess|imagine|like|love|picture|see it|am writing|'m writing|attach"
    r"|send|mean|wonder|trust|leave|look forward|can pay|quiero|querría|creo|espero|pienso|necesito|imagino"
    r"|escribo|mando|soy de|quero|queria|acho|penso|preciso|escrevo|envio|gostaria)(?!\w)"
)
"""What a client does, who is not in the film."""
TELLS: dict[Language, str] = {
    "en": rf"(?<!\w)I(?!\w|['\u2019]m writing) (?!{MAKERS})[a-z]",
    "es": rf"(?<!\w)[Yy]o,? (?!{MAKERS})[a-zà-ÿ]",
    "pt-BR": rf"(?<!\w)[Ee]u,? (?!{MAKERS})[a-zà-ÿ]",
}
WITH: dict[Language, str] = {
    "en": r"(?<!\w)[Mm]y [a-z-]+(?: [A-Z]\w+)? and I(?!\w)",
    "es": r"(?<!\w)(?i:mi) [a-zà-ÿ-]+(?: [A-ZÀ-Ý]\w+)? y yo(?!\w)",
    "pt-BR": r"(?<!\w)(?i:minha|meu) [a-zà-ÿ-]+(?: [A-ZÀ-Ý]\w+)? e eu(?!\w)",
}
"""`Mi hermana y yo`: one is enough, whatever they do."""
DONE: dict[Language, str] = {
    "en": r"(?<!\w)(?:[a-z]+(?:ed|s) me|told me|gave me|[Ww]e [a-z]+ed)(?!\w)",
    "es": r"(?<!\w)me (?:sale|dijo|dice|mira|miró|pidió|pide|llevó|lleva|dio|da|abrazó|abraza|contó|cuenta)"
    r"(?!\w)",
    "pt-BR": r"(?<!\w)(?:me (?:disse|diz|olhou|olha|pediu|pede|levou|leva|deu|dá|abraçou|abraça|contou|conta)"
    r"|comigo)(?!\w)",
}
"""What somebody does to them, where they do something themselves."""
QUOTED = re.compile('"[^"]*"|\u201c[^\u201d]*\u201d|\u00ab[^\u00bb]*\u00bb')
LEAST: dict[Language, int] = {"en": 2, "es": 1, "pt-BR": 1}
"""So often somebody says I: where a verb needs no pronoun, one that is written means somebody."""
HERE: dict[Language, str] = {
    "en": r"(?:I|me|myself|we|us|ourselves)",
    "es": r"(?:yo|me|mí|conmigo|nos|nosotr[oa]s|[a-zà-ÿ]{2,}(?:amos|emos|imos))",
    "pt-BR": r"(?:eu|me|mim|comigo|conosco|nós|a gente|[a-zà-ÿ]{2,}(?:amos|emos|imos))",
}
AM: dict[Language, str] = {
    "en": r"I (?:am|was) (?:\w+ )?(?:the |a |his |her |their )?",
    "es": r"(?:yo|estoy|estaba|soy|era|fui) (?:\w+ )?",
    "pt-BR": r"(?:eu|estou|estava|sou|era|fui) (?:\w+ )?",
}
WOMAN: dict[Language, str] = {
    "en": rf"{AM['en']}(?:mother|daughter|sister|wife|aunt|widow|bride|girl|woman)",
    "es": rf"nosotras|{AM['es']}(?:sola|cansada|callada|lista|una|la|misma|muerta)",
    "pt-BR": r"nós duas|nós mesmas|cada uma (?:numa|em|de)|as duas"
    rf"|{AM['pt-BR']}(?:sozinha|cansada|calada|uma|a|mesma)",
}
MAN: dict[Language, str] = {
    "en": rf"{AM['en']}(?:father|son|brother|husband|uncle|widower|groom|boy|man)",
    "es": rf"nosotros|{AM['es']}(?:solo|cansado|callado|listo|un|mismo|muerto)",
    "pt-BR": rf"nós dois|nós mesmos|{AM['pt-BR']}(?:sozinho|cansado|calado|um|mesmo)",
}


def is_teller(name: str) -> bool:
    """Whether somebody of the cast is the one who says I: no `he` and no `she` is meant for them."""
    return name in NAME.values()


@lru_cache(maxsize=128)
def teller_of(text: str, language: Language) -> str:
    """The name of whoever says I in the story; empty where nobody does."""
    told = QUOTED.sub("", unquoted(text))
    acts = len(re.findall(TELLS[language], told))
    done = len(re.findall(DONE[language], told)) if acts else 0
    return NAME[language] if acts + done >= LEAST[language] or re.search(WITH[language], told) else ""


def sex_of_teller(text: str, language: Language) -> Presentation | None:
    """Woman or man, as an ending or a relation says; nothing where none does."""
    told = QUOTED.sub("", unquoted(text))
    is_woman, is_man = (
        re.search(rf"(?<!\w)(?:{one[language]})(?!\w)", told, re.IGNORECASE) is not None
        for one in (WOMAN, MAN)
    )
    return None if is_woman == is_man else ("woman" if is_woman else "man")


def tells_of_themselves(name: str, text: str, language: Language) -> bool:
    """Whether a fact's words have the teller in them."""
    if name != NAME[language]:
        return False
    return (
        re.search(rf"(?<!\w)(?:{HERE[language]})(?!\w)", text, 0 if language == "en" else re.IGNORECASE)
        is not None
    )
