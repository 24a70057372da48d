"""What stands in brackets behind a name for whoever casts it: `Kit (17, tall, black hoodie)`."""

from tools.models.offline import patterns as re

LOOKS = re.compile(
    r"(?<=\w) ?\((?:\d{1,3}(?!\d)(?=[^()\w]| (?:years|años|anos))[^()]*|[^().!?]*,[^().!?]*)\)"
)
NAMED = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?$")


def without_looks(text: str) -> str:
    """The story without what only says how somebody is to be cast: `Kit (17, tall, black hoodie)` is Kit.

    A parenthesis behind a name that begins with an age or lists several things is a casting note. It is
    drawn, and nobody reads it aloud.
    """

    def kept(found: re.Match[str]) -> str:
        named = NAMED.search(text[: found.start()])
        return "" if named and named[0].split()[-1][:1].isupper() else found[0]

    return LOOKS.sub(kept, text)
