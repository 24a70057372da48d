"""What a vendor forbids with a 403: the key as such, or one model to it.

No vendor has one code for either. Seen of models: OpenAI's `model_not_found` with 403 (continuedev/continue
issue 10120), an organization that is not verified (openai-php/client issue 565), Google's "caller does not
have permission" for one model while others answer (iBUHub/AIStudioToAPI issue 109, google-gemini/gemini-cli
issue 14519). Of keys and accounts: CONSUMER_SUSPENDED (google/generative-ai-docs issue 356), a key that was
reported as leaked (continuedev/continue issue 10513), fal's "User is locked" (fal-ai/fal issue 1168).
"""

import re
from collections.abc import Iterable

CODES = re.compile(
    r"\b(?:API_KEY_|ACCESS_TOKEN_|CONSUMER_|SERVICE_DISABLED|account_deactivated|invalid_api_key)"
)
SCOPES = re.compile(r"\bscopes?\b", re.I)
"""What a restricted key may do at all; the names of scopes have models in them."""
MODEL = re.compile(r"\bmodels?\b", re.I)
KEY = re.compile(
    r"\bkeys?\b|api_key|\btokens?\b|\baccounts?\b|\borgani[sz]ations?\b|\bprojects?\b|\bbilling\b|credential|authenticat"
    r"|suspend|leaked|\b(?:un)?locked\b|deactivat|\bdisabled\b|\bbanned\b|\bblocked\b|terminated|unregistered",
    re.I,
)
ELSEWHERE = re.compile(
    r"\blocation is not supported|not (?:available|supported) in your (?:country|region)"
    r"|country, region, or territory not supported",
    re.I,
)
"""Google's sentence of a place that it does not serve, with 400 and a status that means many things; and
OpenAI's, with 403 and `unsupported_country_region_territory`."""


def forbids_the_key(words: str, codes: Iterable[str] = ()) -> bool:
    """Whether no model can be had with this key, by the codes of a 403 and else by its words.

    Without either it is the one model: who is known and may not have one thing may have another.
    """
    if any(CODES.search(code) for code in codes) or SCOPES.search(words):
        return True
    return bool(KEY.search(words)) and not MODEL.search(words)


def is_elsewhere(words: str) -> bool:
    """Whether a provider says that it does not serve the place it is asked from; Google has no code."""
    return bool(ELSEWHERE.search(words))
