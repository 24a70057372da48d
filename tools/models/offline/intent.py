"""Reads an intent by rules in three languages: a verb of making and a video. In doubt it is a chat."""

from state.intent import Intent, IntentAnswer, IntentInput
from tools.models.offline.replies.topics import plain_words
from tools.models.offline.words.bank import Table, bank

FEWEST_WORDS = 3
"""`Make a video` says what, but not of what: an instruction is clear from one word more on."""


def compose_intent(input: IntentInput) -> IntentAnswer:
    """READY only with presenter, product and a clear instruction; a question about videos is a chat."""
    words, table = plain_words(input.message), bank(input.language)["intents"]
    if not _wants_a_video(input.message, words, table):
        return IntentAnswer(intent=Intent.CHAT)
    ready = bool(input.avatar and input.product) and _is_clear(words)
    return IntentAnswer(intent=Intent.VIDEO_READY if ready else Intent.VIDEO_NEEDS_INPUT)


def _wants_a_video(message: str, words: list[str], table: Table) -> bool:
    """A verb of making and a video in one message, not turned round, and not asked about."""
    makes = _first(words, table["make"])
    if makes is None or _first(words, table["video"]) is None:
        return False
    if _first(words[max(0, makes - 3) : makes], table["not"]) is not None:
        return False
    asks = "?" in message and _first(words, table["please"]) is None
    return not asks and _first(words[:1], table["question"]) is None


def _is_clear(words: list[str]) -> bool:
    return len(words) > FEWEST_WORDS


def _first(words: list[str], known: str) -> int | None:
    """Where the first of the known words stands; one that ends in `-` is a beginning."""
    wanted = known.split()
    beginnings = tuple(word[:-1] for word in wanted if word.endswith("-"))
    fits = (place for place, word in enumerate(words) if word in wanted or word.startswith(beginnings))
    return next(fits, None)
