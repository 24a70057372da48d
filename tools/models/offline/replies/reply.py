"""The fallback handler in a talk: where the production stands, what was asked, and what can be done now."""

from state.writing import ErrorAnalysis, FallbackAdvice, FallbackInput, Solution
from tools.models.offline.replies.situation import UNKNOWN, Situation, offered, read_situation
from tools.models.offline.replies.topics import topics_of
from tools.models.offline.words.bank import Table, bank

SELF_CONTAINED = ("captions", "delete", "length", "music", "quality", "refund", "silence", "who")
"""Topics whose answer does not depend on where the production stands: that is told after it, not before."""
ABOUT_MONEY = ("cost", "ceiling", "too_expensive", "credit")
"""Questions and failures that one answer is enough for."""
LOOKED_UP = ("model",)
ONLY_POLITE = ({"hello"}, {"thanks"}, {"hello", "thanks"})


def compose_reply(
    input: FallbackInput, *, kind: str, cause: str, facts: dict[str, str], known: str
) -> FallbackAdvice:
    """Answer a person. `kind` and `cause` are those of the failure there is, if one is."""
    situation = read_situation(input, {**facts, "cause": cause, "known": f"{known} " if known else ""})
    topics = topics_of(str(input.context.get("message") or ""), input.language)
    chat: Table = bank(input.language)["chat"]
    told = _sentences(chat, situation, topics, kind)
    after = chat["next"].get(_next_key(situation, kind), "").format_map(situation.facts)
    possible = input.context.get("possibleActions")
    return FallbackAdvice(
        errorAnalysis=ErrorAnalysis(type=kind, rootCause=cause, affectedComponent=_component(situation)),
        userMessage=_begun(" ".join(" ".join(told).split()), chat["detail"]["model"]),
        solution=Solution(immediate=after, longTerm=chat["topics"]["story"]["any"]),
        suggestedActions=offered(situation.place, topics, kind, possible),
        needsInternetSearch=_wants_documentation(input, situation, topics, kind),
    )


def _sentences(chat: Table, situation: Situation, topics: list[str], kind: str) -> list[str]:
    place, facts = situation.place, situation.facts
    stands = chat["state"][place].format_map(facts)
    after = chat["next"][_next_key(situation, kind)].format_map(facts)
    polite = [chat["topics"][name]["any"] for name in ("hello", "thanks") if name in topics]
    if place == "none" and kind not in ("complaint", "unknown"):
        return [*polite[:1], facts["explained"]]
    asked = [name for name in topics if name not in ("hello", "thanks", "why", "now")][:1]
    if not asked and set(topics) in ONLY_POLITE:
        return [*polite, stands if place != "none" else "", after]
    if not asked:
        unclear = [] if topics or place == "failed" else [chat["next"]["not_understood"].format_map(facts)]
        return [
            *polite[:1],
            *unclear,
            stands if place != "none" or topics else "",
            *_trouble(chat, situation),
            after,
        ]
    answer = _answer(chat["topics"][asked[0]], place, facts)
    if asked[0] in SELF_CONTAINED:
        return [*polite[:1], answer, "" if place == "none" else stands]
    if place == "failed":
        about_money = asked[0] in ABOUT_MONEY and kind in ABOUT_MONEY
        return [*polite[:1], stands, "" if about_money else answer, after]
    return [*polite[:1], stands, answer, *_trouble(chat, situation)]


def _begun(text: str, phrase: str) -> str:
    """A phrase that stands for a name begins a sentence with a capital."""
    begins = phrase[:1].upper() + phrase[1:]
    for end in (". ", "? ", "! "):
        text = text.replace(f"{end}{phrase} ", f"{end}{begins} ")
    return begins + text[len(phrase) :] if text.startswith(f"{phrase} ") else text


def _answer(topic: Table, place: str, facts: dict[str, str]) -> str:
    """The answer for the place; where a fact that it needs is not known, the general one."""
    text = str(topic.get(place) or topic["any"])
    lacks = any(f"{{{name}}}" in text for name, fact in facts.items() if fact == UNKNOWN)
    return str(topic["any"] if lacks else text).format_map(facts)


def _trouble(chat: Table, situation: Situation) -> list[str]:
    """Takes that cannot be used are told wherever a person decides about them."""
    if situation.place != "scene" or not situation.missing:
        return []
    return [chat["next"]["failed_take"].format_map(situation.facts)]


def _next_key(situation: Situation, kind: str) -> str:
    if situation.place != "failed":
        return situation.place
    return f"failed_{kind}" if kind != "complaint" else "failed_unknown"


def _component(situation: Situation) -> str:
    return (
        "review"
        if situation.place in ("budget", "budget_free", "storyboard", "scene", "master", "none")
        else "production"
    )


def _wants_documentation(input: FallbackInput, situation: Situation, topics: list[str], kind: str) -> bool:
    if "documentation" in input.context:
        return False
    failed = situation.place == "failed" and kind in ("model_error", "refused")
    return failed or any(topic in LOOKED_UP for topic in topics[:1])
