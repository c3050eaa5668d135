"""Every operation succeeds, and every error it declares reaches boto3 as its typed exception, or situations.py says why
it can't come about."""

import botocore.exceptions
import pytest

import keyfob_server
import situations
from aws_model import DECLARED, OPERATIONS


@pytest.fixture(scope="module")
def server():
    with keyfob_server.Server() as running:
        yield running


@pytest.fixture
def stage(account):
    return situations.Stage(account)


def latest(stage, operation):
    """What the journal says of the operation's latest call: (status, error)."""
    (entry,) = stage.account.control.call("GET", "requests", action=operation.name, limit=1)["requests"]
    return entry["status"], entry.get("errorCode")


def expect(stage, operation, code, call):
    """The call fails as the operation declares it, and boto3 has a class for it."""
    status, exception = operation.errors[code]
    client = getattr(stage, operation.service)
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(stage)
    told = f"{operation} should have answered {status} {code} and said: {caught.value}"
    assert isinstance(caught.value, getattr(client.exceptions, exception)), told
    assert caught.value.operation_name == operation.name, told
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == status, told
    assert caught.value.response["Error"]["Type"] == ("Sender" if status < 500 else "Receiver"), told
    assert latest(stage, operation) == (status, code), told


@pytest.mark.parametrize(
    "operation", [one for one in OPERATIONS if one.name not in situations.NEVER_SUCCEEDS], ids=repr)
def test_it_succeeds(operation, stage):
    call = situations.success_of(operation)
    assert call, (f"nothing shows that {operation} succeeds: add to SUCCESSES of tests/sdk/situations.py\n"
                  f'    "{operation}": lambda stage: …a call that succeeds…,')
    call(stage)
    assert latest(stage, operation) == (200, None)


@pytest.mark.parametrize(
    "operation, code", [pair for pair in situations.declared_pairs() if situations.why_never(*pair) is None], ids=str)
def test_its_errors_come_about(operation, code, stage):
    call = situations.error_of(operation, code)
    assert call, (
        f"nothing shows that {operation} fails with {code}, which it declares: add to ERRORS of tests/sdk/situations.py\n"
        f'    ("{operation}", "{code}"): lambda stage: …calls of which the last fails with it…,\n'
        "or, if that can't come about, to NEVER_OF there\n"
        f'    ("{operation}", "{code}"): "…why…",')
    expect(stage, operation, code, call)


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one.errors], ids=repr)
def test_a_fault_is_the_error_it_stands_for(operation, stage):
    for code, (status, _) in operation.errors.items():
        fault = {"action": operation.name, "code": code, "status": status, "message": "As asked.", "times": 1}
        stage.account.control.call("POST", "faults", fault)
        expect(stage, operation, code, lambda stage: stage.plainly(operation))


def test_the_tables_speak_of_what_is_declared_and_once():
    declared = {(operation["name"], error["code"]) for operation in DECLARED for error in operation["errors"]}
    assert set(situations.ERRORS) <= declared
    assert set(situations.NEVER_OF) <= declared
    names = {operation["name"] for operation in DECLARED}
    assert set(situations.SUCCESSES) <= names - set(situations.NEVER_SUCCEEDS)
    assert set(situations.NEVER_SUCCEEDS) <= names
    assert set(situations.NEVER) <= {code for _, code in declared}
    told_twice = [pair for pair in situations.ERRORS if pair in situations.NEVER_OF or pair[1] in situations.NEVER]
    assert told_twice == []
