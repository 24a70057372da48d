"""How Google says no to an order, and how it reads what is sent along."""

import base64
import io
from collections.abc import Mapping
from typing import Any

from PIL import Image

from tests.standins.model_vendors.errors import Rejected, google_error
from tests.standins.model_vendors.google_contents import PICTURES, standard

MOST_BYTES = 20 * 1024 * 1024
GONE = "You do not have permission to access the File {} or it may not exist."


def invalid(message: str) -> Rejected:
    return google_error(400, "INVALID_ARGUMENT", message)


def not_supported(name: str) -> Rejected:
    """Of a field that this model does not take (n8n issue 17773 quotes it)."""
    return invalid(
        f"`{name}` isn't supported by this model. Please remove it or refer to the Gemini API "
        "documentation for "
        "supported usage."
    )


def unknown_model(name: str, method: str) -> Rejected:
    """Word by word as in error_404_model.yaml."""
    return google_error(
        404,
        "NOT_FOUND",
        f"models/{name} is not found for API version v1beta, or is not supported for {method}. "
        "Call ModelService.ListModels to see the list of available models and their supported methods.",
    )


def gone(name: str) -> Rejected:
    """Of a file that has expired, was deleted or never was."""
    return google_error(403, "PERMISSION_DENIED", GONE.format(name))


def check_size(body: bytes) -> None:
    if len(body) > MOST_BYTES:
        raise invalid(f"Request payload size exceeds the limit: {MOST_BYTES} bytes.")


def check_picture(data: Any, kind: Any, where: str) -> None:
    """Raises `Rejected` for what is no picture."""
    if kind not in PICTURES:
        raise invalid(f"Unsupported MIME type: {kind}")
    try:
        content = base64.b64decode(standard(str(data)), validate=True)
    except ValueError:
        raise invalid(f"Invalid value at '{where}' (TYPE_BYTES), Base64 decoding failed") from None
    check_content(content)


def check_content(content: bytes) -> None:
    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.verify()
    except (OSError, SyntaxError, ValueError):
        raise invalid(
            "Unable to process input image. Please retry or report in "
            "https://developers.generativeai.google/guide/troubleshooting"
        ) from None


def only(fields: Mapping[str, Any], known: set[str]) -> None:
    """Raises `Rejected` for the first field that the model does not take."""
    for name in fields:
        if name not in known:
            raise not_supported(name)
