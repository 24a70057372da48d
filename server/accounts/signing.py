"""What we sign: access tokens for fifteen minutes, links in mails for an hour.

Both are JWTs, of one algorithm, with a key id, and with an audience of their own, so that neither
passes for the other. PyJWT accepts a token without `exp` unless told otherwise; here it is required,
and compared with the clock that was handed in.
"""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import jwt

from state.errors import TokenInvalid
from tools.clock import Clock
from tools.kept_secret import kept_secret
from tools.settings import Settings

ALGORITHM = "HS256"
ISSUER = "greenlight"
ACCESS = "greenlight-api"
RESET = "greenlight-password"
ACCESS_LIFE = timedelta(minutes=15)
RESET_LIFE = timedelta(hours=1)
LIFE = {ACCESS: ACCESS_LIFE, RESET: RESET_LIFE}
SKEW_S = 5
"""How far the clocks of two servers may differ when one reads what the other has just signed."""
SECRET_FILE = "auth_secret"  # noqa: S105  # the file's name
CLAIMS = ["exp", "iat", "sub", "aud", "iss", "jti"]


@dataclass(frozen=True)
class Claims:
    """What a token says: whose it is, and the login or the link that it belongs to."""

    user_id: str
    id: str


class Signer:
    """Signs with the first key and accepts all of them."""

    def __init__(self, keys: list[bytes], clock: Clock) -> None:
        self._keys = {key_id(key): key for key in keys}
        self._current = key_id(keys[0])
        self._clock = clock

    def sign(self, *, user_id: str, id: str, audience: str) -> str:
        """A token of this audience, for as long as its kind lives."""
        now = self._clock.now()
        claims = {
            "iss": ISSUER, "aud": audience, "sub": user_id, "jti": id, "iat": int(now.timestamp()),
            "exp": int((now + LIFE[audience]).timestamp()),
        }  # fmt: skip
        return jwt.encode(claims, self._keys[self._current], ALGORITHM, headers={"kid": self._current})

    def read(self, token: str, *, audience: str) -> Claims:
        """What a token of ours says.

        Raises:
            TokenInvalid: not ours, changed, for something else, or too old.
        """
        try:
            key = self._keys[jwt.get_unverified_header(token)["kid"]]
            claims = jwt.decode(
                token, key, algorithms=[ALGORITHM], audience=audience, issuer=ISSUER,
                # The times are looked at below, by our own clock.
                options={"require": CLAIMS, "verify_exp": False, "verify_iat": False, "strict_aud": True},
            )  # fmt: skip
        except (jwt.InvalidTokenError, KeyError, TypeError, ValueError) as exc:
            raise TokenInvalid() from exc
        self._check_times(claims, LIFE[audience])
        return Claims(claims["sub"], _read_uuid(claims["jti"]))

    def _check_times(self, claims: dict[str, Any], life: timedelta) -> None:
        issued, ends, now = claims["iat"], claims["exp"], self._clock.now().timestamp()
        if type(issued) is not int or type(ends) is not int:
            raise TokenInvalid()
        if issued > now + SKEW_S or ends <= now or ends - issued > life.total_seconds():
            raise TokenInvalid("This token is too old.")


def key_id(key: bytes) -> str:
    """Names a key without telling anything about it."""
    return hashlib.sha256(b"greenlight key id\n" + key).hexdigest()[:12]


def signing_keys(settings: Settings) -> list[bytes]:
    """The keys of these settings, the one to sign with first.

    Raises:
        FolderUnwritable: none is set and none can be kept in the data folder.
    """
    given = settings.auth_secret
    first = given.get_secret_value().encode() if given else kept_secret(settings.data_dir, SECRET_FILE)
    before = settings.auth_secret_before
    return [first, before.get_secret_value().encode()] if before else [first]


def _read_uuid(text: Any) -> str:
    try:
        return str(uuid.UUID(text))
    except (ValueError, AttributeError, TypeError):
        raise TokenInvalid() from None
