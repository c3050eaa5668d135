"""Tools by others that trade an MFA code for a session, unmodified: their users set AWS_ENDPOINT_URL, nothing else."""

import configparser
import subprocess

import pytest
from botocore.exceptions import ClientError
from botocore.session import Session

import keyfob_server
from people import INVALID_CODE, WITH_MFA, Person, role_with_mfa, statement

pytestmark = [
    pytest.mark.parametrize("server", ["--strict"], indirect=True),
    pytest.mark.usefixtures("endpoint_in_profiles"),
]

TOOLS = keyfob_server.ROOT / "build" / "tools-venv"


class Scene:
    """carol at her machine. She and the role `admin` may list users, with MFA only."""

    def __init__(self, account, environment, home, monkeypatch):
        list_users = statement("Allow", "iam:ListUsers", **WITH_MFA)
        self.account = account
        self.carol = Person(account, "carol")
        self.carol.may(list_users, statement("Allow", "sts:AssumeRole"))
        self.phone = self.carol.given_a_phone()
        self.role_arn = role_with_mfa(account, "admin", self.carol, list_users)

        folder = home / ".aws"
        folder.mkdir()
        self._credentials, self._config = folder / "credentials", folder / "config"
        self.environment = {"HOME": str(home), "PATH": environment["PATH"], "AWS_EC2_METADATA_DISABLED": "true",
                            "AWS_ENDPOINT_URL": account.url, "AWS_DEFAULT_REGION": "us-east-1"}
        for name in filter(lambda name: name.startswith("AWS_"), environment):
            monkeypatch.delenv(name)
        for name, value in self.environment.items():
            monkeypatch.setenv(name, value)

    def long_term_profile(self, name, **more):
        self.write(self._credentials, name, aws_access_key_id=self.carol.key["AccessKeyId"],
                   aws_secret_access_key=self.carol.key["SecretAccessKey"], **more)

    def role_profile(self, name, **values):
        self.write(self._config, f"profile {name}", role_arn=self.role_arn, **values)

    def write(self, file, section, **values):
        with file.open("a") as out:
            config = configparser.RawConfigParser()
            config[section] = values
            config.write(out)

    def run(self, tool, *options, answer=""):
        """The tool's exit status and all that it says."""
        done = subprocess.run(
            [TOOLS / "bin" / tool, *options], env=self.environment, input=answer,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=keyfob_server.PATIENCE,
        )
        return done.returncode, done.stdout

    def profile_works(self, name):
        """Whether the profile may do what only MFA allows; answers the profile's ARN."""
        session = Session(profile=name)
        assert session.create_client("iam").list_users()["Users"]
        return session.create_client("sts").get_caller_identity()["Arn"]

    def sessions(self):
        return len(self.account.control.call("GET", "state").get("sessions", []))


@pytest.fixture
def scene(account, environment, tmp_path, monkeypatch):
    if not (TOOLS / "kind").exists():
        pytest.skip("the tools are not in build/tools-venv: scripts/setup test")
    return Scene(account, environment, tmp_path, monkeypatch)


def test_aws_mfa_gets_a_session(scene):
    scene.long_term_profile("carol-long-term", aws_mfa_device=scene.phone.serial_number)
    status, said = scene.run("aws-mfa", "--profile", "carol", answer=f"{scene.phone.code(7)}\n")
    assert status == 1 and INVALID_CODE.strip() in said and scene.sessions() == 0

    assert scene.run("aws-mfa", "--profile", "carol", answer=f"{scene.phone.code()}\n")[0] == 0
    assert scene.profile_works("carol") == scene.carol.arn
    # As long as it lasts the tool asks for no code.
    status, said = scene.run("aws-mfa", "--profile", "carol")
    assert status == 0 and "still valid" in said and scene.sessions() == 1


def test_aws_mfa_takes_a_role(scene):
    scene.long_term_profile("carol-long-term", aws_mfa_device=scene.phone.serial_number)
    role = ["--assume-role", scene.role_arn, "--role-session-name", "work"]
    assert scene.run("aws-mfa", "--profile", "carol", *role, answer=f"{scene.phone.code()}\n")[0] == 0
    role = Session(profile="carol")
    assert role.create_client("sts").get_caller_identity()["Arn"] == (
        f"arn:aws:sts::{scene.account.id}:assumed-role/admin/work")
    # A code given to AssumeRole is for the trust policy: the role's session doesn't carry it on
    # (aws/authorization.md#condition-keys).
    with pytest.raises(ClientError, match="no identity-based policy allows the iam:ListUsers action"):
        role.create_client("iam").list_users()


def test_awsume_takes_a_role_by_way_of_a_session(scene):
    scene.long_term_profile("carol")
    scene.role_profile("admin", source_profile="carol", mfa_serial=scene.phone.serial_number, role_session_name="work")
    status, said = scene.run("awsumepy", "admin", "--output-profile", "admin-now", "--mfa-token", scene.phone.code(7))
    assert status != 0 and INVALID_CODE.strip() in said and scene.sessions() == 0

    status, said = scene.run("awsumepy", "admin", "--output-profile", "admin-now", answer=f"{scene.phone.code()}\n")
    assert status == 0, said
    assert scene.profile_works("admin-now") == f"arn:aws:sts::{scene.account.id}:assumed-role/admin/work"
    assert scene.sessions() == 2, "the one with the code, and the role's"


def test_stsmfa_writes_a_second_profile(scene):
    scene.long_term_profile("carol", mfa_serial=scene.phone.serial_number)
    said = scene.run("stsmfa", "--profile", "carol", scene.phone.code(7))[1]
    assert "MultiFactorAuthentication failed" in said and scene.sessions() == 0

    assert scene.run("stsmfa", "--profile", "carol", scene.phone.code())[0] == 0
    assert scene.profile_works("carol-mfa") == scene.carol.arn
