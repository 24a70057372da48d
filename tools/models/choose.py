"""Which chat model a role gets, and which ones the novela graph refuses."""

import re

from state.errors import ModelBanned, ProviderMisconfigured
from tools.models.base import ChatModel
from tools.models.offline import OfflineWriter

OFFLINE = "offline-writer"
GPT_4_FAMILY = re.compile(r"(?<![a-z0-9])(?:chat)?gpt-?4(?=$|o|[^a-z0-9])", re.IGNORECASE)


def refuse_banned(model_id: str) -> str:
    """Return the id unless it belongs to the GPT-4 family, in any spelling a vendor or proxy uses.

    Raises:
        ModelBanned: names the model.
    """
    if GPT_4_FAMILY.search(model_id):
        raise ModelBanned(
            f"The novela graph does not work with {model_id}: models of the GPT-4 family are refused.",
            details={"model": model_id},
        )
    return model_id


def chat_model(model_id: str) -> ChatModel:
    """The model of this name.

    Raises:
        ModelBanned: a model of the GPT-4 family.
        ProviderMisconfigured: no adapter knows this model.
    """
    if refuse_banned(model_id) == OFFLINE:
        return OfflineWriter()
    raise ProviderMisconfigured(
        f"No chat model is named {model_id!r}; known: {OFFLINE}.",
        model=model_id,
        kind="invalid",
        user_action=f"Set the run's text_model to {OFFLINE}.",
    )
