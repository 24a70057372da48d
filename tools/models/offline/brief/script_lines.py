"""Lines as a script writes them: `ADA: Who has it?` is `"Who has it?" asks Ada`, as prose has it.

So they are that person's own words, and nobody reads the name aloud.
"""

from state.script import Language
from tools.models.offline.words import patterns as re
from tools.models.offline.words.names import is_given_name

NAME = r"(?P<name>[A-ZÀ-Ý][\w.'\u2019-]*(?: [A-ZÀ-Ý][\w.'\u2019-]*){0,2})"
ASIDE = r"(?: ?\([^()\n]*\))?"
LABELLED = re.compile(rf"(?m)^[^\S\n]*{NAME}{ASIDE}: ?(?P<said>[^\n\"\u201c\u00ab]+)$")
CENTRED = re.compile(
    r"(?m)^[^\S\n]*(?P<name>[A-ZÀ-Ý]{2,}(?: [A-ZÀ-Ý]{2,}){0,2})" + ASIDE + r"[^\S\n]*\n"
    r"(?:[^\S\n]*\([^()\n]*\)[^\S\n]*\n)?[^\S\n]*(?P<said>[^\n\"\u201c\u00ab:,()]+[.!?\u2026])[^\S\n]*$"
)
SAYS: dict[Language, tuple[str, str]] = {
    "en": ("says", "asks"), "es": ("dice", "pregunta"), "pt-BR": ("diz", "pergunta"),
}  # fmt: skip
AGED = re.compile(r"(?:[^\s,]+,? ){0,3}\d{1,2}(?!\d)")
"""How a list of people goes on behind a name: `27, lock-keeper`."""


def with_lines_said(text: str, language: Language) -> str:
    """The text with every labelled line as what somebody says; a label that is no name stays."""
    return LABELLED.sub(lambda found: _said(found, text, language), text)


def with_columns_said(text: str, language: Language) -> str:
    """The same for lines that stand below a name in capitals, as a screenplay has them."""
    return CENTRED.sub(lambda found: _said(found, text, language), text)


def _said(found: re.Match[str], text: str, language: Language) -> str:
    name, line = found["name"], found["said"].strip()
    if not _is_name(name, text) or AGED.match(line):
        return found[0]
    verb = SAYS[language][line.endswith("?")]
    called = name.title() if name.isupper() else name
    if language == "en":
        quoted = line if line[-1] in "?!\u2026" else f"{line.rstrip('.')},"
        return f'"{quoted}" {verb} {called}.'
    return f'"{line.rstrip(".")}", {verb} {called}.'


def _is_name(label: str, text: str) -> bool:
    """Whether a label is somebody: a first name, or a name that the text has elsewhere too."""
    printed = label.title() if label.isupper() else label
    often = re.search(rf"(?<!\w){re.escape(printed)}(?!\w)(?!:)", text) is not None
    return is_given_name(label.split()[0]) or (often and printed.istitle() and printed != label)
