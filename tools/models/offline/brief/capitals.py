"""Names in capitals, as a screenplay first brings people on: `DR. AMARA LISLE (40)` is Dr. Amara Lisle."""

from tools.models.offline.words import patterns as re
from tools.models.offline.words.names import HONOURS, is_given_name

SHOUTED = r"[A-ZÀ-Ý][A-ZÀ-Ý'\u2019-]+"
RUN = re.compile(
    rf"(?<![\w\"\u201c\u00ab:] )(?<![\w\"\u201c\u00ab-])(?P<name>(?:[A-ZÀ-Ý]{{2,4}}\. )?{SHOUTED}"
    rf"(?: (?:[A-ZÀ-Ý]\.|(?:DE|DA|DO|DOS|DAS|DEL|LA|LOS)(?= [A-ZÀ-Ý]{{2}})|{SHOUTED})){{0,4}})"
    r"(?P<aged> ?\(\d{1,2}\b)?(?![\w-])"
)
IN_SENTENCE = re.compile(rf"(?<=[a-zà-ÿ,;] )(?P<name>{SHOUTED}(?: {SHOUTED}){{0,2}}) ?\(\d{{1,2}}\b")
CALLED = frozenset((
    *HONOURS,
    "miss", "sir", "lady", "lord", "captain", "sergeant", "don", "doña", "dona", "seu", "tío", "tía",
    "tio", "tia", "uncle", "aunt", "padre", "father", "sister", "sor", "inspector", "inspectora",
    "detective", "capitán", "capitão", "sargento", "coronel", "colonel", "major", "doctor", "doctora",
    "doutor", "doutora", "ing", "delegado",
))  # fmt: skip
SHORTEST = 3
SMALL = frozenset(("de", "da", "do", "dos", "das", "del", "la", "los"))


def with_printed_names(text: str) -> str:
    """The text with its people's names in ordinary letters; what is shouted or written stays in capitals."""
    found = {
        one["name"]
        for one in RUN.finditer(text)
        if _is_name(one["name"], aged=bool(one["aged"])) or _called_later(one["name"], text)
    }
    found |= {one["name"] for one in IN_SENTENCE.finditer(text)}
    for name in sorted(found, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", _printed(name), text)
    return text


def _is_name(run: str, *, aged: bool) -> bool:
    words = run.replace(".", "").lower().split()
    named = any(is_given_name(one) or one in CALLED for one in words) and len(words) > 1
    return aged or named or (len(words) == 1 and len(words[0]) > len("EVA") and is_given_name(words[0]))


def _called_later(run: str, text: str) -> bool:
    """`NADIA BRANDT`, whom the text calls Nadia from then on."""
    words = [word for word in run.split() if len(word) >= SHORTEST]
    return any(re.search(rf"(?<![\w-]){re.escape(word.title())}(?![\w-])", text) for word in words)


def _printed(name: str) -> str:
    words = [one.lower() if one.lower() in SMALL else one.title() for one in name.split(" ")]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])
