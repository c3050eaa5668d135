import itertools

import boto3
import botocore
import pytest
from botocore.config import Config

import keyfob_server

# Older than this, boto3 doesn't read AWS_ENDPOINT_URL.
KNOWS_ENDPOINT_VARIABLE = tuple(map(int, botocore.__version__.split(".")[:2])) >= (1, 31)

_account_numbers = itertools.count(700_000_000_001)


def aws_environment(url):
    """What a user of any AWS SDK sets, and nothing that this machine happens to have."""
    return {
        **keyfob_server.clean_environment(),
        "AWS_ENDPOINT_URL": url,
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_MAX_ATTEMPTS": "1",
        "AWS_CONFIG_FILE": "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        "AWS_PAGER": "",
    }


class Account:
    """An account of its own on a server that several tests share."""

    def __init__(self, server_url):
        self.id = str(next(_account_numbers))
        self.url = server_url
        self.control = keyfob_server.Control(server_url, self.id)
        self.control.freeze()

    def arn(self, rest):
        return f"arn:aws:iam::{self.id}:{rest}"

    def client(self, service, access_key_id=None, secret="test"):
        """A client of boto3: the account's root, or whom the key belongs to."""
        return self.session(access_key_id or self.id, secret)(service)

    @property
    def root_key(self):
        return {"AccessKeyId": self.id, "SecretAccessKey": "test"}

    def holder_of(self, credentials):
        """Clients with credentials as AWS answers them."""
        return self.session(
            credentials["AccessKeyId"], credentials["SecretAccessKey"], credentials.get("SessionToken")
        )

    def session(self, access_key_id, secret, token=None):
        """Clients with these credentials, temporary ones too: session(…)("iam")."""
        return lambda service: boto3.client(
            service,
            aws_access_key_id=access_key_id,
            aws_secret_access_key=secret,
            aws_session_token=token,
            config=Config(retries={"total_max_attempts": 1}),
            **({} if KNOWS_ENDPOINT_VARIABLE else {"endpoint_url": self.url}),
        )


@pytest.fixture(scope="session", params=["", "--verify-signatures"], ids=["any signature", "signatures verified"])
def server(request):
    with keyfob_server.Server(*request.param.split()) as running:
        running.verifies_signatures = bool(request.param)
        yield running


@pytest.fixture
def environment(server, monkeypatch):
    """The environment of a user whose AWS endpoint is this server; also this process's, for boto3."""
    variables = aws_environment(server.url)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return variables


@pytest.fixture
def endpoint_in_profiles():
    if not KNOWS_ENDPOINT_VARIABLE:
        pytest.skip("this SDK reads no endpoint out of its configuration")


@pytest.fixture
def account(server, environment):
    return Account(server.url)


@pytest.fixture
def other_account(server, environment):
    return Account(server.url)


@pytest.fixture
def iam(account):
    return account.client("iam")
