"""`A woman nobody knows stands up`: a brief that says so means nobody of whom it told before."""

from state.script import Language
from tools.models.offline.words import patterns as re

NOBODY: dict[Language, str] = {
    "en": r",? (?:(?:who|whom|that) )?(?:nobody|no one|none of (?:them|us)|not one of (?:them|us)) "
    r"(?:here |there |else |in the \w+ )?(?:knows?|knew|has (?:ever )?seen|had (?:ever )?seen"
    r"|recogni[sz]e[sd]?|remembers?|expected|invited|can place)(?!\w)",
    "es": r",? (?:(?:que|a quien|a la que|al que) )?(?:nadie|ningun[oa]) (?:\w+ )??(?:conoce|conocía|ha visto"
    r"|había visto|vio|reconoce|reconocía|recuerda|esperaba|invitó)(?!\w)",
    "pt-BR": r",? (?:(?:que|a quem|quem) )?(?:ninguém|nenhum) (?:\w+ )??(?:conhece|conhecia|viu|tinha visto"
    r"|reconhece|reconhecia|lembra|esperava|convidou)(?!\w)",
}
"""What follows the noun."""


def is_unknown_to_all(match: re.Match[str], text: str, indefinite: list[str], language: Language) -> bool:
    """Whether a phrase brings on somebody whom none of the story's people knows."""
    new = match.group(1).lower() in indefinite
    return new and re.match(NOBODY[language], text[match.end() :], re.IGNORECASE) is not None
