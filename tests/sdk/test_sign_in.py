"""Signing in as at AWS's console (docs/control-api.md#signing-in): POST /_keyfob/signin."""

import json
import urllib.error

import pytest

import keyfob_server

PASSWORD = "correct horse"


@pytest.fixture
def alice(account):
    """A user who may sign in, and nothing more."""
    iam = account.client("iam")
    iam.create_user(UserName="alice")
    iam.create_login_profile(UserName="alice", Password=PASSWORD)
    return iam


def sign_in(account, **body):
    return account.control.call("POST", "signin", {"userName": "alice", "password": PASSWORD, **body})


def refusal(account, **body):
    with pytest.raises(urllib.error.HTTPError) as refused:
        sign_in(account, **body)
    assert refused.value.code == 401
    return json.loads(refused.value.read())["error"]["code"]


def enrol(account, iam, name="phone"):
    serial_number = iam.create_virtual_mfa_device(VirtualMFADeviceName=name)["VirtualMFADevice"]["SerialNumber"]
    codes = account.control.call("GET", "codes", serial=serial_number)
    iam.enable_mfa_device(
        UserName="alice",
        SerialNumber=serial_number,
        AuthenticationCode1=codes["previous"],
        AuthenticationCode2=codes["current"],
    )
    return serial_number


def code(account, serial_number):
    return account.control.call("GET", "codes", serial=serial_number)["current"]


def test_a_user_without_a_device_needs_a_password_alone(account, alice):
    assert "PasswordLastUsed" not in alice.get_user(UserName="alice")["User"]
    assert sign_in(account)["mfaAuthenticated"] is False
    assert alice.get_user(UserName="alice")["User"]["PasswordLastUsed"].isoformat()[:19] == account.control.now()[:19]
    alice.generate_credential_report()
    report = alice.get_credential_report()["Content"].decode()
    row = dict(zip(report.split("\n")[0].split(","), report.split("\n")[2].split(",")))
    assert (row["user"], row["password_last_used"][:19]) == ("alice", account.control.now()[:19])


@pytest.mark.parametrize("body", [{"password": "wrong"}, {"userName": "nobody"}])
def test_a_wrong_password_and_an_unknown_user_look_alike(account, alice, body):
    assert refusal(account, **body) == "InvalidCredentials"
    assert "PasswordLastUsed" not in alice.get_user(UserName="alice")["User"]


def test_a_user_with_a_device_needs_its_code(account, alice):
    serial_number = enrol(account, alice)
    assert refusal(account) == "MFARequired"
    assert refusal(account, code="000000") == "InvalidMFACode"
    good = code(account, serial_number)
    assert sign_in(account, code=good)["mfaAuthenticated"] is True
    assert refusal(account, code=good) == "InvalidMFACode", "a code is good for one use"


def test_any_of_several_devices_will_do(account, alice):
    enrol(account, alice, "phone")
    other = enrol(account, alice, "tablet")
    assert sign_in(account, code=code(account, other))["mfaAuthenticated"] is True


def test_a_security_key_shows_no_code(account, alice):
    account.control.call("POST", "devices", {"type": "fido", "userName": "alice", "name": "key"})
    assert refusal(account) == "MFARequired"
    assert refusal(account, code="123456") == "InvalidMFACode"


def test_nine_tries_a_slot(account, alice):
    serial_number = enrol(account, alice)
    for _ in range(9):
        assert refusal(account, code="000000") == "InvalidMFACode"
    assert refusal(account, code=code(account, serial_number)) == "InvalidMFACode"
    account.control.advance(180)
    assert sign_in(account, code=code(account, serial_number))["mfaAuthenticated"] is True


def test_the_session_is_the_users_and_lasts_twelve_hours(account, alice):
    serial_number = enrol(account, alice)
    signed_in = sign_in(account, code=code(account, serial_number))
    session = account.session(signed_in["accessKeyId"], signed_in["secretAccessKey"], signed_in["sessionToken"])
    assert session("sts").get_caller_identity()["Arn"] == account.arn("user/alice")
    assert session("iam").get_user()["User"]["UserName"] == "alice"
    account.control.advance(12 * 3600)
    with pytest.raises(session("sts").exceptions.ClientError, match="ExpiredToken"):
        session("sts").get_caller_identity()


def test_a_body_that_lacks_something_changes_nothing(account, alice):
    with pytest.raises(urllib.error.HTTPError) as refused:
        account.control.call("POST", "signin", {"userName": "alice"})
    assert refused.value.code == 400


def test_secrets_reach_no_journal(account, alice):
    sign_in(account)
    assert PASSWORD not in json.dumps(account.control.call("GET", "requests"))


def test_signing_in_survives_a_restart(tmp_path):
    data = str(tmp_path / "keyfob.db")
    number = "700099999999"
    with keyfob_server.Server("--data", data) as server:
        control = keyfob_server.Control(server.url, number)
        control.call("PUT", "state", {"users": [{"userName": "alice", "loginProfile": {"password": PASSWORD}}]})
        control.call("POST", "signin", {"userName": "alice", "password": PASSWORD})
    with keyfob_server.Server("--data", data) as server:
        state = keyfob_server.Control(server.url, number).call("GET", "state")
        assert state["sessions"][0]["kind"] == "console"
        assert "passwordLastUsed" in state["users"][0]


def test_a_good_code_is_a_try_of_its_own_device_alone(account, alice):
    enrol(account, alice, "phone")
    tablet = enrol(account, alice, "tablet")
    sign_in(account, code=code(account, tablet))
    tries = {one["serialNumber"]: one["number"] for one in account.control.call("GET", "state")["stsTries"]}
    assert tries == {tablet: 1}
