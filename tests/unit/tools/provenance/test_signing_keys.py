"""Who signs: a key of the settings, checked before it signs, or one that the data folder keeps."""

import base64
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import ObjectIdentifier
from cryptography.x509.oid import ExtendedKeyUsageOID

from state.errors import FolderUnwritable, SettingInvalid
from tests.signing_identities import MAKES, chain_for, pem_of
from tools.provenance.keys import given_signer, open_signer_now
from tools.provenance.self_made import KEPT_FILE
from tools.redaction import REDACT, REDACTED, known_secrets
from tools.settings import Settings

KEY, CHAIN = "GREENLIGHT_PROVENANCE_KEY", "GREENLIGHT_PROVENANCE_CERTIFICATES"


def settings(folder: Path, **changes: Any) -> Settings:
    return Settings(data_dir=folder, **changes)


def given(folder: Path, key: str, chain: str) -> Settings:
    return settings(folder, provenance_key=key, provenance_certificates=chain)


@pytest.mark.parametrize("kind", MAKES)
def test_a_key_of_the_settings_signs(tmp_path: Path, kind: str) -> None:
    key = MAKES[kind]()
    signer = open_signer_now(given(tmp_path, pem_of(key), chain_for(key)))
    assert (signer.algorithm, signer.name, signer.self_made) == (kind, "a studio", False)
    assert not (tmp_path / KEPT_FILE).exists(), "none is made beside it"


def test_files_and_one_line_forms_are_the_same_key(tmp_path: Path) -> None:
    key = MAKES["es256"]()
    pem, chain = pem_of(key), chain_for(key)
    (tmp_path / "key.pem").write_text(pem)
    (tmp_path / "chain.pem").write_text(chain)
    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    ways = [
        settings(
            tmp_path,
            provenance_key_file=tmp_path / "key.pem",
            provenance_certificates_file=tmp_path / "chain.pem",
        ),
        given(tmp_path, pem.replace("\n", "\\n"), chain.replace("\n", "\\n")),
        given(tmp_path, base64.b64encode(der).decode(), chain),
        given(tmp_path, base64.b64encode(pem.encode()).decode(), chain),
    ]
    assert len({open_signer_now(way).fingerprint for way in ways}) == 1


def leaf_of(chain: str) -> str:
    return chain.partition("-----END CERTIFICATE-----\n")[0] + "-----END CERTIFICATE-----\n"


def root_of(chain: str) -> str:
    return chain.removeprefix(leaf_of(chain))


EC = MAKES["es256"]()
BAD = {
    "no certificates": ((pem_of(EC), None), f"{CHAIN} is not set, and {KEY} is."),
    "no key": ((None, chain_for(EC)), f"{KEY} is not set, and {CHAIN} is."),
    "no key at all": (("words-that-are-no-key", chain_for(EC)), f"{KEY} holds no private key."),
    "a certificate as key": ((chain_for(EC), chain_for(EC)), f"{KEY} holds no private key."),
    "a sealed key": ((pem_of(EC, "a password"), chain_for(EC)), f"{KEY} is sealed with a password."),
    "no certificate at all": ((pem_of(EC), "nothing"), f"{CHAIN} holds no certificate."),
    "another key's": (
        (pem_of(EC), chain_for(MAKES["es256"]())),
        f"{CHAIN} is not of this key: the first certificate has another public key.",
    ),
    "expired": (
        (pem_of(EC), chain_for(EC, days=(-20, -10))),
        rf"{CHAIN} has expired: certificate 1 was good until \d{{4}}-\d\d-\d\d.",
    ),
    "not yet": (
        (pem_of(EC), chain_for(EC, days=(10, 20))),
        rf"{CHAIN} is not in force yet: certificate 1 begins on \d{{4}}-\d\d-\d\d.",
    ),
    "for servers": (
        (pem_of(EC), chain_for(EC, purposes=(ExtendedKeyUsageOID.SERVER_AUTH,))),
        f"{CHAIN} is not for signing content: its extended key usage is 1.3.6.1.5.5.7.3.1.",
    ),
    "for nothing": (
        (pem_of(EC), chain_for(EC, purposes=None)),
        f"{CHAIN} is not for signing content: its extended key usage is none.",
    ),
    "may not sign": (
        (pem_of(EC), chain_for(EC, signs=False)),
        f"{CHAIN} may not sign: its key usage lacks digitalSignature.",
    ),
    "a CA": (
        (pem_of(EC), chain_for(EC, authority=True)),
        f"{CHAIN} is that of a CA, which may not sign films itself.",
    ),
    "its own issuer": (
        (pem_of(EC), chain_for(EC, own=True)),
        f"{CHAIN} is signed by its own key, which readers of C2PA refuse.",
    ),
    "another issuer's": (
        (pem_of(EC), leaf_of(chain_for(EC)) + root_of(chain_for(EC))),
        f"{CHAIN} is out of order: certificate 1 was not issued by the one after it.",
    ),
    "an odd curve": (
        (pem_of(ec.generate_private_key(ec.SECP256K1())), chain_for(EC)),
        f"{KEY} is of a kind that C2PA does not know.",
    ),
    "a short key": (
        (pem_of(rsa.generate_private_key(65537, 1024)), chain_for(EC)),  # noqa: S505 - as bad as it is
        f"{KEY} is of a kind that C2PA does not know.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_sign_is_one_sentence_with_its_setting_and_a_fix(tmp_path: Path, case: str) -> None:
    (key, chain), sentence = BAD[case]
    with pytest.raises(SettingInvalid) as raised:
        open_signer_now(settings(tmp_path, provenance_key=key, provenance_certificates=chain))
    assert re.fullmatch(sentence, raised.value.message)
    assert raised.value.details["setting"] in (KEY, CHAIN)
    assert raised.value.user_action != SettingInvalid.default_action
    told = f"{raised.value} {raised.value.user_action} {raised.value.details} {raised.value.__cause__}"
    assert not any(row in told for row in pem_of(EC).split() if len(row) > 20)


def test_a_certificate_for_documents_or_c2pa_may_sign(tmp_path: Path) -> None:
    for purpose in ("1.3.6.1.5.5.7.3.36", "1.3.6.1.4.1.62558.2.1"):
        chain = chain_for(EC, purposes=(ObjectIdentifier(purpose),))
        assert given_signer(given(tmp_path, pem_of(EC), chain)) is not None


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    absent = settings(tmp_path, provenance_key_file=tmp_path / "absent", provenance_certificates="x")
    with pytest.raises(SettingInvalid, match=rf"{KEY}_FILE cannot be read \(No such file"):
        open_signer_now(absent)
    both = settings(tmp_path, provenance_key="x", provenance_key_file=tmp_path / "absent")
    with pytest.raises(SettingInvalid, match=f"{KEY} is set, and {KEY}_FILE too"):
        open_signer_now(both)


def test_without_settings_one_is_made_for_years_and_for_its_owner_alone(tmp_path: Path) -> None:
    first, again = open_signer_now(settings(tmp_path)), open_signer_now(settings(tmp_path))
    assert first.fingerprint == again.fingerprint
    assert (first.self_made, first.algorithm, len(first.chain)) == (True, "es256", 2)
    assert (first.until - first.leaf.not_valid_before_utc).days > 3650
    assert (tmp_path / KEPT_FILE).stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == [KEPT_FILE], "nothing half-written stays"


def test_who_removes_it_gets_another_one(tmp_path: Path) -> None:
    first = open_signer_now(settings(tmp_path))
    (tmp_path / KEPT_FILE).unlink()
    assert open_signer_now(settings(tmp_path)).fingerprint != first.fingerprint


def test_a_damaged_file_is_named_with_what_helps(tmp_path: Path) -> None:
    (tmp_path / KEPT_FILE).write_text("half")
    with pytest.raises(SettingInvalid, match=KEPT_FILE) as raised:
        open_signer_now(settings(tmp_path))
    assert "another one is made" in raised.value.user_action


def test_a_folder_that_keeps_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderUnwritable, match="provenance key"):
        open_signer_now(settings(tmp_path / "file" / "data"))


ASKS = """
import sys
from pathlib import Path
from tools.provenance.keys import open_signer_now
from tools.settings import Settings
sys.stdin.readline()
print(open_signer_now(Settings(data_dir=Path(sys.argv[1]))).fingerprint)
"""


def test_several_processes_at_once_end_with_one_key(tmp_path: Path) -> None:
    asking = [
        subprocess.Popen(
            [sys.executable, "-c", ASKS, str(tmp_path / "data")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(4)
    ]  # fmt: skip
    for one in asking:
        assert one.stdin is not None
        one.stdin.write("now\n")
        one.stdin.flush()
    told = {one.communicate(timeout=60)[0] for one in asking}
    assert len(told) == 1
    assert re.fullmatch(r"[0-9a-f]{64}\n", told.pop())


def test_no_row_of_the_key_passes_the_redactor(tmp_path: Path) -> None:
    signer = open_signer_now(settings(tmp_path))
    kept = (tmp_path / KEPT_FILE).read_text()
    secret = kept.split("-----END PRIVATE")[0].splitlines()[1:]
    assert len(secret) >= 3
    assert [REDACT.known(f"a {row} b") for row in secret[:-1]] == [f"a {REDACTED} b"] * (len(secret) - 1)
    assert signer.pem not in repr(signer)
    assert "PRIVATE" not in signer.pem
    chosen = given(tmp_path, kept, signer.pem)
    assert set(secret[:-1]) <= set(known_secrets(chosen))
    assert "PRIVATE" not in repr(chosen)
