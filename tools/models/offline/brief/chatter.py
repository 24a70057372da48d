"""What somebody only says in passing while they write a brief: sighs, asides, pictures of faces."""

from state.script import Language
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.grammar import capitalise

FACES = re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]+")
FACE_AS_STOP = re.compile(rf"(?<=[\w)])\s*{FACES.pattern}(?=\s+[A-Z\u00c0-\u00dd])")
"""A face where a full stop would stand: `do your best \U0001f642 Dalva is 44`."""
TYPED = re.compile(r"(?<![\w)])[:;=]['\u2019]?-?[)(DPpO/*](?![\w(])|<3")
TAG = re.compile(r"(?<!\w)#[^\W\d]\w*")
SQUARE = re.compile(r"\s?\[[^\[\]]*\]")
ROUND = re.compile(r"\s?\(([^()]*)\)")
LEAST_TAGGED = 3
"""Words of a sentence behind which a tag may stand."""
SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?]+[\"\u201d\u00bb')]*|\n|$)\s*")


def without_marks(text: str, language: Language) -> str:
    """The text without faces, tags, and what stands in brackets for whoever makes the film."""
    table: Table = bank(language)["manuscript"]["chatter"]
    text = TAG.sub("", TYPED.sub("", FACES.sub("", FACE_AS_STOP.sub(".", text))))
    text = SQUARE.sub("", text)
    note = re.compile(table["bracketed"], re.IGNORECASE)
    text = ROUND.sub(lambda found: "" if note.search(found[1]) else found[0], text)
    return re.sub(r"[^\S\n]+(?=[.,;!?\n]|$)", "", re.sub(r"[^\S\n]{2,}", " ", text)).strip()


def without_sighs(text: str, language: Language) -> str:
    """The text without `so basically`, `a ver`, `tipo`, at the ends of its sentences."""
    table: Table = bank(language)["manuscript"]["chatter"]
    return "".join(_plain(one, table) for one in SENTENCE.findall(text))


def _plain(sentence: str, table: Table) -> str:
    if not re.search(r"\w", sentence):
        # The full stop behind `"Look out!".`
        return sentence
    opened = re.sub(rf"^(?:(?:{table['sighs']})[,:]? )+", "", sentence, flags=re.IGNORECASE)
    closed = re.sub(rf"(?:,? (?:{table['tags']}))+(?=[.!?]*\s*$)", "", opened, flags=re.IGNORECASE)
    if not re.search(r"\w", closed):
        return ""
    if len(closed.split()) < LEAST_TAGGED:
        # `Luzia entende.` is no `entende?` behind a sentence.
        closed = opened
    return capitalise(closed) if closed != sentence else sentence
