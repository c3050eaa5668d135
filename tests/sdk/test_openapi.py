"""The server against its own description of the control API, GET /_keyfob/openapi.json."""

import pytest
import requests

import keyfob_server

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not at hand")
from hypothesis import HealthCheck, Phase, given, settings  # noqa: E402
from schemathesis import GenerationMode, checks  # noqa: E402
from schemathesis.config import SchemathesisConfig  # noqa: E402
from schemathesis.specs.openapi import checks as openapi  # noqa: E402

STREAM = "/_keyfob/requests/stream"  # never ends
SERIAL = "arn:aws:iam::123456789012:mfa/phone"
PASSWORD = "correct horse"
STATE = {
    "users": [
        {"userName": "bob", "tags": [{"key": "team", "value": "red"}]},
        {"userName": "dave", "loginProfile": {"password": PASSWORD}},
    ],
    "devices": [{"name": "phone", "userName": "bob"}, {"type": "hardware", "serialNumber": "GAHT00000000"}],
}


def what_is_not_described_is_refused(context, response, case):
    """A member that is null is as good as absent, which the description's schemas don't say."""
    if isinstance(case.body, dict) and None in case.body.values():
        return None
    return openapi.negative_data_rejection(context, response, case)


CHECKS = [
    checks.not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_schema_conformance,
    openapi.response_headers_conformance,
    openapi.unsupported_method,
    what_is_not_described_is_refused,
]


@pytest.fixture(scope="module")
def server():
    with keyfob_server.Server() as running:
        yield running


@pytest.fixture(scope="module")
def description(server):
    return schemathesis.openapi.from_url(f"{server.url}/_keyfob/openapi.json", config=SchemathesisConfig(seed=1))


def run_generated_requests(operation, mode, url):
    @settings(max_examples=25, derandomize=True, deadline=None, database=None,
              phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case):
        assert requests.put(f"{url}/_keyfob/state", json=STATE, timeout=keyfob_server.PATIENCE).status_code == 204
        case.call_and_validate(checks=CHECKS, timeout=keyfob_server.PATIENCE)

    run()


@pytest.mark.parametrize("mode", GenerationMode, ids=lambda mode: mode.value)
def test_generated_requests_are_answered_as_described(server, description, mode, subtests):
    finite = description.exclude(path=STREAM)
    for operation in (found.ok() for found in finite.get_all_operations()):
        with subtests.test(operation.label):
            run_generated_requests(operation, mode, server.url)


# One call of each operation that goes well, in an order in which each finds what it needs.
TOUR = [
    ("GET", "/_keyfob/health", 200, {}),
    ("GET", "/_localstack/health", 200, {}),
    ("POST", "/moto-api/reset", 200, {}),
    ("GET", "/_keyfob/openapi.json", 200, {}),
    ("GET", "/_keyfob/state.schema.json", 200, {}),
    ("GET", "/_keyfob", 308, {"allow_redirects": False}),
    ("GET", "/_keyfob/", 200, {}),
    ("GET", "/_keyfob/signin", 200, {}),
    ("GET", "/_keyfob/console/{file}", 200, {}),
    ("GET", "/_keyfob/accounts", 200, {}),
    ("PUT", "/_keyfob/state", 204, {"json": STATE}),
    ("POST", "/_keyfob/signin", 200, {"json": {"userName": "dave", "password": PASSWORD}}),
    ("GET", "/_keyfob/state", 200, {}),
    ("POST", "/_keyfob/enroll", 201, {"json": {"userName": "carol"}}),
    ("POST", "/_keyfob/devices", 201, {"json": {"type": "hardware", "serialNumber": "GAHT12345678"}}),
    ("POST", "/_keyfob/devices", 201, {"json": {"type": "fido", "userName": "bob", "name": "key1"}}),
    ("GET", "/_keyfob/devices", 200, {}),
    ("GET", "/_keyfob/codes", 200, {"params": {"serial": SERIAL, "at": "2026-01-01T00:00:00Z"}}),
    ("GET", "/_keyfob/qr", 200, {"params": {"serial": SERIAL}}),
    ("GET", "/_keyfob/seed", 200, {"params": {"serial": SERIAL}}),
    ("DELETE", "/_keyfob/devices", 204, {"params": {"serial": SERIAL}}),
    ("POST", "/_keyfob/clock/freeze", 200, {"json": {"at": "2026-01-01T00:00:00Z"}}),
    ("POST", "/_keyfob/clock/advance", 200, {"json": {"seconds": 30.5}}),
    ("POST", "/_keyfob/clock/resume", 200, {}),
    ("GET", "/_keyfob/clock", 200, {}),
    ("DELETE", "/_keyfob/clock", 204, {}),
    ("POST", "/_keyfob/faults", 201, {"json": {"action": "ListUsers", "code": "Throttling", "probability": 0.5}}),
    ("GET", "/_keyfob/faults", 200, {}),
    ("DELETE", "/_keyfob/faults/{id}", 204, {}),
    ("DELETE", "/_keyfob/faults", 204, {}),
    ("GET", "/_keyfob/requests", 200, {"params": {"limit": 1}}),
    ("GET", STREAM, 200, {"stream": True}),
    ("DELETE", "/_keyfob/requests", 204, {}),
    ("PUT", "/_keyfob/snapshots/{name}", 204, {}),
    ("GET", "/_keyfob/snapshots", 200, {}),
    ("POST", "/_keyfob/snapshots/{name}/restore", 204, {}),
    ("DELETE", "/_keyfob/snapshots/{name}", 204, {}),
    ("GET", "/_keyfob/metrics", 200, {}),
    ("POST", "/_keyfob/reset", 204, {}),
]


def test_each_call_that_goes_well_is_answered_as_described(server, description):
    names = {"name": "clean", "file": "console.js"}
    for method, path, status, arguments in TOUR:
        answer = requests.request(method, server.url + path.format(**names), timeout=keyfob_server.PATIENCE, **arguments)
        assert answer.status_code == status, f"{method} {path}: {answer.text}"
        if path == STREAM:
            assert answer.headers["Content-Type"] == "text/event-stream"
            answer.close()
            continue
        description[path][method].validate_response(answer)
        if status == 201:
            names.update(answer.json())  # a fault's id


def test_the_tour_leaves_nothing_out(server):
    paths = requests.get(f"{server.url}/_keyfob/openapi.json", timeout=keyfob_server.PATIENCE).json()["paths"]
    described = {(method.upper(), path) for path, operations in paths.items() for method in operations}
    assert described == {(method, path) for method, path, _, _ in TOUR}
