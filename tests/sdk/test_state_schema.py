"""docs/state.schema.json says what a state document looks like: it holds for what keyfob writes and reads."""

import json
import re

import boto3
import pytest
import requests

import keyfob_server

jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not at hand")

DOCS = keyfob_server.ROOT / "docs"
SCHEMA = json.loads((DOCS / "state.schema.json").read_text(encoding="utf-8"))


def faults(document):
    validator = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


@pytest.fixture(scope="module")
def server():
    with keyfob_server.Server() as running:
        yield running


def test_the_schema_is_one_and_the_server_gives_it(server):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert requests.get(f"{server.url}/_keyfob/state.schema.json", timeout=keyfob_server.PATIENCE).json() == SCHEMA


def test_the_documented_example_is_valid_and_loads(server):
    (example,) = re.findall(r"```json\n(.*?)```", (DOCS / "state.md").read_text(encoding="utf-8"), re.S)
    assert faults(json.loads(example)) == []
    assert requests.put(f"{server.url}/_keyfob/state", data=example.encode(), timeout=keyfob_server.PATIENCE).status_code == 204


def test_what_a_rich_account_exports_is_valid(server):
    account = keyfob_server.Control(server.url, "111122223333")
    account.freeze()
    iam = boto3.client("iam", endpoint_url=server.url, region_name="us-east-1", aws_access_key_id="111122223333",
                       aws_secret_access_key="test")
    enrolled = account.call("POST", "enroll", {"userName": "bob", "deviceName": "phone"})
    iam.create_account_alias(AccountAlias="another-org")
    iam.tag_user(UserName="bob", Tags=[{"Key": "team", "Value": "red"}])
    iam.tag_mfa_device(SerialNumber=enrolled["serialNumber"], Tags=[{"Key": "team", "Value": "red"}])
    iam.create_login_profile(UserName="bob", Password="pässword")
    key = iam.create_access_key(UserName="bob")["AccessKey"]
    bob = boto3.client("sts", endpoint_url=server.url, region_name="us-east-1",
                       aws_access_key_id=key["AccessKeyId"], aws_secret_access_key=key["SecretAccessKey"])
    bob.get_session_token(SerialNumber=enrolled["serialNumber"], TokenCode=enrolled["current"])
    account.call("POST", "devices", {"type": "hardware", "serialNumber": "GAHT12345678"})
    account.call("POST", "devices", {"type": "fido", "userName": "bob", "name": "key1",
                                     "certifications": {"FIDO": "L1"}})
    iam.create_user(UserName="carol", Path="/staff/")
    account.call("POST", "enroll", {"userName": "carol"})
    iam.deactivate_mfa_device(UserName="carol", SerialNumber="arn:aws:iam::111122223333:mfa/carol")
    anyone = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}]})
    nothing = json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}})
    policy = iam.create_policy(PolicyName="nothing", PolicyDocument=nothing, Tags=[{"Key": "a", "Value": "b"}])
    arn = policy["Policy"]["Arn"]
    iam.create_group(GroupName="staff")
    iam.put_group_policy(GroupName="staff", PolicyName="nothing", PolicyDocument=nothing)
    iam.add_user_to_group(GroupName="staff", UserName="bob")
    iam.create_role(RoleName="builder", AssumeRolePolicyDocument=anyone, PermissionsBoundary=arn, Description="builds")
    iam.attach_role_policy(RoleName="builder", PolicyArn=arn)
    bob.assume_role(RoleArn="arn:aws:iam::111122223333:role/builder", RoleSessionName="one", Policy=nothing,
                    PolicyArns=[{"arn": arn}], Tags=[{"Key": "a", "Value": "b"}], TransitiveTagKeys=["a"],
                    SourceIdentity="bob")
    document = account.call("GET", "state")
    assert document["policies"] and document["groups"] and document["roles"] and len(document["sessions"]) == 2
    assert document["sessions"] and document["users"][0]["loginProfile"] and len(document["devices"]) == 4
    assert faults(document) == []


@pytest.mark.parametrize("document", [
    [], {"version": 2}, {"users": [{}]}, {"users": [{"userName": "a b"}]}, {"alias": "a--b"},
    {"devices": [{"type": "hardware", "name": "x"}]}, {"devices": [{"name": "x", "seed": "1"}]},
    {"createDate": "yesterday"}, {"sessions": [{"accessKeyId": "ASIAIOSFODNN7EXAMPLE"}]},
    {"Users": []}, {"users": [{"userName": "bob", "acessKeys": []}]}, {"account": "1"},
    {"users": [{"userName": "bob", "userId": "AGPAABCDEFGHIJKLMNOPQ"}]}, {"clock": {"offsetMicroseconds": 2**62}},
    {"users": [{"userName": "bob", "tags": [{"key": "a", "value": "b", "more": ""}]}]},
    {"stsTries": [{"serialNumber": "x", "slot": 10**10}]}, {"policies": [{"policyName": "x", "number": 2}]},
])
def test_what_the_server_refuses_is_not_valid_either(server, document):
    assert requests.put(f"{server.url}/_keyfob/state", json=document, timeout=keyfob_server.PATIENCE).status_code == 400
    assert faults(document) != []


@pytest.mark.parametrize("document", [
    {"$schema": "http://127.0.0.1:4593/_keyfob/state.schema.json", "version": 1},
    {"createDate": "2026-01-01t00:00:00.5+00:00"},
    {"policies": [{"policyName": "x", "number": 2, "defaultVersion": 2, "policyDocument": {
        "Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}}]},
    {"users": [{"userName": "bob", "accessKeys": [{"accessKeyId": "AKIA1"}], "path": "/a/"}]},
])
def test_what_the_server_takes_is_valid(server, document):
    answer = requests.put(f"{server.url}/_keyfob/state", json=document, timeout=20)
    assert answer.status_code == 204, answer.text
    assert faults(document) == []
