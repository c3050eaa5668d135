"""The AWS CLI with given credentials."""

import json
import re
import shutil
import subprocess

import pytest

from keyfob_server import PATIENCE

AWS = shutil.which("aws")


class AwsCli:
    def __init__(self, url, environment):
        if AWS is None:
            pytest.skip("there is no AWS CLI here")
        version = subprocess.run([AWS, "--version"], capture_output=True, text=True, check=True, timeout=PATIENCE).stdout
        major, minor = map(int, re.match(r"aws-cli/(\d+)\.(\d+)", version).groups())
        # Before 2.13 (1.29) the CLI didn't read AWS_ENDPOINT_URL.
        old = (major, minor) < ((1, 29) if major == 1 else (2, 13))
        self._command = [AWS, *(["--endpoint-url", url] if old else [])]
        self._status_of_a_refusal = 254 if major > 1 else 255
        self._environment = environment

    def call(self, credentials, *words):
        """What the CLI prints, read as JSON; None when it prints nothing."""
        answer, refusal = self.attempt(credentials, *words)
        assert refusal is None
        return answer

    def attempt(self, credentials, *words):
        """The answer and None, or None and the line that tells AWS's refusal."""
        done = self._run(credentials, words)
        if done.returncode == 0:
            return json.loads(done.stdout) if done.stdout else None, None
        assert done.returncode == self._status_of_a_refusal, done
        return None, done.stderr.strip("\n").removeprefix("aws: [ERROR]: ")

    def _run(self, credentials, words):
        names = {"AccessKeyId": "AWS_ACCESS_KEY_ID", "SecretAccessKey": "AWS_SECRET_ACCESS_KEY",
                 "SessionToken": "AWS_SESSION_TOKEN"}
        keys = {variable: credentials[name] for name, variable in names.items() if name in credentials}
        return subprocess.run(
            [*self._command, *words], env={**self._environment, **keys},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE,
        )
