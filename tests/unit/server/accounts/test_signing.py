"""Design-facts 6.12: what makes an access token valid, each rule with a token that breaks only it."""

import base64
import json
import uuid
from pathlib import Path
from typing import Any

import jwt
import pytest

from server.accounts.signing import ACCESS, ALGORITHM, ISSUER, RESET, Claims, Signer, key_id, signing_keys
from state.errors import TokenInvalid
from tests.fakes import FakeClock
from tools.settings import Settings

KEY = b"a key that is long enough for every algorithm of the family: 64 bytes"
OTHER = b"another key of thirty-two bytes and more"
LOGIN = "7c4a8d09-ca37-4b0e-9f2d-0a1b2c3d4e5f"
NOW = int(FakeClock().started.timestamp())
GOOD: dict[str, Any] = {
    "iss": ISSUER, "aud": ACCESS, "sub": "ana", "jti": LOGIN, "iat": NOW, "exp": NOW + 900,
}  # fmt: skip


def a_token(
    key: bytes = KEY, algorithm: str = ALGORITHM, headers: dict[str, Any] | None = None, **change: Any
) -> str:
    claims = {name: value for name, value in (GOOD | change).items() if value is not None}
    return jwt.encode(claims, key, algorithm, headers={"kid": key_id(KEY)} if headers is None else headers)


def unsigned(header: dict[str, Any], signature: str = "") -> str:
    parts = (header, GOOD)
    texts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts]
    return f"{texts[0]}.{texts[1]}.{signature}"


def bottomless(step: str) -> str:
    """Thirty thousand brackets as a part of a token."""
    return base64.urlsafe_b64encode(step.encode() * 30_000).decode().rstrip("=")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def signer(clock: FakeClock) -> Signer:
    return Signer([KEY], clock)


def test_the_token_from_which_all_others_differ_is_accepted(signer: Signer) -> None:
    """The control of every refusal below."""
    assert signer.read(a_token(), audience=ACCESS) == Claims("ana", LOGIN)


@pytest.mark.parametrize("claim", sorted(GOOD))
def test_a_token_without_one_of_its_claims_is_refused(signer: Signer, claim: str) -> None:
    """PyJWT on its own takes one without `exp`, which would never end."""
    token = a_token(**{claim: None})
    with pytest.raises(TokenInvalid):
        signer.read(token, audience=ACCESS)
    if claim == "exp":
        kept = jwt.decode(token, KEY, [ALGORITHM], audience=ACCESS, options={"verify_iat": False})
        assert kept["sub"] == "ana", "the control: the library accepts it"


@pytest.mark.parametrize(
    "change",
    [{"iss": "somebody"}, {"aud": "greenlight-other"}, {"aud": RESET}, {"aud": [ACCESS, "x"]}, {"sub": 7},
     {"jti": "x"}, {"exp": NOW}, {"exp": NOW - 1}, {"exp": "9999999999"}, {"exp": NOW + 1e9}, {"exp": True},
     {"exp": NOW + 901}, {"iat": NOW + 60, "exp": NOW + 90}, {"iat": str(NOW)}],
    ids=str,
)  # fmt: skip
def test_a_claim_that_is_wrong_is_refused(signer: Signer, change: dict[str, Any]) -> None:
    try:
        token = a_token(**change)
    except TypeError:
        token = jwt.PyJWS().encode(json.dumps(GOOD | change).encode(), KEY, headers={"kid": key_id(KEY)})
    with pytest.raises(TokenInvalid):
        signer.read(token, audience=ACCESS)


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(unsigned({"alg": "none", "kid": key_id(KEY)}), id="alg none"),
        pytest.param(unsigned({"alg": "None", "kid": key_id(KEY)}), id="alg None"),
        pytest.param(unsigned({"alg": "HS256", "kid": key_id(KEY)}), id="no signature"),
        pytest.param(a_token().rpartition(".")[0] + ".", id="stripped signature"),
        pytest.param(a_token(OTHER), id="another key"),
        pytest.param(a_token(algorithm="HS512"), id="another algorithm"),
        pytest.param(a_token(headers={"kid": key_id(OTHER)}), id="unknown key id"),
        pytest.param(a_token(headers={}), id="no key id"),
        pytest.param(unsigned({"alg": "HS256", "kid": ["x"]}), id="a list for a key id"),
        pytest.param("", id="nothing"),
        pytest.param("é" * 40, id="no token"),
        pytest.param("a.b.c.d.e", id="five parts"),
        pytest.param(bottomless("[") + ".e30.", id="a header without bottom"),
        pytest.param(bottomless('{"kid":') + ".e30.", id="a key id without bottom"),
    ],
)
def test_what_we_did_not_sign_this_way_is_refused(signer: Signer, token: str) -> None:
    with pytest.raises(TokenInvalid):
        signer.read(token, audience=ACCESS)


def test_a_token_ends_by_the_clock_that_was_handed_in(signer: Signer, clock: FakeClock) -> None:
    token = signer.sign(user_id="ana", id=LOGIN, audience=ACCESS)
    clock.passed_s = 899
    assert signer.read(token, audience=ACCESS).user_id == "ana"
    clock.passed_s = 900
    with pytest.raises(TokenInvalid):
        signer.read(token, audience=ACCESS)


def test_a_link_is_no_access_token_and_the_other_way_round(signer: Signer) -> None:
    link = signer.sign(user_id="ana", id=LOGIN, audience=RESET)
    access = signer.sign(user_id="ana", id=LOGIN, audience=ACCESS)
    assert signer.read(link, audience=RESET).id == LOGIN
    for token, audience in ((link, ACCESS), (access, RESET)):
        with pytest.raises(TokenInvalid):
            signer.read(token, audience=audience)


def test_a_new_key_signs_and_the_one_before_is_still_read(clock: FakeClock) -> None:
    old = Signer([OTHER], clock).sign(user_id="ana", id=LOGIN, audience=ACCESS)
    rotated = Signer([KEY, OTHER], clock)
    assert rotated.read(old, audience=ACCESS).user_id == "ana"
    assert jwt.get_unverified_header(rotated.sign(user_id="a", id=LOGIN, audience=ACCESS))["kid"] == key_id(
        KEY
    )
    with pytest.raises(TokenInvalid):
        Signer([KEY], clock).read(old, audience=ACCESS)


def test_a_secret_is_made_once_is_private_and_is_not_that_of_the_links(tmp_path: Path) -> None:
    made = signing_keys(Settings(data_dir=tmp_path))
    assert made == signing_keys(Settings(data_dir=tmp_path))
    assert (tmp_path / "auth_secret").stat().st_mode & 0o777 == 0o600
    given = Settings(data_dir=tmp_path, auth_secret="x" * 32, auth_secret_before="y" * 32)
    assert signing_keys(given) == [b"x" * 32, b"y" * 32]


def test_every_login_has_its_own_id(signer: Signer) -> None:
    first, second = str(uuid.uuid4()), str(uuid.uuid4())
    tokens = [signer.sign(user_id="ana", id=one, audience=ACCESS) for one in (first, second)]
    assert [signer.read(token, audience=ACCESS).id for token in tokens] == [first, second]
