"""What an audience is told, in our three languages: a label for the picture, a text for the platform.

Only what is so: a film without a trained model in it is not called made with AI.
"""

import tomllib
from collections.abc import Iterable
from pathlib import Path

from tools.provenance.claim import Claim, Role, Source

LANGUAGES = ("en", "es", "pt-BR")
WORDS: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
GROUPS: dict[str, tuple[Role, ...]] = {
    "pictures": ("picture",), "voices": ("voice",), "music": ("music",), "sounds": ("sound",)
}  # fmt: skip


def is_made_with_ai(claim: Claim) -> bool:
    """Whether a trained model made any part of it, picture or sound."""
    return any(source.origin == "model" for source in claim.sources)


def label_of(claim: Claim) -> str:
    """The words for a corner of the picture; empty where they would not be true."""
    return WORDS[_known(claim.language)]["label"] if is_made_with_ai(claim) else ""


def disclosures(claim: Claim) -> dict[str, str]:
    """The text for a platform by language."""
    return {language: _text(claim, WORDS[language]) for language in LANGUAGES}


def disclosure_text(claim: Claim) -> str:
    """All of them as a paper, that of the film's own language first."""
    texts, own = disclosures(claim), _known(claim.language)
    ordered = [own, *(language for language in LANGUAGES if language != own)]
    return "\n\n".join(f"[{language}]\n{texts[language]}" for language in ordered) + "\n"


def _known(language: str) -> str:
    return language if language in WORDS else "en"


def _text(claim: Claim, words: dict[str, str]) -> str:
    first = words["with_ai" if is_made_with_ai(claim) else "without_ai"]
    parts = [_group(claim.sources, name, words) for name in GROUPS]
    return " ".join([first, *(part for part in parts if part), words["signed"]])


def _group(sources: Iterable[Source], name: str, words: dict[str, str]) -> str:
    """A sentence on one kind of part: each way in which such parts were made, with the models."""
    some = [source for source in sources if source.role in GROUPS[name]]
    models = sorted({source.model for source in some if source.origin == "model" and source.model})
    ways = [words["model"].format(models=", ".join(models))] if models else []
    origins = {source.origin for source in some}
    ways += [words[origin] for origin in ("algorithm", "given") if origin in origins]
    return f"{words[name]}: {'; '.join(ways)}." if ways else ""
