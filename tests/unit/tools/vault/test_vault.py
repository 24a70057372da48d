"""Design-facts 6.13: what was sealed for one row opens for no other."""

import base64
import dataclasses

import pytest
from pydantic import SecretStr

from state.errors import KeyDamaged, MasterKeyAbsent
from tests.builders import A_MASTER_KEY, OLDER_MASTER_KEY
from tools.vault import vault as room
from tools.vault.vault import Sealed, Vault, bound_to

NEW, OLD = base64.b64decode(A_MASTER_KEY), base64.b64decode(OLDER_MASTER_KEY)
SECRET = SecretStr("canary-key-of-ana-0123456789")
ANA = {"user_id": "ana", "provider": "replicate", "row": "row-1"}
OTHERS = [{**ANA, "user_id": "eva"}, {**ANA, "provider": "fal"}, {**ANA, "row": "row-2"}]


@pytest.fixture
def vault() -> Vault:
    return Vault([NEW, OLD])


def test_its_owner_opens_it(vault: Vault):
    sealed = vault.seal(SECRET, **ANA)
    assert vault.open(sealed, **ANA) == SECRET
    assert b"canary" not in sealed.ciphertext
    assert (len(sealed.iv), sealed.master_key_id) == (12, vault.current)
    assert "canary" not in f"{vars(vault)} {vault} {sealed}"


@pytest.mark.parametrize("other", OTHERS)
def test_in_another_row_it_opens_for_nobody(vault: Vault, other: dict[str, str]):
    with pytest.raises(KeyDamaged):
        vault.open(vault.seal(SECRET, **ANA), **other)


def test_under_another_master_keys_name_it_does_not_open():
    """Even where both names are of the same bytes, so that only what it is bound to differs."""
    vault = Vault([NEW])
    vault._ciphers["another"] = vault._ciphers[vault.current]
    sealed = dataclasses.replace(vault.seal(SECRET, **ANA), master_key_id="another")
    with pytest.raises(KeyDamaged):
        vault.open(sealed, **ANA)


@pytest.mark.parametrize("other", OTHERS)
def test_without_the_binding_every_row_would_open(other: dict[str, str], monkeypatch: pytest.MonkeyPatch):
    """The control of the two above."""
    monkeypatch.setattr(room, "bound_to", lambda *_: b"")
    vault = Vault([NEW])
    vault._ciphers["another"] = vault._ciphers[vault.current]
    sealed = dataclasses.replace(vault.seal(SECRET, **ANA), master_key_id="another")
    assert vault.open(sealed, **other) == SECRET


def test_it_is_bound_to_user_provider_key_and_row_exactly(vault: Vault):
    sealed = vault.seal(SECRET, **ANA)
    assert bound_to("ana", "replicate", "k", "row-1") == b"v2\nana\nreplicate\nk\nrow-1"
    exact = f"v2\nana\nreplicate\n{sealed.master_key_id}\nrow-1".encode()
    plain = vault._ciphers[vault.current].decrypt(sealed.iv, sealed.ciphertext, exact)
    assert plain.decode() == SECRET.get_secret_value()


def test_what_was_sealed_before_rows_were_bound_still_opens(vault: Vault):
    """As it was: in any row of its user at its provider, and for nobody else. Sealed anew, in its own."""
    iv, bound = b"0" * 12, f"ana|replicate|{vault.current}".encode()
    before = vault._ciphers[vault.current].encrypt(iv, SECRET.get_secret_value().encode(), bound)
    sealed = Sealed(vault.current, iv, before)
    eva, fal, other_row = OTHERS
    assert vault.open(sealed, **ANA) == vault.open(sealed, **other_row) == SECRET
    for other in (eva, fal):
        with pytest.raises(KeyDamaged):
            vault.open(sealed, **other)
    with pytest.raises(KeyDamaged):
        vault.open(vault.seal(vault.open(sealed, **ANA), **ANA), **other_row)


def test_one_changed_bit_anywhere_is_noticed(vault: Vault):
    sealed = vault.seal(SECRET, **ANA)
    for name in ("iv", "ciphertext"):
        kept: bytes = getattr(sealed, name)
        for place in range(len(kept)):
            changed = bytearray(kept)
            changed[place] ^= 1
            with pytest.raises(KeyDamaged):
                vault.open(dataclasses.replace(sealed, **{name: bytes(changed)}), **ANA)
    with pytest.raises(KeyDamaged):
        vault.open(dataclasses.replace(sealed, ciphertext=sealed.ciphertext[:5]), **ANA)


def test_no_random_part_comes_twice(vault: Vault):
    sealed = [vault.seal(SECRET, **ANA) for _ in range(1000)]
    assert len({one.iv for one in sealed}) == 1000
    assert len({one.ciphertext for one in sealed}) == 1000


def test_an_older_master_key_reads_and_seals_nothing():
    before = Vault([OLD]).seal(SECRET, **ANA)
    both = Vault([NEW, OLD])
    assert both.open(before, **ANA) == SECRET
    assert both.seal(SECRET, **ANA).master_key_id == Vault([NEW]).current


def test_a_wrong_master_key_is_told_by_its_id_and_shows_nothing():
    before = Vault([OLD]).seal(SECRET, **ANA)
    with pytest.raises(MasterKeyAbsent, match=before.master_key_id) as caught:
        Vault([NEW]).open(before, **ANA)
    assert caught.value.details == {"masterKeyIds": [before.master_key_id]}
    forged = Sealed(Vault([NEW]).current, before.iv, before.ciphertext)
    with pytest.raises(KeyDamaged):
        Vault([NEW]).open(forged, **ANA)
