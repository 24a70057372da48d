"""What a provider answered, read with care: of bytes that a stranger sent, nothing may surprise us."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from state.errors import ProviderTimeout
from tools.redaction import REDACT

LONGEST_DETAIL = 300


@dataclass(frozen=True)
class Answer:
    """A whole answer; its header names are small letters."""

    provider: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_good(self) -> bool:
        """Whether the request was accepted (2xx)."""
        return 200 <= self.status < 300

    def json(self) -> dict[str, Any]:
        """The answer as an object.

        Raises:
            ProviderError: `ambiguous`, because what cannot be read says nothing about the job.
        """
        found = self.maybe_json()
        if not isinstance(found, dict):
            words = f"{self.provider} sent an answer that cannot be read (status {self.status})."
            raise ProviderTimeout(words, provider=self.provider, kind="ambiguous")
        return found

    def maybe_json(self) -> Any:
        """Whatever JSON it is, None when it is none; for errors, whose form nobody promises."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None


def said(words: object) -> str:
    """Somebody else's words on one line, short, without keys and without the data that they may quote."""
    line = " ".join(str(words or "").split())
    return REDACT.text(line)[:LONGEST_DETAIL]
