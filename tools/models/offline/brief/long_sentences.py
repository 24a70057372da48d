"""A sentence that nobody can say in one breath, as several; one that leads to a story, without its lead.

A sentence is told whole or not at all: a story that a client writes without a full stop would be lost.
"""

from state.script import Language
from tools.models.offline.brief.envelope import acts
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.grammar import capitalise

MOST_WORDS = 36
LEAST_HALF = 4
SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?]+[\"\u201d\u00bb')]*|\n|$)\s*")
QUOTE = re.compile('["\u201c\u00ab]')


def in_breaths(text: str, language: Language) -> str:
    """The text with its longest sentences parted where a clause begins that stands alone."""
    return "".join(_parted(one, language) for one in SENTENCE.findall(text))


def led_in(text: str, language: Language) -> str:
    """`It's about Ines, who dives, and who loses a ring` is `Ines dives, and loses a ring`."""
    table = _table(language)
    about = re.compile(
        rf"(?m)(?P<before>^|(?<=[.!?:] ))(?:{table['about']}) (?!(?:{table['ours']})(?!\w))"
        rf"(?P<who>[^\W\d_]+(?: [^\W\d_]+){{0,3}}?),? (?:{table['who']}) (?P<rest>[^.!?\n]+)",
        re.IGNORECASE,
    )

    def told(found: re.Match[str]) -> str:
        rest = re.sub(rf",? (?P<joint>{table['joints']}) (?:{table['who']}) ", r" \g<joint> ", found["rest"])
        return f"{capitalise(found['who'])} {rest}" if acts(rest, language) else found[0]

    return about.sub(told, text)


def renamed(text: str, language: Language) -> str:
    """`Joan in the film is called Vera, and rows` is `Vera rows`."""
    table = _table(language)
    name = r"(?:[A-ZÀ-Ý][\w'\u2019-]+)"
    return re.sub(
        rf"(?<!\w)(?:(?:{table['articles']}) )?{name} (?:{table['in_film']}) (?:{table['called']}) "
        rf"(?P<name>{name})(?:, (?:(?:{table['joints']}) )?| (?:{table['joints']}) )",
        lambda found: f"{found['name']} ",
        text,
        flags=re.IGNORECASE,
    )


CLEFT = re.compile(
    r"(?<!\w)(?:who|quien|quem) (?P<does>[^\W\d_]+[^,.;:!?]{0,40}?) (?:is|es|é) "
    r"(?P<name>[A-ZÀ-Ý][\w'\u2019-]+)(?=[,.;:!?]|$)"
)


def straight(text: str) -> str:
    """`And who notices first is Joan` is `and Joan notices first`."""
    return CLEFT.sub(r"\g<name> \g<does>", text)


def _parted(sentence: str, language: Language) -> str:
    if len(sentence.split()) <= MOST_WORDS or QUOTE.search(sentence):
        return sentence
    turns = rf", (?=(?:{_table(language)['turns']}) )"
    for joint in ("; ", turns):
        sentence = _at(joint, sentence, language)
    return sentence


def _at(joint: str, text: str, language: Language) -> str:
    """The text with a full stop at every such joint between two halves that both stand."""
    done: list[str] = []
    for sentence in SENTENCE.findall(text):
        rest = sentence
        while len(rest.split()) > MOST_WORDS and (found := _joint_in(joint, rest, language)):
            done.append(f"{rest[: found.start()]}. ")
            rest = capitalise(rest[found.end() :])
        done.append(rest)
    return "".join(done)


def _joint_in(joint: str, text: str, language: Language) -> re.Match[str] | None:
    for found in re.finditer(joint, text, re.IGNORECASE):
        halves = (text[: found.start()], text[found.end() :])
        if all(len(half.split()) >= LEAST_HALF and acts(half, language) for half in halves):
            return found
    return None


def _table(language: Language) -> Table:
    table: Table = bank(language)["makers"]["leads"]
    return table
