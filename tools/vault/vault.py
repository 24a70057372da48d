"""AES-256-GCM, bound to whose key it is: what was sealed for one row opens for no other.

The random part is 96 bits, drawn anew for every sealing. At that length one master key may seal four
thousand million times before two draws are likely to meet; a table of users' keys stays far below.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import SecretStr

from state.errors import KeyDamaged, MasterKeyAbsent
from tools.vault.master_keys import master_key_id

IV_BYTES = 12


@dataclass(frozen=True)
class Sealed:
    """What is kept of a secret."""

    master_key_id: str
    iv: bytes
    ciphertext: bytes


class Vault:
    """Seals with the first master key and opens with each of them."""

    def __init__(self, master_keys: Sequence[bytes]) -> None:
        self._ciphers = {master_key_id(key): AESGCM(key) for key in master_keys}
        self.current = master_key_id(master_keys[0])
        """The id of the key that seals."""

    @property
    def master_key_ids(self) -> frozenset[str]:
        """The ids of all that can be opened."""
        return frozenset(self._ciphers)

    def seal(self, secret: SecretStr, *, user_id: str, provider: str, row: str) -> Sealed:
        """Encrypt a secret for this row of this user and this provider, and no other."""
        iv = secrets.token_bytes(IV_BYTES)
        bound = bound_to(user_id, provider, self.current, row)
        text = secret.get_secret_value().encode()
        return Sealed(self.current, iv, self._ciphers[self.current].encrypt(iv, text, bound))

    def open(self, sealed: Sealed, *, user_id: str, provider: str, row: str) -> SecretStr:
        """The secret that was sealed for this row.

        One from before rows were bound opens in any of its user's at its provider, until it is sealed anew.

        Raises:
            MasterKeyAbsent: it was sealed with a master key that this process does not have.
            KeyDamaged: it was changed, or belongs to another row, user or provider.
        """
        cipher = self._ciphers.get(sealed.master_key_id)
        if cipher is None:
            raise MasterKeyAbsent(
                f"This key was sealed with the master key {sealed.master_key_id},"
                " which this server does not have.",
                details={"masterKeyIds": [sealed.master_key_id]},
            )
        for bound in (
            bound_to(user_id, provider, sealed.master_key_id, row),
            bound_before_rows(user_id, provider, sealed.master_key_id),
        ):
            try:
                return SecretStr(cipher.decrypt(sealed.iv, sealed.ciphertext, bound).decode())
            except (InvalidTag, ValueError):
                continue
        raise KeyDamaged()


def bound_to(user_id: str, provider: str, key_id: str, row: str) -> bytes:
    """What a sealed secret is bound to. Only the user could hold a line break: it reads one way."""
    return "\n".join(("v2", user_id, provider, key_id, row)).encode()


def bound_before_rows(user_id: str, provider: str, key_id: str) -> bytes:
    """What it was bound to before version 2. Neither of the last two can hold a bar."""
    return f"{user_id}|{provider}|{key_id}".encode()
