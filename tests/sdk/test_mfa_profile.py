"""A profile with `mfa_serial` and `role_arn`, as AWS's SDKs read it: they ask for the code on the terminal. The role's
trust policy demands MFA."""

import json
import shutil
import sys

import pytest

import terminal
from aws_cli import AWS
from people import INVALID_CODE, Person, role_with_mfa, statement

pytestmark = [
    pytest.mark.parametrize("server", ["--strict"], indirect=True),
    pytest.mark.usefixtures("endpoint_in_profiles"),
]


class Scene:
    """carol at her machine: her key, a phone, and a profile `admin` for a role that she may take with a code."""

    def __init__(self, account, environment, home):
        self.account = account
        self.carol = Person(account, "carol")
        self.phone = self.carol.given_a_phone()
        self.carol.may(statement("Allow", "sts:AssumeRole"))
        self.role_arn = role_with_mfa(account, "admin", self.carol, statement("Allow", "iam:ListUsers"))
        self.cache = home / ".aws" / "cli" / "cache"
        self._profiles(home / ".aws")
        # The endpoint and the keys come from the profiles alone.
        self.environment = {"HOME": str(home), "PATH": environment["PATH"], "AWS_EC2_METADATA_DISABLED": "true"}

    def _profiles(self, folder):
        folder.mkdir()
        where = f"region = us-east-1\nendpoint_url = {self.account.url}\n"
        (folder / "credentials").write_text(
            f"[carol]\naws_access_key_id = {self.carol.key['AccessKeyId']}\n"
            f"aws_secret_access_key = {self.carol.key['SecretAccessKey']}\n")
        role = f"role_arn = {self.role_arn}\nsource_profile = carol\nrole_session_name = work\n{where}"
        (folder / "config").write_text(
            f"[profile carol]\n{where}"
            f"[profile admin]\nmfa_serial = {self.phone.serial_number}\n{role}"
            f"[profile careless]\n{role}")

    def run(self, *words, code=None):
        return terminal.run(words, self.environment, [code] if code else [])

    def sessions(self):
        return len(self.account.control.call("GET", "state").get("sessions", []))


@pytest.fixture
def scene(account, environment, tmp_path):
    return Scene(account, environment, tmp_path)


@pytest.fixture
def aws(scene):
    if AWS is None:
        pytest.skip("there is no AWS CLI here")

    def run(*words, profile="admin", code=None):
        return scene.run(AWS, *words, "--profile", profile, "--output", "json", code=code)

    return run


def boto3_script(call):
    """Prints what the expression gives for `clients`, a session of the profile `admin`."""
    return [sys.executable, "-c",
            f"import boto3, json; clients = boto3.Session(profile_name='admin'); print(json.dumps({call}))"]


ASSUMED = "arn:aws:sts::{}:assumed-role/admin/work"


def test_the_cli_asks_once_and_remembers(scene, aws):
    first = aws("sts", "get-caller-identity", code=scene.phone.code())
    assert first.asked == [f"Enter MFA code for {scene.phone.serial_number}:"]
    assert json.loads(first.stdout)["Arn"] == ASSUMED.format(scene.account.id)
    (cached,) = scene.cache.glob("*.json")
    assert json.loads(cached.read_text())["Credentials"]["AccessKeyId"].startswith("ASIA")

    second = aws("iam", "list-users")
    assert second.asked == []
    assert [user["UserName"] for user in json.loads(second.stdout)["Users"]] == ["carol"]
    assert scene.sessions() == 1

    # The account's clock ends the session that the cache still takes for good.
    scene.account.control.advance(3600)
    assert "(ExpiredToken)" in aws("iam", "list-users").stderr
    cached.unlink()
    third = aws("iam", "list-users", code=scene.phone.code())
    assert (third.status, len(third.asked)) == (0, 1)


def test_the_cli_tells_what_is_wrong_with_a_code(scene, aws):
    code = scene.phone.code()
    refused = aws("sts", "get-caller-identity", code=scene.phone.code(50))
    assert refused.stderr.endswith(f"(AccessDenied) when calling the AssumeRole operation: {INVALID_CODE}\n")
    assert refused.status != 0 and scene.sessions() == 0
    assert aws("sts", "get-caller-identity", code=code).status == 0
    shutil.rmtree(scene.cache)
    assert aws("sts", "get-caller-identity", code=code).stderr.endswith(f"{INVALID_CODE}\n"), "used codes are dead"


def test_without_mfa_serial_the_role_is_out_of_reach(scene, aws):
    refused = aws("sts", "get-caller-identity", profile="careless")
    assert refused.asked == []
    assert refused.stderr.endswith(
        f"(AccessDenied) when calling the AssumeRole operation: User: {scene.carol.arn} is not authorized to perform: "
        f"sts:AssumeRole on resource: {scene.role_arn}\n")


def test_the_role_may_do_what_its_own_policy_allows(scene, aws):
    refused = aws("iam", "list-roles", code=scene.phone.code())
    assert refused.stderr.endswith(
        f"(AccessDenied) when calling the ListRoles operation: User: {ASSUMED.format(scene.account.id)} is not "
        f"authorized to perform: iam:ListRoles on resource: {scene.account.arn('role/')} because no identity-based "
        "policy allows the iam:ListRoles action\n")


def test_boto3_asks_once_for_each_session(scene):
    call = "[clients.client('sts').get_caller_identity()['Arn'], len(clients.client('iam').list_users()['Users'])]"
    done = scene.run(*boto3_script(call), code=scene.phone.code())
    assert done.asked == [f"Enter MFA code for {scene.phone.serial_number}:"]
    assert json.loads(done.stdout) == [ASSUMED.format(scene.account.id), 1]
    assert scene.sessions() == 1


def test_boto3_tells_what_is_wrong_with_a_code(scene):
    done = scene.run(*boto3_script("clients.client('sts').get_caller_identity()"), code=scene.phone.code(-3))
    assert done.stderr.endswith(f"(AccessDenied) when calling the AssumeRole operation: {INVALID_CODE}\n")
    assert scene.sessions() == 0
