"""The article of a place: `el tranvía`, `as estações`."""

from state.script import Language
from tools.models.offline.places.place_nouns import nouns_in
from tools.models.offline.words import patterns as re

FEMININE = {
    "es": re.compile(
        r"((?<!^aul)a|ión|dad|tad|tud|central|calle|torre|cárcel|red|nieve|nave|noche|suite|clase|catedral|señal|cumbre|"
        r"sucursal|seccional|morgue|combi|fuente|terminal|necrópolis|boutique|boîte|kermés|base|sede)$",
        re.IGNORECASE,
    ),
    "pt-BR": re.compile(
        r"(a|ção|são|dade|ponte|laje|prisão|torre|estação|cabine|cave|neve|van|árvore|suíte|boate|kitnet|"
        r"quitinete|margem|garagem|passagem|boutique|butique|doceria|central|kombi|caminhonete|camionete|ladeira|"
        r"catedral|creche|lanchonete|estante|matriz|foz|rede|sede|sucursal|vitrine|marquise|toalete|quermesse|"
        r"casa-\w+|caixa-\w+|roda-gigante|uti|limusine|gare|bomboniere|matinê|beira-mar|beira-rio|bienal|lápide|"
        r"fonte|base|boulangerie|plataforma)$",
        re.IGNORECASE,
    ),
}
MASCULINE = re.compile(
    r"^(?:tranvía|mapa|almacén|día|planeta|cinema|sofá|alambique|pijama|problema|sistema|drama|tema|ipanema|"
    r"clima|lava-jato|guarda-móveis|camping|refúgio|hall|hotel|bar|lar|monta-?cargas|lavarropas|pier|atlas|"
    r"camión|avión|depa|delta|fusca|drive-in|panorama|programa|guarda-?roupa|guardarropa)s?$",
    re.IGNORECASE,
)
SHORT = 6
"""Shorter words on `-les` only add an s: `calles`, `vales`."""
ARTICLES = {"en": ("the",), "es": ("el", "la", "los", "las"), "pt-BR": ("o", "a", "os", "as")}


def with_article(noun: str, language: Language) -> str:
    """A noun phrase with its definite article, as the script calls a place."""
    lower = noun if noun.isupper() else noun[0].lower() + noun[1:]
    article = "The" if language == "en" else article_of(noun, language).capitalize()
    return f"{article} {lower}"


def article_of(noun: str, language: Language) -> str:
    """The definite article of a noun phrase, by its first word."""
    first = noun.split()[0]
    if language == "en":
        return "the"
    plural = _is_plural(first, language)
    one = _singular(first, language) if plural else first
    head, hyphen, _ = one.partition("-")
    one = head if hyphen and nouns_in(head, language) == [head.lower()] else one
    feminine = FEMININE[language].search(one) is not None and not MASCULINE.match(one)
    return ARTICLES[language][2 * plural + feminine]


def _singular(word: str, language: Language) -> str:
    """One of several: `cabines`, `estaciones`, `construções`."""
    if word.endswith("ões"):
        return f"{word[:-3]}ão"
    if word.endswith("iones"):
        return f"{word[:-5]}ión"
    if language == "pt-BR" and word.endswith("ades"):
        return word[:-1]
    return word[:-2] if word.endswith(("des", "les")) and len(word) > SHORT else word[:-1]


def _is_plural(word: str, language: Language) -> bool:
    return word.endswith("s") and word.lower() not in (
        "ônibus",
        "cais",
        "convés",
        "autobús",
        "ómnibus",
        "campus",
        "bus",
    )
