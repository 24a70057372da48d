"""Who writes a production, as its pages offer it: the offline writer, and the models that have a key here."""

from typing import NamedTuple

from server.api.text_models import TextCatalogueView, TextModelView

OFFLINE = ("offline-writer", "Offline writer · $0")
LIVE = "live"
COSTS = (
    "Tokens of a language model cost what stands beside it, for a million read (in) and written (out);"
    " all text together never more than the text allowance."
)
NOBODY = (
    "Only the offline writer can write here, because there is no key of a language model: set {settings}."
)
OWN_SERVER = "A model of your own server is named for each role: own/NAME under Who writes, by role."
HERE, NO_KEY = "Can write here", "No key for them here"
"""Headings of a list; the page puts them in the order of the alphabet."""


class Choice(NamedTuple):
    """A model as it stands in a list; one that is `off` is shown and cannot be chosen."""

    id: str
    words: str
    group: str
    off: bool = False


def choices_of(writers: TextCatalogueView) -> list[tuple[str, str]]:
    """Ids with what a person reads; a model without a key would only pause the production."""
    models = [(model.id, words_of(model)) for model in writers.models if model.here and model.fits]
    return [OFFLINE, *_live(writers), *models]


def of_roles(writers: TextCatalogueView) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each role with the models that it can have here."""
    models = [choice for choice in choices_of(writers) if choice[0] != LIVE]
    return [(role.role, models) for role in writers.roles]


def choices_for(writers: TextCatalogueView, now: str) -> list[Choice]:
    """What a production can go on with. What it has now stays choosable, others without a key are off."""
    fitting = [model for model in writers.models if model.fits]
    here = [Choice(id, words, HERE) for id, words in choices_of(writers)]
    absent = [
        Choice(one.id, f"{one.name} · {one.provider} · no key here", NO_KEY, one.id != now)
        for one in fitting
        if not one.here
    ]
    found = [*here, *absent]
    known = not now or now in {one.id for one in found}
    return found if known else [Choice(now, f"{now} · as before", ""), *found]


def words_of(model: TextModelView) -> str:
    """A model with whose it is and what it costs."""
    words = f"{model.name} · {model.provider}"
    if model.input_usd is None or model.output_usd is None:
        return words
    return f"{words} · ${model.input_usd} in, ${model.output_usd} out"


def note_of(writers: TextCatalogueView) -> str:
    """What the choice takes, or why there is none."""
    notes = [COSTS] if len(choices_of(writers)) > 1 else []
    if writers.own_server:
        notes.append(OWN_SERVER)
    return " ".join(notes) or NOBODY.format(settings=", ".join(writers.settings))


def _live(writers: TextCatalogueView) -> list[tuple[str, str]]:
    own = ", ".join(dict.fromkeys(role.model for role in writers.roles))
    return [(LIVE, f"Each role's own · {own}")] if all(role.here for role in writers.roles) else []
