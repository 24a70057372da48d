"""References to media: state holds these and never bytes."""

from typing import Literal

from pydantic import BaseModel, Field

MediaType = Literal["video", "image", "audio", "text"]


class MediaRef(BaseModel, frozen=True):
    """Where a stored file lies and what it is. The key is made by the store, never by a user."""

    key: str
    """Address inside the media store: `{type}/{user_id}/{sha256}.{ext}`."""
    mime: str
    sha256: str
    size_bytes: int = Field(ge=0)
    duration_s: float | None = None
    width: int | None = None
    height: int | None = None

    @property
    def media_type(self) -> MediaType:
        """The family of the MIME type; whatever is no picture, clip or sound is text."""
        family = self.mime.partition("/")[0]
        return family if family in ("video", "image", "audio") else "text"  # type: ignore[return-value]  # narrowed by the test
