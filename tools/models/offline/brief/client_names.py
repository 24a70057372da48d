"""Names of whoever writes a brief, who is in no film: `Thank you, Maureen x`, `We're the Pryces of Leeds`."""

from functools import lru_cache

from tools.models.offline.words import patterns as re

THANKS = (
    r"(?:thank(?:s| ?you)(?: so much| very much| in advance| a lot)?"
    r"|many thanks|cheers|best(?: wishes| regards)?"
    r"|(?:kind|warm) regards|regards|yours(?: \w+)?|all the best|love(?=,)|sincerely"
    r"|(?:muchas |mil )?gracias(?: por [^.!?,\n]{2,30}| de antemano)?"
    r"|saludos(?: cordiales)?|un (?:abrazo|saludo|beso)"
    r"|abrazos|besos|atentamente|cordialmente|atte"
    r"|(?:muito )?obrigad[oa](?: mesmo| demais| desde já)?"
    r"|valeu|abraços?|abs|beijos?|bjs|beijinhos|atenciosamente|att)"
)
SIGNED = re.compile(
    rf"(?:^|(?<=[.!?\n\u2026)\"\u201d])|(?<=[.!?\n\u2026)] )){THANKS}(?!\w)[^.!?\n]{{0,40}}"
    r"[,!.\n\u2013\u2014-]*\s*(?:[^.!?\n]{0,60})[.!\s]*$",
    re.IGNORECASE,
)
"""The last words of a letter: thanks, and who says them."""
LAST_LINE = re.compile(
    r"\n\s*[-\u2013\u2014]*\s*[A-ZÀ-Ý][\w'\u2019-]*(?: [A-ZÀ-Ý][\w'\u2019-]*){0,2}[^\w\n]*x*\s*$"
)
"""A name alone on the last line."""
WHO_WE_ARE = re.compile(
    r"(?:^|(?<=[.!?\n\u2026])\s*)(?:(?:hi|hello|hey|hola|buenas|olá|oi|bom dia)(?: \w+)?"
    r"[,!.]* )?"
    r"(?:we(?:['\u2019]re| are)|i(?:['\u2019]m| am)(?! a )|my name is|this is [A-Z]\w+ (?:from|of|at|here)"
    r"|somos|soy|me llamo|mi nombre es|les escribe|sou|meu nome é|me chamo|aqui é|quem escreve é)"
    r"(?!\w)[^.!?\n]*",
    re.IGNORECASE,
)
"""A sentence in which the client says who they are."""


@lru_cache(maxsize=256)
def without_clients(text: str) -> str:
    """The text with the names of who-we-are sentences and of the signature in small letters; as long."""
    letters = list(text)
    spans = [found.span() for found in WHO_WE_ARE.finditer(text)]
    signed = SIGNED.search(text) or LAST_LINE.search(text)
    if signed and signed.start() > 0:
        spans.append(signed.span())
    for start, end in spans:
        letters[start:end] = text[start:end].lower()
    return "".join(letters)
