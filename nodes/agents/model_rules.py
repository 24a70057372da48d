"""What a writer must know of each video model: how it reads prompts, and whether it takes references."""

from state.errors import ProviderMisconfigured
from tools.engines.catalog import model_card

MODEL_RULES = {
    "wan-2.5-t2v": "It reads long, detailed prompts and syncs sound to them; it takes no reference images.",
    "wan-2.5-t2v-fast": "It reads detailed prompts and syncs sound; it takes no reference images.",
    "veo-3.1": "It takes reference images: name the characters whose references must be matched.",
    "veo-3.1-fast": "It takes no reference images: never mention any. Keep the prompt short.",
}
NO_RULES = "Nothing special is known about it: describe everything in words."


def rules_of(model_id: str) -> str:
    """How to write for a video model, in a sentence."""
    return MODEL_RULES.get(model_id, NO_RULES)


def takes_references(model_id: str) -> bool:
    """Whether a video model takes reference pictures; one that nobody knows takes none."""
    try:
        return model_card(model_id).reference_images > 0
    except ProviderMisconfigured:
        return False
