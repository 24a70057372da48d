"""Who is brought on without a name: by coming, by being there, or only as a face on paper."""

from collections.abc import Sequence

from state.script import Language
from tools.models.offline.persons.anaphora import Known, known_person
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

COMES = (
    "aparece|llega|entra|surge|chega|sale|sai|vuelve|volta|viene|vem|sube|baja|desce"
    "|desembarca|comes|enters|entró|llegó|apareció|vino|salió|subió|bajó|volvió|entrou"
    "|chegou|apareceu|veio|saiu|subiu|desceu|voltou|hay|había|está|estaba|espera|esperaba"
    "|há|havia|estava|esperava|there is|there was|there's|there stands|there sits|came"
    "|entered"
)
"""A verb before its subject: `entra un sargento`, `hay un sargento`."""
NOT_OF = "".join(f"(?<! {one})" for one in ("of", "with", "de", "del", "con", "da", "do", "com"))
"""`llega al faro de su abuelo`: whose place it is, and who does not come."""
WHERE = "por|en|a|al|de|desde|em|n[oa]|pel[oa]|d[oa]|ao|à"
"""What leads to a place between such a verb and its subject: `aparece por el río el niño`."""
THERE = "there (?:is|was|stands|stood|sits|sat)|there's|hay|había|está|estaba|espera|esperaba|há|havia|estava"
"""Before somebody who is only said to be there."""


def comes_last(before: str) -> bool:
    """Whether words end with a verb that brings its subject on: `entra a la sala`."""
    pattern = rf"(?<!\w)(?i:{COMES})(?: (?:{WHERE}) [^,.;:!?]{{1,24}})?{NOT_OF}$"
    return re.search(pattern, before) is not None


def is_pictured(match: re.Match[str], text: str, language: Language) -> bool:
    """`the woman from the posters`, `la foto de un niño`: a face on paper, and nobody who is there."""
    pictures = bank(language)["people"]["mentions"]["pictures"]
    on = {"en": "from|in|on|of", "es": "de|del|en", "pt-BR": "d[aeo]s?|n[ao]s?|em"}[language]
    article = "(?:the|an?|her|his|el|l[ao]s?|una?|unos|unas|sus?|[ao]s?|uma?|um|seus?|suas?) "
    behind = rf",? (?:{on}) (?:{article})?(?:[\w-]+ )?(?:{pictures})(?!\w)"
    before = rf"(?<!\w)(?:{pictures})(?: [\w-]+)? (?:of|de|d[aeo])? ?$"
    led = re.search(before, text[: match.start()], re.IGNORECASE)
    return led is not None or re.match(behind, text[match.end() :], re.IGNORECASE) is not None


def turns_out(match: re.Match[str], text: str, known: Sequence[Known], language: Language) -> bool:
    """`There was a man by the gate`, where a man has a name already: it may be he."""
    noun = match.group(3).lower()
    there = re.search(rf"(?<!\w)(?i:{THERE})$", text[: match.start()].rstrip()) is not None
    sex = known_person("", noun, language).sex
    return (
        there
        and noun in bank(language)["reading"]["anybody"]
        and any(one.name and one.sex in (sex, None) for one in known)
    )
