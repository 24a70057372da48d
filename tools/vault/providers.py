"""The providers whose keys people may leave with us, and what a key of theirs looks like."""

from typing import Literal, get_args

from pydantic import SecretStr

from state.errors import KeyRefused

Provider = Literal["replicate", "fal", "google", "openai", "deepseek", "openai_compatible"]
PROVIDERS: tuple[Provider, ...] = get_args(Provider)
LONGEST = 512
SHORTEST = 20
"""No provider's key is shorter; a model server of one's own takes any word."""
LAST_SHOWN = 4
LONGEST_LABEL = 100


def known_provider(name: str) -> Provider:
    """The provider of this name.

    Raises:
        KeyRefused: names those there are.
    """
    for provider in PROVIDERS:
        if provider == name:
            return provider
    raise refused("provider", "is none that we know", f"Use one of {', '.join(PROVIDERS)}.")


def check_key(provider: Provider, key: SecretStr) -> None:
    """Refuse what cannot be a key, without repeating it.

    Raises:
        KeyRefused: empty, cut off, too long, or with something between that no key holds.
    """
    text = key.get_secret_value()
    shortest = 1 if provider == "openai_compatible" else SHORTEST
    if not text.strip():
        raise refused("key", "is empty", f"Send the key as {provider} shows it.")
    if any(letter.isspace() for letter in text):
        raise refused("key", "holds a blank or a line break", "Copy it again, in one piece.")
    if not text.isascii() or not text.isprintable():
        raise refused("key", "holds a character that no key has", "Copy it again, as plain text.")
    if len(text) < shortest:
        problem = f"is too short: {provider} makes keys of {SHORTEST} characters or more"
        raise refused("key", problem, "Copy all of it.")
    if len(text) > LONGEST:
        raise refused("key", f"is longer than {LONGEST} characters", "Send the key alone.")


def check_label(label: str, key: SecretStr | None = None) -> None:
    """Refuse a label that tells nothing, or everything.

    Raises:
        KeyRefused: empty, too long, more than a line, or the key itself.
    """
    if not label.strip() or not label.isprintable():
        raise refused(
            "label", "is empty, or more than one line of text", "Say in a few words what it is for."
        )
    if len(label) > LONGEST_LABEL:
        raise refused("label", f"is longer than {LONGEST_LABEL} characters", "Say it in fewer words.")
    if key is not None and len(text := key.get_secret_value()) >= SHORTEST and text in label:
        raise refused("label", "holds the key itself, and labels can be read", "Choose another label.")


def last_four(key: SecretStr) -> str:
    """How it ends, to tell it from others; nothing of one that is so short that this would tell much."""
    text = key.get_secret_value()
    return text[-LAST_SHOWN:] if len(text) >= SHORTEST else ""


def refused(field: str, problem: str, fix: str) -> KeyRefused:
    """The error that names the field and what to do."""
    named = {"field": field, "problem": problem, "fix": fix}
    return KeyRefused(f"{field}: {problem}", user_action=fix, details={"fields": [named]})
