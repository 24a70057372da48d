"""Whether words are whole: no line ends on a word that leads on, and nobody says half a clause."""

from collections.abc import Sequence
from dataclasses import replace

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.shooting.setup import Setup
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

SHORTEST_HEAD = 3
"""Words with which a sentence that was cut short still tells something."""
INTRODUCED = re.compile(r"[A-ZÀ-Ý][\w'\u2019-]*(?: [A-ZÀ-Ý][\w'\u2019-]*)*, [^,.;:!?]{3,}, [a-zà-ÿ]")
"""A name, and between two commas who that is."""
MARKS = " .!\u2026\"\u201d\u00bb'"
CAST_OFF = " ,;:\u2013\u2014"


def breaks_off(text: str, language: Language) -> bool:
    """Whether a sentence ends on a conjunction, an article or a preposition: `finds the bell and.`."""
    if text.rstrip("\"'\u201d\u00bb ").endswith(("?", "\u2026")):
        # `What for?`, `But...`: people do ask and fall silent so.
        return False
    words = re.findall(r"[\w\u2019'-]+", text)
    return len(words) > 1 and words[-1] in bank(language)["reported"]["leads_on"].split()


def lacks_its_verb(text: str, language: Language) -> bool:
    """Whether somebody says an object and where it goes, and nothing else: `It down.`."""
    words = re.findall(r"[\w\u2019'-]+", re.split(r"[.!?\u2026]", text.strip("\u00bf\u00a1"))[0].lower())
    grammar, own = grammar_of(language), bank(language)["reported"]
    aside = grammar.words["prepositions"] | grammar.words["adverbs"] | {*own["particles"].split()}
    bare = len(words) > 1 and words[0] in own["needs_verb"].split() and words[1] in aside
    return bare and not any(word in grammar.verbs.finite or word in grammar.verbs.bases for word in words[1:])


def loses_another(told: str, said: str, language: Language) -> bool:
    """`She wants to know who it was and he won't say`, said without what the other one does.

    `Hattie, a vet in Glen Coe, wants the post`: nobody but a narrator says who she is.
    """
    if INTRODUCED.match(told):
        return True
    words = grammar_of(language).words
    pronouns = "|".join(words["pronouns_she"] | words["pronouns_he"])
    joined = rf"(?<!\w)(?:{'|'.join(words['coordinators'])}) (?:{pronouns}) (\w.*)"
    found = re.search(joined, told.lower())
    return found is not None and found[1].rstrip(".") not in said.lower()


def is_broken(text: str, language: Language) -> bool:
    """Whether nobody may be heard saying this."""
    return breaks_off(text, language) or lacks_its_verb(text, language) or text.rstrip().endswith((":", ","))


def hangs(text: str, after: str) -> bool:
    """Whether a colon or a comma leads to nothing: what comes next is another sentence, or nothing."""
    end = text.rstrip()[-1:]
    return end in (",", ";", ":", "\u2013", "\u2014") and not after


def unannounced(lead: str) -> str:
    """A sentence without its last clause, which only says that now somebody speaks; empty when it is all."""
    head = lead.rpartition(", ")[0] or lead.rpartition("; ")[0]
    return f"{head}." if len(head.split()) >= SHORTEST_HEAD else ""


def made_whole(setups: Sequence[Setup], language: Language) -> list[Setup]:
    """The set-ups with every line whole, whatever was cut between its words and here."""
    lines = [line for setup in setups for line in setup.spoken]
    whole = {id(line): _whole(line, after, language) for line, after in _with_next(lines)}
    return [replace(one, spoken=[whole[id(line)] for line in one.spoken]) for one in setups]


def _with_next(lines: Sequence[Spoken]) -> list[tuple[Spoken, str]]:
    """Each line with what goes on from it; nothing where the next one begins anew."""
    found = []
    for at, line in enumerate(lines):
        after = lines[at + 1] if at + 1 < len(lines) else None
        goes_on = after is not None and (not after.told or after.fact is line.fact)
        found.append((line, after.text if after is not None and goes_on else ""))
    return found


def _whole(line: Spoken, after: str, language: Language) -> Spoken:
    """The line as it was, or without the end that leads to nothing."""
    if not line.told or not (hangs(line.text, after) or (not after and breaks_off(line.text, language))):
        return line
    text = line.text.rstrip(CAST_OFF)
    while breaks_off(text, language):
        text = text.rstrip(MARKS).rpartition(" ")[0].rstrip(CAST_OFF)
    return replace(line, text=text if text[-1:] in '.!?\u2026"\u201d\u00bb' else f"{text}.")
