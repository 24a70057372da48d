"""Design-facts 6.19: whatever is sent, the answer is one that the description promises, and never 5xx."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import psycopg
import pytest
import schemathesis
from fastapi import FastAPI, HTTPException
from fastapi.responses import JSONResponse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.transport.serialization import serialize_binary

from server.api.archives import TYPES
from server.app import create_app
from tests.integration.api.any_request import HOST, Beside, app_beside
from tests.integration.api.conftest import CLEAN
from tests.integration.api.test_isolation import ENDLESS
from tests.operations import operations_of
from tools.media.inspect import PICTURES
from tools.media.sounds import SENT_AS
from tools.settings import Settings

CHECKS = [
    schemathesis.checks.not_a_server_error, status_code_conformance, content_type_conformance,
    response_headers_conformance, response_schema_conformance,
]  # fmt: skip


def without_tuples(described: Any) -> Any:
    """This version of schemathesis cannot negate `prefixItems`; whatever stands there is tried instead."""
    if isinstance(described, list):
        return [without_tuples(one) for one in described]
    if not isinstance(described, dict):
        return described
    return {name: without_tuples(one) for name, one in described.items() if name != "prefixItems"}


APP = create_app(Settings(), opener=lambda _: None)  # type: ignore[arg-type,return-value]
OPERATIONS = [
    f"{method.upper()} {path}" for method, path in operations_of(APP)
    if (method, path) not in ENDLESS  # a right request would never end; `test_v2_streams` sends wrong ones
]  # fmt: skip
ASKERS: dict[str, dict[str, str]] = {"local": {}}
"""Who asks, and with which headers. With accounts: nobody, a token, a wrong token."""
FEW, MANY = 3, 300


@cache
def the_schema() -> Any:
    return schemathesis.openapi.from_dict(without_tuples(APP.openapi()))


@schemathesis.serializer(*sorted({*PICTURES, *TYPES, *SENT_AS}))
def as_bytes(context: Any, value: Any) -> bytes:
    """Of a picture's body there is only the file."""
    return serialize_binary(value)


@pytest.fixture(scope="module")
def beside(shared_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Beside]:
    with app_beside(shared_database_url, tmp_path_factory.mktemp("house")) as app:
        yield app
    with psycopg.connect(shared_database_url, autocommit=True) as connection:
        connection.execute(CLEAN, prepare=False)


@pytest.fixture(params=ASKERS)
def headers(request: pytest.FixtureRequest) -> dict[str, str]:
    return ASKERS[request.param]


@pytest.mark.breadth(6)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_any_request_is_answered_as_described(
    beside: Beside, headers: dict[str, str], operation: str
) -> None:
    ask_anything(beside, headers, the_schema(), operation, FEW)


@pytest.mark.soak
@pytest.mark.parametrize("operation", OPERATIONS)
def test_any_of_very_many_requests_is_answered_as_described(
    beside: Beside, headers: dict[str, str], operation: str
) -> None:
    ask_anything(beside, headers, the_schema(), operation, MANY)


def test_a_route_that_is_not_as_described_is_found(beside: Beside) -> None:
    """The control: one that crashes now and then, one with another answer, one with another status."""

    def crashes(n: int) -> int:
        return 1 // (n % 2)

    def lies(n: int) -> Any:
        return JSONResponse("many" if n % 2 else n)

    def hides(n: int) -> int:
        raise HTTPException(418 if n % 2 else 422)

    app, faults = FastAPI(), (crashes, lies, hides)
    for fault in faults:
        path = f"/planted/{fault.__name__}/{{n}}"
        for one in (app, beside.lot.app):
            one.add_api_route(path, fault, response_model=int)
    schema = schemathesis.openapi.from_dict(app.openapi())
    for fault in faults:
        with pytest.raises(FailureGroup):
            ask_anything(beside, {}, schema, f"GET /planted/{fault.__name__}/{{n}}", FEW)


def ask_anything(beside: Beside, headers: dict[str, str], schema: Any, operation: str, times: int) -> None:
    """Half of the requests fit the description, half do not; half name records that exist."""
    method, _, path = operation.partition(" ")
    described = schema[path][method]
    cases = st.one_of(*(described.as_strategy(generation_mode=mode) for mode in schemathesis.GenerationMode))
    session = beside.session(headers)

    @settings(
        max_examples=times, derandomize=True, database=None, deadline=None,
        phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=cases, real=st.booleans())
    def ask(case: Any, real: bool) -> None:
        if real:
            known = {
                name: value for name, value in beside.ids.items() if name in (case.path_parameters or {})
            }
            case.path_parameters.update(known)
        answer = case.call(base_url=HOST, session=session)
        case.validate_response(answer, checks=CHECKS)

    ask()
