"""To whom something is told in English: `tells the nurse the bed is hers`."""

TELLS = ("tells", "told", "warns")
"""Verbs of saying behind which stands to whom it is said."""
TOLD = (
    r" (?:(?:the|his|her|their|an?) (?:(?!the |his |her |their |an? )[^\s:;,]+){1,2}?"
    r"|(?:the|his|her|their|an?) [^\s:;,]+ [^\s:;,]+|[A-Z][^\s:;,]+(?: [A-Z][^\s:;,]+)?"
    r"|him|her|them|everyone)"
)
BEGINS = "they|nobody|no one|everyone|the|his|her"
"""Words with which begins what is told."""


def whom_in(verb: str) -> str:
    """The pattern of who is told, right behind a verb: nobody behind `says`."""
    return TOLD if verb in TELLS else ""
