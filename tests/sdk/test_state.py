"""State, snapshots, faults and the journal, through the control API and a real SDK."""

import json
import re
import subprocess

import boto3
import pytest
import requests
from botocore.config import Config
from botocore.exceptions import ClientError

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
    answer = requests.request(method, f"{server.url}/_keyfob{path}", timeout=keyfob_server.PATIENCE, **arguments)
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
        ({}, "is empty"),
        ({"Users": []}, "Users: is not known here"),
        ({"users": [{"userName": "a", "acessKeys": []}]}, r"users\[0\].acessKeys: is not known here"),
        ({"account": "111122223333"}, "account: is another account"),
        ({"account": 5}, "account: must be a string"),
        ({"clock": {"offsetMicroseconds": 253370764800000000}}, "clock.offsetMicroseconds"),
        ({"clock": {"frozenAt": "9999-12-31T00:00:00Z"}}, "clock.frozenAt"),
        ({"users": [{"userName": "a"}], "devices": [{"name": "x", "userName": "a", "root": True}]}, "beside root"),
        ({"devices": [{"name": "x", "label": "a" * 64}]}, r"devices\[0\].label"),
        ({"devices": [{"name": "x", "seed": "A" * 2000}]}, r"devices\[0\].seed"),
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


def restore(server, name):
    assert control(server, "POST", f"/snapshots/{name}/restore").status_code == 204
    return control(server, "GET", "/state").json()


def test_snapshots_are_gone_back_and_forth_between(server):
    iam, states = client(server), {}
    for name in ("empty", "enrolled", "replaced"):
        if name == "enrolled":
            enrolled(server)
            iam.create_access_key(UserName="bob")
        if name == "replaced":
            control(server, "PUT", "/state", json={"version": 1, "users": [{"userName": "alice"}]})
        control(server, "PUT", f"/snapshots/{name}")
        states[name] = control(server, "GET", "/state").json()
    for name in ("empty", "replaced", "enrolled", "replaced", "enrolled", "empty", "enrolled"):
        assert restore(server, name) == states[name]
        iam.create_user(UserName="carol")
    control(server, "DELETE", "/snapshots/enrolled")
    assert restore(server, "replaced") == states["replaced"]
    assert restore(server, "empty") == states["empty"]


def test_a_snapshot_whose_alias_was_taken_by_another_account_stays_away(server):
    client(server).create_account_alias(AccountAlias="wanted")
    control(server, "PUT", "/snapshots/then")
    client(server).delete_account_alias(AccountAlias="wanted")
    client(server, key="111122223333").create_account_alias(AccountAlias="wanted")
    before = control(server, "GET", "/state").text
    answer = control(server, "POST", "/snapshots/then/restore")
    assert answer.status_code == 409 and answer.json()["error"]["code"] == "Conflict"
    assert control(server, "GET", "/state").text == before


@pytest.mark.parametrize(
    "fault",
    [{"action": "EnableMfaDevice", "code": "Throttling"}, {"action": "", "code": "Throttling"}, {"status": 503},
     {"code": "Throttling", "times": 1.5}, {"code": "Throttling", "delayMilliseconds": 0.5},
     {"code": "Throttling", "delayMiliseconds": 5}],
    ids=str,
)
def test_a_fault_that_could_not_strike_as_it_says_is_refused(server, fault):
    assert control(server, "POST", "/faults", json=fault).status_code == 400
    assert control(server, "GET", "/faults").json() == {"faults": []}


def test_a_parameter_that_is_not_known_is_refused(server):
    answer = control(server, "DELETE", "/requests", params={"acount": "111122223333"})
    assert (answer.status_code, answer.json()["error"]["message"]) == (400, '"acount" is not known here.')


def test_a_seed_is_told_on_request(server):
    enrolled(server)
    seed = control(server, "GET", "/seed", params={"serial": SERIAL}).json()
    assert seed == {"serialNumber": SERIAL, "seed": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"}
    key = control(server, "POST", "/devices", json={"type": "fido", "userName": "bob", "name": "key"}).json()
    for serial in (key["serialNumber"], "GAHT00000000"):
        assert control(server, "GET", "/seed", params={"serial": serial}).status_code == 404


def test_what_is_null_is_as_good_as_absent(server):
    fault = {"action": None, "code": "Throttling", "message": None, "times": None}
    assert control(server, "POST", "/faults", json=fault).json()["action"] == "*"
    assert control(server, "POST", "/clock/freeze", json={"at": None}).json()["frozen"]


@pytest.mark.parametrize("at", ["2026-01-01T00:00:00Z", "2026-01-01t00:00:00+00:00", "2026-01-01T00:00:00.0-00:00"])
def test_utc_may_be_written_as_an_offset(server, at):
    assert control(server, "POST", "/clock/freeze", json={"at": at}).json()["now"] == "2026-01-01T00:00:00Z"
    enrolled(server)
    answer = requests.get(f"{server.url}/_keyfob/codes?serial={SERIAL}&at={at}", timeout=keyfob_server.PATIENCE)  # the plus as it is
    assert answer.status_code == 200


@pytest.mark.parametrize("call", ["GET /clock", "POST /clock/freeze", "PUT /snapshots/x", "DELETE /faults"])
def test_only_a_reset_is_for_all_accounts(server, call):
    answer = control(server, *call.split(), params={"account": "*"})
    assert answer.status_code == 400 and "twelve digits" in answer.json()["error"]["message"]


def test_an_account_is_as_old_as_its_first_use(server):
    root = client(server, key="222233334444")
    born = root.get_user()["User"]["CreateDate"]
    control(server, "POST", "/clock/advance", params={"account": "222233334444"}, json={"seconds": 3600})
    assert root.get_user()["User"]["CreateDate"] == born
    control(server, "POST", "/reset", params={"account": "222233334444"})
    control(server, "POST", "/clock/advance", params={"account": "222233334444"}, json={"seconds": 7200})
    assert root.get_user()["User"]["CreateDate"] > born


def test_a_body_too_large_is_refused_as_the_control_api_refuses(server):
    answer = control(server, "PUT", "/state", data="x" * 10_000_001)
    assert answer.status_code == 413 and answer.json()["error"]["code"] == "PayloadTooLarge"


def test_head_answers_as_get_without_the_body(server):
    answer = control(server, "HEAD", "/health")
    assert answer.status_code == 200 and answer.content == b"" and int(answer.headers["Content-Length"]) > 0


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


def test_broken_json_is_refused_with_its_line(server, tmp_path):
    broken = '{\n  "version": 1,\n  oops\n}'
    answer = requests.put(f"{server.url}/_keyfob/state", data=broken, timeout=keyfob_server.PATIENCE)
    assert answer.status_code == 400
    assert "in line 3, column 3." in answer.json()["error"]["message"]

    fixture = tmp_path / "fixture.json"
    fixture.write_text(broken)
    done = subprocess.run([keyfob_server.BINARY, "--port", "0", "--fixture", fixture], capture_output=True, text=True,
                          timeout=keyfob_server.PATIENCE)
    assert done.returncode == 1
    assert "in line 3, column 3." in done.stderr


def test_roles_groups_policies_and_their_sessions_come_back_the_same(server):
    allow = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
    trust = {"Version": "2012-10-17",
             "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}}
    control(server, "PUT", "/state", json={
        "policies": [{"policyName": "all", "policyDocument": allow, "tags": [{"key": "a", "value": "b"}]}],
        "groups": [{"groupName": "staff", "attachedPolicies": ["arn:aws:iam::aws:policy/AdministratorAccess"]}],
        "users": [{"userName": "bob", "groups": ["staff"], "inlinePolicies": [
            {"policyName": "mine", "policyDocument": json.dumps(allow)}],
            "permissionsBoundary": "arn:aws:iam::123456789012:policy/all",
            "accessKeys": [{"accessKeyId": "AKIAIOSFODNN7EXAMPLE", "secretAccessKey": "secret"}]}],
        "roles": [{"roleName": "builder", "assumeRolePolicyDocument": trust, "maxSessionDuration": 7200,
                   "attachedPolicies": ["arn:aws:iam::123456789012:policy/all"]}],
    })
    client(server, "sts", "AKIAIOSFODNN7EXAMPLE", "secret").assume_role(
        RoleArn="arn:aws:iam::123456789012:role/builder", RoleSessionName="one", Policy=json.dumps(allow))
    iam = client(server)
    assert iam.get_user_policy(UserName="bob", PolicyName="mine")["PolicyDocument"] == allow
    assert [group["GroupName"] for group in iam.list_groups_for_user(UserName="bob")["Groups"]] == ["staff"]
    before = control(server, "GET", "/state").text
    control(server, "PUT", "/state", data=before)
    assert control(server, "GET", "/state").text == before


@pytest.mark.parametrize("document, place", [
    ({"policies": [{"policyName": "x", "policyDocument": "{}"}]}, "policies[0].policyDocument: Syntax errors in policy."),
    ({"policies": [{"policyName": "x", "versions": []}]}, "policies[0].defaultVersion"),
    ({"groups": [{"groupName": "x"}, {"groupName": "X"}]}, "groups[1].groupName: is there twice"),
    ({"users": [{"userName": "bob", "groups": ["staff"]}]}, "users[0].groups[0]: is no group of this document"),
    ({"users": [{"userName": "bob", "attachedPolicies": ["arn:x"]}]}, "users[0].attachedPolicies[0]: is no policy"),
    ({"users": [{"userName": "bob", "permissionsBoundary": "arn:x"}]}, "users[0].permissionsBoundary: is no policy"),
    ({"roles": [{"roleName": "x"}]}, "roles[0].assumeRolePolicyDocument: is required"),
    ({"sessions": [{"accessKeyId": "ASIAIOSFODNN7EXAMPLE", "kind": "x"}]}, "sessions[0].kind: must be one of"),
    ({"users": [{"userName": "bob", "userId": "123456789012"}]}, "users[0].userId"),
    ({"users": [{"userName": "bob", "tags": [{"key": "k", "value": ""}, {"key": "K", "value": ""}]}]},
     "users[0].tags: has a key twice"),
    ({"devices": [{"name": "phone", "usedCodes": [1, 1]}]}, "devices[0].usedCodes[1]: is there twice"),
    ({"devices": [{"type": "fido", "serialNumber": "arn:aws:iam::1:u2f/x", "certifications": {"A\n": "x"}}]},
     "devices[0].certifications"),
    ({"users": [{"userName": "bob", "accessKeys": [{"accessKeyId": "AKIA1"}, {"accessKeyId": "AKIA1"}]}]},
     "users[0].accessKeys[1].accessKeyId: is known already"),
    ({"users": [{"userName": "bob", "accessKeys": [{"status": "Expired"}]}]},
     "users[0].accessKeys[0].status: must be Active or Inactive"),
    ({"memberships": [{"userName": "bob", "groupName": "x"}]}, "memberships[0].userName: is no user of this document"),
    ({"devices": [{"type": "hardware", "serialNumber": "GAHT12345678", "path": "/"}]},
     "devices[0].path: is not known here"),
    ({"devices": [{"name": "x", "enableDate": "2026-01-01T00:00:00Z"}]}, "devices[0].enableDate: is not known here"),
    ({"roles": [{"roleName": "x", "maxSessionDuration": 60, "assumeRolePolicyDocument": {
        "Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}}}]},
     "roles[0].maxSessionDuration: must be from 3600 to 43200"),
    ({"credentialReport": {}}, "credentialReport.content: is required"),
    ({"clock": {"offsetMicroseconds": 2**63 - 1}}, "clock.offsetMicroseconds: is out of range"),
    ({"clock": {"frozenAt": "9999-12-31T00:00:00Z"}}, "clock.frozenAt: must be in the years"),
    ({"policies": [{"policyName": "x", "policyDocument": "{}", "lastVersion": 2**62}]}, "policies[0].lastVersion"),
])
def test_a_wrong_policy_names_its_place(server, document, place):
    answer = requests.put(f"{server.url}/_keyfob/state", json=document, timeout=keyfob_server.PATIENCE)
    assert answer.status_code == 400
    assert answer.json()["error"]["message"].startswith(place)


def test_the_order_of_a_group_and_the_report_come_back_too(server):
    control(server, "PUT", "/state", json={
        "groups": [{"groupName": "staff"}],
        "users": [{"userName": name} for name in "abc"],
        "memberships": [{"groupName": "staff", "userName": name} for name in "cab"],
    })
    iam = client(server)
    iam.generate_credential_report()
    report = iam.get_credential_report()["Content"]
    control(server, "PUT", "/state", data=control(server, "GET", "/state").content)
    assert [user["UserName"] for user in iam.get_group(GroupName="staff")["Users"]] == list("cab")
    assert iam.get_credential_report()["Content"] == report


def test_a_long_tag_key_counts_in_characters(server):
    document = {"users": [{"userName": "bob", "tags": [{"key": "é" * 100, "value": ""}]}]}
    control(server, "PUT", "/state", json=document)
    assert client(server).list_user_tags(UserName="bob")["Tags"] == [{"Key": "é" * 100, "Value": ""}]


@pytest.mark.parametrize("action, version, member", [
    ("AssumeRoleWithWebIdentity", "2011-06-15", "WebIdentityToken"),
    ("GetDelegatedAccessToken", "2011-06-15", "TradeInToken"),
    ("UpdateSAMLProvider", "2010-05-08", "AddPrivateKey"),
    ("ChangePassword", "2010-05-08", "OldPassword"),
    ("ListUsers", "2010-05-08", "Password"),  # which that operation doesn't have
    ("EnableMFADevice", "2010-05-08", "AuthenticationCode1"),
])
def test_a_journal_masks_what_an_operation_does_not_declare_harmless(server, action, version, member):
    requests.post(server.url, timeout=keyfob_server.PATIENCE, data={"Action": action, "Version": version, member: "eyJhbGciOi"})
    (entry,) = control(server, "GET", "/requests", params={"limit": 1}).json()["requests"]
    assert entry["parameters"][member] == "******"


def test_a_seeded_fault_strikes_the_same_calls_on_every_run(server):
    def struck():
        control(server, "POST", "/faults", json={"code": "Throttling", "probability": 0.5, "seed": 7})
        outcomes = []
        for _ in range(20):
            try:
                client(server).list_users()
                outcomes.append(True)
            except ClientError:
                outcomes.append(False)
        control(server, "DELETE", "/faults")
        return outcomes

    first = struck()
    assert True in first and False in first
    assert struck() == first


def test_metrics_count_devices_sessions_and_the_stores_work(server):
    enrolled(server)
    client(server, "sts").get_session_token()
    text = control(server, "GET", "/metrics").text
    figures = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    assert figures['keyfob_devices{type="virtual"}'] == figures['keyfob_devices{type="hardware"}'] == "1"
    assert figures["keyfob_sessions"] == "1"
    assert figures['keyfob_store_transactions_total{kind="write"}'] == "2"
    assert {'keyfob_store_seconds_total{kind="read"}', 'keyfob_store_seconds_total{kind="write"}'} < set(figures)
    assert int(figures["keyfob_resident_bytes"]) > 1_000_000
