"""A 403 is about the key or about one model; both in the vendors' own words."""

import pytest

from tools.resilience.forbidden import forbids_the_key

OF_ONE_MODEL = [
    ("Project `proj_1` does not have access to model `gpt-4.1-2025-04-14`", ["model_not_found"]),
    ("Your organization must be verified to use the model `gpt-image-1`.", ["invalid_request_error"]),
    ("The caller does not have permission", ["PERMISSION_DENIED"]),
    ("You do not have permission to access tuned model tunedModels/mine", []),
    ("Forbidden - key:(950f34) not authorized to access the requested model", []),
    ("You do not have permission to perform this action.", []),
    ("Access denied", []),
    ("Country, region, or territory not supported", ["unsupported_country_region_territory"]),
    ("", []),
]
OF_THE_KEY = [
    ("Permission denied: Consumer 'api_key:AIza' has been suspended.", ["CONSUMER_SUSPENDED"]),
    ("Your API key was reported as leaked. Please use another API key.", ["PERMISSION_DENIED"]),
    ("Gemini has been disabled in this account for violation of Terms of Service.", []),
    ("Requests from referer <empty> are blocked.", ["API_KEY_HTTP_REFERRER_BLOCKED"]),
    ("no word of it", ["SERVICE_DISABLED"]),
    ("Method doesn't allow unregistered callers. Please use API Key.", []),
    ("Permission denied on resource project polynomial-1.", ["CONSUMER_INVALID"]),
    ("User is locked. Reason: Admin lock. Please contact support@fal.ai", []),
    ("You have insufficient permissions for this operation. Missing scopes: model.request.", []),
    ("The account associated with this API key has been deactivated.", ["account_deactivated"]),
]


@pytest.mark.parametrize(("words", "codes"), OF_ONE_MODEL)
def test_what_is_said_of_a_model_leaves_the_key_in_use(words: str, codes: list[str]) -> None:
    assert not forbids_the_key(words, codes)


@pytest.mark.parametrize(("words", "codes"), OF_THE_KEY)
def test_what_is_said_of_a_key_or_its_account_rests_it(words: str, codes: list[str]) -> None:
    assert forbids_the_key(words, codes)
