"""A code opens one session, whoever else tries at the same time; what was acknowledged survives the process."""

import collections
import re
import socket
import urllib.parse

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

import keyfob_server
from conftest import Account, aws_environment
from people import CANNOT_VALIDATE, INVALID_CODE, WITH_MFA, Person, document, role_with_mfa, statement, trust


class House:
    """A server of one's own, strict, with an account whose holder finds the server again after a restart."""

    def __init__(self, monkeypatch, *options):
        self._monkeypatch = monkeypatch
        self._options = ["--strict", "--threads", "8", *options]
        for name, value in aws_environment("").items():
            monkeypatch.setenv(name, value)
        self._open()
        self.account = Account(self._server.url)

    def _open(self):
        self._server = keyfob_server.Server(*self._options)
        self._monkeypatch.setenv("AWS_ENDPOINT_URL", self._server.url)

    def crash(self):
        self._server.kill()
        self._open()
        self.account.url = self.account.control.url = self._server.url

    def state(self):
        return self.account.control.call("GET", "state")

    def close(self):
        self._server.stop()


@pytest.fixture(params=["in memory", "in a file"])
def house(request, tmp_path, monkeypatch):
    data = ["--data", str(tmp_path / "keyfob.db")] if request.param == "in a file" else []
    house = House(monkeypatch, *data)
    yield house
    house.close()


@pytest.fixture
def carol(house):
    carol = Person(house.account, "carol")
    carol.may(statement("Allow", "sts:AssumeRole"))
    return carol


def signed_request(url, key, **form):
    """The bytes of a call of STS that boto3's own signer signed."""
    body = urllib.parse.urlencode({"Version": "2011-06-15", **form})
    request = AWSRequest("POST", url + "/", data=body, headers={"Content-Type": "application/x-www-form-urlencoded"})
    SigV4Auth(Credentials(key["AccessKeyId"], key["SecretAccessKey"]), "sts", "us-east-1").add_auth(request)
    headers = {**request.headers, "Host": urllib.parse.urlsplit(url).netloc, "Content-Length": len(body),
               "Connection": "close"}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST / HTTP/1.1\r\n{head}\r\n{body}".encode()


def outcomes_of_a_hundred_at_once(url, request):
    """How often each message was the answer ("" for success). The server has all but the last byte of every request
    before any is complete."""
    where = urllib.parse.urlsplit(url)
    calls = [socket.create_connection((where.hostname, where.port), timeout=keyfob_server.PATIENCE) for _ in range(100)]
    for call in calls:
        call.sendall(request[:-1])
    for call in calls:
        call.sendall(request[-1:])
    outcomes = collections.Counter()
    for call in calls:
        with call, call.makefile("rb") as reply:
            text = reply.read().decode()
        assert text.startswith(("HTTP/1.1 200 ", "HTTP/1.1 403 ")), text
        message = re.search("<Message>(.*)</Message>", text)
        outcomes[message[1] if message else ""] += 1
    return outcomes


def parameters_of(call, role_arn):
    more = {"RoleArn": role_arn, "RoleSessionName": "work"} if call == "AssumeRole" else {}
    return {"Action": call, **more}


@pytest.mark.parametrize("call", ["GetSessionToken", "AssumeRole"])
def test_a_hundred_at_once_with_one_code_get_one_session(house, carol, call):
    phone = carol.given_a_phone()
    role_arn = role_with_mfa(house.account, "admin", carol)
    request = signed_request(house.account.url, carol.key, **parameters_of(call, role_arn), **phone.claim())
    assert outcomes_of_a_hundred_at_once(house.account.url, request) == {"": 1, INVALID_CODE: 8, CANNOT_VALIDATE: 91}
    assert len(house.state()["sessions"]) == 1
    house.account.control.advance(180)
    carol.session(phone)


@pytest.mark.parametrize("house", ["in a file"], indirect=True)
def test_every_acknowledged_call_survives_a_kill(house, carol):
    account = house.account
    phone = carol.given_a_phone()
    with_tags = ["sts:AssumeRole", "sts:TagSession"]
    trusted_with_tags = trust(carol.arn, with_tags, **WITH_MFA)
    policy = document(statement("Allow", "iam:ListRoles", **WITH_MFA))
    sessions = {}

    def root():
        return account.client("iam")

    def take_a_session():
        sessions["carol"] = carol.session(phone)

    def take_the_role():
        role = {"RoleArn": account.arn("role/admin"), "RoleSessionName": "work"}
        answer = carol.client("sts").assume_role(**role, **phone.claim(1), Tags=[{"Key": "Team", "Value": "red"}])
        sessions["admin"] = answer["Credentials"]

    for acknowledged in [
        lambda: role_with_mfa(account, "admin", carol, statement("Allow", "iam:GetRole")),
        lambda: root().tag_role(RoleName="admin", Tags=[{"Key": "Team", "Value": "blue"}]),
        lambda: root().create_policy(PolicyName="roles", PolicyDocument=policy),
        lambda: root().attach_user_policy(UserName="carol", PolicyArn=account.arn("policy/roles")),
        lambda: carol.may(statement("Allow", with_tags)),
        take_a_session,
        lambda: root().update_assume_role_policy(RoleName="admin", PolicyDocument=trusted_with_tags),
        take_the_role,
    ]:
        before = house.state()
        acknowledged()
        after = house.state()
        assert after != before
        house.crash()
        assert house.state() == after

    assert len(account.holder_of(sessions["carol"])("iam").list_roles()["Roles"]) == 1
    assert account.holder_of(sessions["admin"])("iam").get_role(RoleName="admin")["Role"]["Tags"] == [
        {"Key": "Team", "Value": "blue"}]
    for used in (0, 1):
        with pytest.raises(carol.client("sts").exceptions.ClientError, match=re.escape(INVALID_CODE)):
            carol.session(phone, used)
    carol.session(phone, 2)
