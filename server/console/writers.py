"""Who writes a production, as its form offers it: the offline writer, and the models that have a key here."""

from server.api.text_models import TextCatalogueView

OFFLINE = ("offline-writer", "Offline writer · $0")
COSTS = "Tokens of a language model cost; all text together never more than the text allowance."
NOBODY = (
    "Only the offline writer can write here, because there is no key of a language model: set {settings}."
)
OWN_SERVER = (
    'A model of your own server is named for each role: {"script_writer": "own/NAME"} under Text models.'
)


def choices_of(writers: TextCatalogueView) -> list[tuple[str, str]]:
    """Ids with what a person reads; a model without a key would only pause the production."""
    own = ", ".join(dict.fromkeys(role.model for role in writers.roles))
    live = [("live", f"Each role's own · {own}")] if all(role.here for role in writers.roles) else []
    models = [(model.id, f"{model.name} · {model.provider}") for model in writers.models if model.here]
    return [OFFLINE, *live, *models]


def note_of(writers: TextCatalogueView) -> str:
    """What the choice takes, or why there is none."""
    notes = [COSTS] if len(choices_of(writers)) > 1 else []
    if writers.own_server:
        notes.append(OWN_SERVER)
    return " ".join(notes) or NOBODY.format(settings=", ".join(writers.settings))
