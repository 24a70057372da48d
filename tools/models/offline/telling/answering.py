"""What the other one says to a line: a request is asked back in its own nouns, a find is named.

Only with words of the brief that were just said or seen, so that nothing is heard which it does not say.
"""

from collections.abc import Sequence
from dataclasses import replace

from state.script import Character, Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.deeds.happening import Happening
from tools.models.offline.telling.exchange import Draft, Exchange
from tools.models.offline.telling.said_by import as_question
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.timing import words_in

MOST_ECHOED = 5
"""Words of a thing that somebody asks back."""
YOURS = {
    "en": {"my": "your", "your": "my", "me": "you", "mine": "yours"},
    "es": {"mi": "tu", "mis": "tus", "tu": "mi", "tus": "mis"},
    "pt-BR": {"meu": "seu", "minha": "sua", "meus": "seus", "minhas": "suas"},
}


def answer_requests(exchange: Exchange, draft: Draft, seen: Sequence[Happening]) -> None:
    """One answer in a scene where somebody asks for something and nobody says a word to it."""
    lines = draft.lines
    for at in range(len(seen)):
        own = draft.telling.get(at, [])
        for index, line in enumerate(own):
            if line.told or line.quoted or not _stands_alone(line, lines):
                continue
            if exchange.ends and line is lines[-1]:
                continue
            back = _asked_back(exchange, line, at)
            if back is not None and words_in(back.text) <= draft.left:
                draft.telling[at] = [*own[: index + 1], back, *own[index + 1 :]]
                return
    _name_the_find(exchange, draft, seen)
    _cry(exchange, draft, seen)


def _cry(exchange: Exchange, draft: Draft, seen: Sequence[Happening]) -> None:
    """Who sells in the street is heard selling, where the story brings them on."""
    if exchange.where[1] != 1 or any(not line.told for line in draft.lines):
        return
    table: dict[str, str] = bank(exchange.story.language)["acts"]["cries"]
    trades = "|".join(sorted(table, key=len, reverse=True))
    for at, happening in enumerate(seen):
        told, fact = draft.telling.get(at, []), happening.fact
        found = re.search(rf"(?<!\w)({trades})(?!\w)", fact.text.lower())
        names = (fact.subject, fact.agent, *fact.about)
        here = [one for one in exchange.here(at) if one.name in names]
        who = next((one for one in here if found and _is_a(found[1], one, fact.text)), None)
        if found is None or who is None or not told:
            continue
        cry = table[found[1]]
        if words_in(cry) <= draft.left:
            draft.telling[at] = [*told, _line(told[-1], who, who, cry)]
        return


def _is_a(trade: str, one: Character, text: str) -> bool:
    """Whether the trade is this person's."""
    called_so = re.search(rf"(?i){re.escape(one.name)}, (?:\w+ )?{trade}", text) is not None
    return called_so or trade in one.role.lower()


def _stands_alone(line: Spoken, lines: Sequence[Spoken]) -> bool:
    """Whether nobody else speaks right before or behind it."""
    at = next(index for index, one in enumerate(lines) if one is line)
    beside = [*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2]]
    return all(one.told for one in beside)


def _asked_back(exchange: Exchange, line: Spoken, at: int) -> Spoken | None:
    """`¿Solamente el derecho?` to `Arregle solamente el derecho, por favor.`."""
    language = exchange.story.language
    others = [one for one in exchange.here(at) if one is not line.speaker]
    # Somebody must be there whom it is asked.
    others = others or [one for one in exchange.people if one is not line.speaker]
    if line.listener in others:
        others = [line.listener]
    told = line.fact.text if line.fact else ""
    meant = [one for one in exchange.cast if one is not line.speaker and one.name.split()[-1] in told]
    if meant and not any(one in meant for one in others):
        # Whom the brief says it is asked of is not in the picture.
        return None
    thing = _asked_for(line.text, language)
    text = as_question(thing, language) if thing and len(others) == 1 else ""
    if not text or text in exchange.said:
        return None
    return _line(line, others[0], line.speaker, text)


def _asked_for(text: str, language: Language) -> str:
    """What a request is about, as the other one says it; empty when it is no request."""
    words = bank(language)["acts"]["asked_back"]
    sentence = re.split(r"(?<=[.!?]) ", text)[-1]
    if not re.search(words["request"], sentence, re.IGNORECASE):
        return ""
    core = re.sub(words["polite"], "", sentence, flags=re.IGNORECASE).strip(" .,!\u00a1")
    grammar = grammar_of(language)
    tokens = core.split()
    begins = {*words["begins"].split()}
    start = next((n for n, word in enumerate(tokens) if word.lower() in begins), None)
    if start is None:
        return ""
    while start and tokens[start - 1].lower() in words["before"].split():
        start -= 1
    stops = grammar.words["prepositions"] | grammar.words["relatives"] | {*words["stops"].split()}
    end = start + 2
    while end < len(tokens) and tokens[end].lower() not in stops and tokens[end - 1][-1] not in ",;:":
        end += 1
    thing = [YOURS[language].get(word.lower(), word) for word in tokens[start:end]]
    found = " ".join(thing).strip(" ,;:")
    return found[:1].lower() + found[1:] if 2 <= len(thing) <= MOST_ECHOED else ""


def _name_the_find(exchange: Exchange, draft: Draft, seen: Sequence[Happening]) -> None:
    """Where nobody says a word: what is found of the other. A bare name is no line."""
    if any(not line.told for line in draft.lines):
        return
    for at, happening in enumerate(seen):
        told, here = draft.telling.get(at, []), exchange.here(at)
        last = exchange.ends and at == len(seen) - 1
        if happening.doer is None or len(here) != 2 or last or not told or happening.fact.tense == "past":
            continue
        other = next(one for one in here if one is not happening.doer)
        lines = _about_find(exchange, happening, other, told[-1])
        if any(one.text in exchange.said for one in lines):
            continue
        if lines and sum(words_in(one.text) for one in lines) <= draft.left:
            draft.telling[at] = [*told, *lines]
            return


def _about_find(exchange: Exchange, happening: Happening, other: Character, told: Spoken) -> list[Spoken]:
    """`Um crachá de engenheiro?` of who comes upon something that is the other's."""
    fact, doer = happening.fact, happening.doer
    first = fact.object.split()[0].lower() if fact.object else ""
    words = bank(exchange.story.language)["acts"]["asked_back"]
    fits = happening.kind == "find" and other.name in fact.about and first in words["some"].split()
    if doer is None or not fits or not 2 <= words_in(fact.object) <= MOST_ECHOED:
        return []
    return [_line(told, doer, other, as_question(fact.object, exchange.story.language))]


def _line(told: Spoken, speaker: Character, listener: Character, text: str) -> Spoken:
    return replace(
        told, speaker=speaker, listener=listener, text=text, narrator="", expression="surprised",
        reaction="neutral", gesture="none", essential=False, thing="", move="react", itself=False,
    )  # fmt: skip
