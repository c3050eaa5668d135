"""State, snapshots, faults and the journal, through the control API and a real SDK."""

import re

import boto3
import pytest
import requests
from botocore.config import Config

import keyfob_server

SERIAL = "arn:aws:iam::123456789012:mfa/phone"


@pytest.fixture
def server():
    with keyfob_server.Server() as running:
        yield running


def client(server, service="iam", key="test", secret="test", token=None):
    return boto3.client(
        service, endpoint_url=server.url, region_name="us-east-1", aws_access_key_id=key, aws_secret_access_key=secret,
        aws_session_token=token, config=Config(retries={"total_max_attempts": 1}),
    )


def control(server, method, path, **arguments):
    answer = requests.request(method, f"{server.url}/_keyfob{path}", timeout=20, **arguments)
    return answer


def enrolled(server):
    document = {
        "users": [
            {"userName": "bob", "tags": [{"key": "team", "value": "red"}], "loginProfile": {"password": "pässword"},
             "accessKeys": [{"accessKeyId": "AKIAIOSFODNN7EXAMPLE", "secretAccessKey": "secret"}]},
        ],
        "devices": [
            {"name": "phone", "seed": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "userName": "bob"},
            {"type": "hardware", "serialNumber": "GAHT12345678"},
        ],
    }
    assert control(server, "PUT", "/state", json=document).status_code == 204


def test_a_state_written_by_hand_is_an_account(server):
    enrolled(server)
    assert client(server).list_mfa_devices(UserName="bob")["MFADevices"][0]["SerialNumber"] == SERIAL
    bob = client(server, "sts", "AKIAIOSFODNN7EXAMPLE", "secret")
    assert bob.get_caller_identity()["Arn"] == "arn:aws:iam::123456789012:user/bob"
    assert control(server, "POST", "/clock/freeze", json={"at": "1970-01-01T00:00:59Z"}).ok
    # RFC 6238's seed: its code of that second ends with 287082.
    assert control(server, "GET", "/codes", params={"serial": SERIAL}).json()["current"] == "287082"
    assert bob.get_session_token(SerialNumber=SERIAL, TokenCode="287082")["Credentials"]


def test_what_is_exported_comes_back_the_same(server):
    enrolled(server)
    codes = control(server, "GET", "/codes", params={"serial": SERIAL}).json()
    bob = client(server, "sts", "AKIAIOSFODNN7EXAMPLE", "secret")
    session = bob.get_session_token(SerialNumber=SERIAL, TokenCode=codes["current"])["Credentials"]
    before = control(server, "GET", "/state").json()
    assert control(server, "POST", "/reset").status_code == 204
    assert client(server).list_users()["Users"] == []
    assert control(server, "PUT", "/state", json=before).status_code == 204
    assert control(server, "GET", "/state").json() == before
    as_bob = client(server, "sts", session["AccessKeyId"], session["SecretAccessKey"], session["SessionToken"])
    assert as_bob.get_caller_identity()["UserId"] == before["users"][0]["userId"]
    with pytest.raises(bob.exceptions.ClientError, match="invalid MFA one time pass code"):
        bob.get_session_token(SerialNumber=SERIAL, TokenCode=codes["current"])


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ({"users": [{"userName": "a"}, {"path": "/"}]}, r"users\[1\].userName: is required"),
        ({"users": [{"userName": "a b"}]}, r"users\[0\].userName"),
        ({"users": [{"userName": "a"}, {"userName": "A"}]}, "is there twice"),
        ({"devices": [{"name": "x", "userName": "nobody"}]}, r"devices\[0\].userName"),
        ({"devices": [{"name": "x", "seed": "1"}]}, r"devices\[0\].seed"),
        ({"version": 2}, "version"),
        ([], "must be an object"),
    ],
)
def test_a_wrong_document_changes_nothing_and_names_the_place(server, document, place):
    enrolled(server)
    before = control(server, "GET", "/state").text
    answer = control(server, "PUT", "/state", json=document)
    assert answer.status_code == 400
    assert re.search(place, answer.json()["error"]["message"])
    assert control(server, "GET", "/state").text == before


def test_a_snapshot_brings_the_account_back(server):
    enrolled(server)
    assert control(server, "PUT", "/snapshots/clean").status_code == 204
    client(server).create_user(UserName="carol")
    assert control(server, "GET", "/snapshots").json() == {"snapshots": [{"name": "clean"}]}
    assert control(server, "POST", "/snapshots/clean/restore").status_code == 204
    assert [user["UserName"] for user in client(server).list_users()["Users"]] == ["bob"]
    assert control(server, "DELETE", "/snapshots/clean").status_code == 204
    assert control(server, "POST", "/snapshots/clean/restore").status_code == 404


def test_a_fault_strikes_as_often_as_it_was_armed_and_changes_nothing(server):
    fault = {"action": "CreateUser", "code": "Throttling", "message": "Rate exceeded", "times": 1}
    assert control(server, "POST", "/faults", json=fault).status_code == 201
    iam = client(server)
    with pytest.raises(iam.exceptions.ClientError, match="Rate exceeded"):
        iam.create_user(UserName="bob")
    assert iam.list_users()["Users"] == []
    iam.create_user(UserName="bob")
    assert control(server, "GET", "/faults").json() == {"faults": []}


def test_the_journal_tells_what_was_called_and_masks_codes(server):
    enrolled(server)
    iam = client(server)
    with pytest.raises(iam.exceptions.InvalidAuthenticationCodeException):
        iam.resync_mfa_device(
            UserName="bob", SerialNumber=SERIAL, AuthenticationCode1="123456", AuthenticationCode2="654321"
        )
    answer = control(server, "GET", "/requests", params={"action": "ResyncMFADevice"})
    (entry,) = answer.json()["requests"]
    assert entry["status"] == 403 and entry["errorCode"] == "InvalidAuthenticationCode"
    assert entry["parameters"]["SerialNumber"] == SERIAL
    assert "123456" not in answer.text.replace("123456789012", "") and "654321" not in answer.text


def test_a_snapshot_of_an_untouched_account_gives_the_machines_time_back(server):
    assert control(server, "PUT", "/snapshots/new").status_code == 204
    assert control(server, "POST", "/clock/freeze", json={}).json()["frozen"]
    assert control(server, "POST", "/snapshots/new/restore").status_code == 204
    assert not control(server, "GET", "/clock").json()["frozen"]


def test_a_reset_of_all_accounts_reaches_those_that_nothing_was_kept_of(server):
    elsewhere = {"account": "111122223333"}
    control(server, "POST", "/faults", params=elsewhere, json={"code": "Throttling"})
    control(server, "PUT", "/snapshots/new", params=elsewhere)
    assert control(server, "POST", "/reset", params={"account": "*"}).status_code == 204
    assert control(server, "GET", "/faults", params=elsewhere).json() == {"faults": []}
    assert control(server, "GET", "/snapshots", params=elsewhere).json() == {"snapshots": []}


def test_a_refused_action_is_in_its_own_accounts_journal_at_that_accounts_time(server):
    elsewhere = {"account": "111122223333"}
    control(server, "POST", "/clock/freeze", params=elsewhere, json={"at": "2026-01-01T00:00:00Z"})
    with pytest.raises(Exception, match="does not support"):
        client(server, key="111122223333").list_instance_profiles()
    (entry,) = control(server, "GET", "/requests", params=elsewhere).json()["requests"]
    assert (entry["action"], entry["time"]) == ("ListInstanceProfiles", "2026-01-01T00:00:00Z")
    assert control(server, "GET", "/requests").json() == {"requests": []}


def test_a_fault_that_only_waits_is_counted_as_a_success(server):
    control(server, "POST", "/faults", json={"action": "ListUsers", "delayMilliseconds": 1, "times": 1})
    client(server).list_users()
    assert 'keyfob_requests_total{action="ListUsers",code=""} 1' in control(server, "GET", "/metrics").text
