"""What Google and OpenAI sell that is to be looked at or heard, behind the addresses of `model_vendors`."""

import tests.standins.model_vendors  # noqa: F401 - the house is built from its front, whoever comes in here
