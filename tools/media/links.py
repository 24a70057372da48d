"""Links to media that work for a while, for whoever holds them."""

import hashlib
import hmac
from collections.abc import Sequence

from state.errors import LinkExpired
from tools.clock import Clock, SystemClock
from tools.kept_secret import kept_secret
from tools.media.keys import check_key
from tools.settings import Settings

SECRET_FILE = "link_secret"  # noqa: S105  # the file's name
SAME_LINK_SHARE, SAME_LINK_S = 12, 300
"""A link stays the same for this share of its life, five minutes at most, and ends that much earlier."""
DAY_S = 86_400
"""How long a link to a finished file works."""


class LinkSigner:
    """Signs with the first secret and accepts all of them."""

    def __init__(self, secrets: Sequence[bytes], clock: Clock | None = None) -> None:
        self._secrets = secrets
        self._clock = clock or SystemClock()

    def link(self, key: str, *, ttl_s: int = 3600) -> str:
        """A path such as `/media/{key}?expires=...&signature=...` that works until it expires.

        Links made soon after each other are the same, so that a browser keeps what it has fetched.
        """
        check_key(key)
        now, step = int(self._clock.now().timestamp()), min(max(1, ttl_s // SAME_LINK_SHARE), SAME_LINK_S)
        expires = now - now % step + ttl_s
        return f"/media/{key}?expires={expires}&signature={sign_link(key, expires, self._secrets[0])}"

    def verify(self, key: str, expires: int, signature: str) -> None:
        """Accept a link that we signed and that still runs.

        Raises:
            LinkExpired: too old or forged.
        """
        self.check(key, expires, signature)

    def signed(self, subject: str, *, ttl_s: int) -> str:
        """The `expires=...&signature=...` of something else than a file, which `subject` names."""
        expires = int(self._clock.now().timestamp()) + ttl_s
        return f"expires={expires}&signature={sign_link(subject, expires, self._secrets[0])}"

    def check(self, subject: str, expires: int, signature: str) -> None:
        """Accept what we signed for this subject and what still runs.

        Raises:
            LinkExpired: too old or forged.
        """
        right = [sign_link(subject, expires, secret) for secret in self._secrets]
        # All of them are compared, so that the time tells nothing.
        if not sum(hmac.compare_digest(one.encode(), signature.encode()) for one in right):
            raise LinkExpired("this link was not made here")
        if self._clock.now().timestamp() >= expires:
            raise LinkExpired


def sign_link(key: str, expires: int, secret: bytes) -> str:
    """The signature of a key until a second of the Unix clock."""
    return hmac.new(secret, f"{expires}\n{key}".encode(), hashlib.sha256).hexdigest()


def link_secrets(settings: Settings) -> list[bytes]:
    """The secrets of these settings, the one to sign with first.

    Raises:
        FolderUnwritable: none is set and none can be kept in the data folder.
    """
    given, before = settings.link_secret, settings.link_secret_before
    first = given.get_secret_value().encode() if given else kept_secret(settings.data_dir, SECRET_FILE)
    return [first, before.get_secret_value().encode()] if before else [first]
