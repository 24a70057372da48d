"""A deed whose object is a clause that was cut off: `starts writing down`, `le pide`, `corre achando`."""

from state.script import Language
from tools.models.offline.clauses.grammar import Grammar, grammar_of

GOING_ON = ("ing", "ando", "endo", "indo", "ándo", "iendo")
OPENS: dict[Language, tuple[str, ...]] = {
    "en": ("that", "who", "whom", "what", "which", "where", "whether", "if", "how", "why", "when"),
    "es": ("que", "quien", "quién", "qué", "cuál", "dónde", "donde", "si", "cómo", "cuánto", "cuándo"),
    "pt-BR": ("que", "quem", "qual", "onde", "se", "como", "quanto", "quando"),
}
"""Words with which a clause begins that a verb has for its object."""
UNSAID = frozenset(("down", "up", "out", "off", "away", "over", "back", "in", "on", "about", "aloud"))


def with_object(deed: list[str], words: list[str], language: Language) -> list[str]:
    """The deed without what leads to a clause that is cut off; nothing where only the verb is left."""
    behind = words[len(deed)].lower() if len(deed) < len(words) else ""
    if behind not in OPENS[language]:
        return deed
    kept = list(deed)
    while len(kept) > 1 and kept[-1].lower().endswith(GOING_ON):
        # `runs down the stairs thinking that`: what is thought is cut off.
        kept.pop()
    return kept if len(kept) < len(deed) or _has_noun(kept, grammar_of(language)) else []


def _has_noun(words: list[str], grammar: Grammar) -> bool:
    """Whether anything but verbs and small words is told."""
    low = [word.lower() for word in words]
    small = grammar.determiners | grammar.pronouns | UNSAID | {"begins", "starts", "keeps"}
    kinds = ("prepositions", "adverbs", "clitics", "negations")
    return any(
        word not in small
        and word not in grammar.verbs.finite
        and word not in grammar.verbs.bases
        and not word.endswith(GOING_ON)
        and not any(word in grammar.words.get(kind, ()) for kind in kinds)
        for word in low[1:]
    )
